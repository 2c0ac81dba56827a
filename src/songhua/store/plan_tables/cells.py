"""A cell of a plan's table of indicators as a target in words."""

from __future__ import annotations

import re

from songhua import messages
from songhua.store.plan_tables.words import words
from songhua.store.sheets.words import blank_marks, key, tidy

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?", re.ASCII)
_BRACKETED = re.compile(r"[\[【(]\s*(.+?)\s*[\]】)]")
_SIGN = re.compile(r"(>=|<=|[<>≥≤~≈])\s*(.+)")
_SAME = {">=": "≥", "<=": "≤"}


def target_words(cell: str, way: str, unit: str, name: str, lang: str) -> str:
    """The target that a cell states, in words; blank where it states none.

    `way` is `level`, `growth` (of a rate, in its year) or `rise` (of each year on average). A
    number in brackets is that of all years together. `unit` is printed in the table, `name` is
    that of the indicator, and may end in what the number counts (…降低).

    >>> target_words("65", "level", "%", "常住人口城镇化率", "zh")
    '达到65%'
    >>> target_words("[13.5]", "rise", "%", "单位GDP能源消耗降低", "zh")
    '累计下降13.5%'
    >>> target_words(">7", "rise", "%", "全社会研发经费投入", "zh")
    '年均增长超过7%'
    >>> target_words("高于GDP增长", "rise", "%", "劳动生产率", "zh")
    '高于GDP增长'
    >>> target_words("—", "level", "", "", "zh")
    ''
    """
    text = tidy(cell)
    if not text or text in blank_marks() or not text.strip("-—–/…. "):
        return ""
    told = words()["target"][lang]
    bracketed = _BRACKETED.fullmatch(text)
    if not _NUMBER.search(text):
        return text
    falls, added = _ends(name, "fall"), _ends(name, "added")
    number = _counted(bracketed[1] if bracketed else text, unit, lang)
    if bracketed:
        way = "fall_in_all" if falls else "added_in_all" if added else "rise_in_all"
    elif way != "level":
        way = {"rise": "fall", "growth": "decline"}[way] if falls else way
    return str(told[way]).format(n=number)


def in_all(cell: str) -> bool:
    """Whether a cell is of all years together: a number in brackets.

    >>> in_all("［13.5］"), in_all("13.5")
    (True, False)
    """
    return _BRACKETED.fullmatch(tidy(cell)) is not None


def says_how(name: str) -> bool:
    """Whether the name of an indicator says what its number in all counts (新增, 降低).

    >>> says_how("城镇新增就业"), says_how("地区生产总值")
    (True, False)
    """
    return _ends(name, "fall") or _ends(name, "added")


def _ends(name: str, how: str) -> bool:
    """Whether a name holds one of the words that say what its number counts."""
    return any(key(one) in key(name) for one in words()["names"][how])


def _counted(text: str, unit: str, lang: str) -> str:
    """A number with its unit, and the words for a sign before it."""
    signed = _SIGN.fullmatch(text)
    sign, text = (signed[1], signed[2]) if signed else ("", text)
    last = [*_NUMBER.finditer(text)][-1]
    before, after = text[: last.end()], text[last.end() :].strip()
    gap = messages.language(lang).gap
    counted = unit and not after.startswith(("%", "‰", unit))
    number = f"{before}{gap}{unit}" if counted else before
    number += f"{gap}{after}" if after else ""
    return str(words()["signs"][lang][_SAME.get(sign, sign)]).format(n=number) if sign else number
