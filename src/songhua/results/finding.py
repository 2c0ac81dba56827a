"""Findings: each kind is a class, with typed fields that fill its sentence.

The kinds of a study stand in its module `finding_kinds`. The code of a kind is the name of its
class in small letters (`TargetsBehind` is `targets_behind`), under which the catalogues of words
hold its sentence.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import import_module
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Literal,
    TypeVar,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from songhua import messages
from songhua.errors import SonghuaError, snake
from songhua.messages import Words
from songhua.results import declared
from songhua.results.fault_kinds import FindingUnknown
from songhua.results.plain import Json, plain_value
from songhua.results.rows import reader
from songhua.schema import Column

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

#: Where a finding stands among the notes of a report.
Group = Literal["facts", "conflicts", "gaps", "verdicts"]
#: Where a sentence stands in the brief.
Part = Literal["", "state", "changed", "due", "drives", "projects", "worry", "step", "sure", "add"]
#: The basis of a finding, where that is neither figures it names nor rows of a table.
METHOD, ABSENCE, FOLDER = "method", "absence", "folder"
FIGURES = "figures"
T = TypeVar("T", bound="Finding")


@dataclass_transform(frozen_default=True, kw_only_default=True)
@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something a reader must know, and the observations that it rests on.

    A kind is a subclass with the fields of its sentence. Its class says where it is told:
    `section` is the part of the report, blank where a table or a chart there says the same, None
    among the notes, in their `group`; `part` is that of the brief, with the key of the `weight`
    that ranks it there. It `rests` on the figures that it names (`figures`), on rows of a table
    of its study (by the table's name), on a choice of `method`, on the `absence` of what would be
    needed, or on the `folder` as a whole.

    >>> from datetime import date
    >>> class TownsCounted(Finding, section="sizes", rests="peers"):
    ...     n: int
    ...     day: date
    >>> counted = TownsCounted(n=3, day=date(2021, 3, 1))
    >>> counted.code, counted.params, counted.section
    ('towns_counted', {'n': 3, 'day': '2021-03-01'}, 'sizes')
    """

    code: ClassVar[str]
    section: ClassVar[str | None]
    group: ClassVar[Group]
    brief_part: ClassVar[Part]
    brief_weight: ClassVar[str]
    rests: ClassVar[str]
    observations: tuple[str, ...] = ()

    def __init_subclass__(
        cls,
        *,
        section: str | None = None,
        group: Group = "facts",
        part: Part = "",
        weight: str = "",
        rests: str = FIGURES,
    ) -> None:
        """Make the kind a dataclass, and note what its class says."""
        dataclass(frozen=True, kw_only=True)(cls)
        cls.code = snake(cls.__name__)
        cls.section, cls.group, cls.rests = section, group, rests
        cls.brief_part, cls.brief_weight = part, weight

    @classmethod
    def from_row(cls: type[T], row: DataclassInstance, **more: Any) -> T:
        """A finding of a row: the row's fields of the same names, its observations, and `more`."""
        row_fields = {field.name for field in fields(row)} - more.keys()
        kind_fields = {field.name for field in fields(cls)}
        return cls(**{name: getattr(row, name) for name in row_fields & kind_fields}, **more)

    @property
    def params(self) -> dict[str, Json]:
        """The fields of the sentence as plain data, without those that are left out."""
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {
            name: plain_value(value)
            for name, value in values
            if name != "observations" and value is not None
        }

    def words(self, lang: str = "en") -> str:
        """The finding as a sentence, with its labels as they are."""
        values = ((name, value, getattr(self, name)) for name, value in self.params.items())
        texts = {field.name: None for field in fields(self)} | {
            name: typed if isinstance(typed, Words) else value for name, value, typed in values
        }
        return messages.finding(self.code, lang, texts)


@cache
def columns(kind: type[Finding]) -> Mapping[str, Column]:
    """The fields of a kind's sentence, as the columns that their types declare.

    >>> class TownGrown(Finding):
    ...     years: int
    ...     rate: float
    >>> [(name, column.type) for name, column in columns(TownGrown).items()]
    [('years', 'integer'), ('rate', 'number')]
    """
    hints = get_type_hints(kind, include_extras=True)
    names = (field.name for field in fields(kind) if field.name != "observations")
    return {name: declared.column_of(hints[name]) for name in names}


def kinds() -> dict[str, type[Finding]]:
    """All kinds of findings by code, those of every study included.

    >>> kinds()["study_skipped"].__name__
    'StudySkipped'
    """
    for study in declared.studies_with("finding_kinds"):
        import_module(f"songhua.studies.{study}.finding_kinds")
    import_module("songhua.results.unanswered")
    return _below(Finding)


def _below(kind: type[Finding]) -> dict[str, type[Finding]]:
    by_code: dict[str, type[Finding]] = {}
    for subclass in kind.__subclasses__():
        by_code |= _below(subclass)
        if getattr(sys.modules[subclass.__module__], subclass.__name__, None) is subclass:
            by_code |= {} if subclass.__name__.startswith("_") else {subclass.code: subclass}
    return by_code


def read_finding(
    code: str, params: Mapping[str, Any], observations: tuple[str, ...] = ()
) -> Finding:
    """The finding of a code, with `params` and observations as plain data.

    Raises:
        SonghuaError: `finding_unknown`, for a code of no kind.

    >>> read_finding("study_skipped", {"study": "track", "lacks": "plan.toml"}, ())
    StudySkipped(observations=(), study='track', lacks='plan.toml')
    """
    kind = _kind(code)
    if kind is None:
        raise SonghuaError(FindingUnknown(text=code[:80]))
    hints = get_type_hints(kind)
    values = {name: _read(hints[name], value) for name, value in params.items()}
    return kind(**values, observations=observations)


@cache
def _kind(code: str) -> type[Finding] | None:
    return kinds().get(code)


def _read(hint: Any, value: Any) -> Any:
    """A plain value as its field's type has it."""
    if isinstance(hint, UnionType):
        hint = next(arg for arg in get_args(hint) if arg is not NoneType)
        value = None if value == "" and hint is not str else value
    if value is None:
        return math.nan if hint is float else None
    if hint is float and value in ("inf", "-inf"):
        return float(value)
    if get_origin(hint) is tuple:
        of = get_args(hint)[0]
        return tuple(_read(of, part) for part in value)
    if hint is Words:
        return Words.of(value)
    return reader(hint)(value)
