"""Files that a person hands in, spoiled, and read as songhua reads them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

import made_files
import taught
from mutations import CELLS, flip, mutate, truncate
from slices import FOLDERS
from small import FILES
from songhua import schema
from songhua.checks import known_labels
from songhua.errors import SonghuaError
from songhua.examples import register as invented
from songhua.maths.table_audit import audit
from songhua.plan import Plan
from songhua.reading import documents, sheets, tables
from songhua.reading.crosstabs.book import read_book
from songhua.reading.crosstabs.questions import Answers
from songhua.reading.crosstabs.texts import Words
from songhua.reading.interindustry import cross
from songhua.reading.reviews import sheet_reader
from songhua.rules import parse_rulebook, remediation_plan
from songhua.rules.register import facts_of
from songhua.store import firms
from songhua.store.case import assembled
from songhua.store.imports import _csv
from songhua.store.interindustry import reader
from songhua.store.reviews import sheet_writer
from songhua.store.rulebooks import load
from songhua.store.source import parsed
from songhua.store.tables_read import parsed_answers

ROWS = FILES["observations/economy.csv"].strip().splitlines()
TOKENS = (*CELLS, "s", "n", "e", "d", "b", "str", "A1:XFD1048576", "XFD1048576", "1048577")
ANSWERS = """
[answers]
place = "rivertown"
indicator = "gdp"
entries = "new"
remarks = "keep"
number = "leave"
"""
WIDE: list[list[object]] = [
    ["行业", "2020年", "2021年"], ["", "bn EUR", "bn EUR"], ["食品", 1.5, "…"], ["工具", 2, 3],
]  # fmt: skip
GIVEN = {"source": "paper", "recorded": "2026-01-02"}
FIRM = """
name = "Mill"
staff = 100
tech_staff = 8
sales = { value = 0.1, unit = "100m CNY", evidence = "accounts", date = 2024-03-31 }
assets = { low = 700, high = 900 }
resident = true
registered = 2015-03-01
links = [{ share = 30, staff = 100, turnover = 1, balance = 1 }]
"""
STATUSES = ("cn/sci-tech-sme", "cn/size-class", "eu/sme")
DAY = date(2024, 6, 30)


@cache
def region() -> tuple[object, Plan]:
    """The folder that the files are handed to."""
    read = assembled(parsed(FOLDERS["made_up"], []))
    assert read.plan is not None
    return read.region, read.plan


def _book(cells: Sequence[Sequence[object]]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("表1")
        for row, line in enumerate(cells):
            page.write_row(row, 0, line)
    return stream.getvalue()


@cache
def originals() -> dict[str, bytes]:
    """The files, whole."""
    lines = [line.split(",")[:15] for line in ROWS[:-1]]
    columns = list(zip(*lines, strict=True))
    packed = io.BytesIO()
    pq.write_table(pa.table({c[0]: list(c[1:]) for c in columns}), packed)
    held = io.BytesIO()
    frame = invented.enterprises(__import__("numpy").random.default_rng(2), 12)
    frame.to_parquet(held)
    made, plan = region()
    items = sheet_writer.items(made, plan, sheet_writer.parse_period("2022"), "en")  # type: ignore[arg-type]
    review = sheet_writer.workbook(
        made, sheet_writer.parse_period("2022"), "office",  # type: ignore[arg-type]
        [one for one in items if one.department == "office"], "en",
    )  # fmt: skip
    law = files("songhua") / "rulebooks" / "eu"
    return {
        "long.csv": "\n".join(ROWS).encode(),
        "long.xlsx": _book([list(line) for line in lines]),
        "long.parquet": packed.getvalue(),
        "wide.csv": "\n".join(",".join(map(str, row)) for row in WIDE).encode(),
        "wide.xlsx": _book(WIDE),
        "answers.toml": ANSWERS.encode(),
        "firms.csv": invented.files(3, 12)["register/enterprises.csv"],
        "firms.parquet": held.getvalue(),
        "firm.toml": FIRM.encode(),
        "rules.toml": (law / "sme" / "rules.toml").read_bytes(),
        "facts.toml": (law / "facts.toml").read_bytes(),
        "law.toml": next((law / "sme" / "parameters").iterdir()).read_bytes(),
        "table.csv": FOLDERS["made_up"]["tables/here.csv"].lstrip(),
        "table.xlsx": _book([line.split(",") for line in
                             FOLDERS["made_up"]["tables/here.csv"].decode().strip().splitlines()]),
        "review.xlsx": review,
        "panel.csv": FOLDERS["made_up"]["panels/gdp.csv"],
        "learnt.json": taught.LEARNT,
        "pack.toml": taught.PACK["pack.toml"],
    }  # fmt: skip


@cache
def rows() -> dict[str, list[list[object]]]:
    """The cells of the workbooks that are tables, a number as a number."""
    texts = {
        "long.xlsx": [line.split(",")[:15] for line in ROWS[:-1]], "wide.xlsx": WIDE,
        "table.xlsx": [line.split(",") for line in
                       FOLDERS["made_up"]["tables/here.csv"].decode().strip().splitlines()],
    }  # fmt: skip
    plain = re.compile(r"-?\d+(\.\d+)?")
    return {
        name: [
            [float(c) if isinstance(c, str) and plain.fullmatch(c) else c for c in row]
            for row in page
        ]
        for name, page in texts.items()
    }


def _parts(rng: Random, data: bytes) -> bytes:
    """A part of a workbook says another thing in one to three places."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        content = {name: package.read(name) for name in package.namelist()}
    name = rng.choice([*content, *(one for one in content if "sheet" in one)])
    text = bytearray(content[name])
    for _ in range(rng.randint(1, 3)):
        places = [one.span() for one in re.finditer(rb'\d+|"[^"]*"|<[^<>]*>|>[^<>]+<', text)]
        first, last = rng.choice(places) if places else (0, 0)
        token = rng.choice(TOKENS).encode("utf-8", "surrogatepass")
        mark = bytes(text[first : first + 1])
        text[first:last] = (
            b'"%b"' % token if mark == b'"' else b">%b<" % token if mark == b">" else token
        )
    content[name] = bytes(text)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for part, inner in content.items():
            package.writestr(part, inner)
    return stream.getvalue()


