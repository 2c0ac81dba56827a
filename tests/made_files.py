"""Workbooks and Parquet files made anew from the rows of others, with something in them odd."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange

from mutations import CELLS

Cells = list[list[object]]
FORMATS = (
    "0%",
    "0.0",
    "#,##0",
    "0.00E+00",
    "yyyy-mm-dd",
    "[h]:mm",
    "@",
    '0.0"亿元"',
    ";;;",
    "0,",
    "# ?/?",
    "[Red]0",
)
FORMULAS = (
    ("=1/0", "#DIV/0!"),
    ("=NA()", "#N/A"),
    ("=A1", "=A1"),
    ("=1+1", 2),
    ("=TODAY()", 45000),
    ("=B2", ""),
)


def _value(rng: Random, usual: object) -> object:
    """Another value of a cell: of another kind, or out of the nasty ones."""
    return rng.choice((
        usual, str(usual), rng.choice(CELLS)[:32_000], rng.choice((0, -1, 0.1 + 0.2, 1e307, -1e-300, 2**53 + 1)),
        rng.random() < 0.5, None, datetime(1900, 1, 1), datetime(9999, 12, 31, 23, 59, 59),
        date(2024, 2, 29), rng.choice((60, 59, 61, 2958465, 2958466)),
    ))  # fmt: skip


def book(rng: Random, cells: Cells) -> bytes:
    """The cells as a workbook in which one to four things are odd."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": rng.random() < 0.1, "strings_to_urls": False,
               "date_1904": rng.random() < 0.1, "nan_inf_to_errors": True}  # fmt: skip
    with xlsxwriter.Workbook(stream, options) as made, suppress(OverlappingRange):
        for _ in range(rng.choice((0, 0, 0, 1, 3))):
            made.add_worksheet()
        page = made.add_worksheet("表1")
        down, right = rng.choice(((0, 0), (0, 0), (0, 0), (1, 0), (0, 1), (7, 3)))
        for at, row in enumerate(cells):
            page.write_row(at + down, right, row)
        for _ in range(rng.randint(1, 4)):
            _odd(rng, made, page, cells, down, right)
    return stream.getvalue()


def _odd(rng: Random, made: Any, page: Any, cells: Cells, down: int, right: int) -> None:
    row = rng.randrange(len(cells))
    at = rng.randrange(max(1, len(cells[row])))
    usual = cells[row][at] if cells[row] else ""
    place = (row + down, at + right)
    shown = made.add_format({"num_format": rng.choice(FORMATS), "hidden": 1})
    formula = rng.choice(FORMULAS)
    value = _value(rng, usual)
    dated = isinstance(value, date)
    rng.choice((
        lambda: page.write_datetime(*place, value, shown) if dated else page.write(*place, value),
        lambda: page.write(*place, usual, shown),
        lambda: page.write_formula(*place, formula[0], None, formula[1]),
        lambda: page.merge_range(*place, place[0] + rng.choice((0, 1, 3)), place[1] + rng.choice((1, 2)), str(usual)),
        lambda: page.write_rich_string(*place, made.add_format({"bold": True}), "a", made.add_format(), str(usual) or "b"),
        lambda: page.set_row(place[0], None, None, {"hidden": True}),
        lambda: page.set_column(place[1], place[1], None, None, {"hidden": True}),
        lambda: page.hide() if len(made.worksheets()) > 1 and made.worksheets()[0] is not page else None,
        lambda: page.write_comment(*place, "note"),
        lambda: page.write_blank(*place, None, shown),
        lambda: page.write_string(*place, f" {usual}\u00a0"),
        lambda: page.write_number(*place, 1e15 / 3, shown),
        lambda: page.autofilter(0, 0, len(cells), 3),
        lambda: page.write_url(*place, "http://localhost/x", string=str(usual)[:200] or "x"),
    ))()  # fmt: skip


def _columns(usual: list[Any]) -> Sequence[Callable[[], pa.Array]]:
    """The column in other types, and columns of the same length that hold other things."""
    n, texts = len(usual), [None if one is None else str(one) for one in usual]
    day = datetime(2024, 2, 29)
    return (
        lambda: pa.array([[one] for one in texts]), lambda: pa.array([{"value": 1.5, "unit": "%"}] * n),
        lambda: pa.array([{"a": {"b": 1}}] * n), lambda: pa.array([[("k", 1)]] * n, pa.map_(pa.string(), pa.int8())),
        lambda: pa.array([{"x": None}] * n), lambda: pa.nulls(n), lambda: pa.nulls(n, pa.float64()),
        lambda: pa.array([one and one.encode() for one in texts], pa.binary()),
        lambda: pa.array(texts).dictionary_encode(), lambda: pa.array(texts, pa.large_string()),
        lambda: pa.array([Decimal("1.50")] * n), lambda: pa.array([Decimal("9" * 38)] * n, pa.decimal256(60, 2)),
        lambda: pa.array([day] * n, pa.timestamp("ns", "Asia/Shanghai")), lambda: pa.array([day] * n, pa.timestamp("us")),
        lambda: pa.array([timedelta(days=1)] * n), lambda: pa.array([date.max] * n), lambda: pa.array([date.min] * n),
        lambda: pa.array([2**31 - 1] * n, pa.int32()).cast(pa.date32()), lambda: pa.array([10**12] * n).cast(pa.timestamp("s")),
        lambda: pa.array([1.5] * n, pa.float32()), lambda: pa.array([float("nan")] * n), lambda: pa.array([float("inf")] * n),
        lambda: pa.array([-0.0] * n), lambda: pa.array([2**63] * n, pa.uint64()), lambda: pa.array([True] * n),
        lambda: pa.array(["\x1b\u202e\x00"] * n), lambda: pa.array(["a" * 40_000] * n), lambda: pa.array(["1e309"] * n),
    )  # fmt: skip


def parquet(rng: Random, data: bytes) -> bytes:
    """The table with one to three columns of another type, another name, or twice."""
    table = pq.read_table(pa.BufferReader(data), use_threads=False)
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(table.num_columns)
        name = table.column_names[at]
        try:
            usual = table.column(at).to_pylist()
        except (OverflowError, ValueError):  # days that Python has no value for stay as they are
            continue
        what = rng.randrange(10)
        if what < 6:
            table = table.set_column(at, name, rng.choice(_columns(usual))())
        elif what == 6:
            table = table.append_column(name, table.column(at))
        elif what == 7:
            table = table.rename_columns([rng.choice(("", "a.b", "\x1b", "数", "x" * 9999, one)) if n == at else one
                                          for n, one in enumerate(table.column_names)])  # fmt: skip
        elif what == 8:
            table = (
                table.slice(0, rng.choice((0, 1)))
                if rng.random() < 0.5
                else table.remove_column(at)
            )
        else:
            column = [
                rng.choice(CELLS) if rng.random() < 0.2 else None if one is None else str(one)
                for one in usual
            ]
            texts = [one and one.encode("utf-8", "replace").decode() for one in column]
            table = table.set_column(at, name, pa.array(texts, pa.string()))
        if not table.num_columns:
            break
    out = io.BytesIO()
    pq.write_table(table, out, row_group_size=rng.choice((1, 5, None)), version=rng.choice(("1.0", "2.6")),
                   compression=rng.choice(("snappy", "gzip", "zstd", "none")))  # fmt: skip
    return out.getvalue()
