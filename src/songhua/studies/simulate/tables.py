"""The tables of the study: intervals of what the projects do, with labels on everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from songhua.maths.projects import EFFECTS, MEASURES, PHASES, STEPS, TYPES, Impact, Summary, ends
from songhua.results import table
from songhua.studies.simulate.ensemble import STRUCTURE, Ensemble
from songhua.studies.simulate.regional_base import Base

LEVELS = (0.05, 0.5, 0.95)
ADDED, JOBS = MEASURES.index("value_added"), MEASURES.index("jobs")
ONE = EFFECTS.index("type_i")
OUTCOMES = {
    "construction_value_added": "value_added", "construction_jobs": "jobs",
    "operation_value_added": "value_added", "operation_jobs": "jobs",
    "net_value_added": "value_added",
}  # fmt: skip
Rows = list[dict[str, Any]]


def unit_of(measure: str, money: str) -> str:
    """Persons for jobs, else money."""
    return "persons" if measure == "jobs" else money


class Maker:
    """What every table needs: the base, the ensemble and its summary."""

    def __init__(self, known: Base, done: Ensemble, summary: Summary, scenario: str) -> None:
        """Keep them."""
        self.known, self.done, self.summary, self.scenario = known, done, summary, scenario
        self.works = done.impact.works
        money = self.works.spending.sum(axis=(0, 1, 3)) + self.works.idle.sum(axis=(0, 1))
        built = [self.works.years[int(at)] for at in np.flatnonzero(money)]
        last = str(self.works.years[-1])
        self.periods = {"construction": _span(built or self.works.years), "operation": last}

    @property
    def impact(self) -> Impact:
        """The effects."""
        return self.done.impact

    def row(self, three: np.ndarray, measure: str = "", **labels: Any) -> dict[str, Any]:
        """A row with its interval."""
        low, value, high = map(float, three)
        named = {"measure": measure} if measure else {}
        return {
            "scenario": self.scenario, **labels, **named, "low": low, "value": value, "high": high,
            "unit": unit_of(measure, self.known.unit), "estimate": "interval",
        }  # fmt: skip

    def cells(self, values: np.ndarray, *axes: tuple[str, Any]) -> Iterator[dict[str, Any]]:
        """A row for each cell of an array whose last axis is the interval; zero cells are left out.

        `axes` are (column, labels) of the other axes.
        """
        moving = np.argwhere((values != 0).any(axis=-1))
        for place in moving:
            labels = {name: given[at] for (name, given), at in zip(axes, place, strict=True)}
            measure = labels.pop("measure")
            yield self.row(values[tuple(place)], measure, **labels)

    def named(self, code: str) -> dict[str, str]:
        """An industry of the table by its code."""
        return {"table": self.known.id, "code": code}


def made(maker: Maker) -> dict[str, pd.DataFrame]:
    """All tables but those of drivers and assumptions."""
    works, summary = maker.works, maker.summary
    axes = (("year", works.years), ("effect", EFFECTS), ("measure", MEASURES))
    years = list(maker.cells(summary.years, ("phase", PHASES), *axes))
    projects = list(
        maker.cells(summary.projects, ("phase", PHASES), ("project", works.projects), *axes)
    )
    net = maker.cells(
        summary.net, ("project", works.projects), ("year", works.years), ("effect", TYPES),
        ("measure", MEASURES),
    )  # fmt: skip
    projects += [row | {"phase": "net"} for row in net]
    balance = maker.cells(
        summary.balance, ("effect", TYPES), ("step", STEPS), ("year", works.years),
        ("measure", MEASURES),
    )  # fmt: skip
    rows = {
        "years": years, "totals": _totals(maker), "projects": projects,
        "industries": _industries(maker), "balance": list(balance), "leakage": _leakage(maker),
        "flows": _flows(maker), "limits": _limits(maker), "outputs": _outputs(maker),
    }  # fmt: skip
    return {name: table("simulate", name, found) for name, found in rows.items()}


def _span(years: Any) -> str:
    return f"{years[0]}..{years[-1]}" if len(years) > 1 else str(years[0])


def _totals(maker: Maker) -> Rows:
    """Construction in sum and operation in the last year, for all projects and for each."""
    rows: Rows = []
    for at in [None, *range(len(maker.works.projects))]:
        if at is None:
            draws, name = maker.summary.totals, ""
        else:
            draws = maker.impact.by_project(slice(at, at + 1))[:, 0]
            name = str(maker.works.projects[at])
        both = np.stack([draws[0].sum(axis=0), draws[1, -1]])
        found = maker.cells(
            ends(both, LEVELS), ("phase", PHASES), ("effect", EFFECTS), ("measure", MEASURES)
        )
        rows += [row | {"project": name, "period": maker.periods[row["phase"]]} for row in found]
    return rows


def _industries(maker: Maker) -> Rows:
    """By industry: construction in sum, operation in the last year, and value added by year."""
    years, codes = maker.works.years, maker.known.codes
    total: list[Any] = [0.0] * len(EFFECTS)
    last: list[np.ndarray] = []
    rows: Rows = []
    axes = (("phase", PHASES), ("code", codes), ("measure", ("value_added", "jobs")))
    for at, year in enumerate(years):
        parts = list(maker.impact.by_industry(at))  # effect: phase, n, measure, draw
        total = [old + new[0] for old, new in zip(total, parts, strict=True)]
        last = [part[1] for part in parts]
        found = maker.cells(ends(parts[ONE][:, :, [ADDED, JOBS]], LEVELS), *axes)
        rows += [row | {"period": str(year), "effect": "type_i"} for row in found]
    final = (maker.periods["operation"], "operation")  # given below with all effects
    rows = [row for row in rows if (row["period"], row["phase"]) != final]
    axes = (("effect", EFFECTS), ("code", codes), ("measure", MEASURES))
    for phase, values in (("construction", total), ("operation", last)):
        found = maker.cells(np.stack([ends(one, LEVELS) for one in values]), *axes)
        rows += [row | {"phase": phase, "period": maker.periods[phase]} for row in found]
    return [row | maker.named(row["code"]) for row in rows]


def _leakage(maker: Maker) -> Rows:
    """Spent, bought here and leaked, for each project."""
    works, economy = maker.works, maker.impact.economy
    D, rows = maker.impact.draws, []
    held = works.baskets.sum(axis=-1)[:, np.newaxis, np.newaxis]
    for at, project in enumerate(works.projects):
        goods = works.spending[:, at].sum(axis=(1, 2))
        idle = works.idle[:, at].sum(axis=1)
        local = (works.bought[:, at : at + 1] * held).sum(axis=(1, 2, 3))
        build = {"spent": goods + idle, "idle": idle, "local": local, "leaked": goods - local}
        sales, j = works.output[:, at, -1], works.industry[at]
        inputs = sales * economy.A[:, :, j].sum(axis=-1)
        added = sales * economy.per_output[:, ADDED, j]
        run = {"spent": sales, "local": inputs, "added": added, "leaked": sales - inputs - added}
        for phase, parts in zip(PHASES, (build, run), strict=True):
            for part, values in parts.items():
                three = ends(np.broadcast_to(values, D)[np.newaxis], LEVELS)[0]
                if three.any():
                    rows.append(maker.row(three, project=project, phase=phase, part=part))
    return rows


def _flows(maker: Maker) -> Rows:
    """Median value added of type I by project and industry."""
    works, economy = maker.works, maker.impact.economy
    rows: Rows = []
    for at, project in enumerate(works.projects):
        built = works.bought[:, at].sum(axis=1)[:, np.newaxis] @ works.baskets
        sales = works.output[:, at, -1]
        demand = np.zeros((maker.impact.draws, 2, len(maker.known.codes)))
        demand[:, 0], demand[:, 1, works.industry[at]] = built[:, 0], sales
        added = demand @ economy.L.swapaxes(-1, -2) * economy.per_output[:, ADDED, np.newaxis]
        middle = np.median(added, axis=0)
        for phase, n in np.argwhere(middle > 0):
            rows.append({
                "scenario": maker.scenario, "project": project, "phase": PHASES[phase],
                "value": float(middle[phase, n]), "unit": maker.known.unit,
                **maker.named(maker.known.codes[n]),
            })  # fmt: skip
    return rows


def _limits(maker: Maker) -> Rows:
    """Industries whose limit binds in one draw of twenty or more."""
    if not maker.impact.unmet:
        return []
    unmet = maker.impact.unmet[0]
    binds, mean = (unmet > 0).mean(axis=0) * 100, unmet.mean(axis=0)
    return [
        {
            "scenario": maker.scenario, "year": maker.works.years[t],
            **maker.named(maker.known.codes[n]), "binds": float(binds[t, n]),
            "unmet": float(mean[t, n]), "unit": maker.known.unit,
        }
        for t, n in np.argwhere(binds >= 5)
    ]  # fmt: skip


def _outputs(maker: Maker) -> Rows:
    """The region's output that was used, and what is bought here of each product."""
    three = ends(np.ascontiguousarray(maker.done.outputs.T), LEVELS)
    here = np.median(maker.done.rho, axis=0) * 100
    return [
        maker.named(code)
        | dict(zip(("low", "value", "high"), map(float, three[n]), strict=True))
        | {
            "unit": maker.known.unit,
            "basis": maker.known.basis[code],
            "bought_in_region": float(here[n]),
        }
        for n, code in enumerate(maker.known.codes)
    ]


