"""A row or a column with all its texts together, and the figure where the two meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from songhua.errors import SonghuaError
from songhua.grammar.period_runs import frequency_of
from songhua.grammar.periods import spoken_period
from songhua.labels import parse_period
from songhua.reading.crosstabs.axes import (
    CATALOGUED,
    FREQUENCY,
    INDICATOR,
    INDUSTRY,
    LEFT,
    MONTH,
    NOTE,
    PART,
    PERIOD,
    QUARTER,
    REGION,
    SOURCE,
    STATUS,
    UNIT,
    Axis,
)
from songhua.reading.crosstabs.printed_units import Printed
from songhua.reading.crosstabs.roles import is_total
from songhua.reading.crosstabs.senses import TextSense
from songhua.reading.sheets.words import split_marks, tidy, without_prefix


@dataclass(frozen=True)
class Joint:
    """Sense of all labels of a row, or of all headings of a column.

    `names` are the words of its indicator, `new` the names without an entry by the column of the
    observations, `clash` two values of one column, `odd` words that name several entries.
    """

    sets: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    new: Mapping[str, str] = field(default_factory=dict)
    unknown: bool = False
    form: str = ""
    time: str = ""
    prior: bool = False
    units: tuple[Printed, ...] = ()
    basis: str = ""
    base: str = ""
    note: str = ""
    status: str = ""
    marks: str = ""
    odd: tuple[str, ...] = ()
    own_region: str = ""
    frequency: str = ""
    clash: tuple[str, str, str] | None = None
    open_period: tuple[str, str] | None = None
    part: str = ""
    odd_unit: str = ""
    no_period: str = ""

    def subject(self) -> tuple[Any, ...]:
        """All that tells what a figure is about, but for its period."""
        sets = tuple((k, v) for k, v in self.sets.items() if k != "period")
        return (
            sets, self.names, tuple(self.new.items()), self.unknown, self.form, bool(self.time),
            self.units, self.basis, self.base, self.status, self.odd, self.own_region,
            self.odd_unit,
        )  # fmt: skip

    def when(self) -> tuple[Any, ...]:
        """All that tells the period of a figure."""
        return (
            self.sets.get("period"), self.time, self.prior, self.frequency, self.open_period,
            self.part, self.no_period,
        )  # fmt: skip


def join(texts: Iterable[tuple[Axis, str]]) -> Joint:
    """The texts of several axes as one sense."""
    sets: dict[str, str] = {}
    new: dict[str, str] = {}
    names: list[str] = []
    marks: list[str] = []
    odd: list[str] = []
    units: list[Printed] = []
    note: list[str] = []
    status = form = time = basis = base = own_region = frequency = odd_unit = no_period = ""
    unknown = prior = False
    within: dict[str, int] = {}
    open_period: tuple[str, str] | None = None
    clash: tuple[str, str, str] | None = None
    for axis, text in texts:
        if not text or axis.role in (LEFT, SOURCE):
            continue
        if axis.role == FREQUENCY:
            frequency = frequency_of(text)
            continue
        printed, mark = split_marks(text)
        marks += [mark] if mark else []
        if axis.role == NOTE:
            note.append(text)
            continue
        if axis.role == STATUS:
            status = text
            continue
        sense = axis.senses.get(text, TextSense())
        if axis.role in (REGION, PART) and is_total(printed):
            continue
        if axis.role == INDUSTRY and sense.clear and [*sense.sets] == [INDICATOR]:
            sets.setdefault(INDICATOR, sense.sets[INDICATOR])  # the whole, named by its indicator
            names += [sense.name] if sense.name not in names else []
            continue
        if axis.role in (REGION, INDUSTRY):
            units += sense.units
            if axis.role not in sense.sets or not sense.clear:
                new[axis.role] = _name(sense.name or printed)
            else:
                _put(sets, axis.role, sense.sets[axis.role])
            continue
        if axis.role in (QUARTER, MONTH):
            within[axis.role] = int(text.lstrip("Qq"))
            continue
        if axis.role in (PERIOD, UNIT):
            if "period" in sense.sets:
                _put(sets, "period", sense.sets["period"])
            elif axis.role == PERIOD and sense.many:
                open_period = (text, sense.many[0])
            elif axis.role == PERIOD:
                no_period = text
            units[:0] = sense.units
            base = base or sense.base
            if axis.role == UNIT and not sense.units and not sense.base and printed.strip("-–— "):
                odd_unit = printed
            continue
        for name, value in sense.sets.items():
            if name == REGION:
                own_region = value
            elif sets.setdefault(name, value) != value:
                clash = clash or (name, sets[name], value)
        odd += sense.many
        unknown = unknown or bool(sense.unknown)
        names += [sense.name] if sense.name and sense.name not in names else []
        form, time = form or sense.form, time or sense.time
        basis, base = basis or sense.basis, base or sense.base
        prior = prior or sense.prior
        units[:0] = sense.units
    if open_period is not None and open_period[1] == "year_missing":
        if period := spoken_period(open_period[0], sets.get("period", "")):
            sets["period"], open_period = period, None
    part = ""
    if within:
        part = f"-Q{within[QUARTER]}" if QUARTER in within else f"-{within[MONTH]:02}"
    if part and len(sets.get("period", "")) == 4:
        sets["period"] += part
    return Joint(
        sets, tuple(names), new, unknown, form, time, prior, tuple(units), basis, base,
        "; ".join(note), status, "".join(marks), tuple(odd), own_region, frequency,
        clash, open_period, part, odd_unit,
        no_period,
    )  # fmt: skip


def _name(text: str) -> str:
    """A label as the name of an entry."""
    return tidy(without_prefix(tidy(text)).strip("· .").lstrip("."))


def _put(sets: dict[str, str], name: str, value: str) -> None:
    """Set a column; of two periods the one that lies in the other is meant."""
    if name == "period" and name in sets:
        first, second = parse_period(sets[name]), parse_period(value)
        value = sets[name] if second.contains(first) else value
    sets[name] = value


def behind(section: Joint, row: Joint) -> Joint:
    """A line between the rows as it holds for a row: without what the row names itself.

    >>> section = Joint({"indicator": "gdp", "region": "east"}, ("GDP",))
    >>> behind(section, Joint({"region": "west"})).sets
    {'indicator': 'gdp'}
    """
    own = sides(row)
    sets = {name: value for name, value in section.sets.items() if name not in own | {*row.sets}}
    if INDICATOR in own and not section.unknown:
        return Joint(sets, part=section.part)
    return replace(section, sets=sets)


def meant_period(period: str, time: str, prior: bool) -> str | None:
    """The period that a heading means by a part of it; None where it has none.

    `time` is `month` (the stretch itself), `cumulative` (from January to its end) or blank;
    `prior` is the same a year before.

    >>> meant_period("2021-Q2", "cumulative", False), meant_period("2021-Q2", "month", False)
    ('2021-H1', '2021-Q2')
    >>> meant_period("2021-08", "cumulative", True), meant_period("2021-01..2021-08", "month", False)
    ('2020-01..2020-08', '2021-08')
    """  # noqa: E501
    parsed = parse_period(period)
    if parsed.open or parsed.start.year != parsed.end.year:
        return None if time or prior else period
    if prior:
        parsed = parsed.shifted(-1)
    year, end = parsed.end.year, parsed.end.month
    if time == "month" and parsed.kind == "cumulative":
        return f"{year}-{end:02}"
    if time == "cumulative" and parsed.kind in ("month", "quarter", "half"):
        return _span(year, end)
    return str(parsed)


def _span(year: int, month: int) -> str | None:
    last = {3: "Q1", 6: "H1", 12: ""}.get(month)
    if last is not None:
        return f"{year}-{last}" if last else str(year)
    try:
        return str(parse_period(f"{year}-01..{year}-{month:02}"))
    except SonghuaError:
        return None


def sides(joint: Joint) -> set[str]:
    """The catalogued columns that a joint sense names."""
    return {name for name in CATALOGUED if name in joint.sets or name in joint.new} | (
        {INDICATOR} if joint.names else set()
    )


__all__ = ["PART", "Joint", "behind", "join", "meant_period", "sides"]
