"""Doubts of a draft as choices: the readings that may be meant, and what each answer says.

An answer goes into the next draft of the same sheet, together with the answers that the folder
remembers. Each figure is still compared with the reading by the map, so that no answer misreads a
figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from songhua import messages
from songhua.errors import Fault
from songhua.grammar.periods import spoken_period
from songhua.labels.units import in_words
from songhua.messages import LANGUAGES, Words
from songhua.reading.drafts.answers import LEAVE, Answers
from songhua.reading.drafts.draft_findings import key_of
from songhua.reading.drafts.fault_kinds import (
    DraftAhead,
    DraftBlank,
    DraftDecimal,
    DraftDownwards,
    DraftMany,
    DraftMissing,
    DraftMonth,
    DraftNear,
    DraftNoFigures,
    DraftNoHeading,
    DraftPeriod,
    DraftPrices,
    DraftRate,
    DraftSecondHeading,
    DraftSection,
    DraftTwice,
    DraftTwoColumns,
    DraftTwoMeanings,
    DraftUnexplained,
    DraftUnitMisfit,
)
from songhua.reading.crosstabs.lexicon import OF
from songhua.reading.sheets.faults import column_number
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.numbers import Cell, read_number
from songhua.reading.sheets.parts import Parts, start
from songhua.reading.sheets.units import spoken_unit
from songhua.reading.sheets.words import key, split_marks
from songhua.region.catalogues import Catalogues

AS = "as"
#: Answers that are not entries, by doubt.
PLAIN: Mapping[type[Fault], Sequence[str]] = {
    DraftUnexplained: (AS,),
    DraftSection: (AS,),
    DraftNoFigures: (AS,),
    DraftDownwards: (LEAVE,),
    DraftPrices: (LEAVE,),
    DraftUnitMisfit: (LEAVE,),
    DraftBlank: ("fill", "blank"),
    DraftDecimal: ("comma", "thousands"),
    DraftMonth: ("month", "cumulative"),
    DraftPeriod: (AS,),
    DraftNoHeading: (LEAVE,),
    DraftSecondHeading: ("above", "below", "skip"),
}
#: The answer that a heading is meant and not a column, and the longest heading that is typed.
HEADING, LONGEST = "heading", 80
#: Doubts about the parts of a sheet, and those that an answer about a word settles.
PARTS = (DraftSecondHeading, DraftNoHeading)
OF_WORD = (DraftNear, DraftMany, DraftDownwards, DraftTwoMeanings)
#: The columns for which one of two stated values may be chosen.
VALUED = (*OF, "period", "unit")
KINDS = ("target", "expectation", "actual")
Option = tuple[str, Words]


@dataclass(frozen=True)
class Subject:
    """Subject of a doubt: its cell, a name, a word with the column of it, or two values."""

    place: str = ""
    name: str = ""
    text: str = ""
    role: str = ""
    one: str = ""
    other: str = ""
    between: bool = False


@dataclass(frozen=True)
class AnsweredDoubt:
    """An answer to a doubt: the doubt's key and kind, its subject, and the answer."""

    key: str
    kind: type[Fault]
    about: Subject
    value: str


#: What lets go of all that is remembered of the layout, beside the answers to doubts.
FORGET = AnsweredDoubt("forget", Fault, Subject(), "")


@dataclass(frozen=True)
class Choice:
    """Possible answers to a doubt; none where only the sheet or a map can settle it.

    `typed` is what may be typed beside the options: a `unit`, a `period`, or a `heading`.
    """

    doubt: Fault
    key: str
    about: Subject
    options: Sequence[Option] = ()
    typed: str = ""

    def answer(self, text: str) -> AnsweredDoubt | None:
        """An answer as it was typed or chosen; None where it is none of those that there are."""
        text = text.strip()
        read: Mapping[str, Callable[[str], str | None]]
        read = {"unit": spoken_unit, "period": spoken_period, "heading": _heading}
        for value, words in self.options:
            if text == value or text in words.texts.values():
                return AnsweredDoubt(self.key, type(self.doubt), self.about, value)
        value = read[self.typed](text) if self.typed and text else None
        return AnsweredDoubt(self.key, type(self.doubt), self.about, value) if value else None


