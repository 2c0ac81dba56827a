"""Moves of a cell's quotient from period to period; large moves cross lines sooner.

A quotient that wanders by s a period reaches a line at distance d the sooner the greater s / d is.
Changes of the logarithm are taken without their sign, since single leaps and breaks would rule
their squares, and are shrunk twice: the industry's and the region's mean towards the panel's, the
cell's towards theirs.

Source: H. Robbins, An Empirical Bayes Approach to Statistics, 1956, for the shrinking; F. R.
Hampel, The Influence Curve and Its Role in Robust Estimation, JASA 69, 1974, for absolute changes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from songhua.maths.choice.events import Array, Definition, State, at
from songhua.maths.choice.noise import shrunk_quotients

#: The weight, in changes, of the mean of industry and region beside a cell's own, and of the
#: panel's mean beside theirs.
WORTH, PANEL_WORTH = 4.0, 20.0


@dataclass(frozen=True)
class Means:
    """The mean move of quotients of a panel in a period, and of each industry beside it."""

    panel: float
    industries: tuple[float, ...]


class Moves:
    """Sums over the periods so far of moves of quotients, region by industry.

    Args:
        definition: what levels are, and the floor that a cell must be expected to hold.
        step: each how many-th region is followed.

    >>> moves = Moves(Definition(), 1)
    >>> moves.volatility().tolist()
    []
    """

    def __init__(self, definition: Definition, step: int) -> None:
        """Begin without a period."""
        self._definition, self._step = definition, step
        self._before: Array | None = None
        self._total: Array = np.zeros((0, 0))
        self._n: Array = np.zeros((0, 0))

    def add(self, period: State, k: float) -> None:
        """Add the next period, with all its regions, and the weight that shrinks its quotients."""
        period = at(period, slice(None, None, self._step))
        log = shrunk_quotients(period, self._definition, k)
        np.log(log, out=log)
        if self._before is None:
            self._total, self._n = np.zeros(log.shape), np.zeros(log.shape)
        else:
            apart = np.abs(np.subtract(log, self._before, out=self._before), out=self._before)
            counted = (apart >= 0) & (period.weight >= self._definition.least)
            np.add(self._total, apart, out=self._total, where=counted)
            self._n += counted
        self._before = log

    def means(self) -> Means:
        """The mean moves of the panel and of its industries."""
        return means(self._total, self._n)

    def volatility(self, step: int = 1, beside: Means | None = None) -> Array:
        """The volatility of each `step`-th region, beside that of all of them or of others."""
        return volatility(self._total[::step], self._n[::step], beside or self.means())


def means(total: Array, n: Array) -> Means:
    """The mean move, and (industry's sum / mean + 20) / (its changes + 20).

    Args:
        total: sums of the absolute changes of log quotients, region by industry.
        n: how many changes.

    >>> means(np.array([[2.0, 1.0], [2.0, 1.0]]), np.full((2, 2), 10.0)).panel
    0.15
    """
    panel = float(total.sum() / max(float(n.sum()), 1.0))
    return Means(panel, tuple(_beside(total, n, panel, 0).tolist()))


def _beside(total: Array, n: Array, panel: float, axis: int) -> Array:
    """The means of industries, or of regions, beside the panel's."""
    moved = total.sum(axis=axis) / (panel or 1.0)
    return (moved + PANEL_WORTH) / (n.sum(axis=axis) + PANEL_WORTH)


def volatility(total: Array, n: Array, beside: Means) -> Array:
    """log((total / mean + 4 × likely) / (n + 4)), likely = industry's × region's.

    Both are beside the mean of the panel; a region's is (sum / mean + 20) / (changes + 20).

    Args:
        total: sums of the absolute changes of log quotients, region by industry.
        n: how many changes.
        beside: the panel's means.

    Returns:
        Regions by industry; 0 everywhere where nothing has moved yet.

    >>> total, n = np.array([[2.0, 1.0], [2.0, 1.0]]), np.full((2, 2), 10.0)
    >>> volatility(total, n, means(total, n)).round(3).tolist()
    [[0.251, -0.336], [0.251, -0.336]]
    """
    if beside.panel <= 0:
        return np.zeros(total.shape)
    region = _beside(total, n, beside.panel, 1)
    likely = region[:, np.newaxis] * np.array(beside.industries)
    return np.log((total / beside.panel + WORTH * likely) / (n + WORTH))
