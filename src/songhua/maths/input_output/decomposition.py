"""Decompositions: of multipliers over regions, and of change over its causes."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import combinations
from math import comb
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.labels import align
from songhua.maths.input_output.arrays import (
    Matrix,
    Vector,
    choice,
    columns_by,
    frame,
    square,
    vector,
)
from songhua.maths.input_output.fault_kinds import IoPair, IoRegions
from songhua.maths.input_output.inverse import system
from songhua.maths.input_output.solver import Solver
from songhua.maths.levels import ratio

Split: TypeAlias = "tuple[list[Hashable], list[list[np.ndarray]]]"


def multiplier_decomposition(A: Matrix, regions: pd.Index | None = None) -> pd.DataFrame:
    """Output multipliers of several regions in three parts that add up.

    `intra`: what a region alone would make, (I - A_rr)^-1. `spillover`: what other regions make
    for it. `feedback`: what comes back to it through their purchases, L_rr - (I - A_rr)^-1.

    Args:
        A: technical coefficients of all regions, with all trade between them.
        regions: each row's region, in the order of the rows; the first level of the labels, if
            not given.

    Returns:
        (Region, industry) × (intra, spillover, feedback, total); missing without output.

    Raises:
        SonghuaError: `io_regions`, when the labels do not say the region and none are given;
            and as `leontief_inverse`.

    Source: Miller and Blair, Input-Output Analysis, 2009, sections 3.3 and 6.3.

    >>> rows = pd.MultiIndex.from_tuples([("north", "all"), ("south", "all")])
    >>> A = pd.DataFrame([[0.5, 0.25], [0.25, 0.5]], index=rows, columns=rows)
    >>> multiplier_decomposition(A).round(3)
               intra  spillover  feedback  total
    north all    2.0      1.333     0.667    4.0
    south all    2.0      1.333     0.667    4.0
    """
    solver, labels = system(A)
    values, _ = square(A)
    codes, names = region_codes(labels, regions)
    ours = codes[np.newaxis] == np.arange(len(names))[:, np.newaxis]  # region x row
    sums = solver.left(ours.astype(float))  # what each region makes for each column
    total = sums.sum(axis=0)
    inside = sums[codes, np.arange(len(labels))]
    intra = np.full(len(labels), np.nan)
    for rows in ours:
        alone = Solver(values[np.ix_(rows, rows)], solver.active[rows])
        intra[rows] = alone.left(np.ones((1, int(rows.sum()))))[0]
    parts = {"intra": intra, "spillover": total - inside, "feedback": inside - intra}
    return pd.DataFrame({**parts, "total": total}, index=labels)


def region_codes(labels: pd.Index, regions: pd.Index | None = None) -> tuple[np.ndarray, pd.Index]:
    """Each row's region as a number, and the regions in the order in which they come.

    Raises:
        SonghuaError: `io_regions`, when neither the labels nor an argument say them.

    >>> codes, names = region_codes(pd.Index([1, 2, 3]), pd.Index(["south", "north", "south"]))
    >>> codes.tolist(), names.tolist()
    ([0, 1, 0], ['south', 'north'])
    """
    if regions is None and labels.nlevels > 1:
        regions = labels.get_level_values(0)
    if regions is None or len(regions) != len(labels):
        raise SonghuaError(IoRegions(n=len(labels)))
    codes, names = pd.factorize(pd.Index(regions))
    return codes, pd.Index(names)


def structural_decomposition(
    A0: Matrix,
    A1: Matrix,
    f0: Matrix | Vector,
    f1: Matrix | Vector,
    v0: Vector | None = None,
    v1: Vector | None = None,
    method: Literal["polar", "all"] = "polar",
    by_use: bool = False,
) -> pd.DataFrame:
    """The parts of a change of output (or of jobs, or emissions), which add up.

    x = v * (L f). With f a vector, the parts are `technology` (L) and `demand` (f). With f a
    table of industry × use, demand is split into `mix` (goods within each use), `uses` (shares of
    the uses) and `level` (the total). With v, there is `intensity`, too.

    `by_use` splits each use for itself, x = sum_k L m_k t_k, into its `mix` of goods m_k and its
    `level` t_k. A use of both signs, whose total is below half of its cells without their signs
    (stocks, discrepancies), or one whose total turns its sign has no mix: all of it is `change`.

    No single order in which the factors change is the right one. `polar` is the mean of an order
    and its reverse, `all` the mean of every order (the Shapley value); with two factors they
    are the same. Tables at current prices mix changes of prices into all parts.

    Args:
        A0, A1: technical coefficients before and after.
        f0, f1: final demand before and after, by industry, or industry × use.
        v0, v1: the counted quantity per unit of output; output itself, if not given.
        method: `polar` or `all`.
        by_use: whether each use is told apart.

    Returns:
        Industry × (the parts, total); each row's parts add up to its change. An industry without
        output before or after is missing. With `by_use` the columns are pairs: (`technology`,
        ""), (`mix`, a use), (`level`, a use) or (`change`, a use), and (`total`, "").

    Raises:
        SonghuaError: `labels_differ`, when the two years' labels do; `io_pair`, when v or uses
            are given for one year only; `io_choice`; and as `leontief_inverse`.

    Source: E. Dietzenbacher and B. Los, Structural Decomposition Techniques: Sense and
    Sensitivity, Economic Systems Research 10(4), 1998, 307.

    >>> before, after = [[0.0, 0.5], [0.0, 0.0]], [[0.0, 0.25], [0.0, 0.0]]
    >>> structural_decomposition(before, after, [10, 40], [10, 80])
       technology  demand  total
    0       -15.0    15.0    0.0
    1         0.0    40.0   40.0
    """
    choice("method", method, ("polar", "all"))
    if (v0 is None) != (v1 is None):
        raise SonghuaError(IoPair())
    first, labels = system(A0)
    later = _as(A1, labels)
    ends: list[list] = [[first], [later]]
    if v0 is not None and v1 is not None:
        ends = [[vector(v, labels), *end] for v, end in zip((v0, v1), ends, strict=True)]
    common = ["intensity", "technology"][-len(ends[0]) :]
    contributions: dict[Hashable, np.ndarray] = {}
    for names, demand in _each_use(f0, f1, labels) if by_use else [_whole(f0, f1, labels)]:
        factors = [[*end, *parts] for end, parts in zip(ends, demand, strict=True)]
        parts = _contributions(factors, method, len(common) > 1)
        for name, part in zip([*common, *names], parts, strict=True):
            key = (name, "") if by_use and name in common else name
            contributions[key] = contributions.get(key, 0.0) + part
    columns = pd.Index(list(contributions))  # pairs make two levels
    table = frame(np.stack(list(contributions.values()), axis=1), labels, columns)
    table[("total", "") if by_use else "total"] = table.sum(axis=1, skipna=False)
    return table


def _as(A: Matrix, labels: pd.Index) -> Solver:
    """The system of these coefficients, in the order of other labels."""
    values, index = square(A)
    table = align(pd.DataFrame(index=labels), pd.DataFrame(values, index, index))[1][labels]
    return system(table)[0]


def _each_use(f0: Matrix | Vector, f1: Matrix | Vector, labels: pd.Index) -> Iterator[Split]:
    """Each use for itself: its mix and its level, or the whole of it where it has no mix."""
    (before, uses), (after, later) = (columns_by(f, labels) for f in (f0, f1))
    order = align(pd.Series(0, index=uses), pd.Series(range(len(later)), index=later))[1]
    for use, *pair in zip(uses, before.T, after[:, order].T, strict=True):
        levels = [np.array(f.sum()) for f in pair]
        mixed = any(2 * abs(t) < np.abs(f).sum() for t, f in zip(levels, pair, strict=True))
        if mixed or levels[0] * levels[1] < 0 or not any(levels):
            yield [("change", use)], [[f] for f in pair]
            continue
        raw_mixes = [ratio(f, t) for f, t in zip(pair, levels, strict=True)]
        # a use that is zero in one year has no mix of its own then: its change is one of level
        mixes = [np.where(np.isnan(m), n, m) for m, n in (raw_mixes, raw_mixes[::-1])]
        years = zip(mixes, levels, strict=True)
        yield [("mix", use), ("level", use)], [list(year) for year in years]


def _whole(f0: Matrix | Vector, f1: Matrix | Vector, labels: pd.Index) -> Split:
    """Demand as one: the vector, or mix, shares of the uses and level."""
    demand = [_demand(f0, labels), _demand(f1, labels)]
    return [*_same_uses(demand)], [parts for _, parts in demand]


def _demand(f: Matrix | Vector, labels: pd.Index) -> tuple[pd.Index | None, list[np.ndarray]]:
    """The uses (None for a vector) and the factors: the vector, or mix, shares and level."""
    if not isinstance(f, pd.DataFrame) and np.ndim(f) < 2:
        return None, [vector(f, labels)]
    values, uses = columns_by(f, labels)
    totals = values.sum(axis=0)
    return uses, [ratio(values, totals), ratio(totals, totals.sum()), np.array(totals.sum())]


def _same_uses(demand: list[tuple[pd.Index | None, list[np.ndarray]]]) -> list[str]:
    """The names of the demand's factors; the later year's uses are put in the earlier's order."""
    (uses, before), (later, after) = demand
    if (uses is None) != (later is None):
        raise SonghuaError(IoPair())
    if uses is None or later is None:
        return ["demand"]
    order = align(pd.Series(0, index=uses), pd.Series(range(len(later)), index=later))[1]
    after[0], after[1] = after[0][:, order], after[1][order]
    # a use that is zero in one year has no mix of its own then: its change is one of `uses`
    absent = [np.isnan(mix).all(axis=0) for mix in (before[0], after[0])]
    before[0] = np.where(absent[0], np.where(absent[1], 0.0, after[0]), before[0])
    after[0] = np.where(absent[1], np.where(absent[0], 0.0, before[0]), after[0])
    return ["mix", "uses", "level"]


