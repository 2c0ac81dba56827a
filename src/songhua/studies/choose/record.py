"""The track record that a reader sees: scores, reliability, transitions, other definitions."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from scipy.special import betaincinv

from songhua.maths.choice import starts
from songhua.maths.choice.learnt import Scored
from songhua.region.learnt import Trial
from songhua.results.columns import (
    Column,
    Estimate,
    IndicatorId,
    SourceId,
    choice,
    estimate,
    number,
)
from songhua.results.estimates import LEVEL
from songhua.studies.choose.basis import Basis
from songhua.studies.choose.learning import trial


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A row of `record`: how a score ordered candidates that it was not learnt from.

    `precision` is the average precision over that of random picks.
    """

    kind: Annotated[str, choice("choice_kind")]
    rows: Annotated[str, choice("choice_rows")]
    score: Annotated[str, choice("choice_score")]
    n: int
    came: int
    stated: Annotated[float, number(decimals=1)]
    rate: Annotated[float, number(unit="%", digits=3)]
    auc: Annotated[Estimate, estimate(kind="interval", decimals=3)]
    precision: Annotated[Estimate, estimate(kind="interval", decimals=2)]
    top_tenth: Annotated[float, number(unit="%", decimals=1)]
    top_three: Annotated[float, number(unit="%", decimals=1)]
    best_f1: Annotated[float, number(decimals=3)]
    brier: Annotated[float, number(decimals=4)]
    slope: Annotated[float, number(decimals=2)]


@dataclass(frozen=True, slots=True)
class ReliabilityRow:
    """A row of `reliability`: a tenth of the candidates by odds, and the share that came."""

    kind: Annotated[str, choice("choice_kind")]
    bin: int
    n: int
    stated: Annotated[float, number(unit="%", digits=3)]
    came: Annotated[Estimate, estimate(kind="interval", unit="%", digits=3)]


@dataclass(frozen=True, slots=True)
class FoldRow:
    """A row of `folds`: a transition as it was told from earlier ones."""

    kind: Annotated[str, choice("choice_kind")]
    before: Annotated[str, Column("", "period")]
    after: Annotated[str, Column("", "period")]
    n: int
    stated: Annotated[
        Estimate, estimate(kind="interval", decimals=1, names=("stated", "low", "high"))
    ]
    came: int
    covered: bool


@dataclass(frozen=True, slots=True)
class SensitivityRow:
    """A row of `sensitivity`: the record by another definition, or in another span."""

    kind: Annotated[str, choice("choice_kind")]
    change: Annotated[str, choice("choice_change")]
    value: Annotated[float, number(digits=3)]
    before: Annotated[str, Column("", "period")]
    after: Annotated[str, Column("", "period")]
    refused: Annotated[str, choice("choice_refused")]
    floor: Annotated[float, number(digits=3)]
    n: int
    came: int
    rate: Annotated[float, number(unit="%", digits=3)]
    auc: Annotated[float, number(decimals=3)]
    auc_start: Annotated[float, number(decimals=3)]
    precision: Annotated[float, number(decimals=2)]
    precision_start: Annotated[float, number(decimals=2)]
    covered: int
    told: int


@dataclass(frozen=True, slots=True)
class LearntRow:
    """A row of `learnt`: what the odds of a kind were learnt from, or why there are none."""

    indicator: IndicatorId
    source: SourceId
    kind: Annotated[str, choice("choice_kind")]
    basis: Annotated[str, choice("choice_basis")]
    refused: Annotated[str, choice("choice_refused")]
    before: Annotated[str, Column("", "period")]
    after: Annotated[str, Column("", "period")]
    step: int
    years: int
    measured: Annotated[str, choice("choice_measure")]
    regions: int
    regions_here: int
    industries: int
    scheme: Annotated[str, choice("choice_scheme")] = ""
    score: Annotated[str, choice("choice_score")] = ""
    below: Annotated[float, number(decimals=2)] = math.nan
    above: Annotated[float, number(decimals=2)] = math.nan
    floor: Annotated[float, number(digits=3)] = math.nan
    held: Annotated[float, number(decimals=0)] = math.nan
    confidence: Annotated[float, number(unit="%", decimals=0)] = math.nan
    noise: Annotated[float, number(unit="%", decimals=0)] = math.nan
    n: int = 0
    came: int = 0
    rate: Annotated[float, number(unit="%", digits=3)] = math.nan
    lasted: Annotated[float, number(unit="%", decimals=0)] = math.nan
    drift: Annotated[float, number(decimals=2)] = math.nan
    gain: Annotated[float, number(decimals=3, signed=True)] = math.nan
    gain_low: Annotated[float, number(decimals=3, signed=True)] = math.nan
    gain_noise: Annotated[float, number(decimals=3, signed=True)] = math.nan
    panel: str = ""


def record_rows(found: Basis) -> Iterator[RecordRow]:
    """Each score's record, and that of random picks beside it.

    >>> from songhua.studies.choose.example import found
    >>> for row in list(record_rows(found()))[:3]:
    ...     print(row.score, row.auc.value, round(row.precision.value, 9), row.top_tenth)
    stated 0.8 4.0 40.0
    start 0.7 3.0 40.0
    random 0.5 1.0 10.0
    """
    for taught in found.kinds.values():
        for one in taught.records:
            yield _record(taught.kind, one)
        for sealed in dict.fromkeys(one.sealed for one in taught.records):
            some = next(one for one in taught.records if one.sealed == sealed)
            yield _random(taught.kind, some)


