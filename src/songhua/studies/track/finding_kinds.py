"""The findings of track: targets behind or not assessable, works that are late, reports."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from songhua.labels import Period
from songhua.plan.vocabulary import Missing, Nature
from songhua.results.columns import (
    Doubted,
    Ends,
    EntityId,
    EntityIds,
    IndicatorId,
    InUnit,
    Owner,
    PlaceId,
    PlaceIds,
    PrintedNumber,
    TargetIds,
    TaskIds,
    UnitName,
    number,
)
from songhua.results.finding import ABSENCE, FOLDER, Finding


class PlanRowsUndated(Finding, section="track", group="gaps", rests=ABSENCE):
    n: int


class TargetsEstimated(Finding, section="track", rests="targets"):
    n: int
    targets: TargetIds


class TargetsInferred(Finding, section="track", rests="inferred"):
    n: int
    targets: TargetIds


class TargetsBehind(Finding, section="track", rests="targets"):
    nature: Nature
    plan_period: Period | None = None
    elsewhere: int | None = None
    n: int
    targets: TargetIds


class TargetsNotAssessable(Finding, section="track", rests="targets"):
    missing: Missing
    n: int
    targets: TargetIds


class TargetsReadByJudgement(Finding, section="track", rests="readings"):
    n: int
    of: int


class OutlookNoBetter(Finding, rests="targets"):
    n: int
    targets: TargetIds


class _Tasks(Finding):
    """Tasks that are due and not known to be done."""

    n: int
    tasks: TaskIds
    day: date


class MeasuresLate(_Tasks, section="track", rests="measures"):
    """Some are late."""


class MeasuresNoReport(_Tasks, section="track", rests="measures"):
    """Nobody reported."""


class _Milestones(Finding):
    """Milestones that are due and not known to be reached."""

    n: int
    projects: EntityIds
    day: date


class MilestonesLate(_Milestones, section="track", rests="milestones"):
    """Some are late."""


class MilestonesNoReport(_Milestones, section="track", rests="milestones"):
    """Nobody reported."""


class ProjectPossiblePart(Finding, rests="projects"):
    entity: EntityId
    entities: EntityIds
    n: int
    least: int


class TargetsByReport(Finding, section="track", rests="reported"):
    n: int
    targets: TargetIds


class ReportDiffers(Finding, rests="reported"):
    indicator: IndicatorId
    period: Period
    reporter: str
    department: str
    unit: UnitName
    value: InUnit
    actual: InUnit
    received: str


class _OneTarget(Finding):
    """A target: its outturn, its aim, its progress, and who is responsible."""

    targets: TargetIds
    unit: UnitName
    value: InUnit
    expected: Annotated[float | str, number(unit_in="unit")]
    ends: Ends
    doubts: Doubted = ()
    seen: Period | None = None
    owner: Owner
    elapsed: int | None = None
    progress: int | None = None
    measured_by: IndicatorId = ""


class _OneOfSeveral(_OneTarget):
    """One of its kind, the others by their figures and sources, and those of other places."""

    other_targets: TargetIds
    doubted_targets: TargetIds
    weak_targets: TargetIds
    elsewhere: int | None = None


class BriefTargetMissed(_OneOfSeveral, part="worry", weight="target_missed", section="track"):
    """Its time is over."""


class BriefTargetBehind(_OneOfSeveral, part="worry", weight="target_behind", section="track"):
    """Its time is not over."""


class BriefTargetUnproven(_OneTarget, part="worry", weight="target_unproven", section="track"):
    since: Period | None = None
    required: PrintedNumber = ""
    best: PrintedNumber = ""
    chance: PrintedNumber = ""


class BriefTargetProbablyMissed(
    BriefTargetUnproven, part="worry", weight="target_unproven", section="track"
):
    """By the odds that it had."""


class BriefTargetsOpen(
    Finding, part="worry", weight="targets_open", section="track", rests="targets"
):
    region: PlaceId
    plan_period: Period | None = None
    n: int
    total: int
    parts: int | None = None
    elsewhere: int | None = None
    due: int
    without: int
    undecided: int | None = None
    targets: TargetIds
    owner: Owner


class _Asked(Finding):
    """Targets that are open, and how many could be judged with figures of them."""

    n: int
    total: int
    judged: int
    more: int
    targets: TargetIds
    owner: Owner


class BriefAskFigures(_Asked, part="step", weight="ask_figures", section="track", rests="targets"):
    """The department to ask for the figures."""


class BriefAskFiguresUnnamed(
    _Asked, part="step", weight="ask_figures", section="track", rests="targets"
):
    """Nobody is named who could be asked."""


class _Unreported(Finding):
    """Tasks that were due and of which nobody reported."""

    n: int
    of: int
    tasks: TaskIds
    period: Period | None = None
    owner: Owner


class BriefTaskNoReport(
    _Unreported, part="worry", weight="task_no_report", section="track", rests="measures"
):
    """Their number, as a worry."""


class BriefAskReports(
    _Unreported, part="step", weight="ask_reports", section="track", rests="measures"
):
    """The departments to ask for the state of the items."""


class BriefAskReportsUnnamed(
    _Unreported, part="step", weight="ask_reports", section="track", rests="measures"
):
    """Nobody is named who could be asked."""


class BriefMilestoneLate(
    Finding, part="worry", weight="milestone_late", section="track", rests="milestones"
):
    n: int
    projects: EntityIds
    days: float


class BriefDueTargets(Finding, part="due", section="track", rests="calendar"):
    n: int
    day: date
    targets: TargetIds


class BriefDueElsewhere(Finding, part="due", section="track", rests="calendar"):
    """Targets of other places, which the folder's plans set too."""

    n: int
    day: date
    places: PlaceIds


class BriefDueTasks(Finding, part="due", section="track", rests="calendar"):
    n: int
    day: date
    tasks: TaskIds


class BriefDueMilestones(Finding, part="due", section="track", rests="calendar"):
    n: int
    day: date
    projects: EntityIds


class BriefTargetsMet(Finding, part="state", section="track", rests="targets"):
    region: PlaceId
    plan_period: Period | None = None
    n: int
    total: int
    doubted: int | None = None
    loosely: int | None = None
    rivals: int | None = None
    targets: TargetIds


class BriefPlanOver(Finding, part="state", section="track", rests=FOLDER):
    period: Period
    day: date


class BriefReadings(Finding, part="sure", section="track", rests="readings"):
    n: int
    of: int
