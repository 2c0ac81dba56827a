"""The plan's projects, assumptions and scenarios: what must hold beyond their cells' types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from songhua import schema
from songhua.errors import Fault, SonghuaError
from songhua.labels import convert
from songhua.maths.ensemble import Parameter, draws
from songhua.plan.assumptions import GOODS, NAMES, find, rows
from songhua.store import catalogues, values
from songhua.store.catalogues import Document, Entry
from songhua.store.values import nearest

FOLDER = "plan/scenarios/"
SHARES = ("replace", "export", "displace", "outside")
#: What simulate cannot do without, once there are projects.
NEEDED = ("pay", "spent", "residents", "realised")


def scenarios(
    documents: Mapping[str, Document], known: values.Known
) -> tuple[dict[str, dict[str, Any]], list[Fault]]:
    """The scenarios by the name of their file, each with its changes."""
    found: dict[str, dict[str, Any]] = {}
    faults: list[Fault] = []
    for file, document in documents.items():
        if not file.startswith(FOLDER):
            continue
        for name in document.data:
            if name not in ("scenario", "changes"):
                params = {"name": name, "near": "", "columns": "scenario, changes"}
                faults.append(Fault("key_unknown", file, document.row(name), "", params))
        head = document.data.get("scenario")
        if not isinstance(head, dict):
            faults.append(Fault("table_missing", file, params={"name": "scenario"}))
            continue
        entry, wrong = catalogues.one_entry(
            document, ("scenario",), head, schema.table("plan_scenarios"), known
        )
        changes, more = catalogues.entries(
            document, document.data.get("changes", {}), schema.table("plan_changes"), known,
            "changes",
        )  # fmt: skip
        faults += wrong + more
        if not wrong and not more:
            texts = {id: _texts(change) for id, change in changes.items()}
            found[file.removeprefix(FOLDER).removesuffix(".toml")] = entry | {"changes": texts}
            faults += [
                fault
                for id, change in texts.items()
                for fault in _assumption(change, file, document.row("changes", id), set())
            ]
    return found, faults


def _texts(change: Entry) -> dict[str, str]:
    """A change in the form of a row of assumptions.csv."""
    return {name: str(value) for name, value in change.items()}


def check(
    spending: pd.DataFrame,
    operation: pd.DataFrame,
    assumptions: pd.DataFrame,
    scenarios: Mapping[str, Mapping[str, Any]],
    codes: set[str],
) -> list[Fault]:
    """All faults of the projects: values, units, and what is neither known nor assumed."""
    projects = {*spending["project"], *operation["project"]}
    faults = [f for r in rows(spending) for f in _spent(r, assumptions)]
    faults += [f for r in rows(operation) for f in _operated(r, codes)]
    file = "plan/assumptions.csv"
    faults += [f for r in rows(assumptions) for f in _assumption(r, file, r["row"], projects)]
    for name in NEEDED if projects else ():
        if find(assumptions, name) is None:
            faults.append(Fault("assumption_missing", file, params={"name": name, "scope": ""}))
    sold = operation[operation["field"].isin(("output", "jobs"))]
    for project in dict.fromkeys(operation["project"]):
        faults += _runs(project, operation, sold, spending, assumptions)
    for name, scenario in scenarios.items():
        for change in scenario["changes"].values():
            if change["scope"] and change["scope"] not in projects:
                params = {"text": change["scope"], "of": "projects", "near": ""}
                faults.append(Fault("label_unknown", f"{FOLDER}{name}.toml", params=params))
    return faults


def _spent(row: dict[str, Any], assumptions: pd.DataFrame) -> list[Fault]:
    """Faults of one row of spending."""
    place = ("plan/spending.csv", row["row"])
    faults = []
    if not re.fullmatch(r"\d{4}(\.\.\d{4})?", row["period"]):
        faults.append(Fault("years_wanted", *place, "period", {"text": row["period"]}))
    if row["value"] == "" and find(assumptions, "spending", row["project"]) is None:
        params = {"name": "spending", "scope": row["project"]}
        faults.append(Fault("assumption_missing", *place, "value", params))
    if row["value"] != "" and row["unit"] == "":
        faults.append(Fault("value_missing", *place, "unit"))
    if row["good"] == "total":
        shares = [find(assumptions, f"share_{good}", row["project"]) for good in GOODS]
        if not any(share is not None for share in shares):
            params = {"name": "share_…", "scope": row["project"]}
            faults.append(Fault("assumption_missing", *place, "good", params))
    if row["local"] != "" and not 0 <= float(row["local"]) <= 100:
        faults.append(Fault("percent_outside", *place, "local", {"text": row["local"]}))
    return faults


def _operated(row: dict[str, Any], codes: set[str]) -> list[Fault]:
    """Faults of one field of a project."""
    place = ("plan/operation.csv", row["row"], "value")
    text, field = row["value"], row["field"]
    if field == "industry":
        if text in codes:
            return []
        params = {"text": text[:80], "of": "table", "near": nearest(text, codes)}
        return [Fault("label_near" if params["near"] else "label_unknown", *place, params)]
    if field == "place":
        return []
    if field == "start":
        fine = re.fullmatch(r"\d{4}", text) is not None
        return [] if fine else [Fault("years_wanted", *place, {"text": text[:80]})]
    if not re.match(values.DECIMAL, text):
        return [Fault("number_unreadable", *place, {"text": text[:80]})]
    if field in SHARES and not 0 <= float(text) <= 100:
        return [Fault("percent_outside", *place, {"text": text})]
    if field in ("output", "jobs") and row["unit"] == "":
        return [Fault("value_missing", *place[:2], "unit")]
    if field == "jobs":
        return _convertible(row["unit"], "persons", place)
    return []


def _convertible(unit: str, wanted: str, place: tuple[str, Any, str]) -> list[Fault]:
    try:
        convert(1, unit, wanted)
    except SonghuaError as error:
        return [Fault(f.code, *place[:2], "unit", f.params) for f in error.faults]
    return []


def _assumption(
    row: dict[str, Any], file: str, number: int | None, projects: set[str]
) -> list[Fault]:
    """Faults of one assumption: its name, its scope and its range."""
    faults = []
    if row["name"] not in NAMES:
        near = nearest(row["name"], NAMES)
        params = {"text": row["name"][:80], "of": "assumptions", "near": near}
        code = "label_near" if near else "label_unknown"
        return [Fault(code, file, number, "name", params)]
    if row["scope"] and projects and row["scope"] not in projects:
        params = {"text": row["scope"], "of": "projects", "near": nearest(row["scope"], projects)}
        code = "label_near" if params["near"] else "label_unknown"
        faults.append(Fault(code, file, number, "scope", params))
    if NAMES[row["name"]] == "money" and not row["unit"]:
        faults.append(Fault("value_missing", file, number, "unit"))
    least, most = (float(row[end]) if row[end] != "" else None for end in ("low", "high"))
    given = Parameter(row["name"], float(row["value"]), least, most, row["distribution"] or "fixed")
    try:
        draws([given], 1, 0)
    except SonghuaError as error:
        faults += [Fault(f.code, file, number, f.column, f.params) for f in error.faults]
    low = min(float(row[end]) for end in ("value", "low") if row[end] != "")
    high = max(float(row[end]) for end in ("value", "high") if row[end] != "")
    rate = row["name"] in ("productivity", "spare_growth", "spare", "realised")
    if NAMES[row["name"]] == "%" and not rate and not 0 <= low <= high <= 100:
        params = {"text": f"{low:g}..{high:g}"}
        faults.append(Fault("percent_outside", file, number, "value", params))
    return faults


def _runs(
    project: str,
    operation: pd.DataFrame,
    sold: pd.DataFrame,
    spending: pd.DataFrame,
    assumptions: pd.DataFrame,
) -> list[Fault]:
    """A project that sells has an industry, a start, and sales known or assumed."""
    fields = set(operation.loc[operation["project"] == project, "field"])
    runs = project in set(sold["project"]) or "start" in fields
    if not runs:
        return []
    faults = [
        Fault("field_missing", "plan/operation.csv", params={"project": project, "field": field})
        for field in ("industry", "start")
        if field not in fields
    ]
    invests = project in set(spending["project"])
    assumed = find(assumptions, "output", project) is not None or (
        invests and find(assumptions, "output_per_investment", project) is not None
    )
    if project not in set(sold["project"]) and not assumed:
        params = {"project": project, "field": "output"}
        faults.append(Fault("field_missing", "plan/operation.csv", params=params))
    return faults
