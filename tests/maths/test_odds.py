"""Odds: honest on series of many kinds, set right where they were not, and no look ahead."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy import integrate, stats
from scipy.special import ndtr

from beside import tool
from close import assert_close
from songhua.errors import SonghuaError
from songhua.maths.bounds import Interval
from songhua.maths.odds import (
    AHEAD,
    LEAST,
    Forecast,
    Pace,
    Past,
    Prior,
    evidence,
    forecast,
    in_turn,
    left_out,
    past,
    paths,
    posterior,
    priors,
    record,
    stated_odds,
)
from songhua.maths.odds.smoothing import Array

LEARNING = tool("odds_learning")
EVEN = Prior(mean=0.0, spread=1.0, weight=4.0, freedom=8.0)
SURE = Prior(mean=0.0, spread=1.0, weight=1e9, freedom=1e9)  # forecasts as they are
UP = Interval(5, math.inf)


def chance(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def panel(years: int, places: int, seed: int, common: float = 0.0) -> pd.DataFrame:
    """Growth around 5 % with its own shocks and one that all places share."""
    rng = chance(seed)
    values = 5 + rng.normal(size=(years, places)) + common * rng.normal(size=(years, 1))
    names = [f"p{at}" for at in range(places)]
    return pd.DataFrame(values, index=range(2000, 2000 + years), columns=names)


def given(values: pd.DataFrame, steps: int, pace: Pace, wanted: Interval) -> Forecast:
    found = forecast(values, str(values.columns[0]), steps, pace, wanted, chance())
    assert found is not None
    return found


def boast(odds: Array, met: Array) -> float:
    """By how much odds promise more than comes, towards the side that they favour."""
    return float(((odds - met) * np.sign(odds - 0.5)).mean())


def planted(scores: Array) -> Past:
    """Past forecasts whose outcomes have these scores; `base` are the true chances."""
    ends = np.array([-1.5, -0.5, 0.0, 0.5, 1.5])
    share = np.full((len(scores), AHEAD, scores.shape[1]), np.nan)
    share[:, 0] = ndtr(np.clip(scores, -6, 6))
    wide = np.full((*share.shape, len(ends)), np.nan)
    met, base = wide.copy(), wide.copy()
    wide[:, 0], met[:, 0] = ndtr(ends), scores[:, :, None] >= ends
    base[:, 0] = (scores[:, :, None] >= ends).mean(axis=(0, 1))
    return Past(share, wide, met, base)


def autoregressive(rng: np.random.Generator) -> Array:
    values = [5.0]
    for _ in range(23):
        values.append(5 + 0.6 * (values[-1] - 5) + rng.normal())
    return np.array(values)


def drifting(rng: np.random.Generator) -> Array:
    return 100 + np.cumsum(2 + rng.normal(size=24))


def broken(rng: np.random.Generator) -> Array:
    """Growth that falls by four of its spreads at a year of chance."""
    return np.where(np.arange(24) < rng.integers(6, 22), 8.0, 4.0) + rng.normal(size=24)


def steady(rng: np.random.Generator) -> Array:
    return 5 + rng.normal(size=24)


@pytest.mark.parametrize(
    ("made", "pace"),
    [
        (steady, Pace.GROWTH), (autoregressive, Pace.GROWTH), (broken, Pace.GROWTH),
        (drifting, Pace.STEPS),
    ],
)  # fmt: skip
@pytest.mark.parametrize("steps", [1, 3])
def test_odds_of_simulated_series_are_not_overconfident(
    made: Callable[[np.random.Generator], Array], pace: Pace, steps: int
) -> None:
    prior = priors(pace == Pace.GROWTH, shared=False)[steps]
    known = [past(made(chance(at))[:, None], pace, chance(at)) for at in range(60)]
    met = np.concatenate([one.events(steps)[1] for one in known]).ravel()
    after = np.concatenate([stated_odds(one, steps, prior) for one in known]).ravel()
    assert boast(after, met) < 0.05


@pytest.mark.parametrize(("shift", "spread"), [(0.0, 2.5), (1.5, 1.0), (-1.0, 2.0)])
def test_a_planted_overconfident_forecast_is_set_right(shift: float, spread: float) -> None:
    truth = chance(1).normal(shift, spread, size=(160, 50))
    found = planted(truth)
    odds, (below, met, base) = stated_odds(found, 1, EVEN), found.events(1)
    assert boast(1 - below, met) > 0.1
    assert boast(odds[10:30], met[10:30]) < boast(1 - below, met) / 2
    assert abs(boast(odds[120:], met[120:])) < 0.03
    # the Brier score comes near that of one who knows how the forecasts fail
    assert ((odds[120:] - met[120:]) ** 2).mean() < ((base - met) ** 2).mean() + 0.005
    assert LEARNING.log_score([found], EVEN, 1) < LEARNING.log_score([found], SURE, 1)


def test_honest_forecasts_are_hardly_touched() -> None:
    found = planted(chance(2).normal(size=(30, 300)))
    assert abs(boast(stated_odds(found, 1, EVEN), found.events(1)[1])) < 0.02


def test_series_from_the_prior_are_calibrated_at_every_origin() -> None:
    # the posterior predictive of what the prior draws is uniform, whatever came before
    prior, rng = Prior(0.5, 1.3, 3.0, 6.0), chance(3)
    variance = prior.freedom * prior.spread**2 / rng.chisquare(prior.freedom, size=4000)
    mean = rng.normal(prior.mean, np.sqrt(variance / prior.weight))
    scores = rng.normal(mean, np.sqrt(variance), size=(6, 4000))
    for rule, score in zip(in_turn(prior, scores, 1), scores, strict=False):
        uniform = stats.t.cdf((score - rule.location) / rule.spread, rule.freedom)
        assert stats.kstest(uniform, "uniform").pvalue > 0.001


def test_the_posterior_is_that_of_numerical_integration() -> None:
    prior, seen, asked = Prior(0.3, 1.2, 2.0, 5.0), [0.9, -0.4, 2.1], 1.0

    def density(mean: float, log: float) -> float:
        variance = math.exp(log)
        scale = prior.freedom * prior.spread**2
        chi = stats.invgamma.pdf(variance, prior.freedom / 2, scale=scale / 2) * variance
        spread = math.sqrt(variance)
        given = float(np.prod(stats.norm.pdf(seen, mean, spread)))
        near = stats.norm.pdf(mean, prior.mean, math.sqrt(variance / prior.weight))
        return float(chi * near * given)

    means, logs = np.linspace(-6, 7, 131), np.linspace(-4, 5, 121)
    weights = np.array([[density(mean, log) for log in logs] for mean in means])
    below = stats.norm.cdf(asked, means[:, None], np.exp(logs / 2)[None, :])
    whole = integrate.trapezoid(integrate.trapezoid(weights, logs), means)
    expected = integrate.trapezoid(integrate.trapezoid(weights * below, logs), means) / whole
    rule = posterior(prior, evidence(np.array([seen]).T, 1))
    assert float(rule.chance(ndtr(np.array([asked])))[0]) == pytest.approx(expected, abs=1e-4)


def test_the_order_of_the_past_changes_nothing() -> None:
    scores = np.array([[0.3], [1.9], [-1.0]])
    whole, turned = (posterior(EVEN, evidence(one, 1)) for one in (scores, scores[::-1]))
    assert whole.location == pytest.approx(turned.location)
    assert whole.spread == pytest.approx(turned.spread)


def test_a_score_of_three_years_ahead_counts_a_third() -> None:
    thrice = np.repeat(np.array([[0.5], [1.5]]), 3, axis=0)
    once = posterior(EVEN, evidence(np.array([[0.5], [1.5]]), 1))
    third = posterior(EVEN, evidence(thrice, 3))
    assert third.location == pytest.approx(once.location)
    assert third.spread == pytest.approx(once.spread)


def test_priors_are_found_again_from_series_that_they_made() -> None:
    rng, true = chance(4), Prior(0.6, 1.4, 5.0, 10.0)
    variance = true.freedom * true.spread**2 / rng.chisquare(true.freedom, size=1500)
    mean = rng.normal(true.mean, np.sqrt(variance / true.weight))
    made = planted(rng.normal(mean, np.sqrt(variance), size=(15, 1500)))
    found = LEARNING.learn([[made]], 1)
    assert found.mean == pytest.approx(0.6, abs=0.1)
    assert found.spread == pytest.approx(1.4, abs=0.1)
    assert found.weight == pytest.approx(5.0, rel=0.4)
    assert LEARNING.log_score([made], found, 1) < LEARNING.log_score([made], EVEN, 1)


@pytest.mark.parametrize("places", [1, 4])
def test_later_years_change_no_earlier_record(places: int) -> None:
    longer = panel(20, places, 1).to_numpy().copy()
    longer[15:] += 50  # a break that nobody foresaw
    early, late = (past(longer[:n], Pace.GROWTH, chance()) for n in (15, 20))
    for steps in range(1, AHEAD + 1):
        prior = priors(growth=True, shared=places >= 3)[steps]
        known = 15 - 6 - steps + 1
        first, second = stated_odds(early, steps, prior), stated_odds(late, steps, prior)
        assert len(first) == known
        assert (first == second[:known]).all()
        for before, after in zip(early.events(steps), late.events(steps), strict=True):
            assert (before == after[:known]).all()


def test_an_origin_knows_only_outcomes_of_its_time() -> None:
    scores = chance(5).normal(size=(9, 1))
    for steps in (1, 2, 3):
        for at, rule in enumerate(in_turn(EVEN, scores, steps)[: len(scores)]):
            changed = scores.copy()
            changed[max(0, at - steps + 1) :] += 9
            again = in_turn(EVEN, changed, steps)[at]
            assert (rule.location, rule.spread) == (again.location, again.spread)


def test_a_shock_that_all_share_moves_all_together() -> None:
    def together(common: float) -> float:
        ends = paths(panel(20, 6, 3, common).to_numpy(), 1, 2000, chance())[:, 0, :]
        return float(np.asarray(np.corrcoef(ends[:1000].T))[np.triu_indices(6, 1)].mean())

    assert together(3.0) > 0.6
    assert abs(together(0.0)) < 0.3


def test_more_asked_is_less_likely_and_less_wanted_is_the_rest() -> None:
    values = panel(16, 1, 2)
    likely = [
        given(values, 2, Pace.GROWTH, Interval(asked, math.inf)).probability
        for asked in (3.0, 5.0, 7.0)
    ]
    assert likely[0] > likely[1] > likely[2]
    below = given(values, 2, Pace.GROWTH, Interval(-math.inf, 5.0))
    assert below.probability == pytest.approx(1 - likely[1], abs=0.01)
    assert below.low < below.median < below.high
    between = given(values, 2, Pace.GROWTH, Interval(3.0, 5.0)).probability
    assert between == pytest.approx(likely[0] - likely[1], abs=0.01)


def test_levels_are_judged_by_their_pace() -> None:
    values = pd.DataFrame({"p": np.arange(100.0, 130.0, 2)}, index=range(2000, 2015))
    found = given(values, 3, Pace.STEPS, Interval(1.0, math.inf))
    assert found.median == pytest.approx(2, abs=0.8)
    rate = given(values**2, 2, Pace.RATE, Interval(0.0, math.inf))
    assert rate.probability > 0.8


def test_the_record_is_by_hand() -> None:
    odds = np.array([0.05, 0.15, 0.45, 0.75, 0.95])
    below, met = np.full((3, AHEAD, 1, 5), np.nan), np.full((3, AHEAD, 1, 5), np.nan)
    share, base = np.full((3, AHEAD, 1), np.nan), np.full((3, AHEAD, 1, 5), np.nan)
    share[:, 0], below[:, 0], base[:, 0] = 0.5, 1 - odds, 0.5
    met[:, 0] = np.array([[0, 1, 1, 1, 1], [0, 0, 0, 1, 1], [0, 0, 0, 0, 1]])[:, None, :]
    made, sure = Past(share, below, met, base), Prior(0.0, 1.0, 1e9, 1e9)
    found = record(made, 1, sure)
    assert found is not None
    assert (found.origins, found.n, [one.n for one in found.bands]) == (3, 15, [6, 0, 3, 3, 3])
    assert_close([one.came for one in found.bands], [1 / 6, math.nan, 1 / 3, 2 / 3, 1.0])
    losses = [(o - m) ** 2 for row in met[:, 0, 0] for o, m in zip(odds, row, strict=True)]
    assert found.brier == pytest.approx(np.mean(losses), abs=1e-6)
    assert found.brier_base == 0.25
    down = record(made, 1, sure, less=True)
    assert down is not None
    assert [one.n for one in down.bands] == [3, 3, 3, 0, 6]
    assert_close([one.came for one in down.bands], [0.0, 1 / 3, 2 / 3, math.nan, 5 / 6])
    assert down.brier == pytest.approx(found.brier)
    assert record(made, 2, sure) is None


def test_too_few_years_or_too_far_give_none_and_a_gap_is_refused() -> None:
    def made(years: int, steps: int) -> Forecast | None:
        return forecast(panel(years, 1, 0), "p0", steps, Pace.GROWTH, UP, chance())

    assert made(LEAST - 1, 1) is None
    assert made(LEAST, 3) is None  # two origins
    assert made(30, AHEAD + 1) is None
    found = made(LEAST, 2)
    assert found is not None
    assert [(r.steps, r.origins) for r in found.records] == [(1, 4), (2, 3)]
    for values in (panel(12, 1, 0).drop(2005), panel(12, 1, 0).shift(1)):
        with pytest.raises(SonghuaError) as refused:
            forecast(values, "p0", 1, Pace.GROWTH, UP, chance())
        assert refused.value.faults[0].code == "forecast_years"


def test_the_shipped_priors_gained_on_each_kind_left_out() -> None:
    by = left_out().groupby(["growth", "shared", "steps"])
    assert len(by) == 12
    means = by[["off_before", "off_after", "log_before", "log_after"]].mean()
    means["brier"] = by["brier_before"].mean() - by["brier_after"].mean()
    assert (means["off_after"] < means["off_before"]).all()
    assert (means["log_after"] < means["log_before"]).all()
    assert means["brier"].mean() > 0.01
    assert (means["brier"] > -0.002).all()  # no gain for levels of places together, three years
    assert all(sorted(priors(g, s)) == [1, 2, 3] for g in (False, True) for s in (False, True))
