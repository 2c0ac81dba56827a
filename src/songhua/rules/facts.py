"""Facts of a firm: the facts that a rulebook asks for, and the only reader of a fact's value.

A fact is a plain value, or a table with `value` (or `low` and `high`), and beside it `unit`,
`date` and `evidence`. A fact that is not there, or is None, is missing: unknown, never false.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

import numpy as np
import pandas as pd

from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import ChoiceUnknown, FactUnreadable, NotAList, NotWhole
from songhua.labels.periods import parse_date
from songhua.labels.units import convert
from songhua.messages import LANGUAGES, Words
from songhua.rules.fault_kinds import FactNegative, FactReadOtherwise, FactScore, RuleKeyUnknown
from songhua.rules.intervals import UNBOUNDED, Interval, Operand
from songhua.rules.rulebook_units import own_unit
from songhua.rules.truth_values import UNKNOWN

TYPES = ("number", "whole", "flag", "date", "choice", "score")
KEYS = ("type", "unit", *LANGUAGES, "choices", "signed", "most", "part_of", "beside")
TABLE_KEYS = {"value", "low", "high", "unit", "date", "evidence"}
#: A number of this size or more is a slip of the pen.
LARGEST = 1e15
Scalar: TypeAlias = bool | float | str | date


@dataclass(frozen=True)
class Fact:
    """Definition of a fact: type, unit, words; `most` is the parameter with a score's highest mark.

    It is `part_of` another fact, of several together, or of `all` (a share in percent), and so not
    more than that; `beside` are sums of the same accounts, of a size with it.
    """

    id: str
    type: str
    words: Words
    unit: str = ""
    choices: tuple[str, ...] = ()
    signed: bool = False
    most: str = ""
    part_of: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def form(self) -> str:
        """number, truth or choice."""
        return {"flag": "truth", "choice": "choice"}.get(self.type, "number")

    def same_as(self, other: Fact) -> bool:
        """True where the same number or word says the same of both.

        >>> kind = Fact("assets", "number", Words(), "m EUR")
        >>> kind.same_as(Fact("assets", "number", Words(), "10k CNY"))
        False
        """
        mine, theirs = (
            (fact.form, fact.type == "date", fact.unit, fact.choices) for fact in (self, other)
        )
        return mine == theirs

    def read_otherwise(self, other: Fact, status: str) -> Fault:
        """The fault of a column that was read as this fact, where a rulebook means another."""
        kinds = [fact.unit or fact.choices or fact.type for fact in (self, other)]
        return FactReadOtherwise(
            column=self.id, fact=self.id, read=kinds[0], taken=kinds[1], status=status
        )

    def unknown(self, most: float = UNBOUNDED) -> Operand:
        """The value of a missing fact: all it could be. A score is a judgement, and so known."""
        if self.type == "score":
            return Interval(0.0, most, True, True)
        if self.type == "flag":
            return UNKNOWN
        if self.type == "choice":
            return None
        signed = self.signed or self.type == "date"
        return Interval(-UNBOUNDED if signed else 0.0, UNBOUNDED, False, not signed)


@dataclass(frozen=True)
class FactValue:
    """A fact of one firm in the fact's own unit: its ends, one unless it is a range; evidence."""

    low: Scalar
    high: Scalar
    evidence: Mapping[str, str] = field(default_factory=dict)


def parse_fact(id: str, entry: object, file: str) -> tuple[Fact | None, list[Fault]]:
    """The definition of a fact from its entry in `facts.toml` or `rules.toml`.

    >>> fact, faults = parse_fact("staff", {"type": "whole", "unit": "persons"}, "facts.toml")
    >>> fact.form, faults
    ('number', [])
    """

    where = file, None, id
    if not isinstance(entry, Mapping):
        return None, [RuleKeyUnknown(*where, name="?", names=KEYS)]
    if odd := [name for name in entry if name not in KEYS]:
        return None, [RuleKeyUnknown(*where, name=odd[0], names=KEYS)]
    if entry.get("type") not in TYPES:
        return None, [ChoiceUnknown(*where, text=str(entry.get("type", "")), choices=TYPES)]
    unit = str(entry.get("unit", ""))
    try:
        own_unit(unit, {})
    except SonghuaError as error:
        return None, [error.faults[0].at(*where)]
    choices = entry.get("choices", ())
    if not isinstance(choices, (list, tuple)):
        return None, [NotAList(*where, text=str(choices)[:80])]
    labels, signed = tuple(map(str, choices)), entry.get("signed") is True
    most, words = str(entry.get("most", "")), Words.of(entry)
    part_of, beside = (_names(entry.get(key, ())) for key in ("part_of", "beside"))
    return Fact(id, str(entry["type"]), words, unit, labels, signed, most, part_of, beside), []


