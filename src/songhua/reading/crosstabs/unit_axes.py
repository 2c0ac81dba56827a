"""Units that stand on axes of their own: a scale beside its unit, and codes of data sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from songhua.grammar.unit_words import measure_unit
from songhua.labels.units import SCALES
from songhua.reading.crosstabs.printed_units import Printed, printed_unit
from songhua.reading.crosstabs.senses import TextSense

#: Scales by their power of ten, as columns of multipliers print them.
_POWERS = {str(len(str(size)) - 1): name for name, size in SCALES.items()}


def unit_sense(text: str, sense: TextSense) -> TextSense:
    """The sense of a text on an axis of units: a code of a data set is known there alone.

    >>> unit_sense("PS", TextSense(unknown=("PS",))).units[0].unit
    'persons'
    """
    unit = "" if sense.units or sense.base else measure_unit(text)
    return TextSense(units=(Printed(unit),)) if unit else sense


def power_sense(text: str) -> TextSense:
    """The sense of a multiplier: a power of ten, or a scale in words.

    >>> power_sense("6").units[0].scale, power_sense("Thousands").units[0].scale
    ('m', 'k')
    """
    scale = _POWERS.get(text.strip())
    if scale is not None:
        return TextSense(units=(Printed(scale=scale),))
    printed = printed_unit(text, frozenset())
    return TextSense(units=(printed,)) if printed and printed.scale is not None else TextSense()


def scaled(units: Sequence[Printed]) -> list[Printed]:
    """The units of several axes as one: `EUR` beside `Millions` is `m EUR`.

    >>> [p.unit for p in scaled([Printed("persons"), Printed(scale="k"), Printed("persons")])]
    ['k persons']
    """
    scales = {unit.scale for unit in units if unit.scale is not None}
    bases = list(dict.fromkeys(unit for unit in units if unit.scale is None))
    if len(bases) != 1 or len(scales) != 1 or not bases[0].unit:
        return list(units)
    (scale,), base = scales, bases[0]
    if not scale or base.unit.split()[0] in SCALES or base.unit in ("%", "‰"):
        return [base]
    return [replace(base, unit=f"{scale} {base.unit}")]
