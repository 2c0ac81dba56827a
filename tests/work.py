"""How much work a call is, counted in lines of Python that run: the same on every machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def lines_run(call: Callable[[], object]) -> int:
    """The lines of Python that a call runs, those of libraries in Python too."""
    count = 0

    def trace(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal count
        del frame, arg
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


def growth(call: Callable[[int], Callable[[], object]], small: int, large: int) -> float:
    """How much more work a large input is than a small one, beside what every call costs."""
    none = lines_run(call(0))
    return (lines_run(call(large)) - none) / (lines_run(call(small)) - none)
