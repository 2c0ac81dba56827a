"""Constraints as rows, what must be true of cells, and sets that cannot all hold."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from close import assert_close
from fragments import Region
from songhua.errors import SonghuaError
from songhua.maths.accounts import Constraint, Constraints, cell_bounds, contradictions
from songhua.maths.accounts.linear_programs import LinearProgram
from songhua.maths.accounts.takers import narrow_sums
from songhua.maths.bounds import Interval

WEIGHT = st.tuples(st.integers(-5, 5), st.integers(0, 3)).map(lambda p: Interval(p[0], p[0] + p[1]))
NEITHER = -math.inf, math.inf


@given(
    st.lists(WEIGHT, min_size=3, max_size=3).filter(lambda ws: any(w.low or w.high for w in ws)),
    st.lists(st.integers(0, 20), min_size=3, max_size=3),
    st.integers(-50, 50),
    st.integers(0, 20),
)
def test_rows_allow_what_the_constraint_allows(
    weights: list[Interval], at: list[int], low: int, width: int
) -> None:
    one = Constraint("one", dict(zip("abc", weights, strict=True)), low, low + width)
    rows = Constraints(tuple("abc"), (one,)).rows
    sums = rows.matrix @ np.array(at, dtype=float)
    allowed = ((sums >= rows.low) & (sums <= rows.high)).all()
    assert bool(allowed) == one.allows(dict(zip("abc", at, strict=True)))


def test_all_faults_of_constraints_are_told_at_once() -> None:
    one = Constraint("one", {"a": 1, "z": 2}, 0, 1)
    with pytest.raises(SonghuaError) as error:
        Constraints(("a",), (one, one))
    codes = [fault.code for fault in error.value.faults]
    assert codes == ["constraint_cell", "constraint_repeated", "constraint_cell"]


@pytest.mark.parametrize(
    ("terms", "low", "high", "code"),
    [
        ({}, 0, 1, "constraint_empty"),
        ({"a": 0}, 0, 1, "constraint_empty"),
        ({"a": 1}, 2, 1, "constraint_ends"),
        ({"a": 1}, math.nan, 1, "constraint_ends"),
        ({"a": 1}, math.inf, math.inf, "constraint_ends"),
        ({"a": 1}, -math.inf, -math.inf, "constraint_ends"),
    ],
)
def test_what_constrains_nothing_is_refused(terms, low, high, code) -> None:
    with pytest.raises(SonghuaError) as error:
        Constraint("one", terms, low, high)
    assert [fault.code for fault in error.value.faults] == [code]


@pytest.mark.parametrize("seed", range(20))
def test_the_truth_lies_inside_the_bounds(seed: int) -> None:
    region = Region(seed, 20)
    constraints = region.constraints(sizes=3, shares=3, floors=2)
    assert not constraints.broken(dict(enumerate(region.true)))
    assert contradictions(constraints) == []
    slack = 1e-9 * region.true.sum()
    for one in cell_bounds(LinearProgram(constraints)):
        assert one.low - slack <= region.true[one.cell] <= one.high + slack


def test_an_objective_is_solved_once_whatever_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Constraint("whole", {"a": 1, "b": 1}, 9, 11)
    program = LinearProgram(Constraints(("a", "b"), (whole,)))
    solve, aims = LinearProgram._solve, list[np.ndarray]()
    monkeypatch.setattr(
        LinearProgram, "_solve", lambda self, aim: aims.append(aim) or solve(self, aim)
    )
    most = [-program.least(-size * np.array([1.0, 0.0])).value for size in (1, 1, 0.5)]
    assert_close(most, [11, 11, 5.5])
    assert len(aims) == 1
    bounds = cell_bounds(program)
    assert len(aims) == 4
    assert cell_bounds(program) == bounds
    assert len(aims) == 4


def test_bounds_are_those_of_all_corners() -> None:
    """Three cells: every corner is where three of the rows and the noughts meet."""
    each = (
        Constraint("whole", {"a": 1, "b": 1, "c": 1}, 9, 11),
        Constraint("share of a", {"a": Interval(0.5, 0.6), "b": -0.4, "c": -0.4}, 0, 0),
        Constraint("b over c", {"b": 1, "c": -2}, 0, math.inf),
    )
    constraints = Constraints(("a", "b", "c"), each)
    rows = constraints.rows
    normals = np.vstack([rows.matrix.toarray(), rows.matrix.toarray(), np.eye(3)])
    ends = np.concatenate([rows.low, rows.high, np.zeros(3)])
    corners: list[np.ndarray] = []
    for i in range(len(ends)):
        for j in range(i):
            for k in range(j):
                chosen = [i, j, k]
                if np.isfinite(ends[chosen]).all() and abs(np.linalg.det(normals[chosen])) > 1e-9:
                    at = np.linalg.solve(normals[chosen], ends[chosen])
                    sums = rows.matrix @ at
                    inside = (sums >= rows.low - 1e-9) & (sums <= rows.high + 1e-9)
                    if inside.all() and (at >= -1e-9).all():
                        corners.append(at)
    found = cell_bounds(LinearProgram(constraints))
    assert_close([one.low for one in found], np.min(corners, axis=0), atol=1e-8)
    assert_close([one.high for one in found], np.max(corners, axis=0), atol=1e-8)


def test_a_constraint_binds_by_what_the_least_rises_with_it() -> None:
    """b is 9 - 4 at least; a step is a part of the row's own size, 10 and 4; slack is nought."""
    each = (
        Constraint("total", {"a": 1, "b": 1}, 9, 10),
        Constraint("part", {"a": 1}, 3, 4),
        Constraint("little", {"b": 1}, 1, np.inf),
    )
    found = LinearProgram(Constraints(("a", "b"), each)).least(np.array([0.0, 1.0]))
    assert_close(found.binding, [10.0, 4.0, 0.0])
    assert found.binding[2] == 0


