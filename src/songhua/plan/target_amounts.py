"""The number of a target's words: a level, a growth, a change, an addition or a multiple."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from songhua.errors import SonghuaError
from songhua.grammar.joining import REACH
from songhua.grammar.units import unit_meant
from songhua.plan.fault_kinds import (
    TargetBuilt,
    TargetConflict,
    TargetNumbers,
    TargetNumeral,
    TargetPace,
    TargetRange,
    TargetSense,
    TargetUnit,
)
from songhua.plan.target_reader import Reader
from songhua.plan.targets import CEILINGS, FLOORS, Target, number
from songhua.plan.vocabulary import Bound, HoldKind, Pace, Quantity, Sense

# 7.500 people may be seven and a half thousand; 0.601 is a decimal.
THOUSANDS_OR_DECIMALS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
# What is added to what there is, whatever it is counted in.
MORE = ("another", "a further", "an additional", "further")
# Words for each year that are, with a floor or a ceiling, of every single one.
EVERY_YEAR = ("每年", "every year", "each year")


def with_number(reader: Reader, target: Target) -> Target:
    """A target with a number, two ends, or a number and a stretch.

    >>> from songhua.plan import parse_target
    >>> target = parse_target("由25%提高到30%以上")
    >>> target.quantity, target.start, target.low, target.bound
    ('level', '25', '30', 'at_least')
    """
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
    for token in numbers:
        if THOUSANDS_OR_DECIMALS.fullmatch(token.says) and not reader.has("unit", "scale"):
            raise SonghuaError(TargetNumeral(text=token.says))
    bound, soft = reader.bound(ranged)
    start, _, begun = reader.single_meaning("start").partition(" ")
    if start:
        _check_start(reader, start, numbers[0].says, target.sense)
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


def _check_start(reader: Reader, start: str, low: str, sense: Sense) -> None:
    """Where a movement begins needs its verb, which points from there to the end."""
    rises = number(low) > number(start)
    first = reader.of("start")[0]
    if reader.has("per") and " per " not in first.says:
        raise SonghuaError(TargetUnit(unit=start))
    ahead = first.start < reader.numbers[0].start and first.says.partition(" ")[2] != reader.unit()
    if ahead and not (sense or reader.has("hold", "to", "bound")):
        raise SonghuaError(TargetSense(text=start))
    verbs = [reader.word(t) for t in reader.of("sense")]
    if reader.unit() == "%" and any(verb.startswith(("grow", "expand")) for verb in verbs):
        raise SonghuaError(TargetConflict(text=f"{start} · {low}"))  # growth, or a share?
    if sense and number(low) != number(start) and rises != (sense == Sense.RISE):
        raise SonghuaError(TargetConflict(text=f"{start} · {low}"))


def _settled(reader: Reader, target: Target) -> Target:
    """The target with what its number is, from its unit, the verbs and the marks."""
    target = replace(target, quantity=_quantity(reader, target))
    if target.quantity == Quantity.LEVEL and target.unit == "%" and reader.of_base:
        low, high = (
            f"{Decimal(n.replace(',', '')) / 100:f}" if n else "" for n in (target.low, target.high)
        )
        target = replace(target, quantity=Quantity.MULTIPLE, low=low, high=high, unit="x")
    if target.quantity == Quantity.MULTIPLE:
        ceiling = target.held == HoldKind.CEILING and target.bound in (Bound.NONE, Bound.AT_MOST)
        bounded = (
            target.bound in (*FLOORS, *CEILINGS) and reader.aimed and target.sense == Sense.FALL
        )
        target = replace(
            target,
            bound=Bound.AT_MOST if ceiling else target.bound,
            held=HoldKind.NONE if ceiling else target.held,
            sense=Sense.NONE if bounded else target.sense,  # 降到2/3以下 leaves 2/3
        )
    if target.quantity == Quantity.GROWTH and _floor(reader) and _throughout(reader):
        target = replace(target, pace=Pace.EACH_YEAR)
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
    if target.pace == Pace.A_YEAR and _floor(reader):
        target = replace(target, pace=Pace.EACH_YEAR)
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
    if target.sense == Sense.FALL and number(target.low) >= 1:  # 降低两倍
        raise SonghuaError(TargetSense(text=target.low))
    if any(reader.text[t.start : t.end].lower() == "times" for t in reader.of("unit")):
        raise SonghuaError(TargetUnit(unit="times"))


def _quantity(reader: Reader, target: Target) -> Quantity:
    """The quantity that the number gives, from its unit and the verb."""
    aimed, rated = reader.aimed, reader.has("rate")
    moved = rated or (bool(target.sense) and not aimed and not target.held)
    ratio = bool(target.unit) and unit_meant(target.unit).dimension[0] in ("ratio", "points")
    shared = ratio and not moved and reader.has("name")  # "attract 33 % francophone immigrants"
    added = reader.of("addition")
    if shared:
        added = [t for t in added if t.says != "head" or reader.word(t) in MORE]
    if ratio or _reached(reader):
        added = [t for t in added if t.end > t.start]
    if added:
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
    if rated and reader.has("sense") and not aimed:  # a growth rate that grows by 6 %
        raise SonghuaError(TargetConflict(text=reader.words_of("rate")))
    if dimension == ("ratio", "") and target.unit == "%":
        level = target.held or aimed or _reached(reader) or _floor(reader)
        return Quantity.GROWTH if moved or (yearly and not level) else Quantity.LEVEL
    if rated and moved:
        raise SonghuaError(TargetUnit(unit=target.unit))
    return Quantity.CHANGE if moved else Quantity.LEVEL


def _times(reader: Reader, target: Target, moved: bool) -> Quantity:
    """A part (1/3) that is a level, a growth or, of a base, a multiple; or 倍."""
    unit_worded = any(token.says == "x" for token in reader.of("unit"))
    if moved:
        return Quantity.GROWTH
    return Quantity.MULTIPLE if unit_worded or target.base else Quantity.LEVEL


def _added(reader: Reader, target: Target, moved: bool) -> Quantity:
    """An addition; a share or a rate of what was added is none."""
    ratio = bool(target.unit) and unit_meant(target.unit).dimension[0] in ("ratio", "points")
    built = [token for token in reader.of("addition") if token.says == "built"]
    if built and (target.pace == Pace.IN_ALL or target.by):
        raise SonghuaError(TargetBuilt(text=reader.text[built[0].start : built[0].end]))
    headed = any(t.says in ("head", "built") and t.end > t.start for t in reader.of("addition"))
    if headed and _reached(reader):
        raise SonghuaError(TargetBuilt(text=reader.words_of("addition")))
    if moved or ratio or (reader.has("to", "separator") and not reader.ranged):
        words = reader.words_of("addition") or reader.words_of("sense", "unit", "to", "separator")
        raise SonghuaError(TargetConflict(text=words))
    return Quantity.ADDITION


def _reached(reader: Reader) -> bool:
    """True where a number is reached and not done: 达到, but not 完成."""
    reached = (t for t in reader.of("hold") if t.says == REACH)
    return any(not reader.text.startswith("完成", t.start) for t in reached)


def _floor(reader: Reader) -> bool:
    """True for a floor or ceiling of each year: 每年不低于3%, "at least 3 % every year"."""
    words = {reader.text[t.start : t.end].lower() for t in reader.of("pace")}
    bounds = {t.says for t in reader.of("bound")}
    return bool(words & {*EVERY_YEAR} and bounds & {*FLOORS, *CEILINGS})


def _throughout(reader: Reader) -> bool:
    """True for 均 behind 每年, which makes it every single year."""
    return any(reader.word(t) == "均" for t in reader.of("plain"))


def _bare(moved: bool) -> Quantity:
    """A number without a unit is a level; with a verb it could be anything."""
    if moved:
        raise SonghuaError(TargetUnit(unit=""))
    return Quantity.LEVEL
