"""A target's text, in Chinese or English, read into values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from songhua.errors import Fault, SonghuaError
from songhua.labels import parse_unit
from songhua.plan.target_phrases import hedge
from songhua.plan.target_tokens import NUMBER, Token, read, readings
from songhua.plan.targets import Target, number
from songhua.plan.vocabulary import (
    Bound,
    Course,
    Effort,
    Held,
    Nature,
    Pace,
    Quantity,
    Sense,
)

OUTDONE = (Course.OUTPACE, Course.ABOVE_NATION, Course.ABOVE_PROVINCE, Course.ABOVE_CITY)
MARGINS = (Bound.NONE, Bound.AT_LEAST, Bound.MORE_THAN, Bound.ABOUT)
HALF = "0.5"


@dataclass(frozen=True)
class _Numbers:
    """The numbers of a text; `ranged` says that two of them are the ends of a range."""

    tokens: list[Token]
    ranged: bool


@lru_cache(maxsize=4096)
def parse_target(text: str) -> Target:
    """Read a target as plans print it, in Chinese or English.

    `format_target` gives the same text back. What a name of the thing measured may be stands
    before the words that are read, and is kept as `subject`.

    Raises:
        SonghuaError: `target_unread` for words that are not known, `target_empty`,
            `target_numbers`, `target_conflict`, `target_range`, `target_unit`, `target_hedged`.

    >>> t = parse_target("力争年均增长5.5%—6%左右")
    >>> t.quantity, t.pace, t.low, t.high, t.unit, t.soft, t.effort
    ('growth', 'a_year', '5.5', '6', '%', True, 'strive')
    >>> parse_target("energy intensity down 18 % from 2020").base
    '2020'
    >>> parse_target("better than ever")
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: 'better than ever' in the target is not understood. Use the plan's own words for the number (about, at least, 以上, 左右 …), or put the rest into `note`.
    """  # noqa: E501
    if not text.strip():
        raise SonghuaError(Fault("target_empty"))
    first: SonghuaError | None = None
    for tokens in readings(text):
        try:
            return _target(text, tokens)
        except SonghuaError as error:
            first = first or (None if _misses_number(text, error) else error)
    if first is not None:
        raise first
    raise SonghuaError(Fault("target_unread", params={"text": _unread(text)}))


def _misses_number(text: str, error: SonghuaError) -> bool:
    """Whether a reading took the number for a part of the name."""
    fault = error.faults[0]
    return fault.code == "target_numbers" and not fault.params["n"] and bool(NUMBER.search(text))


def _unread(text: str) -> str:
    """The first stretch that is not known."""
    _, stop = read(text)
    end = stop + 1
    while end < len(text) and read(text, end)[1] != len(text):
        end += 1
    return text[stop:end].strip()[:80]


def _target(text: str, tokens: list[Token]) -> Target:
    """The target that the tokens say."""
    subject = next((token.says for token in tokens if token.kind == "subject"), "")
    if word := hedge(subject):
        raise SonghuaError(Fault("target_hedged", params={"text": word}))
    numbers = _numbers(tokens)
    course, multiple = Course(_only(tokens, "course")), _only(tokens, "multiple")
    nature, effort = Nature(_only(tokens, "nature")), Effort(_only(tokens, "effort"))
    target = Target(
        quantity=Quantity.COURSE,
        course=course,
        sense=_sense(tokens),
        base=_only(tokens, "base"),
        by=_only(tokens, "by"),
        span=_only(tokens, "span"),
        pace=Pace(_only(tokens, "pace")),
        effort=effort,
        nature=nature,
        held=_held(tokens),
        start=_only(tokens, "start").partition(" ")[0],
        subject=subject.strip(),
    )
    if not numbers.tokens:
        target = _without_number(target, multiple)
    elif course in OUTDONE and len(numbers.tokens) == 1:
        target = _with_margin(target, tokens, numbers.tokens[0].says)
    elif course or multiple:
        raise SonghuaError(Fault("target_conflict", params={"text": course or multiple}))
    else:
        target = _with_number(target, tokens, numbers)
    return replace(target, words=_template(text, tokens, target))


def _numbers(tokens: list[Token]) -> _Numbers:
    numbers = [token for token in tokens if token.kind == "number"]
    if len(numbers) != 2:
        return _Numbers(numbers, False)
    between = [
        token for token in tokens
        if numbers[0].end <= token.start < numbers[1].start and token.kind not in ("space", "unit")
    ]  # fmt: skip
    kinds = [(token.kind, token.says) for token in between]
    opened = any((token.kind, token.says) == ("plain", "between") for token in tokens)
    ends = kinds == [("separator", "range")] or (opened and kinds == [("plain", "and")])
    return _Numbers(numbers, ends)


def _only(tokens: list[Token], kind: str) -> str:
    """The one thing that the tokens of a class say; two different ones are a fault."""
    said = list(dict.fromkeys(token.says for token in tokens if token.kind == kind))
    if len(said) > 1:
        raise SonghuaError(Fault("target_conflict", params={"text": " · ".join(said)}))
    return said[0] if said else ""


def _sense(tokens: list[Token]) -> Sense:
    said = {token.says for token in tokens if token.kind in ("sense", "rate", "to")}
    if len(said) > 1:
        raise SonghuaError(Fault("target_conflict", params={"text": " · ".join(sorted(said))}))
    return Sense(said.pop()) if said else Sense.NONE


def _held(tokens: list[Token]) -> Held:
    said = {token.says for token in tokens if token.kind == "hold"}
    return next((held for held in (Held.CEILING, Held.KEEP) if held in said), Held.NONE)


def _without_number(target: Target, multiple: str) -> Target:
    """A doubling, or words alone."""
    if multiple:
        sense = Sense.FALL if multiple == HALF else Sense.RISE
        return replace(target, quantity=Quantity.MULTIPLE, low=multiple, unit="x", sense=sense)
    if target.course:
        related = target.course in (Course.KEEP_PACE, *OUTDONE)
        return replace(target, sense=Sense.NONE) if related else target
    if target.sense:
        return replace(target, course=Course(target.sense))
    raise SonghuaError(Fault("target_numbers", params={"n": 0}))


def _with_number(target: Target, tokens: list[Token], found: _Numbers) -> Target:
    """A target with a number, two ends, or a number and a stretch."""
    numbers = found.tokens
    stretch = ""
    if len(numbers) == 2 and not found.ranged:
        strives = [token.start for token in tokens if token.kind == "effort"]
        if not any(numbers[0].end <= at < numbers[1].start for at in strives):
            raise SonghuaError(Fault("target_numbers", params={"n": 2}))
        stretch = numbers[1].says
    elif len(numbers) > 2:
        raise SonghuaError(Fault("target_numbers", params={"n": len(numbers)}))
    high = numbers[1].says if found.ranged else ""
    if high and number(numbers[0].says) >= number(high):
        raise SonghuaError(Fault("target_range", params={"low": numbers[0].says, "high": high}))
    if target.sense == Sense.FALL and number(numbers[0].says) < 0:
        raise SonghuaError(Fault("target_conflict", params={"text": numbers[0].says}))
    bound, soft = _bound(tokens, bool(high), numbers if stretch else [])
    unit = _unit(tokens)
    if target.start:
        begun = _only(tokens, "start").partition(" ")[2]
        if begun and begun != unit:
            raise SonghuaError(Fault("target_unit", params={"unit": begun}))
    target = replace(
        target, low=numbers[0].says, high=high, stretch=stretch, bound=bound, soft=soft, unit=unit
    )
    return replace(target, quantity=_quantity(target, tokens))


def _with_margin(target: Target, tokens: list[Token], margin: str) -> Target:
    """So many points above another's: the bound, if there is one, is the margin's."""
    unit, (bound, _) = _unit(tokens), _bound(tokens, False, [])
    if unit != "pp" or bound not in MARGINS:
        raise SonghuaError(Fault("target_unit", params={"unit": unit}))
    return replace(target, margin=margin, bound=bound, unit=unit, sense=Sense.NONE)


def _bound(tokens: list[Token], ranged: bool, both: list[Token]) -> tuple[Bound, bool]:
    """The word at the number; with a stretch, the word at the first of the two."""
    said = [
        token.says for token in tokens
        if token.kind == "bound" and (not both or token.start < _split(tokens, both))
    ]  # fmt: skip
    found = list(dict.fromkeys(said))
    if ranged and found in ([], [Bound.ABOUT]):
        return Bound.RANGE, bool(found)
    if ranged or len(found) > 1:
        raise SonghuaError(Fault("target_conflict", params={"text": " · ".join(found)}))
    return (Bound(found[0]) if found else Bound.NONE), False


def _split(tokens: list[Token], both: list[Token]) -> int:
    return next(
        token.start for token in tokens if token.kind == "effort" and token.start >= both[0].end
    )


def _unit(tokens: list[Token]) -> str:
    said = list(dict.fromkeys(token.says for token in tokens if token.kind == "unit"))
    if len(said) > 1:
        raise SonghuaError(Fault("target_conflict", params={"text": " · ".join(said)}))
    return said[0] if said else ""


def _quantity(target: Target, tokens: list[Token]) -> Quantity:
    """What the number is, from its unit and the verb."""
    reached = any(token.kind == "to" for token in tokens) or _english_to(tokens)
    rated = any(token.kind == "rate" for token in tokens)
    moved = rated or (bool(target.sense) and not reached and not target.held)
    yearly = target.pace == Pace.A_YEAR
    if not target.unit:
        return Quantity.GROWTH if moved and yearly else _bare(moved)
    dimension = parse_unit(target.unit).dimension
    if dimension[0] == "points":
        if not target.sense:
            raise SonghuaError(Fault("target_unit", params={"unit": target.unit}))
        return Quantity.CHANGE
    if target.unit == "x":
        return Quantity.GROWTH if moved else Quantity.MULTIPLE
    if dimension == ("ratio", "") and target.unit == "%":
        rate = moved or (yearly and not target.held and not reached)
        return Quantity.GROWTH if rate else Quantity.LEVEL
    return Quantity.CHANGE if moved else Quantity.LEVEL


def _bare(moved: bool) -> Quantity:
    """A number without a unit is a level; with a verb it could be anything."""
    if moved:
        raise SonghuaError(Fault("target_unit", params={"unit": ""}))
    return Quantity.LEVEL


def _english_to(tokens: list[Token]) -> bool:
    """Whether the number is where a movement ends: "raise the share to 3.2 %".

    Of 实现6%的增长 it is not: there the movement stands behind.
    """
    before = ""
    for token in tokens:
        if token.kind == "number":
            moved = any(t.kind == "sense" and t.start < token.start for t in tokens)
            return before == "to" or (before == "reach" and moved)
        if token.kind == "separator":
            before = "to"
        elif token.kind == "hold" and token.says == "reach":
            before = "reach"
        elif token.kind not in ("space", "bound", "filler", "effort"):
            before = ""
    return False


def _template(text: str, tokens: list[Token], target: Target) -> tuple[tuple[str, str], ...]:
    """The text in pieces: words as they stand, and places for the numbers."""
    second = "high" if target.high else "stretch"
    pieces: list[tuple[str, str]] = []
    slots = iter(("margin" if target.margin else "low", second))
    at = 0
    for token in tokens:
        if token.kind == "start":
            where = text.index(target.start, token.start)
            pieces += [("", text[at:where]), ("start", "")]
            at = where + len(target.start)
        elif token.kind == "number":
            pieces += [("", text[at : token.start]), (next(slots), "")]
            at = token.end
    return (*pieces, ("", text[at:]))
