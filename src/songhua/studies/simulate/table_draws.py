"""Draws of the region's output and of its table, each with the error that such tables have.

Where only a sector's total is known, output is spread over its industries by a Dirichlet about the
nation's structure, or as the accounts of the region have it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from songhua.hooks.checkpoints import stoppable
from songhua.maths import regional_error
from songhua.maths.ensemble import generator, run
from songhua.maths.regional_error import Nation
from songhua.studies.registry import Progress
from songhua.studies.simulate.regional_base import RegionalBase
from songhua.studies.table_in_use import column


def draw_outputs(base: RegionalBase, concentration: float, count: int, seed: int) -> np.ndarray:
    """Draws × n: the region's output by industry; what is observed is the same in every draw.

    >>> import songhua
    >>> from songhua import store
    >>> from songhua.studies.simulate.regional_base import regional_base
    >>> base = regional_base(store.read(songhua.example("harbin")).region, 2020)
    >>> outputs = draw_outputs(base, 50, 20, 1)
    >>> outputs.shape == (20, len(base.codes)), bool((outputs <= base.national.to_numpy()).all())
    (True, True)
    """
    if base.drawn is not None:
        chosen = generator(seed, "accounts").integers(0, len(base.drawn), count)
        return base.drawn[chosen]
    outputs = np.tile(base.output.to_numpy(float), (count, 1))
    if not base.sectors:
        return outputs
    added = base.value_added
    owner = {code: name for name, sector in base.sectors.items() for code in sector.codes}
    codes = list(owner)
    fixed = [code for code in codes if base.basis[code] != "prior"]
    drawn = regional_error.output_prior(
        pd.Series({name: sector.total for name, sector in base.sectors.items()}),
        (base.national * added)[codes],
        pd.Series(owner),
        concentration,
        count,
        seed,
        (base.output * added)[fixed],
    )
    places = [base.codes.index(code) for code in codes]
    outputs[:, places] = (drawn[codes] / added[codes].where(added[codes] > 0)).fillna(0.0)
    return np.minimum(outputs, base.national.to_numpy(float))


@dataclass(frozen=True)
class DrawnCoefficients:
    """Draws of the region's table and of its coefficients per output.

    `A` is draws × n × n; `bought_here` draws × n, the region's share in purchases of home products;
    `over_nation` draws × `PER_OUTPUT` × n, the ratio of the coefficient per unit of output to the
    nation's.
    """

    A: np.ndarray
    bought_here: np.ndarray
    over_nation: np.ndarray

    @property
    def parts(self) -> tuple[np.ndarray, ...]:
        """Its arrays."""
        return self.A, self.bought_here, self.over_nation


#: The drawn coefficients per unit of output, in order.
PER_OUTPUT = ("value_added", "income", "jobs")


def draw_coefficients(
    base: RegionalBase,
    outputs: np.ndarray,
    assumed: Mapping[str, np.ndarray],
    seed: int,
    workers: int = 1,
    progress: Progress | None = None,
) -> DrawnCoefficients:
    """Draws of the region's coefficients, each draw with its own output and its own error.

    Every draw has its own stream of chance, so the number of workers changes nothing. The
    region's own table is taken as it is. `assumed` may hold draws of `area` and `transfer`.

    >>> from songhua.studies.simulate import example
    >>> base = example.base()  # a table of its own has no error
    >>> outputs = draw_outputs(base, 50, 20, 1)
    >>> draw_coefficients(base, outputs, {}, 1).A.tolist()
    [[[0.2, 0.0], [0.0, 0.2]]]
    """
    n = len(base.codes)
    if (base.basis == "own").all():
        A = base.A.to_numpy(float)[np.newaxis]
        return DrawnCoefficients(A, np.ones((1, n)), np.ones((1, len(PER_OUTPUT), n)))
    table = pd.DataFrame(outputs).assign(**assumed)
    labour = base.per_output("labour").reindex(base.A.index).to_numpy(float)
    nation = Nation(
        base.A.to_numpy(float),
        base.national.reindex(base.A.index).to_numpy(float),
        base.kinds.reindex(base.A.index).tolist(),
        base.value_added.reindex(base.A.index).to_numpy(float),
        labour,
        labour,  # jobs are income over one pay, which has an assumption of its own
    )
    stacked = run(
        partial(_drawn, regional_error.load(), nation, seed), table, workers, progress, "tables"
    )
    A, bought_here, over_nation = np.split(stacked, [n * n, n * n + n], axis=1)
    count = len(outputs)
    return DrawnCoefficients(
        A.reshape(count, n, n), bought_here, over_nation.reshape(count, len(PER_OUTPUT), n)
    )


def _drawn(
    model: regional_error.ErrorModel, nation: Nation, seed: int, piece: pd.DataFrame
) -> np.ndarray:
    """Some draws, a row each: cells, shares bought here, amounts per output over the nation's."""
    outputs = piece.drop(columns=["area", "transfer"], errors="ignore").to_numpy(float)
    areas, wide = (piece.get(name, pd.Series(np.nan, piece.index)) for name in ("area", "transfer"))
    whole = np.array([nation.value_added, nation.income, nation.jobs], dtype=float)
    rows = []
    for draw, x, area, widening in stoppable(zip(piece.index, outputs, areas, wide, strict=True)):
        drawn = regional_error.draw_region(
            model,
            nation,
            x,
            1,
            generator(seed, "table", int(draw)),
            None if np.isnan(area) else float(area),
            regional_error.TRANSFER if np.isnan(widening) else float(widening),
        )
        per_output = np.array([getattr(drawn, name)[0] for name in PER_OUTPUT])
        more = np.where(whole != 0, per_output / np.where(whole != 0, whole, 1.0), 1.0)
        rows.append(np.concatenate([drawn.A[0].ravel(), drawn.own_supply[0], more.ravel()]))
    return np.array(rows)


def final_users(base: RegionalBase, bought_here: np.ndarray) -> np.ndarray:
    """Draws × n: the share of a product, bought at home, that final users buy in the region.

    Products that are made where they are used come entirely from the region, whatever industries
    buy elsewhere: structures, and the products of industries that the table marks as not traded,
    such as rents. For all other products the model gives final users the shares of industries.

    >>> from songhua.studies.simulate import example
    >>> final_users(example.base(), np.array([[0.4, 0.3]])).tolist()  # works makes structures
    [[0.4, 1.0]]
    """
    described = base.table.industries
    frame = pd.DataFrame() if described is None else described
    good, traded = (column(frame, name, base.A.index) for name in ("good", "traded"))
    stays = ((good == "structures") | (traded == "no")).to_numpy()
    return np.where(stays, 1.0, bought_here)
