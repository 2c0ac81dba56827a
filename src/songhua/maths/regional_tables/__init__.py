"""A region's table from the nation's: location quotients, CHARM, and many regions at once.

None of these tables was observed. How far such estimates lie from reference tables, and draws
that carry the error along, are in `songhua.maths.regional_error`.
"""

from songhua.maths.regional_tables.batch import draw_multipliers, regional_multipliers
from songhua.maths.regional_tables.charm import Charm, charm
from songhua.maths.regional_tables.methods import aflq, cilq, flq, simple_lq

__all__ = [
    "Charm",
    "aflq",
    "charm",
    "cilq",
    "draw_multipliers",
    "flq",
    "regional_multipliers",
    "simple_lq",
]
