"""The rows of a plan as they are in force: as first recorded, with their revisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from songhua.known import SourceDays, since
from songhua.plan.cells import Entry
from songhua.plan.entries import Revision

E = TypeVar("E", bound=Entry)


def revised(
    table: str, rows: Iterable[E], revisions: Iterable[Revision], days: SourceDays
) -> tuple[E, ...]:
    """The rows of a table with its revisions, in the order in which these became known.

    A revision is known since its source was published; where that is unknown, since the day of
    its recording. Of two of the same day the one recorded last holds. A revised row names the
    source of its last revision. One that tells progress has its day too, so that it is the last
    word against a report that came before.

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

    def order(one: Revision) -> tuple[date, date, int]:
        known = since(one.layout(), lambda name: getattr(one, name), days)
        return known or date.min, one.recorded or date.min, one.row

    found = {row.key: row for row in rows}
    for one in sorted(revisions, key=order):
        row = found.get(one.entry)
        if row is not None and one.table == table:
            cells = {one.column: one.value, "source": one.source}
            if row.layout().column(one.column).progress and one.recorded:
                cells["recorded"] = one.recorded.isoformat()
            found[one.entry] = row.with_cells(**cells)
    return tuple(found.values())
