"""Rows of a plan's tables as they stand in their files, and one of them written otherwise."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from songhua import schema
from songhua.errors import SonghuaError
from songhua.labels.lookup import refuse_absent
from songhua.reading.change_fault_kinds import CorrectSame, PlanRowOvertaken
from songhua.reading.csv_lines import with_cells
from songhua.region import Region
from songhua.region.newest import answers
from songhua.store.case import assembled
from songhua.store.corrections import assembled_with
from songhua.store.digests import digest
from songhua.store.entered import Entered, refuse_odd
from songhua.store.port import Store
from songhua.store.source import Raw

#: The tables of a plan whose rows are corrected one by one.
PLAN_TABLES = ("targets", "measures", "projects")
#: Columns that tell the state of a task or a milestone, of which the newest word counts.
STATES = ("status", "done_on", "evidence", "state", "actual")
Cells = Mapping[str, str]


def rows_of_plan(store: Store, table: str) -> dict[str, dict[str, str]]:
    """The rows of one of `PLAN_TABLES` by a digest of their key, each as texts by column."""
    return {id: cells for id, (_, cells) in _rows(store.read(), table).items()}


def change_plan_row(store: Store, table: str, id: str, cells: Cells) -> Entered:
    """Write other cells into one row of a plan's table.

    The promises in a recorded row stay as they are: the check of the whole folder refuses a change,
    and explains how to revise a plan.

    Raises:
        SonghuaError: `label_unknown`, where there is no such row; `correct_same`;
            `plan_row_overtaken`, where a department's answer is newer than another state; all
            faults of the folder with the row; those of the row have its column.
    """
    file = schema.where(f"plan_{table}")
    with store.alone():
        raw = store.read()
        whole = assembled(raw, store)
        refuse_odd(cells)
        rows = _rows(raw, table)
        refuse_absent(table, rows, id)
        row, before = rows[id]
        texts = {name: text.strip() for name, text in cells.items()}
        if all(before.get(name, "") == text for name, text in texts.items()):
            raise SonghuaError(CorrectSame())
        _refuse_overtaken(whole.region, table, before, {**before, **texts})
        content = with_cells(raw.files[file], row, texts)
        assembled_with(store, raw, file, content, row)
        store.revise(raw, {file: content}, reason=texts.get("note", ""))
    return Entered(id, file, row)


def _refuse_overtaken(region: Region, table: str, before: Cells, after: Cells) -> None:
    """Refuse another state of what a department reported on since: its answer would still hold."""
    described = schema.table(f"plan_{table}")
    states = [name for name in STATES if name in described.names]
    if all(before.get(name, "") == after.get(name, "") for name in states):
        return
    about = ("task", "", before.get("id", ""))
    if table == "projects" and before.get("kind") != "milestone":
        return
    if table == "projects":
        about = ("milestone", before.get("project", ""), before.get("item", ""))
    for row in reversed(answers(region.reviews, region.code)):
        day = row.received[:10]
        if (row.sort, row.entity, row.item) == about and day >= after.get("recorded", ""):
            raise SonghuaError(PlanRowOvertaken(column="recorded", day=day, reporter=row.reporter))


def _rows(raw: Raw, table: str) -> dict[str, tuple[int, dict[str, str]]]:
    """Rows by a digest of their key: the number of the row, and its cells."""
    described = schema.table(f"plan_{table}")
    text = raw.files.get(described.where, b"").decode("utf-8-sig", "replace")
    reader, rows = csv.DictReader(io.StringIO(text, newline="")), {}
    for cells in reader:
        texts = {name: cells.get(name) or "" for name in reader.fieldnames or ()}
        key = [texts.get(name, "") for name in described.key]
        rows[digest(key)[:16]] = reader.line_num, texts
    return rows
