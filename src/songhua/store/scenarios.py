"""A scenario of the plan as a new file of the folder: written whole, or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping

import tomlkit
from tomlkit.items import Float, Integer, Table

from songhua.checks.assumptions import SCENARIOS
from songhua.errors import SonghuaError
from songhua.plan import Scenario
from songhua.plan.assumptions import AssumptionRow
from songhua.reading.change_fault_kinds import ScenarioName, ScenarioThere
from songhua.reading.toml import inline
from songhua.store.case import assembled
from songhua.store.port import Store

#: Names that a scenario may have: it is the name of its file.
NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?")
NUMBERS = ("value", "low", "high")
COLUMNS = ("name", "scope", *NUMBERS, "distribution", "unit", "source", "note")


def add_scenario(store: Store, name: str, scenario: Scenario) -> str:
    """Write a scenario that there is not yet as `plan/scenarios/NAME.toml`, and give that name.

    The region is checked with it before it is written.

    Raises:
        SonghuaError: `scenario_name`, `scenario_there`; the faults of the region, with the
            scenario and without it. Nothing is written then.
    """
    file = f"{SCENARIOS}{name}.toml"
    with store.alone():
        if not NAME.fullmatch(name):
            raise SonghuaError(ScenarioName(name=name[:80]))
        raw = store.read()
        if raw.holds(file):
            raise SonghuaError(ScenarioThere(name=name))
        files = {file: toml(scenario).encode()}
        assembled(raw.with_files(files), store)
        store.append(raw, files)
    return file


def toml(scenario: Scenario) -> str:
    """A scenario as its file has it.

    >>> from songhua.messages import Words
    >>> late = AssumptionRow("delay", "mill", "2.5", distribution="fixed", unit="x")
    >>> print(toml(Scenario(Words({"en": "Late"}), leave_out=("farm",), changes={"delay": late})))
    [scenario]
    name = { en = "Late" }
    leave_out = ["farm"]
    <BLANKLINE>
    [changes.delay]
    name = "delay"
    scope = "mill"
    value = 2.5
    distribution = "fixed"
    unit = "x"
    <BLANKLINE>
    """
    document = tomlkit.document()
    head = tomlkit.table()
    head.add("name", inline(scenario.name.texts))
    if scenario.note:
        head.add("note", inline(scenario.note.texts))
    if scenario.leave_out:
        head.add("leave_out", list(dict.fromkeys(scenario.leave_out)))
    document.add("scenario", head)
    if scenario.changes:
        document.add("changes", _changes(scenario.changes))
    return tomlkit.dumps(document)


def _changes(changes: Mapping[str, AssumptionRow]) -> Table:
    tables = tomlkit.table(is_super_table=True)
    for id, row in changes.items():
        entry = tomlkit.table()
        for column in COLUMNS:
            text = getattr(row, column)
            if text != "":
                entry.add(column, _number(text) if column in NUMBERS else text)
        tables.add(id, entry)
    return tables


def _number(text: str) -> Integer | Float:
    """A number as its text has it: what is read back is the same."""
    return tomlkit.integer(text) if re.fullmatch(r"-?\d+", text) else tomlkit.float_(text)
