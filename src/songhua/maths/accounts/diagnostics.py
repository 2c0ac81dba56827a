"""Agreement of chains, and the number of independent draws that they are worth.

A. Vehtari, A. Gelman, D. Simpson, B. Carpenter and P.-C. Bürkner, Rank-normalization, folding, and
localization: an improved R-hat, Bayesian Analysis 16, 2021.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri
from scipy.stats import rankdata


def r_hat(chains: np.ndarray) -> float:
    """Agreement of chains: rank-normalised split R-hat, the greater of that and its folded form.

    Args:
        chains: draws × chains.

    >>> chance = np.random.default_rng(1)
    >>> alike = chance.standard_normal((200, 4))
    >>> round(r_hat(alike), 1), r_hat(alike + [0, 0, 0, 3]) > 1.2
    (1.0, True)
    """
    split = _split(chains)
    folded = np.abs(split - np.median(split))
    return max(_r_hat(_normal_scores(split)), _r_hat(_normal_scores(folded)))


def rough_r_hat(chains: np.ndarray) -> np.ndarray:
    """Split R-hat of many quantities as they are, not ranked: quick to compute.

    Args:
        chains: quantities × draws × chains.

    >>> chance = np.random.default_rng(1)
    >>> alike = chance.standard_normal((1, 200, 4))
    >>> apart = alike + [0, 0, 0, 3]
    >>> rough_r_hat(np.concatenate([alike, apart])).round(1).tolist()
    [1.0, 1.7]
    """
    half = chains.shape[1] // 2
    split = np.concatenate([chains[:, :half], chains[:, -half:]], axis=2)
    within = split.var(axis=1, ddof=1).mean(axis=1)
    between = split.mean(axis=1).var(axis=1, ddof=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(within > 0, np.sqrt((half - 1) / half + between / within), 1.0)


def effective_draws(chains: np.ndarray) -> float:
    """Independent draws that tell as much of the bulk (Geyer's initial positive sequence).

    Args:
        chains: draws × chains.

    >>> chance = np.random.default_rng(1)
    >>> free = chance.standard_normal((400, 4))
    >>> bool(1000 < effective_draws(free) < 2500)
    True
    >>> bool(effective_draws(np.repeat(free, 10, axis=0)) < 250)  # each draw ten times over
    False
    """
    scores = _normal_scores(_split(chains))
    count, number = scores.shape
    spread = scores - scores.mean(axis=0)
    size = 2 ** int(np.ceil(np.log2(2 * count)))
    power = np.abs(np.fft.rfft(spread, size, axis=0)) ** 2
    covariance = np.fft.irfft(power, size, axis=0)[:count].mean(axis=1) / count
    within = covariance[0] * count / (count - 1)
    between = scores.mean(axis=0).var(ddof=1) if number > 1 else 0.0
    total = within * (count - 1) / count + between
    if total <= 0:
        return float(count * number)
    rho = 1 - (within - covariance * count / (count - 1)) / total
    rho[0] = 1.0
    pairs = rho[: count // 2 * 2].reshape(-1, 2).sum(axis=1)
    ends = np.flatnonzero(pairs <= 0)
    pairs = np.minimum.accumulate(pairs[: ends[0] if len(ends) else len(pairs)])
    length = max(-1 + 2 * pairs.sum(), 1 / np.log10(count * number))
    return float(count * number / length)


def _split(chains: np.ndarray) -> np.ndarray:
    """Each chain as two halves."""
    half = len(chains) // 2
    return np.concatenate([chains[:half], chains[-half:]], axis=1)


def _normal_scores(chains: np.ndarray) -> np.ndarray:
    """The normal quantile of each draw's rank among all."""
    ranks = rankdata(chains, axis=None).reshape(chains.shape)
    return ndtri((ranks - 0.375) / (chains.size + 0.25))


def _r_hat(chains: np.ndarray) -> float:
    """Square root of the variance of all over the mean variance within."""
    count = len(chains)
    within = chains.var(axis=0, ddof=1).mean()
    between = chains.mean(axis=0).var(ddof=1)
    return float(np.sqrt((count - 1) / count + between / within)) if within > 0 else 1.0
