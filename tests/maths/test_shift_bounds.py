"""Bounds of shift-share hold what levels within their ends can give, and little beside.

The true range of a part is sought by brute force: from drawn corners of the box of all levels,
and from the best of them by steps of scipy's optimiser, which finds what lies within.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from close import assert_close
from songhua.maths.shift_bounds import PARTS, shift_bounds

#: Levels as printed, b, B and the nation's growth, and half the last printed digit.
KINDS = {
    "fine": lambda rng, n: (rng.uniform(5, 200, n), rng.uniform(900, 9000, n), 0.05),
    "coarse": lambda rng, n: (rng.uniform(1, 30, n), rng.uniform(20, 300, n), 0.5),
    "zeros": lambda rng, n: (rng.integers(0, 3, n) * 1.0, rng.uniform(2, 20, n), 0.5),
    "equal": lambda _, n: (np.full(n, 10.0), np.full(n, 100.0), 0.5),
    "equal shares": lambda rng, n: (b := rng.integers(2, 30, n) * 1.0, 10 * b, 0.5),
}


def boxes(kind: str, n: int) -> np.ndarray:
    """Low and high ends (second axis) of b, c, B, C (first axis) by industry."""
    rng = np.random.default_rng(n)
    b, before, half = KINDS[kind](rng, n)
    growth = 1.2 if kind == "equal" else rng.uniform(0.7, 1.8, n)
    levels = np.array([b, b * rng.uniform(0.5, 2, n), before, before * growth])
    levels = np.round(levels / (2 * half)) * 2 * half
    return np.stack([np.maximum(levels - half, 0.0), levels + half], axis=1)


def parts(levels: np.ndarray) -> dict[str, np.ndarray]:
    """Each part by industry, and of the whole last, of levels [..., side, industry]."""
    b, c, before, after = np.moveaxis(levels, -2, 0)
    growth, total = after / before, (after.sum(-1) / before.sum(-1))[..., None]
    cells = c - b, b * (total - 1), b * (growth - total), c - b * growth
    whole = [np.concatenate([part, part.sum(-1, keepdims=True)], axis=-1) for part in cells]
    return dict(zip(PARTS, whole, strict=True))


def reached(box: np.ndarray, part: str, at: int) -> tuple[float, float]:
    """The least and greatest number that levels in the box were seen to give."""
    low, high = box[:, 0], box[:, 1]
    corner = np.random.default_rng(at).random((4000, *low.shape)) < 0.5
    values = parts(np.where(corner, high, low))[part][:, at]
    ends = []
    for sign in (1, -1):
        tried = [sign * values.min() if sign > 0 else -values.max()]
        for start in corner[np.argsort(sign * values)[:3]]:
            solved = minimize(
                lambda x, sign=sign: sign * parts(x.reshape(low.shape))[part][at],
                np.where(start, high, low).ravel(),
                bounds=list(zip(low.ravel(), high.ravel(), strict=True)),
            )
            tried.append(solved.fun)
        ends.append(sign * min(tried))
    return ends[0], ends[1]


@pytest.mark.parametrize("n", [1, 2, 3, 6])
@pytest.mark.parametrize("kind", KINDS)
def test_bounds_hold_the_true_range_and_are_little_wider(kind: str, n: int) -> None:
    box = boxes(kind, n)
    bounds = shift_bounds(*((low, high) for low, high in box))
    for part in PARTS:
        for at in (0, n):  # an industry, and the whole
            least, most = bounds.whole(part) if at == n else bounds.at(part, at)
            low, high = reached(box, part, at)
            assert least - 1e-9 <= low <= high <= most + 1e-9, part
            assert most - least <= 1.2 * (high - low) + 1e-9, part


def test_exact_levels_leave_no_width():
    levels = np.array([[10, 30], [18, 33], [100.0, 100.0], [150.0, 100.0]])
    bounds, exact = shift_bounds(*((side, side) for side in levels)), parts(levels)
    for part in PARTS:
        assert_close(bounds.whole(part), [exact[part][-1]] * 2, atol=1e-9)


def test_a_level_without_ends_leaves_none():
    gap, full = (np.array([np.nan]), np.array([np.nan])), (np.array([1.0]), np.array([2.0]))
    bounds = shift_bounds(full, gap, full, full)
    assert np.isnan(bounds.at("regional", 0)).all()
    assert not np.isnan(bounds.at("national", 0)).any()
    assert np.isnan(shift_bounds(full, full, gap, full).whole("industry_mix")).all()


def test_an_industry_that_the_nation_may_lack_leaves_no_end_above():
    new = shift_bounds(*((np.array(low), np.array(high)) for low, high in (
        ([0.5, 9.5], [1.5, 10.5]), ([0.5, 9.5], [1.5, 10.5]),
        ([0.0, 99.5], [0.5, 100.5]), ([0.5, 99.5], [1.5, 100.5]),
    )))  # fmt: skip
    assert new.at("industry_mix", 0)[1] == np.inf
    assert not np.isfinite(new.whole("industry_mix")[1])


def test_an_industry_that_neither_has_changes_nothing():
    box = boxes("coarse", 3)
    lacking = np.concatenate([box, np.zeros((*box.shape[:2], 1))], axis=2)
    bounds, more = (shift_bounds(*((low, high) for low, high in side)) for side in (box, lacking))
    for part in PARTS:
        assert_close(more.at(part, 3), [0.0, 0.0], atol=1e-300)
        assert_close(more.whole(part), bounds.whole(part), rtol=1e-9)
