"""From indicators to an index: weighted means, by levels of a tree, and ranks (§2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.fault_kinds import LabelsDiffer
from songhua.maths.composite.fault_kinds import CompositeMethod, CompositeNegative, CompositeTree
from songhua.maths.composite.notes import Labelled, Notes, numbers, say
from songhua.maths.composite.weigh import weight_equal, weight_given

Mean = Literal["arithmetic", "geometric"]


def aggregate_arithmetic(
    frame: pd.DataFrame,
    weights: Labelled | None = None,
    min_share: float = 1.0,
    notes: Notes = None,
) -> pd.Series:
    """The weighted arithmetic mean of each unit's indicators: sum w_j x_ij / sum w_j.

    A low value is made up for by a high one, point for point.

    Args:
        frame: units x indicators on one scale.
        weights: by indicator, of any sum; equal, if not given.
        min_share: share of the indicators that a unit must have. With the default a unit that
            lacks one has no index; with less, the mean is over those it has.
        notes: `composite_partly`, for each unit whose index leaves indicators out;
            `composite_no_index`, for each that has none.

    Raises:
        SonghuaError: `labels_differ`; `composite_weights`.

    >>> x = pd.DataFrame({"a": [0.0, 4.0], "b": [1.0, None]}, index=["x", "y"])
    >>> aggregate_arithmetic(x, {"a": 1, "b": 3}).tolist()
    [0.75, nan]
    >>> aggregate_arithmetic(x, {"a": 1, "b": 3}, min_share=0.5).tolist()
    [0.75, 4.0]
    """
    x, w = _checked(frame, weights)
    return _index(x, means(x, w.to_numpy()[None], "arithmetic")[:, 0], min_share, notes)


def aggregate_geometric(
    frame: pd.DataFrame,
    weights: Labelled | None = None,
    min_share: float = 1.0,
    notes: Notes = None,
) -> pd.Series:
    """The weighted geometric mean of each unit's indicators: prod x_ij ^ (w_j / sum w_j).

    A low value drags the index down, and a zero makes it zero; so that scores from a min-max
    over 0 to 1 should rather be over 1 to 100. There is none of negative values.

    Args:
        frame: as `aggregate_arithmetic`; no value may be negative.
        weights: as `aggregate_arithmetic`.
        min_share: as `aggregate_arithmetic`.
        notes: as there; also `composite_zero`, for each unit that a zero makes zero.

    Raises:
        SonghuaError: `composite_negative`; `labels_differ`; `composite_weights`.

    >>> aggregate_geometric(pd.DataFrame({"a": [1.0, 0.0], "b": [4.0, 9.0]})).tolist()
    [2.0, 0.0]
    """
    x, w = _checked(frame, weights)
    index = _index(x, means(x, w.to_numpy()[None], "geometric")[:, 0], min_share, notes)
    zero = (x[list(w.index[w > 0])] == 0).any(axis=1) & index.notna()
    for unit in index.index[zero]:
        say(notes, "aggregate", unit, "composite_zero")
    return index


def means(frame: pd.DataFrame, weights: np.ndarray, method: Mean) -> np.ndarray:
    """The means of all units under many sets of weights at once, over the cells they have.

    Args:
        frame: n units x m indicators.
        weights: k sets x m indicators.
        method: `arithmetic` or `geometric`.

    Returns:
        n units x k sets; missing, where all weight lies on missing cells.

    Raises:
        SonghuaError: `composite_negative`, for a geometric mean; `composite_method`.

    >>> frame = pd.DataFrame({"a": [1.0, 2.0], "b": [4.0, np.nan]})
    >>> weights = np.array([[0.5, 0.5], [1.0, 0.0]])
    >>> means(frame, weights, "arithmetic").tolist()
    [[2.5, 1.0], [2.0, 2.0]]
    >>> means(frame, weights, "geometric").round(9).tolist()  # the square root of 1 × 4
    [[2.0, 1.0], [2.0, 2.0]]
    """
    if method not in ("arithmetic", "geometric"):
        raise SonghuaError(CompositeMethod(step="aggregate", given=method))
    x = frame.to_numpy(float)
    present = ~np.isnan(x)
    zero = (x == 0).astype(float) @ (weights.T > 0) > 0
    if method == "geometric":
        if odd := [str(c) for c, low in frame.min().items() if low < 0]:
            raise SonghuaError(*(CompositeNegative(column=c) for c in odd))
        x = np.log(np.where(x > 0, x, 1.0))
    weight = present.astype(float) @ weights.T
    mean = np.where(present, x, 0.0) @ weights.T / np.where(weight > 0, weight, np.nan)
    return np.where(zero & (weight > 0), 0.0, np.exp(mean)) if method == "geometric" else mean


def aggregate_tree(
    frame: pd.DataFrame,
    tree: Mapping[str, str],
    weights: Labelled | None = None,
    methods: Mean | Mapping[str, Mean] = "arithmetic",
    min_share: float = 1.0,
    notes: Notes = None,
) -> pd.DataFrame:
    """Every level of an index: indicators into pillars, pillars into the index.

    Args:
        frame: units x indicators on one scale.
        tree: the parent of each indicator and of each part but the top one.
        weights: by name, for every indicator and part that has a parent; equal, if not given.
            Only their proportions within a part count.
        methods: one for all parts, or one for each.
        min_share: share of a part's members that a unit must have, at each level.
        notes: as `aggregate_arithmetic` and `aggregate_geometric`.

    Returns:
        Units x parts, the lower ones first.

    Raises:
        SonghuaError: `composite_tree`, when an indicator has no parent, a part has no members,
            or a part lies within itself; `labels_differ`; `composite_weights`.

    >>> tree = {"a": "P", "b": "P", "c": "Q", "P": "Index", "Q": "Index"}
    >>> x = pd.DataFrame({"a": [1.0], "b": [3.0], "c": [6.0]})
    >>> aggregate_tree(x, tree)
         P    Q  Index
    0  2.0  6.0    4.0
    """
    members: dict[str, list[str]] = {}
    for child, parent in tree.items():
        members.setdefault(parent, []).append(child)
    if odd := [str(c) for c in frame.columns if c not in tree or c in members]:
        raise SonghuaError(*(CompositeTree(name=name) for name in odd))
    by_name = None if weights is None else dict(pd.Series(weights, dtype=float).items())
    if by_name is not None and (odd := sorted(tree.keys() - by_name.keys())):
        raise SonghuaError(LabelsDiffer(labels=tuple(odd)))
    scores = numbers(frame)
    for part in _upward(members, set(frame.columns)):
        inside = scores[members[part]]
        part_weights = None if by_name is None else {name: by_name[name] for name in members[part]}
        method = methods if isinstance(methods, str) else methods.get(part, "arithmetic")
        mean = _mean(method)
        scores = scores.assign(**{part: mean(inside, part_weights, min_share, notes)})
    return scores[[name for name in scores.columns if name in members]]


def rank(scores: pd.Series, notes: Notes = None) -> pd.Series:
    """Ranks from 1 for the highest score; tied units share the better rank.

    Scores that differ by no more than 1e-12 of the largest one are tied: that much is rounding.
    A unit without a score has no rank and is named.

    >>> rank(pd.Series({"x": 0.2, "y": 0.9, "z": 0.2})).tolist()
    [2.0, 1.0, 2.0]
    """
    for unit in scores.index[scores.isna()]:
        say(notes, "rank", unit, "composite_no_index")
    return pd.Series(ranks_of(scores.to_numpy(float)[:, None])[:, 0], index=scores.index)


def ranks_of(scores: np.ndarray) -> np.ndarray:
    """Ranks down each column, as `rank` gives them; units x runs in and out.

    >>> ranks_of(np.array([[0.3], [0.1 + 0.2], [1.0], [np.nan]]))[:, 0].tolist()
    [2.0, 2.0, 1.0, nan]
    """
    order = np.argsort(-scores, axis=0)
    falling = np.take_along_axis(scores, order, axis=0)
    present = ~np.isnan(falling)
    size = np.abs(np.where(present, falling, 0.0)).max(axis=0, initial=0.0)
    first = np.ones(scores.shape, dtype=bool)
    first[1:] = falling[:-1] - falling[1:] > 1e-12 * size
    places = np.arange(1.0, len(scores) + 1)[:, None]
    best = np.maximum.accumulate(np.where(first, places, 0.0), axis=0)
    ranks = np.empty(scores.shape)
    np.put_along_axis(ranks, order, np.where(present, best, np.nan), axis=0)
    return ranks


def _checked(frame: pd.DataFrame, weights: Labelled | None) -> tuple[pd.DataFrame, pd.Series]:
    """Floats and weights in the frame's order."""
    x = numbers(frame)
    return x, weight_equal(x) if weights is None else weight_given(x, weights)


