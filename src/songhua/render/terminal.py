"""Blocks on a terminal: headings, lists and tables without frames, at the width of the screen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text as RichText

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
from songhua.format.lines import chunks, width, wrapped
from songhua.format.text import Small, Text, parts, plain

#: Columns between two columns of a table.
GAP = 3


class Lines:
    """A text that is broken where `format.lines` lets it: no number apart from its unit."""

    def __init__(self, text: str, right: bool = False) -> None:
        """Take the text; one set to the right is padded there."""
        self.text, self.right = text, right

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines at the width that there is."""
        for line in wrapped(self.text, options.max_width):
            pad = options.max_width - width(line) if self.right else 0
            yield RichText(" " * pad + line, no_wrap=True, overflow="ignore")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """From the widest piece to the widest line."""
        most = max(width(line) for line in self.text.split("\n"))
        least = max((width(piece.rstrip(" ")) for piece in chunks(self.text)), default=0)
        return Measurement(min(least, options.max_width), min(most, options.max_width))


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
            console.print(Padding(Lines(plain(text)), (0, 0, 0, 1)), style=style)
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
    table.add_row(mark, Lines(text))
    console.print(table, markup=False)


def _table(console: Console, block: Table) -> None:
    """A table without frames; columns of numbers are set to the right and never broken."""
    if not block.rows:
        return
    table = RichTable(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    rows = [[_cell(cell.text) for cell in row] for row in block.rows]
    room = console.width - 1 - GAP * (len(block.headings) - 1)
    columns = [[head, *(row[at] for row in rows)] for at, head in enumerate(block.headings)]
    fitted = _widths(columns, block.numeric, room)
    for at, head in enumerate(block.headings):
        right = at in block.numeric
        justify = "right" if right else "left"
        table.add_column(Lines(head, right), justify=justify, width=fitted[at])
    for row in rows:
        table.add_row(*(Lines(text, at in block.numeric) for at, text in enumerate(row)))
    console.print(Padding(table, (0, 0, 0, 1)))


def _widths(columns: list[list[str]], numeric: Collection[int], room: int) -> list[int]:
    """How wide columns are: as their text, else what is left beside their widest pieces.

    >>> _widths([["name", "a long name of two lines"], ["12", "345"]], {1}, 20)
    [17, 3]
    """
    lines = [[line for text in column for line in text.split("\n")] for column in columns]
    most = [max(map(width, column)) for column in lines]
    pieces = [_piece(column) for column in lines]
    numbers = [_piece(column, _numbered) for column in lines]
    least: list[int] = []
    for kept, floor in ((pieces, 8), (pieces, 6), (pieces, 4), (numbers, 6), (numbers, 4)):
        least = [
            most[at] if at in numeric else max(kept[at], min(most[at], floor))
            for at in range(len(lines))
        ]
        if sum(least) <= room:  # words are broken before numbers are
            break
    spare, wanted = room - sum(least), sum(most) - sum(least)
    if sum(most) <= room or wanted == 0:
        return most
    if spare < 0:  # too many columns for this screen
        return [max(1, one * room // sum(least)) for one in least]
    return [low + (high - low) * spare // wanted for low, high in zip(least, most, strict=True)]


def _piece(lines: Iterable[str], kept: Callable[[str], bool] = bool) -> int:
    """The width of the widest piece that no line may break, of those that are kept."""
    pieces = (piece.strip() for line in lines for piece in chunks(line))
    return max((width(piece) for piece in pieces if kept(piece)), default=0)


def _numbered(text: str) -> bool:
    """Whether a text has a digit."""
    return any(letter.isdigit() for letter in text)


def _cell(text: Text) -> str:
    """A cell without the ends of its number, for which a screen has no room.

    >>> _cell(("5.5", " ", Small("5.45 to 5.55", ends=True)))
    '5.5'
    """
    kept = tuple(p for p in parts(text) if not (isinstance(p, Small) and p.ends))
    return plain(kept).strip()
