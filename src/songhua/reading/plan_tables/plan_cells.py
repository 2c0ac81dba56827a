"""A cell of a plan's table of indicators as a target in words."""

from __future__ import annotations

import re

from songhua import messages
from songhua.reading.plan_tables.plan_words import words
from songhua.reading.sheets.words import blank_marks, key, tidy

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?", re.ASCII)
_BRACKETED = re.compile(r"[\[【(〔]\s*(.+?)\s*[\]】)〕]")
_SIGN = re.compile(r"(>=|<=|[<>≥≤~≈])\s*(.+)")
#: The way of a number whose name says that it is a fall.
_FALLING = {"rise": "fall", "growth": "decline"}
_SAME = {">=": "≥", "<=": "≤"}


def target_words(cell: str, way: str, unit: str, name: str, lang: str) -> str:
    """The target that a cell states, in words; blank where it states none.

    `way` is `level`, `growth` (of a rate, in its year), `rise` (of each year on average), or one of
    all years together: `rise_in_all` (growth), `higher_in_all` (points), `more_in_all` (an
    amount), `fall_in_all` or `added_in_all` (a sum). `unit` is that of the number, `name` that of
    the indicator, which may end in what the number counts (…降低).

    >>> target_words("65", "level", "%", "常住人口城镇化率", "zh")
    '达到65%'
    >>> target_words("[13.5]", "fall_in_all", "%", "单位GDP能源消耗降低", "zh")
    '累计下降13.5%'
    >>> target_words("[5.1]", "higher_in_all", "个百分点", "常住人口城镇化率", "zh")
    '累计提高5.1个百分点'
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
    patterns = words().target[lang]
    if not _NUMBER.search(text):
        return text
    number = unbracketed(text)
    if falls(name):
        way = _FALLING.get(way, way)
    elif way == "fall_in_all":
        number = number.removeprefix("-")
    return patterns[way].format(n=_counted(number, unit, lang))


def in_all(cell: str) -> bool:
    """True for a cell of all years together: a number in brackets.

    >>> in_all("［13.5］"), in_all("13.5")
    (True, False)
    """
    return _BRACKETED.fullmatch(tidy(cell)) is not None


def unbracketed(cell: str) -> str:
    """A cell without its brackets.

    >>> unbracketed("〔5.1〕"), unbracketed("5.1")
    ('5.1', '5.1')
    """
    bracketed = _BRACKETED.fullmatch(tidy(cell))
    return bracketed[1] if bracketed else tidy(cell)


def number_in(cell: str) -> str:
    """The one plain number of a cell; blank if it has none, or several.

    >>> number_in("〔≥1,050〕"), number_in("65或70")
    ('1050', '')
    """
    numbers = _NUMBER.findall(cell)
    return numbers[0].replace(",", "") if len(numbers) == 1 else ""


def falls(name: str) -> bool:
    """The name of an indicator says that its number is one of a fall.

    >>> falls("单位GDP能源消耗降低"), falls("地区生产总值")
    (True, False)
    """
    return _says(name, "fall")


def adds(name: str) -> bool:
    """The name of an indicator says that its number in all is a sum of what is added.

    >>> adds("城镇新增就业"), adds("地区生产总值")
    (True, False)
    """
    return _says(name, "added")


def _says(name: str, how: str) -> bool:
    """True for a name that holds a word for what its number counts."""
    return any(key(word) in key(name) for word in words().names[how])


def _counted(text: str, unit: str, lang: str) -> str:
    """A number with its unit, and the words for a sign before it."""
    signed = _SIGN.fullmatch(text)
    sign, text = (signed[1], signed[2]) if signed else ("", text)
    last = [*_NUMBER.finditer(text)][-1]
    before, after = text[: last.end()], text[last.end() :].strip()
    gap = messages.language(lang).gap
    counted = unit and not after.startswith(("%", "‰", "个百分点", "percentage point", unit))
    number = f"{before}{gap}{unit}" if counted else before
    number += f"{gap}{after}" if after else ""
    return words().signs[lang][_SAME.get(sign, sign)].format(n=number) if sign else number
