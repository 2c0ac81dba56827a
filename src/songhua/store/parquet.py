"""A Parquet file as columns, or the fault that keeps it from being read."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from songhua.errors import Fault, SonghuaError

MOST_CELLS = 200_000_000
_MOST_BYTES = 4_000_000_000


def read(data: bytes, file: str) -> pa.Table:
    """The table of a file, every buffer of it looked through.

    Raises:
        SonghuaError: `import_unreadable`, `import_too_large`.

    >>> read(b"PAR1", "a.parquet")
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: ...
    """
    try:
        opened = pq.ParquetFile(pa.BufferReader(data), page_checksum_verification=True)
        meta = opened.metadata
        size = sum(meta.row_group(i).total_byte_size for i in range(meta.num_row_groups))
        if meta.num_rows * meta.num_columns > MOST_CELLS or size > _MOST_BYTES:
            raise SonghuaError(Fault("import_too_large", file, params={"text": "Parquet"}))
        table = opened.read()
        table.validate(full=True)
    except SonghuaError:
        raise
    except Exception as error:  # whatever the library stumbles over, the file is none it can read
        why = str(error).split("\n", 1)[0][:200] or type(error).__name__
        raise SonghuaError(Fault("import_unreadable", file, params={"text": why})) from None
    return table
