"""Years, months and stretches of time in a target's words, and where a movement begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from songhua.plan.target_numerals import MONTH, month_number
from songhua.plan.target_units import scale_at, unit_at

NUMBER = re.compile(
    r"\d{1,2}/\d{1,2}(?![\d万])|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?", re.A
)
_Y = r"((?:19|20)\d\d)"
_NEXT = (
    r"(?=\s*(?:$|[,;:.)](?!\d)|(?:by|to|at|in|on|until|with|and|from|reach|for|during|over)\b|\())"
)
# Years by their shape and the words about them: the only way in which a number is a year.
YEARS = {
    "base": [
        rf"(?:比|较|相比于?|对比){_Y}年(?:底|末|水平|基数)?(?:为?基础上?)?",
        rf"在?(?:以)?{_Y}年(?:水平)?(?:的?基础上|为基[数期年])",
        rf"{_Y}年的(?=[\d.]+倍)",
        rf"(?:from|over|on|against|below|above|than(?: in)?|versus|vs\.?|relative to"
        rf"|compared (?:with|to))\s+(?:the\s+|its\s+|their\s+)?(?:levels?\s+(?:of|in)\s+)?{_Y}"
        rf"(?:\s+(?:levels?|baseline))?{_NEXT}",
        rf"(?:of\s+)?(?:the|its|their)\s+{_Y}\s+(?:level|figure|value|total)s?",
        rf"(?<=\bto ){_Y}\s+levels?",
        rf"\(?(?:in\s+)?{_Y}\)?(?=\s+to\s+\D?\d)",
        rf"{_Y}年(?:的|实际)?水平",
        rf"(?<=[由从]){_Y}年的?(?=\d)",
        rf"\({_Y}年为?(?=\d)",
        rf"\(?base(?:line)?\s+year:?\s+{_Y}\)?",
        rf"(?:of\s+)?(?:the\s+|its\s+)?(?:levels?|figures?|values?)\s+(?:of|in|for)\s+{_Y}{_NEXT}",
        rf"as\s+in\s+{_Y}{_NEXT}",
        rf"(?:lower|higher)\s+than\s+(?:in\s+)?{_Y}(?:\s+levels?)?{_NEXT}",
    ],
    "by": [
        rf"(?:到|至|截至)?{_Y}年(?!的|\s*[—–~至到-]\s*\d)(?:底前?|末前?|前|内)?",
        rf"(?:by|in|until|before|through(?:\s+to)?|(?:no|not)\s+later\s+than)\s+"
        rf"(?:the\s+end\s+of\s+|end[- ](?:of[- ])?|the\s+year\s+)?{_Y}(?![\d/–—-]|[.,]\d|\s*[%‰])",
        rf"(?<=[%a-z] )to\s+{_Y}\s*$",
        rf"over\s+the\s+period\s+to\s+{_Y}(?![\d,])",
        rf"(?<=[到至]){_Y}年的(?=\d)(?![\d.]+倍)",
    ],
    "span": [
        rf"{_Y}(?:年)?\s*(?:—|–|-|~|～|至|到)\s*{_Y}年(?:期间)?",
        rf"(?:in|during|over|for|between|from)\s+{_Y}\s*(?:-|–|—|to|and|through)\s*{_Y}"
        r"(?!\d|,\d)",
    ],
}
# How long: 五年, "over the next five years".
_LONG = (
    r"(?:未来|今后|接下来|用|在)?(\d{1,2})年(?:内|间|时间|期间)?(?![初底末前份度龄])",
    r"(?:(?:over|within|in|during|for)\s+(?:the\s+)?(?:next\s+|coming\s+)?"
    r"|(?:the\s+)?(?:next|coming)\s+)(\d{1,2})[- ]years?(?![- ]olds?| of age)",
)
_MONTH = (
    rf"(?:到|至|截至)?{_Y}年(\d{{1,2}})月(?:底前?|末前?|前|份)?",
    rf"(?:by|in|until|before)\s+(?:the\s+end\s+of\s+)?({MONTH})\s+{_Y}(?!\d)",
)
# Where a movement begins: 由25%提高到30%, "from 25 % to 30 %", "to 10 % from
# the current 15 %". A bare year is none.
_FROM = re.compile(
    rf"(?:由|从|from\s|(?<=[由从]\d{{4}}年的)|(?<=[由从]\d{{4}}年)|\((?=目前|现状|当前|现有)|(?<=\(\d{{4}}年为)|(?<=\(\d{{4}}年))\s*(?:(?:the|its|their)\s+)?(?:current(?:ly)?\s+|present\s+|(?:目前|现有|现状|当前)的?为?)?"
    rf"(?!(?:19|20)\d\d(?:年|\s*(?:[-–—至到]|(?:to|through)\b)))({NUMBER.pattern})\s*",
    re.I | re.A,
)
_ON = re.compile(
    r"(?:\s*\(?(?:in\s+)?(?:19|20)\d\d\)?(?=\s+to\b)|\s+(?:today|now))?"
    r"\s*(?:(?:大幅|进一步|逐步|稳步)?(?:提高|提升|增加|增长|上升|扩大|下降|降低|减少|缩小|压减|削减"
    r"|[增升降减])?[到至]|to\s)"
)
_CLOSED = re.compile(r"\s*(?:$|[,.;)](?!\d)|(?:by|in)\s)")


@dataclass(frozen=True)
class Token:
    """A stretch of the text: its class, what it says, and where it stands."""

    kind: str
    says: str
    start: int
    end: int


def times_at(text: str, at: int, reached: bool) -> list[Token]:
    """The spans and months that begin here; years that are `reached` are no span.

    >>> [(token.kind, token.says) for token in times_at("by March 2026", 0, reached=False)]
    [('by', '2026-03')]
    """
    tokens: list[Token] = []
    for pattern in _LONG:
        match = re.compile(pattern, re.I | re.A).match(text, at)
        if match and _whole_word(text, at) and not (reached and _closes(text, match.end())):
            tokens.append(Token("span", f"{match[1]}y", at, match.end()))
    for pattern in _MONTH:
        if match := re.compile(pattern, re.I | re.A).match(text, at):
            year, month = match.groups() if match[1].isdigit() else (match[2], match[1])
            number = int(month) if month.isdigit() else month_number(month)
            tokens.append(Token("by", f"{year}-{number:02d}", at, match.end()))
    return tokens


def _closes(text: str, at: int) -> bool:
    """True where nothing but a bound follows: of 达到12年 the years are reached, no time."""
    return bool(re.compile(r"\s*(?:$|以上|以内|左右|[,;。)])").match(text, at))


def _whole_word(text: str, at: int) -> bool:
    return at == 0 or not re.match(r"[A-Za-z\d.][A-Za-z\d]", text[at - 1 : at + 1])


def start_at(text: str, at: int, earlier: Sequence[Token]) -> Token | None:
    """Where a movement begins, with its unit: it says the number and the unit.

    >>> start_at("from 25 % to 30 %", 0, ()).says
    '25 %'
    """
    match = _FROM.match(text, at)
    if match is None:
        return None
    unit_match = unit_at(text, match.end()) or scale_at(text, match.end())
    unit, end = unit_match or ("", match.end(1))
    aimed = any(t.kind == "to" or text[t.start : t.end] in ("to", "at") for t in earlier)
    behind = aimed and earlier[-1].kind in ("number", "unit", "scale") and _CLOSED.match(text, end)
    noted = "(" in text[max(at - 7, 0) : at + 1] and text[end : end + 1] == ")"
    if behind or (noted and any(t.kind == "number" for t in earlier)) or _ON.match(text, end):
        return Token("start", f"{match[1]} {unit}", at, end)
    return None
