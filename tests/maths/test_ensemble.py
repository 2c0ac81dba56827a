"""Ensembles: streams of chance, distributions, the pool, and shares of the variance."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from SALib.analyze import sobol
from SALib.sample import sobol as sampled
from scipy import stats

from close import assert_close
from ensemble_work import failing, impact, shorter, twice
from songhua.errors import SonghuaError
from songhua.maths.ensemble import (
    Parameter,
    dirichlet,
    draws,
    generator,
    paired_shares,
    quantiles,
    run,
    variance_shares,
)
from songhua.maths.ensemble.shares import _explained

RATE = Parameter("rate", 0.3, 0.1, 0.9, "triangular")
JOBS = Parameter("jobs", 100, 80, 150, "lognormal")
COST = Parameter("cost", 5, 2, 6, "normal")
FLAT = Parameter("flat", 0.5, 0, 1, "uniform")
ALL = [RATE, JOBS, COST, FLAT, Parameter("law", 3)]


def test_a_parameter_more_moves_no_other() -> None:
    alone, among = draws([JOBS], 50, 3), draws(ALL[::-1], 50, 3)
    pd.testing.assert_series_equal(alone["jobs"], among["jobs"])
    assert not np.allclose(draws([JOBS], 50, 4)["jobs"], alone["jobs"])


def test_more_draws_keep_those_there_are() -> None:
    pd.testing.assert_frame_equal(draws(ALL, 500, 3).head(50), draws(ALL, 50, 3))


def test_scenarios_are_paired() -> None:
    base = draws([JOBS], 200, 1)["jobs"]
    higher = draws([Parameter("jobs", 200, 160, 300, "lognormal")], 200, 1)["jobs"]
    assert_close(higher / base, 2)


def test_streams_are_the_same_on_every_machine() -> None:
    assert generator(1, "rate").integers(0, 1000, 3).tolist() == [511, 133, 83]
    # a name is not the same as its parts, nor a number as its digits
    streams = [generator(1, *names).random() for names in (("ab",), ("a", "b"), ("1",), (1,))]
    assert len(set(streams)) == 4


@pytest.mark.parametrize("one", [JOBS, COST])
def test_ends_are_the_5_and_95_percent_points(one: Parameter) -> None:
    assert one.at(np.array([0.05, 0.5, 0.95])) == pytest.approx([one.low, one.value, one.high])
    found = draws([one], 20_000, 1)[one.name].quantile([0.05, 0.5, 0.95])
    assert found.tolist() == pytest.approx([one.low, one.value, one.high], rel=0.03)


def test_a_triangle_is_that_of_the_textbook() -> None:
    for low, value, high in ((0.0, 3.0, 10.0), (-4.0, -4.0, 1.0), (2.0, 7.0, 7.0)):
        one = draws([Parameter("x", value, low, high, "triangular")], 4000, 1)["x"]
        shape = stats.triang((value - low) / (high - low), low, high - low)
        assert stats.kstest(one, shape.cdf).pvalue > 0.01  # pyright: ignore


def test_moments_of_the_bounded_ones() -> None:
    table = draws([RATE, FLAT], 20_000, 1)
    assert table["rate"].mean() == pytest.approx((0.1 + 0.3 + 0.9) / 3, abs=0.005)
    variance = (0.1**2 + 0.3**2 + 0.9**2 - 0.1 * 0.3 - 0.1 * 0.9 - 0.3 * 0.9) / 18
    assert table["rate"].var() == pytest.approx(variance, rel=0.05)
    assert table["rate"].between(0.1, 0.9).all()
    assert table["flat"].var() == pytest.approx(1 / 12, rel=0.03)
    # streams of two parameters have nothing to do with one another
    assert abs(table.corr().iloc[0, 1]) < 0.03


@given(
    st.sampled_from(["uniform", "triangular", "normal", "lognormal"]),
    st.lists(st.floats(1e-6, 1e6), min_size=3, max_size=3).map(sorted),
)
def test_quantiles_rise_with_chance(word, ends: list[float]) -> None:
    one = Parameter("p", ends[1], ends[0], ends[2], word)
    found = one.at(np.linspace(0.001, 0.999, 101))
    assert np.isfinite(found).all()
    assert (np.diff(found) >= -1e-9 * ends[2]).all()


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (Parameter("p", 1, 2, 3, "uniform"), "ensemble_range"),
        (Parameter("p", 2, 1, None, "normal"), "ensemble_range"),
        (Parameter("p", 1, 0, 3, "lognormal"), "ensemble_range"),
        (Parameter("p", float("nan")), "ensemble_range"),
        (Parameter("p", 1, 0, 2, "beta"), "ensemble_distribution"),  # pyright: ignore
    ],
)
def test_faults_of_a_parameter(one: Parameter, code: str) -> None:
    with pytest.raises(SonghuaError) as caught:
        draws([one, JOBS, Parameter("q", 1, 5, 2, "uniform")], 5, 1)
    assert [fault.code for fault in caught.value.faults] == [code, "ensemble_range"]


def test_other_faults() -> None:
    for work, code in [
        (lambda: draws([JOBS, JOBS], 5, 1), "labels_repeat"),
        (lambda: draws([JOBS], 0, 1), "ensemble_number"),
        (lambda: draws([JOBS], 5, -1), "ensemble_number"),
        (lambda: run(twice, draws([JOBS], 5, 1), workers=0), "ensemble_number"),
        (lambda: run(shorter, draws([JOBS], 5, 1)), "ensemble_rows"),
        (lambda: dirichlet(pd.Series({"a": -1.0, "b": 2}), 5, 3, 1, "s"), "ensemble_shares"),
        (lambda: dirichlet(pd.Series({"a": 1.0, "b": 2}), 0, 3, 1, "s"), "ensemble_shares"),
    ]:
        with pytest.raises(SonghuaError) as caught:
            work()
        assert caught.value.faults[0].code == code


def test_dirichlet_has_its_means_and_variances() -> None:
    shares = pd.Series({"a": 0.5, "b": 0.3, "c": 0.2, "none": 0.0})
    found = dirichlet(shares, 30, 20_000, 5, "output")
    assert found.sum(axis=1).tolist() == pytest.approx([1.0] * 20_000)
    assert found.mean().to_dict() == pytest.approx(shares.to_dict(), abs=0.003)
    expected = (shares * (1 - shares) / 31).to_dict()
    assert found.var().to_dict() == pytest.approx(expected, rel=0.05)
    assert (found["none"] == 0).all()


def test_any_number_of_workers_gives_the_same_numbers() -> None:
    table = draws(ALL, 250, 9)
    work = partial(impact, seed=9)
    told: list[tuple[int, int, str]] = []
    alone = run(work, table, 1, lambda *said: told.append(said), "impact")
    several = run(work, table, 2)
    assert alone.tobytes() == several.tobytes()
    assert alone.shape == (250, 2)
    assert told == [(100, 250, "impact"), (200, 250, "impact"), (250, 250, "impact")]


@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.deep)])
def test_frames_come_back_as_frames_and_faults_as_faults(workers: int) -> None:
    table = draws(ALL, 130, 9)
    pd.testing.assert_frame_equal(run(twice, table, workers), table * 2)
    with pytest.raises(SonghuaError) as caught:
        run(failing, table, workers)
    assert caught.value.faults[0].code == "ensemble_number"


def test_quantiles_by_outcome() -> None:
    outcomes = pd.DataFrame({"a": np.arange(101.0), "b": [np.nan, *range(100)]})
    found = quantiles(outcomes)
    assert found.loc["a"].tolist() == pytest.approx([5, 50, 95])
    assert found.loc["b"].isna().all()


def ishigami(x: np.ndarray) -> np.ndarray:
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def test_shares_of_the_ishigami_function() -> None:
    """Known by integration: 0.3139, 0.4424, 0; and beside SALib's estimate."""
    names = ["a", "b", "c"]
    table = draws([Parameter(name, 0, -np.pi, np.pi, "uniform") for name in names], 20_000, 2)
    y = pd.DataFrame({"y": ishigami(table.to_numpy())})
    found = variance_shares(table, y)["y"]
    assert found.tolist() == pytest.approx([0.3139, 0.4424, 0, 0.2437], abs=0.015)
    problem = {"num_vars": 3, "names": names, "bounds": [[-np.pi, np.pi]] * 3}
    theirs = sobol.analyze(
        problem, ishigami(sampled.sample(problem, 2**12, calc_second_order=False, seed=1)),
        calc_second_order=False, seed=1,
    )["S1"]  # fmt: skip
    assert found[names].tolist() == pytest.approx(list(theirs), abs=0.02)


