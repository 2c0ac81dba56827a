"""Own supply: observed shares bought in the region, in place of the estimate.

A regional purchase coefficient p_i is the share of a product, bought in the region and made in the
nation, that is made in the region. Where it is observed, the region's row of the table is
a^r_ij = p_i a^n_ij (regional supply percentages, Miller and Blair 2009, 3.2): every buyer takes the
same share, since flows of goods do not tell buyers apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from songhua.labels import convert
from songhua.region import Region
from songhua.region.indicators import OWN_SUPPLY
from songhua.region.observations import Observation
from songhua.studies.series import Figures

#: Where an industry of the table and one of the region are not the same thing.
IN_PART = ("partial", "inside")


@dataclass(frozen=True, slots=True)
class OwnShare:
    """An industry of the table whose share bought in the region is observed, between 0 and 1."""

    code: str
    share: float
    observation: Observation


def own_shares(region: Region, industry: pd.Series, inclusion: pd.Series) -> tuple[OwnShare, ...]:
    """The last observed share of each industry of the table that is one of the region's, whole.

    Args:
        region: whose observations are read; indicators with `measure = "own_supply"` count.
        industry, inclusion: by code of the table, as its list of industries has them.

    >>> import songhua
    >>> region = songhua.open(songhua.example("washington")).region
    >>> codes = pd.Series({"a": "food", "b": "legal"})
    >>> whole = pd.Series("whole", codes.index)
    >>> [(industry.code, round(industry.share, 3)) for industry in own_shares(region, codes, whole)]
    [('a', 0.416)]
    """
    names = {i.id for i in region.catalogue.values() if i.measure == OWN_SUPPLY}
    if not names:
        return ()
    last = {  # in order of period, so that the last one stays
        figure.industry: figure
        for figure in Figures(region, None).regional
        if figure.indicator in names and not figure.entity
    }
    return tuple(
        OwnShare(str(code), convert(figure.value, figure.unit, "%") / 100, figure)
        for code, name, part in zip(industry.index, industry, inclusion, strict=True)
        if (figure := last.get(str(name))) is not None and part not in IN_PART
    )


def supplied(
    drawn: np.ndarray,
    estimated: np.ndarray,
    outputs: np.ndarray,
    most: np.ndarray,
    places: list[int],
    shares: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Drawn tables with the rows of some industries at their observed shares, and those shares.

    A row is multiplied by its observed over its drawn share. A share gives way where industries
    would buy more of a product than the region makes, and a whole column where it would leave
    less than its value added.

    Args:
        drawn: draws × n × n, the region's coefficients with the error of the estimate.
        estimated: draws × n, the share of a product that is bought in the region, behind them.
        outputs: draws × n, the region's output by industry. most: draws × n, the greatest sum of a
        column. places: the positions of the observed industries.
        shares: draws × places, between 0 and 1.

    Returns:
        The tables, and the shares, draws × n.

    >>> drawn, estimated = np.array([[[0.1, 0.2], [0.3, 0.1]]]), np.array([[0.5, 0.8]])
    >>> outputs, most = np.array([[10.0, 10.0]]), np.array([[0.9, 0.9]])
    >>> tables, bought_here = supplied(drawn, estimated, outputs, most, [0], np.array([[0.25]]))
    >>> tables.tolist(), bought_here.tolist()
    ([[[0.05, 0.1], [0.3, 0.1]]], [[0.25, 0.8]])
    """
    before = estimated[:, places]
    times = np.divide(shares, before, out=np.ones_like(shares), where=before > 0)
    sold = np.einsum("dpn,dn->dp", drawn[:, places], outputs)
    room = np.divide(outputs[:, places], sold, out=times.copy(), where=sold > 0)
    times = np.minimum(times, room)
    tables, bought_here = drawn.copy(), estimated.copy()
    tables[:, places] *= times[..., np.newaxis]
    bought_here[:, places] = before * times
    columns = tables.sum(axis=1)
    tables *= np.minimum(1, np.divide(most, columns, out=np.ones_like(most), where=columns > most))[
        :, np.newaxis
    ]
    return tables, bought_here
