"""Results are kept by the digest of all that they depend on, here and on disk."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from songhua.results import Result, read_finding
from songhua.results.kept import Cache
from songhua.store import Shelf

#: The results that are kept in this process, 64 at most.
_RESULTS = Cache[Result](64)


def cached(
    key: str, compute: Callable[[], Result], shelf: Shelf, whole: Callable[[], bool] = lambda: True
) -> Result:
    """The result of this key: kept here, kept on a shelf, or computed now.

    A `whole` result is kept.
    """
    result = _RESULTS.get(key)
    if result is None:
        result = _looked_up(key, compute, shelf, whole)
        if whole():
            _RESULTS.hold(key, result)
    tables = {name: frame.copy(deep=False) for name, frame in result.tables.items()}
    return replace(result, tables=tables)


def _looked_up(
    key: str, compute: Callable[[], Result], shelf: Shelf, whole: Callable[[], bool]
) -> Result:
    """The result that a shelf has; else it is computed, and put there."""
    if (data := shelf.get(key)) is not None:
        return read(data)
    result = compute()
    if shelf.keeps and whole():
        shelf.save(key, written(result))
    return result


def written(result: Result) -> bytes:
    """A result without its recipe as bytes, from which `read` makes the same again.

    >>> from songhua.results.unanswered import StudySkipped
    >>> found = StudySkipped(study="track", lacks="plan.toml")
    >>> result = Result("claims", {}, (found,))
    >>> read(written(result)) == result
    True
    """
    findings = [[finding.code, finding.params, finding.observations] for finding in result.findings]
    tables = {name: _parquet(frame) for name, frame in result.tables.items()}
    sizes = {name: len(data) for name, data in tables.items()}
    head = json.dumps([result.study, findings, sizes], ensure_ascii=False).encode()
    return b"\n".join((head, b"".join(tables.values())))


def read(data: bytes) -> Result:
    """The result of what `written` gave."""
    head, _, body = data.partition(b"\n")
    study, findings, sizes = json.loads(head)
    stream = io.BytesIO(body)
    tables = {name: _frame(stream.read(size)) for name, size in sizes.items()}
    read_findings = (read_finding(code, params, tuple(of)) for code, params, of in findings)
    return Result(study, tables, tuple(read_findings))


def _parquet(frame: pd.DataFrame) -> bytes:
    """A table as Parquet; what keeps it packs it."""
    out = io.BytesIO()
    table = pa.Table.from_pandas(frame, preserve_index=False)
    pq.write_table(table, out, compression="none", write_statistics=False)
    return out.getvalue()


def _frame(data: bytes) -> pd.DataFrame:
    """The table that Parquet holds."""
    return pq.read_table(io.BytesIO(data), use_threads=False).to_pandas()
