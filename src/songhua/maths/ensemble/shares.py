"""Results of draws: quantiles of the outcomes, and the assumptions that drive the width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from songhua.labels import align
from songhua.maths.ensemble.parameter_draws import whole

#: Most groups into which draws are cut.
GROUPS = 60


def quantiles(outcomes: pd.DataFrame, levels: Sequence[float] = (0.05, 0.5, 0.95)) -> pd.DataFrame:
    """Quantiles over the draws: outcome × level. An outcome with a missing draw is missing.

    >>> quantiles(pd.DataFrame({"jobs": [1, 2, 3]}), [0, 0.5, 1])
          0.0  0.5  1.0
    jobs  1.0  2.0  3.0
    """
    values = np.quantile(outcomes.to_numpy(float), levels, axis=0)
    return pd.DataFrame(values.T, outcomes.columns, pd.Index(list(levels), dtype=float))


def variance_shares(table: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """The share of each outcome's variance that a parameter alone explains: first-order Sobol.

    From the draws that there are: they are put in order of the parameter and cut into k groups,
    about sqrt(draws), with a line through each; the squares that the lines explain, less what
    chance alone would, over the whole. With n draws chance leaves an error of about
    2 sqrt(k) / n where there is no effect; what falls below zero by it is shown as zero.

    Args:
        table: draw × parameter, drawn independently.
        outcomes: draw × outcome.

    Returns:
        (parameters, `rest`) × outcome. `rest` holds interactions of parameters, causes outside the
        table, and error. Missing where the outcome does not vary or a draw is missing.

    Raises:
        SonghuaError: `labels_differ`, when the draws are not the same; `ensemble_number`, with
            fewer than 16 draws.

    Source: A. Saltelli and others, Global Sensitivity Analysis: The Primer, 2008, chapter 4; the
    correlation ratio: T. L. Kelley, An Unbiased Correlation Ratio Measure, PNAS 21(9), 1935, 554.

    >>> from songhua.maths.ensemble import Parameter, draws
    >>> table = draws([Parameter(n, 0.5, 0, 1, "uniform") for n in ("a", "b")], 4000, seed=1)
    >>> outcomes = pd.DataFrame({"sum": 2 * table["a"] + table["b"]})
    >>> variance_shares(table, outcomes)["sum"].round(1).head(2).to_dict()
    {'a': 0.8, 'b': 0.2}
    """
    table, outcomes = align(table, outcomes)
    count = len(table)
    whole("draws", count, 16)
    y = outcomes.to_numpy(float)
    y = y - y.mean(axis=0)
    total = (y**2).sum(axis=0)
    total[total <= _noise(outcomes)] = np.nan
    shares = np.zeros((table.shape[1] + 1, y.shape[1]))
    for at, name in enumerate(table.columns):
        values = table[name].to_numpy(float)
        if np.ptp(values) > 0:
            explained, freedom = _explained(values, y)
            noise = freedom * (total - explained) / (count - 1 - freedom)
            shares[at] = np.maximum((explained - noise) / total, 0)
    shares[-1] = 1 - shares[:-1].sum(axis=0)
    shares[:, np.isnan(total)] = np.nan
    return pd.DataFrame(shares, [*map(str, table.columns), "rest"], outcomes.columns)


def paired_shares(outcomes: pd.DataFrame, by_group: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The same for groups of parameters, or for whole tables, that one column cannot hold.

    The work is done again for each group with the group's draws kept and everything else drawn
    anew, from another seed: share = 1 - mean (y - y')² / (2 variance). Its error falls with the
    root of the number of draws; what falls below zero by it is shown as zero.

    Args:
        outcomes: draw × outcome.
        by_group: the outcomes with only this group's draws kept.

    Returns:
        (groups, `rest`) × outcome.

    Raises:
        SonghuaError: `labels_differ`.

    Source: M. J. W. Jansen, Analysis of Variance Designs for Model Output, Computer Physics
    Communications 117, 1999, 35.

    >>> y = pd.DataFrame({"sum": [1.0, 2.0, 3.0, 4.0]})
    >>> paired_shares(y, {"all": y, "none": y.iloc[::-1].reset_index(drop=True)})["sum"].to_dict()
    {'all': 1.0, 'none': 0.0, 'rest': 0.0}
    """
    rows = {}
    for group, again in by_group.items():
        first, second = align(outcomes, again)
        _, second = align(first.T, second.T)
        y, z = first.to_numpy(float), second.T.to_numpy(float)
        variance = (y.var(axis=0) + z.var(axis=0)) / 2
        variance[variance <= np.maximum(_noise(first), _noise(second.T))] = np.nan
        rows[group] = np.maximum(1 - ((y - z) ** 2).mean(axis=0) / (2 * variance), 0)
    shares = pd.DataFrame(rows, outcomes.columns).T
    shares.loc["rest"] = 1 - shares.sum(axis=0, skipna=False)
    return shares


def _noise(outcomes: pd.DataFrame) -> np.ndarray:
    """The variance that rounding may leave of an outcome that is the same in all draws."""
    return (np.finfo(float).eps * np.abs(outcomes.to_numpy(float)).max(axis=0)) ** 2


def _explained(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, int]:
    """Squares of y explained by a line in each group of x, and how many numbers that takes."""
    order = np.argsort(x, kind="stable")
    x, y = x[order], y[order]
    groups = min(int(np.sqrt(len(x))), GROUPS)
    starts = np.linspace(0, len(x), groups + 1).astype(int)
    sizes, starts = np.diff(starts), starts[:-1]
    sums = np.add.reduceat(y, starts, axis=0)
    apart = x - np.repeat(np.add.reduceat(x, starts) / sizes, sizes)
    squares = np.add.reduceat(apart**2, starts)
    sloped = squares > (np.finfo(float).eps * np.abs(x).max()) ** 2 * sizes
    products = np.add.reduceat(apart[:, np.newaxis] * y, starts, axis=0)
    lines = products[sloped] ** 2 / squares[sloped, np.newaxis]
    explained = (sums**2 / sizes[:, np.newaxis]).sum(axis=0) + lines.sum(axis=0)
    return explained, groups - 1 + int(sloped.sum())
