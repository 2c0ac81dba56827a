"""The books read as a person reads them in: no figure otherwise than its truth, no doubt unasked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from office_books.reading import Outcome, outcome
from office_books.truths import ALL, Book, books
from songhua.errors import SonghuaError

EACH = pytest.mark.parametrize("book", books(), ids=lambda book: book.name)
#: Kinds of questions that settle what a file leaves open; by `entries` the names are shown that
#: keep series of one indicator apart.
ASKED = {
    "place": {"place"}, "unit": {"unit", "units", "percent"}, "indicator": {"indicator"},
    "year_missing": {"period"}, "cumulative": {"time"}, "financial_year": {"year_begins"},
    "share_or_percent": {"percent"}, "remark_unit": {"remarks"}, "two_units": {"remarks", "units"},
    "remark_period": {"remarks"}, "revision_break": {"remarks"}, "status": {"remarks"},
    "vintage": {"entries", "repeated"}, "series_type": {"entries", "repeated"},
    "two_tables": {"place"},
}  # fmt: skip
#: Books that are not yet read `right` or `whole`, or of which a doubt is not `asked`: and why.
NOT_YET: Mapping[str, tuple[str, str]] = {
    "counties_marked.xlsx": ("right", "figures of a hidden column are read"),
    "industries_three_systems.xlsx": (
        "right asked", "a unit of employees is not asked; one place is asked for all sheets",
    ),
    "census_households.xls": ("whole", "a last heading row of (女=100) alone ends the heading"),
    "genesis_population.csv": ("right whole", "Bevölkerung of the title is no part of the names"),
}  # fmt: skip


@cache
def read(book: Book) -> Outcome | None:
    """A book as it is read; None where it is refused."""
    try:
        return outcome(book)
    except SonghuaError:
        return None


def known(book: Book, what: str) -> bool:
    """True for a book of which it is known that it is not yet so."""
    return what in NOT_YET.get(book.name, ("",))[0]


@EACH
def test_no_figure_is_read_otherwise_than_it_is_printed(book: Book) -> None:
    done = read(book)
    if done is None:
        return
    kinds = {question.kind for question in done.asked}
    settled = [a for a in (*book.must_ask, *book.may_ask) if kinds & ASKED[a.kind]]
    wrong = [
        f"{cell}: {why}"
        for cell, why in done.wrong.items()
        if not any(ask.about(cell) for ask in settled if ALL not in ask.cells)
    ]
    assert bool(wrong) == known(book, "right"), wrong[:4]


@EACH
def test_what_a_file_leaves_open_is_asked(book: Book) -> None:
    done = read(book)
    if done is None or not done.settled:
        return
    kinds = {question.kind for question in done.asked}
    figures = {*done.right, *done.wrong}
    missed = [
        ask.kind
        for ask in book.must_ask
        if not kinds & ASKED[ask.kind] and any(ask.about(cell) for cell in figures)
    ]
    assert bool(missed) == known(book, "asked"), missed


@EACH
def test_every_figure_is_read(book: Book) -> None:
    """All but those that stand twice, those of a cell asked about, and those no place has alone."""
    done = read(book)
    lacking = {truth.cell for truth in book.truths if truth.value}
    if done is not None and done.settled:
        odd = [q.params["text"] for q in done.asked if q.kind == "number"]
        asked = {f"{book_cell.split()[0]}" for texts in odd for book_cell in texts}
        lacking -= {*done.right, *done.wrong, *done.repeated}
        lacking = {cell for cell in lacking if cell.split("!")[-1] not in asked}
        lacking -= {cell for ask in book.must_ask if ask.kind == "place" for cell in ask.cells}
    assert bool(lacking) == known(book, "whole"), sorted(lacking)[:9]
