"""The fingerprint of a layout: its texts without what is another each month."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from songhua.reading.crosstabs.blocks import Block, find_blocks, is_line
from songhua.reading.crosstabs.kinds import Kinds
from songhua.reading.crosstabs.texts import Words
from songhua.reading.sheets.grid import Grid

#: Lines between the rows count in the first rows alone.
_LOOKED_AT = 3000


def fingerprint(grids: Sequence[Grid], words: Words) -> str:
    """Twelve hexadecimal digits that two workbooks share if one is the next of the other.

    It speaks of the lines above each table, of its corner and its headings, and of lines between
    the rows that hold no figure, in order, each once. Periods and numbers in them do not count,
    nor does how many rows there are. Blank where there is no table.
    """
    texts: dict[str, None] = {}
    for grid in grids:
        for block in find_blocks(Kinds(grid)):
            for row in _rows(grid, block):
                filled = grid.filled(row)
                if filled and not is_line(grid.text(row, filled[0])):
                    texts |= dict.fromkeys(words.timeless(grid.text(row, c)) for c in filled)
    if not texts:
        return ""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]


def _rows(grid: Grid, block: Block) -> list[int]:
    """The rows that tell a layout: above a table, of its heading, and between its figures."""
    values = set(block.values)
    body = range(block.first, min(block.last + 1, _LOOKED_AT))
    lone = [row for row in body if not values.intersection(grid.filled(row))]
    return [*block.above, *block.heading, *lone]