def _mean(method: str) -> Callable[..., pd.Series]:
    """The mean of that name."""
    if method == "arithmetic":
        return aggregate_arithmetic
    if method == "geometric":
        return aggregate_geometric
    raise SonghuaError(CompositeMethod(step="aggregate", given=method))


def _index(x: pd.DataFrame, mean: np.ndarray, min_share: float, notes: Notes) -> pd.Series:
    """The index of the units that have enough figures; notes on the others."""
    share = x.notna().mean(axis=1)
    index = pd.Series(mean, index=x.index).where((share >= min_share) & (share > 0))
    for unit in index.index[index.isna()]:
        say(notes, "aggregate", unit, "composite_no_index", share=float(share[unit]))
    for unit in index.index[index.notna() & (share < 1)]:
        say(notes, "aggregate", unit, "composite_partly", share=float(share[unit]))
    return index


def _upward(members: Mapping[str, list[str]], placed: set[str]) -> list[str]:
    """The parts in an order in which every member comes before its part."""
    order: list[str] = []
    remaining = dict(members)
    while remaining:
        ready = [part for part, inside in remaining.items() if placed.issuperset(inside)]
        if not ready:
            names = sorted(remaining)
            raise SonghuaError(*(CompositeTree(name=name) for name in names))
        for part in ready:
            del remaining[part]
        placed = placed.union(ready)
        order += ready
    return order
