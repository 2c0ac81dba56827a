"""Sheets with the role of each cell, their contents in short, and the questions about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from songhua import schema
from songhua.document.blocks import Block, Document, Heading, Points, Table
from songhua.document.tables import grid
from songhua.format.language import Language
from songhua.format.text import Break, Small, Strong, Text
from songhua.format.view import View
from songhua.wording.unit_words import unit_name


class _Labels(Protocol):
    """A figure's indicator, region, industry, period and unit."""

    @property
    def indicator(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def industry(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def unit(self) -> str: ...


class _Cell(Protocol):
    """A cell, its role, and its labels if it is a figure."""

    @property
    def text(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def labels(self) -> _Labels | None: ...


class _Summary(Protocol):
    """The contents of a sheet in short."""

    @property
    def sheet(self) -> str: ...
    @property
    def figures(self) -> int: ...
    @property
    def tables(self) -> int: ...
    @property
    def known(self) -> Mapping[str, int]: ...
    @property
    def new(self) -> Mapping[str, int]: ...
    @property
    def periods(self) -> tuple[str, str]: ...
    @property
    def units(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class SheetPictures:
    """The sheets of a file: of each its name and its cells by row.

    `questions` are in words; `names` has the names of new entries by their ids.
    """

    file: str
    sheets: Sequence[tuple[str, Mapping[int, Sequence[_Cell]]]]
    summaries: Sequence[_Summary] = ()
    questions: Sequence[str] = ()
    names: Mapping[str, str] = field(default_factory=dict)


def sheet_pictures(view: View, pictures: SheetPictures) -> Document:
    """The page: what the sheets hold, then the questions, then the sheets cell by cell."""
    return Document(view.word("picture_title", file=pictures.file), list(_blocks(view, pictures)))


def summary_text(words: Language, summary: _Summary) -> str:
    """A sheet in short: its names that are known and new, periods, units and figures."""
    columns, parts = schema.table("observations"), list[str]()
    for name, n in summary.known.items():
        if n or summary.new.get(name):
            heading = columns.column(name).heading(words.lang)
            parts.append(
                words.word("sheet_names", column=heading, n=n, new=summary.new.get(name, 0))
            )
    first, last = map(words.period, summary.periods)
    if first:
        span = first if first == last else words.word("sheet_span", first=first, last=last)
        parts.append(span)
    units = [unit_name(unit, words.lang) or words.word("count_unit") for unit in summary.units]
    parts.append(words.join(units))
    code = "sheet_figures" if summary.figures else "sheet_waiting"
    parts += [words.word(code, n=summary.figures, tables=summary.tables)]
    text = words.written.semicolon.join(filter(None, parts))
    return f"{summary.sheet}{words.written.colon}{text}" if summary.sheet else text


def _blocks(view: View, pictures: SheetPictures) -> Iterator[Block]:
    if pictures.summaries:
        yield Points([summary_text(view, summary) for summary in pictures.summaries])
    if pictures.questions:
        yield Heading(1, view.word("picture_questions"))
        yield Points(list(pictures.questions))
    yield from picture_tables(view, pictures)


def picture_tables(view: View, pictures: SheetPictures) -> Iterator[Table]:
    """Each sheet as a table of its cells."""
    for name, cells in pictures.sheets:
        width = max(map(len, cells.values()), default=0)
        rows = [
            [str(row), *(_cell(view, c, pictures.names) for c in line), *[""] * (width - len(line))]
            for row, line in cells.items()
        ]
        heads = ["", *map(_letters, range(width))]
        title = name or view.word("picture_sheet")
        yield grid(title, heads, rows, {0}, view.word("picture_signs"))


def _cell(view: View, cell: _Cell, names: Mapping[str, str]) -> Text:
    """A cell by its role: figures show their labels, open ones a question mark."""
    match cell.role:
        case "heading" | "label":
            return (Strong(cell.text),)
        case "title" | "note":
            return (Small(cell.text),)
        case "left":
            return ("× ", Small(cell.text))
        case "open":
            return ("? ", cell.text)
        case _:
            labels = cell.labels
            return (
                (cell.text, Break(), Small(_subject(view, labels, names))) if labels else cell.text
            )


def _subject(view: View, labels: _Labels, names: Mapping[str, str]) -> str:
    """A figure by its indicator, industry, place, period and unit, in the names of the folder."""

    def name(catalogue: str, id: str) -> str:
        return names.get(id) or view.name(catalogue, id)

    place = "" if labels.region == view.region.code else name("places", labels.region)
    industry = labels.industry not in ("", "all") and name("industries", labels.industry)
    words = (
        name("indicators", labels.indicator),
        industry or "",
        place,
        view.period(labels.period),
        unit_name(labels.unit, view.lang),
    )
    return view.join(part for part in words if part)


def _letters(column: int) -> str:
    """The letters over a column, counted from 0.

    >>> _letters(0), _letters(27)
    ('A', 'AB')
    """
    text = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        text = chr(65 + digit) + text
    return text
