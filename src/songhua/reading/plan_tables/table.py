"""A plan's table of indicators row by row: its targets, and what is doubtful in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from songhua.errors import Fault, SonghuaError
from songhua.labels import Period
from songhua.messages import language_of
from songhua.plan import parse_target
from songhua.reading.change_fault_kinds import (
    PlanTableGrowth,
    PlanTableLevels,
    PlanTableNames,
    PlanTableNature,
    PlanTableNear,
    PlanTableRate,
    PlanTableSum,
    PlanTableUnit,
)
from songhua.reading.crosstabs.near import nearest_name
from songhua.reading.crosstabs.texts import Words
from songhua.reading.plan_tables.cumulative import InAll, Levels, Open
from songhua.reading.plan_tables.heading import Heading
from songhua.reading.plan_tables.plan_cells import in_all, target_words, unbracketed
from songhua.reading.plan_tables.plan_words import nature_of
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.numbers import read_number
from songhua.reading.sheets.words import is_note, split_marks, tidy, without_prefix
from songhua.region.indicators import Indicator

_UNIT = re.compile(r"\(([^()]{1,40})\)$")
Row = dict[str, str]


@dataclass
class Table:
    """The targets of a table as rows of `plan/targets.csv` without an id, and their places.

    `doubts` are what must not be taken without being settled, `left_out` names without an entry.
    """

    file: str
    rows: list[tuple[Row, str]] = field(default_factory=list)
    doubts: list[Fault] = field(default_factory=list)
    left_out: dict[str, None] = field(default_factory=dict)

    def doubt(self, fault: Fault, place: str) -> None:
        """Note a doubt at its cell, the same only once."""
        fault = fault.at(self.file, None, place)
        if all(doubt.at() != fault.at() for doubt in self.doubts):
            self.doubts.append(fault)


def read_table(grid: Grid, heading: Heading, words: Words, plan: Period, file: str) -> Table:
    """The targets of a table of indicators; what is not understood is a doubt, or left out."""
    table = Table(file)
    for row in range(heading.last + 1, len(grid.cells)):
        if any(is_note(grid.text(row, column)) for column in grid.filled(row)[:1]):
            break
        line = _Line(grid, heading, row, words, table)
        if line.name and line.says_something():
            table.rows += line.targets(plan)
    return table


@dataclass
class _Line:
    grid: Grid
    heading: Heading
    row: int
    dictionary: Words
    table: Table

    def at(self, role: str) -> str:
        column = self.heading.columns.get(role)
        return "" if column is None else self.grid.area_text(self.row, column)

    def place(self, column: int) -> str:
        return self.grid.place(self.row, column).rpartition("!")[2]

    @property
    def printed(self) -> str:
        """The name as it is printed, without what orders it."""
        return tidy(without_prefix(split_marks(self.at("name"))[0]))

    @property
    def name(self) -> str:
        """The name without the unit in its brackets."""
        return _UNIT.sub("", self.printed).strip() if self.unit_in_name else self.printed

    @property
    def unit_in_name(self) -> str:
        bracket = _UNIT.search(self.printed)
        return bracket[1] if bracket and not self.at("unit") else ""

    @property
    def unit(self) -> str:
        """The unit as it is printed; blank for none."""
        text = tidy(self.at("unit") or self.unit_in_name)
        return "" if not text.strip("-—–/") else text

    def cells(self) -> Iterator[tuple[str, int]]:
        """The cells that may hold a target, each with its way; the year before others."""
        if self.heading.target is not None:
            yield "level", self.heading.years[self.heading.target]
        for role in ("growth", "sum"):
            if role in self.heading.columns:
                yield role, self.heading.columns[role]

    def says_something(self) -> bool:
        """True where it is no heading of a section: a cell of it has a number or words."""
        years = [*self.heading.years.values(), *(column for _, column in self.cells())]
        return any(self.grid.text(self.row, column) for column in years)

    def labels(self) -> Row | None:
        """Labels that the indicator's name gives; None, with a doubt or left out, for another."""
        place = self.place(self.heading.columns["name"])
        sense = self.dictionary.sense(self.name, "indicator")
        if not sense.clear or "indicator" not in sense.sets:
            self.leave_out(sense.many, place)
            return None
        labels = {n: v for n, v in sense.sets.items() if n in ("indicator", "region", "industry")}
        indicator, relations = labels["indicator"], self.dictionary.folder.relations
        rates = relations.growth_of(indicator) if sense.form == "growth" else []
        if len(rates) > 1:
            folder = self.dictionary.folder
            choices = tuple(folder.words("indicators", rate) for rate in rates)
            name = folder.words("indicators", indicator)
            self.table.doubt(PlanTableRate(name=name, choices=choices), place)
            return None
        return {**labels, **({"indicator": rates[0]} if rates else {})}

    def leave_out(self, many: tuple[str, ...], place: str) -> None:
        """A name without an entry: one that may be meant is a doubt, another is left out."""
        if many:
            self.table.doubt(PlanTableNames(text=self.name, meanings=many), place)
        elif near := nearest_name(self.dictionary.lexicon, "indicator", self.name):
            self.table.doubt(PlanTableNear(text=self.name, near=near), place)
        else:
            self.table.left_out.setdefault(self.name)

    def targets(self, plan: Period) -> Iterator[tuple[Row, str]]:
        """The targets of the row: of the year, else of the years together or on average.

        A rate has one of the year and one of all years. Further texts for the same time become the
        note of the first.
        """
        if (labels := self.labels()) is None:
            return
        nature = nature_of(self.at("nature"))
        if nature is None:
            place = self.place(self.heading.columns["nature"])
            self.table.doubt(PlanTableNature(text=self.at("nature")[:60]), place)
            return
        indicator = self.dictionary.folder.indicator(labels["indicator"])
        by_period: dict[str, tuple[Row, str]] = {}
        for role, column in self.cells():
            if not (text := self.words(role, column, indicator)):
                continue
            rate = indicator.form.endswith("growth") and not in_all(self.printed_cell(column))
            period = self.period(role, rate, plan)
            row: Row = {**labels, "text": text, "nature": nature, "period": period}
            if role == "level" and not indicator.form.endswith("growth"):
                row |= self.base()
            first, _ = by_period.setdefault(period, (row, self.place(column)))
            if first is not row:
                first["note"] = text
        yield from by_period.values()

    def period(self, role: str, rate: bool, plan: Period) -> str:
        """The plan's own period for what is reached at its end; the year for a rate of the year."""
        year = self.heading.target
        if role != "level" or (year == plan.end.year and not rate):
            return str(plan)
        return str(year)

    def words(self, role: str, column: int, indicator: Indicator) -> str:
        """The target of a cell in words that can be read; blank, with a doubt, for others."""
        cell, lang = self.printed_cell(column), language_of(self.printed)
        way, unit = "rise" if role == "growth" else role, "%" if role == "growth" else self.unit
        counted = bool(re.search(r"\d", cell))
        open_ = PlanTableUnit if counted and not unit and not re.search("[%‰]", cell) else None
        if role == "level" and indicator.form.endswith("growth"):
            way = "growth"
        levels = None
        if counted and (role == "sum" or in_all(cell)):
            levels = self.levels(column)
            share = indicator.unit == "%" and not indicator.rate
            number = InAll(unbracketed(cell), self.name, self.unit, share, levels)
            open_ = None if isinstance(number.kind, str) else number.kind
            way, unit = number.way, number.unit_in(lang)
        if open_:
            self.open(open_, cell, column, levels)
            return ""
        text = target_words(cell, way, unit, self.name, lang)
        try:
            if text:
                parse_target(text)
        except SonghuaError as error:
            place = self.place(column)
            for fault in error.faults:
                self.table.doubt(fault, place)
            return ""
        return text

    def open(self, kind: Open, cell: str, column: int, levels: Levels | None) -> None:
        """A doubt about a number: its unit, or what it counts of all years together."""
        if kind is PlanTableUnit:
            doubt: Fault = PlanTableUnit(text=cell)
        elif kind is PlanTableSum or levels is None:
            doubt = PlanTableSum(text=cell, printed=self.unit)
        else:
            growth = "—" if levels.growth is None else f"{float(levels.growth):.2f}"
            doubt = PlanTableLevels(
                text=cell, printed=self.unit, base=levels.base, goal=levels.goal, growth=growth,
                change=f"{float(levels.change):g}",
            )  # fmt: skip
        self.table.doubt(doubt, self.place(column))

    def printed_cell(self, column: int) -> str:
        """A cell as the sheet shows it, a number with its decimals."""
        number = self.grid.number(self.row, column, None, comma=False)
        if number is not None and not isinstance(self.grid.cell(self.row, column), str):
            return f"{number.value}{number.unit}"
        return self.grid.text(self.row, column)

    def levels(self, column: int) -> Levels | None:
        """The levels of the first and the last year, if the row has both beside this column."""
        base, goal = self.heading.base, self.heading.target
        if base is None or goal is None or self.heading.years[goal] == column:
            return None
        years = (self.heading.years[year] for year in (base, goal))
        numbers = [self.grid.number(self.row, year, None, comma=False) for year in years]
        values = [number.value for number in numbers if number is not None and number.value]
        return Levels(*values) if len(values) == len(numbers) else None

    def base(self) -> Row:
        """The figure of the year that the plan starts from."""
        if (year := self.heading.base) is None:
            return {}
        number = read_number(self.grid.cell(self.row, self.heading.years[year]))
        if number is None or not number.value or number.qualifier or number.status:
            return {}
        return {"base_period": str(year), "base": number.value}


def growth_apart(row: Mapping[str, str], years: int) -> Fault | None:
    """A warning where the growth that a table prints is not that from its base to its target.

    >>> row = {"text": "达到150亿元", "base": "100", "note": "年均增长5%"}
    >>> growth_apart(row, 5).params["computed"]
    '8.4'
    """
    text, base, note = (row.get(name, "") for name in ("text", "base", "note"))
    level = parse_target(text)
    if not (note and base) or years < 1:
        return None
    growth = parse_target(note)
    if growth.quantity != "growth" or growth.pace != "a_year" or not (level.low and growth.low):
        return None
    start, goal = float(base), float(level.low)
    if start <= 0 or goal <= 0:
        return None
    computed = ((goal / start) ** (1 / years) - 1) * 100
    printed = float(growth.low) * (-1 if growth.sense == "fall" else 1)
    if abs(computed - printed) <= max(0.5, 0.1 * abs(printed)):
        return None
    return PlanTableGrowth(text=text, base=base, said=note, computed=f"{computed:.1f}")
