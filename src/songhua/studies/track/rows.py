"""Rows of track's tables that put several values side by side: targets, classes, projects."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from songhua.labels import Period
from songhua.plan.delivery_vocabulary import DeliveryState
from songhua.plan.vocabulary import (
    Basis,
    Direction,
    Missing,
    Nature,
    NoOdds,
    Outcome,
    PaceUnit,
    Position,
    ReadingCode,
    TargetPath,
)
from songhua.results.columns import (
    Citations,
    Column,
    EntityId,
    EstimateKind,
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
    label,
    labels,
    number,
)


@dataclass(frozen=True)
class TargetRow:
    """A row of `targets`: a target with its figures, class, outlook and what was reported.

    What is not known of a target keeps its default: not-a-number, none or blank.
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
        float, number(unit_in="unit", low="latest_low", high="latest_high", estimate="estimate")
    ] = math.nan
    latest_low: Annotated[float, number(unit_in="unit", end_of="latest")] = math.nan
    latest_high: Annotated[float, number(unit_in="unit", end_of="latest")] = math.nan
    latest_period: Period | None = None
    estimate: EstimateKind = ""
    elapsed: Share = math.nan
    progress: Annotated[
        float, number(scale="share", low="progress_low", high="progress_high", estimate="=bound")
    ] = math.nan
    progress_low: Annotated[float, number(scale="share", end_of="progress")] = math.nan
    progress_high: Annotated[float, number(scale="share", end_of="progress")] = math.nan
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
    reported: Annotated[
        float, number(unit_in="unit", low="reported_low", high="reported_high", estimate="=bound")
    ] = math.nan
    reported_low: Annotated[float, number(unit_in="unit", end_of="reported")] = math.nan
    reported_high: Annotated[float, number(unit_in="unit", end_of="reported")] = math.nan
    reported_period: Period | None = None
    reported_by: str = ""
    reported_on: date | None = None
    report: str = ""
    owner: Tag = ""
    observations: Citations = ()
    source: SourceId = ""
    grade: Grade = ""


@dataclass(frozen=True)
class OddsRow:
    """A row of `odds`: how the recalibrated odds of a target did at past origins, by years ahead.

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
    def came(self) -> tuple[float, ...]:
        """How often odds of about 10, 30, 50, 70 and 90 % came true."""
        return self.came_10, self.came_30, self.came_50, self.came_70, self.came_90


@dataclass(frozen=True)
class ReadingRow:
    """A row of `readings`: a reading of a target's words that is a judgement."""

    target: TargetId
    reading: Annotated[ReadingCode, choice("assumption")]
    value: InUnit
    unit: UnitName
    word: Annotated[
        str,
        Column(
            "",
            "label",
            of_in="reading",
            of_each=(
                ("bare_number", "direction"),
                ("course_width", "course"),
                ("growth_from_levels", "indicators"),
            ),
        ),
    ]


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
class ProjectRow:
    """A row of `projects`: a project on the day of the view, with its earned value."""

    project: EntityId
    milestones: int
    done: int
    next: Annotated[str, label("milestones", within="project")]
    next_due: Period | None
    state: DeliveryState
    slip_days: Annotated[float, number(signed=True)]
    period: Period | None
    total: InUnit
    planned_value: InUnit
    earned_value: InUnit
    actual_value: InUnit
    schedule_index: Annotated[float, number(decimals=2)]
    cost_index: Annotated[float, number(decimals=2)]
    in_place: Annotated[float, number(unit="%", decimals=1)]
    unit: UnitName
    may_be_part_of: Annotated[tuple[str, ...], labels("entities")]
    source: SourceId


@dataclass(frozen=True)
class TrackView:
    """The row of `view`: the day on which what is due is judged."""

    day: date
