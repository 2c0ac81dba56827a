"""Single firms, of a file of facts or of a register, judged by law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from songhua import store
from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import RegisterDay
from songhua.labels import parse_date, parse_when
from songhua.messages import Words
from songhua.region.known import EVER
from songhua.rules import RemediationPlan, Rulebook, remediation_plan
from songhua.rules.register import Register, facts_of
from songhua.session.fault_kinds import FirmUnknown
from songhua.store import rulebooks


@dataclass(frozen=True)
class Firm:
    """One firm judged: its name, and by status the rulebook and the remediation plan.

    `left_out` names the facts that became known after the day, which are missing; `day` is that of
    the register's facts, where it is later than the requested day.
    """

    name: str
    books: Mapping[str, Rulebook]
    plans: Mapping[str, RemediationPlan]
    invented: bool = False
    left_out: tuple[Words, ...] = ()
    day: date | None = None


def firm(
    path: str | Path,
    id: str | None = None,
    statuses: Sequence[str] = (),
    on: str | date | None = None,
    today: date | None = None,
) -> Firm:
    """One firm: of a TOML file of facts, or with its `id` of a register.

    The day is the requested day, else the register's, else `today`. A fact of a file with a `date`
    after that day was not known on it, and is missing.

    Raises:
        SonghuaError: `firm_unknown`, `register_day`, or what is wrong with the facts.
    """
    path = Path(path)
    facts, register = _facts_and_register(path, id, statuses)
    wanted = on or (register.on if register else None) or today
    if wanted is None:
        raise SonghuaError(RegisterDay(file=path.name))
    day = parse_date(wanted)
    columns = facts if register is None else map(str, register.enterprises.columns)
    names = statuses or (register and register.statuses) or rulebooks.applicable(columns)
    books = [rulebooks.load(name) for name in names]
    for book in books:
        if register is not None:
            register.refuse_otherwise(book)
    name = str(facts.get("name") or id or path.stem)
    later = {fact for fact, value in facts.items() if _known_since(value, fact, path.name) > day}
    facts = {fact: value for fact, value in facts.items() if fact not in later}
    words = {fact: asked_fact.words for book in books for fact, asked_fact in book.facts.items()}
    return Firm(
        f"{name} ({id})" if id and name != id else name,
        {book.id: book for book in books},
        _plans(books, facts, day, path.name),
        register.invented if register else "invented" in facts,
        tuple(words[fact] for fact in sorted(later & words.keys())),
        register.on if register and register.on and register.on > day else None,
    )


def _plans(
    books: Sequence[Rulebook], facts: Mapping[str, object], day: date, file: str
) -> dict[str, RemediationPlan]:
    """The plan by each rulebook, or what is wrong with the facts by any of them, once."""
    plans: dict[str, RemediationPlan] = {}
    faults: list[Fault] = []
    for book in books:
        try:
            plans[book.id] = remediation_plan(book, facts_of(facts, book), day)
        except SonghuaError as error:
            wrong = (replace(fault, file=fault.file or file) for fault in error.faults)
            faults += (fault for fault in wrong if fault not in faults)
    if faults:
        raise SonghuaError(*faults)
    return plans


def judged(texts: Mapping[str, str], status: str, on: str | date, name: str = "") -> Firm:
    """One firm judged by one status, of facts as people write them; nothing is kept.

    A blank text is a fact that is not known. A number may carry its unit, as `0.1 100m CNY`.

    Raises:
        SonghuaError: `rulebook_unknown`, `date_unreadable`; faults of facts, each with the fact as
            its column.

    >>> found = judged({"staff": "501", "sales": ""}, "cn/sci-tech-sme", "2024-06-30")
    >>> found.plans["cn/sci-tech-sme"].verdict.outcome
    'not_met'
    """
    book, day = rulebooks.load(status), parse_date(on)
    return Firm(
        name, {book.id: book}, {book.id: remediation_plan(book, facts_told(texts, book), day)}
    )


def facts_told(texts: Mapping[str, str], book: Rulebook) -> dict[str, object]:
    """Facts as people write them, as a firm's file has them; those that the rulebook asks for."""
    filled = {id: text.strip() for id, text in texts.items() if id in book.facts}
    return {id: store.fact_of(book.facts[id], text) for id, text in filled.items() if text}


def _known_since(value: object, fact: str, file: str) -> date:
    """The day on which a fact became known: the end of its `date` (a day, a month or a year)."""
    day = value.get("date") if isinstance(value, Mapping) else None
    if day is None:
        return EVER
    try:
        return parse_when(str(day.date() if isinstance(day, datetime) else day)).end
    except SonghuaError as error:
        faults = (fault.at(file, None, fact) for fault in error.faults)
        raise SonghuaError(*faults) from None


def _facts_and_register(
    path: Path, id: str | None, statuses: Sequence[str]
) -> tuple[dict[str, object], Register | None]:
    """A firm's facts, and the register that they stand in if it is one's."""
    if id is None:
        return store.read_firm(path, statuses), None
    register = store.read_register(path, tuple(statuses)).register
    assert register is not None
    row = register.firm(id)
    if row is None:
        raise SonghuaError(FirmUnknown(file=path.name, firm=id[:80]))
    return row, register
