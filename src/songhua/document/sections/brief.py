"""The brief: how the region stands, what to worry about and what comes next, on one screen."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document import brief as shown
from songhua.document.blocks import Block
from songhua.document.sections import section
from songhua.format.view import View


@section("brief", 0)
def brief(view: View) -> Iterator[Block]:
    """All of it."""
    if shown.STUDY in view.results:
        yield from shown.brief(view)
