"""Renaming in the text of a table, CSV or TOML: nothing but the names changes, not a comment."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from songhua.errors import Fault, SonghuaError
from songhua.reading.csv_lines import cells_of, plain
from songhua.reading.file_fault_kinds import UpgradeUnreadable
from songhua.reading.table_fault_kinds import ColumnRepeats, CsvUnreadable
from songhua.schema import Entry, TableSchema, former_names

Place = tuple[str, ...]


@dataclass(frozen=True)
class Renamed:
    """One name that is another now: where it stands, what it was, what it is.

    `column` is the column or key of a value; it is blank for the name of a column itself. `after`
    is blank where the column was taken out.
    """

    file: str
    row: int
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Text:
    """The text of a table, and what of it was renamed."""

    text: str
    renamed: tuple[Renamed, ...] = ()


def in_csv(file: str, text: str, table: TableSchema) -> Text:
    """The text with today's names in the heading and in the columns whose values were renamed.

    A column that is there no longer is taken out.

    Raises:
        SonghuaError: `column_repeats`, where the old and the new name of a column both stand;
            `csv_unreadable`.

    >>> from songhua.schema import table
    >>> done = in_csv("plan/targets.csv", 'id,"beside"\\ngdp,north\\n', table("plan_targets"))
    >>> done.text
    'id,"benchmark"\\ngdp,north\\n'
    """
    columns, values = former_names.columns(table.id), former_names.valued(table.id)
    if not values and columns.keys().isdisjoint(map(plain, _first(text))):
        return Text(text)  # a register of many firms is read no further
    parts: list[str] = []
    renamed: list[Renamed] = []
    names: list[str] = []
    dropped: set[int] = set()
    for row, at, cell, end in cells_of(text):
        name = plain(cell)
        column = names[at] if row > 1 and at < len(names) else ""
        former = columns if row == 1 else values.get(column, former_names.NONE)
        if row == 1:
            names.append(former[name].today or name if name in former else name)
            dropped |= {at} if name in former and not former[name].today else set()
        if at in dropped:
            renamed += [Renamed(file, row, "", name, "")] if row == 1 else []
            if end != "," and parts:
                parts[-1] = end
            continue
        if name in former:
            today = former[name].today
            renamed.append(Renamed(file, row, column, name, today))
            cell = f'"{today}"' if cell.startswith('"') else today
        parts += [cell, end]
    for name in sorted({name for name in names if names.count(name) > 1}):
        raise SonghuaError(ColumnRepeats(file, 1, name=name))
    result = Text("".join(parts), tuple(renamed))
    if _rows(file, result.text) != _expected(_rows(file, text), result.renamed, names, dropped):
        faults = (columns[names[at]].fault(names[at]) for at in sorted(dropped))
        out = (replace(fault, file=file, row=1) for fault in faults)
        raise SonghuaError(*out, *(_by_hand(change) for change in renamed if change.after))
    return result


def _first(text: str) -> Iterator[str]:
    """The cells of the heading."""
    return (cell for _, _, cell, _ in takewhile(lambda place: place[0] == 1, cells_of(text)))


def _rows(file: str, text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise SonghuaError(CsvUnreadable(file, why=str(error))) from None


def _expected(
    rows: list[list[str]], renamed: tuple[Renamed, ...], names: list[str], dropped: set[int]
) -> list[list[str]]:
    """The rows with what was renamed put in, one by one, and without the columns that are gone."""
    expected = [list(row) for row in rows]
    for change in renamed:
        row = expected[change.row - 1]
        row[names.index(change.column or change.after or change.before)] = change.after
    return [[cell for at, cell in enumerate(row) if at not in dropped] for row in expected]


def in_toml(file: str, text: str, table: TableSchema) -> Text:
    """The text with today's names as values of the entries of a table.

    Each name that looks like an old one is marked and the text read again: where a mark is the
    value of an entry meant, that name is replaced, and no other. The new text is read once more,
    and must differ in these values alone.

    Raises:
        SonghuaError: `upgrade_unreadable` for each value that could not be replaced so.

    >>> from songhua.schema import table
    >>> text = "[a]  # form = 'pull'\\nform = 'pull'  # in points\\n"
    >>> print(in_toml("indicators.toml", text, table("indicators")).text, end="")
    [a]  # form = 'pull'
    form = 'contribution_pp'  # in points
    """
    data = tomllib.loads(text)
    wanted = dict(_wanted(data, table))
    matched = _matched(text, data, wanted, _candidates(text, table))
    new_text, renamed = _replaced(file, text, matched)
    names = {candidate.place: candidate.today for candidate in matched}
    if tomllib.loads(new_text) != _with(data, names):
        raise SonghuaError(*_unreadable(file, data, wanted))
    if missing := wanted.keys() - {candidate.place for candidate in matched}:
        unmatched = {place: wanted[place] for place in wanted if place in missing}
        raise SonghuaError(*_unreadable(file, data, unmatched))
    return Text(new_text, renamed)


@dataclass(frozen=True)
class _Candidate:
    """A text that looks like an old name: where it begins, what it is, and what it is today."""

    start: int
    before: str
    today: str
    place: Place = ()


def _candidates(text: str, table: TableSchema) -> list[_Candidate]:
    """Every text that looks like an old name as the value of its key, in the order of the text."""
    by_start: dict[int, _Candidate] = {}
    for key, names in former_names.valued(table.id).items():
        for before, former in names.items():
            pattern = re.compile(rf"""\b{key}["']?\s*=\s*(["']){re.escape(before)}(?=\1)""")
            for match in pattern.finditer(text):
                start = match.end() - len(before)
                by_start[start] = _Candidate(start, before, former.today)
    return [by_start[start] for start in sorted(by_start)]


def _matched(
    text: str, data: Entry, wanted: Mapping[Place, str], candidates: list[_Candidate]
) -> list[_Candidate]:
    """The candidates that are values meant, each with its place, in the order of the text."""
    mark = next(chr(at) for at in range(0xE000, 0xF8FF) if chr(at) not in text)
    marked = {f"{mark}{n}{mark}": candidate for n, candidate in enumerate(candidates)}
    new = tomllib.loads(_replacing(text, ((candidate, name) for name, candidate in marked.items())))
    placed = ((place, marked.get(_value(new, place))) for place in wanted)
    meant = [
        replace(candidate, place=place)
        for place, candidate in placed
        if candidate is not None
        and (candidate.before, candidate.today) == (_value(data, place), wanted[place])
    ]
    return sorted(meant, key=lambda candidate: candidate.start)


def _replacing(text: str, names: Iterable[tuple[_Candidate, str]]) -> str:
    """The text with a name in place of each candidate's, in the order of the text."""
    parts: list[str] = []
    at = 0
    for candidate, name in names:
        parts += [text[at : candidate.start], name]
        at = candidate.start + len(candidate.before)
    return "".join([*parts, text[at:]])


def _replaced(file: str, text: str, names: list[_Candidate]) -> tuple[str, tuple[Renamed, ...]]:
    """The text with today's names, and each with its row; both in the order of the text."""
    renamed: list[Renamed] = []
    row, at = 1, 0
    for name in names:
        row += text.count("\n", at, name.start)
        at = name.start
        renamed.append(Renamed(file, row, ".".join(name.place), name.before, name.today))
    return _replacing(text, ((name, name.today) for name in names)), tuple(renamed)


def _wanted(data: Entry, table: TableSchema) -> Iterator[tuple[Place, str]]:
    """The places of old names, each with today's."""
    under = (table.table,) if table.table else ()
    entries: Any = data.get(table.table, {}) if under else data
    if not isinstance(entries, dict):
        return
    for id, entry in {"": entries}.items() if table.one else entries.items():
        for key, names in former_names.valued(table.id).items():
            value = entry.get(key) if isinstance(entry, dict) else None
            if isinstance(value, str) and value in names:
                yield (*under, *((id,) if id else ()), key), names[value].today


def _value(data: Entry, place: Place) -> Any:
    at: Any = data
    for key in place:
        at = at[key]
    return at


def _with(data: Entry, values: Mapping[Place, str]) -> Entry:
    """The data with other values at some places."""
    changed = deepcopy(dict(data))
    for place, value in values.items():
        _value(changed, place[:-1])[place[-1]] = value
    return changed


def _unreadable(file: str, data: Entry, wanted: Mapping[Place, str]) -> Iterator[Fault]:
    for place, today in wanted.items():
        yield UpgradeUnreadable(file, None, ".".join(place), text=_value(data, place), today=today)


def _by_hand(name: Renamed) -> Fault:
    return UpgradeUnreadable(name.file, name.row, name.column, text=name.before, today=name.after)
