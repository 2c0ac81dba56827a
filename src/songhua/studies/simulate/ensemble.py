"""An ensemble: assumptions, outputs and tables drawn, and the projects' effects in each draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from songhua.maths.ensemble import paired_shares, variance_shares
from songhua.maths.projects import EFFECTS, MEASURES, TYPES, Impact, ProjectFlows
from songhua.plan import Plan
from songhua.plan.assumptions import GOODS
from songhua.studies.registry import Progress
from songhua.studies.simulate.assumption_draws import AssumptionDraws
from songhua.studies.simulate.drawn_economy import DrawnEconomy, Seeds, drawn_economy
from songhua.studies.simulate.project_flows import ProjectDraws, project_flows, without_parts
from songhua.studies.simulate.regional_base import RegionalBase
from songhua.studies.simulate.table_draws import final_users
from songhua.studies.table_in_use import column

STRUCTURE, TABLE = "structure", "table"


@dataclass(frozen=True)
class Ensemble:
    """Draws of assumptions and tables, and the effects of the projects in each.

    `outputs` are draws × n, `bought_here` draws × n: what share of a product, bought at home,
    industries buy in the region; `estimated` is that without what was observed of it. `impact` is
    of all projects, each counted by itself; `without_parts` leaves out what may be counted in
    another project's already, and is None where nothing may be; `parts` are the projects of
    which something is left out there, with those that each may be part of.
    """

    assumptions: AssumptionDraws
    outputs: np.ndarray
    impact: Impact
    projects: dict[str, ProjectDraws]
    bought_here: np.ndarray
    estimated: np.ndarray
    without_parts: Impact | None = None
    parts: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """Draw × headline."""
        return outcomes(self.impact)


def draw_ensemble(
    base: RegionalBase,
    plan: Plan,
    seeds: Seeds,
    count: int,
    workers: int = 1,
    progress: Progress | None = None,
) -> Ensemble:
    """Draw assumptions, outputs and tables `count` times, and work out the projects' effects.

    >>> from songhua.studies.simulate import example
    >>> ensemble = draw_ensemble(example.base(), example.plan(), Seeds(1, 2, 3), 5)
    >>> ensemble.outputs.shape, ensemble.impact.draws
    ((5, 2), 5)
    """
    assumptions = AssumptionDraws(plan.assumptions, base.unit, count, seeds.assumptions)
    drawn = drawn_economy(base, assumptions, seeds, workers, progress)
    bought_here = drawn.tables.bought_here
    per_output = drawn.economy.per_output[:, MEASURES.index("jobs")]
    jobs = pd.DataFrame(per_output, columns=pd.Index(base.codes))
    flows, projects = project_flows(
        plan, assumptions, jobs, _baskets(base, bought_here), base.codes
    )
    impact = _impact(base, assumptions, drawn, flows)
    tables, (fewer, parts) = drawn.tables, without_parts(flows, plan.wholes)
    return Ensemble(
        assumptions,
        tables.outputs,
        impact,
        projects,
        bought_here,
        tables.estimated,
        replace(impact, flows=fewer) if parts else None,
        {name: plan.wholes[name] for name in parts},
    )


def _impact(
    base: RegionalBase, assumptions: AssumptionDraws, drawn: DrawnEconomy, flows: ProjectFlows
) -> Impact:
    """The effects of the projects on the drawn economy."""
    since = np.array(flows.years) - int(base.table.year or flows.years[0])
    growth = assumptions.get("productivity")
    rate = np.zeros(1) if growth is None else growth
    productivity = (1 + rate)[:, np.newaxis] ** np.maximum(since, 0)
    capacity = _capacity(assumptions, drawn.tables.outputs, since)
    return Impact(drawn.economy, flows, productivity, capacity, drawn.tables.outputs)


def _baskets(base: RegionalBase, bought_here: np.ndarray) -> np.ndarray:
    """Draws × goods × n: purchases in the region per unit spent on a good.

    A good is bought as the nation's fixed investment buys from the industries that make it.
    Installation is bought of the makers of structures, unless some industries are marked.
    """
    bought_here, described = final_users(base, bought_here), base.table.industries
    marked = column(pd.DataFrame() if described is None else described, "good", base.A.index)
    imported = base.table.f_imported
    home = base.table.f["fixed_capital"]
    investment = home if imported is None else home + imported["fixed_capital"]
    baskets = np.zeros((len(bought_here), len(GOODS), len(base.codes)))
    for place, good in enumerate(GOODS):
        mine = (marked == good).to_numpy()
        mine = mine if mine.any() or good != "installation" else (marked == "structures").to_numpy()
        total = investment.to_numpy(float)[mine].clip(min=0).sum()
        if total > 0:
            baskets[:, place] = np.where(mine, home.clip(lower=0), 0.0) / total * bought_here
    return baskets


def _capacity(
    assumptions: AssumptionDraws, outputs: np.ndarray, since: np.ndarray
) -> np.ndarray | None:
    """Draws × years × n: capacity beyond the base year's output, where it is limited."""
    spare, growth = assumptions.get("spare"), assumptions.get("spare_growth")
    if spare is None:
        return None
    grown = np.zeros(1) if growth is None else growth
    share = np.maximum(spare[:, np.newaxis] + grown[:, np.newaxis] * np.maximum(since, 0), 0)
    return outputs[:, np.newaxis] * share[..., np.newaxis]


