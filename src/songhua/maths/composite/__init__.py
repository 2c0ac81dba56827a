"""Composite indices: treat, impute, normalise, weight, aggregate; and how far ranks can move.

Frames are units (rows) x indicators (columns). Every step is a pure function that gives a frame
or a series; what it did, or could not do, is added to the list passed as `notes`.
"""

from songhua.maths.composite.aggregate import (
    aggregate_arithmetic,
    aggregate_geometric,
    aggregate_tree,
    rank,
)
from songhua.maths.composite.audit import audit, availability, strengths
from songhua.maths.composite.build import Composite, Recipe, build, effective_weights
from songhua.maths.composite.fill import denominate, impute, screen
from songhua.maths.composite.normalise import (
    normalise_goalposts,
    normalise_minmax,
    normalise_percentile,
    normalise_rank,
    normalise_z,
)
from songhua.maths.composite.notes import Note
from songhua.maths.composite.ranges import Ranges, Refused, rank_ranges
from songhua.maths.composite.shares import factorial_shares
from songhua.maths.composite.treat import (
    has_outliers,
    kurtosis,
    log_coin,
    skewness,
    treat,
    winsorise,
)
from songhua.maths.composite.weigh import (
    weight_critic,
    weight_entropy,
    weight_equal,
    weight_given,
    weight_pca,
)

__all__ = [
    "Composite",
    "Note",
    "Ranges",
    "Recipe",
    "Refused",
    "aggregate_arithmetic",
    "aggregate_geometric",
    "aggregate_tree",
    "audit",
    "availability",
    "build",
    "denominate",
    "effective_weights",
    "factorial_shares",
    "has_outliers",
    "impute",
    "kurtosis",
    "log_coin",
    "normalise_goalposts",
    "normalise_minmax",
    "normalise_percentile",
    "normalise_rank",
    "normalise_z",
    "rank",
    "rank_ranges",
    "screen",
    "skewness",
    "strengths",
    "treat",
    "weight_critic",
    "weight_entropy",
    "weight_equal",
    "weight_given",
    "weight_pca",
    "winsorise",
]
