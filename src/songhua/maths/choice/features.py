"""What is known of a cell at the start of a transition, and what had come by its end.

Everything about a start year is computed from that year alone, or from transitions that ended by
then: figures of later years change nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np

from songhua.maths.choice.events import (
    Array,
    Definition,
    Kind,
    State,
    at,
    candidates,
    crossed,
    happened,
)
from songhua.maths.choice.noise import prior, shrunk_quotients
from songhua.maths.choice.spans import Span, States, starts
from songhua.maths.choice.volatility import Moves
from songhua.maths.complexity import kernels
from songhua.maths.levels import ROUNDING, ratio

#: The features, in the order of their columns.
FEATURES = ("quotient", "size", "frequency", "relatedness", "volatility")
#: What an industry's past frequency is shrunk by: so many events as expected.
EVENTS_AS_EXPECTED = 2.0
#: Candidates of a period beyond which a part of the regions is followed.
MOST_CANDIDATES = 40_000


@dataclass(frozen=True)
class Cells:
    """Candidates of all transitions, one a row, in the order of transitions and regions.

    `quotient`, `size` and `relatedness` are the nearness of the empirical-Bayes quotient to 1, the
    logarithm of the expected level, and the density without what region and industry have in
    common, in standard deviations. `volatility` is the logarithm of how far the quotient has
    moved from period to period, beside the panel's. `came` is whether it happened; `lasted`
    whether it still held a transition later (missing where that is not known, or it did not come).
    """

    transition: Array
    region: Array
    industry: Array
    start: Array
    quotient: Array
    size: Array
    relatedness: Array
    volatility: Array
    came: Array
    lasted: Array

    def __len__(self) -> int:
        """How many candidates there are."""
        return len(self.region)

    def where(self, rows: Array | slice) -> Cells:
        """Some of the rows."""
        return Cells(*(getattr(self, one.name)[rows] for one in fields(self)))


def nearness(quotients: Array) -> Array:
    """How near quotients are to 1, from either side: the lesser of quotient and inverse, squared.

    >>> nearness(np.array([0.5, 1.0, 4.0])).tolist()
    [0.25, 1.0, 0.0625]
    """
    return np.minimum(quotients, 1 / quotients) ** 2


def present(quotients: Array) -> Array:
    """Where an industry is a specialisation; missing stays missing.

    >>> present(np.array([0.5, 1.0, 2.0, np.nan])).tolist()
    [0.0, 1.0, 1.0, nan]
    """
    presence = (quotients >= 1 - ROUNDING).astype(float)
    if np.isnan(quotients.sum()):
        presence[np.isnan(quotients)] = np.nan
    return presence


def relatedness(quotients: Array, step: int = 1) -> Array:
    """How near each industry is to a region's specialisations, beyond diversity and ubiquity.

    The density of `songhua.maths.complexity` by the lesser conditional probability, an industry
    not near itself, double-demeaned and divided by its standard deviation. 0 where it is missing.

    Args:
        quotients: region by industry; missing where not known.
        step: each how many-th region is asked for; proximity is of all of them.

    Source: C. A. Hidalgo, B. Klinger, A.-L. Barabási and R. Hausmann, The Product Space
    Conditions the Development of Nations, Science 317, 2007.

    >>> relatedness(np.array([[2.0, 2.0, 0.0], [2.0, 0.0, 2.0], [0.0, 0.0, 2.0]])).round(2)
    array([[-1. ,  0.5,  0.5],
           [-1. ,  0.5,  0.5],
           [ 2. , -1. , -1. ]])
    """
    presence = present(quotients)
    both, one = kernels.pair_counts(presence)
    near = ratio(both, np.maximum(one, one.T))
    np.fill_diagonal(near, 0)
    density = kernels.double_demeaned(kernels.related_share(presence[::step], near))
    known = density[~np.isnan(density)]
    scale = float(known.std()) if known.size else 0.0
    return np.nan_to_num(density / (scale if scale > 0 else 1.0))


def cells(
    levels: Array,
    definitions: Mapping[Kind, Definition],
    grown: Array | None = None,
    still_open: bool = True,
) -> dict[Kind, tuple[Cells, Cells]]:
    """The candidates of each kind: of all transitions, and of the last period, still open.

    Args:
        levels: period × region × industry; missing where not known.
        definitions: what entry, or exit, is. They differ in their floors alone.
        grown: transition × region × industry: whether cells have grown, judged by other figures
            than the levels.
        still_open: whether those of the last period are asked for; else there are none.

    Returns:
        By kind, the candidates whose outcome is known, and those of the last period. Where a
        period has more than 40,000 candidates, outcomes are followed in each k-th region only.

    >>> counts = np.array([[[90.0, 30.0], [90.0, 150.0]], [[90.0, 90.0], [90.0, 90.0]]])
    >>> past, last = cells(counts, {"entry": Definition()})["entry"]
    >>> past.start.tolist(), past.came.tolist(), len(last)
    ([0.5, 0.75], [1.0, 0.0], 0)
    """
    found: dict[Kind, list[Cells]] = {kind: [] for kind in definitions}
    common = next(iter(definitions.values()))
    states, begins = States(levels, common), starts(len(levels), common)
    first = states[begins[0]]
    step = max(int(candidates(first, one, kind).sum()) for kind, one in definitions.items())
    step = 1 + step // MOST_CANDIDATES
    moves = {one.least: Moves(one, 1 if still_open else step) for one in definitions.values()}
    for between in range(begins[0]):
        _move(moves, states[between], step, common)
    for begin, period in enumerate(begins):
        now, last = states.span(period), period == begins[-1]
        each = 1 if last else step
        k = _move(moves, now.start, each, common)
        if now.ends or (last and still_open):
            near = relatedness(now.start.quotient, each)
            now = now.at(slice(None, None, each))
            for kind, one in definitions.items():
                chosen = np.nonzero(candidates(now.start, one, kind, now.before))
                seen = now.at(chosen)
                place = chosen[0] * each, chosen[1]
                quotients = shrunk_quotients(seen.start, one, k)
                moved = moves[one.least].volatility(each if still_open else 1)[chosen]
                made = _known_at_start(begin, place, seen.start, quotients, near[chosen], moved)
                more = None if grown is None or last else grown[begin][place]
                found[kind].append(_with_outcomes(made, seen, one, kind, more))
        for between in range(period + 1, period + common.every if not last else 0):
            _move(moves, states[between], step, common)
    if not still_open:
        return {kind: (joined(parts), parts[-1].where(slice(0))) for kind, parts in found.items()}
    return {
        kind: (joined([parts[-1].where(slice(0)), *parts[:-1]]), parts[-1])
        for kind, parts in found.items()
    }


def joined(parts: list[Cells]) -> Cells:
    """Cells of several transitions as one.

    >>> from songhua.maths.choice.example import candidates
    >>> one = candidates()
    >>> joined([one.where(slice(4)), one.where(slice(4, 8))]).came.tolist() == one.came.tolist()
    True
    """
    return Cells(
        *(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Cells))
    )


def _move(moves: dict[float, Moves], now: State, step: int, definition: Definition) -> float:
    """Add a period, and say what its quotients are shrunk by, as some of its regions show."""
    k = prior(at(now, slice(None, None, step)), definition)
    for one in moves.values():
        one.add(now, k)
    return k


def _known_at_start(
    begin: int, chosen: tuple[Array, ...], seen: State, quotients: Array, near: Array, moved: Array
) -> Cells:
    """Candidates with what is known at the start, and nothing of what came."""
    unknown = np.full(len(near), np.nan)
    return Cells(
        np.full(len(near), begin),
        chosen[0],
        chosen[1],
        seen.quotient,
        nearness(quotients),
        np.log(seen.expected),
        near,
        moved,
        unknown,
        unknown,
    )


def _with_outcomes(
    made: Cells, seen: Span, definition: Definition, kind: Kind, more: Array | None
) -> Cells:
    """The same with what came, without those of which that is not known; all, if none is."""
    if not seen.ends:
        return made
    came = happened(seen.start, seen.ends, definition, kind, more)
    still = np.full(len(came), np.nan)
    if seen.later is not None:
        still = np.where(came, crossed(seen.later, definition, kind), np.nan)
    full = replace(made, came=came.astype(float), lasted=still)
    ends = np.array([one.quotient for one in seen.ends[-definition.running(kind) :]])
    return full.where(~np.isnan(ends.sum(axis=0)))


def past_frequency(cells: Cells, shape: tuple[int, int], lag: int = 1) -> Array:
    """How often each cell's industry came true before its transition, beside all industries.

    log((events + 2) / (candidates × rate + 2)) over all transitions whose outcome was known by
    then, with the rate of all industries in them; 0 where there is none.

    Args:
        cells: candidates; those without an outcome add nothing.
        shape: transitions (with the open one) and industries.
        lag: how many starts later an outcome is known.

    >>> from songhua.maths.choice.example import candidates
    >>> found = past_frequency(candidates(), (2, 2))  # then log 3/2.5 of food, log 2/2.5 of tools
    >>> found.round(3).tolist()
    [0.0, 0.0, 0.0, 0.0, 0.182, 0.182, -0.223, -0.223]
    """
    events, chances = np.zeros(shape), np.zeros(shape)
    known, place = ~np.isnan(cells.came), (cells.transition, cells.industry)
    np.add.at(events, tuple(axis[known] for axis in place), cells.came[known])
    np.add.at(chances, tuple(axis[known] for axis in place), 1.0)
    before = np.zeros((2, *shape))
    before[:, lag:] = np.cumsum([events, chances], axis=1)[:, :-lag]
    return beside_all(*before)[place]


def beside_all(events: Array, chances: Array) -> Array:
    """log((events + 2) / (expected + 2)), expected at the rate of all industries (last axis).

    >>> beside_all(np.array([2.0, 0.0]), np.array([10.0, 10.0])).round(3).tolist()
    [0.288, -0.405]
    """
    every = np.maximum(chances.sum(axis=-1, keepdims=True), 1.0)
    expected = chances * events.sum(axis=-1, keepdims=True) / every
    return np.log((events + EVENTS_AS_EXPECTED) / (expected + EVENTS_AS_EXPECTED))
