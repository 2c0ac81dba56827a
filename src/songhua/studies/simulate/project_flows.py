"""Flows of the plan's projects in each draw, from known fields and from assumptions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import pandas as pd

from songhua.labels import convert, parse_period
from songhua.maths.projects import ProjectFlows, ramp, spread
from songhua.plan import Plan
from songhua.plan.assumptions import GOODS, IDLE, OperationRow, SpendingRow
from songhua.plan.project_parts import possible_parts
from songhua.studies.simulate.assumption_draws import AssumptionDraws

#: Years that are shown after the last plant has started.
AFTER = 5
SALES = ("replace", "export", "displace")
Row = TypeVar("Row", SpendingRow, OperationRow)


@dataclass
class ProjectDraws:
    """One project while it is put together, in its place among all: draws × years × goods and so.

    `facts` and `assumed` count the fields with a source and the assumed fields.
    """

    name: str
    years: np.ndarray
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

    @classmethod
    def blank(cls, names: Sequence[str], years: np.ndarray, draws: int) -> list[ProjectDraws]:
        """Projects of which nothing is known; each is a part of arrays that hold all of them.

        >>> mill, farm = ProjectDraws.blank(["mill", "farm"], np.arange(2021, 2024), 5)
        >>> mill.spending.shape, mill.spending.base is farm.spending.base
        ((5, 3, 4), True)
        """
        D, P, T, G = draws, len(names), len(years), len(GOODS)
        spending, idle, output = np.zeros((D, P, T, G)), np.zeros((D, P, T)), np.zeros((D, P, T))
        local, jobs = np.full((D, P, G), np.nan), np.full((D, P), np.nan)
        displaced, crowded = np.zeros((D, P)), np.zeros((D, P))
        return [
            ProjectDraws(
                name,
                years,
                spending[:, at],
                idle[:, at],
                local[:, at],
                output[:, at],
                jobs[:, at],
                displaced[:, at],
                crowded[:, at],
            )
            for at, name in enumerate(names)
        ]


def calendar(plan: Plan) -> np.ndarray:
    """The years shown: from the first spending or start to five years after the last start.

    >>> from songhua.studies.simulate import example
    >>> calendar(example.plan()).tolist()
    [2021, 2022]
    """
    spent = [parse_period(row.period) for row in plan.spending_rows]
    starts = [int(row.value) for row in plan.operation_rows if row.field == "start"]
    first = min([period.start.year for period in spent] + starts)
    last = max([period.end.year for period in spent] + [start + AFTER for start in starts])
    return np.arange(first, max(last, plan.period.end.year) + 1)


def project_flows(
    plan: Plan,
    assumptions: AssumptionDraws,
    jobs: pd.DataFrame,
    baskets: np.ndarray,
    industries: list[str],
) -> tuple[ProjectFlows, dict[str, ProjectDraws]]:
    """The projects as `ProjectFlows`, and the draws of each.

    Args:
        plan: the plan, or one of its scenarios.
        assumptions: the assumptions, drawn.
        jobs: draws × industry, jobs per unit of output.
        baskets: draws × goods × industry, purchases in the region for a unit spent.
        industries: the codes of the table.

    >>> from songhua.studies.simulate import example
    >>> flows = example.ensemble().impact.flows
    >>> flows.projects, flows.spending[0, 0, :, 0].tolist()
    (['mill'], [100.0, 0.0])
    """
    years = calendar(plan)
    spending, operation = _by_project(plan.spending_rows), _by_project(plan.operation_rows)
    blank = ProjectDraws.blank(plan.simulated_projects(), years, assumptions.count)
    projects = {project.name: project for project in blank}
    for name, project in projects.items():
        draw_project(project, spending.get(name, []), operation.get(name, []), assumptions, jobs)

    def whole(name: str) -> np.ndarray:
        return getattr(blank[0], name).base

    places = [industries.index(p.industry) if p.industry else 0 for p in projects.values()]
    flows = ProjectFlows(
        projects=list(projects), years=years.tolist(), goods=GOODS,
        industry=np.array(places, dtype=int), spending=whole("spending"), baskets=baskets,
        local=whole("local"), output=whole("output"), jobs=whole("jobs"),
        displaced=whole("displaced"), crowded=whole("crowded"), idle=whole("idle"),
    )  # fmt: skip
    return flows, projects


def without_parts(
    flows: ProjectFlows, wholes: Mapping[str, Sequence[str]]
) -> tuple[ProjectFlows, list[str]]:
    """The projects without the money and the sales that may be counted in another's already.

    Money is left out where a project that it may be part of spends too, sales where it sells too;
    the names are those of which something is.

    >>> from songhua.studies.simulate import example
    >>> flows = example.ensemble().impact.flows
    >>> without_parts(flows, {"mill": ["valley"]})[1]  # of the valley nothing is counted
    []
    """
    names = list(map(str, flows.projects))

    def counted_once(*counted: np.ndarray) -> np.ndarray:
        some = [any(part[:, at].any() for part in counted) for at in range(len(names))]
        parts = possible_parts(wholes, [name for name, it in zip(names, some, strict=True) if it])
        return np.array([name not in parts for name in names])

    built, run = counted_once(flows.spending, flows.idle), counted_once(flows.output)
    fewer = replace(
        flows,
        spending=flows.spending * built[:, np.newaxis, np.newaxis],
        idle=flows.idle * built[:, np.newaxis],
        output=flows.output * run[:, np.newaxis],
    )
    return fewer, [name for name, all_ in zip(names, built & run, strict=True) if not all_]


def _by_project(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows of each project."""
    by_project: dict[str, list[Row]] = {}
    for row in rows:
        by_project.setdefault(row.project, []).append(row)
    return by_project