def _contributions(factors: list[list], method: str, weighted: bool) -> np.ndarray:
    """Each factor's part of the change: factor × industry."""
    count = len(factors[0])
    all_factors = frozenset(range(count))
    outcomes: dict[frozenset[int], np.ndarray] = {}

    def outcome(later: frozenset[int]) -> np.ndarray:
        """The result with these factors of the later year, the others of the earlier."""
        if later not in outcomes:
            outcomes[later] = _product([factors[k in later][k] for k in range(count)], weighted)
        return outcomes[later]

    def step(k: int, before: frozenset[int]) -> np.ndarray:
        """The change by factor k after those before it."""
        return outcome(before | {k}) - outcome(before)

    if method == "polar":
        orders = [(frozenset(range(k)), frozenset(range(k + 1, count))) for k in range(count)]
        return np.array([(step(k, a) + step(k, b)) / 2 for k, (a, b) in enumerate(orders)])
    parts = []
    for k in range(count):
        other_factors = sorted(all_factors - {k})
        parts.append(
            sum(
                step(k, frozenset(some)) / (count * comb(count - 1, size))
                for size in range(count)
                for some in combinations(other_factors, size)
            )
        )
    return np.array(parts)


def _product(picked: list, weighted: bool) -> np.ndarray:
    """v * (L f) of these factors."""
    solver, parts = picked[int(weighted)], picked[int(weighted) + 1 :]
    f = parts[0]
    if len(parts) > 1:
        f = f * parts[1] if len(parts) == 2 else f @ parts[1] * parts[2]
    x = solver.right(f[:, np.newaxis])[:, 0]
    return picked[0] * x if weighted else x
