"""Charts that cost nothing and say what they would show, in pages without a font of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from songhua.render.charts import drawing
from songhua.render.charts.markup import Picture
from songhua.render.html import templates


@contextmanager
def bare_charts() -> Iterator[None]:
    """No chart is drawn, and no font cut; a chart's title and words stand in a page all the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "_picture", lambda spec, id: Picture(20.0, 10.0, 0.0, ""))
        patch.setattr(templates, "face", lambda text: "")
        yield
