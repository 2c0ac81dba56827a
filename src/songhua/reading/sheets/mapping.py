"""The map of a sheet: a small TOML file that says which words of the sheet mean what."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Data
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from songhua.checks.values import nearest
from songhua.errors import Fault
from songhua.fault_kinds import PeriodUnreadable, TextRefused, UnitUnknown
from songhua.grammar.periods import spoken_period
from songhua.reading import limits
from songhua.reading.documents import parse
from songhua.reading.sheets.candidates import settable
from songhua.reading.sheets.fault_kinds import (
    ImportMore,
    MapColumnUnknown,
    MapKeyUnknown,
    MapLabelBlank,
    MapTwice,
    MapValueWrong,
)
from songhua.reading.sheets.faults import MOST, Faults, column_number
from songhua.reading.sheets.parts import Parts, start
from songhua.reading.sheets.units import spoken_unit
from songhua.reading.sheets.words import key

KEYS = (
    "sheet", "heading", "body", "values", "fill", "ignore", "decimals", "decimal", "year", "above",
    "below", "skip", "blank", "as_named", "headings", "rows", "columns", "labels", "defaults",
)  # fmt: skip


@dataclass(frozen=True)
class Mapping:
    """A map, checked. Rows and columns of the sheet are counted from 0 here.

    `rows` takes an observations column to the sheet's column that holds it; `columns` to the levels
    of the heading (1 is the top one) that hold it; `labels` takes a word to the observations
    columns that it sets. Where rows and columns both hold the indicator, a word may be a pair, the
    row's and the column's with ` × ` between them. Blank cells in a column of `blank` are really
    blank. `as_named` are parts of a period (`month`, `cumulative`, `prior`) of which the headings
    speak, and which change nothing here.
    """

    sheet: str = ""
    heading: tuple[int, ...] = ()
    body: tuple[int, int] | None = None
    values: tuple[int, ...] = ()
    fill: tuple[int, ...] = ()
    ignore: frozenset[str] = frozenset()
    decimals: dict[int, int] = field(default_factory=dict)
    comma: bool = False
    year: str = ""
    parts: Parts = field(default_factory=Parts)
    blank: tuple[int, ...] = ()
    as_named: frozenset[str] = frozenset()
    rows: dict[str, int] = field(default_factory=dict)
    columns: dict[str, tuple[int, ...]] = field(default_factory=dict)
    labels: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)

    @property
    def wide(self) -> bool:
        """True where the sheet is a cross table, and no list with the observations' headings."""
        return bool(self.rows or self.columns)

    def decimals_of(self, column: int) -> int | None:
        """The decimals that the map gives for a column of the sheet."""
        return self.decimals.get(column, self.decimals.get(-1))


def read_map(data: bytes, name: str = "map.toml") -> tuple[Mapping | None, list[Fault]]:
    """Read a map; all its faults, or the map.

    >>> read_map(b'[rows]\\nindustry = "A"\\n[columns]\\nperiod = 1')[0].rows
    {'industry': 0}
    >>> [fault.code for fault in read_map(b'[row]\\nindustry = "A"')[1]]
    ['map_key_unknown']
    """
    faults = Faults(name)
    document, wrong = parse(data, name)
    if document is None:
        return None, wrong
    entries = document.data
    unknown = sorted(entries.keys() - set(KEYS))
    for odd in unknown[:MOST]:
        near = nearest(odd.casefold(), KEYS)
        faults.add(MapKeyUnknown(name=odd[:60], near=near, columns=KEYS))
    if len(unknown) > MOST:
        faults.add(ImportMore(), len(unknown) - MOST)
    mapping = _Reader(entries, faults).mapping()
    return (None, faults.listed()) if faults else (mapping, [])


