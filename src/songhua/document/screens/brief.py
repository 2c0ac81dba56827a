"""The brief on a terminal: what the report opens with."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document import brief as shown
from songhua.document.blocks import Block, Heading
from songhua.document.screens import screen
from songhua.format.view import View


@screen("brief")
@screen("brief", brief=True)
def brief(view: View) -> Iterator[Block]:
    """The region and its plan, then the brief."""
    plan = f" · {view.plan.name(view.lang)}" if view.plan else ""
    yield Heading(1, f"{view.region.name(view.lang)}{plan}")
    yield from shown.brief(view, cited=False)
