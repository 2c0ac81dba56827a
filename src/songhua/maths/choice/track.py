"""The track record of a panel: odds stated out of sample, and their outcomes.

With three periods or more each transition is predicted from those whose outcome was known at its
start (`periods`). The last plays no part in any choice: neither in the floor, nor in the use of
relatedness, nor in the drift of its own band. With two periods a tenth of the regions is predicted
from the others (`regions`). With one there are no odds. Where a crossing must hold longer than from
one start to the next, outcomes are known later, and it takes more periods.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from songhua.errors import SonghuaError
from songhua.maths.choice.backtest import (
    Gain,
    expanding,
    gain,
    gained,
    regions_left_out,
    stated,
    sums,
)
from songhua.maths.choice.bands import TestedTransition, bands
from songhua.maths.choice.drift import Drift, assumed, drift
from songhua.maths.choice.events import KINDS, Array, Definition, Kind
from songhua.maths.choice.features import Cells, cells
from songhua.maths.choice.noise import ALLOWED, FEWEST, FLOORS, noise, raised
from songhua.maths.choice.record import Record, record
from songhua.maths.choice.spans import starts
from songhua.maths.fault_kinds import ChoiceLevels

Shape: TypeAlias = tuple[int, int, int]
Scheme: TypeAlias = Literal["periods", "regions"]
Reason: TypeAlias = Literal["one_period", "not_known", "noise", "few_events", "few_regions"]


@dataclass(frozen=True)
class Refusal:
    """The reason for no odds: `noise` (no floor leaves little), or too few of something.

    `not_known`: of no crossing is it known yet whether it lasts.
    """

    kind: Kind
    reason: Reason


@dataclass(frozen=True)
class Track:
    """A panel's record of one kind.

    Attributes:
        kind: entry or exit.
        definition: with a raised floor, if noise required it.
        noise: the share of events that counting noise alone makes; None for value, where it is
            not known.
        scheme: the test on later transitions or on other regions.
        cells: all candidates with outcomes.
        still_open: those of the last period.
        shape: periods at which transitions start (with the last), regions and industries.
        odds: the odds of each candidate by score; missing where none were stated. gain: the gain in
        the log score by relatedness, over all stated odds.
        noise_gain: the same in the placebo.
        told: each tested transition, with its band; empty with two periods. drift: the drift of
        their levels, used for the next.
        lasted: the share of events that still held one period later; missing with two periods.
    """

    kind: Kind
    definition: Definition
    noise: float | None
    scheme: Scheme
    cells: Cells
    still_open: Cells
    shape: Shape
    odds: dict[str, Array]
    gain: Gain
    noise_gain: float
    told: tuple[TestedTransition, ...]
    drift: Drift
    lasted: float

    @property
    def scored(self) -> Array:
        """Candidates whose odds were stated."""
        return ~np.isnan(self.odds["stated"])

    @property
    def sealed(self) -> Array:
        """Candidates of the last transition, used in no choice; all, if regions were left out."""
        last = self.shape[0] - 1 - self.definition.lag
        return self.scored & ((self.cells.transition == last) | (self.scheme == "regions"))

    def record(self, score: str = "stated", rows: Array | None = None) -> Record:
        """The record of a score on some candidates; on all with stated odds, if not given."""
        rows = self.scored if rows is None else rows
        group = np.unique(
            self.cells.transition[rows] * self.shape[1] + self.cells.region[rows],
            return_inverse=True,
        )[1]
        return record(self.odds[score][rows], self.cells.occurred[rows], group)


def tracks(
    levels: Array,
    definition: Definition,
    rng: np.random.Generator,
    grown: Array | None = None,
    allowed: float = ALLOWED,
) -> dict[Kind, Track | Refusal]:
    """The records of entries and exits of a panel, or why there are none.

    Args:
        levels: period × region × industry, jobs or value; missing where not known. Of yearly
            levels the years within a transition (`every` of the definition) are read for how far
            quotients move.
        definition: what an entry and an exit are; the floor may be raised.
        rng: draws placebos and regions.
        grown: transition × region × industry, whether cells have grown, judged by other figures
            than the levels (constant prices).
        allowed: the greatest share of events that may be noise.

    Raises:
        SonghuaError: `choice_levels`, when the levels are no such array of numbers from zero up.

    >>> one_period = np.array([[[90.0, 30.0], [90.0, 150.0]]])
    >>> tracks(one_period, Definition(), np.random.default_rng(1))["entry"]
    Refusal(kind='entry', reason='one_period')
    """
    _check(levels, definition, grown)
    periods, lag = len(starts(len(levels), definition)), definition.lag
    if periods <= lag:
        reason: Reason = "one_period" if periods < 2 else "not_known"
        return {kind: Refusal(kind, reason) for kind in KINDS}
    records: dict[Kind, Track | Refusal] = {}
    definitions, noise_left, placebos = _floors(levels, definition, rng, allowed)
    for kind in KINDS:
        if kind not in definitions:
            rare = math.isnan(noise_left[kind] or 0.0)
            records[kind] = Refusal(kind, "few_events" if rare else "noise")
    if not definitions:
        return records
    shape, few = (periods, levels.shape[1], levels.shape[2]), periods <= 2 * lag
    all_cells = cells(levels, definitions, grown)
    still = [cells(placebo, definitions, still_open=False) for placebo in placebos]
    for kind, floored in definitions.items():
        past, still_open = all_cells[kind]
        decided = past.transition < periods - (lag if few else 2 * lag)
        if past.occurred[decided].sum() < FEWEST:
            records[kind] = Refusal(kind, "few_events")
            continue
        idle = [placebo[kind][0] for placebo in still]
        prior = _prior(floored)
        tested = (
            _by_regions(past, idle, shape, rng, prior)
            if few
            else _by_periods(past, idle, shape, rng, lag, prior)
        )
        records[kind] = Track(
            kind,
            floored,
            noise_left[kind],
            "regions" if few else "periods",
            past,
            still_open,
            shape,
            *tested,
            lasted=_lasted(past),
        )
    return {kind: records[kind] for kind in KINDS}


def _check(levels: Array, definition: Definition, grown: Array | None) -> None:
    """Refuse levels that are no panel."""
    shaped = levels.ndim == 3 and levels.size > 0 and levels.dtype.kind in "iuf"
    if shaped and grown is not None:
        decided = len(starts(len(levels), definition)) - definition.lag
        shaped = grown.shape == (decided, *levels.shape[1:])
    if not shaped or np.fmin.reduce(levels, axis=None) < 0 or np.isinf(levels).any():
        raise SonghuaError(ChoiceLevels())


def _floors(
    levels: Array, definition: Definition, rng: np.random.Generator, allowed: float
) -> tuple[dict[Kind, Definition], dict[Kind, float | None], tuple[Array, ...]]:
    """Each kind with a floor that leaves little noise, how much it leaves, and placebos.

    The last transition has no say, if there are others. Where no floor leaves little, the noise is
    that of the least; missing where its events are too few to tell.
    """
    if not definition.counted:
        return dict.fromkeys(KINDS, definition), dict.fromkeys(KINDS), ()
    few = len(starts(len(levels), definition)) <= 2 * definition.lag
    sealed = 0 if few else definition.lag * definition.every
    measured = noise(levels[: len(levels) - sealed], definition, rng)
    definitions: dict[Kind, Definition] = {}
    noise_left: dict[Kind, float | None] = {}
    for at, kind in enumerate(KINDS):
        shares = measured.shares[at]
        noise_left[kind] = float(shares[np.searchsorted(FLOORS[:-1], definition.least)])
        if (outcome := raised(definition, shares, allowed)) is not None:
            definitions[kind], noise_left[kind] = outcome
    return definitions, noise_left, measured.placebos


def _by_periods(
    past: Cells,
    idle: list[Cells],
    shape: Shape,
    rng: np.random.Generator,
    lag: int,
    prior: float,
) -> tuple[dict[str, Array], Gain, float, tuple[TestedTransition, ...], Drift]:
    """Odds of each transition from those known by its start, with gain, record and drift."""
    odds = expanding(past, shape[2], lag)
    still = [
        sums(expanding(placebo, shape[2], lag), placebo, placebo.transition)
        for placebo in idle
        if len(placebo)
    ]
    gains = {at: gained(still, at - lag + 1) for at in range(lag, shape[0])}
    advantage = sums(odds, past, past.transition)
    odds["stated"] = stated(odds, advantage, past.transition, gains, rng, lag)
    transitions, learnt = bands(past, odds["stated"], lag, prior)
    return odds, gain(advantage, rng), gains[shape[0] - 1], transitions, learnt


def _by_regions(
    past: Cells, idle: list[Cells], shape: Shape, rng: np.random.Generator, prior: float
) -> tuple[dict[str, Array], Gain, float, tuple[TestedTransition, ...], Drift]:
    """Odds of each tenth of the regions from the others; the drift is the prior's."""
    odds, fold = regions_left_out(past, shape[1:], rng)
    still = [
        sums(regions_left_out(placebo, shape[1:], rng)[0], placebo, placebo.transition)
        for placebo in idle
        if len(placebo)
    ]
    noise = gained(still)
    advantage = sums(odds, past, fold)
    by_fold = dict.fromkeys(range(len(advantage.apart)), noise)
    odds["stated"] = stated(odds, advantage, fold, by_fold, rng, None)
    return odds, gain(advantage, rng), noise, (), drift(np.zeros(0), np.zeros(0), prior)


def _prior(definition: Definition) -> float:
    """The drift that is assumed of a definition's crossings."""
    return assumed(max(definition.held, definition.gone))


def _lasted(past: Cells) -> float:
    """The share of events that still held one period later."""
    decided = past.lasted[~np.isnan(past.lasted)]
    return float(decided.mean()) if len(decided) else np.nan
