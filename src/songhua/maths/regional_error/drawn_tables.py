"""A region's drawn tables alone, without amounts per unit of output."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
import pandas as pd

from songhua.maths.input_output.arrays import Matrix, Vector
from songhua.maths.regional_error.draws import TRANSFER, Nation, draw_region
from songhua.maths.regional_error.model import ErrorModel
from songhua.maths.regional_tables.batch import draw_multipliers
from songhua.maths.regional_tables.inputs import regional_inputs


def draw_tables(
    model: ErrorModel,
    national_A: Matrix,
    regional_output: Matrix | Vector,
    national_output: Vector,
    kinds: pd.Series | Sequence[str],
    count: int,
    rng: np.random.Generator,
    area: float | None = None,
    transfer: float = TRANSFER,
) -> np.ndarray:
    """Draws of a region's coefficients alone, draws × n × n, as `draw_region` makes them.

    >>> import songhua.maths.regional_error as error
    >>> A, kinds = [[0.2, 0.4], [0.1, 0.3]], ["primary", "services"]
    >>> rng = np.random.default_rng(1)
    >>> draw_tables(error.load(), A, [10, 40], [40, 60], kinds, 500, rng).shape
    (500, 2, 2)
    """
    nation = Nation(national_A, national_output, kinds)
    return draw_region(model, nation, regional_output, count, rng, area, transfer).A


def median_table(
    model: ErrorModel,
    national_A: pd.DataFrame,
    regional_output: Vector,
    national_output: Vector,
    kinds: pd.Series | Sequence[str],
    area: float | None = None,
) -> pd.DataFrame:
    """The table without its errors: near the middle of `draw_tables`, cell by cell.

    >>> import songhua.maths.regional_error as error
    >>> A, kinds = pd.DataFrame([[0.2, 0.4], [0.1, 0.3]]), ["primary", "services"]
    >>> bool((median_table(error.load(), A, [10, 40], [40, 60], kinds) <= A).all(axis=None))
    True
    """
    rng = np.random.default_rng(0)  # nothing is drawn: all widths are zero
    table = draw_tables(
        model, national_A, regional_output, national_output, kinds, 1, rng, area, transfer=0.0
    )
    return regional_inputs(national_A, regional_output, national_output).framed(table)


def multiplier_intervals(
    tables: np.ndarray, labels: Sequence[Hashable] | pd.Index, level: float = 0.9
) -> pd.DataFrame:
    """Output multipliers of drawn tables: industry × (low, median, high).

    Args:
        tables: draws × n × n.
        labels: the industries.
        level: what share of the draws lies between low and high.

    >>> multiplier_intervals(np.array([[[0.5]], [[0.2]], [[0.0]]]), ["all"], level=1)
         low  median  high
    all  1.0    1.25   2.0
    """
    ends = [(1 - level) / 2, 0.5, (1 + level) / 2]
    quantiles = np.quantile(draw_multipliers(tables)[:, 0], ends, axis=0)
    return pd.DataFrame(quantiles.T, pd.Index(labels), ["low", "median", "high"])
