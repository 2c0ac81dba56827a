"""Ways to spoil a file of a folder, from plain bytes to edits that leave it readable."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from random import Random

CELLS = (
    "", " ", "0", "-0", "0.0", "-100", "-100.0", "100", "1", "0.000000000001", "999999999999999",
    "-999999999999999.999999999999", "1e999", "1e5", "NaN", "inf", "-inf", "+5", "٣", "１２", "1,180",
    "12345678901234567890", "0x10", "1_000", "½", "−5", "2020", "0000", "9999", "9999-12-31",
    "0001-01-01", "2024-02-30", "2020-Q5", "2020-13", "plan:2021..2025", "plan:9999..9999",
    "2027..", "9999..", "0001..", "2024/25", "9998/99", "2016..2022", "2019-01..2020-12",
    "2020-Q1..2020-Q3", "2020-H2", "2021-03-09", "2020-02-29", "about", "nearly", "at_least",
    "less_than", "actual", "target", "expectation", "estimate", "%", "pp", "‰", "x", "亿元",
    "bn EUR", "100m CNY", "bn CNY@2020", "bn CNY@0000", "persons", "10k persons",
    "places per 1000 persons", "x per x", "% per %", "km2 per 0 km2", "k k", "XXX", "all", "gdp",
    '"', "'", "\\", "\ufeff", "\u2028", "\x1b[31m", "\udcff", "a" * 5000, "a,b", "a\nb", "a\r\nb",
    "1e309", "-1e309", "1e-400", "5e-324", "1.7976931348623157e308", "١٢٣", "1..2", "--5", "(5)", "1 000",
    "1'000", "1.000.000,5", "1,5", "00012", "1e", "0x1p3", "nan%", "5 %", "9999-12-31..9999-12-31",
    "0001..9999", "plan:0001..9998", "2020-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", "a\u0301" * 500,
    "#DIV/0!", "#N/A", "TRUE", "-", "--", "…", "/", "*", "^", "~", "?", "\u3000", "\u00a0", "\ufffd", "\U0010ffff",
    "cn/size-class", "eu/sme", "fixed", "triangular", "done", "n", "rivertown upland", "$", "€", "m €",
    "suppressed", "not_available", "=1+1", "{x}", "{0.__class__}", "%s", "[red]", "<b>", "../../x", "河城", "🏭", "e\u0301",
)  # fmt: skip
LITERALS = (
    "1e999", "-inf", "nan", "123456789012345678901234567890", "0", "-1", "true", "[]", "{}", '""',
    '" "', "1979-05-27T07:32:00Z", "07:32:00", "0001-01-01", "9999-12-31", "[1, [2, [3]]]",
    '["a", 1]', "{ a = 1 }", '{ en = "x" }', '{ en = "x", zh = "y" }', '{ en = 1, zh = [] }',
    "0x" + "f" * 5000, "9" * 5000, "1e309", "-1e309", "-0.0", "0b1", "0o7", "1_000", "+1", "5e-324",
    "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "23:59:59.999999999", "-9223372036854775808",
    "[0, 0]", "[5, 3]", "[-1, 2]", "[1, 1000000000000]", '"A"', '"XFE"', '"AAAAAAAA"', '["A", "A"]', "[[], []]",
    '{ value = 1, unit = "%", date = 9999-12-31 }', "{ low = 9, high = 1 }", "{ low = 1 }", "[{}]", "[{ x = 1 }]",
    '"all"', '"gdp"', '"%"', '"bn EUR"', '"level"', '"growth"', '"contribution_pp"', '"share"', '"2021"',
    '"9999"', '"a == b"', '"""x\ny"""', "0x7fffffffffffffff", "[" * 400 + "]" * 400,
    "{a=" * 300 + "1" + "}" * 300, '"\\u0000"', '"\\u202e"', '"food"', '"tools"',
)  # fmt: skip
TERMS = ("a", "b", "0", "1", "100", "1e308", "a / b", "a ** 2", "a ** b", "a / 0", "abs(a)",
         "min(a, b)", "max(a, b, 1)", "(a - a)", "-a", "0 ** -1", "a ** 999", "a / (b - b)")  # fmt: skip
Mutation = Callable[[Random, bytes], bytes]


def _span(rng: Random, data: bytes) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.choice((1, 2, 10, 100)))


def flip(rng: Random, data: bytes) -> bytes:
    """A few bytes become others."""
    spoiled = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 8))):
        if spoiled:
            spoiled[rng.randrange(len(spoiled))] = rng.randrange(256)
    return bytes(spoiled)


def insert(rng: Random, data: bytes) -> bytes:
    """Something stands where it should not."""
    start, _ = _span(rng, data)
    odd = rng.choice((b"\0", b'"', b"'", b",", b"\n", b"\r", b"[", b"]", b"=", b"#", b"\xef\xbb\xbf",
                      b"\xff", b"\xc2\x85", "٣".encode(), b"\n\n\n", b'"""', b"," * 40))  # fmt: skip
    return data[:start] + odd + data[start:]


