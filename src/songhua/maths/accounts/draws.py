"""Draws of cells that meet constraints, chains side by side, and the steps that they take.

Along a step some cells are scaled by one factor and others change in proportion to what those
gain: a curve through the draw, and the same curve from each of its points. The rows allow one
stretch of it. A step draws a point of that stretch by the normal distribution of the factor's
logarithm that the scaled cells' own ratios give, and accepts it by what the rest of the density
gains (N. Metropolis and others 1953; W. K. Hastings 1970). That distribution depends only on the
curve and on the cells that the step leaves unchanged, not on the place of the draw on the curve: it
cancels between a step and its reverse, and detailed balance needs no other term. In logarithms of
the scaled cells, and in the takers themselves, a step moves the first by one amount and shears the
second, so that its volume is one; the density there is that of the logarithms of all cells over the
product of the takers. Which steps are tried, and how often, is fixed before the draws that count.

A step along the difference of two other draws knows the form of the whole set; along it the
next draw is found by slice sampling (R. M. Neal 2003; J. Goodman and J. Weare 2010), which leaves
the density along the line as it is; the line depends on chains that do not move meanwhile.
"""

from __future__ import annotations

import numpy as np
from scipy.special import log_ndtr, ndtr, ndtri, ndtri_exp

from songhua.hooks.checkpoints import checkpoint
from songhua.maths.accounts.log_ratios import LogRatios
from songhua.maths.accounts.moves import Polytope, Step

#: The number of cuts of an interval in slice sampling before a chain stays where it is.
CUTS = 60
#: Deviations below the mean beyond which shares of a normal distribution are kept as logarithms.
DEEP = -30.0
ABOVE_NOUGHT = np.zeros((1, 1)), np.full((1, 1), np.inf)


class Draws:
    """Cells × chains, and the sums that follow from them."""

    def __init__(self, cells: np.ndarray, polytope: Polytope, ratios: LogRatios) -> None:
        """Take the first draws."""
        self.cells, self.polytope, self.ratios = cells.copy(), polytope, ratios
        self.refresh()

    def refresh(self) -> None:
        """Compute the sums of the cells anew, so that rounding does not add up."""
        self.rows = self.polytope.matrix @ self.cells
        self.above, self.below = self.ratios.sums(self.cells)
        self.z = self.ratios.z(self.above, self.below)

    def take(self, step: Step, chance: np.random.Generator) -> np.ndarray:
        """Try one step in each chain; which of them took it."""
        checkpoint()
        old, scaled, rows = self.cells.take(step.moved, axis=0), len(step.cells), len(step.rows)
        gains = step.gains @ old[:scaled] if scaled else step.gains
        sums = self.rows.take(step.rows, axis=0)
        start, end = _line(gains, np.concatenate([sums, old[scaled:]]), step.low, step.high)
        if scaled:
            way, gain = self._way(step, np.maximum(start, -1.0), end, chance)
            moved = np.concatenate([old[:scaled], gains[rows:]]) * way
        else:
            way, gain = start + (end - start) * chance.random(len(start)), np.zeros(len(start))
            moved = gains[rows:] * way
        new = old + moved
        change = step.weights @ moved
        old_above = self.above.take(step.touched, axis=0)
        old_below = self.below.take(step.below, axis=0)
        above = old_above + change[: len(step.touched)]
        below = old_below + change[len(step.touched) :]
        old_z = self.z.take(step.touched, axis=0)
        z = (np.log(above / below) - step.mean) / step.sd
        gain -= step.rest @ (z**2 - old_z**2) + np.log(new[scaled:] / old[scaled:]).sum(axis=0)
        took = (end > start) & (new > 0).all(axis=0) & (np.log(chance.random(len(gain))) < gain)
        self.cells[step.moved] = np.where(took, new, old)
        self.rows[step.rows] = sums + gains[:rows] * np.where(took, way, 0.0)
        self.above[step.touched] = np.where(took, above, old_above)
        self.below[step.below] = np.where(took, below, old_below)
        self.z[step.touched] = np.where(took, z, old_z)
        return took

    def _way(
        self, step: Step, start: np.ndarray, end: np.ndarray, chance: np.random.Generator
    ) -> tuple[np.ndarray, np.ndarray]:
        """The factor less one; without the part that the proposal favours, if it is not exact."""
        z = self.z.take(step.guide, axis=0)
        if not step.exact:
            z = (np.log(self.above[step.guide]) - step.frozen) / step.guide_sd
        mean, sd = -(step.pull @ z) / step.precision, step.precision**-0.5
        size = cut_normal(mean, sd, np.log1p(start), np.log1p(end), chance)
        gain = np.zeros(len(size))
        if not step.exact:
            gain = 0.5 * ((z + step.pull[:, None] * size) ** 2 - z**2).sum(axis=0)
        return np.expm1(size), gain

    def along(self, half: np.ndarray, partners: np.ndarray, chance: np.random.Generator) -> None:
        """Move half of the chains along differences of two partners, by slice sampling."""
        first, second = _pairs(len(half), partners, chance)
        line = self.cells[:, first] - self.cells[:, second]
        at, rows = self.cells[:, half], self.rows[:, half]
        rate = self.polytope.matrix @ line
        start, end = _line(rate, rows, self.polytope.low[:, None], self.polytope.high[:, None])
        above, below = _line(line, at, *ABOVE_NOUGHT)
        start, end = np.maximum(start, above), np.minimum(end, below)
        open_ = (end > start) & np.isfinite(end - start)
        start, end = np.where(open_, start, 0.0), np.where(open_, end, 0.0)
        level = self._along_density(at) + np.log(chance.random(len(half)))
        far, waiting = np.zeros(len(half)), np.flatnonzero(open_)
        for _ in range(CUTS):
            if not len(waiting):
                break
            tried = start[waiting] + (end - start)[waiting] * chance.random(len(waiting))
            candidate = at[:, waiting] + line[:, waiting] * tried
            inside = self._along_density(candidate) >= level[waiting]
            far[waiting[inside]] = tried[inside]
            out, tried = waiting[~inside], tried[~inside]
            end[out], start[out] = (
                np.where(tried > 0, tried, end[out]),
                np.where(tried > 0, start[out], tried),
            )
            waiting = out
        self.cells[:, half] = at + line * far
        self.refresh()

    def _along_density(self, cells: np.ndarray) -> np.ndarray:
        """The logarithm of the density of the cells themselves, but for a constant."""
        return self.ratios.log_density(cells) - np.log(cells).sum(axis=0)


