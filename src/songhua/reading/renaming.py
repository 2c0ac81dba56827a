"""Renaming in the text of a table, CSV or TOML: nothing but the names changes, not a comment."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

import tomlkit

from songhua.errors import Fault, SonghuaError
from songhua.reading.csv_lines import cells_of, plain
from songhua.reading.documents import Document
from songhua.reading.file_fault_kinds import UpgradeUnreadable
from songhua.reading.table_fault_kinds import ColumnRepeats, CsvUnreadable
from songhua.schema import Entry, TableSchema, former_names

Place = tuple[str, ...]


@dataclass(frozen=True)
class Renamed:
    """A renamed name: its place, the former and the new name.

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
    """The rows one by one, with the new names and without the removed columns."""
    expected = [list(row) for row in rows]
    for change in renamed:
        row = expected[change.row - 1]
        row[names.index(change.column or change.after or change.before)] = change.after
    return [[cell for at, cell in enumerate(row) if at not in dropped] for row in expected]


def in_toml(file: str, text: str, table: TableSchema) -> Text:
    """The text with today's names as values of the entries of a table.

    The new text is read once more, and must differ in these values alone.

    Raises:
        SonghuaError: `upgrade_unreadable` for each value that could not be replaced so.

    >>> from songhua.schema import table
    >>> text = "[a]  # form = 'pull'\\nform = 'pull'  # in points\\n"
    >>> print(in_toml("indicators.toml", text, table("indicators")).text, end="")
    [a]  # form = 'pull'
    form = 'contribution_pp'  # in points
    """
    read = Document(file, tomllib.loads(text), text)
    wanted = dict(_wanted(read.data, table))
    if not wanted:
        return Text(text)
    document = tomlkit.parse(text)
    alike = tomlkit.dumps(document) == text  # arrays of tables that stand apart it puts together
    for (*path, key), today in wanted.items():
        entry = _value(document, path)
        quote = entry[key].as_string()[0]
        entry[key] = tomlkit.string(today, literal=quote == "'")
    done = tomlkit.dumps(document)
    if not alike or tomllib.loads(done) != _with(read.data, wanted):
        raise SonghuaError(*_unreadable(file, read.data, wanted))
    renamed = (
        Renamed(file, read.row(*place) or 1, ".".join(place), _value(read.data, place), today)
        for place, today in wanted.items()
    )
    return Text(done, tuple(sorted(renamed, key=lambda one: one.row)))


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


def _value(data: Any, place: Iterable[str]) -> Any:
    for key in place:
        data = data[key]
    return data


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
