"""The verdict on one firm on one day, with the clauses and the numbers that decided it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from songhua.errors import Fault, SonghuaError
from songhua.rules import facts, links, missing, text
from songhua.rules.algebra import MET, NOT_MET, OUTCOMES, Num
from songhua.rules.book import Clause, Rulebook
from songhua.rules.carriers import Plain
from songhua.rules.deciding_clause import deciding
from songhua.rules.interpret import Reading
from songhua.rules.load import load
from songhua.rules.type_check import show

NOT_IN_FORCE = "not_in_force"
Span = tuple[float, float]


@dataclass(frozen=True)
class Reason:
    """One comparison of a clause: its text, its outcome, and the two sides as (low, high)."""

    text: str
    outcome: str
    left: Span | None = None
    sign: str = ""
    right: Span | None = None


@dataclass(frozen=True)
class ClauseVerdict:
    """What one clause says of the firm: outcome, reasons, evidence, and the facts it lacks."""

    clause: Clause
    outcome: str
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    evidence: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Verdict:
    """Whether a firm has a status on a day.

    `outcome` is met, possible (a judgement decides), not_met, unknown (a fact decides) or
    not_in_force; `refused` then says why, where a version is recorded but incomplete. `score`
    is (low, high), or None where the law counts no points. `missing` are the facts worth
    supplying, best first; `deciding` is the clause that decided; `grade` is the class where the
    law grades, and `grades` all that are still open. `values` holds the numbers that the
    rulebook shows, as (low, high); `unused` the names given that this rulebook does not ask for.
    """

    rulebook: str
    on: date
    outcome: str
    score: Span | None = None
    clauses: Mapping[str, ClauseVerdict] = None  # pyright: ignore[reportAssignmentType]
    missing: tuple[str, ...] = ()
    deciding: str = ""
    grades: tuple[str, ...] = ()
    values: Mapping[str, Span] = None  # pyright: ignore[reportAssignmentType]
    refused: Fault | None = None
    unused: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Make what was not given empty."""
        for name in ("clauses", "values"):
            if getattr(self, name) is None:
                object.__setattr__(self, name, {})

    @property
    def grade(self) -> str:
        """The class of the firm where it is settled, else blank."""
        if len(self.grades) == 1 and self.clauses[self.grades[0]].outcome == "met":
            return self.grades[0]
        return ""

    def as_dict(self) -> dict[str, Any]:
        """The verdict as plain data."""
        clauses = {
            id: {"outcome": c.outcome, "ref": c.clause.ref, "missing": list(c.missing)}
            for id, c in self.clauses.items()
        }
        return {
            "rulebook": self.rulebook, "on": str(self.on), "outcome": self.outcome,
            "score": list(self.score) if self.score else None, "grade": self.grade,
            "deciding": self.deciding, "clauses": clauses, "missing": list(self.missing),
            "values": {id: list(span) for id, span in self.values.items()},
            "refused": self.refused.as_dict() if self.refused else None,
            "unused": list(self.unused),
        }  # fmt: skip


def as_book(rulebook: Rulebook | str | Path) -> Rulebook:
    """A rulebook itself, or by its name or folder."""
    return rulebook if isinstance(rulebook, Rulebook) else load(rulebook)


def as_day(on: date | str) -> date:
    """A day, from a date or its text.

    Raises:
        SonghuaError: `date_unreadable`.
    """
    try:
        return date.fromisoformat(on) if isinstance(on, str) else on
    except ValueError:
        raise SonghuaError(Fault("date_unreadable", params={"text": str(on)[:80]})) from None