@dataclass
class _Reader:
    entries: Data[str, Any]
    faults: Faults

    def wrong(self, name: str, expected: str) -> None:
        self.faults.add(MapValueWrong(name=name[:80], expected=expected))

    def mapping(self) -> Mapping:
        rows = {
            n: c for n, v in self.part("rows") if (c := self.column(f"rows.{n}", v)) is not None
        }
        levels = {n: self.levels(f"columns.{n}", v) for n, v in self.part("columns")}
        for name in (rows.keys() & levels.keys()) - {"indicator"}:
            self.faults.add(MapTwice(name=name))
        heading = self.numbers("heading", 0)
        body = self.numbers("body", 1)
        if body and (len(body) != 2 or body[0] > body[1]):
            self.wrong("body", "[5, 20]")
        return Mapping(
            sheet=self.text("sheet"),
            heading=tuple(sorted({row - 1 for row in heading})),
            body=(body[0] - 1, body[1] - 1) if len(body) == 2 else None,
            values=self.spans("values"),
            fill=self.spans("fill"),
            ignore=frozenset(map(key, self.texts("ignore"))),
            decimals=self.decimals(),
            comma=self.decimal_sign() == ",",
            year=self.year(),
            parts=self.parts(),
            blank=self.spans("blank"),
            as_named=frozenset(self.texts("as_named")),
            rows=rows,
            columns=levels,
            labels=self.labels(),
            defaults={
                n: self.canonical(n, t, f"defaults.{n}")
                for n, v in self.part("defaults")
                if (t := self.plain(f"defaults.{n}", v))
            },
        )

    def parts(self) -> Parts:
        """The map's answers about the parts of the sheet."""
        texts = self.table("headings", self.entries.get("headings", {}))
        columns = {
            self.column(f"headings.{n}", n): self.plain(f"headings.{n}", texts[n]) for n in texts
        }
        return Parts(
            start(self.text("above")),
            start(self.text("below")),
            frozenset(map(start, self.texts("skip"))),
            {column: text for column, text in columns.items() if column is not None},
        )

    def part(self, name: str) -> list[tuple[str, Any]]:
        """A table whose keys are observations columns."""
        table = self.table(name, self.entries.get(name, {}))
        self.unknown(name, table)
        return [(column, table[column]) for column in settable() if column in table]

    def table(self, name: str, value: Any) -> dict[str, Any]:
        """A value that is a table; an empty one, with a fault, for any other."""
        if isinstance(value, dict):
            return value
        self.wrong(name, f"[{name}]")
        return {}

    def unknown(self, part: str, table: Iterable[str]) -> None:
        """Keys that are no column; of very many the first are named and the rest counted."""
        allowed = settable()
        strange = sorted({*table} - {*allowed})
        n = sum(isinstance(fault, MapColumnUnknown) for fault in self.faults.listed())
        for name in strange[: MOST - n]:
            near = nearest(name.casefold(), allowed)
            self.faults.add(MapColumnUnknown(part=part, name=name[:60], near=near, columns=allowed))
        if more := len(strange[max(0, MOST - n) :]):
            self.faults.add(ImportMore(), more)

    def plain(self, name: str, value: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int | date):
            self.wrong(name, '"…"')
            return ""
        return value.strip() if isinstance(value, str) else str(value)

    def canonical(self, column: str, text: str, where: str) -> str:
        """Units and periods in their canonical form."""
        if text and column == "unit":
            return spoken_unit(text) or self.refuse(UnitUnknown, text, where)
        if text and column == "period":
            return spoken_period(text, self.year()) or self.refuse(PeriodUnreadable, text, where)
        return text

    def refuse(self, kind: type[TextRefused], text: str, where: str) -> str:
        self.faults.add(kind(column=where[:80], text=text[:60]))
        return text

    def text(self, name: str) -> str:
        value = self.entries.get(name, "")
        if not isinstance(value, str):
            self.wrong(name, '"…"')
            return ""
        return value

    def texts(self, name: str) -> list[str]:
        value = self.entries.get(name, [])
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.wrong(name, '["…", "…"]')
            return []
        return value

    def numbers(self, name: str, least: int) -> list[int]:
        value = self.entries.get(name, [])
        value = [value] if isinstance(value, int) else value
        good = (
            isinstance(value, list)
            and len(value) <= limits.HEADING
            and all(type(n) is int and least <= n <= 2_000_000 for n in value)
        )
        if not good:
            self.wrong(name, "[3, 4]")
            return []
        return value

    def column(self, name: str, value: Any) -> int | None:
        number = column_number(value) if isinstance(value, str) else None
        if number is None:
            self.wrong(name, '"A"')
        return number

    def levels(self, name: str, value: Any) -> tuple[int, ...]:
        value = [value] if isinstance(value, int) else value
        good = (
            isinstance(value, list)
            and value
            and all(type(n) is int and 1 <= n <= 20 for n in value)
        )
        if not good:
            self.wrong(name, "1, 2, [1, 2]")
            return (1,)
        return tuple(value)

    def spans(self, name: str) -> tuple[int, ...]:
        """Columns such as `B:G` or `["B", "D:F"]`."""
        columns: dict[int, None] = {}
        texts = self.texts(name)
        if len(texts) > limits.ENTRIES:
            self.wrong(name, '"B:G", ["B", "D:F"]')
            return ()
        for text in texts:
            first, colon, last = text.partition(":")
            start = column_number(first.strip())
            end = column_number(last.strip()) if colon else start
            if start is None or end is None or end < start:
                self.wrong(name, '"B:G", ["B", "D:F"]')
                return ()
            columns.update(dict.fromkeys(range(start, end + 1)))
        return tuple(columns)

    def decimals(self) -> dict[int, int]:
        value = self.entries.get("decimals", {})
        table = value if isinstance(value, dict) else {"": value}
        by_column = {}
        for name, digits in table.items():
            column = column_number(name) if name else -1
            whole = isinstance(digits, int) and not isinstance(digits, bool)
            if column is None or not whole or not 0 <= digits <= 12:
                self.wrong("decimals", "2, { C = 2, D = 1 }")
                return {}
            by_column[column] = digits
        return by_column

    def decimal_sign(self) -> str:
        value = self.entries.get("decimal", ".")
        if value not in (".", ","):
            self.wrong("decimal", '".", ","')
        return value

    def year(self) -> str:
        value = self.entries.get("year", "")
        text = str(value)
        if value != "" and not (len(text) == 4 and text.isascii() and text.isdigit()):
            self.wrong("year", "2021")
            return ""
        return text

    def labels(self) -> dict[str, dict[str, dict[str, str]]]:
        """Each word's settings: `"工业" = "industry"`, or a table that sets several columns."""
        by_column: dict[str, dict[str, dict[str, str]]] = {}
        for column, table in self.part("labels"):
            for word, value in self.table(f"labels.{column}", table).items():
                where = f"labels.{column}.{word}"
                values = value if isinstance(value, dict) else {column: value}
                self.unknown(where[:80], values)
                settings = {
                    n: self.canonical(n, self.plain(where, v), where) for n, v in values.items()
                }
                if not all(settings.values()):
                    self.faults.add(MapLabelBlank(name=where[:80]))
                by_column.setdefault(column, {})[key(word)] = settings
        return by_column
