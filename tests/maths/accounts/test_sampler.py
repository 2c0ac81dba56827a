"""The sampler against rejection sampling, its constraints, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest

from fragments import City, Region
from songhua.errors import SonghuaError
from songhua.maths.accounts import Constraint, Constraints, drawn, sampler
from songhua.maths.accounts.draws import Draws
from songhua.maths.accounts.first_draws import first_draws
from songhua.maths.accounts.log_ratios import LogRatio, LogRatios
from songhua.maths.accounts.moves import Polytope
from songhua.maths.accounts.sampler import sample
from songhua.maths.bounds import Interval

A, B, C, D = "abcd"
ALL = {A: 1, B: 1, C: 1, D: 1}
MEDIANS = {A: 50.0, B: 25.0, C: 15.0, D: 5.0}
OWN = [LogRatio(cell, {cell: 1}, float(np.log(at)), 0.6) for cell, at in MEDIANS.items()]
SHARE = LogRatio("a in all", {A: 1, B: 1}, float(np.log(0.7)), 0.1, ALL)
WHOLE = Constraint("whole", ALL, 95, 105)
CASES = {
    "a whole": ((WHOLE,), ()),
    "a share": ((WHOLE, Constraint("d", {**ALL, D: 1, A: Interval(-0.06, -0.04)}, 0, 200),
                 Constraint("b of all", {A: Interval(-0.3, -0.2), B: Interval(0.7, 0.8),
                                         C: Interval(-0.3, -0.2), D: Interval(-0.3, -0.2)}, 0, 0)),
                ()),
    "a soft share": ((WHOLE,), (SHARE,)),
    "floors and a sum": ((WHOLE, Constraint("c and d", {C: 1, D: 1}, 18, 22),
                          Constraint("a floor", {A: 1}, 45, np.inf)), (SHARE,)),
    "bound together": ((WHOLE, Constraint("a and b", {A: 1, B: 1}, 70, 80),
                        Constraint("c of a", {C: 1, A: Interval(-0.5, -0.2)}, 0, 0)),
                       (LogRatio("c per a", {C: 1}, float(np.log(0.3)), 0.5, {A: 1}),
                        LogRatio("d per b", {D: 1}, float(np.log(0.2)), 0.5, {B: 1}))),
    "no whole, two ratios": ((Constraint("b over c", {B: 1, C: -1}, 0, np.inf),), (SHARE,)),
}  # fmt: skip


def rejection(constraints: Constraints, soft: tuple[LogRatio, ...], seed: int, count: int):
    """Draws of the cells' own ratios, kept where all holds, by the chance that the soft ones give."""
    chance = np.random.default_rng(seed)
    mean, sd = (np.array([[getattr(one, name)] for one in OWN]) for name in ("mean", "sd"))
    cells = np.exp(mean + sd * chance.standard_normal((len(OWN), count)))
    rows = constraints.rows
    sums = rows.matrix @ cells
    keep = ((sums >= rows.low[:, None]) & (sums <= rows.high[:, None])).all(axis=0)
    cells = cells[:, keep]
    for one in soft:
        log_density = LogRatios(constraints.cells, [one]).log_density(cells)
        cells = cells[:, np.log(chance.random(cells.shape[1])) < log_density]
    return cells


def scores(name: str, seeds: int) -> float:
    """Root mean square of how far means of log cells are apart, in their standard errors."""
    each, soft = CASES[name]
    constraints = Constraints((A, B, C, D), each)
    found: list[np.ndarray] = []
    for seed in range(seeds):
        drawn = sample(constraints, [*OWN, *soft], np.random.default_rng(seed))
        true = np.log(rejection(constraints, soft, 1000 + seed, 500_000))
        logs = np.log(drawn.draws)
        assert true.shape[1] > 2000
        worth = np.minimum(drawn.effective, logs.shape[1])
        error = np.sqrt(logs.var(axis=1) / worth + true.var(axis=1) / true.shape[1])
        found.append((logs.mean(axis=1) - true.mean(axis=1)) / error)
    return float(np.sqrt(np.mean(np.square(found))))


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", CASES)
def test_means_are_those_of_rejection_sampling(name: str) -> None:
    assert 0.4 < scores(name, 40) < 1.2


