"""Succession of rows: what a folder lacks of new figures, and behind which file they stand.

New figures are set among those that the folder holds, in the one order of time.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from songhua import schema
from songhua.checks.plausibility import speaking_of
from songhua.checks.repeats import alike, hashes, said_again
from songhua.checks.whole_and_parts import parts_within
from songhua.errors import Fault
from songhua.reading.rows import with_more
from songhua.region import Region
from songhua.region.figure_rows import stacked
from songhua.store.source import entered

FOLDER = "observations"
#: The file of rows that are not written yet.
NEW = "<new>"


def lacking(old: pd.DataFrame, new: pd.DataFrame) -> tuple[np.ndarray, str]:
    """New rows that a folder lacks, and the file behind which they must stand.

    A row that repeats its source's present figure is not lacking. Only the newest of earlier rows
    counts, so that a figure that is changed back is recorded. The file is the last one with another
    row of the same thing, source and day; blank where there is none.
    """
    table = schema.table("observations")
    labels = (*table.key, "source")
    names = (*dict.fromkeys((*labels, *table.identity, "recorded", "number", "decimals")), "file")
    mine = hashes(new, labels)
    old = _near(old[[*names]], new, labels)
    theirs = hashes(old, labels)
    standing = np.flatnonzero(np.isin(theirs, mine))
    doubtful = np.union1d(np.flatnonzero(np.isin(mine, theirs)), alike(mine))
    keep = np.ones(len(new), dtype=bool)
    if not len(doubtful):
        return keep, ""
    names = [*names]
    frame = stacked([old.iloc[standing][names], unwritten(new.iloc[doubtful])[names]])
    fresh = np.arange(len(frame)) >= len(standing)
    remaining = np.arange(len(frame))
    while (again := said_again(frame.iloc[remaining], fresh[remaining])).any():
        keep[doubtful[remaining[again] - len(standing)]] = False
        remaining = remaining[~again]
    return keep, _last_beside(frame.iloc[remaining], fresh[remaining], labels)


def unwritten(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as those of a file that is not written yet."""
    codes = np.zeros(len(rows), dtype=np.int8)
    return rows.assign(file=pd.Categorical.from_codes(codes, pd.Index([NEW], dtype="str")))


def above_whole(region: Region, new: pd.DataFrame) -> list[Fault]:
    """Faults of parts that new rows raise above their whole, with the figures of the folder."""
    if new.empty:
        return []
    region = speaking_of(region, set(new["indicator"].unique()))
    return [*parts_within(with_more(region, unwritten(new)))]


def _near(old: pd.DataFrame, new: pd.DataFrame, labels: tuple[str, ...]) -> pd.DataFrame:
    """The old rows whose every label is one that a new row has: that is quick."""
    if old.empty:
        return new.iloc[:0]
    near = np.ones(len(old), dtype=bool)
    for name in labels:
        column = old[name].array
        near &= np.append(column.categories.isin(new[name].unique()), False)[column.codes]
    return old[near]


def _last_beside(rows: pd.DataFrame, fresh: np.ndarray, labels: tuple[str, ...]) -> str:
    """The last file with a row of the same thing, source and day as a new one."""
    things = hashes(rows, (*labels, "recorded"))
    beside = ~fresh & np.isin(things, things[fresh])
    files = rows["file"][beside].astype(str).unique()
    return max((f"{FOLDER}/{name}" for name in files), key=entered, default="")
