"""Encoding of a case's text: UTF-8, with or without a byte order mark."""

from __future__ import annotations

from songhua.errors import Fault, SonghuaError


def clean(data: bytes, file: str) -> bytes:
    """Bytes of the folder without a byte order mark; UTF-8 text is demanded.

    Raises:
        SonghuaError: `not_utf8`, with the row of the first byte that is not; `null_byte`.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise SonghuaError(Fault("not_utf8", file=file, row=row)) from None
    if b"\0" in data:
        row = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise SonghuaError(Fault("null_byte", file=file, row=row))
    return data
