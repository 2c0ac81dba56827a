"""A row or a column with all its texts together, and the figure where the two meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from songhua.grammar.period_runs import frequency_of
from songhua.grammar.periods import spoken_period
from songhua.labels import parse_period
from songhua.reading.crosstabs.axes import (
    CATALOGUED,
    INDICATOR,
    INDUSTRY,
    LEFT,
    MONTH,
    MULTIPLIER,
    PART,
    PERIOD,
    QUARTER,
    REGION,
    SOURCE,
    UNIT,
    Axis,
)
from songhua.reading.crosstabs.printed_units import Printed
from songhua.reading.crosstabs.roles import OPEN_PERIODS, is_total
from songhua.reading.crosstabs.senses import TextSense
from songhua.reading.crosstabs.unit_axes import scaled
from songhua.reading.crosstabs.vocabulary import speaks_of
from songhua.reading.sheets.words import split_marks, tidy, without_prefix

#: A letter or two tell nothing without the caption that they stand under.
_CODE = re.compile("[A-Z]{1,2}")


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

    @property
    def rank(self) -> str:
        """The words of a column or a row of ranks; blank for one of figures.

        >>> Joint(names=("总产值", "增速位次")).rank, Joint(names=("总产值",)).rank
        ('增速位次', '')
        """
        names = (*self.names, *self.new.values())
        return next((name for name in names if speaks_of("ranks", name.rstrip(")）"))), "")

    @property
    def is_aside(self) -> bool:
        """True for a column that stands between a level and its growth: of ranks, of movements."""
        moved = any(speaks_of("changes", name) for name in self.names)
        return bool(self.rank) or self.time == "opening" or moved

    def subject(self) -> tuple[Any, ...]:
        """All that tells what a figure is about, but for its period."""
        sets = tuple((k, v) for k, v in self.sets.items() if k != "period")
        return (
            sets, self.names, tuple(self.new.items()), self.unknown, self.form, bool(self.time),
            self.units, self.basis, self.base, self.status, self.odd, self.own_region,
            self.odd_unit, self.clash,
        )  # fmt: skip

    def when(self) -> tuple[Any, ...]:
        """All that tells the period of a figure."""
        return (
            self.sets.get("period"), self.time, self.prior, self.frequency, self.open_period,
            self.part, self.no_period,
        )  # fmt: skip


def join(texts: Iterable[tuple[Axis, str]]) -> Joint:
    """The texts of several axes as one sense."""
    joining = _Joining()
    for axis, text in texts:
        if text and axis.role not in (LEFT, SOURCE):
            joining.take(axis, text)
    return joining.joint()


@dataclass
class _Joining:
    sets: dict[str, str] = field(default_factory=dict)
    new: dict[str, str] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    within: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    units: list[Printed] = field(default_factory=list)
    measures: list[Printed] = field(default_factory=list)
    scales: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    unknown: bool = False
    prior: bool = False
    open_period: tuple[str, str] | None = None
    clash: tuple[str, str, str] | None = None

    def take(self, axis: Axis, text: str) -> None:
        """Take a text by the role of its axis."""
        printed, mark = split_marks(text)
        self.marks += [mark] if mark else []
        sense = axis.senses.get(text, TextSense())
        match axis.role:
            case "frequency":
                self.texts["frequency"] = frequency_of(text)
            case "note":
                self.notes.append(text)
            case "status":
                self.texts["status"] = text
            case "quarter" | "month":
                self.within[axis.role] = int(text.lstrip("Qq"))
            case "period" | "unit" | "multiplier":
                self.take_setting(axis.role, printed, sense)
            case "region" | "part" | "indicator" if is_total(printed):
                pass
            case "region" | "industry":
                self.take_entry(axis.role, printed, sense)
            case "part" if sense.unknown and _CODE.fullmatch(printed) and axis.side == "row":
                self.take_words(replace(sense, name=f"{axis.caption} {printed}"))
            case _:
                if sense.many and sense.many[0] in OPEN_PERIODS:
                    self.open_period = (printed, sense.many[0])
                else:
                    self.take_words(sense)

    def take_setting(self, role: str, printed: str, sense: TextSense) -> None:
        """A period or a unit that stands on an axis of its own."""
        if "period" in sense.sets:
            _set_period(self.sets, sense.sets["period"])
        elif role == PERIOD and sense.many:
            self.open_period = (printed, sense.many[0])
        elif role == PERIOD:
            self.texts["no_period"] = printed
        if role in (UNIT, MULTIPLIER):
            self.measures[:0] = sense.units
            self.scales += [printed] if any(unit.scale for unit in sense.units) else []
        else:
            self.units[:0] = sense.units
        self.texts["base"] = self.texts.get("base") or sense.base
        if role == UNIT and not sense.units and not sense.base and printed.strip("-–— "):
            self.texts["odd_unit"] = printed

    def take_entry(self, role: str, printed: str, sense: TextSense) -> None:
        """A place or an industry; one that has no entry is new."""
        if role == INDUSTRY and sense.clear and [*sense.sets] == [INDICATOR]:
            self.set(INDICATOR, sense.sets[INDICATOR])  # the whole, named by its indicator
            self.names.setdefault(sense.name)
            return
        self.units += sense.units
        if role in sense.sets and sense.clear:
            self.set(role, sense.sets[role])
        else:
            self.new[role] = _name(sense.name or printed)

    def take_words(self, sense: TextSense) -> None:
        """Words of the name of an indicator, and what they set beside."""
        for name, value in sense.sets.items():
            if name == REGION:
                self.texts["own_region"] = value
            else:
                self.set(name, value)
        self.odd += sense.many
        self.unknown = self.unknown or bool(sense.unknown)
        self.prior = self.prior or sense.prior
        if sense.name:
            self.names.setdefault(sense.name)
        for name in ("form", "time", "basis", "base"):
            self.texts[name] = self.texts.get(name) or getattr(sense, name)
        self.units[:0] = sense.units

    def set(self, name: str, value: str) -> None:
        """Set a column; a second value for it is noted."""
        if self.sets.setdefault(name, value) != value:
            self.clash = self.clash or (name, self.sets[name], value)

    def joint(self) -> Joint:
        """All that was taken."""
        is_open = self.open_period is not None and self.open_period[1] == "year_missing"
        lacking = self.open_period[0] if self.open_period and is_open else ""
        if lacking and (period := spoken_period(lacking, self.sets.get("period", ""))):
            self.sets["period"], self.open_period = period, None
        part = ""
        if self.within:
            quarter = self.within.get(QUARTER)
            part = f"-Q{quarter}" if quarter else f"-{self.within[MONTH]:02}"
        if part and len(self.sets.get("period", "")) == 4:
            self.sets["period"] += part
        measures = scaled(self.measures)
        if (odd := self.texts.get("odd_unit")) and all(u.scale is not None for u in measures):
            self.texts["odd_unit"] = ", ".join((odd, *self.scales[-1:]))
            measures = []
        self.units[:0] = measures
        texts = {name: text for name, text in self.texts.items() if text}
        return Joint(
            sets=self.sets, names=tuple(self.names), new=self.new, unknown=self.unknown,
            prior=self.prior, units=tuple(self.units), note="; ".join(self.notes),
            marks="".join(self.marks), odd=tuple(self.odd), clash=self.clash,
            open_period=self.open_period, part=part, **texts,
        )  # fmt: skip


def _name(text: str) -> str:
    """A label as the name of an entry."""
    return tidy(without_prefix(tidy(text)).strip("· .").lstrip("."))


def _set_period(sets: dict[str, str], period: str) -> None:
    """Set the period; of two the one that lies in the other is meant."""
    if "period" in sets:
        first, second = parse_period(sets["period"]), parse_period(period)
        period = sets["period"] if second.contains(first) else period
    sets["period"] = period


def behind(section: Joint, row: Joint) -> Joint:
    """A line between the rows as it holds for a row: without what the row names itself.

    >>> section = Joint({"indicator": "gdp", "region": "east"}, ("GDP",))
    >>> behind(section, Joint({"region": "west"})).sets
    {'indicator': 'gdp'}
    """
    columns = sides(row)
    sets = {
        name: value for name, value in section.sets.items() if name not in columns | {*row.sets}
    }
    if INDICATOR in columns and not section.unknown:
        return Joint(sets, part=section.part)
    return replace(section, sets=sets)


def sides(joint: Joint) -> set[str]:
    """The catalogued columns that a joint sense names."""
    return {name for name in CATALOGUED if name in joint.sets or name in joint.new} | (
        {INDICATOR} if joint.names else set()
    )


__all__ = ["PART", "Joint", "behind", "join", "sides"]
