"""The rows of a plan as they are in force: as first recorded, with their revisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

import pandas as pd

from songhua import schema
from songhua.plan.cells import Entry
from songhua.plan.entries import ENTRIES, Revision
from songhua.plan.recorded import Recorded
from songhua.region.known import SourceDays, since, source_days
from songhua.schema import Catalogue

E = TypeVar("E", bound=Entry)
P = TypeVar("P", bound=Recorded)


def in_force(plan: P, sources: Catalogue, table: str = "") -> P:
    """The plan with its revisions, or with those of one table, and none of them left beside it.

    Raises:
        SonghuaError: for a revised cell that is not of its column's type.

    >>> from songhua.studies.track.examples import town
    >>> cells = {"table": "measures", "entry": "road", "column": "due", "value": "2024"}
    >>> road = pd.DataFrame([{"id": "road", "status": "planned", "due": "2023", "source": "paper"}])
    >>> region, plan = town(measures=road)
    >>> plan = replace(plan, changes=(Revision.read({**cells, "source": "paper"}),))
    >>> [str(in_force(plan, region.sources, table).measures[0].due) for table in ("targets", "")]
    ['2023', '2024']
    """
    names = {revision.table for revision in plan.changes if table in ("", revision.table)}
    if not names:
        return plan
    days = source_days(sources)
    rows = {
        name: (revised if name in ENTRIES else revised_frame)(
            name, getattr(plan, name), plan.changes, days
        )
        for name in names
    }
    pending = tuple(revision for revision in plan.changes if revision.table not in names)
    return replace(plan, **rows, changes=pending)


def revised(
    table: str, rows: Iterable[E], revisions: Iterable[Revision], days: SourceDays
) -> tuple[E, ...]:
    """The rows of a table with its revisions, in the order in which these became known.

    A revision is known since its source was published; where that is unknown, since the day of its
    recording. Of two of the same day the one recorded last holds. A revised row names the source of
    its last revision. A revision of progress carries its day too, so that it overrides an earlier
    report.

    Raises:
        SonghuaError: for a revised cell that is not of its column's type.

    >>> from songhua.plan import PlanTarget
    >>> jobs = PlanTarget.read({"id": "jobs", "text": "reach 900", "period": "2024"})
    >>> cells = {"table": "targets", "entry": "jobs", "column": "text", "recorded": "2026-01-02"}
    >>> late, early = (Revision.read({**cells, "value": f"reach {n}", "source": id})
    ...                for n, id in ((800, "late"), (850, "early")))
    >>> days = {"early": date(2024, 3, 1), "late": date(2025, 3, 1)}
    >>> revised("targets", [jobs], [late, early], days)[0].target.low
    '800'
    """
    entries = {row.key: row for row in rows}
    for revision in _revisions_of(table, revisions, days):
        row = entries.get(revision.entry)
        if row is not None:
            cells = {revision.column: revision.value, "source": revision.source}
            if row.layout().column(revision.column).progress and revision.recorded:
                cells["recorded"] = revision.recorded.isoformat()
            entries[revision.entry] = row.with_cells(**cells)
    return tuple(entries.values())


def revised_frame(
    table: str, frame: pd.DataFrame, revisions: Iterable[Revision], days: SourceDays
) -> pd.DataFrame:
    """The rows of a table that is a frame of texts, such as spending, with its revisions.

    >>> row = {"project": "mill", "good": "total", "period": "2022", "value": "5", "source": "law"}
    >>> cells = {"table": "spending", "entry": "mill total 2022", "column": "value", "value": "7",
    ...          "source": "paper", "recorded": "2023-01-02"}
    >>> changes = [Revision.read(cells)]
    >>> revised_frame("spending", pd.DataFrame([row]), changes, {})[["value", "source"]].values
    array([['7', 'paper']], dtype=object)
    """
    rows = frame_rows(table, frame)
    for revision in _revisions_of(table, revisions, days):
        if revision.entry in rows:
            rows[revision.entry] |= {revision.column: revision.value, "source": revision.source}
    return pd.DataFrame(list(rows.values()), columns=frame.columns) if rows else frame


def frame_rows(table: str, frame: pd.DataFrame) -> dict[str, dict[str, str]]:
    """The rows of a table that is a frame, each by what names it: its key, separated by spaces.

    >>> row = {"project": "mill", "field": "start", "value": "2022"}
    >>> frame_rows("operation", pd.DataFrame([row]))["mill start"]["value"]
    '2022'
    """
    key = schema.table(f"plan_{table}").key
    rows = [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]
    return {" ".join(row[name] for name in key): row for row in rows}


def _revisions_of(table: str, revisions: Iterable[Revision], days: SourceDays) -> list[Revision]:
    """The revisions of a table in the order in which they became known."""

    def order(revision: Revision) -> tuple[date, date, int]:
        published = since(revision.layout(), lambda name: getattr(revision, name), days)
        return published or date.min, revision.recorded or date.min, revision.row

    return sorted((revision for revision in revisions if revision.table == table), key=order)
