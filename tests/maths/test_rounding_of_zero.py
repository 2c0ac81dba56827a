"""A value that is zero except for rounding counts as zero, in each method that needs it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from songhua.maths.composite import (
    has_outliers,
    log_coin,
    normalise_minmax,
    normalise_z,
    skewness,
    strengths,
    weight_entropy,
)
from songhua.maths.constructs import separate_imports, symmetric_table
from songhua.maths.ensemble import paired_shares
from songhua.maths.growth import contributions
from songhua.maths.odds.smoothing import _fitted
from songhua.maths.regional_error import output_prior

UNITS = ["x", "y", "z"]
EVEN = pd.DataFrame({"same": [0.1, 0.3 / 3, 0.7 / 7], "other": [1.0, 2, 4]}, UNITS)


def test_a_total_that_stands_still_has_no_shares_of_growth() -> None:
    start, end = pd.Series({"a": 0.1, "b": 0.7}), pd.Series({"a": 0.3, "b": 0.5})
    assert math.fsum([*end, *-start]) > 0
    found = contributions(start, end)
    assert found["share_of_growth"].isna().all()
    assert found["contribution_pp"].tolist() == pytest.approx([25, -25])


def test_a_column_without_spread_stays_one_after_a_division() -> None:
    assert EVEN["same"].nunique() > 1  # alike but for rounding
    assert normalise_minmax(EVEN)["same"].isna().all()
    assert normalise_z(EVEN)["same"].isna().all()
    assert weight_entropy(EVEN, scale=False)["same"] == 0
    assert log_coin(EVEN)["same"].tolist() == EVEN["same"].tolist()
    assert np.isnan(skewness(EVEN["same"]))
    assert not has_outliers(EVEN["same"])
    beside = pd.concat([EVEN, pd.DataFrame({"same": [5.0], "other": [3.0]}, ["w"])])
    lead = strengths(beside, "w")["lead"]
    assert np.isnan(lead["same"])
    assert lead["other"] > 0


def test_an_outcome_that_no_draw_moves_has_no_shares() -> None:
    draws = pd.DataFrame({"flat": [0.1, 0.1, 0.1], "sum": [1.0, 2, 3]})
    assert draws["flat"].to_numpy().var() > 0
    found = paired_shares(draws, {"all": draws})
    assert found["flat"].isna().all()
    assert found.at["all", "sum"] == 1


def test_places_whose_steps_are_alike_do_not_decide_the_parameters() -> None:
    rng = np.random.default_rng(1)
    restless: Any = np.column_stack([np.arange(12) * 1e-4, rng.normal(size=12)])
    assert 0 < np.diff(restless[:, 0]).std() < 1e-18
    grid: Any = np.array([(a, 0.0, 0.0) for a in (0.1, 0.5, 1.0)])
    assert _fitted(restless, grid)[0].tolist() == _fitted(restless[:, 1:], grid)[0].tolist()


def test_known_industries_that_make_up_the_sector_leave_nothing() -> None:
    nation = pd.Series({"food": 1.0, "wood": 1.0, "steel": 1.0})
    sectors = pd.Series("all", nation.index)
    known = pd.Series({"food": 0.1, "wood": 0.1, "steel": 0.1})
    assert known.sum() != 0.3
    for total in (0.3, np.nextafter(known.sum(), 1)):
        found = output_prior(pd.Series({"all": total}), nation, sectors, 50, 1, 1, known)
        assert found.iloc[0].to_dict() == known.to_dict()


def test_imports_may_be_all_that_is_used() -> None:
    Z = pd.DataFrame({"oil": [0.1, 0], "bread": [0.7, 0]}, ["oil", "bread"])
    final = pd.DataFrame({"homes": [0.0, 1]}, Z.index)
    imports = pd.Series({"oil": 0.8, "bread": 0.0})
    assert imports.to_numpy()[0] > Z.to_numpy()[0].sum()
    found = separate_imports(Z, final, imports)
    assert found.home.to_numpy()[0].tolist() == [0, 0]


def test_an_empty_cell_is_not_below_zero() -> None:
    rng = np.random.default_rng(0)
    n, labels = 12, [f"i{k}" for k in range(12)]
    supply = np.diag(rng.uniform(50, 100, n)) + rng.uniform(0, 3, (n, n))
    planted = np.where(rng.random((n, n)) < 0.5, 0.0, rng.uniform(1, 5, (n, n)))
    use = planted @ np.linalg.inv(np.linalg.solve(supply, np.diag(supply.sum(axis=1))))
    frames = (pd.DataFrame(one, labels, labels) for one in (supply, use))
    made = symmetric_table(next(frames), next(frames), "A")
    assert (made.Z < 0).any(axis=None)
    assert made.negatives.empty
