"""A region's table from the nation's: location quotients, CHARM, and many regions at once.

None of these tables was observed. `songhua.maths.regional_error` has the distance of such estimates
from reference tables, and draws with the error.
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
