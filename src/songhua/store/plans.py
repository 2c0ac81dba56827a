"""Plan of a case: its head, tables and scenarios, assembled."""

from __future__ import annotations

from typing import Any

import numpy as np

from songhua.checks import assumptions
from songhua.labels import parse_period
from songhua.plan import ENTRIES, Plan
from songhua.store.assembly import Assembly
from songhua.store.documents import Document

FILE = "plan/plan.toml"
TABLES = ("industries", "seed_map", *ENTRIES, "spending", "operation", "assumptions")


def read(reading: Assembly) -> Plan | None:
    """The plan, or None where there is none or anything read is faulty."""
    reading.only(FILE, "plan")
    head = reading.one(FILE, "plan", "plan")
    frames = {name: reading.frame(f"plan/{name}.csv", f"plan_{name}") for name in TABLES}
    scenarios = _scenarios(reading)
    reading.faults += assumptions.changes_sound(scenarios, reading.raw.row)
    if head is None or reading.faults:
        return None
    plan = Plan(
        name=head["name"],
        period=parse_period(head["period"]),
        base_year=int(head["base_year"]),
        purpose=head["purpose"],
        source=head["source"],
        industries=frames["industries"],
        seed_map=frames["seed_map"],
        scenarios=scenarios,
    )
    return plan.with_tables(**frames)


def _scenarios(reading: Assembly) -> dict[str, dict[str, Any]]:
    """The sound scenarios by the name of their file, each with its changes."""
    found: dict[str, dict[str, Any]] = {}
    for file in reading.raw.within("plan/scenarios"):
        document = reading.raw.documents.get(file)
        if document is None:
            continue
        name = file.removeprefix(assumptions.SCENARIOS).removesuffix(".toml")
        before = len(reading.faults)
        scenario = _scenario(reading, document)
        if len(reading.faults) == before:
            found[name] = scenario
    return found


def _scenario(reading: Assembly, document: Document) -> dict[str, Any]:
    """One scenario; its changes in the form of rows of assumptions."""
    reading.only(document.file, "scenario", "changes")
    head = reading.one(document.file, "plan_scenarios", "scenario")
    changes = reading.entries(document.file, "plan_changes", "changes")
    texts = {id: {n: _text(v) for n, v in change.items()} for id, change in changes.items()}
    return {**(head or {}), "changes": texts}


def _text(value: Any) -> str:
    """A value of a change as a table would write it, without an exponent.

    >>> _text(2.5), _text(1e-5), _text("")
    ('2.5', '0.00001', '')
    """
    text = str(value)
    exponent = isinstance(value, float) and "e" in text
    return np.format_float_positional(value, trim="-") if exponent else text
