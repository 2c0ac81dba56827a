"""Projects: what a thousand draws of everything that is reported cost beside one run.

120 projects over 15 years on a table of 45 industries. One run gives every number that is reported
once; the ensemble gives intervals of the same numbers from 1,000 draws, each with a table, job
rates, shares and ramps of its own. CPU time, the two by turns, the median of the ratios.
"""

from __future__ import annotations

from statistics import median
from time import process_time

import numpy as np

from songhua.maths.projects import Economy, Impact, ProjectFlows, Summary, ramp, spread, summarise

INDUSTRIES, PROJECTS, YEARS, DRAWS, TIMES = 45, 120, 15, 1000, 3
GOODS = ("structures", "equipment", "installation", "services")


def case(draws: int, seed: int) -> Impact:
    """A made-up region and plan; with one draw nothing is by chance but the case itself."""
    n, P, G = INDUSTRIES, PROJECTS, len(GOODS)
    fixed, rng = np.random.default_rng(1), np.random.default_rng(seed)
    A = fixed.uniform(0, 0.9 / n, (1, n, n))
    hold = np.concatenate([np.ones((1, 1, n)), fixed.uniform(0, 0.4, (1, 4, n))], axis=1)
    errors = np.exp(rng.normal(0, 0.2, (draws, n, n))) if draws > 1 else np.ones((1, n, n))
    rates = np.exp(rng.normal(0, 0.1, (draws, 5, 1))) if draws > 1 else np.ones((1, 5, 1))
    rates[:, 0] = 1
    economy = Economy(A * errors, hold * rates, fixed.uniform(0, 0.5 / n, (1, n)))
    calendar = np.arange(2024, 2024 + YEARS)
    u = rng.uniform(0, 1, (draws, P)) if draws > 1 else np.full((1, P), 0.5)
    starts = fixed.integers(2026, 2032, P)
    size = fixed.uniform(1, 30, P)
    money = [spread(calendar, 2024, int(s), u[:, p] - 0.5) for p, s in enumerate(starts)]
    sales = [ramp(calendar, int(s), 3, u[:, p]) for p, s in enumerate(starts)]
    split = fixed.dirichlet(np.ones(G), P)
    spending = (
        np.stack(money, axis=1)[..., np.newaxis] * (size[:, np.newaxis] * split)[:, np.newaxis]
    )
    flows = ProjectFlows(
        projects=[f"project-{p}" for p in range(P)],
        years=calendar.tolist(),
        goods=GOODS,
        industry=fixed.integers(0, n, P),
        spending=spending,
        baskets=fixed.dirichlet(np.ones(n), (1, G)) * 0.7,
        local=np.full((1, P, G), np.nan),
        output=np.stack(sales, axis=1) * size[:, np.newaxis],
        jobs=np.full((1, P), np.nan),
        displaced=u * 0.5,
        crowded=(1 - u) * 0.3,
        idle=np.zeros((1, P, YEARS)),
    )
    growth = 1 + 0.05 * np.arange(YEARS)[np.newaxis] * (0.5 + u[:, :1])
    capacity = np.full((1, YEARS, n), 12.0) * fixed.uniform(0.5, 4, n)
    return Impact(economy, flows, growth, capacity)


def everything(draws: int, seed: int) -> Summary:
    """All that is reported: by year, project, industry, and from gross to net."""
    return summarise(case(draws, seed))


def numbers(found: Summary) -> int:
    """The count of numbers with an interval."""
    parts = (found.years, found.projects, found.net, found.industries, found.balance)
    return sum(part[0].size for part in parts)


def timed(draws: int, seed: int) -> float:
    """CPU seconds of one run."""
    before = process_time()
    everything(draws, seed)
    return process_time() - before


def main() -> None:
    """Time both by turns and print the ratio."""
    found = everything(1, 0)
    binding = float((case(DRAWS, 1).limits[0][0] > 0).any(axis=-1).mean())
    print(
        f"{PROJECTS} projects x {YEARS} years, {INDUSTRIES} industries: {numbers(found):,} numbers"
    )
    print(f"a limit binds in {binding:.0%} of draws and years")
    ratios, ones, many = [], [], []
    for turn in range(TIMES):
        ones.append(min(timed(1, 0) for _ in range(5)))
        many.append(timed(DRAWS, turn))
        ratios.append(many[-1] / ones[-1])
    print(f"one run {median(ones) * 1e3:.1f} ms, {DRAWS:,} draws {median(many):.2f} s of CPU")
    print(f"ratio {median(ratios):.0f} (at most 300)")


if __name__ == "__main__":
    main()
