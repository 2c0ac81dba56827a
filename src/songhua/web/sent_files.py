"""What would come of a file that was sent, and what came of it: done apart from the workbench.

Nothing of the pages is loaded here, for each file is read in a process of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from songhua import session
from songhua.errors import Fault, SonghuaError
from songhua.reading.drafts.choices import FORGET, AnsweredDoubt
from songhua.reading.drafts.fault_kinds import DraftFault
from songhua.session import folder as _loaded  # noqa: F401  what a first file would wait for
from songhua.store import Drafted, Import, write_new

#: Rows that are shown of a file.
SHOWN = 200
#: How often answers are put to a sheet that brings up other doubts.
ROUNDS = 8


@dataclass(frozen=True)
class Look:
    """What would come of a file: how a sheet was understood, the rows, and what is against it.

    Of `n` rows `done` has the first. `said` are the answers that were understood.
    """

    drafted: Drafted | None
    done: Import | None
    n: int
    faults: Sequence[Fault]
    said: Mapping[str, str] = field(default_factory=dict)


def look(
    folder: Path,
    file: Path,
    map_file: Path | None,
    source: str,
    lang: str,
    typed: Mapping[str, str] | None = None,
    to: str = "",
) -> Look:
    """What would come of a file; nothing of the folder is written.

    `typed` are answers to doubts by their keys. Where they leave none, the map that they lead to is
    written beside the file, and it is read with that. With `to` the rows are sent where it says.
    """
    drafted: Drafted | None = None
    said: list[AnsweredDoubt] = []
    if map_file is None and not to:
        with suppress(SonghuaError):  # a list has no map; what is wrong with it is told below
            drafted, said = _drafted(folder, file, source, lang, typed or {})
    if drafted is not None and said and not drafted.doubts:
        map_file = write_new(file.parent / "map.toml", drafted.toml.encode())
    if drafted is not None:
        drafted = _sent(drafted)
    if drafted is not None and said and drafted.doubts:
        found = Look(drafted, None, 0, drafted.doubts)
    else:
        found = _tried(folder, file, map_file, source, drafted, to)
    return replace(found, said={one.key: (typed or {})[one.key] for one in said})


def _drafted(
    folder: Path, file: Path, source: str, lang: str, typed: Mapping[str, str]
) -> tuple[Drafted, list[AnsweredDoubt]]:
    """The draft of a sheet with all that was answered: an answer may bring another doubt up."""
    said: list[AnsweredDoubt] = [FORGET] if typed.get(FORGET.key) else []
    made = session.draft_import(folder, file, source=source, lang=lang, answered=said)
    for _ in range(ROUNDS):
        told = (one.answer(typed.get(one.key, "")) for one in made.choices)
        more = [one for one in told if one is not None]
        if not more:
            break
        said += more
        made = session.draft_import(folder, file, source=source, lang=lang, answered=said)
    return made, said


def _tried(
    folder: Path, file: Path, map_file: Path | None, source: str, drafted: Drafted | None, to: str
) -> Look:
    """What an import would do; a doubtful draft is none of what is no table of figures."""
    said, doubted = "" if map_file else source, drafted is not None and bool(drafted.doubts)
    try:
        done = session.import_file(folder, file, map_file, True, source=said, to=to)
    except SonghuaError as error:
        own = all(isinstance(one, DraftFault) for one in error.faults)
        return Look(drafted if own or not doubted else None, None, 0, error.faults)
    return Look(None if doubted else drafted, _first(done), len(done.rows), ())


def take(
    folder: Path, file: Path, map_file: Path | None, source: str, to: str = ""
) -> tuple[Import, int]:
    """Take all rows of a file; what came of it with the first rows, and how many there are.

    Raises:
        SonghuaError: every fault; nothing is written then.
    """
    said = "" if map_file else source
    done = session.import_file(folder, file, map_file, source=said, to=to)
    return _first(done), len(done.rows)


def _first(done: Import) -> Import:
    """An import without what no page shows of it."""
    return replace(done, rows=done.rows.head(SHOWN), drafted=None, region=None)


def _sent(drafted: Drafted) -> Drafted:
    """A draft without what no page shows of it."""
    cells = dict(drafted.cells())
    return replace(drafted, found=None, picture=(), cells=partial(dict, cells), region=None)
