"""The verdict on one firm on one day, with the clauses and the numbers that decided it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from songhua.labels import parse_date
from songhua.rules import expressions, missing_facts
from songhua.rules.backends import Scalars
from songhua.rules.deciding_clause import deciding_clause
from songhua.rules.expressions import Node, unparse
from songhua.rules.fault_kinds import RulebookIncomplete
from songhua.rules.firm_facts import FirmFacts, read_firm
from songhua.rules.interpreter import Interpreter
from songhua.rules.intervals import Interval
from songhua.rules.linked_enterprises import consolidated
from songhua.rules.rulebook import Clause, Rulebook
from songhua.rules.rulebook_units import day_number
from songhua.rules.truth_values import MET, NOT_MET, OUTCOMES

NOT_IN_FORCE = "not_in_force"
NO_TEXT = "no_text"  # a version is in force of which the text is not held
LINKS = "links"  # the name under which a firm's facts hold the firms tied to it
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
    """The verdict on one clause: outcome, reasons, evidence, and the facts that it lacks."""

    clause: Clause
    outcome: str
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    evidence: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Verdict:
    """The verdict on a firm's status on a day.

    `outcome` is met, possible (a judgement decides), not_met, unknown (a fact decides),
    not_in_force, or no_text where no text is held of the version in force; `refused` then says
    which. `score`
    is (low, high), or None where the law counts no points. `missing` are the facts worth
    supplying, best first; `deciding` is the clause that decided; `category` is the class of the
    firm where the law divides firms into classes, `categories` all that are still open, and
    `category_missing` what the class needs where the verdict is settled and the class is not.
    `values` holds the numbers that the rulebook shows, as (low, high); `unused` the names given
    that this rulebook does not ask for.
    """

    rulebook: str
    on: date
    outcome: str
    score: Span | None = None
    clauses: Mapping[str, ClauseVerdict] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    deciding: str = ""
    categories: tuple[str, ...] = ()
    category_missing: tuple[str, ...] = ()
    values: Mapping[str, Span] = field(default_factory=dict)
    refused: RulebookIncomplete | None = None
    unused: tuple[str, ...] = ()

    @property
    def category(self) -> str:
        """The class of the firm where it is settled, else blank."""
        if len(self.categories) == 1 and self.clauses[self.categories[0]].outcome == "met":
            return self.categories[0]
        return ""

    @property
    def no_text_since(self) -> str:
        """The first day without a text; blank if there is a text, or no version is in force."""
        return self.refused.start if self.refused else ""

    def as_dict(self) -> dict[str, object]:
        """The verdict as plain data."""
        clauses = {
            id: {"outcome": c.outcome, "ref": c.clause.ref, "missing": list(c.missing)}
            for id, c in self.clauses.items()
        }
        return {
            "rulebook": self.rulebook,
            "on": str(self.on),
            "outcome": self.outcome,
            "score": list(self.score) if self.score else None,
            "category": self.category,
            "categories": list(self.categories),
            "category_missing": list(self.category_missing),
            "deciding": self.deciding,
            "clauses": clauses,
            "missing": list(self.missing),
            "values": {id: list(span) for id, span in self.values.items()},
            "refused": self.refused.as_dict() if self.refused else None,
            "unused": list(self.unused),
        }


def evaluate(book: Rulebook, facts: Mapping[str, object], on: date | str) -> Verdict:
    """The verdict on a firm with these facts on a day: the clauses that decide, the missing facts.

    Args:
        book: the rulebook of the status; `songhua.load_rulebook(NAME)` gives one.
        facts: by name the firm's facts, in the rulebook's units (`songhua rules show NAME`
            lists both), or as tables with `value`, `unit`, `date`, `evidence`; `links` may hold
            the firms tied to it.
        on: the day; the version and the numbers in force on it are used.

    Raises:
        SonghuaError: for a fact or a day that cannot be read. A missing fact is no fault.

    >>> from songhua.store.rulebooks import load
    >>> verdict = evaluate(load("cn/sci-tech-sme"), {"staff": 501}, "2024-06-30")
    >>> verdict.outcome, verdict.deciding
    ('not_met', 'size')
    """
    day = parse_date(on)
    if not book.in_force(day):
        return Verdict(book.id, day, silent(book, day), refused=refusal(book, day))
    firm = read_facts(book, facts, day)
    interpreter = Interpreter(Scalars(), book, firm.values, book.on(day))
    score = interpreter.number(book.score) if book.score else None
    return Verdict(
        rulebook=book.id,
        on=day,
        outcome=OUTCOMES[interpreter.truth(book.decides)],
        score=_span(score) if score else None,
        clauses={id: _clause(clause, interpreter, firm) for id, clause in book.clauses.items()},
        missing=missing_facts.ranked(firm, interpreter),
        deciding=list(book.clauses)[deciding_clause(interpreter)],
        categories=_categories(interpreter),
        category_missing=missing_facts.ranked_for_category(firm, interpreter),
        values={id: _span(interpreter.number(id)) for id, v in book.values.items() if v.role},
        unused=tuple(name for name in facts if name not in book.facts and name != LINKS),
    )


def silent(book: Rulebook, day: date) -> str:
    """The outcome on a day on which there is no verdict: not_in_force or no_text.

    >>> from songhua.store.rulebooks import load
    >>> book = load("cn/little-giant")
    >>> silent(book, date(2022, 1, 1)), silent(book, date(2026, 6, 30))
    ('not_in_force', 'no_text')
    """
    return NOT_IN_FORCE if refusal(book, day) is None else NO_TEXT


def refusal(book: Rulebook, day: date) -> RulebookIncomplete | None:
    """The reason why a recorded version is not used; None where none is recorded for the day.

    >>> from songhua.store.rulebooks import load
    >>> refusal(load("cn/little-giant"), date(2026, 6, 30)).code
    'rulebook_incomplete'
    """
    version = book.version(day)
    if version is None or version.complete:
        return None
    return RulebookIncomplete(
        name=book.words or book.id, day=str(day), start=str(version.start), law=version.law
    )


def read_facts(book: Rulebook, facts: Mapping[str, object], on: date | str) -> FirmFacts:
    """The firm's facts in the rulebook's units, with the day itself and tied firms counted in.

    Raises:
        SonghuaError: for a fact that cannot be read.

    >>> from songhua.store.rulebooks import load
    >>> read_facts(load("cn/sci-tech-sme"), {"staff": 12}, "2024-06-30").values["staff"].low
    12.0
    """
    day = parse_date(on)
    parameters = book.on(day)
    most = {id: parameters[name].span[1] for id, name in book.most.items()}
    firm = read_firm(book.facts, facts, most, book.units)
    if book.linked:
        firm = consolidated(book, firm, facts.get(LINKS), parameters)
    values = {**firm.values, "on": Interval.of(day_number(day))}
    return FirmFacts(values, firm.missing, firm.evidence)


def _span(number: Interval) -> Span:
    return float(number.low), float(number.high)


def _categories(interpreter: Interpreter) -> tuple[str, ...]:
    """The classes still open: from the first down to the first that is surely reached."""
    still_open: list[str] = []
    for id in interpreter.book.categories:
        truth = interpreter.truth(id)
        if truth != NOT_MET:
            still_open.append(id)
        if truth == MET:
            break
    return tuple(still_open)


def _clause(clause: Clause, interpreter: Interpreter, firm: FirmFacts) -> ClauseVerdict:
    fact_ids = interpreter.book.asks(clause.id)
    outcome = OUTCOMES[interpreter.truth(clause.id)]
    return ClauseVerdict(
        clause,
        outcome,
        tuple(_reasons(clause.rule, interpreter)),
        tuple(id for id in fact_ids if id in firm.missing) if outcome == "unknown" else (),
        {id: firm.evidence[id] for id in fact_ids if id in firm.evidence},
    )


def _reasons(node: Node, interpreter: Interpreter) -> list[Reason]:
    """The comparisons and facts of a clause's own rule; clauses below speak for themselves."""
    match node:
        case (
            expressions.All(items=items)
            | expressions.Any(items=items)
            | expressions.AtLeast(items=items)
        ):
            return [reason for item in items for reason in _reasons(item, interpreter)]
        case expressions.Compare(sign=sign, left=left, right=right, text=text):
            sides = _span(interpreter.value(left)), _span(interpreter.value(right))
            return [Reason(text, OUTCOMES[interpreter.value(node)], sides[0], sign, sides[1])]
    return [Reason(unparse(node), OUTCOMES[interpreter.value(node)])]
