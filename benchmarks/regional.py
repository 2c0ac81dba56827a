"""Regional tables and their draws: songhua beside a loop over numpy.

FLQ at a delta of 0.3 for regions that have 70 % of the industries, and the output multipliers of all
of them: the loop makes each table and np.linalg.inv, as a script would. Then a thousand drawn tables and
their output and employment multipliers: the loop inverts each. The draws themselves are timed apart.
All results are compared before a ratio is printed, to 1e-11. All figures are processor seconds of one
run on one thread, each the median of some interleaved goes.

    python benchmarks/regional.py
    python benchmarks/regional.py --small
"""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import argparse
import sys

import numpy as np
import pandas as pd
from _timing import interleaved

from songhua.maths.regional_error import KINDS, draw_tables, load
from songhua.maths.regional_tables import draw_multipliers, regional_multipliers

LEAST = {"regions 3000 x 400": 8.0, "draws 42": 2.5, "draws 149": 3.5}
AIMS = {"regions 3000 x 400": 20.0, "draws 42": 2.5, "draws 149": 3.5}
DELTA = 0.3


def national(n: int, rng: np.random.Generator) -> np.ndarray:
    """Coefficients with columns between 0.3 and 0.75."""
    A = rng.random((n, n)) ** 3
    return A * rng.uniform(0.3, 0.75, n) / A.sum(axis=0)


def world(regions: int, n: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """A nation that is the sum of its regions, which differ in size and in what they have."""
    rng = np.random.default_rng(n)
    names = [f"i{k}" for k in range(n)]
    x = rng.lognormal(0, 1.5, (regions, n)) * rng.lognormal(0, 1.2, (regions, 1))
    x *= rng.random((regions, n)) < 0.7
    frame = pd.DataFrame(x, [f"r{k}" for k in range(regions)], names)
    return pd.DataFrame(national(n, rng), names, names), frame, frame.sum()


def region_loop(A: np.ndarray, x: np.ndarray, nation: np.ndarray) -> np.ndarray:
    """Each region's table by itself, inverted."""
    found = np.full(x.shape, np.nan)
    share = nation / nation.sum()
    for row, outputs in enumerate(x):
        here = np.flatnonzero(outputs)
        lq = outputs / outputs.sum() / share
        weight = np.log2(1 + outputs.sum() / nation.sum()) ** DELTA
        t = np.zeros(A.shape)
        t[:, here] = weight * lq[:, np.newaxis] / lq[here]
        np.fill_diagonal(t, weight * lq)
        L = np.linalg.inv(np.eye(len(A)) - A * np.minimum(t, 1))
        found[row, here] = L.sum(axis=0)[here]
    return found


def draw_loop(tables: np.ndarray, jobs: np.ndarray) -> np.ndarray:
    """Each draw inverted."""
    found = np.empty((len(tables), 2, len(jobs)))
    for at, A in enumerate(tables):
        L = np.linalg.inv(np.eye(len(A)) - A)
        found[at] = L.sum(axis=0), jobs @ L
    return found


def of_regions(regions: int, n: int, goes: int) -> float:
    """Speed as a multiple of the loop's."""
    A, x, nation = world(regions, n)
    plain = A.to_numpy(), x.to_numpy(), nation.to_numpy()
    spent, found = interleaved(
        {
            "loop": lambda: region_loop(*plain),
            "songhua": lambda: regional_multipliers(A, x, nation, "flq", DELTA),
        },
        goes,
    )
    np.testing.assert_allclose(found["songhua"], found["loop"], rtol=1e-11)
    ratio = spent["loop"] / spent["songhua"]
    print(
        f"FLQ multipliers, {regions} regions x {n} industries: loop {spent['loop']:.3f} s, "
        f"songhua {spent['songhua']:.3f} s, {ratio:.1f} times"
    )
    return ratio


def of_draws(n: int, count: int, goes: int) -> float:
    """Speed as a multiple of the loop's, with what drawing takes beside."""
    rng = np.random.default_rng(n)
    A, jobs = national(n, rng), rng.random(n)
    nation = rng.lognormal(0, 1, n)
    x = nation * rng.uniform(0.01, 0.3, n)
    kinds = [KINDS[k % len(KINDS)] for k in range(n)]
    rows = np.array([np.ones(n), jobs])
    draw = lambda: draw_tables(load(), A, x, nation, kinds, count, np.random.default_rng(1))  # noqa: E731 (one line is clearer)
    tables = draw()
    spent, found = interleaved(
        {
            "loop": lambda: draw_loop(tables, jobs),
            "songhua": lambda: draw_multipliers(tables, rows),
            "drawing": draw,
        },
        goes,
    )
    np.testing.assert_allclose(found["songhua"], found["loop"], rtol=1e-11)
    ratio = spent["loop"] / spent["songhua"]
    print(
        f"{count} draws, {n} industries: loop {spent['loop']:.3f} s, songhua {spent['songhua']:.3f} s, "
        f"{ratio:.1f} times; drawing the tables {spent['drawing']:.3f} s apart"
    )
    return ratio


def main() -> int:
    """Print all; fail where a ratio falls short."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args().small
    if small:
        of_regions(100, 400, 1)
        of_draws(42, 100, 1)
        return 0
    ratios = {"draws 42": of_draws(42, 1000, 7), "draws 149": of_draws(149, 1000, 5)}
    of_regions(3000, 42, 3)
    of_regions(1000, 149, 3)
    ratios["regions 3000 x 400"] = of_regions(3000, 400, 1)
    for name, ratio in ratios.items():
        word = "reached" if ratio >= AIMS[name] else "not reached"
        print(f"{name}: {ratio:.1f}, at least {LEAST[name]}, aim {AIMS[name]} {word}")
    return int(any(ratio < LEAST[name] for name, ratio in ratios.items()))


if __name__ == "__main__":
    sys.exit(main())
