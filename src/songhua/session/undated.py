"""Sources without a day of publication, which a view of a day leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import numpy as np

from songhua import schema
from songhua.errors import Fault
from songhua.plan import ENTRIES, Plan
from songhua.region.known import source_days
from songhua.results import Finding
from songhua.results.unanswered import (
    StudySkipped,
    StudySkippedAsOf,
    StudySkippedRegister,
    StudySkippedUndated,
)
from songhua.session.fault_kinds import ViewUndated
from songhua.store import Case

#: The findings that name a file and nothing else.
BY_FILE = (StudySkipped, StudySkippedAsOf)


def skipped(study: str, lacks: str, whole: Case, day: date | None) -> Finding:
    """The finding of a skipped study: the folder lacks a file, or as of a day the rows in it.

    Rows of a later day are not mentioned: they were not known on the day. Rows without a day are.

    >>> from songhua import store
    >>> from songhua.session import example
    >>> whole = store.read(example())
    >>> register = schema.where("register_enterprises")
    >>> [skipped("certify", register, whole, day).code for day in (None, date(2010, 1, 1))]
    ['study_skipped', 'study_skipped_as_of']
    """
    if day is None:
        return StudySkipped(study=study, lacks=lacks)
    if _register_undated(lacks, whole):
        return StudySkippedRegister(study=study, lacks=lacks, as_of=day)
    if names := undated(lacks, whole):
        return StudySkippedUndated(study=study, lacks=lacks, as_of=day, undated=names)
    return StudySkippedAsOf(study=study, lacks=lacks, as_of=day)


def faults(lacks: str | None, whole: Case, day: date | None) -> list[Fault]:
    """Faults of a view of a day for want of a day of publication, beside those of a study."""
    if day is None or lacks is None or not (names := undated(lacks, whole)):
        return []
    return [ViewUndated(lacks, as_of=day.isoformat(), undated=names)]


def undated(lacks: str, whole: Case) -> tuple[str, ...]:
    """The sources of what stands in a file that have no day of publication."""
    days = source_days(whole.region.sources)
    lists = (sources(whole) for table, sources in _SOURCES.items() if schema.where(table) == lacks)
    names = dict.fromkeys(source for some in lists for source in some)
    return tuple(name for name in names if name and days.get(name) is None)


def _register_undated(lacks: str, whole: Case) -> bool:
    firms = whole.register if lacks == schema.where("register_enterprises") else None
    return firms is not None and firms.on is None


def _observed(whole: Case) -> Iterable[str]:
    rows = whole.region.figures.observations
    return rows.where(np.isnat(rows.known)).distinct("source")


def _planned(whole: Case) -> Iterable[str]:
    """The sources of the plan and of what it wants done."""
    plan = whole.plan
    return [] if plan is None else [plan.source, *_of_entries(plan)]


def _of_entries(plan: Plan) -> Iterable[str]:
    return (row.source for name in ENTRIES for row in getattr(plan, name))


def _spent(whole: Case) -> Iterable[str]:
    plan = whole.plan
    if plan is None:
        return []
    return [plan.source, *(row.source for row in (*plan.spending_rows, *plan.operation_rows))]


#: The sources of what stands in a table.
_SOURCES: Mapping[str, Callable[[Case], Iterable[str]]] = {
    "tables": lambda whole: (table.source for table in whole.region.tables.values()),
    "panels": lambda whole: whole.region.figures.cells.distinct("source"),
    "observations": _observed,
    "claims": lambda whole: (str(claim["source"]) for claim in whole.region.claims.values()),
    "plan_targets": _planned,
    "plan_spending": _spent,
}
