"""Industries that cannot follow demand: the mixed model for many draws and years at once."""

from __future__ import annotations

import numpy as np

from songhua.errors import SonghuaError
from songhua.maths.fault_kinds import IoNegative

#: Systems that are solved together; it bounds memory, not the answer.
TOGETHER = 1024
#: Turns after which an upper and a lower limit are held together to the last digits.
TURNS = 60


def limited(A: np.ndarray, f: np.ndarray, most: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The greatest output within limits, x_i = min(most_i, f_i + sum_j a_ij x_j), and the unmet.

    Args:
        A: draws × n × n.
        f: draws × years × n, final demand; may be negative where sales are lost.
        most: limits, draws × years × n; infinite where there is none.

    Returns:
        Output and unmet demand, draws × years × n. Unmet demand is supplied from elsewhere.

    Raises:
        SonghuaError: `io_negative`, when coefficients below zero leave it open which limits bind.

    Source: Miller and Blair, Input-Output Analysis, 2009, section 13.2.

    >>> A, f = np.array([[[0.15, 0.25], [0.20, 0.05]]]), np.array([[[600.0, 1500.0]]])
    >>> x, missing = limited(A, f, np.array([[[1100, np.inf]]]))
    >>> x.round(4).tolist(), missing.round(4).tolist()
    ([[[1100.0, 1810.5263]]], [[[117.6316, 0.0]]])
    """
    if (A < 0).any():
        raise SonghuaError(IoNegative())
    L = np.linalg.inv(np.eye(A.shape[-1]) - A)
    x = f @ L.swapaxes(-1, -2)
    missing = unmet(L, x, most)
    return x - missing @ L.swapaxes(-1, -2), missing


def unmet(L: np.ndarray, x: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Unmet demand, to be met elsewhere so that no output passes its limit: draws × years × n.

    x - L u is the output with u unmet. For the industries F at their limit L_FF u_F = (x - most)_F;
    all others have u = 0. One whose u would be negative is not at its limit: what the others leave
    unmet has freed it. F starts as those that pass their limit without any, and only shrinks.

    Args:
        L: draws × n × n, how output answers final demand, without negative cells.
        x: draws × years × n, output without limits.
        most: the limits.

    >>> L = np.array([[[2.0, 0.5], [0.0, 1.0]]])
    >>> x, most = np.array([[[10.0, 5.0]]]), np.array([6.0, 8.0])
    >>> unmet(L, x, most).tolist()  # 2 u = 10 - 6
    [[[2.0, 0.0]]]
    """
    shape = np.broadcast_shapes(x.shape, most.shape)
    over = np.broadcast_to(x - most, shape)
    shortfall = np.zeros(shape)
    draw, year = np.nonzero((over > 0).any(axis=-1))
    order = np.argsort((over[draw, year] > 0).sum(axis=-1), kind="stable")
    draw, year = draw[order], year[order]
    for first in range(0, len(draw), TOGETHER):
        at = (draw[first : first + TOGETHER], year[first : first + TOGETHER])
        table = L if len(L) > 1 else np.broadcast_to(L, (shape[0], *L.shape[1:]))
        shortfall[at] = _solved(table, at[0], over[at])
    return shortfall


def between(
    L: np.ndarray, x: np.ndarray, most: np.ndarray, least: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Demand to be met elsewhere, and sales lost elsewhere, so that x stays between limits.

    With u unmet and w spared, x - L u + L w is the output: no more than `most`, and no less than
    `least` (an industry cannot lose more than its sales; any loss beyond that falls on sellers
    elsewhere). One is found with the other as it stands, in turns; both only grow.

    >>> L = np.array([[[1.0, 0.5], [0.0, 1.0]]])
    >>> x, least = np.array([[[-6.0, -4.0]]]), np.array([[[-5.0, -3.0]]])
    >>> u, w = between(L, x, np.full((1, 1, 2), np.inf), least)
    >>> u.tolist(), w.tolist()  # the first industry is spared half by what the second is
    ([[[0.0, 0.0]]], [[[0.5, 1.0]]])
    """
    out = L.swapaxes(-1, -2)
    u, w = unmet(L, x, most), np.zeros(np.broadcast_shapes(x.shape, least.shape))
    for _ in range(TURNS):
        more = unmet(L, -(x - u @ out), -least)
        if np.allclose(more, w, rtol=1e-12, atol=0):
            break
        w = more
        u = unmet(L, x + w @ out, most)
    return u, w


def _solved(L: np.ndarray, draw: np.ndarray, over: np.ndarray) -> np.ndarray:
    """Unmet demand of systems in which a limit binds: system × n."""
    full = over > 0
    most = int(full.sum(axis=-1).max())
    # the full industries first, filled up with others that the system holds at zero
    places = np.argsort(~full, axis=-1, kind="stable")[:, :most]
    at_limit = np.take_along_axis(full, places, axis=-1)
    side = np.where(at_limit, np.take_along_axis(over, places, axis=-1), 0.0)
    inner = L[draw[:, None, None], places[:, :, None], places[:, None, :]]
    u = np.zeros_like(side)
    for _ in range(most + 1):
        pairs = at_limit[:, :, None] & at_limit[:, None, :]
        system = np.where(pairs, inner, np.eye(most))
        u = np.linalg.solve(system, np.where(at_limit, side, 0.0)[..., None])[..., 0]
        still = at_limit & (u > 0)
        if (still == at_limit).all():
            break
        at_limit = still
    shortfall = np.zeros_like(over)
    np.put_along_axis(shortfall, places, np.where(at_limit, u, 0.0), axis=-1)
    return shortfall
