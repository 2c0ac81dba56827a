"""The least and the most of an industry, and the figures that say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from songhua.maths.accounts.linear_programs import LinearProgram
from songhua.maths.bounds import Interval
from songhua.studies.accounts.perimeters import Weights
from songhua.studies.accounts.readings import CELLS


@dataclass(frozen=True)
class Extremes:
    """The least and the most of a weighted sum of cells, and the constraints that bind."""

    ends: Interval
    by: frozenset[str] = frozenset()

    def within(self, printed: Interval | None) -> Interval:
        """The ends cut to a printed size; the printed size alone where they share nothing.

        >>> Extremes(Interval(0, 9)).within(Interval(4, 5)), Extremes(Interval(0, 9)).within(None)
        (Interval(low=4.0, high=5.0), Interval(low=0.0, high=9.0))
        """
        if printed is None:
            return self.ends
        low, high = max(self.ends.low, printed.low), min(self.ends.high, printed.high)
        return Interval(low, high) if low <= high else printed


def extremes(program: LinearProgram, measure: str, weights: Weights) -> Extremes:
    """The least and the most of an industry, its open weights at their ends.

    >>> from songhua.maths.accounts import Constraint, Constraints
    >>> cell = ("output", "food")
    >>> rule = Constraint("all", {cell: 1}, 2, 4)
    >>> extremes(LinearProgram(Constraints((cell,), (rule,))), "output", {"food": Interval(0.5, 1)})
    Extremes(ends=Interval(low=1.0, high=4.0), by=frozenset({'all'}))
    """
    constraints = program.constraints
    at_cell: Mapping[object, int] = {cell: k for k, cell in enumerate(constraints.cells)}
    ends, by = list[float](), set[str]()
    for side, end in ((1, "low"), (-1, "high")):
        aim = np.zeros(len(at_cell))
        for code, weight in weights.items():
            aim[at_cell[CELLS[measure], code]] = side * getattr(weight, end)
        if not aim.any():
            ends.append(0.0)
            continue
        solution = program.least(aim)
        ends.append(side * solution.value)
        by |= {constraints.names[k] for k in np.flatnonzero(solution.binding)}
    return Extremes(Interval(max(min(ends), 0.0), max(ends[1], ends[0])), frozenset(by))
