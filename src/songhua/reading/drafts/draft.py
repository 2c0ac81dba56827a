"""Drafting the map of a cross table from the sheet itself and the names of a folder.

A sheet is taken only if every word that could change what its figures mean is understood: the
lines above the table, its corner, its headings. A row or a column whose label the folder does not
have is left out and named. Each open question is a doubt, and a sheet with a doubt is not imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from songhua.reading.drafts.assembly import Assembler, Table
from songhua.reading.drafts.axes import Axis, heading_axes, label_axes
from songhua.reading.drafts.between import Between
from songhua.reading.drafts.context import read_context
from songhua.reading.drafts.draft_figures import Combiner, Figure, JointSense
from songhua.reading.drafts.draft_findings import CERTAIN, LIKELY, Findings
from songhua.reading.drafts.fault_kinds import (
    DraftMissing,
    DraftNoHeading,
    DraftNoTable,
    DraftNothing,
    DraftUnexplained,
)
from songhua.reading.drafts.frame import FIGURE, MARK, YEAR, Frame, Kinds, find_frame
from songhua.reading.drafts.meant import meant, odd_row, twice
from songhua.reading.drafts.parents import Parent
from songhua.reading.drafts.sense import Explainer
from songhua.reading.drafts.times import latest
from songhua.reading.drafts.unknown_labels import leave_out
from songhua.reading.drafts.vocabulary import corner
from songhua.reading.drafts.written import Written, spans
from songhua.reading.sheets.faults import letters
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.units import title_unit, unit_line


@dataclass
class Draft:
    """The draft of a map: its findings, and the map that follows from them."""

    findings: Findings
    written: Written
    figures: dict[tuple[int, int], Figure] = field(default_factory=dict)
    wanting: Mapping[str, str] = field(default_factory=dict)
    frame: Frame | None = None


def draft(
    grid: Grid, explainer: Explainer, file: str, fixed: Mapping[str, str], comma: bool = False
) -> Draft:
    """The draft of the map of a sheet. `fixed` are labels that the sheet lacks (its source …)."""
    answers = explainer.answers
    findings = Findings(file, grid.sheet, settled=answers.settled)
    written = Written(
        sheet=grid.sheet, comma=comma, defaults=dict(fixed), fill=answers.fill,
        blank=answers.blank, parts=answers.parts, as_named=answers.as_named,
    )  # fmt: skip
    drafted = Draft(findings, written)
    parts = answers.parts
    for how, texts in (("above", [parts.above]), ("below", [parts.below]), ("skip", parts.skip)):
        for text in filter(None, texts):
            findings.guess(f"draft_part_{how}", text=text)
    kinds = Kinds(grid, comma)
    drafted.frame = frame = find_frame(kinds)
    if frame is None:
        findings.doubt(DraftNoTable())
        return drafted
    _Drafter(grid, kinds, frame, explainer, drafted).run()
    return drafted


@dataclass
class _Drafter:
    grid: Grid
    kinds: Kinds
    frame: Frame
    explainer: Explainer
    draft: Draft

    def run(self) -> None:
        frame, findings = self.frame, self.draft.findings
        findings.guess(
            "draft_frame", LIKELY,
            heading=tuple(str(row + 1) for row in frame.heading),
            first=frame.first + 1, last=frame.last + 1,
            labels=tuple(spans(frame.labels)), values=tuple(spans(frame.values)),
        )  # fmt: skip
        self.context = read_context(self.grid, frame, self.explainer, findings)
        self.levels, self.over = heading_axes(self.grid, frame, self.explainer, self.context.year)
        self.labels = label_axes(self.grid, frame, self.explainer, self.context.year)
        self.labels = meant(self.labels, self.levels, self.over, self.explainer.answers.rows)
        self.doubts = Between(
            self.grid, self.kinds, frame, self.labels, findings, self.explainer.answers.blank
        )
        self.doubts.sides(self.over)
        self.doubts.lines()
        self.labels = [axis for axis in self.labels if self.has_meaning(axis)]
        self.rows = self.read_rows()
        self.columns = self.read_columns()
        self.combine()

    def has_meaning(self, axis: Axis) -> bool:
        """True for a column of labels that speaks of the figures; if it may, that is a doubt."""
        head = " ".join(self.grid.text(r, axis.at) for r in self.frame.heading)
        name = next(
            (w for r in self.frame.heading if (w := corner(self.grid.text(r, axis.at)))), ""
        )
        serial = [text.rstrip("、.．") for text in axis.senses]
        if all(text.isdigit() for text in serial) and not name and not axis.understood:
            self.draft.findings.guess("draft_serial", LIKELY, columns=letters(axis.at))
            return False
        if not axis.understood and name in {"region", "industry"} and self.twin(axis):
            return False
        if not axis.understood and not (name and len(self.labels) == 1):
            text = head or next(iter(axis.senses), "")
            self.draft.findings.doubt(DraftUnexplained(column=letters(axis.at), text=text))
            return False
        self.doubts.blanks(axis)
        n, of = sum(s.clear for s in axis.senses.values()), len(axis.senses)
        params = {"columns": letters(axis.at), "role": axis.role, "n": n, "of": of}
        self.draft.findings.guess("draft_labels", CERTAIN if name else LIKELY, **params)
        return True

    def twin(self, axis: Axis) -> bool:
        """True for a column of codes of the entries that another column names.

        Codes are no numbers, or each name has one code wherever it stands, and some stand twice.
        """
        if not all(text[:1].isdigit() for text in axis.senses):
            return any(o.role == axis.role and o.understood for o in self.labels if o is not axis)
        rows = range(self.frame.first, self.frame.last + 1)
        for partner in (o for o in self.labels if o.role == axis.role and o.understood):
            names = [self.grid.area_text(row, partner.at) for row in rows]
            pairs = {(n, self.grid.area_text(r, axis.at)) for n, r in zip(names, rows, strict=True)}
            if len(pairs) == len(set(names)) < len(names):
                return True
        return False

    def read_rows(self) -> dict[int, JointSense]:
        """Sense of each row of the body; rows whose label is not understood are left out."""
        rows: dict[int, JointSense] = {}
        by_texts: dict[tuple[str, ...], JointSense] = {}
        parent = Parent()
        for row in range(self.frame.first, self.frame.last + 1):
            texts = tuple(self.grid.area_text(row, axis.at) for axis in self.labels)
            if not any(texts) and self.labels:
                continue
            if texts not in by_texts:
                by_texts[texts] = self.read_row(row, texts)
            joint = by_texts[texts]
            if not joint.odd:
                rows[row] = parent.child(joint, self.label(row))
        if parent.found and parent.told != self.context.sets.get("indicator"):
            self.draft.findings.guess(
                "draft_parts", LIKELY, text=tuple(dict.fromkeys(parent.found))[:12]
            )
        return rows

    def label(self, row: int) -> str:
        """The first label of a row as it stands there, with the spaces before it."""
        cell = next(
            (self.grid.cell(row, a.at) for a in self.labels if self.grid.text(row, a.at)), ""
        )
        return str(cell)

    def read_row(self, row: int, texts: tuple[str, ...]) -> JointSense:
        """Sense of the labels of a row together."""
        senses = [
            (t, axis.senses[t], axis) for t, axis in zip(texts, self.labels, strict=True) if t
        ]
        for text, sense, axis in senses:
            if self.was_left_out(text):
                self.draft.findings.left_out.setdefault(text, "left")
                return JointSense(odd=text)
            if not sense.clear:
                place = axis.first.get(text, "")
                leave_out(self.draft.findings, self.explainer, text, sense.many, place, axis.role)
        joint = JointSense.of([(text, sense) for text, sense, _ in senses])
        if joint.odd and all(sense.clear for _, sense, _ in senses):
            place = f"{letters(self.labels[0].at)}{row + 1}"
            odd_row(self.draft.findings, self.labels, place, texts, joint.odd)
        return joint

    def was_left_out(self, text: str) -> bool:
        """True where a label was left out by an answer."""
        return self.explainer.answers.word_left(text, self.explainer.timeless)

    def read_columns(self) -> dict[int, JointSense]:
        """Sense of the heading over each column of figures."""
        columns: dict[int, JointSense] = {}
        for column, texts in self.over.items():
            if not any(texts) and len(self.over) > 1:
                self.draft.findings.doubt(DraftNoHeading(column=letters(column)))
            senses = [(t, axis.senses[t]) for t, axis in zip(texts, self.levels, strict=True) if t]
            if out := [text for text, _ in senses if self.was_left_out(text)]:
                self.draft.findings.left_out.setdefault(out[0], "left")
                continue
            for text in dict.fromkeys(text for text, _ in senses):
                axis = next(a for t, a in zip(texts, self.levels, strict=True) if t == text)
                sense = axis.senses[text]
                value = corner(text) == "value" and len(self.frame.values) == 1
                if not sense.clear and not value:
                    at = axis.first.get(text, letters(column))
                    leave_out(self.draft.findings, self.explainer, text, sense.many, at, axis.role)
            joint = JointSense.of([(t, s) for t, s in senses if corner(t) != "value"])
            if not joint.odd:
                columns[column] = joint
            elif all(sense.clear for _, sense in senses):
                twice(self.draft.findings, letters(column), "heading", texts[0], joint.odd)
        return columns

    def own_place(self) -> None:
        """A table with a title that names no place speaks of the region; one without does not."""
        code = self.explainer.folder.code
        if any(not unit_line(line) for line in self.context.lines):
            self.draft.findings.guess("draft_own_place", LIKELY, region=code)
        else:
            line = f'[defaults]\nregion = "{code}"'
            self.draft.findings.doubt(DraftMissing(name="region", line=line))

    def last_period(self, column: int) -> str:
        """The period of the column at the left of a rate that names none, if it is the latest."""
        joint = self.columns[column]
        before = [c for c in self.columns if c < column and "period" in self.columns[c].sets]
        if joint.form != "growth" or "period" in joint.sets or joint.time or not before:
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
        number = self.grid.format(row, column)
        return "%" if number is not None and (number.percent or number.literal == "%") else ""

    def figure(
        self, combiner: Combiner, row: int, column: int, last: str, percent: str
    ) -> Figure | None:
        texts = (
            [self.grid.area_text(row, axis.at) for axis in self.labels],
            [text for text in dict.fromkeys(self.over[column]) if text],
        )
        place = f"{letters(column)}{row + 1}"
        return combiner.figure(self.rows[row], self.columns[column], place, last, texts, percent)

    def combine(self) -> None:
        joiner = Combiner(self.explainer, self.context, self.draft.findings, self.explainer.answers)
        by_key: dict[tuple[int, int, str], Figure | None] = {}
        last = {column: self.last_period(column) for column in self.columns}
        if any(last.values()):
            self.draft.findings.guess(
                "draft_rate_period", LIKELY, period=next(filter(None, last.values()))
            )
        wanting: list[tuple[int, int]] = []
        asked_for: list[tuple[int, int]] = []
        lacking: set[tuple[int, int, str]] = set()
        ambiguous: set[tuple[int, int, str]] = set()
        for row, row_sense in self.rows.items():
            for column, over in self.columns.items():
                if self.kinds.at(row, column) not in (FIGURE, YEAR, MARK) and row < len(
                    self.kinds.rows
                ):
                    continue
                percent = self.percent(row, column)
                which = (id(row_sense), id(over), percent)
                if which not in by_key:
                    by_key[which] = self.figure(joiner, row, column, last[column], percent)
                    lacking |= {which} if joiner.lacking else set()
                    ambiguous |= {which} if joiner.asking else set()
                if (figure := by_key[which]) is not None:
                    self.draft.figures[row, column] = figure
                elif which in ambiguous:
                    asked_for.append((row, column))
                elif which in lacking:
                    wanting.append((row, column))
        self.draft.wanting = joiner.wanting
        if not self.draft.figures and not self.draft.findings.doubts:
            self.draft.findings.doubt(DraftNothing(text=tuple(self.draft.findings.left_out)[:12]))
        if self.draft.findings.doubts and not self.draft.figures:
            return
        texts = {r: {a.at: self.grid.area_text(r, a.at) for a in self.labels} for r in self.rows}
        table = dict(self.context.sets)
        if not any("region" in side.sets for side in (*self.rows.values(), *self.columns.values())):
            if "region" not in table:
                self.own_place()
            table.setdefault("region", self.explainer.folder.code)
        self.draft.written.defaults.setdefault("kind", self.context.kind)
        whole = Table(
            self.frame, self.labels, self.levels, self.over, self.rows, self.columns,
            self.draft.figures, texts, table,
            title_unit(self.context.lines)[0], last, wanting, asked_for,
        )  # fmt: skip
        Assembler(whole, self.draft.findings, self.draft.written).write()
