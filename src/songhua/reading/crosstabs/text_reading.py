"""Reading of one text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from songhua.grammar.periods import spoken_period
from songhua.labels import parse_period
from songhua.reading.crosstabs.compounds import without_inner
from songhua.reading.crosstabs.lexicon import Token, whole
from songhua.reading.crosstabs.senses import NAMES, TextSense, shortened
from songhua.reading.crosstabs.text_units import UnitReading
from songhua.reading.crosstabs.vocabulary import pattern, speaks_of, vocabulary
from songhua.reading.sheets.units import separated, unit_line
from songhua.reading.sheets.words import key, split_marks, tidy, without_prefix

_GAP = ' \t,;:/|.·、，；：()[]（）《》“”"-–—_'
_PERIOD_LONGEST = 24
_LONGEST = 300
_TURN = re.compile(r"\s?[-–/]\d\d(?!\d)")
_HEAD = re.compile(r"([A-Za-z]{1,2}|\d{2,4}(?:[-–]\d{2,4})?)(?:[\s.:)–-]+|$)")


@dataclass
class TextReading(UnitReading):
    """One text as it is read: what it sets, its units, and the words that nothing explains."""

    sets: dict[str, str] = field(default_factory=dict)
    many: list[str] = field(default_factory=list)
    prior: bool = False
    several: bool = False
    periods_differ: bool = False
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

    def take_words(self, text: str) -> None:
        """Take what the words say; of a path of industries the last is meant."""
        self.is_within = ":" in text and not speaks_of("perimeter", text)
        text = self.without_years(tidy(text))
        plain = key(text)
        printed = text if len(plain) == len(text) else plain
        name: list[str] = []
        for start, end, tokens in without_inner(plain, self.pieces(plain, True), self.title):
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
        if speaks_of("short_periods", text) and self.sets.pop("period", ""):
            self.unknown.append(text)
        self.name[:0] = [shortened("".join(name))] if self.has_name else []

    def pieces(
        self, text: str, gaps: bool = False
    ) -> Iterator[tuple[int, int, list[Token] | None]]:
        """Known words with their meanings, periods (None), unknown runs: as few as can be."""
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
        if token.kind == "changes":
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
        if self.title and column == "period":
            self.set_period(value)
            return True
        if (before := self.sets.setdefault(column, value)) != value:
            narrower = self.lexicon.narrower(column, before, value)
            if narrower or (column == "industry" and self.is_within):
                self.sets[column] = narrower or value
            else:
                self.many.append(piece)
                return False
        return True

    def set_period(self, period: str) -> None:
        """Set the period of a title: of two the one within the other; none where they differ."""
        before, after = parse_period(self.sets.get("period", period)), parse_period(period)
        if self.periods_differ or not (before.contains(after) or after.contains(before)):
            self.periods_differ = True
            self.sets.pop("period", None)
        elif before.contains(after):
            self.sets["period"] = period
