"""Proximity of two industries: present in the same regions, alike in quotients, or trading."""

from __future__ import annotations

import numpy as np
import pandas as pd

from songhua.maths.complexity.kernels import pair_counts
from songhua.maths.complexity.presence import zeros_and_ones
from songhua.maths.input_output.arrays import Matrix, choice, floats, square, vector
from songhua.maths.input_output.inverse import allocation_coefficients, technical_coefficients
from songhua.maths.levels import ratio, sizes

METHODS = ("minimum", "conditional", "cosine", "jaccard")
ASSOCIATIONS = ("probability", "association", "cosine", "jaccard")
LIKENESSES = ("cosine", "correlation", "log_correlation")
LINKAGES = ("maximum", "mean")


def co_occurrence(presence: pd.DataFrame) -> pd.DataFrame:
    """The number of regions that have each two industries; on the diagonal, each one.

    Raises:
        SonghuaError: `presence_impossible`, `levels_not_numbers`, `labels_repeat`.

    >>> co_occurrence(pd.DataFrame({"food": [1, 1], "steel": [1, 0]}))
           food  steel
    food    2.0    1.0
    steel   1.0    1.0
    """
    return _square(pair_counts(zeros_and_ones(presence))[0], presence.columns)


def proximity(
    presence: pd.DataFrame, method: str = "minimum", diagonal: bool = False
) -> pd.DataFrame:
    """The frequency with which industries are present together.

    With n_ij regions that have both and u_i that have i: `minimum` n_ij / max(u_i, u_j), the
    lesser of the two conditional probabilities; `conditional` n_ij / u_i, the probability of the
    column's industry where the row's is; `cosine` n_ij / sqrt(u_i u_j); `jaccard`
    n_ij / (u_i + u_j - n_ij). Where presence is not known in some regions, each pair is counted
    in those where it is known of both.

    Args:
        presence: 0, 1 or missing, region by industry.
        method: one of the four.
        diagonal: whether an industry is near itself (then 1, else 0).

    Returns:
        Industry by industry. The row and the column of an industry that is nowhere are missing.

    Raises:
        SonghuaError: `io_choice`, `presence_impossible`, `levels_not_numbers`, `labels_repeat`.

    Source: C. A. Hidalgo, B. Klinger, A.-L. Barabási and R. Hausmann, The Product Space
    Conditions the Development of Nations, Science 317, 2007.

    >>> proximity(pd.DataFrame({"food": [1, 1], "steel": [1, 0]}))
           food  steel
    food    0.0    0.5
    steel   0.5    0.0
    """
    return _square(presence_proximity(zeros_and_ones(presence), method, diagonal), presence.columns)


def presence_proximity(
    presence: np.ndarray, method: str = "minimum", diagonal: bool = False
) -> np.ndarray:
    """The same of an array of presence.

    >>> presence_proximity(np.array([[1.0, 1.0], [1.0, 0.0]]), "conditional").tolist()
    [[0.0, 0.5], [1.0, 0.0]]
    """
    choice("method", method, METHODS)
    joint, single = pair_counts(presence)
    if method == "minimum":
        near = joint / _defined(np.maximum(single, single.T), single)
    elif method == "conditional":
        near = joint / _defined(single, single)
    elif method == "cosine":
        near = joint / _defined(np.sqrt(single * single.T), single)
    else:
        near = joint / _defined(single + single.T - joint, single)
    return _diagonal(near, diagonal)


def _defined(below: np.ndarray, single: np.ndarray) -> np.ndarray:
    """A divisor, missing for a pair of which one industry is nowhere."""
    nowhere = np.minimum(single, single.T) == 0
    return np.where(nowhere, np.nan, below) if nowhere.any() else below


def _diagonal(values: np.ndarray, itself: bool) -> np.ndarray:
    """The same, with zeros on the diagonal unless an industry counts as near itself."""
    if not itself:
        np.fill_diagonal(values, np.where(np.isnan(values.diagonal()), np.nan, 0.0))
    return values


def association(counts: Matrix, method: str = "probability") -> pd.DataFrame:
    """The ratio of joint occurrences to those that chance would bring.

    With c_ij joint occurrences, the diagonal left out, s_i = sum_j c_ij and T = sum_i s_i:
    `probability` c_ij / ((s_i/T s_j/(T - s_i) + s_j/T s_i/(T - s_j)) T/2), `association`
    (c_ij/T) / (s_i/T s_j/T), `cosine` c_ij / sqrt(s_i s_j), `jaccard` c_ij / (s_i + s_j - c_ij).

    Args:
        counts: joint occurrences, such as `co_occurrence` gives.
        method: one of the four.

    Returns:
        Labelled as the counts, 0 on the diagonal; missing for what never occurs with another.

    Raises:
        SonghuaError: `io_choice`, `io_not_square`, `labels_differ`, `labels_repeat`,
            `levels_not_numbers`.

    Source: N. J. van Eck and L. Waltman, How to Normalize Cooccurrence Data?, JASIST 60(8), 2009;
    M. P. A. Steijn, Improvement on the Association Strength, Journal of Informetrics 15(2), 2021.

    >>> counts = pd.DataFrame([[9, 2, 2], [2, 9, 0], [2, 0, 9]])
    >>> association(counts, "association").round(6).to_numpy().tolist()
    [[0.0, 2.0, 2.0], [2.0, 0.0, 0.0], [2.0, 0.0, 0.0]]
    """
    values, labels = square(counts)
    return _square(associated(values, method), labels)


