"""Published layouts read into folders: figures are right, doubts are asked, nothing is misread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from random import Random

import pytest

from layout_mutations import MUTATIONS
from layouts_china import CHINA
from layouts_west import WEST
from published_layouts import CASES, NEEDED, Key, Table
from reading_tables import figures, settled
from songhua.errors import SonghuaError
from songhua.reading.crosstabs.book import BookReading
from songhua.reading.crosstabs.questions import Question
from songhua.reading.crosstabs.texts import Words
from songhua.store.case import assembled
from songhua.store.source import parsed

pytestmark = pytest.mark.shared(*NEEDED)
LAYOUTS = (*CHINA, *WEST)
#: Layouts that do not say all that must be known, with the answers of a person.
ASKED: Mapping[str, Mapping[str, str]] = {
    "month_alone": {"time": "month"},
    "time_series_of_days": {"time": "month"},
    "industries_two_levels": {"place": "heilongjiang"},
    "of_which": {"place": "heilongjiang"},
    "bilingual": {"place": "heilongjiang"},
    "remarks_and_marks": {"remarks": "keep"},
    "bea_download": {"role row description": "industry"},
    "spreadsheet_of_years": {"role row description": "industry"},
    "business_patterns": {"unit establishments": "count", "unit jobs": "persons"},
    "financial_years": {"place": "adelaide", "year_begins": "7"},
}
#: Changes of a sheet that are not yet noticed in all layouts.
NOT_YET = {
    "shift_heading": "where the column at the edge stays headed, years or items are one column off",
}


@cache
def words_of(case: str) -> Words:
    """The words of a folder of the layouts."""
    return Words(assembled(parsed({n: t.encode() for n, t in CASES[case].items()}, [])).region)


@cache
def tables() -> list[Table]:
    return [make() for make in LAYOUTS]


def read(table: Table, answers: Mapping[str, str]) -> tuple[BookReading, list[Question]]:
    """A table with new names added and some questions answered."""

    def answer(question: Question) -> str:
        return answers.get(question.key) or answers.get(question.kind, "")

    given = {key: text for key, text in answers.items() if key.startswith("unit ")}
    words = words_of(table.case)
    return settled(table.file, table.data(), words, answer, {"entries": "new", **given})


def keys(book: BookReading) -> dict[tuple[int, int], Key]:
    """The figures by row and column; a name without an entry stands behind its sign."""
    found: dict[tuple[int, int], Key] = {}
    for sheet, at, _ in figures(book):
        labels, number = sheet.figures.labels[at], sheet.figures.numbers[at]
        industry = "" if labels.industry == "all" else labels.industry
        row = (labels.indicator, labels.region, industry, labels.period)
        found[sheet.figures.places[at]] = (*row, number.value, labels.unit)
    return found


def is_known(key: Key) -> bool:
    """True for a figure of entries that the folder has."""
    return not any(text.startswith("+") for text in key)


def test_each_layout_is_read_as_it_is_printed_and_asks_what_it_does_not_say() -> None:
    assert len(LAYOUTS) >= 40
    for table in tables():
        answers = ASKED.get(table.name, {})
        book, asked = read(table, answers)
        given = {key.partition(" ")[0] for key in answers if not key.startswith("unit ")}
        assert {question.kind for question in asked} == given, table.name
        assert (book.questions, book.faults) == ([], []), table.name
        found = keys(book)
        wanted = {at: key for at, key in table.answer.items() if any(key)}
        assert {at: found.get(at) for at in wanted} == wanted, table.name
        others = [key for at, key in found.items() if at not in table.answer and is_known(key)]
        assert others == [] or wanted != table.answer, table.name


def test_a_unit_that_no_line_prints_is_asked_for_each_indicator() -> None:
    table = next(table for table in tables() if table.name == "business_patterns")
    _, (question,) = read(table, {})
    assert (question.kind, question.params["text"]) == ("unit", ("establishments", "jobs"))


def misread(table: Table, spoiled: Table) -> list[Key]:
    """Figures of a spoiled sheet that neither it nor the original says; none where it is asked."""
    try:
        book, asked = read(spoiled, {})
    except SonghuaError:
        return []
    if asked or book.faults:
        return []
    right = {*spoiled.answer.values()}
    found = keys(book).items()
    return [k for at, k in found if is_known(k) and k not in right and k != table.answer.get(at)]


@pytest.mark.deep
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda change: change.__name__)
def test_a_spoiled_workbook_is_never_misread(
    mutation: Callable[[Table, Random], Table],
) -> None:
    changed = [
        (table, spoiled)
        for table in tables()
        if (spoiled := mutation(table, Random(table.name))) is not table
    ]
    assert len(changed) > 3
    wrong = {table.name: found[:2] for table, s in changed if (found := misread(table, s))}
    assert bool(wrong) == (mutation.__name__ in NOT_YET), wrong
