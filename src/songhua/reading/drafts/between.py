"""Texts between and beside the figures of a table, which may change the figures' meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from songhua.errors import Fault
from songhua.reading.drafts.axes import Axis
from songhua.reading.drafts.draft_findings import LIKELY, Findings
from songhua.reading.drafts.fault_kinds import (
    DraftAhead,
    DraftBlank,
    DraftDownwards,
    DraftNoFigures,
    DraftSecondHeading,
    DraftSection,
    DraftUnexplained,
)
from songhua.reading.drafts.frame import DAY, TEXT, YEAR, Frame, Kinds
from songhua.reading.crosstabs.vocabulary import corner, downwards, speaks_of
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
    findings: Findings
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
                self.findings.guess("draft_beside", LIKELY, columns=letters(column))
            else:
                self.findings.doubt(
                    DraftUnexplained(column=letters(column), text=next(iter(texts), ""))
                )
        explained = {*self.frame.others, *self.frame.labels, *self.frame.values}
        for column in set(range(self.grid.width)) - explained:
            text = " ".join(self.grid.text(r, column) for r in self.frame.heading).strip()
            if text and column not in self.blank and corner(text) not in {"ignored", "note"}:
                self.findings.doubt(DraftNoFigures(column=letters(column), text=text))
        for texts in over.values():
            for text in texts:
                if downwards(text):
                    self.findings.doubt(DraftDownwards(text=text))
                if speaks_of("ahead", text):
                    self.findings.doubt(DraftAhead(text=text))

    def lines(self) -> None:
        """Lines between the figures that are not figures: sections, and a second heading."""
        waiting: Fault | None = None
        columns = set(self.frame.values)
        for row in range(self.frame.first, min(self.frame.last + 1, len(self.kinds.rows))):
            filled = self.grid.filled(row)
            if not filled or is_note(self.grid.text(row, filled[0])):
                continue
            kinds = [self.kinds.at(row, c) for c in filled if c in columns]
            text, place = self.grid.text(row, filled[0]), f"{letters(filled[0])}{row + 1}"
            if not kinds and not (len(filled) > 1 and len(self.labels) > 1):
                waiting = waiting or DraftSection(column=place, text=text)
            elif {TEXT, DAY} & set(kinds) or self.second(kinds, text):
                self.findings.doubt(DraftSecondHeading(column=place, text=text))
            elif waiting:
                self.findings.doubt(waiting)
                waiting = None

    def blanks(self, axis: Axis) -> None:
        """A label that is blank beside figures may be that of the row above."""
        if len(self.labels) < 2 or axis.at in self.blank:
            return
        for row in range(self.frame.first, self.frame.last + 1):
            if not self.grid.area_text(row, axis.at) and any(
                self.grid.text(row, c) for c in self.frame.values
            ):
                column = letters(axis.at)
                place, line = f"{column}{row + 1}", f'fill = "{column}"'
                self.findings.doubt(DraftBlank(column=place, line=line))
                return

    def second(self, kinds: Sequence[str], text: str) -> bool:
        """True for a row of years only whose label is none of the folder's."""
        return len(kinds) > 1 and set(kinds) == {YEAR} and not self.understood(text)

    def understood(self, text: str) -> bool:
        """True for a text that is a label of the folder, and not the corner of another table."""
        return not corner(text) and any(
            axis.senses[text].clear for axis in self.labels if text in axis.senses
        )
