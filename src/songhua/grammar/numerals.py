"""Numbers as people write them, in digits, in Chinese characters and in English words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from songhua.grammar.lexicon import words

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_TENS = {"廿": "二十", "卅": "三十"}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_ZH = "〇零一二两三四五六七八九十百千廿卅"
_VULGAR = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5"}
# What a number in characters counts: elsewhere its characters are parts of words (三农, 十分).
_COUNTED = (
    r"(?=个|万|亿|元|家|户|人|名|年|倍|项|所|套|座|公里|件|亩|吨|岁|张|台|次|场|期|成|分之"
    r"|小时|条|处|类|种|天|平方|立方|头|只|艘|架|辆|部|支|季度?|月|批|例|[%‰])"
)
_TENTHS_END = r"(?=以[上下内]|之内|左右|上下|的|[提增升降减到至]|上升|下降|\s*$|[,，.。;；、)）])"
_DIGITAL = re.compile(
    r"\d{1,2}/\d{1,2}(?![\d/万千百])"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?"
    r"|\d{1,3}(?:[  ]\d{3})+(?![\d,A-Za-z])(?:\.\d+)?"
    r"|\d{1,3}(?:['’]\d{3})+(?:\.\d+)?"
    r"|\d{1,2}(?:,\d{2})+,\d{3}"
    r"|(?<!\d)\.\d+|\d+(?:\.\d+)?(?:[eE]\d{1,2}(?![\dA-Za-z]))?",
    re.ASCII,
)
_OUT_OF = re.compile(
    r"(\d{1,2})\s+(?:in|out\s+of|of(?=\s+every))\s+(?:every\s+)?(\d{1,3})(?=\s+[a-z])(?!\s+(?:years?|months?|days?)\b)",
    re.I | re.ASCII,
)
# One or two digits behind a comma are no thousands: 14,5 %.
_DECIMAL_COMMA = re.compile(r"(\d{1,3}),(\d{1,2})(?![\d,.])", re.ASCII)
_MIXED = re.compile(r"(\d+)(万|亿)(\d{1,4})([千百万])(?!\d)", re.ASCII)
_CHARACTERS = re.compile(rf"[{_ZH}]+(?:[万亿]+[{_ZH}]+)*(?:点[〇零一二三四五六七八九]+)?")
_ZH_PART = re.compile(rf"([{_ZH}]+|\d+)分之([{_ZH}]+|\d+)")
_ZH_TENTHS = re.compile(rf"([一二两三四五六七八九1-9])成([一二三四五六七八九半])?{_TENTHS_END}")
_HUNDREDTHS = re.compile(rf"百分之(?=[{_ZH}\d])")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: its digits, where it ends, and where the sign of its unit begins.

    `digits` keeps the marks between thousands as commas, a part is written as 1/3.
    """

    digits: str
    end: int
    unit: str = ""


def numeral_at(text: str, at: int) -> Numeral | None:
    """The number that begins here; None where there is none, or it may be two.

    >>> [numeral_at(text, 0).digits for text in ("5,183.8", "234 567", "1e3", ".5", "2/3")]
    ['5,183.8', '234,567', '1000', '0.5', '2/3']
    >>> [numeral_at(text, 0).digits for text in ("三万五千人", "一百廿五家", "三分之一")]
    ['35000', '125', '1/3']
    >>> [numeral_at(text, 0) for text in ("1.234.567", "1.234,5", "三五家", "三农")]
    [None, None, None, None]
    >>> numeral_at("八成以上", 0), numeral_at("twenty-five firms", 0).digits
    (Numeral(digits='80', end=2, unit='%'), '25')
    """
    first = text[at]
    if text.startswith(("一半", "半数"), at):
        return Numeral("1/2", at + 2)
    if first in _VULGAR:
        return Numeral(_VULGAR[first], at + 1)
    if first.isdigit() or first == ".":
        return _in_digits(text, at)
    if first in _ZH:
        return _in_characters(text, at)
    if first in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz":
        return _in_words(text, at)
    return None


def _in_digits(text: str, at: int) -> Numeral | None:
    if tenths := _ZH_TENTHS.match(text, at):
        return _tenths(tenths)
    if part := _ZH_PART.match(text, at):
        return _part(part)
    if mixed := _MIXED.match(text, at):
        low = int(mixed[3]) * ({"千": 1000, "百": 100} | _MYRIADS)[mixed[4]]
        return Numeral(str(int(mixed[1]) * _MYRIADS[mixed[2]] + low), mixed.end())
    if out := _OUT_OF.match(text, at):
        return Numeral(f"{out[1]}/{out[2]}", out.end(2)) if int(out[1]) < int(out[2]) else None
    match = _DIGITAL.match(text, at)
    if match is None:
        return None
    end, digits = match.end(), match[0]
    if text[end : end + 1] in _VULGAR and "." not in digits:  # 1½
        numerator, denominator = map(int, _VULGAR[text[end]].split("/"))
        return Numeral(f"{int(digits) + numerator / denominator:g}", end + 1)
    if comma := _DECIMAL_COMMA.match(text, at):
        return Numeral(f"{comma[1]}.{comma[2]}", comma.end())
    if re.compile(r"[.,'’]?\d|/\d+(?![\d万千百])").match(text, end):
        return None  # 1.234,5 and 1,23: thousands or decimals, nobody knows
    if "e" in digits.lower():
        digits = format(float(digits), ".12g")
    digits = re.sub(r"[  '’]", ",", digits)
    return Numeral(f"0{digits}" if digits[0] == "." else digits, end)


