"""The lines of a sheet that are no figures: its title, its sections and its notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from songhua.reading.sheets.words import leading_mark

_MARK = re.compile(r"\[\d{1,2}\]|注\d{1,2}|[^\s()（）]")


@dataclass
class Notes:
    """A line that waits is a section if figures follow it, and a note if none do."""

    title: list[str] = field(default_factory=list)
    sections: list[tuple[str, str]] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)
    _waiting: list[tuple[str, str]] = field(default_factory=list)
    _marked: list[tuple[str, str]] = field(default_factory=list)
    _by_mark: dict[str, str] = field(default_factory=dict)

    def add(self, text: str, place: str) -> None:
        """A line that is a note by its words."""
        self.lines.append((text, place))

    def later(self, text: str, place: str) -> None:
        """A line without figures, not yet known to be a section or a note."""
        self._waiting.append((text, place))

    def section(self) -> None:
        """Figures follow: what waits was a section."""
        self.sections += self._waiting
        self._waiting.clear()

    def end(self) -> None:
        """No figures follow: what waits was a note."""
        self.lines += self._waiting
        self._waiting.clear()

    def explain(self, marks: str) -> str:
        """The notes that some footnote marks point to; a mark without a note stands for itself.

        >>> notes = Notes()
        >>> notes.add("① preliminary", "A9")
        >>> notes.explain("①*"), notes.explain("")
        ('① preliminary; *', '')
        """
        if not marks:
            return ""
        if len(self._marked) != len(self.lines):
            self._marked = [(leading_mark(text), text) for text, _ in self.lines]
            self._by_mark = {mark: text for mark, text in self._marked if mark}
        by_mark = self._by_mark
        single: list[str] = _MARK.findall(marks)
        return "; ".join(by_mark.get(mark, mark) for mark in dict.fromkeys(single))
