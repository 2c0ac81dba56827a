"""A text as tokens: names, phrases, numbers, units and times, each with its role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from songhua.grammar.joining import REACH, as_rate, joined, with_starts, without_restated
from songhua.grammar.lexicon import phrase_pattern, phrases_at, words
from songhua.grammar.names import Names, named, split_name
from songhua.grammar.numerals import hundredths_at, numeral_at
from songhua.grammar.ranks import rank_at
from songhua.grammar.times import Token, times_at
from songhua.grammar.units import currency_at, scale_at, unit_at
from songhua.messages import script_of

# So many tokens back are looked at for what a word may mean here.
NEAR = 16
SIGNED = re.compile(r"[-+](?=\d)")
_FOLD = re.compile(r"(\d+(?:\.\d+)?)[- ]?fold\b", re.I)
_NOTE = re.compile(r"[¹²³⁰⁴-⁹①-⑳]+|\[\d{1,2}\](?=\s*$)")
_REFERENCE = re.compile(r"\[\d{1,2}\](?=\d|[\u4e00-\u9fff])(?![万亿千百]|[个家人项件])")
_PIECE = re.compile(r"[A-Za-z][A-Za-z0-9'&./-]*[A-Za-z0-9]|\d+|.", re.S)
_SPACE = re.compile(r"\s+")
_HEADED = re.compile(r"\(([^()\d]{1,12})\)")
COMPARING = ("bound", "faster", "relation", "with")
_NAMED_AVERAGE = re.compile(
    r"(?:the\s+)?(?-i:([A-Z][A-Za-z.]+)|((?:(?![全达到于过与和超])[\u4e00-\u9fff]){2,3}[省市]))\s*(?:average\b|平均(?:水平)?)"
)
_NAMED_PLACE = re.compile(
    r"(?:the\s+)?([A-Z][A-Za-z]+)(?=\s+economy\b|\s*(?:$|[,;.(]))"
    r"|((?:(?!全)[\u4e00-\u9fff]){2,3}[省市])(?:平均水平)?(?=$|[,;。(\d])"
)
_PER_HEAD = re.compile(r"/(10万|十万|万|千|百)(?:人|(?![\u4e00-\u9fff]))|/人")
_PER = re.compile(r"(?:per\s+|/\s*)((?:\d[\d,]*\s+)?[A-Za-z][A-Za-z0-9]*)")
_WHOLE = re.compile(
    r"of (?:GDP|GNI|GVA|national income)\b"
    r"|(?:GDP|GNI|地区生产总值|国内生产总值)的(?=\s*[约近]?\s*\d)"
)
_WITH = re.compile(r"(?:与|和|同)(?:同期)?")


def tokenised(text: str, names: Names | None = None) -> list[Token]:
    """All of a folded text as tokens; what is no name and no word of the list is `unknown`.

    >>> [(token.kind, token.says) for token in tokenised("失业率降低6%")]
    [('unknown', '失业率'), ('sense', 'fall'), ('number', '6'), ('unit', '%')]
    >>> [token.kind for token in tokenised("失业率略降6%", Names(("失业率",)))]
    ['name', 'unknown', 'sense', 'number', 'unit']
    """
    tokens: list[Token] = []
    places = named(text, names)
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
            continue
        tokens += _next(text, at, tokens[-NEAR:], names, places)
        at = tokens[-1].end
    known = with_starts(text, joined(text, without_restated(text, tokens)))
    return [as_rate(token, after) for token, after in zip_longest(known, known[1:])]


def _next(
    text: str, at: int, earlier: Sequence[Token], names: Names | None, places: Sequence[Token]
) -> list[Token]:
    """The tokens that begin here: the longest reading, else a piece that is not known."""
    last = earlier[-1] if earlier else None
    here = next((token for token in places if token.start == at), None)
    candidates = [
        Token(phrase.kind, phrase.says, at, match.end())
        for phrase in phrases_at(text[at].lower())
        if (match := phrase.pattern.match(text, at))
        and _stands(phrase.kind, phrase.says, text, match, earlier)
    ]
    candidates += _special(text, at, earlier)
    ahead = [token for token in places if at < token.start]
    if text[at] == "年" and any((t.start, t.kind) == (at + 1, "name") for t in ahead):
        candidates.append(Token("pace", "a_year", at, at + 1))  # 年产值
    candidates = [
        token
        for token in candidates
        if not any(name.start < token.end < name.end for name in ahead)
        and not (
            here
            and here.kind == "name"
            and token.kind.startswith("peer")
            and last
            and last.kind == "hold"
        )
    ]
    if here is not None:
        candidates = [here, *(token for token in candidates if token.kind.startswith("peer"))]
    best = max(candidates, key=lambda t: (t.end, _KIND_ORDER.get(t.kind, 0)), default=None)
    numbers = _number(text, at, earlier)
    if numbers and (best is None or numbers[-1].end >= best.end):
        return numbers
    if best is not None and best.kind == "name":
        return [*_acted(best, names), best]
    if best is not None and best.end > at:
        return [best]
    piece = _PIECE.match(text, at)
    assert piece
    end = min([piece.end(), *(token.start for token in ahead)])
    return [Token("piece", text[at:end], at, end)]


_KIND_ORDER = {"plain": 0.5, "unit": 1, "with": 1, "place": 2, "peer": 3, "name": 4}


def _acted(name: Token, names: Names | None) -> list[Token]:
    """The mark of an activity, where a name has a word of one: "retrofit … homes", 改造老旧小区."""
    acts, says = words()["activity"], name.says
    split = [split_name(name) for name in (names.names if names else ())]
    first = any(parts[0] == says for parts in split if len(parts) > 1)
    verb = first or ([says] in split and (says == "invest" or bool(script_of(says))))
    done = (
        (verb and says in (*acts["verb"], *words()["addition"]["head"]))
        or says.startswith(tuple(acts["begin"]))
        or says.endswith(tuple(acts["end"]))
        or any(word in says for word in acts["within"])
        or says.startswith("为")
        or (first and says.startswith("对"))
    )
    return [Token("addition", "head", name.start, name.start)] if done else []


def _number(text: str, at: int, earlier: Sequence[Token]) -> list[Token]:
    """A number that begins here, with what is written into it: a sign, a currency, 百分之, 成."""
    last = earlier[-1] if earlier else None
    if text.startswith("过半", at):
        return [Token("bound", "more_than", at, at + 1), Token("number", "1/2", at + 1, at + 2)]
    if (many := _OF_MANY.search(text)) and at == many.start("part") - 1:
        ends = (numeral_at(many[name] + "个", 0) for name in ("part", "all"))
        return [Token("number", "/".join(n.digits for n in ends if n), at, many.end())]
    if match := _NOUGHT.match(text, at):
        return [Token("to", "fall", at, at + 1), Token("number", "0", at + 1, match.end())]
    if match := _ZERO.match(text, at):
        return [Token("number", "0", at, match.end())]
    if match := _FIGURES.match(text, at):
        bound = "at_least" if match[1].lower() in ("double", "两") else "less_than"
        end = match.end()
        unit_token = Token("unit", "%", end, end)
        return [Token("bound", bound, at, at), Token("number", "10", at, end), unit_token]
    if last is not None and last.kind in ("bound", "hold", "to"):
        if match := _ROUND.match(text, at):
            return [Token("number", _ROUNDS[match[1]], at, match.end())]
        if text.startswith("万元", at):
            return [Token("number", "1", at, at)]
    begin, unit = at, ""
    if end := hundredths_at(text, at):
        begin, unit = end, "%"
    elif money := currency_at(text, at):
        unit, begin = money
    free = last is None or last.kind not in ("number", "unit", "scale")
    sign = SIGNED.match(text, begin) if free else None
    begin = sign.end() if sign else begin
    numeral = numeral_at(text, begin) if begin < len(text) else None
    if numeral is None or _TWO_NUMBERS.fullmatch(text, begin, numeral.end):
        return []
    says = sign[0] + numeral.digits if sign else numeral.digits
    number = Token("number", says, at, numeral.end)
    unit = numeral.unit or unit
    return [number, Token("unit", unit, numeral.end, numeral.end)] if unit else [number]


_NOUGHT = re.compile("[归清]零(?![售工部])")
_ZERO = re.compile(r"(?:(?<=\bat )|(?<=\bto ))zero\b(?![-\w])", re.I)
# 十户中有九户, 每三家企业中有一家: the part is the number, the whole counts nothing.
_OF_MANY = re.compile(
    r"(?P<all>[一二两三四五六七八九十百]{1,3}|\d{1,3})(?P<unit>[个户家名人位所])"
    r"[\u4e00-\u9fff]{0,11}有(?P<part>[一二两三四五六七八九十]{1,3}|\d{1,3})(?P=unit)"
)
# Two columns side by side, or one number: nobody knows.
_TWO_NUMBERS = re.compile(r"\d{3} (?!000)\d{3}", re.ASCII)
_FIGURES = re.compile(
    r"((?:single|double)(?=[- ]digit)|[个两](?=位数))(?:[- ]digits?\b|位数)", re.I
)
_ROUNDS = {"百": "100", "千": "1000", "万": "10000"}
_ROUND = re.compile("([百千万])(?=亿)")


def _stands(
    kind: str, says: str, text: str, match: re.Match[str], earlier: Sequence[Token]
) -> bool:
    """True where a phrase can stand here: a peer after a comparison, "new" behind a number."""
    last = earlier[-1] if earlier else None
    if kind == "relation":
        return says != "reach" or bool(_peer_at(text, match.end()))
    if kind in ("peer", "peer_growth"):
        if "平均" in match[0] or "average" in match[0]:
            return True
        return last is not None and (
            last.kind in COMPARING or (last.kind, last.says) == ("hold", REACH)
        )
    if kind == "addition" and says == "beside":
        return any(token.kind in ("number", "addition") for token in earlier)
    return True


def _peer_at(text: str, at: int) -> bool:
    """True where the words for somebody else's figure begin here."""
    space = _SPACE.match(text, at)
    begin = space.end() if space else at
    if _NAMED_AVERAGE.match(text, begin) or _NAMED_PLACE.match(text, begin):
        return True
    listed = [p for kind in ("peer", "peer_growth") for v in words()[kind].values() for p in v]
    return any(phrase_pattern(phrase).match(text, begin) for phrase in listed)


