"""Findings of a draft: guesses with their reasons, doubts, and the map that follows from them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from songhua.errors import Fault
from songhua.reading.drafts.fault_kinds import (
    DraftAhead,
    DraftDownwards,
    DraftPrices,
    DraftSection,
    DraftUnexplained,
)

#: Doubts that a map settles for each sheet of the same layout.
BY_LAYOUT: frozenset[str | type[Fault]] = frozenset(
    {DraftUnexplained, DraftSection, DraftAhead, DraftDownwards, DraftPrices}
)
#: The certainty of a guess: it stands in the sheet, it follows from the sheet's form, or neither.
CERTAIN, LIKELY = "certain", "likely"


def key_of(doubt: Fault) -> str:
    """A doubt's own key, by which it is known again in the next draft of the same sheet.

    >>> key_of(DraftSection("a.csv", column="A4", text="of which")) == key_of(
    ...     DraftSection("b.csv", column="A4", text="of which"))
    True
    """
    values = sorted((name, str(value)) for name, value in doubt.params.items() if name != "line")
    text = repr((doubt.code, doubt.column, values))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Guess:
    """One reading of a part of a sheet.

    `code` names the kind of reading (`draft_…` of the words), `params` its values, `why` the
    reason, and `sure` is `certain` (the sheet says so in words that the folder or the table of
    words has) or `likely` (it follows from how the sheet is made).
    """

    code: str
    sure: str = CERTAIN
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Findings:
    """Guesses, doubts and words left out, gathered while a sheet is looked at."""

    file: str
    sheet: str = ""
    guesses: list[Guess] = field(default_factory=list)
    doubts: list[Fault] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    settled: frozenset[str | type[Fault]] = frozenset()

    def guess(self, code: str, sure: str = CERTAIN, **params: Any) -> None:
        """Note something that was taken from the sheet; the same only once."""
        guess = Guess(code, sure, params)
        if guess not in self.guesses:
            self.guesses.append(guess)

    def doubt(self, fault: Fault) -> None:
        """Note at its cell what must not be taken without being asked; the same only once."""
        column = f"{self.sheet}!{fault.column}" if self.sheet and fault.column else fault.column
        fault = fault.at(self.file, None, column)
        if self.settled & {type(fault), key_of(fault)}:
            return
        if all(doubt.at() != fault.at() for doubt in self.doubts):
            self.doubts.append(fault)
