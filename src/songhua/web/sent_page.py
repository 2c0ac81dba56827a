"""Blocks for a file that was sent: how it was understood, and what it would add."""

from __future__ import annotations

from collections.abc import Sequence

from songhua import messages
from songhua.document.blocks import Block, Heading, Points
from songhua.document.drafted_sheet import Understood, drafted_sheet
from songhua.document.tables import grid
from songhua.format.cells import cell
from songhua.format.text import Text
from songhua.format.view import View
from songhua.plan import parse_target
from songhua.plan.target_writer import written
from songhua.schema import table
from songhua.store import Import
from songhua.web.sent_files import FIRST_ROWS, Look


def blocks_of(view: View, file: str, look: Look) -> Sequence[Block]:
    """Faults and doubts first, then the sheet, then the rows that would be added."""
    blocks: list[Block] = []
    drafted, outcome = look.drafted, look.outcome
    doubts = [fault.words(view.lang, browser=True) for fault in look.faults]
    if drafted is not None:
        guesses = [
            messages.word(guess.code, view.lang, **guess.params) for guess in drafted.guesses
        ]
        doubts = [] if drafted.doubts else doubts  # those stand in the form, to be settled there
        left_out = tuple(drafted.left_out)
        sheet = Understood(file, drafted.cells(), guesses, doubts, left_out)
        blocks += drafted_sheet(view, sheet).blocks
    elif doubts:
        blocks += [Heading(1, view.word("web_against")), Points(doubts)]
    if outcome is None:
        return blocks
    texts = [messages.word("import_note", view.lang, text=note) for note in outcome.notes]
    texts += [
        messages.word(f"skipped_{skip.why}", view.lang, n=skip.n, first=skip.first, text=skip.text)
        for skip in outcome.skipped
    ]
    if outcome.left_out:
        texts.append(messages.word("target_left", view.lang, text=outcome.left_out))
    if outcome.repeated:
        texts.append(messages.word("import_repeated", view.lang, n=outcome.repeated))
    texts += [warning.words(view.lang, browser=True) for warning in outcome.warnings]
    would = "import_would" if look.n else "import_nothing"
    blocks.append(Heading(1, view.word(would, n=look.n, file=outcome.file)))
    if texts:
        blocks.append(Points(texts))
    if look.n:
        blocks.append(_rows(view, outcome, look.n))
    return blocks


def _rows(view: View, outcome: Import, n: int) -> Block:
    """The rows that would be added, as a reader reads them; the first of many."""
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
                else cell(view, column, texts).text
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
