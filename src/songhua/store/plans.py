"""What must hold in the plan's tables beyond the types of their columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from songhua.errors import Fault
from songhua.labels import Unit, parse_unit
from songhua.plan import Target, parse_target

TABLES = {
    "plan/targets.csv": "plan_targets",
    "plan/measures.csv": "plan_measures",
    "plan/projects.csv": "plan_projects",
    "plan/products.csv": "plan_products",
    "plan/programmes.csv": "plan_programmes",
}
DONE = {"projects": ("actual", "done"), "products": ("reached", "reached")}
Indicators = Mapping[str, Mapping[str, Any]]


def check(frames: Mapping[str, pd.DataFrame], indicators: Indicators) -> list[Fault]:
    """The faults of all five tables; `frames` by the file's name without folder and ending."""
    return [
        *_targets(frames["targets"], indicators),
        *_blocked(frames["measures"]),
        *_done_early(frames["measures"]),
        *_values(frames["projects"]),
        *_states(frames),
    ]


def _rows(frame: pd.DataFrame) -> Iterator[tuple[int, dict[str, str]]]:
    for row in frame.to_dict("records"):
        yield int(row["row"]), {str(key): str(value) for key, value in row.items()}


def _targets(frame: pd.DataFrame, indicators: Indicators) -> Iterator[Fault]:
    """A target's number must be of the indicator's sort."""
    for at, row in _rows(frame):
        indicator = indicators.get(row["indicator"])
        if indicator is None:
            continue
        target = parse_target(row["text"])
        if not fits(target, indicator):
            params = {
                "unit": target.unit, "other": str(indicator["unit"]), "indicator": row["indicator"],
            }  # fmt: skip
            yield Fault("target_unit_misfit", "plan/targets.csv", at, "text", params)


def fits(target: Target, indicator: Mapping[str, Any]) -> bool:
    """Whether a target's number can be set beside an indicator's figures (§4).

    Words without a number, growth of a level, and multiples always can; a bare number or a bare
    count word (个) is taken in the indicator's own unit.
    """
    own = parse_unit(str(indicator["unit"]))
    if target.quantity in ("course", "multiple") or target.unit == "":
        return True
    if target.quantity == "growth":
        return indicator["form"] in ("growth", "average_growth", "level", "ratio", "share")
    unit = parse_unit(target.unit)
    if target.unit == "pp":
        return own.dimension == ("ratio", "")
    return _same(unit, own) or (target.unit == "count" == unit.text and bool(own.dimension[1]))


def _same(unit: Unit, own: Unit) -> bool:
    """The same sort of number; "a year" in the indicator's unit is the target's pace."""
    yearly = (unit.dimension[0], "year")
    return (unit.dimension, unit.prices) == (own.dimension, own.prices) or own.dimension == yearly


def _blocked(frame: pd.DataFrame) -> Iterator[Fault]:
    """A task is blocked by tasks that exist, and not by itself through others."""
    blockers = {row["id"]: row["blocked_by"].split() for _, row in _rows(frame)}
    for at, row in _rows(frame):
        for other in blockers[row["id"]]:
            if other not in blockers:
                params = {"text": other}
                yield Fault("task_unknown", "plan/measures.csv", at, "blocked_by", params)
        if row["id"] in _behind(row["id"], blockers):
            params = {"text": row["id"]}
            yield Fault("task_blocks_itself", "plan/measures.csv", at, "blocked_by", params)


def _behind(id: str, blockers: Mapping[str, list[str]]) -> set[str]:
    """All tasks that must come before one."""
    seen: set[str] = set()
    waiting = list(blockers.get(id, ()))
    while waiting:
        other = waiting.pop()
        if other not in seen:
            seen.add(other)
            waiting += blockers.get(other, ())
    return seen


def _done_early(frame: pd.DataFrame) -> Iterator[Fault]:
    for at, row in _rows(frame):
        if row["done_on"] and row["status"] != "done":
            params = {"state": row["status"], "date": row["done_on"]}
            yield Fault("state_contradicts", "plan/measures.csv", at, "status", params)


def _values(frame: pd.DataFrame) -> Iterator[Fault]:
    """A value has a period, a unit and a number."""
    for at, row in _rows(frame):
        numbers = [row[n] for n in ("total", "planned_value", "earned_value", "actual_value")]
        if row["kind"] == "value" and not (row["period"] and row["unit"] and any(numbers)):
            yield Fault("project_value_incomplete", "plan/projects.csv", at, "kind")


def _states(frames: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    """A date on which something was reached, beside a state that denies it."""
    for name, (column, state) in DONE.items():
        for at, row in _rows(frames[name]):
            if row[column] and row["state"] not in ("", state):
                params = {"state": row["state"], "date": row[column]}
                yield Fault("state_contradicts", f"plan/{name}.csv", at, "state", params)
