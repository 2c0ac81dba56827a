"""A heading that slipped by one column against the body of its table."""

from __future__ import annotations

from songhua.reading.crosstabs.axes import INDICATOR, INDUSTRY, PART, REGION, UNIT
from songhua.reading.crosstabs.blocks import Block
from songhua.reading.crosstabs.kinds import FIGURE, Kinds
from songhua.reading.crosstabs.vocabulary import corner

_CAPTIONS = frozenset({INDICATOR, INDUSTRY, PART, REGION, UNIT})
_SAMPLE = 200


def slipped_row(kinds: Kinds, block: Block) -> int | None:
    """The row of a heading that slipped to the left or to the right; None where none did.

    To the left: the last column has figures and no heading, and a column of labels has a heading
    that is no caption of labels. To the right: the first column has no heading, a column of figures
    has a caption of labels, and the last heading stands over nothing.

    >>> from songhua.reading.sheets.grid import Grid
    >>> from songhua.reading.crosstabs.blocks import find_blocks
    >>> def row(*heading):
    ...     kinds = Kinds(Grid([[*heading], ["Bilbao", 1.5, 2.5], ["Vitoria", 3.5, 4.5]]))
    ...     return slipped_row(kinds, find_blocks(kinds)[0])
    >>> row("2019", "2020", ""), row("", "City", "2019", "2020"), row("City", "2019", "2020")
    (0, 0, None)
    """
    columns = (*block.labels, *block.values)
    if not block.labels or not block.values or min(block.labels) > min(block.values):
        return None
    first, last = min(columns), max(columns)
    grid = kinds.grid
    is_bare = not any(grid.area_text(row, last) for row in block.heading)
    for row in block.heading:
        filled = grid.filled(row)
        if not filled or grid.row_areas(row):
            continue
        captions = [text for c in block.labels if (text := grid.text(row, c))]
        headed = filled[-1] == last - 1 and len(filled) > 1
        if is_bare and headed and any(not corner(text) for text in captions):
            return row
        over_figures = {corner(grid.text(row, c)) for c in columns if _counts(kinds, block, c)}
        if filled[0] == first + 1 and filled[-1] > last and over_figures & _CAPTIONS:
            return row
    return None


def _counts(kinds: Kinds, block: Block, column: int) -> bool:
    """True for a column whose cells are figures for the most part."""
    cells = [kinds.at(row, column) for row in block.body[:_SAMPLE]]
    return cells.count(FIGURE) * 2 > len(cells)
