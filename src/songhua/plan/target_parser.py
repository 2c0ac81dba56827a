"""A target's text, in Chinese or English, read into values."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from songhua.errors import SonghuaError
from songhua.messages import script_of
from songhua.plan.fault_kinds import (
    TargetBuilt,
    TargetConflict,
    TargetEmpty,
    TargetLong,
    TargetNumbers,
    TargetPace,
    TargetRange,
    TargetSense,
    TargetUnit,
    TargetUnread,
)
from songhua.plan.target_numerals import plain_numbers
from songhua.plan.target_phrases import REACH
from songhua.plan.target_ranks import with_rank
from songhua.plan.target_reader import Reader
from songhua.plan.target_relations import with_relation
from songhua.plan.target_subjects import subject_of
from songhua.plan.target_tokens import tokenised
from songhua.plan.target_units import unit_meant
from songhua.plan.targets import Target, number
from songhua.plan.vocabulary import (
    Bound,
    Course,
    Effort,
    HoldKind,
    Nature,
    Pace,
    Quantity,
    Sense,
)

# What a floor or a ceiling at the level of the base asks for, and to keep it.
AS_IN_BASE = {
    Bound.AT_LEAST: Course.NO_FALL,
    Bound.AT_MOST: Course.NO_GROWTH,
    HoldKind.KEEP: Course.HOLD,
}

#: The longest text, in characters: seven times what the longest of 1,200 that are known has.
LONGEST = 1000


@lru_cache(maxsize=4096)
def parse_target(text: str) -> Target:
    """Read a target as plans print it, in Chinese or English.

    Each word must have a role: a phrase of the list, a number, a year by its shape and the words
    about it, or one name of what is measured, kept as `subject`. What has none is a fault.

    Raises:
        SonghuaError: `target_unread` for words that are not known, `target_empty`,
            `target_long`, `target_numbers`, `target_conflict`, `target_range`, `target_unit`, `target_year`,
            `target_pace`, `target_sense`, and for words that no number can
            follow `target_hedged`, `target_ranked`, `target_built`, `target_compared` or
            `target_compound`.

    >>> t = parse_target("力争年均增长5.5%—6%左右")
    >>> t.quantity, t.pace, t.low, t.high, t.unit, t.soft, t.effort
    ('growth', 'a_year', '5.5', '6', '%', True, 'strive')
    >>> parse_target("energy intensity down 18 % from 2020").base
    '2020'
    >>> parse_target("better than ever")
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: the target hedges with 'better', so that it cannot be judged by a number. Leave the word out of the target and keep it in `note`.
    """  # noqa: E501
    if len(text) > LONGEST:
        raise SonghuaError(TargetLong(n=len(text), most=LONGEST))
    plain = plain_numbers(text.strip())
    if not plain:
        raise SonghuaError(TargetEmpty())
    return _target(Reader(plain, tuple(tokenised(plain))))


def _target(reader: Reader) -> Target:
    """The target that all of the tokens say."""
    subject = subject_of(reader)
    reader.check_numbers()
    target = Target(
        quantity=Quantity.COURSE,
        course=Course(reader.single_meaning("course")),
        subject=subject,
        base=reader.single_meaning("base"),
        by=reader.single_meaning("by"),
        span=reader.single_meaning("span"),
        pace=reader.pace(),
        effort=Effort(reader.single_meaning("effort")),
        nature=Nature(reader.single_meaning("nature")),
        held=reader.hold_kind,
    )
    multiple = reader.single_meaning("multiple")
    if reader.has("rank"):
        return with_rank(reader, target)
    if reader.has("peer", "peer_growth"):
        return with_relation(reader, target)
    if reader.has("with", "relation", "faster"):
        raise SonghuaError(TargetUnread(text=reader.words_of("with", "relation", "faster")))
    if not reader.numbers:
        return _without_number(reader, replace(target, sense=reader.sense()), multiple)
    if target.course or multiple:
        raise SonghuaError(TargetConflict(text=target.course or multiple))
    return _with_number(reader, replace(target, sense=reader.sense()))


def _without_number(reader: Reader, target: Target, multiple: str) -> Target:
    """A doubling, the level of another year, or words alone."""
    if multiple:
        return _with_multiple(reader, target, multiple)
    if target.pace == Pace.IN_ALL:
        raise SonghuaError(TargetNumbers(n=0))
    if target.base and not target.course and (as_in_base := _as_in_base(reader, target)):
        return as_in_base
    bounded = reader.has("bound", "separator") or target.held == HoldKind.CEILING
    if bounded or (reader.has("to", "addition", "rate") and target.course != Course.ASSIGNED):
        raise SonghuaError(TargetNumbers(n=0))
    if target.course:
        if target.sense and target.course not in (Course.ASSIGNED, Course.IN_REASON):
            raise SonghuaError(TargetConflict(text=reader.words_of("sense")))
        return replace(target, held=HoldKind.NONE)
    if target.sense:
        _check_verb(reader)
        return replace(target, course=Course(target.sense), sense=Sense.NONE, held=HoldKind.NONE)
    raise SonghuaError(TargetNumbers(n=0))


def _as_in_base(reader: Reader, target: Target) -> Target | None:
    """The level of the base: reached again (恢复到2019年水平), kept, or a floor or ceiling."""
    before = reader.before(reader.of("base")[0])
    reached = before is not None and (before.says == REACH or before.kind in ("to", "separator"))
    if before is None or not (reached or before.says in AS_IN_BASE):
        return None
    kinds = ("bound", "hold", "to", "addition", "rate", *([] if reached else ["sense"]))
    if any(token is not before and token.says != before.says for token in reader.of(*kinds)):
        raise SonghuaError(TargetConflict(text=reader.text[before.start : before.end]))
    if reached:
        return replace(target, quantity=Quantity.MULTIPLE, low="1", unit="x")
    return replace(target, course=AS_IN_BASE[before.says], held=HoldKind.NONE)


def _check_verb(reader: Reader) -> None:
    """Of "halt population decline" the last word is no verb of the target."""
    if not reader.has("sense"):  # "below 1990 levels": the base says which way
        return
    first = reader.of("sense")[0]
    earlier = [t for t in reader.tokens if t.end <= first.start]
    names = any(t.kind == "name" for t in earlier)
    if names and not script_of(reader.text) and earlier[-1].kind == "name":
        raise SonghuaError(TargetUnread(text=reader.text[: first.end][:80]))


def _with_multiple(reader: Reader, target: Target, multiple: str) -> Target:
    """A doubling or halving, with the bound that stands before it."""
    if target.course or reader.has("addition") or target.held:
        raise SonghuaError(TargetConflict(text=multiple))
    last = reader.of("multiple")[-1]
    if any(t.start > last.end for t in reader.of("sense", "rate")):
        raise SonghuaError(TargetConflict(text=reader.words_of("sense", "rate")))
    falls = number(multiple) < 1
    if target.sense and (target.sense == Sense.FALL) != falls:
        raise SonghuaError(TargetConflict(text=multiple))
    based = reader.has("base") and last.end <= reader.of("base")[-1].start
    plain = multiple in ("2", "3", "4") and based and reader.text[last.start : last.end] == "twice"
    sense = Sense.NONE if plain else Sense.FALL if falls else Sense.RISE
    bound = reader.bound(ranged=False)[0]
    return replace(
        target, quantity=Quantity.MULTIPLE, low=multiple, unit="x", sense=sense, bound=bound
    )


def _with_number(reader: Reader, target: Target) -> Target:
    """A target with a number, two ends, or a number and a stretch."""
    numbers, ranged = reader.numbers, reader.ranged
    stretched = len(numbers) == 2 and not ranged
    if len(numbers) > 2 or (stretched and reader.split is None):
        raise SonghuaError(TargetNumbers(n=len(numbers)))
    if ranged and target.sense == Sense.FALL and reader.aimed:  # "reduce to 7 to 4 %"
        numbers = sorted(numbers, key=lambda token: number(token.says))
    high = numbers[1].says if ranged else ""
    if high and number(numbers[0].says) >= number(high):
        raise SonghuaError(TargetRange(low=numbers[0].says, high=high))
    if target.sense == Sense.FALL and number(numbers[0].says) < 0:
        raise SonghuaError(TargetConflict(text=numbers[0].says))
    bound, soft = reader.bound(ranged)
    start, _, begun = reader.single_meaning("start").partition(" ")
    unit = reader.unit()
    if begun and begun not in (unit, unit.partition(" ")[0]):
        raise SonghuaError(TargetUnit(unit=begun))
    target = replace(
        target,
        low=numbers[0].says,
        high=high,
        stretch=numbers[1].says if stretched else "",
        bound=bound,
        soft=soft,
        unit=unit,
        start=start,
    )
    return _settled(reader, target)


def _settled(reader: Reader, target: Target) -> Target:
    """The target with what its number is, from its unit, the verbs and the marks."""
    target = replace(target, quantity=_quantity(reader, target))
    if target.quantity == Quantity.LEVEL:
        target = _level(reader, target)
    elif target.start:
        raise SonghuaError(TargetConflict(text=target.start))
    if target.quantity in (Quantity.MULTIPLE, Quantity.CHANGE) and target.held:
        raise SonghuaError(TargetConflict(text=reader.words_of("hold")))
    if target.quantity == Quantity.ADDITION:
        return replace(target, sense=Sense.NONE, held=HoldKind.NONE)
    _check_fractions(reader, target)
    return target


def _level(reader: Reader, target: Target) -> Target:
    """A level; what stands in the marks of a cumulative number is added over the time."""
    marked = target.pace == Pace.IN_ALL and bool(reader.marks("open"))
    unfit = target.pace == Pace.IN_ALL and target.unit == "%"
    unfit = unfit or (marked and not target.unit)
    if unfit or (target.base and not (target.sense or target.start)):
        raise SonghuaError(TargetSense(text=target.low))
    yearly = reader.aimed and target.unit not in ("", "%")  # "to 10,000 ha a year"
    if target.pace == Pace.A_YEAR and not (target.held or yearly):
        raise SonghuaError(TargetPace(text=target.low))
    if target.held and reader.has("sense", "to"):
        raise SonghuaError(TargetConflict(text=reader.words_of("sense", "to")))
    reached = any(token.says == REACH for token in reader.of("hold"))
    return replace(target, quantity=Quantity.ADDITION) if marked and not reached else target


def _check_fractions(reader: Reader, target: Target) -> None:
    """Of "3 times more" nobody knows whether it is three times or four."""
    if target.unit != "x" or target.quantity != Quantity.GROWTH:
        return
    if any(reader.text[t.start : t.end].lower() == "times" for t in reader.of("unit")):
        raise SonghuaError(TargetUnit(unit="times"))


def _quantity(reader: Reader, target: Target) -> Quantity:
    """The quantity that the number gives, from its unit and the verb."""
    aimed, rated = reader.aimed, reader.has("rate")
    moved = rated or (bool(target.sense) and not aimed and not target.held)
    if reader.has("addition"):
        return _added(reader, target, moved)
    yearly = target.pace == Pace.A_YEAR
    if not target.unit:
        return _bare(moved)
    dimension = unit_meant(target.unit).dimension
    if dimension[0] == "points":
        if not target.sense or aimed:
            raise SonghuaError(TargetUnit(unit=target.unit))
        return Quantity.CHANGE
    if target.unit == "x":
        return _times(reader, target, moved)
    if dimension == ("ratio", "") and target.unit == "%":
        rate = moved or (yearly and not target.held and not aimed)
        return Quantity.GROWTH if rate else Quantity.LEVEL
    if rated and moved:
        raise SonghuaError(TargetUnit(unit=target.unit))
    return Quantity.CHANGE if moved else Quantity.LEVEL


def _times(reader: Reader, target: Target, moved: bool) -> Quantity:
    """A part (1/3) that is a level, a growth or, of a base, a multiple; or 倍."""
    unit_worded = bool(reader.of("unit"))
    if moved:
        return Quantity.GROWTH
    return Quantity.MULTIPLE if unit_worded or target.base else Quantity.LEVEL


def _added(reader: Reader, target: Target, moved: bool) -> Quantity:
    """An addition; a share or a rate of what was added is none."""
    ratio = bool(target.unit) and unit_meant(target.unit).dimension[0] in ("ratio", "points")
    built = [token for token in reader.of("addition") if token.says == "built"]
    if built and (target.pace == Pace.IN_ALL or target.by):
        raise SonghuaError(TargetBuilt(text=reader.text[built[0].start : built[0].end]))
    headed = any(token.says in ("head", "built") for token in reader.of("addition"))
    if headed and any(token.says == REACH for token in reader.of("hold")):
        raise SonghuaError(TargetBuilt(text=reader.words_of("addition")))
    if moved or ratio or (reader.has("to", "separator") and not reader.ranged):
        raise SonghuaError(TargetConflict(text=reader.words_of("addition")))
    return Quantity.ADDITION


def _bare(moved: bool) -> Quantity:
    """A number without a unit is a level; with a verb it could be anything."""
    if moved:
        raise SonghuaError(TargetUnit(unit=""))
    return Quantity.LEVEL
