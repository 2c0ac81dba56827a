"""Labels: periods, units, and the only aligner. Labels that differ raise (§1)."""

from songhua.labels.align import align
from songhua.labels.numbers import parse_decimal
from songhua.labels.periods import Period, parse_date, parse_period, parse_when
from songhua.labels.units import Unit, convert, parse_unit

__all__ = [
    "Period",
    "Unit",
    "align",
    "convert",
    "parse_date",
    "parse_decimal",
    "parse_period",
    "parse_unit",
    "parse_when",
]
