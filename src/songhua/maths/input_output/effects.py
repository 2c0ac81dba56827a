"""Multipliers: effects of one unit of final demand on output, income, jobs or value added."""

from __future__ import annotations

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.maths.input_output.arrays import Matrix, Vector, floats, frame, square, vector
from songhua.maths.input_output.fault_kinds import IoHouseholds
from songhua.maths.input_output.inverse import close_households, system
from songhua.maths.levels import ratio


def output_multipliers(A: Matrix) -> pd.Series:
    """All output for one unit of final demand of each industry: the column sums of L.

    An industry without output has none; in the others' sums it does not count, since what is
    bought of it comes from outside.

    Args:
        A: technical coefficients. With those of home inputs, the output is at home; with those
            of all inputs, it holds what is made abroad.

    Raises:
        SonghuaError: as `leontief_inverse`.

    Source: Miller and Blair, Input-Output Analysis, 2009, section 6.2.

    >>> output_multipliers([[0.15, 0.25], [0.20, 0.05]]).round(4).tolist()
    [1.5182, 1.4521]
    """
    solver, labels = system(A, "auto")
    sums = solver.left(np.ones((1, len(labels))))[0]
    return pd.Series(sums, index=labels, name="output_multiplier")


def multipliers(
    A: Matrix,
    v: Matrix | Vector,
    closed: bool = False,
    *,
    consumption: Vector | None = None,
    income: Vector | None = None,
    household: float = 0.0,
) -> pd.DataFrame:
    """Effects and multipliers of income, jobs or value added.

    `direct` is v_j, what one unit of output holds itself; `effect` is (v L)_j, what one unit
    of final demand brings about in all industries; `type_i` = effect / direct. Closed,
    households spend what they earn: `effect_closed` is (v L-bar)_j and `type_ii` =
    effect_closed / direct. Type II assumes that all new income is spent as the average is, so it
    is an upper bound.

    Args:
        A: technical coefficients.
        v: income, jobs or value added per unit of output, by industry.
        closed: whether households are an industry, too; then `consumption` is needed, or an A
            that has households as its last row and column (`close_households`), v being given
            for the others.
        consumption: households' purchases from each industry per unit of their income.
        income: households' labour income per unit of output; v, if not given.
        household: households' purchases of one another's labour, per unit of their income;
            the effect counts that income too when v is income.

    Returns:
        Industry × (direct, effect, type_i) and, closed, (effect_closed, type_ii). A multiplier
        is missing where the direct effect is zero, all of it where there is no output.

    Raises:
        SonghuaError: `io_households`, when closed lacks households or consumption is given
            without closed; and as `leontief_inverse`.

    Source: Miller and Blair, Input-Output Analysis, 2009, sections 6.2.2 to 6.2.4.

    >>> A, jobs = [[0.15, 0.25], [0.20, 0.05]], [0.3, 0.25]
    >>> multipliers(A, jobs).round(3)
       direct  effect  type_i
    0    0.30   0.442   1.474
    1    0.25   0.380   1.518
    >>> multipliers(A, jobs, closed=True, consumption=[0.05, 0.40], household=0.05).round(3)
       direct  effect  type_i  effect_closed  type_ii
    0    0.30   0.442   1.474          0.570    1.899
    1    0.25   0.380   1.518          0.489    1.956
    """
    if closed and consumption is None and income is None:
        A, income, consumption, household = _opened(A, v)
    if closed != (consumption is not None):
        raise SonghuaError(IoHouseholds())
    solver, labels = system(A, "auto")
    direct = vector(v, labels)
    effect, per = solver.left(direct[np.newaxis])[0], np.where(solver.active, direct, np.nan)
    columns = {"direct": per, "effect": effect, "type_i": ratio(effect, per)}
    if consumption is not None:
        earned = direct if income is None else vector(income, labels)
        closer = close_households(A, earned, consumption, household)
        wider, _ = system(closer, "auto")
        row = np.append(direct, household if income is None else 0.0)
        closed_effect = wider.left(row[np.newaxis])[0, :-1]
        columns |= {"effect_closed": closed_effect, "type_ii": ratio(closed_effect, per)}
    return pd.DataFrame(columns, index=labels)


def _opened(
    A: Matrix, v: Matrix | Vector
) -> tuple[pd.DataFrame, np.ndarray | None, np.ndarray, float]:
    """A closed system's industries, households' income (None where v is that), and purchases.

    Raises:
        SonghuaError: `io_households`, unless A has one row and column more than v has numbers.
    """
    values, labels = square(A)
    if np.size(floats(v)) != len(labels) - 1:
        raise SonghuaError(IoHouseholds())
    bought, earned = values[:-1, -1], values[-1, :-1]
    same = np.allclose(vector(v, labels[:-1]), earned, equal_nan=True)
    A = frame(values[:-1, :-1], labels[:-1], labels[:-1])
    return A, None if same else earned, bought, float(values[-1, -1])
