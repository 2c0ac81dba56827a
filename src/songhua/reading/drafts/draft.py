"""Drafting the map of a cross table from the sheet itself and the names of a folder.

A sheet is taken only if every word that could change what its figures mean is understood: the
lines above the table, its corner, its headings. A row or a column whose label the folder does not
have is left out and named. What is open is a doubt, and with a doubt nothing is imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from songhua.reading.drafts.assembly import Assembler, Table
from songhua.reading.drafts.axes import Axis, heading_axes, label_axes
from songhua.reading.drafts.between import Between
from songhua.reading.drafts.context import read_context
from songhua.reading.drafts.fault_kinds import (
    DraftMissing,
    DraftNoHeading,
    DraftNoTable,
    DraftNothing,
    DraftUnexplained,
)
from songhua.reading.drafts.figures import Combiner, Figure, Told
from songhua.reading.drafts.findings import CERTAIN, LIKELY, Findings
from songhua.reading.drafts.frame import FIGURE, MARK, YEAR, Frame, Kinds, find_frame
from songhua.reading.drafts.meant import meant, odd_row, twice
from songhua.reading.drafts.parents import Parent
from songhua.reading.drafts.sense import Explainer
from songhua.reading.drafts.times import latest
from songhua.reading.drafts.unknown_labels import leave_out
from songhua.reading.drafts.vocabulary import corner
from songhua.reading.drafts.written import Written, spans
from songhua.reading.sheets.faults import letters
from songhua.reading.sheets.grid import ERROR, Grid
from songhua.reading.sheets.units import title_unit, unit_line


@dataclass
class Draft:
    """The draft of a map: what was found, and the map that follows from it."""

    found: Findings
    written: Written
    figures: dict[tuple[int, int], Figure] = field(default_factory=dict)
    wanting: Mapping[str, str] = field(default_factory=dict)
    frame: Frame | None = None


def draft(
    grid: Grid, explainer: Explainer, file: str, given: Mapping[str, str], comma: bool = False
) -> Draft:
    """The draft of the map of a sheet. `given` is what the sheet does not say (its source …)."""
    answers = explainer.answers
    found = Findings(file, grid.sheet, settled=answers.settled)
    written = Written(
        sheet=grid.sheet, comma=comma, defaults=dict(given), fill=answers.fill,
        blank=answers.blank, parts=answers.parts, as_named=answers.as_named,
    )  # fmt: skip
    made = Draft(found, written)
    parts = answers.parts
    for how, texts in (("above", [parts.above]), ("below", [parts.below]), ("skip", parts.skip)):
        for text in filter(None, texts):
            found.guess(f"draft_part_{how}", text=text)
    kinds = Kinds(grid, comma)
    made.frame = frame = find_frame(kinds)
    if frame is None:
        found.doubt(DraftNoTable())
        return made
    _Drafter(grid, kinds, frame, explainer, made).run()
    return made


@dataclass
class _Drafter:
    grid: Grid
    kinds: Kinds
    frame: Frame
    explainer: Explainer
    made: Draft

    def run(self) -> None:
        frame, found = self.frame, self.made.found
        found.guess(
            "draft_frame", LIKELY,
            heading=tuple(str(row + 1) for row in frame.heading),
            first=frame.first + 1, last=frame.last + 1,
            labels=tuple(spans(frame.labels)), values=tuple(spans(frame.values)),
        )  # fmt: skip
        self.context = read_context(self.grid, frame, self.explainer, found)
        self.levels, self.over = heading_axes(self.grid, frame, self.explainer, self.context.year)
        self.labels = label_axes(self.grid, frame, self.explainer, self.context.year)
        self.labels = meant(self.labels, self.levels, self.over, self.explainer.answers.rows)
        self.doubts = Between(
            self.grid, self.kinds, frame, self.labels, found, self.explainer.answers.blank
        )
        self.doubts.sides(self.over)
        self.doubts.lines()
        self.labels = [axis for axis in self.labels if self.used(axis)]
        self.rows = self.read_rows()
        self.columns = self.read_columns()
        self.combine()

    def used(self, axis: Axis) -> bool:
        """Whether a column of labels says something of the figures; if it may, that is a doubt."""
        head = " ".join(self.grid.text(r, axis.at) for r in self.frame.heading)
        name = next(
            (w for r in self.frame.heading if (w := corner(self.grid.text(r, axis.at)))), ""
        )
        serial = [text.rstrip("、.．") for text in axis.senses]
        if all(text.isdigit() for text in serial) and not name and not axis.known:
            self.made.found.guess("draft_serial", LIKELY, columns=letters(axis.at))
            return False
        if not axis.known and name in {"region", "industry"} and self.twin(axis):
            return False
        if not axis.known and not (name and len(self.labels) == 1):
            text = head or next(iter(axis.senses), "")
            self.made.found.doubt(DraftUnexplained(column=letters(axis.at), text=text))
            return False
        self.doubts.blanks(axis)
        n, of = sum(s.clear for s in axis.senses.values()), len(axis.senses)
        said = {"columns": letters(axis.at), "role": axis.role, "n": n, "of": of}
        self.made.found.guess("draft_labels", CERTAIN if name else LIKELY, **said)
        return True

    def twin(self, axis: Axis) -> bool:
        """Whether a column holds codes of what another column names.

        Codes are no numbers, or each name has one code wherever it stands, and some stand twice.
        """
        if not all(text[:1].isdigit() for text in axis.senses):
            return any(o.role == axis.role and o.known for o in self.labels if o is not axis)
        rows = range(self.frame.first, self.frame.last + 1)
        for other in (o for o in self.labels if o.role == axis.role and o.known):
            names = [self.grid.shown(row, other.at) for row in rows]
            pairs = {(n, self.grid.shown(r, axis.at)) for n, r in zip(names, rows, strict=True)}
            if len(pairs) == len(set(names)) < len(names):
                return True
        return False

    def read_rows(self) -> dict[int, Told]:
        """What each row of the body says; rows whose label is not understood are left out."""
        rows: dict[int, Told] = {}
        known: dict[tuple[str, ...], Told] = {}
        parent = Parent()
        for row in range(self.frame.first, self.frame.last + 1):
            texts = tuple(self.grid.shown(row, axis.at) for axis in self.labels)
            if not any(texts) and self.labels:
                continue
            if texts not in known:
                known[texts] = self.read_row(row, texts)
            told = known[texts]
            if not told.odd:
                rows[row] = parent.child(told, self.label(row))
        if parent.found and parent.told != self.context.sets.get("indicator"):
            self.made.found.guess(
                "draft_parts", LIKELY, text=tuple(dict.fromkeys(parent.found))[:12]
            )
        return rows

    def label(self, row: int) -> str:
        """The first label of a row as it stands there, with the spaces before it."""
        cell = next(
            (self.grid.cell(row, a.at) for a in self.labels if self.grid.text(row, a.at)), ""
        )
        return str(cell)

    def read_row(self, row: int, texts: tuple[str, ...]) -> Told:
        """What the labels of a row say together."""
        senses = [
            (t, axis.senses[t], axis) for t, axis in zip(texts, self.labels, strict=True) if t
        ]
        for text, sense, axis in senses:
            if self.left(text):
                self.made.found.left_out.setdefault(text, "left")
                return Told(odd=text)
            if not sense.clear:
                place = axis.first.get(text, "")
                leave_out(self.made.found, self.explainer, text, sense.many, place, axis.role)
        told = Told.of([(text, sense) for text, sense, _ in senses])
        if told.odd and all(sense.clear for _, sense, _ in senses):
            place = f"{letters(self.labels[0].at)}{row + 1}"
            odd_row(self.made.found, self.labels, place, texts, told.odd)
        return told

    def left(self, text: str) -> bool:
        """Whether a label was left out by an answer."""
        return self.explainer.answers.word_left(text, self.explainer.timeless)

    def read_columns(self) -> dict[int, Told]:
        """What the heading says over each column of figures."""
        columns: dict[int, Told] = {}
        for column, texts in self.over.items():
            if not any(texts) and len(self.over) > 1:
                self.made.found.doubt(DraftNoHeading(column=letters(column)))
            senses = [(t, axis.senses[t]) for t, axis in zip(texts, self.levels, strict=True) if t]
            if out := [text for text, _ in senses if self.left(text)]:
                self.made.found.left_out.setdefault(out[0], "left")
                continue
            for text in dict.fromkeys(text for text, _ in senses):
                axis = next(a for t, a in zip(texts, self.levels, strict=True) if t == text)
                sense = axis.senses[text]
                value = corner(text) == "value" and len(self.frame.values) == 1
                if not sense.clear and not value:
                    place = axis.first.get(text, letters(column))
                    leave_out(self.made.found, self.explainer, text, sense.many, place, axis.role)
            told = Told.of([(t, s) for t, s in senses if corner(t) != "value"])
            if not told.odd:
                columns[column] = told
            elif all(sense.clear for _, sense in senses):
                twice(self.made.found, letters(column), "heading", texts[0], told.odd)
        return columns

    def own_place(self) -> None:
        """A table with a title that names no place speaks of the region; one without does not."""
        code = self.explainer.folder.code
        if any(not unit_line(line) for line in self.context.lines):
            self.made.found.guess("draft_own_place", LIKELY, region=code)
        else:
            line = f'[defaults]\nregion = "{code}"'
            self.made.found.doubt(DraftMissing(name="region", line=line))

    def last_period(self, column: int) -> str:
        """The period of the column at the left of a rate that names none, if it is the latest."""
        told = self.columns[column]
        before = [c for c in self.columns if c < column and "period" in self.columns[c].sets]
        if told.form != "growth" or "period" in told.sets or told.time or not before:
            return ""
        periods = [
            self.columns[c].sets["period"] for c in self.columns if "period" in self.columns[c].sets
        ]
        beside = self.columns[max(before)].sets["period"]
        return beside if beside == latest(periods) and not self.columns[max(before)].prior else ""

    def percent(self, row: int, column: int) -> str:
        """The percent sign that a cell shows, as text or by its format."""
        cell = self.grid.cell(row, column)
        if isinstance(cell, str):
            return cell.rstrip()[-1:] if cell.rstrip()[-1:] in ("%", "‰") else ""
        number = self.grid.formats[self.grid.mark(row, column) & (ERROR - 1)]
        return "%" if number is not None and number.percent else ""

    def figure(
        self, combiner: Combiner, row: int, column: int, last: str, percent: str
    ) -> Figure | None:
        texts = (
            [self.grid.shown(row, axis.at) for axis in self.labels],
            [text for text in dict.fromkeys(self.over[column]) if text],
        )
        place = f"{letters(column)}{row + 1}"
        return combiner.figure(self.rows[row], self.columns[column], place, last, texts, percent)

    def combine(self) -> None:
        combiner = Combiner(self.explainer, self.context, self.made.found, self.explainer.answers)
        known: dict[tuple[int, int, str], Figure | None] = {}
        last = {column: self.last_period(column) for column in self.columns}
        if any(last.values()):
            self.made.found.guess(
                "draft_rate_period", LIKELY, period=next(filter(None, last.values()))
            )
        wanting: list[tuple[int, int]] = []
        asked_for: list[tuple[int, int]] = []
        lacking: set[tuple[int, int, str]] = set()
        asked: set[tuple[int, int, str]] = set()
        for row, said in self.rows.items():
            for column, over in self.columns.items():
                if self.kinds.at(row, column) not in (FIGURE, YEAR, MARK) and row < len(
                    self.kinds.rows
                ):
                    continue
                percent = self.percent(row, column)
                which = (id(said), id(over), percent)
                if which not in known:
                    known[which] = self.figure(combiner, row, column, last[column], percent)
                    lacking |= {which} if combiner.lacking else set()
                    asked |= {which} if combiner.asking else set()
                if (figure := known[which]) is not None:
                    self.made.figures[row, column] = figure
                elif which in asked:
                    asked_for.append((row, column))
                elif which in lacking:
                    wanting.append((row, column))
        self.made.wanting = combiner.wanting
        if not self.made.figures and not self.made.found.doubts:
            self.made.found.doubt(DraftNothing(text=tuple(self.made.found.left_out)[:12]))
        if self.made.found.doubts and not self.made.figures:
            return
        texts = {row: {a.at: self.grid.shown(row, a.at) for a in self.labels} for row in self.rows}
        table = dict(self.context.sets)
        if not any("region" in told.sets for told in (*self.rows.values(), *self.columns.values())):
            if "region" not in table:
                self.own_place()
            table.setdefault("region", self.explainer.folder.code)
        self.made.written.defaults.setdefault("kind", self.context.kind)
        whole = Table(
            self.frame, self.labels, self.levels, self.over, self.rows, self.columns,
            self.made.figures, texts, table,
            title_unit(self.context.lines)[0], last, wanting, asked_for,
        )  # fmt: skip
        Assembler(whole, self.made.found, self.made.written).write()
