"""A target's text, in Chinese or English, read into values."""

from __future__ import annotations

import difflib
from dataclasses import replace
from functools import lru_cache

from songhua.errors import Fault, SonghuaError
from songhua.grammar.guesses import guessed_names
from songhua.grammar.joining import REACH
from songhua.grammar.lexer import tokenised
from songhua.grammar.lexicon import folded
from songhua.grammar.names import GAP, Names, split_name
from songhua.messages import script_of
from songhua.plan.fault_kinds import (
    TargetConflict,
    TargetEmpty,
    TargetLong,
    TargetNumbers,
    TargetUnplaced,
    TargetUnread,
    TargetYear,
)
from songhua.plan.target_amounts import with_number
from songhua.plan.target_reader import Reader
from songhua.plan.target_relations import with_rank, with_relation
from songhua.plan.targets import Target, number
from songhua.plan.vocabulary import (
    Bound,
    Course,
    Effort,
    HoldKind,
    Nature,
    Pace,
    Prices,
    Quantity,
    Sense,
)

# What a floor or a ceiling at the level of the base asks for, and to keep it.
AS_IN_BASE = {
    Bound.AT_LEAST: Course.NO_FALL,
    Bound.AT_MOST: Course.NO_GROWTH,
    HoldKind.KEEP: Course.HOLD,
}

NO_NAMES = Names(())
#: The longest text, in characters: seven times what the longest of 1,200 that are known has.
LONGEST = 1000


@lru_cache(maxsize=4096)
def parse_target(text: str, names: Names | None = None) -> Target:
    """Read a target as plans print it, in Chinese or English.

    Each word must have a role: a phrase of the list, a number, a time, or one of the declared
    `names` of what is measured, kept as `subject`. What has none is a fault. Without `names` one
    stretch that is not known may stand as the subject; it is for the caller to compare.

    Raises:
        SonghuaError: `target_unread` for words that have no role, `target_unplaced` for a demand
            that no field holds, `target_empty`, `target_long`, `target_numbers`,
            `target_conflict`, `target_compound`, `target_range`, `target_unit`, `target_year`,
            `target_numeral`, `target_pace`, `target_sense`, and `target_built`.

    >>> t = parse_target("力争年均增长5.5%—6%左右")
    >>> t.quantity, t.pace, t.low, t.high, t.unit, t.soft, t.effort
    ('growth', 'a_year', '5.5', '6', '%', True, 'strive')
    >>> parse_target("energy intensity down 18 % from 2020", Names(("energy intensity",))).base
    '2020'
    >>> parse_target("energy intensity hardly down 18 %", Names(("energy intensity",)))
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: 'hardly' in the target has no role: it is no name of what is measured, and no word that is read. If these words name what is measured, write energy intensity hardly into `named`; else leave them out, or keep them in `note`. Names of the row: energy intensity.
    """  # noqa: E501
    if len(text) > LONGEST:
        raise SonghuaError(TargetLong(n=len(text), most=LONGEST))
    plain = folded(text.strip())
    if not plain:
        raise SonghuaError(TargetEmpty())
    tokens = tokenised(plain, names or NO_NAMES)
    if names is None and (guess := guessed_names(plain, tokens)):
        names = Names((GAP.join(guess),)) if len(guess) == 1 else NO_NAMES
        tokens = tokenised(plain, names)
    return _target(Reader(plain, tuple(tokens)), names or NO_NAMES)


def _target(reader: Reader, names: Names) -> Target:
    """The target that all of the tokens say."""
    subject = _subject(reader, names)
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
        prices=Prices(reader.single_meaning("prices")),
        held=reader.hold_kind,
    )
    _check_base(target)
    if target.prices and (target.course or reader.has("rank", "peer", "peer_growth")):
        raise SonghuaError(TargetConflict(text=reader.words_of("prices")))
    multiple = reader.single_meaning("multiple")
    if reader.has("rank"):
        return with_rank(reader, target)
    if reader.has("peer", "peer_growth"):
        return with_relation(reader, target)
    if reader.has("with", "relation", "faster"):
        raise SonghuaError(TargetUnread(text=reader.words_of("with", "relation", "faster")))
    if not reader.numbers:
        return _without_number(reader, replace(target, sense=reader.sense()), multiple)
    courses = reader.of("course")
    after = reader.after(courses[-1]) if courses else None
    moves = after is not None and after.kind in ("number", "bound", "to", "separator")
    if moves and target.course in (Course.RISE, Course.FALL):  # 继续提高1岁
        verbs = [replace(t, kind="sense") if t.kind == "course" else t for t in reader.tokens]
        reader, target = replace(reader, tokens=tuple(verbs)), replace(target, course=Course.NONE)
    if target.course or multiple:
        raise SonghuaError(TargetConflict(text=target.course or multiple))
    return with_number(reader, replace(target, sense=reader.sense()))


def _check_base(target: Target) -> None:
    """A base is a year, and the one that a span begins or begins after."""
    if target.base.isdigit() and target.span[4:6] == "..":
        if int(target.span[:4]) - int(target.base) not in (0, 1):
            raise SonghuaError(TargetConflict(text=f"{target.base} · {target.span}"))
    elif target.base[:1].isdigit() and not target.base.isdigit():  # 2013–15
        raise SonghuaError(TargetYear(text=target.base))


def _subject(reader: Reader, names: Names) -> str:
    """The name of what is measured: a declared one, whole, or any where none are declared."""
    faults: list[Fault] = []
    if unread := reader.of("unknown", "from"):
        faults.append(_unread(reader, names, " · ".join(map(reader.word_of, unread))))
    faults += [TargetUnplaced(text=reader.word_of(token)) for token in reader.of("unplaced")[:1]]
    if faults:
        raise SonghuaError(*faults)
    spoken = list(dict.fromkeys(token.says for token in reader.of("name")))
    whole = reader.single_meaning("whole")
    if not spoken:
        return f"{whole[:-1]}占比" if whole.endswith("的") else f"share {whole}" if whole else ""
    parted = (split_name(name) for name in names.names)
    if not any(sorted(parts) == sorted(spoken) for parts in parted):
        raise SonghuaError(_unread(reader, names, spoken[-1]))
    if script_of("".join(spoken)):
        return "".join(spoken)
    return " ".join([*spoken, *([whole] if whole else [])])


def _unread(reader: Reader, names: Names, text: str) -> Fault:
    """The fault of words without a role, with the names that look most like them."""
    near = difflib.get_close_matches(text, names.names, n=3, cutoff=0)
    return TargetUnread(text=text[:80], near=near, named=_as_named(reader))


def _as_named(reader: Reader) -> str:
    """The name that may be declared: all that is no other word, with gaps between its parts."""
    parts: list[list[int]] = []
    last = ""
    for token in reader.tokens:
        if token.kind in ("unknown", "name"):
            if parts and last in ("unknown", "name", "plain"):
                parts[-1][1] = token.end
            else:
                parts.append([token.start, token.end])
        if token.kind != "plain" or last not in ("unknown", "name"):
            last = token.kind
        elif token.says in ("filler", "and", "stop"):
            last = "plain"
    return GAP.join(reader.text[start:end] for start, end in parts)


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
