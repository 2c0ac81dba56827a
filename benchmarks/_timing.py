"""Processor seconds of several works in turns, so that a busy machine is as busy for each."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any


def interleaved(works: dict[str, Callable[[], Any]], goes: int) -> tuple[dict, dict]:
    """The median processor seconds of each work, and what the last go gave."""
    spent: dict[str, list[float]] = {name: [] for name in works}
    found: dict[str, Any] = {}
    for _ in range(goes):
        for name, work in works.items():
            found.pop(name, None)
            begin = time.process_time()
            found[name] = work()
            spent[name].append(time.process_time() - begin)
    return {name: statistics.median(times) for name, times in spent.items()}, found
