"""Effective draws of chains whose worth is known."""

from __future__ import annotations

import numpy as np
import pytest

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
