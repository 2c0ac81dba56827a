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
    industries: Sequence[str]
    measures: Sequence[str]
    bases: Sequence[str]
    nearest: Sequence[str]


@dataclass(frozen=True)
class Rules:
    """The choices of `rules.toml`, each told there."""

    beside_years: float
    part: float
    part_years: float
    prices: float
    changed_days: int
    stale_years: float
    shift_measures: Sequence[str]
    shift: float
    most_worries: int
    open: float
    nearness: Sequence[tuple[float, float]]
    most_steps: int
    slots: Sequence[Sequence[str]]
    headline: Sequence[Mapping[str, Any]]
    severity: Mapping[str, float]
    most_of: Mapping[str, int]
    nature: Mapping[str, float]
    certainty: Mapping[str, float]
    step_weight: Mapping[str, float]


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
def rules() -> Rules:
    """The rules, read once."""
    return Rules(**installed.toml("studies", "brief", "rules.toml"))


@cache
def headlines() -> tuple[Headline, ...]:
    """The headlines in order.

    >>> [one.name for one in headlines()]
    ['product', 'industry', 'investment', 'innovation']
    """
    return tuple(Headline(**row) for row in rules().headline)


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
    weight, rule = sentence.kind, rules()
    nature = rule.nature[sentence.nature] if weight.startswith("target_") else 1.0
    extent = min(max(sentence.extent, 0.0), 1.0)
    severity = rule.severity[weight] * nature * (1 + extent) / 2
    certainty = rule.certainty[sentence.grade] * (rule.open if sentence.open else 1)
    return Weight(severity, _nearness(sentence.when, day), certainty)


def _nearness(when: date | None, day: date) -> float:
    """The weight of the first step that reaches as far as the day in question."""
    apart = 0.0 if when is None else abs(years(when, day))
    return next(weight for most, weight in rules().nearness if apart <= most)


def worries(sentences: Sequence[Sentence], day: date) -> list[tuple[Sentence, Weight]]:
    """The worries by rank: the heaviest first, at most so many of a kind."""
    ranked = sorted(((s, weighed(s, day)) for s in sentences), key=lambda pair: -pair[1].score)
    chosen: list[tuple[Sentence, Weight]] = []
    counts: Counter[str] = Counter()
    for sentence, weight in ranked:
        counts[sentence.kind] += 1
        if counts[sentence.kind] <= rules().most_of.get(sentence.kind, 1):
            chosen.append((sentence, weight))
    return chosen


def most() -> int:
    """The number of worries on the first screen; the others are put away."""
    return rules().most_worries


def steps(sentences: Sequence[Sentence]) -> list[tuple[Sentence, float]]:
    """The steps: the best of each slot, then the best of what is left, one of a kind.

    >>> from songhua.results import Finding
    >>> class Renew(Finding, part="step", weight="renew"): ...
    >>> class Driver(Finding, part="step", weight="driver"): ...
    >>> ranked = steps([Sentence(Renew()), Sentence(Driver(), 0)])
    >>> [(step.finding.code, score) for step, score in ranked]
    [('renew', 0.6), ('driver', 0.4)]
    """
    rule = rules()
    scores = [(s, rule.step_weight[s.kind] * (1 + min(s.extent, 1.0)) / 2) for s in sentences]
    scores.sort(key=lambda pair: -pair[1])
    first = list({s.kind: (s, score) for s, score in reversed(scores)}.values())
    first.sort(key=lambda pair: -pair[1])
    slots = [[pair for pair in first if pair[0].kind in slot] for slot in rule.slots]
    best = [slot[0] for slot in slots if slot]
    further = [pair for pair in first if pair not in best]
    return [*best, *further][: rule.most_steps]
