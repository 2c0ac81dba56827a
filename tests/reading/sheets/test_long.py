"""Lists with the observations' own headings: CSV, XLSX, Parquet."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from reading_tables import rows_of as read
from songhua.reading import limits
from songhua.reading.sheets import Candidates
from songhua.schema import table

HEADING = "recorded,indicator,region,period,value,unit,kind,source"
ROW = "2026-11-25,gdp,rivertown,2020,{value},bn EUR,actual,yearbook"


def sheet(*values: str) -> bytes:
    return "\n".join([HEADING, *(ROW.format(value=value) for value in values)]).encode()


def codes(found: Candidates) -> list[str]:
    return [fault.code for fault in found.faults]


def test_columns_come_in_the_schemas_order_and_are_all_text():
    found = read(sheet("10.50"), "a.csv")
    assert found.table.column_names == table("observations").names
    kinds = found.table.schema.types
    assert {getattr(kind, "value_type", kind) for kind in kinds} == {pa.string()}
    assert found.rows[0] == dict.fromkeys(found.table.column_names, "") | {
        "indicator": "gdp",
        "region": "rivertown",
        "period": "2020",
        "value": "10.50",
        "unit": "bn EUR",
        "kind": "actual",
        "source": "yearbook",
        "recorded": "2026-11-25",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_encodings(encoding):
    text = sheet("5183.8").decode().replace("bn EUR", "亿元").replace("2020,", "2020年,")
    found = read(text.encode(encoding), "a.csv")
    assert found.faults == ()
    assert (found.rows[0]["unit"], found.rows[0]["period"]) == ("100m CNY", "2020")


def test_bytes_of_no_encoding_are_a_fault():
    assert codes(read(sheet("1") + b"\xff\xff\xff", "a.csv")) == ["import_encoding"]


@pytest.mark.parametrize("mark", [";", "\t"])
def test_delimiters(mark):
    data = sheet("1234.5", "7.25", "8").decode().replace(",", mark).encode()
    found = read(data, "a.csv")
    assert found.faults == ()
    assert [row["value"] for row in found.rows] == ["1234.5", "7.25", "8"]


def test_values_as_people_write_them():
    found = read(
        sheet('"1,234.50"', "约5", "－", "", "５.０", " 7 ", "3①", "下降2.0", "+4"), "a.csv"
    )
    assert found.faults == ()
    assert [row["value"] for row in found.rows] == ["1234.50", "5", "5.0", "7", "3", "-2.0", "4"]
    assert [row["qualifier"] for row in found.rows] == ["", "about", "", "", "", "", ""]
    assert found.rows[4]["note"] == "①"
    assert [(s.why, s.text, s.n, s.first) for s in found.skipped] == [
        ("mark", "－", 1, "row 4"),
        ("blank", "", 1, "row 5"),
    ]
    assert [found.origin(row) for row in range(3)] == ["row 2", "row 3", "row 6"]


def test_a_unit_in_the_cell_must_be_the_rows_unit():
    assert codes(read(sheet("5%", "6%"), "a.csv")) == ["import_set_twice"]
    blank = sheet("5%").replace(b"bn EUR", b"")
    assert read(blank, "a.csv").rows[0]["unit"] == "%"


def test_rows_keep_their_numbers_over_blank_lines():
    data = (
        f"{HEADING},note\n"
        + ROW.format(value="1")
        + ',"one, line"\n\n'
        + ROW.format(value="2")
        + ",\n,,,,,,,,\n"
        + ROW.format(value="q")
        + ",\n"
    )
    found = read(data.encode(), "a.csv")
    assert [(f.code, f.row) for f in found.faults] == [("import_not_a_number", 6)]
    whole = read(data.replace(ROW.format(value="q"), ROW.format(value="3")).encode(), "a.csv")
    assert [whole.origin(row) for row in range(3)] == ["row 2", "row 4", "row 6"]
    assert whole.rows[0]["note"] == "one, line"
    broken = read(data.replace("one, line", "two\nlines").encode(), "a.csv")
    assert [(f.code, f.row) for f in broken.faults] == [("cell_over_lines", 2)]


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_the_last_line_may_end_or_not(end):
    found = read(sheet("1", "2") + end.encode(), "a.csv")
    assert (found.table.num_rows, found.skipped, found.faults) == (2, (), ())
    assert codes(read(sheet() + end.encode(), "a.csv")) == ["import_nothing_found"]


def test_a_row_of_another_width_is_named():
    found = read(sheet("1", "2,3", "4"), "a.csv")
    assert [(f.code, f.row, f.params["found"]) for f in found.faults] == [("row_width", 3, 9)]


def test_headings_that_are_not_known_come_with_the_nearest():
    found = read(sheet("1").replace(b"period", b"perod"), "a.csv")
    assert codes(found) == ["column_unknown", "import_column_missing"]
    assert found.faults[0].params["near"] == "period"


def test_no_heading_at_all():
    assert codes(read(b"", "a.csv")) == ["heading_missing"]
    assert codes(read(sheet(), "a.csv")) == ["import_nothing_found"]
    assert codes(read(sheet("1").replace(b"unit", b"kind"), "a.csv")) == [
        "column_repeats",
        "import_column_missing",
    ]


def test_recorded_comes_from_the_sheet():
    data = b"\n".join(line.split(b",", 1)[1] for line in sheet("1").split(b"\n"))
    assert codes(read(data, "a.csv")) == ["import_recorded_missing"]


def test_a_fault_that_repeats_is_told_once():
    found = read(sheet(*["secret"] * 10_000, "1", *["?"] * 5), "a.csv")
    assert [(f.row, f.params["text"], f.params["n"]) for f in found.faults] == [
        (2, "secret", 10_000),
        (10_003, "?", 5),
    ]
    many = read(sheet(*(f"word{n}" for n in range(500))), "a.csv")
    assert len(many.faults) == 21
    assert (many.faults[-1].code, many.faults[-1].params["n"]) == ("import_more", 480)


def parquet(**columns: object) -> bytes:
    base = {
        "indicator": ["gdp"],
        "region": ["rivertown"],
        "unit": ["bn EUR"],
        "kind": ["actual"],
        "source": ["yearbook"],
        "period": pa.array([2020], pa.int16()),
        "recorded": pa.array([date(2026, 11, 25)]),
        "value": pa.array([Decimal("10.50")], pa.decimal128(9, 2)),
    }
    stream = io.BytesIO()
    pq.write_table(pa.table({**base, **columns}), stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (pa.array([Decimal("10.50")], pa.decimal128(9, 2)), "10.50"),
        (pa.array([5183.8]), "5183.8"),
        (pa.array([1e-7]), "0.0000001"),
        (pa.array([42], pa.uint64()), "42"),
        (pa.array(["0.60"]).dictionary_encode(), "0.60"),
    ],
)
def test_parquet_of_any_type_becomes_exact_text(value, text):
    found = read(parquet(value=value), "a.parquet")
    assert found.faults == ()
    assert found.rows[0]["value"] == text
    assert (found.rows[0]["period"], found.rows[0]["recorded"]) == ("2020", "2026-11-25")


def test_parquet_times_nulls_decimals_and_nested_columns():
    stamp = pa.array([datetime(2026, 11, 25)])
    assert read(parquet(recorded=stamp), "a").rows[0]["recorded"] == "2026-11-25"
    empty = read(parquet(value=pa.array([None], pa.float64())), "a")
    assert codes(empty) == ["import_nothing_found"]
    assert codes(read(parquet(note=[["a"]]), "a")) == ["import_column_type"]


def test_a_text_of_parquet_is_as_long_as_a_cell_can_be_and_no_longer(monkeypatch):
    monkeypatch.setattr(limits, "CELL", 10)
    longest = "𠀀" * limits.CELL  # four bytes each
    found = read(parquet(note=[longest]), "a.parquet")
    assert found.faults == ()
    assert found.rows[0]["note"] == longest
    assert codes(read(parquet(note=[longest + "a"]), "a.parquet")) == ["import_cell_long"]


def test_a_list_in_a_workbook(book):
    names = [*HEADING.split(","), ""]
    cells: dict[str, object] = {f"{chr(65 + n)}2": name for n, name in enumerate(names[:-1])}
    for n, value in enumerate(
        ["2026-11-25", "gdp", "rivertown", 2020, 5183.8, "亿元", "actual", "y"]
    ):
        cells[f"{chr(65 + n)}3"] = value
    found = read(book(cells), "a.xlsx")
    assert found.faults == ()
    assert (found.rows[0]["value"], found.rows[0]["period"]) == ("5183.8", "2020")
    assert found.origin(0) == "row 3"


@pytest.mark.parametrize(("shown", "refused"), [("yyyy-mm-dd", True), ("yyyy-mm", False)])
def test_a_month_in_a_workbooks_list_is_not_taken_for_a_day(shown, refused):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        page = workbook.add_worksheet()
        page.write_row("A1", HEADING.split(","))
        page.write_row("A2", ["2026-11-25", "gdp", "rivertown", "", 0.052, "%", "actual", "y"])
        page.write("D2", date(2021, 3, 1), workbook.add_format({"num_format": shown}))
        page.write("E2", 0.052, workbook.add_format({"num_format": "0.00%"}))
    found = read(stream.getvalue(), "a.xlsx")
    assert [(f.code, f.row, f.params["month"]) for f in found.faults] == [
        ("import_month_or_day", 2, "2021-03")
    ] * refused
    own = [(row["period"], row["value"], row["unit"]) for row in found.rows]
    assert refused or own == [("2021-03", "5.20", "%")]
