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
    """Rule of a headline: measures, industries and prices to choose from; and the nearest."""

    name: str
    industries: tuple[str, ...]
    measures: tuple[str, ...]
    bases: tuple[str, ...]
    nearest: tuple[str, ...]


@dataclass(frozen=True)
class Weight:
    """Rank of a sentence: the score is the product of the other three."""

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
        Headline(row["name"], *(tuple(row[name]) for name in lists)) for row in rules()["headline"]
    )


def years(end: date, day: date) -> float:
    """Years of 365.25 days from one day to another.

    >>> round(years(date(2020, 12, 31), date(2023, 12, 31)), 2)
    3.0
    """
    return (day - end).days / DAYS


def weighed(sentence: Sentence, day: date) -> Weight:
    """Rank of a worry: severity of its kind by its extent, nearness of its day, its certainty.

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
    ranked = sorted(((s, weighed(s, day)) for s in sentences), key=lambda pair: -pair[1].score)
    chosen: list[tuple[Sentence, Weight]] = []
    counts: Counter[str] = Counter()
    for sentence, weight in ranked:
        counts[sentence.kind] += 1
        if counts[sentence.kind] <= rules()["worries"]["most_of"].get(sentence.kind, 1):
            chosen.append((sentence, weight))
    return chosen


def most() -> int:
    """The number of worries on the first screen; the others are put away."""
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
    rule = rules()["steps"]
    scores = [(s, rule["weight"][s.kind] * (1 + min(s.extent, 1.0)) / 2) for s in sentences]
    scores.sort(key=lambda pair: -pair[1])
    first = list({s.kind: (s, score) for s, score in reversed(scores)}.values())
    first.sort(key=lambda pair: -pair[1])
    slots = [[pair for pair in first if pair[0].kind in slot] for slot in rule["slots"]]
    best = [slot[0] for slot in slots if slot]
    further = [pair for pair in first if pair not in best]
    return [*best, *further][: rule["most"]]
