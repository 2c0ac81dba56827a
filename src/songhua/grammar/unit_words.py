"""Units in words and codes of statistical offices: `100 million yuan`, `THS_PER`, `2015=100`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from songhua.errors import SonghuaError
from songhua.grammar.lexicon import folded
from songhua.grammar.lexicon import words as grammar_words
from songhua.labels import parse_unit
from songhua.labels.units import SCALES
from songhua.shipped import installed

#: The longest text that can be a unit, in characters.
LONGEST = 80
_TOKEN = re.compile(
    r"'?\d{1,3}(?:[ ,]\d{3})+(?!\d)|'?\d+|[a-z]{0,2}[$£€¥₹]|[^\W\d_]+(?:[-'][^\W\d_]+)*", re.I
)
_BETWEEN = re.compile(r"[\s().,]*")
_SHORT = {size: name for name, size in SCALES.items()}


@cache
def _lists() -> dict[str, Any]:
    """The tables of `unit_words.toml`, as explained there."""
    return installed.toml("grammar", "unit_words.toml")


@cache
def _sizes() -> dict[str, int]:
    return {word: int(size) for size, listed in _lists()["scales"].items() for word in listed}


@cache
def _counted() -> dict[str, str]:
    return {word: unit for unit, listed in _lists()["counted"].items() for word in listed}


def common_currencies() -> frozenset[str]:
    """Currencies that their words name alone, such as pounds; dollars are those of the folder.

    >>> sorted(common_currencies())
    ['BRL', 'CNY', 'EUR', 'GBP', 'INR', 'JPY']
    """
    return frozenset(_lists()["currencies_alone"])


@cache
def unit_in_words(text: str, currencies: frozenset[str] | None = None) -> tuple[str, bool] | None:
    """The canonical unit of a text in words, and whether it says that prices are current.

    `currencies` are those of the folder: a word for several is the one of them, and any other is
    none. Without them, a word for several is none. None for a text with any other word.

    >>> unit_in_words("100 million yuan"), unit_in_words("10 000 persons")
    (('100m CNY', False), ('10k persons', False))
    >>> unit_in_words("Thousands of chained 2012 dollars", frozenset({"USD"}))
    ('k USD@2012', False)
    >>> unit_in_words("in Rs. Cr.", frozenset({"INR"})), unit_in_words("in Rs. Cr.")
    (('10m INR', False), None)
    >>> unit_in_words("104 tce"), unit_in_words("Mil EUR"), unit_in_words("Mil Reais")
    (None, None, ('k BRL', False))
    """
    plain = _plain(text)
    tokens = list(_tokens(plain)) if plain and len(plain) <= LONGEST else [""]
    words = [token.casefold() for token in tokens]
    size, bases, prices, lists = 1, dict[str, None](), "", _lists()
    for token, word in zip(tokens, words, strict=True):
        if word in lists["joins"] or word in lists["current"] or word in lists["constant"]:
            continue
        if number := _number(word):
            if len(word) == 4 and 1900 <= number <= 2100 and not prices:
                prices = word
            else:
                size *= number
        elif word in _sizes():
            size *= _sizes()[word]
        elif word in lists["thousand"] and set(words) & set(lists["thousand_of"]):
            size *= 1000
        else:
            bases[_base(token, word, currencies)] = None
    constant = any(word in lists["constant"] for word in words)
    base = next(iter(bases), "")
    if len(bases) != 1 or not base or bool(prices) != constant or size not in _SHORT:
        return None
    unit = f"{_SHORT[size]} {base}{'@' if prices else ''}{prices}".strip()
    return (unit, any(word in lists["current"] for word in words)) if _is_unit(unit) else None


def _plain(text: str) -> str:
    return " ".join(folded(text).split())


def _tokens(text: str) -> Iterator[str]:
    """The words, signs and numbers of a text; a blank one where it has any other sign."""
    at = 0
    for match in _TOKEN.finditer(text):
        if not _BETWEEN.fullmatch(text, at, match.start()):
            yield ""
        yield match[0]
        at = match.end()
    if not _BETWEEN.fullmatch(text, at):
        yield ""


def _number(word: str) -> int:
    """A power of ten or a year; `000` is a thousand. 0 for any other text."""
    digits = re.sub(r"[' ,]", "", word)
    if not digits.isascii() or not digits.isdigit():
        return 0
    if re.fullmatch("0{3}", digits):
        return 1000
    return int(digits) if re.fullmatch(r"100+|(?:19|20)\d\d", digits) else 0


def _base(token: str, word: str, currencies: frozenset[str] | None) -> str:
    """The thing counted, or the currency; blank for a word that is neither or several."""
    if unit := _counted().get(word):
        return unit
    codes = grammar_words()["currencies"]["code"]["codes"].split()
    meant = [token] if token in codes else _lists()["currencies"].get(word, [])
    if currencies is not None:
        meant = [code for code in meant if code in currencies]
    return meant[0] if len(meant) == 1 else ""


def _is_unit(text: str) -> bool:
    try:
        return bool(parse_unit(text))
    except SonghuaError:
        return False


@cache
def coded_unit(code: str) -> tuple[str, str] | None:
    """The unit of a code of a data set, and since when it is a change; None for any other text.

    >>> coded_unit("MIO_EUR"), coded_unit("THS_PER"), coded_unit("PCH_PRE")
    (('m EUR', ''), ('k persons', ''), ('%', 'previous_period'))
    >>> coded_unit("CLV10_MEUR"), coded_unit("MIO_NAC"), coded_unit("EUR")
    (('m EUR@2010', ''), None, None)
    """
    codes = grammar_words()["currencies"]["code"]["codes"].split()
    for pattern, unit in _lists()["codes"].items():
        match = re.fullmatch(pattern, code.strip())
        money = [group for group in match.groups() if group.isalpha()] if match else []
        if match and set(money) <= set(codes):
            return match.expand(unit), _lists()["changes"].get(code.strip(), "")
    return None


def measure_unit(code: str) -> str:
    """The unit of a code in a column of units; blank for any other text.

    >>> measure_unit("PS"), measure_unit("XDC")
    ('persons', '')
    """
    return _lists()["measures"].get(code.strip(), "")


@cache
def index_base(text: str) -> str | None:
    """The base (100) of the index that a text names: a year, `previous_year`, `previous_period`.

    Blank where it names none; None for a text that names no index. An index has no unit.

    >>> index_base("1978年=100"), index_base("base 100 en 2015"), index_base("I05")
    ('1978', '2015', '2005')
    >>> index_base("上年同月=100"), index_base("女=100"), index_base("Quantity index")
    ('previous_year', '女', '')
    >>> index_base("亿元") is None
    True
    """
    plain, patterns = _plain(text), _lists()["index"]
    if len(plain) > LONGEST:
        return None
    if coded := re.fullmatch(patterns["coded"], plain):
        return f"{19 if int(coded[1]) >= 50 else 20}{coded[1]}"
    if re.fullmatch(patterns["named"], plain, re.I):
        return ""
    match = re.fullmatch(patterns["based"], plain, re.I)
    base = (match["equal"] or match["in"]).strip() if match else None
    if base is None:
        return None
    for name in ("previous_year", "previous_period"):
        if re.fullmatch(patterns[name], base, re.I):
            return name
    return base.removesuffix("年")
