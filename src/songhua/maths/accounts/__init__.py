"""Accounts from what was printed: constraints, contradictions, bounds, and draws.

A region's figures are printed in pieces: totals, shares, growth with its contributions, floors.
Each is a constraint on the cells of its accounts. `contradictions` names the sets that cannot all
hold, `cell_bounds` gives the possible range of each cell, and `sample` its likely values.
"""

from songhua.maths.accounts import prior
from songhua.maths.accounts.cell_bounds import CellBound, cell_bounds
from songhua.maths.accounts.constraints import Cell, Constraint, Constraints, Kind
from songhua.maths.accounts.contradictions import Contradiction, contradictions
from songhua.maths.accounts.drawn import Sample
from songhua.maths.accounts.log_ratios import LogRatio
from songhua.maths.accounts.sampler import sample

__all__ = [
    "Cell",
    "CellBound",
    "Constraint",
    "Constraints",
    "Contradiction",
    "Kind",
    "LogRatio",
    "Sample",
    "cell_bounds",
    "contradictions",
    "prior",
    "sample",
]
