"""Levels against their own published growth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from songhua.checks.plausibility.fault_kinds import GrowthOffLevels
from songhua.checks.plausibility.judged_figures import LABELS, JudgedFigure
from songhua.checks.plausibility.series_figures import fault, in_print
from songhua.errors import Fault
from songhua.region import Region
from songhua.results import read_rows

#: The least distance between levels and growth (log10; a factor of two): prices change less.
APART = 0.3
#: The greatest distance of two rates from a power of ten (log10), and their least size (%).
NEAR, LEAST = 0.1, 2.0


@dataclass(frozen=True, slots=True)
class GrowthPair(JudgedFigure):
    """A rate with the level of its period and that before."""

    value_level: float
    unit_level: str
    printed_level: str
    value_before: float
    period_before: str


def levels_off_growth(region: Region, figures: pd.DataFrame) -> Iterator[Fault]:
    """Levels that changed quite otherwise than their published growth says.

    Either the levels are twice as far apart or more, whatever prices did; or the rate is a power
    of ten times that of the levels, which must agree: counts, or money at current prices.
    """
    rates = figures[figures.form == "growth"]
    if rates.empty:
        return
    indicators = rates.indicator.cat.remove_unused_categories()
    rates = rates.assign(level=indicators.map(region.relations.level_of))
    grown = figures.indicator.isin(rates.level.unique())
    levels = figures[grown & (figures.form == "level") & (figures.value > 0)]
    if levels.empty:
        return
    labels = [*LABELS[1:]]
    same = ["indicator", *labels, "period"]
    levels = levels[[*same, "value", "place", "unit", "printed"]].drop_duplicates(same)
    levels = levels.astype(dict.fromkeys(same, object))
    rates = rates.astype(dict.fromkeys([*same, "level", "before"], object))
    matched = rates.merge(
        levels, left_on=["level", *labels, "period"], right_on=same, suffixes=("", "_level")
    )
    pairs = matched.merge(
        levels, left_on=["level", *labels, "before"], right_on=same, suffixes=("", "_before")
    )
    if len(pairs):
        yield from _apart(region, pairs)


def _apart(region: Region, pairs: pd.DataFrame) -> Iterator[Fault]:
    rate = pairs.value.to_numpy(dtype=float)
    level, before = (pairs[f"value_{name}"].to_numpy(dtype=float) for name in ("level", "before"))
    change = (level / before - 1) * 100
    with np.errstate(divide="ignore", invalid="ignore"):
        off = np.abs(np.log10(level / before / (1 + rate / 100)))
        ratio = np.log10(np.abs(rate / change))
    places = pairs.place_level / pairs.value_level + pairs.place_before / pairs.value_before
    room = (100 * places + pairs.place).to_numpy(dtype=float)
    alike = pairs.indicator.map(region.relations.follows_levels).to_numpy(dtype=bool)
    finite = np.isfinite(ratio)  # where either is zero there is no ratio
    power = np.round(np.where(finite, ratio, 0))
    near = np.abs(np.where(finite, ratio, 0) - power) <= NEAR
    scaled = alike & (power != 0) & near & (rate * change > 0)
    scaled &= (np.abs(rate - change) > room) & (np.maximum(np.abs(rate), np.abs(change)) >= LEAST)
    at = np.flatnonzero((off >= APART) | scaled)
    rows = read_rows(pairs.iloc[at], GrowthPair)
    for row, percent in zip(rows, change[at].tolist(), strict=True):
        by = in_print(row.unit_level, row.printed_level)
        yield fault(
            GrowthOffLevels,
            row,
            level=f"{row.value_level * by:.9g}",
            before=f"{row.value_before * by:.9g}",
            change=round(percent, 2),
            level_unit=row.printed_level,
            when=row.period_before,
        )