def _special(text: str, at: int, earlier: Sequence[Token]) -> list[Token]:
    """Tokens that are no phrases: units, scales, times, starts, multiples, places, notes."""
    tokens: list[Token] = []
    read = [token for token in earlier if token.says != "note"]
    last = read[-1] if read else None
    counted = last is not None and last.kind == "number"
    given = last is not None and last.kind == "unit" and last.start == last.end
    if read and (counted or _marked(read)) and (unit := unit_at(text, at)):
        tokens.append(Token("unit", unit[0], at, unit[1]))
    if counted and text[at] == "-" and (joined := _hyphened(text, at + 1)):
        tokens.append(replace(joined, start=at))
    elif (counted or given) and (scale := scale_at(text, at)):
        tokens.append(Token("scale", scale[0], at, scale[1]))
    elif last is not None and last.kind == "scale" and (unit := unit_at(text, at)):
        tokens.append(Token("unit", unit[0], at, unit[1]))
    if any(token.kind == "number" for token in read) and (per := _per_at(text, at)):
        tokens.append(per)
    tokens += times_at(text, at, reached=_reached(last))
    if fold := _FOLD.match(text, at):
        tokens.append(Token("multiple", fold[1], at, fold.end()))
    if last is not None and (peer := _NAMED_AVERAGE.match(text, at)):
        tokens.append(Token("peer", peer[1] or peer[2], at, peer.end()))
    compared = last is not None and (last.kind in COMPARING or last.says == REACH)
    if compared and (peer := _NAMED_PLACE.match(text, at)):
        tokens.append(Token("peer", next(filter(None, peer.groups())), at, peer.end()))
    if not (last and last.kind in COMPARING) and (rank := rank_at(text, at)):
        tokens.append(rank)
    if (whole := _WHOLE.match(text, at)) and not (last and last.kind in COMPARING[1:]):
        tokens.append(Token("whole", whole[0], at, whole.end()))
    if headed := _headed(text, at, earlier):
        tokens.append(headed)
    if (pair := _WITH.match(text, at)) and _peer_at(text, pair.end()):
        tokens.append(Token("with", "", at, pair.end()))
    if last is not None and last.kind != "number" and (note := _REFERENCE.match(text, at)):
        tokens.append(Token("plain", "note", at, note.end()))
    if last is not None and (note := _NOTE.match(text, at)):
        tokens.append(Token("plain", "note", at, note.end()))
    return tokens


