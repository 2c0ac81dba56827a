"""Industries that cannot follow demand: the mixed model for many draws and years at once."""

from __future__ import annotations

import numpy as np

from songhua.errors import Fault, SonghuaError

#: Systems that are solved together; it bounds memory, not the answer.
TOGETHER = 512


def limited(
    A: np.ndarray, f: np.ndarray, most: np.ndarray, L: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The greatest output within limits, x_i = min(most_i, f_i + sum_j a_ij x_j), and what is unmet.

    Industries at their limit are given, the others are solved for, and so on until none changes;
    without negative coefficients outputs only fall, so it ends after at most n steps.

    Args:
        A: draws × n × n.
        f: draws × years × n, final demand; may be negative where sales are lost.
        most: limits, draws × years × n; infinite where there is none.
        L: the inverses, if they are known.

    Returns:
        Output and unmet demand, draws × years × n. What is unmet comes from elsewhere.

    Raises:
        SonghuaError: `io_negative`, when coefficients below zero leave it open which limits bind.

    Source: Miller and Blair, Input-Output Analysis, 2009, section 13.2.

    >>> A, f = np.array([[[0.15, 0.25], [0.20, 0.05]]]), np.array([[[600.0, 1500.0]]])
    >>> x, unmet = limited(A, f, np.array([[[1100, np.inf]]]))
    >>> x.round(4).tolist(), unmet.round(4).tolist()
    ([[[1100.0, 1810.5263]]], [[[117.6316, 0.0]]])
    """
    if (A < 0).any():
        raise SonghuaError(Fault("io_negative"))
    n = A.shape[-1]
    inverse = np.linalg.inv(np.eye(n) - A) if L is None else L
    draws = np.broadcast_shapes(A.shape[:1], f.shape[:1], most.shape[:1])[0]
    f = np.broadcast_to(f, (draws, *f.shape[1:]))
    most = np.broadcast_to(most, f.shape)
    x = f @ inverse.swapaxes(-1, -2)
    draw, year = np.nonzero((x > most).any(axis=-1))
    unmet = np.zeros_like(x)
    which = draw if len(A) > 1 else draw * 0
    for first in range(0, len(draw), TOGETHER):
        part = slice(first, first + TOGETHER)
        at = (draw[part], year[part])
        x[at] = _solved(A[which[part]], f[at], most[at], x[at])
        unmet[at] = np.maximum(_asked(A[which[part]], f[at], x[at]) - x[at], 0)
        unmet[at] *= x[at] >= most[at]
    return x, unmet


def _asked(A: np.ndarray, f: np.ndarray, x: np.ndarray) -> np.ndarray:
    """What is asked of every industry at these outputs."""
    return f + (A @ x[..., np.newaxis])[..., 0]


def _solved(A: np.ndarray, f: np.ndarray, most: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Outputs of systems in which a limit binds; each has its own table.

    From the outputs without limits on, what is asked only falls, so the set of full industries
    only shrinks.
    """
    n = A.shape[-1]
    full = most < _asked(A, f, x)
    for _ in range(n + 1):
        system = np.eye(n) - np.where(full[..., np.newaxis], 0.0, A)
        side = np.where(full, most, f)
        x = np.linalg.solve(system, side[..., np.newaxis])[..., 0]
        now = most < _asked(A, f, x)
        if (now == full).all():
            break
        full = now & full
    return x
