"""Checks of the figures before an index is trusted, and of one unit beside its peers."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.maths.composite.fault_kinds import CompositeUnknownUnit
from songhua.maths.composite.notes import Labelled, numbers, signs, spreads
from songhua.maths.composite.treat import KURT, SKEW, has_outliers, kurtosis, skewness

COLLINEAR, AGAINST = 0.92, -0.4


def audit(frame: pd.DataFrame, skew: float = SKEW, kurt: float = KURT) -> pd.DataFrame:
    """The figures of each indicator: gaps, spread, shape, outliers.

    Returns:
        A row for each indicator: n, missing, missing_share, min, median, mean, max, sd, skew,
        kurt, outliers (whether both limits are passed), same_share (how many of the figures are
        the most frequent one).

    >>> figures = audit(pd.DataFrame({"a": [1.0, 1.0, 4.0, None]}))
    >>> figures[["n", "missing_share", "mean", "outliers"]].values.tolist()
    [[3, 0.25, 2.0, False]]
    """
    frame = numbers(frame)
    n = frame.notna().sum()
    same = frame.apply(lambda x: x.value_counts().max() if x.notna().any() else np.nan)
    return pd.DataFrame(
        {
            "n": n,
            "missing": frame.isna().sum(),
            "missing_share": frame.isna().mean(),
            "min": frame.min(),
            "median": frame.median(),
            "mean": frame.mean(),
            "max": frame.max(),
            "sd": frame.std(),
            "skew": frame.apply(skewness),
            "kurt": frame.apply(kurtosis),
            "outliers": frame.apply(has_outliers, skew=skew, kurt=kurt),
            "same_share": same / n,
        }
    )


def availability(frame: pd.DataFrame) -> pd.DataFrame:
    """Counts of the indicators that each unit has: n, missing, missing_share.

    >>> availability(pd.DataFrame({"a": [1.0], "b": [None]}))["missing_share"].tolist()
    [0.5]
    """
    frame = numbers(frame)
    gaps = frame.isna()
    return pd.DataFrame(
        {
            "n": frame.notna().sum(axis=1),
            "missing": gaps.sum(axis=1),
            "missing_share": gaps.mean(axis=1),
        }
    )


def strengths(
    frame: pd.DataFrame,
    unit: str,
    peers: Iterable[str] | None = None,
    direction: Labelled | None = None,
) -> pd.DataFrame:
    """One unit beside its peers, from its greatest strength to its greatest weakness.

    Args:
        frame: units x indicators.
        unit: the unit in question.
        peers: the others it is set against; all others, if not given.
        direction: 1 or -1 by indicator.

    Returns:
        A row for each indicator: value, peers (their median), rank (1 is best) of how many
        (`of`), and lead: how much better than the peers' median, in standard deviations of the
        peers. Indicators that the unit lacks stand last, with their cells missing.

    Raises:
        SonghuaError: `composite_unknown_unit`.

    >>> x = pd.DataFrame({"a": [9.0, 1, 3], "b": [5.0, 4, 6]}, index=["x", "y", "z"])
    >>> strengths(x, "x", direction={"a": 1, "b": -1})[["value", "peers", "rank"]].values.tolist()
    [[9.0, 2.0, 1.0], [5.0, 5.0, 2.0]]
    """
    frame = numbers(frame)
    compared = [u for u in frame.index if u != unit] if peers is None else list(peers)
    if odd := [u for u in [unit, *compared] if u not in frame.index]:
        raise SonghuaError(*(CompositeUnknownUnit(unit=u) for u in odd))
    compared = [u for u in compared if u != unit]
    sign = signs(direction, frame.columns)
    beside = frame.loc[compared]
    value, middle, spread = frame.loc[unit], beside.median(), beside.std()
    uneven = spreads(beside.min(), beside.max()) > 0
    table = pd.DataFrame(
        {
            "value": value,
            "peers": middle,
            "rank": ((sign * beside) > sign * value).sum() + 1.0,
            "of": beside.notna().sum() + 1.0,
            "lead": sign * (value - middle) / spread.where(uneven),
        }
    )
    table.loc[value.isna(), ["rank", "of"]] = np.nan
    return table.sort_values("lead", ascending=False, kind="stable", na_position="last")
