"""Tables read as a person reads them in: folders begun from packs, and questions with their answers."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from songhua import session, store
from songhua.errors import SonghuaError
from songhua.reading.crosstabs.book import BookReading, read_book
from songhua.reading.crosstabs.questions import Answers, Question
from songhua.reading.crosstabs.reading import SheetReading
from songhua.reading.crosstabs.texts import Words
from songhua.reading.sheets import Candidates, open_tables
from songhua.reading.sheets.candidates import nothing
from songhua.session import FolderRequest

#: Folders as newcomers begin them: the country, and the name of their region.
BEGUN = {
    "cn": ("cn", "黑龙江省"), "us": ("us", "Ohio"), "eu": ("Germany", "Rheinland"),
    "uk": ("United Kingdom", "Yorkshire"), "au": ("Australia", "Victoria"),
    "in": ("India", "Kerala"), "ca": ("Canada", "Ontario"), "br": ("Brazil", "Bahia"),
    "jp": ("Japan", "Kanto"),
}  # fmt: skip
COLUMNS = {"source": "yearbook", "recorded": "2026-01-01"}
#: So many rounds of questions end every dialogue.
_ROUNDS = 12

Answer = Callable[[Question], str]


@cache
def words_of(country: str) -> Words:
    """The words of a folder that was begun for a country."""
    pack, name = BEGUN[country]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "folder"
        session.begin(folder, FolderRequest(pack, name=name, base_year=2020))
        return Words(store.read(folder).region)


def read(file: str, data: bytes, words: Words, answers: Mapping[str, str]) -> BookReading:
    """The tables of a file as they are read with some answers.

    Raises:
        SonghuaError: the file's faults.
    """
    opened = open_tables(data, file)
    assert not isinstance(opened, Candidates), file
    given = Answers(answers)
    return read_book(file, opened.grids, words, given, COLUMNS, opened.book.delimiter)


def settled(
    file: str, data: bytes, words: Words, answer: Answer, answers: Mapping[str, str] | None = None
) -> tuple[BookReading, list[Question]]:
    """A file with all its questions answered in turn, and the questions; a blank answers none.

    Raises:
        SonghuaError: the file's faults.
    """
    given, asked = dict(answers or {}), dict[str, Question]()
    for _ in range(_ROUNDS):
        book = read(file, data, words, given)
        asked |= {question.key: question for question in book.questions}
        fresh = {q.key: answer(q) for q in book.questions if q.key not in given}
        if book.faults or not any(fresh.values()):
            return book, list(asked.values())
        given |= {key: text for key, text in fresh.items() if text}
    raise AssertionError(file, [q.key for q in asked.values()])


def figures(book: BookReading) -> Iterator[tuple[SheetReading, int, str]]:
    """The figures of a book that become rows, each with its cell: `Sheet!B7`."""
    for sheet, at in book.rows():
        yield sheet, at, sheet.grid.place(*sheet.figures.places[at])


def rows_of(data: bytes, name: str) -> Candidates:
    """The rows of a list or of tables, new names added; or none, with all faults and questions."""
    try:
        opened = open_tables(data, name)
        if isinstance(opened, Candidates):
            return opened
        book = read(name, data, words_of("cn"), {"entries": "new"})
    except SonghuaError as error:
        return nothing(list(error.faults))
    faults = book.faults or [question.fault(name) for question in book.questions]
    return nothing(faults) if faults else book.candidates()
