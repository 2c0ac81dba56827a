"""What must hold of a plan's tasks, projects and products: order, values, states and dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from songhua.checks.places import row_of
from songhua.errors import Fault

TASKS = "plan/measures.csv"
PROJECTS = "plan/projects.csv"
PRODUCTS = "plan/products.csv"


def tasks_in_order(tasks: pd.DataFrame) -> Iterator[Fault]:
    """A task is blocked by tasks that exist, and not by itself through others.

    >>> rows = pd.DataFrame({"id": ["road", "rail"], "blocked_by": ["rail", "road port"]})
    >>> [(fault.code, fault.params["text"]) for fault in tasks_in_order(rows)]
    [('task_blocks_itself', 'road'), ('task_unknown', 'port'), ('task_blocks_itself', 'rail')]
    """
    if tasks.empty:
        return
    blockers = {
        id: str(by).split() for id, by in zip(tasks["id"], tasks["blocked_by"], strict=True)
    }
    for _, row in tasks.iterrows():
        for other in blockers[row["id"]]:
            if other not in blockers:
                params = {"text": other}
                yield Fault("task_unknown", TASKS, row_of(row), "blocked_by", params)
        if row["id"] in _behind(row["id"], blockers):
            params = {"text": row["id"]}
            yield Fault("task_blocks_itself", TASKS, row_of(row), "blocked_by", params)


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


def tasks_dated(tasks: pd.DataFrame) -> Iterator[Fault]:
    """A task with the day on which it was done is done."""
    for _, row in tasks.iterrows():
        if row["done_on"] and row["status"] != "done":
            params = {"state": row["status"], "date": row["done_on"]}
            yield Fault("state_contradicts", TASKS, row_of(row), "status", params)


def values_complete(projects: pd.DataFrame) -> Iterator[Fault]:
    """A project's value has a period, a unit and a number."""
    for _, row in projects.iterrows():
        numbers = [row[n] for n in ("total", "planned_value", "earned_value", "actual_value")]
        if row["kind"] == "value" and not (row["period"] and row["unit"] and any(numbers)):
            yield Fault("project_value_incomplete", PROJECTS, row_of(row), "kind")


def states_dated(rows: pd.DataFrame, file: str, column: str, state: str) -> Iterator[Fault]:
    """A date on which something was reached does not stand beside a state that denies it."""
    for _, row in rows.iterrows():
        if row[column] and row["state"] not in ("", state):
            params = {"state": row["state"], "date": row[column]}
            yield Fault("state_contradicts", file, row_of(row), "state", params)
