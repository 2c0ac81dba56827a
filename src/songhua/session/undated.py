"""What a view of a day leaves out because it has no day of publication, and how to give it one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import numpy as np

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
from songhua.store import Folder

REGISTER = "register/enterprises.csv"
#: The findings that name a file and nothing else.
BY_FILE = (StudySkipped, StudySkippedAsOf)


def skipped(study: str, lacks: str, whole: Folder, day: date | None) -> Finding:
    """Why a study was skipped: the folder lacks a file, or as of a day what would be in it.

    What came later is not told of: that was not known on the day. What has no day is.

    >>> from songhua import store
    >>> from songhua.session import example
    >>> whole = store.read(example())
    >>> [skipped("certify", REGISTER, whole, day).code for day in (None, date(2010, 1, 1))]
    ['study_skipped', 'study_skipped_as_of']
    """
    if day is None:
        return StudySkipped(study=study, lacks=lacks)
    if _register_undated(lacks, whole):
        return StudySkippedRegister(study=study, lacks=lacks, as_of=day)
    if names := undated(lacks, whole):
        return StudySkippedUndated(study=study, lacks=lacks, as_of=day, undated=names)
    return StudySkippedAsOf(study=study, lacks=lacks, as_of=day)


def faults(lacks: str | None, whole: Folder, day: date | None) -> list[Fault]:
    """What a view of a day lacks for want of a day of publication, beside what a study says."""
    if day is None or lacks is None or not (names := undated(lacks, whole)):
        return []
    return [ViewUndated(lacks, as_of=day.isoformat(), undated=names)]


def undated(lacks: str, whole: Folder) -> tuple[str, ...]:
    """The sources of what stands in a file that have no day of publication."""
    days = source_days(whole.region.sources)
    found = dict.fromkeys(_SOURCES.get(lacks, _none)(whole))
    return tuple(one for one in found if one and days.get(one) is None)


def _register_undated(lacks: str, whole: Folder) -> bool:
    return lacks == REGISTER and whole.register is not None and whole.register.on is None


def _none(whole: Folder) -> Iterable[str]:
    del whole
    return ()


def _observed(whole: Folder) -> Iterable[str]:
    rows = whole.region.figures.observations
    return rows.where(np.isnat(rows.known)).distinct("source")


def _planned(whole: Folder) -> Iterable[str]:
    """The sources of the plan and of what it wants done."""
    plan = whole.plan
    return [] if plan is None else [plan.source, *_of_entries(plan)]


def _of_entries(plan: Plan) -> Iterable[str]:
    return (one.source for name in ENTRIES for one in getattr(plan, name))


def _spent(whole: Folder) -> Iterable[str]:
    plan = whole.plan
    if plan is None:
        return []
    return [plan.source, *(row.source for row in (*plan.spending_rows, *plan.operation_rows))]


_SOURCES: Mapping[str, Callable[[Folder], Iterable[str]]] = {
    "tables.toml": lambda whole: (table.source for table in whole.region.tables.values()),
    "panels/*.csv": lambda whole: whole.region.figures.cells.distinct("source"),
    "observations/*.csv": _observed,
    "claims.toml": lambda whole: (str(one["source"]) for one in whole.region.claims.values()),
    "plan/targets.csv": _planned,
    "plan/spending.csv": _spent,
}
