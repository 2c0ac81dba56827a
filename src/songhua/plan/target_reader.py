"""The words of a target as tokens, each with its role, and what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NoReturn

from songhua.errors import SonghuaError, coded_fault
from songhua.messages import script_of
from songhua.plan.target_phrases import REACH
from songhua.plan.target_times import Token
from songhua.plan.target_units import unit_text
from songhua.plan.vocabulary import Bound, Effort, Held, Pace, Sense

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


def fail(code: str, **params: object) -> NoReturn:
    """Refuse the text.

    >>> fail("target_year", text="2030")
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: '2030' may be a year or a number. Write a year as 'by 2030' (到2030年), a number with a separator or a word before it ('at least', 'reach').
    """  # noqa: E501
    raise SonghuaError(coded_fault(code, params=params))


@dataclass(frozen=True)
class Reader:
    """The tokens of a text, and what they say."""

    text: str
    tokens: tuple[Token, ...]

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
        marked = any(
            o.start < n.start < c.start
            for o, c in zip(opened, closed, strict=True)
            for n in self.numbers
        )
        if marked and said == Pace.A_YEAR:
            fail("target_conflict", text=said)
        return Pace.IN_ALL if marked else said

    def marks(self, says: str) -> list[Token]:
        """The marks of a sort."""
        return [token for token in self.of("plain") if token.says == says]

    def sense(self) -> Sense:
        """Which way the verbs point; two ways are a fault."""
        said = {token.says for token in self.of("sense", "rate", "to")}
        said |= self.beside_base
        if len(said) > 1:
            fail("target_conflict", text=" · ".join(sorted(said)))
        return Sense(said.pop()) if said else Sense.NONE

    @cached_property
    def beside_base(self) -> set[Sense]:
        """Which way from its base a number lies: "45 % below 1990 levels"."""
        words = [self.text[t.start : t.end].split()[0].lower() for t in self.of("base")]
        return {BESIDE_BASE[word] for word in words if word in BESIDE_BASE}

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
            if self.text[token.start : token.end].lower() == "by":
                self.check_by(token)
            if token.says == "and" and not (self.opened and len(self.numbers) == 2):
                fail("target_compound", text=self.text[token.start : token.end])
        if not self.numbers:
            for kind in ("unit", "scale", "start"):
                if self.has(kind):
                    fail("target_numbers", n=0)

    def check_by(self, by: Token) -> None:
        """By how much what happens: "emissions by 5 %" lacks the verb, or has one not known."""
        after = self.after(by)
        counted = after is not None and after.kind in ("number", "bound")
        if counted and not self.has("sense", "rate", "course", *COMPARED, "multiple"):
            fail("target_sense", text=self.numbers[0].says if self.numbers else self.text[:80])

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
        told = (t for t in self.of("effort") if t.says == Effort.STRIVE)
        return next((t for t in told if first.end <= t.start < second.start), None)

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
        """Nothing else may stand between a bound and its number: "over the cycle" is none."""
        counted = self.of("number", "multiple")
        for bound in bounds:
            word = self.text[bound.start : bound.end]
            behind = all(token.end <= bound.start for token in counted)
            if behind and word.isascii() and not word.lower().startswith(BEHIND):
                fail("target_unread", text=word)
            spans = [sorted((bound.start, token.start)) for token in counted]
            apart = self.of("name", "span", "by", "base")
            names = [t for t in apart if all(a < t.start < b for a, b in spans)]
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
        if not unit and self.counted:
            return "count"
        return unit

    @property
    def counted(self) -> bool:
        """Whether a movement by a bare number is one of things: "the number of firms by 450"."""
        if not self.has("sense") or self.aimed:
            return False
        things = any(COUNTS.search(name.says) for name in self.of("name"))
        return things or any("," in token.says for token in self.numbers)

    @property
    def beyond(self) -> bool:
        """Whether a movement ends on one side of the number: "climb above 72 %"."""
        for bound in self.of("bound"):
            word = self.text[bound.start : bound.end].lower()
            earlier = [t for t in self.tokens if t.end <= bound.start and t.says != "back"]
            told = earlier[-1] if earlier else None
            verbs = [self.text[t.start : t.end] for t in self.of("sense") if t.end <= bound.start]
            if word in SIDES and verbs and told is not None and told.kind in ("sense", "name"):
                if WIDENING.match(verbs[-1]) and self.unit() == "%":
                    fail("target_unjoined", text=word)
                return True
        return False

    @property
    def _distance(self) -> bool:
        """Whether the number is how far from the base: "to 45 % below 1990 levels".

        "To 45 %, below 1990 levels" is where a movement ends, and a remark beside it.
        """
        ends = {token.end for token in self.tokens if token.kind in ("number", "unit", "scale")}
        starts = [t.start for t in self.of("base")] if self.beside_base else []
        return any(len(self.text[:start].rstrip()) in ends for start in starts)

    @property
    def aimed(self) -> bool:
        """Whether the number is where a movement ends: "raise the share to 3.2 %"."""
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
