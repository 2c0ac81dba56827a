"""The terminal: titles, paragraphs, tables and findings in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from songhua import messages
from songhua.format.labels import label
from songhua.report import words
from songhua.results import Result
from songhua.session import Run

Row = Mapping[Any, Any]


class Screen:
    """A console, a language and a run: what every part of the output needs."""

    def __init__(self, done: Run, lang: str) -> None:
        """Write to standard output, at the width of the terminal."""
        self.done, self.lang = done, lang
        self.console = Console(highlight=False)

    def word(self, name: str, **params: object) -> str:
        """A word of the interface."""
        return messages.word(name, self.lang, **params)

    def label(self, catalogue: str, id: str, within: str = "") -> str:
        """The name of something in the folder."""
        return label(self.done.region, self.done.plan, catalogue, str(id), self.lang, within)

    def choice(self, of: str, value: str) -> str:
        """The word for one value of a closed list."""
        return messages.choice(of, value, self.lang) if value else ""

    def title(self, text: str) -> None:
        """A heading, with a line's room above it."""
        self.console.print()
        self.console.print(text, style="bold", markup=False)

    def item(self, text: str) -> None:
        """A paragraph with a bullet; its later lines are indented."""
        table = Table.grid(padding=(0, 1))
        table.add_column()
        table.add_column(overflow="fold")  # a language without spaces is broken anywhere
        table.add_row(" •", text)
        self.console.print(table, markup=False)

    def table(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int]
    ) -> None:
        """A table without frames; the columns named in `right` are numbers."""
        table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
        for at, head in enumerate(heads):
            justify = "right" if at in right else "left"
            table.add_column(head, justify=justify, no_wrap=at in right, overflow="fold")
        for row in rows:
            table.add_row(*row)
        self.console.print(Padding(table, (0, 0, 0, 1)))

    def findings(self, result: Result) -> None:
        """What a reader must know, a paragraph each."""
        for finding in result.findings:
            self.item(words.finding(finding, self.done.region, self.lang))

    def brief(self, result: Result) -> None:
        """A study in its findings alone, under its name."""
        self.title(self.choice("study", result.study))
        self.findings(result)
