"""What must hold of the money and the operation of a plan's projects."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from songhua.checks import values
from songhua.checks.assumptions import money, outside
from songhua.errors import Fault, SonghuaError
from songhua.labels import convert
from songhua.plan import Plan
from songhua.plan.assumptions import GOODS, NAMES, AssumptionRow, OperationRow, SpendingRow, find

SPENDING = "plan/spending.csv"
OPERATION = "plan/operation.csv"
JOBS = "jobs"


def projects_of(plan: Plan) -> list[str]:
    """The projects that have money or a field of operation, in the order of the files."""
    rows = (*plan.spending_rows, *plan.operation_rows)
    return list(dict.fromkeys(row.project for row in rows))


def spending_sound(plan: Plan) -> list[Fault]:
    """Faults of every row of spending: years, money, and what it is to be split by."""
    return [
        Fault(fault.code, SPENDING, row.row or None, fault.column, fault.params)
        for row in plan.spending_rows
        for fault in _spent(row, plan.assumption_rows)
    ]


def operation_sound(plan: Plan, codes: Collection[str] | None) -> list[Fault]:
    """Faults of every field of a project, and of projects that lack one.

    `codes` are the industries of the region's tables; None, where they are not to be judged.
    """
    faults = [
        Fault(fault.code, OPERATION, row.row or None, fault.column, fault.params)
        for row in plan.operation_rows
        for fault in _operated(row, codes)
    ]
    for project in dict.fromkeys(row.project for row in plan.operation_rows):
        faults += _runs(project, plan)
    return faults


def _spent(row: SpendingRow, assumptions: Sequence[AssumptionRow]) -> list[Fault]:
    """Faults of one row of spending, without place."""
    faults: list[Fault] = []
    if not re.fullmatch(r"\d{4}(\.\.\d{4})?", row.period):
        faults.append(Fault("years_wanted", column="period", params={"text": row.period}))
    if row.value == "" and find(assumptions, "spending", row.project) is None:
        params = {"name": "spending", "scope": row.project}
        faults.append(Fault("assumption_missing", column="value", params=params))
    if row.value != "":
        faults += money(row.unit) + outside("spending", {"value": row.value})
    if row.good == "total":
        shares = [find(assumptions, f"share_{good}", row.project) for good in GOODS]
        if not any(share is not None for share in shares):
            params = {"name": "share_…", "scope": row.project}
            faults.append(Fault("assumption_missing", column="good", params=params))
    if row.local != "":
        faults += [
            Fault(fault.code, column="local", params=fault.params)
            for fault in outside("local_structures", {"value": row.local})
        ]
    return faults


def _operated(row: OperationRow, codes: Collection[str] | None) -> list[Fault]:
    """Faults of one field of a project, without place."""
    text, field = row.value, row.field
    short = {"text": text[:80]}
    if field == "industry":
        wrong = [] if codes is None else values.label(text, codes, "table")
        return [Fault(fault.code, column="value", params=fault.params) for fault in wrong]
    if field == "place":
        return []
    if field == "start":
        fine = re.fullmatch(r"\d{4}", text) is not None
        return [] if fine else [Fault("years_wanted", column="value", params=short)]
    if not re.match(values.DECIMAL, text):
        return [Fault("number_unreadable", column="value", params=short)]
    if field == JOBS:
        return _persons(text, row.unit)
    unit = money(row.unit) if NAMES[field].unit == "money" else []
    return unit + outside(field, {"value": text})


def _persons(text: str, unit: str) -> list[Fault]:
    if unit == "":
        return [Fault("value_missing", column="unit")]
    try:
        convert(1, unit, "persons")
    except SonghuaError as error:
        return [Fault(fault.code, column="unit", params=fault.params) for fault in error.faults]
    params = {"name": JOBS, "text": text, "least": "0"}
    return [Fault("below_least", column="value", params=params)] if float(text) < 0 else []


def _runs(project: str, plan: Plan) -> list[Fault]:
    """A project that sells has an industry, a start, and sales known or assumed."""
    fields = {row.field for row in plan.operation_rows if row.project == project}
    known = bool(fields & {"output", JOBS})
    if not known and "start" not in fields:
        return []
    wanted = [field for field in ("industry", "start") if field not in fields]
    invests = any(row.project == project for row in plan.spending_rows)
    assumed = find(plan.assumption_rows, "output", project) is not None or (
        invests and find(plan.assumption_rows, "output_per_investment", project) is not None
    )
    if not known and not assumed:
        wanted.append("output")
    return [
        Fault("field_missing", OPERATION, params={"project": project, "field": field})
        for field in wanted
    ]
