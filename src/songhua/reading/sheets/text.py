"""A table with delimiters as it is read: line by line, whatever its length."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from songhua.fault_kinds import CharacterOdd
from songhua.labels.text import character_name, odd_characters
from songhua.reading import limits
from songhua.reading.encoding import plain_text
from songhua.reading.sheets.encodings import encoding_of
from songhua.reading.sheets.fault_kinds import ImportEncoding, ImportOtherKind, ImportPcAxis
from songhua.reading.sheets.faults import Faults

_DELIMITERS = "\t;,|"
_PIECE = 1 << 20
#: Characters by which the delimiter is told.
_HEAD = 20_000
_PC_AXIS = re.compile(rb"\s*(?:CHARSET|AXIS-VERSION|CODEPAGE|LANGUAGE|CREATION-DATE|MATRIX)\s*=")
_DOCUMENTS = {b"%PDF": "PDF", b"{\\rtf": "RTF"}
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta", b"mime-version")


@dataclass(frozen=True)
class Text:
    """A text in the encoding that its bytes are valid in, with its delimiter."""

    content: bytes
    encoding: str
    delimiter: str

    def lines(self) -> Iterator[str]:
        """The lines with their ends; a quoted cell may run over several.

        Raises:
            csv.Error: a line is longer than any table's.
        """
        with io.TextIOWrapper(io.BytesIO(self.content), self.encoding, newline="") as stream:
            while line := stream.readline(limits.LINE):
                if len(line) == limits.LINE:
                    raise csv.Error(f"line > {limits.LINE}")
                yield line

    def records(self) -> Iterator[list[str]]:
        """The cells of each row.

        Raises:
            csv.Error: a row or a cell is longer than any table's.
        """
        length, last, many = 0, "", 0

        def counted() -> Iterator[str]:
            nonlocal length, last, many
            for line in self.lines():
                length, last, many = length + len(line), line, many + 1
                if length > limits.LINE:
                    raise csv.Error(f"row > {limits.LINE}")
                yield line

        reader = csv.reader(counted(), delimiter=self.delimiter, strict=True)
        while True:
            length, many = 0, 0
            try:
                record = next(reader)
            except StopIteration:
                return
            except csv.Error:
                record = _note(last, self.delimiter) if many == 1 and length < limits.LINE else []
                if not record:
                    raise
            yield record

    def utf8(self) -> bytes:
        """The same in UTF-8, without a byte order mark."""
        if self.encoding != "utf-8-sig":
            return self.content.decode(self.encoding).encode()
        return self.content.removeprefix(codecs.BOM_UTF8)


def _note(line: str, mark: str) -> list[str]:
    """The number and the words of a note, whose quotes do not fit; nothing for a line of figures.

    >>> _note('1,"See <a href="https://a.org">the notes, page 2</a>."', ",")
    ['1', 'See <a href="https://a.org">the notes, page 2</a>.']
    >>> _note('2020,"5" 183,7', ",")
    []
    """
    number, _, words = line.strip().partition(mark)
    if not number.strip('"').isdigit() or not words.startswith('"') or not words.endswith('"'):
        return []
    if f'"{mark}' in words[1:-1] or f'{mark}"' in words[1:-1]:
        return []
    letters = sum(character.isalpha() for character in words)
    return [number.strip('"'), words[1:-1]] if 2 * letters > len(words) else []


def decode(content: bytes, faults: Faults) -> Text | None:
    """Bytes as text: UTF-8, UTF-16 with its mark, or an older encoding that gives words."""
    kind = next((name for start, name in _DOCUMENTS.items() if content.startswith(start)), "")
    if kind:
        faults.add(ImportOtherKind(kind=kind))
        return None
    if content[:200].lstrip(codecs.BOM_UTF8).lstrip().lower().startswith(_MARKUP):
        faults.add(ImportOtherKind(kind="HTML/XML"))
        return None
    if _PC_AXIS.match(content[:200].removeprefix(codecs.BOM_UTF8)):
        faults.add(ImportPcAxis())
        return None
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide and plain_text(content):
        head = content[: 4 * _HEAD].decode("utf-8-sig", "ignore")[:_HEAD]
        return Text(content, "utf-8-sig", delimiter(head))
    for encoding in ["utf-16"] if wide else _encodings(content):
        try:
            odd, head = _checked(content, encoding)
        except UnicodeDecodeError:
            continue
        for character, (row, at) in sorted(odd.items()):
            faults.add(CharacterOdd(row=row, name=character_name(character), where=at))
        return None if odd else Text(content, encoding, delimiter(head))
    faults.add(ImportEncoding())
    return None


def _encodings(content: bytes) -> Iterator[str]:
    yield "utf-8-sig"
    if older := encoding_of(content):
        yield older


def _checked(content: bytes, encoding: str) -> tuple[dict[str, tuple[int, int]], str]:
    """The characters that are no text, each with its first row and place, and the first lines."""
    decoder = codecs.getincrementaldecoder(encoding)()
    odd: dict[str, tuple[int, int]] = {}
    row, line, head = 1, "", ""
    for start in range(0, len(content) + 1, _PIECE):
        piece = decoder.decode(content[start : start + _PIECE], start + _PIECE > len(content))
        head = head or piece[:_HEAD]
        for character in odd_characters(piece):
            text = line + piece[: piece.index(character)]
            place = row + text.count("\n"), len(text) - text.rfind("\n")
            odd.setdefault(character, place)
        row += piece.count("\n")
        line = piece[piece.rfind("\n") + 1 :]
    return odd, head


def delimiter(text: str) -> str:
    """Tab, semicolon, comma or bar: the first that most of the first lines hold.

    >>> delimiter("a;b\\n1,5;2,5"), delimiter("a,b\\n1,2"), delimiter("Title\\na\\tb\\n1\\t2")
    (';', ',', '\\t')
    """
    lines = [line for line in text[:_HEAD].splitlines()[:50] if line.strip()]
    counts = {mark: sum(mark in line for line in lines) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: (counts[mark], -_DELIMITERS.index(mark)))


def split_keys(cells: list[list[str]]) -> list[list[str]]:
    """The rows of a table whose first column holds several keys, a column each; others as they are.

    Its heading cell names the keys, the last of them with what stands across.

    >>> split_keys([["unit,geo\\\\time", "2014 "], ["PC,AT", "0.3 b"]])
    [['unit', 'geo', '2014 '], ['PC', 'AT', '0.3 b']]
    >>> split_keys([["year", "2014"], ["a,b", "1"]])
    [['year', '2014'], ['a,b', '1']]
    """
    head = cells[0][0].strip() if cells and cells[0] else ""
    names, _, across = head.partition("\\")
    keys = [name.strip() for name in names.split(",")]
    if not across or not all(key.isidentifier() for key in (*keys, across)):
        return cells
    rows = [[*line[0].split(","), *line[1:]] if line else line for line in cells[1:]]
    parted = (line[0].count(",") == len(keys) - 1 for line in cells[1:] if line)
    return [[*keys, *cells[0][1:]], *rows] if all(parted) else cells
