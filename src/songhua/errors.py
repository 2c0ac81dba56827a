"""What can go wrong, as data: a code, a place, and the words' parameters (§9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from songhua import messages


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: `code` names it, the place says where, `params` fill its words.

    `row` is the row as a spreadsheet numbers it: the heading is row 1.

    >>> print(Fault("file_missing", file="region.toml").words("en"))
    region.toml: the file is missing. Add it; `songhua new DIR` writes a commented skeleton.
    """

    code: str
    file: str = ""
    row: int | None = None
    column: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    def place(self, lang: str = "en") -> str:
        """The place in words: file, row and column, as far as they are known."""
        parts = [messages.visible(self.file, "")] if self.file else []
        if self.row is not None:
            parts.append(messages.word("row_n", lang, n=self.row))
        if self.column:
            parts.append(messages.visible(self.column, ""))
        return messages.language(lang).comma.join(parts)

    def words(self, lang: str = "en", browser: bool = False) -> str:
        """Place, what is wrong and what to do (in a `browser`, what to do there), in one line."""
        what, remedy = messages.fault(self.code, lang, self.params, browser)
        place, tongue = self.place(lang), messages.language(lang)
        return (place + tongue.colon if place else "") + tongue.sentences((what, remedy))

    def as_dict(self, lang: str = "en", browser: bool = False) -> dict[str, object]:
        """The fault as plain data, with its words in one language; lists stay lists."""
        lists = {
            key: [messages.said(one, lang) for one in held]
            for key, held in self.params.items()
            if isinstance(held, (tuple, list))
        }
        what, remedy = messages.fault(self.code, lang, self.params, browser)
        return {
            "code": self.code,
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "params": messages.spoken(self.params, lang) | lists,
            "what": what,
            "remedy": remedy,
        }


#: The faults of what ended before its answer, by no fault of what it was given.
BROKEN = ("study_failed", "study_stopped", "unexpected")


def is_broken(faults: Iterable[Fault]) -> bool:
    """Something ended by an error of songhua, or by its limit.

    >>> is_broken([Fault("study_failed")]), is_broken([Fault("file_missing")])
    (True, False)
    """
    return any(fault.code in BROKEN for fault in faults)


class SonghuaError(ValueError):
    """Raised with all faults found, never only the first.

    >>> raise SonghuaError(Fault("file_missing", file="region.toml"))
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: region.toml: the file is missing. Add it; `songhua new DIR` writes a commented skeleton.
    """  # noqa: E501

    def __init__(self, *faults: Fault) -> None:
        """Hold the faults, in order."""
        super().__init__(*faults)
        self.faults = faults

    def __str__(self) -> str:
        """All faults, a line each, in English."""
        return "\n".join(fault.words("en") for fault in self.faults)


def where_raised(error: BaseException) -> str:
    """The file and line of songhua where an error was raised, by which it can be reported.

    >>> where_raised(ValueError())
    ''
    """
    home = __name__.partition(".")[0]
    at, found = error.__traceback__, ""
    while at is not None:
        frame = at.tb_frame
        name = str(frame.f_globals.get("__name__", ""))
        if name.partition(".")[0] == home:
            found = f"{name}:{at.tb_lineno}"
        at = at.tb_next
    return found


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
        params = {"extra": name, "package": package}
        raise SonghuaError(Fault("extra_missing", params=params)) from None
