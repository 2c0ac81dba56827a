"""What was computed is kept by the digest of all that it depends on, here and on disk."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pandas as pd

from songhua.messages import Words
from songhua.results import Finding, Result
from songhua.store import Shelf

#: Most results that are kept in this process; the oldest goes first.
MOST = 64
_RESULTS: dict[str, Result] = {}


def kept(
    key: str, compute: Callable[[], Result], shelf: Shelf, whole: Callable[[], bool] = lambda: True
) -> Result:
    """The result of this key: kept here, kept on a shelf, or computed now.

    What was computed is kept where it is `whole`.
    """
    if key not in _RESULTS:
        made = _looked_up(key, compute, shelf, whole)
        if not whole():
            return made
        while len(_RESULTS) >= MOST:
            _RESULTS.pop(next(iter(_RESULTS)))
        _RESULTS[key] = made
    found = _RESULTS[key]
    tables = {name: frame.copy(deep=False) for name, frame in found.tables.items()}
    return replace(found, tables=tables)


def _looked_up(
    key: str, compute: Callable[[], Result], shelf: Shelf, whole: Callable[[], bool]
) -> Result:
    """The result that a shelf has; else it is computed, and put there."""
    if (data := shelf.get(key)) is not None:
        return read(data)
    made = compute()
    if shelf.keeps and whole():
        with suppress(TypeError):  # a finding that cannot be written is kept here alone
            shelf.put(key, written(made))
    return made


def written(result: Result) -> bytes:
    """A result without its recipe as bytes, from which `read` makes the same again.

    Raises:
        TypeError: where a finding has a parameter that is no plain data.

    >>> result = Result("claims", {}, (Finding("some", {"n": 1, "of": ("a", "b")}),))
    >>> read(written(result)) == result
    True
    """
    tables = {
        name: {str(n): [str(column.dtype), column.tolist()] for n, column in frame.items()}
        for name, frame in result.tables.items()
    }
    findings = [[one.code, _packed(dict(one.params)), one.sources] for one in result.findings]
    data = {"study": result.study, "tables": tables, "findings": findings}
    return json.dumps(data, ensure_ascii=False).encode()


def read(data: bytes) -> Result:
    """The result of what `written` gave."""
    held = json.loads(data)
    tables = {
        name: pd.DataFrame({n: pd.Series(v, dtype=dtype) for n, (dtype, v) in columns.items()})
        for name, columns in held["tables"].items()
    }
    findings = (
        Finding(code, _unpacked(params), tuple(sources))
        for code, params, sources in held["findings"]
    )
    return Result(held["study"], tables, tuple(findings))


def _packed(value: Any) -> Any:
    """A parameter as what JSON knows; what is more than a number or a text names its kind."""
    if isinstance(value, Words):
        return {"words": dict(value.texts)}
    if isinstance(value, Mapping):
        return {"mapping": [[_packed(key), _packed(item)] for key, item in value.items()]}
    if isinstance(value, (list, tuple)):
        return {type(value).__name__: [_packed(item) for item in value]}
    return value.item() if hasattr(value, "item") else value


def _unpacked(value: Any) -> Any:
    """The parameter of what `_packed` gave."""
    if not isinstance(value, dict):
        return value
    [(kind, held)] = value.items()
    if kind == "words":
        return Words(held)
    if kind == "mapping":
        return {_unpacked(key): _unpacked(item) for key, item in held}
    made = [_unpacked(item) for item in held]
    return tuple(made) if kind == "tuple" else made
