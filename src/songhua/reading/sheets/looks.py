"""The look of cells, as far as it changes what they say: raised, struck out, filled, noted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from songhua.reading.sheets import days
from songhua.reading.sheets.formats import Format, parse_format
from songhua.reading.sheets.numbers import Cell, Number, cell_text, read_number
from songhua.reading.sheets.units import scale_of, spoken_unit

#: Bits of a cell's mark beside the number of its look: it is a formula, it holds an error.
FORMULA, ERROR = 0x8000, 0x4000


#: Digits and signs as they are written raised.
RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_POWER = re.compile(r"[-−]?\d{1,2}", re.ASCII)
_TEN = re.compile(r"(?:^|[^\d.,])10$")
_MEASURE = re.compile(r"(?:^|[^A-Za-z])(?:[kcdhm]?m|ft|yd|mi)$")
_ORDINALS = ("st", "nd", "rd", "th", "er", "re")


@dataclass(frozen=True)
class Sign:
    """Signs of a cell beside its text.

    `superscript` and `struck` are texts that were taken out of it, `comment` a note that is fixed
    to it, `fill` the colour of its ground (RRGGBB), `indent` how far its text is moved in, and
    `literal` what its number format prints beside the number.
    """

    superscript: str = ""
    struck: str = ""
    comment: str = ""
    fill: str = ""
    indent: int = 0
    literal: str = ""


@dataclass(frozen=True)
class Style:
    """A style of a workbook's cells: its number format, and how text of it looks."""

    code: str = ""
    fill: str = ""
    indent: int = 0
    struck: bool = False
    raised: bool = False


@dataclass(frozen=True)
class Looks:
    """The looks of a workbook, each once, numbered from 1; the number 0 is a plain cell.

    `formats` and `signs` have an entry for each number. `numbers` has the number of each style for
    numbers, `worded` for texts, beside which a number format prints nothing. Cells of the `special`
    styles are not shown as they are kept; of these `dates` show a day.
    """

    styles: Sequence[Style] = ()
    formats: Sequence[Format | None] = (None,)
    signs: Sequence[Sign] = (Sign(),)
    numbers: Sequence[int] = ()
    worded: Sequence[int] = ()
    special: frozenset[int] = frozenset()
    dates: frozenset[int] = frozenset()

    @classmethod
    def of(cls, styles: Sequence[Style]) -> Looks | None:
        """The looks of styles; None where they are more than can be numbered.

        >>> looks = Looks.of([Style(), Style("0.0"), Style("0.0", fill="FF0000"), Style("0.0")])
        >>> looks.numbers, looks.worded
        ([0, 1, 2, 1], [0, 0, 3, 0])
        """
        numbered: dict[tuple[Format | None, Sign], int] = {(None, Sign()): 0}
        numbers, worded = [], []
        for style in styles:
            form = _format(style.code)
            sign = Sign(fill=style.fill, indent=style.indent, literal=form.literal if form else "")
            numbers.append(numbered.setdefault((form, sign), len(numbered)))
            sign = replace(sign, literal="")
            worded.append(numbered.setdefault((None, sign), len(numbered)))
        if len(numbered) > ERROR:
            return None
        dates = frozenset(at for at, style in enumerate(styles) if _shows_day(style.code))
        odd = frozenset(at for at, style in enumerate(styles) if style.struck or style.raised)
        formats, signs = zip(*numbered, strict=True)
        return cls(styles, formats, signs, numbers, worded, dates | odd, dates)

    def as_shown(self, cell: Cell, at: int, late: bool) -> tuple[Cell, Sign | None]:
        """A cell of a special style as it is shown, and what is taken out of its text.

        A number of a style that shows days becomes a day, or what is shown of it. A text that is
        struck out, and a mark that is raised as a whole, leave a blank.

        >>> looks = Looks.of([Style("yyyy"), Style("0.0", struck=True)])
        >>> looks.as_shown(44197.0, 0, False), looks.as_shown(5.0, 1, False)
        (('2021', None), ('', Sign(superscript='', struck='5.0', comment='', fill='', indent=0, \
literal='')))
        """
        style = self.styles[at]
        if at in self.dates and isinstance(cell, float):
            cell = days.as_shown(days.day(cell, late), style.code)
        if style.struck:
            return "", Sign(struck=self._printed(cell, at))
        text = cell_text(cell) if isinstance(cell, str | float) else ""
        if style.raised and (isinstance(cell, str) or (text.isdigit() and len(text) <= 2)):
            return "", Sign(superscript=text)
        return cell, None

    def _printed(self, cell: Cell, at: int) -> str:
        form = self.formats[self.numbers[at]]
        if form is None or isinstance(cell, str | bool | date):
            return cell_text(cell)
        digits = read_number(cell, decimals=form.decimals, percent=form.percent, scale=form.scale)
        return cell_text(cell) if digits is None else digits.value + (digits.unit or form.literal)


