"""Bytes of a case as text: UTF-8, with or without a byte order mark, of characters to be seen."""

from __future__ import annotations

from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import CharacterOdd
from songhua.labels.text import character_name, odd_characters
from songhua.reading.file_fault_kinds import LineUnended, NotUtf8

#: The first bytes of files without text, whatever their name.
PACKED = (b"PK\x03\x04", b"PAR1")
LAST = 40
_PLAIN = bytes(range(32, 127)) + b"\t\n\r"


def clean(data: bytes, file: str) -> bytes:
    """Bytes of the folder without a byte order mark; UTF-8 text is demanded.

    Raises:
        SonghuaError: `not_utf8`, with the row of the first byte that is not; `character_odd`, for
            each character that is no text, at its first place.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        if not data.isascii():
            data.decode("utf-8")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise SonghuaError(NotUtf8(file=file, row=row)) from None
    special = data.translate(None, _PLAIN)
    if odd := odd_characters(special.decode("utf-8")) if special else []:
        raise SonghuaError(*(_odd(data, character, file) for character in odd))
    return data


def plain_text(data: bytes) -> bool:
    r"""True for bytes that are UTF-8 without a character that is no text.

    >>> plain_text("a,河城\n".encode()), plain_text(b"a\x00"), plain_text("河".encode("gbk"))
    (True, False, False)
    """
    try:
        clean(data, "")
    except SonghuaError:
        return False
    return True


def _odd(data: bytes, character: str, file: str) -> Fault:
    """The fault of a character that is no text, at its first line and its place in it."""
    at = data.index(character.encode("utf-8"))
    start = data.rfind(b"\n", 0, at) + 1
    place = len(data[start:at].decode("utf-8")) + 1
    row = data.count(b"\n", 0, at) + 1
    return CharacterOdd(file, row, name=character_name(character), where=place)


def unended(data: bytes, file: str) -> list[Fault]:
    """A warning for a text whose last line has no end, as where a copy broke off within it.

    A truncated value may still be readable: 2026-01-0 and 12 may be a longer day and number.

    >>> [(f.row, f.params["text"]) for f in unended(b"a,b\\n1,12", "a.csv")]
    [(2, '1,12')]
    >>> unended(b"a,b\\n1,123\\n", "a.csv")
    []
    """
    if not data or data.endswith((b"\n", b"\r")) or data.startswith(PACKED):
        return []
    lines = data.splitlines()
    last = lines[-1].decode("utf-8", "replace")
    text = last if len(last) <= LAST else "…" + last[1 - LAST :]
    return [LineUnended(file, len(lines), text=text)]
