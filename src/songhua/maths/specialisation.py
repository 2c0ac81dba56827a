"""Specialisation: industries of which a region has more than its reference; its one-sidedness.

Frames have a row per region and a column per industry (§7); with rows of (period, region) they
are panels, and each period is measured against its own reference. The reference is the nation's
levels by industry (a Series; for a panel a frame of period by industry), or, when none is given,
the sum of the frame's own rows. A missing level makes its region's total missing, and with it
all that rests on that total (§2). A region or an industry whose total is zero has no quotient.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from songhua.labels import align
from songhua.maths.concentration import ellison_glaeser, locational_gini, specialisation_gini
from songhua.maths.levels import (
    by_row,
    chunks,
    nation,
    nonzero,
    per_region,
    periods,
    ratio,
    shares,
    sizes,
)
from songhua.maths.quotients import quotient_bounds, quotient_interval

__all__ = [
    "ellison_glaeser",
    "hachman",
    "herfindahl",
    "krugman",
    "krugman_pairs",
    "location_quotients",
    "locational_gini",
    "quotient_bounds",
    "quotient_interval",
    "shannon_entropy",
    "specialisation_coefficient",
    "specialisation_gini",
    "symmetric_quotients",
]


def location_quotients(
    frame: pd.DataFrame,
    reference: pd.Series | pd.DataFrame | None = None,
    totals: pd.Series | None = None,
    reference_total: float | pd.Series | None = None,
) -> pd.DataFrame:
    """An industry's share in each region over its share in the reference.

    LQ = (e_ri / e_r) / (E_i / E): 1 where the region has as much of it as the reference.

    Args:
        frame: levels, region by industry; or a panel.
        reference: the nation's levels by industry; the frame's own sums, if not given.
        totals: each region's published total, where it holds more than the columns given (such
            as suppressed industries); else the sum of its row.
        reference_total: the same of the reference; a number, or a Series by period.

    Returns:
        The quotients, labelled as the frame.

    Raises:
        SonghuaError: `labels_differ`, `labels_repeat`, `reference_periods`, `level_impossible`,
            `levels_not_numbers`.

    Source: P. S. Florence, Investment, Location, and Size of Plant, 1948.

    >>> frame = pd.DataFrame({"food": [16, 8], "steel": [84, 92]}, index=["here", "there"])
    >>> location_quotients(frame, pd.Series({"food": 8, "steel": 92}))["food"].to_dict()
    {'here': 2.0, 'there': 1.0}
    """
    values = sizes(frame)
    whole = values.sum(axis=1) if totals is None else by_row(frame, totals)
    national = nation(frame, values, reference)
    reference_totals = _reference_total(frame, national, reference_total)
    quotients, whole = np.empty_like(values), nonzero(whole)[:, np.newaxis]
    for (_, rows), level, total in zip(
        periods(frame.index), national, reference_totals, strict=True
    ):
        share = nonzero(ratio(level, total))
        for part in chunks(rows, len(frame)):
            piece = values[part] / whole[part]
            piece /= share
            quotients[part] = piece
    return pd.DataFrame(quotients, index=frame.index, columns=frame.columns, copy=False)


def _reference_total(
    frame: pd.DataFrame, national: np.ndarray, published: float | pd.Series | None
) -> np.ndarray:
    """The reference's total, one a period."""
    if published is None:
        return national.sum(axis=1)
    if not isinstance(published, pd.Series):
        return sizes(pd.Series([published] * len(national)))
    labels = pd.Index([label for label, _ in periods(frame.index)])
    _, ordered = align(pd.Series(0, index=labels), published)
    return sizes(ordered)


def symmetric_quotients(
    frame: pd.DataFrame,
    reference: pd.Series | pd.DataFrame | None = None,
    totals: pd.Series | None = None,
    reference_total: float | pd.Series | None = None,
) -> pd.DataFrame:
    """Location quotients between -1 (none of it) and 1, with 0 for as much as the reference.

    (LQ - 1) / (LQ + 1). Arguments and faults as `location_quotients`.

    Source: B. Dalum, K. Laursen and G. Villumsen, Structural Change in OECD Export
    Specialisation Patterns, 1998.

    >>> frame = pd.DataFrame({"food": [75, 0], "steel": [25, 100]}, index=["here", "there"])
    >>> symmetric_quotients(frame, pd.Series({"food": 25, "steel": 75}))["food"].to_dict()
    {'here': 0.5, 'there': -1.0}
    """
    quotients = location_quotients(frame, reference, totals, reference_total)
    return (quotients - 1) / (quotients + 1)


def krugman(frame: pd.DataFrame, reference: pd.Series | pd.DataFrame | None = None) -> pd.Series:
    """Distance of each region's structure from the reference's: 0 (the same) to 2 (nothing shared).

    K = sum_i |e_ri / e_r - E_i / E|. The reference includes the region, unless it is given
    without it. Faults as `location_quotients`.

    Source: P. Krugman, Geography and Trade, 1991.

    >>> frame = pd.DataFrame({"food": [1, 0], "steel": [1, 2]}, index=["here", "there"])
    >>> krugman(frame).to_dict()
    {'here': 0.5, 'there': 0.5}
    """
    return per_region(
        frame,
        lambda regional, national: np.abs(regional - national).sum(axis=1),
        "krugman",
        reference,
    )


