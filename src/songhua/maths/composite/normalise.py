"""One scale for all indicators: min-max, goalposts, z-scores, ranks, percentiles.

Each takes a frame of units x indicators and the direction of each indicator (1: more is better;
-1: less is better), keeps missing cells missing, and gives a frame in which more is better.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from songhua.errors import SonghuaError
from songhua.fault_kinds import LabelsDiffer
from songhua.maths.composite.fault_kinds import CompositeBounds, CompositeUnknownColumn
from songhua.maths.composite.notes import Labelled, Notes, numbers, say, signs, spreads

Limits = Mapping[str, tuple[float, float]]


def normalise_minmax(
    frame: pd.DataFrame,
    direction: Labelled | None = None,
    bounds: tuple[float, float] = (0.0, 1.0),
    limits: Limits | None = None,
    notes: Notes = None,
) -> pd.DataFrame:
    """From the worst to the best: (x - min) / (max - min), stretched over `bounds`.

    With direction -1 it is (max - x) / (max - min). The lowest and highest come from the frame's
    own units, so that adding a unit moves every score; with `limits` they are given instead (the
    same for all years of a panel, say), and values may then lie outside `bounds`.

    Args:
        frame: units x indicators.
        direction: 1 or -1 by indicator; 1 for all, if nothing is said.
        bounds: the scale's lower and upper end.
        limits: lowest and highest by indicator, for all indicators or some.
        notes: `composite_no_spread`, for a column without spread, which becomes missing.

    Raises:
        SonghuaError: `composite_bounds`; `composite_direction`; `composite_unknown_column`.

    Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008, step 5.

    >>> x = pd.DataFrame({"a": [10.0, 15.0, 20.0]}, index=["x", "y", "z"])
    >>> normalise_minmax(x)["a"].tolist(), normalise_minmax(x, {"a": -1}, (0, 100))["a"].tolist()
    ([0.0, 0.5, 1.0], [100.0, 50.0, 0.0])
    """
    frame, sign = _ready(frame, direction)
    start, end = _ends(bounds)
    low, high = frame.min(), frame.max()
    for name, (least, most) in (limits or {}).items():
        if name not in frame.columns:
            raise SonghuaError(CompositeUnknownColumn(column=str(name)))
        low[name], high[name] = _ends((least, most))
    spread = _spread(spreads(low, high), notes)
    up = (frame - low) / spread
    return start + (end - start) * (sign * up + (sign < 0))


def normalise_goalposts(
    frame: pd.DataFrame,
    goalposts: Limits,
    direction: Labelled | None = None,
    bounds: tuple[float, float] = (0.0, 1.0),
    notes: Notes = None,
) -> pd.DataFrame:
    """Min-max between given goalposts; a value beyond a goalpost counts as the goalpost.

    Args:
        frame: units x indicators.
        goalposts: lowest and highest by indicator, for every indicator.
        direction: as `normalise_minmax`.
        bounds: as `normalise_minmax`.
        notes: `composite_clipped`, with the number of units beyond a goalpost.

    Raises:
        SonghuaError: `labels_differ`, when an indicator has no goalposts; as `normalise_minmax`.

    Source: UNDP, Human Development Report, technical note 1.

    >>> normalise_goalposts(pd.DataFrame({"a": [10.0, 60.0, 90.0]}), {"a": (20, 85)})["a"].round(4).tolist()
    [0.0, 0.6154, 1.0]
    """  # noqa: E501
    if odd := set(frame.columns) ^ set(goalposts):
        raise SonghuaError(LabelsDiffer(labels=tuple(sorted(odd))))
    free = normalise_minmax(frame, direction, bounds, goalposts, notes)
    clipped = free.clip(*_ends(bounds))
    for name, n in (clipped != free).where(free.notna(), False).sum().items():
        if n:
            say(notes, "normalise", name, "composite_clipped", n=int(n))
    return clipped


def normalise_z(
    frame: pd.DataFrame,
    direction: Labelled | None = None,
    mean: float = 0.0,
    sd: float = 1.0,
    notes: Notes = None,
) -> pd.DataFrame:
    """Standard scores: (x - mean of x) / s, with s over n - 1, then given a mean and spread.

    Args:
        frame: units x indicators.
        direction: as `normalise_minmax`.
        mean: mean of the scores.
        sd: standard deviation of the scores.
        notes: `composite_no_spread`, for a column without spread, which becomes missing.

    >>> normalise_z(pd.DataFrame({"a": [1.0, 2.0, 3.0]}))["a"].tolist()
    [-1.0, 0.0, 1.0]
    """
    frame, sign = _ready(frame, direction)
    uneven = spreads(frame.min(), frame.max()) > 0
    spread = _spread(frame.std().where(uneven, 0.0), notes)
    return mean + sd * sign * (frame - frame.mean()) / spread


def normalise_rank(
    frame: pd.DataFrame, direction: Labelled | None = None, notes: Notes = None
) -> pd.DataFrame:
    """Ranks from 1 for the worst to n for the best; tied units share their mean rank.

    >>> normalise_rank(pd.DataFrame({"a": [5.0, 7.0, 5.0]}))["a"].tolist()
    [1.5, 3.0, 1.5]
    """
    frame, sign = _ready(frame, direction)
    _spread(spreads(frame.min(), frame.max()), notes)
    return (sign * frame).rank()


def normalise_percentile(
    frame: pd.DataFrame, direction: Labelled | None = None, notes: Notes = None
) -> pd.DataFrame:
    """Percentile ranks from 0 for the worst to 100 for the best: 100 (rank - 1) / (n - 1).

    n counts the units that have a figure.

    >>> normalise_percentile(pd.DataFrame({"a": [5.0, 7.0, 6.0]}))["a"].tolist()
    [0.0, 100.0, 50.0]
    """
    ranks = normalise_rank(frame, direction, notes)
    n = ranks.notna().sum()
    return 100 * (ranks - 1) / (n - 1).where(n > 1)


def _ready(frame: pd.DataFrame, direction: Labelled | None) -> tuple[pd.DataFrame, pd.Series]:
    """Floats and signs."""
    frame = numbers(frame)
    return frame, signs(direction, frame.columns)


def _spread(spread: pd.Series, notes: Notes) -> pd.Series:
    """The spread where there is one; a note where there is none."""
    for name in spread.index[~(spread > 0)]:
        say(notes, "normalise", name, "composite_no_spread")
    return spread.where(spread > 0)


def _ends(bounds: tuple[float, float]) -> tuple[float, float]:
    """Two numbers in order."""
    low, high = map(float, bounds)
    if not low < high:
        raise SonghuaError(CompositeBounds(low=low, high=high))
    return low, high
