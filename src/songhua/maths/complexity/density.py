"""Relatedness density: the share of an industry's near industries that a region has."""

from __future__ import annotations

import pandas as pd

from songhua.maths.complexity import kernels
from songhua.maths.complexity.presence import zeros_and_ones
from songhua.maths.complexity.proximity import in_order
from songhua.maths.levels import sizes


def density(presence: pd.DataFrame, proximity: pd.DataFrame) -> pd.DataFrame:
    """The share of the industries related to each industry that each region has, by proximity.

    d_ri = sum_j M_rj φ_ji / sum_j φ_ji, both sums over the industries whose presence in the region
    is known. The diagonal of φ decides if the industry itself counts.
    Much of it is how diverse the region and how ubiquitous the industry is: see `demeaned`.

    Args:
        presence: 0, 1 or missing, region by industry.
        proximity: industry by industry, as of `proximity`; a missing one counts as none.

    Returns:
        0 to 1, labelled as the presence; missing for an industry that is related to none, and
        for a region of which nothing is known.

    Raises:
        SonghuaError: `presence_impossible`, `labels_differ`, `labels_repeat`, `io_not_square`,
            `levels_not_numbers`.

    Source: C. A. Hidalgo, B. Klinger, A.-L. Barabási and R. Hausmann, The Product Space
    Conditions the Development of Nations, Science 317, 2007.

    >>> near = pd.DataFrame([[0, 0.5], [0.5, 0]], index=["food", "steel"], columns=["food", "steel"])
    >>> density(pd.DataFrame({"food": [1], "steel": [0]}, index=["here"]), near)
          food  steel
    here   0.0    1.0
    """  # noqa: E501
    values = zeros_and_ones(presence)
    near = in_order(proximity, presence.columns)
    densities = kernels.related_share(values, near)
    return pd.DataFrame(densities, index=presence.index, columns=presence.columns, copy=False)


def demeaned(density: pd.DataFrame) -> pd.DataFrame:
    """Density beyond what the region's diversity and the industry's ubiquity would give.

    d_ri - mean_r - mean_i + mean, so that each row and each column sums to zero; where some are
    missing, the residuals of row and column effects fitted to the others by least squares.

    Args:
        density: region by industry.

    Returns:
        Labelled as the density; above zero where the region has more of what is related to the
        industry than both lead to expect.

    Raises:
        SonghuaError: `level_impossible`, `levels_not_numbers`, `labels_repeat`.

    >>> demeaned(pd.DataFrame({"food": [0.25, 0.75], "steel": [0.5, 0.5]}))
        food  steel
    0 -0.125  0.125
    1  0.125 -0.125
    """
    residuals = kernels.double_demeaned(sizes(density))
    return pd.DataFrame(residuals, index=density.index, columns=density.columns, copy=False)
