"""Plan of a case: its head, tables and scenarios, assembled."""

from __future__ import annotations

import numpy as np
import pandas as pd

from songhua.checks import assumptions
from songhua.errors import SonghuaError
from songhua.labels import parse_period
from songhua.messages import Words
from songhua.plan import ENTRIES, Plan, PlanTarget, Scenario
from songhua.plan.assumptions import AssumptionRow
from songhua.plan.entries import schema_of
from songhua.plan.target_names import TargetNames, target_names
from songhua.reading.documents import Document
from songhua.region import Region
from songhua.store.assembly import Assembly

FILE = "plan/plan.toml"
TABLES = ("industries", "seed_map", *ENTRIES, "spending", "operation", "assumptions")


def read(reading: Assembly, region: Region | None) -> Plan | None:
    """The plan, as far as it could be read; None where there is none, or its head could not."""
    reading.allow_only(FILE, "plan")
    head = reading.table_entry(FILE, "plan", "plan")
    frames = {name: reading.frame(f"plan/{name}.csv", schema_of(name)) for name in TABLES}
    scenarios = _scenarios(reading)
    reading.faults += assumptions.changes_sound(scenarios, reading.raw.row)
    if head is None:
        return None
    plan = Plan(
        name=head["name"],
        period=parse_period(head["period"]),
        base_year=int(head["base_year"]),
        purpose=head.get("purpose") or Words(),
        source=head["source"],
        industries=frames["industries"],
        seed_map=frames["seed_map"],
        scenarios=scenarios,
        names=None if region is None else target_names(region),
    )
    frames["targets"] = _read_whole(reading, frames["targets"], plan.names)
    return plan.with_tables(**frames)


def _read_whole(reading: Assembly, frame: pd.DataFrame, names: TargetNames | None) -> pd.DataFrame:
    """The rows whose target is read by the names of the case; the others' faults noted."""
    lost: list[int] = []
    for row in frame.to_dict("records"):
        cells = {str(name): str(text) for name, text in row.items() if name != "row"}
        try:
            PlanTarget.read(cells, int(row["row"]), names)
        except SonghuaError as error:
            reading.faults += error.faults
            lost.append(int(row["row"]))
    if lost:
        reading.unread.add(schema_of("targets"))
    return frame[~frame["row"].astype(int).isin(lost)] if lost else frame


def _scenarios(reading: Assembly) -> dict[str, Scenario]:
    """The sound scenarios by the name of their file, each with its changes."""
    scenarios: dict[str, Scenario] = {}
    for file in reading.raw.within("plan/scenarios"):
        document = reading.raw.documents.get(file)
        if document is None:
            continue
        name = file.removeprefix(assumptions.SCENARIOS).removesuffix(".toml")
        before = len(reading.faults)
        scenario = _scenario(reading, document)
        if len(reading.faults) == before:
            scenarios[name] = scenario
    return scenarios


def _scenario(reading: Assembly, document: Document) -> Scenario:
    """One scenario; its changes in the form of rows of assumptions."""
    reading.allow_only(document.file, "scenario", "changes")
    head = reading.table_entry(document.file, "plan_scenarios", "scenario") or {}
    changes = {
        id: AssumptionRow(row=0, **{name: _text(value) for name, value in change.items()})
        for id, change in reading.entries(document.file, "plan_changes", "changes").items()
    }
    name, note, out = (head.get(key) for key in ("name", "note", "leave_out"))
    return Scenario(Words.of(name or None), Words.of(note or None), out or (), changes)


def _text(value: object) -> str:
    """A value of a change as a table would write it, without an exponent.

    >>> _text(2.5), _text(1e-5), _text("")
    ('2.5', '0.00001', '')
    """
    text = str(value)
    if isinstance(value, float) and "e" in text:
        return np.format_float_positional(value, trim="-")
    return text
