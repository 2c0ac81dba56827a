"""Values that may be needed again, kept in this process by a digest of all they rest on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

import numpy as np

V = TypeVar("V")


class Cache(Generic[V]):
    """Values by key, `most` in all; the least recently used goes first, the newest never.

    Each counts as one, or by a `size` of key and value. Threads may ask at once; nobody writes
    into what is kept.

    >>> kept = Cache[str](2)
    >>> [kept.of(key, key.upper) for key in "abac"], kept.get("b"), len(kept)
    (['A', 'B', 'A', 'C'], None, 2)
    >>> long = Cache[str](3, lambda _, text: len(text))
    >>> _ = long.hold(1, "a"), long.hold(2, "abcd"), long.hold(2, "ab"), long.hold(3, "c")
    >>> long.get(1), long.get(2), long.get(3)
    (None, 'ab', 'c')
    """

    def __init__(self, most: int, size: Callable[[Hashable, V], int] = lambda *_: 1) -> None:
        """Keep nothing yet."""
        self._most, self._size, self._total = most, size, 0
        self._values: dict[Hashable, V] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        """The number of values that are kept."""
        return len(self._values)

    def get(self, key: Hashable) -> V | None:
        """The value of a key, where it is kept."""
        value = self._values.get(key)
        return None if value is None else self.hold(key, value)

    def hold(self, key: Hashable, value: V) -> V:
        """Keep a value."""
        with self._lock:
            self._drop(key)
            self._values[key] = value
            self._total += self._size(key, value)
            while self._total > self._most and len(self._values) > 1:
                self._drop(next(iter(self._values)))
        return value

    def of(self, key: Hashable, make: Callable[[], V]) -> V:
        """The value of a key: kept, or made now and kept."""
        value = self.get(key)
        return self.hold(key, make()) if value is None else value

    def clear(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._values.clear()
            self._total = 0

    def _drop(self, key: Hashable) -> None:
        if key in self._values:
            self._total -= self._size(key, self._values.pop(key))


def key_of(*rests_on: object) -> str:
    """A digest of arrays, numbers and labels.

    >>> key_of(np.zeros(2)) == key_of(np.zeros(2)), key_of("a", "b") == key_of("ab")
    (True, False)
    """
    hashed = hashlib.blake2b()
    for part in rests_on:
        if isinstance(part, np.ndarray):
            hashed.update(str(part.shape).encode() + np.ascontiguousarray(part).tobytes())
        else:
            hashed.update(repr(part).encode() + b"\0")
    return hashed.hexdigest()
