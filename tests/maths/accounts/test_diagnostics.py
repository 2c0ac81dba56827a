"""Effective draws of chains whose worth is known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from songhua.maths.accounts.diagnostics import effective_draws, r_hat


@pytest.mark.parametrize("rho", [0.0, 0.5, 0.9])
def test_effective_draws_of_a_first_order_chain(rho: float) -> None:
    """A chain x' = rho x + noise is worth (1 - rho) / (1 + rho) of its draws."""
    chance = np.random.default_rng(1)
    count, chains = 4000, 20
    noise = chance.standard_normal((count, chains)) * np.sqrt(1 - rho**2)
    found = np.empty((count, chains))
    found[0] = chance.standard_normal(chains)
    for step in range(1, count):
        found[step] = rho * found[step - 1] + noise[step]
    worth = (1 - rho) / (1 + rho) * count * chains
    assert effective_draws(found) == pytest.approx(worth, rel=0.1)
    assert r_hat(found) < 1.01


def test_chains_of_other_spread_disagree() -> None:
    """Folded ranks see what means do not (Vehtari and others 2021, figure 2)."""
    chance = np.random.default_rng(1)
    chains = chance.standard_normal((500, 4)) * [1, 1, 1, 4]
    assert r_hat(chains) > 1.1


def test_a_cell_that_does_not_move_agrees_with_itself() -> None:
    assert r_hat(np.full((50, 4), 2.0)) == 1
    assert effective_draws(np.full((50, 4), 2.0)) == 200


def by_definition(chains: np.ndarray) -> tuple[float, float]:
    """R-hat and effective draws of normal scores, each sum written out (Vehtari and others 2021)."""
    half = len(chains) // 2
    split = np.hstack([chains[:half], chains[-half:]])
    places = stats.rankdata(split.ravel()).reshape(split.shape)
    z = stats.norm.ppf((places - 3 / 8) / (split.size + 1 / 4))
    n, m = z.shape
    apart = z - z.mean(axis=0)
    lagged = [sum((apart[i] * apart[i + t]).mean() for i in range(n - t)) / n for t in range(n)]
    within = z.var(axis=0, ddof=1).mean()
    between = n * z.mean(axis=0).var(ddof=1)
    total = (n - 1) / n * within + between / n
    rho = [1.0] + [1 - (within - lagged[t] * n / (n - 1)) / total for t in range(1, n)]
    time, least = -1.0, np.inf
    for even in range(0, n - 1, 2):
        pair = rho[even] + rho[even + 1]
        if pair <= 0:
            break
        least = min(least, pair)
        time += 2 * least
    return float(np.sqrt(total / within)), n * m / max(time, 1 / np.log10(n * m))


@pytest.mark.parametrize("seed", range(6))
def test_short_chains_are_judged_as_the_definition_says(seed: int) -> None:
    chance = np.random.default_rng(seed)
    walk = np.cumsum(chance.standard_normal((24, 3)), axis=0) * [1.0, 0.3, 2.0]
    r, worth = by_definition(walk)
    folded = np.abs(walk - np.median(walk))
    assert effective_draws(walk) == pytest.approx(worth, rel=1e-9)
    assert r_hat(walk) == pytest.approx(max(r, by_definition(folded)[0]), rel=1e-9)
