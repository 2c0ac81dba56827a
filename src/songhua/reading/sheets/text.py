"""A table with delimiters as it is read: line by line, whatever its length."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from songhua.fault_kinds import CharacterOdd
from songhua.labels.text import character_name, odd_characters
from songhua.reading import limits
from songhua.reading.encoding import plain_text
from songhua.reading.sheets.fault_kinds import ImportEncoding, ImportOtherKind
from songhua.reading.sheets.faults import Faults

_DELIMITERS = "\t;,"
_PIECE = 1 << 20
#: Characters by which the delimiter is told.
_HEAD = 20_000
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta", b"mime-version")


@dataclass(frozen=True)
class Text:
    """A text in the encoding that its bytes are valid in, with its delimiter."""

    data: bytes
    encoding: str
    delimiter: str

    def lines(self) -> Iterator[str]:
        """The lines with their ends; a quoted cell may run over several.

        Raises:
            csv.Error: a line is longer than any table's.
        """
        with io.TextIOWrapper(io.BytesIO(self.data), self.encoding, newline="") as stream:
            while line := stream.readline(limits.LINE):
                if len(line) == limits.LINE:
                    raise csv.Error(f"line > {limits.LINE}")
                yield line

    def records(self) -> Iterator[list[str]]:
        """The cells of each row.

        Raises:
            csv.Error: a row or a cell is longer than any table's.
        """
        length = 0

        def counted() -> Iterator[str]:
            nonlocal length
            for line in self.lines():
                length += len(line)
                if length > limits.LINE:
                    raise csv.Error(f"row > {limits.LINE}")
                yield line

        for record in csv.reader(counted(), delimiter=self.delimiter, strict=True):
            length = 0
            yield record

    def utf8(self) -> bytes:
        """The same in UTF-8, without a byte order mark."""
        if self.encoding != "utf-8-sig":
            return self.data.decode(self.encoding).encode()
        return self.data.removeprefix(codecs.BOM_UTF8)


def decode(data: bytes, faults: Faults) -> Text | None:
    """Bytes as text: UTF-8, UTF-16 with its mark, or GB 18030 (GBK)."""
    if data[:200].lstrip(codecs.BOM_UTF8).lstrip().lower().startswith(_MARKUP):
        faults.add(ImportOtherKind(kind="HTML/XML"))
        return None
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide and plain_text(data):
        head = data[: 4 * _HEAD].decode("utf-8-sig", "ignore")[:_HEAD]
        return Text(data, "utf-8-sig", delimiter(head))
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "gb18030"]:
        try:
            odd, head = _checked(data, encoding)
        except UnicodeDecodeError:
            continue
        for character, (row, at) in sorted(odd.items()):
            faults.add(CharacterOdd(row=row, name=character_name(character), where=at))
        return None if odd else Text(data, encoding, delimiter(head))
    faults.add(ImportEncoding())
    return None


def _checked(data: bytes, encoding: str) -> tuple[dict[str, tuple[int, int]], str]:
    """The characters that are no text, each with its first row and place, and the first lines."""
    decoder = codecs.getincrementaldecoder(encoding)()
    odd: dict[str, tuple[int, int]] = {}
    row, line, head = 1, "", ""
    for start in range(0, len(data) + 1, _PIECE):
        piece = decoder.decode(data[start : start + _PIECE], start + _PIECE > len(data))
        head = head or piece[:_HEAD]
        for character in odd_characters(piece):
            text = line + piece[: piece.index(character)]
            place = row + text.count("\n"), len(text) - text.rfind("\n")
            odd.setdefault(character, place)
        row += piece.count("\n")
        line = piece[piece.rfind("\n") + 1 :]
    return odd, head


def delimiter(text: str) -> str:
    """Tab, semicolon or comma: the first that most of the first lines hold.

    >>> delimiter("a;b\\n1,5;2,5"), delimiter("a,b\\n1,2"), delimiter("Title\\na\\tb\\n1\\t2")
    (';', ',', '\\t')
    """
    lines = [line for line in text[:_HEAD].splitlines()[:50] if line.strip()]
    counts = {mark: sum(mark in line for line in lines) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: (counts[mark], -_DELIMITERS.index(mark)))
