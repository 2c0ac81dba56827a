"""The words of a target, read one by one: phrases, numbers, units, years and what is measured."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import zip_longest

from songhua.plan.target_phrases import REACH, UNSPOKEN, phrase_pattern, unreadable, vocabulary
from songhua.plan.target_ranks import rank_at
from songhua.plan.target_times import NUMBER, YEARS, Token, start_at, times_at
from songhua.plan.target_units import scale_at, unit_at

SIGNED = re.compile(r"[-−－+](?=\d)")
_FOLD = re.compile(r"(\d+(?:\.\d+)?)[- ]?fold\b|(two|three|four|five|six|ten)fold\b", re.I)
_FOLDS = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "ten": "10"}
_NAMED_AVERAGE = re.compile(
    r"(?:the\s+)?([A-Z][A-Za-z.]+|[\u4e00-\u9fff]{2,3}[省市])\s+average\b|([A-Z][A-Za-z.]+)平均水平"
)
# An area behind a comparison: "faster than the UK economy", "faster than Zhejiang", 快于浙江省.
_NAMED_PLACE = re.compile(
    r"(?:the\s+)?([A-Z][A-Za-z]+)(?=\s+economy\b|\s*(?:$|[,;.(]))"
    r"|((?:(?!全)[\u4e00-\u9fff]){2,3}[省市])(?:平均水平)?(?=$|[,;。(\d])"
)
_WITH = re.compile(r"(?:与|和|同)(?:同期)?")
WHOLE = re.compile(
    r"of (?:GDP|GNI|GVA|national income)\b"
    r"|(?:GDP|GNI|地区生产总值|国内生产总值)的(?=\s*[约近]?\s*\d)"
)
_PIECE = re.compile(r"[A-Za-z][A-Za-z0-9'’&./-]*[A-Za-z0-9]|.", re.S)
INSIDE = ("(", ")", "、")
REACHED = ("hold", "to", "bound", "sense", "separator")
COMPARING = ("bound", "faster", "relation", "with")


@cache
def _phrases(first: str) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """The phrases that may begin with a character, as patterns with their class and meaning."""
    return tuple(
        (pattern, kind, says)
        for pattern, kind, says, phrase in _listed()
        if phrase.startswith("/") or phrase[0].lower() == first
    )


@cache
def _listed() -> tuple[tuple[re.Pattern[str], str, str, str], ...]:
    """Every phrase as a pattern with its class and meaning."""
    compiled = []
    for kind, meanings in vocabulary().items():
        if kind in UNSPOKEN:
            listed = (p for phrases in meanings.values() for p in phrases)
            longer = (p for p in listed if len(p) > 1 and not p.startswith("/"))
            if kind == "unread":
                compiled += [(phrase_pattern(p), "name", "words", p) for p in longer]
            continue
        for says, phrases in meanings.items():
            compiled += [(phrase_pattern(phrase, kind), kind, says, phrase) for phrase in phrases]
    for kind, patterns in YEARS.items():
        compiled += [(re.compile(pattern, re.I | re.A), kind, "", "/") for pattern in patterns]
    return tuple(compiled)


def tokenised(text: str) -> list[Token]:
    """All of the text as tokens; what is not known is a name.

    >>> [(token.kind, token.says) for token in tokenised("失业率降低6%")]
    [('name', '失业率'), ('sense', 'fall'), ('number', '6'), ('unit', '%')]
    """
    tokens: list[Token] = []
    earlier: list[Token] = []  # those that are no white space
    at = 0
    while at < len(text):
        token = _next(text, at, earlier)
        tokens.append(token)
        if token.kind != "space":
            earlier.append(token)
        at = token.end
    pairs = zip_longest(tokens, tokens[1:])
    tokens = [_as_name(text, token, after) for token, after in pairs]
    joined = [token for token in _joined(text, tokens) if token.kind != "space"]
    return [_as_rate(token, after) for token, after in zip_longest(joined, joined[1:])]


def _as_name(text: str, token: Token, after: Token | None) -> Token:
    """Bare years before a name belong to it (9年义务教育); a stretch of time has a mark (9年内)."""
    bare = token.kind == "span" and re.fullmatch(r"\d{1,2}年", text[token.start : token.end])
    if bare and after is not None and after.kind == "name":
        return Token("name", text[token.start : token.end], token.start, token.end)
    return token


def _as_rate(token: Token, after: Token | None) -> Token:
    """A verb before a word for keeping is a rate: 经济增长保持在6%."""
    before_hold = after is not None and after.kind == "hold" and after.says != REACH
    return replace(token, kind="rate") if before_hold and token.kind == "sense" else token


def _next(text: str, at: int, earlier: Sequence[Token]) -> Token:
    """The token that begins here: the longest reading, else a piece of a name."""
    if space := re.compile(r"\s+").match(text, at):
        return Token("space", "", at, space.end())
    candidates = [
        Token(kind, says or "..".join(match.groups()), at, match.end())
        for pattern, kind, says in _phrases(text[at].lower())
        if (match := pattern.match(text, at)) and _stands(kind, says, text, match, earlier)
    ]
    candidates += _special(text, at, earlier)
    free = not earlier or earlier[-1].kind not in ("number", "unit")
    sign = SIGNED.match(text, at) if free else None
    if number := NUMBER.match(text, sign.end() if sign else at):
        candidates.append(Token("number", text[at : number.end()], at, number.end()))
    order = ("name", "unit", "with")
    best = max(candidates, key=lambda t: (t.end, t.kind in order), default=None)
    if best is not None:
        return best
    piece = _PIECE.match(text, at)
    assert piece
    return Token("name", piece[0], at, piece.end())


def _stands(
    kind: str, says: str, text: str, match: re.Match[str], earlier: Sequence[Token]
) -> bool:
    """True where a phrase can stand here: a peer after a comparison, a verb at the head."""
    last = earlier[-1] if earlier else None
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
    if re.compile(r"[^\d:]*:").match(text, match.end()):
        return False  # a label: "training places: 500"
    ends = [n for n, token in enumerate(earlier) if text[token.start : token.end] == ":"]
    clause = earlier[ends[-1] + 1 :] if ends else earlier
    return not any(token.kind in ("name", "number", "rate", "sense") for token in clause)


def _peer_at(text: str, at: int) -> bool:
    """True where the words for somebody else's figure begin here."""
    start = re.compile(r"\s*").match(text, at)
    begin = start.end() if start else at
    if _NAMED_AVERAGE.match(text, begin):
        return True
    peers = {**vocabulary()["peer"], **vocabulary()["peer_growth"]}
    listed = [p for kind in ("peer", "peer_growth") for v in vocabulary()[kind].values() for p in v]
    return bool(peers) and any(phrase_pattern(phrase).match(text, begin) for phrase in listed)


