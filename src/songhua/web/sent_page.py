"""Blocks for a file that was sent: how it was understood, and what it would add."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from songhua.document.blocks import Block, Fold, Heading, Paragraph, Points
from songhua.document.sheet_picture import SheetPictures, picture_tables, summary_text
from songhua.document.tables import grid
from songhua.format.cells import cell
from songhua.format.text import Small, Strong, Text
from songhua.format.view import View
from songhua.plan import parse_target
from songhua.plan.target_writer import written
from songhua.reading.crosstabs.entries import Entry
from songhua.reading.sheets.candidates import by_reason
from songhua.schema import table
from songhua.store import Import
from songhua.web.forms import words
from songhua.web.sent_files import FIRST_ROWS, Look, SeenFile, SeenSheet
from songhua.wording.unit_words import unit_name


def first(view: View, file: str, look: Look) -> Iterator[Block]:
    """A line a sheet with its contents; then what is against the file."""
    if look.contents is not None:
        yield Points([_line(view, file, sheet) for sheet in look.contents.sheets])
    if look.faults:
        yield Heading(1, view.word("web_against"))
        yield Points(words(look.faults, view.lang))


def details(view: View, look: Look) -> Iterator[Block]:
    """The sheets cell by cell, what is left out, remarks, rows to add, and new entries."""
    contents, outcome = look.contents, look.outcome
    skipped = outcome.skipped if outcome is not None else contents.skipped if contents else ()
    remarks = outcome.notes if outcome is not None else contents.remarks if contents else ()
    if contents is not None:
        yield from _pictures(view, contents)
    left = [
        view.word(f"skipped_{why}", **params)
        for why, params in by_reason(skipped)
        if contents is None or why != "sheet"
    ]
    for key, texts in (("web_left", left), ("web_remarks", list(remarks))):
        if texts:
            yield Heading(1, view.word(key))
            yield Points(texts)
    if outcome is None:
        return
    if contents is not None and contents.entries:
        yield Heading(1, view.word("web_entries"))
        yield Points([_entry(view, entry) for entry in contents.entries])
    yield from _outcome(view, outcome, look.n, contents.names if contents is not None else {})


def _line(view: View, file: str, sheet: SeenSheet) -> Text:
    """The contents of a sheet in a line; of a file without sheets, its own."""
    if sheet.summary is None:
        return view.word("sheet_none", sheet=sheet.name or file)
    return summary_text(view, replace(sheet.summary, sheet=sheet.name or file))


def _pictures(view: View, contents: SeenFile) -> Iterator[Block]:
    """Each sheet with a table cell by cell, the first of them open."""
    sheets = [sheet for sheet in contents.sheets if sheet.cells]
    if not sheets:
        return
    yield Heading(1, view.word("picture_sheet"))
    yield Paragraph(view.word("picture_signs"), "note")
    for sheet in sheets:
        blocks = [*_part(view, sheet), _picture(view, contents, sheet)]
        if len(sheets) == 1:
            yield from blocks
        else:
            yield Fold(sheet.name, blocks, open=sheet is sheets[0])


def _part(view: View, sheet: SeenSheet) -> Iterator[Block]:
    """The part of a sheet shown, where that is not all."""
    rows, columns = len(sheet.cells), max(map(len, sheet.cells.values()))
    if rows < sheet.size[0] or columns < sheet.size[1]:
        whole = {"of_rows": sheet.size[0], "of_columns": sheet.size[1]}
        yield Paragraph(view.word("picture_part", rows=rows, columns=columns, **whole), "note")


def _picture(view: View, contents: SeenFile, sheet: SeenSheet) -> Block:
    pictures = SheetPictures("", [(sheet.name, sheet.cells)], names=contents.names)
    (block,) = picture_tables(view, pictures)
    return replace(block, note="", kind="sheet")


def _outcome(view: View, outcome: Import, n: int, names: Mapping[str, str]) -> Iterator[Block]:
    """The rows that would be added, and what is doubtful in them."""
    texts: list[Text] = []
    if outcome.left_out:
        texts.append(view.word("target_left", text=outcome.left_out))
    if outcome.repeated:
        texts.append(view.word("import_repeated", n=outcome.repeated))
    texts += words(outcome.warnings, view.lang)
    yield Heading(1, view.word("import_would" if n else "import_nothing", n=n, file=outcome.file))
    if texts:
        yield Points(texts)
    if n:
        yield _rows(view, outcome, n, names)


def _entry(view: View, entry: Entry) -> Text:
    """A new entry: its name, the catalogue to which it belongs, and its unit."""
    kind = table("observations").column(entry.column).heading(view.lang)
    unit = unit_name(entry.unit, view.lang) if entry.unit else ""
    return (Strong(entry.name), " ", Small(view.join(filter(None, (kind, unit)))))


def _rows(view: View, outcome: Import, n: int, names: Mapping[str, str]) -> Block:
    """The rows that would be added, as a reader reads them; the first of many.

    `names` has the names of new entries by their ids behind a sign.
    """
    tables = {"text": "plan_targets", "review": "reviews"}
    name = next(
        (table for column, table in tables.items() if column in outcome.rows), "observations"
    )
    columns = [column for column in table(name).columns if column.name in outcome.rows]
    columns = [column for column in columns if outcome.rows[column.name].astype(str).ne("").any()]
    records = outcome.rows.astype(str).to_dict("records")
    rows: list[list[Text]] = []
    for row in records:
        texts = {str(key): value for key, value in row.items()}
        rows.append(
            [
                str(texts[column.name])
                if column.type in ("decimal", "number", "target", "text")
                else names.get(f"+{texts[column.name]}") or cell(view, column, texts).text
                for column in columns
            ]
        )
    note = view.word("web_first_rows", n=FIRST_ROWS) if n > FIRST_ROWS else ""
    heads = [column.heading(view.lang) for column in columns]
    if name == "plan_targets":
        heads.append(view.word("web_read_as"))
        for cells, row in zip(rows, records, strict=True):
            cells.append(written(parse_target(str(row["text"])), view.lang))
    return grid(view.word("web_rows_to_add"), heads, rows, note=note)
