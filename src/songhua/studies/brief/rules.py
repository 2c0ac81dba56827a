"""The rules of the brief, read from `rules.toml`: headlines, and what ranks worries and steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from songhua.shipped import installed
from songhua.studies.brief.sentence import Sentence

DAYS = 365.25


@dataclass(frozen=True)
class Headline:
    """What a headline figure measures, of which industries, at which prices; and the nearest."""

    name: str
    industries: tuple[str, ...]
    measures: tuple[str, ...]
    bases: tuple[str, ...]
    nearest: tuple[str, ...]


@dataclass(frozen=True)
class Weight:
    """What ranks a sentence: the score is the product of the other three."""

    severity: float
    nearness: float
    certainty: float

    @property
    def score(self) -> float:
        """Severity × nearness × certainty."""
        return self.severity * self.nearness * self.certainty


@cache
def rules() -> Mapping[str, Any]:
    """The rules as data."""
    return installed.toml("studies", "brief", "rules.toml")


@cache
def headlines() -> tuple[Headline, ...]:
    """The headlines in order.

    >>> [one.name for one in headlines()]
    ['product', 'industry', 'investment', 'innovation']
    """
    lists = ("industries", "measures", "bases", "nearest")
    return tuple(
        Headline(one["name"], *(tuple(one[name]) for name in lists)) for one in rules()["headline"]
    )


def years(end: date, day: date) -> float:
    """Years of 365.25 days from one day to another.

    >>> round(years(date(2020, 12, 31), date(2023, 12, 31)), 2)
    3.0
    """
    return (day - end).days / DAYS


def weighed(sentence: Sentence, day: date) -> Weight:
    """How a worry ranks: severity of its kind by its extent, nearness of its day, its certainty.

    severity = weight of the kind × nature × (1 + extent) / 2

    >>> from songhua.results import Finding
    >>> class Missed(Finding, part="worry", weight="target_missed"): ...
    >>> half = Sentence(Missed(), 0.5, "binding", date(2023, 12, 31), "official")
    >>> weighed(half, date(2024, 6, 30))
    Weight(severity=0.75, nearness=1.0, certainty=1.0)
    """
    worries = rules()["worries"]
    weight = sentence.kind
    nature = worries["nature"][sentence.nature] if weight.startswith("target_") else 1.0
    extent = min(max(sentence.extent, 0.0), 1.0)
    severity = worries["severity"][weight] * nature * (1 + extent) / 2
    certainty = worries["certainty"][sentence.grade] * (
        worries["open"]["weight"] if sentence.open else 1
    )
    return Weight(severity, _nearness(worries["nearness"], sentence.when, day), certainty)


def _nearness(steps: Sequence[Mapping[str, float]], when: date | None, day: date) -> float:
    """The weight of the first step that reaches as far as the day in question."""
    apart = 0.0 if when is None else abs(years(when, day))
    return next(step["weight"] for step in steps if apart <= step["years"])


def worries(sentences: Sequence[Sentence], day: date) -> list[tuple[Sentence, Weight]]:
    """The worries by rank: the heaviest first, at most so many of a kind."""
    ranked = sorted(
        ((one, weighed(one, day)) for one in sentences), key=lambda pair: -pair[1].score
    )
    told: list[tuple[Sentence, Weight]] = []
    counts: Counter[str] = Counter()
    for one, weight in ranked:
        counts[one.kind] += 1
        if counts[one.kind] <= rules()["worries"]["most_of"].get(one.kind, 1):
            told.append((one, weight))
    return told


def most() -> int:
    """How many worries stand on the first screen; the others are put away."""
    return rules()["worries"]["most"]


def steps(sentences: Sequence[Sentence]) -> list[tuple[Sentence, float]]:
    """The steps: the best of each slot, then the best of what is left, one of a kind.

    >>> from songhua.results import Finding
    >>> class Renew(Finding, part="step", weight="renew"): ...
    >>> class Driver(Finding, part="step", weight="driver"): ...
    >>> ranked = steps([Sentence(Renew()), Sentence(Driver(), 0)])
    >>> [(step.finding.code, score) for step, score in ranked]
    [('renew', 0.6), ('driver', 0.4)]
    """
    told = rules()["steps"]
    scores = [(one, told["weight"][one.kind] * (1 + min(one.extent, 1.0)) / 2) for one in sentences]
    scores.sort(key=lambda pair: -pair[1])
    first = list({one.kind: (one, score) for one, score in reversed(scores)}.values())
    first.sort(key=lambda pair: -pair[1])
    slots = [[pair for pair in first if pair[0].kind in slot] for slot in told["slots"]]
    best = [slot[0] for slot in slots if slot]
    left = [pair for pair in first if pair not in best]
    return [*best, *left][: told["most"]]
