"""The numbers of the law: dated parameters with unit, clause and mark of certainty."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from songhua.errors import Fault, SonghuaError
from songhua.messages import LANGUAGES, Words
from songhua.rules.fault_kinds import (
    ParameterForms,
    ParameterTwice,
    ParameterUnreadable,
    RuleKeyUnknown,
)
from songhua.rules.intervals import UNBOUNDED, Interval
from songhua.rules.rulebook_units import day_number, in_own_unit
from songhua.rules.score_bands import Band

MARKS = ("C", "C2", "M")
EDGES = {"at_least": ">=", "above": ">", "at_most": "<=", "below": "<"}
KEYS = ("clause", *LANGUAGES, "unit", "values")
ROW_KEYS = {"from", "value", "bands", "mark", "checked"}


@dataclass(frozen=True)
class Value:
    """A parameter on one day: a number, cells by label, a list of labels, or bands."""

    number: Interval | None = None
    cells: Mapping[str, float] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()
    rising: bool = True

    @property
    def form(self) -> str:
        """number, cells, labels or bands."""
        if self.number is not None:
            return "number"
        return "cells" if self.cells else "bands" if self.bands else "labels"

    @property
    def span(self) -> tuple[float, float]:
        """The least and the greatest number that it can give."""
        ends = [end for band in self.bands for end in (band.low, band.high)]
        ends += list(self.cells.values()) or ([self.number.low] if self.number else [])
        return (min(ends), max(ends)) if ends else (-UNBOUNDED, UNBOUNDED)


@dataclass(frozen=True)
class Dated:
    """A value with its first day, the day it was last checked, and the mark of certainty."""

    since: date
    value: Value
    checked: date | None
    mark: str


@dataclass(frozen=True)
class Parameter:
    """A number of the law over time; `values` in order of their first day."""

    id: str
    words: Words
    unit: str
    clause: str
    values: tuple[Dated, ...]

    def on(self, day: date) -> Dated | None:
        """The value in force on a day; None before the first."""
        return next((dated for dated in reversed(self.values) if dated.since <= day), None)


def parse_parameter(
    id: str, entry: object, file: str, units: Mapping[str, str]
) -> tuple[Parameter | None, list[Fault]]:
    """One parameter from its TOML entry, its numbers in the rulebook's own units.

    `units` gives by dimension the unit in which the rulebook reckons. A parameter with a fault
    is None.

    >>> entry = {"unit": "%", "values": [{"from": date(2016, 1, 1), "value": 5, "mark": "C"}]}
    >>> floor, faults = parse_parameter("floor", entry, "law.toml", {})
    >>> floor.on(date(2024, 6, 30)).value.number.low
    0.05
    """
    where = file, None, id
    rows = entry.get("values") if isinstance(entry, Mapping) else None
    if not isinstance(entry, Mapping) or not isinstance(rows, list):
        return None, [ParameterUnreadable(*where, text=_short(entry))]
    faults: list[Fault] = [
        RuleKeyUnknown(*where, name=name, names=KEYS) for name in entry if name not in KEYS
    ]
    unit = str(entry.get("unit", ""))
    values: list[Dated] = []
    for row in rows:
        try:
            values.append(_dated(row, unit, units))
        except SonghuaError as error:
            faults += [fault.at(*where) for fault in error.faults]
        except (ValueError, TypeError, KeyError, AttributeError):
            faults.append(ParameterUnreadable(*where, text=_short(row)))
    values.sort(key=lambda dated: dated.since)
    if len({dated.since for dated in values}) < len(values):
        faults.append(ParameterTwice(*where))
    if len({dated.value.form for dated in values}) > 1:
        faults.append(ParameterForms(*where))
    if faults or not values:
        return None, faults or [ParameterUnreadable(*where, text="[]")]
    return Parameter(id, Words.of(entry), unit, str(entry.get("clause", "")), tuple(values)), []


def _dated(row: Mapping[str, object], unit: str, units: Mapping[str, str]) -> Dated:
    since, checked, mark = row["from"], row.get("checked"), row.get("mark", "")
    if not isinstance(since, date) or mark not in MARKS or set(row) - ROW_KEYS:
        raise ValueError(row)
    if checked is not None and not isinstance(checked, date):
        raise ValueError(row)
    return Dated(since, _value(row, unit, units), checked, str(mark))


def _value(row: Mapping[str, object], unit: str, units: Mapping[str, str]) -> Value:
    def number(printed: object) -> float:
        return in_own_unit(_number(printed), unit, units)

    if "bands" in row:
        printed = row["bands"]
        if not isinstance(printed, list):
            raise ValueError(printed)
        bands = tuple(_band(band, unit, units) for band in printed)
        return Value(bands=bands, rising=_rising(bands))
    printed = row["value"]
    if isinstance(printed, Mapping):
        return Value(cells={str(label): number(cell) for label, cell in printed.items()})
    if isinstance(printed, list):
        return Value(labels=tuple(str(label) for label in printed))
    return Value(number=Interval.of(number(printed)))


def _number(printed: object) -> float:
    if isinstance(printed, date):
        return day_number(printed)
    if isinstance(printed, bool) or not isinstance(printed, (int, float)):
        raise ValueError(printed)
    if not math.isfinite(printed):
        raise ValueError(printed)
    return float(printed)


def _band(band: Mapping[str, object], unit: str, units: Mapping[str, str]) -> Band:
    edges = [key for key in band if key in EDGES]
    if set(band) - set(EDGES) - {"score"} or len(edges) > 1:
        raise ValueError(band)
    score = band["score"]
    low, high = score if isinstance(score, list) else (score, score)
    if not edges:
        return Band("", math.nan, _number(low), _number(high))
    edge = in_own_unit(_number(band[edges[0]]), unit, units)
    return Band(EDGES[edges[0]], edge, _number(low), _number(high))


def _rising(bands: tuple[Band, ...]) -> bool:
    """True where more scores more. The last band is open; edges and scores run one way."""
    *edged, last = bands
    up = all(band.sign in (">=", ">") for band in edged)
    down = all(band.sign in ("<=", "<") for band in edged)
    if last.sign or not edged or not (up or down):
        raise ValueError(bands)
    # edges fall where larger scores more, and rise where smaller does; an open end precedes none
    pairs = list(pairwise(edged))
    ordered = all((a.edge > b.edge) if up else (a.edge < b.edge) for a, b in pairs)
    falling = all(a.low >= b.low and a.high >= b.high for a, b in pairwise(bands))
    climbing = all(a.low <= b.low and a.high <= b.high for a, b in pairwise(bands))
    if not ordered or not (falling or climbing) or any(band.low > band.high for band in bands):
        raise ValueError(bands)
    return up == falling


def _short(printed: object) -> str:
    return str(printed)[:80]
