"""Checks of a plan's assumptions and of the changes in its scenarios: names, units, ends."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from songhua.checks import values
from songhua.checks.fault_kinds import (
    AboveMost,
    NotPositive,
    PercentOutside,
    UnitNotMoney,
    UnitNotWanted,
)
from songhua.checks.places import Rows, nowhere
from songhua.errors import Fault
from songhua.fault_kinds import AssumptionMissing, BelowLeast, ValueMissing
from songhua.labels import parse_unit
from songhua.labels.lookup import unknown_label
from songhua.maths.ensemble import distribution_faults
from songhua.plan import Scenario
from songhua.plan.assumptions import NAMES, Assumption, AssumptionRow, Assumptions

FILE = "plan/assumptions.csv"
SCENARIOS = "plan/scenarios/"
#: The assumptions that simulate requires once there are projects.
NEEDED = ("pay", "spent", "residents", "realised")
Scenarios = Mapping[str, Scenario]


def sound(assumptions: Sequence[AssumptionRow], projects: Collection[str]) -> list[Fault]:
    """Faults of every assumption, and those that simulate lacks.

    >>> rows = [AssumptionRow("pay", "", "-5", unit="k EUR", row=2)]
    >>> [(fault.code, fault.row, fault.column) for fault in sound(rows, [])]
    [('not_positive', 2, 'value')]
    """
    faults = [
        fault.at(FILE, row.row or None, fault.column)
        for row in assumptions
        for fault in assumption_faults(row, projects)
    ]
    assumed = Assumptions.of(assumptions)
    for name in NEEDED if projects else ():
        if assumed.find(name) is None:
            faults.append(AssumptionMissing(FILE, name=name, scope=""))
    return faults


def changes_sound(scenarios: Scenarios, rows: Rows = nowhere) -> list[Fault]:
    """Faults of every assumption that a scenario changes."""
    faults: list[Fault] = []
    for name, scenario in scenarios.items():
        file = f"{SCENARIOS}{name}.toml"
        for id, change in scenario.changes.items():
            for fault in assumption_faults(change, ()):
                row = rows(file, "changes", id)
                faults.append(fault.at(file, row, fault.column))
    return faults


def changes_of_projects(scenarios: Scenarios, projects: Collection[str]) -> Iterator[Fault]:
    """Changes that a scenario makes to a project that the plan does not have, as faults."""
    for name, scenario in scenarios.items():
        for change in scenario.changes.values():
            if change.scope and change.scope not in projects:
                fault = unknown_label("projects", projects, change.scope)
                yield replace(fault, file=f"{SCENARIOS}{name}.toml")


def assumption_faults(row: AssumptionRow, projects: Collection[str]) -> list[Fault]:
    """Faults of one assumption, without file: its name, scope, unit, range and ends."""
    if wrong := values.label(row.name, NAMES, "assumptions"):
        return [fault.at(column="name") for fault in wrong]
    kind = NAMES[row.name]
    scope = values.label(row.scope, projects, "projects") if row.scope and projects else []
    faults = [fault.at(column="scope") for fault in scope]
    faults += _unit(row.unit, kind)
    faults += distribution_faults(replace(row, scope="").parameter)
    return faults + outside(row.name, {"value": row.value, "low": row.low, "high": row.high})


def _unit(unit: str, kind: Assumption) -> list[Fault]:
    """Money has a unit of money; a share or a number, if it has one, % or x."""
    if kind.unit == "money":
        return money(unit)
    if not unit or parse_unit(unit).text == kind.unit:
        return []
    return [UnitNotWanted(column="unit", unit=unit, wanted=kind.unit)]


def money(unit: str) -> list[Fault]:
    """A sum without a unit, or with one that is not of money.

    >>> [fault.code for fault in money("%")], money("m EUR")
    (['unit_not_money'], [])
    """
    if not unit:
        return [ValueMissing(column="unit")]
    if parse_unit(unit).money:
        return []
    return [UnitNotMoney(column="unit", unit=unit)]


def outside(name: str, ends: Mapping[str, str]) -> list[Fault]:
    """Numbers of an assumption beyond the ends that its name allows, each by its column.

    >>> [(f.code, f.column) for f in outside("tilt", {"value": "0", "low": "-2", "high": ""})]
    [('below_least', 'low')]
    """
    kind = NAMES[name]
    numbers = {end: float(text) for end, text in ends.items() if text != ""}
    if (kind.unit, kind.least, kind.most) == ("%", 0, 100):
        low, high = min(numbers.values()), max(numbers.values())
        text = f"{low:g}..{high:g}" if len(ends) > 1 else ends["value"]
        fits = 0 <= low <= high <= 100
        return [] if fits else [PercentOutside(column="value", text=text)]
    faults: list[Fault] = []
    for end, number in numbers.items():
        text, least, most = ends[end], f"{kind.least:g}", f"{kind.most:g}"
        if kind.positive and number <= 0:
            faults.append(NotPositive(column=end, name=name, text=text, least=least))
        elif number < kind.least:
            faults.append(BelowLeast(column=end, name=name, text=text, least=least))
        elif number > kind.most:
            faults.append(AboveMost(column=end, name=name, text=text, most=most))
    return faults
