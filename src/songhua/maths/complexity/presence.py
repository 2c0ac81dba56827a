"""Presence of industries in regions: quotients, presence, diversity and ubiquity.

Frames have a row per region and a column per industry (§7). A quotient of the first kind, the
revealed comparative advantage of trade, is the location quotient of
`songhua.maths.specialisation.location_quotients`.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.maths.complexity.fault_kinds import PresenceImpossible
from songhua.maths.levels import ROUNDING, by_row, nation, nonzero, periods, sizes


def population_quotients(
    frame: pd.DataFrame,
    population: pd.Series,
    reference: pd.Series | pd.DataFrame | None = None,
    reference_population: float | None = None,
) -> pd.DataFrame:
    """An industry's level a head in each region over its level a head in the reference (RPOP).

    (e_ri / p_r) / (E_i / P): 1 where the region has as much of it a head as the reference.

    Args:
        frame: levels, region by industry; or a panel.
        population: persons by region, labelled as the rows.
        reference: the nation's levels by industry; the frame's own sums, if not given.
        reference_population: the nation's persons; the sum of the population, if not given.

    Returns:
        The quotients, labelled as the frame; missing where the population is zero or missing,
        and everywhere when the sum of the populations is not known.

    Raises:
        SonghuaError: `labels_differ`, `labels_repeat`, `level_impossible`, `levels_not_numbers`,
            `reference_periods`.

    Source: R. Hausmann, C. A. Hidalgo et al., The Atlas of Economic Complexity, 2014.

    >>> frame = pd.DataFrame({"food": [30, 10], "steel": [0, 40]}, index=["here", "there"])
    >>> population_quotients(frame, pd.Series({"here": 100, "there": 300}))["food"].round(6).to_dict()
    {'here': 3.0, 'there': 0.333333}
    """  # noqa: E501
    values, persons = sizes(frame), by_row(frame, population)
    quotients = np.empty_like(values)
    national = nation(frame, values, reference)
    for (_, rows), level in zip(periods(frame.index), national, strict=True):
        total = persons[rows].sum() if reference_population is None else reference_population
        quotients[rows] = values[rows] / nonzero(persons[rows])[:, np.newaxis]
        quotients[rows] /= nonzero(level / nonzero(total))
    return pd.DataFrame(quotients, index=frame.index, columns=frame.columns, copy=False)


def presence(
    quotients: pd.DataFrame, threshold: float = 1.0, rounding: float = ROUNDING
) -> pd.DataFrame:
    """Presence of an industry: 1 from the threshold on, 0 below, missing where not known.

    Args:
        quotients: location quotients or others, region by industry.
        threshold: the least quotient that counts.
        rounding: what share of the threshold a quotient may lack because it is computed: a
            quotient of 1 is often computed as a little less. With 0 as in other packages.

    Raises:
        SonghuaError: `level_impossible`, `levels_not_numbers`, `labels_repeat`.

    >>> presence(pd.DataFrame({"food": [2.0, 1 - 1e-16, None], "steel": [0.5, 1.0, 0.9]}))
       food  steel
    0   1.0    0.0
    1   1.0    1.0
    2   NaN    0.0
    """
    values = sizes(quotients)
    present = (values >= threshold * (1 - rounding)).astype(float)
    if np.isnan(values.min(initial=0.0)):
        present[np.isnan(values)] = np.nan
    return pd.DataFrame(present, index=quotients.index, columns=quotients.columns, copy=False)


def zeros_and_ones(table: pd.DataFrame) -> np.ndarray:
    """The values of a table of presence.

    Raises:
        SonghuaError: `presence_impossible`, when one is neither 0 nor 1 nor missing;
            `levels_not_numbers`, `labels_repeat`.

    >>> zeros_and_ones(pd.DataFrame({"food": [1, 0]})).tolist()
    [[1.0], [0.0]]
    """
    values = sizes(table)
    if np.count_nonzero(values == 1) == np.count_nonzero(values):
        return values
    odd = (values != 0) & (values != 1) & ~np.isnan(values)
    if odd.any():
        row, column = np.argwhere(odd)[0]
        label = (str(table.index[row]), str(table.columns[column]))
        raise SonghuaError(
            PresenceImpossible(value=float(values[row, column]), label=label, n=int(odd.sum()))
        )
    return values


def diversity(presence: pd.DataFrame) -> pd.Series:
    """The number of industries that each region has; missing where presence of one is not known.

    Raises:
        SonghuaError: `presence_impossible`, `levels_not_numbers`, `labels_repeat`.

    Source: C. A. Hidalgo and R. Hausmann, The Building Blocks of Economic Complexity, PNAS
    106(26), 2009.

    >>> diversity(pd.DataFrame({"food": [1, 1], "steel": [1, 0]}, index=["a", "b"])).to_dict()
    {'a': 2.0, 'b': 1.0}
    """
    counts = zeros_and_ones(presence).sum(axis=1)
    return pd.Series(counts, index=presence.index, name="diversity")


def ubiquity(presence: pd.DataFrame) -> pd.Series:
    """The number of regions that have each industry; missing where presence in one is not known.

    Faults and source as `diversity`.

    >>> ubiquity(pd.DataFrame({"food": [1, 1], "steel": [1, 0]})).to_dict()
    {'food': 2.0, 'steel': 1.0}
    """
    counts = zeros_and_ones(presence).sum(axis=0)
    return pd.Series(counts, index=presence.columns, name="ubiquity")


@dataclass(frozen=True)
class Gaps:
    """Gaps of a table of presence: by name, never in silence (§2)."""

    #: Regions that have none of the industries, and industries that are nowhere.
    empty_regions: tuple[Hashable, ...]
    empty_industries: tuple[Hashable, ...]
    #: Regions and industries of which nothing is known, and how many other cells are not known.
    missing_regions: tuple[Hashable, ...]
    missing_industries: tuple[Hashable, ...]
    missing_cells: int


def gaps(presence: pd.DataFrame) -> Gaps:
    """Regions and industries that are empty, and cells that are not known.

    Faults as `diversity`.

    >>> gaps(pd.DataFrame({"food": [1, None], "steel": [0, None]}, index=["a", "b"]))
    Gaps(empty_regions=(), empty_industries=('steel',), missing_regions=('b',), missing_industries=(), missing_cells=0)
    """  # noqa: E501
    return gaps_of(zeros_and_ones(presence), presence.index, presence.columns)


def gaps_of(values: np.ndarray, index: pd.Index, columns: pd.Index) -> Gaps:
    """The same of checked values and their labels.

    >>> gaps_of(np.array([[1.0, 0.0]]), pd.Index(["a"]), pd.Index(["b", "c"])).empty_industries
    ('c',)
    """
    diversity, ubiquity = values.sum(axis=1), values.sum(axis=0)
    rows, across, cells = np.full(len(values), True), np.full(values.shape[1], True), 0
    if np.isnan(diversity).any():
        observed = ~np.isnan(values)
        rows, across = np.any(observed, axis=1), np.any(observed, axis=0)
        diversity, ubiquity = np.nansum(values, axis=1), np.nansum(values, axis=0)
        cells = int(rows.sum() * across.sum() - observed.sum())
    return Gaps(
        empty_regions=tuple(index[rows & (diversity == 0)]),
        empty_industries=tuple(columns[across & (ubiquity == 0)]),
        missing_regions=tuple(index[~rows]),
        missing_industries=tuple(columns[~across]),
        missing_cells=cells,
    )
