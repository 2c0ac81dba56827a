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
    rows = pd.DataFrame(installed.toml("maths", "odds", "priors.toml")["prior"])
    columns = ["steps", "mean", "spread", "weight", "freedom"]
    rows = rows.loc[(rows.growth == growth) & (rows.shared == shared), columns]
    return {steps: Prior(*numbers) for steps, *numbers in rows.itertuples(index=False)}


def left_out() -> pd.DataFrame:
    """The record of recalibrated odds on the series of each source, by priors of the others.

    >>> sorted(left_out()["source"].unique())[:2]
    ['china_cities', 'china_employment_1990_2018']
    """
    return pd.read_csv(StringIO(installed.text("maths", "odds", "left_out.csv")))
