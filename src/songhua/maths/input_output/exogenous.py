"""Two models in which something is given from outside: prices, and outputs that cannot grow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.maths.fault_kinds import IoNegative
from songhua.maths.input_output.arrays import Matrix, Vector, active, positions, square, vector
from songhua.maths.input_output.solver import Solver

#: Numbers of some industries: by label, or for all with missing where nothing is given.
Some: TypeAlias = "Mapping | Vector"
#: With coefficients below zero: rounds beside ten an industry, turns of all at once that may bring
#: nothing before one turns alone, and what of the largest number counts as rounding.
ROUNDS, CHANCES, SLACK = 100, 3, 1e-12


def price_model(A: Matrix, v: Vector, prices: Some | None = None) -> pd.Series:
    """Prices that cover costs: p = p A + v, that is p' = v' L.

    With the value added of the base year, imports and taxes included, all prices are one. The model
    serves to compute the effect of a change of v, or of some given prices, on the other prices.

    Args:
        A: technical coefficients, in the base year's money.
        v: costs other than home inputs per unit of output: wages, profits, taxes, imports.
        prices: those that are given from outside, by industry (a series or mapping of these, or an
            array of all, missing where free); the others are solved for.

    Returns:
        Index of price by industry, the base year's being one. Purchases from an industry without
        output, whose price is missing, keep the price of one.

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
    values, p, active, labels = _fixed_parts(A, prices)
    priced = ~np.isnan(p)
    free = active & ~priced
    cost = vector(v, labels) + values[~active & ~priced].sum(axis=0)
    cost = cost[free] + p[priced] @ values[np.ix_(priced, free)]
    p[free] = Solver(values[np.ix_(free, free)], free[free]).left(cost[np.newaxis])[0]
    return pd.Series(p, index=labels, name="price")


def mixed_model(
    A: Matrix,
    f: Vector,
    fixed: Some | None = None,
    capacity: Some | None = None,
) -> pd.DataFrame:
    """Output when some industries cannot follow demand: their output is fixed, or has a limit.

    Free industries follow demand, x_i = f_i + sum_j a_ij x_j. A fixed industry has the given
    output, and the model solves for the part left for final demand. With a limit, x_i is the lesser
    of limit and demand; of all such outputs the greatest are found.

    Args:
        A: technical coefficients.
        f: final demand by industry.
        fixed: output by industry, of those where it is given: a series or mapping of these, or an
            array of all, missing where free.
        capacity: the greatest output of industries with a limit, in the same form.

    Returns:
        Industry × (output, final_demand, unmet): `final_demand` is the supply left for it, x - A x,
        and `unmet` the part of f beyond that, which must come from outside. An industry without
        output has missing ones.

    Raises:
        SonghuaError: `io_unknown`, for an industry that is not in the table; `io_negative`, when
            with coefficients below zero no such outputs are found; and as `leontief_inverse`.

    Source: Miller and Blair, Input-Output Analysis, 2009, section 13.2.

    >>> A, f = [[0.15, 0.25], [0.20, 0.05]], [600, 1500]
    >>> mixed_model(A, f, capacity=pd.Series({0: 1100})).round(4)
          output  final_demand     unmet
    0  1100.0000      482.3684  117.6316
    1  1810.5263     1500.0000    0.0000
    """
    values, fixed_output, active, labels = _fixed_parts(A, fixed)
    is_fixed, demand = ~np.isnan(fixed_output), vector(f, labels)
    limits = _some(capacity, labels)
    most = np.where(is_fixed | ~active | np.isnan(limits), np.inf, limits)
    x, full = _within(values, demand, np.nan_to_num(fixed_output), active & ~is_fixed, most)
    unmet = np.where(is_fixed | full, values @ x + demand - x, 0.0)
    unmet[full] = np.maximum(unmet[full], 0.0)
    x = np.minimum(x, most)
    table = pd.DataFrame({"output": x, "final_demand": demand - unmet, "unmet": unmet}, labels)
    return table.where(pd.Series(active | is_fixed, index=labels), axis=0)


