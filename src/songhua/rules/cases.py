"""Cases of a rulebook: facts, a day and the expected verdict, written by who knows the law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import NotAList
from songhua.rules.fault_kinds import CaseIncomplete, FormerKey, RuleKeyUnknown
from songhua.rules.rulebook import Rulebook
from songhua.rules.rulebook_files import CASES, parse_toml, place_of
from songhua.rules.verdict import Span, Verdict, evaluate
from songhua.schema import former_names

KEYS = ("name", "on", "facts", "set", "without", "expect")
EXPECTED = (
    "outcome",
    "score",
    "category",
    "deciding",
    "clauses",
    "missing_first",
    "category_needs",
    "values",
)
Table = Mapping[str, object]


@dataclass(frozen=True)
class Case:
    """One firm on one day, with what the verdict must be; `place` is the file it stands in."""

    place: str
    name: str
    on: date
    facts: Table
    expect: Table


@dataclass(frozen=True)
class Difference:
    """A part in which a verdict is not the one that a case expects."""

    what: str
    expected: object
    found: object


@dataclass(frozen=True)
class CaseResult:
    """A case with its verdict (None where a fact cannot be read) and where the two differ."""

    case: Case
    verdict: Verdict | None
    differences: tuple[Difference, ...]


def cases(book: Rulebook) -> list[Case]:
    """All cases of a rulebook, in the order of its files.

    A file has `on` and `base` for all its cases; a case may `set` facts, leave some out
    (`without`), or give its own `facts` alone.

    Raises:
        SonghuaError: for a file or a case that cannot be read.

    >>> from songhua.store.rulebooks import load
    >>> len(cases(load("cn/size-class"))) >= 25
    True
    """
    parsed: list[Case] = []
    faults: list[Fault] = []
    for name in sorted(name for name in book.files if name.startswith(CASES)):
        place = place_of(book.id, name)
        data, wrong = parse_toml(book.files[name], place)
        faults += wrong
        rows = data.get("case", [])
        for at, row in enumerate(rows if isinstance(rows, list) else [rows]):
            case, wrong = _case(place, at, row, data)
            faults += wrong
            parsed += [case] if case else []
    if faults:
        raise SonghuaError(*faults)
    return parsed


def _case(place: str, at: int, row: object, data: Table) -> tuple[Case | None, list[Fault]]:
    entry = _table(row)
    name, expect = str(entry.get("name", at + 1)), _table(entry.get("expect"))
    odd = [k for k in entry if k not in KEYS] + [k for k in expect if k not in EXPECTED]
    faults = [_unknown(key, place, name) for key in odd]
    on, without = entry.get("on", data.get("on")), entry.get("without", [])
    if not isinstance(without, list):
        text = str(without)[:80]
        faults.append(NotAList(file=place, column=name, text=text))
    if not isinstance(on, date) or not (expect or odd):
        faults.append(CaseIncomplete(file=place, column=name))
    if faults or not isinstance(on, date) or not isinstance(without, list):
        return None, faults
    facts = {**_table(entry.get("facts", data.get("base"))), **_table(entry.get("set"))}
    reduced = {key: value for key, value in facts.items() if key not in without}
    return Case(place, name, on, reduced, expect), []


def _unknown(key: str, place: str, case: str) -> Fault:
    if former := former_names.keys("cases").get(key):
        return FormerKey(
            file=place, column=case, text=key, today=former.today, version=former.version
        )
    return RuleKeyUnknown(file=place, column=case, name=key, names=tuple(KEYS + EXPECTED))


def _table(raw: object) -> dict[str, object]:
    return dict(raw) if isinstance(raw, Mapping) else {}


def run(book: Rulebook) -> list[CaseResult]:
    """Every case with its verdict.

    >>> from songhua.store.rulebooks import load
    >>> all(not result.differences for result in run(load("cn/size-class")))
    True
    """
    return [run_case(book, case) for case in cases(book)]


def run_case(book: Rulebook, case: Case) -> CaseResult:
    """One case with its verdict; a fact that cannot be read is a difference too.

    >>> from songhua.store.rulebooks import load
    >>> case = Case("a.toml", "large", date(2024, 6, 30), {"staff": 501}, {"outcome": "met"})
    >>> run_case(load("cn/sci-tech-sme"), case).differences
    (Difference(what='outcome', expected='met', found='not_met'),)
    """
    try:
        verdict = evaluate(book, case.facts, case.on)
    except SonghuaError as error:
        return CaseResult(
            case, None, (Difference("outcome", case.expect.get("outcome"), str(error)),)
        )
    return CaseResult(case, verdict, tuple(_differences(verdict, case.expect)))


def _differences(verdict: Verdict, expect: Table) -> Iterator[Difference]:
    for key, wanted in expect.items():
        match key:
            case "clauses":
                outcomes = {id: clause.outcome for id, clause in verdict.clauses.items()}
                for id, outcome in _table(wanted).items():
                    if outcomes.get(id) != outcome:
                        yield Difference(id, outcome, outcomes.get(id))
            case "values":
                for id, number in _table(wanted).items():
                    if not _same(number, verdict.values.get(id)):
                        yield Difference(id, number, verdict.values.get(id))
            case "missing_first" | "category_needs":
                names = wanted if isinstance(wanted, list) else [wanted]
                missing = verdict.missing if key == "missing_first" else verdict.category_missing
                first = list(missing[: len(names)] if key == "missing_first" else missing)
                if first != names:
                    yield Difference(key, wanted, first)
            case "score":
                if not _same(wanted, verdict.score):
                    yield Difference(key, wanted, verdict.score)
            case _:
                if getattr(verdict, key) != wanted:
                    yield Difference(key, wanted, getattr(verdict, key))


def _same(wanted: object, span: Span | None) -> bool:
    """True for the expected span, to a billionth part."""
    if span is None:
        return False
    ends = wanted if isinstance(wanted, list) else [wanted, wanted]
    return len(ends) == len(span) and all(
        isinstance(end, (int, float)) and abs(end - actual) <= 1e-9 * max(1.0, abs(end))
        for end, actual in zip(ends, span, strict=True)
    )
