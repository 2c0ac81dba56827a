"""Reading of one text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from songhua.grammar.periods import spoken_period
from songhua.reading.crosstabs.lexicon import Lexicon, Token, whole
from songhua.reading.crosstabs.printed_units import Printed, printed_unit
from songhua.reading.crosstabs.senses import NAMES, TextSense, shortened
from songhua.reading.crosstabs.vocabulary import pattern, speaks_of, vocabulary
from songhua.reading.sheets.units import separated, unit_line
from songhua.reading.sheets.words import key, split_marks, tidy, without_prefix

_GAP = ' \t,;:/|.·、，；：()[]（）《》“”"-–—_'
_PERIOD_LONGEST = 24
_LONGEST = 300
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,60})[)\]]")
_BASE = re.compile(r"[(\[]?([^()\[\]=:]{1,16})[=＝]\s*(100|1)\s*[)\]]?")
_TURN = re.compile(r"\s?[-–/]\d\d(?!\d)")
_HEAD = re.compile(r"([A-Za-z]{1,2}|\d{2,4}(?:[-–]\d{2,4})?)(?:[\s.:)–-]+|$)")


@dataclass
class TextReading:
    """One text as it is read: what it sets, its units, and the words that nothing explains.

    `role` is what the text is expected to name, `year` completes its period, `title` is whether it
    stands above the table.
    """

    lexicon: Lexicon
    role: str
    year: str
    title: bool
    sets: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    units: list[Printed] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    many: list[str] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    prior: bool = False
    several: bool = False
    is_within: bool = False

    def read(self, text: str) -> TextSense:
        """Sense of the text."""
        plain = tidy(split_marks(text)[0])
        if self.title:
            plain = pattern("title").sub("", plain, count=1)
            plain = pattern("code").sub("", plain)
        else:
            plain = without_prefix(plain)
        if line := unit_line(plain):
            for part in separated(line):
                if not self.unit(part):
                    self.unknown.append(part)
        elif len(plain) > _LONGEST:
            self.unknown.append(plain)
        elif not self.whole_name(plain):
            coded = pattern("class_code").sub("", plain)
            plain = self.behind_code(coded)
            if not self.names_base(plain):
                plain = self.without_units(self.without_base(plain))
            if self.role in NAMES and not self.title:
                self.take_name(plain)
            else:
                self.take_words(plain)
        return TextSense(
            self.sets, self.marks.get("form", ""), self.marks.get("time", ""), self.prior,
            tuple(self.units), self.marks.get("basis", ""), self.marks.get("base", ""),
            " ".join(self.name), tuple(self.unknown), tuple(self.many),
        )  # fmt: skip

    def whole_name(self, plain: str) -> bool:
        """True where the text as a whole is a name, such as one with brackets in it."""
        tokens = self.lexicon.meanings(key(plain)) or self.lexicon.loosely(key(plain))
        if tokens and self.take(plain, tokens):
            self.name.append(plain)
            self.without_base(plain)
        return bool(tokens)

    def take_name(self, plain: str) -> None:
        """A text that is one name: known as a whole, or not known."""
        if not plain.strip(_GAP):
            return
        tokens = self.lexicon.meanings(key(plain)) or self.lexicon.loosely(key(plain))
        if tokens:
            self.take(plain, tokens)
        elif spoken_period(plain, self.year):
            self.sets["period"] = str(spoken_period(plain, self.year))
        else:
            self.take_words(plain)
            if self.unknown or set(self.sets) != {self.role} or self.marks:
                self.sets.clear()
                self.unknown = [plain]
                self.name = [plain]

    def behind_code(self, plain: str) -> str:
        """The rest of a label behind the code of a classification at its head."""
        head = _HEAD.match(plain)
        tokens = self.lexicon.code(key(head[1])) if head and not self.title else []
        if head and tokens and self.role in ("", "industry"):
            self.take(head[1], tokens)
            behind = plain[head.end() :]
            if self.lexicon.meanings(key(behind)) or not behind:
                return behind
            self.name.append(behind)
            return ""
        return plain

    def unit(self, text: str) -> bool:
        """Take a text as a unit, or as the base of an index; False where it is neither."""
        printed = printed_unit(text, self.lexicon.currencies)
        if printed is None:
            return False
        if printed.base is not None:
            base = (
                re.split("[=＝]", text)[0].strip() if printed.base else self.marks.get("base", "?")
            )
            self.marks["base"] = base
            return True
        if printed.change:
            self.marks.setdefault("form", "growth")
        self.units.append(printed)
        return True

    def names_base(self, plain: str) -> bool:
        """True where the base of an index is a part of a name: 增加值指数(上年=100)."""
        match = _BASE.search(plain)
        if match is None or not self.lexicon.ends_in_word(plain[: match.end()], match.start()):
            return False
        self.marks["base"] = match[1].strip()
        return True

    def without_base(self, plain: str) -> str:
        """A text without the base of its index: 居民消费价格指数(上年=100)."""
        match = _BASE.search(plain)
        if match is None:
            return plain
        self.marks["base"] = match[1].strip()
        return f"{plain[: match.start()].rstrip()}{plain[match.end() :]}".strip()

    def without_prices(self, plain: str) -> str:
        """A text without the year of its prices: at 2004-05 prices is no period of the figures."""
        match = pattern("prices_of").search(plain)
        if match is None:
            return plain
        self.unknown.append(match[0])
        self.name.append(match[0].strip(" ()"))
        return f"{plain[: match.start()].rstrip()} {plain[match.end() :]}".strip()

    def without_units(self, plain: str) -> str:
        """The text without the unit in its brackets, after its last comma or at its end."""
        for bracket in reversed(list(_BRACKETS.finditer(plain))):
            if self.unit(unit_line(bracket[1]) or bracket[1]):
                return f"{plain[: bracket.start()]} {plain[bracket.end() :]}".strip()
        if len(plain) > 1 and plain[-1] in "%‰" and self.unit(plain[-1]):
            return plain[:-1].rstrip(" /")
        if self.unit(plain):
            if self.role == "indicator" and speaks_of("counted", plain):
                self.name.append(plain)
            return ""
        for sign in (",", "/"):
            before, comma, last = plain.replace("，", ",").rpartition(sign)
            if comma and before and self.unit(last.strip()):
                return before
        return self.without_inner(plain) if self.title else plain

    def without_inner(self, plain: str) -> str:
        """A title without a unit between its commas: `Sales, bn EUR, 2016`."""
        parts = plain.split(", ")
        inner = [part for part in parts[1:-1] if len(part) > 1 and self.unit(part)]
        return ", ".join(part for part in parts if part not in inner)

    def take_words(self, text: str) -> None:
        """Take what the words say; of a path of industries the last is meant."""
        self.is_within = ":" in text and not speaks_of("perimeter", text)
        text = self.without_prices(tidy(text))
        plain = key(text)
        printed = text if len(plain) == len(text) else plain
        name: list[str] = []
        for start, end, tokens in self.pieces(plain, gaps=True):
            piece = printed[start:end]
            if tokens is None:
                self.set("period", str(spoken_period(plain[start:end], self.year)), piece)
                name.append(" ")
            elif tokens:
                is_named = self.take(piece, tokens)
                name.append(piece if is_named else " ")
            else:
                self.unknown += [piece.strip(_GAP)] if piece.strip(_GAP) else []
                name.append(piece)
        self.name[:0] = [shortened("".join(name))] if self.has_name else []

    def pieces(
        self, text: str, gaps: bool = False
    ) -> Iterator[tuple[int, int, list[Token] | None]]:
        """Pieces of a text: known words with their meanings, periods (None), unknown runs.

        Of all ways to split it, take the split with the fewest unknown signs, then with the fewest
        words.
        """
        size = len(text)
        best: list[tuple[int, int, int, bool]] = [(0, 0, size, False)] * (size + 1)
        for at in range(size - 1, -1, -1):
            over, words, _, _ = best[at + 1]
            best[at] = (over + (text[at] not in _GAP), words, at + 1, False)
            for end in {*self.lexicon.ends(text, at), self.period_end(text, at)} - {at}:
                over, words, _, _ = best[end]
                best[at] = min(best[at], (over, words + 1, end, True), key=lambda way: way[:2])
        at = unknown = 0
        while at < size:
            _, _, end, is_known = best[at]
            if is_known:
                if at > unknown and (gaps or text[unknown:at].strip(_GAP)):
                    yield unknown, at, []
                yield at, end, self.lexicon.meanings(text[at:end]) or None
                unknown = end
            at = end
        if unknown < size and (gaps or text[unknown:].strip(_GAP)):
            yield unknown, size, []

    def period_end(self, text: str, start: int) -> int:
        """Where the longest period ends that starts at a place of a text; there, if none does."""
        first = text[start]
        latin = first.isascii() and first.isalpha()
        if not (first.isdigit() or latin or first in vocabulary().period_starts):
            return start
        if latin and not re.search(r"\d", text[start : start + 12]):
            return start
        for end in range(min(len(text), start + _PERIOD_LONGEST), start, -1):
            piece = text[start:end]
            if piece[-1] in _GAP or not whole(text, start, end) or _TURN.match(text, end):
                continue
            if spoken_period(piece, self.year):
                return end
        return start

    def take(self, piece: str, tokens: list[Token]) -> bool:
        """Take what a known piece says; True where it is a part of a name."""
        names = [token for token in tokens if token.kind == "name"]
        if not names:
            parts = [self.take_common(piece, token) for token in tokens]
            return all(parts)
        preferred = [token for token in names if token.column == self.role] or names
        columns = {token.column for token in preferred}
        if len(preferred) == 1:
            if not self.set(preferred[0].column, preferred[0].value, piece):
                return True
        elif len(columns) > 1 and "indicator" in columns:
            chosen = next(token for token in preferred if token.column == "indicator")
            self.set("indicator", chosen.value, piece)
        else:
            self.many.append(piece)
            return True
        return "indicator" in columns

    def take_common(self, piece: str, token: Token) -> bool:
        """Take what a common word says; True where it is a part of a name."""
        if token.kind == "all":
            if self.role == token.column or self.title:
                self.set(token.column, "all", piece)
                return False
            self.unknown.append(piece)
            return True
        if token.kind == "times":
            self.prior = self.prior or token.value == "prior"
            return token.value != "prior" and not self.mark("time", token.value, piece)
        if token.kind == "forms":
            self.mark("form", token.value, piece)
        elif token.value != "any":
            self.mark("basis", token.value, piece)
        return True

    def mark(self, name: str, value: str, piece: str) -> bool:
        """Set a mark; a second value for it is not understood."""
        if self.marks.setdefault(name, value) != value:
            self.unknown.append(piece)
            return False
        return True

    @property
    def has_name(self) -> bool:
        """True where a text has words of an indicator, or words that nothing explains."""
        return bool(self.unknown or self.many or "indicator" in self.sets or self.marks.get("form"))

    def set(self, column: str, value: str, piece: str) -> bool:
        """Note what a piece names; False where another of its column stands there already.

        Of an industry and a part of it the part is meant. A title that names several indicators
        speaks of none.
        """
        if self.title and column == "indicator" and self.sets.get(column, value) != value:
            self.several = True
        if self.several and column == "indicator":
            self.sets.pop(column, None)
            return True
        if (before := self.sets.setdefault(column, value)) != value:
            if column == "industry" and (self.is_within or before in self.wholes(value)):
                self.sets[column] = value
            elif column != "industry" or value not in self.wholes(before):
                self.many.append(piece)
                return False
        return True

    def wholes(self, industry: str) -> list[str]:
        """The industries that an industry is a part of."""
        folder, wholes = self.lexicon.folder, list[str]()
        while industry in folder.industries and industry not in wholes:
            industry = folder.parent(industry)
            wholes.append(industry)
        return wholes
