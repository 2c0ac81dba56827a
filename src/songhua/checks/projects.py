"""What must hold of the money and the operation of a plan's projects."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import pandas as pd

from songhua.checks import values
from songhua.checks.assumptions import money, outside
from songhua.checks.places import row_of
from songhua.errors import Fault, SonghuaError
from songhua.labels import convert
from songhua.plan import Plan
from songhua.plan.assumptions import GOODS, NAMES, find

SPENDING = "plan/spending.csv"
OPERATION = "plan/operation.csv"
JOBS = "jobs"


def projects_of(plan: Plan) -> list[str]:
    """The projects that have money or a field of operation, in the order of the files."""
    frames = [frame for frame in (plan.spending, plan.operation) if len(frame)]
    return list(dict.fromkeys(str(id) for frame in frames for id in frame["project"]))


def spending_sound(plan: Plan) -> list[Fault]:
    """Faults of every row of spending: years, money, and what it is to be split by."""
    return [
        Fault(fault.code, SPENDING, row_of(row), fault.column, fault.params)
        for _, row in plan.spending.iterrows()
        for fault in _spent(row, plan.assumptions)
    ]


def operation_sound(plan: Plan, codes: Collection[str] | None) -> list[Fault]:
    """Faults of every field of a project, and of projects that lack one.

    `codes` are the industries of the region's tables; None, where they are not to be judged.
    """
    faults = [
        Fault(fault.code, OPERATION, row_of(row), fault.column, fault.params)
        for _, row in plan.operation.iterrows()
        for fault in _operated(row, codes)
    ]
    for project in dict.fromkeys(plan.operation["project"]) if len(plan.operation) else ():
        faults += _runs(project, plan)
    return faults


def _spent(row: pd.Series, assumptions: pd.DataFrame) -> list[Fault]:
    """Faults of one row of spending, without place."""
    faults: list[Fault] = []
    if not re.fullmatch(r"\d{4}(\.\.\d{4})?", row["period"]):
        faults.append(Fault("years_wanted", column="period", params={"text": row["period"]}))
    if row["value"] == "" and find(assumptions, "spending", row["project"]) is None:
        params = {"name": "spending", "scope": row["project"]}
        faults.append(Fault("assumption_missing", column="value", params=params))
    if row["value"] != "":
        faults += money(row["unit"]) + outside("spending", {"value": row["value"]})
    if row["good"] == "total":
        shares = [find(assumptions, f"share_{good}", row["project"]) for good in GOODS]
        if not any(share is not None for share in shares):
            params = {"name": "share_…", "scope": row["project"]}
            faults.append(Fault("assumption_missing", column="good", params=params))
    if row["local"] != "":
        faults += [
            Fault(fault.code, column="local", params=fault.params)
            for fault in outside("local_structures", {"value": row["local"]})
        ]
    return faults


def _operated(row: pd.Series, codes: Collection[str] | None) -> list[Fault]:
    """Faults of one field of a project, without place."""
    text, field = row["value"], row["field"]
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
        return _persons(text, row["unit"])
    unit = money(row["unit"]) if NAMES[field].unit == "money" else []
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
    fields = set(plan.operation.loc[plan.operation["project"] == project, "field"])
    known = bool(fields & {"output", JOBS})
    if not known and "start" not in fields:
        return []
    wanted: list[Any] = [field for field in ("industry", "start") if field not in fields]
    invests = len(plan.spending) and project in set(plan.spending["project"])
    assumed = find(plan.assumptions, "output", project) is not None or (
        invests and find(plan.assumptions, "output_per_investment", project) is not None
    )
    if not known and not assumed:
        wanted.append("output")
    return [
        Fault("field_missing", OPERATION, params={"project": project, "field": field})
        for field in wanted
    ]
