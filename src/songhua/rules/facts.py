"""The facts that a rulebook asks for: their types and units, and a firm's facts read by them.

A fact is a plain value, or a table with `value` (or `low` and `high`), and beside it `unit`,
`date` and `evidence`. A fact that is not there, or is None, is missing: unknown, never false.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from songhua.errors import Fault, SonghuaError
from songhua.labels.units import convert
from songhua.rules.algebra import ENDLESS, MET, NOT_MET, UNKNOWN, Num
from songhua.rules.parameters import EPOCH, in_own, own_unit

TYPES = ("number", "whole", "flag", "date", "choice", "score")


@dataclass(frozen=True)
class Fact:
    """What a fact is: type, unit, words; `most` is the parameter with a score's highest mark."""

    id: str
    type: str
    en: str
    zh: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    signed: bool = False
    most: str = ""

    def words(self, lang: str) -> str:
        """What the fact is, in one language."""
        return self.zh if lang == "zh" else self.en

    @property
    def form(self) -> str:
        """number, truth or choice."""
        return {"flag": "truth", "choice": "choice"}.get(self.type, "number")

    def unknown(self, most: float = ENDLESS) -> Any:
        """What a missing fact is: all it could be. A score is a judgement, and so known."""
        if self.type == "score":
            return Num(0.0, most, True, True)
        if self.type == "flag":
            return UNKNOWN
        if self.type == "choice":
            return None
        signed = self.signed or self.type == "date"
        return Num(-ENDLESS if signed else 0.0, ENDLESS, False, not signed)


@dataclass(frozen=True)
class Given:
    """A firm's facts as read: values by name, with evidence and date, and the missing ones."""

    values: Mapping[str, Any]
    missing: tuple[str, ...]
    evidence: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def days(day: date) -> float:
    """A day as a number of days.

    >>> days(date(1970, 1, 11))
    10.0
    """
    return float((day - EPOCH).days)


def read_entry(id: str, entry: Any, file: str) -> tuple[Fact | None, list[Fault]]:
    """The definition of a fact from its entry in `facts.toml` or `rules.toml`."""
    place: dict[str, Any] = {"file": file, "column": id}
    keys = ("type", "unit", "en", "zh", "choices", "signed", "most")
    odd = [name for name in entry if name not in keys] if isinstance(entry, Mapping) else ["?"]
    if odd:
        params = {"name": odd[0], "names": ", ".join(keys)}
        return None, [Fault("rule_key_unknown", **place, params=params)]
    if entry.get("type") not in TYPES:
        params = {"text": str(entry.get("type", "")), "choices": ", ".join(TYPES)}
        return None, [Fault("choice_unknown", **place, params=params)]
    try:
        own_unit(str(entry.get("unit", "")), {})
    except SonghuaError as error:
        return None, [Fault(f.code, **place, params=f.params) for f in error.faults]
    choices = tuple(map(str, entry.get("choices", ())))
    rest = {key: value for key, value in entry.items() if key != "choices"}
    return Fact(id=id, choices=choices, **{"en": "", "zh": "", **rest}), []


def read(
    asked: Mapping[str, Fact],
    given: Mapping[str, Any],
    most: Mapping[str, float],
    money: Mapping[str, str],
) -> Given:
    """A firm's facts in the rulebook's units.

    Args:
        asked: the facts that the rulebook asks for.
        given: the firm's facts; names that the rulebook does not ask for are passed over.
        most: the highest mark of every score.
        money: the rulebook's unit by dimension.

    Raises:
        SonghuaError: with a fault a fact that cannot be read.

    >>> staff = Fact("staff", "whole", "Staff", "职工", "persons")
    >>> read({"staff": staff}, {"staff": 12}, {}, {}).values["staff"].low
    12.0
    """
    values: dict[str, Any] = {}
    missing: list[str] = []
    evidence: dict[str, Mapping[str, str]] = {}
    faults: list[Fault] = []
    for id, fact in asked.items():
        raw = given.get(id)
        if isinstance(raw, Mapping):
            told = {k: str(raw[k]) for k in ("evidence", "date") if raw.get(k) is not None}
            evidence |= {id: told} if told else {}
        if _absent(raw):
            values[id] = fact.unknown(most.get(id, ENDLESS))
            missing += [id] if fact.type != "score" else []
            continue
        try:
            values[id] = _value(fact, raw, most.get(id, ENDLESS), money)
        except SonghuaError as error:
            faults += [Fault(f.code, column=id, params=f.params) for f in error.faults]
        except (ValueError, TypeError):
            params = {"text": str(raw)[:80], "type": fact.type}
            faults.append(Fault("fact_unreadable", column=id, params=params))
    if faults:
        raise SonghuaError(*faults)
    return Given(values, tuple(missing), evidence)


def _absent(raw: Any) -> bool:
    if isinstance(raw, Mapping):
        return all(_absent(raw.get(key)) for key in ("value", "low", "high"))
    return raw is None or raw == "" or (isinstance(raw, float) and math.isnan(raw))


def _value(fact: Fact, raw: Any, most: float, money: Mapping[str, str]) -> Any:
    table = raw if isinstance(raw, Mapping) else {"value": raw}
    if odd := set(table) - {"value", "low", "high", "unit", "date", "evidence"}:
        raise ValueError(odd)
    if "value" in table and ("low" in table or "high" in table):
        raise ValueError(table)
    if fact.type in ("flag", "choice"):
        return _label(fact, table["value"])
    ends = [table["value"]] * 2 if "value" in table else [table["low"], table["high"]]
    low, high = (_number(fact, end, table.get("unit"), money) for end in ends)
    if not low <= high:
        raise ValueError(table)
    if low < 0 and not (fact.signed or fact.type == "date"):
        raise SonghuaError(Fault("fact_negative", params={"text": str(raw)[:80]}))
    if fact.type == "score" and high > most:
        raise SonghuaError(Fault("fact_score", params={"text": str(raw)[:80], "most": f"{most:g}"}))
    if low == high:
        return Num(low, low, True, low >= 0)
    return Num(low, high, True, low >= 0)


def _label(fact: Fact, raw: Any) -> Any:
    if fact.type == "choice":
        if raw not in fact.choices:
            params = {"text": str(raw)[:80], "choices": ", ".join(fact.choices)}
            raise SonghuaError(Fault("choice_unknown", params=params))
        return raw
    if isinstance(raw, bool) or type(raw).__name__ == "bool_":
        return MET if raw else NOT_MET
    raise ValueError(raw)


def _number(fact: Fact, raw: Any, unit: Any, money: Mapping[str, str]) -> float:
    if fact.type == "date":
        if isinstance(raw, str):
            raw = date.fromisoformat(raw)
        return days(raw.date() if isinstance(raw, datetime) else raw)
    if isinstance(raw, (bool, str)):
        raise ValueError(raw)
    number = float(raw)
    if not math.isfinite(number):
        raise ValueError(raw)
    if unit is not None:
        number = convert(number, str(unit), fact.unit)
    if fact.type in ("whole", "score") and number != int(number):
        raise SonghuaError(Fault("not_whole", params={"text": str(raw)[:80]}))
    return in_own(number, fact.unit, money) if fact.unit else number