def test_paired_shares_of_the_same_function() -> None:
    one, two = (
        draws([Parameter(name, 0, -np.pi, np.pi, "uniform") for name in "abc"], 40_000, seed)
        for seed in (1, 2)
    )
    y = pd.DataFrame({"y": ishigami(one.to_numpy())})
    kept = {}
    for group in ("a", "b", "ac"):
        mixed = two.copy()
        mixed[list(group)] = one[list(group)]
        kept[group] = pd.DataFrame({"y": ishigami(mixed.to_numpy())})
    found = paired_shares(y, {g: kept[g] for g in ("b", "ac")})["y"]
    assert found.tolist() == pytest.approx([0.4424, 0.5576, 0], abs=0.02)
    assert paired_shares(y, kept)["y"]["a"] == pytest.approx(0.3139, abs=0.02)


def test_what_does_nothing_has_no_share() -> None:
    table = draws([*ALL, Parameter("idle", 0.5, 0, 1, "uniform")], 2_000, 3)
    outcomes = pd.DataFrame({"jobs": table["jobs"], "constant": 1.5})
    found = variance_shares(table, outcomes)
    assert found.loc["jobs", "jobs"] == pytest.approx(1, abs=0.002)
    assert found.loc["law", "jobs"] == 0
    assert found.loc["idle", "jobs"] < 3 * 2 * np.sqrt(44) / 2_000
    assert found["constant"].isna().all()


def test_shares_join_draws_by_label() -> None:
    table = draws([JOBS, RATE], 500, 3)
    outcomes = pd.DataFrame({"y": table["jobs"] * (1 + table["rate"])})
    turned = variance_shares(table, outcomes.iloc[::-1])
    pd.testing.assert_frame_equal(turned, variance_shares(table, outcomes))
    with pytest.raises(SonghuaError, match="labels"):
        variance_shares(table, outcomes.head(10))


def test_what_a_parameter_explains_is_what_lines_in_its_groups_do() -> None:
    """Beside least squares: as many groups as the root of the draws, a line in each."""
    rng = np.random.default_rng(11)
    x, y = rng.permutation(100) / 7.0, rng.normal(size=(100, 2))
    explained, freedom = _explained(x, y)
    group = np.empty(100, dtype=int)
    for n, places in enumerate(np.array_split(np.argsort(x), 10)):
        group[places] = n
    in_group = (group[:, np.newaxis] == np.arange(10)).astype(float)
    design = np.hstack([in_group, in_group * x[:, np.newaxis]])
    fitted = design @ np.linalg.lstsq(design, y, rcond=None)[0]
    assert_close(explained, (fitted**2).sum(axis=0), rtol=1e-9)
    assert freedom == design.shape[1] - 1  # the mean apart
