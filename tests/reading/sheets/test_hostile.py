"""Files that are broken or hostile end in faults."""

from __future__ import annotations

import io
import random
import re
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reading_tables import rows_of as read
from songhua.reading import limits
from songhua.reading.sheets import Candidates, raw

SHEET = "xl/worksheets/sheet1.xml"
TOKENS = [
    "0", "-1", "99999999999999999999", "", "1048577", "A1", "A1:XFD1048576", "XFD1048576",
    "ZZ999999999", "s", "n", "e", "d", "b", "str", "1e999", "NaN",
]  # fmt: skip


def codes(found: Candidates) -> list[str]:
    return [fault.code for fault in found.faults]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def pack(content: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in content.items():
            package.writestr(name, data)
    return stream.getvalue()


@given(
    st.binary(), st.sampled_from([b"", b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0", b"\xff\xfe"])
)
def test_any_bytes_end_in_faults(noise, start):
    found = read(start + noise, "x")
    assert found.faults
    assert found.table.num_rows == 0


@given(st.text("abc,;\t\"'\n\r约0123456789.-年月\u2028\0(%)"))
def test_any_text_ends_in_rows_or_faults(text):
    found = read(text.encode(), "x")
    assert found.faults or found.table.num_rows


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9))
def test_a_workbook_with_changed_parts_ends_in_rows_or_faults(book, yearbook, seed):
    chance = random.Random(seed)
    content = parts(book(yearbook))
    name = chance.choice([*content, SHEET, SHEET])
    text = bytearray(content[name])
    for _ in range(chance.randint(1, 3)):
        places = [found.span() for found in re.finditer(rb'\d+|"[^"]*"|<[^<>]*>', text)]
        first, last = chance.choice(places) if places else (0, 0)
        quote = '"' if text[first : first + 1] == b'"' else ""
        text[first:last] = f"{quote}{chance.choice(TOKENS)}{quote}".encode()
    content[name] = bytes(text)
    found = read(pack(content), "x.xlsx")
    assert found.faults or found.table.num_rows


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9))
def test_a_workbook_with_changed_bytes_ends_in_rows_or_faults(book, yearbook, seed):
    chance = random.Random(seed)
    data = bytearray(book(yearbook))
    for _ in range(chance.randint(1, 5)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    del data[chance.randrange(len(data)) :: chance.choice([10**9, 400])]
    found = read(bytes(data), "x.xlsx")
    assert found.faults


@given(seed=st.integers(0, 10**9), compression=st.sampled_from(["none", "snappy", "zstd"]))
def test_parquet_with_changed_bytes_ends_in_rows_or_faults(seed, compression):
    stream = io.BytesIO()
    names = {
        "indicator": ["a", "b"],
        "period": [2019, 2020],
        "value": [1.5, 2.5],
        "note": ["é", ""],
    }
    pq.write_table(pa.table(names), stream, compression=compression)
    data, chance = bytearray(stream.getvalue()), random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        data[chance.randrange(4, len(data))] = chance.randrange(256)
    found = read(bytes(data), "x")
    assert found.faults or found.table.num_rows


def test_text_in_parquet_that_is_no_utf8_is_a_fault():
    broken = pa.Array.from_buffers(
        pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\1\0\0\0"), pa.py_buffer(b"\xff")]
    )
    stream = io.BytesIO()
    pq.write_table(pa.table({"indicator": broken}), stream)
    assert codes(read(stream.getvalue(), "x")) == ["import_unreadable"]


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/workbook.xml", SHEET])
def test_a_part_that_claims_an_unknown_encoding_is_read_as_utf8(book, yearbook, part):
    content = parts(book(yearbook))
    content[part] = content[part].replace(b"UTF-8", b"none-such")
    assert codes(read(pack(content), "x.xlsx")) == codes(read(book(yearbook), "x.xlsx"))


@pytest.mark.parametrize(
    ("place", "fault"),
    [("XFD1048576", "import_too_large"), ("ZZZZZZZ1048576", "import_too_large"),
     ("A99999999999999", "import_too_large"), ("A7", "import_unreadable")],
)  # fmt: skip
def test_one_cell_far_out_does_not_take_all_memory(book, yearbook, place, fault):
    content = parts(book(yearbook))
    far = f'<row r="1048576"><c r="{place}"><v>1</v></c></row></sheetData>'
    content[SHEET] = content[SHEET].replace(b"</sheetData>", far.encode())
    assert codes(read(pack(content), "x.xlsx")) == [fault]


def test_a_tag_that_names_two_places_is_refused(book, yearbook):
    content = parts(book(yearbook))
    content[SHEET] = content[SHEET].replace(b'r="B5"', b'r="B5" r="ZZZZZZZ1"')
    assert codes(read(pack(content), "x.xlsx")) == ["import_unreadable"]


@pytest.mark.parametrize("size", [0, 1_000_000])
def test_a_sheet_that_unpacks_to_too_much_or_to_more_than_it_says(
    book, yearbook, monkeypatch, size
):
    monkeypatch.setattr(limits, "UNPACKED", 3_000_000)
    content = parts(book(yearbook))
    content[SHEET] = content[SHEET].replace(b"<sheetData>", b"<sheetData>" + b" " * 3_000_000)
    data = pack(content)
    told = len(content[SHEET]).to_bytes(4, "little")
    assert data.count(told) == 2
    if size:
        data = data.replace(told, size.to_bytes(4, "little"))
    assert codes(read(data, "x.xlsx")) == ["import_unreadable" if size else "import_too_large"]


def test_a_row_longer_than_a_block_is_a_fault(monkeypatch):
    monkeypatch.setattr(raw, "_BLOCK", 100)
    row = "2026-11-25,gdp,rivertown,2020,1,bn EUR,actual,yearbook," + "约" * 100
    data = f"recorded,indicator,region,period,value,unit,kind,source,note\n{row}\n".encode()
    (fault,) = read(data, "x.csv").faults
    assert fault.code == "csv_unreadable"
    assert fault.params["why"]


def test_a_workbook_whose_parts_are_locked_is_to_be_saved_anew(book, yearbook):
    data = bytearray(book(yearbook))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in list(re.finditer(re.escape(mark), data)):
            data[found.start() + flags] |= 1
    assert codes(read(bytes(data), "x.xlsx")) == ["import_locked"]


def test_a_broken_old_workbook_is_a_fault():
    assert codes(read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "x.xls")) == [
        "import_unreadable"
    ]