def _special(text: str, at: int, earlier: Sequence[Token]) -> list[Token]:
    """Tokens that are no phrases: units, scales, horizons, starts, multiples, named averages."""
    tokens: list[Token] = []
    last = earlier[-1] if earlier else None
    counted = last is not None and last.kind == "number"
    if earlier and (counted or _marked(earlier)) and (unit := unit_at(text, at)):
        tokens.append(Token("unit", unit[0], at, unit[1]))
    elif counted and (scale := scale_at(text, at)):
        tokens.append(Token("scale", scale[0], at, scale[1]))
    elif _counted(earlier) and (unit := unit_at(text, at)) and _ends(text, unit[1]):
        tokens.append(Token("unit", unit[0], at, unit[1]))
    tokens += times_at(text, at, reached=_reached(last))
    if fold := _FOLD.match(text, at):
        tokens.append(Token("multiple", fold[1] or _FOLDS[fold[2].lower()], at, fold.end()))
    compared = last is not None and (last.kind in COMPARING or last.says == REACH)
    peer = _NAMED_AVERAGE.match(text, at) or (compared and _NAMED_PLACE.match(text, at))
    if peer and not unreadable(peer[0]):
        tokens.append(Token("peer", peer[1] or peer[2], at, peer.end()))
    if not (earlier and earlier[-1].kind in COMPARING) and (rank := rank_at(text, at)):
        tokens.append(rank)
    if headed := _headed(text, at, earlier):
        tokens.append(headed)
    if (pair := _WITH.match(text, at)) and _peer_at(text, pair.end()):
        tokens.append(Token("with", "", at, pair.end()))
    if (whole := WHOLE.match(text, at)) and not (last and last.kind in COMPARING[1:]):
        tokens.append(Token("whole", whole[0], at, whole.end()))
    if start := start_at(text, at, earlier):
        tokens.append(start)
    return tokens


_CAPITALS = re.compile(r"[A-Z]{3}")
_SHARED = re.compile(r".*\d\s*(?:%|‰|pp\b|个?百分点|per\s?cent)", re.S)


def _headed(text: str, at: int, earlier: Sequence[Token]) -> Token | None:
    """The unit in a table's heading, before the number: 高标准农田面积（亿亩） 2.75.

    Three capitals before a number in percent are a name in short: "intensity (GBI) by 25%".
    """
    match = re.compile(r"\(([^()\d]{1,12})\)").match(text, at)
    if match is None or not earlier or any(token.kind == "number" for token in earlier):
        return None
    if _CAPITALS.fullmatch(match[1]) and _SHARED.match(text, match.end()):
        return None
    unit = unit_at(match[1], 0)
    return Token("unit", unit[0], at, match.end()) if unit and unit[1] == len(match[1]) else None


def _reached(last: Token | None) -> bool:
    return last is not None and last.kind in REACHED


def _marked(earlier: Sequence[Token]) -> bool:
    """True where a number stands here in marks: 〔60〕万人."""
    return [t.kind for t in earlier[-2:]] == ["number", "plain"] and earlier[-1].says == "close"


def _counted(earlier: Sequence[Token]) -> bool:
    """True where a number waits for the thing that it counts: "20,000 new urban" jobs."""
    for token in reversed(earlier):
        if token.kind == "number":
            return True
        if token.kind not in ("name", "scale", "addition", "sense"):
            return False
    return False


def _ends(text: str, at: int) -> bool:
    return bool(
        re.compile(
            r"\s*(?:$|[,.;)(]|(?:by|in|over|a|per|each|every|from|between|at|within)\b)"
        ).match(text, at)
    )


def _joined(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Pieces of a name as one, with the neutral words between them and 应 of 应急 before it."""
    joined: list[Token] = []
    between: list[Token] = []
    for token in tokens:
        soft = token.kind == "space" or (
            token.kind == "plain"
            and (token.says in ("filler", "and") or text[token.start : token.end] in INSIDE)
        )
        if token.kind == "name":
            if joined and joined[-1].kind == "name":
                start = joined.pop().start
            elif between and _touches(text, between[-1]):
                start = between.pop().start
                joined += between
            else:
                start = token.start
                joined += between
            joined.append(Token("name", text[start : token.end].strip(), start, token.end))
            between = []
        elif soft:
            between.append(token)
        else:
            joined += [*between, token]
            between = []
    return [*joined, *between]


def _touches(text: str, token: Token) -> bool:
    """True for a neutral word of a single character, which may begin a name."""
    return (
        token.says == "filler"
        and len(text[token.start : token.end]) == 1
        and not text[token.start].isascii()
    )
