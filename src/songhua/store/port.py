"""The port of a region's rows: all reading and writing of them, wherever they are kept.

Files of text are the common tongue: a store gives each table as a file by its name in a folder, and
is given files with their new content, so that the same rows have the same digests everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Protocol

from songhua.errors import Fault
from songhua.store.source import Raw

Files = Mapping[str, bytes]
#: All that reading and checking rests on, as plain data.
State = Mapping[str, Mapping[str, str]]


class Store(Protocol):
    """Whatever keeps the rows of a region: a folder, or a database.

    A writer locks it with `alone`, reads it, checks the new content, and writes. If another user
    wrote meanwhile, that is a fault, and nothing is written. One that is dry is read, and never
    written.
    """

    def read(self) -> Raw:
        """The raw tables of one moment, with all faults of reading them."""
        ...

    def alone(self) -> AbstractContextManager[None]:
        """Be the only writer of this user; readers are not held up."""
        ...

    def append(self, looked: Raw, files: Files) -> None:
        """Add rows to the tables that were read: new files, or files with rows added at the end."""
        ...

    def revise(self, looked: Raw, files: Files, actor: str = "", reason: str = "") -> None:
        """Change rows of the tables that were read, with the actor and the reason, if given."""
        ...

    def is_recorded(self, raw: Raw, file: str, row: int, of_today: bool) -> bool:
        """True if a row may not be written over; without a history only one `of_today` may."""
        ...

    def rewritten(self, raw: Raw) -> tuple[list[Fault], list[Fault], list[Fault]]:
        """Recorded rows that are gone or changed; what cannot be told; warnings."""
        ...

    def maps(self, layout: str = "") -> list[str]:
        """The names of the maps that sheets were read with, or those of one layout."""
        ...

    def map_named(self, name: str) -> bytes:
        """One of these maps."""
        ...

    def stamp(self) -> object:
        """By which a store is told from what it was, fast enough to ask before each answer."""
        ...

    def state(self) -> State | None:
        """All that reading and checking rests on; None where it cannot be read."""
        ...
