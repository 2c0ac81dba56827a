"""Reading one table of a sheet: roles of its axes, then its rows cell by cell."""

from __future__ import annotations

from songhua.reading.crosstabs.axes import (
    CATALOGUED,
    INDICATOR,
    INDUSTRY,
    LEFT,
    PART,
    PERIOD,
    REGION,
    Axis,
    heading_axes,
    label_axes,
    odd_units,
)
from songhua.reading.crosstabs.blocks import find_blocks
from songhua.reading.crosstabs.body import BodyReader
from songhua.reading.crosstabs.context import Remark, break_year, is_heavy, read_context
from songhua.reading.crosstabs.entries import NewEntries
from songhua.reading.crosstabs.fault_kinds import TableInterindustry, TableSlipped, TablesMany
from songhua.reading.crosstabs.kinds import Kinds
from songhua.reading.crosstabs.meeting import Meeting
from songhua.reading.crosstabs.questions import (
    BREAK,
    INDUSTRIES,
    KEEP,
    LEAVE,
    REGIONS,
    Answers,
    Question,
)
from songhua.reading.crosstabs.reading import SheetReading
from songhua.reading.crosstabs.roles import assign_roles
from songhua.reading.crosstabs.serial_days import with_days
from songhua.reading.crosstabs.slipped import slipped_row
from songhua.reading.crosstabs.texts import Words
from songhua.reading.crosstabs.year_headings import take_years
from songhua.reading.sheets.faults import letters
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.words import key

#: More tables than these on one sheet are a report, and no sheet of data.
MOST_TABLES = 6
#: An input-output table has so many sectors at least, in its rows as in its columns.
_SECTORS, _SHARED = 8, 0.6
#: Shares of texts that are known below which a role is only a guess.
_SURE = 0.3


