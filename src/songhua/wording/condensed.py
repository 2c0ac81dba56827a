"""Sentences without numbers that say nothing: ends that print alike, so many of as many."""

from __future__ import annotations

import re
from functools import cache

from songhua import messages


def condensed(text: str, lang: str) -> str:
    """A text whose ranges have two ends, and in which all of a number is said in a word.

    >>> condensed("They are 2.9 to 2.9 years old.", "en"), condensed("距今2.9至2.9年", "zh")
    ('They are 2.9 years old.', '距今2.9年')
    >>> condensed("17 of 17 codes, 2 of 2 targets, 1 of 1 task, 2 of 29", "en")
    'All 17 codes, both targets, the only task, 2 of 29'
    >>> condensed("规划的17个产业中有17个没有数据", "zh")
    '规划的17个产业均没有数据'
    """
    text = _alike(lang).sub(r"\g<end>", text)
    for pattern, whole in messages.language(lang).whole:
        begun = re.match(pattern, text)
        text = re.sub(pattern, whole, text)
        text = text[:1].upper() + text[1:] if begun else text
    return text


@cache
def _alike(lang: str) -> re.Pattern[str]:
    """A range whose ends print alike, as the language writes ranges."""
    span = str(messages.catalogue(lang)["unit_words"]["span"])
    joint = re.escape(span.removeprefix("{low}").removesuffix("{high}"))
    number = r"(?P<end>[+−]?\d[\d.,]*%?)"
    return re.compile(rf"(?<![A-Za-z\d.,+−–—-]){number}(?:{joint}|–)(?P=end)(?![.,]?\d)")
