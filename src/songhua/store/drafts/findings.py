"""What a draft found: guesses with their reasons, doubts, and the map that follows from them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from songhua.errors import Fault, coded_fault
from songhua.messages import Words

#: Doubts that a map settles for each sheet of the same layout.
BY_LAYOUT = frozenset(
    {"draft_unexplained", "draft_section", "draft_ahead", "draft_downwards", "draft_prices"}
)
#: How sure a guess is: it stands in the sheet, it follows from the sheet's form, or neither.
CERTAIN, LIKELY = "certain", "likely"


def key_of(doubt: Fault) -> str:
    """A doubt's own key, by which it is known again in the next draft of the same sheet.

    >>> key_of(coded_fault("draft_blank", "a.csv", None, "A4")) == key_of(
    ...     coded_fault("draft_blank", "b.csv", None, "A4"))
    True
    """
    told = sorted((name, str(value)) for name, value in doubt.params.items() if name != "line")
    text = repr((doubt.code, doubt.column, told))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Guess:
    """One thing that was taken from a sheet.

    `code` says what was taken for what (`draft_…` of the words), `params` its values, `why` the
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
    settled: frozenset[str] = frozenset()

    def guess(self, code: str, sure: str = CERTAIN, **params: Any) -> None:
        """Note something that was taken from the sheet; the same only once."""
        made = Guess(code, sure, params)
        if made not in self.guesses:
            self.guesses.append(made)

    def doubt(self, code: str, place: str = "", line: Words | str = "", **params: Any) -> None:
        """Note what must not be taken without being asked; `line` is what settles it in a map."""
        column = f"{self.sheet}!{place}" if self.sheet and place else place
        made = coded_fault(code, self.file, None, column, {**params, "line": line})
        if self.settled & {code, key_of(made)}:
            return
        if all((one.code, one.params) != (made.code, made.params) for one in self.doubts):
            self.doubts.append(made)