def choice(doubt: Fault, roles: Mapping[str, str], folder: Catalogues) -> Choice:
    """Possible answers to a doubt; `roles` gives the column that a label belongs to."""
    params = doubt.params
    name, one, other = (str(params.get(part, "")) for part in ("name", "one", "other"))
    printed = params.get("text", "")
    text = printed if isinstance(printed, str) else ""
    column = roles.get(text, "")
    role = column if isinstance(doubt, DraftNear | DraftMany) else name
    options = tuple(_options(doubt, role, folder))
    text = other if params.get("labels") else text
    place, between = doubt.column.rpartition("!")[2], bool(params.get("between"))
    about = Subject(place, name, text, column, one, other, between)
    typed = name if isinstance(doubt, DraftMissing) and name in ("unit", "period") else ""
    number = isinstance(doubt, DraftMany) and text[:1].isdigit()
    if isinstance(doubt, DraftPeriod) or number:
        typed = "period"
    elif isinstance(doubt, DraftNoHeading):
        typed = "heading"
    return Choice(doubt, key_of(doubt), about, options, typed)


def _options(doubt: Fault, role: str, folder: Catalogues) -> Iterator[Option]:
    for value in PLAIN.get(type(doubt), ()):
        yield value, _word(f"settle_{value}")
    match doubt:
        case DraftAhead():
            for kind in KINDS:
                yield kind, Words({lang: messages.choice("kind", kind, lang) for lang in LANGUAGES})
        case DraftRate(choices=ids):
            yield from _entries(map(str, ids), "indicator", folder)
        case DraftNear() | DraftMany():
            near = doubt.near if isinstance(doubt, DraftNear) else ""
            yield LEAVE, _word("settle_leave")
            yield from _entries(_nearest_first(near, role, folder), role, folder)
        case DraftMissing() if role == "unit":
            units = sorted({str(indicator.unit) for indicator in folder.catalogue.values()})
            yield from _entries(units, role, folder)
        case DraftMissing() if role in OF:
            yield from _entries(_ids(role, folder), role, folder)
        case DraftTwice(one=one, other=other):
            if doubt.labels or doubt.between:
                yield LEAVE, _word("settle_leave")
            if role in VALUED and not doubt.labels:
                yield from _entries((str(one), str(other)), role, folder)
        case DraftTwoColumns(text=text):
            for column in text.split(", "):
                yield column, _word("settle_column", column=column)
            if ", " not in text:
                yield HEADING, _word("settle_heading")
        case DraftTwoMeanings(text=text) if text != "[defaults]":
            yield LEAVE, _word("settle_leave")
        case DraftNoHeading():
            yield from _entries(folder.indicators, "indicator", folder)
        case _:
            pass


def _word(key: str, **params: str) -> Words:
    return Words({lang: messages.word(key, lang, **params) for lang in LANGUAGES})


def _heading(text: str) -> str | None:
    return " ".join(text.split())[:LONGEST] or None


def _ids(role: str, folder: Catalogues) -> list[str]:
    whole = [folder.code] if role == "region" else ["all"] if role == "industry" else []
    return list(dict.fromkeys([*whole, *getattr(folder, OF.get(role, ""), ())]))


def _nearest_first(near: str, role: str, folder: Catalogues) -> list[str]:
    def far(id: str) -> bool:
        return near not in {key(name) for name in (id, *folder.words(OF[role], id).texts.values())}

    return sorted(_ids(role, folder), key=far) if role in OF else []


