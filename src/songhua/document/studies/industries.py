"""Each industry of the system: all that is known of it, put away until asked for."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document import industry
from songhua.document.blocks import Block, Fold
from songhua.document.studies import listing
from songhua.format.view import View

BLOCKS = listing("industries", 150, "")


@BLOCKS("full")
def industries(view: View) -> Iterator[Block]:
    """A fold for each, in the order of the plan."""
    for section in industry.industries(view):
        yield Fold(section.title, section.blocks, id=section.id)
