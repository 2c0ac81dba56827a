"""Rows kept in the solver: answers that depend on nothing sought before, in silence, in time."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import sparse

from close import assert_close
from fragments import Region
from songhua.errors import SonghuaError
from songhua.hooks.checkpoints import watched
from songhua.maths.accounts import cell_bounds
from songhua.maths.accounts.kept_rows import LATE, KeptRows
from songhua.maths.accounts.linear_programs import LinearProgram


def program(seed: int) -> LinearProgram:
    return LinearProgram(Region(seed, 20).constraints(sizes=3, shares=3, floors=2))


@pytest.mark.parametrize("seed", range(5))
def test_bounds_and_what_makes_them_do_not_depend_on_the_order_of_cells(seed: int) -> None:
    onward, backward = program(seed), program(seed)
    bounds = cell_bounds(onward)
    assert cell_bounds(backward, onward.constraints.cells[::-1]) == bounds[::-1]
    assert cell_bounds(program(seed), [7]) == [bounds[7]]


@pytest.mark.parametrize("seed", range(5))
def test_the_constraints_that_bind_suffice_for_a_bound(seed: int) -> None:
    constraints = program(seed).constraints
    for bound in cell_bounds(LinearProgram(constraints)):
        (low,) = cell_bounds(LinearProgram(constraints.select(bound.low_by)), [bound.cell])
        (high,) = cell_bounds(LinearProgram(constraints.select(bound.high_by)), [bound.cell])
        assert_close([low.low, high.high], [bound.low, bound.high], rtol=1e-9, atol=1e-9)


def test_the_time_that_is_left_is_that_of_each_objective_not_of_all() -> None:
    kept, chance = program(0)._kept, np.random.default_rng(0)
    with watched(lambda: 0.0):
        for _ in itertools.takewhile(lambda _: kept._highs.getRunTime() < LATE, itertools.count()):
            kept.least(chance.uniform(0, 1, 20))
        assert np.isfinite(kept.least(np.ones(20)).value)


def test_a_programme_without_time_is_refused_with_the_reason() -> None:
    kept = KeptRows(sparse.csr_array(np.eye(3) + 1), np.ones(3), np.full(3, np.inf))
    with watched(lambda: -LATE), pytest.raises(SonghuaError) as error:
        kept.least(np.ones(3))
    (fault,) = error.value.faults
    assert (fault.code, fault.params) == (
        "linear_program_failed", {"why": "Time limit reached"},
    )  # fmt: skip


@pytest.mark.parametrize(("weight", "cost"), [(np.nan, 1.0), (1e16, 1.0), (1.0, np.nan)])
def test_what_the_solver_cannot_read_is_refused(weight: float, cost: float) -> None:
    with pytest.raises(SonghuaError) as error:
        KeptRows(sparse.csr_array([[weight, 1.0]]), np.ones(1), np.ones(1)).least(
            np.array([0, cost])
        )
    assert [fault.code for fault in error.value.faults] == ["linear_program_failed"]


def test_the_solver_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert program(0).violation is None
    cell_bounds(program(0))
    assert capfd.readouterr() == ("", "")
