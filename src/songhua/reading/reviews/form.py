"""The form: where everything stands on a review sheet. The writer and the reader share it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from songhua import messages
from songhua.wording.periods import period

VERSION = "1"
MARK = "songhua-review"
REPORTER_ROW, PERIOD_ROW, DEPARTMENT_ROW = 2, 3, 4
ANSWER_COLUMN = 2
HEADING = 6
FIRST = 7
FIXED = ("sort", "name", "asked", "definition", "last", "unit")
FILLED = ("value", "qualifier", "kind", "state", "done_on", "evidence", "note")
COLUMNS = (*FIXED, *FILLED)
LISTS = {
    "qualifier": ("about", "more_than", "at_least", "nearly", "at_most", "less_than"),
    "kind": ("actual", "preliminary", "estimate"),
    "state": ("planned", "under_way", "done", "stopped", "unknown"),
}
CATALOGUE = {"qualifier": "qualifier", "kind": "kind", "state": "review_state"}
OPEN_COLUMNS = {
    "figure": ("value", "qualifier", "kind", "evidence", "note"),
    "task": ("state", "done_on", "evidence", "note"),
    "milestone": ("state", "done_on", "evidence", "note"),
}
# The hidden sheet: named facts, then a line an item (its columns of `reviews/*.csv`, then FIXED).
FACTS = ("version", "region", "review", "department", "lang", "digest")
HIDDEN_FIRST = len(FACTS) + 1


def above(lang: str, region: str = "") -> dict[tuple[int, int], str]:
    """The words above the headings, by row and column: a title, how to fill in, and labels.

    >>> above("en")[REPORTER_ROW, 0]
    'Reporter'
    """
    labels = {REPORTER_ROW: "reporter", PERIOD_ROW: "period", DEPARTMENT_ROW: "department"}
    return {
        (0, 0): messages.word("review_title", lang, region=region),
        (1, 0): messages.word("review_how", lang),
        **{(row, 0): messages.word(f"review_{name}", lang) for row, name in labels.items()},
    }


def shown(fact: str, text: str, lang: str) -> str:
    """A fact of the hidden sheet as the visible one shows it.

    >>> shown("review", "2023-H1", "zh"), shown("department", "Works", "en")
    ('2023年上半年', 'Works')
    """
    return period(text, lang) if fact == "review" else text


def tab(lang: str) -> str:
    """The name of the visible sheet."""
    return messages.word("review_tab", lang)


def headings(lang: str) -> list[str]:
    """The words of the columns."""
    return [messages.word(f"review_head_{name}", lang) for name in COLUMNS]


def choices(column: str, lang: str) -> dict[str, str]:
    """The words of a closed list, each with its value.

    >>> choices("kind", "zh")["实际"]
    'actual'
    """
    return {messages.choice(CATALOGUE[column], v, lang): v for v in LISTS[column]}


def digest(lines: Sequence[Sequence[str]]) -> str:
    """Digest by which the hidden sheet is known to be as it was issued."""
    text = "\x1e".join("\x1f".join(cell.strip() for cell in line) for line in lines)
    return hashlib.sha256(text.encode()).hexdigest()
