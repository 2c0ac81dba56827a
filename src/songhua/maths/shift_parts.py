"""The arithmetic of shift-share on arrays: levels b and c, region by industry.

`growth` is the nation's C_i / B_i by industry (missing where B_i is zero), `total` its sum C /
sum B, `before` its B. The last part of a sum is what the others leave of the change, which is
the same number by algebra and makes the parts close in floats too.
"""

from __future__ import annotations

import numpy as np

from songhua.maths.levels import CHUNK, ratio

Parts = tuple[np.ndarray, ...]


def classic_cells(
    b: np.ndarray, c: np.ndarray, growth: np.ndarray, total: float, _before: np.ndarray
) -> Parts:
    """National, industry mix and regional part of each cell.

    >>> b, c, growth = np.array([[10.0, 30.0]]), np.array([[18.0, 33.0]]), np.array([1.5, 1.0])
    >>> parts = classic_cells(b, c, growth, 1.25, np.array([100.0, 100.0]))
    >>> [part.round(9).tolist() for part in parts]
    [[[2.5, 7.5]], [[2.5, -7.5]], [[3.0, 3.0]]]
    """
    national = b * (total - 1)
    mix = np.where(b == 0, 0.0, b * growth) - b * total
    return national, mix, (c - b) - (national + mix)


def classic(
    b: np.ndarray, c: np.ndarray, growth: np.ndarray, total: float, before: np.ndarray
) -> Parts:
    """The same, summed over each region's industries.

    >>> b, c, growth = np.array([[10.0, 30.0]]), np.array([[18.0, 33.0]]), np.array([1.5, 1.0])
    >>> parts = classic(b, c, growth, 1.25, np.array([100.0, 100.0]))
    >>> [part.round(9).tolist() for part in parts]
    [[10.0], [-5.0], [6.0]]
    """
    start = b.sum(axis=1)
    national = start * (total - 1)
    mix = _expected(b, growth, before) - start * total
    return national, mix, (c.sum(axis=1) - start) - (national + mix)


def esteban_cells(
    b: np.ndarray, c: np.ndarray, growth: np.ndarray, total: float, before: np.ndarray
) -> Parts:
    """National, industry mix, competitive and allocation part of each cell.

    >>> b, c, growth = np.array([[10.0, 30.0]]), np.array([[18.0, 33.0]]), np.array([1.5, 1.0])
    >>> parts = esteban_cells(b, c, growth, 1.25, np.array([100.0, 100.0]))
    >>> [part.round(9).tolist() for part in parts]
    [[[2.5, 7.5]], [[2.5, -7.5]], [[6.0, 2.0]], [[-3.0, 1.0]]]
    """
    national, mix, shift = classic_cells(b, c, growth, total, before)
    regional = _competitive(b, c, growth, before)
    return national, mix, regional, np.where(b == 0, 0.0 * shift, shift - regional)


def esteban(
    b: np.ndarray, c: np.ndarray, growth: np.ndarray, total: float, before: np.ndarray
) -> Parts:
    """The same, summed over each region's industries.

    >>> b, c, growth = np.array([[10.0, 30.0]]), np.array([[18.0, 33.0]]), np.array([1.5, 1.0])
    >>> parts = esteban(b, c, growth, 1.25, np.array([100.0, 100.0]))
    >>> [part.round(9).tolist() for part in parts]
    [[10.0], [-5.0], [8.0], [-2.0]]
    """
    national, mix, shift = classic(b, c, growth, total, before)
    regional = np.empty_like(shift)
    for a in range(0, len(b), CHUNK):
        part = slice(a, a + CHUNK)
        regional[part] = _competitive(b[part], c[part], growth, before).sum(axis=1)
    return national, mix, regional, shift - regional


def gerfin_cells(
    b: np.ndarray, c: np.ndarray, growth: np.ndarray, total: float, _before: np.ndarray
) -> Parts:
    """The nation's factor, the structure's and the location's of each cell.

    >>> b, c, growth = np.array([[10.0, 30.0]]), np.array([[18.0, 33.0]]), np.array([1.5, 1.0])
    >>> parts = gerfin_cells(b, c, growth, 1.25, np.array([100.0, 100.0]))
    >>> [part.round(9).tolist() for part in parts]
    [[[1.25, 1.25]], [[1.2, 0.8]], [[1.2, 1.1]]]
    """
    present = b > 0
    structure = np.where(present, ratio(growth, total), np.nan)
    return np.full_like(structure, total), structure, ratio(ratio(c, b), growth)


def gerfin(
    b: np.ndarray, c: np.ndarray, growth: np.ndarray, total: float, before: np.ndarray
) -> Parts:
    """The same of each region's industries together.

    >>> b, c, growth = np.array([[10.0, 30.0]]), np.array([[18.0, 33.0]]), np.array([1.5, 1.0])
    >>> parts = gerfin(b, c, growth, 1.25, np.array([100.0, 100.0]))
    >>> [part.round(9).tolist() for part in parts]
    [[1.25], [0.9], [1.133333333]]
    """
    expected = _expected(b, growth, before)
    structure = ratio(ratio(expected, b.sum(axis=1)), total)
    return np.full_like(structure, total), structure, ratio(c.sum(axis=1), expected)


def _expected(b: np.ndarray, growth: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Each region's level at the end if each industry had grown as in the nation.

    Missing where the region has an industry that the nation had not.
    """
    new = before == 0
    expected = b @ np.where(new, 0.0, growth)
    return np.where((b[:, new] > 0).any(axis=1), np.nan, expected) if new.any() else expected


def _competitive(
    b: np.ndarray, c: np.ndarray, growth: np.ndarray, before: np.ndarray
) -> np.ndarray:
    """h (c / b - R_i) of each cell, h being the region's total in the nation's structure."""
    h = b.sum(axis=1, keepdims=True) * ratio(before, before.sum())
    with np.errstate(over="ignore", invalid="ignore"):
        competitive = (ratio(c, b) - growth) * h
    return np.where(b == 0, c, competitive)
