"""Edges that one wrong sign, end or constant would move."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from songhua.errors import SonghuaError
from songhua.maths.balancing import _open
from songhua.maths.bounds import Interval
from songhua.maths.growth import average_growth, other_year
from songhua.maths.relation_check import check
from songhua.maths.relations import parse_relation


@pytest.mark.parametrize(
    ("rates", "worst"), [([5.0, -110.0], -110.0), ([-100.0], -100.0), ([-250.0, -110.0], -250.0)]
)
def test_a_fall_below_nothing_is_told_as_it_was_given(rates: list[float], worst: float) -> None:
    with pytest.raises(SonghuaError) as refused:
        average_growth(rates)
    assert refused.value.faults[0].params == {"rate": worst}


def test_a_fall_to_nothing_leaves_no_other_year() -> None:
    assert other_year(-99.0, -99.0) == pytest.approx(-99.0)
    for average, growth in ((-100.0, 5.0), (5.0, -100.0)):
        with pytest.raises(SonghuaError):
            other_year(average, growth)


@pytest.mark.parametrize(
    ("b", "verdict"),
    [(Interval(1, 2), "inconsistent"), (Interval(-3, -2), "consistent"),
     (Interval(-1, 5), "consistent"), (Interval(-0.5, 5), "inconsistent")],
)  # fmt: skip
def test_a_sign_before_a_name_turns_its_ends(b: Interval, verdict: str) -> None:
    given = {"a": Interval(1, 4), "b": b}
    assert check(parse_relation("a == -b"), given).verdict == verdict


def test_the_row_and_column_farthest_off_are_named() -> None:
    goal: Any = SimpleNamespace(index=["a", "b", "c"], names=["x", "y"])
    found = _open(goal, (np.array([1.0, 3.0, 2.0]), np.array([0.5, 0.25])), 9)
    assert found.params == {
        "rounds": 9, "in_row": "b", "row_gap": "3", "in_column": "x", "column_gap": "0.5",
    }  # fmt: skip
    unknown = _open(goal, (np.array([1.0, 3.0, np.nan]), np.array([0.5, np.inf])), 9)
    assert (unknown.params["in_row"], unknown.params["in_column"]) == ("c", "y")
