"""The words of a target, read one by one: phrases, numbers, units, years and what is measured."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from songhua.plan.target_numerals import MONTH, month_number
from songhua.plan.target_phrases import phrase_pattern, vocabulary
from songhua.plan.target_units import unit_at

SIGNED = re.compile(r"[-−－+](?=\d)")
NUMBER = re.compile(r"\d{1,2}/\d{1,2}(?!\d)|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?", re.A)
SCALE = re.compile(r"(million|billion|trillion|thousand|bn|m|k)\b", re.I)
SCALES = {"million": "m", "billion": "bn", "trillion": "tn", "thousand": "k"}
_Y = r"((?:19|20)\d\d)"
_NEXT = (
    r"(?=\s*(?:$|[,;:.)](?!\d)|(?:by|to|at|in|on|until|with|and|from|reach|for|during|over)\b|\())"
)
# Years by their shape and the words about them: the only way in which a number is a year.
_YEARS = {
    "base": [
        rf"(?:比|较|相比于?|对比){_Y}年(?:底|末|水平|基数)?(?:为?基础上?)?",
        rf"在?(?:以)?{_Y}年(?:水平)?(?:的?基础上|为基[数期年])",
        rf"{_Y}年的(?=[\d.]+倍)",
        rf"(?:from|over|on|against|below|above|than(?: in)?|versus|vs\.?|relative to"
        rf"|compared (?:with|to))\s+(?:the\s+)?(?:levels?\s+(?:of|in)\s+)?{_Y}(?:\s+levels?)?"
        + _NEXT,
        rf"(?:of\s+)?the\s+{_Y}\s+level",
        rf"(?:lower|higher)\s+than\s+(?:in\s+)?{_Y}(?:\s+levels?)?{_NEXT}",
    ],
    "by": [
        rf"(?:到|至|截至)?{_Y}年(?!的|\s*[—–~至到-]\s*\d)(?:底前?|末前?|前)?",
        rf"(?:by|in|until|before)\s+(?:the\s+end\s+of\s+)?{_Y}(?![\d/–—-]|[.,]\d|\s*[%‰])",
        rf"(?<=[%a-z] )to\s+{_Y}\s*$",
    ],
    "span": [
        rf"{_Y}(?:年)?\s*(?:—|–|-|~|～|至|到)\s*{_Y}年(?:期间)?",
        rf"(?:in|during|over|for|between|from)\s+{_Y}\s*(?:-|–|—|to|and)\s*{_Y}(?!\d|,\d)",
    ],
}
# How long: 五年, "over the next five years".
_LONG = (
    r"(?:未来|用|在)?(\d{1,2})年(?:内|间|时间|期间)?(?![初底末前份度龄])",
    r"(?:(?:over|within|in|during|for)\s+(?:the\s+)?(?:next\s+|coming\s+)?"
    r"|(?:the\s+)?(?:next|coming)\s+)(\d{1,2})[- ]years?(?![- ]olds?| of age)",
)
_MONTH = (
    rf"(?:到|至|截至)?{_Y}年(\d{{1,2}})月(?:底前?|末前?|前|份)?",
    rf"(?:by|in|until|before)\s+(?:the\s+end\s+of\s+)?({MONTH})\s+{_Y}(?!\d)",
)
_FOLD = re.compile(r"(\d+(?:\.\d+)?)[- ]?fold\b|(two|three|four|five|six|ten)fold\b", re.I)
_FOLDS = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "ten": "10"}
_NAMED_AVERAGE = re.compile(r"(?:the\s+)?([A-Z][A-Za-z]+)\s+average\b|([A-Z][A-Za-z]+)平均水平")
_WITH = re.compile(r"(?:与|和|同)(?:同期)?")
WHOLE = re.compile(r"of (?:GDP|GNI|GVA|national income)\b")
# Where a movement begins: 由25%提高到30%, "from 25 % to 30 %". A bare year is none.
_FROM = re.compile(
    rf"(?:由|从|from\s)\s*(?!(?:19|20)\d\d(?:年|\s*(?:[-–—至到]|to\b)))({NUMBER.pattern})\s*",
    re.I | re.A,
)
_ON = re.compile(
    r"\s*(?:(?:大幅|进一步|逐步|稳步)?(?:提高|提升|增加|增长|上升|扩大|下降|降低|减少|缩小|压减|削减|[增升降减])?[到至]|to\s)"
)
_PIECE = re.compile(r"[A-Za-z][A-Za-z0-9'’&./-]*[A-Za-z0-9]|.", re.S)
INSIDE = ("(", ")", "、")
REACHED = ("hold", "to", "bound", "sense", "separator")
COMPARING = ("bound", "faster", "relation", "with")


@dataclass(frozen=True)
class Token:
    """A stretch of the text: its class, what it says, and where it stands."""

    kind: str
    says: str
    start: int
    end: int


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Every phrase as a pattern with its class and meaning."""
    found = []
    for kind, meanings in vocabulary().items():
        if kind in {"unread", "unit", "same"}:
            listed = (p for phrases in meanings.values() for p in phrases)
            longer = (p for p in listed if len(p) > 1 and not p.startswith("/"))
            found += [(phrase_pattern(p), "name", "words") for p in longer if kind == "unread"]
            continue
        for says, phrases in meanings.items():
            found += [(phrase_pattern(phrase, kind), kind, says) for phrase in phrases]
    for kind, patterns in _YEARS.items():
        found += [(re.compile(one, re.I | re.A), kind, "") for one in patterns]
    return tuple(found)


