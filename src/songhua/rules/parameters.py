"""The numbers of the law, each with the day from which it holds, its unit and its clause."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from songhua.errors import Fault, SonghuaError
from songhua.labels.units import convert
from songhua.rules.algebra import ENDLESS, Band, Num

MARKS = ("C", "C2", "M")
EPOCH = date(1970, 1, 1)
PLAIN_UNITS = ("", "days", "points")
EDGES = {"at_least": ">=", "above": ">", "at_most": "<=", "below": "<"}


@dataclass(frozen=True)
class Value:
    """What a parameter is on one day: a number, cells by label, a list of labels, or bands."""

    number: Num | None = None
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
        return (min(ends), max(ends)) if ends else (-ENDLESS, ENDLESS)


@dataclass(frozen=True)
class Dated:
    """A value with its first day, the day it was last checked, and the mark of certainty."""

    since: date
    value: Value
    checked: date | None
    mark: str
    printed: Any


@dataclass(frozen=True)
class Parameter:
    """A number of the law over time; `values` in order of their first day."""

    id: str
    en: str
    zh: str
    unit: str
    clause: str
    values: tuple[Dated, ...]

    def words(self, lang: str) -> str:
        """What the number is, in one language."""
        return self.zh if lang == "zh" else self.en

    def on(self, day: date) -> Dated | None:
        """What holds on a day; None before the first."""
        return next((dated for dated in reversed(self.values) if dated.since <= day), None)


def read(
    id: str, entry: Any, file: str, money: Mapping[str, str]
) -> tuple[Parameter | None, list[Fault]]:
    """One parameter from its entry, with numbers turned into the rulebook's own units.

    `money` gives by dimension the unit in which the rulebook's facts stand.
    """
    place: dict[str, Any] = {"file": file, "column": id}
    if not isinstance(entry, Mapping) or not isinstance(entry.get("values"), list):
        return None, [Fault("parameter_unreadable", **place, params={"text": _short(entry)})]
    known = {"en", "zh", "unit", "clause", "values"}
    odd = [name for name in entry if name not in known]
    faults = [
        Fault("rule_key_unknown", **place, params={"name": name, "names": ", ".join(sorted(known))})
        for name in odd
    ]
    unit = str(entry.get("unit", ""))
    found: list[Dated] = []
    for row in entry["values"]:
        try:
            found.append(_dated(row, unit, money))
        except SonghuaError as error:
            faults += [Fault(f.code, **place, params=f.params) for f in error.faults]
        except (ValueError, TypeError, KeyError, AttributeError):
            faults.append(Fault("parameter_unreadable", **place, params={"text": _short(row)}))
    found.sort(key=lambda dated: dated.since)
    if len({dated.since for dated in found}) < len(found):
        faults.append(Fault("parameter_twice", **place))
    if len({dated.value.form for dated in found}) > 1:
        faults.append(Fault("parameter_forms", **place))
    if faults or not found:
        return None, faults or [Fault("parameter_unreadable", **place, params={"text": "[]"})]
    words = (str(entry.get("en", "")), str(entry.get("zh", "")))
    return Parameter(id, *words, unit, str(entry.get("clause", "")), tuple(found)), []


def own_unit(unit: str, money: Mapping[str, str]) -> str:
    """The unit in which numbers of this unit are reckoned in a rulebook."""
    if unit in PLAIN_UNITS:
        return unit
    if unit in ("%", "‰", "x"):
        return "x"
    from songhua.labels.units import parse_unit

    return money.get(parse_unit(unit).dimension[0], unit)


def in_own(number: float, unit: str, money: Mapping[str, str]) -> float:
    """A number in the unit in which the rulebook reckons.

    >>> in_own(2, "100m CNY", {"CNY": "10k CNY"})
    20000.0
    """
    own = own_unit(unit, money)
    return float(number) if unit == own else convert(float(number), unit, own)


def _dated(row: Mapping[str, Any], unit: str, money: Mapping[str, str]) -> Dated:
    since, checked, mark = row["from"], row.get("checked"), row.get("mark", "")
    if not isinstance(since, date) or mark not in MARKS or set(row) - _ROW:
        raise ValueError(row)
    if checked is not None and not isinstance(checked, date):
        raise ValueError(row)
    if "bands" in row:
        bands = tuple(_band(band, unit, money) for band in row["bands"])
        value = Value(bands=bands, rising=_rising(bands))
        return Dated(since, value, checked, mark, row["bands"])
    given = row["value"]
    if isinstance(given, Mapping):
        value = Value(cells={str(k): in_own(_number(v), unit, money) for k, v in given.items()})
    elif isinstance(given, list):
        value = Value(labels=tuple(str(label) for label in given))
    else:
        value = Value(number=Num.of(in_own(_number(given), unit, money)))
    return Dated(since, value, checked, mark, given)


_ROW = {"from", "value", "bands", "mark", "checked"}


def _number(given: Any) -> float:
    if isinstance(given, date):
        return float((given - EPOCH).days)
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not math.isfinite(given):
        raise ValueError(given)
    return float(given)


def _band(band: Mapping[str, Any], unit: str, money: Mapping[str, str]) -> Band:
    edges = [key for key in band if key in EDGES]
    if set(band) - set(EDGES) - {"score"} or len(edges) > 1:
        raise ValueError(band)
    score = band["score"]
    low, high = score if isinstance(score, list) else (score, score)
    if not edges:
        return Band("", math.nan, _number(low), _number(high))
    edge = in_own(_number(band[edges[0]]), unit, money)
    return Band(EDGES[edges[0]], edge, _number(low), _number(high))


def _rising(bands: tuple[Band, ...]) -> bool:
    """Whether more scores more. The last band is the rest; edges and scores run one way."""
    *edged, rest = bands
    up = all(band.sign in (">=", ">") for band in edged)
    down = all(band.sign in ("<=", "<") for band in edged)
    if rest.sign or not edged or not (up or down):
        raise ValueError(bands)
    # edges fall where larger scores more, and rise where smaller does; an open end precedes none
    pairs = list(pairwise(edged))
    ordered = all((a.edge > b.edge) if up else (a.edge < b.edge) for a, b in pairs)
    falling = all(a.low >= b.low and a.high >= b.high for a, b in pairwise(bands))
    climbing = all(a.low <= b.low and a.high <= b.high for a, b in pairwise(bands))
    if not ordered or not (falling or climbing) or any(band.low > band.high for band in bands):
        raise ValueError(bands)
    return up == falling


def _short(given: Any) -> str:
    return str(given)[:80]
