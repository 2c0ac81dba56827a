"""The space of industries: the pairs that are linked in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import minimum_spanning_tree

#: Links beside the tree for each industry, and how close a pair must be for one, of the closest.
MORE, CLOSE = 0.8, 0.6


def backbone(near: NDArray[np.float64]) -> list[tuple[int, int]]:
    """The pairs to draw: the tree of closest pairs that reaches all, and the closest of the rest.

    The tree has the greatest sum of proximities; to it come at most 0.8 pairs for each industry,
    of those with at least 0.6 of the greatest proximity. Missing proximities count as none.
    Source: C. A. Hidalgo and others, The Product Space, Science 317, 2007 (tree and threshold).

    Args:
        near: proximity of industry × industry, symmetric, 0 to 1.

    Returns:
        Pairs of places, the lesser first, in order.

    >>> backbone(np.array([[1, 0.9, 0.1], [0.9, 1, 0.2], [0.1, 0.2, 1]]))
    [(0, 1), (1, 2)]
    """
    near = np.clip(np.nan_to_num(near), 0.0, 1.0)
    first, second = np.triu_indices(len(near), 1)
    values = near[first, second]
    far = np.zeros_like(near)
    far[first, second] = 1.0 + 1e-6 - values
    tree = minimum_spanning_tree(far)
    pairs = {(int(a), int(b)) for a, b in zip(*tree.nonzero(), strict=True)}
    order = np.argsort(-values, kind="stable")[: len(near) - 1 + round(MORE * len(near))]
    strong = values >= CLOSE * values.max(initial=0.0)
    return sorted(pairs | {(int(first[k]), int(second[k])) for k in order if strong[k]})
