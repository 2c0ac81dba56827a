"""One ensemble: assumptions, outputs and tables drawn, and what the projects do in each draw."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from songhua.maths.ensemble import paired_shares, variance_shares
from songhua.maths.projects import EFFECTS, MEASURES, Economy, Impact
from songhua.plan import Plan
from songhua.plan.assumptions import GOODS
from songhua.studies.registry import Progress
from songhua.studies.simulate.assumption_draws import AssumptionDraws
from songhua.studies.simulate.project_flows import ProjectDraws, project_flows
from songhua.studies.simulate.regional_base import RegionalBase, column
from songhua.studies.simulate.table_draws import bought_here, draw_outputs, draw_tables, final_users

#: Concentration of the prior of the structure, and widening of the table's error, if not assumed.
CONCENTRATION, TRANSFER = 50.0, 1.5
STRUCTURE, TABLE = "structure", "table"


@dataclass(frozen=True)
class Seeds:
    """Where the chance of assumptions, of the structure and of the tables comes from."""

    assumptions: int
    structure: int
    table: int


@dataclass(frozen=True)
class Ensemble:
    """What was drawn and what follows.

    `outputs` are draws × n, `bought_here` draws × n: what share of a product, bought at home,
    industries buy in the region.
    """

    assumptions: AssumptionDraws
    outputs: np.ndarray
    impact: Impact
    projects: dict[str, ProjectDraws]
    bought_here: np.ndarray


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
    concentration = assumptions.value("concentration", CONCENTRATION)
    outputs = draw_outputs(base, concentration, count, seeds.structure)
    transfer = assumptions.get("transfer")
    wide = np.full(count, TRANSFER) if transfer is None else transfer
    tables = draw_tables(base, outputs, wide, seeds.table, workers, progress)
    own = (base.basis == "own").all()
    here = np.ones((1, len(base.codes))) if own else bought_here(base, tables, outputs)
    held = _held_per_output(base, assumptions, count)
    users = final_users(base, here)
    economy = Economy(tables, held, _households(base, assumptions, users))
    jobs = pd.DataFrame(held[:, MEASURES.index("jobs")], columns=pd.Index(base.codes))
    flows, projects = project_flows(plan, assumptions, jobs, _baskets(base, users), base.codes)
    since = np.array(flows.years) - int(base.table.year or flows.years[0])
    growth = assumptions.get("productivity")
    rate = np.zeros(1) if growth is None else growth
    productivity = (1 + rate)[:, np.newaxis] ** np.maximum(since, 0)
    most = _capacity(assumptions, outputs, since)
    impact = Impact(economy, flows, productivity, most, outputs)
    return Ensemble(assumptions, outputs, impact, projects, here)


def _held_per_output(base: RegionalBase, assumptions: AssumptionDraws, count: int) -> np.ndarray:
    """Draws × measure × n: what a unit of output holds, as in the nation."""
    labour = base.held("labour").to_numpy()
    pay = assumptions.need("pay")
    names = base.table.v.index
    taxes = base.held("production_taxes").to_numpy() if "production_taxes" in names else labour * 0
    held = np.empty((count, len(MEASURES), len(labour)))
    held[:, 0], held[:, 1], held[:, 3], held[:, 4] = 1, base.value_added, labour, taxes
    held[:, 2] = labour / pay[:, np.newaxis]
    return held


def _home_purchases(base: RegionalBase, names: list[str]) -> tuple[np.ndarray, float]:
    """A final use's purchases at home by product, and all of it with imports."""
    home = base.table.f[names].sum(axis=1)
    imported = base.table.f_imported
    abroad = 0.0 if imported is None else float(imported[names].to_numpy().sum())
    return home.to_numpy(float), float(home.sum()) + abroad


def _households(base: RegionalBase, assumptions: AssumptionDraws, here: np.ndarray) -> np.ndarray:
    """Draws × n: what is bought in the region for a unit of labour income."""
    names = [str(name) for name in base.table.f if str(name).startswith("households")]
    home, total = _home_purchases(base, names)
    shares = [assumptions.get(name) for name in ("residents", "spent")]
    spent = np.prod([s for s in shares if s is not None], axis=0)
    return np.maximum(home, 0) / total * here * np.reshape(spent, (-1, 1))


