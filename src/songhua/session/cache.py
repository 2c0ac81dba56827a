"""What was computed is kept, in this process, by the digest of all that it depends on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from songhua.results import Result

#: Most results that are kept; the oldest goes first.
MOST = 64
_RESULTS: dict[str, Result] = {}


def kept(key: str, compute: Callable[[], Result]) -> Result:
    """The result of this key, kept or computed now."""
    if key not in _RESULTS:
        made = compute()
        while len(_RESULTS) >= MOST:
            _RESULTS.pop(next(iter(_RESULTS)))
        _RESULTS[key] = made
    found = _RESULTS[key]
    tables = {name: frame.copy(deep=False) for name, frame in found.tables.items()}
    return replace(found, tables=tables)
