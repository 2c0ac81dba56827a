"""Changes of a session: rows read and checked as if they stood in the folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import pandas as pd

from songhua import checks, schema
from songhua.errors import Fault, SonghuaError
from songhua.labels.lookup import unknown_label
from songhua.plan import Plan
from songhua.reading import rows as typed_rows
from songhua.session.change import Change, Row, Rows
from songhua.session.doubts import with_doubts
from songhua.session.fault_kinds import ChangeNoPlan, ChangeRangeFixed, ChangeScenarioAgain
from songhua.session.opened import Opened
from songhua.store import digest

S = TypeVar("S", bound=Opened)
FIGURES = "figures"
#: Changeable parts of the plan: the part, the columns that name a row, and the table.
TABLES = {
    "assumptions": ("plan.assumptions", ("name", "scope"), "plan_assumptions"),
    "projects": ("plan.operation", ("project", "field"), "plan_operation"),
    "targets": ("plan.targets", ("id",), "plan_targets"),
}
#: Parts that a scenario changes.
OF_SCENARIO = ("plan.assumptions", "plan.spending", "plan.operation", "plan.scenarios")


def applied(session: S, change: Change) -> S:
    """The session after a change.

    Raises:
        SonghuaError: every fault of the change, with what was changed as its place.
    """
    whole = session.whole
    region, wrong = typed_rows.figures(whole.region, change.figures, FIGURES)
    faults = [replace(fault, file=FIGURES) for fault in wrong]
    plan, labels = whole.plan, {}
    try:
        plan = _scenario(plan, change.scenario)
    except SonghuaError as error:
        faults += [replace(fault, file="scenario") for fault in error.faults]
    for name in TABLES:
        rows: Rows = getattr(change, name)
        if rows and plan is None:
            faults.append(ChangeNoPlan(name))
        elif rows and plan is not None:
            plan, numbers, wrong = _planned(plan, name, rows, session)
            labels[name], faults = numbers, faults + wrong
    if not faults:
        faults = [_placed(fault, labels) for fault in checks.check(region, plan)]
    if faults:
        raise SonghuaError(*faults)
    whole = replace(whole, region=region, plan=plan)
    view = whole.view(session.as_of)
    return replace(
        session,
        region=with_doubts(view.region),
        plan=view.plan,
        whole=whole,
        parts=_parts(session.parts, change),
        changes=(*session.changes, change),
    )


def _scenario(plan: Plan | None, name: str) -> Plan | None:
    """The plan under a scenario; two at once would be neither."""
    if not name:
        return plan
    if plan is None:
        raise SonghuaError(ChangeNoPlan())
    if plan.scenario not in ("", name):
        raise SonghuaError(ChangeScenarioAgain(name=name, other=plan.scenario))
    return plan.with_scenario(name)


def _planned(
    plan: Plan, name: str, rows: Rows, session: Opened
) -> tuple[Plan, dict[int, str], list[Fault]]:
    """The plan with rows of one table changed; by number of the row what was changed; faults."""
    part, key, table = TABLES[name]
    file = part.removeprefix("plan.")
    plan = plan.in_force(session.whole.region.sources, file)
    frame = plan.frames()[file]
    ids = set(frame["id"]) if name == "targets" and len(frame) else set()
    strange = [row["id"] for row in rows if name == "targets" and row["id"] not in ids]
    if strange:
        return plan, {}, [_unknown(id, ids) for id in strange]
    labels = [" · ".join(filter(None, (row[column] for column in key))) for row in rows]
    whole = _completed(frame, rows, name)
    read, wrong = typed_rows.texts(table, whole, session.whole.region, name)
    faults = [_labelled(fault, name, labels[fault.row - 1] if fault.row else "") for fault in wrong]
    faults += [
        ChangeRangeFixed(name, None, label)
        for label, row, full in zip(labels, rows, whole, strict=True)
        if (row.get("low") or row.get("high")) and full.get("distribution") in ("", "fixed", None)
    ]
    if faults:
        return plan, {}, faults
    merged, places = _merged(frame, read, key)
    numbers = dict(zip(places, labels, strict=True))
    try:
        return plan.with_tables(**{file: merged}), numbers, []
    except SonghuaError as error:
        return plan, {}, [_labelled(f, name, numbers.get(f.row or 0, "")) for f in error.faults]


def _completed(frame: pd.DataFrame, rows: Rows, name: str) -> list[Row]:
    """Rows with the cells that they do not name, each from the row that it replaces.

    An assumption of one project takes them from that of all. Source and note of the old value
    do not hold for the new one; a target has its source from the plan.
    """
    key = TABLES[name][1]
    places = _places(frame, key)
    new = {"recorded": str(max(frame["recorded"]))} if len(frame) else {}
    cleared = {} if name == "targets" else {"source": "", "note": ""}
    completed: list[Row] = []
    for row in rows:
        labels = tuple(row[column] for column in key)
        of_all = tuple("" if column == "scope" else row[column] for column in key)
        at = places.get(labels, places.get(of_all))
        cells = {} if at is None else frame.iloc[at].drop("row").to_dict()
        base = {str(column): str(cell) for column, cell in cells.items()} or new
        completed.append({**base, **cleared, **row})
    return completed


def _places(frame: pd.DataFrame, key: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    """Where each key stands first."""
    if frame.empty:
        return {}
    keys = list(zip(*(frame[name] for name in key), strict=True))
    return {keys[at]: at for at in range(len(keys) - 1, -1, -1)}


def _merged(
    frame: pd.DataFrame, read: pd.DataFrame, key: tuple[str, ...]
) -> tuple[pd.DataFrame, list[int]]:
    """The table with the rows put in place of those with the same key, or added; their numbers."""
    numbers = list(frame["row"])
    columns = {str(name): list(frame[name]) for name in read.columns}
    places, last = _places(frame, key), max(numbers, default=1)
    changed: list[int] = []
    for row in read.to_dict("records"):
        at = places.setdefault(tuple(row[name] for name in key), len(numbers))
        if at == len(numbers):
            last += 1
            numbers.append(last)
            for values in columns.values():
                values.append("")
        for name in read.columns:
            columns[str(name)][at] = row[name]
        changed.append(int(numbers[at]))
    merged = pd.DataFrame({n: pd.Series(values, dtype="str") for n, values in columns.items()})
    return merged.assign(row=numbers), changed


def _unknown(text: str, ids: set[str]) -> Fault:
    return replace(unknown_label("targets", ids, text), file="targets", column=text[:80])


def _labelled(fault: Fault, name: str, label: str) -> Fault:
    """A fault at the changed cell, without a column that only names the row again."""
    column = "" if label and fault.column in TABLES[name][1] else fault.column
    column = " · ".join(filter(None, (label, column)))
    return replace(fault, file=name, row=None, column=column)


def _placed(fault: Fault, labels: Mapping[str, Mapping[int, str]]) -> Fault:
    """A fault of the whole folder, placed at the change that caused it where that is known."""
    for name, (_, _, table) in TABLES.items():
        if fault.file == schema.where(table) and name in labels:
            return _labelled(fault, name, labels[name].get(fault.row or 0, ""))
    if fault.file.endswith(f"/{FIGURES}"):
        return replace(fault, file=FIGURES)
    return fault


def _parts(old: Mapping[str, str], change: Change) -> dict[str, str]:
    """The digests of the parts: that of a changed part is of the old one and the change."""
    data = change.as_dict()
    touched = {part: [data[name]] for name, (part, _, _) in TABLES.items() if name in data}
    if FIGURES in data:
        touched["observations"] = [data[FIGURES]]
    for part in OF_SCENARIO if change.scenario else ():
        touched[part] = [*touched.get(part, ()), change.scenario]
    return {**old, **{part: digest([old[part], *changed]) for part, changed in touched.items()}}
