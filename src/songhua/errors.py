"""Faults as data: a code, a place, and the words' parameters (§9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from importlib import import_module
from typing import Any, ClassVar, Literal, Self, dataclass_transform

from songhua import messages

#: The natures of faults: wrong data in a folder or in a computation; a wrong request; an unknown
#: name; missing data; a conflict with another user or process; a limit of size or time; a refusal
#: by the machine; an error of songhua itself.
Nature = Literal["data", "request", "unknown", "missing", "conflict", "limit", "machine", "broken"]
PLACE = ("file", "row", "column")


@dataclass_transform(frozen_default=True, kw_only_default=True)
@dataclass(frozen=True)
class Fault:
    """Something that is wrong, at its place: `file`, `row` and `column`, as far as they are known.

    A kind is a subclass with the fields of its words, declared in a module `fault_kinds`. Its code
    is the name of its class in small letters, under which the catalogues of words hold what is
    wrong and the remedy. `row` is the row as a spreadsheet numbers it: the heading is row 1.

    >>> class TownMissing(Fault, nature="missing"):
    ...     name: str
    >>> fault = TownMissing("places.toml", name="Rivertown")
    >>> fault.code, fault.nature, fault.place(), fault.params
    ('town_missing', 'missing', 'places.toml', {'name': 'Rivertown'})
    """

    file: str = ""
    row: int | None = None
    column: str = ""
    code: ClassVar[str] = ""
    nature: ClassVar[Nature] = "data"

    def __init_subclass__(cls, *, nature: Nature = "data") -> None:
        """Make the kind a dataclass, and note its nature."""
        dataclass(frozen=True, kw_only=True)(cls)
        cls.code, cls.nature = snake(cls.__name__), nature

    def at(self, file: str = "", row: int | None = None, column: str = "") -> Self:
        """The same fault at another place."""
        return replace(self, file=file, row=row, column=column)

    @property
    def params(self) -> dict[str, Any]:
        """The fields of its words, without those that are left out."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: value for name, value in values.items() if name not in PLACE and value is not None
        }

    def place(self, lang: str = "en") -> str:
        """The place in words: file, row and column, as far as they are known."""
        parts = [messages.visible(self.file, "")] if self.file else []
        if self.row is not None:
            parts.append(messages.word("row_n", lang, n=self.row))
        if self.column:
            parts.append(messages.visible(self.column, ""))
        return messages.language(lang).comma.join(parts)

    def words(self, lang: str = "en", browser: bool = False) -> str:
        """Place, fault and remedy (in a `browser` the remedy there), in one line."""
        problem, remedy = messages.fault(self.code, lang, self.params, browser)
        place, tongue = self.place(lang), messages.language(lang)
        return (place + tongue.colon if place else "") + tongue.sentences((problem, remedy))

    def as_dict(self, lang: str = "en", browser: bool = False) -> dict[str, object]:
        """The fault as plain data, with its words in one language; lists stay lists."""
        lists = {
            key: [messages.in_language(item, lang) for item in value]
            for key, value in self.params.items()
            if isinstance(value, (tuple, list))
        }
        problem, remedy = messages.fault(self.code, lang, self.params, browser)
        return {
            "code": self.code,
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "params": messages.spoken(self.params, lang) | lists,
            "what": problem,
            "remedy": remedy,
        }


def snake(name: str) -> str:
    """The name of a class in small letters.

    >>> snake("TargetPath")
    'target_path'
    """
    parts = (f"_{char.lower()}" if char.isupper() else char for char in name)
    return "".join(parts).removeprefix("_")


def is_broken(faults: Iterable[Fault]) -> bool:
    """True where a fault is an error of songhua, or its limit.

    >>> class TownLost(Fault, nature="broken"): ...
    >>> is_broken([TownLost()]), is_broken([Fault("places.toml")])
    (True, False)
    """
    return any(fault.nature == "broken" for fault in faults)


class SonghuaError(ValueError):
    """Raised with all faults, never only the first.

    >>> raise SonghuaError(ExtraMissing(extra="web", package="fastapi"))
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: the package fastapi is not installed. Install the extra: pip install 'songhua[web]'.
    """  # noqa: E501

    def __init__(self, *faults: Fault) -> None:
        """Hold the faults, in order."""
        super().__init__(*faults)
        self.faults = faults

    def __str__(self) -> str:
        """All faults, a line each, in English."""
        return "\n".join(fault.words("en") for fault in self.faults)


class ExtraMissing(Fault, nature="missing"):
    """A package that comes with an extra of songhua is not installed."""

    extra: str
    package: str


def where_raised(error: BaseException) -> str:
    """The file and line of songhua where an error was raised, by which it can be reported.

    >>> where_raised(ValueError())
    ''
    """
    home = __name__.partition(".")[0]
    at, place = error.__traceback__, ""
    while at is not None:
        frame = at.tb_frame
        name = str(frame.f_globals.get("__name__", ""))
        if name.partition(".")[0] == home:
            place = f"{name}:{at.tb_lineno}"
        at = at.tb_next
    return place


def extra(name: str, package: str, module: str = "") -> Any:
    """A module that comes with an extra of songhua, not with songhua itself.

    Raises:
        SonghuaError: `extra_missing`, with the command that installs it.

    >>> extra("none", "no-such-package")
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: the package no-such-package is not installed. Install the extra: pip install 'songhua[none]'.
    """  # noqa: E501
    try:
        return import_module(module or package)
    except ImportError:
        raise SonghuaError(ExtraMissing(extra=name, package=package)) from None
