"""A Parquet file as a table: its schema and its sizes are judged before its pages are read."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as arrow_compute
import pyarrow.parquet as pq

from songhua.errors import SonghuaError
from songhua.reading import limits
from songhua.reading.table_fault_kinds import (
    ImportCellLong,
    ImportColumnType,
    ImportTooLarge,
    ImportUnreadable,
)

pc: Any = arrow_compute  # its functions are made when it is loaded, so no type is known
_PLAIN = (
    pa.types.is_boolean,
    pa.types.is_integer,
    pa.types.is_floating,
    pa.types.is_decimal,
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_date,
    pa.types.is_timestamp,
    pa.types.is_time,
    pa.types.is_null,
)


def read(data: bytes, file: str) -> pa.Table:
    """The table; a text column stays a dictionary, so that a text said often takes room once.

    Raises:
        SonghuaError: `import_unreadable`, `import_too_large`, and `import_column_type` for every
            column of lists or of parts in parts.

    >>> read(b"PAR1", "a.parquet")
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: ...
    """
    try:
        head = pq.ParquetFile(pa.BufferReader(data))
        _refuse_sizes(head.metadata, file)
        schema = head.schema_arrow
        _refuse_types(schema, file)
        texts = [path for field in schema for path, kind in _leaves(field) if _text(kind)]
        opened = pq.ParquetFile(
            pa.BufferReader(data), read_dictionary=texts, page_checksum_verification=True
        )
        table = opened.read(use_threads=False)
        table.validate(full=True)
        if table.num_rows != head.metadata.num_rows:
            raise ValueError(f"{table.num_rows} / {head.metadata.num_rows}")
        _refuse_texts(table, file)
    except SonghuaError:
        raise
    except Exception as error:  # whatever the library stumbles over, the file is none it can read
        why = " ".join(str(error).split())[:200] or type(error).__name__
        raise SonghuaError(ImportUnreadable(file, text=why)) from None
    return table


def _refuse_sizes(metadata: pq.FileMetaData, file: str) -> None:
    size = sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups))
    cells = metadata.num_rows * max(metadata.num_columns, 1)
    if metadata.num_columns > limits.COLUMNS or cells > limits.LISTED or size > limits.PAGES:
        raise SonghuaError(ImportTooLarge(file, text="Parquet"))


def _refuse_types(schema: pa.Schema, file: str) -> None:
    wrong = [
        ImportColumnType(file, None, field.name[:60], text=str(field.type)[:120])
        for field in schema
        if not all(any(plain(_value(kind)) for plain in _PLAIN) for _, kind in _leaves(field))
    ]
    if wrong:
        raise SonghuaError(*wrong[:20])


def _leaves(column: pa.Field) -> list[tuple[str, pa.DataType]]:
    """A column with its type; of one in parts (value and unit of a fact) each part."""
    if not pa.types.is_struct(column.type):
        return [(column.name, column.type)]
    return [(f"{column.name}.{part.name}", part.type) for part in column.type]


def _value(kind: pa.DataType) -> pa.DataType:
    """The type of what a dictionary holds, or the type itself."""
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _text(kind: pa.DataType) -> bool:
    return pa.types.is_string(_value(kind)) or pa.types.is_large_string(_value(kind))


def _refuse_texts(table: pa.Table, file: str) -> None:
    """All texts together have a bound, each as often as it stands in a cell."""
    total = 0
    parts = [
        part
        for column in table.columns
        for part in (column.flatten() if pa.types.is_struct(column.type) else [column])
    ]
    for column in parts:
        for chunk in column.chunks if _text(column.type) else ():
            encoded = isinstance(chunk, pa.DictionaryArray)
            lengths = pc.binary_length(chunk.dictionary if encoded else chunk)
            if (pc.max(lengths).as_py() or 0) > limits.CELL * 4:
                raise SonghuaError(ImportCellLong(file, most=limits.CELL))
            cell_lengths = lengths.take(chunk.indices) if encoded else lengths
            total += pc.sum(cell_lengths).as_py() or 0
    if total > limits.TEXTS:
        raise SonghuaError(ImportTooLarge(file, text="Parquet"))