def swell(rng: Random, data: bytes) -> bytes:
    """A megabyte stands in one place: a text, a number, marks, lines, or the file over and over."""
    start, _ = _span(rng, data)
    many = rng.choice(
        (b"a", b"9", b",", b"\n", b'"', b'""', b"[", b"{", b" ", "粮".encode(), b"a,b\n", b"x=1\n")
    )
    if rng.random() < 0.2:
        return data * min(40, 1 + 200_000 // max(1, len(data)))
    n = rng.choice((40_000, 1_000_000)) // len(many)
    return data[:start] + many * n + data[start:]


def cut(rng: Random, data: bytes) -> bytes:
    """A stretch is gone."""
    start, end = _span(rng, data)
    return data[:start] + data[end:]


def double(rng: Random, data: bytes) -> bytes:
    """A stretch stands twice."""
    start, end = _span(rng, data)
    return data[:end] + data[start:end] + data[end:]


def truncate(rng: Random, data: bytes) -> bytes:
    """The file ends early."""
    return data[: rng.randrange(len(data) + 1)]


def encode(rng: Random, data: bytes) -> bytes:
    """Another way to write the same text."""
    text = data.decode("utf-8", "replace")
    return rng.choice((
        b"\xef\xbb\xbf" + data, data.replace(b"\n", b"\r\n"), data.replace(b"\n", b"\r"), b"",
        text.encode("utf-16"), text.encode("gb18030", "replace"), data.rstrip(), data + b"\n\n",
    ))  # fmt: skip


def lines(rng: Random, data: bytes) -> bytes:
    """Lines change places, go, or stand twice."""
    rows = data.split(b"\n")
    a, b = rng.randrange(len(rows)), rng.randrange(len(rows))
    what = rng.randrange(3)
    if what == 0:
        rows[a], rows[b] = rows[b], rows[a]
    elif what == 1:
        del rows[a]
    else:
        rows.insert(b, rows[a])
    return b"\n".join(rows)


def _cells(data: bytes) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(data.decode("utf-8", "replace"), newline="")))
    except csv.Error:
        return []


