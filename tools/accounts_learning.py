"""Learn the prior from regions whose accounts were published.

Rows are cells: a region's industry, its log location quotient, its kind, the nation's share of the
industry (`part`) and the region's share in the nation (`share`), with `country` and `study`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import minimize, minimize_scalar
from scipy.stats import t as student

from songhua.maths.accounts.prior.covariates import Covariate
from songhua.maths.accounts.prior.model import USUAL, Industries, KindSpreads
from songhua.maths.regional_error.industry_kinds import KINDS

#: The level of the intervals that are judged, and what a normal deviation is multiplied with.
LEVEL, NORMAL = 0.9, 1.6448536269514722
#: Regions that the spread by kind counts for, when an industry's own is learnt.
COUNTS = 2
#: Parts of the regions that are left out one after the other.
PARTS = 5
#: So many countries tell how much wider deviations are in another; of fewer the largest factor.
MANY = 4


def equal_weights(rows: pd.DataFrame) -> np.ndarray:
    """Weights of cells, so that countries count the same, and studies of a country.

    >>> rows = pd.DataFrame({"country": ["a", "a", "b"], "study": ["x", "x", "y"]})
    >>> equal_weights(rows).tolist()
    [0.25, 0.25, 0.5]
    """
    cells = rows.groupby(["country", "study"])["study"].transform("size").to_numpy(float)
    studies = rows.groupby("country")["study"].transform("nunique").to_numpy(float)
    return 1 / (cells * studies * rows["country"].nunique())


def left_out(
    rows: pd.DataFrame, group: pd.Series
) -> Iterator[tuple[str, pd.DataFrame, pd.DataFrame]]:
    """Each group with the rows of all others, to learn from, and its own, to judge by.

    >>> rows = pd.DataFrame({"country": ["a", "b", "a"]})
    >>> [(label, list(training.index), list(test.index)) for label, training, test
    ...     in left_out(rows, rows["country"])]
    [('a', [1], [0, 2]), ('b', [0, 2], [1])]
    """
    for label in group.unique():
        out = group == label
        yield str(label), rows[~out], rows[out]


def parts(rows: pd.DataFrame) -> pd.Series:
    """The part of each cell: its region's, of `PARTS` that are left out one after the other.

    >>> parts(pd.DataFrame({"region": [*"cab"]})).tolist()
    [2, 0, 1]
    """
    regions = np.sort(rows["region"].unique())
    return pd.Series(np.searchsorted(regions, rows["region"]) % PARTS, rows.index)


def fit_kinds(rows: pd.DataFrame) -> KindSpreads:
    """The likeliest means and deviations by kind and size; countries count the same.

    The likelihood of normal log quotients, its logarithm weighted by `equal_weights`.
    """
    kinds = rows["kind"].to_numpy()[:, None] == np.array(KINDS)
    logs = np.log(rows[["part", "share"]].to_numpy(float) / USUAL)
    x = np.hstack([kinds, logs])
    mean, log_sd = _likeliest(x, x, rows["log_quotient"].to_numpy(), equal_weights(rows))
    n = len(KINDS)
    return KindSpreads(
        mean[:n],
        float(mean[n]),
        float(mean[n + 1]),
        np.exp(log_sd[:n]),
        float(log_sd[n]),
        float(log_sd[n + 1]),
    )


def places_of(rows: pd.DataFrame) -> np.ndarray:
    """The place of each row's kind in `KINDS`."""
    return np.array([KINDS.index(kind) for kind in rows["kind"]])


def moments_of(rows: pd.DataFrame, model: KindSpreads) -> np.ndarray:
    """Means and deviations of rows by their kinds, 2 × n."""
    return model.at(places_of(rows), rows["part"].to_numpy(), rows["share"].to_numpy())


def kinds_at_home(rows: pd.DataFrame) -> KindSpreads:
    """One country's own: as wide as covers 90 % of the cells of regions that are left out."""
    apart = [_apart(left, fit_kinds(known)) for _, known, left in left_out(rows, parts(rows))]
    weights = [equal_weights(left) for _, _, left in left_out(rows, parts(rows))]
    model = fit_kinds(rows)
    wider = level_of(np.concatenate(apart), np.concatenate(weights)) / NORMAL
    return replace(model, sd=model.sd * wider)


