"""Learning the error of regional tables from publications of several countries.

The model learns only the distance of regions from their nation, in data that their authors
estimated.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.linalg import cholesky, solve_triangular

from songhua.maths.regional_error.industry_kinds import KINDS
from songhua.maths.regional_error.model import AREA, FREEDOM, QUOTIENTS, SUPPLY, PerOutputError

#: Fewest countries of which errors between countries can be learnt.
FEWEST = 2
#: Own supply counts as within these shares: beyond them little changes in a table.
LEAST, MOST = 0.02, 0.98
#: The prior of the four deviations: the weight of so many observations of such a size.
PRIOR = ((2, 0.4), (2, 0.4), (4, 0.4), (4, 0.8))
#: The same for the logarithm by which the scale of coefficients per output differs between
#: countries.
SPREAD = (2, 0.2)
#: Precision of what is known before of the other parameters: next to nothing.
FLAT = 1e-4
#: Draws kept of the chain, those let go at its start, and of how many one is kept.
DRAWS, BURN, THIN = 400, 200, 5


def fit_supply(observed: pd.DataFrame, rng: np.random.Generator, draws: int = DRAWS) -> np.ndarray:
    """Draws of the parameters of own supply: the hierarchy of `ErrorModel`, by Gibbs sampling.

    With a normal error at each level and scaled inverse chi-square priors of the variances
    (`PRIOR`), the parameters given the variances are normal, and each variance given the
    parameters is inverse chi-square; both are drawn in turn.

    Args:
        observed: a row for each region and industry, with `country`, `region`, `own` (own supply
            over purchases of home products), `quotient`, `area` (km²) and a column for each of
            `KINDS` (its part).
        rng: where chance comes from.
        draws: how many draws are kept, each fifth of the chain after 200.

    Returns:
        Draws × `SUPPLY`.

    Raises:
        ValueError: with fewer than two countries.

    Source: A. Gelman and others, Bayesian Data Analysis, 3rd edition, 2013, section 15.
    """
    countries = observed["country"].nunique()
    if countries < FEWEST:
        raise ValueError(f"errors between countries cannot be learnt from {countries}")
    y = observed["own"].clip(LEAST, MOST).to_numpy(float)
    y = np.log(y / (1 - y))
    kind = observed[list(KINDS)].to_numpy(float)
    levels = [
        pd.factorize(key)[0]
        for key in (
            observed["country"],
            observed["country"] + "/" + pd.Series(kind.argmax(axis=1), observed.index).astype(str),
            observed["country"] + "/" + observed["region"],
        )
    ]
    X = np.column_stack(
        [
            kind,
            np.log(observed["quotient"].clip(*QUOTIENTS)),
            np.log(observed["area"].astype(float) / AREA),
        ]
    )
    parameters = _gibbs(y, X, levels, rng, draws)
    assert parameters.shape[1] == len(SUPPLY)
    return parameters


def _gibbs(
    y: np.ndarray, X: np.ndarray, levels: list[np.ndarray], rng: np.random.Generator, draws: int
) -> np.ndarray:
    """Draws × (slopes, deviations of the levels, deviation of the rest)."""
    sizes = [int(level.max()) + 1 for level in levels]
    D = np.hstack([X, *(np.eye(size)[level] for size, level in zip(sizes, levels, strict=True))])
    squares, products, p = D.T @ D, D.T @ y, X.shape[1]
    ends = np.cumsum([p, *sizes])
    variances, noise = np.full(len(levels), 0.2), 0.5
    chain = []
    for at in range(BURN + THIN * draws):
        scaled = squares / noise
        precision = [
            np.full(p, FLAT),
            *(np.full(k, 1 / v) for k, v in zip(sizes, variances, strict=True)),
        ]
        scaled.ravel()[:: len(scaled) + 1] += np.concatenate(precision)
        root = cholesky(scaled, lower=True)
        middle = solve_triangular(root, products / noise, lower=True)
        drawn = solve_triangular(
            root, middle + rng.standard_normal(len(middle)), lower=True, trans=1
        )
        effects = [drawn[a:b] for a, b in pairwise(ends)]
        parts = [*effects, y - D @ drawn]
        drawn_variances = np.array(
            [
                (n * s**2 + part @ part) / rng.chisquare(n + len(part))
                for part, (n, s) in zip(parts, PRIOR, strict=True)
            ]
        )
        variances, noise = drawn_variances[:-1], float(drawn_variances[-1])
        if at >= BURN and at % THIN == 0:
            chain.append(np.concatenate([drawn[:p], np.sqrt(drawn_variances)]))
    return np.array(chain)


def fit_held(observed: pd.DataFrame) -> PerOutputError:
    """The error of amounts per unit of output: each country weighs the same.

    The slope by least squares with an effect of each region; the region's deviation by the mean
    square of those effects; the scale of each kind as that of Student's t, by weights that fall
    with the error (expectation and maximisation), and how far the scales of countries differ by
    the mean square of their logarithms with `SPREAD`. A kind that no country has takes the mean of
    the others.

    Args:
        observed: a row for each region and industry, with `country`, `region`, `kind`,
            `quotient` and `error`, the difference of the logarithms (or logits) from the nation.

    >>> rows = [("a", r, k, 1.0, e) for r, e in (("x", 0.1), ("y", -0.1)) for k in KINDS]
    >>> names = ["country", "region", "kind", "quotient", "error"]
    >>> round(fit_held(pd.DataFrame(rows, columns=names)).region, 3)
    0.1
    """
    logs = pd.Series(np.log(observed["quotient"].clip(*QUOTIENTS)), observed.index)
    keys = [observed["country"], observed["region"]]
    inner = logs - logs.groupby(keys).transform("mean")
    centred = observed["error"] - observed["error"].groupby(keys).transform("mean")
    weight = 1 / observed.groupby("country")["error"].transform("size")
    slope = float(
        (weight * inner * centred).sum() / max((weight * inner**2).sum(), np.finfo(float).tiny)
    )
    residual = pd.Series(observed["error"] - slope * logs, observed.index)
    effects = residual.groupby(keys).mean()
    region = float(np.sqrt((effects**2).groupby("country").mean().mean()))
    residual = pd.Series(residual - residual.groupby(keys).transform("mean"))
    by_country = pd.DataFrame(
        {
            country: _scales(residual[rows.index], rows["kind"])
            for country, rows in observed.groupby("country")
        }
    ).reindex(KINDS)
    scale = by_country.mean(axis=1)
    scale = scale.fillna(scale.mean())
    factors = np.log(by_country.div(scale, axis=0).mean())
    n, s = SPREAD
    country = float(np.sqrt((n * s**2 + (factors**2).sum()) / (n + max(len(factors) - 1, 0))))
    return PerOutputError(slope, region, country, scale.to_numpy(float))


def _scales(errors: pd.Series, kinds: pd.Series) -> dict[str, float]:
    """The scale of each kind."""
    return {str(kind): _scale(part.to_numpy(float)) for kind, part in errors.groupby(kinds)}


def _scale(errors: np.ndarray) -> float:
    """The scale of Student's t about nought."""
    square = float(np.mean(errors**2))
    for _ in range(100):
        weights = (FREEDOM + 1) / (FREEDOM + errors**2 / max(square, np.finfo(float).tiny))
        square = float(np.mean(weights * errors**2))
    return float(np.sqrt(square))


def fit_inputs(errors: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """Variances of seller and cell of the logarithm of the mix of inputs, by moments of pairs.

    Args:
        errors: rows sell, columns buy; zero where the weight is.
        weights: what each cell counts.

    >>> seller, cell = fit_inputs(np.array([[1.0, 1.0], [-1.0, -1.0]]), np.ones((2, 2)))
    >>> (seller, cell)
    (1.0, 0.0)
    """
    u = weights * (errors - (weights * errors).sum() / weights.sum())
    pairs = [(z.sum(axis=1) ** 2).sum() - (z**2).sum() for z in (u, weights)]
    whole = float((u * (errors - (weights * errors).sum() / weights.sum())).sum() / weights.sum())
    seller = float(max(pairs[0] / pairs[1], 0.0)) if pairs[1] > 0 else 0.0
    return seller, max(whole - seller, 0.0)
