"""Scores on regions that took no part: coverage, width, bias, and a simple rival beside.

Nothing about a region that is scored takes part in learning for it: neither the parameters nor
delta nor the widening.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from songhua.maths.regional_error.fit import LEVEL, References, fit
from songhua.maths.regional_tables import regional_multipliers
from songhua.maths.regional_tables.methods import METHODS
from songhua.messages import Words

Progress = Callable[[int, int, str], None]
ENDS = ((1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2)


def leave_one_out(
    given: References, rng: np.random.Generator, progress: Progress | None = None
) -> pd.DataFrame:
    """Each region's output multipliers against 90 % intervals learnt without it.

    The rival needs no model: the region's FLQ multipliers, less one, times the quantiles of the
    other regions' ratios of reference to FLQ. The score is the width plus 20 times what lies
    outside (lower is better). Industries that buy nothing are left out: their multiplier is one.

    Args:
        given: the reference tables.
        rng: where chance comes from.
        progress: told of each region.

    Returns:
        Region × (delta, n, covered, width, score, bias; covered_rival, width_rival,
        score_rival; and the mean relative bias of the multipliers by `simple_lq`, `cilq`,
        `flq`, `aflq`, with delta tuned without the region).

    Source: T. Gneiting and A. E. Raftery, Strictly Proper Scoring Rules, Prediction, and
    Estimation, Journal of the American Statistical Association 102, 2007, 359 (interval score).
    """
    rows = {}
    for at, region in enumerate(given.tables):
        if progress is not None:
            progress(at, len(given.tables), region)
        others = given.without(region)
        model = fit(others, Words(), "", rng)
        wanted = given.multipliers(region)
        buys = (given.A.sum() > 0).to_numpy() & (given.output(region) > 0).to_numpy()
        ends = np.quantile(given.draws(model, region, rng), ENDS, axis=0)
        rival = _rival(given, others, region, model.delta)
        plain = score(rival, wanted.to_numpy(), buys)
        rows[region] = {
            "delta": model.delta,
            "n": int(buys.sum()),
            **score(ends, wanted.to_numpy(), buys),
            "bias": float((ends[1] / wanted - 1)[buys].mean()),
            **{f"{name}_rival": value for name, value in plain.items()},
            **_biases(given, region, model.delta, wanted, buys),
        }
    return pd.DataFrame(rows).T


def score(ends: np.ndarray, wanted: np.ndarray, some: np.ndarray) -> dict[str, float]:
    """Share covered, mean width and mean interval score of (low, median, high).

    >>> ends = np.array([[1.0, 1.0], [1.5, 1.5], [2.0, 2.0]])
    >>> score(ends, np.array([1.2, 2.1]), np.array([True, True]))
    {'covered': 0.5, 'width': 1.0, 'score': 2.0}
    """
    low, _, high = ends[:, some]
    y = wanted[some]
    outside = np.maximum(low - y, 0) + np.maximum(y - high, 0)
    found = {
        "covered": ((low <= y) & (y <= high)).mean(),
        "width": (high - low).mean(),
        "score": ((high - low) + 2 / (1 - LEVEL) * outside).mean(),
    }
    return {name: round(float(value), 12) for name, value in found.items()}


def region_bootstrap(
    covered: pd.Series, rng: np.random.Generator, level: float = 0.95, times: int = 20_000
) -> tuple[float, float]:
    """The interval of the pooled coverage when whole regions are drawn with replacement.

    >>> region_bootstrap(pd.Series([0.9, 0.9]), np.random.default_rng(1))
    (0.9, 0.9)
    """
    values = covered.to_numpy(float)
    means = values[rng.integers(0, len(values), (times, len(values)))].mean(axis=1)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _rival(given: References, others: References, region: str, delta: float) -> np.ndarray:
    """Low, median and high of the FLQ multipliers times the other regions' ratios."""
    outputs = given.outputs.loc[[region, *others.tables]]
    found = regional_multipliers(given.A, outputs, given.national_output, "flq", delta)
    excess = np.asarray(found) - 1
    wanted = np.array([others.multipliers(name) for name in others.tables]) - 1
    some = (excess[1:] > 0) & (wanted > 0)
    return 1 + excess[0] * np.quantile(wanted[some] / excess[1:][some], ENDS)[:, np.newaxis]


def _biases(
    given: References, region: str, delta: float, wanted: pd.Series, buys: np.ndarray
) -> dict[str, float]:
    """Mean relative error of the output multipliers by each method."""
    x = given.output(region)
    found = {}
    for method in METHODS:
        m = np.asarray(regional_multipliers(given.A, x, given.national_output, method, delta))
        found[method] = float((m / wanted.to_numpy() - 1)[buys].mean())
    return found
