"""A workbook as it is read: the figures of all sheets as rows, questions, and new entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pyarrow as pa

from songhua.errors import Fault
from songhua.reading import limits
from songhua.reading.crosstabs.context import printed_sources
from songhua.reading.crosstabs.decimals import decimal_comma
from songhua.reading.crosstabs.doubtful import (
    SHARE,
    ask_nought,
    ask_percent,
    ask_time,
    drop_repeated,
)
from songhua.reading.crosstabs.entries import Entry, NewEntries, is_new
from songhua.reading.crosstabs.fault_kinds import TableNone, TableNothing
from songhua.reading.crosstabs.near import nearest_name
from songhua.reading.crosstabs.questions import (
    INDUSTRIES,
    KEEP,
    LEAVE,
    NEW,
    REGIONS,
    Answers,
    Question,
)
from songhua.reading.crosstabs.reading import Figures, Labels, SheetReading
from songhua.reading.crosstabs.summary import Summary, summary
from songhua.reading.crosstabs.table import read_sheet
from songhua.reading.crosstabs.texts import Words
from songhua.reading.sheets.candidates import Candidates, Skipped, columns
from songhua.reading.sheets.fault_kinds import ImportFiguresMany
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.words import key

#: Answers: all sheets are read, or those alone of which nothing is unclear.
ALL, CLEAR = "all", "clear"
#: Questions that clear sheets have too, whatever the first one asks.
_COMMON = frozenset({"remarks", "time", "percent", "nought"})
_KINDS = {"provisional": "preliminary", "estimated": "estimate", "forecast": "expectation"}
#: So many new names are compared with those that are known.
_LOOKED_AT = 200


@dataclass
class BookReading:
    """A file of tables as it was read with the answers given so far.

    `columns` hold for all rows, such as the source and the day recorded.
    """

    file: str
    sheets: list[SheetReading]
    entries: NewEntries
    answers: Answers
    columns: Mapping[str, str]
    questions: list[Question] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def used_entries(self) -> list[Entry]:
        """The new entries that figures name."""
        in_rows = {
            id
            for sheet in self.sheets
            for at, labels in enumerate(sheet.figures.labels)
            if at not in sheet.dropped
            for id in (labels.indicator, labels.region, labels.industry)
            if is_new(id)
        }
        return [self.entries.entry(id) for id in dict.fromkeys(self.entries.ids()) if id in in_rows]

    def below_zero(self) -> set[str]:
        """The ids of new indicators that have a figure below zero."""
        return {
            sheet.figures.labels[at].indicator.removeprefix("+")
            for sheet, at in self.rows()
            if sheet.figures.numbers[at].value.startswith("-")
        }

    def breaks(self) -> dict[str, str]:
        """The year from which the series of an indicator is another, as a remark says."""
        return {id: year for sheet in self.sheets for id, year in sheet.breaks.items()}

    def rows(self) -> Iterator[tuple[SheetReading, int]]:
        """The figures that become rows, with their sheet."""
        for sheet in self.sheets:
            for at in range(len(sheet.figures)):
                if at not in sheet.dropped:
                    yield sheet, at

    def candidates(self) -> Candidates:
        """The rows for the observations, with the cell of each and what is left out."""
        data: dict[str, list[str]] = {name: [] for name in columns()}
        places: list[str] = []
        fixed = [(name, self.columns.get(name, "")) for name in columns()]
        kept = [self._remarks_kept(sheet) for sheet in self.sheets]
        remarks = dict(zip(map(id, self.sheets), kept, strict=True))
        for sheet, at in self.rows():
            figures = sheet.figures
            labels, number = figures.labels[at], figures.numbers[at]
            kind = _kind(labels.kind, number.status)
            note = _note(figures.notes[at], *remarks[id(sheet)])
            cells = {
                "indicator": labels.indicator.removeprefix("+"),
                "region": labels.region.removeprefix("+"),
                "industry": labels.industry.removeprefix("+"),
                "period": labels.period,
                "value": self._value(labels, number.value),
                "unit": labels.unit,
                "qualifier": number.qualifier,
                "kind": kind,
                "note": note,
            }
            for name, text in fixed:
                data[name].append(cells.get(name) or text)
            places.append(sheet.grid.place(*figures.places[at]))
        table = pa.table({name: pa.array(texts, pa.string()) for name, texts in data.items()})
        notes = tuple(dict.fromkeys(r.text for sheet in self.sheets for r in sheet.remarks))
        return Candidates(table, places.__getitem__, tuple(self.skipped()), notes)

    def skipped(self) -> Iterator[Skipped]:
        """Cells and lines that became no row."""
        for sheet in self.sheets:
            for (why, text), (n, first) in sheet.left.items():
                yield Skipped(why, text, n, f"{sheet.grid.sheet}!{first}".lstrip("!"))
            if not sheet.blocks and sheet.grid.sheet:
                yield Skipped("sheet", sheet.grid.sheet, 1, "")

    def summaries(self) -> list[Summary]:
        """A summary of each sheet."""
        return [summary(sheet) for sheet in self.sheets if sheet.blocks]

    def _remarks_kept(self, sheet: SheetReading) -> Sequence[str]:
        """The remarks that may change all figures of a sheet, where they are to be kept."""
        if self.answers.get("remarks") != KEEP:
            return ()
        texts = (remark.text for remark in sheet.remarks if remark.heavy and not remark.mark)
        return tuple(dict.fromkeys(texts))

    def _value(self, labels: Labels, value: str) -> str:
        if labels.unit == "%" and self.answers.get("percent") == SHARE:
            return format((Decimal(value) * 100).normalize(), "f")
        return value


def _kind(kind: str, status: str) -> str:
    """The kind of a figure with a flag beside it: provisional and estimated ones are no final."""
    if kind == "actual":
        for word, other in _KINDS.items():
            kind = other if word in status.split() else kind
    return kind


def read_book(
    file: str,
    grids: Iterable[Grid],
    words: Words,
    answers: Answers,
    columns: Mapping[str, str],
    delimiter: str = "",
) -> BookReading:
    """Read all sheets of a file with the answers given so far; nothing is written.

    A question is asked once for the whole file, whatever number of sheets or cells it concerns.
    """
    entries = NewEntries(words.folder, answers, words.lexicon)
    book = BookReading(file, [], entries, answers, columns)
    questions: dict[str, Question] = {}
    for grid in grids:
        answer = answers.get("decimal")
        comma = answer == "comma" if answer else decimal_comma(grid, delimiter)
        if comma is None:
            ask = Question("decimal", "", grid.sheet, {}, ("comma", "thousands"))
            questions.setdefault(ask.key, ask)
        sheet = read_sheet(grid, words, answers, entries, bool(comma))
        ask_percent(sheet)
        ask_time(sheet)
        ask_nought(sheet)
        book.sheets.append(sheet)
        book.faults += [fault.at(file, fault.row, fault.column) for fault in sheet.faults]
    if ask := _leave_sheets(book):
        questions[ask.key] = ask
    drop_repeated(book.sheets)
    for sheet in book.sheets:
        for name, question in sheet.questions.items():
            questions[name] = _joined(questions.get(name), question, sheet.grid.sheet)
    for ask in _ask_words(book, words):
        questions[ask.key] = ask
    if ask := _ask_entries(book):
        questions[ask.key] = ask
    if "source" not in columns:
        printed = dict.fromkeys(
            text for sheet in book.sheets for text in printed_sources(sheet.grid)
        )
        params = {"text": tuple(printed)}
        ask = Question("source", "", "", params, tuple(words.folder.sources), "name")
        questions[ask.key] = ask
    book.questions = list(questions.values())
    _refuse_empty(book)
    return book


def _leave_sheets(book: BookReading) -> Question | None:
    """Ask whether sheets that are not clear are read too, where another sheet of the file is."""

    tabled = [sheet for sheet in book.sheets if sheet.blocks]
    common = set(tabled[0].questions) | _COMMON if tabled else set()
    unclear = [s for s in tabled if s.faults or not common.issuperset(s.questions)]
    clear = [sheet for sheet in tabled if sheet not in unclear]
    if not unclear or not clear or (answer := book.answers.get("sheets")) == ALL:
        return None
    book.faults = []
    for sheet in unclear:
        sheet.questions.clear()
        sheet.figures = Figures()
        sheet.leave("unclear", sheet.grid.sheet, "")
    names = tuple(sheet.grid.sheet for sheet in unclear)
    return None if answer == CLEAR else Question("sheets", "", "", {"text": names}, (CLEAR, ALL))


def _joined(earlier: Question | None, question: Question, sheet: str) -> Question:
    """One question for what two sheets ask alike."""
    place = f"{sheet}!{question.place}" if sheet and question.place else question.place
    params, options = dict(question.params), tuple(question.options)
    if earlier is not None:
        for name, value in earlier.params.items():
            if isinstance(value, tuple):
                params[name] = tuple(dict.fromkeys((*value, *params.get(name, ()))))
        options = tuple(dict.fromkeys((*earlier.options, *options)))
        place = earlier.place
    if question.kind == "remarks" and LEAVE in options:
        options = (*(value for value in options if value != LEAVE), LEAVE)
    if "n" in params:
        params["n"] = len(params["text"])
    return Question(question.kind, question.subject, place, params, options, question.typed)


def _note(*texts: str) -> str:
    """The note of a figure: its own, then the remarks of its table."""
    return "; ".join(filter(None, texts))


def _ask_words(book: BookReading, words: Words) -> Iterator[Question]:
    """Ask about a new name that looks like a known one, as where a letter was mistyped."""
    for entry in list(book.entries.by_key.values())[:_LOOKED_AT]:
        near = nearest_name(words.lexicon, entry.column, entry.name)
        ids = [t.value for t in words.lexicon.meanings(near) if t.column == entry.column]
        settled = book.answers.get("word", f"{entry.column} {entry.name}")
        spelled = {key(part) for part in (entry.name, *entry.name.split(", "))}
        if near and near not in spelled and not settled:
            params = {"text": entry.name, "like": near, "name": entry.column}
            subject = f"{entry.column} {entry.name}"
            yield Question("word", subject, "", params, (*ids[:1], NEW, LEAVE))


def _ask_entries(book: BookReading) -> Question | None:
    """Ask about all names without an entry, once."""
    names = book.entries.names()
    if not names or book.answers.get("entries"):
        return None
    axes = (REGIONS, INDUSTRIES) if any(sheet.unsure for sheet in book.sheets) else ()
    texts = tuple(text for column in names.values() for text in column)
    params = {"names": texts, "columns": tuple(names)}
    return Question("entries", "", "", params, (NEW, *axes, LEAVE))


def _refuse_empty(book: BookReading) -> None:
    """Fault a file without a table, or one of whose tables no figure is left."""
    none = not any(sheet.blocks for sheet in book.sheets)
    if none and all(question.kind == "source" for question in book.questions):
        book.questions.clear()  # no source makes a table of it
    if book.faults or book.questions:
        return
    if none:
        book.faults.append(TableNone(book.file))
    elif not any(True for _ in book.rows()):
        book.faults.append(TableNothing(book.file))
    elif sum(len(sheet.figures) for sheet in book.sheets) > limits.FIGURES:
        book.faults.append(ImportFiguresMany(book.file, most=limits.FIGURES))
