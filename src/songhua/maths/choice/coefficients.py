"""A regression as it is kept: without its samples, with the doubt of its coefficients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from songhua.maths.choice.events import Array
from songhua.maths.choice.scores import LONGEST, Logistic


@dataclass(frozen=True)
class Coefficients:
    """A logistic regression with the covariance of its coefficients under a bootstrap."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]

    @classmethod
    def of(cls, found: Logistic) -> Coefficients:
        """The fit without its samples."""
        size = len(found.coefficients)
        spread = np.cov(found.draws.T) if len(found.draws) > 1 else np.zeros((size, size))
        return cls(
            tuple(found.mean.tolist()), tuple(found.scale.tolist()),
            tuple(found.coefficients.tolist()), tuple(map(tuple, spread.tolist())),
        )  # fmt: skip

    def design(self, columns: Array) -> Array:
        """A column of ones, and standardised features."""
        apart = (columns - np.array(self.mean)) / np.array(self.scale)
        return np.column_stack([np.ones(len(columns)), apart])

    def line(self, columns: Array) -> Array:
        """The log-odds of each row."""
        return np.clip(self.design(columns) @ np.array(self.weights), -LONGEST, LONGEST)

    def spread(self, columns: Array) -> Array:
        """The standard deviation of each row's log-odds."""
        rows = self.design(columns)
        return np.sqrt(
            np.maximum(np.einsum("ij,jk,ik->i", rows, np.array(self.covariance), rows), 0)
        )
