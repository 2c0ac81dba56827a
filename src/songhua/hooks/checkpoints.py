"""Checkpoints: steps of long work at which whoever began it may end it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
#: Called at a checkpoint: gives the seconds that are left, or raises.
Ask = Callable[[], float]
_ask: ContextVar[Ask | None] = ContextVar("songhua.hooks.checkpoints", default=None)


def checkpoint() -> float:
    """Ask whoever began the work in this thread whether it goes on; it ends by what they raise.

    A computation sets a checkpoint at each turn of a loop that may be long, and reads no clock.

    Returns:
        The seconds that are left.

    >>> with watched(lambda: 2.5):
    ...     checkpoint()
    2.5
    >>> checkpoint()  # nobody asks any more
    inf
    """
    ask = _ask.get()
    return math.inf if ask is None else ask()


def stoppable(items: Iterable[T]) -> Iterator[T]:
    """The same items, with a checkpoint before each.

    >>> list(stoppable("ab"))
    ['a', 'b']
    """
    for item in items:
        checkpoint()
        yield item


@contextmanager
def watched(ask: Ask) -> Iterator[None]:
    """Call this at each checkpoint, in place of the call of an outer computation."""
    token = _ask.set(ask)
    try:
        yield
    finally:
        _ask.reset(token)