def _entries(ids: Iterable[str], role: str, folder: Catalogues) -> Iterator[Option]:
    for id in ids:
        if role == "unit":
            yield id, Words({lang: in_words(id, lang) for lang in LANGUAGES})
        else:
            words = folder.words(OF[role], id) if role in OF else None
            yield id, words or Words(dict.fromkeys(LANGUAGES, id))


def with_answers(answers: Answers, added: Iterable[AnsweredDoubt]) -> Answers:
    """The remembered answers of a layout with those about this sheet, which go before."""
    for answer in added:
        answers = answers if answer == FORGET else _with_answer(answers, answer)
    return answers


def _with_answer(answers: Answers, answer: AnsweredDoubt) -> Answers:
    about, value, name = answer.about, answer.value, answer.about.name
    settled = answers.settled | {answer.key}
    word = key(split_marks(about.text)[0])
    answers = replace(answers, settled=settled)
    if answer.kind is DraftDecimal:
        return replace(answers, comma=value == "comma")
    if answer.kind is DraftMonth:
        return replace(answers, time=value)
    if answer.kind is DraftRate:
        return replace(answers, rates={**answers.rates, name: value})
    if answer.kind is DraftBlank:
        at = column_number(about.place.rstrip("0123456789"))
        if at is None:
            return answers
        if value == "fill":
            return replace(answers, fill=(*answers.fill, at))
        return replace(answers, blank=(*answers.blank, at))
    if answer.kind is DraftNoFigures:
        at = column_number(about.place)
        return answers if at is None else replace(answers, blank=(*answers.blank, at))
    if answer.kind in PARTS:
        return replace(answers, parts=_parts(answers.parts, answer))
    if answer.kind is DraftPeriod:
        if value == AS:
            return replace(answers, as_named=answers.as_named | {name})
        return replace(answers, periods={**answers.periods, (about.text, name): value})
    if answer.kind is DraftTwoColumns:
        at = column_number(value)
        return replace(answers, rows={**answers.rows, name: -1 if at is None else at})
    if answer.kind in (DraftUnitMisfit, DraftPrices):
        return replace(answers, left=answers.left | {(answer.kind, name)})
    if answer.kind in OF_WORD or (answer.kind is DraftTwice and about.text):
        if value == LEAVE:
            return replace(answers, ignore=answers.ignore | {word})
        column = "period" if spoken_period(value) == value else about.role
        labels = {**answers.labels, word: {column: value}}
        return replace(answers, labels=labels)
    if answer.kind is DraftTwice and about.between:
        which = (name, about.one, about.other)
        return replace(answers, twice={**answers.twice, which: value})
    if answer.kind in (DraftAhead, DraftMissing, DraftTwice) and value != LEAVE:
        column = "kind" if answer.kind is DraftAhead else name
        return replace(answers, defaults={**answers.defaults, column: value})
    return answers


def _parts(parts: Parts, answer: AnsweredDoubt) -> Parts:
    """The answers about the parts of a sheet with one more."""
    text, value = start(answer.about.text), answer.value
    if answer.kind is DraftNoHeading:
        at = column_number(answer.about.place)
        heading = {} if at is None else {at: "" if value == LEAVE else value}
        return replace(parts, headings={**parts.headings, **heading})
    if value == "skip":
        return replace(parts, skip=parts.skip | {text})
    return replace(parts, above=text) if value == "above" else replace(parts, below=text)


def filled(grid: Grid, columns: Sequence[int]) -> Grid:
    """A sheet whose blank labels in some columns, beside figures, are those of the row above."""
    cells = [list(row) for row in grid.cells]
    for column in columns:
        above: Any = ""
        for row in cells:
            if column < len(row) and row[column] not in ("", None):
                above = row[column]
            elif column < len(row) and any(map(_figure, row[column + 1 :])):
                row[column] = above
    return replace(grid, cells=cells) if columns else grid


def _figure(cell: Cell | None) -> bool:
    number = None if cell is None else read_number(cell)
    return number is not None and number.value != ""
