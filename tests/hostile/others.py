"""Hostile texts with delimiters, Parquet files and maps, each kind made from a seed."""

from __future__ import annotations

import io
from collections.abc import Callable
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hostile.books import NAMES, ROW

KINDS: dict[str, Callable[[Random], bytes]] = {}
ANSWERS: dict[str, Callable[[Random], bytes]] = {}
HEAD = ",".join(NAMES) + "\n"
LINE = ",".join(map(str, ROW)) + "\n"
WIDE = '[answers]\nplace = "rivertown"\nindicator = "gdp"\nentries = "new"\n'


def kind(make: Callable[[Random], bytes]) -> Callable[[Random], bytes]:
    KINDS[make.__name__] = make
    return make


def answers_kind(make: Callable[[Random], bytes]) -> Callable[[Random], bytes]:
    ANSWERS[make.__name__] = make
    return make


@kind
def a_line_without_end(chance: Random) -> bytes:
    filler = chance.choice([b"x", b",", b'"', b'"",', b"\xe4\xba\xbf", b";", b'"a\n",'])
    size = chance.choice([20_000_000, 120_000_000, 300_000_000])
    return chance.choice([b"", HEAD.encode()]) + filler * (size // len(filler))


@kind
def columns_without_end(chance: Random) -> bytes:
    n = chance.choice([2_000, 16_385, 1_000_000])
    names = ",".join(f"{chance.choice(['c', 'indicator', ''])}{i}" for i in range(n))
    return f"{names}\n{',' * (n - 1)}\n".encode() * chance.choice([1, 3])


@kind
def lines_without_end(chance: Random) -> bytes:
    filler = chance.choice([b"\n", b",,,,,,,\n", b"\r", b"a\n", LINE.encode(), b'"\n'])
    return HEAD.encode() + filler * (chance.choice([1_000_000, 60_000_000]) // len(filler))


@kind
def quotes_and_nulls(chance: Random) -> bytes:
    pieces = [
        '"',
        '""',
        ",",
        "\n",
        "\r",
        "\0",
        "gdp",
        "1",
        "\ufeff",
        "\u2028",
        ";",
        "\t",
        " ",
        "约",
        '"a""b"',
    ]
    noise = "".join(chance.choices(pieces, k=chance.choice([5, 500, 50_000])))
    text = chance.choice([HEAD, HEAD + LINE, ""]) + noise
    return text.encode(chance.choice(["utf-8", "utf-16", "gb18030", "utf-8-sig"]))


@kind
def one_wide_character(chance: Random) -> bytes:
    row = LINE.replace("gdp", chance.choice(["😀", "gdp"])).encode()
    return HEAD.encode() + row * (chance.choice([1_000_000, 80_000_000]) // len(row))


def written(table: pa.Table, **how: Any) -> bytes:
    stream = io.BytesIO()
    pq.write_table(table, stream, **how)
    return stream.getvalue()


def base(n: int = 3) -> dict[str, list]:
    return {name: [value] * n for name, value in zip(NAMES, ROW, strict=True)}


@kind
def parquet_of_broken_bytes(chance: Random) -> bytes:
    packed = chance.choice(["none", "snappy", "zstd", "gzip", "brotli", "lz4"])
    version = chance.choice(["1.0", "2.0"])
    data = bytearray(written(pa.table(base(50)), compression=packed, data_page_version=version))
    where = chance.choice([(4, len(data)), (len(data) - 900, len(data) - 8), (4, 400)])
    for _ in range(chance.randint(1, 4)):
        data[chance.randrange(*where)] = chance.choice([0, 1, 127, 128, 255, chance.randrange(256)])
    return bytes(data)


@kind
def parquet_of_one_text_often(chance: Random) -> bytes:
    size, n = chance.choice([(1_000_000, 1_000_000), (30_000, 1_000_000), (30_000, 3)])
    column = pa.DictionaryArray.from_arrays(pa.array(np.zeros(n, np.int32)), pa.array(["x" * size]))
    return written(pa.table({"indicator": column, "value": pa.nulls(n, pa.float64())}))


@kind
def parquet_of_rows_without_end(chance: Random) -> bytes:
    n = chance.choice([1_000_000, 30_000_000])
    kinds = [pa.null(), pa.string(), pa.float64(), pa.bool_(), pa.date32()]
    return written(pa.table({"value": pa.nulls(n, chance.choice(kinds))}), compression="zstd")


@kind
def parquet_of_odd_types(chance: Random) -> bytes:
    odd = chance.choice([
        pa.array([[1], [2]]), pa.array([{"a": 1}, {"a": 2}]), pa.array([b"\xff", b"a"]),
        pa.array([b"a" * 9, b"b" * 9], pa.binary(9)), pa.array([1, 2], pa.decimal256(70, 2)),
        pa.array([2**62, 3], pa.timestamp("ns")), pa.array([2**31 - 1, 0], pa.date32()),
        pa.array([2**50, 0], pa.timestamp("s")), pa.array([1e308, float("nan")]), pa.array([1, 2], pa.time64("ns")),
        pa.array([1, 2], pa.duration("s")), pa.array([1.5, 2], pa.float16()), pa.array([2**64 - 1, 0], pa.uint64()),
        pa.array([1e30, -1e30]), pa.array(["a", None]), pa.MapArray.from_arrays([0, 1, 2], ["a", "b"], [1, 2]),
    ])  # fmt: skip
    table = base(2) | {chance.choice(["value", "note", "period"]): odd}
    return written(pa.table(table))


@kind
def parquet_of_many_columns(chance: Random) -> bytes:
    return written(pa.table({f"c{i}": [1] for i in range(chance.choice([300, 17_000]))}))


@answers_kind
def answers_of_any_kind(chance: Random) -> bytes:
    kind = chance.choice(
        ["unit", "period", "place", "role column industry", "year_begins", "decimal", "word x"]
    )
    text = chance.choice(
        ["x" * 100_000, "", "1e999", "\\u0000", "9999-13", "[]", "-1", "亿" * 9_999, "4" * 400]
    )
    return f'{WIDE}"{kind}" = "{text}"\n'.encode()


@answers_kind
def answers_that_are_no_texts(chance: Random) -> bytes:
    value = chance.choice([1, 2**70, 10**3000, -1, True, [1] * 60_000, {"a": 1}, [[1]], 1e300])
    return f"{WIDE}unit = {str(value).replace('True', 'true').replace(chr(39), '').replace(': ', ' = ')}\n".encode()


@answers_kind
def toml_without_end(chance: Random) -> bytes:
    n = chance.choice([1_000, 200_000])
    return chance.choice([
        "a = " + "[" * n, "a." * n + "a = 1", "".join(f"k{i} = 1\n" for i in range(n // 4)), "[[" * n,
        "[answers]\n" + "".join(f'"w{i}" = {{ q{i} = 1 }}\n' for i in range(n // 20)), "a = 1" + "0" * n,
        "[" + "a." * n + "a]", "a = 0x" + "f" * n, 'a = """' + "\\" * n, "a = " + "{a=" * n,
        WIDE + "".join(f'"w{i}" = "x"\n' for i in range(n // 20)),
    ]).encode()  # fmt: skip
