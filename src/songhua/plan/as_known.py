"""The plan as it was known on a day, and the plan up to a day by what is known of it today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from songhua import schema
from songhua.plan.cells import Entry
from songhua.plan.entries import ENTRIES, schema_of
from songhua.plan.recorded import Recorded
from songhua.region.known import SourceDays, known_rows, since, source_days
from songhua.schema import Catalogue

P = TypeVar("P", bound=Recorded)
#: The tables of the plan that are frames, and whose rows have a day each.
FRAMES = ("spending", "operation", "assumptions")


def view(plan: P, day: date, sources: Catalogue) -> P | None:
    """The plan as it was known on a day: only what had been published by then.

    None where the plan itself had not been, or its source has no date. A row whose source has
    none is left out, and counted in `hidden`.

    >>> import pandas as pd
    >>> from songhua.studies.track.examples import town
    >>> region, plan = town(measures=pd.DataFrame([{"id": "road", "status": "planned",
    ...                                             "source": "paper"}]))
    >>> days = (date(2022, 6, 30), date(2022, 7, 1))
    >>> [one and len(one.measures) for one in (view(plan, day, region.sources) for day in days)]
    [None, 1]
    """
    days = source_days(sources)
    head = since(schema.table("plan"), {"source": plan.source}.get, days)
    if head is None or head > day:
        return None
    published = [_day_known(entry, days) for name in ENTRIES for entry in getattr(plan, name)]
    entries = _entries_where(plan, lambda entry: (_day_known(entry, days) or date.max) <= day)
    frames = {
        name: known_rows(schema.table(schema_of(name)), frame, days, day)
        for name in FRAMES
        if len(frame := getattr(plan, name))
    }
    known = replace(plan, **entries, **frames, hidden=published.count(None))
    return without_orphaned_assumptions(plan, known)


def without_orphaned_assumptions(plan: P, reduced: P) -> P:
    """The plan with fewer projects (`reduced`), without assumptions of those that it lost.

    >>> import pandas as pd
    >>> from songhua.studies.track.examples import town
    >>> rows = pd.DataFrame([{"name": "delay", "scope": "mill", "value": "1"}])
    >>> spent = pd.DataFrame([{"project": "mill", "good": "total", "period": "2022"}])
    >>> plan = town()[1].with_tables(assumptions=rows, spending=spent)
    >>> len(without_orphaned_assumptions(plan, replace(plan, spending=spent.iloc[:0])).assumptions)
    0
    """
    dropped = _projects(plan) - _projects(reduced)
    if not dropped:
        return reduced
    scenarios = {
        name: replace(
            scenario,
            changes={id: row for id, row in scenario.changes.items() if row.scope not in dropped},
        )
        for name, scenario in reduced.scenarios.items()
    }
    rows = reduced.assumptions
    rows = rows[~rows["scope"].isin(dropped)] if len(rows) else rows
    return replace(reduced, assumptions=rows, scenarios=scenarios)


def _projects(plan: Recorded) -> set[str]:
    frames = [frame for frame in (plan.spending, plan.operation) if len(frame)]
    return {project for frame in frames for project in frame["project"]}


def up_to(plan: P, day: date, sources: Catalogue) -> P:
    """The plan as it stood on a day, by all that is known today.

    A row published later counts as set later, unless its own time had ended by that day: facts
    about an earlier year from a later source stay. Rows without a date stay too.

    >>> import pandas as pd
    >>> from songhua.studies.track.examples import town
    >>> row = {"status": "planned", "source": "paper"}
    >>> rows = [{**row, "id": "road", "due": "2021"}, {**row, "id": "rail", "due": "2024"}]
    >>> region, plan = town(measures=pd.DataFrame(rows))
    >>> [one.id for one in up_to(plan, date(2021, 12, 31), region.sources).measures]
    ['road']
    """
    days = source_days(sources)

    def existed(entry: Entry) -> bool:
        published = _day_known(entry, days)
        return published is None or published <= day or any(time.end <= day for time in entry.times)

    return replace(plan, **_entries_where(plan, existed))


def _day_known(entry: Entry, days: SourceDays) -> date | None:
    return since(entry.layout(), lambda name: getattr(entry, name), days)


def _entries_where(plan: Recorded, keep: Callable[[Any], bool]) -> dict[str, tuple[Entry, ...]]:
    """The plan's entries by table, without those that are not to be kept."""
    return {name: tuple(filter(keep, getattr(plan, name))) for name in ENTRIES}
