"""Published sheets with cells that were looked up by hand: each read with the answers of a person."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from reading_tables import figures, settled, words_of
from shared import DATA
from songhua.errors import SonghuaError
from songhua.grammar.periods import spoken_period
from songhua.labels import parse_period, parse_unit
from songhua.reading.crosstabs.book import BookReading
from songhua.reading.crosstabs.questions import Question
from songhua.reading.crosstabs.reading import SheetReading
from songhua.reading.crosstabs.roles import is_total
from songhua.reading.sheets.units import spoken_unit
from songhua.reading.sheets.words import key

SHEETS = DATA / "spreadsheets"
ANSWERS = Path(__file__).with_name("answers.toml")
#: Units as the lists of cells name them.
UNITS = {
    "000": "k persons", "000 Hours": "k hour", "Percent": "%", "Mil Reais": "k BRL",
    "Millions of current dollars": "m USD", "Thousands of dollars": "k USD", "Dollars": "USD",
    "Millions of dollars": "m USD", "户": "count", "个": "count", "-": "", "Anzahl": "count",
}  # fmt: skip
#: What a person answers who adds all that is new, keeps each remark and leaves out what is no number.
USUAL = {"entries": "new", "remarks": "keep", "number": "leave", "blank": "fill"}
SHORT = {"UK": "United Kingdom"}
_CELL = re.compile(r"(?:(.*)!)?R(\d+)C(\d+)")
#: Words by which a figure counts from January on.
_SO_FAR = ("累计", "year to date")


@dataclass(frozen=True)
class Case:
    """A file with the folder it is read into, the answers that a person gives, and what is expected.

    `refused` is the code of the fault for which it is not read; `questions` are the most it may
    ask; `not_yet` says why it is not read wholly and rightly, where that is known.
    """

    name: str
    folder: str = "cn"
    answers: Mapping[str, str] = field(default_factory=dict)
    questions: int = 3
    refused: str = ""
    not_yet: str = ""
    quick: bool = False


@dataclass(frozen=True)
class Outcome:
    """A file read: right cells, wrong ones with the reason, and those that did not come out."""

    asked: tuple[Question, ...]
    open: tuple[Question, ...]
    refused: tuple[str, ...]
    right: int = 0
    wrong: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


@cache
def cases() -> list[Case]:
    """All files, in the order of their list."""
    return [Case(name, **case) for name, case in tomllib.loads(ANSWERS.read_text("utf-8")).items()]


@cache
def _cells() -> Mapping[str, list[dict[str, str]]]:
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (SHEETS / "cells.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows[row["file"]].append(row)
    return rows


def outcome(case: Case) -> Outcome:
    """A file read with the answers of its case, compared with its cells."""
    data = (SHEETS / "files" / case.name).read_bytes()

    def answer(question: Question) -> str:
        said = case.answers.get(question.key) or case.answers.get(question.kind, "")
        first = question.options[0] if question.kind == "word" else ""
        return said or USUAL.get(question.kind, first)

    try:
        book, asked = settled(case.name, data, words_of(case.folder), answer)
    except SonghuaError as error:
        return Outcome((), (), tuple(fault.code for fault in error.faults))
    codes = tuple(fault.code for fault in book.faults)
    if codes or book.questions:
        return Outcome(tuple(asked), tuple(book.questions), codes)
    read = {
        (sheet.grid.sheet, *sheet.figures.places[at]): (sheet, at) for sheet, at, _ in figures(book)
    }
    kept = {
        (sheet.grid.sheet, *sheet.figures.places[at])
        for sheet in book.sheets
        for at in sheet.dropped
    }
    wrong: list[str] = []
    lacking: list[str] = []
    right = 0
    for cell in _cells()[case.name]:
        place = _place(case, cell, book, data)
        if place not in read:
            if place not in kept:
                lacking.append(cell["cell"])
            continue
        why = list(_differences(cell, book, *read[place]))
        right += not why
        wrong += [f"{cell['cell']}: {'; '.join(why)}"] if why else []
    return Outcome(tuple(asked), (), (), right, tuple(wrong), tuple(lacking))


def _place(
    case: Case, cell: Mapping[str, str], book: BookReading, data: bytes
) -> tuple[str, int, int]:
    match = _CELL.fullmatch(cell["cell"])
    assert match, cell
    row, column = int(match[2]) - 1, int(match[3]) - 1
    keys, found, _ = data[:400].decode("utf-8", "replace").partition("\\")
    if (
        found and column and case.name.endswith(".tsv")
    ):  # the keys of its first column stand in columns of their own
        column += keys.count(",")
    names = [sheet.grid.sheet for sheet in book.sheets]
    return (match[1] if match[1] in names else names[0]), row, column


def _differences(
    cell: Mapping[str, str], book: BookReading, sheet: SheetReading, at: int
) -> Iterator[str]:
    """The parts of a figure that its cell says otherwise."""
    labels, number = sheet.figures.labels[at], sheet.figures.numbers[at]
    if not _same_number(cell["value"], number.value, labels.unit):
        yield f"value {number.value}, not {cell['value']}"
    if (period := _period(cell)) and not _same_period(period, labels.period):
        yield f"period {labels.period}, not {period}"
    if cell["place"] and not cell["place"].startswith("("):
        names = _place_names(book, sheet, labels.region)
        if not any(_same_place(cell["place"], name) for name in names):
            yield f"place {names}, not {cell['place']}"
    said = cell["unit_as_said"]
    unit = UNITS.get(said, spoken_unit(said) or "")
    if unit and parse_unit(labels.unit).dimension != parse_unit(unit).dimension:
        counted = {"persons", "count", "visits"}  # a new entry counts what its name says
        if not {labels.unit.split()[-1], unit.split()[-1]} <= counted:
            yield f"unit {labels.unit}, not {unit}"
    elif unit and parse_unit(labels.unit).factor != parse_unit(unit).factor:
        yield f"unit {labels.unit}, not {unit}"


def _same_number(printed: str, read: str, unit: str) -> bool:
    """True for a number as it is shown of one that is kept: 5.18 of 5.1838, 5.2 % of 0.052."""
    value = Decimal(read)
    half = Decimal(1).scaleb(int(value.as_tuple().exponent)) * Decimal("0.5000001")
    kept = Decimal(printed)
    return abs(value - kept) <= half or (unit == "%" and abs(value - 100 * kept) <= half)


def _period(cell: Mapping[str, str]) -> str:
    """The period of a cell in songhua's notation; blank where the list names none."""
    said = cell["period"]
    if match := re.fullmatch(r"(\d{4})-\d\d", said) if "india" in cell["file"] else None:
        return f"{match[1]}-04..{int(match[1]) + 1}-03"
    if said.startswith(" |"):  # its year stands some rows above
        return ""
    period = spoken_period(said.removesuffix(" Census").replace(" | ", " "))
    if period is None and (match := re.search(r"(?:19|20)\d\d(?!\d)", said)):
        period = said if re.fullmatch(r"\d{4}-\d\d", said) else match[0]
    period = period or ""
    so_far = any(word in cell["indicator_words"] for word in _SO_FAR)
    if so_far and re.fullmatch(r"\d{4}-(?:Q\d|\d\d)", period):
        return f"{period[:4]}-01..{parse_period(period).end:%Y-%m}"
    return period


def _same_period(said: str, read: str) -> bool:
    """True for a period, and for the month or the day that stands for the one that ends in it."""
    first, second = parse_period(said), parse_period(read)
    if (first.start, first.end) == (second.start, second.end):
        return True
    inside = second.start <= first.start and first.end <= second.end
    quarter = second.kind == "quarter" and first.kind in ("month", "date")
    year = second.kind == "year" and said.endswith("-12-31")
    return inside and (quarter or year)


def _place_names(book: BookReading, sheet: SheetReading, id: str) -> list[str]:
    folder = sheet.words.folder
    if id.startswith("+"):
        return [book.entries.by_id[id].name]
    if id == folder.code:
        return [*folder.name.texts.values()]
    entry = folder.places[id]
    return [id, *folder.words("places", id).texts.values(), *(entry.get("also") or ())]


def _same_place(said: str, name: str) -> bool:
    def stem(text: str) -> str:
        return re.sub(
            "(?:维吾尔|壮族|回族)?(?:自治区|省|市)$", "", key(text).lstrip(".").rstrip("*")
        )

    return stem(SHORT.get(said, said)) == stem(name) or is_total(said)
