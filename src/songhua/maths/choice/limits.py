"""The limits of a panel's lessons: lengths and ends of its parts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from songhua.maths.choice.backtest import REGRESSIONS, SCORES
from songhua.maths.choice.learnt import Learnt, Scored, Taught
from songhua.maths.choice.odds import Fate
from songhua.maths.choice.scores import STILL, Logistic
from songhua.maths.choice.spans import starts


def odd_part(learnt: Learnt) -> str:
    """The first part that no panel can have taught, blank where there is none.

    It is computed with: a part of another length, a spread of nothing or a share above one would
    end in an error or, worse, in odds of nothing.

    >>> from dataclasses import replace
    >>> from songhua.maths.choice.small_panel import learnt
    >>> odd_part(learnt()), odd_part(replace(learnt(), scale=0.0))
    ('', 'scale')
    """
    return next((name for name, sound in _parts(learnt) if not sound), "")


def _parts(learnt: Learnt) -> Iterator[tuple[str, bool]]:
    n, periods = len(learnt.industries), len(learnt.periods)
    yield "regions", learnt.regions > 0
    yield "margins", len(learnt.margins) == periods
    yield "margins", all(_within(row, n, 0, 1) for row in learnt.margins)
    yield "priors", _within(learnt.priors, periods, STILL)
    yield "proximity", len(learnt.proximity) == n
    yield "proximity", all(_within(row, n, 0, 1) for row in learnt.proximity)
    yield "effects", len(learnt.effects) == n
    yield "scale", learnt.scale >= STILL
    yield "complexity", len(learnt.complexity) in (0, n)
    yield "kinds", len({taught.kind for taught in learnt.kinds}) == len(learnt.kinds)
    yield "kinds", bool(learnt.kinds or learnt.refused)
    for taught in learnt.kinds:
        yield from _taught(taught, n, periods)


def _taught(taught: Taught, n: int, periods: int) -> Iterator[tuple[str, bool]]:
    columns = REGRESSIONS.get(taught.score)
    yield "score", columns is not None
    yield "odds", _regression(taught.odds, len(columns or ()))
    yield "start", _regression(taught.start, 1)
    yield "order", _within(taught.order, 2)
    yield "n", 0 <= taught.events <= taught.n > 0
    yield "noise", taught.noise is None or 0 <= taught.noise <= 1
    yield "frequency", _within(taught.frequency, n)
    yield "drift", taught.drift.spread >= 0 and taught.drift.freedom > STILL
    yield "gain", _within((taught.gain.value, taught.gain.low, taught.noise_gain), 3)
    yield "lasted", _shares((taught.lasted,))
    yield "moves", taught.moves.panel >= 0 and _within(taught.moves.industries, n, STILL)
    yield "fate", _fate(taught.fate)
    last = len(starts(periods, taught.definition)) - 1 - taught.definition.lag
    for row in taught.told:
        yield "told", 0 <= row.transition <= last
        yield "told", 0 <= row.events <= row.n and _within((row.expected, row.low), 2, 0)
    yield "reliability", all(_within(row, 3, 0) for row in taught.reliability)
    yield "records", all(map(_record, taught.records))


def _regression(regression: Logistic, n: int) -> bool:
    """True for a regression of so many features, beside a constant."""
    return (
        _within(regression.mean, n)
        and _within(regression.scale, n, STILL)
        and _within(regression.weights, n + 1)
        and len(regression.covariance) == n + 1
        and all(_within(row, n + 1) for row in regression.covariance)
    )


def _fate(fate: Fate) -> bool:
    """True where there is one class of odds more than ends, and these ascend."""
    n = len(fate.ends) + 1
    return (
        _within(fate.ends, n - 1, 0, 1)
        and list(fate.ends) == sorted(fate.ends)
        and _within(fate.n, n, 0)
        and len(fate.came) == n
        and len(fate.lasted) == n
        and _shares((*fate.came, *fate.lasted))
    )


def _record(row: Scored) -> bool:
    record = row.record
    points = (record.auc, record.precision, record.top_tenth, record.top_three)
    shares = _shares((record.rate, *points, *row.auc, *row.precision))
    return row.score in SCORES and 0 <= record.events <= record.n and shares


def _shares(values: Sequence[float]) -> bool:
    """True where each lies from 0 to 1, or is missing."""
    return all(math.isnan(value) or 0 <= value <= 1 for value in values)


def _within(
    values: Sequence[float], n: int, least: float = -math.inf, most: float = math.inf
) -> bool:
    """True for so many numbers, none missing, between two ends."""
    return len(values) == n and all(least <= value <= most for value in values)