def _within(
    A: np.ndarray, f: np.ndarray, x: np.ndarray, open_: np.ndarray, most: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Outputs with x_i = min(most_i, f_i + sum_j a_ij x_j), and the industries at their limit.

    Held are first those whose demand without limits passes their limit. Then those are freed whose
    demand no longer reaches it, since the others make less, until none is left.

    Proof that this ends, for A >= 0: let H be held and F free, with x_F = (I - A_FF)^-1 (f + A_FH
    most_H).
    The inverse is not negative, so each freeing lowers outputs only: on the new F the old x is at
    least f + A x, hence at least the new x. So a free one stays within its limit and is never held
    again; H only shrinks, by one at least in each round, and rounding cannot turn that round. There
    are no more rounds than limits. A limit that equals demand may end either way, with the same x.

    With negative cells outputs may rise as well, so that a freed industry is held again, beyond a
    tolerance: all wrong industries change at once while that reduces their number, else only the
    last. This is Murty's rule, which ends where every principal minor of I - A is positive.

    Args:
        A: coefficients, zero where missing.
        f: final demand.
        x: outputs that are given; others are ignored.
        open_: whose output is solved for; the others keep x.
        most: limits, infinite where there is none.

    Raises:
        SonghuaError: `io_negative`, where that does not end; and as `leontief_inverse`.

    Source: Cottle, Pang and Stone, The Linear Complementarity Problem, 1992, sections 3.11 and 4.2;
        Júdice and Pires, Computers and Operations Research 21, 1994, 587-596, for the turns.
    """
    signed, full = bool((A < 0).any()), np.zeros(len(f), dtype=bool)
    x = _solved(A, f, x, open_)
    wrong, fewest, chances = x > most, len(f) + 1, CHANCES
    for _ in range(ROUNDS + 10 * len(f) if signed else len(f) + 2):
        if not wrong.any():
            return x, full
        full = full ^ wrong
        x = _solved(A, f, np.where(full, most, x), open_ & ~full)
        demanded = A @ x + f
        slack = SLACK * max(np.abs(x).max(), np.abs(f).max()) if signed else 0.0
        wrong = full & (demanded < most - slack)
        if signed:
            wrong |= ~full & (x > most + slack)
            fewer = int(wrong.sum()) < fewest
            fewest, chances = min(fewest, int(wrong.sum())), CHANCES if fewer else chances - 1
            if chances < 0:
                wrong &= np.arange(len(f)) == np.flatnonzero(wrong).max(initial=0)
    raise SonghuaError(IoNegative())


def _solved(A: np.ndarray, f: np.ndarray, x: np.ndarray, free: np.ndarray) -> np.ndarray:
    """x with the free ones following demand, the others as they stand."""
    side = f[free] + A[np.ix_(free, ~free)] @ x[~free]
    solved = x.copy()
    solved[free] = Solver(A[np.ix_(free, free)], free[free]).right(side[:, np.newaxis])[:, 0]
    return solved


def _fixed_parts(
    A: Matrix, fixed: Some | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, pd.Index]:
    """Coefficients (zero where missing), fixed numbers, industries with coefficients, labels."""
    values, labels = square(A)
    has = active(values, labels, whole=0)
    return np.where(has, values, 0.0), _some(fixed, labels), has, labels


def _some(values: Some | None, labels: pd.Index) -> np.ndarray:
    """Numbers of some industries in the order of all; the others are missing.

    Raises:
        SonghuaError: `io_unknown`, `labels_repeat`, `io_length`, `levels_not_numbers`.
    """
    numbers = np.full(len(labels), np.nan)
    if values is None:
        return numbers
    if isinstance(values, Mapping):
        values = pd.Series(values)
    if not isinstance(values, pd.Series):
        return vector(values, labels)
    places = positions(values.index, labels)
    numbers[places] = vector(values, labels[places])
    return numbers