def krugman_pairs(frame: pd.DataFrame) -> pd.DataFrame:
    """The same between each two rows: sum_i |e_ri / e_r - e_si / e_s|.

    Rows of a panel are compared across periods too.

    Returns:
        A square frame, its rows and columns labelled as the frame's rows.

    Raises:
        SonghuaError: `labels_repeat`, `level_impossible`, `levels_not_numbers`.

    >>> krugman_pairs(pd.DataFrame({"food": [1, 0], "steel": [1, 2]}, index=["a", "b"]))
         a    b
    a  0.0  1.0
    b  1.0  0.0
    """
    structure = np.ascontiguousarray(shares(sizes(frame)))
    distances = np.empty((len(structure), len(structure)))
    for row in range(len(structure)):
        distances[row, row:] = distances[row:, row] = np.abs(structure[row:] - structure[row]).sum(
            axis=1
        )
    return pd.DataFrame(distances, index=frame.index, columns=frame.index, copy=False)


def specialisation_coefficient(
    frame: pd.DataFrame, reference: pd.Series | pd.DataFrame | None = None
) -> pd.Series:
    """The share of a region that would have to change industry to look like the reference.

    Half of `krugman`: 0 to 1. Faults as `location_quotients`.

    Source: E. M. Hoover and F. Giarratani, An Introduction to Regional Economics, 1985.

    >>> frame = pd.DataFrame({"food": [1, 0], "steel": [1, 2]}, index=["here", "there"])
    >>> specialisation_coefficient(frame).to_dict()
    {'here': 0.25, 'there': 0.25}
    """
    return (krugman(frame, reference) / 2).rename("specialisation_coefficient")


def herfindahl(frame: pd.DataFrame, normalised: bool = False) -> pd.Series:
    """One-sidedness of each region: 1/n (n industries alike) to 1 (one industry alone).

    H = sum_i (e_ri / e_r)^2; normalised (H - 1/n) / (1 - 1/n), from 0 to 1, with n the number
    of columns (missing when there is one only).

    Raises:
        SonghuaError: `labels_repeat`, `level_impossible`, `levels_not_numbers`.

    Source: O. C. Herfindahl, Concentration in the Steel Industry, 1950.

    >>> frame = pd.DataFrame([[20, 50, 20, 10]], index=["here"], columns=list("abcd"))
    >>> herfindahl(frame).round(10).to_dict()
    {'here': 0.34}
    >>> herfindahl(frame, normalised=True).round(10).to_dict()
    {'here': 0.12}
    """
    index = per_region(
        frame, lambda regional, _: np.einsum("ij,ij->i", regional, regional), "herfindahl"
    )
    if not normalised:
        return index
    least = 1 / max(frame.shape[1], 1)
    return (index - least) / (1 - least if least < 1 else np.nan)


def shannon_entropy(frame: pd.DataFrame, normalised: bool = False) -> pd.Series:
    """Many-sidedness of each region: 0 (one industry alone) to ln n (n industries alike).

    H = -sum_i s ln s with s = e_ri / e_r and 0 ln 0 = 0, in natural units; normalised H / ln n,
    from 0 to 1, with n the number of columns (missing when there is one only).

    Raises:
        SonghuaError: `labels_repeat`, `level_impossible`, `levels_not_numbers`.

    Source: C. E. Shannon, A Mathematical Theory of Communication, 1948.

    >>> frame = pd.DataFrame({"food": [5, 0], "steel": [5, 3]}, index=["here", "there"])
    >>> shannon_entropy(frame, normalised=True).to_dict()
    {'here': 1.0, 'there': 0.0}
    """
    entropy = per_region(frame, _entropy, "shannon_entropy")
    if not normalised:
        return entropy
    return entropy / (np.log(frame.shape[1]) if frame.shape[1] > 1 else np.nan)


def _entropy(regional: np.ndarray, _: np.ndarray) -> np.ndarray:
    """-sum s ln s of each row; a share of zero adds nothing."""
    logs = np.zeros_like(regional)
    np.log(regional, out=logs, where=regional != 0)
    return np.abs(np.einsum("ij,ij->i", regional, logs))


def hachman(frame: pd.DataFrame, reference: pd.Series | pd.DataFrame | None = None) -> pd.Series:
    """Likeness of each region to the reference: near 0 (nothing alike) to 1 (the same).

    1 / sum_i LQ_ri (e_ri / e_r). An industry that neither has adds nothing; one that only the
    region has leaves the index missing. Faults as `location_quotients`.

    Source: F. Hachman, Bureau of Economic and Business Research, University of Utah, 1994.

    >>> frame = pd.DataFrame({"food": [1, 1], "steel": [1, 1]}, index=["here", "there"])
    >>> hachman(frame).to_dict()
    {'here': 1.0, 'there': 1.0}
    """
    return per_region(frame, _likeness, "hachman", reference)


def _likeness(regional: np.ndarray, national: np.ndarray) -> np.ndarray:
    """1 / sum s^2 / S of each row."""
    weight = ratio(1.0, national)
    both_lack = national == 0
    if both_lack.any():
        weight = np.where(both_lack, 0.0, weight)
    likeness = ratio(1.0, np.einsum("ij,ij,j->i", regional, regional, weight))
    only_here = (regional[:, both_lack] > 0).any(axis=1)
    return np.where(only_here, np.nan, np.minimum(likeness, 1.0))
