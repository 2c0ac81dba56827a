"""Lines above and below a table and its corner, which hold for all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from songhua.grammar.period_runs import frequency_of
from songhua.reading.crosstabs.bilingual import is_translation
from songhua.reading.crosstabs.blocks import Block, is_line
from songhua.reading.crosstabs.printed_units import Printed
from songhua.reading.crosstabs.texts import NAMES, TextSense, Words
from songhua.reading.crosstabs.vocabulary import corner, pattern, speaks_of, vocabulary
from songhua.reading.sheets.faults import letters
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.units import separated, unit_line
from songhua.reading.sheets.words import is_note, is_ratio, key, leading_mark, tidy

_PLAIN_SHEET = re.compile(r"(sheet|tabelle|feuil|plan|hoja|工作表|表)\s*\d*", re.IGNORECASE)
#: The longest note of a figure, in characters.
_NOTE = 400
#: A text beside a title that is shorter is its unit.
_SHORT = 40
_PARTS = re.compile(r"[,，;；]")
#: Rows at either end of a sheet in which its source may be printed.
_ENDS = 12
_COLON = re.compile("[:：]")
_LINE_SPLIT = re.compile(r"\s*[\r\n]+\s*")


@dataclass(frozen=True)
class Remark:
    """A line beside the table that is kept as a note: its cell, its text, its footnote mark.

    `heavy` is true where its words may change a unit, a period, a place or what is counted.
    """

    place: str
    text: str
    mark: str = ""
    heavy: bool = False


@dataclass
class Context:
    """Facts that all figures of a table share."""

    sets: dict[str, str] = field(default_factory=dict)
    new: dict[str, str] = field(default_factory=dict)
    by_sheet: dict[str, str] = field(default_factory=dict)
    units: list[Printed] = field(default_factory=list)
    unit_texts: list[str] = field(default_factory=list)
    form: str = ""
    time: str = ""
    basis: str = ""
    base: str = ""
    name: str = ""
    odd_unit: str = ""
    kind: str = "actual"
    frequency: str = ""
    remarks: list[Remark] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)
    clashes: list[tuple[str, str, str]] = field(default_factory=list)

    def note(self, marks: str, note: str) -> str:
        """The note of a figure: its own, and the lines that its footnote marks point at."""
        lines = [r.text for r in self.remarks if r.mark and r.mark.strip("[]() ") in marks]
        return "; ".join(filter(None, (note, *lines)))[:_NOTE]

    def names_unit(self, name: str, unit: Printed) -> bool:
        """True where a name says its unit outright: 户数, 人口数, a share.

        >>> two = Context(units=[Printed("count"), Printed("persons")], unit_texts=["户", "人"])
        >>> two.names_unit("家庭户户数", two.units[0]), two.names_unit("家庭户", two.units[0])
        (True, False)
        """
        text = self.unit_texts[self.units.index(unit)]
        counted = re.compile(rf"{re.escape(text)}口?数")
        return is_ratio(name) or any(counted.search(part) for part in name.split(", "))

    def unit_of(self, name: str) -> Printed | None:
        """The one of several units of the table whose word stands in a name: 户 in 户数, % of a share.

        >>> two = Context(units=[Printed("count"), Printed("persons")], unit_texts=["户", "人"])
        >>> two.unit_of("家庭户户数").unit, two.unit_of("男"), two.unit_of("人口数").unit
        ('count', None, 'persons')
        """  # noqa: E501
        printed = list(zip(self.units, self.unit_texts, strict=True))
        ratios = [unit for unit in self.units if unit.unit in ("%", "‰")]
        if ratios and is_ratio(name):
            return ratios[0] if len(ratios) == 1 else None
        amounts = [unit for unit in self.units if unit.unit not in ("%", "‰", "pp")]
        if ratios and len(amounts) == 1 and not is_ratio(name):
            return amounts[0]
        for part in name.split(", "):
            fits = [unit for unit, text in printed if text and unit not in ratios and text in part]
            if fits:
                return fits[0] if len(fits) == 1 else None
        return None

    @property
    def has_subject(self) -> bool:
        """True where the lines above the table name one indicator."""
        return bool(self.name or "indicator" in self.sets)

    @property
    def year(self) -> str:
        """The year that the lines above the table name; blank if they name none, or several."""
        period = self.sets.get("period", "")
        years = {part[:4] for part in period.split("..")} if period else set()
        return years.pop() if len(years) == 1 else ""


def read_context(grid: Grid, block: Block, words: Words) -> Context:
    """The context of a table from its sheet's name, the lines above it, its corner and below."""
    context = Context()
    if grid.title:
        _take(context, words, grid.title, "")
    for row in block.above:
        filled = grid.filled(row)
        place = f"{letters(filled[0])}{row + 1}"
        _line(context, words, [grid.text(row, column) for column in filled], place)
    for row in block.heading:
        for column in block.labels:
            if line := unit_line(grid.text(row, column)):
                _take(context, words, f"单位：{line}", f"{letters(column)}{row + 1}")
    for row in block.below:
        filled = grid.filled(row)
        for column in filled:
            text = grid.text(row, column)
            context.remarks.append(_below(text, f"{letters(column)}{row + 1}"))
    if grid.sheet and not _PLAIN_SHEET.fullmatch(grid.sheet):
        sense = words.sense(grid.sheet, title=True)
        for name, value in sense.sets.items() if sense.clear else ():
            (context.by_sheet if name == "indicator" else context.sets).setdefault(name, value)
    return context


