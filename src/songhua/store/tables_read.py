"""A file of tables read for a folder: with the answers that it keeps, and those given now."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from songhua import messages
from songhua.errors import SonghuaError
from songhua.labels.lookup import refuse_absent
from songhua.messages import LANGUAGES
from songhua.reading import toml
from songhua.reading.crosstabs.book import BookReading, read_book
from songhua.reading.crosstabs.entries import Entry
from songhua.reading.crosstabs.fault_kinds import AnswersUnreadable, AnswerWrong
from songhua.reading.crosstabs.layout import fingerprint
from songhua.reading.crosstabs.questions import Answers, is_answer
from songhua.reading.crosstabs.texts import Words
from songhua.reading.sheets.books import Book
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.words import key
from songhua.region import Region
from songhua.store.port import Store
from songhua.store.source import MAPS

#: Answers that hold for the next sheet of the same layout, by the kind of their question.
LASTING = frozenset({
    "blank", "decimal", "indicator", "percent", "place", "rate", "role", "sections", "time",
    "twice", "unit", "unit_words", "units", "word", "year_begins",
})  # fmt: skip
#: Rows at either end of a sheet in which the title of a source may stand.
_ENDS = 12
_FILES = {"region": "region.toml", "industry": "industries.toml", "indicator": "indicators.toml"}


@dataclass(frozen=True)
class TablesRead:
    """A file of tables as read for a folder; `mark` is the fingerprint of its layout.

    `remembered` are the answers that the folder keeps for this layout.
    """

    book: BookReading
    region: Region
    mark: str
    remembered: Mapping[str, str]

    def answers(self) -> dict[str, str]:
        """All answers that the reading rests on."""
        return dict(self.book.answers.by_key)


def read_tables(
    store: Store,
    region: Region,
    opened: Book,
    grids: Sequence[Grid],
    columns: Mapping[str, str],
    answers: Mapping[str, str],
    forget: bool = False,
) -> TablesRead:
    """Read the tables of an opened file; `columns` hold for all rows, `answers` go before others.

    Raises:
        SonghuaError: answers that the folder keeps cannot be read; `answer_wrong`;
            `label_unknown`, for a source that the folder does not have.
    """
    if columns.get("source"):
        refuse_absent("sources", region.sources, columns["source"])
    wrong = [
        AnswerWrong(opened.file, name=name, text=value[:80])
        for name, value in answers.items()
        if not is_answer(name, value, region)
    ]
    if wrong:
        raise SonghuaError(*wrong)
    words = Words(region)
    mark = fingerprint(grids, words) if store.maps() else ""
    remembered = {} if forget or not mark else kept_answers(store, mark)
    all_answers = Answers({**remembered, **answers})
    fixed = dict(columns)
    if (
        source := answers.get("source")
        or fixed.get("source")
        or _source(region, grids, opened.file)
    ):
        fixed["source"] = source
    book = read_book(opened.file, grids, words, all_answers, fixed, opened.delimiter)
    return TablesRead(book, region, mark or fingerprint(grids, words), remembered)


def kept_answers(store: Store, mark: str) -> dict[str, str]:
    """The answers that a folder keeps for a layout.

    Raises:
        SonghuaError: `answers_unreadable`.
    """
    answers: dict[str, str] = {}
    for name in store.maps(mark):
        answers |= parsed_answers(store.map_named(name), name)
    return answers


def parsed_answers(text: bytes, file: str) -> dict[str, str]:
    """Answers by the key of their question, from a file of them.

    Raises:
        SonghuaError: `answers_unreadable`.
    """
    try:
        table = tomlkit.parse(text.decode()).unwrap().get("answers")
    except (UnicodeDecodeError, ValueError, TOMLKitError):
        table = None
    if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
        raise SonghuaError(AnswersUnreadable(file))
    return {str(name): str(value) for name, value in table.items()}


def answers_file(read: TablesRead) -> dict[str, bytes]:
    """The file in which a folder keeps the answers of a layout; none where there are none."""
    lasting = {k: v for k, v in read.answers().items() if k.partition(" ")[0] in LASTING}
    if not lasting or not read.mark:
        return {}
    stem = re.sub(r"[^a-z]+", "-", Path(read.book.file).stem.lower()).strip("-")[:40] or "sheet"
    head = messages.word("answers_head", "en", file=read.book.file)
    document = tomlkit.document()
    document.add(tomlkit.comment(head))
    table = tomlkit.table()
    for name, value in sorted(lasting.items()):
        table.add(toml.quoted_key(name), value)
    document.add("answers", table)
    return {f"{MAPS}/{stem}-{read.mark}.toml": document.as_string().encode()}


def entry_files(read: TablesRead, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The catalogues of the folder with the new entries behind what they hold."""
    added: dict[str, list[str]] = {}
    below_zero = read.book.below_zero()
    for entry in read.book.used_entries():
        added.setdefault(_FILES[entry.column], []).append(
            _lines(entry, read.book.file, entry.id in below_zero)
        )
    texts = {
        name: files.get(name, b"").rstrip() + b"\n\n" + "\n".join(lines).encode()
        for name, lines in added.items()
    }
    if breaks := read.book.breaks():
        name = _FILES["indicator"]
        texts[name] = _with_breaks(texts.get(name, files.get(name, b"")), breaks)
    return texts


def _with_breaks(text: bytes, breaks: Mapping[str, str]) -> bytes:
    """The indicators with the years in which their series break, beside those that they have."""
    document = tomlkit.parse(text.decode())
    for id, year in breaks.items():
        entry = document.get(id.removeprefix("+"))
        if entry is not None and year not in (years := list(entry.get("breaks", []))):
            entry["breaks"] = sorted([*years, year])
    return document.as_string().encode()


def _lines(entry: Entry, file: str, below_zero: bool) -> str:
    """The text of a new entry: the printed words are its name, in each language.

    A balance or a change has figures below zero, and then no bounds.
    """
    name = dict.fromkeys(LANGUAGES, entry.name)
    if entry.column == "region":
        return toml.entry(("places", entry.id), {"name": name, "role": "comparison"})
    if entry.column == "industry":
        return toml.entry((entry.id,), {"name": name})
    definition = {
        lang: messages.word("entry_as_printed", lang, text=entry.name, file=file)
        for lang in LANGUAGES
    }
    values = {
        "name": name, "unit": entry.unit, "form": entry.form,
        "measure": entry.id, "definition": definition,
    }  # fmt: skip
    bounds = {"bounds": "none"} if below_zero else {}
    return toml.entry((entry.id,), values | ({"of": entry.of} if entry.of else {}) | bounds)


def _source(region: Region, grids: Sequence[Grid], file: str) -> str:
    """The source whose id is the file's name, or whose title stands in a sheet; blank if none."""
    stem = key(Path(file).stem)
    texts: set[str] = set()
    for grid in grids:
        size = len(grid.cells)
        rows = {*range(min(size, _ENDS)), *range(max(0, size - _ENDS), size)}
        texts |= {key(grid.text(r, c)) for r in rows for c in grid.filled(r)[:_ENDS]}
    ids = [
        id
        for id in region.sources
        if key(id) == stem
        or any(
            title and (title == stem or any(title in text for text in texts))
            for title in map(key, region.words("sources", id).texts.values())
        )
    ]
    return ids[0] if len(ids) == 1 else ""
