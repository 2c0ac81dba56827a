"""Accounts under constraints beside hopsy, a quadratic programme and cold linear ones: one run.

Draws: effective draws a processor second, in the slowest twentieth of the cells, of one made-up
region of 64 industries: total, sectors, sizes, shares of overlapping groups, floors. hopsy rounds
the polytope first and draws along directions of chance. Then a made-up city of 44 industries with
value added and output, which is not asked of hopsy. Point: medians of the draws beside the least
squares of parts of the nation's structure (SLSQP), by their distance from the truth. Bounds: all of them, also of 100 cells
under 250 rows, beside one programme of `scipy.optimize.linprog` made anew. Contradictions: one planted, found and described.

Usage: python benchmarks/accounts.py [industries] [steps of hopsy]     (hopsy: pip install hopsy)
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linprog, minimize

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from fragments import City, Region
from songhua.maths.accounts import (
    Constraint,
    Constraints,
    Sample,
    cell_bounds,
    contradictions,
    sample,
)
from songhua.maths.accounts.diagnostics import effective_draws, r_hat
from songhua.maths.accounts.linear_programs import LinearProgram
from songhua.maths.accounts.log_ratios import LogRatio, LogRatios

CHAINS = 4


class Density:
    """Minus the log density of the cells, for hopsy."""

    def __init__(self, constraints: Constraints, ratios: list[LogRatio]) -> None:
        """Lay the ratios out."""
        self.ratios = LogRatios(constraints.cells, ratios)

    def compute_negative_log_likelihood(self, cells: np.ndarray) -> float:
        """At one point."""
        at = np.asarray(cells).reshape(-1, 1)
        if (at <= 0).any():
            return float("inf")
        return -float(self.ratios.log_density(at)[0] - np.log(at).sum())


def hopsy_draws(constraints: Constraints, ratios: list[LogRatio], steps: int) -> np.ndarray | None:
    """Cells × steps × chains of hopsy's hit-and-run; None if it is not installed."""
    try:
        import hopsy  # pyright: ignore[reportMissingImports]
    except ImportError:
        return None
    rows = constraints.rows
    matrix, count = rows.matrix.toarray(), len(constraints.cells)
    above, below = np.isfinite(rows.high), np.isfinite(rows.low)
    a = np.vstack([matrix[above], -matrix[below], -np.eye(count)])
    b = np.concatenate([rows.high[above], -rows.low[below], np.zeros(count)])
    problem: Any = hopsy.round(hopsy.Problem(a, b, Density(constraints, ratios)))
    problem.starting_point = hopsy.compute_chebyshev_center(problem)
    chains = [
        hopsy.MarkovChain(problem, proposal=hopsy.GaussianHitAndRunProposal)
        for _ in range(CHAINS)
    ]  # fmt: skip
    random = [hopsy.RandomNumberGenerator(seed=seed) for seed in range(CHAINS)]
    drawn = hopsy.sample(chains, random, n_samples=steps, thinning=count)[1]
    return np.moveaxis(np.asarray(drawn)[:, steps // 2 :], (2, 1, 0), (0, 1, 2))


def slow_cells(effective: np.ndarray) -> float:
    """Effective draws of the slowest twentieth of the cells."""
    return float(np.quantile(effective, 0.05))


def drawn(name: str, constraints: Constraints, ratios: list[LogRatio]) -> tuple[Sample, float]:
    """Our draws, and how many effective ones a second."""
    begin = time.process_time()
    found = sample(constraints, ratios, np.random.default_rng(1))
    spent = time.process_time() - begin
    worth = slow_cells(found.effective)
    print(
        f"songhua, {name}: {len(constraints.cells)} cells, {len(constraints.rows.low)} rows,"
        f" {spent:.1f} s   effective draws of slow cells {worth:.0f}"
        f"   a second {worth / spent:.1f}   R-hat {found.r_hat.max():.3f}"
    )
    return found, worth / spent


def draws(region: Region, constraints: Constraints, steps: int) -> Sample:
    """Effective draws a second, ours and hopsy's."""
    ratios = region.ratios()
    found, ours = drawn("industries", constraints, ratios)
    begin = time.process_time()
    peer = hopsy_draws(constraints, ratios, steps)
    if peer is None:
        print("hopsy   is not installed: pip install hopsy")
        return found
    theirs = time.process_time() - begin
    logs = np.log(peer)
    other = slow_cells(np.array([effective_draws(one) for one in logs]))
    worst = max(r_hat(one) for one in logs)
    print(
        f"hopsy   {theirs:8.1f} s   effective draws of slow cells {other:8.0f}"
        f"   a second {other / theirs:8.1f}   R-hat {worst:.3f}"
    )
    print(f"ratio of effective draws a second: {ours / (other / theirs):.0f}")
    return found


def point(region: Region, constraints: Constraints, found: Sample) -> None:
    """Medians beside a quadratic programme: mean distance from the truth in logarithms."""
    usual = region.nation * region.true.sum()
    rows, dense = constraints.rows, constraints.rows.matrix.toarray()
    above, below = np.isfinite(rows.high), np.isfinite(rows.low)
    size = np.abs(dense) @ usual
    matrix = np.vstack([-dense[above] / size[above, None], dense[below] / size[below, None]])
    ends = np.concatenate([-rows.high[above] / size[above], rows.low[below] / size[below]])
    begin = time.process_time()
    least: Any = minimize(
        lambda part: float(((part - 1) ** 2).sum()),
        np.ones(len(usual)),
        jac=lambda part: 2 * (part - 1),
        method="SLSQP",
        bounds=[(1e-6, None)] * len(usual),
        constraints={
            "type": "ineq",
            "fun": lambda part: matrix @ (part * usual) - ends,
            "jac": lambda part: matrix * usual,  # noqa: ARG005
        },
        options={"maxiter": 1000},
    )
    spent = time.process_time() - begin
    ours = np.abs(np.log(found.quantiles([0.5])[0] / region.true)).mean()
    theirs = np.abs(np.log(least.x * usual / region.true)).mean()
    print(
        f"distance from the truth in logarithms: medians {ours:.3f},"
        f" least squares {theirs:.3f} ({least.message}, {spent:.2f} s)"
    )


def bounds(constraints: Constraints) -> None:
    """All bounds, in linear programmes of scipy, each made anew."""
    rows, count = constraints.rows, len(constraints.cells)
    above, below = np.isfinite(rows.high), np.isfinite(rows.low)
    cold: list[float] = []
    for cell in range(20):
        begin = time.process_time()
        matrix = np.vstack([rows.matrix.toarray()[above], -rows.matrix.toarray()[below]])
        weights = np.eye(count)[cell % count]
        linprog(weights, matrix, np.concatenate([rows.high[above], -rows.low[below]]))
        cold.append(time.process_time() - begin)
    begin = time.process_time()
    cell_bounds(LinearProgram(constraints))
    ours = time.process_time() - begin
    print(
        f"bounds of {count} cells, {len(rows.low)} rows: {ours:.2f} s,"
        f" {ours / np.median(cold):.0f} of scipy's programmes of {np.median(cold) * 1000:.1f} ms"
        f" ({2 * count} are needed)"
    )


def planted(region: Region, constraints: Constraints) -> None:
    """A floor above all that the rest allows."""
    cell = int(np.argmax(region.true))
    most = cell_bounds(LinearProgram(constraints), [cell])[0].high
    wrong = Constraint("planted", {cell: 1}, most * 1.001, np.inf)
    begin = time.process_time()
    found = contradictions(Constraints(constraints.cells, (*constraints.members, wrong)))
    spent = time.process_time() - begin
    print(f"contradiction of {', '.join(found[0].names)}: {spent * 1000:.0f} ms")


def main() -> None:
    """Everything, of one region."""
    numbers = [int(one) for one in sys.argv[1:]]
    industries, steps = [*numbers, *(64, 2000)[len(numbers) :]]
    region = Region(0, industries)
    constraints = region.constraints(sizes=5, shares=6, floors=3)
    bounds(constraints)
    bounds(Region(0, 100).constraints(sizes=30, shares=75, floors=66))
    planted(region, constraints)
    point(region, constraints, draws(region, constraints, steps))
    city = City(0)
    bounds(city.constraints())
    drawn("city", City(0).constraints(), city.ratios())


if __name__ == "__main__":
    main()