@pytest.mark.parametrize(("width", "kept"), [(0.0, 2), (1e-9, 1)])
def test_sums_that_differ_by_a_tiny_cell_are_two_where_they_are_fixed(
    width: float, kept: int
) -> None:
    each = (
        Constraint("all", {"a": 1, "b": 1}, 10, 10 + width),
        Constraint("a", {"a": 1}, 10, 10 + width),
    )
    found = narrow_sums(Constraints(("a", "b"), each), np.array([10.0, 1e-7]))
    assert found.fixed.tolist() == [width == 0] * kept
    assert found.weights.tolist() == [[1.0, 1.0], [1.0, 0.0]][:kept]


def test_a_cell_that_nothing_holds_down_has_no_upper_bound() -> None:
    constraints = Constraints(("a", "b"), (Constraint("floor", {"a": 1}, 2, math.inf),))
    a, b = cell_bounds(LinearProgram(constraints))
    assert (a.low, a.high, a.low_by, a.high_by) == (2, math.inf, ("floor",), ())
    assert (b.low, b.high) == (0, math.inf)


def test_bounds_of_constraints_that_contradict_are_refused() -> None:
    each = (Constraint("one", {"a": 1}, 1, 2), Constraint("two", {"a": 1}, 3, 4))
    with pytest.raises(SonghuaError) as error:
        cell_bounds(LinearProgram(Constraints(("a",), each)))
    assert [fault.code for fault in error.value.faults] == ["constraints_contradict"]


@pytest.mark.parametrize("count", [10, pytest.param(100, marks=pytest.mark.deep)])
def test_planted_contradictions_are_found_and_no_member_could_be_left_out(count: int) -> None:
    found = 0
    for seed in range(count):
        region = Region(seed, 16)
        constraints = region.constraints(sizes=3, shares=2, floors=1)
        target = int(region.chance.integers(len(constraints)))
        planted = constraints.members[target]
        # its sum moves by more than all else leaves open
        weights = np.zeros(16)
        for cell, weight in planted.terms.items():
            middle = weight.middle if isinstance(weight, Interval) else weight
            weights[cell] = middle
        others = LinearProgram(constraints.without((planted.name,)))
        most = -others.least(-weights).value
        if not np.isfinite(most):
            continue
        far = most + 0.001 * max(abs(most), 5)
        moved = Constraint("moved", dict(enumerate(weights)), far, math.inf)
        wrong = Constraints(constraints.cells, (*constraints.members, moved))
        sets = contradictions(wrong)
        assert sets
        for one in sets:
            members = wrong.select(one.names)
            assert LinearProgram(members).violation is not None
            for name in one.names:
                assert LinearProgram(members.without((name,))).violation is None
        found += any("moved" in one.names for one in sets)
    assert found >= 0.95 * count


def test_every_contradiction_that_stands_apart_is_found() -> None:
    each = tuple(
        Constraint(f"{cell} {n}", {cell: 1}, low, low + 1)
        for cell in "ab"
        for n, low in enumerate((10, 20, 30))
    )
    found = contradictions(Constraints(("a", "b"), each))
    named = {name for one in found for name in one.names}
    assert named == {one.name for one in each}
    assert all(len(one.names) == 2 for one in found)


@given(st.integers(1, 9))
def test_a_gap_of_a_millionth_is_seen(power: int) -> None:
    size = 10.0**power
    each = (
        Constraint("all", {"a": 1, "b": 1}, size, size),
        Constraint("parts", {"a": 1, "b": 1}, size * (1 + 1e-6), size * 2),
    )
    (one,) = contradictions(Constraints(("a", "b"), each))
    assert one.changes["all"] == pytest.approx(size * 1e-6, rel=1e-3)