def _written(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def cell(rng: Random, data: bytes) -> bytes:
    """A cell of a CSV table has another value, out of its column or out of the nasty ones."""
    rows = _cells(data)
    if len(rows) < 2 or not rows[0]:
        return flip(rng, data)
    for _ in range(rng.choice((1, 1, 1, 2, 5))):
        row = rng.choice(rows[1:])
        if not row:
            continue
        at = rng.randrange(len(row))
        column = [other[at] for other in rows[1:] if len(other) > at]
        row[at] = rng.choice(column) if rng.random() < 0.5 else rng.choice(CELLS)
    return _written(rows)


def table(rng: Random, data: bytes) -> bytes:
    """A row is wide or narrow, a column goes, doubles, moves or is empty."""
    rows = _cells(data)
    if not rows or not rows[0]:
        return flip(rng, data)
    what, at = rng.randrange(6), rng.randrange(len(rows[0]))
    if what == 0:
        rng.choice(rows).extend(["x"] * rng.choice((1, 5, 1000)))
    elif what == 1:
        del rng.choice(rows)[at:]
    for row in rows:
        if len(row) <= at:
            continue
        if what == 2:
            del row[at]
        elif what == 3:
            row.insert(0, row[at])
        elif what == 4:
            row[0], row[at] = row[at], row[0]
        elif what == 5 and row is not rows[0]:
            row[at] = ""
    return _written(rows)


_KEY = re.compile(r"^([A-Za-z_]+)( *= *)(.+)$", re.MULTILINE)
_HEAD = re.compile(r"^\[.+\]$", re.MULTILINE)


def value(rng: Random, data: bytes) -> bytes:
    """A key of a TOML file has another value, out of the file or out of the nasty ones."""
    text = data.decode("utf-8", "replace")
    found = list(_KEY.finditer(text))
    if not found:
        return flip(rng, data)
    one = rng.choice(found)
    new = rng.choice(LITERALS)
    if one[1] == "relation" and rng.random() < 0.8:
        names = re.findall(r"[A-Za-z_]\w*", one[3])
        sign = rng.choice(("==", "<", "<=", ">", ">="))
        sides = [rng.choice(TERMS), rng.choice(TERMS)]
        terms = [re.sub(r"\b[ab]\b", lambda _: rng.choice(names or ["a"]), side) for side in sides]
        new = f'"{terms[0]} {sign} {terms[1]}"'
    elif rng.random() < 0.5:
        same = [other[3] for other in found if other[1] == one[1]]
        new = rng.choice(same)
    elif rng.random() < 0.3:
        new = f'"{rng.choice(CELLS)}"'
    whole = text[: one.start(3)] + new + text[one.end(3) :]
    return whole.encode("utf-8", "surrogatepass")


def section(rng: Random, data: bytes) -> bytes:
    """A table of a TOML file goes, doubles, or is renamed; a key goes or doubles."""
    text = data.decode("utf-8", "replace")
    heads = [found.start() for found in _HEAD.finditer(text)]
    what = rng.randrange(5)
    if what < 2 and heads:
        at = rng.randrange(len(heads))
        end = heads[at + 1] if at + 1 < len(heads) else len(text)
        text = text[: heads[at]] + (text[heads[at] : end] * 2 if what else "") + text[end:]
    elif what == 2 and heads:
        at = rng.choice(heads)
        new = rng.choice((
            "[x]\n", "[all]\n", '["a b".c]\n', "[[list]]\n", "[a.b.c.d.e]\n", "[food]\n", '[""]\n',
            f"[{'a.' * 3000}a]\n", f"{'a.' * 15}a = 1\n", '["\\u202e"]\n', f"[{'a' * 70000}]\n",
            "".join(f"[x{n}]\n" for n in range(2000)),
        ))  # fmt: skip
        text = text[:at] + new + text[at:]
    else:
        found = list(_KEY.finditer(text))
        if found:
            one = rng.choice(found)
            new = "" if what == 3 else f"{one[0]}\n{one[0]}"
            text = text[: one.start()] + new + text[one.end() :]
    return text.encode()


_DIGITS = re.compile(rb"\d+(?:\.\d+)?")


def mild(rng: Random, data: bytes) -> bytes:
    """Make a likely change: another number, a row less, a cell blank or as in another row."""
    what = rng.randrange(4)
    rows = data.splitlines(keepends=True)
    if what == 0 and len(rows) > 2 and not data.startswith(b"["):
        del rows[rng.randrange(1, len(rows))]
        return b"".join(rows)
    table = _cells(data)
    if what == 1 and len(table) > 1 and not data.startswith(b"["):
        row, other = rng.choice(table[1:]), rng.choice(table[1:])
        at = rng.randrange(max(1, min(len(row), len(other))))
        if row and other:
            row[at] = other[at] if rng.random() < 0.6 else ""
            return _written(table)
    found = list(_DIGITS.finditer(data))
    if not found:
        return data
    one = rng.choice(found)
    new = rng.choice((
        b"0", b"1", b"100", one[0] + b"0", b"1" + one[0], one[0][:-1] or b"7", b"0.0001", b"1e9",
        bytes(rng.choice(b"0123456789") if c != 46 else c for c in one[0]),
        bytes(rng.choice(b"0123456789") if c != 46 else c for c in one[0]),
    ))  # fmt: skip
    return data[: one.start()] + new + data[one.end() :]


PLAIN: tuple[Mutation, ...] = (flip, insert, cut, double, truncate, encode, lines)
CSV: tuple[Mutation, ...] = (cell, cell, cell, table)
TOML: tuple[Mutation, ...] = (value, value, section)


def mutate(rng: Random, name: str, data: bytes) -> bytes:
    """The file with one to three mutations, one in four blind to its form; or with mild ones."""
    if rng.random() < 0.004:
        return swell(rng, data)
    if rng.random() < 0.4:
        for _ in range(rng.choice((1, 1, 2))):
            data = mild(rng, data)
        return data
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        fitting = CSV if name.endswith(".csv") else TOML
        data = rng.choice(PLAIN if rng.random() < 0.25 else fitting)(rng, data)
    return data