def _line(
    rate: np.ndarray, at: np.ndarray, low: np.ndarray, high: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """From where to where one may go, so that at + rate × way stays between the ends."""
    to_low, to_high = (low - at) / rate, (high - at) / rate
    first = np.fmin(to_low, to_high).max(axis=0, initial=-np.inf)
    return first, np.fmax(to_low, to_high).min(axis=0, initial=np.inf)


def _pairs(
    count: int, partners: np.ndarray, chance: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Two different partners for each of some chains."""
    first = chance.integers(0, len(partners), count)
    second = (first + chance.integers(1, len(partners), count)) % len(partners)
    return partners[first], partners[second]


def cut_normal(
    mean: np.ndarray, sd: float, start: np.ndarray, end: np.ndarray, chance: np.random.Generator
) -> np.ndarray:
    """Draws of a normal distribution cut to start..end, by its inverse, far tails included.

    >>> chance, ends = np.random.default_rng(1), (np.full(4, 8.0), np.full(4, 9.0))
    >>> draws = cut_normal(np.zeros(4), 1.0, *ends, chance)
    >>> bool((draws >= 8).all() and (draws <= 9).all())
    True
    """
    a, b = (start - mean) / sd, (end - mean) / sd
    flip = a > 0  # the lower tail is the one that is computed without loss
    a, b = np.where(flip, -b, a), np.where(flip, -a, b)
    part = chance.random(len(a))
    if b.min() > DEEP:
        low = ndtr(a)
        drawn = ndtri(low + part * (ndtr(b) - low))
    else:
        low, high = log_ndtr(a), log_ndtr(b)
        drawn = ndtri_exp(np.minimum(high + np.log1p(part * np.expm1(low - high)), 0.0))
    return np.clip(np.where(flip, -drawn, drawn) * sd + mean, start, end)
