"""A picture of a sheet: the role that each cell was taken for, also as lines of text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from songhua.reading.drafts.draft import Draft
from songhua.reading.drafts.draft_figures import Figure
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.words import key, split_marks

#: The possible readings of a cell, each with its sign on a terminal.
SIGNS = {"blank": "", "title": "T", "heading": "H", "label": "L", "figure": "=", "left": "x"}
ROWS, COLUMNS, WIDTH = 16, 8, 18
#: So much of a sheet is looked at.
MOST_ROWS, MOST_COLUMNS = 300, 60


@dataclass(frozen=True)
class PictureCell:
    """A cell: its text, the role it was taken for (one of `SIGNS`), and the labels of a figure."""

    text: str
    taken: str = "blank"
    figure: Figure | None = None


def seen_cells(
    draft: Draft, grid: Grid, rows: int = MOST_ROWS, columns: int = MOST_COLUMNS
) -> dict[int, tuple[PictureCell, ...]]:
    """The cells of the filled rows of a sheet, by the number of the row; not all of a large one."""
    if draft.frame is None:
        return {}
    left_out = {key(text) for text in draft.findings.left_out}
    width = range(min(grid.width, columns))
    filled = islice((row for row in range(len(grid.cells)) if grid.filled(row)), rows)
    return {
        row + 1: tuple(_picture_cell(draft, grid, row, column, left_out) for column in width)
        for row in filled
    }


def picture(draft: Draft, grid: Grid) -> tuple[str, ...]:
    """The first rows and columns of a sheet, each cell behind the sign of what it was taken for."""
    lines: list[str] = []
    for row, cells in seen_cells(draft, grid, ROWS, COLUMNS).items():
        texts = [f"{SIGNS[cell.taken]} {cell.text[:WIDTH]}".strip() for cell in cells]
        more = " …" if grid.width > COLUMNS else ""
        lines.append(f"{row:>4}  " + " | ".join(texts).rstrip(" |") + more)
    return (*lines, *(["      …"] if lines and len(grid.cells) > ROWS else []))


def _picture_cell(
    draft: Draft, grid: Grid, row: int, column: int, left_out: set[str]
) -> PictureCell:
    frame, text = draft.frame, grid.text(row, column)
    if not text or frame is None:
        return PictureCell("")
    if row in frame.above:
        return PictureCell(text, "title")
    out = key(split_marks(text)[0]) in left_out
    if row in frame.heading:
        return PictureCell(text, "left" if out else "heading")
    if frame.first <= row <= frame.last and column in frame.labels:
        return PictureCell(text, "left" if out else "label")
    figure = draft.figures.get((row, column))
    return PictureCell(text, "figure" if figure else "left", figure)
