"""What stands above and in the corner of a table, and holds for all of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from songhua.reading.drafts.fault_kinds import DraftAhead, DraftTwice, DraftUnexplained
from songhua.reading.drafts.findings import CERTAIN, LIKELY, Findings
from songhua.reading.drafts.frame import Frame
from songhua.reading.drafts.printed_units import Printed
from songhua.reading.drafts.sense import Explainer, Sense
from songhua.reading.drafts.vocabulary import corner, pattern, speaks_of, vocabulary
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.units import unit_line
from songhua.reading.sheets.words import is_note, key, words


@dataclass
class Context:
    """What holds for a whole table: its indicator, place, period, units, prices and kind."""

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
    found: Findings
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
                    self.found.doubt(DraftUnexplained(column=place, text=line))
        self.answered()
        return self.context

    def answered(self) -> None:
        """Put in what was answered of the whole table before."""
        answers, context = self.explainer.answers, self.context
        told = {
            n: v
            for n, v in answers.defaults.items()
            if n in {"indicator", "region", "industry", "period"}
        }
        context.sets |= told
        context.kind = answers.defaults.get("kind", context.kind)
        context.time = context.time or answers.time
        if unit := answers.defaults.get("unit"):
            context.printed = [Printed(unit)]

    def line(self, texts: list[str], place: str) -> None:
        """A line above the table: a word and what it is, or a title."""
        first = key(texts[0])
        if any(first.startswith(key(word)) for word in vocabulary()["lines"]["ignored"]):
            texts = [text for text in texts if unit_line(text)]
            if not texts:
                return
        name, colon, rest = texts[0].replace("：", ":").partition(":")
        if colon and rest.strip() and not unit_line(texts[0]) and self.named(name):
            texts = [name.strip(), rest.strip(), *texts[1:]]
        if len(texts) > 1 and (role := self.named(texts[0])):
            for text in texts[1:]:
                self.take(text, place, "" if role == "named" else role)
            return
        for text in texts:
            self.take(text, place, "")

    def named(self, text: str) -> str:
        """What a word before a colon, or in a cell of its own, says of what follows."""
        text = text.strip().rstrip(":：")
        plain = key(text)
        if plain in map(key, vocabulary()["lines"]["named"]):
            return "named"
        return corner(text)

    def corner(self, text: str, place: str) -> None:
        """What stands over the labels: a unit, or nothing that tells of figures."""
        if self.explainer.explain(text, title=True).sets:
            self.found.doubt(DraftUnexplained(column=place, text=text))
        else:
            self.take(text, place, "")

    def take(self, text: str, place: str, role: str) -> None:
        if role in {"ignored", "note"}:
            return
        if speaks_of("ahead", text):
            self.found.doubt(DraftAhead(column=place, text=text))
        if speaks_of("preliminary", text):
            self.context.kind = "preliminary"
            self.found.guess("draft_kind", LIKELY, text=text[:60], kind="preliminary")
            text = pattern("kinds", "preliminary").sub(" ", text)
        if role == "unit" and not unit_line(text):
            text = f"{words()['unit_lines'][0]}：{text}"
        sense = self.explainer.explain(text, role, title=True) if text.strip() else Sense()
        if is_note(text) or not sense.clear:
            rest = (*sense.rest, *sense.many) or (text,)
            self.found.doubt(DraftUnexplained(column=place, text=rest[:8]))
        self.context.lines.append(text)
        self.context.printed += [p for p in sense.printed if p not in self.context.printed]
        self.context.basis = self.context.basis or sense.basis
        self.context.time = self.context.time or sense.time
        self.context.form = self.context.form or sense.form
        for name, value in sense.sets.items():
            known = name in self.explainer.answers.defaults
            if self.context.sets.setdefault(name, value) != value and not known:
                other = self.context.sets[name]
                self.found.doubt(DraftTwice(column=place, name=name, one=other, other=value))
            self.found.guess("draft_table", CERTAIN, text=text[:60], role=name, value=value)


def read_context(grid: Grid, frame: Frame, explainer: Explainer, found: Findings) -> Context:
    """What stands above a table; what is not understood there is a doubt."""
    return _Above(grid, frame, explainer, found).read()
