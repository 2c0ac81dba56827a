"""The share of entries and exits that is the noise of counting alone.

A placebo panel has the margins of the real one, and each cell's true quotient held constant over
all periods; only counts vary, as Poisson's do. Entries there are noise.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from songhua.maths.choice.events import (
    KINDS,
    Array,
    Definition,
    Kind,
    State,
    candidates,
    crossed,
    happened,
    state,
    zero_where_missing,
)
from songhua.maths.choice.spans import Span, States, starts

#: Floors that are tried in turn, and the share of noise that is allowed.
FLOORS = (10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 75.0, 100.0, 150.0, 200.0, 300.0, 500.0, 1000.0)
ALLOWED = 0.25
#: Events that it takes to tell anything.
FEWEST = 20
#: Entries in placebos after which no more are drawn.
ENOUGH = 1000
#: The prior weight on quotients of value: almost none, since their noise is unknown.
OFFSET = 0.02
#: Means from which on the root of a Poisson count is taken as normal.
NEARLY_NORMAL = 30
ROUNDS = 3


def strength(levels: Array, expected: Array) -> float:
    """The weight, in expected jobs, of the knowledge that quotients lie around 1.

    Quotients are taken as gamma with mean 1 and variance 1 / k, counts as Poisson given them, so
    that ((x - e)² - e) / e² has the mean 1 / k; its mean over cells counts each by e / (e + 5).

    >>> round(strength(np.array([[20.0, 0.0]]), np.array([[10.0, 10.0]])), 3)
    1.111
    """
    if np.isnan(levels.sum()) or not expected.min(initial=1) > 0:
        valid = ~np.isnan(levels) & (expected > 0)
        levels, expected = levels[valid], expected[valid]
    weight = 1 / (expected + 5)
    apart = (levels - expected) ** 2 / expected - 1
    variance = float(np.vdot(apart, weight) / max(np.vdot(expected, weight), 1e-12))
    return 1 / max(variance, 1e-3)


def shrunk(levels: Array, expected: Array, k: float) -> Array:
    """Empirical-Bayes quotients: (x + k) / (e + k), between the quotient and 1.

    >>> shrunk(np.array([0.0, 40.0]), np.array([2.0, 20.0]), 2.0).round(3).tolist()
    [0.5, 1.909]
    """
    return (levels + k) / (expected + k)


def prior(period: State, definition: Definition) -> float:
    """The weight that shrinks quotients towards 1; quotients of value are only kept off zero.

    >>> expected = np.full(2, 10.0)
    >>> period = State(np.array([20.0, 0.0]), expected, np.array([2.0, 0.0]), expected)
    >>> round(prior(period, Definition()), 3), prior(period, Definition(floor=0.002, counted=False))
    (1.111, 0.02)
    """
    return strength(period.level, period.expected) if definition.counted else OFFSET


def shrunk_quotients(period: State, definition: Definition, k: float) -> Array:
    """Empirical-Bayes quotients of a period, or of some of its cells.

    >>> cells = State(np.array([40.0]), np.array([20.0]), np.array([2.0]), np.array([20.0]))
    >>> shrunk_quotients(cells, Definition(), 2.0).round(3).tolist()
    [1.909]
    """
    if definition.counted:
        return shrunk(period.level, period.expected, k)
    return shrunk(period.quotient, np.ones(1), k)


def placebo(levels: Array, rng: np.random.Generator, rounded: float = 1.0) -> Array:
    """A panel of counts in which nothing but counting noise ever changes.

    Each cell's quotient is the empirical-Bayes one of all periods together; expected counts are
    fitted to each period's row and column sums, and a Poisson count is drawn.

    Args:
        levels: period × region × industry, counts; missing cells stay missing.
        rng: draws.
        rounded: the step to which counts are rounded, up or down at random.

    >>> counts = np.array([[[60.0, 40.0], [40.0, 60.0]]] * 2)
    >>> drawn = placebo(counts, np.random.default_rng(1))
    >>> drawn.shape, bool(abs(drawn.sum() - 400) < 80)
    ((2, 2, 2), True)
    """
    definition = Definition()
    expected = [state(values, definition).expected for values in levels]
    whole = np.sum([zero_where_missing(values) for values in expected], axis=0)
    total = zero_where_missing(levels).sum(axis=0)
    quotients = shrunk(total, whole, strength(total, whole))
    drawn = np.empty(levels.shape)
    for index, (observed, base) in enumerate(zip(levels, expected, strict=True)):
        likely = quotients * zero_where_missing(base)
        drawn[index] = counts(_fitted(likely, zero_where_missing(observed)), rng)
        drawn[index][np.isnan(observed)] = np.nan
    if rounded > 1:
        remainder = np.mod(drawn, rounded)
        drawn += rounded * (rng.random(drawn.shape) < remainder / rounded) - remainder
    return drawn


def counts(means: Array, rng: np.random.Generator) -> Array:
    """Poisson counts; from means of 30 on by the square root, which is then nearly normal.

    (z / 2 + sqrt(mean - 1/4))², rounded, with z standard normal: mean and variance are Poisson's.

    Source: F. J. Anscombe, The Transformation of Poisson, Binomial and Negative-Binomial Data,
    Biometrika 35, 1948.

    >>> drawn = counts(np.full(100_000, 80.0), np.random.default_rng(1))
    >>> round(float(drawn.mean()), 1), round(float(drawn.std()), 1)
    (80.0, 8.9)
    """
    roots = rng.standard_normal(means.shape, dtype=np.float32) / 2 + np.sqrt(
        np.maximum(means - 0.25, 0.0)
    )
    drawn = np.rint(roots**2)
    few = means < NEARLY_NORMAL
    drawn[few] = rng.poisson(means[few])
    return drawn


def _fitted(means: Array, like: Array) -> Array:
    """The same interaction with the row and column sums of another table."""
    rows, columns = like.sum(axis=1), like.sum(axis=0)
    for _ in range(ROUNDS):
        means *= (rows / np.maximum(means.sum(axis=1), 1e-300))[:, np.newaxis]
        means *= columns / np.maximum(means.sum(axis=0), 1e-300)
    return means


def events_by_floor(levels: Array, definition: Definition) -> Array:
    """The number of entries (row 0) and exits (row 1) at each floor of `FLOORS`.

    Over all transitions together, each of the definition's span.

    >>> counts = np.array([[[90.0, 30.0], [90.0, 150.0]], [[90.0, 90.0], [90.0, 90.0]]])
    >>> events_by_floor(counts, Definition())[:, [0, 7, 8]].tolist()
    [[1, 0, 0], [0, 0, 0]]
    """
    no_floor = replace(definition, floor=0.0, rounded=1.0)
    states, total = States(levels, no_floor), np.zeros((len(KINDS), len(FLOORS)), int)
    for begin in starts(len(levels), definition):
        span = states.span(begin)
        if span.ends:
            total += [_at_floors(span, no_floor, kind) for kind in KINDS]
    return total


def _at_floors(span: Span, definition: Definition, kind: Kind) -> Array:
    """Events of one transition at each floor."""
    opposite: Kind = "exit" if kind == "entry" else "entry"
    crossing = crossed(span.start, definition, opposite) & crossed(span.ends[-1], definition, kind)
    span = span.at(np.nonzero(crossing))
    occurred = candidates(span.start, definition, kind, span.before)
    occurred &= happened(span.start, span.ends, definition, kind)
    return (span.start.weight[occurred][:, np.newaxis] >= np.array(FLOORS)).sum(axis=0)


class Noise(NamedTuple):
    """Shares of noise by kind (entry, exit) and floor of `FLOORS`, and the placebos."""

    shares: Array
    placebos: tuple[Array, ...]


def noise(levels: Array, definition: Definition, rng: np.random.Generator, most: int = 5) -> Noise:
    """The placebo's events over the panel's own by kind and floor of `FLOORS`; at most 1.

    Missing where the panel has fewer than 20 events, too few to tell. For counts alone: value has
    no noise that is known. Placebos are drawn until they had 1,000 entries, or `most` times.

    >>> rng = np.random.default_rng(3)
    >>> size = rng.gamma(2.0, 30.0, (200, 1)) * rng.gamma(2.0, 0.5, (200, 20))
    >>> still = rng.poisson(size, (4, 200, 20)).astype(float)
    >>> bool((noise(still, Definition(), rng).shares[:, 3] > 0.5).all())
    True
    """
    panel_events, events = events_by_floor(levels, definition), np.zeros((2, len(FLOORS)))
    drawn: list[Array] = []
    while len(drawn) < most and events[0].max() < ENOUGH:
        drawn.append(placebo(levels, rng, definition.rounded))
        events += events_by_floor(drawn[-1], definition)
    share = events / max(len(drawn), 1) / np.maximum(panel_events, 1)
    return Noise(np.minimum(np.where(panel_events >= FEWEST, share, np.nan), 1.0), tuple(drawn))


def raised(
    definition: Definition, shares: Array, allowed: float = ALLOWED
) -> tuple[Definition, float] | None:
    """The definition with its floor raised until noise is at most the allowed share.

    Returns:
        The definition and the share of noise left; None where no floor does.

    >>> shares = np.array([0.6] * 4 + [0.3, 0.2] + [0.1] * 7)
    >>> definition, share = raised(Definition(), shares)
    >>> definition.floor, share
    (50.0, 0.2)
    """
    for floor, share in zip(FLOORS, shares.tolist(), strict=True):
        if floor >= definition.least and share <= allowed:
            return replace(definition, floor=floor), share
    return None
