"""Sense of a text of a sheet, word by word; words left over are not understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from songhua.grammar.periods import spoken_period
from songhua.reading.drafts.answers import Answers
from songhua.reading.crosstabs.lexicon import Lexicon, Token, whole
from songhua.reading.crosstabs.printed_units import Printed, printed_unit
from songhua.reading.crosstabs.vocabulary import pattern, speaks_of, vocabulary
from songhua.reading.sheets.units import separated, unit_line
from songhua.reading.sheets.words import key, split_marks, tidy, without_prefix
from songhua.region.catalogues import Catalogues

_GAP = ' \t,;:/|.·、，；：()[]（）《》“”"-–—_'
_PERIOD_LONGEST = 24
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,60})[)\]]")
_HEAD = re.compile(r"([A-Za-z]{1,2}|\d{2,4}(?:[-–]\d{2,4})?)(?:[\s.:)–-]+|$)")
_FISCAL = re.compile(r"(\d\d)(\d\d)[-/](\d\d)")


@dataclass(frozen=True)
class Sense:
    """Sense of a text.

    `sets` takes columns of the observations to values. `form` is `level` or `growth`, `time`
    `month` or `cumulative`; `prior` is the year before. `rest` are the words that are not
    understood, `many` the entries among which a word does not choose.
    """

    sets: Mapping[str, str] = field(default_factory=dict)
    form: str = ""
    time: str = ""
    prior: bool = False
    printed: tuple[Printed, ...] = ()
    basis: str = ""
    rest: tuple[str, ...] = ()
    many: tuple[str, ...] = ()

    @property
    def clear(self) -> bool:
        """True where every word is understood."""
        return not self.rest and not self.many


class Explainer:
    """Explains texts by the names and ids of a folder and by the words that bureaus print."""

    def __init__(self, folder: Catalogues) -> None:
        """Learn the names of a folder; nothing was answered before."""
        self.folder = folder
        self.lexicon = Lexicon(folder)
        self.answers = Answers()
        self._told: dict[tuple[str, str, str, bool], Sense] = {}

    def explain(self, text: str, prefer: str = "", year: str = "", title: bool = False) -> Sense:
        """Sense of a text; `prefer` is the column that is meant where a name has several."""
        which = (text, prefer, year, title)
        if which not in self._told:
            sense = _Reading(self.lexicon, prefer, year).read(text, title)
            answer = self.answers.word(text, self.timeless)
            indicator = self.folder.catalogue.get(answer.get("indicator", ""))
            rate = indicator is not None and indicator.form == "growth"
            self._told[which] = _answered(sense, answer, rate)
        return self._told[which]

    def timeless(self, text: str) -> str:
        """A text with a sign in the place of each period and number.

        >>> from songhua.region import Region
        >>> Explainer(Region.of("rivertown")).timeless("Jobs, January 2021 (table 3)")
        'jobs, # (table #)'
        """
        plain, reading = key(text), _Reading(self.lexicon, "", "2000")
        pieces = [
            "#" if tokens is None else plain[start:end]
            for end, start, tokens in reading.pieces(plain, gaps=True)
        ]
        return re.sub(r"\d+", "#", "".join(pieces))


def _answered(sense: Sense, answer: Mapping[str, str], rate: bool) -> Sense:
    """A sense with what was answered of its text before; `rate` is whether that is a rate."""
    if not answer:
        return sense
    sets = {name: value for name, value in answer.items() if name != "unit"}
    unit = answer.get("unit", "")
    return replace(
        sense,
        sets={**sense.sets, **sets},
        rest=(),
        many=(),
        form="" if "indicator" in sets and not rate else sense.form,
        printed=(Printed(unit),) if unit else sense.printed,
    )


@dataclass
class _Reading:
    lexicon: Lexicon
    prefer: str
    year: str
    found: dict[str, Any] = field(default_factory=dict)
    sets: dict[str, str] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)
    many: list[str] = field(default_factory=list)
    title: bool = False
    several: bool = False

    def read(self, text: str, title: bool) -> Sense:
        self.title = title
        plain = tidy(split_marks(text)[0])
        if title:
            plain = pattern("title").sub("", plain, count=1)
            plain = pattern("code").sub("", plain)
        else:
            plain = without_prefix(plain)
        if line := unit_line(plain):
            for part in separated(line):
                if not self._unit(part, several=True):
                    self.rest.append(part)
        elif len(plain) > 200 or speaks_of("fiscal", plain):
            self.rest.append(plain)
        elif not self._whole_name(plain):
            self._words(key(self._units(self._code(plain))))
        return Sense(self.sets, rest=tuple(self.rest), many=tuple(self.many), **self.found)

    def _whole_name(self, plain: str) -> bool:
        """True where the text as a whole is a name, such as one with brackets in it."""
        tokens = self.lexicon.meanings(key(plain))
        if tokens:
            self._take(key(plain), tokens)
        return bool(tokens)

    def _code(self, plain: str) -> str:
        """The rest of a label behind the code of a classification at its head."""
        head = _HEAD.match(plain)
        tokens = self.lexicon.code(key(head[1])) if head and not self.title else []
        if head and tokens:
            self._take(key(head[1]), tokens)
            return plain[head.end() :]
        return plain

    def _unit(self, text: str, several: bool = False) -> bool:
        printed = printed_unit(text, self.lexicon.currencies)
        before = self.found.get("printed", ())
        if printed is None or (before and not several):
            return False
        self.found["printed"] = (*before, printed)
        return True

    def _units(self, plain: str) -> str:
        """The text without the unit in its brackets, after its last comma or at its end."""
        for bracket in reversed(list(_BRACKETS.finditer(plain))):
            if self._unit(unit_line(bracket[1]) or bracket[1]):
                return f"{plain[: bracket.start()]} {plain[bracket.end() :]}".strip()
        if len(plain) >= 1 and plain[-1] in "%‰" and self._unit(plain[-1]):
            return plain[:-1]
        before, comma, last = plain.replace("，", ",").rpartition(",")
        if comma and self._unit(last.strip()):
            return before
        return "" if self._unit(plain) else plain

    def _words(self, text: str) -> None:
        for end, start, tokens in self.pieces(text):
            if tokens is None:
                self._period(text[start:end])
            elif tokens:
                self._take(text[start:end], tokens)
            else:
                self.rest.append(text[start:end])

    def pieces(
        self, text: str, gaps: bool = False
    ) -> Iterator[tuple[int, int, list[Token] | None]]:
        """The words of a text: known ones, periods (None), and runs that are not known.

        Of all ways to split it, take the split with the fewest unknown signs, then with the fewest
        words.
        """
        size = len(text)
        best: list[tuple[int, int, int, bool]] = [(0, 0, size, False)] * (size + 1)
        for at in range(size - 1, -1, -1):
            over, words, _, _ = best[at + 1]
            best[at] = (over + (text[at] not in _GAP), words, at + 1, False)
            for end in {*self.lexicon.ends(text, at), self._period_end(text, at)} - {at}:
                over, words, _, _ = best[end]
                best[at] = min(best[at], (over, words + 1, end, True), key=lambda way: way[:2])
        at = unknown = 0
        while at < size:
            _, _, end, is_known = best[at]
            if is_known:
                if at > unknown and (gaps or text[unknown:at].strip(_GAP)):
                    yield at, unknown, []
                piece = text[at:end]
                yield end, at, self.lexicon.meanings(piece) or None
                unknown = end
            at = end
        if unknown < size and (gaps or text[unknown:].strip(_GAP)):
            yield size, unknown, []

    def _period_end(self, text: str, start: int) -> int:
        """Where the longest period ends that starts at a place of a text; there, if none does."""
        first = text[start]
        latin = first.isascii() and first.isalpha()
        if not (first.isdigit() or latin or first in vocabulary().period_starts):
            return start
        if latin and not re.search(r"\d", text[start : start + 12]):
            return start
        for end in range(min(len(text), start + _PERIOD_LONGEST), start, -1):
            piece = text[start:end]
            if piece[-1] in _GAP or not whole(text, start, end):
                continue
            if spoken_period(piece, self.year):
                return end
        return start

    def _period(self, piece: str) -> None:
        split = _FISCAL.fullmatch(piece)
        if split and (int(split[2]) + 1) % 100 == int(split[3]):
            self.many.append(piece)  # a month, or a financial year
            return
        self._set("period", str(spoken_period(piece, self.year)), piece)

    def _take(self, piece: str, tokens: list[Token]) -> None:
        names = [token for token in tokens if token.kind == "name"]
        for token in [t for t in tokens if t.kind != "name"]:
            if names:
                break
            self._common(piece, token)
        preferred = [token for token in names if token.column == self.prefer] or names
        if len(preferred) == 1:
            self._set(preferred[0].column, preferred[0].value, piece)
        elif preferred:
            self.many.append(piece)

    def _common(self, piece: str, token: Token) -> None:
        if token.kind == "all":
            if self.prefer == token.column or self.title:
                self._set(token.column, "all", piece)
            else:
                self.rest.append(piece)
        elif token.kind == "forms":
            self._once("form", token.value, piece)
        elif token.kind == "times" and token.value == "prior":
            self.found["prior"] = True
        elif token.kind == "times":
            self._once("time", token.value, piece)
        elif token.value != "any":
            self._once("basis", token.value, piece)

    def _once(self, name: str, value: str, piece: str) -> None:
        if self.found.setdefault(name, value) != value:
            self.rest.append(piece)

    def _set(self, column: str, value: str, piece: str) -> None:
        """Note what a piece sets. A title that names several indicators tells of none."""
        if self.title and column == "indicator" and self.sets.get(column, value) != value:
            self.several = True
        if self.several and column == "indicator":
            self.sets.pop(column, None)
            return
        if self.sets.setdefault(column, value) != value:
            self.many.append(piece)
