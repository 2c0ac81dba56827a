"""The books' truths hold: each is read back from its cell, and no number is left without a role."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

import pytest

from office_books.shown import cells
from office_books.truths import ALL, NOT_PRINTED, TABLES, UNCLEAR, Book, books
from songhua.labels.periods import parse_period

EACH = pytest.mark.parametrize("book", books(), ids=lambda book: book.name)
NUMBER = re.compile(r"[-+−▲]?[\d ,.\u00a0]*\d%?")


def number(text: str, decimal: str) -> Decimal:
    """The amount in a text, its sign and thousands' separators left out."""
    return Decimal(re.sub(rf"[^\d{decimal}]", "", text).replace(decimal, "."))


@EACH
def test_each_truth_stands_in_its_cell(book: Book) -> None:
    filled = cells(book.name, book.data)
    for truth in book.truths:
        cell = filled[truth.cell]
        assert cell.text == truth.displayed, truth
        if truth.stored:
            assert cell.stored == Decimal(truth.stored), truth
        if truth.value:
            amount = truth.displayed.removesuffix(truth.mark)
            assert number(amount, book.decimal) == abs(Decimal(truth.value)), truth
            assert (Decimal(truth.value) < 0) == amount.startswith(("-", "▲")), truth
        else:
            assert truth.status, truth
        assert all((truth.indicator, truth.unit, truth.place)), truth


@EACH
def test_each_cell_is_claimed_once(book: Book) -> None:
    claims = Counter(truth.cell for truth in book.truths)
    claims.update(cell for row in book.left_out for cell in row.cells)
    assert [cell for cell, n in claims.items() if n > 1] == []


@EACH
def test_no_two_figures_are_of_one_thing(book: Book) -> None:
    """Words, place and period tell any two figures of a book apart."""
    things = Counter(
        (t.indicator, t.industry, t.place, t.period, t.unit, t.detail) for t in book.truths
    )
    assert [thing for thing, n in things.items() if n > 1] == []


@EACH
def test_words_of_truths_are_printed(book: Book) -> None:
    """Each word of a place, indicator, industry or unit stands in the file or a sheet's name."""
    filled = cells(book.name, book.data)
    printed = "".join([*(cell.text for cell in filled.values()), *filled])
    if book.name.endswith("json"):
        printed = book.data.decode()
    printed = re.sub(r"\s", "", printed)
    for truth in book.truths:
        words = [truth.place, truth.indicator, truth.industry, truth.detail]
        if not truth.text:  # else the cell may hold a part of its unit
            words.append(truth.unit)
        for word in words:
            for piece in () if word in {NOT_PRINTED, UNCLEAR} else re.split("[ 、,]+", word):
                assert piece in printed, (piece, truth)


@EACH
def test_no_number_is_without_a_role(book: Book) -> None:
    claimed = {truth.cell for truth in book.truths}
    claimed.update(cell for row in book.left_out for cell in row.cells)
    filled = cells(book.name, book.data)
    numbers = {at: cell.text for at, cell in filled.items() if NUMBER.fullmatch(cell.text.strip())}
    assert {at: text for at, text in numbers.items() if at not in claimed} == {}


@EACH
def test_what_is_left_out_stands_there(book: Book) -> None:
    filled = cells(book.name, book.data)
    for row in book.left_out:
        if row.role == "blank":
            assert not set(row.cells) & set(filled), row
        else:
            assert set(row.cells) <= set(filled), row
        if row.words:
            assert filled[row.cells[0]].text.startswith(row.words), row
        if row.on:
            known = {truth.cell for truth in book.truths} | set(filled)
            assert set(row.on) <= known, row


@EACH
def test_questions_are_about_figures(book: Book) -> None:
    figures = {truth.cell for truth in book.truths} | {ALL}
    for ask in (*book.must_ask, *book.may_ask):
        assert set(ask.cells) <= figures, ask
        assert ask.why, ask


@EACH
def test_words_that_no_sheet_prints_are_asked_for(book: Book) -> None:
    for truth in book.truths:
        for kind in ("place", "unit", "indicator"):
            if getattr(truth, kind) in {NOT_PRINTED, UNCLEAR}:
                assert _asked(book, kind, truth.cell), (kind, truth)
        if truth.period == NOT_PRINTED:
            assert _asked(book, "year_missing", truth.cell), truth
        else:
            parse_period(truth.period)


def _asked(book: Book, kind: str, cell: str) -> bool:
    return any(ask.kind == kind and ask.about(cell) for ask in book.must_ask)


def test_each_table_has_a_book() -> None:
    assert {file.stem for file in TABLES.glob("*.toml")} == {book.name for book in books()}
    assert len(books()) >= 20
