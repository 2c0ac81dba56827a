"""Candidates of a sheet for the observations, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

import pyarrow as pa

from songhua.errors import Fault
from songhua.reading.csv_rows import FREE
from songhua.reading.sheets.fault_kinds import ImportColumnMissing, ImportRecordedMissing
from songhua.schema import table as schema_table

#: So many texts of what is skipped for a reason are shown.
_TEXTS = 5


@cache
def columns() -> tuple[str, ...]:
    """The observations' columns, in order."""
    return tuple(schema_table("observations").names)


@cache
def required() -> tuple[str, ...]:
    """The columns that no observation may leave blank."""
    return tuple(c.name for c in schema_table("observations").columns if c.required)


def missing(name: str) -> Fault:
    """The fault that nothing gives a column that no observation may leave blank."""
    kind = ImportRecordedMissing if name == "recorded" else ImportColumnMissing
    return kind(name=name)


@cache
def repeating() -> frozenset[str]:
    """The columns whose texts stand in many rows each: all but numbers and free text."""
    columns = schema_table("observations").columns
    return frozenset(column.name for column in columns if column.type not in FREE)


def key_of(heading: str) -> str:
    """The observations' column that a heading names, if it names one.

    >>> key_of(" Indicator ")
    'indicator'
    """
    return heading.strip().lstrip("\ufeff").casefold()


@cache
def usual() -> tuple[tuple[str, str], ...]:
    """The columns that tell one figure from another, with what a blank in them means."""
    table = schema_table("observations")
    return tuple((name, table.column(name).default) for name in table.key)


@dataclass(frozen=True)
class Skipped:
    """Cells or lines that became no row: why, what stands there, how many, and the first place.

    Some of `why`: `blank` (an empty cell), `mark` (a dash or dots), `section` (a line that only
    orders the rows), `no_number`, `no_period`, `repeated`, `new` (a name that was not added).
    """

    why: str
    text: str
    n: int
    first: str


def by_reason(skipped: Iterable[Skipped]) -> Iterator[tuple[str, dict[str, object]]]:
    """The skipped by their reason, each with the parameters of its words; the first texts alone.

    >>> list(by_reason([Skipped("mark", "…", 2, "B3"), Skipped("mark", "-", 1, "C4")]))
    [('mark', {'n': 3, 'first': 'B3', 'text': ('…', '-')})]
    """
    together: dict[str, list[Skipped]] = {}
    for part in skipped:
        together.setdefault(part.why, []).append(part)
    for why, parts in together.items():
        texts = tuple(dict.fromkeys(part.text for part in parts))
        texts = (*texts[:_TEXTS], *(["…"] if len(texts) > _TEXTS else []))
        yield why, {"n": sum(part.n for part in parts), "first": parts[0].first, "text": texts}


@dataclass
class Tally:
    """Counts what is skipped."""

    _counts: dict[tuple[str, str], list] = field(default_factory=dict)

    def add(self, why: str, text: str, place: str, n: int = 1) -> None:
        """Count something skipped at a place."""
        if n:
            self._counts.setdefault((why, text), [0, place])[0] += n

    def skipped(self) -> tuple[Skipped, ...]:
        """The skipped texts, in the order first met."""
        return tuple(Skipped(*which, n, place) for which, (n, place) in self._counts.items())


@dataclass(frozen=True)
class Candidates:
    """Rows for the observations as text, and where each stood.

    `table` has the observations' columns in their order, all of text (as strings, or each
    different one once), blank where nothing is known. `origin(i)` is the place of row i: `row 12`
    in a long sheet, `Sheet1!C7` in a wide one. With any fault, nothing should be added; `warnings`
    say what else a person must know.
    """

    table: pa.Table
    origin: Callable[[int], str]
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows one by one; for a long sheet prefer `table`."""
        return self.table.to_pylist()


def nowhere(_row: int) -> str:
    """The place of a row of an empty table."""
    return ""


def nothing(faults: list[Fault]) -> Candidates:
    """No rows, only faults."""
    empty = pa.table({name: pa.array([], pa.string()) for name in columns()})
    return Candidates(empty, nowhere, faults=tuple(faults))