def tokenised(text: str) -> list[Token]:
    """All of the text as tokens; what is not known is a name.

    >>> [(token.kind, token.says) for token in tokenised("失业率降低6%")]
    [('name', '失业率'), ('sense', 'fall'), ('number', '6'), ('unit', '%')]
    """
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        tokens.append(_next(text, at, tokens))
        at = tokens[-1].end
    return [token for token in _joined(text, tokens) if token.kind != "space"]


def _next(text: str, at: int, before: Sequence[Token]) -> Token:
    """The token that begins here: the longest reading, else a piece of a name."""
    if space := re.compile(r"\s+").match(text, at):
        return Token("space", "", at, space.end())
    told = [token for token in before if token.kind != "space"]
    found = [
        Token(kind, says or "..".join(match.groups()), at, match.end())
        for pattern, kind, says in _phrases()
        if (match := pattern.match(text, at)) and _stands(kind, says, text, match, told)
    ]
    found += _special(text, at, told)
    free = not told or told[-1].kind not in ("number", "unit")
    sign = SIGNED.match(text, at) if free else None
    if number := NUMBER.match(text, sign.end() if sign else at):
        found.append(Token("number", text[at : number.end()], at, number.end()))
    order = ("name", "unit")
    best = max(found, key=lambda t: (t.end, t.kind in order), default=None)
    if best is not None:
        return best
    piece = _PIECE.match(text, at)
    assert piece
    return Token("name", piece[0], at, piece.end())


def _stands(kind: str, says: str, text: str, match: re.Match[str], told: Sequence[Token]) -> bool:
    """Whether a phrase can stand here: a peer after a comparison, a verb at the head."""
    last = told[-1] if told else None
    if kind == "relation":
        return says != "reach" or bool(_peer_at(text, match.end()))
    if kind in ("peer", "peer_growth"):
        if "平均" in match[0] or "average" in match[0]:
            return True
        return last is not None and (
            last.kind in COMPARING or (last.kind, last.says) == ("hold", "reach")
        )
    if kind != "addition" or says == "anywhere":
        return True
    if says == "beside":
        return last is not None and last.kind in ("number", "scale")
    ends = [n for n, token in enumerate(told) if text[token.start : token.end] == ":"]
    clause = told[ends[-1] + 1 :] if ends else told
    return not any(token.kind in ("name", "number", "rate", "sense") for token in clause)


def _peer_at(text: str, at: int) -> bool:
    """Whether the words for somebody else's figure begin here."""
    start = re.compile(r"\s*").match(text, at)
    begin = start.end() if start else at
    if _NAMED_AVERAGE.match(text, begin):
        return True
    peers = {**vocabulary()["peer"], **vocabulary()["peer_growth"]}
    listed = [p for kind in ("peer", "peer_growth") for v in vocabulary()[kind].values() for p in v]
    return bool(peers) and any(phrase_pattern(phrase).match(text, begin) for phrase in listed)


