"""Hostile workbooks of the old form (BIFF), each kind made from a seed."""

from __future__ import annotations

import struct
from collections.abc import Callable
from random import Random

import made_old as made
from hostile.books import NAMES, ROW

KINDS: dict[str, Callable[[Random], bytes]] = {}


def kind(make: Callable[[Random], bytes]) -> Callable[[Random], bytes]:
    KINDS[make.__name__] = make
    return make


def page() -> bytes:
    cells = [made.text(0, at, name) for at, name in enumerate(NAMES)]
    cells += [
        made.text(1, at, value) if isinstance(value, str) else made.number(1, at, float(value), 1)
        for at, value in enumerate(ROW)
    ]
    return b"".join(cells)


def book(*pages: bytes) -> bytes:
    sheets = {f"S{at}": one for at, one in enumerate(pages)}
    return made.book(sheets, {164: "0.0"}, [made.style(164)], [made.font(raised=True)])


@kind
def an_old_workbook_of_changed_bytes(chance: Random) -> bytes:
    rich = (
        made.rich(2, 0, "abc1", [(3, 1)]) + made.comment(2, 1, "note") + made.merged((3, 4, 0, 1))
    )
    data = bytearray(book(page() + rich, page()))
    for _ in range(chance.choice([1, 4, 20])):
        data[chance.randrange(20, len(data))] = chance.randrange(256)
    return bytes(data[: chance.choice([len(data), chance.randrange(30, len(data))])])


@kind
def an_old_workbook_that_claims_much(chance: Random) -> bytes:
    far = made.number(65_535, 255, 1.0)
    areas = made.merged(*[(0, 65_535, 0, 255)] * chance.choice([1, 900]))
    runs = made.rich(2, 0, "a" * 200, [(200 - at, chance.choice([0, 1, 900])) for at in range(200)])
    long = made.record(0x204, struct.pack("<HHHHB", 2, 0, 0, 65_535, 1))
    return book(
        *chance.choice([[page() + far] * 60, [page() + areas], [page() + runs], [page() + long]])
    )


@kind
def an_old_workbook_in_a_broken_document(chance: Random) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\0\3\0\xfe\xff\x09\0\6\0"
    rest = bytes(chance.choice([0, 1, 2, 254, 255]) for _ in range(chance.choice([40, 600, 9_000])))
    return head + rest + chance.choice([b"", book(page())])