def outcomes(impact: Impact) -> pd.DataFrame:
    """Draw × headline: the outcomes whose drivers are sought.

    Construction is summed over the years, operation is that of the last year, net is type I over
    all years.

    >>> from songhua.studies.simulate import example
    >>> outcomes(example.ensemble().impact)["net_value_added"].unique().tolist()
    [50.0]
    """
    type_i = EFFECTS.index("type_i")
    total = impact.of_all(slice(type_i, type_i + 1))[:, :, 0]  # phase, year, measure, draw
    net = impact.balance_type_i[:, -1, :, MEASURES.index("value_added")].sum(axis=-1)
    return _headlines(total, net)


def project_outcomes(impact: Impact, at: int) -> pd.DataFrame:
    """The same of one project, by its place.

    >>> from songhua.studies.simulate import example
    >>> mill = project_outcomes(example.ensemble().impact, 0)
    >>> mill["construction_value_added"].unique().tolist()
    [50.0]
    """
    some, type_i = slice(at, at + 1), EFFECTS.index("type_i")
    gross = impact.by_project(some)
    net = impact.net_of_project(some, gross)[0, :, TYPES.index("type_i")]
    total = gross[:, 0, :, type_i]  # phase, year, measure, draw
    return _headlines(total, net[:, MEASURES.index("value_added")].sum(axis=0))


def _headlines(total: np.ndarray, net: np.ndarray) -> pd.DataFrame:
    """Draw × headline, from gross (phase × year × measure × draws) and the sum of the net."""
    added, jobs = MEASURES.index("value_added"), MEASURES.index("jobs")
    return pd.DataFrame(
        {
            "construction_value_added": total[0, :, added].sum(axis=0),
            "construction_jobs": total[0, :, jobs].sum(axis=0),
            "operation_value_added": total[1, -1, added],
            "operation_jobs": total[1, -1, jobs],
            "net_value_added": net,
        }
    )


def variance_drivers(
    base: RegionalBase,
    seeds: Seeds,
    first: Ensemble,
    workers: int = 1,
    measured: Callable[[Impact], pd.DataFrame] = outcomes,
) -> pd.DataFrame:
    """Shares of each headline's variance by its cause: driver × outcome, the structure first.

    The headlines are those of all projects, or the outcomes that `measured` takes from an impact.

    For an assumption, the share is what it explains by itself, from the existing draws. The
    structure's prior and the table's error are in no single column. Their share is what they
    explain by themselves or together with others: the computation is repeated with only their draws
    renewed, and the same projects.

    >>> from songhua.studies.simulate import example
    >>> shares = variance_drivers(example.base(), Seeds(1, 2, 3), example.ensemble())
    >>> shares["construction_jobs"].round(2).to_dict()  # only pay varies
    {'pay': 1.0}
    """
    headlines = measured(first.impact)
    table = first.assumptions.table[first.assumptions.varied()]
    renewed = {}
    if base.sectors:
        renewed[STRUCTURE] = replace(seeds, structure=seeds.structure + 1)
    if not (base.basis == "own").all():
        renewed[TABLE] = replace(seeds, table=seeds.table + 1)
    again = {
        name: measured(_renewed(base, new_seeds, first, workers))
        for name, new_seeds in renewed.items()
    }
    groups = 1 - paired_shares(headlines, again).drop(index="rest") if again else pd.DataFrame()
    single = variance_shares(table, headlines).drop(index="rest")
    return pd.concat([groups, single])


def _renewed(base: RegionalBase, seeds: Seeds, first: Ensemble, workers: int) -> Impact:
    """The effects of the same projects where structure or tables are drawn from other seeds."""
    drawn = drawn_economy(base, first.assumptions, seeds, workers)
    flows = replace(first.impact.flows, baskets=_baskets(base, drawn.tables.bought_here))
    return _impact(base, first.assumptions, drawn, flows)


def swings(first: Ensemble) -> dict[tuple[str, str], tuple[float, float]]:
    """By assumption and outcome: the mean in the assumption's lowest and in its highest tenth.

    >>> from songhua.studies.simulate import example
    >>> low, high = swings(example.ensemble())["pay", "construction_jobs"]
    >>> low > high  # higher pay, fewer jobs
    True
    """
    headlines = first.outcomes
    ends = {}
    for name in first.assumptions.varied():
        order = np.argsort(first.assumptions.table[name].to_numpy(), kind="stable")
        tenth = max(len(order) // 10, 1)
        for outcome in headlines:
            values = headlines[outcome].to_numpy()
            ends[name, str(outcome)] = (
                float(values[order[:tenth]].mean()),
                float(values[order[-tenth:]].mean()),
            )
    return ends
