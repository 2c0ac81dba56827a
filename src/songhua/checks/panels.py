"""Checks of panels: a number or a reason in each cell, its indicator's unit, once each."""

from __future__ import annotations

import numpy as np
import pandas as pd

from songhua import schema
from songhua.checks.fault_kinds import CellWithoutReason, CellWithReason
from songhua.checks.places import LIMIT, FigureRow
from songhua.checks.values import same_sort
from songhua.errors import Fault
from songhua.fault_kinds import RowRepeats
from songhua.region import Region
from songhua.results import read_rows

MOST = 100


def reasons(file: str, rows: np.ndarray, empty: np.ndarray, silent: np.ndarray) -> list[Fault]:
    """A cell has a number, or a reason why it has none; never both and never neither.

    >>> rows, empty, silent = np.array([2, 3]), np.array([True, False]), np.array([True, True])
    >>> [(fault.code, fault.row) for fault in reasons("panels/jobs.csv", rows, empty, silent)]
    [('cell_without_reason', 2)]
    """
    wrong = {CellWithoutReason: empty & silent, CellWithReason: ~empty & ~silent}
    return [
        kind(file, int(row) or None, "status")
        for kind, where in wrong.items()
        for row in rows[where][:MOST]
    ]


def cells_reasoned(region: Region) -> list[Fault]:
    """The same of panels in memory: a cell with a number has no reason for having none."""
    frame = region.figures.cells.frame
    wrong = frame[frame.number.notna() & (frame.status != "")] if len(frame) else frame
    return [CellWithReason(*row.where("status")) for row in _first(wrong)]


def cells_fit(region: Region) -> list[Fault]:
    """No cell stands twice; one without number or reason lacks them, or its unit does not fit."""
    frame = region.figures.cells.frame
    if frame.empty:
        return []
    key = list(schema.table("panels").key)
    again = frame[frame.duplicated(key)]
    faults: list[Fault] = [
        RowRepeats(*row.where(), key=" ".join(getattr(row, name) for name in key))
        for row in _first(again)
    ]
    blank = np.isnan(region.figures.cells.value) & (frame.status == "").to_numpy()
    for row in _first(frame[blank]):
        wanted = region.unit(row.indicator)
        fits = same_sort(row.unit, wanted)
        faults.append(CellWithoutReason(*row.where("status")) if fits else row.unit_misfit(wanted))
    return faults


def _first(rows: pd.DataFrame) -> list[FigureRow]:
    return read_rows(rows.head(LIMIT), FigureRow)
