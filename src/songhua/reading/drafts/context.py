"""Lines above a table and its corner, which hold for all of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from songhua.reading.drafts.draft_findings import CERTAIN, LIKELY, Findings
from songhua.reading.drafts.fault_kinds import DraftAhead, DraftTwice, DraftUnexplained
from songhua.reading.drafts.frame import Frame
from songhua.reading.crosstabs.printed_units import Printed
from songhua.reading.drafts.sense import Explainer, Sense
from songhua.reading.crosstabs.vocabulary import corner, pattern, speaks_of, vocabulary
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.units import unit_line
from songhua.reading.sheets.words import is_note, key, words


@dataclass
class Context:
    """Context of a whole table: its indicator, place, period, units, prices and kind."""

    sets: dict[str, str] = field(default_factory=dict)
    printed: list[Printed] = field(default_factory=list)
    basis: str = ""
    time: str = ""
    form: str = ""
    kind: str = "actual"
    lines: list[str] = field(default_factory=list)

    @property
    def year(self) -> str:
        """The year that the lines above the table name; blank if they name none, or several."""
        period = self.sets.get("period", "")
        years = {part[:4] for part in period.split("..")} if period else set()
        return years.pop() if len(years) == 1 else ""


@dataclass
class _Above:
    grid: Grid
    frame: Frame
    explainer: Explainer
    findings: Findings
    context: Context = field(default_factory=Context)

    def read(self) -> Context:
        grid, frame = self.grid, self.frame
        for row in frame.above:
            filled = grid.filled(row)
            texts = [grid.text(row, column) for column in filled]
            place = grid.place(row, filled[0]).rpartition("!")[2]
            self.line(texts, place)
        for row in frame.heading:
            for column in (*frame.labels, *frame.others):
                text = grid.text(row, column)
                if text and not corner(text):
                    self.corner(text, grid.place(row, column).rpartition("!")[2])
        for row in range(frame.last + 1, len(grid.cells)):
            for column in grid.filled(row):
                if line := unit_line(grid.text(row, column)):
                    place = grid.place(row, column).rpartition("!")[2]
                    self.findings.doubt(DraftUnexplained(column=place, text=line))
        self.answered()
        return self.context

    def answered(self) -> None:
        """Put in the earlier answers about the whole table."""
        answers, context = self.explainer.answers, self.context
        defaults = {
            n: v
            for n, v in answers.defaults.items()
            if n in {"indicator", "region", "industry", "period"}
        }
        context.sets |= defaults
        context.kind = answers.defaults.get("kind", context.kind)
        context.time = context.time or answers.time
        if unit := answers.defaults.get("unit"):
            context.printed = [Printed(unit)]

    def line(self, texts: list[str], place: str) -> None:
        """A line above the table: a word and what it is, or a title."""
        first = key(texts[0])
        if any(first.startswith(key(word)) for word in vocabulary().ignored_lines):
            texts = [text for text in texts if unit_line(text)]
            if not texts:
                return
        name, colon, tail = texts[0].replace("：", ":").partition(":")
        if colon and tail.strip() and not unit_line(texts[0]) and self.role_named(name):
            texts = [name.strip(), tail.strip(), *texts[1:]]
        if len(texts) > 1 and (role := self.role_named(texts[0])):
            for text in texts[1:]:
                self.take(text, place, "" if role == "named" else role)
            return
        for text in texts:
            self.take(text, place, "")

    def role_named(self, text: str) -> str:
        """Role that a word before a colon, or in a cell of its own, gives to the text behind it."""
        text = text.strip().rstrip(":：")
        plain = key(text)
        if plain in map(key, vocabulary().named_lines):
            return "named"
        return corner(text)

    def corner(self, text: str, place: str) -> None:
        """The text over the labels: a unit, or nothing that tells of figures."""
        if self.explainer.explain(text, title=True).sets:
            self.findings.doubt(DraftUnexplained(column=place, text=text))
        else:
            self.take(text, place, "")

    def take(self, text: str, place: str, role: str) -> None:
        if role in {"ignored", "note"}:
            return
        if speaks_of("ahead", text):
            self.findings.doubt(DraftAhead(column=place, text=text))
        if speaks_of("preliminary", text):
            self.context.kind = "preliminary"
            self.findings.guess("draft_kind", LIKELY, text=text[:60], kind="preliminary")
            text = pattern("preliminary").sub(" ", text)
        if role == "unit" and not unit_line(text):
            text = f"{words().unit_lines[0]}：{text}"
        sense = self.explainer.explain(text, role, title=True) if text.strip() else Sense()
        if is_note(text) or not sense.clear:
            unread = (*sense.rest, *sense.many) or (text,)
            self.findings.doubt(DraftUnexplained(column=place, text=unread[:8]))
        self.context.lines.append(text)
        self.context.printed += [p for p in sense.printed if p not in self.context.printed]
        self.context.basis = self.context.basis or sense.basis
        self.context.time = self.context.time or sense.time
        self.context.form = self.context.form or sense.form
        for name, value in sense.sets.items():
            answered = name in self.explainer.answers.defaults
            if self.context.sets.setdefault(name, value) != value and not answered:
                earlier = self.context.sets[name]
                self.findings.doubt(DraftTwice(column=place, name=name, one=earlier, other=value))
            self.findings.guess("draft_table", CERTAIN, text=text[:60], role=name, value=value)


def read_context(grid: Grid, frame: Frame, explainer: Explainer, findings: Findings) -> Context:
    """The context that the lines above a table give; a line that is not understood is a doubt."""
    return _Above(grid, frame, explainer, findings).read()