def fit_covariate(rows: pd.DataFrame) -> Covariate:
    """The likeliest covariate (`log_covariate`) beside value added; countries count alike.

    The slope is one for all kinds: kinds of few regions would have slopes of chance. A kind that no
    region has takes the widest deviation, and no mean. Rows may have `years` between the two
    figures, and the `section` of each industry, whose mean is then learnt by itself.
    """
    kinds = rows["kind"].to_numpy()[:, None] == np.array(KINDS)
    sections = [*rows["section"].unique()] if "section" in rows else []
    means = rows["section"].to_numpy()[:, None] == np.array(sections) if sections else kinds
    logs = np.log(rows[["part", "share"]].to_numpy(float) / USUAL)
    quotients, years = rows[["log_quotient"]].to_numpy(float), np.zeros((len(rows), 0))
    if "years" in rows:
        years = np.log(rows[["years"]].to_numpy(float))
    of = np.hstack([means, quotients, quotients * years])
    weights, covariate = equal_weights(rows), rows["log_covariate"].to_numpy(float)
    mean, log_sd = _likeliest(of, np.hstack([kinds, logs, years]), covariate, weights)
    n, at, present = len(KINDS), means.shape[1], kinds.any(axis=0)
    sd = np.exp(log_sd[:n])
    by_section = dict(zip(sections, mean[:at].tolist(), strict=True)) if sections else {}
    by_kind = np.where(present, mean[:n], 0.0) if not sections else _of_kinds(rows, by_section)
    over = (float(mean[at + 1]), float(log_sd[n + 2])) if years.size else (0.0, 0.0)
    return Covariate(
        by_kind,
        float(mean[at]),
        np.where(present, sd, sd[present].max()),
        float(log_sd[n]),
        float(log_sd[n + 1]),
        *over,
        by_section,
    )


def _of_kinds(rows: pd.DataFrame, by_section: dict[str, float]) -> np.ndarray:
    """The mean of the sections of each kind; nought for a kind that has none."""
    sections = rows.drop_duplicates("section").set_index("section")["kind"]
    means = pd.Series(by_section).groupby(sections).mean()
    return means.reindex(list(KINDS)).fillna(0.0).to_numpy()


def of_rows(rows: pd.DataFrame, model: Covariate) -> np.ndarray:
    """The likelihood of each row by a covariate: middles and deviations, 2 × n."""
    places = places_of(rows)
    columns = (rows[name].to_numpy() for name in ("log_covariate", "part", "share"))
    years = rows["years"].to_numpy() if "years" in rows else 1.0
    return model.value_added(places, *columns, years, list(rows.get("section", rows["kind"])))


def covariate_apart(rows: pd.DataFrame, model: Covariate) -> np.ndarray:
    """Deviations of each covariate from the one that value added makes likely."""
    middle, sd = of_rows(rows, model)
    return np.abs(rows["log_quotient"].to_numpy() - middle) / sd


def fit_covariate_transfer(rows: pd.DataFrame) -> pd.Series:
    """The factor by which each country needs wider deviations than the others taught.

    Under "" that for a country outside the data: of fewer than `MANY` countries the largest, else
    the one that covers 90 % of all cells that were left out, when countries count the same.
    """
    apart = {
        country: covariate_apart(test, fit_covariate(training))
        for country, training, test in left_out(rows, rows["country"])
    }
    factors = {c: level_of(z, np.ones(len(z))) / NORMAL for c, z in apart.items()}
    weights = np.concatenate([np.full(len(z), 1 / len(z)) for z in apart.values()])
    pooled = level_of(np.concatenate([*apart.values()]), weights) / NORMAL
    return pd.Series(factors | {"": pooled if len(apart) >= MANY else max(factors.values())})


def at_home(rows: pd.DataFrame) -> Covariate:
    """One country's own: as wide as covers 90 % of the cells of regions that are left out."""
    z = np.concatenate([
        covariate_apart(left, fit_covariate(known))
        for _, known, left in left_out(rows, parts(rows))
    ])  # fmt: skip
    model = fit_covariate(rows)
    return replace(model, sd=model.sd * level_of(z, np.ones(len(z))) / NORMAL)


