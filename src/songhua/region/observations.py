"""Observations: figures as values, with their labels, in their indicators' units, with ends."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any, TypeVar

from songhua.labels import Period, parse_period, parse_unit
from songhua.maths.bounds import Interval
from songhua.maths.wording import USUAL, from_print
from songhua.region.doubts import Doubt, DoubtsOf

Row = TypeVar("Row")

SERIES = ("indicator", "region", "industry", "entity", "vintage", "scope")
#: The labels of a value that the table has as texts.
LABELS = (
    "indicator",
    "region",
    "industry",
    "entity",
    "vintage",
    "scope",
    "kind",
    "qualifier",
    "source",
    "unit",
    "recorded",
    "form",
    "grade",
)
KEY = ("indicator", "region", "industry", "entity", "period", "vintage", "scope")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its rounding bound, the days it covers and the observations it rests on.

    `sure` is the certain range: the number as printed, or the range that a word before it leaves.
    `exact` is a number without any error: a full count.
    """

    value: float
    bound: Interval
    sure: Interval
    period: Period
    ids: tuple[str, ...] = ()
    exact: bool = False

    @classmethod
    def point(cls, period: Period, value: float) -> Figure:
        """A number without any error.

        >>> Figure.point(parse_period("2021"), 5.5).bound
        Interval(low=5.5, high=5.5)
        """
        at = Interval(value, value)
        return Figure(value, at, at, period, exact=True)

    @property
    def start(self) -> date:
        """The first day of its period."""
        return self.period.start

    @property
    def end(self) -> date:
        """The last day of its period."""
        return self.period.end

    @property
    def estimate(self) -> str:
        """The kind of its ends.

        >>> Figure.point(parse_period("2021"), 5.5).estimate
        'identity'
        """
        return "identity" if self.exact else "bound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Figure):
    """A figure as the folder records it: its labels, and its number in its indicator's unit.

    `printed` is the number as the source prints it, with the unit there; `known` is the day by
    which it was published. Not `bounded` are the ends of a figure with "about": how far the word
    reaches is unknown, and `bound` is then the number itself.
    """

    indicator: str
    region: str = ""
    industry: str = "all"
    entity: str = ""
    vintage: str = ""
    scope: str = ""
    kind: str = "actual"
    qualifier: str = ""
    source: str = ""
    grade: str = "official"
    form: str = "level"
    unit: str = ""
    printed: str = ""
    recorded: str = ""
    known: date | None = None
    bounded: bool = True
    superseded: bool = False
    doubts_of: DoubtsOf | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, indicator: str, period: str, printed: str, **labels: Any) -> Observation:
        """A rounded figure from what is printed, for examples and tests.

        >>> gdp = Observation.of("gdp", "2021", "5", region="rivertown", unit="bn EUR")
        >>> gdp.low, gdp.value, gdp.high, gdp.estimate
        (4.5, 5.0, 5.5, 'bound')
        """
        value, bound = float(printed), from_print(printed)
        text = f"{printed} {labels.get('unit', '')}".strip()
        sure = sure_ends(value, bound, labels.get("qualifier", ""), text)
        return cls(value, bound, sure, parse_period(period), indicator=indicator, **labels)

    @property
    def id(self) -> str:
        """Its name, by which it is cited."""
        return self.ids[0]

    @property
    def released(self) -> date:
        """The day by which it was published, of unknown ones the first: the newest goes last.

        >>> Observation.of("gdp", "2021", "5").released < date(2022, 1, 1)
        True
        """
        return self.known or date.min

    @property
    def low(self) -> float:
        """The low end; missing where it is unknown."""
        return self.bound.low if self.bounded else math.nan

    @property
    def high(self) -> float:
        """The high end; missing where it is unknown."""
        return self.bound.high if self.bounded else math.nan

    @property
    def estimate(self) -> str:
        """The kind of its ends: identity for a full count, bound for a rounded figure, or blank.

        >>> Observation.of("gdp", "2021", "5.5", bounded=False).estimate
        ''
        """
        if not self.bounded:
            return ""
        return "identity" if self.exact else "bound"

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Its doubts; a figure that stands in no folder has none."""
        return () if self.doubts_of is None else self.doubts_of(self.id)

    @property
    def usual(self) -> bool:
        """True for a figure of the usual coverage and series: no entity, no scope, no vintage."""
        return not (self.entity or self.scope or self.vintage)


def of_row(
    period: Period,
    value: float,
    low: float,
    high: float,
    exact: bool,
    bounded: bool,
    printed: str,
    id: str,
    known: date | None,
    superseded: bool,
    labels: Sequence[str],
    doubts_of: DoubtsOf,
) -> Observation:
    """A row of the table of figures as a value; the labels are those of `LABELS`."""
    by_label, bound = dict(zip(LABELS, labels, strict=True)), Interval(low, high)
    return Observation(
        value,
        bound,
        sure_ends(value, bound, by_label["qualifier"], printed),
        period,
        (id,) if id else (),
        exact,
        known=known,
        bounded=bounded,
        printed=printed,
        superseded=superseded,
        doubts_of=doubts_of,
        **by_label,
    )


def grouped(rows: Iterable[Row], *labels: str) -> dict[Any, list[Row]]:
    """The rows by these labels, in order of their first: by text for one label, else by tuple.

    Of any rows; many observations are grouped by `Series.by`.

    >>> rows = [Observation.of(name, "2021", "1") for name in ("gdp", "jobs", "gdp")]
    >>> {name: len(group) for name, group in grouped(rows, "indicator").items()}
    {'gdp': 2, 'jobs': 1}
    """
    key = attrgetter(*labels)
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def cited(*figures: Figure | None) -> tuple[str, ...]:
    """The observations that several figures rest on, each once.

    >>> year = parse_period("2021")
    >>> one = Figure(1.0, Interval(1, 1), Interval(1, 1), year, ("a", "b"))
    >>> cited(one, None, one)
    ('a', 'b')
    """
    ids = (id for figure in figures if figure is not None for id in figure.ids)
    return tuple(dict.fromkeys(ids))


def sure_ends(value: float, bound: Interval, qualifier: str, printed: str) -> Interval:
    """The sure ends of a figure: the number as printed, or the ends that the word before it leaves.

    `printed` is the number with its unit.

    >>> sure_ends(30.0, Interval(29.5, 30.5), "", "30 k CNY")
    Interval(low=30.0, high=30.0)
    >>> sure_ends(30.0, Interval(29.5, 30.5), "about", "30 k CNY")
    Interval(low=28.5, high=31.5)
    """
    if qualifier == "about":
        text, _, unit = printed.partition(" ")
        parsed = parse_unit(unit) if unit else None
        width = USUAL.of(text, "about", parsed, parsed is not None and parsed.counted)
        reach = float(width) * (abs(value / float(text)) if float(text) else 1)
        return Interval(value - reach, value + reach)
    return bound if qualifier else Interval(value, value)


def tidy(value: float) -> float:
    """A number without what a change of unit leaves in its last digits.

    >>> tidy(0.1 + 0.2)
    0.3
    """
    return float(f"{value:.13g}")
