"""Likely values of cells: normal logarithms of ratios, independent of each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from songhua.errors import SonghuaError
from songhua.maths.accounts.constraints import Cell
from songhua.maths.accounts.fault_kinds import LogRatioWrong


@dataclass(frozen=True)
class LogRatio:
    """log(sum of `of`) - log(sum of `per`) is normal about `mean` with deviation `sd`.

    Attributes:
        name: what it is called.
        of: the weight of each cell above, none below nought.
        mean: the mean of the logarithm.
        sd: its standard deviation.
        per: the weight of each cell below; without, the logarithm is of the sum itself.

    Raises:
        SonghuaError: `log_ratio`, where a weight is below nought or none is above it, the mean is
            no number, or the deviation is not above nought.

    >>> LogRatio("food in all", {"food": 1}, -2.3, 0.5, {"food": 1, "steel": 1}).sd
    0.5
    """

    name: str
    of: Mapping[Cell, float]
    mean: float
    sd: float
    per: Mapping[Cell, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a ratio without a logarithm."""
        above, below = [*self.of.values()], [*self.per.values()]
        weights = np.array([*above, *below], dtype=float)
        sound = np.isfinite(weights).all() and (weights >= 0).all() and max(above, default=0) > 0
        sound = sound and (not below or max(below) > 0)
        if not (sound and np.isfinite(self.mean) and 0 < self.sd < np.inf):
            raise SonghuaError(LogRatioWrong(name=self.name))


class LogRatios:
    """Log ratios of the same cells, laid out to be evaluated at many draws.

    Attributes:
        of: ratios × cells, the weights above.
        mean: of each ratio; sd: of each.
        per: sums below × cells; a row of noughts stands for no sum below.
        below: for each ratio the row of `per` that stands below it.

    >>> half = LogRatio("a in all", {"a": 1}, 0.0, 0.5, {"a": 1, "b": 1})
    >>> ratios = LogRatios(("a", "b"), [half])
    >>> at = np.array([[1.0, 1.0], [3.0, 1.0]])  # two draws: a is a quarter, and a half
    >>> ratios.log_density(at).round(4).tolist(), float(round(-np.log(0.25) ** 2 / 0.5**2 / 2, 4))
    ([-3.8436, -0.9609], -3.8436)
    """

    def __init__(self, cells: Sequence[Cell], ratios: Sequence[LogRatio]) -> None:
        """Lay the weights out as matrices."""
        at = {cell: column for column, cell in enumerate(cells)}
        self.of = np.zeros((len(ratios), len(cells)))
        rows: dict[bytes, int] = {}
        sums: list[np.ndarray] = []
        below: list[int] = []
        for k, ratio in enumerate(ratios):
            for cell, weight in ratio.of.items():
                self.of[k, at[cell]] = weight
            under = np.zeros(len(cells))
            for cell, weight in ratio.per.items():
                under[at[cell]] = weight
            if under.tobytes() not in rows:
                rows[under.tobytes()] = len(sums)
                sums.append(under)
            below.append(rows[under.tobytes()])
        self.per = np.array(sums).reshape(-1, len(cells))
        self.below = np.array(below, dtype=int)
        self.mean = np.array([ratio.mean for ratio in ratios])
        self.sd = np.array([ratio.sd for ratio in ratios])
        self._one = (self.per == 0).all(axis=1).astype(float)[:, None]

    def sums(self, cells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The sum above each ratio at some draws, and each sum below; one where there is none."""
        return self.of @ cells, self.per @ cells + self._one

    def z(self, above: np.ndarray, below: np.ndarray) -> np.ndarray:
        """The distance of each ratio from its mean, in deviations, where these are the sums."""
        log_ratio = np.log(above) - np.log(below)[self.below]
        return (log_ratio - self.mean[:, None]) / self.sd[:, None]

    def log_density(self, cells: np.ndarray) -> np.ndarray:
        """The logarithm of the density of log cells at each draw, but for a constant."""
        return -0.5 * (self.z(*self.sums(cells)) ** 2).sum(axis=0)
