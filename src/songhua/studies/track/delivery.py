"""Tasks, projects, products and programmes: what is done, due, late or blocked."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from songhua.labels import parse_period
from songhua.plan import Plan
from songhua.region import Region

Row = dict[str, Any]
RUNGS = ("research", "prototype", "certified", "small_batch", "volume", "exported")
DONE, LATE = ("done", "done_late"), ("late", "no_report")


def rows(frame: pd.DataFrame) -> Iterator[dict[str, str]]:
    """The rows of a table of the plan, as text."""
    for row in frame.to_dict("records"):
        yield {str(key): str(value) for key, value in row.items()}


def slip(planned: str, actual: str) -> float:
    """Days from the end of one stated time to the end of the other; missing if one is.

    >>> slip("2024", "2025-01-31"), slip("2024-06", "2024-05-31")
    (31.0, -30.0)
    """
    if not planned or not actual:
        return math.nan
    return float((parse_period(actual).end - parse_period(planned).end).days)


def measures(listed: Sequence[Row], region: Region, today: date) -> list[Row]:
    """Tasks with their state; late means reported as not done after it was due."""
    status = {row["id"]: row["status"] for row in listed}
    found = []
    for row in listed:
        waits = [id for id in row["blocked_by"].split() if status.get(id) != "done"]
        state, days = _task(row, waits, region, today)
        found.append(
            {
                "measure": row["id"],
                "clause": row["clause"], "lead": row["lead"], "due": row["due"],
                "status": row["status"], "state": state, "days_late": days,
                "blocked_by": " ".join(waits), "source": row["source"],
                "done_on": row["done_on"], "evidence": row["evidence"],
                "reported_by": row["reported_by"], "reported_on": row["reported_on"],
            }
        )  # fmt: skip
    return found


def _task(
    row: Mapping[str, str], waits: list[str], region: Region, today: date
) -> tuple[str, float]:
    """The state of a task, and the days it is late."""
    due = parse_period(row["due"]).end if row["due"] else None
    if row["status"] == "done":
        late = slip(row["due"], row["done_on"])
        return ("done_late", late) if late > 0 else ("done", math.nan)
    if row["status"] == "stopped":
        return "stopped", math.nan
    if due is not None and due < today:
        told = row["status"] != "unknown" and _reported(region, row, due)
        return ("late" if told else "no_report"), float((today - due).days)
    if waits:
        return "blocked", math.nan
    return ("open" if due is not None else "due_unknown"), math.nan


def _reported(region: Region, row: Mapping[str, str], due: date) -> bool:
    """Whether the last word speaks of the time after a day: one from before says nothing of it.

    A source without a date is taken to.
    """
    if row["reported_on"]:
        return row["reported_on"] > due.isoformat()
    source = row["source"]
    published = str(region.sources[source].get("published") or "")
    return not published or parse_period(published).end > due


def departments(tasks: list[Row]) -> list[Row]:
    """Tasks counted by the department that leads."""
    found: dict[str, Row] = {}
    for task in tasks:
        counts = found.setdefault(
            task["lead"],
            {"lead": task["lead"], "n": 0, "done": 0, "late": 0, "blocked": 0, "other": 0},
        )
        state = task["state"]
        kind = "done" if state in DONE else "late" if state in LATE else state
        counts["n"] += 1
        counts[kind if kind == "blocked" or kind in ("done", "late") else "other"] += 1
    return [found[lead] for lead in sorted(found, key=lambda lead: (-found[lead]["late"], lead))]


def milestones(listed: Sequence[Row], region: Region, today: date) -> list[Row]:
    """Milestones with their slip."""
    return [
        {
            "project": row["project"],
            "item": row["item"],
            "planned": row["planned"],
            "actual": row["actual"],
            "slip_days": slip(row["planned"], row["actual"]),
            "source": row["source"],
            "state": _milestone(row, region, today),
            "evidence": row.get("evidence", ""),
            "reported_by": row["reported_by"],
            "reported_on": row["reported_on"],
        }
        for row in listed
    ]


def steps(plan: Plan) -> Iterator[dict[str, str]]:
    """The milestones among the rows of the plan's projects."""
    return (row for row in rows(plan.projects) if row["kind"] == "milestone")


def _milestone(row: Mapping[str, str], region: Region, today: date) -> str:
    """done, late, open, no_report or unknown."""
    if row["actual"] or row["state"] == "done":
        return "done"
    if row["state"] == "stopped":
        return "stopped"
    if not row["planned"]:
        return "unknown"
    due = parse_period(row["planned"]).end
    if due >= today:
        return "open"
    told = row["state"] == "not_done" and _reported(region, row, due)
    return "late" if told else "no_report"