def _likeliest(
    x_mean: np.ndarray, x_sd: np.ndarray, y: np.ndarray, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Of normal values, the likeliest coefficients of means and of logarithms of deviations."""
    count = x_mean.shape[1]

    def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
        """Minus the mean log likelihood, and its slopes."""
        mean, log_sd = x_mean @ at[:count], x_sd @ at[count:]
        z = (y - mean) * np.exp(-log_sd)
        by_mean, by_sd = -weights * z * np.exp(-log_sd), weights * (1 - z**2)
        slopes = np.append(x_mean.T @ by_mean, x_sd.T @ by_sd)
        return float(weights @ (log_sd + z**2 / 2)), slopes

    start = np.zeros(count + x_sd.shape[1])
    coefficients = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return coefficients[:count], coefficients[count:]


def fit_industries(rows: pd.DataFrame, kinds: KindSpreads) -> Industries:
    """Each industry's own mean and deviation, in one classification of one country.

    The exponent of the share is the likeliest for all industries together. A deviation is that of
    the next region: it knows that mean and variance were learnt from as many regions (years of a
    region count as one), and leans on the kind's as on `COUNTS` regions. As log quotients have a
    longer tail below than normal ones, all deviations are then made as wide as covers 90 % of the
    cells of regions that are left out, a part of `PARTS` at a time.
    """
    z = list[np.ndarray]()
    for _, training, test in left_out(rows, parts(rows)):
        industries = _by_industry(training, kinds)
        pairs = zip(test["industry"], test["share"], test["log_quotient"], strict=True)
        at = [(industries.at(str(code), share), y) for code, share, y in pairs]
        z.append(
            np.array([abs(y - moments[0]) / moments[1] for moments, y in at if moments is not None])
        )
    wider = np.quantile(np.concatenate(z), LEVEL) / NORMAL
    industries = _by_industry(rows, kinds)
    values = {code: (mean, float(sd * wider)) for code, (mean, sd) in industries.values.items()}
    return Industries(values, industries.share)


def _by_industry(rows: pd.DataFrame, kinds: KindSpreads) -> Industries:
    """Mean and deviation of the next region by industry."""
    y, industry = rows["log_quotient"].to_numpy(), rows["industry"].to_numpy()
    logs = np.log(rows["share"].to_numpy() / USUAL)
    places = places_of(rows)
    usual = pd.Series(kinds.at(places, rows["part"].to_numpy(), USUAL)[1] ** 2)
    lent = COUNTS * usual.groupby(industry).mean()
    regions = rows.groupby("industry")["region"].nunique()
    freedom = regions + COUNTS - 1

    def moments(exponent: float) -> tuple[pd.Series, pd.Series, pd.Series]:
        """Mean and variance by industry where the share is 1 %, and squares of residuals."""
        scale = np.exp(exponent * logs)
        sums = pd.DataFrame({"y": y / scale**2, "n": scale**-2.0}).groupby(industry).sum()
        mean = sums["y"] / sums["n"]
        squares = pd.Series(((y - mean.loc[industry].to_numpy()) / scale) ** 2)
        variance = squares.groupby(industry).mean()
        return mean, (regions * variance + lent) / freedom, squares

    def loss(exponent: float) -> float:
        """Minus the log likelihood, but for a constant."""
        _, variance, squares = moments(exponent)
        of = variance.loc[industry].to_numpy()
        return float((np.log(of) + squares.to_numpy() / of).sum() / 2 + exponent * logs.sum())

    fit: Any = minimize_scalar(loss, bounds=(-1, 0.5), method="bounded")
    exponent = float(fit.x)
    mean, variance, _ = moments(exponent)
    sd = np.sqrt(variance * (1 + 1 / regions)) * student.ppf((1 + LEVEL) / 2, freedom) / NORMAL
    values = {str(code): (float(mean[code]), float(sd[code])) for code in mean.index}
    return Industries(values, exponent)


def _apart(rows: pd.DataFrame, kinds: KindSpreads) -> np.ndarray:
    """Deviations of each cell from the mean of its kind and size."""
    mean, sd = moments_of(rows, kinds)
    return np.abs(rows["log_quotient"].to_numpy() - mean) / sd


def fit_transfer(rows: pd.DataFrame) -> tuple[float, pd.Series]:
    """The factor that widens deviations where nothing was learnt, and each country's own.

    Each country is left out in turn and compared with the model of the others. The factor is the
    one with which 90 % of the cells that were left out are covered, when countries count the same.
    """
    deviations, factors = list[pd.DataFrame](), dict[str, float]()
    for country, training, test in left_out(rows, rows["country"]):
        z, weights = _apart(test, fit_kinds(training)), equal_weights(test)
        deviations.append(pd.DataFrame({"z": z, "weight": weights}))
        factors[country] = level_of(z, weights) / NORMAL
    pooled = pd.concat(deviations)
    return level_of(pooled["z"].to_numpy(), pooled["weight"].to_numpy()) / NORMAL, pd.Series(
        factors
    )


def level_of(z: np.ndarray, weights: np.ndarray) -> float:
    """The value that a weight of `LEVEL` lies below.

    >>> level_of(np.array([3.0, 1.0, 2.0]), np.array([1.0, 8.0, 11.0]))  # 8, 19 and 20 of 20
    2.0
    """
    order = np.argsort(z)
    heaped = np.cumsum(weights[order]) / weights.sum()
    return float(z[order][np.searchsorted(heaped, LEVEL)])
