"""Fragments of a region's accounts as they would be printed, drawn from accounts that are known.

Beside total and sectors, each fragment is of one of `SORTS`, of an industry by chance (not one that
is large): its size to three digits; its share in % to one decimal; its contribution to growth and
its growth, from which its weight follows; "more than" its size cut to one digit; a firm's size as a
floor. Each bounds one cell, so that what is likely can be computed without sampling.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

SORTS = ("size", "share", "contribution", "more than", "floor")


def with_printed(
    rows: pd.DataFrame, later: np.ndarray, count: int, chance: np.random.Generator
) -> pd.DataFrame:
    """The cells of one region and year with what was printed of them: least, most, known.

    Args:
        rows: the cells, as `accounts_regions` gives them.
        later: their sizes in the next year.
        count: how many fragments.
        chance: the random numbers.
    """
    sizes = rows["size"].to_numpy()
    least, most = np.zeros(len(rows)), np.full(len(rows), np.inf)
    left = count
    while left:
        cell, sort = int(chance.integers(len(rows))), str(chance.choice(SORTS))
        size, total = float(sizes[cell]), float(sizes.sum())
        if sort in ("more than", "floor"):
            unit = 10.0 ** math.floor(math.log10(size))
            found = size // unit * unit if sort == "more than" else size * chance.uniform(0.2, 0.9)
            ends: tuple[float, float] | None = (found, math.inf)
        elif sort == "size":
            ends = _digits(size, 3)
        elif sort == "share":
            ends = _scaled(_decimal(size / total * 100), total / 100)
        else:
            ends = _weight((later[cell] / size - 1) * 100, size, total)
        if ends is not None:
            least[cell], most[cell] = max(least[cell], ends[0]), min(most[cell], ends[1])
            left -= 1
    return rows.assign(least=least, most=most, known=np.isfinite(most))


def _digits(value: float, digits: int) -> tuple[float, float]:
    """The range of a number that is printed to some digits."""
    unit = 10.0 ** (math.floor(math.log10(value)) + 1 - digits)
    shown = round(value / unit) * unit
    return shown - unit / 2, shown + unit / 2


def _decimal(value: float) -> tuple[float, float]:
    """The range of a number printed to one decimal."""
    return round(value, 1) - 0.05, round(value, 1) + 0.05


def _scaled(ends: tuple[float, float], unit: float) -> tuple[float, float] | None:
    """Ends in another unit; none where they reach nought."""
    return (ends[0] * unit, ends[1] * unit) if ends[0] > 0 else None


def _weight(growth: float, size: float, total: float) -> tuple[float, float] | None:
    """The size that follows from a contribution and its growth, each to one decimal, in %."""
    added = growth * size / total
    if not abs(growth) >= 0.2 or abs(added) < 0.06:
        return None
    weights = [up / down for up in _decimal(added) for down in _decimal(growth)]
    return _scaled((min(weights), min(max(weights), 1.0)), total)
