"""Learning from a panel: the lessons of its last span, and of other definitions beside."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from songhua.maths.choice import FLOORS, Definition, Refusal, Track, tracks
from songhua.maths.choice.learning import learn
from songhua.maths.choice.learnt import Taught
from songhua.region.learnt import LearntPanel, Trial, digest, digest_of
from songhua.studies.choose.definition import Thresholds, rules
from songhua.studies.choose.panel_levels import PanelLevels

Tick = Callable[[int, int], None]


def learn_panel(
    spans: Sequence[PanelLevels],
    thresholds: Thresholds,
    seed: int,
    recorded: str,
    tick: Tick | None = None,
) -> LearntPanel:
    """The lessons of the last of the spans; the others and other definitions are tried beside.

    Args:
        spans: of one indicator and one list of industries, the earliest first.
        thresholds: the numbers of the definition that are not the usual ones.
        seed: of all chance.
        recorded: the day.
        tick: is called with the share of the work done.

    Raises:
        SonghuaError: `choice_definition`, where `below` is asked to be more than `above`.

    >>> from songhua.studies.choose.example import town
    >>> from songhua.studies.choose.panel_levels import spans
    >>> learnt = learn_panel(spans(town(), "jobs"), Thresholds(floor=10.0), 0, "2022-01-01")
    >>> learnt.learnt.shares, sorted(learnt.places)
    ((0.4, 0.6), ['here', 'there'])
    >>> [row.reason for row in learnt.learnt.refused], [row.value for row in learnt.trials[:4:2]]
    (['few_events', 'few_events'], [0.7, 0.9])
    """
    last = spans[-1]
    definition = last.definition(thresholds)
    rng = np.random.default_rng(seed)
    learnt = learn(last.levels, definition, last.industries, last.periods, rng)
    tried: list[Trial] = []
    alternatives = [
        (span, replace(definition, every=span.stride), "span", math.nan)
        for span in spans[:-1]
        if len(span.starts()) > 2
    ]
    if any(refusal.reason != "one_period" for refusal in learnt.refused) or learnt.kinds:
        alternatives += [(last, *change) for change in changes(definition)]
    for at, (span, changed, change, value) in enumerate(alternatives):
        if tick is not None:
            tick(at, len(alternatives))
        tried += _trials(span, changed, change, value, np.random.default_rng(seed))
    return LearntPanel(
        last.indicator,
        last.source,
        recorded,
        digest(last.levels.tobytes().hex()),
        last.step,
        {
            place: (digest_of(rows[-1]), digest_of(rows.ravel()))
            for at, place in enumerate(last.places)
            for rows in [last.levels[:, at]]
        },
        learnt,
        tuple(tried),
    )


def changes(definition: Definition) -> Iterator[tuple[Definition, str, float]]:
    """The other definitions that are tried: each with what is changed, and its value.

    >>> [(change, value) for _, change, value in changes(Definition())][:2]
    [('below', 0.7), ('below', 0.9)]
    """
    for change, value in rules().trials:
        if change == "floor":
            value *= definition.least
        idle = (change == "level" and not definition.counted) or (
            change == "floor" and definition.counted and value > FLOORS[-1]
        )
        if change == "held":
            yield replace(definition, held=int(value), gone=int(value)), change, value
        elif not idle and value != getattr(definition, change):
            yield replace(definition, **{change: value}), change, value


def _trials(
    span: PanelLevels, definition: Definition, change: str, value: float, rng: np.random.Generator
) -> Iterator[Trial]:
    """The record of both kinds under a definition, in a span."""
    for kind, track in tracks(span.levels, definition, rng).items():
        first, last = span.periods[0], span.periods[-1]
        if isinstance(track, Refusal):
            yield Trial(kind, change, value, first, last, track.reason, definition.least)
            continue
        yield trial(track, change, value, first, last)


def trial(of: Track | Taught, change: str, value: float, first: str, last: str) -> Trial:
    """The record of a kind in short, beside that of the start quotient alone.

    >>> from songhua.maths.choice.small_panel import taught
    >>> exits = trial(taught("exit"), "used", math.nan, "2017", "2021")
    >>> exits.n, exits.events, exits.auc, exits.auc_start, exits.covered, exits.told
    (100, 10, 0.8, 0.7, 1, 1)
    """
    best, start = of.record("stated"), of.record("start")
    return Trial(
        of.kind,
        change,
        value,
        first,
        last,
        "",
        of.definition.least,
        best.n,
        best.events,
        best.auc,
        start.auc,
        best.precision,
        start.precision,
        sum(t.covered for t in of.told),
        len(of.told),
    )