def _special(text: str, at: int, told: Sequence[Token]) -> list[Token]:
    """Tokens that are no phrases: units, scales, horizons, starts, multiples, named averages."""
    found: list[Token] = []
    last = told[-1] if told else None
    counted = last is not None and last.kind == "number"
    if told and (counted or _marked(told)) and (unit := unit_at(text, at)):
        found.append(Token("unit", unit[0], at, unit[1]))
    elif counted and (scale := SCALE.match(text, at)):
        found.append(Token("scale", SCALES.get(scale[1].lower(), scale[1]), at, scale.end()))
    elif _counted(told) and (unit := unit_at(text, at)) and _ends(text, unit[1]):
        found.append(Token("unit", unit[0], at, unit[1]))
    for pattern in _LONG:
        match = re.compile(pattern, re.I | re.A).match(text, at)
        if match and _whole_word(text, at) and not (_reached(last) and _closes(text, match.end())):
            found.append(Token("span", f"{match[1]}y", at, match.end()))
    for pattern in _MONTH:
        if match := re.compile(pattern, re.I | re.A).match(text, at):
            year, month = match.groups() if match[1].isdigit() else (match[2], match[1])
            number = int(month) if month.isdigit() else month_number(month)
            found.append(Token("by", f"{year}-{number:02d}", at, match.end()))
    if fold := _FOLD.match(text, at):
        found.append(Token("multiple", fold[1] or _FOLDS[fold[2].lower()], at, fold.end()))
    if named := _NAMED_AVERAGE.match(text, at):
        found.append(Token("peer", named[1] or named[2], at, named.end()))
    if (pair := _WITH.match(text, at)) and _peer_at(text, pair.end()):
        found.append(Token("with", "", at, pair.end()))
    if whole := WHOLE.match(text, at):
        found.append(Token("whole", whole[0], at, whole.end()))
    if start := _start_at(text, at):
        found.append(start)
    return found


def _reached(last: Token | None) -> bool:
    return last is not None and last.kind in REACHED


def _closes(text: str, at: int) -> bool:
    """Whether nothing but a bound follows: of 达到12年 the years are what is reached."""
    return bool(re.compile(r"\s*(?:$|以上|以内|左右|[,;。)])").match(text, at))


def _marked(told: Sequence[Token]) -> bool:
    """Whether a number stands here in marks: 〔60〕万人."""
    return [t.kind for t in told[-2:]] == ["number", "plain"] and told[-1].says == "close"


def _counted(told: Sequence[Token]) -> bool:
    """Whether a number waits for what it counts: "20,000 new urban" jobs."""
    for token in reversed(told):
        if token.kind == "number":
            return True
        if token.kind not in ("name", "scale", "addition"):
            return False
    return False


def _ends(text: str, at: int) -> bool:
    return bool(
        re.compile(
            r"\s*(?:$|[,.;)(]|(?:by|in|over|a|per|each|every|from|between|at|within)\b)"
        ).match(text, at)
    )


def _whole_word(text: str, at: int) -> bool:
    return at == 0 or not re.match(r"[A-Za-z\d.][A-Za-z\d]", text[at - 1 : at + 1])


def _start_at(text: str, at: int) -> Token | None:
    """Where a movement begins, with its unit: it says the number and the unit."""
    match = _FROM.match(text, at)
    if match is None:
        return None
    unit, end = unit_at(text, match.end()) or ("", match.end(1))
    return Token("start", f"{match[1]} {unit}", at, end) if _ON.match(text, end) else None


def _joined(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Pieces of a name as one, with the neutral words between them and 应 of 应急 before it."""
    made: list[Token] = []
    between: list[Token] = []
    for token in tokens:
        soft = token.kind == "space" or (
            token.kind == "plain"
            and (token.says in ("filler", "and") or text[token.start : token.end] in INSIDE)
        )
        if token.kind == "name":
            if made and made[-1].kind == "name":
                start = made.pop().start
            elif between and _touches(text, between[-1]):
                start = between.pop().start
                made += between
            else:
                start = token.start
                made += between
            made.append(Token("name", text[start : token.end].strip(), start, token.end))
            between = []
        elif soft:
            between.append(token)
        else:
            made += [*between, token]
            between = []
    return [*made, *between]


def _touches(text: str, token: Token) -> bool:
    """Whether a neutral word is a single character, which may begin a name."""
    return (
        token.says == "filler"
        and len(text[token.start : token.end]) == 1
        and not text[token.start].isascii()
    )