def _record(kind: str, one: Scored) -> RecordRow:
    found = one.record
    ends = (found.precision, *one.precision)
    precision = (end / found.rate if found.rate else math.nan for end in ends)
    return RecordRow(
        kind, "last" if one.sealed else "all", one.score, found.n, found.events, found.expected,
        100 * found.rate, Estimate(found.auc, *one.auc, kind="interval"),
        Estimate(*precision, kind="interval"), 100 * found.top_tenth, 100 * found.top_three,
        found.best_f1, found.brier, found.slope,
    )  # fmt: skip


def _random(kind: str, one: Scored) -> RecordRow:
    """What random picks, or the base rate told of all, come to."""
    found = one.record
    rate = found.rate
    return RecordRow(
        kind, "last" if one.sealed else "all", "random", found.n, found.events, found.events,
        100 * rate, Estimate(0.5, 0.5, 0.5, "interval"), Estimate(1.0, 1.0, 1.0, "interval"),
        100 * rate, 100 * rate, 2 * rate / (1 + rate), found.brier_rate, math.nan,
    )  # fmt: skip


def reliability_rows(found: Basis) -> Iterator[ReliabilityRow]:
    """Tenths of candidates by odds, with 90 % intervals of the share that came.

    The interval is Clopper and Pearson's: that of a share of so many, each by itself.

    >>> from songhua.studies.choose.example import found
    >>> for row in list(reliability_rows(found()))[:2]:
    ...     print(row.stated, round(row.came.low, 1), row.came.value, round(row.came.high, 1))
    4.0 0.7 4.0 12.1
    12.0 8.2 16.0 27.0
    """
    for taught in found.kinds.values():
        for at, one in enumerate(taught.reliability):
            ends = share_interval(round(one.n * one.came), one.n)
            came = Estimate(*(100 * share for share in (one.came, *ends)), kind="interval")
            yield ReliabilityRow(taught.kind, at + 1, one.n, 100 * one.stated, came)


def share_interval(events: int, n: int) -> tuple[float, float]:
    """Between what two shares so many of n may lie, at 90 %.

    Source: C. J. Clopper and E. S. Pearson, Biometrika 26, 1934.

    >>> low, high = share_interval(1, 10)
    >>> round(low, 4), round(high, 4)
    (0.0051, 0.3942)
    """
    tail = (1 - LEVEL) / 2
    low = float(betaincinv(events, n - events + 1, tail)) if events else 0.0
    high = float(betaincinv(events + 1, n - events, 1 - tail)) if events < n else 1.0
    return low, high


def fold_rows(found: Basis) -> Iterator[FoldRow]:
    """The transitions that were told from earlier ones, with their bands.

    >>> from songhua.studies.choose.example import found
    >>> row = next(fold_rows(found()))
    >>> row.before, row.after, row.stated.value, row.stated.low, row.stated.high
    ('2017', '2021', 8.0, 4.0, 16.0)
    >>> row.came, row.covered
    (10, True)
    """
    periods = found.learnt.periods
    for taught in found.kinds.values():
        begins = starts(len(periods), taught.definition)
        for one in taught.told:
            begin = begins[one.transition]
            stated = Estimate(one.expected, one.low, one.high, "interval")
            yield FoldRow(
                taught.kind,
                periods[begin],
                periods[begin + taught.definition.span],
                one.n,
                stated,
                one.events,
                one.covered,
            )


def sensitivity_rows(found: Basis) -> Iterator[SensitivityRow]:
    """The record as it is used, then by other definitions and in other spans.

    >>> from songhua.studies.choose.example import found
    >>> for row in sensitivity_rows(found()):
    ...     print(row.kind, row.change, row.rate, round(row.precision, 9))
    entry used 10.0 4.0
    exit used 10.0 4.0
    entry below 12.0 3.0
    """
    learnt = found.learnt
    for taught in found.kinds.values():
        used = trial(taught, "used", math.nan, learnt.periods[0], learnt.periods[-1])
        yield _sensitivity(used, taught.record().rate)
    for one in found.taught.trials:
        yield _sensitivity(one, one.events / one.n if one.n else math.nan)


def _sensitivity(one: Trial, rate: float) -> SensitivityRow:
    some = rate if one.events else math.nan
    return SensitivityRow(
        one.kind, one.change, one.value, one.first, one.last, one.refused, one.floor, one.n,
        one.events, 100 * rate, one.auc, one.auc_start, one.precision / some,
        one.precision_start / some, one.covered, one.told,
    )  # fmt: skip


def learnt_rows(found: Basis) -> Iterator[LearntRow]:
    """What each kind was learnt from, and of a kind that was refused why.

    >>> from songhua.studies.choose.example import found
    >>> row = next(learnt_rows(found()))
    >>> row.kind, row.regions, row.regions_here, row.came, row.n, row.rate, row.noise
    ('entry', 40, 1, 20, 200, 10.0, 20.0)
    """
    learnt, taught = found.learnt, found.taught
    for one in found.kinds.values():
        yield LearntRow(
            taught.indicator, taught.source, one.kind, found.name, "", learnt.periods[0],
            learnt.periods[-1], taught.step, found.years, found.measured, learnt.regions,
            found.here, len(learnt.industries), one.scheme, one.score, one.definition.below,
            one.definition.above, one.definition.least, one.definition.running(one.kind),
            100 * one.definition.level,
            math.nan if one.noise is None else 100 * one.noise, one.n, one.events, 100 * one.rate,
            100 * one.lasted, one.drift.spread, one.gain.value, one.gain.low, one.noise_gain,
            taught.panel[:12],
        )  # fmt: skip
    for refusal in learnt.refused:
        yield LearntRow(
            taught.indicator,
            taught.source,
            refusal.kind,
            "none",
            refusal.reason,
            learnt.periods[0],
            learnt.periods[-1],
            taught.step,
            found.years,
            found.measured,
            learnt.regions,
            found.here,
            len(learnt.industries),
        )
