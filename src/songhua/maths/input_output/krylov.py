"""Many right sides at once by restarted GMRES, each in a space of its own."""

from __future__ import annotations

import numpy as np

#: Products with the coefficients between two restarts, and restarts before giving up.
STEPS, RESTARTS = 24, 4


def gmres(A: np.ndarray, S: np.ndarray, tolerance: float) -> np.ndarray | None:
    """M with M (I - A) = S, row by row, or None where a row does not get there.

    Each row has its own Krylov space; the products with A are made for all rows together, so
    that A is read from memory once a step.

    Args:
        A: coefficients, n x n, in any memory order.
        S: right sides, k x n.
        tolerance: largest residual of a row beside the largest number of its right side.

    Source: Y. Saad and M. H. Schultz, GMRES, SIAM Journal on Scientific and Statistical
    Computing 7(3), 1986, 856.

    >>> gmres(np.array([[0.0, 0.5], [0.5, 0.0]]), np.array([[0.75, 0.0]]), 1e-13).round(12).tolist()
    [[1.0, 0.5]]
    """
    size = np.abs(S).max(axis=1)
    goal = tolerance * np.where(size > 0, size, 1.0)
    M = np.array(S, dtype=float)
    for _ in range(RESTARTS):
        R = S - M + M @ A
        unsettled = np.flatnonzero(np.abs(R).max(axis=1) > goal)
        if not len(unsettled):
            return M
        M[unsettled] += _cycle(A, R[unsettled], goal[unsettled])
    R = S - M + M @ A
    return M if (np.abs(R).max(axis=1) <= goal).all() else None


def _cycle(A: np.ndarray, R: np.ndarray, goal: np.ndarray) -> np.ndarray:
    """The correction of each row, from at most STEPS products."""
    k, n = R.shape
    V, H = np.zeros((STEPS + 1, k, n)), np.zeros((k, STEPS + 1, STEPS))
    norm = np.linalg.norm(R, axis=1)
    V[0] = R / norm[:, np.newaxis]
    steps = STEPS
    for j in range(STEPS):
        W = V[j] - V[j] @ A
        basis = V[: j + 1].transpose(1, 0, 2)  # rows x steps x industries
        for _ in range(2):  # orthogonal to rounding after the second time
            part = (basis @ W[:, :, np.newaxis])[:, :, 0]
            W -= (part[:, np.newaxis, :] @ basis)[:, 0]
            H[:, : j + 1, j] += part
        length = np.linalg.norm(W, axis=1)
        H[:, j + 1, j] = length
        V[j + 1] = W / np.where(length > 0, length, 1.0)[:, np.newaxis]
        if (_fitted(H, norm, j + 1)[1] <= goal / 2).all():
            steps = j + 1
            break
    y = _fitted(H, norm, steps)[0]
    return np.einsum("kj,jkn->kn", y, V[:steps])


def _fitted(H: np.ndarray, norm: np.ndarray, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Each row's least-squares weights of its space, and the length of the residual."""
    rows, residual = np.zeros((len(H), steps)), np.zeros(len(H))
    for k, part in enumerate(H[:, : steps + 1, :steps]):
        target = np.zeros(steps + 1)
        target[0] = norm[k]
        rows[k] = np.linalg.lstsq(part, target, rcond=None)[0]
        residual[k] = np.linalg.norm(target - part @ rows[k])
    return rows, residual