def of_drivers(
    maker: Maker, shares: pd.DataFrame, swing: dict[tuple[str, str], tuple[float, float]]
) -> pd.DataFrame:
    """The drivers of each outcome: the structure first, then the others by their share."""
    rows: Rows = []
    for outcome, measure in OUTCOMES.items():
        column = shares[outcome].dropna() * 100
        if column.empty:
            continue
        first = [name for name in (STRUCTURE,) if name in column.index]
        order = [*first, *column.drop(first).sort_values(ascending=False, kind="stable").index]
        left = max(0.0, 100 - float(column.sum()))
        for name in [*order, "together"]:
            low, high = swing.get((str(name), outcome), (np.nan, np.nan))
            driver, _, project = str(name).partition(".")
            share = left if name == "together" else float(column[name])
            rows.append(
                {
                    "scenario": maker.scenario,
                    "outcome": outcome,
                    "driver": driver,
                    "project": project,
                    "share": share,
                    "low": low,
                    "high": high,
                    "unit": unit_of(measure, maker.known.unit),
                }
            )
    return table("simulate", "drivers", rows)


def of_assumptions(done: Ensemble) -> pd.DataFrame:
    """The assumptions that were asked for."""
    rows = []
    for _, row in done.assumed.rows.iterrows():
        name = f"{row['name']}.{row['scope']}" if row["scope"] else row["name"]
        if name in done.assumed.used:
            ends = {end: float(row[end] or "nan") for end in ("value", "low", "high")}
            rows.append(dict(row) | ends | {"distribution": row["distribution"] or "fixed"})
    return table("simulate", "assumptions", rows)
