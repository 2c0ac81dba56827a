"""Complexity and relatedness: industries that go together, and complexity of a region's set.

Quotients become presence, presence proximity and density. Frames are region by industry (§7).
"""

from songhua.maths.complexity.conventions import CONVENTIONS, Convention, Measures, measures
from songhua.maths.complexity.core import Indices
from songhua.maths.complexity.density import demeaned, density
from songhua.maths.complexity.indices import complexity_indices, fitness, reflections
from songhua.maths.complexity.outlook import gain, outlook
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
from songhua.maths.complexity.space import backbone
from songhua.maths.specialisation import location_quotients

__all__ = [
    "CONVENTIONS",
    "Convention",
    "Gaps",
    "Indices",
    "Measures",
    "association",
    "backbone",
    "co_occurrence",
    "complexity_indices",
    "demeaned",
    "density",
    "diversity",
    "fitness",
    "gain",
    "gaps",
    "linkage_proximity",
    "location_quotients",
    "measures",
    "outlook",
    "population_quotients",
    "presence",
    "proximity",
    "quotient_proximity",
    "reflections",
    "ubiquity",
]
