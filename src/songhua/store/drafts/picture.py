"""A sheet as lines of text, with what each cell was taken for."""

from __future__ import annotations

from songhua.store.drafts.draft import Draft
from songhua.store.sheets.grid import Grid
from songhua.store.sheets.words import key, split_marks

ROWS, COLUMNS, WIDTH = 16, 8, 18
#: The signs before cells: title, heading, label, figure that is read, what is left out.
TITLE, HEADING, LABEL, READ, LEFT = "T", "H", "L", "=", "x"


def picture(draft: Draft, grid: Grid) -> tuple[str, ...]:
    """The first rows and columns of a sheet, each cell behind the sign of what it was taken for."""
    frame = draft.frame
    if frame is None:
        return ()
    lines: list[str] = []
    for row in [r for r in range(len(grid.cells)) if grid.filled(r)][:ROWS]:
        cells = [_cell(draft, grid, row, column) for column in range(min(grid.width, COLUMNS))]
        more = " …" if grid.width > COLUMNS else ""
        lines.append(f"{row + 1:>4}  " + " | ".join(cells).rstrip(" |") + more)
    return (*lines, *(["      …"] if len(grid.cells) > ROWS else []))


def _cell(draft: Draft, grid: Grid, row: int, column: int) -> str:
    frame, text = draft.frame, grid.text(row, column)[:WIDTH]
    if not text or frame is None:
        return ""
    if row in frame.above:
        return f"{TITLE} {text}"
    left = key(split_marks(grid.text(row, column))[0]) in {key(t) for t in draft.found.left_out}
    if row in frame.heading:
        return f"{LEFT if left else HEADING} {text}"
    if frame.first <= row <= frame.last and column in frame.labels:
        return f"{LEFT if left else LABEL} {text}"
    return f"{READ if (row, column) in draft.figures else LEFT} {text}"
