"""Indices of complexity: one number a region, one an industry, from presence.

The eigenvector (ECI and PCI), the reflections it is the limit of, and fitness. Empty or wholly
unknown rows and columns are left out and have a missing number; partly unknown ones are refused.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from songhua.maths.complexity.core import Indices, core
from songhua.maths.complexity.eigen import second_vectors, sign
from songhua.maths.input_output.arrays import choice
from songhua.maths.levels import ratio

SCALES = ("regions", "each")


def complexity_indices(presence: pd.DataFrame, scale: str = "regions") -> Indices:
    """The economic complexity index of regions (ECI) and that of industries (PCI).

    The eigenvectors of the second largest eigenvalue of D^-1 M U^-1 M' and of U^-1 M' D^-1 M,
    with D the regions' diversity and U the industries' ubiquity: a region's index is the mean of
    those of the industries that it has. Sign: ECI rises with diversity (Pearson; where that is
    the same everywhere, PCI falls with ubiquity).

    Args:
        presence: 0, 1 or missing, region by industry.
        scale: `regions`, where the mean and the standard deviation of the regions scale both, so
            that ECI stays the mean of PCI; or `each`, where each has mean 0 and standard
            deviation 1 and PCI falls with ubiquity. Deviations divide by n.

    Returns:
        The regions' and the industries' index; missing for what is empty or not known at all.

    Raises:
        SonghuaError: `complexity_groups`, when regions and industries fall into groups that share
            nothing; `complexity_tied`, when no eigenvector is singled out; `complexity_sign`,
            when neither diversity nor ubiquity tells the sign; `io_choice`,
            `presence_incomplete`, `presence_empty`, `presence_impossible`,
            `levels_not_numbers`, `labels_repeat`.

    Source: C. A. Hidalgo and R. Hausmann, The Building Blocks of Economic Complexity, PNAS
    106(26), 2009; R. Hausmann, C. A. Hidalgo et al., The Atlas of Economic Complexity, 2014.

    >>> presence = pd.DataFrame([[1, 1, 1], [1, 1, 0], [1, 0, 0]], list("abc"), ["x", "y", "z"])
    >>> regions, industries = complexity_indices(presence)
    >>> (regions.round(4) + 0.0).to_dict()
    {'a': 1.2247, 'b': 0.0, 'c': -1.2247}
    >>> industries.round(4).to_dict()
    {'x': -1.2247, 'y': 1.2247, 'z': 3.6742}
    """
    choice("scale", scale, SCALES)
    part = core(presence)
    regions, industries = second_vectors(part)
    if scale == "each":
        rises = sign(industries, part.ubiquity) > 0
        industries = -industries if rises else industries
        return part.indices(standard(regions), standard(industries))
    mean, spread = regions.mean(), regions.std()
    return part.indices((regions - mean) / spread, (industries - mean) / spread)


def standard(values: np.ndarray, sample: bool = False) -> np.ndarray:
    """Mean 0 and standard deviation 1 of those known, divided by n, or for a sample by n - 1.

    >>> standard(np.array([1.0, 3.0])).tolist()
    [-1.0, 1.0]
    """
    return (values - np.nanmean(values)) / np.nanstd(values, ddof=int(sample))


def reflections(presence: pd.DataFrame, steps: int = 18, rescaled: bool = False) -> Indices:
    """Diversity and ubiquity reflected in each other: the means of the means, so often.

    k_r,0 is diversity and k_i,0 ubiquity; k_r,n is the mean of k_i,n-1 over the industries of r,
    and k_i,n the mean of k_r,n-1 over the regions of i. After an even number of steps a region's
    is a corrected diversity, after an odd number a mean ubiquity. They approach a constant, and
    what is left beside it approaches the eigenvector, with fewer digits at every step.

    Args:
        presence: 0, 1 or missing, region by industry.
        steps: how often.
        rescaled: whether from the third step on each lies between 0 and 100, as in EconGeo.

    Returns:
        The regions' and the industries' numbers, in counts unless rescaled.

    Raises:
        SonghuaError: `presence_incomplete`, `presence_empty`, `presence_impossible`,
            `levels_not_numbers`, `labels_repeat`.

    Source: C. A. Hidalgo and R. Hausmann, The Building Blocks of Economic Complexity, PNAS
    106(26), 2009.

    >>> presence = pd.DataFrame([[1, 1], [1, 0]], index=["a", "b"], columns=["food", "steel"])
    >>> regions, industries = reflections(presence, 1)
    >>> regions.to_dict(), industries.to_dict()
    ({'a': 1.5, 'b': 2.0}, {'food': 1.5, 'steel': 2.0})
    """
    part = core(presence)
    return part.indices(*reflected(part.values, steps, rescaled))


def reflected(
    values: np.ndarray, steps: int, rescaled: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """The same of an array without gaps.

    >>> [part.tolist() for part in reflected(np.array([[1.0, 1.0], [1.0, 0.0]]), 1)]
    [[1.5, 2.0], [1.5, 2.0]]
    """
    diversity, ubiquity = values.sum(axis=1), values.sum(axis=0)
    regions, industries = diversity, ubiquity
    for step in range(steps):
        regions, industries = values @ industries / diversity, values.T @ regions / ubiquity
        if rescaled and step >= 2:
            regions, industries = _to_hundred(regions), _to_hundred(industries)
    return regions, industries


def _to_hundred(values: np.ndarray) -> np.ndarray:
    """From 0, the least, to 100; missing where all are the same."""
    return ratio(values - values.min(), np.ptp(values)) * 100


def fitness(
    presence: pd.DataFrame,
    steps: int = 20,
    tolerance: float = 0.0,
    together: bool = True,
) -> Indices:
    """The fitness of regions and the complexity of industries.

    F_r = sum_i M_ri Q_i and Q_i = 1 / sum_r (M_ri / F_r), each divided by its mean at every step,
    from F = Q = 1 on: an industry is as complex as the least fit region that has it lets it be.
    In many tables some approach zero and never arrive, so that the number of steps belongs to
    the result.

    Args:
        presence: 0, 1 or missing, region by industry.
        steps: how often, at most.
        tolerance: stops when neither changes by more than this share of its greatest.
        together: whether Q takes the F of the step before, as published; or that of this step.

    Returns:
        Fitness and complexity, each with mean 1; missing for what is empty or not known at all.

    Raises:
        SonghuaError: `presence_incomplete`, `presence_empty`, `presence_impossible`,
            `levels_not_numbers`, `labels_repeat`.

    Source: A. Tacchella, M. Cristelli, G. Caldarelli, A. Gabrielli and L. Pietronero, A New Metrics
    for Countries' Fitness and Products' Complexity, Scientific Reports 2, 2012.

    >>> presence = pd.DataFrame([[1, 1], [1, 0]], index=["a", "b"], columns=["food", "steel"])
    >>> regions, industries = fitness(presence, steps=1)
    >>> regions.round(4).to_dict(), industries.round(4).to_dict()
    ({'a': 1.3333, 'b': 0.6667}, {'food': 0.6667, 'steel': 1.3333})
    """
    part = core(presence)
    values, least = part.values, np.finfo(float).tiny
    fit, complexity = np.ones(len(values)), np.ones(values.shape[1])
    for _ in range(steps):
        new = values @ complexity
        new = np.maximum(new / new.mean(), least)
        hard = 1 / ((1 / (fit if together else new)) @ values)
        hard = np.maximum(hard / hard.mean(), least)
        moved = max(
            np.abs(new - fit).max() / fit.max(), np.abs(hard - complexity).max() / complexity.max()
        )
        fit, complexity = new, hard
        if moved < tolerance:
            break
    return part.indices(fit, complexity)
