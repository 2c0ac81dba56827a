"""Composite indices beside pymcdm and a plain pandas loop: times from one run, as ratios.

Usage: python benchmarks/composite.py [units] [indicators]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd

from songhua.maths.composite import (
    Recipe,
    aggregate_arithmetic,
    aggregate_geometric,
    build,
    normalise_minmax,
    rank,
    rank_ranges,
    weight_critic,
    weight_entropy,
)

CHOICES = {
    "treat": ["none", "winsorise_or_log"],
    "normalise": ["minmax", "rank"],
    "weight": ["equal", "entropy", "critic"],
    "aggregate": ["arithmetic", "geometric"],
}
BASE = Recipe(bounds=(1, 100))


def best(work: Callable[[], object], runs: int = 5) -> float:
    """The least time of some runs, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def entropy_loop(frame: pd.DataFrame) -> pd.Series:
    """Entropy weights, cell by cell."""
    spread = {}
    for name in frame.columns:
        low, high, total, held = frame[name].min(), frame[name].max(), 0.0, 0.0
        y = [(value - low) / (high - low) for value in frame[name]]
        total = sum(y)
        for value in y:
            held -= value / total * np.log(value / total) if value > 0 else 0.0
        spread[name] = 1 - held / np.log(len(frame))
    return pd.Series(spread, dtype=float) / sum(spread.values())


def critic_loop(frame: pd.DataFrame) -> pd.Series:
    """CRITIC weights, pair by pair."""
    found = {}
    scaled = (frame - frame.min()) / (frame.max() - frame.min())
    for one in frame.columns:
        conflict = sum(1 - scaled[one].corr(scaled[other]) for other in frame.columns)
        found[one] = scaled[one].std() * conflict
    return pd.Series(found, dtype=float) / sum(found.values())


def mean_loop(frame: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Weighted means, row by row."""
    rows = (
        (unit, sum(row[c] * weights[c] for c in weights.index)) for unit, row in frame.iterrows()
    )
    return pd.Series(dict(rows))


def ranges_loop(frame: pd.DataFrame, moves: np.ndarray) -> pd.DataFrame:
    """Every recipe by itself, with every set of moved weights."""
    runs = []
    for chosen in product(*CHOICES.values()):
        made = build(frame, replace(BASE, **dict(zip(CHOICES, chosen, strict=True))))
        mean = aggregate_arithmetic if chosen[-1] == "arithmetic" else aggregate_geometric
        for factors in moves:
            runs.append(rank(mean(made.stages["normalised"], made.weights * factors)))
    return pd.concat(runs, axis=1)


def main() -> None:
    """Print a line for each subject."""
    n, m = map(int, sys.argv[1:3]) if len(sys.argv) > 2 else (2000, 20)
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(
        rng.lognormal(size=(n, m)), [f"u{i}" for i in range(n)], [f"i{j}" for j in range(m)]
    )
    weights, scaled = weight_entropy(frame), normalise_minmax(frame, bounds=(1, 100))
    print(f"{n} units, {m} indicators; times in milliseconds, and how often ours goes into theirs")
    print(f"{'subject':34}{'songhua':>10}{'pymcdm':>10}{'ratio':>8}{'loop':>12}{'ratio':>9}")
    np.testing.assert_allclose(weights, entropy_loop(frame), rtol=1e-9)
    np.testing.assert_allclose(weight_critic(frame), critic_loop(frame), rtol=1e-9)
    try:
        from pymcdm import weights as peer
    except ImportError:
        peer = None
    x = frame.to_numpy()
    subjects = [
        (
            "entropy weights",
            lambda: weight_entropy(frame, scale=False),
            peer and (lambda: peer.entropy_weights(x)),
            lambda: entropy_loop(frame),
        ),
        (
            "CRITIC weights",
            lambda: weight_critic(frame),
            peer and (lambda: peer.critic_weights(x)),
            lambda: critic_loop(frame),
        ),
        (
            "arithmetic mean and rank",
            lambda: rank(aggregate_arithmetic(scaled, weights)),
            None,
            lambda: mean_loop(scaled, weights).rank(ascending=False),
        ),
    ]
    for name, ours, theirs, loop in subjects:
        own, slow = best(ours), best(loop, 1)
        other = best(theirs) if theirs else None
        show(name, own, other, slow)
    few = frame.iloc[: min(n, 200)]
    draws = 20
    moves = np.vstack([np.ones(m), np.random.default_rng(2).uniform(0.75, 1.25, (draws, m))])
    own = best(
        lambda: rank_ranges(
            few, BASE, CHOICES, rng=np.random.default_rng(2), move=0.25, draws=draws
        ),
        2,
    )
    ours = rank_ranges(few, BASE, CHOICES, rng=np.random.default_rng(2), move=0.25, draws=draws)
    np.testing.assert_array_equal(ours.ranks.to_numpy(), ranges_loop(few, moves).to_numpy())
    show(
        f"rank ranges ({len(few)} units, {len(ours.runs)} runs)",
        own,
        None,
        best(lambda: ranges_loop(few, moves), 1),
    )


def show(name: str, own: float, other: float | None, slow: float) -> None:
    """One line."""
    beside = f"{other * 1e3:10.2f}{other / own:8.2f}" if other else f"{'-':>10}{'-':>8}"
    print(f"{name:34}{own * 1e3:10.2f}{beside}{slow * 1e3:12.1f}{slow / own:9.1f}")


if __name__ == "__main__":
    main()