def associated(counts: np.ndarray, method: str = "probability") -> np.ndarray:
    """The same of an array of counts.

    >>> associated(np.array([[0.0, 2.0], [2.0, 0.0]]), "cosine").tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    choice("method", method, ASSOCIATIONS)
    counts = counts.copy()
    np.fill_diagonal(counts, 0.0)
    total = counts.sum()
    sums = counts.sum(axis=0)
    sums = np.where(sums == 0, np.nan, sums)
    row, column = sums[:, np.newaxis], sums
    if method == "probability":
        chance = row / total * column / (total - row) + column / total * row / (total - column)
        near = ratio(counts, chance * total / 2)
    elif method == "association":
        near = counts * total / (row * column)
    elif method == "cosine":
        near = counts / np.sqrt(row * column)
    else:
        near = counts / (row + column - counts)
    return _diagonal(near, False)


def quotient_proximity(
    quotients: pd.DataFrame,
    method: str = "log_correlation",
    diagonal: bool = False,
    floor: float = 0.1,
) -> pd.DataFrame:
    """Likeness of the quotients of two industries over the regions, without a threshold.

    `cosine` q_i·q_j / (|q_i| |q_j|); `correlation` (1 + r) / 2 with Pearson's r of the quotients;
    `log_correlation` the same of ln(q + floor), in which a few huge quotients count for less.

    Args:
        quotients: location quotients, region by industry; a region with a missing one is left
            out of every pair.
        method: one of the three.
        diagonal: whether an industry is near itself (then 1, else 0).
        floor: what is added before logarithms are taken, so that 0 has one.

    Returns:
        Industry by industry, 0 to 1; missing for an industry whose quotients are all alike
        (or, by `cosine`, all zero).

    Raises:
        SonghuaError: `io_choice`, `level_impossible`, `levels_not_numbers`, `labels_repeat`.

    Source: of the logarithms, D. Bahar, R. Hausmann and C. A. Hidalgo, Neighbors and the
    Evolution of the Comparative Advantage of Nations, Journal of International Economics 92,
    2014.

    >>> quotients = pd.DataFrame({"food": [0, 2], "steel": [0, 4], "ships": [3, 0]})
    >>> quotient_proximity(quotients, "correlation").round(6).to_numpy().tolist()
    [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """
    choice("method", method, LIKENESSES)
    values = sizes(quotients)
    values = values[~np.isnan(values).any(axis=1)]
    if method == "log_correlation":
        values = np.log(values + floor)
    if method != "cosine" and len(values):
        values = values - values.mean(axis=0)
    squares = np.square(values).sum(axis=0)
    spread = squares > len(values) * (1e-14 * np.abs(values).max(initial=0.0)) ** 2
    size = np.where(spread, np.sqrt(squares), np.nan)
    likeness = values.T @ values / np.outer(size, size)
    if method != "cosine":
        likeness = (1 + np.clip(likeness, -1, 1)) / 2
    return _square(_diagonal(likeness, diagonal), quotients.columns)


def linkage_proximity(Z: Matrix, method: str = "maximum") -> pd.DataFrame:
    """Shares of purchases and sales that two industries have in each other.

    Of the four shares that i and j have in each other's intermediate purchases and sales
    (z_ij / sum_k z_kj, z_ji / sum_k z_ki, z_ij / sum_k z_ik, z_ji / sum_k z_jk): the greatest, or
    their mean.

    Args:
        Z: intermediate flows, industry by industry; rows sell, columns buy.
        method: `maximum` or `mean`.

    Returns:
        Industry by industry, symmetric, 0 to 1, 0 on the diagonal. Shares of an industry that
        buys nothing, or sells nothing, are missing, and so is what rests on them.

    Raises:
        SonghuaError: `io_choice`, `io_not_square`, `io_missing`, `labels_differ`,
            `labels_repeat`, `levels_not_numbers`.

    Source: G. Ellison, E. L. Glaeser and W. R. Kerr, What Causes Industry Agglomeration?,
    American Economic Review 100(3), 2010.

    >>> linkage_proximity([[0, 30], [20, 20]]).to_numpy().tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    >>> linkage_proximity([[10, 30], [10, 30]], "mean").to_numpy().tolist()
    [[0.0, 0.5], [0.5, 0.0]]
    """
    choice("method", method, LINKAGES)
    values, labels = square(Z)
    bought = floats(technical_coefficients(values, values.sum(axis=0)))
    sold = floats(allocation_coefficients(values, values.sum(axis=1)))
    shares = np.stack([bought, bought.T, sold, sold.T])
    linkage = shares.max(axis=0) if method == "maximum" else shares.mean(axis=0)
    return _square(_diagonal(linkage, False), labels)


def in_order(proximity: pd.DataFrame, labels: pd.Index) -> np.ndarray:
    """A table of industry by industry in the order of these labels.

    Raises:
        SonghuaError: `io_not_square`, `labels_differ`, `labels_repeat`, `levels_not_numbers`.

    >>> near = pd.DataFrame([[1, 2], [3, 4]], index=["a", "b"], columns=["a", "b"])
    >>> in_order(near, pd.Index(["b", "a"])).tolist()
    [[4.0, 3.0], [2.0, 1.0]]
    """
    values, order = square(proximity)
    if order.equals(labels):
        return values
    places = vector(pd.Series(np.arange(len(order)), index=order), labels).astype(int)
    return values[np.ix_(places, places)]


def _square(values: np.ndarray, labels: pd.Index) -> pd.DataFrame:
    """Labelled values, not copied."""
    return pd.DataFrame(values, index=labels, columns=labels, copy=False)
