"""Ranks of figures that are known only between two numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.labels import align
from songhua.maths.fault_kinds import IntervalEnds


def rank_bounds(low: pd.Series, high: pd.Series) -> pd.DataFrame:
    """The best and the worst rank of each figure, when the figures lie between two numbers.

    1 is the largest. The best rank of i is 1 + the count of j that are above i whatever the
    figures are (low_j > high_i); the worst is 1 + the count of j that may be above it
    (high_j > low_i). Each rank is that of i alone: not all of them can be held at once.

    Args:
        low: lower ends, by name.
        high: upper ends, by the same names.

    Returns:
        A row a name: `rank_low` (best), `rank_high` (worst); missing where an end is missing, and
        such a name is in no one else's count.

    Raises:
        SonghuaError: `labels_differ`, `labels_repeat`; `interval_ends`, when a lower end is above
            its upper.

    Source: H. Goldstein and D. J. Spiegelhalter, League Tables and Their Limitations, Journal of
    the Royal Statistical Society A 159(3), 1996 (ranks are to be shown with their uncertainty).

    >>> low = pd.Series({"a": 5.5, "b": 5.0, "c": 1.0})
    >>> rank_bounds(low, pd.Series({"a": 6.5, "b": 6.0, "c": 2.0})).T.to_dict("list")
    {'a': [1.0, 2.0], 'b': [1.0, 2.0], 'c': [3.0, 3.0]}
    """
    low, high = align(low, high)
    floor, ceiling = low.to_numpy(float), high.reindex(low.index).to_numpy(float)
    if (floor > ceiling).any():
        at = int(np.argmax(floor > ceiling))
        raise SonghuaError(IntervalEnds(low=float(floor[at]), high=float(ceiling[at])))
    complete = ~(np.isnan(floor) | np.isnan(ceiling))
    floors, ceilings = np.sort(floor[complete]), np.sort(ceiling[complete])
    n = len(floors)
    best = 1.0 + n - np.searchsorted(floors, ceiling, side="right")
    # its own upper end may be above its own lower end: it is no rival of itself
    worst = 1.0 + n - np.searchsorted(ceilings, floor, side="right") - (ceiling > floor)
    ranks = np.where(complete[:, np.newaxis], np.column_stack([best, worst]), np.nan)
    return pd.DataFrame(ranks, index=low.index, columns=["rank_low", "rank_high"])
