"""Regional tables with their error: the distance of a region from its nation's structure.

`load` gives parameters with the studies that made them, `draw_region` draws possible tables of a
region and coefficients of its industries. Every country was left out in turn; `track_record` gives
the results, and `notes` the necessary cautions.
"""

from songhua.maths.regional_error.drawn_tables import (
    draw_tables,
    median_table,
    multiplier_intervals,
)
from songhua.maths.regional_error.draws import (
    TRANSFER,
    DrawnRegion,
    Nation,
    draw_region,
)
from songhua.maths.regional_error.industry_kinds import KINDS
from songhua.maths.regional_error.model import (
    PER_OUTPUT,
    SUPPLY,
    ErrorModel,
    PerOutputError,
    Study,
    notes,
    outside,
)
from songhua.maths.regional_error.parameters import load, tested_at_home, track_record
from songhua.maths.regional_error.prior import output_prior

__all__ = [
    "KINDS",
    "PER_OUTPUT",
    "SUPPLY",
    "TRANSFER",
    "DrawnRegion",
    "ErrorModel",
    "Nation",
    "PerOutputError",
    "Study",
    "draw_region",
    "draw_tables",
    "load",
    "median_table",
    "multiplier_intervals",
    "notes",
    "output_prior",
    "outside",
    "tested_at_home",
    "track_record",
]
