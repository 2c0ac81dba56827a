"""An .xls workbook is read as an .xlsx one is, in a process that is bounded."""

from __future__ import annotations

import random
from datetime import date

import pytest

import made_old as made
from reading_tables import rows_of as read
from shared import DATA
from songhua.errors import SonghuaError
from songhua.reading import limits
from songhua.reading.sheets.books import open_book
from songhua.reading.sheets.formats import Format
from songhua.reading.sheets.grid import Area

PAGE = (
    made.text(0, 0, "年份") + made.text(0, 1, "产值") + made.number(1, 0, 2020.0)
    + made.number(1, 1, 5183.8, 1) + made.number(2, 1, 0.052, 2) + made.number(3, 0, 44227.0, 3)
    + made.truth(4, 0, 1) + made.truth(4, 1, 0x2A, error=True) + made.formula(5, 1, 7.0)
)  # fmt: skip
FORMATS = {164: "#,##0.00", 165: "0.0%", 166: "yyyy-mm-dd"}
STYLES = [made.style(number) for number in FORMATS]


def why(data: bytes) -> str:
    with pytest.raises(SonghuaError) as told:
        open_book(data, "x.xls")
    assert told.value.faults[0].file == "x.xls"
    return told.value.faults[0].code


def test_numbers_texts_days_and_errors() -> None:
    grid = open_book(made.book({"表": PAGE}, FORMATS, STYLES), "x.xls").grid()
    assert grid.cells[0] == ["年份", "产值"]
    assert grid.text(1, 0) == "2020"
    assert grid.cell(3, 0) == date(2021, 1, 31)
    assert grid.cell(4, 0) is True
    assert grid.cell(4, 1) == "#N/A"
    assert grid.not_typed() == {(4, 1): "error", (5, 1): "formula"}
    shown = [grid.number(row, 1, None, False) for row in (1, 2)]
    assert [(one.value, one.unit) for one in shown if one] == [("5183.80", ""), ("5.2", "%")]
    assert Format(1, True) in grid.formats


def test_days_counted_from_1904() -> None:
    data = made.book({"S": made.number(0, 0, 42765.0, 3)}, FORMATS, STYLES, late=True)
    assert open_book(data, "x.xls").grid().cell(0, 0) == date(2021, 1, 31)


def test_merged_areas_and_what_is_hidden() -> None:
    page = made.hidden_row(1) + PAGE + made.merged((0, 0, 1, 2)) + made.hidden_column(1)
    book = open_book(made.book({"a": PAGE, "b": page}, FORMATS, STYLES, hidden=["a"]), "x.xls")
    assert (book.names, book.hidden) == (("b", "a"), {"a"})
    grid = book.grid()
    assert (grid.sheet, grid.other_sheets) == ("b", ("a",))
    assert grid.merged == (Area(0, 1, 0, 2),)
    assert (grid.hidden_rows, grid.hidden_columns) == ((1,), (1,))
    with pytest.raises(SonghuaError) as told:
        book.grid("c")
    assert told.value.faults[0].code == "import_sheet_missing"


def test_areas_that_overlap_are_refused() -> None:
    data = made.book({"S": PAGE + made.merged((0, 0, 0, 2), (0, 1, 1, 1))}, FORMATS, STYLES)
    with pytest.raises(SonghuaError) as told:
        open_book(data, "x.xls").grid()
    assert told.value.faults[0].code == "import_unreadable"


def test_a_password_is_told() -> None:
    locked = made.book({"S": PAGE}, FORMATS, STYLES)
    head = 20
    locked = locked[:head] + made.record(0x2F, b"\1\0\1\0\1\0" + bytes(48)) + locked[head:]
    assert why(locked) == "import_locked"


def test_a_page_and_a_text_that_are_named_xls() -> None:
    assert (
        why(b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>') == "import_other_kind"
    )
    assert why(b"<html><table><tr><td>1</td></tr></table>") == "import_other_kind"
    assert why(b"%PDF-1.7 year;gdp") == why(b"{\\rtf1 year;gdp}") == "import_other_kind"
    assert open_book(b"year\tgdp\n2020\t5\n", "x.xls").grid().text(1, 1) == "5"


@pytest.mark.parametrize("seed", range(12))
def test_a_broken_workbook_is_a_fault(seed: int) -> None:
    chance, data = random.Random(seed), bytearray(made.book({"S": PAGE}, FORMATS, STYLES))
    for _ in range(6):
        data[chance.randrange(20, len(data))] = chance.randrange(256)
    if seed % 3 == 0:
        del data[chance.randrange(20, len(data)) :]
    try:
        open_book(bytes(data), "x.xls").grid()
    except SonghuaError as error:
        assert {fault.code for fault in error.faults} <= {
            "import_unreadable", "import_too_large", "import_other_kind", "import_sheet_missing",
        }  # fmt: skip


def test_more_cells_and_more_memory_than_a_workbook_may_take(monkeypatch) -> None:
    data = made.book({"S": made.number(60_000, 250, 1.0)}, FORMATS, STYLES)
    assert why(data) == "import_too_large"
    monkeypatch.setattr(limits, "OLD_MEMORY", 10)
    assert why(made.book({"S": PAGE}, FORMATS, STYLES)) == "import_too_large"


def test_a_list_in_an_old_workbook_is_read() -> None:
    names = ["indicator", "region", "period", "value", "unit", "kind", "source", "recorded"]
    values = ["gdp", "bilbao", "2020", "5183.80", "%", "actual", "yb21", "2026-11-25"]
    page = b"".join(made.text(0, at, name) for at, name in enumerate(names))
    page += b"".join(made.text(1, at, value) for at, value in enumerate(values))
    found = read(made.book({"S": page}), "x.xls")
    assert not found.faults
    assert found.rows[0]["value"] == "5183.80"


@pytest.mark.shared("spreadsheets")
def test_published_workbooks_are_opened() -> None:
    files = sorted((DATA / "spreadsheets" / "files").glob("*.xls"))
    assert files
    for file in files:
        assert any(grid.width > 3 for grid in open_book(file.read_bytes(), file.name).grids())
