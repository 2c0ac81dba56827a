"""The words of a target, read one by one: phrases, numbers, units, years and what is measured."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from songhua.plan.target_phrases import phrase_pattern, vocabulary
from songhua.plan.target_units import scale_of, unit_at, unit_text

SIGNED = re.compile(r"[-−－+](?=\d)")
NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?", re.ASCII)
_Y = r"((?:19|20)\d\d)"
_YEARS = {
    "base": [
        rf"(?:比|较|相比于?|对比){_Y}年(?:底|末|水平|基数)?(?:为?基础上?)?",
        rf"在?(?:以)?{_Y}年(?:水平)?(?:的?基础上|为基[数期年])",
        rf"{_Y}年的(?=[\d.]+倍)",
        rf"(?:from|over|on|against|below|above|than(?: in)?|versus|vs\.?|relative to"
        rf"|compared (?:with|to))\s+(?:the\s+)?(?:level\s+(?:of|in)\s+)?{_Y}(?:\s+levels?)?"
        r"(?=\s*(?:$|[,;.)](?!\d)|(?:by|to|at|in|until|with|and)\b|\())",
        rf"(?:of\s+)?the\s+{_Y}\s+level",
    ],
    "by": [
        rf"(?:到|至|截至)?{_Y}年(?:底前?|末前?|前)?",
        rf"(?:by|in|until)\s+(?:the\s+end\s+of\s+)?{_Y}(?![\d–—-]|[.,]\d|\s*[%‰])",
    ],
    "span": [
        rf"{_Y}\s*(?:—|–|-|~|～|至|到)\s*{_Y}年(?:期间)?",
        rf"(?:in|during|over|for|between|from)\s+{_Y}\s*(?:-|–|—|to|and)\s*{_Y}",
    ],
}
# Where a movement begins: 由25%提高到30%, "from 25 % to 30 %". A bare year is none.
_FROM = re.compile(
    rf"(?:由|从|from\s)\s*(?!(?:19|20)\d\d(?:年|\s*(?:[-–—至到]|to\b)))({NUMBER.pattern})\s*",
    re.I | re.A,
)
_ON = re.compile(
    r"\s*(?:(?:大幅|进一步|逐步|稳步)?(?:提高|提升|增加|增长|上升|扩大|下降|降低|减少|缩小|压减|削减|[增升降减])[到至]|to\s)"
)
NO_NAME = re.compile(r"[，,；;。]|\d\s*(?:[%％‰]|个百分点|per ?cent)")
PRE = {"by", "span", "base", "effort", "pace", "sense", "hold", "space", "nature"}


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
        if kind in {"unread", "unit"}:
            continue
        for says, phrases in meanings.items():
            found += [(phrase_pattern(phrase, kind), kind, says) for phrase in phrases]
    for kind, patterns in _YEARS.items():
        found += [(re.compile(one, re.I | re.A), kind, "") for one in patterns]
    return tuple(found)


def _next(text: str, at: int, before: list[Token]) -> Token | None:
    """The token that begins here: the longest reading."""
    if space := re.compile(r"\s+").match(text, at):
        return Token("space", "", at, space.end())
    found = [
        Token(kind, says or "..".join(match.groups()), at, match.end())
        for pattern, kind, says in _phrases()
        if (match := pattern.match(text, at))
    ]
    last = next((token for token in reversed(before) if token.kind != "space"), None)
    if last is not None and last.kind == "number" and (unit := unit_at(text, at)):
        found.append(Token("unit", unit[0], at, unit[1]))
    if start := _start_at(text, at):
        found.append(start)
    free = last is None or last.kind not in ("number", "unit")
    sign = SIGNED.match(text, at) if free else None
    if number := NUMBER.match(text, sign.end() if sign else at):
        found.append(Token("number", text[at : number.end()], at, number.end()))
    return max(found, key=lambda token: (token.end, token.kind == "unit"), default=None)


def read(text: str, at: int = 0, before: Sequence[Token] = ()) -> tuple[list[Token], int]:
    """The tokens from here, and where reading stopped (the end, when all was read).

    >>> [(token.kind, token.says) for token in read("增长6%")[0]]
    [('sense', 'rise'), ('number', '6'), ('unit', '%')]
    """
    tokens: list[Token] = []
    while at < len(text):
        token = _next(text, at, [*before, *tokens])
        if token is None:
            break
        tokens.append(token)
        at = token.end
    return tokens, at


def _start_at(text: str, at: int) -> Token | None:
    """Where a movement begins, with its unit: it says the number and the unit."""
    match = _FROM.match(text, at)
    if match is None:
        return None
    unit, end = unit_at(text, match.end()) or ("", match.end(1))
    return Token("start", f"{match[1]} {unit}", at, end) if _ON.match(text, end) else None


def readings(text: str) -> Iterator[list[Token]]:
    """The ways to read the text: without a name of what is measured, then with a name.

    The name is the shortest stretch after which everything is read; it may follow a year, a
    base, an aim or a verb, or, in English, the number. A name has no comma and no percentage.

    >>> [token.kind for token in next(readings("就业率提高到60%"))]
    ['subject', 'to', 'number', 'unit']
    """
    tokens, stop = read(text)
    if stop == len(text):
        yield tokens
        return
    first = next((n for n, token in enumerate(tokens) if not _before_name(token)), len(tokens))
    for kept in range(first, -1, -1):
        head = tokens[:kept]
        start = head[-1].end if head else 0
        if text[start : start + 1].isspace() or text[start : start + 1].isdigit():
            continue
        for name, rest in _named(text, start, []):
            yield [*head, name, *rest]
    yield from _named_after(text, tokens)


def _named(text: str, start: int, before: list[Token]) -> Iterator[tuple[Token, list[Token]]]:
    """A name from here, and the tokens after it, the shortest name first."""
    for end in range(start + 1, len(text)):
        if _inside_word(text, end):
            continue
        if NO_NAME.search(text[start:end]):
            return
        rest, stop = read(text, end, before)
        if stop == len(text):
            yield Token("subject", text[start:end], start, end), rest


def _named_after(text: str, tokens: list[Token]) -> Iterator[list[Token]]:
    """English readings with the name after the number: "11 million new jobs"."""
    at = next((n for n, token in enumerate(tokens) if token.kind == "number"), None)
    if at is None:
        return
    number = tokens[at]
    space = re.compile(r"\s*").match(text, number.end)
    start = space.end() if space else number.end
    if unit := unit_at(text, start):
        yield from _named_in(text, [*tokens[: at + 1], Token("unit", unit[0], start, unit[1])])
        return
    match = re.compile(r"\s+(?:(billion|million|trillion|bn|m)\s+)?(?=[A-Za-z])").match(
        text, number.end
    )
    if match is None:
        return
    space = Token("space", "", number.end, match.end())
    for name, rest in _named(text, match.end(), [number]):
        units = [token for token in rest if token.kind == "unit"]
        scale = scale_of(match[1] or "")
        if len(units) != 1 or not name.says.isascii():
            continue
        scaled = unit_text(f"{scale} {units[0].says}".strip())
        if scaled:
            made = [replace(t, says=scaled) if t is units[0] else t for t in rest]
            yield [*tokens[: at + 1], space, name, *made]


def _named_in(text: str, before: list[Token]) -> Iterator[list[Token]]:
    """English readings with the name after the unit: "3 percent in energy use per unit of GDP"."""
    match = re.compile(r"\s+(?:in|of|for)\s+(?=[A-Za-z])").match(text, before[-1].end)
    if match is None or not text[match.end() :].isascii():
        return
    word = Token("plain", "filler", before[-1].end, match.end())
    for name, rest in _named(text, match.end(), before):
        yield [*before, word, name, *rest]
    if not NO_NAME.search(text[match.end() :]):
        yield [*before, word, Token("subject", text[match.end() :], match.end(), len(text))]


def _before_name(token: Token) -> bool:
    """Whether a name may follow."""
    return token.kind in PRE or (token.kind, token.says) == ("plain", "stop")


def _inside_word(text: str, at: int) -> bool:
    """Whether a Latin word or a number would be cut here."""
    return bool(re.match(r"[A-Za-z]{2}|[\d.,]\d|\d[.,]", text[at - 1 : at + 1]))
