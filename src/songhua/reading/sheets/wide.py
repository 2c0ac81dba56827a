"""Applying a map to a cross table: every figure becomes a row with its labels and its unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from songhua.errors import Fault
from songhua.labels import parse_unit
from songhua.reading import limits
from songhua.reading.sheets.candidates import (
    Candidates,
    Tally,
    columns,
    missing,
    nothing,
    required,
    usual,
)
from songhua.reading.sheets.fault_kinds import (
    ImportFiguresMany,
    ImportNothingFound,
    ImportRowLabelBlank,
    ImportSameTwice,
    ImportSetTwice,
    ImportUnitDiffers,
    ImportUnitDoubtful,
    ImportUnitMissing,
    ImportUnitTwice,
    ImportUnitUnknown,
)
from songhua.reading.sheets.faults import Faults, letters
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.heading import find_heading, heading_texts, value_columns
from songhua.reading.sheets.label_meaning import Dictionary, Meaning
from songhua.reading.sheets.mapping import Mapping
from songhua.reading.sheets.notes import Notes
from songhua.reading.sheets.numbers import Cell, Number, cell_text, number_fault
from songhua.reading.sheets.units import title_unit, unit_line
from songhua.reading.sheets.words import is_note


def read_wide(grid: Grid, mapping: Mapping, faults: Faults) -> Candidates:
    """The candidates of a cross table."""
    faults.sheet = grid.sheet
    grid = mapping.parts.of(grid)
    heading = find_heading(grid, mapping, faults)
    if heading is None:
        return nothing(faults.listed())
    return _Wide(grid, mapping, faults, heading).read()


def _is_ratio_unit(unit: str) -> bool:
    return parse_unit(unit).dimension[0] in {"ratio", "points"}


@dataclass
class _Wide:
    grid: Grid
    mapping: Mapping
    faults: Faults
    heading: tuple[int, ...]
    tally: Tally = field(default_factory=Tally)
    notes: Notes = field(default_factory=Notes)
    rows: list[dict[str, str]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    first_places: dict[tuple[str, ...], str] = field(default_factory=dict)
    over: dict[int, list[Meaning] | None] = field(default_factory=dict)
    row_text: str = ""

    def read(self) -> Candidates:
        self.dictionary = Dictionary(self.mapping)
        self._read_title()
        self.values = value_columns(self.grid, self.mapping)
        for row, labels in self._lines():
            self._read_line(row, labels)
            if len(self.rows) > limits.FIGURES:
                self.faults.add(ImportFiguresMany(most=limits.FIGURES))
                return nothing(self.faults.listed())
        self.notes.end()
        for text, place in self.notes.sections:
            self.tally.add("section", text, place)
        for line, place in self.notes.lines:
            self.tally.add("note", line[:60], place)
        for sheet in self.grid.others:
            self.tally.add("sheet", sheet, "")
        self.dictionary.tell(self.faults)
        if not self.rows and not self.faults:
            self.faults.add(ImportNothingFound())
        for line, marks in zip(self.rows, self.marks, strict=True):
            if note := self.notes.explain(marks):
                line["note"] = "; ".join(filter(None, [line.get("note", ""), note]))
        data = {
            name: pa.array([r.get(name, "") for r in self.rows], pa.string()) for name in columns()
        }
        notes = (*self.notes.title, *(line for line, _ in self.notes.lines))
        return Candidates(
            pa.table(data),
            self.places.__getitem__,
            self.tally.skipped(),
            notes,
            tuple(self.faults.listed()),
        )

    def _read_title(self) -> None:
        first = self.heading[0] if self.heading else 0
        if first < 0:
            first = self.mapping.body[0] if self.mapping.body else 0
        corner = [self.grid.text(r, c) for r in self.heading for c in self.mapping.rows.values()]
        above = [self.grid.text(r, c) for r in range(first) for c in self.grid.filled(r)]
        self.title_unit, self.title_odd = title_unit([*above, *filter(unit_line, corner)])
        self.notes.title = above

    def _lines(self) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows of the body with the labels of each."""
        start = self.heading[-1] + 1 if self.heading else 0
        end = len(self.grid.cells) - 1
        if self.mapping.body:
            start, end = self.mapping.body[0], min(self.mapping.body[1], end)
        before: dict[str, str] = {}
        for row in range(start, end + 1):
            labels = {n: self.grid.area_text(row, c) for n, c in self.mapping.rows.items()}
            for name, column in self.mapping.rows.items():
                if column in self.mapping.fill and not labels[name]:
                    labels[name] = before.get(name, "")
            before = labels
            yield row, labels

    def _read_line(self, row: int, labels: dict[str, str]) -> None:
        cells = {c: cell for c in self.values if cell_text(cell := self.grid.cell(row, c))}
        decimals_of, comma = self.mapping.decimals_of, self.mapping.comma
        read = {c: self.grid.number(row, c, decimals_of(c), comma) for c in cells}
        figures = any(n is not None and n.blank is None for n in read.values())
        filled = self.grid.filled(row)
        first = self.grid.text(row, filled[0]) if filled else ""
        if not figures and is_note(first):
            text = " ".join(self.grid.text(row, c) for c in filled)
            self.notes.add(text, self.grid.place(row, filled[0]))
            return
        if not cells:
            if first:
                self.notes.later(first, self.grid.place(row, filled[0]))
            return
        self.notes.section()
        if self.mapping.rows and not any(labels.values()):
            self.faults.add(ImportRowLabelBlank(row=row + 1))
            return
        if not figures and all(n is not None for n in read.values()):
            for column, number in read.items():
                place = self.grid.place(row, column)
                self.tally.add("mark", (number and number.blank) or "", place)
            return
        self.row_text = labels.get("indicator", "")
        meanings = self._row_says(row, labels, len(cells))
        for column in self.values if meanings is not None else ():
            self._read_cell(row, column, meanings or [], cells.get(column, ""), read.get(column))

    def _row_says(self, row: int, labels: dict[str, str], cells: int) -> list[Meaning] | None:
        """Meanings of the row's labels; None if one is ignored or not listed."""
        meanings: list[Meaning] = []
        listed = True
        for name, text in labels.items():
            if not text:
                continue
            column = self.mapping.rows[name]
            meaning = self.dictionary.look_up(name, text, row, letters(column))
            if meaning is not None and meaning.ignored:
                self.tally.add("ignored", meaning.ignored, self.grid.place(row, column), cells)
                return None
            listed = listed and meaning is not None
            meanings.extend([meaning] if meaning is not None else [])
        return meanings if listed else None

    def _column_says(self, column: int) -> list[Meaning] | None:
        """Meanings of the heading over a column, once; None if it is ignored or not listed."""
        if column not in self.over:
            self.over[column] = self._read_heading(column)
        return self.over[column]

    def _read_heading(self, column: int) -> list[Meaning] | None:
        texts = heading_texts(self.grid, self.heading, column, set(self.mapping.rows.values()))
        if self.dictionary.ignored(texts):
            return None
        meanings: list[Meaning] = []
        listed = True
        for name, levels in self.mapping.columns.items():
            text = " ".join(dict.fromkeys(filter(None, (texts[n - 1] for n in levels))))
            if not text:
                continue
            row = self.heading[levels[0] - 1]
            meaning = self.dictionary.look_up(name, text, row, letters(column))
            if meaning is not None and meaning.ignored:
                return None
            listed = listed and meaning is not None
            meanings.extend([meaning] if meaning is not None else [])
        mapped = {n for levels in self.mapping.columns.values() for n in levels}
        unused = [text for n, text in enumerate(texts, 1) if n not in mapped and text]
        return [*meanings, *map(self.dictionary.bare, unused)] if listed else None

    def _read_cell(
        self, row: int, column: int, by_row: list[Meaning], cell: Cell, number: Number | None
    ) -> None:
        place = self.grid.place(row, column)
        over = self._column_says(column) if cell != "" else self.over.get(column, [])
        if over is None:
            texts = heading_texts(self.grid, self.heading, column, set())
            if cell != "" and (word := self.dictionary.ignored(texts)):
                self.tally.add("ignored", word, place)
            return
        if cell == "":
            self.tally.add("blank", "", place)
        elif number is None or "forecast" in number.status:
            self._fault(number_fault(cell), row, column)
        elif number.blank is not None:
            self.tally.add("mark", number.blank, place)
        elif (pair := self._pair(column)) is not None and pair.ignored:
            self.tally.add("ignored", pair.ignored, place)
        else:
            self._add(row, column, by_row, over, number, pair)

    def _pair(self, column: int) -> Meaning | None:
        """Meaning of the row's and the column's word for an indicator together."""
        if not self.dictionary.paired:
            return None
        texts = heading_texts(self.grid, self.heading, column, set(self.mapping.rows.values()))
        levels = (texts[n - 1] for n in self.mapping.columns["indicator"])
        return self.dictionary.pair(self.row_text, " ".join(dict.fromkeys(filter(None, levels))))

    def _add(
        self,
        row: int,
        column: int,
        by_row: list[Meaning],
        over: list[Meaning],
        number: Number,
        pair: Meaning | None,
    ) -> None:
        line = dict(self.mapping.defaults)
        fixed = pair.sets if pair else {}
        sets = dict(fixed)
        for source in (*by_row, *over):
            for name, value in source.sets.items():
                if name not in fixed and sets.setdefault(name, value) != value:
                    fault = ImportSetTwice(name=name, one=sets[name], other=value)
                    self._fault(fault, row, column)
        line |= sets | {"value": number.value}
        if number.qualifier:
            line["qualifier"] = number.qualifier
        line["unit"] = self._unit(row, column, *(([pair], []) if pair else (by_row, over)), number)
        for name in required():
            if not line.get(name) and name != "unit":
                self._fault(missing(name), row, column)
        which = tuple(line.get(name) or blank for name, blank in usual())
        place = self.grid.place(row, column)
        if (first := self.first_places.setdefault(which, place)) != place:
            self._fault(ImportSameTwice(first=first), row, column)
        self.rows.append(line)
        self.places.append(place)
        self.marks.append("".join([*(s.marks for s in (*by_row, *over)), number.marks]))

    def _unit(
        self, row: int, column: int, by_row: list[Meaning], over: list[Meaning], number: Number
    ) -> str:
        """The unit: the cell's, else the map's for a label, else a label's, else the table's."""
        if number.unit:
            return number.unit
        labels = (*reversed(over), *by_row)
        mapped = [s.map_unit for s in labels if s.map_unit]
        printed = [s.unit for s in labels if s.unit]
        units = mapped or [u for u in printed if _is_ratio_unit(u)] or printed
        if len(set(units)) > 1:
            self._fault(ImportUnitTwice(one=units[0], other=units[1]), row, column)
        if mapped:
            return mapped[0]
        odd = next((s.odd for s in labels if s.odd), "")
        if odd and not units:
            self._fault(ImportUnitUnknown(text=odd), row, column)
            return ""
        unit = units[0] if units else self._table_unit(row, column)
        ratio = any(s.ratio and not s.unit for s in labels)
        if unit and ratio and not _is_ratio_unit(unit):
            self._fault(ImportUnitDoubtful(unit=unit), row, column)
        return unit

    def _table_unit(self, row: int, column: int) -> str:
        """The unit that the map gives the sheet, or else the one in its title."""
        unit = self.mapping.defaults.get("unit", "")
        if not unit and self.title_odd:
            self._fault(ImportUnitUnknown(text=self.title_odd), row, column)
        elif not unit and not self.title_unit:
            self._fault(ImportUnitMissing(), row, column)
        elif unit and self.title_unit and parse_unit(unit) != parse_unit(self.title_unit):
            self._fault(ImportUnitDiffers(unit=unit, other=self.title_unit), row, column)
        return unit or self.title_unit

    def _fault(self, fault: Fault, row: int, column: int) -> None:
        self.faults.add(fault.at("", row + 1, letters(column)))
