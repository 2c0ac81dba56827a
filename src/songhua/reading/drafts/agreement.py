"""Agreement of a drafted map with the reader of maps: each figure is compared."""

from __future__ import annotations

from songhua.reading.drafts.draft import Draft
from songhua.reading.drafts.fault_kinds import DraftDisagrees
from songhua.reading.sheets.candidates import Candidates
from songhua.reading.sheets.grid import Grid

_COMPARED = ("indicator", "region", "industry", "period", "unit")


def disagreements(draft: Draft, grid: Grid, read: Candidates) -> None:
    """Note as a doubt each figure that was read otherwise than it was meant, or not at all."""
    meant = {grid.place(*at): figure for at, figure in draft.figures.items()}
    columns = {name: read.table.column(name).to_pylist() for name in _COMPARED}
    rows = zip(*(columns[name] for name in _COMPARED), strict=True)
    for n, values in enumerate(rows):
        place = read.origin(n)
        figure = meant.pop(place, None)
        expected = figure and tuple(getattr(figure, name) for name in _COMPARED)
        percent = figure is not None and values[-1] in {"%", "‰"} and values[:-1] == expected[:-1]  # type: ignore[index]
        if values != expected and not percent:
            text = " ".join(filter(None, values))
            draft.findings.doubt(DraftDisagrees(column=place.rpartition("!")[2], text=text))
    skipped = {skip.why for skip in read.skipped}
    if meant and not skipped & {"blank", "mark"} and not draft.findings.doubts:
        place = next(iter(meant))
        draft.findings.doubt(DraftDisagrees(column=place.rpartition("!")[2], text="–"))
