"""What a page says of a file that was sent: how it was understood, and what it would add."""

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
from songhua.web.sent_files import SHOWN, Look


def blocks_of(view: View, file: str, found: Look) -> Sequence[Block]:
    """Faults and doubts first, then the sheet, then the rows that would be added."""
    blocks: list[Block] = []
    drafted, done = found.drafted, found.done
    doubts = [one.words(view.lang, browser=True) for one in found.faults]
    if drafted is not None:
        guesses = [messages.word(one.code, view.lang, **one.params) for one in drafted.guesses]
        doubts = [] if drafted.doubts else doubts  # those stand in the form, to be settled there
        left = tuple(drafted.left_out)
        sheet = Understood(file, drafted.cells(), guesses, doubts, left)
        blocks += drafted_sheet(view, sheet).blocks
    elif doubts:
        blocks += [Heading(1, view.word("web_against")), Points(doubts)]
    if done is None:
        return blocks
    said = [messages.word("import_note", view.lang, text=note) for note in done.notes]
    said += [
        messages.word(f"skipped_{one.why}", view.lang, n=one.n, first=one.first, text=one.text)
        for one in done.skipped
    ]
    if done.left_out:
        said.append(messages.word("target_left", view.lang, text=done.left_out))
    if done.repeated:
        said.append(messages.word("import_repeated", view.lang, n=done.repeated))
    said += [one.words(view.lang, browser=True) for one in done.warnings]
    would = "import_would" if found.n else "import_nothing"
    blocks.append(Heading(1, view.word(would, n=found.n, file=done.file)))
    if said:
        blocks.append(Points(said))
    if found.n:
        blocks.append(_rows(view, done, found.n))
    return blocks


def _rows(view: View, done: Import, n: int) -> Block:
    """The rows that would be added, as a reader reads them; the first of many."""
    named = {"text": "plan_targets", "review": "reviews"}
    name = next((table for own, table in named.items() if own in done.rows), "observations")
    columns = [one for one in table(name).columns if one.name in done.rows]
    columns = [one for one in columns if done.rows[one.name].astype(str).ne("").any()]
    shown = done.rows.astype(str).to_dict("records")
    rows: list[list[Text]] = []
    for row in shown:
        named = {str(key): value for key, value in row.items()}
        rows.append(
            [
                str(named[one.name])
                if one.type in ("decimal", "number", "target", "text")
                else cell(view, one, named).text
                for one in columns
            ]
        )
    note = view.word("web_first_rows", n=SHOWN) if n > SHOWN else ""
    heads = [one.heading(view.lang) for one in columns]
    if name == "plan_targets":
        heads.append(view.word("web_read_as"))
        for cells, row in zip(rows, shown, strict=True):
            cells.append(written(parse_target(str(row["text"])), view.lang))
    return grid(view.word("web_rows_to_add"), heads, rows, note=note)
