"""What must hold of panels: a number or a reason in each cell, its indicator's unit, once each."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from songhua import schema
from songhua.checks.places import LIMIT, row_of
from songhua.checks.values import same_sort
from songhua.errors import Fault
from songhua.region import Region

MOST = 100


def reasons(file: str, rows: np.ndarray, empty: np.ndarray, silent: np.ndarray) -> list[Fault]:
    """A cell has a number, or a reason why it has none; never both and never neither.

    >>> rows, empty, silent = np.array([2, 3]), np.array([True, False]), np.array([True, True])
    >>> [(fault.code, fault.row) for fault in reasons("panels/jobs.csv", rows, empty, silent)]
    [('cell_without_reason', 2)]
    """
    wrong = {"cell_without_reason": empty & silent, "cell_with_reason": ~empty & ~silent}
    return [
        Fault(code, file, int(row) or None, "status")
        for code, where in wrong.items()
        for row in rows[where][:MOST]
    ]


def cells_reasoned(region: Region) -> list[Fault]:
    """The same of panels in memory: a cell with a number has no reason for having none."""
    frame = region.panels
    wrong = frame[frame["number"].notna() & (frame["status"] != "")] if len(frame) else frame
    return [Fault("cell_with_reason", file, n, "status") for file, n, _ in _at(wrong)]


def cells_fit(region: Region) -> list[Fault]:
    """No cell stands twice; one without number or reason lacks them, or its unit does not fit."""
    frame = region.panels
    if frame.empty:
        return []
    key = list(schema.table("panels").key)
    faults = [
        Fault("row_repeats", file, n, "", {"key": " ".join(row[key])})
        for file, n, row in _at(frame[frame.duplicated(key)])
    ]
    for file, n, row in _at(frame[frame["number"].isna() & (frame["status"] == "")]):
        wanted = str(region.indicators[row["indicator"]]["unit"])
        if same_sort(row["unit"], wanted):
            faults.append(Fault("cell_without_reason", file, n, "status"))
            continue
        params = {"unit": row["unit"], "other": wanted, "indicator": row["indicator"]}
        faults.append(Fault("unit_misfit", file, n, "unit", params))
    return faults


def _at(rows: pd.DataFrame) -> Iterator[tuple[str, int | None, pd.Series]]:
    for _, row in rows.head(LIMIT).iterrows():
        yield str(row["file"]), row_of(row), row
