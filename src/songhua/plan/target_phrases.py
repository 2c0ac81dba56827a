"""Phrases of a target's words by class and meaning, and the patterns that find them in a text."""

from __future__ import annotations

import re
from functools import cache

from songhua.errors import Fault
from songhua.messages import script_of
from songhua.plan.fault_kinds import (
    TargetBuilt,
    TargetCompared,
    TargetCompound,
    TargetHedged,
    TargetRanked,
    TargetRemoved,
    TargetScale,
    TargetUnread,
    TargetVerb,
)
from songhua.plan.vocabulary import (
    Bound,
    Course,
    Effort,
    HoldKind,
    Nature,
    Pace,
    Relation,
    Sense,
    Term,
    term,
)
from songhua.shipped import installed

REACH, AS_SHARE = "reach", "as_share"
# What the phrases of a class may mean, where that is a closed list.
MEANINGS: dict[str, type[Term]] = {
    "bound": Bound,
    "sense": Sense,
    "rate": Sense,
    "to": Sense,
    "faster": Sense,
    "pace": Pace,
    "course": Course,
    "effort": Effort,
    "nature": Nature,
}
# What is told of a name that holds such a word.
REASONS = {
    "hedged": TargetHedged,
    "ranked": TargetRanked,
    "built": TargetBuilt,
    "compared": TargetCompared,
    "compound": TargetCompound,
    "roleless": TargetUnread,
    "dangling": TargetUnread,
    "scale": TargetScale,
    "verb": TargetVerb,
    "removed": TargetRemoved,
}
# Lists that are no phrases of a target's words.
UNSPOKEN = ("unread", "unit", "same", "grammar")
LONE = ("sense", "hold", "pace", "bound")
Vocabulary = dict[str, dict[str, list[str]]]


@cache
def vocabulary() -> Vocabulary:
    """The phrases by class and meaning.

    >>> vocabulary()["multiple"]["0.5"][0]
    '减半'
    """
    return checked_vocabulary(installed.toml("plan", "target_words.toml"))


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
            term(HoldKind, meaning)
    for meaning in words.get("relation", ()):
        if meaning != AS_SHARE:
            term(Relation, meaning)
    return words


@cache
def phrase_pattern(phrase: str, kind: str = "") -> re.Pattern[str]:
    """A phrase; English words end where words end, and any white space separates them.

    A single letter such as 增 is only read before a number: elsewhere it is part of a name. A
    phrase between slashes is a pattern itself.

    >>> bool(phrase_pattern("up to").match("Up  to 5")), bool(phrase_pattern("up").match("upper"))
    (True, False)
    """
    if phrase[0] == phrase[-1] == "/":
        return re.compile(phrase[1:-1], re.IGNORECASE)
    body = r"\s+".join(re.escape(word) for word in phrase.split())
    before = r"(?<![A-Za-z])" if phrase[0].isascii() and phrase[0].isalpha() else ""
    after = r"(?![A-Za-z])" if phrase[-1].isascii() and phrase[-1].isalnum() else ""
    lone = len(phrase) == 1 and script_of(phrase) and kind in LONE
    return re.compile(before + body + after + (r"(?=\s*\d)" if lone else ""), re.IGNORECASE)


def begins_as_verb(text: str) -> bool:
    """True for a name that begins as an added or built thing does, so that it must stand apart.

    >>> begins_as_verb("培训机构"), begins_as_verb("机构")
    (True, False)
    """
    verbs = (word for says in ("head", "built") for word in vocabulary()["addition"][says])
    return any(phrase_pattern(verb).match(text) for verb in verbs)


def protected(text: str) -> str:
    """A name without the words of names that hold a hedge: 不良贷款 holds 不.

    >>> protected("不良贷款率")
    ' 贷款率'
    """
    for word in sorted(vocabulary()["name"]["words"], key=len, reverse=True):
        text = phrase_pattern(word).sub(" ", text)
    return text


def unreadable(text: str) -> Fault | None:
    """The fault of a name that holds a word which changes the demand.

    >>> unreadable("原则上").code, unreadable("全国前10名").code, unreadable("研发投入")
    ('target_hedged', 'target_ranked', None)
    """
    bare = protected(text)
    for reason, words in vocabulary()["unread"].items():
        for word in words:
            if match := phrase_pattern(word).search(bare):
                return REASONS[reason](text=match[0])
    lone = (p for kind in LONE for listed in vocabulary()[kind].values() for p in listed)
    if not re.search(r"\w", text) or text in [phrase for phrase in lone if len(phrase) == 1]:
        return TargetUnread(text=text[:80])
    if match := re.search(r"\d+[^A-Za-z]*", re.sub(r"[A-Za-z]+\d+|\d+[A-Za-z]", " ", bare)):
        return TargetUnread(text=match[0].strip()[:80])
    return None
