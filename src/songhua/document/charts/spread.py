"""Positions of the points of a network: near their neighbours, apart from all other points."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import shortest_path

ROUNDS = 300
#: The intended distance of points without a path between them, relative to the longest path.
APART = 1.3
#: The weight of rank against position along the axis, so that a crowd has room.
EVEN = 0.6
Places = NDArray[np.float64]


def spread(count: int, links: Iterable[tuple[int, int, float]]) -> Places:
    """Places in the plane whose distances follow the steps along links; the same each time.

    Stress is made least by majorization from places of classical scaling: E. Gansner, Y. Koren
    and S. North, Graph Drawing by Stress Majorization, 2004.

    Args:
        count: of points.
        links: two points and how near they are, from 0 to 1.

    Returns:
        Point × 2 from 0 to 1, the longer way first.

    >>> spread(3, [(0, 1, 0.9), (1, 2, 0.2)]).round(1).tolist()
    [[0.0, 0.5], [0.4, 0.5], [1.0, 0.5]]
    """
    if count < 3:
        return np.column_stack([np.linspace(0, 1, count), np.full(count, 0.5)])
    steps = np.zeros((count, count))
    for a, b, near in links:
        steps[a, b] = steps[b, a] = 1.5 - near
    want = shortest_path(steps, directed=False)
    longest = want[np.isfinite(want)].max() or 1.0
    at = _majorized(np.where(np.isfinite(want), want, APART * longest))
    at = (at - at.mean(0)) @ np.linalg.svd(at - at.mean(0), full_matrices=False)[2].T
    at *= np.where(at[np.abs(at).argmax(0), [0, 1]] > 0, 1.0, -1.0)
    span = np.ptp(at, axis=0)
    flat = span < 1e-2 * max(span)
    scaled = (at - at.min(0)) / np.where(flat, 1.0, span)
    turn = np.argsort(np.argsort(at, axis=0, kind="stable"), axis=0) / (count - 1)
    return np.where(flat, 0.5, (1 - EVEN) * scaled + EVEN * turn)


def _majorized(want: Places) -> Places:
    """Places with the least stress, near pairs weighing more."""
    near = want > 0
    weight = np.where(near, 1 / np.where(near, want, 1.0) ** 2, 0.0)
    inverse = np.linalg.pinv(np.diag(weight.sum(1)) - weight)
    at = _scaled(want)
    for _ in range(ROUNDS):
        apart = np.linalg.norm(at[:, np.newaxis] - at[np.newaxis], axis=2)
        met = apart < 1e-12
        pull = np.where(met, 0.0, weight * want / np.where(met, 1.0, apart))
        at = inverse @ (pull.sum(1)[:, np.newaxis] * at - pull @ at)
    return at


def _scaled(want: Places) -> Places:
    """Places of classical scaling."""
    centred = want**2 - (want**2).mean(0)
    values, vectors = np.linalg.eigh(-0.5 * (centred - centred.mean(1, keepdims=True)))
    turn = np.arange(len(want))[:, np.newaxis] + np.array([0.0, np.pi / 2])
    apart = 1e-3 * want.max() * np.sin(turn)  # points that fall together could never part
    return vectors[:, -2:] * np.sqrt(np.clip(values[-2:], 0.0, None)) + apart
