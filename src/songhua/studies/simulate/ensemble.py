"""One ensemble: assumptions, outputs and tables drawn, and what the projects do in each draw."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from songhua.maths.ensemble import paired_shares, variance_shares
from songhua.maths.projects import EFFECTS, MEASURES, Economy, Impact
from songhua.plan import Plan
from songhua.plan.assumptions import GOODS
from songhua.studies.simulate.assumption_draws import AssumptionDraws
from songhua.studies.simulate.project_flows import Sheet, build
from songhua.studies.simulate.regional_base import (
    Base,
    Progress,
    bought_here,
    column,
    draw_outputs,
    draw_tables,
)

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
    """What was drawn and what follows."""

    assumed: AssumptionDraws
    outputs: np.ndarray
    impact: Impact
    sheets: dict[str, Sheet]
    rho: np.ndarray


def once(
    known: Base,
    plan: Plan,
    seeds: Seeds,
    count: int,
    workers: int = 1,
    progress: Progress | None = None,
) -> Ensemble:
    """Draw everything `count` times."""
    assumed = AssumptionDraws(plan.assumptions, known.unit, count, seeds.assumptions)
    concentration = assumed.value("concentration", CONCENTRATION)
    outputs = draw_outputs(known, concentration, count, seeds.structure)
    transfer = assumed.get("transfer")
    wide = np.full(count, TRANSFER) if transfer is None else transfer
    tables = draw_tables(known, outputs, wide, seeds.table, workers, progress)
    own = (known.basis == "own").all()
    rho = np.ones((1, len(known.codes))) if own else bought_here(known, tables, outputs)
    hold = _holds(known, assumed, count)
    economy = Economy(tables, hold, _households(known, assumed, rho))
    jobs = pd.DataFrame(hold[:, MEASURES.index("jobs")], columns=pd.Index(known.codes))
    works, sheets = build(plan, assumed, jobs, _baskets(known, rho), known.codes)
    since = np.array(works.years) - int(known.table.year or works.years[0])
    growth = assumed.get("productivity")
    rate = np.zeros(1) if growth is None else growth
    productivity = (1 + rate)[:, np.newaxis] ** np.maximum(since, 0)
    capacity = _capacity(assumed, outputs, since)
    return Ensemble(assumed, outputs, Impact(economy, works, productivity, capacity), sheets, rho)


def _holds(known: Base, assumed: AssumptionDraws, count: int) -> np.ndarray:
    """Draws × measure × n: what a unit of output holds, as in the nation."""
    labour = known.held("labour").to_numpy()
    pay = assumed.need("pay")
    names = known.table.v.index
    taxes = known.held("production_taxes").to_numpy() if "production_taxes" in names else labour * 0
    hold = np.empty((count, len(MEASURES), len(labour)))
    hold[:, 0], hold[:, 1], hold[:, 3], hold[:, 4] = 1, known.value_added, labour, taxes
    hold[:, 2] = labour / pay[:, np.newaxis]
    return hold


def _homes(known: Base, names: list[str]) -> tuple[np.ndarray, float]:
    """A final use's purchases at home by product, and all of it with imports."""
    home = known.table.f[names].sum(axis=1)
    imported = known.table.f_imported
    abroad = 0.0 if imported is None else float(imported[names].to_numpy().sum())
    return home.to_numpy(float), float(home.sum()) + abroad


def _households(known: Base, assumed: AssumptionDraws, rho: np.ndarray) -> np.ndarray:
    """Draws × n: what is bought in the region for a unit of labour income."""
    names = [str(name) for name in known.table.f if str(name).startswith("households")]
    home, total = _homes(known, names)
    shares = [assumed.get(name) for name in ("residents", "spent")]
    spent = np.prod([s for s in shares if s is not None], axis=0)
    return np.maximum(home, 0) / total * rho * np.reshape(spent, (-1, 1))


def _baskets(known: Base, rho: np.ndarray) -> np.ndarray:
    """Draws × goods × n: what is bought in the region for a unit spent on a good.

    A good is bought as the nation's fixed investment buys from the industries that make it.
    Installation is bought of the makers of structures, unless some industries are marked.
    """
    described = known.table.industries
    marked = column(pd.DataFrame() if described is None else described, "good", known.A.index)
    imported = known.table.f_imported
    home = known.table.f["fixed_capital"]
    every = home if imported is None else home + imported["fixed_capital"]
    found = np.zeros((len(rho), len(GOODS), len(known.codes)))
    for place, good in enumerate(GOODS):
        mine = (marked == good).to_numpy()
        mine = mine if mine.any() or good != "installation" else (marked == "structures").to_numpy()
        total = every.to_numpy(float)[mine].clip(min=0).sum()
        if total > 0:
            found[:, place] = np.where(mine, home.clip(lower=0), 0.0) / total * rho
    return found


def _capacity(
    assumed: AssumptionDraws, outputs: np.ndarray, since: np.ndarray
) -> np.ndarray | None:
    """Draws × years × n: what industries can make beyond the base year's output, if limited."""
    spare, growth = assumed.get("spare"), assumed.get("spare_growth")
    if spare is None:
        return None
    grown = np.zeros(1) if growth is None else growth
    share = spare[:, np.newaxis] + grown[:, np.newaxis] * np.maximum(since, 0)
    return outputs[:, np.newaxis] * share[..., np.newaxis]


def outcomes(impact: Impact) -> pd.DataFrame:
    """Draw × headline: what the drivers are asked about.

    Construction is summed over the years, operation is that of the last year, net is type I over
    all years.
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


def drivers(known: Base, plan: Plan, seeds: Seeds, first: Ensemble, workers: int) -> pd.DataFrame:
    """How much of each headline's variance comes from what: driver × outcome, the structure first.

    Of an assumption what it explains by itself, from the draws that there are. Of the structure's
    prior and the table's error, which no one column holds, what they explain by themselves or
    together with others: the work is done again with only their draws renewed.
    """
    found = outcomes(first.impact)
    table = first.assumed.table[first.assumed.varied()]
    renewed = {}
    if known.sectors:
        renewed[STRUCTURE] = replace(seeds, structure=seeds.structure + 1)
    if not (known.basis == "own").all():
        renewed[TABLE] = replace(seeds, table=seeds.table + 1)
    again = {
        name: outcomes(once(known, plan, other, len(found), workers).impact)
        for name, other in renewed.items()
    }
    groups = 1 - paired_shares(found, again).drop(index="rest") if again else pd.DataFrame()
    single = variance_shares(table, found).drop(index="rest")
    return pd.concat([groups, single])


def swings(first: Ensemble) -> dict[tuple[str, str], tuple[float, float]]:
    """By assumption and outcome: the mean in the assumption's lowest and in its highest tenth."""
    found = outcomes(first.impact)
    ends = {}
    for name in first.assumed.varied():
        order = np.argsort(first.assumed.table[name].to_numpy(), kind="stable")
        tenth = max(len(order) // 10, 1)
        for outcome in found:
            values = found[outcome].to_numpy()
            ends[name, str(outcome)] = (
                float(values[order[:tenth]].mean()), float(values[order[-tenth:]].mean()),
            )  # fmt: skip
    return ends
