"""The table of draws: a row a draw, a column a parameter, each column with its own chance."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from songhua.errors import Fault, SonghuaError
from songhua.labels import align
from songhua.maths.fault_kinds import (
    EnsembleDistribution,
    EnsembleNumber,
    EnsembleRange,
    EnsembleShares,
)

Distribution: TypeAlias = Literal["fixed", "uniform", "triangular", "normal", "lognormal"]
DISTRIBUTIONS = ("fixed", "uniform", "triangular", "normal", "lognormal")
#: `low` and `high` of a normal and a lognormal are their 5 % and 95 % points: in deviations, ±.
SPAN = 1.6448536269514722
#: Chance is kept off zero, where a normal has no end.
TINY = 2.0**-54


@dataclass(frozen=True)
class Parameter:
    """An assumption: a value and its range.

    `fixed` has no range. `uniform` lies between low and high, whatever the value; `triangular` too,
    most often near the value. `normal` and `lognormal` have the value as their median and low and
    high as their 5 % and 95 % points; where these lie at unequal distances each half has its own
    width (a lognormal's distances are ratios). A distribution without ends is cut at `least` and
    `most`, the limits of possible values, so that no draw is impossible.
    """

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    distribution: Distribution = "fixed"
    least: float = -np.inf
    most: float = np.inf

    def at(self, u: np.ndarray) -> np.ndarray:
        """The quantiles at chances from 0 to 1.

        >>> Parameter("jobs", 2, 1, 4, "lognormal").at(np.array([0.05, 0.5])).round(6).tolist()
        [1.0, 2.0]
        """
        if self.distribution == "fixed" or self.low is None or self.high is None:
            return np.full(u.shape, float(self.value))
        low, value, high = float(self.low), float(self.value), float(self.high)
        if self.distribution == "uniform":
            return low + (high - low) * u
        if self.distribution == "triangular":
            return _triangular(low, value, high, u)
        if self.distribution == "lognormal":
            first = np.log(self.least) if self.least > 0 else -np.inf
            ends = np.log(low), np.log(value), np.log(high)
            return np.exp(_cut(*ends, first, np.log(self.most), u))
        return _cut(low, value, high, self.least, self.most, u)


def generator(seed: int, *names: str | int) -> np.random.Generator:
    """A stream of chance of its own for these names: the same on every machine.

    >>> a, b = generator(7, "jobs"), generator(7, "jobs")
    >>> bool(a.random() == b.random()), bool(a.random() == generator(7, "rent").random())
    (True, False)
    """
    text = "\x1f".join(f"{type(name).__name__}:{name}" for name in names)
    digest = hashlib.sha256(text.encode()).digest()
    words = [int.from_bytes(digest[at : at + 4], "little") for at in range(0, 32, 4)]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))


def draws(parameters: Iterable[Parameter], count: int, seed: int) -> pd.DataFrame:
    """The table of draws: draw × parameter.

    Args:
        parameters: the assumptions.
        count: how many draws.
        seed: a whole number not below zero.

    Raises:
        SonghuaError: `ensemble_distribution` and `ensemble_range`, one for each parameter that is
            wrong; `labels_repeat`; `ensemble_number`.

    >>> few = draws([Parameter("rate", 0.5, 0, 1, "uniform")], 2, seed=1)
    >>> more = [Parameter("jobs", 3), Parameter("rate", 0.5, 0, 1, "uniform")]
    >>> draws(more, 3, seed=1)["rate"].head(2).equals(few["rate"])
    True
    """
    assumptions = list(parameters)
    whole("count", count, 1)
    whole("seed", seed, 0)
    align(pd.Series(0, index=pd.Index([parameter.name for parameter in assumptions], dtype=object)))
    faults = [fault for parameter in assumptions for fault in distribution_faults(parameter)]
    if faults:
        raise SonghuaError(*faults)
    columns = {
        parameter.name: parameter.at(_chance(count, seed, parameter.name))
        for parameter in assumptions
    }
    return pd.DataFrame(columns, pd.RangeIndex(count, name="draw"))


def dirichlet(
    shares: pd.Series, concentration: float, count: int, seed: int, name: str
) -> pd.DataFrame:
    """Draws of shares that add up to one: draw × label.

    Shares have the given ones as their means, and variance s (1 - s) / (concentration + 1). Each
    label has its own stream, (seed, name, label).

    Args:
        shares: the means, not below zero; divided by their sum. A share of zero stays zero.
        concentration: how sure one is, above zero; as many as so many observations.
        count: how many draws.
        seed: as in `draws`.
        name: what the shares are of.

    Raises:
        SonghuaError: `ensemble_shares`; `ensemble_number`; `labels_repeat`.

    >>> shares = dirichlet(pd.Series({"food": 3, "steel": 1}), 20, 4000, 1, "output")
    >>> shares.mean().round(2).to_dict(), bool(np.allclose(shares.sum(axis=1), 1))
    ({'food': 0.75, 'steel': 0.25}, True)
    """
    from scipy.special import gammaincinv

    align(shares)
    whole("count", count, 1)
    whole("seed", seed, 0)
    values = shares.to_numpy(float)
    fine = np.isfinite(values).all() and (values >= 0).all() and values.sum() > 0
    if not fine or not 0 < concentration < np.inf:
        raise SonghuaError(EnsembleShares(name=name))
    alpha = concentration * values / values.sum()
    streams = [generator(seed, name, str(label)).random(count) for label in shares.index]
    gamma = np.array(
        [gammaincinv(a, u) if a > 0 else u * 0 for a, u in zip(alpha, streams, strict=True)]
    )
    index = pd.RangeIndex(count, name="draw")
    return pd.DataFrame((gamma / gamma.sum(axis=0)).T, index, shares.index)


def whole(name: str, number: int, least: int) -> None:
    """Raise `ensemble_number`, unless it is a whole number of at least so much.

    >>> whole("draws", 2, 1)
    >>> whole("draws", 0, 1)
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: draws is 0. Give a whole number of at least 1.
    """
    if isinstance(number, bool) or not isinstance(number, (int, np.integer)) or number < least:
        raise SonghuaError(EnsembleNumber(name=name, given=number, least=least))


def _chance(count: int, seed: int, name: str) -> np.ndarray:
    """Numbers between 0 and 1, neither of them included."""
    return np.maximum(generator(seed, name).random(count), TINY)


def _halves(low: float, value: float, high: float, u: np.ndarray) -> np.ndarray:
    """A normal whose two halves may have unlike widths."""
    from scipy.special import ndtri

    z = ndtri(u) / SPAN
    return value + z * np.where(z < 0, value - low, high - value)


def _cut(
    low: float, value: float, high: float, least: float, most: float, u: np.ndarray
) -> np.ndarray:
    """The quantiles of the part between two ends of a normal with halves of its own."""
    first, last = (_chance_of(low, value, high, end) for end in (least, most))
    return _halves(low, value, high, first + u * (last - first)).clip(least, most)


def _chance_of(low: float, value: float, high: float, end: float) -> float:
    """The chance of lying below a number."""
    from scipy.special import ndtr

    width = value - low if end < value else high - value
    if np.isinf(end) or width == 0:
        return float(end >= value)
    return float(ndtr(SPAN * (end - value) / width))


def _triangular(low: float, value: float, high: float, u: np.ndarray) -> np.ndarray:
    """The quantiles of a triangle."""
    whole, left, right = high - low, value - low, high - value
    turn = left / whole if whole else 0.0
    return np.where(
        u <= turn, low + np.sqrt(u * whole * left), high - np.sqrt((1 - u) * whole * right)
    )


def distribution_faults(parameter: Parameter) -> list[Fault]:
    """The faults of a parameter: of its distribution, or of its ends; none where it can be drawn.

    >>> [fault.code for fault in distribution_faults(Parameter("rate", 2, 3, 4, "uniform"))]
    ['ensemble_range']
    """
    distribution = parameter.distribution
    if distribution not in DISTRIBUTIONS:
        choices = tuple(DISTRIBUTIONS)
        return [EnsembleDistribution(column=parameter.name, given=distribution, choices=choices)]
    fixed = distribution == "fixed"
    ends = [parameter.value] if fixed else [parameter.low, parameter.value, parameter.high]
    numbers = [np.nan if end is None else float(end) for end in ends]
    fine = np.isfinite(numbers).all() and numbers == sorted(numbers)
    if not fine or (distribution == "lognormal" and numbers[0] <= 0):
        low, value, high = str(parameter.low), str(parameter.value), str(parameter.high)
        return [EnsembleRange(column=parameter.name, low=low, value=value, high=high)]
    return []
