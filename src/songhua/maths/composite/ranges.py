"""Ranks of a unit under every choice that an analyst might have made (§8, kind: range).

A range of ranks is not a confidence interval: no figure is sampled, and no choice is likelier
than another. It says how far the rank rests on the analyst.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import pandas as pd

from songhua.errors import Fault, SonghuaError
from songhua.maths.composite.aggregate import means, ranks_of
from songhua.maths.composite.build import (
    Recipe,
    all_weights,
    effective_weights,
    filled,
    normalised,
    treated,
    tree_of,
)
from songhua.maths.composite.fault_kinds import CompositeMethod, CompositeNeedsRng
from songhua.maths.composite.notes import Labelled, numbers
from songhua.maths.composite.shares import factorial_shares

STEPS = ("impute", "treat", "normalise", "weight", "aggregate")
PERTURBED = "weights_moved"


@dataclass(frozen=True)
class Refused:
    """A combination of choices that cannot be: the choices, and the faults."""

    choices: Mapping[str, str]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Ranges:
    """Ranks under every combination.

    `table` has a row for each unit: low (the best rank), median, high (the worst), and base (the
    recipe as it stands); `ranks` and `scores` are units x runs; `runs` says what was chosen in
    each run; `shares` how much of the variance of a unit's rank each choice explains, where every
    combination ran (`factorial_shares`).
    """

    table: pd.DataFrame
    ranks: pd.DataFrame
    scores: pd.DataFrame
    runs: pd.DataFrame
    shares: pd.DataFrame
    refused: tuple[Refused, ...]


def rank_ranges(
    frame: pd.DataFrame,
    recipe: Recipe,
    choices: Mapping[str, Sequence[str]],
    direction: Labelled | None = None,
    groups: pd.Series | None = None,
    rng: np.random.Generator | None = None,
    move: float = 0.0,
    draws: int = 0,
    sample: int | None = None,
) -> Ranges:
    """Build the index under all combinations of choices and give each unit's range of ranks.

    With `move` and `draws` the indicators' effective weights are also moved: `draws` times, each
    weight times its own uniform factor between 1 - move and 1 + move, the same factors under
    every combination; the first run of a combination leaves the weights alone. A unit that has
    no score in a run has no rank there; the others are ranked among themselves.

    Args:
        frame: units x indicators, as for `build`.
        recipe: the steps that are not varied.
        choices: for each step in `STEPS` that is varied, its variants.
        direction: as `build`.
        groups: as `build`.
        rng: where weights and samples are drawn from; needed only for them.
        move: greatest relative move of a weight, such as 0.25.
        draws: how many sets of moved weights.
        sample: run this many combinations, drawn without replacement, instead of all; there
            are no shares then.

    Raises:
        SonghuaError: `composite_method`, for an unknown step; `composite_needs_rng`; the first
            refusal's faults, when every combination is refused.

    Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008, step 7.

    >>> x = pd.DataFrame({"a": [1.0, 2, 9], "b": [9.0, 1, 2]}, index=["x", "y", "z"])
    >>> ranges = rank_ranges(x, Recipe(bounds=(1, 100)), {"aggregate": ["arithmetic", "geometric"]})
    >>> ranges.table
       low  median  high  base
    x  2.0     2.0   2.0   2.0
    y  3.0     3.0   3.0   3.0
    z  1.0     1.0   1.0   1.0
    """
    frame = numbers(frame)
    combinations = _combinations(choices, rng, sample)
    moves = _moves(frame.shape[1], rng, move, draws)
    scored, refused = _run(frame, [recipe, *_with(recipe, combinations)], direction, groups, moves)
    base, scored = scored[0], scored[1:]
    refused = [Refused(combinations[at - 1], why.faults) for at, why in refused.items() if at]
    cases = [
        (c, scores) for c, scores in zip(combinations, scored, strict=True) if scores is not None
    ]
    if not cases:
        raise SonghuaError(*refused[0].faults)
    runs = pd.DataFrame(
        [{**c, PERTURBED: n} for c, _ in cases for n in range(len(moves))],
        columns=[*choices, PERTURBED],
    )
    scores = pd.DataFrame(np.hstack([s for _, s in cases]), index=frame.index, columns=runs.index)
    ranks = pd.DataFrame(ranks_of(scores.to_numpy()), index=frame.index, columns=runs.index)
    base_ranks = np.full(len(frame), np.nan) if base is None else ranks_of(base[:, :1])[:, 0]
    table = pd.DataFrame(
        {
            "low": ranks.min(axis=1),
            "median": ranks.median(axis=1),
            "high": ranks.max(axis=1),
            "base": base_ranks,
        }
    )
    whole = not refused and sample is None
    shares = factorial_shares(runs, ranks.T) if whole else _no_shares()
    return Ranges(table, ranks, scores, runs, shares, tuple(refused))


def _combinations(
    choices: Mapping[str, Sequence[str]], rng: np.random.Generator | None, sample: int | None
) -> list[dict[str, str]]:
    """All combinations, or a sample of them in their own order."""
    if odd := [step for step in choices if step not in STEPS]:
        raise SonghuaError(*(CompositeMethod(step="ranges", given=s) for s in odd))
    combinations = [dict(zip(choices, row, strict=True)) for row in product(*choices.values())]
    if sample is None or sample >= len(combinations):
        return combinations
    drawn = _needed(rng).choice(len(combinations), sample, replace=False)
    return [combinations[int(n)] for n in sorted(drawn)]


def _moves(width: int, rng: np.random.Generator | None, move: float, draws: int) -> np.ndarray:
    """Factors of the weights: a first row of ones, then the draws."""
    still = np.ones((1, width))
    if draws <= 0 or move <= 0:
        return still
    return np.vstack([still, _needed(rng).uniform(1 - move, 1 + move, (draws, width))])


def _needed(rng: np.random.Generator | None) -> np.random.Generator:
    """The generator, which must be there."""
    if rng is None:
        raise SonghuaError(CompositeNeedsRng())
    return rng


def _with(recipe: Recipe, combinations: list[dict[str, str]]) -> list[Recipe]:
    """The recipe under each combination."""
    return [replace(recipe, **chosen) for chosen in combinations]


def _run(
    frame: pd.DataFrame,
    recipes: list[Recipe],
    direction: Labelled | None,
    groups: pd.Series | None,
    moves: np.ndarray,
) -> tuple[list[np.ndarray | None], dict[int, SonghuaError]]:
    """Scores (units x moves) under each recipe, each stage made once; and the refusals."""
    tree = tree_of(frame, recipes[0])
    stages: dict[tuple[str, ...], pd.DataFrame] = {}
    weights: dict[tuple[str, ...], np.ndarray] = {}
    scored: list[np.ndarray | None] = []
    refused: dict[int, SonghuaError] = {}
    for at, r in enumerate(recipes):
        steps = (r.impute, r.treat, r.normalise, r.weight)
        try:
            if steps[:1] not in stages:
                stages[steps[:1]] = filled(frame, r, groups)
            if steps[:2] not in stages:
                stages[steps[:2]] = treated(stages[steps[:1]], r)
            if steps[:3] not in stages:
                stages[steps[:3]] = normalised(stages[steps[:2]], r, direction)
            x = stages[steps[:3]]
            if steps not in weights:
                effective = effective_weights(tree, all_weights(x, r))
                weights[steps] = effective.reindex(x.columns).to_numpy() * moves
            scores = means(x, weights[steps], r.aggregate)
        except SonghuaError as why:
            refused[at] = why
            scored.append(None)
            continue
        short = x.notna().mean(axis=1).to_numpy() < r.min_share
        scored.append(np.where(short[:, None], np.nan, scores))
    return scored, refused


def _no_shares() -> pd.DataFrame:
    """The shares where they cannot be given."""
    return pd.DataFrame(columns=["output", "choice", "first", "total"])
