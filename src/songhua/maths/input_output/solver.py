"""Systems (I - A) x = f, factored once and solved only for the requested right-hand sides.

An industry without output has no coefficients (a column of missing ones in A). It is left out of
the system, its results are missing, and what others buy of it counts as coming from outside.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from songhua.errors import SonghuaError
from songhua.maths.fault_kinds import IoNotProductive
from songhua.maths.input_output.krylov import gmres

Method = Literal["auto", "lu", "mixed", "krylov"]
METHODS = ("auto", "lu", "mixed", "krylov")
#: From this many industries on, right sides that are few beside them are solved by iteration.
LARGE, FEW = 600, 80
TOLERANCE = 1e-13
REFINEMENTS = 12


class Solver:
    """(I - A) without the industries whose coefficients are missing, ready to be solved."""

    def __init__(self, A: np.ndarray, active: np.ndarray, method: Method = "lu") -> None:
        """Keep the coefficients; they are factored when they are first needed.

        Args:
            A: coefficients, n x n.
            active: True for industries that have coefficients.
            method: `lu` factors in double precision; `mixed` in single precision, refined in
                double; `krylov` iterates without factors; `auto` iterates when the table is
                large and the right sides are few. All give the same to about 1e-13 of the
                largest number, and fall back to `lu` where they do not get there.
        """
        self.n = len(active)
        self.active = active
        self.whole = bool(active.all())
        self.A = A if self.whole else A[np.ix_(active, active)]
        self.method: Method = method
        self.signed = bool(self.A.size) and self.A.min() < 0
        self._factors: dict[type, tuple[np.ndarray, np.ndarray]] = {}
        self._productive = self.signed or not self.A.size

    def left(self, S: np.ndarray) -> np.ndarray:
        """M with M (I - A) = S, row by row: rows of multipliers."""
        return self._expanded(self._solve(self._of_active(S), left=True))

    def right(self, F: np.ndarray) -> np.ndarray:
        """X with (I - A) X = F, column by column: output for final demand."""
        return self._expanded(self._solve(self._of_active(F.T), left=False)).T

    def inverse(self) -> np.ndarray:
        """(I - A)^-1, missing in the rows and columns of industries without coefficients."""
        rows = self._expanded(self._solve(np.eye(len(self.A)), left=True))
        if self.whole:
            return rows
        wide = np.full((self.n, self.n), np.nan)
        wide[self.active] = rows
        return wide

    def _of_active(self, rows: np.ndarray) -> np.ndarray:
        """Right sides as rows, of the industries with coefficients."""
        return rows if self.whole else rows[:, self.active]

    def _expanded(self, rows: np.ndarray) -> np.ndarray:
        """Results as rows, missing where an industry has no coefficients."""
        if self.whole:
            return rows
        expanded = np.full((len(rows), self.n), np.nan)
        expanded[:, self.active] = rows
        return expanded

    def _solve(self, rows: np.ndarray, left: bool) -> np.ndarray:
        """Solve by the method asked for; the first time with a test row of ones beside."""
        if not self.A.size or not len(rows):
            return np.zeros(rows.shape)
        test = not self._productive
        if test:
            rows = np.vstack([rows, np.ones(len(self.A))])
        results = self._by_method(rows, left)
        if test:
            # for A without negative cells, (I - A) x = 1 has a solution of at least one
            # everywhere if and only if every net output can be made
            if not (results[-1] >= 1 - 1e-9).all():
                raise SonghuaError(IoNotProductive())
            self._productive, results = True, results[:-1]
        return results

    def _by_method(self, rows: np.ndarray, left: bool) -> np.ndarray:
        """Iterate or refine where asked; else, or where that fails, factor."""
        method = self.method
        if method == "auto":
            few = len(self.A) >= LARGE and len(rows) <= len(self.A) // FEW
            method = "krylov" if few else "lu"
        results = None
        if method == "krylov":
            results = gmres(self.A if left else self.A.T, rows, TOLERANCE)
        elif method == "mixed":
            results = self._refined(rows, left)
        return self._by_lu(rows, left) if results is None else results

    def _by_lu(self, rows: np.ndarray, left: bool, kind: type = np.float64) -> np.ndarray:
        """Solve with the factors, in the precision of `kind`."""
        from scipy.linalg import get_lapack_funcs

        turned = self.A.flags.c_contiguous
        if kind not in self._factors:
            self._factors[kind] = self._factored(kind, turned)
        lu, pivots = self._factors[kind]
        (getrs,) = get_lapack_funcs(("getrs",), dtype=kind)
        sides = np.array(rows.T, dtype=kind, order="F")
        results, _ = getrs(lu, pivots, sides, trans=int(left != turned), overwrite_b=True)
        return results.T

    def _factored(self, kind: type, turned: bool) -> tuple[np.ndarray, np.ndarray]:
        """LU factors of I - A, or of its transpose where the rows lie together."""
        from scipy.linalg import get_lapack_funcs

        base = self.A.T if turned else self.A
        W = np.empty(base.shape, dtype=kind, order="F")
        np.negative(base, out=W, casting="same_kind")
        W.ravel(order="K")[:: len(W) + 1] += 1
        (getrf,) = get_lapack_funcs(("getrf",), dtype=kind)
        lu, pivots, info = getrf(W, overwrite_a=True)
        pivot = np.abs(lu.diagonal())
        if info or pivot.min() <= np.finfo(kind).eps * len(lu) * pivot.max():
            raise SonghuaError(IoNotProductive())
        return lu, pivots

    def _refined(self, rows: np.ndarray, left: bool) -> np.ndarray | None:
        """Single-precision factors, errors corrected in double; None if that does not converge."""
        A = self.A if left else self.A.T
        try:
            results = self._by_lu(rows, left, np.float32).astype(float)
        except SonghuaError:  # singular in single precision; double precision decides
            return None
        size = np.abs(rows).max(axis=1)
        before = np.inf
        for _ in range(REFINEMENTS):
            error = rows - results + results @ A
            worst = _relative(error, size)
            if worst <= TOLERANCE:
                return results
            if not worst < before / 2:
                break
            before = worst
            results = results + self._by_lu(error, left, np.float32)
        return None


def _relative(error: np.ndarray, size: np.ndarray) -> float:
    """The largest error beside the size of its right side."""
    return float((np.abs(error).max(axis=1) / np.where(size > 0, size, 1.0)).max())
