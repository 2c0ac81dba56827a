"""Regional tables that know their error: how far location-quotient tables lie from others.

`load` gives parameters with the study that made them, `draw_tables` draws valid tables of what a
region's table may be, `fit` learns from reference tables and `leave_one_out` scores on regions
that took no part. Outside the country of the study all of it is transferred and untested:
`notes` says so and `transfer` widens.
"""

from songhua.maths.regional_error.cells import FEATURES, KINDS
from songhua.maths.regional_error.fit import References, fit, tuned_delta
from songhua.maths.regional_error.model import (
    TRANSFER,
    Deviations,
    ErrorModel,
    draw_tables,
    median_table,
    multiplier_intervals,
    notes,
)
from songhua.maths.regional_error.parameters import as_data, from_data, load, track_record
from songhua.maths.regional_error.prior import draw_tables_each, output_prior
from songhua.maths.regional_error.scores import leave_one_out, region_bootstrap

__all__ = [
    "FEATURES",
    "KINDS",
    "TRANSFER",
    "Deviations",
    "ErrorModel",
    "References",
    "as_data",
    "draw_tables",
    "draw_tables_each",
    "fit",
    "from_data",
    "leave_one_out",
    "load",
    "median_table",
    "multiplier_intervals",
    "notes",
    "output_prior",
    "region_bootstrap",
    "track_record",
    "tuned_delta",
]
