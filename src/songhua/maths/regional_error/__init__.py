"""Regional tables with their error: the distance of a region from its nation's structure.

`load` gives parameters with the studies that made them, `draw_region` draws what a region's table
and what its industries hold may be, the `fit_` functions learn from published regions. Every
country was left out in turn; `track_record` says how that went, and `notes` what must be said.
"""

from songhua.maths.regional_error.draws import (
    TRANSFER,
    DrawnRegion,
    Nation,
    draw_region,
)
from songhua.maths.regional_error.fit import fit_held, fit_inputs, fit_supply
from songhua.maths.regional_error.kinds import KINDS
from songhua.maths.regional_error.model import (
    PER_OUTPUT,
    SUPPLY,
    ErrorModel,
    PerOutputError,
    Study,
    notes,
    outside,
)
from songhua.maths.regional_error.parameters import load, track_record
from songhua.maths.regional_error.prior import output_prior
from songhua.maths.regional_error.scores import crps, region_bootstrap, score
from songhua.maths.regional_error.tables import draw_tables, median_table, multiplier_intervals

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
    "crps",
    "draw_region",
    "draw_tables",
    "fit_held",
    "fit_inputs",
    "fit_supply",
    "load",
    "median_table",
    "multiplier_intervals",
    "notes",
    "output_prior",
    "outside",
    "region_bootstrap",
    "score",
    "track_record",
]
