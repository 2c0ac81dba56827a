"""The rows of a table, cell by cell, with the sections and units that stand between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from songhua.labels.units import SCALES
from songhua.reading.crosstabs.axes import CATALOGUED, INDICATOR, LEFT, PERIOD, Axis, is_flags
from songhua.reading.crosstabs.blocks import Block
from songhua.reading.crosstabs.context import Context, Remark, is_heavy
from songhua.reading.crosstabs.entries import is_new
from songhua.reading.crosstabs.growth_columns import beside_levels
from songhua.reading.crosstabs.join import Joint, behind, join
from songhua.reading.crosstabs.kinds import BLANK, FIGURE, TEXT, Kinds
from songhua.reading.crosstabs.meeting import Meeting
from songhua.reading.crosstabs.printed_units import Printed
from songhua.reading.crosstabs.questions import BLANKS, FILL, LEAVE, ORDER, Question
from songhua.reading.crosstabs.questions import PART as OF_NAMES
from songhua.reading.crosstabs.reading import SheetReading
from songhua.reading.crosstabs.roles import is_total
from songhua.reading.crosstabs.vocabulary import pattern
from songhua.reading.sheets.faults import letters
from songhua.reading.sheets.flags import split_scale
from songhua.reading.sheets.looks import RAISED
from songhua.reading.sheets.numbers import Number, read_number
from songhua.reading.sheets.units import spoken_unit
from songhua.reading.sheets.words import is_note

#: The most decimals that a value has.
_DECIMALS = 12
#: The status of a number that its cell prints with a scale.
SCALED = "scaled"
#: So many of the labels of a list have a number in it.
_LISTED = 0.3


class BodyReader:
    """Reads the rows of one table into its sheet, by the roles that its axes have."""

    context: Context
    meeting: Meeting
    labels: list[Axis]
    levels: list[Axis]
    over: dict[int, list[str]]
    columns: dict[int, Joint]

    def __init__(self, reading: SheetReading, kinds: Kinds, block: Block, comma: bool) -> None:
        """Take a table of a sheet."""
        self.sheet, self.kinds, self.block, self.comma = reading, kinds, block, comma
        self.grid, self.words, self.answers = reading.grid, reading.words, reading.answers
        self.rows: dict[tuple[str, ...], Joint] = {}
        self.sections: dict[tuple[int, int], tuple[Joint, Joint]] = {}
        self.above: tuple[str, ...] = ()
        self.flagged = set[int]()
        self.joined = {
            (row, column): area
            for area in self.grid.merged
            for row in range(max(area.top, block.first), min(area.bottom, block.last) + 1)
            for column in range(area.left, area.right + 1)
            if column in block.values and (area.top, area.left) != (area.bottom, area.right)
        }

    def read_columns(self) -> dict[int, Joint]:
        """Sense of the heading over each column of figures."""
        columns: dict[int, Joint] = {}
        for column in self.block.values:
            if (texts := self.over.get(column)) is None:
                text = self.grid.area_text(self.block.heading[-1], column)
                self.sheet.leave("aside", text, letters(column))
                continue
            if not any(texts) and (self.levels or len(self.block.values) > 1):
                self.sheet.leave("no_heading", letters(column), letters(column))
                continue
            joint = join(zip(self.levels, texts, strict=True))
            raised = "".join(self.raised(row, column) for row in self.block.heading)
            columns[column] = replace(joint, marks=joint.marks + raised) if raised else joint
        return beside_levels(columns, any(axis.role == INDICATOR for axis in self.labels))

    def read_body(self) -> None:
        """The rows of the body, with the sections and units that stand between them."""
        self.flagged = {axis.at - 1 for axis in self.labels if is_flags(axis, self.block)}
        section: Joint | None = None
        between: dict[int, Joint] = {}
        parent = (Joint(), 0)
        for row in self.block.body:
            line = self.kinds.rows[row]
            if not line.strip(BLANK) or row in self.block.numbered:
                continue
            printed = tuple(self.grid.area_text(row, axis.at) for axis in self.labels)
            texts = self.filled(row, printed)
            cells = [c for c in self.block.values if self.kinds.at(row, c) != BLANK]
            first = len(line) - len(line.lstrip(BLANK))
            text = self.grid.text(row, first)
            if is_note(text) and all(self.kinds.at(row, c) == TEXT for c in cells):
                place = f"{letters(first)}{row + 1}"
                self.context.remarks.append(Remark(place, text, "", is_heavy(text)))
            elif not cells:
                section = self.section(row, printed) if len({*printed} - {""}) == 1 else section
            elif units := self.unit_row(row, cells):
                between = {c: Joint(units=(unit,)) for c, unit in units.items()}
            else:
                joint = self.rows.get(texts)
                if joint is None:
                    joint = self.rows[texts] = join(zip(self.labels, texts, strict=True))
                    self.note_row(row, texts, joint)
                joint, parent = self.child(row, joint, parent)
                over = section and self.sections.setdefault(
                    (id(section), id(joint)), (section, behind(section, joint))
                )
                self.read_row(row, cells, joint, (over and over[1], between))

    def filled(self, row: int, texts: tuple[str, ...]) -> tuple[str, ...]:
        """The labels of a row; a blank one beside others is that of the row above, where it may be.

        A year stands once over its months; of other labels that is asked.
        """
        if any(texts) and not all(texts) and not any(map(is_total, texts)):
            filled = list(texts)
            for at, (axis, text) in enumerate(zip(self.labels, texts, strict=True)):
                above = self.above[at] if self.above else ""
                if text or not above or axis.role not in (*CATALOGUED, PERIOD):
                    continue
                answer = FILL if axis.role == PERIOD else self.answers.get("blank", axis.name)
                if answer == FILL:
                    filled[at] = above
                elif not answer and any(self.kinds.at(row, c) == FIGURE for c in self.block.values):
                    place = f"{letters(axis.at)}{row + 1}"
                    self.sheet.ask(Question("blank", axis.name, place, {}, (FILL, BLANKS)))
            texts = tuple(filled)
        if any(texts):
            self.above = texts
        return texts

    def child(
        self, row: int, joint: Joint, parent: tuple[Joint, int]
    ) -> tuple[Joint, tuple[Joint, int]]:
        """A row of an industry alone below its whole, 其中：第一产业: one of its indicator."""
        label = next((str(self.grid.cell(row, axis.at)) for axis in self.labels), "")
        depth = len(label) - len(label.lstrip(" \u3000"))
        if "indicator" in joint.sets or joint.unknown:
            return joint, (joint, depth)
        whole, before = parent
        part = pattern("part").match(label) is not None or depth > before
        if not (part and "industry" in joint.sets and ("indicator" in whole.sets or whole.names)):
            return joint, (Joint(), 0)
        which = (str(id(whole)), str(id(joint)))
        child = self.rows.get(which)
        if child is None:
            of_whole = {k: v for k, v in whole.sets.items() if k == "indicator"}
            child = self.rows[which] = replace(
                joint, sets={**joint.sets, **of_whole}, names=whole.names, unknown=whole.unknown,
                units=joint.units or whole.units, form=joint.form or whole.form, odd=whole.odd,
                basis=joint.basis or whole.basis, base=joint.base or whole.base,
            )  # fmt: skip
        return child, parent

    def note_row(self, row: int, texts: Sequence[str], joint: Joint) -> None:
        """A remark in a row that may change its unit or its period."""
        if joint.note and is_heavy(joint.note):
            place = f"{letters(self.labels[0].at)}{row + 1}"
            label = next(filter(None, texts), "")
            self.context.remarks.append(Remark(place, f"{label}: {joint.note}", "", True))

    def unit_row(self, row: int, cells: Sequence[int]) -> dict[int, Printed]:
        """The units of a row of nothing else, each for its column and those at its right."""
        texts = {c: self.grid.text(row, c) for c in cells if self.kinds.at(row, c) == TEXT}
        if len(texts) < len(cells) or not all(spoken_unit(t) for t in texts.values()):
            return {}
        current, units = "", dict[int, Printed]()
        for column in self.block.values:
            current = spoken_unit(texts.get(column, "")) or current
            if current:
                units[column] = Printed(current)
        return units

    def section(self, row: int, texts: tuple[str, ...]) -> Joint | None:
        """A line between the rows that holds for those below it, where it does not only order."""
        filled = [(axis, text) for axis, text in zip(self.labels, texts, strict=True) if text]
        joint = join(filled)
        idle = joint.no_period or joint.open_period or all(axis.role == LEFT for axis, _ in filled)
        if not (joint.unknown or joint.new or idle):
            return joint
        text = " ".join(text for _, text in filled)
        if pattern("ordered").match(text) or self.is_counted(text):
            self.sheet.leave("section", text, f"{letters(filled[0][0].at)}{row + 1}")
            return None
        if not (answer := self.answers.get("sections")):
            place = f"{letters(filled[0][0].at)}{row + 1}"
            self.sheet.ask_of(Question("sections", "", place, {}, (ORDER, OF_NAMES)), text)
        return Joint(names=(text,), unknown=True) if answer == OF_NAMES else None

    def is_counted(self, text: str) -> bool:
        """True for a line that goes on the count of the rows: 3. without figures, after 2."""
        counted = pattern("counted_row")
        axis = next((axis for axis in self.labels if text.startswith(tuple(axis.first))), None)
        if axis is None or not counted.match(text):
            return False
        return sum(bool(counted.match(label)) for label in axis.first) > len(axis.first) * _LISTED

    def read_row(
        self,
        row: int,
        cells: Sequence[int],
        joint: Joint,
        around: tuple[Joint | None, Mapping[int, Joint]],
    ) -> None:
        """The figures of a row."""
        figures, (section, between) = self.sheet.figures, around
        for column in cells:
            over = self.columns.get(column)
            if over is None or not (number := self.number(row, column)):
                continue
            place = f"{letters(column)}{row + 1}"
            parts = (joint, over, section, between.get(column))
            labels = self.meeting.labels(parts, number.unit, place)
            if labels is None:
                continue
            if number.status == SCALED and labels.unit.split()[0] in SCALES:
                self.ask_number(place, self.grid.text(row, column))
                continue
            fresh = any(map(is_new, (labels.indicator, labels.region, labels.industry)))
            if fresh and not self.sheet.accepts_new:
                if self.answers.get("entries") == LEAVE:
                    self.sheet.leave("new", "", place)
                continue
            marks = joint.marks + over.marks + number.marks
            if self.grid.own:
                marks += "".join(self.raised(row, axis.at) for axis in self.labels)
            figures.labels.append(labels)
            figures.numbers.append(number)
            figures.notes.append(
                self.context.note(marks, joint.note) if marks or joint.note else ""
            )
            figures.places.append((row, column))

    def number(self, row: int, column: int) -> Number | None:
        """A cell as a number; None, with a reason, where it holds no figure."""
        place = f"{letters(column)}{row + 1}"
        if (row, column) in self.joined:
            self.sheet.leave("merged", self.grid.text(row, column), place)
            return None
        number = self.grid.number(row, column, None, self.comma)
        if number is None and isinstance(cell := self.grid.cell(row, column), float):
            number = read_number(cell, decimals=_DECIMALS)
        if number is None:
            text = self.grid.text(row, column)
            if scaled := self.scaled(text):
                return scaled
            self.ask_number(place, text)
        elif number.blank is not None:
            self.sheet.leave("mark" if number.blank else "blank", number.blank, place)
            return None
        elif column in self.flagged and (flag := self.grid.text(row, column + 1)):
            beside = read_number(f"0 {flag}")
            status = beside.status if beside else ""
            return replace(number, status=f"{number.status} {status}".strip())
        return number

    def raised(self, row: int, column: int) -> str:
        """The footnote mark that is set raised in a cell."""
        sign = self.grid.own.get((row, column))
        return sign.superscript.translate(RAISED) if sign is not None else ""

    def ask_number(self, place: str, text: str) -> None:
        """Ask about a cell that is no number, or one whose scale may be said twice."""
        if self.answers.get("number") == LEAVE:
            self.sheet.leave("no_number", text, place)
        else:
            self.sheet.ask_of(Question("number", "", place, {}, (LEAVE,)), f"{place} {text}")

    def scaled(self, text: str) -> Number | None:
        """A number with its scale, 1.2万, as 12000 of what its column counts."""
        digits, scale = split_scale(text) or ("", "")
        number = read_number(digits, comma=self.comma) if scale in SCALES else None
        if number is None or not number.value:
            return None
        value = format((Decimal(number.value) * SCALES[scale]).normalize(), "f")
        return replace(number, value=value, status=SCALED)
