"""Rows of track's tables that put several values side by side: targets, years, classes, odds."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from songhua.labels import Period, parse_period
from songhua.plan.vocabulary import (
    Basis,
    Direction,
    Missing,
    Nature,
    NoOdds,
    Outcome,
    PaceUnit,
    Position,
    TargetPath,
)
from songhua.results.columns import (
    Citations,
    Doubted,
    EntityId,
    Estimate,
    Grade,
    IndicatorId,
    IndustryId,
    InUnit,
    PlaceId,
    Share,
    SourceId,
    Tag,
    TargetId,
    UnitName,
    choice,
    estimate,
    labels,
    number,
)
from songhua.studies.track.measurement import Measurement
from songhua.studies.track.resolved_targets import ResolvedTarget, one_year


@dataclass(frozen=True)
class TargetRow:
    """A row of `targets`: a target with its figures, class, outlook and what was reported.

    Unknown fields of a target keep their default: not-a-number, none or blank.
    """

    target: TargetId
    indicator: IndicatorId
    region: PlaceId
    industry: IndustryId
    entity: EntityId
    period: Period
    text: str
    nature: Annotated[Nature, choice("nature", blank="not_said")]
    path: Annotated[TargetPath, choice("path")]
    direction: Direction
    unit: UnitName
    asked_low: InUnit = math.nan
    asked_high: InUnit = math.nan
    goal: InUnit = math.nan
    accepted_low: InUnit = math.nan
    accepted_high: InUnit = math.nan
    base: InUnit = math.nan
    base_period: Period | None = None
    latest: Annotated[
        Estimate,
        estimate(unit_in="unit", names=("latest", "latest_low", "latest_high", "estimate")),
    ] = Estimate()
    latest_period: Period | None = None
    elapsed: Share = math.nan
    progress: Annotated[Estimate, estimate(kind="bound", scale="share")] = Estimate(kind="bound")
    lead: Share = math.nan
    progress_class: Annotated[str, choice("target_class")] = ""
    possible: tuple[str, ...] = ()
    scheme: Annotated[str, choice("scheme")] = ""
    outcome: Outcome = Outcome.NONE
    position: Position = Position.NONE
    gap: Annotated[float, number(unit_in="unit", difference=True, beside="latest")] = math.nan
    required: float = math.nan
    pace_unit: PaceUnit = PaceUnit.NONE
    best: float = math.nan
    worst: float = math.nan
    paces: int = 0
    managed: int = 0
    compared: int = 0
    probability: Share = math.nan
    probability_ahead: Annotated[float, number(unit="year")] = math.nan
    probability_years: Annotated[float, number(unit="year")] = math.nan
    probability_own: float = math.nan
    odds_from: IndicatorId = ""
    odds_other: IndicatorId = ""
    odds_common: int = 0
    odds_differ: int = 0
    probability_other: Share = math.nan
    no_odds: NoOdds = NoOdds.NONE
    ahead_low: float = math.nan
    ahead_high: float = math.nan
    missing: Missing = Missing.NONE
    basis: Annotated[Basis, choice("figure_basis")] = Basis.NONE
    measured_by: IndicatorId = ""
    reported: Annotated[Estimate, estimate(kind="bound", unit_in="unit")] = Estimate(kind="bound")
    reported_period: Period | None = None
    reported_by: str = ""
    reported_on: date | None = None
    report: str = ""
    owner: Tag = ""
    doubts: Doubted = ()
    observations: Citations = ()
    source: SourceId = ""
    grade: Grade = ""

    @property
    def past(self) -> bool:
        """Its time is over and its outcome not known: its pace and odds were of days to come."""
        return self.missing == Missing.NO_OUTCOME

    @property
    def since(self) -> Period | None:
        """The time of its latest figure; of several years the last."""
        latest = self.latest_period
        if latest is None or one_year(latest):
            return latest
        return parse_period(str(latest.end.year))

    @classmethod
    def of(cls, target: ResolvedTarget, measured: Measurement) -> TargetRow:
        """A target with its figures: the base, the latest one, the gap and the progress.

        >>> from songhua.studies.track.examples import town_assessment
        >>> firms = town_assessment("reach 1000", "firms")
        >>> row = TargetRow.of(firms.target, firms.measured)
        >>> row.base, row.latest.value, row.gap, row.progress.value
        (500.0, 700.0, 300.0, 0.4)
        """
        entry, labels = target.entry, target.labels
        row = cls(
            target=entry.id,
            indicator=entry.indicator,
            region=labels.region,
            industry=labels.industry,
            entity=labels.entity,
            period=entry.period,
            text=entry.text,
            nature=entry.stated_nature,
            path=target.path,
            direction=target.direction,
            unit=target.unit,
            scheme=entry.judged_by.name,
            goal=digits(measured.goal),
            owner=entry.owner,
            source=entry.source,
            missing=measured.missing,
            observations=measured.ids,
        )
        if target.words.low:
            row = replace(
                row, asked_low=target.asked_interval.low, asked_high=target.asked_interval.high
            )
        base, latest, progress = measured.base, measured.latest, measured.progress
        if target.path != TargetPath.COURSE or base is not None:
            accepted = measured.accepted
            row = replace(row, accepted_low=accepted.low, accepted_high=accepted.high)
        if base is not None:
            row = replace(row, base=base.value, base_period=base.period)
        if latest is None:
            return row
        return replace(
            row,
            latest=Estimate.of(latest.value, latest.bound, latest.estimate),
            latest_period=latest.period,
            elapsed=measured.elapsed,
            progress=replace(progress, value=digits(progress.value)),
            lead=digits(progress.value - measured.elapsed),
            gap=digits(measured.goal - latest.value),
        )


@dataclass(frozen=True)
class TestedYear:
    """A year of a target, or a part of one, and its outcome."""

    target: TargetId
    period: Period
    value: Annotated[Estimate, estimate(kind="bound", unit_in="unit")]
    unit: UnitName
    outcome: Outcome
    observations: Citations


@dataclass(frozen=True)
class OddsRow:
    """A row of `odds`: the record of a target's recalibrated odds at past origins, by years ahead.

    `came_10` is how often odds of about 10 % came true, of `n_10` of them.
    """

    target: TargetId
    ahead: Annotated[int, number(unit="year")]
    origins: int
    n: int
    came_10: Share
    came_30: Share
    came_50: Share
    came_70: Share
    came_90: Share
    n_10: int
    n_30: int
    n_50: int
    n_70: int
    n_90: int
    brier: float
    brier_base: float

    @property
    def hit_rates(self) -> tuple[float, ...]:
        """The shares of odds of about 10, 30, 50, 70 and 90 % that came true."""
        return self.came_10, self.came_30, self.came_50, self.came_70, self.came_90


@dataclass(frozen=True)
class ClassCount:
    """A row of `classes`: the targets of a nature, scheme, class and basis."""

    nature: Nature
    scheme: Annotated[str, choice("scheme")]
    progress_class: Annotated[str, choice("target_class")]
    basis: Annotated[Basis, choice("figure_basis")]
    n: int
    list: Annotated[tuple[str, ...], labels("targets")]


@dataclass(frozen=True)
class TrackView:
    """The row of `view`: the day on which what is due is judged."""

    day: date


def digits(value: float) -> float:
    """A number without the noise of its last digits.

    >>> digits(0.1 + 0.2)
    0.3
    """
    return float(f"{value:.12g}")
