"""Closed lists of tasks, projects, products, programmes and of what departments report on them."""

from __future__ import annotations

from enum import auto

from songhua.plan.vocabulary import Term


class TaskStatus(Term):
    """Where a task stands by the last word on it."""

    PLANNED = auto()
    UNDER_WAY = auto()
    DONE = auto()
    STOPPED = auto()
    UNKNOWN = auto()


class MilestoneStatus(Term):
    """Where a milestone stands by the last word on it."""

    NOT_STATED = ""
    DONE = auto()
    NOT_DONE = auto()
    STOPPED = auto()
    UNKNOWN = auto()


class RungStatus(Term):
    """State of a product at a rung of the ladder to market."""

    REACHED = auto()
    NOT_REACHED = auto()
    UNKNOWN = auto()


class ProjectAmount(Term):
    """The values of a project up to a date."""

    TOTAL = auto()
    PLANNED_VALUE = auto()
    EARNED_VALUE = auto()
    ACTUAL_VALUE = auto()


class ProductStage(Term):
    """The rungs of the ladder from research to export, in order."""

    RESEARCH = auto()
    PROTOTYPE = auto()
    CERTIFIED = auto()
    SMALL_BATCH = auto()
    VOLUME = auto()
    EXPORTED = auto()


class ProgrammeMeasure(Term):
    """Quantity counted of a programme's cohort."""

    PROJECTS = auto()
    FOUNDERS = auto()
    FIRMS = auto()
    CERTIFIED = auto()
    MONEY_PROMISED = auto()
    MONEY_PAID = auto()


class DeliveryState(Term):
    """State of a task, milestone, project, rung or sum of money on the day of the view."""

    DONE = auto()
    DONE_LATE = auto()
    LATE = auto()
    NO_REPORT = auto()
    BLOCKED = auto()
    OPEN = auto()
    DUE_UNKNOWN = auto()
    STOPPED = auto()
    UNKNOWN = auto()
    KNOWN = auto()
    OVERDUE = auto()


class DueKind(Term):
    """Kind of entry that falls due on a day."""

    TARGET = auto()
    MEASURE = auto()
    MILESTONE = auto()
    MONEY = auto()


class ReportSort(Term):
    """Kind of entry that a department reports on."""

    FIGURE = auto()
    TASK = auto()
    MILESTONE = auto()


class ReportState(Term):
    """The state of a task or a milestone by a department's report."""

    NOT_STATED = ""
    PLANNED = auto()
    UNDER_WAY = auto()
    DONE = auto()
    STOPPED = auto()
    UNKNOWN = auto()


class ReportUse(Term):
    """Use that is made of a report, beside others of the same entry."""

    ALONE = auto()
    AGREES = auto()
    DIFFERS = auto()
    COUNTS = auto()
    OVERTAKEN = auto()
    GONE = auto()
    OLDER = auto()
