"""The collected phrases of plans, and what each must be read as.

Five tables hold them: the phrase, its language, the plan and year or the sort of plan that words
it so, what indicator it stands at, its class, the round of collection (1: before the first reader was
written; 2 to 4: after, to test it on what it had not seen; 5: all targets of 216 printed plans, before the
grammar; 6: cases drawn by one who did not write it;
7 and 8: targets of more plans, after it; 9: parts of a year's level, years in names, so many of so many
and demands of every year, written before they were read) and what was expected. Expected is `refused`, what begins
with `?` where no field holds the demand, so that it must be refused, or the fields in short: the quantity first, then the number (`5..6` is a range), `u:` the unit and `p:`
the peer with _ for blanks, `from:` the base, `by:`, `span:`, `start:`, `stretch:`, `c:` the course, `r:` the
relation, and the words for bound, sense, pace, hold, effort and nature. All other
fields must be blank. A count word (个, 家) is taken as the indicator's unit. `path`, where given, is
how the resolved target is measured. `name` is the name of what is measured, as a person would declare it,
with … where its parts stand apart, and `place` whose target it is; both were written by people who had
not seen the reader.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from songhua.grammar.names import Names
from songhua.plan import Target
from songhua.plan.targets import exact_number

FOLDER = Path(__file__).parent / "plan"
CORPORA = ("phrases", "printed_targets", "drawn_cases", "fresh_targets", "made_phrases")
NAMED = {"u": "unit", "from": "base", "by": "by", "span": "span", "start": "start",
         "stretch": "stretch", "c": "course", "r": "relation", "p": "peer"}  # fmt: skip
FLAGS = {
    "sense": ("rise", "fall"),
    "bound": ("at_least", "more_than", "at_most", "less_than", "about", "nearly", "range"),
    "pace": ("a_year", "each_year", "in_all"),
    "held": ("keep", "ceiling"),
    "effort": ("strive", "ensure"),
    "nature": ("binding", "anticipatory"),
    "prices": ("real", "nominal"),
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
    name: str = ""
    place: str = ""

    @property
    def refused(self) -> bool:
        """True where it must be refused."""
        return self.expected == "refused" or self.expected.startswith("?")

    @property
    def names(self) -> Names:
        """The names that are declared for it."""
        return Names((self.name,) if self.name else (), (self.place,) if self.place else ())

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
        return alike(found)


COUNTED = re.compile(r"\b(?:count|persons|places|visits|households|beds|doctors)(?= per|$)")


def alike(fields: dict[str, object]) -> dict[str, object]:
    """The fields with numbers by their value; what is counted is told by the name, not the unit."""
    numbers = {name: str(fields[name]) for name in ("low", "high", "start")}
    numbers["start"] = numbers["start"].partition(" ")[0]
    values = {name: exact_number(text) if text else "" for name, text in numbers.items()}
    return {**fields, **values, "unit": COUNTED.sub("", str(fields["unit"])).strip()}


def fields_of(target: Target) -> dict[str, object]:
    """The fields of a target in the same form."""
    return alike({name: getattr(target, name) for name in FIELDS})


def phrases(corpus: str = "phrases") -> Iterator[Phrase]:
    """All of a corpus."""
    with (FOLDER / f"{corpus}.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield Phrase(of=row.pop("class"), **row)
