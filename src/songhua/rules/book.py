"""A rulebook as read: facts, parameters, values, clauses, versions, and what it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from songhua.errors import Fault, SonghuaError
from songhua.rules import text
from songhua.rules.facts import Fact
from songhua.rules.parameters import Parameter, Value


@dataclass(frozen=True)
class Clause:
    """One clause: its reference in the law, its words, its rule; `judged` if a person judges."""

    id: str
    ref: str
    en: str
    zh: str
    rule: text.Node
    judged: bool = False

    def words(self, lang: str) -> str:
        """What the clause demands, in one language."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class Quantity:
    """A number that is worked out; `role` is blank, `shown` or `worth` (money that it brings)."""

    id: str
    en: str
    zh: str
    rule: text.Node
    unit: str = ""
    role: str = ""

    def words(self, lang: str) -> str:
        """What the number is, in one language."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class Linked:
    """How firms that are tied to this one count: which facts, and from which shares on."""

    facts: tuple[str, ...]
    partner: str
    linked: str


@dataclass(frozen=True)
class Span:
    """Days on which a version is in force; one that is incomplete is refused with its reason."""

    start: date
    end: date | None
    complete: bool = True
    law: str = ""
    en: str = ""
    zh: str = ""

    def covers(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Rulebook:
    """The law on one status. `decides` is the clause that is the verdict."""

    id: str
    en: str
    zh: str
    law: str
    decides: str
    score: str
    grades: tuple[str, ...]
    spans: tuple[Span, ...]
    facts: Mapping[str, Fact]
    parameters: Mapping[str, Parameter]
    values: Mapping[str, Quantity]
    clauses: Mapping[str, Clause]
    not_modelled: Mapping[str, Mapping[str, str]]
    linked: Linked | None
    money: Mapping[str, str]
    folder: Any = field(compare=False, repr=False, default=None)

    def words(self, lang: str) -> str:
        """The name of the status in one language."""
        return self.zh if lang == "zh" else self.en

    @cached_property
    def trees(self) -> dict[str, text.Node]:
        """The rules of values and clauses by name."""
        found: dict[str, text.Node] = {id: value.rule for id, value in self.values.items()}
        return found | {id: clause.rule for id, clause in self.clauses.items()}

    @cached_property
    def most(self) -> dict[str, str]:
        """By score the parameter that holds its highest mark."""
        return {fact.id: fact.most for fact in self.facts.values() if fact.most}

    def span(self, day: date) -> Span | None:
        """The version of a day, complete or not; None where none is recorded."""
        return next((span for span in self.spans if span.covers(day)), None)

    def on(self, day: date) -> dict[str, Value]:
        """What every parameter is on a day.

        Raises:
            SonghuaError: `parameter_not_yet`, for each without a value on that day.
        """
        dated = {id: parameter.on(day) for id, parameter in self.parameters.items()}
        gone = [id for id, value in dated.items() if value is None]
        if gone:
            params, file = {"day": str(day)}, self.id
            raise SonghuaError(
                *(Fault("parameter_not_yet", file=file, column=id, params=params) for id in gone)
            )
        return {id: value.value for id, value in dated.items() if value is not None}

    def asks(self, id: str) -> tuple[str, ...]:
        """The facts that a clause or value rests on, in the order in which they are met."""
        found: dict[str, None] = {}
        self._asks(id, found, set())
        return tuple(found)

    def _asks(self, id: str, found: dict[str, None], seen: set[str]) -> None:
        if id in seen:
            return
        seen.add(id)
        if id in self.facts:
            found[id] = None
        elif id in self.trees:
            for name in text.names(self.trees[id]):
                self._asks(name, found, seen)
