"""Weights of indicators: equal, given, entropy, CRITIC, principal components. They sum to one.

The last three read the weights from the units' own figures: adding a unit changes them, and a
high weight says that the units differ there, not that the indicator matters.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.maths.composite.fault_kinds import CompositeNegative
from songhua.maths.composite.normalise import normalise_minmax
from songhua.maths.composite.notes import Labelled, Notes, complete, labelled, say, spreads
from songhua.maths.fault_kinds import CompositeWeights


def weight_equal(frame: pd.DataFrame) -> pd.Series:
    """The same weight for every indicator: 1 / m.

    >>> weight_equal(pd.DataFrame({"a": [1.0], "b": [2.0]})).tolist()
    [0.5, 0.5]
    """
    return pd.Series(1 / frame.shape[1], index=frame.columns)


def weight_given(frame: pd.DataFrame, weights: Labelled) -> pd.Series:
    """Given weights, by label, divided by their sum.

    Raises:
        SonghuaError: `labels_differ`; `composite_weights`, when one is negative or missing, or
            all are zero.

    >>> weight_given(pd.DataFrame({"a": [1.0], "b": [2.0]}), {"b": 3, "a": 1}).tolist()
    [0.25, 0.75]
    """
    return _sum_to_one(labelled(weights, frame.columns))


def weight_entropy(
    frame: pd.DataFrame,
    direction: Labelled | None = None,
    scale: bool = True,
    shift: float = 0.0,
    notes: Notes = None,
) -> pd.Series:
    """Entropy weights: the less evenly an indicator is spread over the units, the more it weighs.

    y is the column's min-max (each column by its own lowest and highest); p_ij = y_ij / sum_i
    y_ij; e_j = -(1 / ln n) sum_i p_ij ln p_ij, with 0 ln 0 = 0; w_j = (1 - e_j) / sum (1 - e).
    A column without spread weighs nothing.

    Args:
        frame: units x indicators, without missing cells.
        direction: 1 or -1 by indicator; a cost is reversed by the min-max.
        scale: whether to take the min-max first; without it the columns must not be negative,
            and directions have no say.
        shift: added to y, as some authors do to keep clear of zero. It changes the weights.
        notes: `composite_no_spread`; `composite_shifted`.

    Raises:
        SonghuaError: `composite_missing`; `composite_negative`; `composite_weights`, when no
            column has spread.

    Source: C. E. Shannon, 1948; the weights as in C. L. Hwang and K. Yoon, Multiple Attribute
    Decision Making, 1981.

    >>> x = pd.DataFrame({"a": [10.0, 12, 8], "b": [20.0, 22, 18], "c": [30.0, 28, 32]})
    >>> weight_entropy(x, scale=False).round(4).tolist()
    [0.7357, 0.183, 0.0813]
    """
    frame = complete(frame)
    y = normalise_minmax(frame, direction, notes=notes) if scale else frame
    if shift:
        say(notes, "weight", "", "composite_shifted", shift=shift)
        y = y + shift
    if (y < 0).any().any():
        odd = y.columns[(y < 0).any()]
        raise SonghuaError(*(CompositeNegative(column=str(c)) for c in odd))
    p = (y / y.sum().where(y.sum() > 0)).to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = 1 + np.where(p > 0, p * np.log(p), p).sum(axis=0) / np.log(len(p))
    uneven = (spreads(frame.min(), frame.max()) > 0).to_numpy()
    return _sum_to_one(pd.Series(np.where(uneven, spread.clip(0), 0.0), index=frame.columns))


def weight_critic(
    frame: pd.DataFrame, direction: Labelled | None = None, notes: Notes = None
) -> pd.Series:
    """CRITIC weights: spread times the conflict of an indicator with the others.

    On min-max columns, c_j = s_j sum_k (1 - r_jk), with s the standard deviation and r the
    correlation; w_j = c_j / sum c. A column without spread weighs nothing and is left out of the
    others' sums.

    Args:
        frame: units x indicators, without missing cells.
        direction: 1 or -1 by indicator.
        notes: `composite_no_spread`.

    Raises:
        SonghuaError: `composite_missing`; `composite_weights`, when nothing tells units apart.

    Source: D. Diakoulaki, G. Mavrotas and L. Papayannakis, Computers and Operations Research 22,
    1995.

    >>> weight_critic(pd.DataFrame({"a": [0.0, 1, 2], "b": [0.0, 2, 0]})).round(4).tolist()
    [0.4641, 0.5359]
    """
    frame = complete(frame)
    y = normalise_minmax(frame, direction, notes=notes).dropna(axis=1)
    conflict = (1 - _correlation(y)).sum(axis=0)
    content = pd.Series(y.to_numpy().std(axis=0) * conflict, index=y.columns)
    return _sum_to_one(content.clip(lower=0).reindex(frame.columns, fill_value=0.0))


def weight_pca(
    frame: pd.DataFrame, components: int | None = None, notes: Notes = None
) -> pd.Series:
    """Weights from principal components of the correlations, without rotation.

    With eigenvalues l_k and unit eigenvectors v_k, w_j = sum_k l_k v_jk^2 / sum_k l_k over the
    components kept. Kept are those with l > 1 (Kaiser), or the given number. With all of them
    kept every indicator weighs the same. A column without spread weighs nothing.

    Args:
        frame: units x indicators, without missing cells.
        components: how many to keep.
        notes: `composite_components`, with the number kept and their share of the variance;
            `composite_no_spread`.

    Raises:
        SonghuaError: `composite_missing`; `composite_weights`.

    Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008, step 6, after
    G. Nicoletti, S. Scarpetta and O. Boylaud, 2000, who rotate the factors first.

    >>> x = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [2.0, 4, 6, 8], "c": [1.0, -1, -1, 1]})
    >>> weight_pca(x).round(6).tolist()
    [0.5, 0.5, 0.0]
    """
    frame = complete(frame)
    y = normalise_minmax(frame, notes=notes).dropna(axis=1)
    values, vectors = np.linalg.eigh(_correlation(y))
    values, vectors = values[::-1].clip(0), vectors[:, ::-1]
    count = max(1, int((values > 1 + 1e-12).sum())) if components is None else components
    share = float(values[:count].sum() / values.sum()) if len(values) else math.nan
    say(notes, "weight", "", "composite_components", n=count, share=share)
    weights = pd.Series((vectors[:, :count] ** 2) @ values[:count], index=y.columns)
    return _sum_to_one(weights.reindex(frame.columns, fill_value=0.0))


def _correlation(y: pd.DataFrame) -> np.ndarray:
    """Correlations of columns that all have spread."""
    z = y.to_numpy() - y.to_numpy().mean(axis=0)
    z = z / np.sqrt((z**2).sum(axis=0))
    return z.T @ z


def _sum_to_one(weights: pd.Series) -> pd.Series:
    """Weights divided by their sum.

    Raises:
        SonghuaError: `composite_weights`, when one is negative or missing, or all are zero.
    """
    if not (weights >= 0).all() or not weights.sum() > 0:
        raise SonghuaError(CompositeWeights())
    return weights / weights.sum()
