"""A sample: draws of all cells, and measures of whether they can be relied on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from songhua.errors import SonghuaError
from songhua.maths.accounts.constraints import Cell
from songhua.maths.accounts.fault_kinds import DrawsWanted

#: Requirements of a sample: the greatest R-hat and the fewest effective draws of a cell.
R_HAT, EFFECTIVE = 1.05, 400


@dataclass(frozen=True, eq=False)
class Sample:
    """Draws of all cells, and measures of whether they can be relied on.

    Attributes:
        cells: the cells, in the order of the first axis of the draws.
        draws: cells × draws.
        r_hat: of each cell, of its rank-normalised logarithm; 1 where the chains agree.
        effective: of each cell, how many independent draws would tell as much of its middle.

    >>> drawn = Sample(("a",), np.arange(1.0, 101.0)[None], np.ones(1), np.full(1, 500.0))
    >>> drawn.quantiles([0.25, 0.5]).tolist(), drawn.thinned(4).draws.tolist(), drawn.mixed
    ([[25.75], [50.5]], [[1.0, 34.0, 67.0, 100.0]], True)
    """

    cells: tuple[Cell, ...]
    draws: np.ndarray
    r_hat: np.ndarray
    effective: np.ndarray

    @property
    def mixed(self) -> bool:
        """True where the chains agree in every cell and are worth enough draws."""
        return bool(self.r_hat.max() <= R_HAT and self.effective.min() >= EFFECTIVE)

    def quantiles(self, levels: Sequence[float]) -> np.ndarray:
        """Levels × cells: below which value of each cell such a part of the draws lies."""
        return np.quantile(self.draws, levels, axis=1)

    def thinned(self, count: int) -> Sample:
        """The same with fewer draws, evenly spaced among them: rounds and chains alike.

        Raises:
            SonghuaError: `draws_wanted`, if it holds fewer, or none are asked for.
        """
        available = self.draws.shape[1]
        if not 0 < count <= available:
            raise SonghuaError(DrawsWanted(count=count, held=available))
        chosen = np.linspace(0, available - 1, count).round().astype(int)
        return replace(self, draws=self.draws[:, chosen])
