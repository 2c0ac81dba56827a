"""Each industry of the system: all that is known of it, put away until asked for."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document import industry
from songhua.document.blocks import Block, Fold
from songhua.document.sections import section
from songhua.format.view import View


@section("industries", 150)
def industries(view: View) -> Iterator[Block]:
    """A fold for each, in the order of the plan."""
    for one in industry.industries(view):
        yield Fold(one.title, one.blocks, id=one.id)
