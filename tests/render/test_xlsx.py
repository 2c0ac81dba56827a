"""Tables as XLSX: numbers stay numbers, in their unit, with findings and sources beside them."""

from __future__ import annotations

import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from evaluated import case as evaluated_case
from songhua import Run, render, results, session
from songhua.cli import songhua
from songhua.errors import SonghuaError
from songhua.format.language import Language
from songhua.format.view import View
from songhua.render.files import write_tables
from songhua.render.xlsx import column_words
from songhua.studies.registry import studies


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return evaluated_case(tmp_path_factory.mktemp("workbook"))


@pytest.fixture(scope="module")
def done(place: Path) -> Run:
    opened = session.open(place)
    return Run.of(opened, {"track": opened.run("track")})


@pytest.fixture(scope="module")
def books(done: Run, place: Path) -> dict[str, Any]:
    files = {lang: place.parent / f"{lang}.xlsx" for lang in ("en", "zh")}
    return {
        lang: openpyxl.load_workbook(write_tables(done, file, lang)) for lang, file in files.items()
    }


def column(page: Any, head: str) -> list[Any]:
    at = next(cell.column for cell in page[1] if cell.value == head)
    return [page.cell(row, at) for row in range(2, page.max_row + 1)]


def values(page: Any, head: str) -> list[Any]:
    return [cell.value for cell in column(page, head)]


def dictionary(book: Any, lang: str) -> list[tuple[str, ...]]:
    page = book[{"en": "Dictionary", "zh": "字段说明"}[lang]]
    return [tuple(cell.value or "" for cell in row) for row in page.iter_rows(min_row=2)]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_sheet_a_table_with_all_its_rows_and_columns(
    done: Run, books: dict[str, Any], lang: str
) -> None:
    book, tables = books[lang], results.tables("track")
    for name, frame in done.results["track"].tables.items():
        if frame.empty:  # a table without rows has no sheet
            continue
        page = book[tables[name].title(lang)[:31]]
        assert page.max_row == len(frame) + 1
        heads = [cell.value for cell in page[1]]
        assert all(heads)
        (made,) = page.tables.values()
        assert [one.name for one in made.tableColumns] == heads
        columns = {c.heading(lang): c for c in tables[name].columns if c.name != "params"}
        assert {one.split(" 2")[0] for one in heads} == set(columns)
        told = {row[1]: row[2] for row in dictionary(book, lang) if row[0] == page.title}
        assert told.keys() == set(heads)
        assert told[heads[0]] == column_words(Language(lang), columns[heads[0]])
        assert page.oddHeader.left.text.endswith(
            {"en": "Rivertown · Plan", "zh": "河城 · 规划"}[lang]
        )


def test_numbers_are_numbers_with_their_decimals_and_unit(books: dict[str, Any]) -> None:
    page = books["zh"]["各项目标的进展"]
    latest = column(page, "最新")
    assert (latest[0].value, latest[0].number_format) == (2.6, "#,##0.0")
    assert (latest[3].value, latest[3].number_format) == (860, "#,##0")
    assert values(page, "单位")[:2] == ["个托位/千人", "%"]
    progress = column(page, "进度")[0]
    assert progress.value == pytest.approx(0.8 / 2.7)
    assert progress.number_format == "0.0%"
    assert values(page, "类别")[0] == "滞后"


def test_days_are_days_and_states_are_words(books: dict[str, Any]) -> None:
    page = books["en"]["What is due"]
    days = column(page, "Due")
    assert days[0].value == datetime(2021, 6, 30)
    assert days[0].number_format == "yyyy-mm-dd"
    assert "due, no report" in values(page, "State")
    assert {"lagging", "not assessable"} <= set(values(page, "Class"))


def test_what_is_cited_stands_with_its_source(done: Run, books: dict[str, Any]) -> None:
    page = books["en"]["Observations cited"]
    cited = {
        id
        for frame in done.results["track"].tables.values() if "observations" in frame
        for text in frame["observations"] for id in text.split()
    }  # fmt: skip
    assert set(values(page, "Observation")) == cited
    places = zip(*(values(page, name) for name in ("Observation", "File", "Row")), strict=True)
    assert all(done.region.place_of(id) == f"{file}:{row}" for id, file, row in places)
    assert column(page, "Value")[0].number_format == "#,##0.0"
    titles = set(values(books["en"]["Sources"], "Title"))
    assert titles == {"A paper", "Bulletin 2020"}
    found = books["en"][books["en"].sheetnames[-3]]
    assert found.max_row == len(done.results["track"].findings) + 1


def test_the_same_bytes_each_time_and_no_formula(done: Run, books: dict[str, Any]) -> None:
    assert render.tables(View.of(done)) == render.tables(View.of(done))
    cells = (c for page in books["en"] for row in page.iter_rows() for c in row)
    assert not any(cell.data_type == "f" for cell in cells)


def test_without_the_extra_it_says_what_to_install(
    done: Run, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(SonghuaError) as told:
        write_tables(done, place.parent / "x.xlsx")
    assert "songhua[excel]" in str(told.value)


def test_a_verb_writes_them_beside_its_own_output(place: Path) -> None:
    file = place.parent / "out" / "tables.xlsx"
    words = ["track", str(place), "--xlsx", str(file), "--lang", "en"]
    made = CliRunner().invoke(songhua, words)
    assert made.exit_code == 0, made.output
    assert f"Tables: {file}" in made.output
    assert openpyxl.load_workbook(file).sheetnames[0] == "About this file"


@pytest.mark.parametrize("study", studies())
def test_what_a_column_holds_is_said_without_values_of_a_closed_list(study: str) -> None:
    for table in results.tables(study).values():
        for one in table.columns:
            text = {lang: column_words(Language(lang), one) for lang in ("en", "zh")}
            for value in filter(None, one.choices):
                found = re.search(rf"(?<![A-Za-z_]){re.escape(value)}(?![A-Za-z_])", text["zh"])
                assert found is None, (table.id, one.name, text["zh"])
                assert "_" not in value or value not in text["en"], (table.id, one.name)
