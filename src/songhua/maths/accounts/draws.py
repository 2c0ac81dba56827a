"""Draws of cells that meet constraints, chains side by side, and the steps that they take.

A step is proposed from the normal distribution of the moved cells' own ratios, cut to what the
rows allow, and accepted by the rest of the density (N. Metropolis and others 1953; W. K. Hastings
1970). A step along the difference of two other draws knows the form of the whole set; along it the
next draw is found by slice sampling (R. M. Neal 2003; J. Goodman and J. Weare 2010).
"""

from __future__ import annotations

import numpy as np
from scipy.special import log_ndtr, ndtri_exp

from songhua.maths.accounts.log_ratios import LogRatios
from songhua.maths.accounts.moves import Polytope, Step

#: How often an interval of slice sampling is cut before a chain stays where it is.
CUTS = 60
ABOVE_NOUGHT = np.zeros((1, 1)), np.full((1, 1), np.inf)


class Draws:
    """Cells × chains, with what follows from them kept up to date."""

    def __init__(self, cells: np.ndarray, polytope: Polytope, ratios: LogRatios) -> None:
        """Take the first draws."""
        self.cells, self.polytope, self.ratios = cells.copy(), polytope, ratios
        self.refresh()

    def refresh(self) -> None:
        """Work out anew what follows from the cells, so that rounding does not add up."""
        ratios = self.ratios
        self.rows = self.polytope.matrix @ self.cells
        self.above = ratios.of @ self.cells
        self.z = ratios.z(self.above)
        self.below = ratios.per @ self.cells + ratios.constant[:, None]
        self.log_below = np.log(self.below)
        self.squares = ratios.member @ self.z**2
        self.weighted = ratios.member @ (self.z / ratios.sd[:, None])

    def scale(self, step: Step, chance: np.random.Generator) -> np.ndarray:
        """Try one step in each chain; which of them took it."""
        old = self.cells[step.moved]
        change = old.copy()
        scaled = len(step.cells)
        change[scaled:] = step.takes @ old[:scaled]
        start, end = self._room(step, change)
        open_ = end > start
        start, end = np.where(open_, start, -1.0), np.where(open_, end, 1.0)
        z, sums = self.z[step.above], step.sums
        log_below, squares = self.log_below[sums], self.squares[sums]
        weighted = self.weighted[sums]
        mean, sd = _proposal(step, z, log_below)
        size = np.where(open_, cut_normal(mean, sd, start, end, chance), 0.0)
        moved = change * np.expm1(size)
        new = old + moved
        ok = open_ & (new > 0).all(axis=0)
        new, moved = np.where(ok, new, old), np.where(ok, moved, 0)
        size = np.where(ok, size, 0.0)
        above = self.above[step.above] + step.of @ moved
        new_z = (np.log(above) - step.mean) / step.sd
        new_squares = squares + step.member @ (new_z**2 - z**2)
        new_weighted = weighted + step.member @ ((new_z - z) / step.sd)
        below = self.below[sums] + step.per @ moved
        new_log_below = np.log(below)
        gain = _density(new_squares, new_weighted, new_log_below, step.weight)
        gain -= _density(squares, weighted, log_below, step.weight)
        gain -= np.log(new[scaled:] / old[scaled:]).sum(axis=0)
        back, _ = _proposal(step, new_z, new_log_below)
        gain += log_cut_normal(-size, back, sd, start - size, end - size)
        gain -= log_cut_normal(size, mean, sd, start, end)
        took = ok & (np.log(chance.random(len(size))) < gain)
        self.cells[step.moved] = np.where(took, new, old)
        self.rows[step.rows] += step.matrix @ np.where(took, moved, 0)
        self.above[step.above] = np.where(took, above, self.above[step.above])
        self.z[step.above] = np.where(took, new_z, z)
        self.below[sums] = np.where(took, below, self.below[sums])
        self.log_below[sums] = np.where(took, new_log_below, log_below)
        self.squares[sums] = np.where(took, new_squares, squares)
        self.weighted[sums] = np.where(took, new_weighted, weighted)
        return took

    def _room(self, step: Step, change: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """From where to where the logarithm of the factor may go in each chain."""
        rate = step.matrix @ change  # of each row, for a factor that is one more
        low, high = _line(rate, self.rows[step.rows], step.low, step.high)
        takers = step.moved[len(step.cells) :]
        above, below = _line(change[len(step.cells) :], self.cells[takers], *ABOVE_NOUGHT)
        low, high = np.maximum(low, above), np.minimum(high, below)
        low = np.maximum(low, -1 + 1e-12)
        return np.log1p(low), np.log1p(np.maximum(high, low))

    def along(self, half: np.ndarray, others: np.ndarray, chance: np.random.Generator) -> None:
        """Move half of the chains along differences of two of the others, by slice sampling."""
        one, two = _pairs(len(half), others, chance)
        line = self.cells[:, one] - self.cells[:, two]
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
            there = at[:, waiting] + line[:, waiting] * tried
            with np.errstate(divide="ignore", invalid="ignore"):
                inside = self._along_density(there) >= level[waiting]
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


def _density(
    squares: np.ndarray, weighted: np.ndarray, log_below: np.ndarray, weight: np.ndarray
) -> np.ndarray:
    """The log density's part of some lower sums, as `LogRatios` has it."""
    return -0.5 * (squares - 2 * log_below * weighted + log_below**2 * weight).sum(axis=0)


def _proposal(step: Step, z: np.ndarray, log_below: np.ndarray) -> tuple[np.ndarray, float]:
    """Mean and deviation of the step's size by the moved cells' own ratios."""
    sd = step.sd[step.own]
    residual = z[step.own] - log_below[step.own_sums] / sd
    return -(residual / sd).sum(axis=0) / step.precision, float(step.precision**-0.5)


def _line(
    rate: np.ndarray, at: np.ndarray, low: np.ndarray, high: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """From where to where one may go, so that at + rate × way stays between the ends."""
    with np.errstate(divide="ignore", invalid="ignore"):
        one, two = (low - at) / rate, (high - at) / rate
    still = rate == 0
    first = np.where(still, -np.inf, np.minimum(one, two))
    last = np.where(still, np.inf, np.maximum(one, two))
    return first.max(axis=0, initial=-np.inf), last.min(axis=0, initial=np.inf)


def _pairs(
    count: int, others: np.ndarray, chance: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Two different ones of the others for each of some chains."""
    one = chance.integers(0, len(others), count)
    two = (one + chance.integers(1, len(others), count)) % len(others)
    return others[one], others[two]


def cut_normal(
    mean: np.ndarray, sd: float, start: np.ndarray, end: np.ndarray, chance: np.random.Generator
) -> np.ndarray:
    """Draws of a normal distribution cut to start..end, by its inverse, far tails included.

    >>> chance, ends = np.random.default_rng(1), (np.full(4, 8.0), np.full(4, 9.0))
    >>> found = cut_normal(np.zeros(4), 1.0, *ends, chance)
    >>> bool((found >= 8).all() and (found <= 9).all())
    True
    """
    a, b = (start - mean) / sd, (end - mean) / sd
    flip = a > 0  # the lower tail is the one that is computed without loss
    a, b = np.where(flip, -b, a), np.where(flip, -a, b)
    low, high = log_ndtr(a), log_ndtr(b)
    log_share = high + np.log1p(-chance.random(len(a)) * -np.expm1(low - high))
    drawn = ndtri_exp(np.minimum(log_share, 0.0))
    drawn = np.clip(np.where(flip, -drawn, drawn) * sd + mean, start, end)
    return np.where(np.isfinite(drawn), drawn, start + (end - start) / 2)


def log_cut_normal(
    value: np.ndarray, mean: np.ndarray, sd: float, start: np.ndarray, end: np.ndarray
) -> np.ndarray:
    """The log density of a normal distribution cut to start..end, but for a constant of its sd.

    >>> one = np.array([0.0])
    >>> float(np.exp(log_cut_normal(one, one, 1.0, one, one + 50))[0].round(6))  # half is cut off
    2.0
    """
    a, b = (start - mean) / sd, (end - mean) / sd
    flip = a > 0
    a, b = np.where(flip, -b, a), np.where(flip, -a, b)
    low, high = log_ndtr(a), log_ndtr(b)
    return -(((value - mean) / sd) ** 2) / 2 - high - np.log(-np.expm1(low - high))
