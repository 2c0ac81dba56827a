"""Reading a CSV table of the folder against its schema: all its faults, or its columns.

Every column but numbers and free text is read as a dictionary (each different text once), so
that a million rows cost a few hundred parses.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from songhua import codes, labels
from songhua.errors import Fault, SonghuaError
from songhua.labels.units import currency
from songhua.schema import Column, Table

DECIMAL = r"^[+-]?[0-9]{1,15}(\.[0-9]{1,12})?$"
FREE = {"decimal", "text"}
Catalogues = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Raw:
    """A table as text: its columns, and each row's number in a spreadsheet."""

    data: pa.Table
    rows: np.ndarray


def decode(data: bytes, file: str) -> str:
    """Bytes of the folder as text; UTF-8 is demanded.

    Raises:
        SonghuaError: `not_utf8`, with the line of the first byte that is not; `null_byte`.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise SonghuaError(Fault("not_utf8", file=file, row=row)) from None
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise SonghuaError(Fault("null_byte", file=file, row=row))
    return text


def read_raw(data: bytes, file: str, table: Table) -> tuple[Raw | None, list[Fault]]:
    """Split a CSV into columns of text. Rows that do not fit the heading are faults."""
    try:
        text = decode(data, file)
    except SonghuaError as error:
        return None, list(error.faults)
    header = next(iter(pd.io.common.StringIO(text)), "") if False else text.split("\n", 1)[0]
    if not header.strip():
        return None, [Fault("heading_missing", file=file, params={"columns": _list(table.names)})]
    return _read_arrow(text.encode(), file, table)