@pytest.mark.parametrize("name", ["a soft share", pytest.param("a share", marks=pytest.mark.deep)])
def test_a_mean_is_that_of_rejection_sampling(name: str) -> None:
    assert scores(name, 4) < 2


def test_draws_meet_every_constraint_and_come_again() -> None:
    region = Region(3, 12)
    constraints = region.constraints(sizes=2, shares=2, floors=1)
    one, two = (sample(constraints, region.ratios(), np.random.default_rng(5)) for _ in range(2))
    assert one.mixed
    assert one.draws.tobytes() == two.draws.tobytes()
    rows = constraints.rows
    sums = rows.matrix @ one.draws
    slack = 1e-6
    assert (sums >= rows.low[:, None] - slack).all()
    assert (sums <= rows.high[:, None] + slack).all()
    assert (one.draws > 0).all()


def test_every_move_along_a_difference_finds_a_draw() -> None:
    """The part cut off a slice never contains the draw itself, so that a rest is always left."""
    constraints = Constraints((A, B, C, D), (WHOLE,))
    cells = rejection(constraints, (), 1, 20_000)[:, :1000]
    draws = Draws(cells, Polytope.of(constraints), LogRatios(constraints.cells, OWN))
    half, others = np.array_split(np.arange(cells.shape[1]), 2)
    draws.along(half, others, np.random.default_rng(2))
    assert (draws.cells != cells).any(axis=0).tolist() == [True] * len(half) + [False] * len(others)


def test_identities_hold_and_totals_are_cells() -> None:
    """A small city: nothing that is printed or an identity is left by any draw."""
    city = City(1, industries=8)
    constraints = city.constraints()
    assert not constraints.broken(city.true)
    found = sample(constraints, city.ratios(), np.random.default_rng(2))
    rows = constraints.rows
    sums = rows.matrix @ found.draws
    assert (sums >= rows.low[:, None] - 1e-6).all()
    assert (sums <= rows.high[:, None] + 1e-6).all()


def test_no_name_of_a_constraint_is_taken() -> None:
    """A caller may call constraints what they like."""
    named = [Constraint(name, {A: 1}, 40, 60) for name in ("near 0", "0", "1", "4")]
    found = sample(Constraints((A, B, C, D), (WHOLE, *named)), OWN, np.random.default_rng(1))
    assert found.mixed


def test_what_does_not_mix_is_refused_with_the_slowest_cells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in (("FIRST", sampler.FITTED[-1] + 8), ("MOST", 0), ("FOR_EACH", 0)):
        monkeypatch.setattr(sampler, name, value)
    region = Region(1, 24)
    with pytest.raises(SonghuaError) as error:
        sample(region.constraints(3, 3, 2), region.ratios(), np.random.default_rng(1))
    (fault,) = error.value.faults
    assert fault.code == "sample_unmixed"
    slowest = fault.params["cells"]
    assert isinstance(slowest, list)
    assert len(slowest) == sampler.MOST_CELLS
    assert set(slowest) <= {str(cell) for cell in region.cells}


