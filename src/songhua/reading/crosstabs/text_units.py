"""Units, bases of indices and years of prices within a text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from songhua.reading.crosstabs.lexicon import Lexicon
from songhua.reading.crosstabs.printed_units import Printed, printed_unit
from songhua.reading.crosstabs.vocabulary import pattern, speaks_of
from songhua.reading.sheets.units import unit_line

_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,60})[)\]]")
_BASE = re.compile(r"[(\[]?([^()\[\]=:]{1,16})[=＝]\s*(100|1)\s*[)\]]?")


@dataclass
class UnitReading:
    """The parts of a text that say how its figures are counted.

    `role` is what the text is expected to name, `year` completes its period, `title` is whether it
    stands above the table.
    """

    lexicon: Lexicon
    role: str
    year: str
    title: bool
    marks: dict[str, str] = field(default_factory=dict, kw_only=True)
    units: list[Printed] = field(default_factory=list, kw_only=True)
    unknown: list[str] = field(default_factory=list, kw_only=True)
    name: list[str] = field(default_factory=list, kw_only=True)

    def unit(self, text: str) -> bool:
        """Take a text as a unit, or as the base of an index; False where it is neither."""
        printed = printed_unit(text, self.lexicon.currencies)
        if printed is None:
            return False
        if printed.base is not None:
            base = self.marks.get("base", "?")
            self.marks["base"] = re.split("[=＝]", text)[0].strip() if printed.base else base
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

    def without_years(self, plain: str) -> str:
        """A text without the year of its prices or of a classification, which is no period."""
        plain = pattern("edition").sub(" ", plain)
        if match := pattern("prices_of").search(plain):
            self.unknown.append(match[0])
            self.name.append(match[0].strip(" ()"))
            plain = f"{plain[: match.start()].rstrip()} {plain[match.end() :]}".strip()
        return plain

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
        return self.without_middle(plain) if self.title else plain

    def without_middle(self, plain: str) -> str:
        """A title without a unit between its commas: `Sales, bn EUR, 2016`."""
        parts = re.split("(, )", plain)
        for at in range(2, len(parts) - 2, 2):
            if len(parts[at]) > 1 and self.unit(parts[at]):
                parts[at - 1] = parts[at] = ""
        return "".join(parts)
