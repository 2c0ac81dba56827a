"""A rulebook as a value: the law on one status by facts, parameters, values and clauses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256

from songhua.errors import SonghuaError
from songhua.messages import Words
from songhua.rules import expressions
from songhua.rules.actions import Action
from songhua.rules.expressions import Node
from songhua.rules.facts import Fact
from songhua.rules.fault_kinds import ParameterNotYet
from songhua.rules.parameters import Parameter, Value


@dataclass(frozen=True)
class Clause:
    """One clause: its reference in the law, its words, its rule; `judged` if a person judges."""

    id: str
    ref: str
    words: Words
    rule: Node
    judged: bool = False


@dataclass(frozen=True)
class Quantity:
    """A number that is worked out; `role` is blank, `shown` or `worth` (money that it brings)."""

    id: str
    words: Words
    rule: Node
    unit: str = ""
    role: str = ""


@dataclass(frozen=True)
class LinkedEnterprises:
    """The rule by which tied firms count: for which facts, and from which shares on.

    `partner` and `linked` are the parameters that hold the two shares.
    """

    facts: tuple[str, ...]
    partner: str
    linked: str


@dataclass(frozen=True)
class Version:
    """Days on which a version of the law is in force; an incomplete one gives no verdict.

    `words` say what an incomplete version lacks.
    """

    start: date
    end: date | None
    complete: bool = True
    law: str = ""
    words: Words = field(default_factory=Words)

    def covers(self, day: date) -> bool:
        """True for a day in it."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Rulebook:
    """The law on one status.

    `decides` is the clause that is the verdict, `score` the value that counts points (blank if
    none does), `categories` the clauses that divide firms into classes, such as micro and small,
    from the first to be tried to the last. `units` is the unit to reckon in, by dimension;
    `used` the names of what is taken from other rulebooks of the country; `files`
    the texts that it was read from, by name.
    """

    id: str
    words: Words
    law: str
    decides: str
    score: str
    categories: tuple[str, ...]
    versions: tuple[Version, ...]
    facts: Mapping[str, Fact]
    parameters: Mapping[str, Parameter]
    values: Mapping[str, Quantity]
    clauses: Mapping[str, Clause]
    not_modelled: Mapping[str, Words]
    linked: LinkedEnterprises | None
    units: Mapping[str, str]
    actions: Mapping[str, Action]
    used: frozenset[str] = frozenset()
    files: Mapping[str, str] = field(compare=False, repr=False, default_factory=dict)

    @cached_property
    def trees(self) -> dict[str, Node]:
        """The rules of values and clauses by name."""
        trees: dict[str, Node] = {id: value.rule for id, value in self.values.items()}
        return trees | {id: clause.rule for id, clause in self.clauses.items()}

    @cached_property
    def most(self) -> dict[str, str]:
        """By score the parameter that holds its highest mark."""
        return {fact.id: fact.most for fact in self.facts.values() if fact.most}

    @cached_property
    def digest(self) -> str:
        """A digest of the texts that it was read from."""
        texts = sorted(self.files.items())
        return sha256("\0".join(part for pair in texts for part in pair).encode()).hexdigest()

    def version(self, day: date) -> Version | None:
        """The version of a day, complete or not; None where none is recorded."""
        return next((version for version in self.versions if version.covers(day)), None)

    def in_force(self, day: date) -> bool:
        """True where a complete version holds on a day, so that there is a verdict."""
        version = self.version(day)
        return version is not None and version.complete

    def on(self, day: date) -> dict[str, Value]:
        """The value of every parameter on a day.

        Raises:
            SonghuaError: `parameter_not_yet`, for each without a value on that day.
        """
        dated = {id: parameter.on(day) for id, parameter in self.parameters.items()}
        undated = [id for id, value in dated.items() if value is None]
        if undated:
            raise SonghuaError(
                *(ParameterNotYet(self.id, None, id, day=str(day)) for id in undated)
            )
        return {id: value.value for id, value in dated.items() if value is not None}

    def asks(self, id: str) -> tuple[str, ...]:
        """The facts that a clause or value rests on, in the order in which they are met."""
        facts: dict[str, None] = {}
        self._asks(id, facts, set())
        return tuple(facts)

    def _asks(self, id: str, facts: dict[str, None], visited: set[str]) -> None:
        if id in visited:
            return
        visited.add(id)
        if id in self.facts:
            facts[id] = None
        elif id in self.trees:
            for name in expressions.names(self.trees[id]):
                self._asks(name, facts, visited)
