"""From the reading of each figure to a map: the label that each axis names, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from songhua.grammar.periods import spoken_period
from songhua.reading.drafts.axes import Axis
from songhua.reading.drafts.draft_figures import Figure, JointSense
from songhua.reading.drafts.draft_findings import Findings
from songhua.reading.drafts.fault_kinds import DraftTwoColumns, DraftTwoMeanings
from songhua.reading.drafts.frame import Frame
from songhua.reading.drafts.sense import Sense
from songhua.reading.crosstabs.vocabulary import corner
from songhua.reading.drafts.written import Settings, Written
from songhua.reading.sheets.faults import letters
from songhua.reading.sheets.label_meaning import PAIR
from songhua.reading.sheets.units import split_unit, spoken_unit
from songhua.reading.sheets.words import split_marks

_AXES = ("period", "region", "industry")


@dataclass
class Table:
    """A table as it was understood: its frame, its axes, the sense of rows, columns and figures."""

    frame: Frame
    labels: list[Axis]
    levels: list[Axis]
    over: Mapping[int, list[str]]
    rows: Mapping[int, JointSense]
    columns: Mapping[int, JointSense]
    figures: Mapping[tuple[int, int], Figure]
    texts: Mapping[int, Mapping[int, str]]
    table: Mapping[str, str]
    title_unit: str
    last: Mapping[int, str]
    wanting: list[tuple[int, int]]
    asked: list[tuple[int, int]]


def plain(text: str) -> str:
    """A label without its footnote marks, as it is written into a map."""
    return split_marks(text)[0]


@dataclass
class Assembler:
    """Writes the map of a table; words that would have to mean two things are a doubt."""

    table: Table
    findings: Findings
    written: Written
    row_names: dict[int, str] = field(default_factory=dict)
    pairs: bool = False
    clashing: frozenset[str] = frozenset()

    def write(self) -> None:
        """Fill the map."""
        frame, written = self.table.frame, self.written
        written.heading, written.body = frame.heading, (frame.first, frame.last)
        written.values = tuple(c for c in frame.values)
        clashes = (self._clash(*at, figure) for at, figure in self.table.figures.items())
        self.clashing = frozenset(name for clash in clashes for name in clash)
        self._name_rows()
        self._name_levels()
        self.pairs = "indicator" in written.rows and "indicator" in written.columns
        for row, sense in self.table.rows.items():
            self._row(row, sense)
        for column, sense in self.table.columns.items():
            self._column(column, sense)
        for (row, column), figure in self.table.figures.items():
            self._figure(row, column, figure)
        written.ignore += [plain(text) for text in self.findings.left_out]
        written.ignore += [self._words(row, column) for row, column in self.table.wanting]
        for row, column in self.table.asked:
            words = self._words(row, column)
            self.written.labels.setdefault("indicator", {})[words] = {"indicator": ""}
        self._mark_undecided()
        self._defaults()

    def _words(self, row: int, column: int) -> str:
        """The words by which a figure is left out or named: of its column, of its row, or both."""
        levels = self.written.columns.get("indicator", ())
        if not levels and "indicator" in self.written.rows:
            return self._row_text(row)
        text = plain(self._text(column, levels))
        return f"{self._row_text(row)}{PAIR}{text}" if self.pairs else text

    def _mark_undecided(self) -> None:
        """A blank for each label of a row that a person must decide; a map with one is refused."""
        for axis in self.table.labels:
            name = self.row_names.get(axis.at, "")
            for text in axis.senses:
                if name and text in self.findings.asked:
                    self.written.labels.setdefault(name, {})[plain(text)] = {name: ""}

    def _clash(self, row: int, column: int, figure: Figure) -> Settings:
        """The labels of a figure where its row and its column name two."""
        row_sets = self.table.rows.get(row, JointSense()).sets
        column_sets = self.table.columns[column].sets
        labels = {"region": figure.region, "industry": figure.industry}
        return {n: v for n, v in labels.items() if row_sets.get(n, v) != column_sets.get(n, v)}

    def _role(self, axis: Axis) -> str:
        """The column under which an axis is named; of words read in pairs it is the indicator."""
        role = role_of(axis)
        return "indicator" if role in self.clashing else role

    def _name_rows(self) -> None:
        for axis in self.table.labels:
            name = self._role(axis)
            if name in self.written.rows:
                position = self.written.rows[name]
                first = next(a for a in self.table.labels if a.at == position)
                self._same(axis, first, name)
                continue
            self.written.rows[name] = axis.at
            self.row_names[axis.at] = name

    def _same(self, axis: Axis, first: Axis, name: str) -> None:
        """A second column of the same role must be fully understood; it was compared already."""
        if name in {"indicator", "unit"} or any(
            not s.clear for s in (*axis.senses.values(), *first.senses.values())
        ):
            text = f"{letters(first.at)}, {letters(axis.at)}"
            self.findings.doubt(DraftTwoColumns(column=letters(axis.at), name=name, text=text))

    def _name_levels(self) -> None:
        senses = self.table.columns.values()
        levels = [axis for axis in self.table.levels if axis.senses and not _silent(axis)]
        roles = [self._role(axis) for axis in levels]
        timed = any(sense.time or sense.prior for sense in senses)
        entangled = timed or any(self.table.last.values())
        if not levels:
            return
        if entangled or len(set(roles)) < len(roles):
            self.written.columns["indicator"] = tuple(
                sorted(n for axis in levels for n in (axis.at, *axis.also))
            )
            return
        for axis, role in zip(levels, roles, strict=True):
            if role in self.written.rows and role != "indicator":
                text = letters(self.written.rows[role])
                self.findings.doubt(DraftTwoColumns(name=role, text=text))
                continue
            self.written.columns[role] = (axis.at, *axis.also)

    def _set(self, name: str, text: str, settings: Mapping[str, str], place: str) -> None:
        if clash := self.written.set(name, text, settings):
            self.findings.doubt(DraftTwoMeanings(column=place, text=text, name=clash))

    def _row(self, row: int, row_sense: JointSense) -> None:
        for at, name in self.row_names.items():
            text = self.table.texts[row].get(at, "")
            if not text:
                continue
            sense = next(a for a in self.table.labels if a.at == at).senses[text]
            if name == "unit":
                continue
            sets = dict(sense.sets)
            if name == "indicator" and "indicator" in row_sense.sets:
                sets["indicator"] = row_sense.sets["indicator"]
            if name == "period" and set(sets) == {"period"} and self._reads(text, sets["period"]):
                continue
            self._set(name, plain(text), sets, f"{letters(at)}{row + 1}")

    def _reads(self, text: str, period: str) -> bool:
        """True where the reader of maps takes a text for this period by itself."""
        printed = plain(text)
        return period in (spoken_period(printed), spoken_period(split_unit(printed)[0]))

    def _column(self, column: int, column_sense: JointSense) -> None:
        for name, levels in self.written.columns.items():
            text = self._text(column, levels)
            axes = [a for a in self.table.levels if a.at in levels and a.senses]
            if not text or name == "unit":
                continue
            sets = {
                n: v
                for n, v in column_sense.sets.items()
                if any(
                    n in a.senses[t].sets
                    for a in axes
                    if (t := self.table.over[column][a.at]) in a.senses
                )
            }
            if name == "period" and self._reads(text, sets["period"]):
                continue
            if name == "indicator" and self.table.last[column]:
                sets["period"] = self.table.last[column]
            self._set(name, plain(text), sets, letters(column))

    def _text(self, column: int, levels: Iterable[int]) -> str:
        texts = (self.table.over[column][n] for n in levels)
        return " ".join(dict.fromkeys(filter(None, texts)))

    def _figure(self, row: int, column: int, figure: Figure) -> None:
        """Note the rate, the period and the unit that a figure's labels leave open."""
        row_sense, over = self.table.rows.get(row, JointSense()), self.table.columns[column]
        written, place = self.written, f"{letters(column)}{row + 1}"
        needed = self._clash(row, column, figure)
        merged = {**self.table.table, **over.sets, **row_sense.sets}
        if merged.get("indicator") != figure.indicator:
            needed["indicator"] = figure.indicator
        unit = self._unit(row, column, figure)
        if "indicator" in written.columns and merged.get("period") != figure.period:
            text = plain(self._text(column, written.columns["indicator"]))
            self._set("indicator", text, {"period": figure.period}, place)
        elif merged.get("period") != figure.period:
            self.written.defaults["period"] = figure.period
        if needed and unit:
            needed["unit"] = figure.unit
        if (needed and self.pairs) or (needed and "indicator" in written.columns):
            self._set("indicator", self._words(row, column), needed, place)
        elif needed and "indicator" in written.rows:
            self._set("indicator", self._row_text(row), needed, place)
        elif needed:
            for name, value in needed.items():
                self._default(name, value, place)
        elif unit:
            self._give_unit(row, column, figure, row_sense, over, place)

    def _give_unit(
        self, row: int, column: int, figure: Figure, line: JointSense, over: JointSense, place: str
    ) -> None:
        written = self.written
        unit = {"unit": figure.unit}
        if figure.unit_from == "row" and "unit" in written.rows:
            self._set("unit", plain(self.table.texts[row][written.rows["unit"]]), unit, place)
        elif figure.unit_from == "column" and "unit" in written.columns:
            self._set("unit", plain(self._text(column, written.columns["unit"])), unit, place)
        elif (
            "indicator" in line.sets or figure.unit_from == "row"
        ) and "indicator" in written.rows:
            self._set("indicator", self._row_text(row), unit, place)
        elif (
            "indicator" in over.sets or figure.unit_from == "column" or over.form
        ) and "indicator" in written.columns:
            text = plain(self._text(column, written.columns["indicator"]))
            self._set("indicator", text, unit, place)
        elif self.table.title_unit in {"", figure.unit} or not self.row_names:
            self._default("unit", figure.unit, place)
        else:  # the reader would take another unit from the title
            at, name = next(iter(self.row_names.items()))
            text = self.table.texts[row][at]
            self._set(name, plain(text), {name: line.sets.get(name, "")} | unit, place)

    def _row_text(self, row: int) -> str:
        return plain(self.table.texts[row][self.written.rows["indicator"]])

    def _default(self, name: str, value: str, place: str) -> None:
        if self.written.defaults.setdefault(name, value) != value:
            self.findings.doubt(DraftTwoMeanings(column=place, text="[defaults]", name=name))

    def _unit(self, row: int, column: int, figure: Figure) -> bool:
        """True where the map must give the unit, because the reader would not see it by itself."""
        written = self.written
        if figure.unit_from in {"table", "cell"}:
            return figure.unit_from == "table"
        if figure.unit_from == "column":
            texts = self.table.over[column]
            spoken = "unit" in written.columns and spoken_unit(
                plain(self._text(column, written.columns["unit"]))
            )
        else:
            texts = list(self.table.texts[row].values())
            spoken = "unit" in written.rows and spoken_unit(
                plain(self.table.texts[row].get(written.rows["unit"], ""))
            )
        printed = {split_unit(plain(text))[1] for text in texts} - {""}
        return spoken != figure.unit and printed != {figure.unit}

    def _defaults(self) -> None:
        """Labels that hold for the whole table and are named on no axis."""
        names = {"region", "industry", "period", "indicator"}
        sets = {n: v for n, v in self.table.table.items() if n in names}
        self.written.defaults = {**sets, **self.written.defaults}


def _silent(axis: Axis) -> bool:
    """True for a level that tells nothing of the figures: it is left to the reader as it stands."""
    return all(
        corner(text) == "value" or not sense.clear or sense == Sense()
        for text, sense in axis.senses.items()
    )


def role_of(axis: Axis) -> str:
    """The column of the observations under which a map names an axis."""
    if axis.role in {"unit", "note"}:
        return axis.role
    clear = [sense for sense in axis.senses.values() if sense.clear]
    names = {name for sense in clear for name in sense.sets}
    plain_ones = not any(sense.form or sense.time or sense.prior for sense in clear)
    return (
        next(iter(names)) if len(names) == 1 and plain_ones and names <= set(_AXES) else "indicator"
    )
