"""Phrases of a target's words by class and meaning, and the patterns that find them in a text."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from songhua.messages import script_of
from songhua.plan.vocabulary import Bound, Course, Effort, Held, Nature, Pace, Sense, Term, term

REACH = "reach"
# What the phrases of a class may mean, where that is a closed list.
MEANINGS: dict[str, type[Term]] = {
    "bound": Bound, "sense": Sense, "rate": Sense, "to": Sense, "pace": Pace, "course": Course,
    "effort": Effort, "nature": Nature,
}  # fmt: skip
Vocabulary = dict[str, dict[str, list[str]]]


@cache
def vocabulary() -> Vocabulary:
    """The phrases by class and meaning.

    >>> vocabulary()["multiple"]["0.5"][0]
    '减半'
    """
    text = files("songhua.plan").joinpath("target_words.toml").read_text("utf-8")
    return checked_vocabulary(tomllib.loads(text))


def checked_vocabulary(words: Vocabulary) -> Vocabulary:
    """The phrases, if each meaning is one that a target can have.

    Raises:
        SonghuaError: `choice_unknown`.

    >>> checked_vocabulary({"sense": {"raise": ["grow"]}})
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: 'raise' is not one of the values allowed here. Use one of: rise, fall.
    """  # noqa: E501
    for kind, meanings in words.items():
        for meaning in meanings if kind in MEANINGS else ():
            term(MEANINGS[kind], meaning)
    for meaning in words.get("hold", ()):
        if meaning != REACH:
            term(Held, meaning)
    return words


def phrase_pattern(phrase: str, kind: str = "") -> re.Pattern[str]:
    """A phrase; English words end where words end, and any white space separates them.

    A single letter such as 增 is only read before a number: elsewhere it is part of a name.

    >>> bool(phrase_pattern("up to").match("Up  to 5")), bool(phrase_pattern("up").match("upper"))
    (True, False)
    """
    body = r"\s+".join(re.escape(word) for word in phrase.split())
    before = r"(?<![A-Za-z])" if phrase[0].isascii() and phrase[0].isalpha() else ""
    after = r"(?![A-Za-z])" if phrase[-1].isascii() and phrase[-1].isalpha() else ""
    lone = len(phrase) == 1 and script_of(phrase) and kind in ("sense", "hold", "pace", "bound")
    return re.compile(before + body + after + (r"(?=\s*\d)" if lone else ""), re.IGNORECASE)


def hedge(text: str) -> str:
    """A word in a name that changes what is asked for; blank if there is none.

    >>> hedge("原则上"), hedge("研发投入")
    ('原则上', '')
    """
    for word in vocabulary()["unread"]["words"]:
        if phrase_pattern(word).search(text):
            return word
    return ""
