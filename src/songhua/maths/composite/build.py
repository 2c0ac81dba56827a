"""A composite index from a recipe: every step in order, every stage kept, every gap named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from songhua.errors import Fault, SonghuaError
from songhua.maths.composite.aggregate import Mean, aggregate_tree, rank
from songhua.maths.composite.fault_kinds import CompositeMethod
from songhua.maths.composite.fill import Filling, impute, screen
from songhua.maths.composite.normalise import (
    Limits,
    normalise_goalposts,
    normalise_minmax,
    normalise_percentile,
    normalise_rank,
    normalise_z,
)
from songhua.maths.composite.notes import Labelled, Note, Notes, numbers, say
from songhua.maths.composite.treat import KURT, POINTS, SKEW, log_coin, treat, winsorise
from songhua.maths.composite.weigh import (
    weight_critic,
    weight_entropy,
    weight_equal,
    weight_given,
    weight_pca,
)
from songhua.maths.fault_kinds import CompositeWeights

Treating = Literal["none", "winsorise", "log", "winsorise_or_log"]
Scaling = Literal["minmax", "goalposts", "z", "rank", "percentile"]
Weighting = Literal["equal", "given", "entropy", "critic", "pca"]
INDEX = "index"
STAGES: tuple[str, ...] = ("screened", "imputed", "treated", "normalised", "aggregated")


@dataclass(frozen=True)
class Recipe:
    """A recipe for an index. The steps run in the order of the fields.

    Attributes:
        screen: share of indicators a unit must have to be kept; 0 keeps all.
        impute: how missing cells are filled.
        treat: how outliers are treated.
        normalise: the common scale.
        weight: where the indicators' weights come from; read from the normalised frame.
        aggregate: the mean, at every level.
        bounds: ends of the scale, for `minmax` and `goalposts`.
        max_points: points that may be winsorised in a column.
        skew: limit of the absolute skewness.
        kurt: limit of the excess kurtosis.
        limits: lowest and highest by indicator, for `minmax` (some) and `goalposts` (all).
        weights: by name: of the indicators for `given`, and of the parts of a tree (equal, if
            they are not there).
        tree: the parent of each indicator and part; without it all indicators make the index.
        min_share: share of a part's members that a unit must have.
    """

    screen: float = 0.0
    impute: Filling = "none"
    treat: Treating = "none"
    normalise: Scaling = "minmax"
    weight: Weighting = "equal"
    aggregate: Mean = "arithmetic"
    bounds: tuple[float, float] = (0.0, 100.0)
    max_points: int = POINTS
    skew: float = SKEW
    kurt: float = KURT
    limits: Limits | None = None
    weights: Mapping[str, float] | None = None
    tree: Mapping[str, str] | None = None
    min_share: float = 1.0


@dataclass(frozen=True)
class Composite:
    """An index with its stages.

    `stages` holds the frame after each step (screened, imputed, treated, normalised,
    aggregated); `weights` those of the indicators and parts; `scores` and `ranks` are by unit.
    """

    stages: Mapping[str, pd.DataFrame]
    weights: pd.Series
    scores: pd.Series
    ranks: pd.Series
    notes: tuple[Note, ...]


def build(
    frame: pd.DataFrame,
    recipe: Recipe,
    direction: Labelled | None = None,
    groups: pd.Series | None = None,
) -> Composite:
    """Build an index. A step that the recipe lacks is noted as `composite_step_none`.

    Args:
        frame: units x indicators, as reported (or after `denominate`).
        recipe: the steps.
        direction: 1 or -1 by indicator; 1 for all, if nothing is said.
        groups: the group of each unit, to impute by group.

    Raises:
        SonghuaError: as the steps.

    >>> x = pd.DataFrame({"a": [1.0, 2, 3], "b": [9.0, 6, 3]}, index=["x", "y", "z"])
    >>> composite = build(x, Recipe(), {"a": 1, "b": -1})
    >>> composite.scores.tolist(), composite.ranks.tolist()
    ([0.0, 50.0, 100.0], [3.0, 2.0, 1.0])
    >>> [note.step for note in composite.notes if note.code == "composite_step_none"]
    ['screen', 'impute', 'treat']
    """
    notes: list[Note] = []
    screened = _screened(frame, recipe, notes)
    imputed = filled(screened, recipe, groups, notes)
    tamed = treated(imputed, recipe, notes)
    scaled = normalised(tamed, recipe, direction, notes)
    weights, tree = all_weights(scaled, recipe, notes), tree_of(frame, recipe)
    means = aggregate_tree(scaled, tree, weights, recipe.aggregate, recipe.min_share, notes)
    stages = dict(zip(STAGES, (screened, imputed, tamed, scaled, means), strict=True))
    scores = means.iloc[:, -1]
    return Composite(stages, weights, scores, rank(scores), tuple(notes))


def tree_of(frame: pd.DataFrame, recipe: Recipe) -> Mapping[str, str]:
    """The recipe's tree; without one, all indicators under one index.

    >>> frame = pd.DataFrame({"a": [1.0], "b": [2.0]})
    >>> tree_of(frame, Recipe()), tree_of(frame, Recipe(tree={"a": "part", "part": "index"}))
    ({'a': 'index', 'b': 'index'}, {'a': 'part', 'part': 'index'})
    """
    return recipe.tree or dict.fromkeys(frame.columns, INDEX)


def filled(
    frame: pd.DataFrame, recipe: Recipe, groups: pd.Series | None, notes: Notes = None
) -> pd.DataFrame:
    """The recipe's imputation, as `impute`; that there is none is noted.

    Raises:
        SonghuaError: as `impute`.

    >>> frame = pd.DataFrame({"a": [1.0, 3.0, None]})
    >>> filled(frame, Recipe(impute="mean"), None)["a"].tolist()
    [1.0, 3.0, 2.0]
    """
    if recipe.impute == "none":
        say(notes, "impute", "", "composite_step_none")
    if groups is not None:
        groups = groups.reindex(frame.index)
    return impute(frame, recipe.impute, groups, notes)


def treated(frame: pd.DataFrame, recipe: Recipe, notes: Notes = None) -> pd.DataFrame:
    """The recipe's treatment of outliers, as `winsorise`, `log_coin` or `treat`.

    Raises:
        SonghuaError: `composite_method`, for another treatment, and as these.

    >>> frame = pd.DataFrame({"a": [1.0, 2, 3, 4, 5, 6, 7, 100]})
    >>> treated(frame, Recipe(treat="winsorise"))["a"].tolist()  # the next greatest takes its place
    [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 7.0]
    >>> notes = []
    >>> treated(frame, Recipe(), notes)["a"].tolist()[-1], notes[0].code
    (100.0, 'composite_step_none')
    """
    if recipe.treat == "none":
        say(notes, "treat", "", "composite_step_none")
        return frame
    if recipe.treat == "log":
        return log_coin(frame, notes)
    if recipe.treat not in ("winsorise", "winsorise_or_log"):
        raise SonghuaError(_unknown("treat", recipe.treat))
    way = winsorise if recipe.treat == "winsorise" else treat
    return way(frame, recipe.max_points, recipe.skew, recipe.kurt, notes)


def normalised(
    frame: pd.DataFrame, recipe: Recipe, direction: Labelled | None, notes: Notes = None
) -> pd.DataFrame:
    """The recipe's common scale, as `normalise_minmax` and the like.

    Raises:
        SonghuaError: `composite_method`, for another scale, and as these.

    >>> frame = pd.DataFrame({"a": [1.0, 2.0, 5.0]})
    >>> normalised(frame, Recipe(), {"a": -1})["a"].tolist()
    [100.0, 75.0, 0.0]
    >>> normalised(frame, Recipe(normalise="rank"), None)["a"].tolist()
    [1.0, 2.0, 3.0]
    """
    if recipe.normalise == "minmax":
        return normalise_minmax(frame, direction, recipe.bounds, recipe.limits, notes)
    if recipe.normalise == "goalposts":
        return normalise_goalposts(frame, recipe.limits or {}, direction, recipe.bounds, notes)
    if recipe.normalise == "z":
        return normalise_z(frame, direction, notes=notes)
    if recipe.normalise == "rank":
        return normalise_rank(frame, direction, notes)
    if recipe.normalise == "percentile":
        return normalise_percentile(frame, direction, notes)
    raise SonghuaError(_unknown("normalise", recipe.normalise))


def indicator_weights(frame: pd.DataFrame, recipe: Recipe, notes: Notes = None) -> pd.Series:
    """The recipe's weights of the indicators, which sum to one.

    Raises:
        SonghuaError: `composite_method`, for another way of weighing, and as that way.

    >>> frame = pd.DataFrame({"a": [1.0], "b": [2.0]})
    >>> indicator_weights(frame, Recipe()).to_dict()
    {'a': 0.5, 'b': 0.5}
    >>> indicator_weights(frame, Recipe(weight="given", weights={"a": 3, "b": 1})).to_dict()
    {'a': 0.75, 'b': 0.25}
    """
    if recipe.weight == "equal":
        return weight_equal(frame)
    if recipe.weight == "given":
        weights = recipe.weights or {}
        return weight_given(frame, {c: weights[c] for c in frame.columns if c in weights})
    if recipe.weight == "entropy":
        return weight_entropy(frame, notes=notes)
    if recipe.weight == "critic":
        return weight_critic(frame, notes=notes)
    if recipe.weight == "pca":
        return weight_pca(frame, notes=notes)
    raise SonghuaError(_unknown("weight", recipe.weight))


def all_weights(frame: pd.DataFrame, recipe: Recipe, notes: Notes = None) -> pd.Series:
    """Weights of the indicators and, after them, of the parts: given ones, or one each.

    >>> frame, tree = pd.DataFrame({"a": [1.0], "b": [2.0]}), {"a": "part", "part": "index"}
    >>> all_weights(frame, Recipe(tree=tree, weights={"part": 2.0})).to_dict()
    {'a': 0.5, 'b': 0.5, 'part': 2.0}
    """
    tree = tree_of(frame, recipe)
    weights = recipe.weights or {}
    parts = [name for name in tree if name not in set(frame.columns)]
    if parts and not all(name in weights for name in parts):
        say(notes, "weight", "", "composite_parts_equal")
    upper = pd.Series({name: weights.get(name, 1.0) for name in parts}, dtype=float)
    return pd.concat([indicator_weights(frame, recipe, notes), upper])


def effective_weights(tree: Mapping[str, str], weights: Labelled) -> pd.Series:
    """The weight of each indicator in the top index: the product of its shares on the way up.

    Raises:
        SonghuaError: `composite_weights`, where all that stands in one part weighs nothing.

    >>> tree = {"a": "P", "b": "P", "c": "Q", "P": "I", "Q": "I"}
    >>> effective_weights(tree, {"a": 1, "b": 1, "c": 1, "P": 1, "Q": 1}).to_dict()
    {'a': 0.25, 'b': 0.25, 'c': 0.5}
    """
    by_name = pd.Series(weights, dtype=float)
    sums = by_name.groupby({name: tree[name] for name in by_name.index}).sum()
    if not sums.all():
        raise SonghuaError(CompositeWeights())
    effective = {}
    for name in tree:
        if name in sums.index:
            continue
        share, at = 1.0, name
        while at in tree:
            share *= by_name[at] / sums[tree[at]]
            at = tree[at]
        effective[name] = share
    return pd.Series(effective, dtype=float)


def _screened(frame: pd.DataFrame, recipe: Recipe, notes: Notes) -> pd.DataFrame:
    """The units that the recipe keeps."""
    if recipe.screen <= 0:
        say(notes, "screen", "", "composite_step_none")
        return numbers(frame)
    return screen(frame, recipe.screen, notes)


def _unknown(step: str, method: str) -> Fault:
    """The fault of an unknown method."""
    return CompositeMethod(step=step, given=method)
