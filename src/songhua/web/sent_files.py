"""What would come of a file that was sent, and what came of it: done apart from the workbench.

Nothing of the pages is loaded here, for each file is read in a process of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from songhua import session
from songhua.errors import Fault, SonghuaError
from songhua.session import folder as _loaded  # noqa: F401  what a first file would wait for
from songhua.store import Drafted, Import
from songhua.store import imports as _too  # noqa: F401

#: Rows that are shown of a file.
SHOWN = 200


@dataclass(frozen=True)
class Look:
    """What would come of a file: how a sheet was understood, the rows, and what is against it.

    Of `n` rows `done` has the first.
    """

    drafted: Drafted | None
    done: Import | None
    n: int
    faults: Sequence[Fault]


def look(folder: Path, file: Path, map_file: Path | None, source: str, lang: str) -> Look:
    """What would come of a file; nothing is written."""
    drafted: Drafted | None = None
    if map_file is None:
        with suppress(SonghuaError):  # a list has no map; what is wrong with it is told below
            drafted = _sent(session.draft_import(folder, file, source=source, lang=lang))
    try:
        done = session.import_file(folder, file, map_file, True, source="" if map_file else source)
    except SonghuaError as error:
        return Look(drafted, None, 0, error.faults)
    return Look(drafted, _first(done), len(done.rows), ())


def take(folder: Path, file: Path, map_file: Path | None, source: str) -> tuple[Import, int]:
    """Take all rows of a file; what came of it with the first rows, and how many there are.

    Raises:
        SonghuaError: every fault; nothing is written then.
    """
    done = session.import_file(folder, file, map_file, source="" if map_file else source)
    return _first(done), len(done.rows)


def _first(done: Import) -> Import:
    """An import without what no page shows of it."""
    return replace(done, rows=done.rows.head(SHOWN), drafted=None, region=None)


def _sent(drafted: Drafted) -> Drafted:
    """A draft without what no page shows of it."""
    cells = dict(drafted.cells())
    return replace(drafted, found=None, picture=(), cells=partial(dict, cells), region=None)
