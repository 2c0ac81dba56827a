"""A cross table read without a map: its map is drafted, or refused with what is doubtful."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from songhua import messages
from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import FileKept
from songhua.reading.drafts import Draft, Explainer, Guess, draft
from songhua.reading.drafts.agreement import disagreements
from songhua.reading.drafts.answers import Answers
from songhua.reading.drafts.choices import (
    FORGET,
    AnsweredDoubt,
    Choice,
    choice,
    filled,
    with_answers,
)
from songhua.reading.crosstabs.decimals import decimal_comma
from songhua.reading.drafts.entries import ready_entries
from songhua.reading.drafts.fault_kinds import DraftDecimal, DraftSourceMissing
from songhua.reading.drafts.frame import Kinds, find_frame
from songhua.reading.crosstabs.layout import fingerprint
from songhua.reading.drafts.picture import PictureCell, picture, seen_cells
from songhua.reading.drafts.shown import with_names
from songhua.reading.sheets import Candidates, Sheet, read_map, read_mapped
from songhua.reading.sheets.words import key
from songhua.region import Region
from songhua.store.port import Store
from songhua.store.source import MAPS
from songhua.store.writing import write_new


@dataclass(frozen=True)
class Drafted:
    """A drafted map as text, its readings, its doubts, and the rows read with it.

    `bare` is the map without its comments; `cells` gives what each cell was taken for, by the
    number of its row; `choices` what may be answered to each doubt, in the same order;
    `remembered` is true where a map of this layout is kept.
    """

    toml: str
    bare: str
    guesses: tuple[Guess, ...]
    doubts: tuple[Fault, ...]
    left_out: Mapping[str, str]
    candidates: Candidates | None
    picture: tuple[str, ...] = ()
    cells: Callable[[], Mapping[int, Sequence[PictureCell]]] = dict
    region: Region | None = None
    choices: tuple[Choice, ...] = ()
    remembered: bool = False


def drafted(
    store: Store,
    region: Region,
    sheet: Sheet,
    file: Path,
    columns: Mapping[str, str],
    lang: str = "en",
    answered: Sequence[AnsweredDoubt] = (),
) -> Drafted:
    """Draft the map of a cross table and read the table with it, if nothing is doubtful.

    `columns` hold for all rows, such as the source and the day recorded; `answered` are doubts of
    earlier drafts of this sheet with their answers.
    """
    explainer = Explainer(region)
    comma = with_answers(Answers(), answered).comma
    comma = decimal_comma(sheet.grid, sheet.delimiter) if comma is None else comma
    recalled = remembered(store, sheet, explainer, comma)
    earlier = Answers() if FORGET in answered else recalled
    comma = earlier.comma if comma is None else comma
    answers = with_answers(earlier, answered)
    explainer.answers = answers
    grid = filled(answers.parts.of(sheet.grid), answers.fill)
    sketch = draft(grid, explainer, file.name, columns, bool(comma))
    if comma is None:
        sketch.findings.doubt(DraftDecimal())
    if "source" not in columns:
        _find_source(sketch, region, sheet, file)
    toml = sketch.written.toml()
    candidates = None
    mapping, faults = read_map(toml.encode(), "map.toml")
    if mapping is not None and not sketch.findings.doubts:
        candidates = read_mapped(sheet, file.name, mapping)
        if not candidates.faults:
            disagreements(sketch, grid, candidates)
    elif not sketch.findings.doubts:
        sketch.findings.doubts += [replace(fault, file=file.name) for fault in faults]
    sketch.findings.guesses = [
        replace(guess, params=with_names(guess.params, region)) for guess in sketch.findings.guesses
    ]
    choices = tuple(
        choice(doubt, sketch.findings.asked, region) for doubt in sketch.findings.doubts
    )
    sketch.findings.doubts = [
        replace(doubt, **with_names(doubt.params, region)) for doubt in sketch.findings.doubts
    ]
    return Drafted(
        _commented(sketch, region, file, lang),
        toml,
        tuple(sketch.findings.guesses),
        tuple(sketch.findings.doubts),
        sketch.findings.left_out,
        candidates,
        picture(sketch, grid),
        partial(seen_cells, sketch, grid),
        region,
        choices,
        recalled != Answers(),
    )


def remembered(
    store: Store, sheet: Sheet, explainer: Explainer, comma: bool | None = False
) -> Answers:
    """Answers given when a sheet of the same layout was imported with a map.

    Where it is open whether a comma is the decimal sign, it is as the map says that there is.
    """
    if not store.maps():
        return Answers()
    for sign in (True, False) if comma is None else (comma,):
        mark = layout_of(sheet, explainer, sign)
        for name in store.maps(mark) if mark else []:
            mapping, faults = read_map(store.map_named(name), name)
            if mapping is None:
                raise SonghuaError(*faults)
            if comma is not None or mapping.comma == sign:
                return Answers.of(mapping, explainer.timeless)
    return Answers()


def layout_of(sheet: Sheet, explainer: Explainer, comma: bool = False) -> str:
    """The fingerprint of a sheet's layout; blank where no table is found."""
    frame = find_frame(Kinds(sheet.grid, comma))
    return "" if frame is None else fingerprint(sheet.grid, frame, explainer)


def kept_name(file: Path, mark: str) -> str:
    """The file in which the map of a layout is kept."""
    stem = re.sub(r"[^a-z]+", "-", file.stem.lower()).strip("-")[:40] or "sheet"
    return f"{MAPS}/{stem}-{mark}.toml"


def _find_source(sketch: Draft, region: Region, sheet: Sheet, file: Path) -> None:
    """The source whose id is the file's name, or whose title stands in the sheet."""
    stem = key(file.stem)
    grid = sheet.grid
    rows = [
        *range(min(len(grid.cells), 12)),
        *range(max(12, len(grid.cells) - 12), len(grid.cells)),
    ]
    texts = [key(grid.text(r, c)) for r in rows for c in grid.filled(r)]
    ids: list[str] = []
    for id in region.sources:
        titles = {key(text) for text in region.words("sources", id).texts.values()}
        if (
            key(id) == stem
            or stem in titles
            or any(t and t in text for t in titles for text in texts)
        ):
            ids.append(id)
    titles = tuple(f"{id} ({region.label('sources', id)})" for id in ids or [*region.sources][-6:])
    if len(ids) == 1:
        sketch.written.defaults["source"] = ids[0]
        sketch.findings.guess("draft_source", source=ids[0])
    else:
        sketch.findings.doubt(DraftSourceMissing(text=titles))


def _commented(sketch: Draft, region: Region, file: Path, lang: str) -> str:
    """The map with the readings, the doubts and ready entries as comments."""
    word = messages.word
    head = [word("draft_head", lang, file=file.name)]
    head += [f"- {word(guess.code, lang, **guess.params)}" for guess in sketch.findings.guesses]
    if sketch.findings.doubts:
        head += ["", word("draft_doubts", lang, n=len(sketch.findings.doubts))]
        head += [f"? {doubt.words(lang)}" for doubt in sketch.findings.doubts]
    return sketch.written.toml(head, _entry_comments(sketch, region, lang))


def _entry_comments(sketch: Draft, region: Region, lang: str) -> Iterable[str]:
    entries = ready_entries(sketch, region)
    return ["", messages.word("draft_entries", lang), *entries] if entries else []


def write_map(target: Path, toml: str) -> None:
    """Write a drafted map as a new file.

    Raises:
        SonghuaError: `file_kept`, where anything is there already; `system_refused`.
    """
    if os.path.lexists(target):
        raise SonghuaError(FileKept(str(target)))
    write_new(target, toml.encode())
