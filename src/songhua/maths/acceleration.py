"""Chebyshev's acceleration of a fixed point whose error shrinks by nearly one factor a round."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

#: Rounds of acceleration before the factor is measured anew.
STRETCH = 30
#: Factors at which acceleration is worth while, and how much two in a row may differ.
LEAST, MOST, ALIKE = 0.02, 0.999, 0.3


class Pace:
    """The next multipliers, from the present ones, the result of a round and the size of the gap.

    Multipliers are positive, and everything is done with their logarithms. As long as the gap
    does not shrink evenly a round is taken as it is. Then the next multipliers are
    x_k+1 = x_k-1 + w_k (x_k + c (T(x_k) - x_k) - x_k-1) with c = 2 / (2 - rate) and Chebyshev's
    weights w_k for errors that shrink by factors from 0 to the rate. Where the gap grows or after a
    stretch of rounds, rounds are taken as they are again until the rate is known anew.

    Source: G. H. Golub and R. S. Varga, Chebyshev Semi-Iterative Methods, Numerische Mathematik 3,
    1961, 147.

    >>> pace, x = Pace(), np.array([16.0])
    >>> for _ in range(8):
    ...     x = pace.next(x, x**0.5, abs(np.log(x[0])))
    >>> bool(abs(x[0] - 1) < 1e-3), round(16 ** (0.5**8), 3)  # as it is, eight rounds lead to
    (True, 1.011)
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self.gaps: list[float] = []
        self.rate = 0.0
        self.left = 0
        self.weight = 0.0
        self.before = np.zeros(0)

    def next(self, x: np.ndarray, after: np.ndarray, gap: float) -> np.ndarray:
        """The multipliers to try next.

        Args:
            x: multipliers.
            after: where a round leads from them.
            gap: how far x is from the goal, in any unit.
        """
        if not self.rate:
            self.gaps.append(gap)
            self._measure(x, after)
            return after
        if gap > 4 * min(self.gaps) or not self.left:
            self.gaps, self.rate = [gap], 0.0
            return after
        self.gaps.append(gap)
        return self._accelerated(x, after)

    def _measure(self, x: np.ndarray, after: np.ndarray) -> None:
        """Know the rate once two rounds in a row have shrunk the gap alike."""
        rates = _rates(self.gaps[-3:])
        even = len(rates) == 2 and abs(rates[1] - rates[0]) <= ALIKE * rates[1]
        if even and LEAST < rates[1] < MOST and min(x.min(), after.min()) > 0:
            self.rate, self.gaps = min(1.02 * max(rates), MOST), self.gaps[-1:]
            self.left, self.weight = STRETCH, 0.0

    def _accelerated(self, x: np.ndarray, after: np.ndarray) -> np.ndarray:
        """A step of Chebyshev's."""
        share = self.rate / (2 - self.rate)
        new = x * (after / x) ** (2 / (2 - self.rate))
        if self.weight:
            first = len(self.gaps) == 3
            self.weight = 1 / (1 - share**2 * (2 if first else self.weight) / 4)
            new = self.before * (new / self.before) ** self.weight
        else:
            self.weight = 1.0
        self.before, self.left = x, self.left - 1
        return new


def _rates(gaps: Sequence[float]) -> list[float]:
    """The factors by which the gap shrank, round by round."""
    return [b / a for a, b in pairwise(gaps) if a > 0]
