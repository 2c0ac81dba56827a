"""Checks of a plan's revisions: a row that there is, and a value that its column can have."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping

from songhua import schema
from songhua.checks import values
from songhua.checks.plan_fault_kinds import ChangeOfNothing, ChangeOfNothingNear
from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import ChoiceUnknown
from songhua.labels.lookup import LENGTH
from songhua.plan import ENTRIES, Entry, Plan, Revision
from songhua.plan.entries import schema_of
from songhua.plan.revisions import frame_rows
from songhua.schema import TableSchema

#: Columns that a revision has of its own.
OF_REVISION = ("source", "recorded")
#: The tables that may be revised and are frames.
FRAMES = ("spending", "operation")


def revisions_sound(plan: Plan) -> Iterator[Fault]:
    """A revision must be of a row that there is, and a value that its column can have.

    >>> import pandas as pd
    >>> from songhua.labels import parse_period
    >>> one = Revision.read({"table": "targets", "entry": "jobs", "column": "text"}, row=2)
    >>> none = pd.DataFrame()
    >>> plan = Plan({}, parse_period("2024"), 2023, {}, "", none, none, changes=(one,))
    >>> [(fault.code, fault.row) for fault in revisions_sound(plan)]
    [('change_of_nothing', 2)]
    """
    entries: dict[str, Mapping[str, Entry | None]] = {
        name: {row.key: row for row in getattr(plan, name)} for name in ENTRIES
    }
    for name in FRAMES:
        entries[name] = dict.fromkeys(frame_rows(name, getattr(plan, name)))
    for revision in plan.changes:
        if revision.entry not in entries[revision.table]:
            yield _of_nothing(revision, entries[revision.table])
            continue
        table = schema.table(schema_of(revision.table))
        if revision.column not in (choices := revisable(table)):
            text, where = revision.column[:LENGTH], revision.where("column")
            yield ChoiceUnknown(*where, text=text, choices=tuple(choices))
        elif row := entries[revision.table][revision.entry]:
            yield from _value(revision, row)
        else:
            for fault in values.check(table.column(revision.column), revision.value, {}):
                yield fault.at(*revision.where("value"))


def revisable(table: TableSchema) -> list[str]:
    """The columns of a table's rows that may be revised: all but those that name the row.

    >>> revisable(schema.table("plan_products"))[:2]
    ['reached', 'state']
    """
    return [name for name in table.names if name not in (*table.key, *OF_REVISION)]


def _of_nothing(revision: Revision, keys: Iterable[str]) -> Fault:
    near = difflib.get_close_matches(revision.entry[:LENGTH], list(keys), n=1, cutoff=0.6)
    kind = ChangeOfNothingNear if near else ChangeOfNothing
    path, where = f"plan/{revision.table}.csv", revision.where("entry")
    return kind(*where, text=revision.entry[:LENGTH], path=path, near="".join(near))


def _value(revision: Revision, row: Entry) -> Iterator[Fault]:
    try:
        row.with_cells(**{revision.column: revision.value})
    except SonghuaError as error:
        for fault in error.faults:
            yield fault.at(*revision.where("value"))
