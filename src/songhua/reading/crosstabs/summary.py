"""The contents of a sheet in short, before anything is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from songhua.labels import parse_period
from songhua.reading.crosstabs.axes import CATALOGUED, PERIOD
from songhua.reading.crosstabs.entries import is_new
from songhua.reading.crosstabs.reading import SheetReading
from songhua.reading.crosstabs.roles import is_total

#: The most units that are listed of a sheet.
_UNITS = 6


@dataclass(frozen=True)
class Summary:
    """The contents of a sheet in short, before anything is asked.

    `known` and `new` count different names by column of the observations; `periods` are the first
    and the last, `units` those of the figures.
    """

    sheet: str
    figures: int
    tables: int
    known: Mapping[str, int] = field(default_factory=dict)
    new: Mapping[str, int] = field(default_factory=dict)
    periods: tuple[str, str] = ("", "")
    units: Sequence[str] = ()


def summary(sheet: SheetReading) -> Summary:
    """Sum up a sheet by its figures, or by its axes while figures wait for answers."""
    labels = set(sheet.figures.labels)
    ids = {name: {getattr(of, name) for of in labels} - {""} for name in CATALOGUED}
    entries = {name: sum(not is_new(id) for id in names) for name, names in ids.items()}
    new = {name: sum(map(is_new, names)) for name, names in ids.items()}
    periods = {of.period for of in labels}
    if not labels:
        entries, new, periods = _of_axes(sheet)
    ordered = sorted(periods, key=parse_period)
    return Summary(
        sheet.grid.sheet,
        len(sheet.figures),
        len(sheet.blocks),
        entries,
        new,
        (ordered[0], ordered[-1]) if ordered else ("", ""),
        tuple(dict.fromkeys(of.unit for of in sheet.figures.labels))[:_UNITS],
    )


def _of_axes(sheet: SheetReading) -> tuple[dict[str, int], dict[str, int], set[str]]:
    """The numbers of entries and of new names on the axes of a sheet, and its periods."""
    entries: dict[str, set[str]] = {name: set() for name in CATALOGUED}
    new: dict[str, set[str]] = {name: set() for name in CATALOGUED}
    periods = set[str]()
    for axis in (axis for axes in sheet.axes for axis in axes):
        for text, sense in axis.senses.items():
            if axis.role == PERIOD and "period" in sense.sets:
                periods.add(sense.sets["period"])
            elif axis.role in CATALOGUED and sense.clear and axis.role in sense.sets:
                entries[axis.role].add(sense.sets[axis.role])
            elif axis.role in CATALOGUED and not is_total(text):
                new[axis.role].add(text)
    return (
        {name: len(ids) for name, ids in entries.items()},
        {name: len(texts) for name, texts in new.items()},
        periods,
    )
