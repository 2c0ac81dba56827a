"""The tokens of a target's words, and the meanings that they have together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from songhua.errors import SonghuaError
from songhua.grammar.times import Token
from songhua.plan.fault_kinds import TargetConflict, TargetUnread, TargetYearly
from songhua.plan.vocabulary import HoldKind, Pace, Sense

AIMS = ("to", "到", "至")
# Words of a time or a bound that ask for a level in every single year.
THROUGHOUT = ("throughout", "never", "at no time")
# "20 % below 1990 levels": which way from the base.
BESIDE_BASE = {"below": Sense.FALL, "lower": Sense.FALL, "above": Sense.RISE, "higher": Sense.RISE}


@dataclass(frozen=True)
class SpokenTarget:
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
        years = {says[2:] for says in meanings if says.startswith("FY")}
        if years == {f"20{says[5:]}" for says in meanings if "/" in says}:  # 2023-24 (FY24)
            meanings = [says for says in meanings if not says.startswith("FY")]
        if len(meanings) > 1:
            raise SonghuaError(TargetConflict(text=" · ".join(meanings)))
        return meanings[0] if meanings else ""

    def words_of(self, *kinds: str) -> str:
        """The text of the first token of some classes."""
        token = self.of(*kinds)[0]
        return self.text[token.start : token.end]

    def word(self, token: Token) -> str:
        """The text of a token in small letters."""
        return self.text[token.start : token.end].lower()

    def word_of(self, token: Token) -> str:
        """The text of a token as it stands."""
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
        paces = {token.says for token in self.of("pace") if not self.names_year(token)}
        yearly = any(self.word(t).startswith(THROUGHOUT) for t in self.of("span", "bound"))
        if yearly and not self.has("sense", "addition"):
            paces = paces or {Pace.EACH_YEAR}
        if Pace.EACH_YEAR in paces:  # "at least 5 % a year in each year"
            paces.discard(Pace.A_YEAR)
        if len(paces) > 1:
            raise SonghuaError(TargetConflict(text=" · ".join(sorted(paces))))
        pace = Pace(paces.pop()) if paces else Pace.NONE
        opened, closed = self.marks("open"), self.marks("close")
        if len(opened) != len(closed):
            raise SonghuaError(TargetUnread(text="["))
        marked = any(
            o.start < n.start < c.start
            for o, c in zip(opened, closed, strict=True)
            for n in self.numbers
        )
        if marked and pace in (Pace.A_YEAR, Pace.EACH_YEAR):
            raise SonghuaError(TargetConflict(text=pace))
        return Pace.IN_ALL if marked else pace

    def names_year(self, pace: Token) -> bool:
        """True where a word for a year belongs to the name: "annual exports to grow by 50 %".

        "Annual GDP growth" and "annual jobs added" are a pace; 年均用水量下降5% may be either.
        """
        name, word = self.after(pace), self.word(pace)
        if name is None or name.kind != "name" or self.has("addition", "rate") or self.hold_kind:
            return False
        beyond = [t for t in self.tokens if t.start >= name.end and t.kind != "name"]
        if beyond and self.text[beyond[0].end :].lstrip().startswith("of "):
            return False  # "annual GHG reduction of 5 %"
        aims = any(t.kind == "to" or self.word(t) in AIMS for t in self.of("to", "separator"))
        if not aims and self.has("sense", "multiple") and ("均" in word or "average" in word):
            raise SonghuaError(TargetYearly(text=self.word_of(pace), name=name.says))
        return aims or (word in ("annual", "yearly", "年") and not name.says.startswith("增"))

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
