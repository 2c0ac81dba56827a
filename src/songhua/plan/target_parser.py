"""A target's text, in Chinese or English, read into values."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NoReturn

from songhua.errors import Fault, SonghuaError
from songhua.labels import parse_unit
from songhua.messages import script_of
from songhua.plan.target_numerals import plain_numbers
from songhua.plan.target_phrases import REACH, unreadable
from songhua.plan.target_relations import with_relation
from songhua.plan.target_tokens import Token, tokenised
from songhua.plan.target_units import unit_text
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

AIMS = ("to", "到", "至")
AIMED_AT = ("number", "bound", "effort", "sense", "multiple", "hold", "peer")
YEAR = re.compile(r"(?:19|20)\d\d")
# What behind a number is a unit or a scale that is not known: MW, 万亿.
UNIT_LIKE = re.compile(r"[A-Za-z]{1,3}\b|[A-Za-z]*[A-Z]|[\u4e07\u4ebf\u5343\u767e]|[^\w\s]")
# "20 % below 1990 levels": which way from the base.
BESIDE_BASE = {"below": Sense.FALL, "lower": Sense.FALL, "above": Sense.RISE, "higher": Sense.RISE}


@lru_cache(maxsize=4096)
def parse_target(text: str) -> Target:
    """Read a target as plans print it, in Chinese or English.

    Each word must have a role: a phrase of the list, a number, a year by its shape and the words
    about it, or one name of what is measured, kept as `subject`. What has none is a fault.

    Raises:
        SonghuaError: `target_unread` for words that are not known, `target_empty`,
            `target_numbers`, `target_conflict`, `target_range`, `target_unit`, `target_year`,
            `target_currency`, `target_pace`, `target_sense`, and for words that no number can
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
    songhua.errors.SonghuaError: the target hedges with 'better', which no number can follow. Leave the word out of the target and keep it in `note`.
    """  # noqa: E501
    plain = plain_numbers(text.strip())
    if not plain:
        fail("target_empty")
    return Reader(plain, tuple(tokenised(plain))).target()


def fail(code: str, **params: object) -> NoReturn:
    """Refuse the text."""
    raise SonghuaError(Fault(code, params=params))


@dataclass(frozen=True)
class Reader:
    """The tokens of a text, and what they say."""

    text: str
    tokens: tuple[Token, ...]

    def target(self) -> Target:
        """The target that all of the tokens say."""
        subject = self.subject()
        self.check_numbers()
        target = Target(
            quantity=Quantity.COURSE, course=Course(self.only("course")), subject=subject,
            base=self.only("base"), by=self.only("by"), span=self.only("span"), pace=self.pace(),
            effort=Effort(self.only("effort")), nature=Nature(self.only("nature")), held=self.held,
        )  # fmt: skip
        multiple = self.only("multiple")
        if self.has("peer", "peer_growth"):
            return with_relation(self, target)
        if self.has("with", "relation", "faster"):
            fail("target_unread", text=self.words_of("with", "relation", "faster"))
        if not self.numbers:
            return self.without_number(replace(target, sense=self.sense()), multiple)
        if target.course or multiple:
            fail("target_conflict", text=target.course or multiple)
        return self.with_number(replace(target, sense=self.sense()))

    # what the tokens say

    def of(self, *kinds: str) -> list[Token]:
        """The tokens of some classes."""
        return [token for token in self.tokens if token.kind in kinds]

    def has(self, *kinds: str) -> bool:
        """Whether there is a token of one of the classes."""
        return bool(self.of(*kinds))

    def only(self, *kinds: str) -> str:
        """The one thing that the tokens of a class say; two different ones are a fault."""
        said = list(dict.fromkeys(token.says for token in self.of(*kinds)))
        if len(said) > 1:
            fail("target_conflict", text=" · ".join(said))
        return said[0] if said else ""

    def words_of(self, *kinds: str) -> str:
        """The text of the first token of some classes."""
        token = self.of(*kinds)[0]
        return self.text[token.start : token.end]

    def before(self, token: Token) -> Token | None:
        """The token before another, fillers left out."""
        earlier = [t for t in self.tokens if t.end <= token.start and t.says != "filler"]
        return earlier[-1] if earlier else None

    def after(self, token: Token) -> Token | None:
        """The token after another, fillers left out."""
        later = [t for t in self.tokens if t.start >= token.end and t.says != "filler"]
        return later[0] if later else None

    @cached_property
    def numbers(self) -> list[Token]:
        """The numbers that are not years or starts."""
        return self.of("number")

    @property
    def held(self) -> Held:
        """Whether a level is kept, or kept below a ceiling."""
        said = {token.says for token in self.of("hold")}
        return next((held for held in (Held.CEILING, Held.KEEP) if held in said), Held.NONE)

    def pace(self) -> Pace:
        """The pace in words, or that of the marks about a cumulative number."""
        said = Pace(self.only("pace"))
        opened, closed = self.marks("open"), self.marks("close")
        if len(opened) != len(closed):
            fail("target_unread", text="[")
        marked = any(o.start < n.start < c.start for o, c in zip(opened, closed, strict=True)
                     for n in self.numbers)  # fmt: skip
        if marked and said == Pace.A_YEAR:
            fail("target_conflict", text=said)
        return Pace.IN_ALL if marked else said

    def marks(self, says: str) -> list[Token]:
        """The marks of a sort."""
        return [token for token in self.of("plain") if token.says == says]

    def sense(self) -> Sense:
        """Which way the verbs point; two ways are a fault."""
        said = {token.says for token in self.of("sense", "rate", "to")}
        for token in self.of("base"):
            word = self.text[token.start : token.end].split()[0].lower()
            if word in BESIDE_BASE:
                said.add(BESIDE_BASE[word])
        if len(said) > 1:
            fail("target_conflict", text=" · ".join(sorted(said)))
        return Sense(said.pop()) if said else Sense.NONE

    def subject(self) -> str:
        """The one name of what is measured; 城镇新增就业 has its name about the word."""
        names = self.of("name")
        for name in names:
            if fault := unreadable(name.says):
                raise SonghuaError(fault)
            self.check_behind(name)
        if len(names) == 2:
            between = [t for t in self.tokens if names[0].end <= t.start < names[1].start]
            if [t.kind for t in between] == ["addition"]:
                return names[0].says + names[1].says
            if [t.kind for t in between] == ["whole"]:
                names = names[:1]
        if len(names) > 1:
            fail("target_unread", text=names[1].says[:80])
        whole = self.only("whole")
        said = names[0].says if names else ""
        return f"{said} {whole}" if said and whole else said

    def check_behind(self, name: Token) -> None:
        """A name right behind a number may be no unit that is not known, and no whole of a part."""
        told = [t for t in self.tokens if t.end <= name.start]
        last = told[-1] if told else None
        if last is None:
            return
        if last.kind == "number" and UNIT_LIKE.match(name.says):
            fail("target_unit", unit=name.says.split()[0])
        behind = any(t.end <= name.start for t in self.numbers)
        share = last.kind == "unit" and last.says in ("%", "pp")
        if share or (behind and script_of(name.says) and last.kind not in ("unit", "addition")):
            fail("target_unread", text=name.says[:80])
        if any("/" in t.says and t.end <= name.start for t in self.numbers) and not self.has("sense"):
            fail("target_compared", text=name.says)

    def check_numbers(self) -> None:
        """Each number, separator and mark must have a role."""
        for token in self.numbers:
            if YEAR.fullmatch(token.says) and not self.counts(token):
                fail("target_year", text=token.says)
        for token in self.of("separator"):
            near = self.before(token), self.after(token)
            ranged = near[0] is not None and near[0].kind in ("number", "unit", "scale")
            aims = near[1] is not None and near[1].kind in AIMED_AT
            aims = aims and self.text[token.start : token.end] in AIMS
            if not (aims or (ranged and near[1] is not None and near[1].kind == "number")):
                fail("target_unread", text=self.text[token.start : token.end])
        for token in self.of("plain"):
            if token.says == "and" and not (self.opened and len(self.numbers) == 2):
                fail("target_compound", text=self.text[token.start : token.end])
        if not self.numbers:
            for kind in ("unit", "scale", "start"):
                if self.has(kind):
                    fail("target_numbers", n=0)

    def counts(self, token: Token) -> bool:
        """Whether a number with the shape of a year is one that counts something."""
        before, after = self.before(token), self.after(token)
        counted = after is not None and after.kind in ("unit", "scale")
        told = before is not None and before.kind in ("bound", "hold", "addition", "to", "sense")
        plain = counted and after is not None and after.says in ("", "count", "persons")
        return told or (counted and (not plain or before is not None or bool(script_of(self.text))))

    @property
    def opened(self) -> bool:
        """Whether a range begins with "between"."""
        return any(token.says == "between" for token in self.of("plain"))

    # what they make

    def without_number(self, target: Target, multiple: str) -> Target:
        """A doubling, or words alone."""
        if multiple:
            return self.with_multiple(target, multiple)
        if self.has("bound", "separator") or target.held == Held.CEILING:
            fail("target_numbers", n=0)
        if self.has("to", "addition", "rate") and target.course != Course.ASSIGNED:
            fail("target_numbers", n=0)
        if target.course:
            if target.sense and target.course != Course.ASSIGNED:
                fail("target_conflict", text=self.words_of("sense"))
            return replace(target, held=Held.NONE)
        if target.sense:
            self.check_verb()
            return replace(
                target, course=Course(target.sense), sense=Sense.NONE, held=Held.NONE
            )
        fail("target_numbers", n=0)

    def check_verb(self) -> None:
        """Of "halt population decline" the last word is no verb of the target."""
        first = self.of("sense")[0]
        earlier = [t for t in self.tokens if t.end <= first.start]
        names = any(t.kind == "name" for t in earlier)
        if names and not script_of(self.text) and earlier[-1].kind == "name":
            fail("target_unread", text=self.text[: first.end][:80])

    def with_multiple(self, target: Target, multiple: str) -> Target:
        """A doubling or halving, with the bound that stands before it."""
        if target.course or self.has("addition") or target.held:
            fail("target_conflict", text=multiple)
        last = self.of("multiple")[-1]
        if any(t.start > last.end for t in self.of("sense", "rate")):
            fail("target_conflict", text=self.words_of("sense", "rate"))
        falls = number(multiple) < 1
        if target.sense and (target.sense == Sense.FALL) != falls:
            fail("target_conflict", text=multiple)
        based = self.has("base") and last.end <= self.of("base")[-1].start
        plain = multiple in ("2", "3", "4") and based and self.text[last.start : last.end] == "twice"
        sense = Sense.NONE if plain else Sense.FALL if falls else Sense.RISE
        bound = self.bound(ranged=False)[0]
        return replace(
            target, quantity=Quantity.MULTIPLE, low=multiple, unit="x", sense=sense, bound=bound
        )

    def with_number(self, target: Target) -> Target:
        """A target with a number, two ends, or a number and a stretch."""
        numbers, ranged, stretch = self.numbers, self.ranged, ""
        if len(numbers) == 2 and not ranged:
            if self.split is None:
                fail("target_numbers", n=2)
            stretch = numbers[1].says
        elif len(numbers) > 2:
            fail("target_numbers", n=len(numbers))
        high = numbers[1].says if ranged else ""
        if high and number(numbers[0].says) >= number(high):
            fail("target_range", low=numbers[0].says, high=high)
        if target.sense == Sense.FALL and number(numbers[0].says) < 0:
            fail("target_conflict", text=numbers[0].says)
        bound, soft = self.bound(ranged)
        start, _, begun = self.only("start").partition(" ")
        unit = self.unit()
        if begun and begun != unit:
            fail("target_unit", unit=begun)
        target = replace(target, low=numbers[0].says, high=high, stretch=stretch, bound=bound,
                         soft=soft, unit=unit, start=start)  # fmt: skip
        return self.settled(target)

    @property
    def ranged(self) -> bool:
        """Whether two numbers are the ends of a range."""
        if len(self.numbers) != 2:
            return False
        first, second = self.numbers
        between = [t for t in self.tokens if first.end <= t.start < second.start]
        kinds = [(t.kind, t.says) for t in between if t.kind not in ("unit", "scale")]
        return kinds == [("separator", "range")] or (self.opened and kinds == [("plain", "and")])

    @property
    def split(self) -> Token | None:
        """The word that a stretch begins with."""
        first, second = self.numbers
        return next(
            (t for t in self.of("effort") if first.end <= t.start < second.start), None
        )

    def bound(self, ranged: bool) -> tuple[Bound, bool]:
        """The word at the number, of a stretch at the first; and whether a range has "about"."""
        tokens = self.of("bound")
        if len(self.numbers) == 2 and not ranged and (split := self.split):
            if any(token.start > split.start for token in tokens):
                fail("target_conflict", text=tokens[-1].says)
            tokens = [token for token in tokens if token.start < split.start]
        self.check_bounds(tokens)
        found = list(dict.fromkeys(token.says for token in tokens))
        if ranged and found in ([], [Bound.ABOUT]):
            return Bound.RANGE, bool(found)
        if ranged or len(found) > 1:
            fail("target_conflict", text=" · ".join(found))
        return (Bound(found[0]) if found else Bound.NONE), False

    def check_bounds(self, bounds: list[Token]) -> None:
        """No name may stand between a bound and its number: "over the cycle" is none."""
        counted = self.of("number", "multiple")
        for bound in bounds:
            word = self.text[bound.start : bound.end]
            behind = all(token.end <= bound.start for token in counted)
            if behind and word.isascii() and not word.lower().startswith(("or ", "and ")):
                fail("target_unread", text=word)
            spans = [sorted((bound.start, token.start)) for token in counted]
            names = [t for t in self.of("name") if all(a < t.start < b for a, b in spans)]
            if names:
                fail("target_unread", text=self.text[bound.start : names[0].end][:80])

    def unit(self) -> str:
        """The unit, with the scale that stands before a name: "12 million new urban jobs"."""
        unit, scale = self.only("unit"), self.only("scale")
        if scale:
            whole = unit or ("count" if self.has("name") else "")
            unit = unit_text(f"{scale} {whole}".strip()) if whole else ""
            if not unit:
                fail("target_unit", unit=scale)
        if not unit and any("/" in token.says for token in self.numbers):
            return "x"
        return unit

    @property
    def aimed(self) -> bool:
        """Whether the number is where a movement ends: "raise the share to 3.2 %"."""
        if self.has("to"):
            return True
        first = self.numbers[0]
        if self.has("start"):
            return True
        earlier = [t for t in self.tokens if t.end <= first.start and t.kind not in ("bound", "effort")]
        earlier = [t for t in earlier if t.says != "filler"]
        moved = any(t.kind == "sense" for t in earlier)
        last = earlier[-1] if earlier else None
        if last is None:
            return False
        return last.kind == "separator" or (moved and (last.kind, last.says) == ("hold", REACH))

    def settled(self, target: Target) -> Target:
        """The target with what its number is, from its unit, the verbs and the marks."""
        target = replace(target, quantity=self.quantity(target))
        if target.quantity != Quantity.ADDITION:
            self.check_fractions(target)
        level = target.quantity == Quantity.LEVEL
        share = target.unit == "%" or (not target.unit and bool(self.marks("open")))
        if level and target.pace == Pace.IN_ALL and share:
            fail("target_sense", text=target.low)
        reached = any(t.says == REACH for t in self.of("hold"))
        if level and self.marks("open") and target.pace == Pace.IN_ALL and not reached:
            target = replace(target, quantity=Quantity.ADDITION)
        if level and target.pace == Pace.A_YEAR and not target.held:
            fail("target_pace", text=target.low)
        if target.start and target.quantity != Quantity.LEVEL:
            fail("target_conflict", text=target.start)
        if target.base and level and not target.sense:
            fail("target_sense", text=target.low)
        if target.quantity in (Quantity.ADDITION, Quantity.MULTIPLE) or target.held:
            return target if target.quantity == Quantity.GROWTH else self.unmoved(target)
        return target

    def unmoved(self, target: Target) -> Target:
        """An addition or a held level has no verb of its own."""
        if target.quantity == Quantity.MULTIPLE:
            return target
        if target.quantity == Quantity.ADDITION:
            return replace(target, sense=Sense.NONE, held=Held.NONE)
        return target

    def check_fractions(self, target: Target) -> None:
        """Of "3 times more" nobody knows whether it is three times or four."""
        if target.unit != "x" or target.quantity != Quantity.GROWTH:
            return
        plain = any(self.text[t.start : t.end].lower() == "times" for t in self.of("unit"))
        if plain:
            fail("target_unit", unit="times")

    def quantity(self, target: Target) -> Quantity:
        """What the number is, from its unit and the verb."""
        aimed, rated = self.aimed, self.has("rate")
        moved = rated or (bool(target.sense) and not aimed and not target.held)
        if self.has("addition"):
            return self.added(target, moved)
        yearly = target.pace == Pace.A_YEAR
        if not target.unit:
            return Quantity.GROWTH if moved and yearly else self.bare(moved)
        dimension = parse_unit(target.unit).dimension
        if dimension[0] == "points":
            if not target.sense or aimed:
                fail("target_unit", unit=target.unit)
            return Quantity.CHANGE
        if target.unit == "x":
            return self.times(target, moved)
        if dimension == ("ratio", "") and target.unit == "%":
            rate = moved or (yearly and not target.held and not aimed)
            return Quantity.GROWTH if rate else Quantity.LEVEL
        if rated and moved:
            fail("target_unit", unit=target.unit)
        return Quantity.CHANGE if moved else Quantity.LEVEL

    def times(self, target: Target, moved: bool) -> Quantity:
        """A part (1/3) that is a level, a growth or, of a base, a multiple; or 倍."""
        told = bool(self.of("unit"))
        if moved:
            return Quantity.GROWTH
        return Quantity.MULTIPLE if told or target.base else Quantity.LEVEL

    def added(self, target: Target, moved: bool) -> Quantity:
        """What is added; a share or a rate of what was added is none."""
        ratio = bool(target.unit) and parse_unit(target.unit).dimension[0] in ("ratio", "points")
        if moved or ratio or self.has("to", "separator") and not self.ranged:
            fail("target_conflict", text=self.words_of("addition"))
        return Quantity.ADDITION

    def bare(self, moved: bool) -> Quantity:
        """A number without a unit is a level; with a verb it could be anything."""
        if moved:
            fail("target_unit", unit="")
        return Quantity.LEVEL
