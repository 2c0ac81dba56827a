"""Tokens put together: a movement's start, a restated amount, a verb as a rate, what is unknown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from songhua.grammar.times import Token

REACH = "reach"


def joined(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Pieces side by side that are not known, as one."""
    out: list[Token] = []
    for token in tokens:
        if token.kind != "piece":
            out.append(token)
        elif out and out[-1].kind == "unknown":
            start = out.pop().start
            out.append(Token("unknown", text[start : token.end], start, token.end))
        else:
            out.append(replace(token, kind="unknown"))
    return out


def without_restated(text: str, tokens: Sequence[Token]) -> list[Token]:
    """The tokens with an amount in brackets, the one before in another currency, as a note."""
    out = list(tokens)
    for n, token in enumerate(tokens):
        opened = text[token.start : token.end].lower()
        if opened not in ("(", "equivalent to") or n == 0:
            continue
        closes = (")",) if opened == "(" else (",", ".", ";", "by", "in")
        ends = (m for m, t in enumerate(tokens) if m > n and text[t.start : t.end] in closes)
        close = next(ends, None)
        inner = tokens[n + 1 : close] if close else []
        money = {t.says.split()[-1] for t in inner if t.kind == "unit" and t.says}
        earlier = {t.says.split()[-1] for t in tokens[:n] if t.kind == "unit" and t.says}
        plain = all(t.kind in ("number", "unit", "scale", "separator") for t in inner)
        if inner and plain and len(money) == 1 and all(map(_is_money, money | earlier)) and earlier:
            for m in range(n + 1, close or n):
                out[m] = replace(tokens[m], kind="plain", says="note")
    return out


def _is_money(unit: str) -> bool:
    return bool(re.fullmatch(r"[A-Z]{3}|[$¥]", unit))


def with_starts(text: str, tokens: Sequence[Token]) -> list[Token]:
    """The tokens with the number behind "from" as where the movement starts, and its year as base.

    The number begins the movement only where another is its end.
    """
    out: list[Token] = []
    rest = list(tokens)
    while rest:
        lead = rest.pop(0)
        if (
            lead.kind == "base"
            and text[lead.end - 1] == "的"
            and any(t.kind == "start" for t in out)
        ):
            lead = replace(lead, kind="by")  # 由2020年的90%提高到2025年的95%
        between = _before_start(text, lead, rest)
        ahead = [] if between is None else rest[len(between) :]
        ends = [t for t in (*out, *ahead[1:]) if t.kind in ("number", "multiple")]
        if between is None or not ahead or ahead[0].kind != "number" or not ends:
            out.append(lead)
            continue
        last = first = ahead[0]
        out.append(lead if lead.kind == "base" else replace(lead, kind="plain"))
        out += [replace(t, kind="base") if t.kind == "by" else t for t in between]
        del rest[: len(between) + 1]
        amount: dict[str, str] = {}
        while rest and rest[0].kind in ("unit", "scale", "per"):
            last = rest.pop(0)
            amount[last.kind] = last.says
        if lead.says in ("rise", "fall"):
            out.append(Token("sense", lead.says, first.start, first.start))
        out.append(Token("start", f"{first.says} {_unit(amount)}", first.start, last.end))
        if rest and text[rest[0].start : rest[0].end] == "(":
            out.append(rest.pop(0))
        if rest and rest[0].kind in ("by", "span"):
            out.append(replace(rest.pop(0), kind="base"))
    return out


def _before_start(text: str, lead: Token, rest: Sequence[Token]) -> list[Token] | None:
    """The year and the mark between "from" and its number; None where nothing starts."""
    bracketed = "(" in text[max(lead.start - 1, 0) : lead.start + 1]
    if lead.kind != "from" and not (lead.kind == "base" and bracketed):
        return None
    between: list[Token] = []
    for token in rest:
        year = lead.kind == "from" and token.kind in ("base", "by")
        if not year and text[token.start : token.end] != ":":
            break
        between.append(token)
    return between


def _unit(amount: Mapping[str, str]) -> str:
    unit = f"{amount.get('scale', '')} {amount.get('unit', '')}".strip()
    return f"{unit or 'count'} per {amount['per']}" if "per" in amount else unit


def as_rate(token: Token, after: Token | None) -> Token:
    """A verb before a word for keeping is a rate: 经济增长保持在6%."""
    before_hold = after is not None and after.kind == "hold" and after.says != REACH
    return replace(token, kind="rate") if before_hold and token.kind == "sense" else token
