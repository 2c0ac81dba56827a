"""The part of a table of presence on which indices are defined: all known, nothing empty."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.maths.complexity.fault_kinds import PresenceEmpty, PresenceIncomplete
from songhua.maths.complexity.presence import zeros_and_ones


class Indices(NamedTuple):
    """One number a region and one an industry."""

    regions: pd.Series
    industries: pd.Series


class Core(NamedTuple):
    """Presence without empty and unknown regions and industries, its sums, and which remain."""

    values: np.ndarray
    diversity: np.ndarray
    ubiquity: np.ndarray
    regions: np.ndarray
    industries: np.ndarray
    labels: tuple[pd.Index, pd.Index]

    def indices(self, regions: np.ndarray, industries: np.ndarray) -> Indices:
        """The numbers with the labels of the whole table, missing for excluded ones."""
        pairs = zip(
            (regions, industries),
            (self.regions, self.industries),
            self.labels,
            ("regions", "industries"),
            strict=True,
        )
        series = []
        for values, present, labels, name in pairs:
            whole = np.full(len(labels), np.nan)
            whole[present] = values
            series.append(pd.Series(whole, index=labels, name=name))
        return Indices(*series)


def core(presence: pd.DataFrame) -> Core:
    """Presence without regions and industries that are empty or not known at all.

    Raises:
        SonghuaError: `presence_incomplete`, when only a part of a region's or an industry's
            presence is not known; `presence_empty`, when nothing is left;
            `presence_impossible`, `levels_not_numbers`, `labels_repeat`.

    >>> core(pd.DataFrame({"food": [1, None], "steel": [0, None]})).values.tolist()
    [[1.0]]
    """
    return core_of(zeros_and_ones(presence), presence.index, presence.columns)


def core_of(values: np.ndarray, index: pd.Index, columns: pd.Index) -> Core:
    """The same of checked values and their labels.

    >>> core_of(np.array([[1.0, 0.0]]), pd.Index(["a"]), pd.Index(["food", "steel"])).industries
    array([ True, False])
    """
    diversity, ubiquity = values.sum(axis=1), values.sum(axis=0)
    if np.isnan(diversity).any():
        lost = np.isnan(values)
        hole = lost & ~np.all(lost, axis=1, keepdims=True) & ~np.all(lost, axis=0)
        if hole.any():
            row, column = np.argwhere(hole)[0]
            label = (str(index[row]), str(columns[column]))
            raise SonghuaError(PresenceIncomplete(label=label, n=int(hole.sum())))
        diversity, ubiquity = np.nansum(values, axis=1), np.nansum(values, axis=0)
    rows, across = diversity > 0, ubiquity > 0
    if not rows.any():
        raise SonghuaError(PresenceEmpty())
    part = values if rows.all() and across.all() else values[np.ix_(rows, across)]
    return Core(part, diversity[rows], ubiquity[across], rows, across, (index, columns))
