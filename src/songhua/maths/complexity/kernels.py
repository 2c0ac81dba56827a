"""The products that complexity needs, on plain arrays: nothing is checked or labelled here.

Arrays of presence are region by industry, with 1, 0 and not-a-number for what is not known.
"""

from __future__ import annotations

import numpy as np

from songhua.maths.levels import ratio

#: Sums of zeros and ones are exact in 32 bits as long as there are fewer terms than this.
EXACT = 2**24


def exact_type(terms: int) -> type[np.floating]:
    """The shortest floating type in which a sum of so many zeros and ones is exact.

    >>> exact_type(3000).__name__, exact_type(2**24).__name__
    ('float32', 'float64')
    """
    return np.float32 if terms < EXACT else np.float64


def present_and_observed(presence: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
    """Presence as 0 and 1, and where it is known; None if it is known everywhere.

    >>> present_and_observed(np.array([[1.0, np.nan]]))
    (array([[1., 0.]], dtype=float32), array([[1., 0.]], dtype=float32))
    """
    kind = exact_type(len(presence))
    if not np.isnan(presence.sum()):
        return presence.astype(kind), None
    observed = ~np.isnan(presence)
    return np.where(observed, presence, 0.0).astype(kind), observed.astype(kind)


def pair_counts(presence: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Regions that have each two industries, and those with the first where the second is known.

    The second is the ubiquity of the row's industry, counted in the regions where presence of
    the column's industry is known.

    >>> joint, single = pair_counts(np.array([[1.0, 1.0], [1.0, 0.0], [1.0, np.nan]]))
    >>> joint.tolist(), single.tolist()
    ([[3.0, 1.0], [1.0, 1.0]], [[3.0, 2.0], [1.0, 1.0]])
    """
    present, observed = present_and_observed(presence)
    joint = (present.T @ present).astype(float)
    if observed is None:
        return joint, np.broadcast_to(np.diag(joint)[:, np.newaxis], joint.shape)
    return joint, (present.T @ observed).astype(float)


def related_share(presence: np.ndarray, proximity: np.ndarray) -> np.ndarray:
    """The share of each industry's related industries that each region has, of known ones.

    >>> related_share(np.array([[1.0, 0.0]]), np.array([[0.0, 0.5], [0.5, 0.0]])).tolist()
    [[0.0, 1.0]]
    """
    lost = np.isnan(proximity)
    if lost.any():
        proximity = np.where(lost, 0.0, proximity)
    if not np.isnan(presence.sum()):
        return presence @ ratio(proximity, proximity.sum(axis=0))
    observed = ~np.isnan(presence)
    return ratio(np.where(observed, presence, 0.0) @ proximity, observed.astype(float) @ proximity)


def double_demeaned(values: np.ndarray) -> np.ndarray:
    """The residuals of a table without effects of its rows and of its columns.

    The least-squares fit of a row effect and a column effect to the cells that are known; with
    none missing x_ri - mean_r - mean_i + mean.

    >>> double_demeaned(np.array([[1.0, 2.0], [3.0, 8.0]])).tolist()
    [[1.0, -1.0], [-1.0, 1.0]]
    """
    observed = ~np.isnan(values)
    rows, columns = observed.any(axis=1), observed.any(axis=0)
    if observed.all() and values.size:
        centred = values - values.mean(axis=1, keepdims=True)
        return centred - centred.mean(axis=0)
    residuals = np.full_like(values, np.nan)
    inner = np.ix_(rows, columns)
    if not inner[0].size or not inner[1].size:
        return residuals
    part, weight = values[inner], observed[inner].astype(float)
    if weight.all():
        residuals[inner] = double_demeaned(part)
        return residuals
    size = weight.sum(axis=1, keepdims=True)
    centred = part - np.nansum(part, axis=1, keepdims=True) / size
    normal = np.diag(weight.sum(axis=0)) - weight.T @ (weight / size)
    effect = np.linalg.lstsq(normal, np.nansum(centred, axis=0), rcond=None)[0]
    residuals[inner] = centred - effect + weight @ effect[:, np.newaxis] / size
    return residuals
