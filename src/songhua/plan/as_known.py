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
from songhua.region.known import SourceDays, seen, since, source_days
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
    known = {name: [_since(one, days) for one in getattr(plan, name)] for name in ENTRIES}
    unknown = sum(one is None for some in known.values() for one in some)
    kept = _kept(plan, lambda one: (_since(one, days) or date.max) <= day)
    frames = {
        name: seen(schema.table(schema_of(name)), frame, days, day)
        for name in FRAMES
        if len(frame := getattr(plan, name))
    }
    return without_gone(plan, replace(plan, **kept, **frames, hidden=unknown))


def without_gone(plan: P, left: P) -> P:
    """What is assumed of a project that is there no more goes with it.

    `left` is the plan with fewer projects.

    >>> import pandas as pd
    >>> from songhua.studies.track.examples import town
    >>> rows = pd.DataFrame([{"name": "delay", "scope": "mill", "value": "1"}])
    >>> spent = pd.DataFrame([{"project": "mill", "good": "total", "period": "2022"}])
    >>> plan = town()[1].with_tables(assumptions=rows, spending=spent)
    >>> len(without_gone(plan, replace(plan, spending=spent.iloc[:0])).assumptions)
    0
    """
    gone = _projects(plan) - _projects(left)
    if not gone:
        return left
    scenarios = {
        name: replace(
            one, changes={id: row for id, row in one.changes.items() if row.scope not in gone}
        )
        for name, one in left.scenarios.items()
    }
    rows = left.assumptions
    rows = rows[~rows["scope"].isin(gone)] if len(rows) else rows
    return replace(left, assumptions=rows, scenarios=scenarios)


def _projects(plan: Recorded) -> set[str]:
    frames = [frame for frame in (plan.spending, plan.operation) if len(frame)]
    return {project for frame in frames for project in frame["project"]}


def up_to(plan: P, day: date, sources: Catalogue) -> P:
    """The plan as it stood on a day, by all that is known today.

    What was published later was set later, unless its own time was over by that day: what is
    known from a later source of an earlier year stays. So does what has no date.

    >>> import pandas as pd
    >>> from songhua.studies.track.examples import town
    >>> row = {"status": "planned", "source": "paper"}
    >>> rows = [{**row, "id": "road", "due": "2021"}, {**row, "id": "rail", "due": "2024"}]
    >>> region, plan = town(measures=pd.DataFrame(rows))
    >>> [one.id for one in up_to(plan, date(2021, 12, 31), region.sources).measures]
    ['road']
    """
    days = source_days(sources)

    def was_there(one: Entry) -> bool:
        known = _since(one, days)
        return known is None or known <= day or any(time.end <= day for time in one.times)

    return replace(plan, **_kept(plan, was_there))


def _since(one: Entry, days: SourceDays) -> date | None:
    return since(one.layout(), lambda name: getattr(one, name), days)


def _kept(plan: Recorded, keep: Callable[[Any], bool]) -> dict[str, tuple[Entry, ...]]:
    """The plan's entries by table, without those that are not to be kept."""
    return {name: tuple(filter(keep, getattr(plan, name))) for name in ENTRIES}
