"""The encoding of a text that is not Unicode, by what the words look like that it gives.

Bytes of one encoding are often valid in another: the "öl" in "Bevölkerung" of Windows-1252 is a
rare character in GB 18030. So the words are looked at, and where two encodings are plausible,
or none is, no choice is made.
"""

from __future__ import annotations

import re
from functools import cache

from songhua.shipped import installed

#: Bytes of the lines that are looked at, and of one of them before and behind its first odd byte.
_SAMPLE, _LINE = 400_000, 4_000
#: Characters from which on it is told how their bytes are spread.
_MANY = 10
_PLAUSIBLE = {"gb18030": 0.6, "cp932": 0.8, "cp1252": 0.9}
_FOREIGN = re.compile(rb"[\x80-\xff]")
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœŠšŽžŸ]+")
#: Signs of Windows-1252 that stand in front of no letter, and two signs side by side.
_MISPLACED = re.compile(r"[¹²³ºª¼½¾÷×¸¨´¯¬¦¤¢¥](?=\w)|[¡-¿×÷](?=[¡-¿×÷])")
_TRIPLE = re.compile(r"([^\x00-\x7f])\1\1")
_WIDE = re.compile("[\u3001-\u303f\uff01-\uff5e·“”‘’—…①-⑳Ⅰ-Ⅻ℃‰×°±\u3000]")
_KANA = re.compile("[\u3041-\u30fe]")


def encoding_of(content: bytes) -> str:
    """`gb18030`, `cp1252` or `cp932`; an empty text where none or several are plausible.

    >>> encoding_of("地区,产值".encode("gbk")), encoding_of("Bevölkerung".encode("cp1252"))
    ('gb18030', 'cp1252')
    >>> encoding_of("都道府県,人口".encode("cp932")), encoding_of("Год".encode("cp1251"))
    ('cp932', '')
    """
    sample = _sample(content)
    shares = {"gb18030": _chinese, "cp932": _japanese, "cp1252": _western}
    plausible = [
        name
        for name, share in shares.items()
        if share(sample.decode(name, "replace")) >= _PLAUSIBLE[name]
    ]
    return plausible[0] if len(plausible) == 1 else ""


def _sample(content: bytes) -> bytes:
    """Lines that hold more than ASCII, the first of them; of a long one the part around."""
    lines, size, at = [], 0, 0
    while size <= _SAMPLE and (foreign := _FOREIGN.search(content, at)):
        start, end = max(at, foreign.start() - _LINE), foreign.start() + _LINE
        start = max(start, content.rfind(b"\n", start, foreign.start()) + 1)
        at = content.find(b"\n", foreign.start(), end) + 1 or end
        lines.append(content[start:at])
        size += len(lines[-1])
    return b"".join(lines)


@cache
def _looks() -> tuple[frozenset[str], list[frozenset[str]]]:
    look = installed.toml("reading", "sheets", "encodings.toml")
    return frozenset(look["han"]), [frozenset(letters) for letters in look["accented"]]


def _chinese(text: str) -> float:
    """The share of characters beyond ASCII that Chinese tables are mostly written with.

    In a longer text of names it is the share of those that GB 2312 lists as common, where their
    bytes are spread as those of no other encoding are.
    """
    common, _ = _looks()
    foreign = [character for character in text if not character.isascii()]
    han = [character for character in foreign if not _WIDE.match(character)]
    if not han:
        return float(bool(foreign))
    share = sum(character in common for character in han) / len(han)
    codes = [code for code in (c.encode("gb18030", "replace") for c in han) if len(code) == 2]
    listed = [code for code in codes if 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1]
    if share < 0.3 or len(listed) < _MANY:
        return share
    korean = sum(code[0] <= 0xC8 for code in listed) > 0.9 * len(listed)
    russian = sum(min(code) >= 0xC0 for code in listed) > 0.9 * len(listed)
    return share if korean or russian else max(share, len(listed) / len(han) - 0.25)


def _japanese(text: str) -> float:
    """The share of characters beyond ASCII that are kana of full width or common kanji."""
    foreign = [character for character in text if not character.isascii()]
    good = sum(bool(_KANA.match(c) or _WIDE.match(c) or _common_kanji(c)) for c in foreign)
    return good / len(foreign) if foreign else 0.0


def _common_kanji(character: str) -> bool:
    try:
        return b"\x88" <= character.encode("cp932")[:1] <= b"\x97"
    except UnicodeEncodeError:
        return False


def _western(text: str) -> float:
    """The share of words with accents whose letters are all of one language."""
    _, alphabets = _looks()
    misplaced = len(_MISPLACED.findall(text)) + text.count("\ufffd")
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    good = sum(_is_word(word, alphabets) for word in words)
    several = len(words) + misplaced
    return good / several if several else 1.0


def _is_word(word: str, alphabets: list[frozenset[str]]) -> bool:
    accents = {letter for letter in word.lower() if not letter.isascii()}
    if _TRIPLE.search(word):
        return False
    fits = not accents or any(accents <= alphabet for alphabet in alphabets)
    plain = sum(letter.isascii() for letter in word)
    word = word.replace("ß", "")
    ordered = word.islower() or word.isupper() or (word[:1].isupper() and word[1:].islower())
    return fits and ordered and 2 * plain >= len(word) - 1
