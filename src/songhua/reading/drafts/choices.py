"""Doubts of a draft as choices: the readings that may be meant, and what each answer says.

An answer is put to the next draft of the same sheet, which is read with it as with what the folder
remembers; each figure is still compared with what the map gives, so that no answer misreads one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from songhua import messages
from songhua.errors import Fault
from songhua.labels.units import in_words
from songhua.messages import LANGUAGES, Words
from songhua.reading.drafts.answers import LEAVE, Answers
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
from songhua.reading.drafts.findings import key_of
from songhua.reading.drafts.lexicon import OF
from songhua.reading.sheets.faults import column_number
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.numbers import Cell, read_number
from songhua.reading.sheets.parts import Parts, start
from songhua.reading.sheets.periods import spoken_period
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
#: What two values may be said of, so that one of them is chosen.
VALUED = (*OF, "period", "unit")
KINDS = ("target", "expectation", "actual")
Option = tuple[str, Words]


@dataclass(frozen=True)
class Said:
    """An answer to a doubt: the doubt's key and kind, what it is about, and the answer."""

    key: str
    kind: type[Fault]
    about: Mapping[str, str]
    value: str


#: What lets go of all that is remembered of the layout, beside the answers to doubts.
FORGET = Said("forget", Fault, {}, "")


@dataclass(frozen=True)
class Choice:
    """What may be answered to a doubt; nothing where only the sheet or a map can settle it.

    `typed` is what may be typed beside the options: a `unit`, a `period`, or a `heading`.
    """

    doubt: Fault
    key: str
    about: Mapping[str, str]
    options: Sequence[Option] = ()
    typed: str = ""

    def said(self, text: str) -> Said | None:
        """An answer as it was typed or chosen; None where it is none of those that there are."""
        text = text.strip()
        read: Mapping[str, Callable[[str], str | None]]
        read = {"unit": spoken_unit, "period": spoken_period, "heading": _heading}
        for value, words in self.options:
            if text == value or text in words.texts.values():
                return Said(self.key, type(self.doubt), self.about, value)
        value = read[self.typed](text) if self.typed and text else None
        return Said(self.key, type(self.doubt), self.about, value) if value else None


def choice(doubt: Fault, asked: Mapping[str, str], folder: Catalogues) -> Choice:
    """What may be answered to a doubt; `asked` gives the column that a label belongs to."""
    params = doubt.params
    text, name = params.get("text", ""), str(params.get("name", ""))
    about = {"place": doubt.column.rpartition("!")[2], "name": name}
    about["text"] = text if isinstance(text, str) else ""
    about["role"] = asked.get(about["text"], "")
    role = about["role"] if isinstance(doubt, DraftNear | DraftMany) else name
    options = tuple(_options(doubt, role, folder))
    about |= {n: str(params.get(n, "")) for n in ("one", "other")}
    about["between"] = "1" if params.get("between") else ""
    if params.get("labels"):
        about["text"] = about["other"]
    typed = name if isinstance(doubt, DraftMissing) and name in ("unit", "period") else ""
    number = isinstance(doubt, DraftMany) and about["text"][:1].isdigit()
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
            units = sorted({str(one.unit) for one in folder.catalogue.values()})
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
    own = [folder.code] if role == "region" else ["all"] if role == "industry" else []
    return list(dict.fromkeys([*own, *getattr(folder, OF.get(role, ""), ())]))


def _nearest_first(near: str, role: str, folder: Catalogues) -> list[str]:
    def far(id: str) -> bool:
        return near not in {key(one) for one in (id, *folder.words(OF[role], id).texts.values())}

    return sorted(_ids(role, folder), key=far) if role in OF else []


def _entries(ids: Iterable[str], role: str, folder: Catalogues) -> Iterator[Option]:
    for id in ids:
        if role == "unit":
            yield id, Words({lang: in_words(id, lang) for lang in LANGUAGES})
        else:
            words = folder.words(OF[role], id) if role in OF else None
            yield id, words or Words(dict.fromkeys(LANGUAGES, id))


def told(answers: Answers, said: Iterable[Said]) -> Answers:
    """What is remembered of a layout, and what was answered of this sheet: that goes before."""
    for one in said:
        answers = answers if one == FORGET else _told(answers, one)
    return answers


def _told(answers: Answers, said: Said) -> Answers:
    value, name, settled = said.value, said.about["name"], answers.settled | {said.key}
    word = key(split_marks(said.about["text"])[0])
    answers = replace(answers, settled=settled)
    if said.kind is DraftDecimal:
        return replace(answers, comma=value == "comma")
    if said.kind is DraftMonth:
        return replace(answers, time=value)
    if said.kind is DraftRate:
        return replace(answers, rates={**answers.rates, name: value})
    if said.kind is DraftBlank:
        at = column_number(said.about["place"].rstrip("0123456789"))
        if at is None:
            return answers
        own = {"fill": (*answers.fill, at)} if value == "fill" else {"blank": (*answers.blank, at)}
        return replace(answers, **own)
    if said.kind is DraftNoFigures:
        at = column_number(said.about["place"])
        return answers if at is None else replace(answers, blank=(*answers.blank, at))
    if said.kind in PARTS:
        return replace(answers, parts=_parts(answers.parts, said))
    if said.kind is DraftPeriod:
        if value == AS:
            return replace(answers, as_named=answers.as_named | {name})
        return replace(answers, periods={**answers.periods, (said.about["text"], name): value})
    if said.kind is DraftTwoColumns:
        at = column_number(value)
        return replace(answers, rows={**answers.rows, name: -1 if at is None else at})
    if said.kind in (DraftUnitMisfit, DraftPrices):
        return replace(answers, left=answers.left | {(said.kind, name)})
    if said.kind in OF_WORD or (said.kind is DraftTwice and said.about["text"]):
        if value == LEAVE:
            return replace(answers, ignore=answers.ignore | {word})
        column = "period" if spoken_period(value) == value else said.about["role"]
        labels = {**answers.labels, word: {column: value}}
        return replace(answers, labels=labels)
    if said.kind is DraftTwice and said.about["between"]:
        which = (name, said.about["one"], said.about["other"])
        return replace(answers, twice={**answers.twice, which: value})
    if said.kind in (DraftAhead, DraftMissing, DraftTwice) and value != LEAVE:
        column = "kind" if said.kind is DraftAhead else name
        return replace(answers, defaults={**answers.defaults, column: value})
    return answers


def _parts(parts: Parts, said: Said) -> Parts:
    """What is known of the parts of a sheet with one more answer."""
    text, value = start(said.about["text"]), said.value
    if said.kind is DraftNoHeading:
        at = column_number(said.about["place"])
        given = {} if at is None else {at: "" if value == LEAVE else value}
        return replace(parts, headings={**parts.headings, **given})
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
    found = None if cell is None else read_number(cell)
    return found is not None and found.value != ""