def projects(plan: Plan, points: list[Row]) -> list[Row]:
    """A row a project: its milestones, and earned value by the last date with values."""
    listed = list(rows(plan.projects))
    found = []
    for project in dict.fromkeys(row["project"] for row in listed):
        own = [point for point in points if point["project"] == project]
        values = [row for row in listed if row["project"] == project and row["kind"] == "value"]
        last = max(values, key=lambda row: parse_period(row["period"]).end, default=None)
        ahead = [point for point in own if point["state"] != "done"]
        slips = [point["slip_days"] for point in own if not math.isnan(point["slip_days"])]
        source = next(row["source"] for row in listed if row["project"] == project)
        found.append(
            {
                "project": project, "milestones": len(own), "done": len(own) - len(ahead),
                "next": ahead[0]["item"] if ahead else "",
                "next_due": ahead[0]["planned"] if ahead else "",
                "state": _whole(own), "slip_days": max(slips, default=math.nan), "source": source,
            } | (_earned(last) if last else {})
        )  # fmt: skip
    return found


def _whole(points: list[Row]) -> str:
    """The state of a project: the worst of its milestones that are not done."""
    states = {point["state"] for point in points} - {"done"}
    if not points:
        return "unknown"
    return next(
        (s for s in ("late", "stopped", "no_report", "open", "unknown") if s in states), "done"
    )


def _earned(row: Mapping[str, str]) -> Row:
    """Planned, earned and actual value with their indices (earned value management)."""
    names = ("total", "planned_value", "earned_value", "actual_value")
    values = {name: float(row[name]) if row[name] else math.nan for name in names}
    planned, earned, actual = (values[name] for name in names[1:])
    return {
        **values, "unit": row["unit"], "period": row["period"],
        "schedule_index": _ratio(earned, planned), "cost_index": _ratio(earned, actual),
        "in_place": _ratio(actual, values["total"]) * 100,
    }  # fmt: skip


def _ratio(top: float, bottom: float) -> float:
    return top / bottom if bottom > 0 else math.nan


def products(plan: Plan) -> list[Row]:
    """The rungs of each product in order; a rung that the folder does not name is unknown."""
    listed = list(rows(plan.products))
    found = []
    for product in dict.fromkeys(row["product"] for row in listed):
        own = {row["rung"]: row for row in listed if row["product"] == product}
        for step, rung in enumerate(RUNGS, 1):
            row = own.get(rung, {})
            found.append(
                {
                    "product": product, "rung": rung, "step": step,
                    "state": row.get("state", "unknown"), "reached": row.get("reached", ""),
                    "place": row.get("place", ""),
                    "source": row.get("source", ""),
                }
            )  # fmt: skip
    return found


def programmes(plan: Plan, today: date) -> list[Row]:
    """What each cohort brought; certified firms as a share of firms, money paid of promised."""
    listed = list(rows(plan.programmes))
    known = {
        (row["programme"], row["cohort"], row["measure"]): (float(row["value"]), row["unit"])
        for row in listed
        if row["value"]
    }
    parts = {"certified": "firms", "money_paid": "money_promised"}
    found = []
    for row in listed:
        whole, unit = known.get(
            (row["programme"], row["cohort"], parts.get(row["measure"], "")), (math.nan, "")
        )
        value = float(row["value"]) if row["value"] else math.nan
        overdue = row["due"] and parse_period(row["due"]).end < today
        state = "known" if row["value"] else "overdue" if overdue else "unknown"
        rate = _ratio(value, whole) * 100 if unit == row["unit"] else math.nan
        found.append(
            {
                "programme": row["programme"], "cohort": row["cohort"], "measure": row["measure"],
                "value": value, "unit": row["unit"], "qualifier": row["qualifier"],
                "due": row["due"], "state": state, "rate": rate, "source": row["source"],
            }
        )  # fmt: skip
    return found


def calendar(
    targets: list[Row], tasks: list[Row], points: list[Row], cohorts: list[Row]
) -> list[Row]:
    """Everything with a date, in order of the day it is due."""
    found = [
        _due(row["period"], "target", row["target"], "", row["owner"], row["progress_class"])
        for row in targets
    ]
    found += [
        _due(row["due"], "measure", row["measure"], "", row["lead"], row["state"])
        for row in tasks
        if row["due"]
    ]
    found += [
        _due(row["planned"], "milestone", row["project"], row["item"], "", row["state"])
        for row in points
        if row["planned"]
    ]
    found += [
        _due(row["due"], "money", row["programme"], row["measure"], "", row["state"])
        for row in cohorts
        if row["due"]
    ]
    return sorted(found, key=lambda row: (row["due"], row["what"], row["id"], row["item"]))


def _due(period: str, what: str, id: str, item: str, owner: str, state: str) -> Row:
    end = parse_period(period).end.isoformat()
    return {"due": end, "what": what, "id": id, "item": item, "owner": owner, "state": state}
