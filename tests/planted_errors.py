"""The five hundred errors of scale that the check of plausibility must name: drawn once, and kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

import songhua
from scale_series import case_series, prepared, series

SEED = 20261126
POWERS = (-4, -3, -2, -1, 1, 2, 3, 4)
#: How many errors in each case; the sets of the shared data have the rest, at most so many each.
IN_CASES = {"harbin": 24, "washington": 98}
ALL, IN_SETS = 500, 25
FILE = Path(__file__).parent / "checks" / "planted_scale_errors.csv"


def chosen_in_cases() -> pd.DataFrame:
    """Figures of steady series of both built-in cases, each with the power it is put off by."""
    rng = np.random.default_rng(SEED)
    frames = []
    for name, n in IN_CASES.items():
        rows = case_series(songhua.open(songhua.example(name)).region)
        rows = rows[rows["steady"]]
        picked = rows.iloc[np.sort(rng.choice(len(rows), n, replace=False))]
        frames.append(picked.assign(set=name, power=rng.choice(POWERS, n)))
    columns = ["set", "series", "period", "power"]
    return pd.concat(frames, ignore_index=True)[columns]


def chosen_in_sets() -> pd.DataFrame:
    """Figures of steady series of the shared data, from as many series."""
    rng = np.random.default_rng(SEED)
    frames = []
    for name, frame in series():
        rows = prepared(frame)
        rows = rows[rows["steady"]]
        names = rows["series"].unique()
        names = rng.choice(names, min(IN_SETS, len(names)), replace=False)
        picked = rows[rows["series"].isin(names)].groupby("series").sample(1, random_state=SEED)
        picked = picked.assign(
            set=name, period=picked["year"], power=rng.choice(POWERS, len(picked))
        )
        frames.append(picked[["set", "series", "period", "power"]])
    left = pd.concat(frames).sample(ALL - sum(IN_CASES.values()), random_state=SEED)
    return left.sort_values(["set", "series"], ignore_index=True)


def kept() -> pd.DataFrame:
    """The errors of the list."""
    return pd.read_csv(FILE, dtype={"period": str})
