"""Renaming in the text of a table, CSV or TOML: nothing but the names changes, not a comment."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from songhua.errors import Fault, SonghuaError
from songhua.schema import Entry, TableSchema, former_names

CELL = re.compile(r'("[^"]*+(?:""[^"]*+)*+"|[^,\r\n]*)(,|\r\n|\n|\r|$)')
Place = tuple[str, ...]


@dataclass(frozen=True)
class Renamed:
    """One name that is another now: where it stands, what it was, what it is.

    `column` is the column or key of a value; it is blank for the name of a column itself.
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

    Raises:
        SonghuaError: `column_repeats`, where the old and the new name of a column both stand;
            `csv_unreadable`.

    >>> from songhua.schema import table
    >>> done = in_csv("plan/targets.csv", 'id,"beside"\\ngdp,north\\n', table("plan_targets"))
    >>> done.text
    'id,"benchmark"\\ngdp,north\\n'
    """
    columns, values = former_names.columns(table.id), former_names.valued(table.id)
    parts: list[str] = []
    renamed: list[Renamed] = []
    names: list[str] = []
    for row, at, cell, end in _cells(text):
        name = _plain(cell)
        column = names[at] if row > 1 and at < len(names) else ""
        former = columns if row == 1 else values.get(column, former_names.NONE)
        if row == 1:
            names.append(former[name].today if name in former else name)
        if name in former:
            today = former[name].today
            renamed.append(Renamed(file, row, column, name, today))
            cell = f'"{today}"' if cell.startswith('"') else today
        parts += [cell, end]
    for name in sorted({name for name in names if names.count(name) > 1}):
        raise SonghuaError(Fault("column_repeats", file, 1, params={"name": name}))
    done = Text("".join(parts), tuple(renamed))
    if _rows(file, done.text) != _expected(_rows(file, text), done.renamed, names):
        raise SonghuaError(*map(_by_hand, renamed))
    return done


def _cells(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Row and column number, text as it stands, and what ends it, of every cell."""
    at, row, column = 0, 1, 0
    while at < len(text):
        found = CELL.match(text, at)
        if found is None or found.end() == at:
            yield row, column, text[at:], ""
            return
        yield row, column, found[1], found[2]
        at = found.end()
        row, column = (row, column + 1) if found[2] == "," else (row + 1, 0)


def _plain(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell


def _rows(file: str, text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise SonghuaError(Fault("csv_unreadable", file, params={"why": str(error)})) from None


def _expected(
    rows: list[list[str]], renamed: tuple[Renamed, ...], names: list[str]
) -> list[list[str]]:
    """The rows with what was renamed put in, one by one."""
    found = [list(row) for row in rows]
    for one in renamed:
        row = found[one.row - 1]
        row[names.index(one.column or one.after)] = one.after
    return found


def in_toml(file: str, text: str, table: TableSchema) -> Text:
    """The text with today's names as values of the entries of a table.

    Each name that looks like an old one is replaced alone and the text read again: it is kept only
    if that changed the entry meant, and nothing else.

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
    renamed: list[Renamed] = []
    for key, names in former_names.valued(table.id).items():
        for before, former in names.items():
            pattern = re.compile(rf"""\b{key}["']?\s*=\s*(["']){re.escape(before)}(?=\1)""")
            at = 0
            while found := pattern.search(text, at):
                at = found.end()
                start = at - len(before)
                candidate = text[:start] + former.today + text[at:]
                place = _changed(data, candidate, wanted, key)
                if place is None:
                    continue
                row = text.count("\n", 0, start) + 1
                renamed.append(Renamed(file, row, ".".join(place), before, wanted.pop(place)))
                data, text = _with(data, place, former.today), candidate
                at = start
    if wanted:
        raise SonghuaError(*_left(file, data, wanted))
    return Text(text, tuple(sorted(renamed, key=lambda one: one.row)))


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


def _changed(data: Entry, text: str, wanted: Mapping[Place, str], key: str) -> Place | None:
    """The one place of those wanted by which a text differs from the data; None if it is not so."""
    try:
        new = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
    for place, today in wanted.items():
        if place[-1] == key and _value(new, place) == today:
            return place if _with(data, place, today) == new else None
    return None


def _value(data: Entry, place: Place) -> Any:
    at: Any = data
    for key in place:
        at = at[key]
    return at


def _with(data: Entry, place: Place, value: str) -> Entry:
    """The data with another value at a place."""
    found = deepcopy(dict(data))
    at: Any = found
    for key in place[:-1]:
        at = at[key]
    at[place[-1]] = value
    return found


def _left(file: str, data: Entry, wanted: Mapping[Place, str]) -> Iterator[Fault]:
    for place, today in wanted.items():
        params = {"text": _value(data, place), "today": today}
        yield Fault("upgrade_unreadable", file, None, ".".join(place), params)


def _by_hand(one: Renamed) -> Fault:
    params = {"text": one.before, "today": one.after}
    return Fault("upgrade_unreadable", one.file, one.row, one.column, params)