def spoiled(rng: Random, name: str) -> bytes:
    """One of the files, other than it should be."""
    data = originals()[name]
    if name.endswith(".parquet") and rng.random() < 0.6:
        return made_files.parquet(rng, data)
    if name in rows() and rng.random() < 0.5:
        return made_files.book(rng, rows()[name])
    if name.endswith(".xlsx") and rng.random() < 0.8:
        return _parts(rng, data)
    if name.endswith((".xlsx", ".parquet")):
        return truncate(rng, data) if rng.random() < 0.1 else flip(rng, data)
    return mutate(rng, name, data)


def _rows(data: bytes, name: str, answers: bytes = b"") -> str:
    made, _ = region()
    opened = sheets.open_tables(data, name)
    if isinstance(opened, sheets.Tables):
        given = Answers(parsed_answers(answers or ANSWERS.encode(), "answers.toml"))
        book = read_book(name, opened.grids, Words(made), given, GIVEN, opened.book.delimiter)  # type: ignore[arg-type]
        if book.faults or book.questions:
            raise SonghuaError(*(book.faults or [q.fault(name) for q in book.questions]))
        opened = book.candidates()
    known = known_labels(made)  # type: ignore[arg-type]
    parsed_rows = tables.read(_csv(opened.table), name, schema.table("observations"), known)
    if parsed_rows.faults:
        raise SonghuaError(*parsed_rows.faults)
    return "rows"


def _firms(data: bytes, name: str) -> str:
    firms.read(name, data, STATUSES[:2])
    return "firms"


def _firm(data: bytes) -> str:
    document, faults = documents.parse(data, "firm.toml")
    if document is None:
        raise SonghuaError(*faults)
    for status in STATUSES:
        book = load(status)
        remediation_plan(book, facts_of(document.data, book), DAY)
    return "firm"


def _law(rng: Random) -> str:
    texts = {
        "rules.toml": originals()["rules.toml"], "../facts.toml": originals()["facts.toml"],
        "parameters/law.toml": originals()["law.toml"],
    }  # fmt: skip
    name = rng.choice(sorted(texts))
    texts[name] = mutate(rng, name, texts[name])
    book = parse_rulebook(
        "eu/sme", {one: data.decode("utf-8", "replace") for one, data in texts.items()}
    )
    remediation_plan(book, {"staff": 12, "turnover": 3, "balance": 4}, DAY)
    return "rulebook"


def _table(data: bytes, name: str) -> str:
    table = reader.from_grids(cross.grids(data, name), Path(name), None, 2020, unit="m EUR")
    audit(table, {})
    return "table"


def read(rng: Random) -> str:
    """One file, spoiled and read."""
    name = rng.choice(("rules.toml", *originals()))
    if name in ("rules.toml", "facts.toml", "law.toml"):
        return _law(rng)
    if name in ("learnt.json", "pack.toml"):
        return taught.learnt_file(rng) if name == "learnt.json" else taught.pack(rng)
    data = spoiled(rng, name)
    works: dict[str, Callable[[], str]] = {
        "answers": lambda: _rows(originals()["wide.csv"], "wide.csv", data),
        "wide": lambda: _rows(data, name),
        "long": lambda: _rows(data, name),
        "firms": lambda: _firms(data, name),
        "firm": lambda: _firm(data),
        "table": lambda: _table(data, name),
        "panel": lambda: taught.wider(data, region()[0]),
    }
    if name == "review.xlsx":
        sheet = sheet_reader.read(data, name, "rivertown", date(2026, 1, 2))
        if sheet.faults:
            raise SonghuaError(*sheet.faults)
        return "review"
    return works[name.partition(".")[0]]()
