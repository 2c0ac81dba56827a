"""The words of a target as tokens, each with its role and its meaning."""

from __future__ import annotations

import re

from songhua.errors import SonghuaError
from songhua.grammar.joining import REACH
from songhua.grammar.times import Token
from songhua.grammar.units import unit_meant, unit_text
from songhua.messages import script_of
from songhua.plan.fault_kinds import (
    TargetCompound,
    TargetConflict,
    TargetNumbers,
    TargetSense,
    TargetUnit,
    TargetUnjoined,
    TargetUnread,
    TargetYear,
)
from songhua.plan.spoken_target import AIMS, SpokenTarget
from songhua.plan.vocabulary import Bound, Effort

COMPARED = ("faster", "relation", "peer", "peer_growth")
COUNTS = re.compile(r"\bnumber of\b|(?:数量|人数|户数|家数|个数)$")
# Things of which a part is a share: "nine out of ten households".
MANY = ("count", "persons", "households")
AIMED_AT = (
    "addition",
    "number",
    "bound",
    "effort",
    "sense",
    "multiple",
    "hold",
    "peer",
    "start",
    "rank",
)
YEAR = re.compile(r"(?:19|20)\d\d")
# How bounds begin that may stand behind a number: "5 % or more", "5 % at most".
BEHIND = ("or ", "and ", "at ", "max", "min")
# Verbs that are of growth as well as of a level: "increase above 5 %" may be either.
WIDENING = re.compile(r"(?:grow|increas|expand)", re.I)
# Sides of a number on which a movement may end: "fall below 5 %".
SIDES = ("above", "below", "under", "beneath")


