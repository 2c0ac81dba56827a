"""Whether the words of a target name what its row's indicator measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from songhua.plan.target_phrases import vocabulary
from songhua.plan.target_tokens import WHOLE

WORD = re.compile(r"[A-Za-z]+")
HAN = re.compile(r"[\u4e00-\u9fff]+")
#: A name that covers so much more of the words than the indicator's own is another's.
AHEAD = 0.5


def names_another(
    subject: str, own: Mapping[str, str], others: Iterable[Mapping[str, str]]
) -> bool:
    """Whether the name in a target's words is another's than the indicator's.

    The names are compared by their parts: two characters of Chinese, a word of English without
    its ending. They are another's when they share none with the indicator's name in the same
    language, or when another indicator's name covers far more of them.

    Args:
        subject: the name in the target's words.
        own: the indicator's names, by language.
        others: those of the other indicators.

    >>> gdp = {"en": "GDP growth", "zh": "地区生产总值增速"}
    >>> names_another("失业率", gdp, []), names_another("地区生产总值", gdp, [])
    (True, False)
    >>> names_another("share of GDP", {"en": "R&D intensity"}, [gdp])
    False
    >>> names_another("urban income", {"en": "Rural income"}, [{"en": "Urban income"}])
    True
    """
    subject = WHOLE.sub("", subject)  # what a share is of is not what is measured
    parts = _parts(subject)
    named = [name for name in own.values() if _scripts(name) & _scripts(subject)]
    if not parts or not named:
        return False
    mine = max(_covered(parts, name) for name in named)
    best = max((_covered(parts, n) for one in others for n in one.values()), default=0.0)
    return mine == 0.0 or best - mine >= AHEAD


def _covered(parts: set[str], name: str) -> float:
    return len(parts & _parts(name)) / len(parts)


def _scripts(text: str) -> set[str]:
    return {kind for kind, found in (("zh", HAN), ("en", WORD)) if found.search(text)}


def _parts(text: str) -> set[str]:
    """Pairs of characters and stems of words, with one name for what has several."""
    for one, names in vocabulary()["same"].items():
        for name in names:
            text = re.sub(re.escape(name), f" {one} ", text, flags=re.IGNORECASE)
    pairs = {run[n : n + 2] for run in HAN.findall(text) for n in range(len(run) - 1)}
    words = (word.lower().rstrip("s") for word in WORD.findall(text))
    return pairs | {word[:6] for word in words if len(word) > 2 and word not in SMALL}


SMALL = ("the", "and", "for", "per", "new", "number", "rate", "share", "level", "total", "growth")
