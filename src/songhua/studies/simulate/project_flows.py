"""The plan's projects as numbers, a draw each: what is known, and what is assumed in its place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from songhua.labels import convert
from songhua.maths.projects import ProjectFlows, ramp, spread
from songhua.plan import Plan
from songhua.plan.assumptions import GOODS, IDLE, Row, rows, years
from songhua.studies.simulate.assumption_draws import AssumptionDraws

#: Years that are shown after the last plant has started.
AFTER = 5
SALES = ("replace", "export", "displace")


@dataclass
class Sheet:
    """One project while it is built: draws × years × goods and the like."""

    spending: np.ndarray
    idle: np.ndarray
    local: np.ndarray
    output: np.ndarray
    jobs: np.ndarray
    displaced: np.ndarray
    crowded: np.ndarray
    industry: str = ""
    facts: int = 0
    assumed: int = 0


def calendar(plan: Plan) -> np.ndarray:
    """The years shown: from the first spending or start to five years after the last start."""
    spans = [years(str(text)) for text in plan.spending["period"]]
    starts = plan.operation.loc[plan.operation["field"] == "start", "value"].astype(int).tolist()
    first = min([a for a, _ in spans] + starts)
    last = max([b for _, b in spans] + [start + AFTER for start in starts])
    return np.arange(first, max(last, plan.period.end.year) + 1)


def build(
    plan: Plan,
    assumed: AssumptionDraws,
    jobs: pd.DataFrame,
    baskets: np.ndarray,
    industries: list[str],
) -> tuple[ProjectFlows, dict[str, Sheet]]:
    """The projects as `ProjectFlows`, and a sheet of each.

    Args:
        plan: the plan, or one of its scenarios.
        assumed: the assumptions, drawn.
        jobs: draws × industry, jobs per unit of output.
        baskets: draws × goods × industry, what is bought in the region for a unit spent.
        industries: the codes of the table.
    """
    at = calendar(plan)
    sheets = {
        project: _sheet(project, plan, assumed, jobs, at) for project in plan.simulated_projects()
    }

    def stacked(name: str) -> np.ndarray:
        return np.stack([getattr(sheet, name) for sheet in sheets.values()], axis=1)

    places = [industries.index(s.industry) if s.industry else 0 for s in sheets.values()]
    works = ProjectFlows(
        projects=list(sheets), years=at.tolist(), goods=GOODS, industry=np.array(places, dtype=int),
        spending=stacked("spending"), baskets=baskets, local=stacked("local"),
        output=stacked("output"), jobs=stacked("jobs"), displaced=stacked("displaced"),
        crowded=stacked("crowded"), idle=stacked("idle"),
    )  # fmt: skip
    return works, sheets


def _sheet(
    project: str, plan: Plan, assumed: AssumptionDraws, jobs: pd.DataFrame, at: np.ndarray
) -> Sheet:
    """One project: its spending, then its operation."""
    D, T, G = assumed.count, len(at), len(GOODS)
    sheet = Sheet(
        np.zeros((D, T, G)), np.zeros((D, T)), np.full((D, G), np.nan), np.zeros((D, T)),
        np.full(D, np.nan), np.zeros(D), np.zeros(D),
    )  # fmt: skip
    spent = rows(plan.spending[plan.spending["project"] == project])
    for row in spent:
        _spend(sheet, row, assumed, at)
    known = rows(plan.operation[plan.operation["project"] == project])
    fields = {row["field"]: row for row in known}
    for place, good in enumerate(GOODS):
        share = assumed.get(f"local_{good}", project)
        if share is not None and np.isnan(sheet.local[:, place]).all():
            sheet.local[:, place] = share
    _operate(sheet, project, fields, assumed, jobs, at)
    outside = _field(sheet, fields, "outside", assumed, project, 100)
    crowding = assumed.get("crowding", project)
    sheet.crowded = (1 - outside) * (0 if crowding is None else crowding)
    sheet.facts += sum(bool(row["source"]) for row in [*spent, *known])
    return sheet


def _spend(sheet: Sheet, row: Row, assumed: AssumptionDraws, at: np.ndarray) -> None:
    """Add one row of spending."""
    project = row["project"]
    realised = _or(assumed.get("realised", project), 1.0)
    if row["value"]:
        money = float(row["value"]) * convert(1, row["unit"], assumed.unit) * realised
    else:
        money = _or(assumed.get("spending", project), 0.0) * realised
        sheet.assumed += 1
    first, last = years(row["period"])
    tilt = _or(assumed.get("tilt", project), 0.0)
    when = spread(at, first, last, np.broadcast_to(tilt, assumed.count))
    flow = when * np.broadcast_to(money, assumed.count)[:, np.newaxis]
    for good, share in _goods(sheet, row["good"], project, assumed).items():
        if good in IDLE:
            sheet.idle += flow * np.reshape(share, (-1, 1))
            continue
        place = GOODS.index(good)
        sheet.spending[:, :, place] += flow * np.reshape(share, (-1, 1))
        if row["local"]:
            sheet.local[:, place] = float(row["local"]) / 100


def _goods(
    sheet: Sheet, good: str, project: str, assumed: AssumptionDraws
) -> dict[str, np.ndarray | float]:
    """What a sum buys, as shares that add up to one."""
    if good != "total":
        return {good: 1.0}
    sheet.assumed += 1
    shares = assumed.over((f"share_{name}" for name in (*GOODS, *IDLE)), project)
    total = sum(shares.values())
    return {name.removeprefix("share_"): share / total for name, share in shares.items()}


def _operate(
    sheet: Sheet,
    project: str,
    fields: dict[str, Row],
    assumed: AssumptionDraws,
    jobs: pd.DataFrame,
    at: np.ndarray,
) -> None:
    """Sales by year, own jobs and whom they displace; nothing without a start."""
    if "start" not in fields:
        return
    sheet.industry = fields["industry"]["value"]
    full, own = _sales(sheet, project, fields, assumed, jobs[sheet.industry].to_numpy())
    length = _field(sheet, fields, "ramp", assumed, project, 1)
    delay = _or(assumed.get("delay", project), 0.0)
    rise = ramp(at, int(fields["start"]["value"]), length, delay)
    new = _or(assumed.get("new", project), 1.0) * _or(assumed.get("realised", project), 1.0)
    sheet.output = rise * np.reshape(np.broadcast_to(full * new, assumed.count), (-1, 1))
    sheet.jobs = np.broadcast_to(own, assumed.count).astype(float)
    parts = {name: _field(sheet, fields, name, assumed, project, 100) for name in SALES}
    total = sum(parts.values())
    lost = parts["displace"]
    sheet.displaced = np.where(total > 0, lost / np.where(total > 0, total, 1), lost)


def _sales(
    sheet: Sheet, project: str, fields: dict[str, Row], assumed: AssumptionDraws, usual: np.ndarray
) -> tuple[np.ndarray, np.ndarray | float]:
    """Sales of a full year, and jobs per unit of them where both are known."""
    persons = None
    if "jobs" in fields:
        persons = float(fields["jobs"]["value"]) * convert(1, fields["jobs"]["unit"], "persons")
    if "output" in fields:
        row = fields["output"]
        full = np.full(assumed.count, float(row["value"]) * convert(1, row["unit"], assumed.unit))
        return full, np.nan if persons is None else persons / full
    assumption = assumed.get("output", project)
    if assumption is not None:
        sheet.assumed += 1
        return assumption, np.nan if persons is None else persons / assumption
    sheet.assumed += 1
    if persons is not None:
        return persons / np.where(usual > 0, usual, np.inf), np.nan
    ratio = _or(assumed.get("output_per_investment", project), 0.0)
    return ratio * (sheet.spending.sum(axis=(1, 2)) + sheet.idle.sum(axis=1)), np.nan


def _field(
    sheet: Sheet,
    fields: dict[str, Row],
    name: str,
    assumed: AssumptionDraws,
    project: str,
    over: float,
) -> np.ndarray:
    """A field as it is known, else as it is assumed, else zero (a full ramp, outside funding)."""
    if name in fields:
        return np.full(assumed.count, float(fields[name]["value"]) / over)
    found = assumed.get(name, project)
    if found is None:
        return np.full(assumed.count, 1.0 if name in ("ramp", "outside") else 0.0)
    sheet.assumed += 1
    return found


def _or(values: np.ndarray | None, default: float) -> np.ndarray | float:
    return default if values is None else values
