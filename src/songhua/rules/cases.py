"""Cases: facts, a day and the verdict expected, written by who knows the law; and how they fare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from songhua.errors import Fault, SonghuaError
from songhua.rules.book import Rulebook
from songhua.rules.load import toml
from songhua.rules.verdict import Verdict, evaluate

KEYS = ("name", "on", "facts", "set", "without", "expect")
EXPECTED = ("outcome", "score", "grade", "deciding", "clauses", "missing_first", "values")


@dataclass(frozen=True)
class Case:
    """One firm on one day, with what the verdict must be."""

    place: str
    name: str
    on: date
    facts: Mapping[str, Any]
    expect: Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """A case with its verdict and where the two differ: (what, expected, found)."""

    case: Case
    verdict: Verdict | None
    differs: tuple[tuple[str, object, object], ...]


def cases(book: Rulebook) -> list[Case]:
    """All cases of a rulebook, in the order of its files.

    A file has `on` and `base` for all its cases; a case may `set` facts, leave some out
    (`without`), or give its own `facts` alone.

    Raises:
        SonghuaError: for a file or a case that cannot be read.
    """
    found: list[Case] = []
    faults: list[Fault] = []
    home = book.folder / "cases"
    entries = sorted(home.iterdir(), key=lambda e: e.name) if home.is_dir() else []
    for entry in entries:
        place = f"{book.id}/cases/{entry.name}"
        data, wrong = toml(entry, place)
        faults += wrong
        for at, row in enumerate(data.get("case", ())):
            case, odd = _case(place, at, row, data)
            faults += odd
            found += [case] if case else []
    if faults:
        raise SonghuaError(*faults)
    return found


def _case(
    place: str, at: int, row: Mapping[str, Any], data: Mapping[str, Any]
) -> tuple[Case | None, list[Fault]]:
    where: dict[str, Any] = {"file": place, "column": str(row.get("name", at + 1))}
    odd = [k for k in row if k not in KEYS] + [
        k for k in row.get("expect", {}) if k not in EXPECTED
    ]
    if odd:
        params = {"name": odd[0], "names": ", ".join(KEYS + EXPECTED)}
        return None, [Fault("rule_key_unknown", **where, params=params)]
    on = row.get("on", data.get("on"))
    if not isinstance(on, date) or not row.get("expect"):
        return None, [Fault("case_incomplete", **where)]
    base = row.get("facts", data.get("base", {}))
    facts = {**base, **row.get("set", {})}
    facts = {key: value for key, value in facts.items() if key not in row.get("without", ())}
    return Case(place, where["column"], on, facts, row["expect"]), []


def run(book: Rulebook) -> list[Outcome]:
    """Every case with its verdict.

    >>> from songhua.rules.load import load
    >>> all(not outcome.differs for outcome in run(load("cn/sci-tech-sme")))
    True
    """
    return [try_case(book, case) for case in cases(book)]


def try_case(book: Rulebook, case: Case) -> Outcome:
    """One case with its verdict; a fact that cannot be read is a difference too."""
    try:
        verdict = evaluate(book, case.facts, case.on)
    except SonghuaError as error:
        return Outcome(case, None, (("outcome", case.expect.get("outcome"), str(error)),))
    return Outcome(case, verdict, tuple(_differs(verdict, case.expect)))


def _differs(verdict: Verdict, expect: Mapping[str, Any]) -> list[tuple[str, object, object]]:
    found: list[tuple[str, object, object]] = []
    for key, wanted in expect.items():
        if key == "clauses":
            seen = {id: c.outcome for id, c in verdict.clauses.items()}
            found += [(id, w, seen.get(id)) for id, w in wanted.items() if seen.get(id) != w]
        elif key == "values":
            pairs = ((id, w, verdict.values.get(id)) for id, w in wanted.items())
            found += [pair for pair in pairs if not _same(pair[1], pair[2])]
        elif key == "missing_first":
            first = list(verdict.missing[: len(wanted)])
            found += [(key, wanted, first)] if first != list(wanted) else []
        elif key == "score":
            found += [] if _same(wanted, verdict.score) else [(key, wanted, verdict.score)]
        elif getattr(verdict, key) != wanted:
            found.append((key, wanted, getattr(verdict, key)))
    return found


def _same(wanted: Any, span: tuple[float, float] | None) -> bool:
    """Whether a span is the one expected, to a billionth part."""
    if span is None:
        return False
    ends = wanted if isinstance(wanted, list) else [wanted, wanted]
    pairs = zip(ends, span, strict=True)
    return all(abs(w - s) <= 1e-9 * max(1.0, abs(w)) for w, s in pairs)