def _in_characters(text: str, at: int) -> Numeral | None:
    if tenths := _ZH_TENTHS.match(text, at):
        return _tenths(tenths)
    if part := _ZH_PART.match(text, at):
        return _part(part) if part[1] != "百" else None
    match = _CHARACTERS.match(text, at)
    if match is None:
        return None
    whole, point, tail = match[0].partition("点")
    end = match.end()
    if not re.compile(_COUNTED + rf"|(?<=百分之{re.escape(match[0])})").match(text, end):
        return None
    if re.search("[万亿]", whole) and (more := re.compile("[万亿]+").match(text, end)):
        whole, end = whole + more[0], more.end()
    value = whole_number(whole)
    if value is None:
        return None
    decimals = "".join(str(_DIGITS[c]) for c in tail)
    return Numeral(f"{value}.{decimals}" if point else str(value), end)


def _tenths(match: re.Match[str]) -> Numeral:
    """Tenths and hundredths: 三成五 is 35 %."""
    first = match[1] if match[1].isascii() else whole_number(match[1])
    second = 5 if match[2] == "半" else whole_number(match[2]) if match[2] else 0
    return Numeral(f"{first}{second}", match.end(), "%")


def _part(match: re.Match[str]) -> Numeral | None:
    whole, part = (text if text.isascii() else whole_number(text) for text in match.groups())
    return Numeral(f"{part}/{whole}", match.end()) if part and whole else None


def hundredths_at(text: str, at: int) -> int | None:
    """Where 百分之, which stands before a number in percent, ends.

    >>> hundredths_at("百分之五点五", 0), numeral_at("百分之五点五", 3).digits
    (3, '5.5')
    """
    match = _HUNDREDTHS.match(text, at)
    return match.end() if match else None


def whole_number(text: str) -> int | None:
    """A whole number in characters; a last digit counts the next place. None for what is none.

    >>> [whole_number(text) for text in ("二十五", "一百二十", "十", "两千", "一百廿五", "三万五")]
    [25, 120, 10, 2000, 125, 35000]
    >>> [whole_number(text) for text in ("一百五", "一百零五", "一千零五十", "三亿五千万", "三五")]
    [150, 105, 1050, 350000000, None]
    """
    for short, long in _TENS.items():
        text = text.replace(short, long)
    total = section = 0
    last: int | None = None
    place = 1
    for char in text:
        if char in _MYRIADS:
            section += last or 0
            if not section:
                return None
            total += section * _MYRIADS[char]
            section, last, place = 0, None, _MYRIADS[char] // 10
        elif char in _PLACES:
            if last == 0 and char != "十":
                return None
            section += (1 if last is None or last == 0 else last) * _PLACES[char]
            last, place = None, _PLACES[char] // 10
        elif last:
            return None  # two digits side by side: some three to five
        else:
            last = _DIGITS[char]
            place = place if last else 1
    return total + section + (last or 0) * place


@cache
def _english() -> re.Pattern[str]:
    units, tens = words()["numerals"]["units"], words()["numerals"]["tens"]
    ones = "|".join(sorted(units, key=len, reverse=True))
    small = rf"(?:(?:{'|'.join(tens)})(?:[-\s](?:{ones}))?|{ones})"
    parts = "|".join(words()["numerals"]["parts"])
    return re.compile(
        rf"(?P<point>{small}-point-(?:{ones}))\b"
        rf"|(?P<half>(?:{small}|\d+)\s+and\s+a\s+half\b)"
        rf"|(?P<part>(?:a|an|{ones})[-\s](?:{parts})s?\b(?!\s+(?:year|time|of\s+(?:19|20)\d\d)))"
        rf"|(?P<outof>(?:{small})\s+(?:in|out\s+of|of(?=\s+every))\s+(?:every\s+)?(?:{small}|\d+)\s+(?=[a-z])"
        r"(?!years?|months?|days?|or\b|and\b|to\b))"
        rf"|(?P<hundreds>(?:{small}|a)\s+hundred(?:\s+(?:and\s+)?{small})?)\b(?!-)"
        rf"|(?P<small>{small})(?![-\w])"
        r"|(?P<bare>half)(?=\s+(?:of|the|all|its|their)\b|\s*[,.;]?\s*$)",
        re.I,
    )


def _in_words(text: str, at: int) -> Numeral | None:
    if at and (text[at - 1].isalpha() or text[at - 1] == "-"):
        return None
    match = _english().match(text, at)
    if match is None:
        return None
    spoken = match[0].lower()
    match match.lastgroup:
        case "point":
            digits = ".".join(str(_small(word)) for word in spoken.split("-point-"))
        case "half":
            digits = f"{_small(spoken.split(' and ')[0])}.5"
        case "part":
            first, name = re.split(r"[-\s]+", spoken)
            whole = words()["numerals"]["parts"][name.rstrip("s") if name != "halves" else "half"]
            digits = f"{_small(first) if first not in ('a', 'an') else 1}/{whole}"
        case "outof":
            part, whole = re.split(r"\s+(?:in|out\s+of|of)\s+(?:every\s+)?", spoken.strip())
            if _small(part) >= _small(whole):
                return None
            digits = f"{_small(part)}/{_small(whole)}"
        case "hundreds":
            first, _, rest = spoken.partition("hundred")
            value = 100 * (1 if first.strip() == "a" else _small(first))
            digits = str(value + (_small(rest.replace("and", " ")) if rest.strip() else 0))
        case "bare":
            digits = "1/2"
        case _:
            digits = str(_small(spoken))
    return Numeral(digits, match.end())


def _small(spoken: str) -> int:
    if spoken.strip().isdigit():
        return int(spoken)
    values = words()["numerals"]["units"] | words()["numerals"]["tens"]
    return sum(int(values[word]) for word in re.split(r"[-\s]+", spoken.strip()))
