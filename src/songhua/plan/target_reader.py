"""The words of a target as tokens, each with its role and its meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from songhua.errors import SonghuaError
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
from songhua.plan.target_phrases import REACH
from songhua.plan.target_times import Token
from songhua.plan.target_units import unit_text
from songhua.plan.vocabulary import Bound, Effort, HoldKind, Pace, Sense

COMPARED = ("faster", "bound", "relation")
COUNTS = re.compile(r"\bnumber of\b|(?:数量|人数|户数|家数|个数)$")
AIMS = ("to", "到", "至")
AIMED_AT = ("number", "bound", "effort", "sense", "multiple", "hold", "peer")
YEAR = re.compile(r"(?:19|20)\d\d")
# How bounds begin that may stand behind a number: "5 % or more", "5 % at most".
BEHIND = ("or ", "and ", "at ", "max", "min")
# Sides of a number on which a movement may end: "fall below 5 %".
# Verbs that are of growth as well as of a level: "increase above 5 %" may be either.
WIDENING = re.compile(r"(?:grow|increas|expand)", re.I)
SIDES = ("above", "below", "under", "beneath")
# "20 % below 1990 levels": which way from the base.
BESIDE_BASE = {"below": Sense.FALL, "lower": Sense.FALL, "above": Sense.RISE, "higher": Sense.RISE}


@dataclass(frozen=True)
class Reader:
    """The tokens of a text, and their meaning."""

    text: str
    tokens: tuple[Token, ...]

    def of(self, *kinds: str) -> list[Token]:
        """The tokens of some classes."""
        return [token for token in self.tokens if token.kind in kinds]

    def has(self, *kinds: str) -> bool:
        """True where there is a token of one of the classes."""
        return bool(self.of(*kinds))

    def single_meaning(self, *kinds: str) -> str:
        """The meaning that all tokens of a class share; two different meanings are a fault."""
        meanings = list(dict.fromkeys(token.says for token in self.of(*kinds)))
        if len(meanings) > 1:
            raise SonghuaError(TargetConflict(text=" · ".join(meanings)))
        return meanings[0] if meanings else ""

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
    def hold_kind(self) -> HoldKind:
        """Keeping of a level: as it is, below a ceiling, or neither."""
        meanings = {token.says for token in self.of("hold")}
        kinds = (HoldKind.CEILING, HoldKind.KEEP)
        return next((kind for kind in kinds if kind in meanings), HoldKind.NONE)

    def pace(self) -> Pace:
        """The pace in words, or that of the marks about a cumulative number."""
        pace = Pace(self.single_meaning("pace"))
        opened, closed = self.marks("open"), self.marks("close")
        if len(opened) != len(closed):
            raise SonghuaError(TargetUnread(text="["))
        marked = any(
            o.start < n.start < c.start
            for o, c in zip(opened, closed, strict=True)
            for n in self.numbers
        )
        if marked and pace == Pace.A_YEAR:
            raise SonghuaError(TargetConflict(text=pace))
        return Pace.IN_ALL if marked else pace

    def marks(self, says: str) -> list[Token]:
        """The marks of a sort."""
        return [token for token in self.of("plain") if token.says == says]

    def sense(self) -> Sense:
        """The direction of the verbs; two directions are a fault."""
        senses = {token.says for token in self.of("sense", "rate", "to")}
        senses |= self.beside_base
        if len(senses) > 1:
            raise SonghuaError(TargetConflict(text=" · ".join(sorted(senses))))
        return Sense(senses.pop()) if senses else Sense.NONE

    @cached_property
    def beside_base(self) -> set[Sense]:
        """Which way from its base a number lies: "45 % below 1990 levels"."""
        words = [self.text[t.start : t.end].split()[0].lower() for t in self.of("base")]
        return {BESIDE_BASE[word] for word in words if word in BESIDE_BASE}

    def check_numbers(self) -> None:
        """Each number, separator and mark must have a role."""
        for token in self.numbers:
            if YEAR.fullmatch(token.says) and not self.counts(token):
                raise SonghuaError(TargetYear(text=token.says))
        for token in self.of("separator"):
            near = self.before(token), self.after(token)
            ranged = near[0] is not None and near[0].kind in ("number", "unit", "scale")
            aims = near[1] is not None and near[1].kind in AIMED_AT
            aims = aims and self.text[token.start : token.end] in AIMS
            if not (aims or (ranged and near[1] is not None and near[1].kind == "number")):
                raise SonghuaError(TargetUnread(text=self.text[token.start : token.end]))
        for token in self.of("plain"):
            if self.text[token.start : token.end].lower() == "by":
                self.check_by(token)
            if token.says == "and" and not (self.opened and len(self.numbers) == 2):
                raise SonghuaError(TargetCompound(text=self.text[token.start : token.end]))
        if not self.numbers:
            for kind in ("unit", "scale", "start"):
                if self.has(kind):
                    raise SonghuaError(TargetNumbers(n=0))

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
            apart = self.of("name", "span", "by", "base")
            names = [t for t in apart if all(a < t.start < b for a, b in spans)]
            if names:
                raise SonghuaError(TargetUnread(text=self.text[bound.start : names[0].end][:80]))

    def unit(self) -> str:
        """The unit, with the scale that stands before a name: "12 million new urban jobs"."""
        unit, scale = self.single_meaning("unit"), self.single_meaning("scale")
        if scale:
            whole = unit or ("count" if self.has("name") else "")
            unit = unit_text(f"{scale} {whole}".strip()) if whole else ""
            if not unit:
                raise SonghuaError(TargetUnit(unit=scale))
        if not unit and any("/" in token.says for token in self.numbers):
            return "x"
        if not unit and self.counted:
            return "count"
        return unit

    @property
    def counted(self) -> bool:
        """True where a bare number counts things that move: "the number of firms by 450"."""
        if not self.has("sense") or self.aimed:
            return False
        things = any(COUNTS.search(name.says) for name in self.of("name"))
        return things or any("," in token.says for token in self.numbers)

    @property
    def beyond(self) -> bool:
        """True where a movement ends on one side of the number: "climb above 72 %"."""
        for bound in self.of("bound"):
            word = self.text[bound.start : bound.end].lower()
            earlier = [t for t in self.tokens if t.end <= bound.start and t.says != "back"]
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
    def aimed(self) -> bool:
        """True where a movement ends at the number: "raise the share to 3.2 %"."""
        first = self.numbers[0]
        if self._distance:
            return False
        if self.has("to"):
            return True
        if self.beyond or any(t.end <= first.start for t in self.of("start")):
            return True
        earlier = [
            t for t in self.tokens if t.end <= first.start and t.kind not in ("bound", "effort")
        ]
        earlier = [t for t in earlier if t.says != "filler"]
        moved = any(t.kind == "sense" for t in earlier)
        last = earlier[-1] if earlier else None
        if last is None:
            return False
        return last.kind == "separator" or (moved and (last.kind, last.says) == ("hold", REACH))
