"""The definition of an indicator: an entry of a case's catalogue."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from itertools import groupby
from typing import Any

from songhua import schema
from songhua.errors import SonghuaError
from songhua.fault_kinds import ChoiceUnknown
from songhua.labels import Period, convert, parse_period, parse_unit
from songhua.schema import Entry
from songhua.shipped import installed

#: The measure of a region's own supply in its purchases of an industry's home products.
OWN_SUPPLY = "own_supply"
#: The forms that are a rate of growth, of one period or a year on average.
RATES = ("growth", "average_growth")
#: Unit and direction of what is a place among others.
RANK = ("count", "lower")


@dataclass(frozen=True, slots=True)
class Indicator:
    """The definition of an indicator, its unit and form: an entry of `indicators.toml`.

    Its relations to others are in `relations`. `basis` are its prices. `breaks` are the first
    periods of a new series, where its definition, classification or coverage changed. `bounds` are
    "none" where its figures may lie anywhere.

    Raises:
        SonghuaError: `choice_unknown`, for a form that does not exist.
    """

    id: str
    unit: str = ""
    form: str = "level"
    measure: str = ""
    basis: str = ""
    direction: str = "neutral"
    time: str = "flow"
    breaks: tuple[str, ...] = ()
    bounds: str = ""

    @classmethod
    def read(cls, id: str, entry: Entry) -> Indicator:
        """The entry of a catalogue; what it does not say has its usual value.

        >>> Indicator.read("gdp", {"unit": "bn EUR", "form": None, "of": None}).form
        'level'
        """
        names = {attribute.name for attribute in fields(cls)}
        values: dict[str, Any] = {n: value for n, value in entry.items() if n in names and value}
        values |= {"id": id, "breaks": tuple(entry.get("breaks") or ())}
        return cls(**values)

    def __post_init__(self) -> None:
        """Refuse a form that does not exist."""
        forms = schema.vocabularies()["form"]
        if self.form not in forms:
            raise SonghuaError(ChoiceUnknown(text=self.form, choices=tuple(forms)))

    @property
    def rate(self) -> bool:
        """It is a rate of growth.

        >>> Indicator("gdp", form="growth").rate, Indicator("urban", form="share").rate
        (True, False)
        """
        return self.form in RATES

    @property
    def nominal(self) -> bool:
        """It is a level at current prices, or of what has none.

        >>> Indicator("gdp", basis="current").nominal, Indicator("real", basis="constant").nominal
        (True, False)
        """
        return self.form == "level" and self.basis in ("", "current")

    @property
    def free(self) -> bool:
        """Its figures have no ends: it is a balance, or the catalogue says so.

        >>> Indicator("profits", measure="profits").free, Indicator("jobs").free
        (True, False)
        """
        return bool(self.bounds) or self.measure in _bounds()["balance"]["measures"]

    @property
    def free_in_parts(self) -> bool:
        """Its levels may be negative in an industry or a firm, though not in all.

        >>> Indicator("gdp", measure="value_added").free_in_parts, Indicator("jobs").free_in_parts
        (True, False)
        """
        return self.form == "level" and self.measure in _bounds()["part"]["measures"]

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the most that its figures can be, in its unit, by `bounds.toml`.

        Growth and shares have them in a unit of ratios only.

        >>> Indicator("gdp_growth", "%", "growth").ends, Indicator("jobs", "persons").ends
        ((-100.0, inf), (0, inf))
        >>> Indicator("profits", "bn EUR", measure="profits").ends
        (-inf, inf)
        """
        bounds = _bounds()
        ends = bounds["ratio"].get(self.measure) if self.form == "ratio" else None
        ends = ends or bounds["form"].get(self.form)
        plain = self.form == "level" or parse_unit(self.unit or "x").dimension == ("ratio", "")
        if not ends or not plain or self.free:
            return -math.inf, math.inf
        least, most = ends.get("least", -math.inf), ends.get("most", math.inf)
        if self.form == "level":
            return least, most
        return convert(least, "x", self.unit or "x"), convert(most, "x", self.unit or "x")

    def at(self, place: Entry) -> Indicator:
        """The indicator in a place: its levels also break where the place's territory changed.

        >>> Indicator("jobs", breaks=("2013",)).at({"breaks": ["2020"]}).breaks
        ('2013', '2020')
        >>> Indicator("jobs_growth", "%", "growth").at({"breaks": ["2020"]}).breaks
        ()
        """
        moved = (place.get("breaks") or ()) if self.form == "level" else ()
        return replace(self, breaks=(*self.breaks, *moved)) if moved else self

    def series(self, period: Period) -> int:
        """Which series a period belongs to: how many breaks came before its end.

        >>> jobs = Indicator("jobs", breaks=("2013", "2019"))
        >>> [jobs.series(parse_period(year)) for year in ("2012", "2013", "2020")]
        [0, 1, 2]
        """
        return sum(parse_period(text).start <= period.end for text in self.breaks)

    def spans(self, periods: Iterable[str]) -> list[list[str]]:
        """Periods in order, cut at each break: levels are compared within a span only (§3).

        >>> Indicator("jobs", breaks=("2013",)).spans(["2003", "2012", "2013"])
        [['2003', '2012'], ['2013']]
        """
        ordered = sorted(periods, key=parse_period)
        cut = groupby(ordered, key=lambda text: self.series(parse_period(text)))
        return [list(span) for _, span in cut]

    def unbroken(self, period: Period, other: Period) -> bool:
        """True where two periods are of one series, so that their levels may be compared.

        >>> years = [parse_period(year) for year in ("2018", "2019")]
        >>> Indicator("jobs", breaks=("2019",)).unbroken(*years), Indicator("gdp").unbroken(*years)
        (False, True)
        """
        return self.series(period) == self.series(other)


@cache
def _bounds() -> Mapping[str, Any]:
    """The ends of figures, by form and by measure (bounds.toml)."""
    return installed.toml("region", "bounds.toml")
