"""Rows are told apart by what they say, not by a number made of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from songhua.checks import repeats

COLUMNS = ("indicator", "period")
OLD = pd.DataFrame({"indicator": ["gdp", "jobs"], "period": ["2020", "2021"]}, dtype="category")
NEW = pd.DataFrame(
    {"indicator": ["gdp", "gdp", "wage", "wage"], "period": ["2020", "2021", "2020", "2020"]},
    dtype="category",
)


@pytest.mark.parametrize("collide", [False, True])
def test_equal_numbers_of_unlike_rows_are_no_repeat(
    collide: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if collide:  # the worst that hashing can do
        monkeypatch.setattr(repeats, "hashes", lambda frame, _: np.zeros(len(frame), np.uint64))
    assert repeats.held(OLD, NEW, COLUMNS).tolist() == [True, False, False, False]
    assert repeats.repeated(NEW, COLUMNS).tolist() == [False, False, False, True]


def test_of_many_figures_only_those_of_the_same_number_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def figures(numbers: list[float]) -> pd.DataFrame:
        rows = pd.DataFrame({"number": numbers, "decimals": np.int8(0)})
        texts = {"indicator": "gdp", "value": rows["number"].astype(str)}
        return rows.assign(**texts).astype(dict.fromkeys(texts, "category"))

    looked_at: list[int] = []
    usual = repeats.hashes
    monkeypatch.setattr(
        repeats,
        "hashes",
        lambda frame, names: (looked_at.append(len(frame)), usual(frame, names))[1],
    )
    old, new = figures([*range(1000), 7.0, np.nan]), figures([7.0, -1.0, np.nan])
    assert repeats.held(old, new, ("indicator", "value")).tolist() == [True, False, True]
    assert looked_at == [3, 3]
