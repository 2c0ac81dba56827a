"""Tables of a simulation: intervals of what the projects do, with labels on everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, get_args, get_type_hints

import numpy as np
import pandas as pd

from songhua.maths.projects import EFFECTS, MEASURES, PHASES, STEPS, TYPES, ends
from songhua.results import QUANTILES, Estimate
from songhua.results.estimates import ASSUMPTION, INTERVAL
from songhua.studies.simulate.ensemble import STRUCTURE, Ensemble
from songhua.studies.simulate.industry_rows import industries
from songhua.studies.simulate.rows import (
    BalanceImpact,
    CapacityLimit,
    Driver,
    LeakagePart,
    OwnSupply,
    ProjectImpact,
    RegionalOutput,
    SimulationRows,
    TotalImpact,
    UsedAssumption,
    ValueAddedFlow,
    YearImpact,
)
from songhua.studies.simulate.simulation import Simulation, unit_of

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ADDED = MEASURES.index("value_added")
TYPE_I = EFFECTS.index("type_i")
#: The outcomes whose drivers are sought, each with its measure.
OUTCOMES = {
    "construction_value_added": "value_added",
    "construction_jobs": "jobs",
    "operation_value_added": "value_added",
    "operation_jobs": "jobs",
    "net_value_added": "value_added",
}
#: An industry's limit is shown where it binds in so many percent of the draws.
BINDS = 5
#: The tables of simulate, each with the class of its rows.
TABLES: Mapping[str, type[DataclassInstance]] = {
    name: get_args(hint)[0] for name, hint in get_type_hints(SimulationRows).items()
}
#: By assumption and outcome the mean outcome in the assumption's lowest and highest tenth.
Swings = Mapping[tuple[str, str], tuple[float, float]]


def simulation_rows(
    simulation: Simulation, drivers: pd.DataFrame, swings: Swings
) -> SimulationRows:
    """The rows of all tables; `drivers` are driver × outcome, shares of the variance.

    >>> from songhua.studies.simulate import example
    >>> drivers = pd.DataFrame(columns=list(OUTCOMES))
    >>> rows = simulation_rows(example.simulation(), drivers, {})
    >>> [(row.effect, row.value.value) for row in rows.years if row.measure == "output"]
    [('direct', 50.0), ('indirect', 12.5), ('type_i', 62.5), ('type_ii', 62.5)]
    """
    years, projects = simulation.flows.years, simulation.flows.projects
    summary, fewer = simulation.summary, simulation.fewer
    axes = {"year": years, "effect": EFFECTS, "measure": MEASURES}
    by_phase = {"phase": PHASES, "project": projects} | axes
    net = {"project": projects, "year": years, "effect": TYPES, "measure": MEASURES}
    return SimulationRows(
        years=[
            *simulation.cells(
                YearImpact, summary.years, {"phase": PHASES} | axes, fewer and fewer.years
            )
        ],
        totals=[*totals(simulation)],
        projects=[
            *simulation.cells(ProjectImpact, summary.projects, by_phase),
            *simulation.cells(ProjectImpact, summary.net, net, phase="net"),
        ],
        industries=[*industries(simulation)],
        balance=[*balance_rows(simulation)],
        leakage=[*leakage(simulation)],
        flows=[*value_added_flows(simulation)],
        limits=[*capacity_limits(simulation)],
        outputs=[*regional_outputs(simulation)],
        own_supply=[*own_supply(simulation)],
        drivers=[*driver_rows(simulation, drivers, swings)],
        assumptions=[*used_assumptions(simulation.ensemble)],
    )


def totals(simulation: Simulation) -> Iterator[TotalImpact]:
    """Construction in sum and operation in the last year, for all projects and for each.

    >>> from songhua.studies.simulate import example
    >>> rows = [row for row in totals(example.simulation()) if row.effect == "type_i"]
    >>> [(row.project, row.period, row.value.value) for row in rows if row.measure == "value_added"]
    [('', '2021', 50.0), ('mill', '2021', 50.0)]
    """
    by_project = (
        (str(name), simulation.impact.by_project(slice(at, at + 1))[:, 0], None)
        for at, name in enumerate(simulation.flows.projects)
    )
    axes = {"effect": EFFECTS, "measure": MEASURES}
    fewer = simulation.fewer
    of_all = "", simulation.summary.totals, fewer and fewer.totals
    for name, values, without in chain([of_all], by_project):
        phases = _by_phase(values)
        second = [None, None] if without is None else _by_phase(without)
        for phase, part, second_part in zip(PHASES, phases, second, strict=True):
            period = simulation.periods[phase]
            yield from simulation.cells(
                TotalImpact, part, axes, second_part, project=name, phase=phase, period=period
            )


def _by_phase(draws: np.ndarray) -> np.ndarray:
    """Intervals of construction in sum and of operation in the last year."""
    return ends(np.stack([draws[0].sum(axis=0), draws[1, -1]]), QUANTILES)


def balance_rows(simulation: Simulation) -> Iterator[BalanceImpact]:
    """From gross to net, by year.

    >>> from songhua.studies.simulate import example
    >>> rows = [row for row in balance_rows(example.simulation()) if row.effect == "type_i"]
    >>> [(row.step, row.value.value) for row in rows if row.measure == "output"]
    [('construction', 62.5), ('gross', 62.5), ('net', 62.5)]
    """
    years = simulation.flows.years
    axes = {"effect": TYPES, "step": STEPS, "year": years, "measure": MEASURES}
    fewer = simulation.fewer
    return simulation.cells(
        BalanceImpact, simulation.summary.balance, axes, fewer and fewer.balance
    )


def leakage(simulation: Simulation) -> Iterator[LeakagePart]:
    """Spent, bought here and leaked, for each project.

    >>> from songhua.studies.simulate import example
    >>> [(row.part, row.value.value) for row in leakage(example.simulation())]
    [('spent', 100.0), ('local', 50.0), ('leaked', 50.0)]
    """
    flows, economy = simulation.flows, simulation.impact.economy
    baskets = flows.baskets.sum(axis=-1)[:, np.newaxis, np.newaxis]
    for at, project in enumerate(flows.projects):
        goods = flows.spending[:, at].sum(axis=(1, 2))
        idle = flows.idle[:, at].sum(axis=1)
        local = (flows.bought[:, at : at + 1] * baskets).sum(axis=(1, 2, 3))
        build = {"spent": goods + idle, "idle": idle, "local": local, "leaked": goods - local}
        sales, j = flows.output[:, at, -1], flows.industry[at]
        inputs = sales * economy.A[:, :, j].sum(axis=-1)
        added = sales * economy.per_output[:, ADDED, j]
        run = {"spent": sales, "local": inputs, "added": added, "leaked": sales - inputs - added}
        for phase, parts in zip(PHASES, (build, run), strict=True):
            for part, values in parts.items():
                draws = np.broadcast_to(values, simulation.impact.draws)
                interval = ends(draws[np.newaxis], QUANTILES)[0]
                if interval.any():
                    yield LeakagePart(
                        simulation.scenario,
                        str(project),
                        phase,
                        part,
                        simulation.estimate(interval, phase),
                        simulation.base.unit,
                    )


def value_added_flows(simulation: Simulation) -> Iterator[ValueAddedFlow]:
    """Median value added of type I by project and industry.

    >>> from songhua.studies.simulate import example
    >>> [(row.project, row.code, row.value) for row in value_added_flows(example.simulation())]
    [('mill', 'works', 50.0)]
    """
    flows, economy, base = simulation.flows, simulation.impact.economy, simulation.base
    for at, project in enumerate(flows.projects):
        built = flows.bought[:, at].sum(axis=1)[:, np.newaxis] @ flows.baskets
        sales = flows.output[:, at, -1]
        demand = np.zeros((simulation.impact.draws, 2, len(base.codes)))
        demand[:, 0], demand[:, 1, flows.industry[at]] = built[:, 0], sales
        added = demand @ economy.L.swapaxes(-1, -2) * economy.per_output[:, ADDED, np.newaxis]
        middle = np.median(added, axis=0)
        for phase, n in np.argwhere(middle > 0):
            yield ValueAddedFlow(
                simulation.scenario, str(project), PHASES[phase], base.id, base.codes[n],
                float(middle[phase, n]), base.unit,
            )  # fmt: skip


def capacity_limits(simulation: Simulation) -> Iterator[CapacityLimit]:
    """Industries whose limit binds in one draw of twenty or more.

    >>> from songhua.studies.simulate import example
    >>> list(capacity_limits(example.simulation()))  # nothing is said of limits
    []
    """
    base = simulation.base
    if simulation.impact.capacity is None:
        return
    unmet, _ = simulation.impact.limits[0]
    binds, mean = (unmet > 0).mean(axis=0) * 100, unmet.mean(axis=0)
    for t, n in np.argwhere(binds >= BINDS):
        yield CapacityLimit(
            simulation.scenario, simulation.flows.years[t], base.id, base.codes[n],
            float(binds[t, n]), float(mean[t, n]), base.unit,
        )  # fmt: skip


def regional_outputs(simulation: Simulation) -> Iterator[RegionalOutput]:
    """The region's output that was used, and what is bought here of each product.

    >>> from songhua.studies.simulate import example
    >>> [(row.code, row.value.value, row.basis) for row in regional_outputs(example.simulation())]
    [('food', 100.0, 'own'), ('works', 50.0, 'own')]
    """
    base, ensemble = simulation.base, simulation.ensemble
    intervals = ends(np.ascontiguousarray(ensemble.outputs.T), QUANTILES)
    bought_here = np.median(ensemble.bought_here, axis=0) * 100
    for code, interval, share in zip(base.codes, intervals, bought_here.tolist(), strict=True):
        kind = ASSUMPTION if base.basis[code] == "prior" else INTERVAL
        output = Estimate.drawn(*interval, kind=kind)
        yield RegionalOutput(base.id, code, output, base.unit, base.basis[code], share)


def driver_rows(simulation: Simulation, shares: pd.DataFrame, swings: Swings) -> Iterator[Driver]:
    """The drivers of each outcome: the structure first, then the others by their share.

    >>> from songhua.studies.simulate import example
    >>> shares = pd.DataFrame({name: [0.75] for name in OUTCOMES}, index=["pay"])
    >>> rows = driver_rows(example.simulation(), shares, {})
    >>> [(row.driver, row.share) for row in rows if row.outcome == "net_value_added"]
    [('pay', 75.0), ('together', 25.0)]
    """
    for outcome, measure in OUTCOMES.items():
        column = shares[outcome].dropna() * 100
        if column.empty:
            continue
        first = [name for name in (STRUCTURE,) if name in column.index]
        order = [*first, *column.drop(first).sort_values(ascending=False, kind="stable").index]
        unexplained = max(0.0, 100 - float(column.sum()))
        for name in [*order, "together"]:
            low, high = swings.get((str(name), outcome), (np.nan, np.nan))
            driver, _, project = str(name).partition(".")
            share = unexplained if name == "together" else float(column[name])
            yield Driver(
                simulation.scenario, outcome, driver, project, share, low, high,
                unit_of(measure, simulation.base.unit),
            )  # fmt: skip


def own_supply(simulation: Simulation) -> Iterator[OwnSupply]:
    """The observed shares bought in the region, each beside what would have been estimated.

    >>> from songhua.studies.simulate import example
    >>> list(own_supply(example.simulation()))
    []
    """
    base, ensemble = simulation.base, simulation.ensemble
    for industry in base.own_shares:
        at = base.codes.index(industry.code)
        estimated = np.quantile(ensemble.estimated[:, at], QUANTILES) * 100
        figure = industry.observation
        yield OwnSupply(
            base.id,
            industry.code,
            figure.period,
            industry.share * 100,
            float(np.median(ensemble.bought_here[:, at])) * 100,
            Estimate.drawn(*estimated),
            figure.ids,
            figure.source,
        )


def used_assumptions(ensemble: Ensemble) -> Iterator[UsedAssumption]:
    """The assumptions that were asked for.

    >>> from songhua.studies.simulate import example
    >>> [(row.name, row.value.low, row.value.high) for row in used_assumptions(example.ensemble())]
    [('pay', 40000.0, 60000.0), ('spent', nan, nan)]
    """
    for row in ensemble.assumptions.rows:
        if row.label in ensemble.assumptions.used:
            value, low, high = (float(end or "nan") for end in (row.value, row.low, row.high))
            yield UsedAssumption(
                row.name,
                row.scope,
                Estimate(value, low, high, "range"),
                row.distribution or "fixed",
                row.unit,
                row.source,
                row.note,
            )
