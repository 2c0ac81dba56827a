"""Constraints on the cells of accounts: the room that each figure leaves, as data.

A cell is an unknown, such as one industry's value added in one year; it is never negative.
A constraint holds a weighted sum of cells between two ends. A weight may itself be open, as a
printed share of 12.3 % is: `part - share × total` lies at nought for some share from 12.25 to
12.35 %. Cells being no less than nought, that is two linear rows, `part - 12.25 % × total >= 0` and
`part - 12.35 % × total <= 0` (the united solution set of an interval system; W. Oettli and
W. Prager, Numerische Mathematik 6, 1964).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias

import numpy as np
from scipy import sparse

from songhua.errors import Fault, SonghuaError
from songhua.maths.accounts.fault_kinds import (
    ConstraintCell,
    ConstraintEmpty,
    ConstraintEnds,
    ConstraintRepeated,
)
from songhua.maths.bounds import Interval, Number, as_interval

#: The label of a cell: anything that can be a key.
Cell: TypeAlias = Any
#: Where a constraint comes from: it must hold, it was printed, or it is assumed.
Kind: TypeAlias = Literal["identity", "print", "assumed"]


@dataclass(frozen=True)
class Constraint:
    """`low <= sum of weight × cell <= high`, for some weight within each weight's bounds.

    Attributes:
        name: what faults and contradictions call it; unique among constraints.
        terms: the weight of each cell in it, a number or an `Interval`.
        low: the least that the sum may be; minus infinity where there is none.
        high: the most.
        kind: `identity`, `print` or `assumed`.
        sources: names of what it was read from, such as digests of observations.

    Raises:
        SonghuaError: `constraint_empty`, without a cell of a weight other than nought;
            `constraint_ends`, where low is above high or an end is not a number.

    >>> share = Constraint("share", {"food": 1, "all": Interval(-0.31, -0.29)}, 0, 0)
    >>> share.allows({"food": 30, "all": 100}), share.allows({"food": 32, "all": 100})
    (True, False)
    """

    name: str
    terms: Mapping[Cell, Number]
    low: float
    high: float
    kind: Kind = "print"
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a constraint on nothing."""
        weights = [as_interval(weight) for weight in self.terms.values()]
        if not any(weight.low or weight.high for weight in weights):
            raise SonghuaError(ConstraintEmpty(name=self.name))
        if not self.low <= self.high or self.low == math.inf or self.high == -math.inf:
            raise SonghuaError(ConstraintEnds(name=self.name, low=self.low, high=self.high))

    def sum(self, values: Mapping[Cell, float]) -> Interval:
        """The sum at some values of the cells, as far as the weights leave it open."""
        total = Interval(0, 0)
        for cell, weight in self.terms.items():
            total += as_interval(weight) * values[cell]
        return total

    def allows(self, values: Mapping[Cell, float]) -> bool:
        """True where it may hold at some values of the cells, none of them below nought."""
        return self.sum(values).overlaps(Interval(self.low, self.high))

    @property
    def open(self) -> bool:
        """True where a weight is open, so that it takes two linear rows."""
        return any(not as_interval(weight).point for weight in self.terms.values())


@dataclass(frozen=True)
class Rows:
    """Linear rows, `low <= matrix @ x <= high` with x no less than nought.

    Attributes:
        matrix: rows × cells, sparse.
        low: the least of each row; high: the most.
        of: for each row the position of the constraint that it belongs to.
    """

    matrix: sparse.csr_array
    low: np.ndarray
    high: np.ndarray
    of: np.ndarray


@dataclass(frozen=True)
class Constraints:
    """Constraints on one set of cells.

    Attributes:
        cells: every cell, in the order of the columns.
        members: the constraints.

    Raises:
        SonghuaError: `constraint_repeated`, for two of one name; `constraint_cell`, for one that
            names a cell that is not among the cells; all of them at once.

    >>> parts = Constraint("sum", {"a": 1, "b": 1}, 10, 10, "identity")
    >>> share = Constraint("share", {"a": 1, "b": Interval(-0.5, -0.4)}, 0, 0)
    >>> rows = Constraints(("a", "b"), (parts, share)).rows
    >>> rows.matrix.toarray().tolist(), rows.low.tolist(), rows.high.tolist(), rows.of.tolist()
    ([[1.0, 1.0], [1.0, -0.5], [1.0, -0.4]], [10.0, -inf, 0.0], [10.0, 0.0, inf], [0, 1, 1])
    """

    cells: tuple[Cell, ...]
    members: tuple[Constraint, ...]

    def __post_init__(self) -> None:
        """Refuse names twice and cells that are not there."""
        cells, names, faults = set(self.cells), set[str](), list[Fault]()
        for constraint in self.members:
            if constraint.name in names:
                faults.append(ConstraintRepeated(name=constraint.name))
            names.add(constraint.name)
            for cell in constraint.terms:
                if cell not in cells:
                    faults.append(ConstraintCell(name=constraint.name, cell=str(cell)))
        if faults:
            raise SonghuaError(*faults)

    def __len__(self) -> int:
        """The number of constraints."""
        return len(self.members)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The name of each."""
        return tuple(constraint.name for constraint in self.members)

    def where(self, keep: Callable[[Constraint], bool]) -> Constraints:
        """Those that are kept, on the same cells."""
        return Constraints(
            self.cells, tuple(constraint for constraint in self.members if keep(constraint))
        )

    def without(self, names: Iterable[str]) -> Constraints:
        """All but those of some names."""
        excluded = set(names)
        return self.where(lambda constraint: constraint.name not in excluded)

    def select(self, names: Iterable[str]) -> Constraints:
        """Those of some names."""
        selected = set(names)
        return self.where(lambda constraint: constraint.name in selected)

    def broken(self, values: Mapping[Cell, float]) -> list[Constraint]:
        """Those that cannot hold at some values of the cells."""
        return [constraint for constraint in self.members if not constraint.allows(values)]

    @cached_property
    def rows(self) -> Rows:
        """Linear rows: one for a constraint whose weights are numbers, two for another.

        Of two the first says that the sum with the least weights is no more than `high`, the
        second that the sum with the greatest is no less than `low`; an infinite end needs no row.
        """
        at = {cell: column for column, cell in enumerate(self.cells)}
        entries: list[tuple[int, int, float]] = []
        ends: list[tuple[int, float, float]] = []

        def add(of: int, weights: Mapping[Cell, float], low: float, high: float) -> None:
            entries.extend((len(ends), at[cell], weight) for cell, weight in weights.items())
            ends.append((of, low, high))

        for of, constraint in enumerate(self.members):
            weights = {cell: as_interval(weight) for cell, weight in constraint.terms.items()}
            lows = {cell: weight.low for cell, weight in weights.items()}
            highs = {cell: weight.high for cell, weight in weights.items()}
            if not constraint.open:
                add(of, lows, constraint.low, constraint.high)
                continue
            if math.isfinite(constraint.high):
                add(of, lows, -math.inf, constraint.high)
            if math.isfinite(constraint.low):
                add(of, highs, constraint.low, math.inf)
        i, j, value = np.array(entries, dtype=float).reshape(-1, 3).T
        shape = (len(ends), len(self.cells))
        matrix = sparse.csr_array((value, (i.astype(int), j.astype(int))), shape=shape)
        of, low, high = np.array(ends, dtype=float).reshape(-1, 3).T
        return Rows(matrix, low, high, of.astype(int))
