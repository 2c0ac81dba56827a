"""The sentences that songhua writes, with what each claims and the predicate that recomputes it.

The predicates stand in tests/sentence_audit, where a test holds every sentence to them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from songhua import messages
from songhua.results.finding import kinds

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from sentence_audit import claims, general, runner
from sentence_audit.rows import TILE, study_of
from sentence_audit.tiles import TILES

Grid = Callable[[Sequence[str], Iterable[Sequence[object]]], str]
HEADS = ("code 代码", "in English", "中文", "claims 所称", "predicates 核对函数")
#: The title of what belongs to no study: what was skipped or gave no answer.
NO_STUDY = "skipped 跳过"


def sections(grid: Grid) -> Iterator[tuple[str, str]]:
    """Of each study the tables of its sentences; the tiles stand with the brief."""
    codes = [*sorted(kinds()), *TILES]
    for study in dict.fromkeys(map(study_of, sorted(codes, key=study_of))):
        rows = [_row(code) for code in codes if study_of(code) == study]
        yield f"`{study}`" if study else NO_STUDY, grid(HEADS, rows)


def count() -> int:
    """The number of kinds of sentences and of tiles."""
    return len(kinds()) + len(TILES)


def _row(code: str) -> tuple[str, ...]:
    """A kind: its sentence in both languages, its claims, and their predicates."""
    words = ("tile", "指标卡") if code.startswith(TILE) else _words(code)
    of_kind = [claimed for claimed in claims.CLAIMS if code in claimed.codes]
    said = [claimed.words for claimed in of_kind]
    names = [_name(claimed.denials) for claimed in of_kind]
    reads = general.reads(code)
    for mechanism in general.MECHANISMS:
        if fields := reads.get(mechanism.denials.__name__):
            said.append(f"{mechanism.words} ({', '.join(fields)})")
            names.append(_name(mechanism.denials))
    return (f"`{code}`", *words, "; ".join(said) or "—", ", ".join(names) or "—")


def _words(code: str) -> tuple[str, ...]:
    return tuple(messages.finding(code, lang, {}) for lang in messages.LANGUAGES)


def _name(predicate: claims.Predicate) -> str:
    return f"`{predicate.__module__.rpartition('.')[2]}.{predicate.__name__}`"


#: The modules whose predicates are on the page.
MODULES = tuple(runner.PREDICATES)
