"""Draws of the region's output and of its table, each with the error that such tables have.

Where only a sector's total is known, output is spread over its industries by a Dirichlet about the
nation's structure.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from songhua.maths import regional_error
from songhua.maths.ensemble import generator, run
from songhua.studies.registry import Progress
from songhua.studies.simulate.regional_base import RegionalBase, column


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
    outputs = np.tile(base.output.to_numpy(float), (count, 1))
    if not base.sectors:
        return outputs
    added = base.value_added
    owner = {code: name for name, sector in base.sectors.items() for code in sector.codes}
    codes = list(owner)
    fixed = [code for code in codes if base.basis[code] != "prior"]
    drawn = regional_error.output_prior(
        pd.Series({name: sector.total for name, sector in base.sectors.items()}),
        (base.national * added)[codes], pd.Series(owner), concentration, count, seed,
        (base.output * added)[fixed],
    )  # fmt: skip
    places = [base.codes.index(code) for code in codes]
    outputs[:, places] = (drawn[codes] / added[codes].where(added[codes] > 0)).fillna(0.0)
    return np.minimum(outputs, base.national.to_numpy(float))


def draw_tables(
    base: RegionalBase,
    outputs: np.ndarray,
    transfer: np.ndarray,
    seed: int,
    workers: int = 1,
    progress: Progress | None = None,
) -> np.ndarray:
    """Draws × n × n: the region's coefficients, each draw with its own output and its own error.

    Every draw has its own stream of chance, so the number of workers changes nothing. The
    region's own table is taken as it is.

    >>> from songhua.studies.simulate import example
    >>> base = example.base()  # a table of its own has no error
    >>> outputs = draw_outputs(base, 50, 20, 1)
    >>> draw_tables(base, outputs, np.ones(20), 1).tolist()
    [[[0.2, 0.0], [0.0, 0.2]]]
    """
    n = len(base.codes)
    if (base.basis == "own").all():
        return base.A.to_numpy(float)[np.newaxis]
    table = pd.DataFrame(outputs).assign(transfer=np.broadcast_to(transfer, len(outputs)))
    model = regional_error.load()
    work = partial(_table, model, base.A, base.national, base.kinds, seed)
    return run(work, table, workers, progress, "tables").reshape(len(outputs), n, n)


def _table(
    model: regional_error.ErrorModel,
    A: pd.DataFrame,
    national: pd.Series,
    kinds: pd.Series,
    seed: int,
    piece: pd.DataFrame,
) -> np.ndarray:
    """The tables of some draws, a row each."""
    kinds_in_order = kinds.reindex(A.index).tolist()
    coefficients, output = A.to_numpy(float), national.reindex(A.index).to_numpy(float)
    rows = []
    for draw, row in zip(piece.index, piece.to_numpy(float), strict=True):
        rng = generator(seed, "table", int(draw))
        table = regional_error.draw_tables(
            model, coefficients, row[:-1], output, kinds_in_order, 1, rng, row[-1]
        )
        rows.append(table[0].ravel())
    return np.array(rows)


def bought_here(base: RegionalBase, tables: np.ndarray, outputs: np.ndarray) -> np.ndarray:
    """Draws × n: what share of a product, bought at home, is bought in the region.

    rho_i = sum_j a^r_ij x_j / sum_j a^n_ij x_j, the region's industries being the buyers. What
    final users buy here is `final_users`.

    >>> from types import SimpleNamespace
    >>> base = SimpleNamespace(A=pd.DataFrame([[0.2, 0.4], [0.0, 0.0]]))
    >>> bought_here(base, np.array([[[0.1, 0.2], [0.0, 0.0]]]), np.array([[10.0, 20.0]])).tolist()
    [[0.5, 1.0]]
    """
    own = (tables @ outputs[..., np.newaxis])[..., 0]
    every = outputs @ base.A.to_numpy(float).T
    return np.minimum(np.where(every > 0, own / np.where(every > 0, every, 1), 1.0), 1.0)


def final_users(base: RegionalBase, here: np.ndarray) -> np.ndarray:
    """Draws × n: what share of a product, bought at home, final users buy in the region.

    What stands where it is used is all of it of the region, whatever industries buy elsewhere: the
    makers of structures, and industries that the table marks as not traded, such as rents. Of
    all other products final users are taken to buy as industries do.

    >>> from songhua.studies.simulate import example
    >>> final_users(example.base(), np.array([[0.4, 0.3]])).tolist()  # works makes structures
    [[0.4, 1.0]]
    """
    described = base.table.industries
    frame = pd.DataFrame() if described is None else described
    good, traded = (column(frame, name, base.A.index) for name in ("good", "traded"))
    stays = ((good == "structures") | (traded == "no")).to_numpy()
    return np.where(stays, 1.0, here)
