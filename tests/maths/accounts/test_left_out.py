"""Draws without one thing, from draws that had it, against a sample that never had it."""

from __future__ import annotations

import numpy as np
import pytest

from fragments import Region
from songhua.maths.accounts import Constraint, Constraints, LogRatio, sample
from songhua.maths.accounts.left_out import left_out
from songhua.maths.bounds import Interval

CELLS = tuple("abcd")
ALL = dict.fromkeys(CELLS, 1)
MEDIANS = {"a": 50.0, "b": 25.0, "c": 15.0, "d": 5.0}
OWN = [LogRatio(cell, {cell: 1}, float(np.log(at)), 0.6) for cell, at in MEDIANS.items()]
WHOLE = Constraint("whole", ALL, 95, 105)
SOFT = LogRatio("d in all", {"d": 1}, float(np.log(0.02)), 0.1, ALL)
SHARE = {**{cell: Interval(-0.5, -0.4) for cell in CELLS}, "b": Interval(0.5, 0.6)}
GONE = {
    "a size": Constraint("b", {"b": 1}, 40, 41),
    "a floor": Constraint("c", {"c": 1}, 25, float("inf")),
    "a sum": Constraint("a and b", {"a": 1, "b": 1}, 60, 61),
    "a share": Constraint("b of all", SHARE, 0, 0),
    "what is likely": SOFT,
}


def drawn(constraints: Constraints, ratios: list[LogRatio], seed: int) -> np.ndarray:
    return sample(constraints, ratios, np.random.default_rng(seed)).draws


def apart(found: np.ndarray, true: np.ndarray) -> tuple[float, float]:
    """The distance of middles in widths, and the part by which widths differ; the worst cell."""
    one, other = (np.quantile(np.log(x), [0.05, 0.5, 0.95], axis=1) for x in (found, true))
    width = other[2] - other[0]
    moved = np.abs(one[1] - other[1]) / width
    return float(moved.max()), float(np.abs(np.log((one[2] - one[0]) / width)).max())


@pytest.mark.parametrize("name", GONE)
def test_what_is_left_is_as_if_it_had_never_been(name: str) -> None:
    gone = GONE[name]
    soft = isinstance(gone, LogRatio)
    rest = Constraints(CELLS, (WHOLE,))
    every = rest if soft else Constraints(CELLS, (WHOLE, gone))
    held = drawn(every, [*OWN, gone] if soft else OWN, 1)
    true = drawn(rest, OWN, 2)
    found = left_out(rest, OWN, [gone], held, np.random.default_rng(3))
    moved, wider = apart(found, true)
    assert moved < 0.07
    assert wider < 0.2
    before = apart(held, true)
    assert max(before) > 0.35  # the left-out figure had carried information


def test_nothing_is_left_of_what_is_left_out_and_all_else_holds() -> None:
    region = Region(3, 12)
    every = region.constraints(sizes=2, shares=2, floors=1)
    ratios = region.ratios()
    held = drawn(every, ratios, 5)
    [gone] = [one for one in every.members if one.name == [c.name for c in every.members][-1]]
    rest = every.without([gone.name])
    found = left_out(rest, ratios, [gone], held, np.random.default_rng(1))
    again = left_out(rest, ratios, [gone], held, np.random.default_rng(1))
    assert found.tobytes() == again.tobytes()
    sums = rest.rows.matrix @ found
    assert (sums >= rest.rows.low[:, None] - 1e-6).all()
    assert (sums <= rest.rows.high[:, None] + 1e-6).all()


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(3))
def test_each_figure_of_a_region_is_left_out_as_by_a_new_sample(seed: int) -> None:
    region = Region(seed, 24)
    every, ratios = region.constraints(3, 3, 2), region.ratios()
    held = drawn(every, ratios, 1)
    for gone in every.members:
        if gone.kind == "identity":
            continue
        rest = every.without([gone.name])
        moved, wider = apart(
            left_out(rest, ratios, [gone], held, np.random.default_rng(3)), drawn(rest, ratios, 2)
        )
        assert moved < 0.2
        assert wider < 0.35
