"""Features of a cell at the start of a transition, and its outcome at the end.

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
#: The prior weight on an industry's past frequency: so many expected events.
EVENTS_AS_EXPECTED = 2.0
#: Candidates of a period beyond which a part of the regions is followed.
MOST_CANDIDATES = 40_000


@dataclass(frozen=True)
class Cells:
    """Candidates of all transitions, one a row, in the order of transitions and regions.

    `quotient`, `size` and `relatedness` are the nearness of the empirical-Bayes quotient to 1, the
    logarithm of the expected level, and the density without what region and industry have in
    common, in standard deviations. `volatility` is the logarithm of how far the quotient has
    moved from period to period, beside the panel's. `occurred` is 1 or 0; `lasted`
    whether it still held a transition later (missing where not known, or it did not occur).
    """

    transition: Array
    region: Array
    industry: Array
    start: Array
    quotient: Array
    size: Array
    relatedness: Array
    volatility: Array
    occurred: Array
    lasted: Array

    def __len__(self) -> int:
        """The number of candidates."""
        return len(self.region)

    def where(self, rows: Array | slice) -> Cells:
        """Some of the rows."""
        return Cells(*(getattr(self, column.name)[rows] for column in fields(self)))


def nearness(quotients: Array) -> Array:
    """Nearness of quotients to 1, from either side: the lesser of quotient and inverse, squared.

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
    """Nearness of each industry to a region's specialisations, beyond diversity and ubiquity.

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
    joint, single = kernels.pair_counts(presence)
    near = ratio(joint, np.maximum(single, single.T))
    np.fill_diagonal(near, 0)
    density = kernels.double_demeaned(kernels.related_share(presence[::step], near))
    finite = density[~np.isnan(density)]
    scale = float(finite.std()) if finite.size else 0.0
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
    >>> past.start.tolist(), past.occurred.tolist(), len(last)
    ([0.5, 0.75], [1.0, 0.0], 0)
    """
    by_kind: dict[Kind, list[Cells]] = {kind: [] for kind in definitions}
    common = next(iter(definitions.values()))
    states, begins = States(levels, common), starts(len(levels), common)
    first = states[begins[0]]
    step = max(
        int(candidates(first, definition, kind).sum()) for kind, definition in definitions.items()
    )
    step = 1 + step // MOST_CANDIDATES
    moves = {
        definition.least: Moves(definition, 1 if still_open else step)
        for definition in definitions.values()
    }
    for between in range(begins[0]):
        _move(moves, states[between], step, common)
    for begin, period in enumerate(begins):
        span, last = states.span(period), period == begins[-1]
        stride = 1 if last else step
        k = _move(moves, span.start, stride, common)
        if span.ends or (last and still_open):
            near = relatedness(span.start.quotient, stride)
            span = span.at(slice(None, None, stride))
            for kind, definition in definitions.items():
                chosen = np.nonzero(candidates(span.start, definition, kind, span.before))
                narrowed = span.at(chosen)
                place = chosen[0] * stride, chosen[1]
                quotients = shrunk_quotients(narrowed.start, definition, k)
                moved = moves[definition.least].volatility(stride if still_open else 1)[chosen]
                rows = _known_at_start(begin, place, narrowed.start, quotients, near[chosen], moved)
                more = None if grown is None or last else grown[begin][place]
                by_kind[kind].append(_with_outcomes(rows, narrowed, definition, kind, more))
        for between in range(period + 1, period + common.every if not last else 0):
            _move(moves, states[between], step, common)
    if not still_open:
        return {kind: (joined(parts), parts[-1].where(slice(0))) for kind, parts in by_kind.items()}
    return {
        kind: (joined([parts[-1].where(slice(0)), *parts[:-1]]), parts[-1])
        for kind, parts in by_kind.items()
    }


def joined(parts: list[Cells]) -> Cells:
    """Cells of several transitions as one.

    >>> from songhua.maths.choice.small_panel import candidates
    >>> cells = candidates()
    >>> both = joined([cells.where(slice(4)), cells.where(slice(4, 8))])
    >>> both.occurred.tolist() == cells.occurred.tolist()
    True
    """
    return Cells(
        *(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Cells))
    )


def _move(moves: dict[float, Moves], period: State, step: int, definition: Definition) -> float:
    """Add a period; return the weight by which its quotients are shrunk, as some regions show."""
    k = prior(at(period, slice(None, None, step)), definition)
    for move in moves.values():
        move.add(period, k)
    return k


def _known_at_start(
    begin: int, chosen: tuple[Array, ...], start: State, quotients: Array, near: Array, moved: Array
) -> Cells:
    """Candidates with what is known at the start, without outcomes."""
    unknown = np.full(len(near), np.nan)
    return Cells(
        np.full(len(near), begin),
        chosen[0],
        chosen[1],
        start.quotient,
        nearness(quotients),
        np.log(start.expected),
        near,
        moved,
        unknown,
        unknown,
    )


def _with_outcomes(
    at_start: Cells, span: Span, definition: Definition, kind: Kind, more: Array | None
) -> Cells:
    """The same with outcomes, without those whose outcome is not known; all, if none is."""
    if not span.ends:
        return at_start
    outcomes = happened(span.start, span.ends, definition, kind, more)
    still = np.full(len(outcomes), np.nan)
    if span.later is not None:
        still = np.where(outcomes, crossed(span.later, definition, kind), np.nan)
    full = replace(at_start, occurred=outcomes.astype(float), lasted=still)
    ends = np.array([period.quotient for period in span.ends[-definition.running(kind) :]])
    return full.where(~np.isnan(ends.sum(axis=0)))


def past_frequency(cells: Cells, shape: tuple[int, int], lag: int = 1) -> Array:
    """Frequency of events of each cell's industry before its transition, beside all industries.

    log((events + 2) / (candidates × rate + 2)) over all transitions whose outcome was known by
    then, with the rate of all industries in them; 0 where there is none.

    Args:
        cells: candidates; those without an outcome add nothing.
        shape: transitions (with the open one) and industries.
        lag: how many starts later an outcome is known.

    >>> from songhua.maths.choice.small_panel import candidates
    >>> frequency = past_frequency(candidates(), (2, 2))  # food: log 3/2.5, tools: log 2/2.5
    >>> frequency.round(3).tolist()
    [0.0, 0.0, 0.0, 0.0, 0.182, 0.182, -0.223, -0.223]
    """
    events, chances = np.zeros(shape), np.zeros(shape)
    decided, place = ~np.isnan(cells.occurred), (cells.transition, cells.industry)
    np.add.at(events, tuple(axis[decided] for axis in place), cells.occurred[decided])
    np.add.at(chances, tuple(axis[decided] for axis in place), 1.0)
    before = np.zeros((2, *shape))
    before[:, lag:] = np.cumsum([events, chances], axis=1)[:, :-lag]
    return beside_all(*before)[place]


def beside_all(events: Array, chances: Array) -> Array:
    """log((events + 2) / (expected + 2)), expected at the rate of all industries (last axis).

    >>> beside_all(np.array([2.0, 0.0]), np.array([10.0, 10.0])).round(3).tolist()
    [0.288, -0.405]
    """
    total = np.maximum(chances.sum(axis=-1, keepdims=True), 1.0)
    expected = chances * events.sum(axis=-1, keepdims=True) / total
    return np.log((events + EVENTS_AS_EXPECTED) / (expected + EVENTS_AS_EXPECTED))
