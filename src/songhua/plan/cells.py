"""Cells of the plan's files, read into values once and written back as they were."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from songhua import schema
from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import ValueMissing
from songhua.labels import (
    Period,
    Unit,
    parse_date,
    parse_decimal,
    parse_period,
    parse_unit,
    parse_when,
)
from songhua.messages import LANGUAGES, Words, language_of
from songhua.plan.schemes import Scheme
from songhua.plan.target_names import TargetNames
from songhua.plan.target_parser import parse_target
from songhua.plan.target_writer import format_target
from songhua.plan.targets import Target
from songhua.plan.vocabulary import Term, term
from songhua.schema import Column, TableSchema

#: The Python type of a cell, by its column's type; text, tag, slug and label stay as they are.
PARSERS: Mapping[str, Callable[[str], object]] = {
    "period": parse_period,
    "when": parse_when,
    "date": parse_date,
    "decimal": parse_decimal,
    "unit": parse_unit,
}
TEXTS = ("text", "tag", "slug", "label")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A row of a file of the plan: its values, and where and how it stands in the file.

    Each column of the file's schema that is a field is read once: `None` is a blank period, day,
    number or unit; a blank label or text is blank. `cells` keep how the file spells them, so
    that an entry that was not changed is written back as it was; they are no part of its value,
    nor are the `names` by which its words were read.
    """

    #: The file's schema.
    SCHEMA: ClassVar[str]
    #: The closed list of each choice, by column.
    TERMS: ClassVar[Mapping[str, type[Term]]] = {}
    #: Readers of columns whose type does not suffice.
    READERS: ClassVar[Mapping[str, Callable[[str], object]]] = {}
    #: The columns that stand once for each language, without its ending.
    WORDS: ClassVar[tuple[str, ...]] = ()
    #: The columns that are the same in all entries of the class.
    FIXED: ClassVar[Mapping[str, str]] = {}
    #: The columns of its own time: when it is due or happened.
    TIMES: ClassVar[tuple[str, ...]] = ()
    #: The field of a column that is not called like it.
    NAMES: ClassVar[Mapping[str, str]] = {}

    source: str
    recorded: date | None
    note: str = ""
    row: int = field(default=0, compare=False)
    cells: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    names: TargetNames | None = field(default=None, compare=False, repr=False)

    @classmethod
    def read(cls, cells: Mapping[str, str], row: int = 0, names: TargetNames | None = None) -> Self:
        """The entry that the cells of a row say; a column that is absent is blank.

        `names` are those that the words of a target may use; without them any may stand there.

        Raises:
            SonghuaError: for each cell that is not of its column's type, with its place;
                `value_missing`, for a blank one where there must be a value.

        >>> from songhua.plan import Measure
        >>> Measure.read({"id": "road", "status": "planed"}, row=7)
        Traceback (most recent call last):
        ...
        songhua.errors.SonghuaError: plan/measures.csv, row 7, status: 'planed' is not one of the values allowed here. Use one of: planned, under_way, done, stopped, unknown.
        """  # noqa: E501
        values: dict[str, Any] = {}
        faults: list[Fault] = []
        for name, column in cls._columns().items():
            try:
                values[name] = cls._value(column, cells, names)
            except SonghuaError as error:
                where = cls.layout().where
                faults += [f.at(where, row or None, column.name) for f in error.faults]
        if faults:
            raise SonghuaError(*faults)
        for name in cls.WORDS:
            values[name] = Words.of(cells, name)
        return cls(**values, row=row, cells=dict(cells), names=names)

    @classmethod
    def layout(cls) -> TableSchema:
        """The schema of the file.

        >>> from songhua.plan import Measure
        >>> Measure.layout().where
        'plan/measures.csv'
        """
        return schema.table(cls.SCHEMA)

    @classmethod
    def _columns(cls) -> dict[str, Column]:
        """The columns that are read into one field, by the field."""
        names = {attribute.name for attribute in fields(cls)}
        columns = {cls.NAMES.get(c.name, c.name): c for c in cls.layout().columns}
        return {name: column for name, column in columns.items() if name in names}

    @classmethod
    def _value(cls, column: Column, cells: Mapping[str, str], names: TargetNames | None) -> object:
        """A cell's value; `names` are those that the words of a target may use."""
        text = cells.get(column.name, "")
        if column.name in cls.READERS:
            return cls.READERS[column.name](text)
        if column.type in TEXTS:
            return text
        kind = cls.TERMS.get(column.name)
        if kind is not None and (text or "" in {*kind}):
            return term(kind, text)
        if text and column.type == "target":
            return parse_target(text, None if names is None else names.of(cells))
        if text:
            return PARSERS[column.type](text)
        if column.required and column.name != "recorded":
            raise SonghuaError(ValueMissing())
        return None

    @property
    def file(self) -> str:
        """The file that the entry stands in.

        >>> from songhua.plan import Measure
        >>> Measure.read({"id": "road", "status": "planned"}).file
        'plan/measures.csv'
        """
        return self.layout().where

    def where(self, column: str) -> tuple[str, int | None, str]:
        """The place of one of its cells: file, row and column, as faults name it.

        >>> from songhua.plan import Measure
        >>> Measure.read({"id": "road", "status": "planned"}, row=7).where("blocked_by")
        ('plan/measures.csv', 7, 'blocked_by')
        """
        return self.file, self.row or None, column

    @property
    def times(self) -> tuple[Period, ...]:
        """The days on which it is due or happened, as far as they are known.

        >>> from songhua.plan import Measure
        >>> [str(time) for time in Measure.read({"status": "planned", "due": "2024"}).times]
        ['2024']
        """
        periods = (getattr(self, name) for name in self.TIMES)
        return tuple(time for time in periods if time is not None)

    @property
    def key(self) -> str:
        """Name of the row in its file: the cells of its key, separated by spaces.

        >>> from songhua.plan import Milestone
        >>> Milestone.read({"project": "mill", "item": "start"}).key
        'mill milestone start'
        """
        values = (self.FIXED.get(name) or getattr(self, name) for name in self.layout().key)
        return " ".join(map(cell_text, values))

    def with_cells(self, **cells: str) -> Self:
        """The entry with some of its cells written anew, as a user types them.

        Raises:
            SonghuaError: for each cell that is not of its column's type.

        >>> from songhua.plan import Measure
        >>> road = Measure.read({"id": "road", "status": "planned"})
        >>> str(road.with_cells(status="done", done_on="2024-05").done_on)
        '2024-05'
        """
        return type(self).read({**self.write(), **cells}, self.row, self.names)

    def write(self) -> dict[str, str]:
        """The row's cells: as they were read where they still say the value, else anew.

        >>> from dataclasses import replace
        >>> from songhua.plan import Measure
        >>> road = Measure.read({"id": "road", "status": "planned", "due": "2021-01..2021-06"})
        >>> road.write()["due"], replace(road, due=parse_period("2022")).write()["due"]
        ('2021-01..2021-06', '2022')
        """
        table = self.layout()
        cells = {name: self.cells.get(name, "") for name in table.names} | dict(self.FIXED)
        for name, column in self._columns().items():
            value = getattr(self, name)
            if value != self._value(column, cells, self.names):
                cells[column.name] = cell_text(value, language_of(cells[column.name]))
        for name in self.WORDS:
            texts = getattr(self, name).texts
            cells |= {f"{name}_{lang}": texts.get(lang, "") for lang in LANGUAGES}
        return cells


def cell_text(value: object, lang: str = "") -> str:
    """A value as the text of a cell; a target's words are written in a language.

    >>> cell_text(None), cell_text(parse_unit("亿元")), cell_text(("a", "b")), cell_text(Decimal("5.50"))
    ('', '100m CNY', 'a b', '5.50')
    """  # noqa: E501
    match value:
        case None:
            return ""
        case tuple():
            return " ".join(map(str, value))
        case Target():
            return format_target(value, lang)
        case Scheme():
            return value.name
        case date():
            return value.isoformat()
        case Period() | Unit() | Decimal() | str():
            return str(value)
    raise TypeError(type(value).__name__)
