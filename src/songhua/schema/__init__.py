"""The columns of every table: type, vocabulary, unit, ends and keys, read by code, guide and forms.

The tables of a folder are the `*.toml` files beside this one, `vocabularies.toml` the closed
lists; a study's own tables are declared by their rows (`songhua.results`). The words of columns
stand in `messages`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from songhua import messages
from songhua.errors import SonghuaError
from songhua.schema.closed_lists import scheme_data as scheme_data
from songhua.schema.closed_lists import vocabularies as vocabularies
from songhua.schema.fault_kinds import EstimateKind, SchemaColumn
from songhua.shipped import installed

TYPES = (
    "amount",
    "choice",
    "code",
    "currency",
    "date",
    "decimal",
    "estimate",
    "fact",
    "flag",
    "integer",
    "label",
    "labels",
    "names",
    "number",
    "numbers",
    "observations",
    "period",
    "periods",
    "relation",
    "sentence",
    "slug",
    "tag",
    "target",
    "text",
    "texts",
    "unit",
    "when",
)
SCALES = ("", "share")
LANGUAGE = "{language}"
#: An entry of a TOML file as it is read: its values by column. Computations read it into a class.
Entry = Mapping[str, Any]
#: The entries of a file by name.
Catalogue = Mapping[str, Entry]


@dataclass(frozen=True)
class Column:
    """One column: what its cells are, and how they are to be read and written.

    `of` is the catalogue that a label names (`industries`, `places`, `targets` …), `within` the
    column that holds what the label belongs to (the table of an industry's code). Where that
    depends on the row, `of_in` is the column that decides, and `of_each` gives for each of its
    values the catalogue or the closed list. `vocabulary`
    is a closed list of `vocabularies.toml`, `choices` what of it may stand here. A number has a
    fixed `unit` or the column that holds it (`unit_in`); `scale` is `share` where 0 to 1 is shown
    in percent; a `difference` of percentages is in points. `low` and `high` are the columns of
    its ends, `estimate` the column of their kind, or the kind itself after `=`; `end_of` is the
    number that an end belongs to. `table` is the table that the column stands in.

    A computed number has so many `digits` in all, or so many `decimals`; a number `like` others has
    no more decimals than they have, a number `beside` another has its scale. A `signed` number
    carries its plus. A typed number lies from `least` to `most`. `qualifier` is the column of the
    word before a number. `blank` is the word for an empty cell. A cell of `progress` may be
    overwritten; every other cell of the plan's targets and works is a promise, which is revised.

    A name with `{language}` in it (`task_{language}`) stands for a column a language of the
    catalogues: `each` is that name, `written` the language. One of them suffices where it is
    `required`, which is then `spoken` of each.

    Of a result's row, `field` is the field that holds the cell; of an estimate in it, `part` is
    the part that does. A field that is an `estimate` stands for the columns of its `parts`.
    """

    name: str
    type: str
    table: str = ""
    required: bool = False
    spoken: bool = False
    of: str = ""
    within: str = ""
    of_in: str = ""
    of_each: tuple[tuple[str, str], ...] = ()
    vocabulary: str = ""
    choices: tuple[str, ...] = ()
    default: str = ""
    unit: str = ""
    unit_in: str = ""
    scale: str = ""
    difference: bool = False
    low: str = ""
    high: str = ""
    estimate: str = ""
    end_of: str = ""
    digits: int = 0
    decimals: int | None = None
    like: tuple[str, ...] = ()
    beside: str = ""
    signed: bool = False
    qualifier: str = ""
    blank: str = ""
    progress: bool = False
    least: float | None = None
    most: float | None = None
    each: str = ""
    written: str = ""
    field: str = ""
    part: str = ""
    parts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a type, a scale or a kind of estimate that does not exist."""
        if self.type not in TYPES or self.scale not in SCALES:
            raise SonghuaError(
                SchemaColumn(table=self.table, name=self.name, text=f"{self.type} {self.scale}")
            )
        if self.estimate_kind and self.estimate_kind not in vocabularies()["estimate"]:
            raise SonghuaError(EstimateKind(kind=self.estimate_kind))

    def words(self, lang: str) -> str:
        """The content of the column in words of a language."""
        return messages.column(self.table, self.each or self.name, "says", lang, self.written)

    def hint(self, lang: str) -> str:
        """The same for who fills in a form, where names and words stand for ids and codes.

        >>> table("observations").column("unit").hint("en")
        'The unit as printed.'
        """
        return messages.column(self.table, self.each or self.name, "form", lang, self.written)

    def heading(self, lang: str) -> str:
        """The column's heading, in one language."""
        return messages.column(self.table, self.each or self.name, "heading", lang, self.written)

    def catalogue_of(self, cell: Callable[[str], Any]) -> str:
        """The catalogue or the closed list that the column's label names, by the row's cells.

        >>> column = Column("item", "label", of_in="sort", of_each=(("money", "sums"),))
        >>> column.catalogue_of({"sort": "money"}.get)
        'sums'
        """
        return dict(self.of_each).get(str(cell(self.of_in)), "") if self.of_in else self.of

    @property
    def estimate_kind(self) -> str:
        """The kind of the ends, where the schema fixes it."""
        return self.estimate.removeprefix("=") if self.estimate.startswith("=") else ""

    @property
    def estimate_in(self) -> str:
        """The column that holds the kind of the ends, where there is one."""
        return "" if self.estimate.startswith("=") else self.estimate


@dataclass(frozen=True)
class TableSchema:
    """One table: where it stands, its columns, and what makes a row of its own.

    In rows with one of the `promised` values of a column nothing is progress.

    A row was known since the day that the first filled one of the `known` columns tells, or since
    the row of the table `known_with` was. A `timeless` table has neither: one of `words` holds
    names and classifications but no figures, and one of `assumed` holds the assumptions of today.
    Where a timeless table has `known` columns, rows with a cell there have a day. The `fixed`
    columns of a recorded entry stay.

    The entries of a `free` one are named by texts of any kind, not by identifiers. A `bulk` one has
    rows by the ten thousand that other studies compute with; people see it where they ask for it.
    """

    id: str
    columns: tuple[Column, ...]
    where: str = ""
    table: str = ""
    one: bool = False
    free: bool = False
    key: tuple[str, ...] = ()
    identity: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    promised: Mapping[str, Sequence[str]] = field(default_factory=dict)
    known: tuple[str, ...] = ()
    known_with: str = ""
    timeless: str = ""
    path: str = ""
    bulk: bool = False

    @property
    def names(self) -> list[str]:
        """The columns' names, in order."""
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """One column by its name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def spoken(self) -> list[list[str]]:
        """The columns of which one must be filled, in whatever language.

        >>> table("plan_measures").spoken
        [['task_en', 'task_zh']]
        """
        groups: dict[str, list[str]] = {}
        for column in self.columns:
            if column.spoken:
                groups.setdefault(column.each, []).append(column.name)
        return list(groups.values())

    def progress_of(self, row: Entry) -> list[str]:
        """The columns of a row that tell progress, and are written anew.

        >>> table("plan_products").progress_of({})[:2]
        ['reached', 'state']
        >>> table("plan_programmes").progress_of({"measure": "money_promised"})
        []
        """
        if any(row.get(name) in values for name, values in self.promised.items()):
            return []
        return [column.name for column in self.columns if column.progress]

    def title(self, lang: str) -> str:
        """The table's title, in one language."""
        return messages.table_title(self.path, lang)


def _table(name: str, path: str, data: Entry) -> TableSchema:
    declared = (entry for column in data["column"] for entry in _by_language(column))
    columns = tuple(_column(path, column) for column in declared)
    settings = {key: value for key, value in data.items() if key != "column"}
    for key in ("key", "identity", "known", "fixed"):
        settings[key] = tuple(settings.get(key, ()))
    return TableSchema(id=name, columns=columns, path=path, **settings)


def _by_language(data: Entry) -> Iterator[Entry]:
    """A column, or the columns that it stands for: one for each language."""
    pattern = data["name"]
    if LANGUAGE not in pattern:
        yield data
        return
    for lang in messages.LANGUAGES:
        name, spoken = pattern.replace(LANGUAGE, lang), bool(data.get("required"))
        column = {"name": name, "required": False, "spoken": spoken}
        yield {**data, **column, "each": pattern, "written": lang}


def _column(path: str, data: Entry) -> Column:
    vocabulary = data.get("vocabulary", "")
    if data["type"] == "choice" and vocabulary not in vocabularies():
        raise SonghuaError(SchemaColumn(table=path, name=data["name"], text=vocabulary))
    choices = tuple(data.get("choices") or vocabularies().get(vocabulary, ()))
    like, of_each = tuple(data.get("like", ())), tuple(data.get("of_each", {}).items())
    read = {"choices": choices, "like": like, "of_each": of_each, "table": path}
    return Column(**{**data, **read})


@cache
def table(name: str) -> TableSchema:
    """The schema of a table of the folder, such as `observations`.

    >>> table("observations").names[:3]
    ['indicator', 'region', 'industry']
    """
    return _table(name, f"tables.{name}", installed.toml("schema", f"{name}.toml"))


@cache
def where(name: str) -> str:
    """Where a table of the folder stands; its columns are not read.

    >>> where("plan_products")
    'plan/products.csv'
    """
    return str(installed.toml("schema", f"{name}.toml")["where"])


@cache
def names() -> tuple[str, ...]:
    """The names of all tables of a folder, in alphabetical order."""
    return tuple(name for name in installed.names("schema", end=".toml") if name != "vocabularies")
