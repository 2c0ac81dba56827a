"""Old workbooks (BIFF8) for tests, record by record."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _name(text: str, size: str = "B") -> bytes:
    return struct.pack(f"<{size}B", len(text), 1) + text.encode("utf-16-le")


def _begin(kind: int) -> bytes:
    return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0, 6))


def font(struck: bool = False, raised: bool = False) -> bytes:
    options = 8 if struck else 0
    data = struct.pack("<HHHHHBBBB", 200, options, 0x7FFF, 400, int(raised), 0, 0, 0, 0)
    return record(0x31, data + _name("Arial"))


def style(number: int = 0, of_font: int = 0, fill: int = 0, indent: int = 0) -> bytes:
    pattern, colours = (1 << 26 if fill else 0), (fill or 0x40) | 0x41 << 7
    data = struct.pack(
        "<HHHBBBBIIH", of_font, number, 1, 0x20, 0, indent, 0xFC, 0, pattern, colours
    )
    return record(0xE0, data)


def text(row: int, column: int, words: str, xf: int = 0) -> bytes:
    return record(0x204, struct.pack("<HHH", row, column, xf) + _name(words, "H"))


def rich(row: int, column: int, words: str, runs: Sequence[tuple[int, int]]) -> bytes:
    """A text whose runs begin at a character with a font (numbered as in the file)."""
    ends = struct.pack("<H", len(runs)) + b"".join(struct.pack("<HH", *run) for run in runs)
    return record(0xD6, struct.pack("<HHH", row, column, 0) + _name(words, "H") + ends)


def number(row: int, column: int, value: float, xf: int = 0) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, xf, value))


def formula(row: int, column: int, value: float, xf: int = 0) -> bytes:
    return record(0x6, struct.pack("<HHHdHIH", row, column, xf, value, 0, 0, 0))


def truth(row: int, column: int, value: int, error: bool = False) -> bytes:
    return record(0x205, struct.pack("<HHHBB", row, column, 0, value, error))


def merged(*areas: tuple[int, int, int, int]) -> bytes:
    data = b"".join(struct.pack("<HHHH", *area) for area in areas)
    return record(0xE5, struct.pack("<H", len(areas)) + data)


def hidden_row(row: int) -> bytes:
    return record(0x208, struct.pack("<HHHHHHI", row, 0, 1, 255, 0, 0, 0x20 | 0x100))


def hidden_column(column: int) -> bytes:
    return record(0x7D, struct.pack("<HHHHHH", column, column, 2000, 0, 1, 0))


def comment(row: int, column: int, words: str) -> bytes:
    """A note with its text: the drawing that holds it, its words, its place."""
    drawn = record(0x5D, struct.pack("<HHHHHIHH", 0x15, 0x12, 0x19, 1, 0x4011, 0, 0, 0) + bytes(8))
    words_of = record(
        0x1B6, struct.pack("<HHHHHHHH", 0x212, 0, 0, 0, 0, len(words), 16, 0) + b"\0\0"
    )
    letters = record(0x3C, b"\1" + words.encode("utf-16-le")) + record(0x3C, bytes(16))
    return (
        drawn
        + words_of
        + letters
        + record(0x1C, struct.pack("<HHHH", row, column, 0, 1) + _name("x", "H"))
    )


def book(
    sheets: Mapping[str, bytes],
    formats: Mapping[int, str] | None = None,
    styles: Sequence[bytes] = (),
    fonts: Sequence[bytes] = (),
    hidden: Sequence[str] = (),
    late: bool = False,
) -> bytes:
    """A workbook; `styles` are numbered from 1, as style 0 is the general one."""
    head = _begin(5) + record(0x42, struct.pack("<H", 1200)) + record(0x22, struct.pack("<H", late))
    head += font() + b"".join(fonts)
    for key, code in (formats or {}).items():
        head += record(0x41E, struct.pack("<H", key) + _name(code, "H"))
    head += style() + b"".join(styles)
    entries = [(name, name in hidden, page) for name, page in sheets.items()]
    sizes = sum(len(record(0x85, b"\0" * 6 + _name(name))) for name, *_ in entries)
    position, bound, body = len(head) + sizes + 4, b"", b""
    for name, out_of_sight, page in entries:
        bound += record(
            0x85, struct.pack("<IBB", position + len(body), out_of_sight, 0) + _name(name)
        )
        body += _begin(16) + page + record(10)
    return head + bound + record(10) + body
