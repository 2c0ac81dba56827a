"""The second eigenvectors of presence, by the smaller of the two sides."""

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
        scaled, root = values * (1 / np.sqrt(ubiquity)), np.sqrt(diversity)
        square = scaled @ scaled.T
    else:
        scaled, root = values * (1 / np.sqrt(diversity))[:, np.newaxis], np.sqrt(ubiquity)
        square = scaled.T @ scaled
    first = root / np.linalg.norm(root)
    square /= np.outer(root, root)
    square -= np.outer(first, first)
    eigenvalues, vector = _leading(square, root)
    _refuse_ties(eigenvalues, part)
    vector = vector / root
    industries = vector @ values / ubiquity if wide else vector
    regions = values @ industries / diversity
    turn = sign(regions, diversity) or -sign(industries, ubiquity)
    if not turn:
        raise SonghuaError(ComplexitySign())
    return turn * regions, turn * industries


def _leading(square: np.ndarray, root: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The two largest eigenvalues of a square table, the larger last, and its eigenvector."""
    n = len(square)
    if n >= LARGE:
        start = root * np.cos(np.arange(1, n + 1))
        try:
            values, vectors = eigsh(Symmetric(square), k=2, which="LA", v0=start, ncv=BASIS)
            return values, vectors[:, -1]
        except ArpackError:
            pass
    largest = (max(n - 2, 0), n - 1)
    values, vectors = eigh(square, subset_by_index=largest)
    return values, vectors[:, -1]


def _refuse_ties(eigenvalues: np.ndarray, part: Core) -> None:
    """Raise where the second eigenvalue is also the first or the third, or nothing is left."""
    last = float(eigenvalues[-1])
    if last > 1 - SAME:
        groups = _groups(part)
        if len(groups) > 1:
            raise SonghuaError(ComplexityGroups(n=len(groups), labels=groups[-1]))
    if last < SAME or (len(eigenvalues) > 1 and last - eigenvalues[0] < SAME):
        raise SonghuaError(ComplexityTied())


def _groups(part: Core) -> list[tuple[str, ...]]:
    """The labels of connected groups, the smallest group last."""
    rows, columns = np.nonzero(part.values)
    n, m = part.values.shape
    edges = csr_array((np.ones(len(rows)), (rows, columns + n)), shape=(n + m, n + m))
    _, group = connected_components(edges, directed=False)
    labels = [*part.labels[0][part.regions], *part.labels[1][part.industries]]
    groups = [[str(labels[at]) for at in np.flatnonzero(group == k)] for k in np.unique(group)]
    return [tuple(members) for members in sorted(groups, key=len, reverse=True)]


def sign(first: np.ndarray, second: np.ndarray) -> float:
    """The sign of a correlation; 0 where there is none.

    >>> sign(np.array([1.0, 2.0]), np.array([5.0, 3.0])), sign(np.ones(2), np.array([5.0, 3.0]))
    (-1.0, 0.0)
    """
    first, second = first - first.mean(), second - second.mean()
    size = np.linalg.norm(first) * np.linalg.norm(second)
    along = float(first @ second)
    return float(np.sign(along)) if abs(along) > SAME * size else 0.0
