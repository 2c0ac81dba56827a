"""The lessons of a panel of many regions, small enough to be kept and used without the panel.

Odds of one region need the margins of its industries, the coefficients and the record, and no
other region's figures. `learning.learn` gathers them from a panel, `chances_of` gives a region's
odds by them: to 1e-9 the odds that the whole panel would give.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from songhua.maths.choice.backtest import Gain
from songhua.maths.choice.bands import TestedTransition
from songhua.maths.choice.drift import Drift
from songhua.maths.choice.events import (
    Array,
    Definition,
    Kind,
    State,
    candidates,
    lower_bound,
    sizeable,
)
from songhua.maths.choice.features import nearness, present
from songhua.maths.choice.noise import shrunk_quotients
from songhua.maths.choice.odds import Chances, Fate, chances
from songhua.maths.choice.record import Record
from songhua.maths.choice.scores import STILL, Logistic
from songhua.maths.choice.track import Refusal, Scheme
from songhua.maths.choice.volatility import Means, Moves
from songhua.maths.complexity import kernels
from songhua.maths.scoring import Band


@dataclass(frozen=True)
class Scored:
    """The record of a score: on all stated odds, or on the last transition (`sealed`)."""

    score: str
    sealed: bool
    record: Record
    auc: tuple[float, float]
    precision: tuple[float, float]


@dataclass(frozen=True)
class Taught:
    """The lesson of one kind: the regressions, the record, and the drift of the level.

    `order` are the weights of quotient and size alone, each in standard deviations, which may
    order the candidates of another panel.
    """

    kind: Kind
    definition: Definition
    noise: float | None
    scheme: Scheme
    n: int
    events: int
    score: str
    odds: Logistic
    start: Logistic
    order: tuple[float, ...]
    frequency: tuple[float, ...]
    drift: Drift
    lasted: float
    gain: Gain
    noise_gain: float
    moves: Means
    told: tuple[TestedTransition, ...]
    records: tuple[Scored, ...]
    reliability: tuple[Band, ...]
    fate: Fate

    @property
    def rate(self) -> float:
        """The share of events among past candidates."""
        return self.events / self.n

    def record(self, score: str = "stated") -> Record:
        """The record of a score on all stated odds."""
        return next(row.record for row in self.records if row.score == score and not row.sealed)


@dataclass(frozen=True)
class Learnt:
    """The lessons of a panel for a region's next period.

    Attributes:
        regions: the number of regions in the panel.
        industries: their names, in the order of all arrays.
        periods: the periods, an equal step apart.
        margins: by period, the shares of the industries in all regions.
        priors: by period, the prior weight by which quotients are shrunk.
        proximity: of industries, in the last period.
        effects: what industries have in common in their density, `scale` its standard deviation.
        complexity: of the industries (PCI); empty where the panel has no index.
        kinds: the models of entries and exits. refused: the reasons if there are none.
    """

    regions: int
    industries: tuple[str, ...]
    periods: tuple[str, ...]
    margins: tuple[tuple[float, ...], ...]
    priors: tuple[float, ...]
    proximity: tuple[tuple[float, ...], ...]
    effects: tuple[float, ...]
    scale: float
    complexity: tuple[float, ...]
    kinds: tuple[Taught, ...]
    refused: tuple[Refusal, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """The shares of the industries in all regions in the last period."""
        return self.margins[-1]

    @property
    def before(self) -> tuple[float, ...]:
        """The same in the first."""
        return self.margins[0]


@dataclass(frozen=True)
class Place:
    """One region in the last period: levels, expectations, quotients with lower bounds.

    `history` are its levels in all periods, the last among them.
    """

    level: Array
    expected: Array
    quotient: Array
    low: Array
    relatedness: Array
    history: Array


def place_of(learnt: Learnt, history: Array, definition: Definition) -> Place:
    """A region beside all that the panel holds.

    Args:
        learnt: what the panel taught.
        history: the region's levels, period × industry, in the panel's periods and unit; missing
            where not known.
        definition: of either kind; they differ in their floors alone.

    >>> from songhua.maths.choice.small_panel import DEFINITION, HISTORY, learnt
    >>> place = place_of(learnt(), HISTORY, DEFINITION)  # its 50 jobs by 0.4 and 0.6
    >>> place.expected.tolist(), place.quotient.round(3).tolist()
    ([20.0, 30.0], [0.5, 1.333])
    >>> place.relatedness.tolist()  # tools are here, food is not
    [0.5, -0.5]
    """
    state = _state(history[-1], learnt.shares, definition)
    presence = present(state.quotient)
    density = kernels.related_share(presence[np.newaxis], np.array(learnt.proximity))[0]
    apart = density - np.array(learnt.effects)
    mean = np.nanmean(apart) if np.isfinite(apart).any() else 0.0
    related_to = np.nan_to_num((apart - mean) / learnt.scale)
    low = lower_bound(state, definition)
    return Place(state.level, state.expected, state.quotient, low, related_to, history)


def _state(levels: Array, margins: tuple[float, ...], definition: Definition) -> State:
    """A region's levels in a period beside the shares of the industries in all regions.

    A region that has nothing in the period has no quotient there.
    """
    shares, total = np.array(margins), float(np.nansum(levels))
    expected = (total or np.nan) * np.where(shares > 0, shares, np.nan)
    weight = expected if definition.counted else shares
    return State(levels, expected, levels / expected, weight)


def able(
    learnt: Learnt, place: Place, definition: Definition, kind: Kind, settled: bool = True
) -> Array:
    """Industries of a region that can enter, or leave.

    Args:
        learnt: what the panel taught.
        place: the region.
        definition: of the kind.
        kind: entry or exit.
        settled: whether those are left out that crossed a line lately, as `candidates` says.

    >>> from songhua.maths.choice.small_panel import DEFINITION, learnt, place
    >>> able(learnt(), place(), DEFINITION, "entry").tolist()
    [True, False]
    """
    *before, current = (
        _state(levels, margins, definition)
        for levels, margins in zip(place.history, learnt.margins, strict=True)
    )
    return candidates(current, definition, kind, before if settled else ())


def large(learnt: Learnt, place: Place, definition: Definition) -> Array:
    """Industries of a region that are large enough to be judged in the last period.

    >>> from dataclasses import replace
    >>> from songhua.maths.choice.small_panel import DEFINITION, learnt, place
    >>> large(learnt(), place(), replace(DEFINITION, jobs=20.0)).tolist()
    [False, True]
    """
    return sizeable(_state(place.level, learnt.shares, definition), definition)


def _volatility_of(learnt: Learnt, taught: Taught, history: Array) -> Array:
    """The volatility of a region's quotients by industry, beside the panel's."""
    moves = Moves(taught.definition, 1)
    for levels, margins, k in zip(history, learnt.margins, learnt.priors, strict=True):
        state = _state(levels, margins, taught.definition)
        moves.add(State(*(values[np.newaxis] for values in state)), k)
    return moves.volatility(beside=taught.moves)[0]


def features_of(learnt: Learnt, taught: Taught, place: Place, rows: Array) -> Array:
    """The features of some industries of a region, a column each in the order of `FEATURES`.

    >>> from songhua.maths.choice.small_panel import learnt, place, taught
    >>> food = features_of(learnt(), taught("entry"), place(), np.array([0]))[0]
    >>> food[:4].round(3).tolist()  # (20/30)², log 20, log 2.25
    [0.444, 2.996, 0.811, 0.5]
    """
    state = State(place.level, place.expected, place.quotient, place.expected)
    near = nearness(shrunk_quotients(state, taught.definition, learnt.priors[-1]))
    moved = _volatility_of(learnt, taught, place.history)
    columns = [near, np.log(place.expected), np.array(taught.frequency), place.relatedness, moved]
    return np.column_stack(columns)[rows]


def order_of(taught: Taught, learnt: Learnt, place: Place, rows: Array) -> Array:
    """Places of a region's candidates, 1 the likeliest, by an order that was learnt elsewhere.

    By quotient and size alone, each in standard deviations of these candidates; no probability
    follows, for how often an order comes true differs from place to place.

    Args:
        taught: of the other panel.
        learnt: of the region's own.
        place: the region.
        rows: which industries are candidates.

    >>> from songhua.maths.choice.small_panel import learnt, place, taught
    >>> order_of(taught("exit"), learnt(), place(), np.array([0, 1])).tolist()  # 0.44, 0.64
    [2, 1]
    """
    state = State(place.level, place.expected, place.quotient, place.expected)
    near = nearness(shrunk_quotients(state, taught.definition, learnt.priors[-1]))
    columns = np.column_stack([near, np.log(place.expected)])[rows]
    scale = columns.std(axis=0)
    line = columns / np.where(scale > STILL, scale, 1.0) @ np.array(taught.order)
    return np.argsort(np.argsort(-line, kind="stable"), kind="stable") + 1


def chances_of(learnt: Learnt, taught: Taught, place: Place) -> Chances:
    """The odds of a region's candidates by the lessons, as `odds` of the whole panel.

    Args:
        learnt: what the panel taught.
        taught: of one kind.
        place: the region.

    >>> from songhua.maths.choice.small_panel import learnt, place, taught
    >>> chances = chances_of(learnt(), taught("entry"), place())  # 2.25 to 9; half and double of it
    >>> odds = [chances.industry, chances.chance, chances.low, chances.high]
    >>> np.concatenate(odds).round(3).tolist()
    [0.0, 0.2, 0.111, 0.333]
    >>> np.exp(chances.parts).round(9).tolist()
    [[1.0, 1.0, 2.25, 1.0, 1.0]]
    """
    rows = np.flatnonzero(able(learnt, place, taught.definition, taught.kind))
    columns = features_of(learnt, taught, place, rows)
    return chances(rows, columns, taught.score, taught.odds, taught.start, taught.drift)
