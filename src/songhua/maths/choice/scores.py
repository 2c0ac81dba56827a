"""Scores: penalised logistic regressions of few features.

The fit is Newton's, halving a step that does not help. A bootstrap over regions moves the
coefficients by one Newton step from the fit, with the region's scores and curvatures.

Source: D. R. Cox, The Regression Analysis of Binary Sequences, JRSS B 20, 1958; P. Kline and
A. Santos, A Score Based Approach to Wild Bootstrap Inference, Journal of Econometric Methods 1,
2012, for the one step.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, log_expit

from songhua.maths.choice.events import Array

#: The penalty: half of it times the sum of squared coefficients of standardised features.
RIDGE = 5.0
#: Candidates for which it did not come are thinned to about so many, which then weigh more.
MOST = 20_000
#: Newton's steps at most, and the one that is the last: the next would be about its square.
STEPS, NEAR = 50, 1e-5
#: Rows up to which a fit begins from the rate alone.
FEW = 5_000
#: Log-odds beyond which none are told (1 in 3 million), and the least spread of a feature.
LONGEST, STILL = 15.0, 1e-9


@dataclass(frozen=True)
class Logistic:
    """log-odds = weights[0] + standardised features × the others.

    `covariance` is that of the weights under a bootstrap over regions; of nothing without one.
    """

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]

    def design(self, features: Array) -> Array:
        """A column of ones, and the features standardised as where the fit was made."""
        return _design(features, np.array(self.mean), np.array(self.scale))

    def line(self, features: Array) -> Array:
        """The log-odds of each row."""
        return np.clip(self.design(features) @ np.array(self.weights), -LONGEST, LONGEST)

    def chance(self, features: Array) -> Array:
        """The probability of each of many rows, which are not standardised one by one."""
        weights = np.array(self.weights[1:]) / np.array(self.scale)
        line = features @ weights + (self.weights[0] - np.array(self.mean) @ weights)
        return expit(np.clip(line, -LONGEST, LONGEST))

    def spread(self, features: Array) -> Array:
        """The standard deviation of each row's log-odds under the bootstrap."""
        rows = self.design(features)
        variance = np.einsum("ij,jk,ik->i", rows, np.array(self.covariance), rows)
        return np.sqrt(np.maximum(variance, 0))


def _design(features: Array, mean: Array, scale: Array) -> Array:
    return np.column_stack([np.ones(len(features)), (features - mean) / scale])


def fit(
    features: Array,
    outcomes: Array,
    region: Array | None = None,
    rng: np.random.Generator | None = None,
    draws: int = 200,
    ridge: float = RIDGE,
) -> Logistic:
    """A logistic regression whose coefficients, but for the constant, are drawn towards zero.

    Maximises sum_n log P(outcome_n) - ridge / 2 × sum_j b_j², features standardised.

    Args:
        features: a row a candidate.
        outcomes: 1 or 0.
        region: each candidate's region, for the bootstrap; none is made without it.
        rng: draws regions.
        draws: how many bootstrap samples.
        ridge: the penalty.

    >>> outcomes = np.array([1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0])
    >>> regression = fit(np.repeat([[0.0], [1.0]], 4, axis=0), outcomes, ridge=0.0)
    >>> regression.chance(np.array([[0.0], [1.0]])).round(6).tolist()
    [0.25, 0.75]
    """
    rows, weight = thinned(outcomes)
    features, outcomes = features[rows], outcomes[rows]
    mean, scale = features.mean(axis=0), features.std(axis=0)
    scale = np.where(scale > STILL, scale, 1.0)
    design, penalty = _design(features, mean, scale), np.full(len(scale) + 1, max(ridge, 1e-9))
    penalty[0] = 1e-9  # a sample without any event has an end too
    beta = _newton(design, outcomes, weight, penalty)
    covariance = np.zeros((len(beta), len(beta)))
    if region is not None and rng is not None:
        moved = _one_step(design, outcomes, weight, penalty, beta, region[rows], rng, draws)
        covariance = np.cov(moved.T)
    return Logistic(
        tuple(mean.tolist()),
        tuple(scale.tolist()),
        tuple(beta.tolist()),
        tuple(map(tuple, covariance.tolist())),
    )


