"""Odds out of sample: learnt from earlier transitions, or from other regions.

Scores are named: `start` (a logistic regression on the start quotient alone), `plain` (with size,
the industry's past frequency and the volatility of the quotient) and `full` (with relatedness too).
`stated` is `full` where relatedness had earned its place by then (`earned`), else `plain`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from songhua.maths.choice.events import Array
from songhua.maths.choice.features import Cells, beside_all, past_frequency
from songhua.maths.choice.scores import Logistic, fit
from songhua.maths.scoring import likelihood

#: Which columns of the features each regression has.
REGRESSIONS: dict[str, tuple[int, ...]] = {
    "start": (0,),
    "plain": (0, 1, 2, 4),
    "full": (0, 1, 2, 3, 4),
}
SCORES = (*REGRESSIONS, "stated")
#: Groups of regions that are left out in turn.
FOLDS = 10


@dataclass(frozen=True)
class Gain:
    """The gain by relatedness: the log score of `full` less that of `plain`, per event.

    `low` is the lower end of a one-sided interval of 95 % by a bootstrap over regions.
    """

    value: float
    low: float

    def earned(self, noise: float = 0.0) -> bool:
        """True where relatedness may enter the odds: it adds more than in noise."""
        return self.low > max(noise, 0.0)


NOTHING = Gain(0.0, -np.inf)


def features(cells: Cells, frequency: Array) -> Array:
    """The features as columns, in the order of `FEATURES`.

    >>> from songhua.maths.choice.small_panel import candidates
    >>> features(candidates(), np.arange(8.0))[:2].tolist()
    [[0.5, 0.0, 0.0, 0.0, 0.0], [0.5, 0.0, 1.0, 0.0, 0.0]]
    """
    return np.column_stack(
        [cells.quotient, cells.size, frequency, cells.relatedness, cells.volatility]
    )


def _fitted(
    columns: Array, cells: Cells, rows: Array, rng: np.random.Generator | None = None
) -> dict[str, Logistic]:
    """The regressions learnt from some rows; with `rng`, also their bootstrap over regions."""
    region = None if rng is None else cells.region[rows]
    return {
        name: fit(columns[rows][:, chosen], cells.occurred[rows], region, rng)
        for name, chosen in REGRESSIONS.items()
    }


def _odds_by_score(columns: Array, cells: Cells, learnt: Array, tested: Array) -> dict[str, Array]:
    """The odds of the rows to test, by score, as learnt from others."""
    return {
        name: score.chance(columns[tested][:, REGRESSIONS[name]])
        for name, score in _fitted(columns, cells, learnt).items()
    }


def expanding(cells: Cells, industries: int, lag: int = 1) -> dict[str, Array]:
    """The odds of each transition as learnt from those known by its start; missing for the first.

    Args:
        cells: candidates with outcomes, of two transitions or more.
        industries: how many industries the panel has.
        lag: how many starts later an outcome is known.

    Returns:
        A probability a candidate, by score.

    >>> from songhua.maths.choice.small_panel import candidates
    >>> odds = expanding(candidates(), 2)  # one of four came before
    >>> odds["start"].round(3).tolist()
    [nan, nan, nan, nan, 0.25, 0.25, 0.25, 0.25]
    """
    last = int(cells.transition.max(initial=0))
    columns = features(cells, past_frequency(cells, (last + 1, industries), lag))
    odds_by_score = {name: np.full(len(cells), np.nan) for name in SCORES[:-1]}
    ends = np.searchsorted(cells.transition, np.arange(last + 2))
    for at in range(lag, last + 1):
        learnt, tested = np.arange(ends[at - lag + 1]), np.arange(ends[at], ends[at + 1])
        if not cells.occurred[learnt].any():
            continue
        for name, odds in _odds_by_score(columns, cells, learnt, tested).items():
            odds_by_score[name][tested] = odds
    return odds_by_score


def regions_left_out(
    cells: Cells, shape: tuple[int, int], rng: np.random.Generator
) -> tuple[dict[str, Array], Array]:
    """The odds of a tenth of the regions as learnt from the others, in turn.

    An industry's frequency is that in the regions that are left in; for those that are learnt
    from, in the regions that are neither left out nor of their own tenth.

    Args:
        cells: candidates with outcomes.
        shape: how many regions and industries the panel has.
        rng: deals the regions out.

    Returns:
        The odds by score, and each candidate's tenth.

    >>> from songhua.maths.choice.small_panel import candidates
    >>> odds, fold = regions_left_out(candidates(), (4, 2), np.random.default_rng(0))
    >>> odds["start"][:4].round(3).tolist()  # of the six others one came, or two
    [0.167, 0.167, 0.333, 0.333]
    >>> sorted(fold[:4].tolist()), (fold[:4] == fold[4:]).all().tolist()
    ([0, 1, 2, 3], True)
    """
    folds = min(FOLDS, shape[0])
    fold = (rng.permutation(shape[0]) % folds)[cells.region]
    events, chances = np.zeros((2, folds, shape[1]))
    np.add.at(events, (fold, cells.industry), cells.occurred)
    np.add.at(chances, (fold, cells.industry), 1.0)
    odds_by_score = {name: np.full(len(cells), np.nan) for name in SCORES[:-1]}
    for out in range(folds):
        tested = fold == out
        remaining = [counts.sum(axis=0) - counts[out] for counts in (events, chances)]
        elsewhere = [total - n for total, n in zip(remaining, (events, chances), strict=True)]
        elsewhere[0][out], elsewhere[1][out] = remaining
        columns = features(cells, beside_all(*elsewhere)[fold, cells.industry])
        if cells.occurred[~tested].any() and tested.any():
            for name, odds in _odds_by_score(columns, cells, ~tested, tested).items():
                odds_by_score[name][tested] = odds
    return odds_by_score, fold


class Sums(NamedTuple):
    """The log score of `full` beyond `plain`, and events, by group and region."""

    apart: Array
    events: Array


def sums(odds: Mapping[str, Array], cells: Cells, groups: Array) -> Sums:
    """The log score of `full` less that of `plain`, and events, by group and region.

    Args:
        odds: by score; rows that were not told add nothing.
        cells: the candidates.
        groups: the transition of each row, or its tenth of regions.

    >>> from songhua.maths.choice.small_panel import candidates
    >>> odds, cells = {"full": np.full(8, 0.5), "plain": np.full(8, 0.25)}, candidates()
    >>> summed = sums(odds, cells, cells.transition)  # log 2 where it came, else log 2/3
    >>> summed.apart.round(3).tolist()
    [[0.693, -0.405, -0.405, -0.405], [-0.405, 0.693, -0.405, -0.405]]
    >>> summed.events.tolist()
    [[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]]
    """
    tested = ~np.isnan(odds["full"])
    outcomes = cells.occurred[tested]
    full, plain = (
        likelihood(np.clip(odds[name][tested], 1e-12, 1 - 1e-12), outcomes)
        for name in ("full", "plain")
    )
    apart = np.log(full / plain)
    shape = int(groups.max(initial=0)) + 1, int(cells.region.max(initial=0)) + 1
    at = groups[tested] * shape[1] + cells.region[tested]
    summed = (
        np.bincount(at, values, shape[0] * shape[1]).reshape(shape) for values in (apart, outcomes)
    )
    return Sums(*summed)


def gain(advantage: Sums, rng: np.random.Generator, draws: int = 500) -> Gain:
    """The gain by relatedness: the sum of log P_full - log P_plain of the outcomes, per event.

    A bootstrap draws regions anew, so that the lower end says whether others would have gained.

    Args:
        advantage: the score of `full` beyond `plain`.
        rng: draws regions.
        draws: how often.

    >>> alike = Sums(np.array([[0.5, 0.5]]), np.array([[2.0, 2.0]]))  # by transition and region
    >>> gain(alike, np.random.default_rng(0))
    Gain(value=0.25, low=0.25)
    >>> unlike = gain(Sums(np.array([[2.0, -1.0]]), alike.events), np.random.default_rng(0))
    >>> unlike.value, unlike.low, unlike.earned()
    (0.25, -0.5, False)
    """
    apart, events = advantage.apart.sum(axis=0), advantage.events.sum(axis=0)
    if not events.sum():
        return NOTHING
    counted = (apart != 0) | (events > 0)
    apart, events = apart[counted], events[counted]
    times = rng.multinomial(len(events), np.full(len(events), 1 / len(events)), size=draws)
    drawn = (times @ apart) / np.maximum(times @ events, 1.0)
    return Gain(float(apart.sum() / events.sum()), float(np.quantile(drawn, 0.05)))


def gained(placebos: list[Sums], before: int | None = None) -> float:
    """The gain by relatedness in placebos, per event of all of them; 0 without any.

    Args:
        placebos: of each placebo.
        before: only groups (transitions) earlier than this one, if it is given.

    >>> placebo = Sums(np.array([[1.0], [5.0]]), np.array([[2.0], [4.0]]))
    >>> gained([placebo]), gained([placebo], before=1), gained([])
    (1.0, 0.5, 0.0)
    """
    events = sum(float(placebo.events[:before].sum()) for placebo in placebos)
    return sum(float(placebo.apart[:before].sum()) for placebo in placebos) / max(events, 1.0)


def stated(
    odds: Mapping[str, Array],
    advantage: Sums,
    groups: Array,
    noise: Mapping[int, float],
    rng: np.random.Generator,
    lag: int | None,
) -> Array:
    """`full` where relatedness had earned its place, else `plain`.

    Args:
        odds: by score.
        advantage: the score of `full` beyond `plain`, by the same groups.
        groups: the transition of each row, or its tenth of regions.
        noise: what relatedness gains in the placebo, by the group that is to be told.
        rng: draws regions.
        lag: how many groups (transitions) later one is known; None for tenths, where all others
            are.

    >>> odds = {"full": np.full(4, 0.5), "plain": np.full(4, 0.25)}
    >>> advantage, groups = Sums(np.ones((2, 3)), np.ones((2, 3))), np.array([0, 0, 1, 1])
    >>> stated(odds, advantage, groups, {}, np.random.default_rng(0), 1).tolist()
    [0.25, 0.25, 0.5, 0.5]
    >>> stated(odds, advantage, groups, {1: 2.0}, np.random.default_rng(0), 1).tolist()
    [0.25, 0.25, 0.25, 0.25]
    """
    chosen = odds["plain"].copy()
    numbers = np.arange(len(advantage.apart))
    for at in numbers.tolist():
        before = numbers != at if lag is None else numbers <= at - lag
        earlier = Sums(advantage.apart[before], advantage.events[before])
        if gain(earlier, rng).earned(noise.get(at, 0.0)):
            chosen[groups == at] = odds["full"][groups == at]
    return chosen
