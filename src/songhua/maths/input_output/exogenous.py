"""Two models in which something is given from outside: prices, and outputs that cannot grow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import pandas as pd

from songhua.errors import Fault, SonghuaError
from songhua.maths.input_output.arrays import Matrix, Vector, known, positions, square, vector
from songhua.maths.input_output.solver import Solver

#: Numbers of some industries: by label, or for all with missing where nothing is given.
Some: TypeAlias = "Mapping | Vector"


def price_model(A: Matrix, v: Vector, prices: Some | None = None) -> pd.Series:
    """Prices that cover costs: p = p A + v, that is p' = v' L.

    With the value added of the base year, imports and taxes included, all prices are one. What a
    change of v, or of some prices from outside, does to the others is what is computed for.

    Args:
        A: technical coefficients, in the base year's money.
        v: costs other than home inputs per unit of output: wages, profits, taxes, imports.
        prices: those that are given from outside, by industry (a series or mapping of these, or an
            array of all, missing where free); the others are solved for.

    Returns:
        Index of price by industry, the base year's being one. What is bought of an industry
        without output, whose price is missing, keeps the price of one.

    Raises:
        SonghuaError: `io_unknown`, for a price of an industry that is not in the table; and as
            `leontief_inverse`.

    Source: Miller and Blair, Input-Output Analysis, 2009, section 2.6.

    >>> A = [[0.15, 0.25], [0.20, 0.05]]
    >>> price_model(A, [0.65, 0.70]).round(10).tolist()
    [1.0, 1.0]
    >>> price_model(A, [0.75, 0.70]).round(4).tolist()  # wages up by 0.1 in the first
    [1.1254, 1.033]
    >>> price_model(A, [0.65, 0.70], pd.Series({0: 1.95})).round(2).tolist()
    [1.95, 1.25]
    """
    values, p, known, labels = fixed_parts(A, prices)
    given = ~np.isnan(p)
    free = known & ~given
    cost = vector(v, labels) + values[~known & ~given].sum(axis=0)
    cost = cost[free] + p[given] @ values[np.ix_(given, free)]
    p[free] = Solver(values[np.ix_(free, free)], free[free]).left(cost[np.newaxis])[0]
    return pd.Series(p, index=labels, name="price")


def mixed_model(
    A: Matrix,
    f: Vector,
    fixed: Some | None = None,
    capacity: Some | None = None,
) -> pd.DataFrame:
    """Output when some industries cannot follow demand: their output is fixed, or has a limit.

    Free industries follow demand, x_i = f_i + sum_j a_ij x_j. A fixed one makes what it is told,
    and what is left of it for final demand is solved for. With a limit, x_i is the lesser of
    limit and demand; of all such outputs the greatest are found.

    Args:
        A: technical coefficients.
        f: final demand by industry.
        fixed: output by industry, of those where it is given: a series or mapping of these, or an
            array of all, missing where free.
        capacity: the most that an industry can make, of those that have a limit, likewise.

    Returns:
        Industry × (output, final_demand, unmet): `final_demand` is what is left for it, x - A x,
        and `unmet` what f asks beyond that, which must come from outside. An industry without
        output has missing ones.

    Raises:
        SonghuaError: `io_unknown`, for an industry that is not in the table; `io_negative`, when
            coefficients below zero leave it open which limits bind; and as `leontief_inverse`.

    Source: Miller and Blair, Input-Output Analysis, 2009, section 13.2.

    >>> A, f = [[0.15, 0.25], [0.20, 0.05]], [600, 1500]
    >>> mixed_model(A, f, capacity=pd.Series({0: 1100})).round(4)
          output  final_demand     unmet
    0  1100.0000      482.3684  117.6316
    1  1810.5263     1500.0000    0.0000
    """
    values, told, known, labels = fixed_parts(A, fixed)
    given = ~np.isnan(told)
    demand, x = vector(f, labels), np.nan_to_num(told)
    limits = _some(capacity, labels)
    most = np.where(np.isnan(limits), np.inf, limits)
    full = np.zeros(len(labels), dtype=bool)
    # without coefficients below zero the outputs only fall from step to step, and it ends by itself
    for _ in range(2 * len(labels) + 2):
        x[full] = most[full]
        held = given | full
        free = known & ~held
        side = demand[free] + values[np.ix_(free, held)] @ x[held]
        x[free] = Solver(values[np.ix_(free, free)], free[free]).right(side[:, np.newaxis])[:, 0]
        # the lesser of limit and demand at these outputs
        now = known & ~given & (most < values @ x + demand)
        if (now == full).all():
            break
        full = now
    else:
        raise SonghuaError(Fault("io_negative"))
    left = np.where(full | given, x - values @ x, demand)
    found = pd.DataFrame({"output": x, "final_demand": left, "unmet": demand - left}, index=labels)
    return found.where(pd.Series(known | given, index=labels), axis=0)


def fixed_parts(
    A: Matrix, fixed: Some | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, pd.Index]:
    """Coefficients (zero where missing), what is given, who has coefficients, and the labels."""
    values, labels = square(A)
    has = known(values, labels, whole=0)
    return np.where(has, values, 0.0), _some(fixed, labels), has, labels


def _some(given: Some | None, labels: pd.Index) -> np.ndarray:
    """Numbers of some industries in the order of all; the others are missing.

    Raises:
        SonghuaError: `io_unknown`, `labels_repeat`, `io_length`, `levels_not_numbers`.
    """
    found = np.full(len(labels), np.nan)
    if given is None:
        return found
    if isinstance(given, Mapping):
        given = pd.Series(given)
    if not isinstance(given, pd.Series):
        return vector(given, labels)
    places = positions(given.index, labels)
    found[places] = vector(given, labels[places])
    return found