def thinned(outcomes: Array) -> tuple[Array, Array]:
    """Rows to fit on and their weights: all events, and each k-th of the others.

    >>> rows, weight = thinned(np.array([0.0, 1.0, 0.0]))
    >>> rows.tolist(), weight.tolist()
    ([0, 1, 2], [1.0, 1.0, 1.0])
    """
    step = max(int((outcomes == 0).sum() // MOST), 1)
    if step == 1:
        return np.arange(len(outcomes)), np.ones(len(outcomes))
    sampled = np.flatnonzero(outcomes == 0)[::step]
    rows = np.sort(np.concatenate([np.flatnonzero(outcomes == 1), sampled]))
    return rows, np.where(outcomes[rows] == 1, 1.0, (outcomes == 0).sum() / len(sampled))


def _newton(design: Array, outcomes: Array, weight: Array, penalty: Array) -> Array:
    """The coefficients at which the penalised likelihood is greatest.

    Many rows are begun from where an eighth of them ends.
    """
    if len(design) > FEW:
        beta = _newton(design[::8], outcomes[::8], weight[::8], penalty)
    else:
        rate = (weight @ outcomes + 0.5) / (weight.sum() + 1.0)
        beta = np.zeros(design.shape[1])
        beta[0] = np.log(rate / (1 - rate))
    current = _at(beta, design, outcomes, weight, penalty)
    for _ in range(STEPS):
        height, slope, curve = current
        step = np.linalg.solve(curve, slope)
        if np.abs(step).max() < NEAR:
            return beta + step
        current = _at(beta + step, design, outcomes, weight, penalty)
        while current[0] < height - 1e-9 * abs(height) and np.abs(step).max() >= NEAR:
            step = step / 2
            current = _at(beta + step, design, outcomes, weight, penalty)
        beta = beta + step
    return beta


def _at(
    beta: Array, design: Array, outcomes: Array, weight: Array, penalty: Array
) -> tuple[float, Array, Array]:
    """The penalised log-likelihood, its slope, and its curvature with the sign turned."""
    line = design @ beta
    p = expit(line)
    height = weight @ (outcomes * line + log_expit(-line)) - (penalty * beta**2).sum() / 2
    slope = (weight * (outcomes - p)) @ design - penalty * beta
    return float(height), slope, _curvature(design, weight * p * (1 - p), penalty)


def _curvature(design: Array, weight: Array, penalty: Array) -> Array:
    """The negative second derivatives."""
    return (design * weight[:, np.newaxis]).T @ design + np.diag(penalty)


def _one_step(
    design: Array,
    outcomes: Array,
    weight: Array,
    penalty: Array,
    beta: Array,
    region: Array,
    rng: np.random.Generator,
    draws: int,
) -> Array:
    """Coefficients of bootstrap samples of regions: one Newton step from the fit each."""
    p = expit(design @ beta)
    names, at = np.unique(region, return_inverse=True)
    pull = design * (weight * (outcomes - p))[:, np.newaxis]
    slopes = _by_region(pull, at, len(names))
    outer = (design[:, :, np.newaxis] * design[:, np.newaxis, :]).reshape(len(design), -1)
    curves = _by_region(outer * (weight * p * (1 - p))[:, np.newaxis], at, len(names))
    times = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    size = len(beta)
    slope = times @ slopes - penalty * beta
    curve = (times @ curves).reshape(draws, size, size) + np.diag(np.maximum(penalty, 1e-6))
    return beta + np.linalg.solve(curve, slope[:, :, np.newaxis])[:, :, 0]


def _by_region(values: Array, at: Array, regions: int) -> Array:
    """Sums of each column by region."""
    return np.column_stack([np.bincount(at, column, regions) for column in values.T])
