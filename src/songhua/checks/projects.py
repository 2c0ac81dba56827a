"""Checks of the money and the operation of a plan's projects."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from songhua.checks import values
from songhua.checks.assumptions import money, outside
from songhua.checks.fault_kinds import FieldMissing, HorizonFar, YearsWanted
from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import AssumptionMissing, BelowLeast, NumberUnreadable, ValueMissing
from songhua.labels import convert
from songhua.plan import Plan
from songhua.plan.assumptions import GOODS, NAMES, Assumptions, OperationRow, SpendingRow

#: The most years between the plan's base year and the money or the start of a project.
HORIZON = 60
PLAN = "plan/plan.toml"
SPENDING = "plan/spending.csv"
OPERATION = "plan/operation.csv"
JOBS = "jobs"


def projects_of(plan: Plan) -> Collection[str]:
    """The projects that have money or a field of operation, in the order of the files."""
    rows = (*plan.spending_rows, *plan.operation_rows)
    return dict.fromkeys(row.project for row in rows).keys()


def period_near(plan: Plan) -> list[Fault]:
    """A fault where the plan's own period ends or begins too far from its base year."""
    years = f"{plan.period.start.year}..{plan.period.end.year}"
    return [fault.at(PLAN, None, fault.column) for fault in _far(years, plan.base_year, "period")]


def spending_sound(plan: Plan) -> list[Fault]:
    """Faults of every row of spending: years, money, and what it is to be split by."""
    assumed, base = Assumptions.of(plan.assumption_rows), plan.base_year
    return [
        fault.at(SPENDING, row.row or None, fault.column)
        for row in plan.spending_rows
        for fault in (*_spent(row, assumed), *_far(row.period, base, "period"))
    ]


def operation_sound(plan: Plan, codes: Collection[str] | None) -> list[Fault]:
    """Faults of every field of a project, and of projects that lack one.

    `codes` are the industries of the region's tables; None, where they are not to be judged.
    """
    faults = [
        fault.at(OPERATION, row.row or None, fault.column)
        for row in plan.operation_rows
        for fault in (
            *_operated(row, codes),
            *(_far(row.value, plan.base_year, "value") if row.field == "start" else ()),
        )
    ]
    fields: dict[str, set[str]] = {}
    for row in plan.operation_rows:
        fields.setdefault(row.project, set()).add(row.field)
    assumed = Assumptions.of(plan.assumption_rows)
    spending = {row.project for row in plan.spending_rows}
    for project, project_fields in fields.items():
        faults += _runs(project, project_fields, project in spending, assumed)
    return faults


def _far(years: str, base: int, column: str) -> Iterator[Fault]:
    """A fault for each year that lies further from the base year than a simulation reaches."""
    for year in dict.fromkeys(map(int, re.findall(r"\d{4}", years))):
        if abs(year - base) > HORIZON:
            yield HorizonFar(column=column, year=str(year), base=str(base), most=HORIZON)


def _spent(row: SpendingRow, assumed: Assumptions) -> list[Fault]:
    """Faults of one row of spending, without place."""
    faults: list[Fault] = []
    if not re.fullmatch(r"\d{4}(\.\.\d{4})?", row.period):
        faults.append(YearsWanted(column="period", text=row.period))
    if row.value == "" and assumed.find("spending", row.project) is None:
        faults.append(AssumptionMissing(column="value", name="spending", scope=row.project))
    if row.value != "":
        faults += money(row.unit) + outside("spending", {"value": row.value})
    if row.good == "total":
        shares = [assumed.find(f"share_{good}", row.project) for good in GOODS]
        if not any(share is not None for share in shares):
            faults.append(AssumptionMissing(column="good", name="share_…", scope=row.project))
    if row.local != "":
        faults += [
            fault.at(column="local") for fault in outside("local_structures", {"value": row.local})
        ]
    return faults


def _operated(row: OperationRow, codes: Collection[str] | None) -> list[Fault]:
    """Faults of one field of a project, without place."""
    text, field = row.value, row.field
    if field == "industry":
        wrong = [] if codes is None else values.label(text, codes, "table")
        return [fault.at(column="value") for fault in wrong]
    if field == "place":
        return []
    if field == "start":
        fine = re.fullmatch(r"\d{4}", text) is not None
        return [] if fine else [YearsWanted(column="value", text=text[:80])]
    if not re.match(values.DECIMAL, text):
        return [NumberUnreadable(column="value", text=text[:80])]
    if field == JOBS:
        return _persons(text, row.unit)
    unit = money(row.unit) if NAMES[field].unit == "money" else []
    return unit + outside(field, {"value": text})


def _persons(text: str, unit: str) -> list[Fault]:
    if unit == "":
        return [ValueMissing(column="unit")]
    try:
        convert(1, unit, "persons")
    except SonghuaError as error:
        return [fault.at(column="unit") for fault in error.faults]
    return [BelowLeast(column="value", name=JOBS, text=text, least="0")] if float(text) < 0 else []


def _runs(
    project: str, fields: Collection[str], invests: bool, assumptions: Assumptions
) -> list[Fault]:
    """A project that sells has an industry, a start, and sales known or assumed."""
    sales_known = "output" in fields or JOBS in fields
    if not sales_known and "start" not in fields:
        return []
    wanted = [field for field in ("industry", "start") if field not in fields]
    assumed = assumptions.find("output", project) is not None or (
        invests and assumptions.find("output_per_investment", project) is not None
    )
    if not sales_known and not assumed:
        wanted.append("output")
    return [FieldMissing(OPERATION, project=project, field=field) for field in wanted]
