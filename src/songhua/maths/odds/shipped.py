"""The priors that come with songhua, learnt on many series, and how they did on other sources."""

from __future__ import annotations

from functools import cache
from io import StringIO

import pandas as pd

from songhua.maths.odds.recalibration import Prior
from songhua.shipped import installed


@cache
def priors(growth: bool, shared: bool) -> dict[int, Prior]:
    """The priors of one, two and three years ahead.

    Args:
        growth: whether the figures are growth rates; else levels.
        shared: whether a common shock is told apart, as it is from three places on.

    >>> sorted(priors(growth=True, shared=False))
    [1, 2, 3]
    """
    rows = installed.toml("maths", "odds", "priors.toml")["prior"]
    return {
        row["steps"]: Prior(row["mean"], row["spread"], row["weight"], row["freedom"])
        for row in rows
        if (row["growth"], row["shared"]) == (growth, shared)
    }


def left_out() -> pd.DataFrame:
    """The record of recalibrated odds on the series of each source, by priors of the others.

    >>> sorted(left_out()["source"].unique())[:2]
    ['china_cities', 'china_employment_1990_2018']
    """
    return pd.read_csv(StringIO(installed.text("maths", "odds", "left_out.csv")))