def _baskets(base: RegionalBase, here: np.ndarray) -> np.ndarray:
    """Draws × goods × n: what is bought in the region for a unit spent on a good.

    A good is bought as the nation's fixed investment buys from the industries that make it.
    Installation is bought of the makers of structures, unless some industries are marked.
    """
    described = base.table.industries
    marked = column(pd.DataFrame() if described is None else described, "good", base.A.index)
    imported = base.table.f_imported
    home = base.table.f["fixed_capital"]
    every = home if imported is None else home + imported["fixed_capital"]
    found = np.zeros((len(here), len(GOODS), len(base.codes)))
    for place, good in enumerate(GOODS):
        mine = (marked == good).to_numpy()
        mine = mine if mine.any() or good != "installation" else (marked == "structures").to_numpy()
        total = every.to_numpy(float)[mine].clip(min=0).sum()
        if total > 0:
            found[:, place] = np.where(mine, home.clip(lower=0), 0.0) / total * here
    return found


def _capacity(
    assumptions: AssumptionDraws, outputs: np.ndarray, since: np.ndarray
) -> np.ndarray | None:
    """Draws × years × n: what industries can make beyond the base year's output, if limited."""
    spare, growth = assumptions.get("spare"), assumptions.get("spare_growth")
    if spare is None:
        return None
    grown = np.zeros(1) if growth is None else growth
    share = np.maximum(spare[:, np.newaxis] + grown[:, np.newaxis] * np.maximum(since, 0), 0)
    return outputs[:, np.newaxis] * share[..., np.newaxis]


def outcomes(impact: Impact) -> pd.DataFrame:
    """Draw × headline: what the drivers are asked about.

    Construction is summed over the years, operation is that of the last year, net is type I over
    all years.

    >>> from songhua.studies.simulate import example
    >>> outcomes(example.ensemble().impact)["net_value_added"].unique().tolist()
    [50.0]
    """
    one = EFFECTS.index("type_i")
    total = impact.by_project().sum(axis=1)[:, :, one]  # phase, year, measure, draw
    added, jobs = MEASURES.index("value_added"), MEASURES.index("jobs")
    return pd.DataFrame(
        {
            "construction_value_added": total[0, :, added].sum(axis=0),
            "construction_jobs": total[0, :, jobs].sum(axis=0),
            "operation_value_added": total[1, -1, added],
            "operation_jobs": total[1, -1, jobs],
            "net_value_added": impact.balance[:, 0, -1, :, added].sum(axis=-1),
        }
    )


def variance_drivers(
    base: RegionalBase, plan: Plan, seeds: Seeds, first: Ensemble, workers: int = 1
) -> pd.DataFrame:
    """How much of each headline's variance comes from what: driver × outcome, the structure first.

    Of an assumption what it explains by itself, from the draws that there are. Of the structure's
    prior and the table's error, which no one column holds, what they explain by themselves or
    together with others: the work is done again with only their draws renewed.

    >>> from songhua.studies.simulate import example
    >>> base, plan, ensemble = example.base(), example.plan(), example.ensemble()
    >>> shares = variance_drivers(base, plan, Seeds(1, 2, 3), ensemble)
    >>> shares["construction_jobs"].round(2).to_dict()  # only pay varies
    {'pay': 1.0}
    """
    found = outcomes(first.impact)
    table = first.assumptions.table[first.assumptions.varied()]
    renewed = {}
    if base.sectors:
        renewed[STRUCTURE] = replace(seeds, structure=seeds.structure + 1)
    if not (base.basis == "own").all():
        renewed[TABLE] = replace(seeds, table=seeds.table + 1)
    again = {
        name: outcomes(draw_ensemble(base, plan, other, len(found), workers).impact)
        for name, other in renewed.items()
    }
    groups = 1 - paired_shares(found, again).drop(index="rest") if again else pd.DataFrame()
    single = variance_shares(table, found).drop(index="rest")
    return pd.concat([groups, single])


def swings(first: Ensemble) -> dict[tuple[str, str], tuple[float, float]]:
    """By assumption and outcome: the mean in the assumption's lowest and in its highest tenth.

    >>> from songhua.studies.simulate import example
    >>> low, high = swings(example.ensemble())["pay", "construction_jobs"]
    >>> low > high  # higher pay, fewer jobs
    True
    """
    found = outcomes(first.impact)
    ends = {}
    for name in first.assumptions.varied():
        order = np.argsort(first.assumptions.table[name].to_numpy(), kind="stable")
        tenth = max(len(order) // 10, 1)
        for outcome in found:
            values = found[outcome].to_numpy()
            ends[name, str(outcome)] = (
                float(values[order[:tenth]].mean()), float(values[order[-tenth:]].mean()),
            )  # fmt: skip
    return ends
