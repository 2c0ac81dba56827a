"""Flags of a cell: letters and signs beside a number, or instead of one, by their meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from songhua.grammar.lexicon import words as grammar_words
from songhua.reading.sheets.words import words

_BEHIND = re.compile(r"(.*[\d%‰)])\s*(?:\(([A-Za-z]{1,3})\)|\[([A-Za-z]{1,3})\]|([A-Za-z]{1,3}))")
_BEFORE = re.compile(r"(\*{1,2}|[a-z])(?=[\d.,]*\d)(.*)")
_ABSENT = re.compile(r":\s*([a-z]{1,3})")
_SCALED = re.compile(r"([+-]?\d[\d,]*(?:\.\d+)?)\s*([^\W\d_]+)")


@cache
def _statuses(table: str) -> dict[str, str]:
    listed: Mapping[str, Sequence[str]] = getattr(words(), table)
    return {flag: status for status, flags in listed.items() for flag in flags}


def split_flags(text: str) -> tuple[str, str, str]:
    """The number in a cell's text, the flag beside it, and what the flag says of the number.

    Several letters say several things, parted by a space. Letters that are not listed are no flag.

    >>> split_flags("5.2 u"), split_flags("13(r)"), split_flags("4.0 bu")
    (('5.2', 'u', 'unreliable'), ('13', 'r', 'revised'), ('4.0', 'bu', 'break unreliable'))
    >>> split_flags("*5.2"), split_flags("5 pc"), split_flags("5.2")
    (('5.2', '*', 'unreliable'), ('5 pc', '', ''), ('5.2', '', ''))
    """
    text = text.strip()
    if match := _BEHIND.fullmatch(text):
        flag = match[2] or match[3] or match[4]
        if status := _status(flag):
            return match[1], flag, status
    match = _BEFORE.fullmatch(text)
    status = _statuses("flags_before").get(match[1]) if match else None
    return (match[2], match[1], status) if match and status else (text, "", "")


def _status(flag: str) -> str:
    """The meanings of letters behind a number; blank where one is not listed."""
    listed = _statuses("flags")
    if len(flag) > 1 and flag not in words().flag_runs:
        return ""
    return " ".join(listed[letter] for letter in flag) if set(flag) <= listed.keys() else ""


def status_alone(text: str) -> str | None:
    """Why a cell holds no number, by the flag that stands there; None for any other text.

    >>> [status_alone(text) for text in (": u", ":", "(D)", "F", "#N/A", "f")]
    ['unreliable', 'absent', 'suppressed', 'unreliable', 'error', None]
    """
    alone, text = _statuses("flags_alone"), text.strip()
    if match := _ABSENT.fullmatch(text):
        letters = [alone.get(letter) or _status(letter) for letter in match[1]]
        return " ".join(letters) if all(letters) else None
    return alone.get(text) or (alone.get(text.lower()) if len(text) > 1 else None)


def split_scale(text: str) -> tuple[str, str] | None:
    """A number and the scale in words behind it; None for a text without one.

    >>> split_scale("1.2万"), split_scale("5 million"), split_scale("5 m"), split_scale("12")
    (('1.2', '10k'), ('5', 'm'), None, None)
    """
    match, scales = _SCALED.fullmatch(text.strip()), grammar_words()["scale"]
    if match is None or (len(match[2]) == 1 and match[2].isascii()):
        return None
    scale = scales["zh"].get(match[2]) or scales["en"].get(match[2].lower())
    return (match[1], scale) if scale else None