def evaluate(rulebook: Rulebook | str | Path, facts: Mapping[str, Any], on: date | str) -> Verdict:
    """Whether a firm with these facts has a status on a day, by which clauses, and what is missing.

    Args:
        rulebook: a loaded rulebook, its name such as `cn/sci-tech-sme`, or a folder.
        facts: by name the firm's facts, in the rulebook's units (`songhua rules show NAME`
            lists both), or as tables with `value`, `unit`, `date`, `evidence`.
        on: the day; the version and the numbers in force on it are used.

    Raises:
        SonghuaError: for a rulebook or a fact that cannot be read. A missing fact is no fault.

    >>> evaluate("uk/rd-intensive-sme", {}, "2020-01-01").outcome
    'not_in_force'
    """
    book, day = as_book(rulebook), as_day(on)
    span = book.span(day)
    if span is None or not span.complete:
        return Verdict(book.id, day, NOT_IN_FORCE, refused=refusal(book, day))
    given = read_facts(book, facts, day)
    reading = Reading(Plain(), book, given.values, book.on(day))
    clauses = {id: _clause(book, clause, reading, given) for id, clause in book.clauses.items()}
    grade = reading.name(book.decides)
    score = reading.name(book.score) if book.score else None
    values = {id: _span(reading.name(id)) for id, value in book.values.items() if value.role}
    return Verdict(
        rulebook=book.id, on=day, outcome=OUTCOMES[grade], clauses=clauses, values=values,
        score=_span(score) if score else None,
        missing=missing.best_first(book, given, reading),
        deciding=list(book.clauses)[deciding(book, reading)],
        grades=_grades(book, reading),
        unused=tuple(name for name in facts if name not in book.facts and name != "links"),
    )  # fmt: skip


def refusal(book: Rulebook, day: date) -> Fault | None:
    """Why a version that is recorded is not used; None where none is recorded for the day."""
    span = book.span(day)
    if span is None or span.complete:
        return None
    params = {"name": book.id, "day": str(day), "start": str(span.start), "law": span.law}
    return Fault("rulebook_incomplete", params=params)


def read_facts(book: Rulebook, given: Mapping[str, Any], day: date) -> facts.Given:
    """The firm's facts in the rulebook's units, with the day itself and tied firms counted in.

    Raises:
        SonghuaError: for a fact that cannot be read.
    """
    values = book.on(day)
    most = {id: values[name].span[1] for id, name in book.most.items()}
    read = facts.read(book.facts, given, most, book.money)
    if book.linked:
        read = links.consolidate(book, read, given.get("links"), values)
    return facts.Given({**read.values, "on": Num.of(facts.days(day))}, read.missing, read.evidence)


def _span(number: Num) -> Span:
    return float(number.low), float(number.high)


def _grades(book: Rulebook, reading: Reading) -> tuple[str, ...]:
    """The classes still open: from the highest down to the first that is surely reached."""
    found: list[str] = []
    for id in book.grades:
        grade = reading.name(id)
        if grade != NOT_MET:
            found.append(id)
        if grade == MET:
            break
    return tuple(found)


def _clause(book: Rulebook, clause: Clause, reading: Reading, given: facts.Given) -> ClauseVerdict:
    asked = book.asks(clause.id)
    outcome = OUTCOMES[reading.name(clause.id)]
    return ClauseVerdict(
        clause,
        outcome,
        tuple(_reasons(clause.rule, reading)),
        tuple(id for id in asked if id in given.missing) if outcome == "unknown" else (),
        {id: given.evidence[id] for id in asked if id in given.evidence},
    )


def _reasons(node: text.Node, reading: Reading) -> list[Reason]:
    """The comparisons and facts of a clause's own rule; clauses below speak for themselves."""
    match node:
        case text.All(items=items) | text.Any(items=items) | text.AtLeast(items=items):
            return [reason for item in items for reason in _reasons(item, reading)]
        case text.Compare(sign=sign, left=left, right=right, text=told):
            sides = _span(reading.value(left)), _span(reading.value(right))
            return [Reason(told, OUTCOMES[reading.value(node)], sides[0], sign, sides[1])]
    return [Reason(show(node), OUTCOMES[reading.value(node)])]
