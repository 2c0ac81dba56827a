"""Rows of track's tables that put several values side by side: targets, classes, projects."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True)
class TargetRow:
    """A row of `targets`: a target with its figures, class, outlook and what was reported.

    What is not known of a target keeps its default: not-a-number, none or blank.
    """

    target: str
    indicator: str
    region: str
    industry: str
    entity: str
    period: Period
    text: str
    nature: Nature
    path: TargetPath
    direction: Direction
    unit: str
    asked_low: float = math.nan
    asked_high: float = math.nan
    goal: float = math.nan
    accepted_low: float = math.nan
    accepted_high: float = math.nan
    base: float = math.nan
    base_period: Period | None = None
    latest: float = math.nan
    latest_low: float = math.nan
    latest_high: float = math.nan
    latest_period: Period | None = None
    estimate: str = ""
    elapsed: float = math.nan
    progress: float = math.nan
    progress_low: float = math.nan
    progress_high: float = math.nan
    lead: float = math.nan
    progress_class: str = ""
    possible: tuple[str, ...] = ()
    scheme: str = ""
    outcome: Outcome = Outcome.NONE
    position: Position = Position.NONE
    gap: float = math.nan
    required: float = math.nan
    pace_unit: PaceUnit = PaceUnit.NONE
    best: float = math.nan
    worst: float = math.nan
    paces: int = 0
    managed: int = 0
    compared: int = 0
    probability: float = math.nan
    probability_ahead: float = math.nan
    probability_years: float = math.nan
    probability_own: float = math.nan
    odds_from: str = ""
    odds_other: str = ""
    odds_common: int = 0
    odds_differ: int = 0
    probability_other: float = math.nan
    no_odds: NoOdds = NoOdds.NONE
    ahead_low: float = math.nan
    ahead_high: float = math.nan
    missing: Missing = Missing.NONE
    basis: Basis = Basis.NONE
    reported: float = math.nan
    reported_low: float = math.nan
    reported_high: float = math.nan
    reported_period: Period | None = None
    reported_by: str = ""
    reported_on: date | None = None
    report: str = ""
    owner: str = ""
    observations: tuple[str, ...] = ()
    source: str = ""
    grade: str = ""


@dataclass(frozen=True)
class OddsRow:
    """A row of `odds`: how the recalibrated odds of a target did at past origins, by years ahead.

    `came_10` is how often odds of about 10 % came true, of `n_10` of them.
    """

    target: str
    ahead: int
    origins: int
    n: int
    came_10: float
    came_30: float
    came_50: float
    came_70: float
    came_90: float
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

    target: str
    reading: ReadingCode
    value: float
    unit: str
    word: str


@dataclass(frozen=True)
class ClassCount:
    """A row of `classes`: the targets of a nature, scheme, class and basis."""

    nature: Nature
    scheme: str
    progress_class: str
    basis: Basis
    n: int
    list: tuple[str, ...]


@dataclass(frozen=True)
class ProjectRow:
    """A row of `projects`: a project on the day of the view, with its earned value."""

    project: str
    milestones: int
    done: int
    next: str
    next_due: Period | None
    state: DeliveryState
    slip_days: float
    period: Period | None
    total: float
    planned_value: float
    earned_value: float
    actual_value: float
    schedule_index: float
    cost_index: float
    in_place: float
    unit: str
    may_be_part_of: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class TrackView:
    """The row of `view`: the day on which what is due is judged."""

    day: date
