"""The work of a call, counted in lines of Python that run: the same on every machine."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def lines_run(call: Callable[[], object], within: str = "") -> int:
    """The lines of Python that a call runs, of files whose path begins so; of all without.

    Nothing is collected meanwhile: the ends of what others left are lines too.
    """
    count = 0

    def counted(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return counted

    def entered(frame: FrameType, _event: str, _argument: Any) -> Any:
        return counted if frame.f_code.co_filename.startswith(within) else None

    collects, before = gc.isenabled(), sys.gettrace()
    gc.disable()
    sys.settrace(entered)
    try:
        call()
    finally:
        sys.settrace(before)
        if collects:
            gc.enable()
    return count


def growth(call: Callable[[int], Callable[[], object]], small: int, large: int) -> float:
    """The ratio of the work on a large input to that on a small one, without the cost of a call."""
    none = lines_run(call(0))
    return (lines_run(call(large)) - none) / (lines_run(call(small)) - none)
