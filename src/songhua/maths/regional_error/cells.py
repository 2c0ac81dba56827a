"""A region's cells: what the error model knows of each before it speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from songhua.errors import Fault, SonghuaError
from songhua.labels import align
from songhua.maths.input_output.arrays import Matrix, Vector
from songhua.maths.regional_tables.inputs import Given, given
from songhua.maths.regional_tables.methods import trade_coefficients

#: Kinds of industry. The second is the base that the others are compared with.
KINDS = ("primary", "manufacturing", "utilities", "services", "public")
#: The features, in the order of the parameters.
FEATURES = (
    "constant",
    *(f"seller_{kind}" for kind in KINDS if kind != "manufacturing"),
    "quotient",
    "seller_lq",
    "coefficient",
    "size",
)
#: A trade coefficient below this counts as this, and one near the ceiling as this share of it.
LEAST, NEAR = 1e-4, 0.995


@dataclass(frozen=True)
class Cells:
    """One region's cells, ready for the model."""

    data: Given
    A: np.ndarray
    known: np.ndarray
    start: np.ndarray
    sellers: np.ndarray
    logs: np.ndarray

    @property
    def weights(self) -> np.ndarray:
        """What a cell counts in fitting: a^n_ij times the root of the buyer's share of output."""
        x = self.data.x[0]
        return np.where(self.known, self.A * np.sqrt(x / x.sum()), 0.0)


def link(t: np.ndarray, ceiling: float) -> np.ndarray:
    """ln(t / (K - t)), with t kept inside.

    >>> link(np.array([0.75]), 1.5).tolist()
    [0.0]
    """
    inside = np.clip(t, LEAST, NEAR * ceiling)
    return np.log(inside / (ceiling - inside))


def kinds_of(kinds: pd.Series | Sequence[str], labels: pd.Index) -> np.ndarray:
    """The kind of each industry.

    Raises:
        SonghuaError: `regional_kind`, for a word that is none of `KINDS`; `labels_differ`.
    """
    if isinstance(kinds, pd.Series) or len(kinds) != len(labels):
        words = kinds if isinstance(kinds, pd.Series) else pd.Series(list(kinds))
        kinds = align(pd.Series(0, index=labels), words)[1].tolist()
    ordered = np.array(list(kinds), dtype=str)
    odd = sorted(set(ordered.tolist()) - set(KINDS))
    if odd:
        params = {"given": tuple(odd), "choices": tuple(KINDS)}
        raise SonghuaError(Fault("regional_kind", params=params))
    return ordered


def cells(
    national_A: Matrix,
    regional_output: Vector,
    national_output: Vector,
    kinds: pd.Series | Sequence[str],
    delta: float,
    ceiling: float,
) -> Cells:
    """One region's cells with their features."""
    data = given(national_A, regional_output, national_output)
    named = kinds_of(kinds, data.labels)
    x = data.x[0]
    known = (data.A > 0) & (x[:, np.newaxis] > 0) & (x > 0)
    quotient = trade_coefficients(data, "flq", delta, slice(0, 1))[0]
    sellers = [np.ones(len(x)), *((named == kind) * 1.0 for kind in KINDS if kind != KINDS[1])]
    size = np.log(max(data.size[0], np.finfo(float).tiny))  # a region without output has no cells
    sellers += [np.log(data.quotients[0].clip(0.01, 100)), np.full(len(x), size)]
    return Cells(
        data,
        np.where(known, data.A, 0.0),
        known,
        link(quotient, ceiling),
        np.array(sellers).T,
        np.log(np.where(known, data.A, 1.0)),
    )