class TableReader(BodyReader):
    """Reads one table; what is open becomes a question of the sheet."""

    def read(self) -> None:
        """Read the table into its sheet."""
        for (row, column), sign in self.grid.own.items():
            place = f"{letters(column)}{row + 1}"
            if sign.struck:
                self.sheet.leave("struck", sign.struck, place)
            if sign.comment:
                remark = Remark(place, sign.comment, "", is_heavy(sign.comment))
                self.sheet.remarks += [remark] if remark not in self.sheet.remarks else []
        if (row := slipped_row(self.kinds, self.block)) is not None:
            self.sheet.faults.append(TableSlipped(row=row + 1, column=self.grid.sheet))
            return
        self.context = read_context(self.grid, self.block, self.words)
        if period := self.answers.get("period"):
            self.context.sets.setdefault("period", period)
        self.labels = label_axes(self.grid, self.block)
        self.levels, self.over = heading_axes(self.grid, self.block)
        assign_roles(
            self.words, self.labels, self.levels, self.answers.roles(), self.context.year,
            self.block, self.grid,
        )  # fmt: skip
        self.axes = [*self.labels, *self.levels]
        if self.is_interindustry():
            self.sheet.faults.append(TableInterindustry(column=self.grid.sheet))
            return
        self.by_elimination()
        self.leave_constant()
        for axis in self.levels:
            begins = int(self.answers.roles()["year_begins"] or 0)
            for place, text in take_years(self.words, axis, begins).items():
                self.sheet.remarks.append(Remark(place, text, "", is_heavy(text)))
        self.sheet.axes.append(self.axes)
        unresolved = [axis for axis in self.axes if not axis.role]
        for axis in unresolved:
            self.ask_role(axis)
        is_named = any(axis.role == INDICATOR for axis in self.axes)
        many_odd = any(odd_units(axis) > 1 for axis in self.axes)
        self.meeting = Meeting(
            self.words.folder, self.context, self.answers, self.sheet, is_named, many_odd=many_odd
        )
        self.columns = self.read_columns()
        settled = self.meeting.settle_units(list(self.columns.values()))
        if not unresolved and settled and not self.ask_clashes():
            self.read_body()
        self.keep_remarks()

    def is_interindustry(self) -> bool:
        """True where the rows are named as the columns are, as in an input-output table."""
        for level in (axis for axis in self.levels if axis.role != PERIOD):
            across = {key(text).replace(" ", "") for text in level.first}
            for label in self.labels if len(across) >= _SECTORS else ():
                down = {key(text).replace(" ", "") for text in label.first}
                if len(down & across) >= _SHARED * max(_SECTORS, min(len(across), len(down))):
                    return True
        return False

    def by_elimination(self) -> None:
        """An axis without a role names the indicators where nothing else does."""
        roles = {axis.role for axis in self.axes}
        levels = [axis for axis in self.levels if not axis.role]
        labels = [axis for axis in self.labels if not axis.role]
        if INDICATOR not in roles and "indicator" not in self.context.sets:
            if not labels and levels:
                for axis in levels:
                    role = (axis.guess or INDICATOR) if axis is levels[0] else PART
                    axis.read(self.words, role, self.context.year)
            elif len(labels) == 1 and not levels and not self.context.name:
                labels[0].read(self.words, INDICATOR, self.context.year)
            elif labels and self.context.name:
                for axis in levels:
                    axis.read(self.words, PART, self.context.year)
        elif INDICATOR not in roles and not labels:
            for axis in levels:
                periods = [s for s in axis.senses.values() if s.clear and [*s.sets] == ["period"]]
                if len(periods) * 2 > len(axis.senses):
                    axis.read(self.words, PART, self.context.year)
        unsure = [a for a in self.axes if a.role == INDICATOR and not a.sure and a.share < _SURE]
        self.sheet.unsure = self.sheet.unsure or bool(unsure)
        other = {REGIONS: REGION, INDUSTRIES: INDUSTRY}.get(self.answers.get("entries"), "")
        for axis in unsure if other else ():
            axis.read(self.words, other, self.context.year)

    def leave_constant(self) -> None:
        """A column of one text that nothing explains is a remark on the whole table."""
        for axis in self.axes:
            if not axis.role and len(axis.first) == 1:
                text, place = next(iter(axis.first.items()))
                axis.role = LEFT
                self.context.remarks.append(Remark(place, f"{axis.caption}: {text}", "", True))

    def ask_clashes(self) -> bool:
        """Ask about two values that the lines above the table state; True where one is open."""
        is_open = False
        for name, first, second in self.context.clashes:
            subject = f"{name} {first} {second}"
            answer = self.answers.get("twice", subject)
            if answer in (first, second):
                self.context.sets[name] = answer
            else:
                is_open = True
                params = {"name": name, "first": first, "second": second}
                self.sheet.ask(Question("twice", subject, "", params, (first, second)))
        return is_open

    def ask_role(self, axis: Axis) -> None:
        """Ask for the role of a column or of a row of the heading; the likeliest first."""
        options = sorted(CATALOGUED, key=lambda role: -axis.known(role))
        texts = tuple(list(axis.first)[:5])
        params = {"axis": axis.place, "caption": axis.caption or "–", "text": texts}
        self.sheet.ask(Question("role", axis.name, axis.place, params, (*options, PART, LEFT)))

    def keep_remarks(self) -> None:
        """Remarks that may change a figure's meaning are asked about; all are kept."""
        self.sheet.remarks += self.context.remarks
        answer = self.answers.get("remarks")
        for remark in (remark for remark in self.context.remarks if remark.heavy):
            year = break_year(remark.text)
            if not answer:
                options = (KEEP, BREAK, LEAVE) if year else (KEEP, LEAVE)
                question = Question("remarks", "", remark.place, {}, options)
                self.sheet.ask_of(question, f"{remark.place} {remark.text}")
            elif answer == BREAK and year:
                ids = {labels.indicator for labels in self.sheet.figures.labels}
                self.sheet.breaks |= dict.fromkeys(ids, year)


def read_sheet(
    grid: Grid, words: Words, answers: Answers, entries: NewEntries, comma: bool = False
) -> SheetReading:
    """Read all tables of a sheet with the answers given so far."""
    grid = with_days(grid)
    reading = SheetReading(grid, words, entries, answers)
    kinds = Kinds(grid, comma)
    reading.blocks = find_blocks(kinds)
    if len(reading.blocks) > MOST_TABLES:
        fault = TablesMany(n=len(reading.blocks), most=MOST_TABLES)
        reading.faults.append(fault.at(column=grid.sheet))
        return reading
    for block in reading.blocks:
        TableReader(reading, kinds, block, comma).read()
    return reading
