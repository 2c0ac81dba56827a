"""Names in the words of a target compared with the name of its row's indicator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from songhua.messages import script_of
from songhua.plan.target_phrases import vocabulary
from songhua.plan.target_tokens import WHOLE

WORD = re.compile(r"[A-Za-z]+")
HAN = re.compile(r"[\u4e00-\u9fff]+")
#: What joins two names.
JOINED = re.compile(r"[、和与及]|\band\b")
#: A name that covers so much more of the words than the indicator's own is another's.
AHEAD = 0.5


def names_another(
    subject: str, indicator_names: Mapping[str, str], other_names: Iterable[Mapping[str, str]]
) -> bool:
    """True where the name in a target's words is another's than the indicator's.

    The names are compared by their parts: two characters of Chinese, a word of English without
    its ending. They are another's when they share none with the indicator's name in the same
    language, when another indicator's name covers far more of them, or when one of two joined names
    is.

    Args:
        subject: the name in the target's words.
        own: the indicator's names, by language.
        others: those of the other indicators.

    >>> gdp = {"en": "GDP growth", "zh": "地区生产总值增速"}
    >>> names_another("失业率", gdp, []), names_another("地区生产总值", gdp, [])
    (True, False)
    >>> names_another("share of GDP", {"en": "R&D intensity"}, [gdp])
    False
    >>> names_another("财政收入、失业率", {"zh": "财政收入"}, [{"zh": "失业率"}])
    True
    >>> names_another("urban income", {"en": "Rural income"}, [{"en": "Urban income"}])
    True
    """
    subject = WHOLE.sub("", subject)  # what a share is of is not what is measured
    listed = [name for names in other_names for name in names.values()]
    same_script = [name for name in indicator_names.values() if _scripts(name) & _scripts(subject)]
    whole = _nearer(subject, same_script, listed)
    joined = [_nearer(piece, same_script, listed) for piece in JOINED.split(subject)]
    if not whole or not same_script:
        return False
    mine, best = whole
    beside = any(covered and covered[0] == 0.0 and covered[1] >= AHEAD for covered in joined)
    return mine == 0.0 or best - mine >= AHEAD or beside


def _nearer(
    text: str, indicator_names: list[str], other_names: list[str]
) -> tuple[float, float] | None:
    """Share of a name that its indicator's names cover, and the others' share; none for no name."""
    if not (parts := _parts(text)):
        return None
    mine = max((_covered(parts, name) for name in indicator_names), default=0.0)
    return mine, max((_covered(parts, name) for name in other_names), default=0.0)


def share_of(whole: str) -> str:
    """The name of a share of something.

    >>> share_of("households"), share_of("的家庭")
    ('share of households', '家庭占比')
    """
    if script_of(whole):
        return f"{whole.removeprefix('的')}占比"
    return f"share of {whole}"


def same_thing(name: str, other: str) -> bool:
    """True where two names are of one thing.

    >>> same_thing("GDP", "economy"), same_thing("居民收入", "经济")
    (True, False)
    """
    return bool(parts := _parts(name)) and parts == _parts(other)


def _covered(parts: set[str], name: str) -> float:
    return len(parts & _parts(name)) / len(parts)


def _scripts(text: str) -> set[str]:
    return {kind for kind, pattern in (("zh", HAN), ("en", WORD)) if pattern.search(text)}


def _parts(text: str) -> set[str]:
    """Pairs of characters and stems of words, with one name for what has several."""
    for canonical, names in vocabulary()["same"].items():
        for name in names:
            text = re.sub(re.escape(name), f" {canonical} ", text, flags=re.IGNORECASE)
    pairs = {run[n : n + 2] for run in HAN.findall(text) for n in range(len(run) - 1)}
    words = (word.lower().rstrip("s") for word in WORD.findall(text))
    return pairs | {word[:6] for word in words if len(word) > 2 and word not in SMALL}


SMALL = ("the", "and", "for", "per", "new", "number", "rate", "share", "level", "total", "growth")
