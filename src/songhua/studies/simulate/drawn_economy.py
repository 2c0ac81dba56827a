"""The drawn economy of a region: outputs, tables and their inverses, kept by what they read.

A simulation that assumes something else of a project reads the same tables, and draws none again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from songhua.hooks.checkpoints import stoppable
from songhua.maths.projects import MEASURES, Economy
from songhua.results.kept import Cache, key_of
from songhua.studies.registry import Progress
from songhua.studies.simulate.assumption_draws import AssumptionDraws
from songhua.studies.simulate.own_supply import supplied
from songhua.studies.simulate.regional_base import RegionalBase
from songhua.studies.simulate.table_draws import draw_coefficients, draw_outputs, final_users

#: Concentration of the prior of the structure, if not assumed.
CONCENTRATION = 50.0
#: Most bytes that are kept.
MOST = 512 * 2**20


@dataclass(frozen=True)
class Seeds:
    """Where the chance of assumptions, of the structure and of the tables comes from."""

    assumptions: int
    structure: int
    table: int


@dataclass(frozen=True)
class DrawnTables:
    """Outputs (draws × n), coefficients and their inverses (draws × n × n), what is bought here.

    `bought_here` is draws × n: what share of a product, bought at home, is bought in the region;
    `estimated` is what it would be if none were observed;
    `over_nation` draws × 3 × n: value added, income and jobs of a unit of output over the nation's.
    """

    outputs: np.ndarray
    A: np.ndarray
    L: np.ndarray
    bought_here: np.ndarray
    estimated: np.ndarray
    over_nation: np.ndarray

    @property
    def size(self) -> int:
        """Bytes."""
        return self.A.nbytes * 2 + self.outputs.nbytes * 5


@dataclass(frozen=True)
class DrawnEconomy:
    """The drawn tables with amounts per unit of output and the purchases of households."""

    tables: DrawnTables
    economy: Economy

    @property
    def size(self) -> int:
        """Bytes, with what is worked out from it later."""
        return self.tables.A.nbytes + self.economy.per_output.nbytes * 8


_CACHE = Cache[Any](MOST, lambda _, entry: entry.size)


def drawn_economy(
    base: RegionalBase,
    assumptions: AssumptionDraws,
    seeds: Seeds,
    workers: int = 1,
    progress: Progress | None = None,
) -> DrawnEconomy:
    """The region's economy in every draw, as the assumptions of the region have it.

    >>> from songhua.studies.simulate import example
    >>> assumptions = example.ensemble().assumptions
    >>> first, again = (drawn_economy(example.base(), assumptions, Seeds(1, 2, 3)) for _ in "ab")
    >>> first is again, first.economy.A.tolist()
    (True, [[[0.2, 0.0], [0.0, 0.2]]])
    """
    count = assumptions.count
    concentration = assumptions.value("concentration", CONCENTRATION)
    assumed = {name: assumptions.get(name) for name in ("area", "transfer")}
    assumed_draws = {name: values for name, values in assumed.items() if values is not None}

    observed = observed_shares(base, assumptions, count)

    def draw() -> DrawnTables:
        outputs = draw_outputs(base, concentration, count, seeds.structure)
        drawn = draw_coefficients(base, outputs, assumed_draws, seeds.table, workers, progress)
        A, bought_here = drawn.A, drawn.bought_here
        if base.own_shares:
            places = [base.codes.index(industry.code) for industry in base.own_shares]
            most = 1 - base.value_added.to_numpy(float) * drawn.over_nation[:, 0]
            A, bought_here = supplied(A, bought_here, outputs, most, places, observed)
        eye = np.eye(A.shape[-1])
        L = np.array([np.linalg.inv(eye - matrix) for matrix in stoppable(A)])
        for part in (outputs, A, L, bought_here, drawn.bought_here, drawn.over_nation):
            part.flags.writeable = False
        return DrawnTables(outputs, A, L, bought_here, drawn.bought_here, drawn.over_nation)

    read = (*_read(base), concentration, count, seeds.structure, seeds.table)
    key = key_of(*read, observed, *assumed_draws, *assumed_draws.values())
    tables: DrawnTables = _CACHE.of(key, draw)
    per_output = _per_output(base, assumptions, count, tables.over_nation)
    spent = _households(base, assumptions, final_users(base, tables.bought_here))
    return _CACHE.of(
        key_of(key, per_output, spent),
        lambda: DrawnEconomy(tables, Economy(tables.A, per_output, spent, tables.L)),
    )


def observed_shares(base: RegionalBase, assumptions: AssumptionDraws, count: int) -> np.ndarray:
    """Draws × observed industries: the shares, as far as they hold today, between 0 and 1.

    >>> from songhua.studies.simulate import example
    >>> observed_shares(example.base(), example.ensemble().assumptions, 20).shape
    (20, 0)
    """
    shares = np.array([industry.share for industry in base.own_shares])
    holds = assumptions.get("own_supply") if len(shares) else None
    factor = np.ones(count) if holds is None else holds
    return np.clip(np.outer(factor, shares), 0, 1)


def _read(base: RegionalBase) -> tuple[object, ...]:
    """The parts of the base that the draws of outputs and tables read."""
    numbers = (base.A, base.national, base.output, base.value_added)
    drawn = np.zeros(0) if base.drawn is None else base.drawn
    sectors = [(name, sector.codes, sector.total) for name, sector in base.sectors.items()]
    kinds = base.kinds.reindex(base.A.index).tolist()
    observed = [industry.code for industry in base.own_shares]
    labels = (base.codes, kinds, base.basis.tolist(), sectors, observed)
    return (*(frame.to_numpy(float) for frame in numbers), drawn, *labels)


def _per_output(
    base: RegionalBase, assumptions: AssumptionDraws, count: int, more: np.ndarray
) -> np.ndarray:
    """Draws × measure × n: amounts per unit of output; `more` is their ratio to the nation's.

    Taxes on production move with value added, of which they are a part.
    """
    labour = base.per_output("labour").to_numpy()
    pay = assumptions.need("pay")
    names = base.table.v.index
    taxes = (
        base.per_output("production_taxes").to_numpy()
        if "production_taxes" in names
        else labour * 0
    )
    added, income, jobs = np.moveaxis(more, 1, 0)
    per_output = np.empty((count, len(MEASURES), len(labour)))
    per_output[:, 0], per_output[:, 1] = 1, base.value_added.to_numpy() * added
    per_output[:, 3], per_output[:, 4] = labour * income, taxes * added
    per_output[:, 2] = labour / pay[:, np.newaxis] * jobs
    return per_output


def _home_purchases(base: RegionalBase, names: list[str]) -> tuple[np.ndarray, float]:
    """A final use's purchases at home by product, and all of it with imports."""
    home = base.table.f[names].sum(axis=1)
    imported = base.table.f_imported
    abroad = 0.0 if imported is None else float(imported[names].to_numpy().sum())
    return home.to_numpy(float), float(home.sum()) + abroad


def _households(
    base: RegionalBase, assumptions: AssumptionDraws, bought_here: np.ndarray
) -> np.ndarray:
    """Draws × n: purchases in the region per unit of labour income."""
    names = [str(name) for name in base.table.f if str(name).startswith("households")]
    home, total = _home_purchases(base, names)
    shares = [assumptions.get(name) for name in ("residents", "spent")]
    spent = np.prod([s for s in shares if s is not None], axis=0)
    return np.maximum(home, 0) / total * bought_here * np.reshape(spent, (-1, 1))
