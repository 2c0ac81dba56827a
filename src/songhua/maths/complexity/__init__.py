"""Complexity and relatedness: which industries go together, and what a region's set tells.

Quotients become presence, presence proximity and density. Frames are region by industry (§7).
"""

from songhua.maths.complexity.density import demeaned, density
from songhua.maths.complexity.presence import (
    Gaps,
    diversity,
    gaps,
    population_quotients,
    presence,
    ubiquity,
)
from songhua.maths.complexity.proximity import (
    association,
    co_occurrence,
    linkage_proximity,
    proximity,
    quotient_proximity,
)
from songhua.maths.specialisation import location_quotients

__all__ = [
    "Gaps",
    "association",
    "co_occurrence",
    "demeaned",
    "density",
    "diversity",
    "gaps",
    "linkage_proximity",
    "location_quotients",
    "population_quotients",
    "presence",
    "proximity",
    "quotient_proximity",
    "ubiquity",
]
