"""Questions about a table, each one choice, and the answers that a folder remembers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from songhua.errors import Fault
from songhua.grammar.periods import spoken_period
from songhua.reading.crosstabs import fault_kinds
from songhua.reading.sheets.units import spoken_unit
from songhua.reading.sheets.words import key, split_marks
from songhua.region.catalogues import Catalogues

#: Answers that are no entry.
NEW, LEAVE, KEEP, ORDER, PART = "new", "leave", "keep", "order", "part"
#: The unit of each name is asked apart; a remark tells of a break of the series.
EACH, BREAK = "each", "break"
#: A blank label is that of the row above, or is really blank.
FILL, BLANKS = "fill", "blank"
#: That names taken for indicators are places, or industries.
REGIONS, INDUSTRIES = "regions", "industries"
#: The most readings that are offered; of others the name is typed.
MOST = 5
_LONGEST = 120


#: The answers to questions of each kind that have no others.
_CLOSED: Mapping[str, frozenset[str]] = {
    "blank": frozenset({FILL, BLANKS}),
    "decimal": frozenset({"comma", "thousands"}),
    "entries": frozenset({NEW, REGIONS, INDUSTRIES, LEAVE}),
    "nought": frozenset({"nought", LEAVE}),
    "number": frozenset({LEAVE}),
    "part": frozenset({"as", LEAVE}),
    "percent": frozenset({"percent", "share"}),
    "previous": frozenset({"revision", "vintage", LEAVE}),
    "remarks": frozenset({KEEP, BREAK, LEAVE}),
    "repeated": frozenset({"first", "last", LEAVE}),
    "sections": frozenset({ORDER, PART}),
    "sheets": frozenset({"all", "clear"}),
    "time": frozenset({"month", "cumulative"}),
    "unit_words": frozenset({KEEP, LEAVE}),
}


def is_answer(name: str, value: str, folder: Catalogues) -> bool:
    """True for a value that answers the question of a key.

    >>> from songhua.region import Region
    >>> town = Region.of("rivertown")
    >>> is_answer("entries", "new", town), is_answer("entries", "xyz", town)
    (True, False)
    >>> is_answer("unit jobs", "10k persons", town), is_answer("unit", "fathoms", town)
    (True, False)
    """
    kind = name.partition(" ")[0]
    if kind in _CLOSED:
        return value in _CLOSED[kind]
    if kind in ("unit", "units"):
        return value in (EACH, LEAVE) or spoken_unit(value) == value
    if kind == "source":
        return value in folder.sources
    if kind == "rate":
        return value == LEAVE or value in folder.indicators
    if kind == "period":
        return spoken_period(value) == value
    if kind == "year_begins":
        return value.isdigit() and 1 <= int(value) <= 12
    return bool(value.strip())


@dataclass(frozen=True)
class Question:
    """A question: its kind, its subject, the cell where it arises, and its possible answers.

    `options` are values: ids of entries, units, roles, or words of the list of answers. `typed` is
    what may be typed beside them: a `name`, a `unit`, a `period` or a `month`.
    """

    kind: str
    subject: str = ""
    place: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    options: Sequence[str] = ()
    typed: str = ""

    @property
    def key(self) -> str:
        """The key under which its answer is remembered.

        >>> Question("unit", "Jobs").key, Question("place").key
        ('unit jobs', 'place')
        """
        return answer_key(self.kind, self.subject)

    def fault(self, file: str = "") -> Fault:
        """The question as a fault, for where nobody answers."""
        name = "Ask" + "".join(part.capitalize() for part in self.kind.split("_"))
        kind: type[Fault] = getattr(fault_kinds, name)
        return kind(file, **self.params).at(file, None, self.place)

    def accept(self, text: str) -> str | None:
        """The value of an answer as it was typed; None where it is none of those there are.

        >>> Question("unit", typed="unit").accept("亿元"), Question("time", options=("month",)).accept("x")
        ('100m CNY', None)
        """  # noqa: E501
        text = " ".join(text.split())[:_LONGEST]
        if text in self.options:
            return text
        if self.typed == "name" and text.casefold() in ("", LEAVE):
            return None
        match self.typed:
            case "name":
                return text or None
            case "unit":
                return spoken_unit(text)
            case "period":
                return spoken_period(text)
            case "month":
                return text if text.isdigit() and 1 <= int(text) <= 12 else None
            case _:
                return None


def answer_key(kind: str, subject: str = "") -> str:
    """The key of an answer: the kind of question and its subject as words are compared."""
    return f"{kind} {key(split_marks(subject)[0])}".strip() if subject else kind


@dataclass(frozen=True)
class Answers:
    """Answers by the key of their question."""

    by_key: Mapping[str, str] = field(default_factory=dict)

    def get(self, kind: str, subject: str = "") -> str:
        """The answer to a question; blank where none was given."""
        return self.by_key.get(answer_key(kind, subject), "") if self.by_key else ""

    def roles(self) -> dict[str, str]:
        """The roles of columns and rows of the heading that were answered."""
        prefix = "role "
        roles = {k.removeprefix(prefix): v for k, v in self.by_key.items() if k.startswith(prefix)}
        return roles | {"year_begins": self.get("year_begins")}
