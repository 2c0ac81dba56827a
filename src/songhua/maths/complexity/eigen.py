"""The second eigenvectors of who has what, by the smaller of the two sides."""

from __future__ import annotations

import numpy as np
from scipy.linalg import eigh, get_blas_funcs
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import ArpackError, LinearOperator, eigsh

from songhua.errors import SonghuaError
from songhua.maths.complexity.core import Core
from songhua.maths.complexity.fault_kinds import ComplexityGroups, ComplexitySign, ComplexityTied

#: From this size on two eigenvectors are found by Lanczos' method, below by a whole decomposition.
LARGE = 150
#: Lanczos vectors that are kept.
BASIS = 40
#: Eigenvalues, and correlations, that differ by less are taken to be the same.
SAME = 1e-10


class Symmetric(LinearOperator):
    """A symmetric table of which half is read for a product with a vector."""

    def __init__(self, square: np.ndarray) -> None:
        """Keep the table, not a copy."""
        super().__init__(float, square.shape)
        self.square = square
        (self.times,) = get_blas_funcs(("symv",), (square,))

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        return self.times(1.0, self.square.T, x)


def second_vectors(part: Core) -> tuple[np.ndarray, np.ndarray]:
    """The regions' and the industries' eigenvector, with its sign; unscaled.

    With A = D^-1/2 M U^-1/2 the eigenvectors of A'A (or AA', whichever is smaller) are those
    looked for times U^1/2 (or D^1/2), and the first is known: it is taken out. The regions' is
    the mean of the industries' over the industries that a region has.

    Raises:
        SonghuaError: `complexity_groups`, `complexity_tied`, `complexity_sign`.

    >>> import pandas as pd
    >>> from songhua.maths.complexity.core import core
    >>> regions, _ = second_vectors(core(pd.DataFrame([[1, 1, 1], [1, 1, 0], [1, 0, 0]])))
    >>> (regions / regions[1]).round(6).tolist()
    [-2.0, 1.0, 4.0]
    """
    values, diversity, ubiquity = part.values, part.diversity, part.ubiquity
    wide = values.shape[0] < values.shape[1]
    if wide:
        scaled, own = values * (1 / np.sqrt(ubiquity)), np.sqrt(diversity)
        square = scaled @ scaled.T
    else:
        scaled, own = values * (1 / np.sqrt(diversity))[:, np.newaxis], np.sqrt(ubiquity)
        square = scaled.T @ scaled
    first = own / np.linalg.norm(own)
    square /= np.outer(own, own)
    square -= np.outer(first, first)
    found, vector = _leading(square, own)
    _refuse_ties(found, part)
    vector = vector / own
    industries = vector @ values / ubiquity if wide else vector
    regions = values @ industries / diversity
    turn = sign(regions, diversity) or -sign(industries, ubiquity)
    if not turn:
        raise SonghuaError(ComplexitySign())
    return turn * regions, turn * industries


def _leading(square: np.ndarray, own: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The two largest eigenvalues of what is left, the larger last, and its eigenvector."""
    n = len(square)
    if n >= LARGE:
        start = own * np.cos(np.arange(1, n + 1))
        try:
            values, vectors = eigsh(Symmetric(square), k=2, which="LA", v0=start, ncv=BASIS)
            return values, vectors[:, -1]
        except ArpackError:
            pass
    kept = (max(n - 2, 0), n - 1)
    values, vectors = eigh(square, subset_by_index=kept)
    return values, vectors[:, -1]


def _refuse_ties(found: np.ndarray, part: Core) -> None:
    """Raise where the second eigenvalue is also the first or the third, or nothing is left."""
    last = float(found[-1])
    if last > 1 - SAME:
        groups = _groups(part)
        if len(groups) > 1:
            raise SonghuaError(ComplexityGroups(n=len(groups), labels=groups[-1]))
    if last < SAME or (len(found) > 1 and last - found[0] < SAME):
        raise SonghuaError(ComplexityTied())


def _groups(part: Core) -> list[tuple[str, ...]]:
    """The labels of what hangs together, the smallest group last."""
    rows, columns = np.nonzero(part.values)
    n, m = part.values.shape
    edges = csr_array((np.ones(len(rows)), (rows, columns + n)), shape=(n + m, n + m))
    _, group = connected_components(edges, directed=False)
    labels = [*part.labels[0][part.regions], *part.labels[1][part.industries]]
    found = [[str(labels[at]) for at in np.flatnonzero(group == k)] for k in np.unique(group)]
    return [tuple(one) for one in sorted(found, key=len, reverse=True)]


def sign(one: np.ndarray, other: np.ndarray) -> float:
    """The sign of their correlation; 0 where there is none.

    >>> sign(np.array([1.0, 2.0]), np.array([5.0, 3.0])), sign(np.ones(2), np.array([5.0, 3.0]))
    (-1.0, 0.0)
    """
    one, other = one - one.mean(), other - other.mean()
    size = np.linalg.norm(one) * np.linalg.norm(other)
    along = float(one @ other)
    return float(np.sign(along)) if abs(along) > SAME * size else 0.0
