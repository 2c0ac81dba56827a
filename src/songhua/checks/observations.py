"""Checks of the observations: units, whole counts, time, and no figure twice."""

from __future__ import annotations

import numpy as np

from songhua.checks.fault_kinds import ActualInFuture, CountNotWhole, PublishedAfterRecorded
from songhua.checks.places import FigureRow, marked
from songhua.checks.repeats import said_again
from songhua.errors import Fault
from songhua.fault_kinds import NumberUnreadable, RowRepeats
from songhua.labels import parse_unit
from songhua.region import Region


def not_repeated(region: Region) -> list[Fault]:
    """No figure of a source stands twice, unless it was corrected in between."""
    rows = region.figures.observations.frame
    again = said_again(rows)
    return [RowRepeats(*row.where(), key=_row_name(row)) for row in marked(rows, again)]


def _row_name(row: FigureRow) -> str:
    """Name by which a reader tells a row from others."""
    return f"{row.indicator} {row.industry} {row.period} {row.value}"


def numbers_finite(region: Region) -> list[Fault]:
    """Every figure is a number."""
    rows = region.figures.observations.frame
    number = rows.number.to_numpy(dtype=float)
    return [
        NumberUnreadable(*row.where("value"), text=str(row.value)[:80])
        for row in marked(rows, ~np.isfinite(number))
    ]


def units_fit(region: Region) -> list[Fault]:
    """Every observation converts to its indicator's unit (§4)."""
    rows = region.figures.observations.frame
    return [
        row.unit_misfit(region.unit(row.indicator))
        for row in marked(rows, np.isnan(rows.scale.to_numpy()))
    ]


def counts_whole(region: Region) -> list[Fault]:
    """Persons, places and firms are whole numbers (§4)."""
    rows = region.figures.observations.frame
    unit = rows.unit.array
    whole = np.array([parse_unit(text).counted for text in unit.categories], dtype=bool)
    broken = rows.decimals.to_numpy() > 0
    if whole.any():
        broken &= whole[unit.codes]
    else:
        broken[:] = False
    return [
        CountNotWhole(*row.where("value"), text=row.value, unit=row.unit)
        for row in marked(rows, broken)
    ]


def known_in_time(region: Region) -> list[Fault]:
    """Figures of a time after the day of their recording, or published after it, as faults."""
    figures = region.figures.observations
    rows = figures.frame
    if rows.empty:
        return []
    texts = rows.recorded.array
    recorded = np.array(texts.categories.tolist(), dtype="datetime64[s]")[texts.codes]
    happened = figures.have(kind=("actual", "preliminary"))
    begun = figures.known.astype("datetime64[Y]")
    return [
        *(
            ActualInFuture(*row.where("period"), period=row.period, recorded=row.recorded)
            for row in marked(rows, happened & (rows.start.to_numpy() > recorded))
        ),
        *(
            PublishedAfterRecorded(*row.where("recorded"), recorded=row.recorded)
            for row in marked(rows, begun > recorded)
        ),
    ]
