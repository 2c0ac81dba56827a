"""Blocks on a terminal: headings, lists and tables without frames, at the width of the screen."""

from __future__ import annotations

from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable

from songhua.document.blocks import (
    Block,
    Cards,
    Facts,
    Fold,
    Group,
    Heading,
    Paragraph,
    Points,
    Section,
    Table,
)
from songhua.format.text import Small, Text, parts, plain


def show(blocks: Iterable[Block], console: Console | None = None) -> None:
    """Print blocks in order; charts are left out."""
    console = console or Console(highlight=False)
    for block in blocks:
        _show(block, console)


def _show(block: Block, console: Console) -> None:
    match block:
        case Heading(text=text) | Cards(title=text) | Section(title=text):
            console.print()
            console.print(text, style="bold", markup=False)
        case Fold(summary=summary):
            console.print()
            console.print(plain(summary), style="bold", markup=False)
        case Paragraph(text, kind) if text:
            style = "italic" if kind == "lede" else ""
            console.print(f" {plain(text)}", style=style, markup=False)
        case Points(items, _, kind):
            for item in items:
                _item(console, plain(item), "   " if kind == "plain" else " •")
        case Facts(pairs):
            for name, value in pairs:
                _item(console, f"{plain(name)}  {plain(value)}", "  ")
        case Table():
            _table(console, block)
        case _:
            pass
    match block:
        case Section() | Fold() | Group():
            show(block.blocks, console)
        case Cards(cards=cards):
            for card in cards:
                _item(console, " · ".join(map(plain, (card.name, card.size, *card.lines))), " •")
        case _:
            pass


def _item(console: Console, text: str, mark: str) -> None:
    """A line with a mark; its later lines are indented."""
    table = RichTable.grid(padding=(0, 1))
    table.add_column()
    table.add_column(overflow="fold")  # a language without spaces is broken anywhere
    table.add_row(mark, text)
    console.print(table, markup=False)


def _table(console: Console, block: Table) -> None:
    """A table without frames; columns of numbers are set to the right and never broken."""
    if not block.rows:
        return
    table = RichTable(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    for at, head in enumerate(block.headings):
        right = at in block.numeric
        table.add_column(head, justify="right" if right else "left", no_wrap=right, overflow="fold")
    for row in block.rows:
        table.add_row(*(_cell(cell.text) for cell in row))
    console.print(Padding(table, (0, 0, 0, 1)))


def _cell(text: Text) -> str:
    """A cell without the ends of its number, for which a screen has no room.

    >>> _cell(("5.5", " ", Small("5.45 to 5.55", ends=True)))
    '5.5'
    """
    kept = tuple(p for p in parts(text) if not (isinstance(p, Small) and p.ends))
    return plain(kept).strip()
