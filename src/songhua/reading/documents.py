"""Documents of a case: TOML files parsed, with the rows on which their tables and keys stand."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import NestedDeep, TomlUnreadable
from songhua.reading.encoding import clean
from songhua.schema.documents import DEEPEST, Path, unfit

_PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_NAME = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*+"
_PLACES = re.compile(
    rf"^[ \t]*(?:\[\[?[ \t]*(?P<table>{_NAME})[ \t]*\]|(?P<key>{_NAME})[ \t]*=)"
    r'|"""(?:[^"\\]|\\[\s\S]|"(?!""))*+"""'
    r"|'''[\s\S]*?'''"
    r"""|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+'|#[^\n]*+""",
    re.MULTILINE,
)
_PARTS = re.compile(_PART)
_DEEP = re.compile(
    rf"(?:^|[\[{{,])[ \t]*{_PART}(?:[ \t]*\.[ \t]*{_PART}){{{DEEPEST}}}", re.MULTILINE
)


@dataclass(frozen=True)
class Document:
    """A TOML file read: its tables, and its text for finding the rows that faults name."""

    file: str
    data: Mapping[str, Any]
    text: str

    def row(self, *keys: str) -> int | None:
        """The row on which a table (and a key in it) stands; the file's row numbers from 1.

        A key that has no row of its own has that of what it stands in.

        >>> Document("a.toml", {}, "# note\\n[b.c]\\nd = 1\\n").row("b", "c", "d")
        3
        """
        rows = (self._rows.get(keys[:depth]) for depth in range(len(keys), 0, -1))
        return next((row for row in rows if row is not None), None)

    @cached_property
    def _rows(self) -> dict[Path, int]:
        """The row of every table and key, found in one reading of the text."""
        ends = [match.end() for match in re.finditer("\n", self.text)]
        rows: dict[Path, int] = {}
        home: Path = ()
        for match in _PLACES.finditer(self.text):
            if match.lastgroup is None:
                continue
            keys = tuple(map(_unquoted, _PARTS.findall(match[match.lastgroup])))
            if match.lastgroup == "table":
                home, keys = keys, ()
            path = (*home, *keys)
            row = bisect_right(ends, match.start()) + 1
            for depth in range(len(path), 0, -1):
                if rows.setdefault(path[:depth], row) != row:
                    break
        return rows


def _unquoted(part: str) -> str:
    """A part of a key as it is read: without quotation marks."""
    if part[0] != '"' or "\\" not in part:
        return part.strip("\"'") if part[0] in "\"'" else part
    return tomllib.loads(f"key = {part}")["key"]


def parse(data: bytes, file: str) -> tuple[Document | None, list[Fault]]:
    """A TOML file, or the faults that make it unreadable.

    >>> [fault.code for fault in parse(b'[a]\\nname = "\\\\u200b"\\n', "a.toml")[1]]
    ['character_odd']
    """
    try:
        text = clean(data, file).decode("utf-8")
        if deep := _DEEP.search(text):  # a parser takes the square of a key's parts
            row = text.count("\n", 0, deep.start()) + 1
            return None, [NestedDeep(file, row, most=DEEPEST)]
        document = Document(file, tomllib.loads(text), text)
    except SonghuaError as error:
        return None, list(error.faults)
    except tomllib.TOMLDecodeError as error:
        position = re.search(r"\(at line (\d+), column \d+\)", str(error))
        row = int(position[1]) if position else None
        why = re.sub(r" \(at .*\)", "", str(error))[:200]
        return None, [TomlUnreadable(file=file, row=row, why=why)]
    except (RecursionError, ValueError) as error:
        why = type(error).__name__
        return None, [TomlUnreadable(file=file, why=why)]
    wrong = [
        fault.at(file, document.row(*path), ".".join(path)[:200])
        for path, fault in unfit(document.data)
    ]
    return (None, wrong) if wrong else (document, [])