def printed_number(cell: Cell, form: Format, decimals: int | None = None) -> Number | None:
    """A number as its format prints it, with the unit or the mark that stands beside it there.

    `decimals` goes before those of the format. Where the format prints ten thousands and says so,
    it is the number that is kept. A word of scale that changes no digits is given as the unit,
    which no reader takes.

    >>> printed = printed_number(12345.0, Format(1, scale=4, literal="万元"))
    >>> printed.value, printed.unit, printed_number(12345.0, Format(1, scale=4, literal="万")).value
    ('1.2', '10k CNY', '12345')
    >>> printed_number(5.0, Format(1, literal="p")).marks, printed_number(5.0, Format(0, True)).unit
    ('p', '%')
    """
    literal = form.literal
    factor = scale_of(literal) if literal else 0
    if factor and factor == 10**form.scale:
        return read_number(cell, decimals=decimals)
    digits = form.decimals if decimals is None else decimals
    number = read_number(cell, decimals=digits, percent=form.percent, scale=form.scale)
    if number is None or number.unit or not literal or set(literal) <= set("$€£¥￥"):
        return number
    unit = spoken_unit(literal)
    if unit in ("count", "year"):
        return number
    return (
        replace(number, unit=unit or literal) if unit or factor else replace(number, marks=literal)
    )


@cache
def _format(code: str) -> Format | None:
    return parse_format(code)


@cache
def _shows_day(code: str) -> bool:
    return days.shows_day(code)


def taken_out(parts: Sequence[tuple[str, str]]) -> tuple[str, Sign | None]:
    """The text of parts without those that are `raised` or `struck`, and these.

    A power and an ordinal stay in the text: 10⁴ t, m³ and 4th are no text with a mark.

    >>> text, sign = taken_out([("110.2", ""), ("1", "raised")])
    >>> text, sign.superscript
    ('110.2', '1')
    >>> taken_out([("(10", ""), ("4", "raised"), (" t, m", ""), ("3", "raised"), (")", "")])
    ('(10⁴ t, m³)', None)
    """
    text, superscript, struck = "", "", ""
    for at, (words, kind) in enumerate(parts):
        if kind == "struck":
            struck += words
        elif kind == "raised" and not _belongs(text, words.strip(), parts[at + 1 :]):
            superscript += words
        else:
            text += words.translate(RAISED) if kind else words
    superscript, struck = superscript.strip(), struck.strip()
    return text, Sign(superscript, struck) if superscript or struck else None


def _belongs(before: str, raised: str, behind: Sequence[tuple[str, str]]) -> bool:
    """True for a raised part that is a power of ten or of a measure, or the end of an ordinal."""
    alone = before.strip() == "10" and not any(text.strip() for text, kind in behind if not kind)
    if _POWER.fullmatch(raised) and _TEN.search(before) and not alone:
        return True
    measure = raised in ("2", "3") and _MEASURE.search(before)
    return bool(measure or (raised in _ORDINALS and before[-1:].isdigit()))


def with_comments(
    signs: Mapping[tuple[int, int], Sign], comments: Mapping[tuple[int, int], str]
) -> dict[tuple[int, int], Sign]:
    """The signs of single cells with their comments.

    >>> with_comments({(0, 0): Sign("1")}, {(0, 0): "revised"})[0, 0].comment
    'revised'
    """
    more = {at: replace(signs.get(at, Sign()), comment=text) for at, text in comments.items()}
    return {**signs, **more}


class Signs(Mapping[tuple[int, int], Sign]):
    """The signs of a grid's cells by row and column, of those that have any."""

    def __init__(
        self,
        single: Mapping[tuple[int, int], Sign],
        looks: Sequence[Sign],
        marks: Sequence[Sequence[int]],
    ) -> None:
        """Signs of single cells, and those of the looks by which cells are marked."""
        self._single, self._looks, self._marks = single, looks, marks

    def __getitem__(self, place: tuple[int, int]) -> Sign:
        """The sign of a cell.

        >>> single = {(0, 1): Sign(superscript="1")}
        >>> signs = Signs(single, [Sign(), Sign(indent=2)], [[0, 1, 1]])
        >>> signs[0, 1].superscript, signs[0, 1].indent, signs[0, 2].indent, (0, 0) in signs
        ('1', 2, 2, False)
        """
        row, column = place
        line = self._marks[row] if 0 <= row < len(self._marks) else ()
        mark = line[column] & (ERROR - 1) if 0 <= column < len(line) else 0
        look, sign = (
            self._looks[mark] if mark < len(self._looks) else Sign(),
            self._single.get(place),
        )
        if sign is None:
            if look == Sign():
                raise KeyError(place)
            return look
        return replace(sign, fill=look.fill, indent=look.indent, literal=look.literal)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """The places of cells with a sign."""
        plain = {at for at, look in enumerate(self._looks) if look == Sign()}
        for row, line in enumerate(self._marks):
            for column, mark in enumerate(line):
                if mark & (ERROR - 1) not in plain or (row, column) in self._single:
                    yield row, column
        yield from (
            place
            for place in self._single
            if place[0] >= len(self._marks) or place[1] >= len(self._marks[place[0]])
        )

    def __len__(self) -> int:
        """The number of signed cells."""
        return sum(1 for _ in self)
