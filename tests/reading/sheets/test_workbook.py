"""A workbook is read as two other readers do, and what they pass over in silence is told."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from hostile.books import line, pack, parts, plain, shared, sheet, styles
from reading_tables import rows_of as read
from songhua.reading import limits
from songhua.reading.sheets import Tables, hidden, open_tables
from songhua.reading.sheets.faults import Faults
from songhua.reading.sheets.formats import Format, parse_format
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.numbers import cell_text
from songhua.reading.sheets.workbook import read_workbook

TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufffe\uffff"),
    min_size=1, max_size=12,
)  # fmt: skip
VALUES = st.one_of(
    TEXTS,
    st.floats(-1e15, 1e15, allow_nan=False).map(lambda x: float(format(x, ".15g"))),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(9999, 12, 30)),
    st.datetimes(datetime(1901, 1, 1), datetime(2200, 1, 1)).map(
        lambda d: d.replace(microsecond=0)
    ),
)
BOOKS = st.dictionaries(st.tuples(st.integers(0, 30), st.integers(0, 60)), VALUES, min_size=1)


def written(cells: dict) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for (row, column), value in cells.items():
            if isinstance(value, str):
                page.write_string(row, column, value)
            elif isinstance(value, date):
                page.write_datetime(row, column, value, day)  # type: ignore[arg-type]
            else:
                page.write(row, column, value)
    return stream.getvalue()


def saved(cells: dict) -> bytes:
    stream, book = io.BytesIO(), openpyxl.Workbook()
    for (row, column), value in cells.items():
        found = book.worksheets[0].cell(row + 1, column + 1, value)
        if isinstance(value, str):
            found.data_type = "s"
    book.save(stream)
    return stream.getvalue()


def grid(data: bytes, name: str = "") -> Grid:
    faults = Faults("x.xlsx")
    found = read_workbook(data, name, faults)
    assert found is not None, faults.listed()
    return found


def why(data: bytes) -> str:
    faults = Faults("x.xlsx")
    assert read_workbook(data, "", faults) is None
    return faults.listed()[0].code


@pytest.mark.parametrize("write", [written, saved])
@given(cells=BOOKS)
def test_every_cell_is_read_as_it_was_written(write, cells):
    data = write(cells)
    found = grid(data)
    for (row, column), value in cells.items():
        expected = value.strip() if isinstance(value, str) else cell_text(value)
        if isinstance(value, datetime) and value.time() == time():
            expected = value.date().isoformat()
        assert found.text(row, column) == expected
    for row in range(len(found.cells)):
        assert all((row, column) in cells for column in found.filled(row))


@given(cells=BOOKS)
def test_the_grid_is_that_of_another_reader(cells):
    data = written(cells)
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    other = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    found = grid(data)
    assert len(found.cells) == len(other)
    for row, values in enumerate(other):
        for column, value in enumerate(values):
            assert found.text(row, column) == cell_text(value)


def test_a_prefix_and_single_quotes_are_xml_too():
    page = (
        plain().decode().replace("xmlns=", "xmlns:x=").replace("<", "<x:").replace("<x:/", "</x:")
    )
    assert grid(pack(parts(page.replace('"', "'").encode()))).text(1, 3) == "10.5"


def test_cells_without_places_follow_one_another():
    found = grid(
        pack(
            parts(
                sheet(
                    "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r='4'><c><v>5</v></c></row>"
                )
            )
        )
    )
    assert [list(row) for row in found.cells] == [[1.0, "", 3.0], [], [], [5.0]]


def test_a_text_in_runs_is_joined_and_a_reading_aid_is_left_out():
    item = "<si><r><rPr><color/></rPr><t>工</t></r><r><t xml:space='preserve'> 业</t></r><rPh sb='0'><t>x</t></rPh></si><si/><si><t/></si><si><t>b&amp;</t></si>"
    texts = shared([]).replace(b"</sst>", item.encode() + b"</sst>")
    rows = "".join(f'<c r="{c}1" t="s"><v>{n}</v></c>' for n, c in enumerate("ABCD"))
    found = grid(pack(parts(sheet(f'<row r="1">{rows}</row>')) | {"xl/sharedStrings.xml": texts}))
    assert found.cells[0] == ["工 业", "", "", "b&"]


def test_a_text_cut_by_the_pieces_of_a_part_is_whole():
    long = [[f"{'亿' * 20_000}{n}"] for n in range(1, 120)]
    found = grid(pack(parts(sheet("".join(line(n, row) for n, row in enumerate(long, 1))))))
    assert [list(row) for row in found.cells] == long


@pytest.mark.parametrize(
    ("number", "late", "text"),
    [("1", 0, "1900-01-01"), ("59", 0, "1900-02-28"), ("60", 0, "#####"), ("61", 0, "1900-03-01"),
     ("44197", 0, "2021-01-01"), ("42735", 1, "2021-01-01"), ("44197.5", 0, "2021-01-01 12:00:00"),
     ("2958465", 0, "9999-12-31"), ("2958466", 0, "#####"), ("-1", 0, "#####"), ("0.25", 0, "06:00:00")],
)  # fmt: skip
def test_a_day_is_counted_from_its_epoch_and_none_lies_beyond(number, late, text):
    content = parts(sheet(f'<row r="1"><c r="A1" s="1"><v>{number}</v></c></row>'))
    content["xl/styles.xml"] = styles({}, [0, 14])
    book = content["xl/workbook.xml"].replace(
        b"<sheets>", b'<workbookPr date1904="%d"/><sheets>' % late
    )
    assert grid(pack(content | {"xl/workbook.xml": book})).text(0, 0) == text


def test_formats_that_no_workbook_spells_out_show_days_as_the_standard_says():
    """ECMA-376, part 1, 18.8.30: 14 to 22 and 45 to 47 everywhere, 27 to 36 and 50 to 58 in Asia."""
    numbers = list(range(62))
    cells = "".join(f'<c s="{number}"><v>44197</v></c>' for number in numbers)
    content = parts(sheet(f"<row>{cells}</row>"))
    content["xl/styles.xml"] = styles({}, numbers)
    found = grid(pack(content))
    days = [number for number in numbers if found.text(0, number).startswith("2021-01")]
    assert [number for number in days if found.text(0, number) == "2021-01"] == [17, 27, 57]
    assert days == [*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)]


def faults_of(data: bytes) -> list[tuple[str, str]]:
    found = read(data, "x.xlsx")
    return [(fault.code, str(fault.params.get("text"))) for fault in found.faults]


@pytest.mark.parametrize(
    ("cell", "fault"),
    [("<f>A1+B1</f>", ("import_formula_unstored", "=A1+B1")),
     ("<f>A1</f><v></v>", ("import_formula_unstored", "=A1")),
     ("<f>[1]S!A1</f><v/>", ("import_formula_unstored", "=[1]S!A1")), ("<f>A1</f><v>7</v>", None)],
)  # fmt: skip
def test_a_formula_without_a_stored_result_is_a_fault_and_never_nothing(cell, fault):
    data = pack(parts(plain().replace(b"<v>10.5</v>", cell.encode())))
    assert faults_of(data) == ([fault] if fault else [])


def test_a_stored_zero_is_no_result_where_all_is_to_be_computed_anew():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet()
        page.write_row(
            0, 0, ["indicator", "region", "period", "value", "unit", "kind", "source", "recorded"]
        )
        page.write_row(1, 0, ["gdp", "a", "2021", "", "bn EUR", "actual", "paper", "2026-11-25"])
        page.write_formula(1, 3, "=1+2")
    assert faults_of(stream.getvalue()) == [("import_formula_unstored", "==1+2"[1:])]


def test_an_error_is_no_number_and_no_blank():
    data = pack(parts(plain().replace(b'r="D2"', b'r="D2" t="e"').replace(b"10.5", b"#REF!")))
    assert faults_of(data) == [("import_not_a_number", "#REF!")]


def test_hidden_rows_and_columns_are_told(book, yearbook):
    with zipfile.ZipFile(io.BytesIO(book(yearbook))) as package:
        content = {name: package.read(name) for name in package.namelist()}
    name = "xl/worksheets/sheet1.xml"
    content[name] = content[name].replace(b'<row r="6"', b'<row r="6" hidden="1"')
    content[name] = content[name].replace(
        b"<sheetData>", b'<cols><col min="3" max="3" hidden="1"/></cols><sheetData>'
    )
    opened = open_tables(pack(content), "x.xlsx")
    assert isinstance(opened, Tables)
    assert [(told.code, told.params) for told in hidden(opened.grids[0], "x.xlsx")] == [
        ("import_hidden", {"rows": ("6",), "columns": ("C",)})
    ]


def test_the_first_sheet_that_is_shown_is_read():
    content = parts(plain(), 2)
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(
        b'sheetId="1"', b'sheetId="1" state="hidden"'
    )
    assert grid(pack(content)).sheet == "S2"
    assert grid(pack(content), "S1").sheet == "S1"


@pytest.mark.parametrize(
    ("part", "kind"), [("xl/workbook.bin", "XLSB"), ("content.xml", "ODS"), ("a.txt", "ZIP")]
)
def test_another_kind_is_named_with_what_to_do(part, kind):
    [fault] = read(pack({part: b"<a/>"}), "x").faults
    assert (fault.code, fault.params["kind"]) == ("import_other_kind", kind)
    assert "save it as .xlsx" in fault.words("en")


def test_a_cell_as_long_as_a_cell_can_be_is_read_and_a_longer_one_is_not():
    assert len(grid(pack(parts(sheet(line(1, ["x" * limits.CELL]))))).text(0, 0)) == limits.CELL
    assert why(pack(parts(sheet(line(1, ["x" * (limits.CELL + 1)]))))) == "import_cell_long"


@pytest.mark.parametrize("xml", ["<!-- a -->", "<![CDATA[a]]>", "<?a?>"])
def test_xml_that_a_pattern_could_misread_is_refused(xml):
    assert why(pack(parts(plain().replace(b"gdp", xml.encode())))) == "import_unreadable"


def test_a_format_of_more_decimals_than_can_be_computed_is_passed_over():
    assert parse_format("0." + "0" * 12) == Format(12)
    assert parse_format("0." + "0" * 13) is None


def test_no_row_stands_below_the_last_there_can_be():
    last = f"<row r='{limits.ROWS}'><c><v>1</v></c></row>"
    assert why(pack(parts(sheet(last + "<row><c><v>2</v></c></row>")))) == "import_unreadable"