def test_a_sample_is_refused_after_so_many_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few its draws are worth, it ends; progress says how far it is."""
    monkeypatch.setattr(drawn, "EFFECTIVE", 10**9)
    monkeypatch.setattr(sampler, "MOST", 2_000)
    told: list[tuple[int, int]] = []
    with pytest.raises(SonghuaError) as error:
        sample(
            Constraints((A, B, C, D), (WHOLE,)), OWN, np.random.default_rng(1),
            lambda done, whole, _: told.append((done, whole)),
        )  # fmt: skip
    assert [fault.code for fault in error.value.faults] == ["sample_unmixed"]
    most = 2_000 + 4 * sampler.FOR_EACH
    assert {whole for _, whole in told} == {most}
    taken = [done for done, _ in told]
    assert taken == sorted(taken)
    assert 0.98 * most < taken[-1] < most


def test_a_sample_is_thinned_and_told_by_quantiles() -> None:
    found = sample(Constraints((A, B, C, D), (WHOLE,)), OWN, np.random.default_rng(1))
    assert found.draws.shape[1] >= 2000
    fewer = found.thinned(300)
    assert fewer.draws.shape == (4, 300)
    assert fewer.draws.tobytes() == found.thinned(300).draws.tobytes()
    low, middle, high = found.quantiles([0.05, 0.5, 0.95])
    assert (low < middle).all()
    assert (middle < high).all()
    assert (np.abs(np.log(fewer.quantiles([0.5])[0] / middle)) < 0.15).all()
    for count in (0, found.draws.shape[1] + 1):
        with pytest.raises(SonghuaError) as error:
            found.thinned(count)
        assert [fault.code for fault in error.value.faults] == ["draws_wanted"]


@pytest.mark.exhaustive
def test_the_truth_is_covered_as_often_as_intervals_say() -> None:
    """The truth is drawn from the very ratios that the sample is drawn by."""
    inside: list[np.ndarray] = []
    for seed in range(24):
        region = Region(seed, 24)
        found = sample(region.constraints(3, 3, 2), region.ratios(), np.random.default_rng(seed))
        low, high = np.quantile(found.draws, [0.05, 0.95], axis=1)
        inside.append((region.true >= low) & (region.true <= high))
    assert 0.86 < np.mean(inside) < 0.96


@pytest.mark.parametrize(
    ("each", "ratios", "code"),
    [
        ((WHOLE,), OWN[:3], "cell_without_ratio"),
        ((), [LogRatio(c, {c: 1}, -1.0, 0.5, ALL) for c in ALL], "cells_unbounded"),
        ((WHOLE, Constraint("more", {A: 1}, 120, 130)), OWN, "constraints_contradict"),
        ((Constraint("far", {A: 1}, 1e30, 2e30),), OWN, "constraints_far"),
    ],
)
def test_what_has_no_sample_is_refused(each, ratios, code) -> None:
    with pytest.raises(SonghuaError) as error:
        sample(Constraints((A, B, C, D), each), ratios, np.random.default_rng(1))
    assert [fault.code for fault in error.value.faults] == [code]


@pytest.mark.parametrize(
    ("of", "mean", "sd", "per"),
    [
        ({}, 0, 1, {}),
        ({A: 0}, 0, 1, {}),
        ({A: -1, B: 2}, 0, 1, {}),
        ({A: 1}, np.nan, 1, {}),
        ({A: 1}, 0, 0, {}),
        ({A: 1}, 0, np.inf, {}),
        ({A: 1}, 0, 1, {B: 0}),
    ],
)
def test_a_ratio_without_a_logarithm_is_refused(of, mean, sd, per) -> None:
    with pytest.raises(SonghuaError) as error:
        LogRatio("one", of, mean, sd, per)
    assert [fault.code for fault in error.value.faults] == ["log_ratio_wrong"]


def test_a_cell_whose_least_is_within_tolerance_has_draws_above_nought() -> None:
    """One total and wide ratios: most corners leave a cell at its least, for a solver nought."""
    names = tuple(f"cell {k}" for k in range(40))
    whole = Constraint("whole", dict.fromkeys(names, 1), 100_145, 100_155)
    most = [Constraint(f"most of {name}", {name: 1}, 0, 4e6) for name in names]
    ratios = [LogRatio(name, {name: 1}, 3.4 if name == names[0] else 6.0, 2.97) for name in names]
    cells = Constraints(names, (*most, whole))
    assert (first_draws(cells, ratios, np.random.default_rng(3), 64) > 0).all()
