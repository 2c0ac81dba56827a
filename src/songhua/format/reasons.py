"""Reasons for a clause's result, in words: the names of the law's text, numbers with units."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from songhua.format.numbers import attach, entry, number, spell
from songhua.format.words import qualified
from songhua.labels import parse_unit
from songhua.messages import choice, language, word
from songhua.rules import Rulebook
from songhua.rules.intervals import UNBOUNDED
from songhua.rules.rulebook_units import EPOCH
from songhua.rules.verdict import Reason, Span, Verdict
from songhua.wording.periods import period

SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<"}
OPEN = UNBOUNDED * 1e-10  # a number that large was worked out from one without an end
WORKED = {"*": "×", "/": "÷", "-": "−", "+": "+", **SIGNS}
_COMPARE = re.compile(r"\s(>=|<=|>|<)\s")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SIGN = re.compile(r" (>=|<=|[-+*/<>]) ")


def standing(verdict: Verdict, lang: str) -> str:
    """The outcome in words; where no text is held, since which day."""
    if since := verdict.no_text_since:
        return word("verdict_no_text", lang, day=since)
    return choice("standing", verdict.outcome, lang)


def needed_facts(book: Rulebook, facts: Iterable[str], lang: str) -> str:
    """The requested facts by their names."""
    return language(lang).comma.join(book.facts[id].words(lang) for id in facts)


def words(book: Rulebook, text: str, lang: str) -> str:
    """A condition of the law with what its names stand for, such as `staff ≤ most staff`."""
    keywords = {"not", "in", "max", "min", "mean", "rise", "within"}

    def name(match: re.Match[str]) -> str:
        id = match[0]
        return entry("rule_words", id, lang) if id in keywords else label(book, id, lang)

    worded = _SIGN.sub(lambda sign: f" {WORKED[sign[1]]} ", text)
    worded = _NAME.sub(name, worded)
    return re.sub(r"\s+", " ", worded).strip()


def label(book: Rulebook, id: str, lang: str) -> str:
    """The words for a name of the law's text."""
    if id == "on":
        return entry("rule_words", "on", lang)
    for among in (book.facts, book.parameters, book.values, book.clauses):
        if id in among:
            return among[id].words(lang) or id
    return id


def numbers(book: Rulebook, reason: Reason, lang: str) -> str:
    """The two sides that were compared, in the unit of the law's number; blank for a flag.

    A share against a number in per cent is shown in per cent, a day as a date.
    """
    if reason.left is None or reason.right is None:
        return ""
    left, right = (part.strip() for part in _COMPARE.split(reason.text)[::2])
    unit = _unit(book, left) or _unit(book, right)
    sides = (span(side, unit, book, lang) for side in (reason.left, reason.right))
    return f" {SIGNS[reason.sign]} ".join(sides)


def _unit(book: Rulebook, side: str) -> str:
    """The unit of a side that is one name: a date, a number of the law, a fact; else blank."""
    id = side.split("[", maxsplit=1)[0]
    if id in book.facts:
        fact = book.facts[id]
        return "date" if fact.type == "date" else fact.unit
    if id in book.parameters:
        return book.parameters[id].unit
    return book.values[id].unit if id in book.values else ""


def span(ends: Span, unit: str, book: Rulebook, lang: str) -> str:
    """An interval of a fact's or a law's number, or one number where the ends are the same."""
    low, high = (_end_text(end, unit, book, lang) for end in ends)
    if max(map(abs, ends)) >= OPEN:
        qualifier, end = ("at_most", high) if ends[0] <= -OPEN else ("at_least", low)
        return qualified(qualifier, end, lang)
    return low if low == high else entry("unit_words", "span", lang, low=low, high=high)


def _end_text(value: float, unit: str, book: Rulebook, lang: str) -> str:
    """One end of a range; an open end is infinite, or nought as a divisor."""
    if abs(value) >= OPEN:
        return number(float("inf") if value > 0 else float("-inf"), lang)
    value = 0.0 if abs(value) <= 1 / OPEN else value
    if unit == "date":
        return _day(value, lang)
    if unit in ("%", "‰"):
        scale = 100 if unit == "%" else 1000
        return attach(number(float(f"{value * scale:.6g}"), lang), unit, lang)
    return amount(value, rulebook_unit(unit, book), lang)


def _day(value: float, lang: str) -> str:
    """A day by its number; without end where no calendar has it."""
    try:
        return period((EPOCH + timedelta(days=value)).isoformat(), lang)
    except OverflowError:
        return number(float("inf") if value > 0 else float("-inf"), lang)


def rulebook_unit(unit: str, book: Rulebook) -> str:
    """The unit in which the rulebook's facts stand, for a unit of money; others as they are."""
    currency = unit.rpartition(" ")[2]
    return next((name for name in book.units.values() if name.endswith(f" {currency}")), unit)


def money(book: Rulebook) -> str:
    """The unit of money in which the rulebook's facts and steps stand; blank if it has none."""
    return next((unit for unit in book.units.values() if parse_unit(unit).money), "")


def amount(value: float, unit: str, lang: str) -> str:
    """A number with its unit in words; points, counts and ratios bare."""
    if unit in ("", "x", "points", "days"):
        return number(float(f"{value:.6g}"), lang)
    factor, text = spell(unit, lang, value)
    return attach(number(float(f"{value * factor:.6g}"), lang), text, lang)