def _names(raw: object) -> tuple[str, ...]:
    """One name, or several."""
    return tuple(map(str, raw)) if isinstance(raw, (list, tuple)) else (str(raw),)


def is_absent(raw: object) -> bool:
    """True for a missing value: None, a blank text, not a number, or a table without a value.

    >>> is_absent(None), is_absent({"value": None}), is_absent(False)
    (True, True, False)
    """
    if isinstance(raw, Mapping):
        return all(is_absent(raw.get(key)) for key in ("value", "low", "high"))
    if raw is None or raw is pd.NaT or raw is pd.NA:
        return True
    return math.isnan(raw) if isinstance(raw, float) else isinstance(raw, str) and raw == ""


def read_fact(fact: Fact, raw: object, most: float = UNBOUNDED) -> FactValue | None:
    """The one reader of a firm's fact, wherever it comes from; None where it is missing.

    Args:
        fact: the definition of the fact.
        raw: a plain value, or a table with `value` (or `low` and `high`), `unit`, `evidence`,
            `date`. Truth and numbers are no texts; a day may be the text of a date.
        most: the highest mark, for a score.

    Raises:
        SonghuaError: `fact_unreadable`, `fact_negative`, `fact_score`, `not_whole`,
            `choice_unknown`, or what is wrong with its unit; without a place.

    >>> sales = Fact("sales", "number", Words({"en": "Sales", "zh": "收入"}), "10k CNY")
    >>> read_fact(sales, {"value": 0.1, "unit": "100m CNY", "evidence": "accounts"})
    FactValue(low=1000.0, high=1000.0, evidence={'evidence': 'accounts'})
    """
    if is_absent(raw):
        return None
    table = raw if isinstance(raw, Mapping) else {"value": raw}
    text = str(raw)[:80]
    try:
        low, high = _ends(fact, table, text, most)
    except SonghuaError:
        raise
    except (ValueError, TypeError, KeyError):
        raise SonghuaError(FactUnreadable(text=text, type=fact.type)) from None
    noted = (key for key in ("evidence", "date") if table.get(key) is not None)
    return FactValue(low, high, {key: str(table[key]) for key in noted})


def _ends(fact: Fact, table: Mapping[str, object], text: str, most: float) -> tuple[Scalar, Scalar]:
    """Both ends of a value; ValueError, TypeError or KeyError where it is none."""
    if odd := set(table) - TABLE_KEYS:
        raise ValueError(odd)
    if "value" in table and ("low" in table or "high" in table):
        raise ValueError(table)
    if fact.type in ("flag", "choice"):
        value = _label(fact, table["value"])
        return value, value
    printed = (table["value"],) * 2 if "value" in table else (table["low"], table["high"])
    if fact.type == "date":
        first, last = map(_day, printed)
        if first > last:
            raise ValueError(table)
        return first, last
    low, high = (_number(fact, end, table.get("unit")) for end in printed)
    _check_range(fact, low, high, text, most)
    return low, high


def _check_range(fact: Fact, low: float, high: float, text: str, most: float) -> None:
    if low > high:
        raise ValueError(text)
    if low < 0 and not fact.signed:
        raise SonghuaError(FactNegative(text=text))
    if fact.type == "score" and high > most:
        raise SonghuaError(FactScore(text=text, most=f"{most:g}"))


def _label(fact: Fact, raw: object) -> bool | str:
    if fact.type == "choice":
        if raw not in fact.choices:
            raise SonghuaError(ChoiceUnknown(text=str(raw)[:80], choices=tuple(fact.choices)))
        return str(raw)
    if isinstance(raw, (bool, np.bool_)):
        return bool(raw)
    raise ValueError(raw)


def _day(raw: object) -> date:
    if isinstance(raw, str):
        return parse_date(raw)
    if not isinstance(raw, date):
        raise TypeError(raw)
    return raw.date() if isinstance(raw, datetime) else raw


def _number(fact: Fact, raw: object, unit: object) -> float:
    if isinstance(raw, (bool, np.bool_, str)):
        raise ValueError(raw)
    number = float(raw)  # pyright: ignore[reportArgumentType]
    if unit is not None:
        number = convert(number, str(unit), fact.unit)
    if not abs(number) < LARGEST:
        raise ValueError(raw)
    if fact.type in ("whole", "score") and number != int(number):
        raise SonghuaError(NotWhole(text=str(raw)[:80]))
    return number
