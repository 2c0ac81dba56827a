"""Questions about a table, each one choice, and the answers that a folder remembers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from songhua.reading.sheets.words import key, split_marks

#: Answers that are no entry.
NEW, LEAVE, KEEP, STOP = "new", "leave", "keep", "stop"
#: The most readings that are offered; of others the name is typed.
MOST = 5


@dataclass(frozen=True)
class Question:
    """A question: its kind, its subject, the cell where it arises, and its possible answers.

    `typed` is what may be typed beside the options: a `name`, a `unit` or a `period`.
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


def answer_key(kind: str, subject: str = "") -> str:
    """The key of an answer: the kind of question and its subject as words are compared."""
    return f"{kind} {key(split_marks(subject)[0])}".strip()


@dataclass(frozen=True)
class Answers:
    """Answers by the key of their question."""

    by_key: Mapping[str, str] = field(default_factory=dict)

    def get(self, kind: str, subject: str = "") -> str:
        """The answer to a question; blank where none was given."""
        if not self.by_key:
            return ""
        return self.by_key.get(answer_key(kind, subject), "")

    def roles(self) -> dict[str, str]:
        """The roles of columns and rows of the heading that were answered."""
        prefix = "role "
        roles = {k.removeprefix(prefix): v for k, v in self.by_key.items() if k.startswith(prefix)}
        return roles | {"year_begins": self.get("year_begins")}
