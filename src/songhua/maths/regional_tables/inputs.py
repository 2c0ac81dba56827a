"""Inputs of every method: national coefficients, and output of the region and the nation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.maths.fault_kinds import RegionalAboveNation
from songhua.maths.input_output.arrays import Matrix, Vector, active, refuse_missing, square, vector
from songhua.maths.levels import nonzero, sizes

#: By how much a region may pass the nation before it is a fault: rounding of published figures.
ROUNDING = 1e-3


@dataclass(frozen=True)
class RegionalInputs:
    """Arrays in one order, checked.

    `A` is industry × industry with zeros where the nation has no output; `x` is region ×
    industry; `regions` is None where one region was given as a series.
    """

    A: np.ndarray
    x: np.ndarray
    national: np.ndarray
    labels: pd.Index
    regions: pd.Index | None

    @cached_property
    def quotients(self) -> np.ndarray:
        """Location quotients, region × industry; zero where the region has none of it."""
        shares = self.x / nonzero(self.x.sum(axis=1))[:, np.newaxis]
        nation = nonzero(self.national / self.national.sum())
        return np.nan_to_num(shares / nation)

    @cached_property
    def size(self) -> np.ndarray:
        """Each region's share of the nation's output."""
        return self.x.sum(axis=1) / self.national.sum()

    def weight(self, delta: float) -> np.ndarray:
        """Flegg's weight of a region's size, log2(1 + share) ** delta."""
        return np.log2(1 + self.size) ** delta

    def framed(self, tables: np.ndarray) -> pd.DataFrame:
        """Tables as a frame; columns of industries without output here are missing."""
        tables[~np.broadcast_to((self.x > 0)[:, np.newaxis], tables.shape)] = np.nan
        if self.regions is None:
            return pd.DataFrame(tables[0], self.labels, self.labels)
        index = pd.MultiIndex.from_product(
            [self.regions, self.labels], names=[self.regions.name, self.labels.name]
        )
        return pd.DataFrame(tables.reshape(-1, len(self.labels)), index, self.labels)


def regional_inputs(
    national_A: Matrix, regional_output: Matrix | Vector, national_output: Vector
) -> RegionalInputs:
    """National coefficients and outputs, checked and aligned.

    Raises:
        SonghuaError: `regional_above_nation`, when a region has more of an industry than the
            nation; `io_missing`, `io_length`, `io_not_square`, `labels_differ`,
            `labels_repeat`, `level_impossible`, `levels_not_numbers`.

    >>> inputs = regional_inputs([[0.1, 0.2], [0.3, 0.4]], [10, 30], [100, 100])
    >>> inputs.quotients.tolist(), inputs.size.tolist()  # 1/4 and 3/4 by 1/2, 40 of 200
    ([[0.5, 1.5]], [0.2])
    """
    values, labels = square(national_A)
    has_output = active(values, labels, whole=0)
    values = np.ascontiguousarray(np.where(has_output, values, 0.0))
    national = sizes(pd.Series(vector(national_output, labels), labels))
    x, regions = _outputs(regional_output, labels)
    refuse_missing(~np.isfinite(national), labels)
    refuse_missing(~np.isfinite(x), range(len(x)) if regions is None else regions, labels)
    above = np.argwhere(x > np.where(has_output, national, 0) * (1 + ROUNDING))
    if len(above):
        row, column = above[0]
        raise SonghuaError(
            RegionalAboveNation(
                label=str(labels[column]),
                region="" if regions is None else str(regions[row]),
                n=len(above),
            )
        )
    return RegionalInputs(values, x, national, labels, regions)


def _outputs(output: Matrix | Vector, labels: pd.Index) -> tuple[np.ndarray, pd.Index | None]:
    """Outputs as region × industry, and the regions' labels if it was a table."""
    if isinstance(output, pd.DataFrame):
        columns = vector(pd.Series(range(output.shape[1]), output.columns), labels).astype(int)
        return sizes(output.iloc[:, columns]), output.index
    if not isinstance(output, pd.Series) and np.ndim(output) == 2:
        return _outputs(pd.DataFrame(np.asarray(output), columns=labels), labels)
    return sizes(pd.Series(vector(output, labels), labels))[np.newaxis], None
