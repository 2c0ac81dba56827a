"""Coupling coordination: how far two or more systems are developed, and developed together.

The scores of the systems come from a composite index, mostly min-max over the units at hand.
Coupling and coordination then depend on that sample: another region or year moves every score,
and scores from two samples must not be compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.fault_kinds import CouplingSystems
from songhua.labels import align
from songhua.maths.fault_kinds import CompositeWeights, CouplingBands, CouplingForm, CouplingOutside

Form = Literal["traditional", "corrected"]


@dataclass(frozen=True)
class Bands:
    """Names for stretches of a score: edges in order, a name between each two, the closed side.

    `closed` is `right` for (a, b] or `left` for [a, b); the outermost edge on the other side
    belongs to its band, too.
    """

    edges: tuple[float, ...]
    names: tuple[str, ...]
    closed: Literal["right", "left"]


#: Ten grades of D, right-closed. Source: Acta Geographica Sinica 76(4), 2021, 781, table 1.
TEN_GRADES = Bands(
    (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
    (
        "extreme_disorder",
        "severe_disorder",
        "moderate_disorder",
        "mild_disorder",
        "near_disorder",
        "barely_coordinated",
        "primary_coordination",
        "intermediate_coordination",
        "good_coordination",
        "quality_coordination",
    ),
    "right",
)
#: Four phases of C, right-closed. Source: the same table.
COUPLING_PHASES = Bands(
    (0.0, 0.3, 0.5, 0.8, 1.0),
    ("low_coupling", "antagonism", "running_in", "high_coupling"),
    "right",
)
#: Seven grades of D, left-closed. Source: Scientific Reports 14, 2024, 5150, table 2.
SEVEN_GRADES = Bands(
    (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 1.0),
    ("grade_1", "grade_2", "grade_3", "grade_4", "grade_5", "grade_6", "grade_7"),
    "left",
)


def coupling_coordination(
    u: pd.DataFrame,
    weights: pd.Series | Mapping[str, float] | None = None,
    form: Form = "traditional",
) -> pd.DataFrame:
    """Coupling C, development T and coupling coordination D of two or more systems.

    T = sum a_i U_i and D = sqrt(C T). For n systems the coupling is, in the traditional form,
    C = n (U_1 ... U_n)^(1/n) / (U_1 + ... + U_n), and in the corrected form
    C = sqrt((1 - 2 sum_{i>j} |U_i - U_j| / (n (n - 1))) (prod_i U_i / max U)^(1 / (n - 1))),
    which uses more of the range from 0 to 1. The weights have no part in C.

    Where a system is missing, all three are. Where all systems are zero C is undefined, hence
    missing, and D is zero.

    Args:
        u: units x systems, each score from 0 to 1.
        weights: a_i by system; divided by their sum; equal, if not given.
        form: `traditional` or `corrected`.

    Returns:
        Units x (C, T, D).

    Raises:
        SonghuaError: `coupling_systems`, under two systems; `coupling_outside`, one for each
            system with a score outside 0 to 1; `coupling_form`; `labels_differ`,
            `labels_repeat`; `composite_weights`.

    Source: Wang Shujia and others, Research on misuses and modification of coupling coordination
    degree model in China, Journal of Natural Resources 36(3), 2021, 793.

    >>> u = pd.DataFrame({"digital": [0.6, 0.2], "real": [0.4, 0.8]}, index=["x", "y"])
    >>> coupling_coordination(u).round(4)
            C    T       D
    x  0.9798  0.5  0.6999
    y  0.8000  0.5  0.6325
    >>> coupling_coordination(u, form="corrected").round(4)
            C    T       D
    x  0.7303  0.5  0.6043
    y  0.3162  0.5  0.3976
    """
    align(u)
    align(u.T)
    if u.shape[1] < 2:
        raise SonghuaError(CouplingSystems(n=u.shape[1]))
    scores = u.astype(float)
    odd = scores.columns[((scores < 0) | (scores > 1)).any()]
    if len(odd):
        raise SonghuaError(*(CouplingOutside(column=str(c)) for c in odd))
    if form not in ("traditional", "corrected"):
        raise SonghuaError(CouplingForm(given=form))
    x = scores.to_numpy()
    c = _traditional(x) if form == "traditional" else _corrected(x)
    t = x @ _weights(scores, weights)
    d = np.where(t == 0, 0.0, np.sqrt(c * t))
    return pd.DataFrame({"C": c, "T": t, "D": d}, index=u.index)


def bands(d: pd.Series, scale: Bands = TEN_GRADES) -> pd.Series:
    """The band in which each score lies; missing, where it lies in none.

    Args:
        d: scores.
        scale: edges, names and the closed side.

    Raises:
        SonghuaError: `coupling_bands`, unless the edges rise and there is one more of them than
            of names.

    >>> d = pd.Series([0.5, 0.51])
    >>> bands(d).tolist()
    ['near_disorder', 'barely_coordinated']
    >>> bands(d, Bands((0, 0.5, 1), ("lower", "upper"), "left")).tolist()
    ['upper', 'upper']
    """
    edges, names = scale.edges, scale.names
    rising = all(low < high for low, high in pairwise(edges))
    if not rising or len(edges) != len(names) + 1 or scale.closed not in ("left", "right"):
        raise SonghuaError(CouplingBands())
    x = d.to_numpy(float)
    side: Literal["left", "right"] = "left" if scale.closed == "right" else "right"
    place = np.searchsorted(np.asarray(edges, float), x, side=side) - 1
    place = np.where(x == edges[0], 0, np.where(x == edges[-1], len(names) - 1, place))
    inside = (x >= edges[0]) & (x <= edges[-1])
    labels = [names[p] if k else None for p, k in zip(place, inside, strict=True)]
    return pd.Series(pd.Categorical(labels, names, ordered=True), index=d.index, name=d.name)


def _traditional(x: np.ndarray) -> np.ndarray:
    """n times the geometric mean over the sum."""
    n, total = x.shape[1], x.sum(axis=1)
    # scores over their sum, so that no product of small scores is lost
    share = x / np.where(total > 0, total, np.nan)[:, None]
    return np.minimum(n * share.prod(axis=1) ** (1 / n), 1.0)


def _corrected(x: np.ndarray) -> np.ndarray:
    """Closeness of all pairs times the scores beside the highest."""
    n, top = x.shape[1], x.max(axis=1)
    # in rising order the k-th score (from 0) is the higher in k pairs, the lower in n - 1 - k
    apart = np.sort(x, axis=1) @ (2.0 * np.arange(n) - n + 1)
    beside = (x / np.where(top > 0, top, np.nan)[:, None]).prod(axis=1) ** (1 / (n - 1))
    return np.sqrt((1 - 2 * apart / (n * (n - 1))).clip(0) * beside)


def _weights(u: pd.DataFrame, weights: pd.Series | Mapping[str, float] | None) -> np.ndarray:
    """Weights in the order of the systems; they sum to one."""
    even = pd.Series(1.0, index=u.columns)
    ordered = even if weights is None else align(even, pd.Series(weights, dtype=float))[1]
    if not (ordered >= 0).all() or not ordered.sum() > 0:
        raise SonghuaError(CompositeWeights())
    return (ordered / ordered.sum()).to_numpy()
