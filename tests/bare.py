"""Charts that cost nothing and say what they would show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

from songhua.document import charts
from songhua.document.charts.markup import named


@contextmanager
def bare_charts() -> Iterator[None]:
    """No chart is drawn; its title and its words stand in a page all the same."""

    def bare(view: object, chart: Any, id: str, title: str, desc: str, slim: Any = None) -> Any:
        del view, chart, slim
        return named('<svg width="20" height="10" viewBox="0 0 20 10"></svg>', id, title, desc)

    with pytest.MonkeyPatch.context() as patch:
        for one in iter_modules(charts.__path__, f"{charts.__name__}."):
            module = import_module(one.name)
            if hasattr(module, "draw") and module.draw.__module__ != module.__name__:
                patch.setattr(module, "draw", bare)
        yield