def draw_project(
    project: ProjectDraws,
    spending: Sequence[SpendingRow],
    operation: Sequence[OperationRow],
    assumptions: AssumptionDraws,
    jobs: pd.DataFrame,
) -> None:
    """Put one project together: its spending, then its operation.

    >>> from songhua.studies.simulate import example
    >>> mill = example.ensemble().projects["mill"]
    >>> float(mill.local[0, 0]), mill.facts, mill.assumed, mill.industry
    (0.5, 1, 0, '')
    """
    for row in spending:
        _spend(project, row, assumptions)
    fields = {row.field: row for row in operation}
    for place, good in enumerate(GOODS):
        share = assumptions.get(f"local_{good}", project.name)
        if share is not None and np.isnan(project.local[:, place]).all():
            project.local[:, place] = share
    _operate(project, fields, assumptions, jobs)
    outside = _field(project, fields, "outside", assumptions, 100)
    project.crowded[:] = (1 - outside) * assumptions.drawn("crowding", project.name, 0.0)
    project.facts += sum(bool(row.source) for row in [*spending, *operation])


def _spend(project: ProjectDraws, row: SpendingRow, assumptions: AssumptionDraws) -> None:
    """Add one row of spending."""
    realised = assumptions.drawn("realised", project.name, 1.0)
    if row.value:
        money = float(row.value) * convert(1, row.unit, assumptions.unit) * realised
    else:
        money = assumptions.drawn("spending", project.name, 0.0) * realised
        project.assumed += 1
    period = parse_period(row.period)
    first, last = period.start.year, period.end.year
    tilt = assumptions.drawn("tilt", project.name, 0.0)
    flow = spread(project.years, first, last, tilt) * money[:, np.newaxis]
    for good, share in _goods(project, row.good, assumptions).items():
        if good in IDLE:
            project.idle += flow * np.reshape(share, (-1, 1))
            continue
        place = GOODS.index(good)
        project.spending[:, :, place] += flow * np.reshape(share, (-1, 1))
        if row.local:
            project.local[:, place] = float(row.local) / 100


def _goods(
    project: ProjectDraws, good: str, assumptions: AssumptionDraws
) -> dict[str, np.ndarray | float]:
    """The goods that a sum buys, as shares that add up to one."""
    if good != "total":
        return {good: 1.0}
    project.assumed += 1
    names = (f"share_{name}" for name in (*GOODS, *IDLE))
    shares = assumptions.over(names, project.name)
    total = sum(shares.values())
    whole = np.where(total > 0, total, 1)
    return {name.removeprefix("share_"): share / whole for name, share in shares.items()}


def _operate(
    project: ProjectDraws,
    fields: Mapping[str, OperationRow],
    assumptions: AssumptionDraws,
    jobs: pd.DataFrame,
) -> None:
    """Sales by year, own jobs and whom they displace; nothing without a start."""
    if "start" not in fields:
        return
    name = project.name
    project.industry = fields["industry"].value
    usual = jobs[project.industry].to_numpy()
    full, own_jobs = _sales(project, fields, assumptions, usual)
    length = _field(project, fields, "ramp", assumptions, 1)
    delay = assumptions.drawn("delay", name, 0.0)
    rise = ramp(project.years, int(fields["start"].value), length, delay)
    new = assumptions.drawn("new", name, 1.0) * assumptions.drawn("realised", name, 1.0)
    project.output[:] = rise * (full * new)[:, np.newaxis]
    project.jobs[:] = own_jobs
    parts = {sale: _field(project, fields, sale, assumptions, 100) for sale in SALES}
    total = sum(parts.values())
    lost = parts["displace"]
    project.displaced[:] = np.where(total > 0, lost / np.where(total > 0, total, 1), lost)


def _sales(
    project: ProjectDraws,
    fields: Mapping[str, OperationRow],
    assumptions: AssumptionDraws,
    usual: np.ndarray,
) -> tuple[np.ndarray, np.ndarray | float]:
    """Sales of a full year, and jobs per unit of them where jobs are known."""
    persons = None
    if "jobs" in fields:
        persons = float(fields["jobs"].value) * convert(1, fields["jobs"].unit, "persons")
    if "output" in fields:
        row = fields["output"]
        money = float(row.value) * convert(1, row.unit, assumptions.unit)
        full = np.full(assumptions.count, money)
        return full, np.nan if persons is None else persons / full
    project.assumed += 1
    assumed = assumptions.get("output", project.name)
    if assumed is not None:
        return assumed, np.nan if persons is None else persons / assumed
    if persons is not None:
        return persons / np.where(usual > 0, usual, np.inf), usual
    ratio = assumptions.drawn("output_per_investment", project.name, 0.0)
    realised = assumptions.drawn("realised", project.name, 1.0)  # the money is realised money
    money = project.spending.sum(axis=(1, 2)) + project.idle.sum(axis=1)
    return ratio * money / np.where(realised > 0, realised, 1), np.nan


def _field(
    project: ProjectDraws,
    fields: Mapping[str, OperationRow],
    name: str,
    assumptions: AssumptionDraws,
    over: float,
) -> np.ndarray:
    """A field as it is known, else as it is assumed, else zero (a full ramp, outside funding)."""
    if name in fields:
        return np.full(assumptions.count, float(fields[name].value) / over)
    assumed = assumptions.get(name, project.name)
    if assumed is None:
        return np.full(assumptions.count, 1.0 if name in ("ramp", "outside") else 0.0)
    project.assumed += 1
    return assumed
