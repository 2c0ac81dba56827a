"""Outliers: skewness and kurtosis, winsorising, the logarithm of the COIN Tool.

Skewness and kurtosis are those of spreadsheets (the sample-corrected G1 and G2 of Joanes and
Gill, Comparing measures of sample skewness and kurtosis, The Statistician 47, 1998); kurtosis is
in excess of the normal curve's. The order of treatment is that of the European Commission's COIN
Tool and of COINr: winsorise up to a number of points while both limits are passed; where that
is not enough, take the logarithm of the untreated column instead.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from songhua.maths.composite.notes import Notes, numbers, say, spreads
from songhua.maths.levels import ROUNDING

SKEW, KURT, POINTS = 2.0, 3.5, 5


def skewness(values: pd.Series | np.ndarray) -> float:
    """Sample skewness G1 = g1 sqrt(n (n - 1)) / (n - 2); missing under three values or no spread.

    >>> round(skewness(np.array([1.0, 2.0, 3.0, 10.0])), 6)
    1.763633
    """
    x = _present(values)
    n = len(x)
    if n < 3 or _even(x):
        return math.nan
    m = x - x.mean()
    return float((m**3).mean() / (m**2).mean() ** 1.5 * math.sqrt(n * (n - 1)) / (n - 2))


def kurtosis(values: pd.Series | np.ndarray) -> float:
    """Sample excess kurtosis G2 = (n - 1)((n + 1) g2 + 6) / ((n - 2)(n - 3)).

    Missing under four values or without spread.

    >>> round(kurtosis(np.array([1.0, 2.0, 3.0, 10.0])), 6)
    3.228
    """
    x = _present(values)
    n = len(x)
    if n < 4 or _even(x):
        return math.nan
    m = x - x.mean()
    g2 = (m**4).mean() / (m**2).mean() ** 2 - 3
    return float((n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6))


def has_outliers(values: pd.Series | np.ndarray, skew: float = SKEW, kurt: float = KURT) -> bool:
    """True where |skewness| and kurtosis both reach their limits.

    >>> has_outliers(np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100]))
    True
    """
    return bool(abs(skewness(values)) >= skew and kurtosis(values) >= kurt)


def winsorise(
    frame: pd.DataFrame,
    max_points: int = POINTS,
    skew: float = SKEW,
    kurt: float = KURT,
    notes: Notes = None,
) -> pd.DataFrame:
    """Pull outlying points in to the next value, one value at a time, up to `max_points`.

    While |skewness| >= `skew` and kurtosis >= `kurt`, the highest value (the lowest, where the
    column leans that way) becomes the next one. Tied points move together and are all counted,
    so that the last move may pass `max_points`.

    Args:
        frame: units x indicators; missing cells stay missing.
        max_points: points that may be moved in a column.
        skew: limit of the absolute skewness.
        kurt: limit of the excess kurtosis.
        notes: what was done is added here: `composite_winsorised` with the number of high and
            low points; `composite_winsorising_not_enough`.

    >>> winsorise(pd.DataFrame({"a": [1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100]})).max().tolist()
    [30.0]
    """
    frame = numbers(frame)
    return frame.apply(lambda x: _winsorised(x, max_points, skew, kurt, notes))


def log_coin(frame: pd.DataFrame, notes: Notes = None) -> pd.DataFrame:
    """The COIN Tool's logarithm: ln(x - min + 0.01 (max - min)), which any column has.

    A column without spread has none and stays as it is; a note says so.

    >>> log_coin(pd.DataFrame({"a": [0.0, 99.0]}))["a"].round(6).tolist()
    [-0.01005, 4.60507]
    """
    frame = numbers(frame)
    spread = spreads(frame.min(), frame.max())
    logged = frame.copy()
    for name in frame.columns:
        if spread[name] > 0:
            logged[name] = np.log(frame[name] - frame[name].min() + 0.01 * spread[name])
            say(notes, "treat", name, "composite_log")
        else:
            say(notes, "treat", name, "composite_no_spread")
    return logged


def treat(
    frame: pd.DataFrame,
    max_points: int = POINTS,
    skew: float = SKEW,
    kurt: float = KURT,
    notes: Notes = None,
) -> pd.DataFrame:
    """Winsorise; where that does not do, take the logarithm of the untreated column.

    Arguments and notes as `winsorise`; also `composite_treatment_failed`, for a column that
    passes both limits still, and `composite_no_outliers`, for one that needed nothing.

    Source: European Commission, Joint Research Centre, COIN Tool user guide, 2019.

    >>> treat(pd.DataFrame({"a": [1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100]})).max().tolist()
    [30.0]
    """
    frame = numbers(frame)
    columns = {}
    for name, column in frame.items():
        if not has_outliers(column, skew, kurt):
            say(notes, "treat", name, "composite_no_outliers")
            columns[name] = column
            continue
        pulled = _winsorised(column, max_points, skew, kurt, notes)
        if has_outliers(pulled, skew, kurt):
            pulled = log_coin(column.to_frame(), notes).iloc[:, 0]
            if has_outliers(pulled, skew, kurt):
                say(notes, "treat", name, "composite_treatment_failed")
        columns[name] = pulled
    return pd.DataFrame(columns, index=frame.index, columns=frame.columns)


def _winsorised(
    column: pd.Series, max_points: int, skew: float, kurt: float, notes: Notes
) -> pd.Series:
    """One column, with a note on the points that moved."""
    x = column.to_numpy(float, copy=True)
    high = low = 0
    while high + low < max_points and has_outliers(x, skew, kurt):
        if skewness(x) >= 0:
            ends = x == np.nanmax(x)
            x[ends] = np.nanmax(x[~ends])
            high = int(ends.sum())
        else:
            ends = x == np.nanmin(x)
            x[ends] = np.nanmin(x[~ends])
            low = int(ends.sum())
    if high + low:
        say(notes, "treat", column.name, "composite_winsorised", high=high, low=low)
    if has_outliers(x, skew, kurt):
        say(notes, "treat", column.name, "composite_winsorising_not_enough", high=high, low=low)
    return pd.Series(x, index=column.index, name=column.name)


def _present(values: pd.Series | np.ndarray) -> np.ndarray:
    """The values that are not missing."""
    x = np.asarray(values, float)
    return x[~np.isnan(x)]


def _even(x: np.ndarray) -> bool:
    """True where rounding alone tells the values apart."""
    return bool(np.ptp(x) <= ROUNDING * np.abs(x).max())
