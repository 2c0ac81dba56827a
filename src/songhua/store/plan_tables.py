"""A plan's table of indicators taken into the targets of a folder: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path

import pandas as pd

from songhua import schema
from songhua.errors import SonghuaError
from songhua.plan import Plan
from songhua.reading.change_fault_kinds import (
    PlanTableColumns,
    PlanTableNone,
    PlanTableNoPlan,
    PlanTableStands,
)
from songhua.reading.crosstabs.texts import Words
from songhua.reading.csv_lines import heading as names_of
from songhua.reading.csv_lines import with_row
from songhua.reading.plan_tables.heading import find_heading
from songhua.reading.plan_tables.table import Row, Table, growth_apart, read_table
from songhua.reading.sheets import first_table
from songhua.reading.sheets.grid import Grid
from songhua.region import Region
from songhua.store.case import assembled
from songhua.store.imports import Import, content_of
from songhua.store.port import Store
from songhua.store.source import Raw

FILE = "plan/targets.csv"
#: A table of indicators is a page or two; a larger file is not looked into twice.
MOST = 500_000


def recognised(content: bytes, name: str) -> bool:
    """True for a plan's table of indicators: a file that says how far each of them binds."""
    if len(content) > MOST:
        return False
    grid = first_table(content, name)
    heading = None if grid is None else find_heading(grid)
    return heading is not None and heading.certain


def take(store: Store, file: Path, defaults: Mapping[str, str]) -> Import:
    """Add the targets of a plan's table of indicators to `plan/targets.csv`.

    `defaults` has the day `recorded`, and the `source` where it is not that of the plan. Targets
    that stand there already are passed over.

    Raises:
        SonghuaError: faults of the folder and of the file, and all that is doubtful in it;
            `plan_table_none`, `plan_table_no_plan`; nothing is written then.
    """
    grid = first_table(content_of(file), file.name)
    with store.alone():
        raw = store.read()
        planned, content = _planned(raw, file, grid, defaults)
        if len(planned.rows):
            store.append(raw, {FILE: content})
    return planned


def _planned(
    raw: Raw, file: Path, grid: Grid | None, defaults: Mapping[str, str]
) -> tuple[Import, bytes]:
    whole = assembled(raw)
    plan, region = whole.plan, whole.region
    if plan is None:
        raise SonghuaError(PlanTableNoPlan("plan/plan.toml"))
    heading = None if grid is None else find_heading(grid)
    if grid is None or heading is None:
        raise SonghuaError(PlanTableNone(file.name))
    table = read_table(grid, heading, Words(region), plan.period, file.name)
    new, repeated = _new(table, plan, region)
    if table.doubts:
        raise SonghuaError(*table.doubts)
    rows = _with_ids([row for row, _ in new], plan, defaults)
    names = schema.table("plan_targets").names
    content = raw.files.get(FILE, (",".join(names) + "\n").encode())
    first = len(content.splitlines()) + 1
    for row in rows:
        content = with_row(content, row)
    if lacking := {name for row in rows for name in row} - {*names_of(content)}:
        raise SonghuaError(PlanTableColumns(FILE, 1, names=tuple(lacking)))
    places = {first + n: place for n, (_, place) in enumerate(new)}
    _check(raw.with_files({FILE: content}), file, places)
    years = 0 if heading.base is None else (heading.target or 0) - heading.base
    warned = (
        replace(doubt, file=file.name, column=place)
        for row, place in new
        if (doubt := growth_apart(row, years))
    )
    blank = dict.fromkeys(names, "")
    frame = pd.DataFrame([{**blank, **row} for row in rows], columns=pd.Index(names))
    left_out = tuple(table.left_out)
    return Import(frame, FILE, repeated, (), (), tuple(warned), None, region, left_out), content


def _new(table: Table, plan: Plan, region: Region) -> tuple[list[tuple[Row, str]], int]:
    """The targets that the plan does not have; one with other words is a doubt."""
    stands = {
        (t.indicator, t.region or region.code, t.industry or "all", str(t.period)): t.text
        for t in plan.targets
    }
    new: list[tuple[Row, str]] = []
    repeated = 0
    for row, place in table.rows:
        labels = (row.get("region") or region.code, row.get("industry") or "all")
        about = (row["indicator"], *labels, row["period"])
        text = stands.setdefault(about, "")
        if not text:
            stands[about] = row["text"]
            new.append((row, place))
        elif text == row["text"]:
            repeated += 1
        else:
            name = region.words("indicators", row["indicator"])
            table.doubt(PlanTableStands(indicator=name, text=row["text"], held=text), place)
    return new, repeated


def _with_ids(rows: list[Row], plan: Plan, defaults: Mapping[str, str]) -> list[Row]:
    """The rows with an id each, their source and the day on which they are recorded."""
    ids_in_use = {target.id for target in plan.targets}
    targets: list[Row] = []
    for row in rows:
        parts = [row["indicator"], row.get("region", ""), row.get("industry", "")]
        stem = "-".join(filter(None, parts)).replace("_", "-")
        year = row["period"].replace("plan:", "").replace("..", "-")
        ids = (f"{stem}-{year}{f'-{n}' if n > 1 else ''}" for n in count(1))
        id = next(name for name in ids if name not in ids_in_use)
        ids_in_use.add(id)
        targets.append({"id": id, **row, "source": plan.source, **defaults})
    return targets


def _check(raw: Raw, file: Path, places: Mapping[int, str]) -> None:
    """Check the case with the targets whole; faults of theirs stand at the sheet's cells."""
    try:
        assembled(raw)
    except SonghuaError as error:
        raise SonghuaError(
            *(
                replace(fault, file=file.name, row=None, column=places[fault.row or 0])
                if fault.file == FILE and fault.row in places
                else fault
                for fault in error.faults
            )
        ) from None