def _hyphened(text: str, at: int) -> Token | None:
    """The unit or scale behind a hyphen: "a 20-percent decline", "11-million jobs"."""
    if unit := unit_at(text, at):
        return Token("unit", unit[0], at, unit[1])
    scale = scale_at(text, at)
    return Token("scale", scale[0], at, scale[1]) if scale else None


def _per_at(text: str, at: int) -> Token | None:
    """The denominator that begins here: "per 10,000 people", "per hour"."""
    if head := _PER_HEAD.match(text, at):
        many = words()["scale"]["number"].get((head[1] or "").replace("10万", "十万"), "")
        return Token("per", f"{many} persons".strip(), at, head.end())
    match = _PER.match(text, at)
    if match is None or match[1].lower() in ("year", "annum", "cent"):
        return None
    unit = unit_at(f"1 count per {match[1]}", 2)
    per = unit[0].partition(" per ")[2] if unit else ""
    return Token("per", per, at, match.end()) if per else None


def _headed(text: str, at: int, earlier: Sequence[Token]) -> Token | None:
    """The unit in a table's heading, before the number: 高标准农田面积（亿亩） 2.75."""
    match = _HEADED.match(text, at)
    if match is None or not earlier or any(token.kind == "number" for token in earlier):
        return None
    unit = unit_at(match[1], 0)
    return Token("unit", unit[0], at, match.end()) if unit and unit[1] == len(match[1]) else None


def _reached(last: Token | None) -> bool:
    return last is not None and last.kind in ("hold", "to", "bound", "sense", "separator")


def _marked(earlier: Sequence[Token]) -> bool:
    """True where a number stands here in marks: 〔60〕万人."""
    return [t.kind for t in earlier[-2:]] == ["number", "plain"] and earlier[-1].says == "close"
