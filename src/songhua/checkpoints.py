"""Checkpoints: steps of long work at which whoever began it may end it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
_ask: ContextVar[Callable[[], None] | None] = ContextVar("songhua.checkpoints", default=None)


def checkpoint() -> None:
    """Ask whoever began the work in this thread whether it goes on; it ends by what they raise.

    Who computes sets one at each turn of a loop that may be long, and reads no clock.

    >>> asked = []
    >>> with watched(lambda: asked.append("?")):
    ...     checkpoint()
    >>> checkpoint()  # nobody asks any more
    >>> asked
    ['?']
    """
    ask = _ask.get()
    if ask is not None:
        ask()


def each(items: Iterable[T]) -> Iterator[T]:
    """The same items, with a checkpoint before each.

    >>> list(each("ab"))
    ['a', 'b']
    """
    for item in items:
        checkpoint()
        yield item


@contextmanager
def watched(ask: Callable[[], None]) -> Iterator[None]:
    """Have this asked at each checkpoint, in place of what an outer work has asked."""
    token = _ask.set(ask)
    try:
        yield
    finally:
        _ask.reset(token)
