"""A file that was sent, looked at and taken: done apart from the workbench.

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
FIRST_ROWS = 200
#: The number of rounds of answers to a sheet that raises further doubts.
ROUNDS = 8


@dataclass(frozen=True)
class Look:
    """A file before it is taken: how a sheet was understood, the rows, and what is against it.

    Of `n` rows `outcome` has the first. `answers` are those that were understood.
    """

    drafted: Drafted | None
    outcome: Import | None
    n: int
    faults: Sequence[Fault]
    answers: Mapping[str, str] = field(default_factory=dict)


def look(
    folder: Path,
    file: Path,
    map_file: Path | None,
    source: str,
    lang: str,
    typed: Mapping[str, str] | None = None,
    to: str = "",
) -> Look:
    """Look at a file; nothing of the folder is written.

    `typed` are answers to doubts by their keys. Where they leave none, the map that they lead to is
    written beside the file, and it is read with that. With `to` the rows are sent where it says.
    """
    drafted: Drafted | None = None
    answers: list[AnsweredDoubt] = []
    if map_file is None and not to:
        with suppress(SonghuaError):  # a list has no map; its faults come below
            drafted, answers = _draft(folder, file, source, lang, typed or {})
    if drafted is not None and answers and not drafted.doubts:
        map_file = write_new(file.parent / "map.toml", drafted.toml.encode())
    if drafted is not None:
        drafted = _bare_draft(drafted)
    if drafted is not None and answers and drafted.doubts:
        result = Look(drafted, None, 0, drafted.doubts)
    else:
        result = _trial(folder, file, map_file, source, drafted, to)
    return replace(result, answers={answer.key: (typed or {})[answer.key] for answer in answers})


def _draft(
    folder: Path, file: Path, source: str, lang: str, typed: Mapping[str, str]
) -> tuple[Drafted, list[AnsweredDoubt]]:
    """The draft of a sheet with all that was answered: an answer may bring another doubt up."""
    answers: list[AnsweredDoubt] = [FORGET] if typed.get(FORGET.key) else []
    draft = session.draft_import(folder, file, source=source, lang=lang, answered=answers)
    for _ in range(ROUNDS):
        replies = (choice.answer(typed.get(choice.key, "")) for choice in draft.choices)
        more = [reply for reply in replies if reply is not None]
        if not more:
            break
        answers += more
        draft = session.draft_import(folder, file, source=source, lang=lang, answered=answers)
    return draft, answers


def _trial(
    folder: Path, file: Path, map_file: Path | None, source: str, drafted: Drafted | None, to: str
) -> Look:
    """An import on trial; a doubtful draft is none of what is no table of figures."""
    source_id, doubted = "" if map_file else source, drafted is not None and bool(drafted.doubts)
    try:
        outcome = session.import_file(folder, file, map_file, True, source=source_id, to=to)
    except SonghuaError as error:
        of_draft = all(isinstance(fault, DraftFault) for fault in error.faults)
        return Look(drafted if of_draft or not doubted else None, None, 0, error.faults)
    return Look(None if doubted else drafted, _bare_import(outcome), len(outcome.rows), ())


def take_rows(
    folder: Path, file: Path, map_file: Path | None, source: str, to: str = ""
) -> tuple[Import, int]:
    """Take all rows of a file; what came of it with the first rows, and how many there are.

    Raises:
        SonghuaError: every fault; nothing is written then.
    """
    source_id = "" if map_file else source
    outcome = session.import_file(folder, file, map_file, source=source_id, to=to)
    return _bare_import(outcome), len(outcome.rows)


def _bare_import(outcome: Import) -> Import:
    """An import without what no page shows of it."""
    return replace(outcome, rows=outcome.rows.head(FIRST_ROWS), drafted=None, region=None)


def _bare_draft(drafted: Drafted) -> Drafted:
    """A draft without what no page shows of it."""
    cells = dict(drafted.cells())
    return replace(drafted, candidates=None, picture=(), cells=partial(dict, cells), region=None)