def is_heavy(text: str) -> bool:
    """True for a remark that may change a unit, a period, a place or what is counted.

    >>> is_heavy("注：甲县单位为万元"), is_heavy("Source: statistics office")
    (True, False)
    """
    return (bool(unit_line(text)) or speaks_of("heavy", text)) and not is_line(text)


def break_year(text: str) -> str:
    """The year from which a remark says that the series is another; blank for none.

    >>> break_year("2018年起为第四次经济普查修订数"), break_year("Revised from 2016 on")
    ('2018', '2016')
    """
    match = pattern("break_from").search(text)
    return next(filter(None, match.groups()), "") if match else ""


def _below(text: str, place: str) -> Remark:
    return Remark(place, text, leading_mark(text), is_heavy(text))


def _line(context: Context, words: Words, texts: list[str], place: str) -> None:
    """A line above the table: a word and what it is, or a title."""
    first = key(texts[0])
    if is_line(first) and not any(map(unit_line, texts)):
        context.lines.append((place, " ".join(texts)))
        _frequency(context, texts)
        return
    name, colon, tail = texts[0].replace("：", ":").partition(":")
    if not colon or not _role(name):
        name, colon, tail = texts[0].partition(" - ")
    if colon and tail.strip() and not unit_line(texts[0]) and _role(name):
        texts = [name.strip(), tail.strip(), *texts[1:]]
    if len(texts) > 1 and (role := _role(texts[0])):
        for text in texts[1:]:
            _take(context, words, text, place, "" if role == "named" else role)
        return
    if len(texts) == 2 and not words.sense(texts[1], title=True).clear and len(texts[1]) < _SHORT:
        context.odd_unit = context.odd_unit or texts[1]
        texts = texts[:1]
    for text in texts:
        for part in _LINE_SPLIT.split(text):
            _take(context, words, part, place)


def _frequency(context: Context, texts: Sequence[str]) -> None:
    if key(texts[0]).rstrip(":：") in vocabulary().frequencies and len(texts) > 1:
        context.frequency = frequency_of(texts[1])


def _role(text: str) -> str:
    """Role that a word before a colon, or in a cell of its own, gives to the text behind it."""
    text = text.strip().rstrip(":：")
    return "named" if key(text) in map(key, vocabulary().named_lines) else corner(text)


def _take(context: Context, words: Words, text: str, place: str, role: str = "") -> None:
    if role in {"ignored", "note"} or not text.strip():
        context.lines.append((place, text))
        return
    if is_note(text):
        context.remarks.append(_below(text, place))
        return
    if speaks_of("preliminary", text):
        context.kind = "preliminary"
        text = pattern("preliminary").sub(" ", text)
    if role == "unit" and not unit_line(text):
        text = f"单位：{text}"
    sense = words.sense(text, role, title=role not in NAMES)
    if role == "indicator" and not sense.clear:
        context.name = sense.name
        context.sets.pop("indicator", None)
    if role in NAMES and role not in sense.sets:
        context.new.setdefault(role, tidy(text))
        context.lines.append((place, text))
        return
    before = (*(line for _, line in context.lines), *(remark.text for remark in context.remarks))
    if not sense.clear and any(is_translation(text, line) for line in before):
        context.remarks.append(Remark(place, text))
        return
    industry = sense.sets.get("industry", "")
    if industry and not sense.clear and not _is_of_all(words, text, industry):
        sense = replace(sense, sets={k: v for k, v in sense.sets.items() if k != "industry"})
    _take_sense(context, sense, text, place)


def _is_of_all(words: Words, text: str, industry: str) -> bool:
    """True where a part of a title names an industry, and no other subject beside it."""
    return any(
        words.sense(part, title=True).sets.get("industry") == industry
        for part in _PARTS.split(text)
        if not speaks_of("several", part)
    )


def _take_sense(context: Context, sense: TextSense, text: str, place: str) -> None:
    line = unit_line(text)
    printed = separated(line) if line else []
    for at, unit in enumerate(sense.units):
        if unit not in context.units:
            context.units.append(unit)
            context.unit_texts.append(printed[at] if at < len(printed) else "")
    for name in ("form", "time", "basis", "base"):
        setattr(context, name, getattr(context, name) or getattr(sense, name))
    for name, value in sense.sets.items():
        if name == "indicator" and not sense.clear:
            continue
        if context.sets.setdefault(name, value) != value:
            context.clashes.append((name, context.sets[name], value))
    if sense.name and not sense.clear:
        context.name = context.name or sense.name
    if sense.clear:
        context.lines.append((place, text))
    else:
        names_series = context.name == sense.name and not speaks_of("ahead", text)
        context.remarks.append(Remark(place, text, "", not names_series))


def printed_sources(grid: Grid) -> Iterator[str]:
    """The sources that lines above and below a table print.

    >>> list(printed_sources(Grid([["GDP"], ["数据来源：国家统计局"]])))
    ['国家统计局']
    """
    rows = len(grid.cells)
    for row in (*range(min(rows, _ENDS)), *range(max(_ENDS, rows - _ENDS), rows)):
        texts = [grid.text(row, column) for column in grid.filled(row)]
        parts = [part.strip() for text in texts for part in _COLON.split(text, maxsplit=1)]
        parts = [part for part in parts if part]
        if len(parts) == 2 and corner(parts[0]) == "source":
            yield parts[1]
