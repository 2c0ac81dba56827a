"""The collected phrases of plans, and what each must be read as.

`phrases.csv` holds them: the phrase, its language, the plan and year or the sort of plan that words
it so, its indicator, its class, the round of collection (1: before the reader was written; 2, 3 and
4: after, to test it on unseen phrases) and the expected reading. Expected is `refused`,
or the fields in short: the quantity first, then the number (`5..6` is a range), `u:` the unit and `p:`
the peer with _ for blanks, `from:` the base, `by:`, `span:`, `start:`, `stretch:`, `c:` the course, `r:` the
relation, and the words for bound, sense, pace, hold, effort and nature. All other
fields must be blank. A count word (个, 家) is taken as the indicator's unit. `path`, where given, is
how the resolved target is measured.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from songhua.plan import Target

FILE = Path(__file__).parent / "plan" / "phrases.csv"
NAMED = {"u": "unit", "from": "base", "by": "by", "span": "span", "start": "start",
         "stretch": "stretch", "c": "course", "r": "relation", "p": "peer"}  # fmt: skip
FLAGS = {
    "sense": ("rise", "fall"),
    "bound": ("at_least", "more_than", "at_most", "less_than", "about", "nearly", "range"),
    "pace": ("a_year", "in_all"),
    "held": ("keep", "ceiling"),
    "effort": ("strive", "ensure"),
    "nature": ("binding", "anticipatory"),
}
FLAG = {word: name for name, words in FLAGS.items() for word in words}
FIELDS = ("quantity", "low", "high", "soft", *NAMED.values(), *FLAGS)


@dataclass(frozen=True)
class Phrase:
    """A phrase with what it must be read as."""

    phrase: str
    language: str
    source: str
    indicator: str
    of: str
    round: str
    expected: str
    path: str

    @property
    def refused(self) -> bool:
        """Whether it must be refused."""
        return self.expected == "refused"

    @property
    def fields(self) -> dict[str, object]:
        """The fields that it must have."""
        quantity, *rest = self.expected.split()
        found: dict[str, object] = dict.fromkeys(FIELDS, "") | {"quantity": quantity, "soft": False}
        for word in rest:
            key, _, value = word.partition(":")
            if value:
                found[NAMED[key]] = value.replace("_", " ") if key in ("u", "p") else value
            elif word == "soft":
                found["soft"] = True
            elif word in FLAG:
                found[FLAG[word]] = word
            else:
                found["low"], _, found["high"] = word.partition("..")
        return found | {"unit": str(found["unit"]).removesuffix("count") or ""}


def fields_of(target: Target) -> dict[str, object]:
    """The fields of a target in the same form."""
    found = {name: getattr(target, name) for name in FIELDS}
    return found | {"unit": target.unit.removesuffix("count")}


def phrases() -> Iterator[Phrase]:
    """All of them."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield Phrase(of=row.pop("class"), **row)
