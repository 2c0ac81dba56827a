"""The outlook of a region: the complexity within its reach, and the gain by an entry."""

from __future__ import annotations

import numpy as np
import pandas as pd

from songhua.labels import align
from songhua.maths.complexity.presence import zeros_and_ones
from songhua.maths.complexity.proximity import in_order
from songhua.maths.input_output.arrays import choice, vector
from songhua.maths.levels import ratio, sizes

GAINS = ("source", "target", "net")


def outlook(presence: pd.DataFrame, density: pd.DataFrame, industries: pd.Series) -> pd.Series:
    """The complexity of the industries that a region lacks, weighted by how near they are to it.

    sum_i (1 - M_ri) d_ri PCI_i, over the industries whose presence, density and index are known.

    Args:
        presence: 0, 1 or missing, region by industry.
        density: 0 to 1, labelled alike.
        industries: the industries' index of complexity.

    Returns:
        One number a region, not scaled; missing where nothing is known.

    Raises:
        SonghuaError: `presence_impossible`, `labels_differ`, `labels_repeat`,
            `levels_not_numbers`.

    Source: R. Hausmann, C. A. Hidalgo et al., The Atlas of Economic Complexity, 2014.

    >>> presence = pd.DataFrame({"food": [1], "steel": [0], "ships": [0]}, index=["here"])
    >>> near = pd.DataFrame({"food": [0.1], "steel": [0.5], "ships": [0.25]}, index=["here"])
    >>> outlook(presence, near, pd.Series({"food": -1, "steel": 2, "ships": 4})).to_dict()
    {'here': 2.0}
    """
    values, worth = zeros_and_ones(presence), vector(industries, presence.columns)
    align(presence.T, density.T)
    _, near = align(presence, density[presence.columns])
    outlooks = reached(values, sizes(near), worth)
    return pd.Series(outlooks, index=presence.index, name="outlook")


def reached(presence: np.ndarray, density: np.ndarray, worth: np.ndarray) -> np.ndarray:
    """The same of arrays.

    >>> reached(np.array([[0.0, 1.0]]), np.array([[0.5, 0.5]]), np.array([3.0, 1.0])).tolist()
    [1.5]
    """
    parts = (1 - presence) * density
    parts *= worth
    lost = np.isnan(parts)
    if not lost.any():
        return parts.sum(axis=1)
    return np.where(lost.all(axis=1), np.nan, np.where(lost, 0.0, parts).sum(axis=1))


def gain(
    presence: pd.DataFrame, proximity: pd.DataFrame, industries: pd.Series, method: str = "source"
) -> pd.DataFrame:
    """The gain in a region's outlook by entering an industry.

    `source`, the Atlas's: (1 - M_ri) sum_j (1 - M_rj) φ_ij PCI_j / sum_k φ_jk, the nearness that
    entry gives to each lacking industry j, as a share of all nearness to j. `target`: the same
    divided by sum_k φ_ik, a mean of the PCI of lacking neighbours of i. `net`: the latter for
    every i, less PCI_i (1 - sum_j (1 - M_rj) φ_ij / sum_k φ_ik), what leaves the outlook as i
    is lacking no more.

    Args:
        presence: 0, 1 or missing, region by industry.
        proximity: industry by industry; a missing one counts as none.
        industries: the industries' index of complexity; one without counts for nothing.
        method: one of the three.

    Returns:
        Region by industry; missing where presence is, and for an industry near none. 0 for an
        industry that the region has (not by `net`).

    Raises:
        SonghuaError: `io_choice`, `io_not_square`, `presence_impossible`, `labels_differ`,
            `labels_repeat`, `levels_not_numbers`.

    Source: R. Hausmann, C. A. Hidalgo et al., The Atlas of Economic Complexity, 2014.

    >>> presence = pd.DataFrame({"food": [1], "steel": [0], "ships": [0]}, index=["here"])
    >>> names = presence.columns
    >>> near = pd.DataFrame([[0, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0]], names, names)
    >>> worth = pd.Series({"food": -1, "steel": 2, "ships": 4})
    >>> gain(presence, near, worth).loc["here"].to_dict()
    {'food': 0.0, 'steel': 4.0, 'ships': 1.0}
    >>> gain(presence, near, worth, "target").loc["here"].to_dict()
    {'food': 0.0, 'steel': 2.0, 'ships': 2.0}
    """
    near = in_order(proximity, presence.columns)
    worth = vector(industries, presence.columns)
    gains = gained(zeros_and_ones(presence), near, worth, method)
    return pd.DataFrame(gains, index=presence.index, columns=presence.columns, copy=False)


def gained(
    presence: np.ndarray, proximity: np.ndarray, worth: np.ndarray, method: str
) -> np.ndarray:
    """The same of arrays.

    >>> near = np.array([[0.0, 1.0], [1.0, 0.0]])
    >>> gained(np.array([[0.0, 0.0]]), near, np.array([1.0, 3.0]), "net").tolist()
    [[3.0, 1.0]]
    """
    choice("method", method, GAINS)
    lacking = 1 - presence
    unknown = np.isnan(lacking)
    if unknown.any():
        lacking = np.where(unknown, 0.0, lacking)
    near, value = np.nan_to_num(proximity), np.nan_to_num(worth)[:, np.newaxis]
    total = near.sum(axis=1, keepdims=True)
    if method == "source":
        gains = lacking @ (near * np.nan_to_num(ratio(value, total)))
        gains[:, total[:, 0] == 0] = np.nan
    else:
        share = ratio(near, total).T
        gains = lacking @ (value * share)
        if method == "net":
            gains -= (1 - lacking @ share) * worth
    if method != "net":
        gains *= lacking
        gains += 0.0  # no zero with a sign
    gains[unknown] = np.nan
    return gains
