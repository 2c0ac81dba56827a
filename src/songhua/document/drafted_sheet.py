"""A sheet with the reading of each cell, and its doubts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from songhua.document.blocks import Block, Document, Heading, Paragraph, Points
from songhua.document.tables import grid
from songhua.format.text import Break, Small, Strong, Text
from songhua.format.unit_words import unit_name
from songhua.format.view import View


class _Figure(Protocol):
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


class _SheetCell(Protocol):
    """A cell, what it was taken for, and what it is if it is a figure."""

    @property
    def text(self) -> str: ...
    @property
    def taken(self) -> str: ...
    @property
    def figure(self) -> _Figure | None: ...


@dataclass(frozen=True)
class Understood:
    """A sheet: its file, its cells by row, and what was guessed, doubted and left out, in words."""

    file: str
    cells: Mapping[int, Sequence[_SheetCell]]
    guesses: Sequence[str] = ()
    doubts: Sequence[str] = ()
    left_out: Sequence[str] = ()


def drafted_sheet(view: View, sheet: Understood) -> Document:
    """The page: doubts first, then the sheet, then the readings."""
    title = view.word("picture_title", file=sheet.file)
    return Document(title, list(_blocks(view, sheet)))


def _blocks(view: View, sheet: Understood) -> Iterator[Block]:
    if sheet.doubts:
        yield Heading(1, view.word("picture_doubts"))
        yield Points(list(sheet.doubts))
    width = max(map(len, sheet.cells.values()), default=0)
    rows = [
        [str(row), *(_cell(view, cells[at]) if at < len(cells) else "" for at in range(width))]
        for row, cells in sheet.cells.items()
    ]
    heads = ["", *map(_letters, range(width))]
    yield grid(view.word("picture_sheet"), heads, rows, {0}, view.word("picture_signs"))
    yield Heading(1, view.word("picture_guesses"))
    yield Points(list(sheet.guesses))
    if sheet.left_out:
        yield Paragraph(view.word("draft_left", text=tuple(sheet.left_out)), "note")


def _cell(view: View, cell: _SheetCell) -> Text:
    """A cell: headings are bold, figures show their reading, skipped cells are crossed out."""
    if cell.taken == "heading":
        return (Strong(cell.text),)
    if cell.taken == "title":
        return (Small(cell.text),)
    if cell.taken == "left":
        return ("× ", Small(cell.text))
    return (cell.text, Break(), Small(_subject(view, cell.figure))) if cell.figure else cell.text


def _subject(view: View, figure: _Figure) -> str:
    """A figure by its indicator, industry, place, period and unit, in the names of the folder."""
    place = "" if figure.region == view.region.code else view.name("places", figure.region)
    industry = figure.industry not in ("", "all") and view.name("industries", figure.industry)
    words = (
        view.name("indicators", figure.indicator),
        industry or "",
        place,
        view.period(figure.period),
        unit_name(figure.unit, view.lang),
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
