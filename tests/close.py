"""Comparison of floating numbers that holds under every BLAS kernel (§15)."""

from __future__ import annotations

from typing import Any

import numpy as np

LEAST = 1e-12  # of the largest number: what the order of additions may leave of a zero


def assert_close(actual: Any, desired: Any, rtol: float = 1e-7, atol: float | None = None) -> None:
    """As numpy's `assert_allclose`, but a zero is held to the scale of the numbers beside it.

    A relative tolerance alone demands of a computed zero that it be exactly zero, which it is
    under some BLAS kernels and not under others.
    """
    if atol is None:
        values = np.abs(np.asarray(desired, dtype=float))
        scale = float(np.max(values[np.isfinite(values)], initial=1.0))
        atol = LEAST * scale
    np.testing.assert_allclose(actual, desired, rtol=rtol, atol=atol)
