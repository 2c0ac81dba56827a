"""Blocks on a terminal: headings, lists and tables without frames, at the width of the screen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from io import StringIO

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
from songhua.format.lines import chunks, width
from songhua.format.text import Break, Mark, Small, Text, parts, plain
from songhua.render.wrapping import Wrapped

#: Columns between two columns of a table.
GAP = 3


def show(blocks: Iterable[Block], console: Console | None = None) -> None:
    """Print blocks in order; charts are left out."""
    console = console or Console(highlight=False)
    for block in blocks:
        _show(block, console)


def lines(blocks: Iterable[Block], width: int = 100) -> str:
    """Blocks as plain text, at a width of so many characters.

    >>> lines([Points(["It grew."])])
    ' • It grew.\\n'
    """
    written = StringIO()
    show(blocks, Console(file=written, width=width, highlight=False))
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines()) + "\n"


def _show(block: Block, console: Console) -> None:
    match block:
        case Heading(text=text) | Cards(title=text) | Section(title=text) if text:
            console.print()
            console.print(text, style="bold", markup=False)
        case Fold(summary=summary):
            console.print()
            console.print(in_words(summary), style="bold", markup=False)
        case Paragraph(text, kind) if text:
            _item(console, in_words(text), "", style="italic" if kind == "lede" else "")
        case Points(items, _, kind):
            for item in items:
                _item(console, in_words(item), "   " if kind == "plain" else " •")
        case Facts(pairs):
            for name, value in pairs:
                _item(console, f"{in_words(name)}  {in_words(value)}", "  ")
        case Table() if any(Break() in parts(cell.text) for row in block.rows for cell in row):
            for row in block.rows:
                _entry(console, [cell.text for cell in row])
        case Table():
            _table(console, block)
        case _:
            pass
    match block:
        case Section() | Fold() | Group():
            show(block.blocks, console)
        case Cards(cards=cards):
            for card in cards:
                _item(console, " · ".join(map(in_words, (card.name, card.size, *card.lines))), " •")
        case _:
            pass


def in_words(text: Text) -> str:
    """A text as a terminal says it: the sign of a verdict stands before its word.

    >>> in_words((Mark("verdict", "met", "met", "✓"), " in full"))
    '✓ met in full'
    """
    return plain(
        tuple(
            f"{part.sign} {part.text}"
            if isinstance(part, Mark) and part.kind in ("doubt", "verdict")
            else part
            for part in parts(text)
        )
    )


def _item(console: Console, text: str, mark: str, style: str = "") -> None:
    """A line with a mark; its later lines are indented."""
    table = RichTable.grid(padding=(0, 1))
    table.add_column()
    table.add_column(style=style)
    table.add_row(mark, Wrapped(text))
    console.print(table, markup=False)


def _entry(console: Console, cells: Sequence[Text]) -> None:
    """A row whose cells have lines of their own: what is marked, the others, the last below."""
    *heads, last = cells
    marked = [text for text in heads if any(isinstance(part, Mark) for part in parts(text))]
    unmarked = [text for text in heads if text not in marked]
    line = "  ".join(in_words(text).replace("\n", " · ") for text in (*marked, *unmarked))
    _item(console, line, "")
    for lower in filter(None, in_words(last).split("\n")):
        _item(console, lower, "     ")


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
        table.add_column(Wrapped(head), justify=justify, no_wrap=right, width=fitted[at])
    for row in rows:
        table.add_row(*map(Wrapped, row))
    console.print(Padding(table, (0, 0, 0, 1)))


def _widths(columns: list[list[str]], numeric: Collection[int], room: int) -> list[int]:
    """Widths of columns: as their text, else what is left beside their widest pieces.

    >>> _widths([["name", "a long name of two lines"], ["12", "345"]], {1}, 20)
    [17, 3]
    """
    lines = [[line for text in column for line in text.split("\n")] for column in columns]
    most = [max(map(width, column)) for column in lines]
    pieces = [_piece(column) for column in lines]
    numbers = [_piece(column, _numbered) for column in lines]
    least: list[int] = []
    for longest, floor in ((pieces, 8), (pieces, 6), (pieces, 4), (numbers, 6), (numbers, 4)):
        least = [
            most[at] if at in numeric else max(longest[at], min(most[at], floor))
            for at in range(len(lines))
        ]
        if sum(least) <= room:  # words are broken before numbers are
            break
    spare, wanted = room - sum(least), sum(most) - sum(least)
    if sum(most) <= room or wanted == 0:
        return most
    if spare < 0:  # too many columns for this screen
        return [max(1, wide * room // sum(least)) for wide in least]
    return [low + (high - low) * spare // wanted for low, high in zip(least, most, strict=True)]


def _piece(lines: Iterable[str], counted: Callable[[str], bool] = bool) -> int:
    """The width of the widest piece that no line may break, of those that are kept."""
    pieces = (piece.strip() for line in lines for piece in chunks(line))
    return max((width(piece) for piece in pieces if counted(piece)), default=0)


def _numbered(text: str) -> bool:
    """True for a text with a digit."""
    return any(letter.isdigit() for letter in text)


def _cell(text: Text) -> str:
    """A cell without the ends of its number, for which a screen has no room.

    >>> _cell(("5.5", " ", Small("5.45 to 5.55", ends=True)))
    '5.5'
    """
    return in_words(tuple(p for p in parts(text) if not (isinstance(p, Small) and p.ends))).strip()
