"""Levels of a panel that go on over a break of their series."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from songhua.labels import parse_period
from songhua.region.indicators import Indicator


def chained(levels: np.ndarray, periods: Sequence[str], about: Indicator) -> np.ndarray:
    """Levels of which those before each break of `about.chained` are chained to those after it.

    Each cell before is multiplied by the first level after the break over the last before, so
    that its quotient moves within a series alone; a cell without both by that of its place.

    Args:
        levels: period × place × industry.
        periods: those of the levels.
        about: the indicator.

    >>> jobs = Indicator("jobs", breaks=("2013",), chained=("2013",))
    >>> levels = np.array([[[10.0, 30.0]], [[20.0, 30.0]], [[40.0, 45.0]]])
    >>> chained(levels, ["2011", "2012", "2013"], jobs).tolist()
    [[[20.0, 45.0]], [[40.0, 45.0]], [[40.0, 45.0]]]
    """
    starts = [parse_period(period).start for period in periods]
    for since in about.chained:
        at = next((n for n, start in enumerate(starts) if start >= parse_period(since).start), 0)
        if not at:
            continue
        after, before = levels[at], levels[at - 1]
        both = (after > 0) & (before > 0)
        ratio = np.divide(after, before, out=np.full(after.shape, np.nan), where=both)
        totals = (np.where(both, of, 0.0).sum(axis=-1, keepdims=True) for of in (after, before))
        whole, last = totals
        place = np.divide(whole, last, out=np.ones_like(whole), where=last > 0)
        factors = np.where(both, ratio, place)
        levels = np.concatenate([levels[:at] * factors, levels[at:]])
    return levels
