"""Hostile workbooks, each kind made from a seed."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from random import Random

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
NAMES = ["indicator", "region", "period", "value", "unit", "kind", "source", "recorded"]
ROW = ["gdp", "rivertown", "2021", 10.5, "bn EUR", "actual", "paper", "2026-11-25"]
Parts = dict[str, bytes]
KINDS: dict[str, Callable[[Random], bytes]] = {}


def kind(make: Callable[[Random], bytes]) -> Callable[[Random], bytes]:
    KINDS[make.__name__] = make
    return make


def cell(place: str, value: object, more: str = "") -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"{more}><is><t>{value}</t></is></c>'
    return f'<c r="{place}"{more}><v>{value}</v></c>'


def line(row: int, values: list) -> str:
    cells = "".join(cell(f"{chr(65 + at)}{row}", value) for at, value in enumerate(values))
    return f'<row r="{row}">{cells}</row>'


def sheet(rows: str, before: str = "", after: str = "") -> bytes:
    text = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    return text.encode()


def plain(rows: str = "") -> bytes:
    return sheet(line(1, NAMES) + line(2, ROW) + rows)


def parts(page: bytes, n: int = 1, target: str = "worksheets/sheet1.xml") -> Parts:
    sheets = "".join(f'<sheet name="S{i}" sheetId="{i}" r:id="r{i}"/>' for i in range(1, n + 1))
    links = "".join(
        f'<Relationship Id="r{i}" Type="{LINK}/worksheet" Target="{target}"/>'
        for i in range(1, n + 1)
    )
    return {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINK}"><sheets>{sheets}</sheets></workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>".encode(),
        SHEET: page,
    }


def pack(content: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as package:
        for name, data in content.items():
            package.writestr(name, data)
    return stream.getvalue()


def bomb(name: str, start: bytes, filler: bytes, end: bytes, times: int, content: Parts) -> bytes:
    """A package in which one part repeats a megabyte of filler, packed once."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    body = packer.compress(filler * (1_000_000 // len(filler))) + packer.flush(zlib.Z_FULL_FLUSH)
    tail = packer.compress(end) + packer.flush()
    packed = head + body * times + tail
    content = {**content, name: b"PLACE"}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for other, data in content.items():
            package.writestr(other, packed if other == name else data)
    data = bytearray(stream.getvalue())
    size = len(start) + times * len(filler * (1_000_000 // len(filler))) + len(end)
    for mark, at, length in ((b"PK\3\4", 8, 22), (b"PK\1\2", 10, 24)):
        for found in re.finditer(re.escape(mark), bytes(data)):
            name_at = found.start() + (30 if mark == b"PK\3\4" else 46)
            if bytes(data[name_at : name_at + len(name)]) == name.encode():
                struct.pack_into("<H", data, found.start() + at, zipfile.ZIP_DEFLATED)
                struct.pack_into("<I", data, found.start() + length, min(size, 0xFFFFFFF0))
    return bytes(data)


def shared(texts: list[str]) -> bytes:
    inner = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'<sst xmlns="{MAIN}">{inner}</sst>'.encode()


def styles(formats: dict[int, str], chosen: list[int]) -> bytes:
    codes = "".join(f'<numFmt numFmtId="{n}" formatCode="{c}"/>' for n, c in formats.items())
    uses = "".join(f'<xf numFmtId="{n}"/>' for n in chosen)
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts><cellXfs>{uses}</cellXfs></styleSheet>'.encode()


@kind
def a_row_at_the_end_without_places(chance: Random) -> bytes:
    cells = "<c><v>1</v></c>" * chance.choice([1, 8, 200, 20_000])
    return pack(parts(sheet(f'<row r="1048576">{cells}</row>')))


@kind
def rows_without_numbers(chance: Random) -> bytes:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row>" * chance.choice([10, 100_000, 1_048_577])
    return pack(parts(sheet(rows)))


@kind
def one_text_in_many_cells(chance: Random) -> bytes:
    size, cells = chance.choice([(1_000_000, 20_000), (32_767, 100_000), (32_000, 20)])
    rows = "".join(f'<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>' for r in range(1, cells))
    return pack(parts(sheet(rows)) | {"xl/sharedStrings.xml": shared(["x" * size])})


@kind
def a_cell_far_out(chance: Random) -> bytes:
    place = chance.choice(["XFD1048576", "XFD2", "A1048576", "XFE3", "AAAA3", "A1048577", "A0"])
    row = re.sub("[A-Z]", "", place)
    return pack(parts(plain(f'<row r="{row}"><c r="{place}"><v>1</v></c></row>')))


@kind
def a_sheet_that_unpacks_without_end(chance: Random) -> bytes:
    filler = chance.choice([b" ", b"<row/>", b"<row><c/></row>", b"<c><v>1</v></c>"])
    start, end = sheet("").split(b"</sheetData>")
    start += b"<row>" if filler.startswith(b"<c>") else b""
    return bomb(SHEET, start, filler, b"</sheetData>" + end, chance.choice([300, 1200]), parts(b""))


@kind
def texts_that_unpack_without_end(chance: Random) -> bytes:
    filler = chance.choice([b"<si><t>a</t></si>", b"<si/>", b"x", b"<si><r><t>a</t></r></si>"])
    name = "xl/sharedStrings.xml"
    head = f'<sst xmlns="{MAIN}">'.encode() + (b"<si><t>" if filler == b"x" else b"")
    times = chance.choice([20, 300, 1200])
    return bomb(name, head, filler, b"</sst>", times, parts(plain()) | {name: b""})


@kind
def many_parts(chance: Random) -> bytes:
    extra = {f"{'../' * (i % 3)}a/{i}.xml": b"<a/>" for i in range(chance.choice([50, 12_000]))}
    return pack(parts(plain()) | extra)


@kind
def odd_names_and_a_package_within(chance: Random) -> bytes:
    inner = pack({"a": bytes(1_000_000)})
    names = ["/etc/passwd", "../../a", "C:\\a", "a" * 60_000, "xl/embeddings/a.zip", "中/\u202e"]
    return pack(parts(plain()) | dict.fromkeys(chance.sample(names, 4), inner))


@kind
def a_part_twice(chance: Random) -> bytes:
    stream = io.BytesIO(pack(parts(plain())))
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr(
            zipfile.ZipInfo(chance.choice([SHEET.upper(), SHEET.replace("/", "\\")])), plain()
        )
    return stream.getvalue()


@kind
def parts_that_overlap(chance: Random) -> bytes:
    data = bytearray(pack(parts(plain()) | {"xl/a.xml": b"<a/>"}))
    entries = [found.start() for found in re.finditer(b"PK\1\2", bytes(data))]
    for at in entries[1:]:
        struct.pack_into("<I", data, at + 42, chance.choice([0, 7, 2**32 - 1]))
    return bytes(data)


@kind
def flags_and_sizes_that_lie(chance: Random) -> bytes:
    data = bytearray(pack(parts(plain())))
    for found in list(re.finditer(b"PK\1\2", bytes(data))):
        at, form, value = chance.choice(
            [(8, "<H", 1), (8, "<H", 65), (10, "<H", 14), (10, "<H", 99), (20, "<I", 2**32 - 1),
             (24, "<I", 2**32 - 1), (24, "<I", 3), (16, "<I", 1), (42, "<I", 99)]
        )  # fmt: skip
        struct.pack_into(form, data, found.start() + at, value)
    return bytes(data)


@kind
def packed_another_way(chance: Random) -> bytes:
    return pack(
        parts(plain()), chance.choice([zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_STORED])
    )


@kind
def another_kind_of_file(chance: Random) -> bytes:
    name = chance.choice(["xl/workbook.bin", "content.xml", "word/document.xml", "a.txt"])
    start = chance.choice(
        [b"", b"\xd0\xcf\x11\xe0" + bytes(500), b"<html><table>", b"<?xml version='1.0'?>"]
    )
    return start or pack({name: b"<a/>", "mimetype": b"application/vnd.oasis"})


@kind
def xml_that_says_more(chance: Random) -> bytes:
    laughs = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    doctype = chance.choice([
        f'<!DOCTYPE a [<!ENTITY a0 "ha">{laughs}]>', '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "<!-- a -->", "<?go?>",
    ])  # fmt: skip
    content = parts(
        plain().replace(b"gdp", chance.choice([b"&a11;", b"&x;", b"<![CDATA[gdp]]>", b"gdp"]))
    )
    name = chance.choice(list(content))
    return pack(content | {name: doctype.encode() + content[name]})


@kind
def xml_of_another_shape(chance: Random) -> bytes:
    n = chance.choice([1000, 300_000])
    page = chance.choice([
        "<a>" * n + "</a>" * n, "<c>" * n + "</c>" * n, f'<row r="{"1" * n}"/>', f'<row a="{"x" * n * 9}"/>',
        "<row r='1'><c r='A1'><f>" + "x" * n * 9 + "</f></c></row>", "<c r='A1' x='/>' t='s'><v>5</v></c>",
        '<row r="1"><c r="A1"><is>' + "<c>" * n + "</c>" * n + "</is></c></row>", "<row>" * n + "</row>" * n,
    ])  # fmt: skip
    data = sheet(page)
    return pack(
        parts(chance.choice([data, data, data.decode().encode("utf-16"), b"\xff\xfe" + data]))
    )


@kind
def merged_without_sense(chance: Random) -> bytes:
    refs = chance.choice([
        ["A1:XFD1048576"], ["A1:A1"] * 100_000, ["B1:A1"], ["A1:B2:C3"], ["A1:B2", "B2:C3"], ["A"], [""],
        [f"A{i}:C{i}" for i in range(1, 50_000)],
    ])  # fmt: skip
    return pack(
        parts(sheet(line(1, NAMES), after="".join(f'<mergeCell ref="{r}"/>' for r in refs)))
    )


@kind
def columns_without_sense(chance: Random) -> bytes:
    col = chance.choice(
        ['min="1" max="16384"', 'min="9" max="2"', 'min="0" max="999999999"', 'min="-1" max="x"']
    )
    return pack(
        parts(
            sheet(
                line(1, NAMES) + line(2, ROW),
                f"<cols>{f'<col {col} hidden={chr(34)}1{chr(34)}/>' * chance.choice([1, 50_000])}</cols>",
            )
        )
    )


@kind
def styles_without_end(chance: Random) -> bytes:
    codes = [
        "0." + "0" * 200,
        "0" * 100_000,
        '"' * 9,
        "[" * 9999,
        "0.0000000000000000%",
        "\\",
        "yyyy;;",
    ]
    n = chance.choice([3, 70_000, 400_000])
    content = parts(plain().replace(b'r="D2"', b'r="D2" s="1"'))
    made = styles({200: chance.choice(codes).replace('"', "&quot;")}, [0] + [200] * n)
    return pack(content | {"xl/styles.xml": made})


@kind
def numbers_that_are_none(chance: Random) -> bytes:
    odd = chance.choice(
        [
            "1e999",
            "nan",
            "inf",
            "1_000",
            "0x9",
            "",
            " 5 ",
            "1e-400",
            "-",
            "9" * 400,
            "²",
            "٣",
            "1,5",
        ]
    )
    text = plain().replace(b"<v>10.5</v>", f"<v>{odd}</v>".encode())
    return pack(
        parts(
            text.replace(
                b'r="D2"',
                f'r="D2" t="{chance.choice(["n", "s", "b", "d", "e", "z", "str"])}"'.encode(),
            )
        )
    )


@kind
def days_out_of_range(chance: Random) -> bytes:
    number = chance.choice(["-1", "2958466", "1e300", "60", "0", "0.999999999", "2958465.999999"])
    at = chance.choice(["C2", "D2", "H2"])
    page = re.sub(
        rf'<c r="{at}".*?</c>'.encode(), f'<c r="{at}" s="1"><v>{number}</v></c>'.encode(), plain()
    )
    return pack(parts(page) | {"xl/styles.xml": styles({}, [0, 14])})


@kind
def rows_and_cells_out_of_order(chance: Random) -> bytes:
    row = chance.choice([
        line(2, ROW), line(1, ROW), line(9, ROW) + line(8, ROW), '<row r="3"><c r="A4"><v>1</v></c></row>',
        '<row r="3"><c r="B3"><v>1</v></c><c r="A3"><v>1</v></c></row>', "<c r='A9'><v>1</v></c>",
        '<row r="3"><c r="A3"><v>1</v></c><c r="A3"><v>2</v></c></row>', '<row r="-3"/>', '<row r="3.5"/>',
    ])  # fmt: skip
    return pack(parts(plain(row)))


@kind
def texts_that_slow_a_pattern(chance: Random) -> bytes:
    n = 32_000
    text = chance.choice([
        "①" * n + "x", "1." * (n // 2), "(m EUR)" * (n // 7), "单位：" * (n // 3), "其中：" * (n // 3), " " * n + "x",
        "(" * n, "注1" * (n // 2) + "x", "-" * n, "约" * n, "9" * n, "1,111" * (n // 5), "2021年" * (n // 5), "[1]" * (n // 3) + "x",
    ])  # fmt: skip
    rows = [
        ["x", "2020年", "2021年"],
        *([text[i:], 1.5, text[i:]] for i in range(chance.choice([2, 60]))),
    ]
    return pack(parts(sheet("".join(line(at, row) for at, row in enumerate(rows, 1)))))


@kind
def many_sheets_of_one_part(chance: Random) -> bytes:
    content = parts(plain("".join(line(r, ROW) for r in range(3, 3000))), chance.choice([3, 9999]))
    return pack(content)


@kind
def links_that_lead_elsewhere(chance: Random) -> bytes:
    target = chance.choice(
        ["../../a", "/xl/workbook.xml", "workbook.xml", "", "http://a/b", "worksheets\\sheet1.xml"]
    )
    return pack(parts(plain(), target=target))


@kind
def characters_that_are_none(chance: Random) -> bytes:
    code = chance.choice(
        [
            "_x0000_",
            "_xD800_",
            "_xFFFF_",
            "&#xFFFE;",
            "&#x0;",
            "_x000D__x000A_",
            "&bogus;",
            "\u202e",
            "_x005F_x000D_",
        ]
    )
    return pack(parts(plain().replace(b"gdp", code.encode())))


@kind
def as_many_cells_as_may_be(chance: Random) -> bytes:
    rows, width = chance.choice([(100_000, 20), (300, 16_384), (2, 16_384), (1, 16_385)])
    filler = chance.choice(["<c><v>1</v></c>", '<c t="str"><v>a</v></c>'])
    page = sheet(f"<row>{filler * width}</row>" * rows)
    return pack(parts(page))


@kind
def formulas_without_results(chance: Random) -> bytes:
    made = chance.choice(
        ["<f>A1</f>", "<f/>", "<f>A1</f><v></v>", "<f>'[1]a'!A1</f><v/>", "<f>A1</f><v>0</v>"]
    )
    content = parts(plain().replace(b"<v>10.5</v>", made.encode()))
    book = content["xl/workbook.xml"].replace(
        b"</sheets>", b'</sheets><calcPr fullCalcOnLoad="1"/>'
    )
    return pack(content | {"xl/workbook.xml": book})


@kind
def broken_bytes(chance: Random) -> bytes:
    data = bytearray(
        pack(parts(plain()), chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
    )
    for _ in range(chance.randint(0, 4)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data[: chance.choice([len(data), chance.randrange(len(data))])])
