"""The record of a score: its order of candidates, and the calibration of its odds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import logit

from songhua.maths.choice.events import Array
from songhua.maths.choice.scores import STILL, fit
from songhua.maths.scoring import brier

#: Picks of a region that are followed, and how many candidates it takes to call some the best.
PICKS, FEWEST_CANDIDATES = 3, 10


@dataclass(frozen=True)
class Record:
    """The record of a score on candidates that it was not learnt from.

    Attributes:
        n: candidates.
        events: candidates with the event. rate: their share, which is the precision of random
        picks.
        expected: the expected events by the odds. auc: the probability that a candidate with the
        event ranks above one without; random: 0.5.
        precision: average precision; random: `rate`.
        top_tenth: the share of events in the highest tenth. top_three: the same in each region's
        three highest, where it had ten candidates or more.
        best_f1: the greatest harmonic mean of precision and recall over all thresholds.
        brier: the mean squared difference of odds and outcome.
        brier_rate: the same with `rate` for all candidates, which was unknown in advance.
        slope: of the outcome's log-odds on the stated log-odds; 1 where odds are spread as widely
            as outcomes. Missing with fewer than ten events, or where all odds are the same.
    """

    n: int
    events: int
    rate: float
    expected: float
    auc: float
    precision: float
    top_tenth: float
    top_three: float
    best_f1: float
    brier: float
    brier_rate: float
    slope: float


def record(chance: Array, outcomes: Array, group: Array) -> Record:
    """The record of odds.

    Args:
        chance: the stated probability of each candidate.
        outcomes: 1 or 0.
        group: one number for each region at each transition, for its three best.

    Measures of order are missing where all came or none.

    >>> group = np.zeros(4, dtype=int)
    >>> scored = record(np.array([0.1, 0.4, 0.2, 0.7]), np.array([0.0, 1.0, 0.0, 1.0]), group)
    >>> scored.auc, scored.precision, scored.best_f1, round(scored.brier, 3), scored.rate
    (1.0, 1.0, 1.0, 0.125, 0.5)
    """
    n, events = len(outcomes), int(outcomes.sum())
    rate = events / n if n else np.nan
    order = ordering(chance, outcomes)
    tenth = np.argsort(-chance, kind="stable")[: max(n // 10, 1)]
    return Record(
        n,
        events,
        rate,
        float(chance.sum()),
        *order[:2],
        float(outcomes[tenth].mean()),
        top_picks(chance, outcomes, group),
        order[2],
        brier(chance, outcomes),
        rate * (1 - rate),
        slope(chance, outcomes),
    )


def ordering(chance: Array, outcomes: Array) -> tuple[float, float, float]:
    """AUC, average precision and best F1; equal odds share their place.

    With TP(c) and N(c) events and candidates at odds of c or more: precision TP / N, recall
    TP / events; average precision is the sum of precision × added recall over all c.

    Source: J. Davis and M. Goadrich, The Relationship Between Precision-Recall and ROC Curves,
    ICML 2006; J. A. Hanley and B. J. McNeil, Radiology 143, 1982, for the AUC.

    >>> ordering(np.array([0.3, 0.2, 0.2, 0.1]), np.array([1.0, 1.0, 0.0, 0.0]))
    (0.875, 0.8333333333333333, 0.8)
    """
    whole, hits = np.sort(chance), np.sort(chance[outcomes == 1])
    events, misses = len(hits), len(whole) - len(hits)
    if not events or not misses:
        return np.nan, np.nan, np.nan
    levels, first, ties = np.unique(hits, return_index=True, return_counts=True)
    true = events - first
    below, upto = np.searchsorted(whole, levels, "left"), np.searchsorted(whole, levels, "right")
    misses_below, misses_tied = below - first, upto - below - ties
    auc = float((ties * (misses_below + misses_tied / 2)).sum()) / (events * misses)
    at_or_above = len(whole) - below
    precision = float((true / at_or_above * ties).sum()) / events
    return auc, precision, float((2 * true / (at_or_above + events)).max())


def intervals(
    chance: Array, outcomes: Array, region: Array, rng: np.random.Generator, draws: int = 200
) -> tuple[tuple[float, float], tuple[float, float]]:
    """The bands of AUC and average precision in 90 % of bootstraps over regions.

    Each bootstrap draws as many regions as there are, with replacement, and takes all their
    candidates as often as they were drawn.

    >>> rng, chance, region = np.random.default_rng(1), np.arange(6) / 6, np.arange(6) // 2
    >>> intervals(chance, np.array([0.0, 1.0] * 3), region, rng, 50)[0]
    (0.6666666666666666, 1.0)
    """
    order = np.argsort(-chance, kind="stable")
    names, at = np.unique(region[order], return_inverse=True)
    hit, sorted_chance = outcomes[order], -chance[order]
    first = np.searchsorted(sorted_chance, sorted_chance, "left")
    last = np.searchsorted(sorted_chance, sorted_chance, "right")
    samples = []
    for times in rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws):
        events, total = (np.r_[0.0, np.cumsum(values)] for values in (times[at] * hit, times[at]))
        misses = total - events
        if not events[-1] or not misses[-1]:
            continue
        weight = np.diff(events)
        below = misses[-1] - (misses[first] + misses[last]) / 2
        share = events[last] / np.maximum(total[last], 1.0)
        samples.append((weight @ below / misses[-1] / events[-1], weight @ share / events[-1]))
    if not samples:
        return (np.nan, np.nan), (np.nan, np.nan)
    low, high = np.quantile(samples, [0.05, 0.95], axis=0).tolist()
    return (low[0], high[0]), (low[1], high[1])


def top_picks(chance: Array, outcomes: Array, group: Array) -> float:
    """The share of events of each group's three highest odds, of groups with ten candidates.

    >>> chance, outcomes = np.arange(10) / 10, np.array([0.0] * 8 + [1.0, 1.0])
    >>> round(top_picks(chance, outcomes, np.zeros(10, dtype=int)), 3)
    0.667
    """
    size = np.bincount(group)
    order = np.lexsort((-chance, group))
    rank = np.arange(len(order)) - (np.cumsum(size) - size)[group[order]]
    picked = order[(rank < PICKS) & (size[group[order]] >= FEWEST_CANDIDATES)]
    return float(outcomes[picked].mean()) if len(picked) else np.nan


def slope(chance: Array, outcomes: Array) -> float:
    """The spread of outcomes beside that of the odds: 1 if odds are to be believed.

    The slope of a logistic regression of the outcome on the logit of the stated probability.

    Source: D. R. Cox, Two Further Applications of a Model for Binary Regression, Biometrika 45,
    1958.

    >>> chance = np.repeat([0.1, 0.5], 100)
    >>> outcomes = np.r_[np.repeat([1.0, 0.0], [10, 90]), np.repeat([1.0, 0.0], [50, 50])]
    >>> round(slope(chance, outcomes), 2)
    1.0
    """
    line = logit(np.clip(chance, 1e-9, 1 - 1e-9))
    if min(outcomes.sum(), (1 - outcomes).sum()) < 10 or np.ptp(line) < STILL:
        return np.nan
    regression = fit(line[:, np.newaxis], outcomes, ridge=0.0)
    return float(regression.weights[1] / regression.scale[0])
