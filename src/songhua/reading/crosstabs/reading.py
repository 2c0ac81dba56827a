"""Reading the tables of a sheet: its figures, its questions, and what is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from songhua.reading.crosstabs.axes import (
    CATALOGUED,
    INDICATOR,
    LEFT,
    PART,
    PERIOD,
    REGION,
    Axis,
    assign_roles,
    heading_axes,
    label_axes,
)
from songhua.reading.crosstabs.blocks import Block, find_blocks
from songhua.reading.crosstabs.context import Context, Remark, read_context
from songhua.reading.crosstabs.entries import NewEntries, is_new
from songhua.reading.crosstabs.join import Joint, join
from songhua.reading.crosstabs.kinds import BLANK, TEXT, Kinds
from songhua.reading.crosstabs.meeting import Labels, Meeting
from songhua.reading.crosstabs.questions import LEAVE, NEW, STOP, Answers, Question
from songhua.reading.crosstabs.texts import Words
from songhua.reading.crosstabs.printed_units import Printed
from songhua.reading.sheets.faults import letters
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.numbers import Number, read_number
from songhua.reading.sheets.units import spoken_unit
from songhua.reading.sheets.words import is_note, key

#: More tables on a sheet than these are no sheet that a person fills.
MOST_TABLES = 6
#: An input-output table has so many sectors at least, in its rows as in its columns.
_SECTORS, _SHARED = 8, 0.6
#: The most decimals that a value has.
_DECIMALS = 12


@dataclass
class Figures:
    """Figures as columns of equal length; `places` are their cells."""

    labels: list[Labels] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)

    def __len__(self) -> int:
        """The number of figures."""
        return len(self.labels)


@dataclass(frozen=True)
class Left:
    """Cells that are no figure of the import: why, the text, how many, and the first cell."""

    why: str
    text: str
    n: int
    first: str


@dataclass
class SheetReading:
    """A sheet as it was read."""

    grid: Grid
    words: Words
    entries: NewEntries
    answers: Answers
    blocks: list[Block] = field(default_factory=list)
    figures: Figures = field(default_factory=Figures)
    questions: dict[str, Question] = field(default_factory=dict)
    left: dict[tuple[str, str], Left] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    axes: list[Axis] = field(default_factory=list)
    refused: str = ""

    def ask(self, question: Question) -> None:
        """Ask a question once."""
        self.questions.setdefault(question.key, question)

    def leave(self, why: str, text: str, place: str, n: int = 1) -> None:
        """List something as left out."""
        earlier = self.left.get((why, text))
        first, before = (earlier.first, earlier.n) if earlier else (place, 0)
        self.left[why, text] = Left(why, text, before + n, first)


def read_sheet(
    grid: Grid, words: Words, answers: Answers, entries: NewEntries, comma: bool = False
) -> SheetReading:
    """Read all tables of a sheet with the answers given so far."""
    reading = SheetReading(grid, words, entries, answers)
    kinds = Kinds(grid, comma)
    reading.blocks = find_blocks(kinds)
    if len(reading.blocks) > MOST_TABLES:
        reading.refused = "many_tables"
        return reading
    for block in reading.blocks:
        _TableReader(reading, kinds, block, comma).read()
    return reading


class _TableReader:
    def __init__(self, reading: SheetReading, kinds: Kinds, block: Block, comma: bool) -> None:
        self.sheet, self.kinds, self.block, self.comma = reading, kinds, block, comma
        self.grid, self.words, self.answers = reading.grid, reading.words, reading.answers
        self.rows: dict[tuple[str, ...], Joint] = {}

    def read(self) -> None:
        self.context = read_context(self.grid, self.block, self.words)
        self.labels = label_axes(self.grid, self.block)
        self.levels, self.over = heading_axes(self.grid, self.block)
        assign_roles(
            self.words, self.labels, self.levels, self.answers.roles(), self.context.year,
            self.block, self.grid,
        )  # fmt: skip
        self.axes = [*self.labels, *self.levels]
        if self.is_interindustry():
            self.sheet.refused = "interindustry"
            return
        self.by_elimination()
        self.leave_constant()
        self.sheet.axes += self.axes
        unresolved = [axis for axis in self.axes if not axis.role]
        for axis in unresolved:
            self.ask_role(axis)
        self.meeting = Meeting(self.sheet.words.folder, self.context, self.answers, self.sheet)
        self.columns = self.read_columns()
        if not unresolved:
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
        known = {axis.role for axis in self.axes}
        if INDICATOR in known or "indicator" in self.context.sets:
            return
        levels = [axis for axis in self.levels if not axis.role]
        labels = [axis for axis in self.labels if not axis.role]
        if not labels and levels:
            for axis in levels:
                role = (axis.guess or INDICATOR) if len(levels) == 1 else PART
                axis.read(self.words, role, self.context.year)
        elif len(labels) == 1 and not levels and not self.context.name:
            labels[0].read(self.words, INDICATOR, self.context.year)

    def leave_constant(self) -> None:
        """A column of one text that nothing explains is a remark on the whole table."""
        for axis in self.axes:
            if not axis.role and len(axis.first) == 1:
                text, place = next(iter(axis.first.items()))
                axis.role = LEFT
                self.context.remarks.append(Remark(place, f"{axis.caption}: {text}", "", True))

    def ask_role(self, axis: Axis) -> None:
        shares = {role: axis.known(role) for role in CATALOGUED}
        options = sorted(CATALOGUED, key=lambda role: -shares[role])
        texts = tuple(list(axis.first)[:5])
        params = {"side": axis.side, "at": axis.place, "caption": axis.caption, "text": texts}
        self.sheet.ask(
            Question("role", axis.name, axis.place, params, (*options, "part", "left"))
        )

    def read_columns(self) -> dict[int, Joint]:
        columns: dict[int, Joint] = {}
        for column in self.block.values:
            texts = self.over[column]
            if not any(texts) and self.levels:
                self.sheet.leave("no_heading", letters(column), f"{letters(column)}")
                continue
            columns[column] = join(zip(self.levels, texts, strict=True))
        return columns

    def read_body(self) -> None:
        """The rows of the body, with the sections and units that stand between them."""
        section: Joint | None = None
        between: dict[int, Joint] = {}
        parent = ""
        for row in self.block.body:
            line = self.kinds.rows[row]
            if not line.strip(BLANK) or row in self.block.numbered:
                continue
            texts = tuple(self.grid.area_text(row, axis.at) for axis in self.labels)
            cells = [c for c in self.block.values if self.kinds.at(row, c) != BLANK]
            first = len(line) - len(line.lstrip(BLANK))
            text = self.grid.text(row, first)
            if is_note(text) and not any(self.kinds.at(row, c) != TEXT for c in cells):
                self.context.remarks.append(Remark(f"{letters(first)}{row + 1}", text, "", True))
                continue
            if not cells:
                if any(texts):
                    section = self.section(row, texts)
                continue
            if units := self.unit_row(row, cells):
                between = {c: Joint(units=(unit,)) for c, unit in units.items()}
                continue
            joint = self.rows.get(texts)
            if joint is None:
                joint = self.rows[texts] = join(zip(self.labels, texts, strict=True))
            del parent
            parent = ""
            self.read_row(row, cells, joint, section, between)

    def unit_row(self, row: int, cells: Sequence[int]) -> dict[int, Printed]:
        """The units of a row of nothing else."""
        texts = {c: self.grid.text(row, c) for c in cells if self.kinds.at(row, c) == TEXT}
        if len(texts) < len(cells) or not all(spoken_unit(t) for t in texts.values()):
            return {}
        filled = {c: unit for c, text in texts.items() if (unit := spoken_unit(text))}
        current = ""
        units: dict[int, Printed] = {}
        for column in self.block.values:
            current = filled.get(column, current)
            if current:
                units[column] = Printed(current)
        return units

    def section(self, row: int, texts: tuple[str, ...]) -> Joint | None:
        """A line between the rows that holds for those below it."""
        filled = [(axis, text) for axis, text in zip(self.labels, texts, strict=True) if text]
        joint = join(filled)
        text = " ".join(text for _, text in filled)
        place = f"{letters(filled[0][0].at)}{row + 1}"
        if not joint.unknown and not joint.new:
            return joint
        answer = self.answers.get("section", text)
        if not answer:
            answer = self.answers.get("sections")
        if not answer:
            lines = [text]
            if earlier := self.sheet.questions.get("sections"):
                lines = [*earlier.params["text"], text]
            params = {"text": tuple(lines)}
            self.sheet.questions["sections"] = Question(
                "sections", "", place, params, ("order", "part", STOP)
            )
        if answer == "part":
            return Joint(names=(text,), unknown=True)
        return None

    def read_row(
        self,
        row: int,
        cells: Sequence[int],
        joint: Joint,
        section: Joint | None,
        between: Mapping[int, Joint],
    ) -> None:
        figures = self.sheet.figures
        for column in cells:
            over = self.columns.get(column)
            if over is None:
                continue
            number = self.number(row, column)
            place = f"{letters(column)}{row + 1}"
            if number is None:
                self.unreadable(place, self.grid.text(row, column))
                continue
            if number.blank is not None:
                self.sheet.leave("mark" if number.blank else "blank", number.blank, place)
                continue
            parts = (joint, over, section, between.get(column))
            labels = self.meeting.labels(parts, number.unit, place)
            if labels is None:
                continue
            if any(is_new(id) for id in (labels.indicator, labels.region, labels.industry)):
                if self.answers.get("entries") != NEW:
                    if self.answers.get("entries") == LEAVE:
                        self.sheet.leave("new", joint.names[0] if joint.names else "", place)
                    continue
            figures.labels.append(labels)
            figures.numbers.append(number)
            figures.notes.append(joint.note)
            figures.places.append((row, column))

    def number(self, row: int, column: int) -> Number | None:
        """A cell as a number; one that a workbook keeps with more decimals than twelve, with so many."""
        number = self.grid.number(row, column, None, self.comma)
        if number is None and isinstance(cell := self.grid.cell(row, column), float):
            return read_number(cell, decimals=_DECIMALS)
        return number

    def unreadable(self, place: str, text: str) -> None:
        """A cell among figures that is no number."""
        if self.answers.get("odd") == LEAVE:
            self.sheet.leave("odd", text, place)
            return
        texts = [f"{place}: {text}"]
        if earlier := self.sheet.questions.get("odd"):
            texts = [*earlier.params["text"], *texts]
        self.sheet.questions["odd"] = Question(
            "odd", "", place, {"text": tuple(texts)}, (LEAVE, STOP)
        )

    def keep_remarks(self) -> None:
        """Remarks that may change a figure's meaning are asked about; all are listed."""
        self.sheet.remarks += self.context.remarks
        heavy = [remark for remark in self.context.remarks if remark.heavy]
        if heavy and not self.answers.get("remarks"):
            texts = tuple(f"{remark.place}: {remark.text}" for remark in heavy)
            if earlier := self.sheet.questions.get("remarks"):
                texts = (*earlier.params["text"], *texts)
            self.sheet.questions["remarks"] = Question(
                "remarks", "", heavy[0].place, {"text": texts}, ("keep", STOP)
            )


def ask_entries(reading: SheetReading) -> None:
    """Ask about the names without an entry, once for all of them."""
    names = reading.entries.names()
    if names and not reading.answers.get("entries"):
        params = {name: tuple(texts) for name, texts in names.items()}
        reading.ask(Question("entries", "", "", params, (NEW, LEAVE)))


__all__ = ["Context", "Figures", "Left", "REGION", "SheetReading", "ask_entries", "read_sheet"]
