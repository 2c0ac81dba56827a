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
    """A row of `record`: the order of a score among candidates that it was not learnt from.

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
    """A row of `folds`: a transition as it was forecast from earlier ones."""

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
    """A row of `learnt`: the panel that the odds of a kind come from, or why there are none."""

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


def record_rows(basis: Basis) -> Iterator[RecordRow]:
    """Each score's record, and that of random picks beside it.

    >>> from songhua.studies.choose.example import town_basis
    >>> for row in list(record_rows(town_basis()))[:3]:
    ...     print(row.score, row.auc.value, round(row.precision.value, 9), row.top_tenth)
    stated 0.8 4.0 40.0
    start 0.7 3.0 40.0
    random 0.5 1.0 10.0
    """
    for taught in basis.kinds.values():
        for scored in taught.records:
            yield _record(taught.kind, scored)
        for sealed in dict.fromkeys(scored.sealed for scored in taught.records):
            some = next(scored for scored in taught.records if scored.sealed == sealed)
            yield _random(taught.kind, some)


def _record(kind: str, scored: Scored) -> RecordRow:
    record = scored.record
    ends = (record.precision, *scored.precision)
    precision = (end / record.rate if record.rate else math.nan for end in ends)
    return RecordRow(
        kind, "last" if scored.sealed else "all", scored.score, record.n, record.events,
        record.expected, 100 * record.rate, Estimate(record.auc, *scored.auc, kind="interval"),
        Estimate(*precision, kind="interval"), 100 * record.top_tenth, 100 * record.top_three,
        record.best_f1, record.brier, record.slope,
    )  # fmt: skip


def _random(kind: str, scored: Scored) -> RecordRow:
    """The record of random picks, or of the base rate for all."""
    record = scored.record
    rate = record.rate
    return RecordRow(
        kind, "last" if scored.sealed else "all", "random", record.n, record.events, record.events,
        100 * rate, Estimate(0.5, 0.5, 0.5, "interval"), Estimate(1.0, 1.0, 1.0, "interval"),
        100 * rate, 100 * rate, 2 * rate / (1 + rate), record.brier_rate, math.nan,
    )  # fmt: skip


def reliability_rows(basis: Basis) -> Iterator[ReliabilityRow]:
    """Tenths of candidates by odds, with 90 % intervals of the share that came.

    The interval is Clopper and Pearson's: that of a share of so many, each by itself.

    >>> from songhua.studies.choose.example import town_basis
    >>> for row in list(reliability_rows(town_basis()))[:2]:
    ...     print(row.stated, round(row.came.low, 1), row.came.value, round(row.came.high, 1))
    4.0 0.7 4.0 12.1
    12.0 8.2 16.0 27.0
    """
    for taught in basis.kinds.values():
        for at, tenth in enumerate(taught.reliability):
            ends = share_interval(round(tenth.n * tenth.came), tenth.n)
            outcomes = Estimate(*(100 * share for share in (tenth.came, *ends)), kind="interval")
            yield ReliabilityRow(taught.kind, at + 1, tenth.n, 100 * tenth.stated, outcomes)


def share_interval(events: int, n: int) -> tuple[float, float]:
    """The two shares between which so many of n may lie, at 90 %.

    Source: C. J. Clopper and E. S. Pearson, Biometrika 26, 1934.

    >>> low, high = share_interval(1, 10)
    >>> round(low, 4), round(high, 4)
    (0.0051, 0.3942)
    """
    tail = (1 - LEVEL) / 2
    low = float(betaincinv(events, n - events + 1, tail)) if events else 0.0
    high = float(betaincinv(events + 1, n - events, 1 - tail)) if events < n else 1.0
    return low, high


def fold_rows(basis: Basis) -> Iterator[FoldRow]:
    """The transitions that were forecast from earlier ones, with their bands.

    >>> from songhua.studies.choose.example import town_basis
    >>> row = next(fold_rows(town_basis()))
    >>> row.before, row.after, row.stated.value, row.stated.low, row.stated.high
    ('2017', '2021', 8.0, 4.0, 16.0)
    >>> row.came, row.covered
    (10, True)
    """
    periods = basis.learnt.periods
    for taught in basis.kinds.values():
        begins = starts(len(periods), taught.definition)
        for transition in taught.told:
            begin = begins[transition.transition]
            stated = Estimate(transition.expected, transition.low, transition.high, "interval")
            yield FoldRow(
                taught.kind,
                periods[begin],
                periods[begin + taught.definition.span],
                transition.n,
                stated,
                transition.events,
                transition.covered,
            )


def sensitivity_rows(basis: Basis) -> Iterator[SensitivityRow]:
    """The record as it is used, then by other definitions and in other spans.

    >>> from songhua.studies.choose.example import town_basis
    >>> for row in sensitivity_rows(town_basis()):
    ...     print(row.kind, row.change, row.rate, round(row.precision, 9))
    entry used 10.0 4.0
    exit used 10.0 4.0
    entry below 12.0 3.0
    """
    learnt = basis.learnt
    for taught in basis.kinds.values():
        baseline = trial(taught, "used", math.nan, learnt.periods[0], learnt.periods[-1])
        yield _sensitivity(baseline, taught.record().rate)
    for tried in basis.taught.trials:
        yield _sensitivity(tried, tried.events / tried.n if tried.n else math.nan)


def _sensitivity(trial: Trial, rate: float) -> SensitivityRow:
    some = rate if trial.events else math.nan
    return SensitivityRow(
        trial.kind, trial.change, trial.value, trial.first, trial.last, trial.refused, trial.floor,
        trial.n, trial.events, 100 * rate, trial.auc, trial.auc_start, trial.precision / some,
        trial.precision_start / some, trial.covered, trial.told,
    )  # fmt: skip


def learnt_rows(basis: Basis) -> Iterator[LearntRow]:
    """The panel that each kind was learnt from, or why it was refused.

    >>> from songhua.studies.choose.example import town_basis
    >>> row = next(learnt_rows(town_basis()))
    >>> row.kind, row.regions, row.regions_here, row.came, row.n, row.rate, row.noise
    ('entry', 40, 1, 20, 200, 10.0, 20.0)
    """
    learnt, taught = basis.learnt, basis.taught
    for kind in basis.kinds.values():
        yield LearntRow(
            taught.indicator, taught.source, kind.kind, basis.name, "", learnt.periods[0],
            learnt.periods[-1], taught.step, basis.years, basis.measured, learnt.regions,
            basis.regions_here, len(learnt.industries), kind.scheme, kind.score,
            kind.definition.below, kind.definition.above, kind.definition.least,
            kind.definition.running(kind.kind), 100 * kind.definition.level,
            math.nan if kind.noise is None else 100 * kind.noise, kind.n, kind.events,
            100 * kind.rate, 100 * kind.lasted, kind.drift.spread, kind.gain.value, kind.gain.low,
            kind.noise_gain, taught.panel[:12],
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
            basis.years,
            basis.measured,
            learnt.regions,
            basis.regions_here,
            len(learnt.industries),
        )
