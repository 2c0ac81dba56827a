"""What stands between and beside the figures of a table, and may change what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from songhua.errors import Fault
from songhua.reading.drafts.axes import Axis
from songhua.reading.drafts.fault_kinds import (
    DraftAhead,
    DraftBlank,
    DraftDownwards,
    DraftNoFigures,
    DraftSecondHeading,
    DraftSection,
    DraftUnexplained,
)
from songhua.reading.drafts.findings import LIKELY, Findings
from songhua.reading.drafts.frame import DAY, TEXT, YEAR, Frame, Kinds
from songhua.reading.drafts.vocabulary import corner, downwards, speaks_of
from songhua.reading.sheets.faults import letters
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.words import is_note

#: The longest flag that a column beside the figures holds, such as `p` or `bu`.
_FLAG = 3


@dataclass
class Between:
    """Looks for columns, lines and words that a person must be asked about."""

    grid: Grid
    kinds: Kinds
    frame: Frame
    labels: Sequence[Axis]
    found: Findings
    blank: Sequence[int] = ()

    def sides(self, over: Mapping[int, Sequence[str]]) -> None:
        """Columns that are neither labels nor figures, and words that turn a meaning round."""
        for column in self.frame.others:
            names = [corner(self.grid.text(r, column)) for r in self.frame.heading]
            texts = {
                self.grid.text(r, column) for r in range(self.frame.first, self.frame.last + 1)
            } - {""}
            flags = not any(self.grid.text(r, column) for r in self.frame.heading) and all(
                len(t) <= _FLAG for t in texts
            )
            if flags or any(name in {"ignored", "note"} for name in names):
                self.found.guess("draft_beside", LIKELY, columns=letters(column))
            else:
                self.found.doubt(
                    DraftUnexplained(column=letters(column), text=next(iter(texts), ""))
                )
        known = {*self.frame.others, *self.frame.labels, *self.frame.values}
        for column in set(range(self.grid.width)) - known:
            text = " ".join(self.grid.text(r, column) for r in self.frame.heading).strip()
            if text and column not in self.blank and corner(text) not in {"ignored", "note"}:
                self.found.doubt(DraftNoFigures(column=letters(column), text=text))
        for texts in over.values():
            for text in texts:
                if downwards(text):
                    self.found.doubt(DraftDownwards(text=text))
                if speaks_of("ahead", text):
                    self.found.doubt(DraftAhead(text=text))

    def lines(self) -> None:
        """Lines between the figures that are not figures: sections, and a second heading."""
        waiting: Fault | None = None
        columns = set(self.frame.values)
        for row in range(self.frame.first, min(self.frame.last + 1, len(self.kinds.rows))):
            filled = self.grid.filled(row)
            if not filled or is_note(self.grid.text(row, filled[0])):
                continue
            said = [self.kinds.at(row, c) for c in filled if c in columns]
            text, place = self.grid.text(row, filled[0]), f"{letters(filled[0])}{row + 1}"
            if not said and not (len(filled) > 1 and len(self.labels) > 1):
                waiting = waiting or DraftSection(column=place, text=text)
            elif {TEXT, DAY} & set(said) or self.second(said, text):
                self.found.doubt(DraftSecondHeading(column=place, text=text))
            elif waiting:
                self.found.doubt(waiting)
                waiting = None

    def blanks(self, axis: Axis) -> None:
        """A label that is blank beside figures may be that of the row above."""
        if len(self.labels) < 2 or axis.at in self.blank:
            return
        for row in range(self.frame.first, self.frame.last + 1):
            if not self.grid.shown(row, axis.at) and any(
                self.grid.text(row, c) for c in self.frame.values
            ):
                column = letters(axis.at)
                self.found.doubt(DraftBlank(column=f"{column}{row + 1}", line=f'fill = "{column}"'))
                return

    def second(self, said: Sequence[str], text: str) -> bool:
        """Whether a row holds years only, and its label is none of the folder's."""
        return len(said) > 1 and set(said) == {YEAR} and not self.understood(text)

    def understood(self, text: str) -> bool:
        """Whether a text is a label that the folder has, and not the corner of another table."""
        return not corner(text) and any(
            axis.senses[text].clear for axis in self.labels if text in axis.senses
        )