class Reader(SpokenTarget):
    """The number of a target's words: its bound, its unit, and whether a movement ends at it."""

    def check_numbers(self) -> None:
        """Each number, separator and mark must have a role."""
        for token in self.numbers:
            if YEAR.fullmatch(token.says) and not self.counts(token):
                raise SonghuaError(TargetYear(text=token.says))
        for token in self.of("separator"):
            near = self.before(token), self.after(token)
            ranged = near[0] is not None and near[0].kind in ("number", "unit", "scale")
            ends = near[1] is not None and (near[1].kind in AIMED_AT or near[1].says == "between")
            aims = token.says == "aim" or (ends and self.word(token) in AIMS)
            if not (
                aims
                or self._towards_name(near)
                or (ranged and near[1] is not None and near[1].kind == "number")
            ):
                raise SonghuaError(TargetUnread(text=self.text[token.start : token.end]))
        for token in self.of("plain"):
            if self.text[token.start : token.end].lower() == "by":
                self.check_by(token)
            near = self.before(token), self.after(token)
            acts = all(t is not None and t.kind == "addition" for t in near)
            if token.says == "and" and not acts and not (self.opened and len(self.numbers) == 2):
                raise SonghuaError(TargetCompound(text=self.text[token.start : token.end]))
        if not self.numbers:
            for kind in ("unit", "scale", "start"):
                if self.has(kind):
                    raise SonghuaError(TargetNumbers(n=0))

    def _towards_name(self, near: tuple[Token | None, Token | None]) -> bool:
        """True for "to" that leads on to the name: "contribute 13 % to GDP", "to a Gini of 0.6"."""
        before, after = near
        if before is None or after is None or after.kind not in ("name", "place"):
            return False
        return self.has("sense") or len(self.of("name")) > 1

    def check_by(self, by: Token) -> None:
        """By how much what happens: "emissions by 5 %" lacks the verb, or has one not known."""
        after = self.after(by)
        counted = after is not None and after.kind in ("number", "bound")
        if counted and not self.has("sense", "rate", "course", *COMPARED, "multiple"):
            raise SonghuaError(
                TargetSense(text=self.numbers[0].says if self.numbers else self.text[:80])
            )

    def counts(self, token: Token) -> bool:
        """True where a number with the shape of a year counts something."""
        before, after = self.before(token), self.after(token)
        counted = after is not None and after.kind in ("unit", "scale")
        led = before is not None and before.kind in ("bound", "hold", "addition", "to", "sense")
        plain = counted and after is not None and after.says in ("", "count", "persons")
        return led or (counted and (not plain or before is not None or bool(script_of(self.text))))

    @property
    def opened(self) -> bool:
        """True where a range begins with "between"."""
        return any(token.says == "between" for token in self.of("plain"))

    @property
    def ranged(self) -> bool:
        """True where two numbers are the ends of a range."""
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
        strivings = (t for t in self.of("effort") if t.says == Effort.STRIVE)
        return next((t for t in strivings if first.end <= t.start < second.start), None)

    def bound(self, ranged: bool) -> tuple[Bound, bool]:
        """The word at the number, of a stretch at the first; and True where a range has "about"."""
        tokens = self.of("bound")
        if len(self.numbers) == 2 and not ranged and (split := self.split):
            if any(token.start > split.start for token in tokens):
                raise SonghuaError(TargetConflict(text=tokens[-1].says))
            tokens = [token for token in tokens if token.start < split.start]
        self.check_bounds(tokens)
        bounds = list(dict.fromkeys(token.says for token in tokens))
        if ranged and bounds in ([], [Bound.ABOUT]):
            return Bound.RANGE, bool(bounds)
        if ranged or len(bounds) > 1:
            raise SonghuaError(TargetConflict(text=" · ".join(bounds)))
        return (Bound(bounds[0]) if bounds else Bound.NONE), False

    def check_bounds(self, bounds: list[Token]) -> None:
        """Nothing else may stand between a bound and its number: "over the cycle" is none."""
        counted = self.of("number", "multiple")
        for bound in bounds:
            word = self.text[bound.start : bound.end]
            behind = all(token.end <= bound.start for token in counted)
            if behind and word.isascii() and not word.lower().startswith(BEHIND):
                raise SonghuaError(TargetUnread(text=word))
            spans = [sorted((bound.start, token.start)) for token in counted]
            apart = self.of("name", "span", "by", *([] if self.of_base else ["base"]))
            names = [t for t in apart if all(a < t.start < b for a, b in spans)]
            if names:
                raise SonghuaError(TargetUnread(text=self.text[bound.start : names[0].end][:80]))

    def unit(self) -> str:
        """The unit, with the scale before it and what it is per: "12 m … per 1,000 people"."""
        units = dict.fromkeys(token.says for token in self.of("unit"))
        scaled = [unit for unit in units if unit.removesuffix("count").endswith(" ")]
        for count in scaled:  # 5000万-5500万吨
            if any(unit != count and unit.startswith(count[:-5]) for unit in units):
                units.pop(count)
        if len(units) > 1:
            raise SonghuaError(TargetConflict(text=" · ".join(units)))
        unit, scale = next(iter(units), ""), self.single_meaning("scale")
        if scale:
            whole = unit or ("count" if self.has("name") else "")
            unit = unit_text(f"{scale} {whole}".strip()) if whole else ""
            if not unit:
                raise SonghuaError(TargetUnit(unit=scale))
        if per := self.single_meaning("per"):
            return unit_text(f"{unit or 'count'} per {per}")
        parts = not scale and any("/" in token.says for token in self.numbers)
        if parts and (not unit or unit_meant(unit).dimension[0] in MANY):
            return "x"
        if not unit and self.counted:
            return "count"
        return unit

    @property
    def counted(self) -> bool:
        """True where a bare number counts things that move: "the number of firms by 450"."""
        if not self.has("sense") or self.aimed:
            return False
        if self.has("name") and any(self.word(t) in ("more", "fewer") for t in self.of("sense")):
            return True
        things = any(COUNTS.search(name.says) for name in self.of("name"))
        return things or any("," in token.says for token in self.numbers)

    @property
    def beyond(self) -> bool:
        """True where a movement ends on one side of the number: "climb above 72 %"."""
        for bound in self.of("bound"):
            word = self.word(bound)
            earlier = [t for t in self.tokens if t.end <= bound.start]
            distance = bool(earlier) and self.word(earlier[-1]) == "by"
            earlier = [t for t in earlier if t.says not in ("back", "filler") and not distance]
            previous = earlier[-1] if earlier else None
            verbs = [self.text[t.start : t.end] for t in self.of("sense") if t.end <= bound.start]
            moves = previous is not None and previous.kind in ("sense", "name")
            if word in SIDES and verbs and moves:
                if WIDENING.match(verbs[-1]) and self.unit() == "%":
                    raise SonghuaError(TargetUnjoined(text=word))
                return True
        return False

    @property
    def _distance(self) -> bool:
        """True where the number is the distance from the base: "to 45 % below 1990 levels".

        "To 45 %, below 1990 levels" is where a movement ends, and a remark beside it.
        """
        ends = {token.end for token in self.tokens if token.kind in ("number", "unit", "scale")}
        starts = [t.start for t in self.of("base")] if self.beside_base else []
        return any(len(self.text[:start].rstrip()) in ends for start in starts)

    @property
    def of_base(self) -> bool:
        """True where the number is a part of its base: 2019年的95%, "95 % of 2019 levels"."""
        words = (self.word(token) for token in self.of("base") if not self.has("start"))
        return any(word.endswith("的") or word.startswith("of ") for word in words)

    def _moved_to(self, first: Token) -> bool:
        """True where "to" stands between the verb of movement and the number."""
        separators = self.of("separator")
        aims = [t for t in separators if self.word(t) in AIMS or t.says == "aim"]
        verbs = [t.end for t in self.of("sense")]
        return any(min(verbs, default=first.end) <= t.start < first.start for t in aims)

    @property
    def aimed(self) -> bool:
        """True where a movement ends at the number: "raise the share to 3.2 %"."""
        first = self.numbers[0]
        if self._distance:
            return False
        if self.has("to") or self._moved_to(first):
            return True
        moved = any(t.start == t.end for t in self.of("sense"))  # "$17,554, up from $10,655"
        if self.beyond or moved or any(t.end <= first.start for t in self.of("start")):
            return True
        earlier = [
            t for t in self.tokens if t.end <= first.start and t.kind not in ("bound", "effort")
        ]
        percent = any(token.says == "%" for token in self.of("unit"))
        if percent and earlier and self.word(earlier[-1]) == "for":
            return True  # "improve access for 88 % of the population"
        earlier = [t for t in earlier if t.says != "filler"]
        moved = any(t.kind == "sense" for t in earlier)
        last = earlier[-1] if earlier else None
        if last is None:
            return False
        return last.kind == "separator" or (moved and (last.kind, last.says) == ("hold", REACH))
