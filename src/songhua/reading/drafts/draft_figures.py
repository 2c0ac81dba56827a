"""The figures of a table, from label, heading and title together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from songhua.errors import Fault
from songhua.labels.units import as_typed
from songhua.messages import LANGUAGES, Words
from songhua.reading.drafts.answers import LEAVE, Answers
from songhua.reading.drafts.context import Context
from songhua.reading.drafts.draft_findings import Findings
from songhua.reading.drafts.fault_kinds import (
    DraftMissing,
    DraftMonth,
    DraftPeriod,
    DraftPrices,
    DraftRate,
    DraftTwice,
    DraftUnitMisfit,
)
from songhua.reading.crosstabs.printed_units import Printed
from songhua.reading.drafts.sense import Explainer, Sense
from songhua.reading.drafts.times import doubtful_month, told_period
from songhua.region.indicators import Indicator

Texts = tuple[Sequence[str], Sequence[str]]


@dataclass(frozen=True)
class JointSense:
    """Sense of a row or a column with all its texts together."""

    sets: Mapping[str, str] = field(default_factory=dict)
    form: str = ""
    time: str = ""
    prior: bool = False
    printed: Printed | None = None
    basis: str = ""
    odd: str = ""

    @classmethod
    def of(cls, senses: list[tuple[str, Sense]]) -> JointSense:
        """Several senses as one; `odd` is the first text that does not fit in."""
        sets: dict[str, str] = {}
        form = time = basis = odd = ""
        prior, printed = False, None
        for text, sense in senses:
            odd = odd or ("" if sense.clear else text)
            for name, value in sense.sets.items():
                if sets.setdefault(name, value) != value:
                    odd = odd or text
            if {form, sense.form} - {""} not in ({form}, {sense.form}, set()):
                odd = odd or text
            form, time, basis = form or sense.form, time or sense.time, basis or sense.basis
            prior = prior or sense.prior
            if sense.printed:
                if printed is not None and sense.printed[0] != printed:
                    odd = odd or text
                printed = printed or sense.printed[0]
        return cls(sets, form, time, prior, printed, basis, odd)


@dataclass(frozen=True)
class Figure:
    """Labels and unit of a figure; `unit_from` is `cell`, `row`, `column` or `table`."""

    indicator: str
    period: str
    region: str
    industry: str
    unit: str
    unit_from: str


@dataclass
class Combiner:
    """Combines the labels of row, column and table; each open question is a doubt."""

    explainer: Explainer
    context: Context
    findings: Findings
    answers: Answers = field(default_factory=Answers)
    wanting: dict[str, str] = field(default_factory=dict)
    lacking: bool = False
    asking: bool = False

    def figure(
        self,
        row: JointSense,
        column: JointSense,
        place: str,
        last: str = "",
        texts: Texts = ((), ()),
        percent: str = "",
    ) -> Figure | None:
        """Labels and unit of a figure; None where it is left out, or where there is a doubt.

        `last` is the period of the column beside a rate that names none, `texts` are the labels
        of the row and of the column. After it, `lacking` is whether the folder has no rate for
        the level, and `asking` whether it has several. `percent` is the sign that the cell shows.
        """
        self.lacking = self.asking = False
        if self.answers.pair_left(*texts, self.explainer.timeless):
            self.lacking = True
            return None
        answer = self.answers.pair(*texts, self.explainer.timeless)
        indicator = self.explainer.folder.catalogue.get(answer.get("indicator", ""))
        indicator = indicator or self._indicator(row, column, place)
        if indicator is None:
            return None
        period = self._period(row, column, place, indicator, last)
        cell = Printed(percent) if percent else None
        unit, source = self._unit(row, column, indicator, place, cell)
        if not period or not unit:
            return None
        sets = {**self.context.sets, **column.sets, **row.sets}
        for name in ("region", "industry"):
            by_row, by_column = row.sets.get(name), column.sets.get(name)
            if by_row and by_column and by_row != by_column:
                chosen = answer.get(name) or self._chosen(name, by_row, by_column, place)
                if not chosen:
                    return None
                sets[name] = chosen
        return Figure(
            indicator.id,
            period,
            sets.get("region", self.explainer.folder.code),
            sets.get("industry", ""),
            unit,
            source,
        )

    def _indicator(self, row: JointSense, column: JointSense, place: str) -> Indicator | None:
        ids = [sense.sets["indicator"] for sense in (row, column) if "indicator" in sense.sets]
        if len(set(ids)) > 1:
            chosen = self._chosen("indicator", ids[0], ids[1], place)
            return self.explainer.folder.catalogue[chosen] if chosen else None
        base = ids[0] if ids else self.context.sets.get("indicator", "")
        if not base:
            line = '[defaults]\nindicator = "…"'
            self.findings.doubt(DraftMissing(column=place, name="indicator", line=line))
            return None
        level = self.explainer.folder.catalogue[base]
        form = column.form or row.form or self.context.form
        if form != "growth" or level.rate:
            return level if self._prices(level, row, column, place) else None
        basis = column.basis or row.basis or self.context.basis
        folder = self.explainer.folder
        rates = [folder.catalogue[id] for id in folder.relations.growth_of(base)]
        if chosen := [rate for rate in rates if rate.id == self.answers.rates.get(base)]:
            return chosen[0]
        fitting = [rate for rate in rates if not basis or rate.basis in {basis, ""}]
        if len(fitting) == 1:
            return fitting[0]
        if not rates:
            self.wanting[base] = "growth"
            self.lacking = True
            return None
        self.asking = True
        which = tuple(rate.id for rate in fitting or rates)
        line = f'"… × …" = "{which[0]}"'
        self.findings.doubt(DraftRate(column=place, name=base, choices=which, line=line))
        return None

    def _chosen(self, name: str, first: str, second: str, place: str) -> str:
        """Which of two things that a row and a column say is meant; blank, with a doubt, if open.

        Where these figures are to be left out they lack what they would be.
        """
        chosen = self.answers.twice.get((name, first, second), "")
        self.lacking = chosen == LEAVE
        if not chosen:
            doubt = DraftTwice(column=place, name=name, one=first, other=second, between=True)
            self.findings.doubt(doubt)
        return "" if chosen == LEAVE else chosen

    def _out(self, kind: type[Fault], name: str) -> bool:
        """Figures of an indicator are left out for a doubt, as was answered."""
        self.lacking = (kind, name) in self.answers.left
        return self.lacking

    def _prices(self, level: Indicator, row: JointSense, column: JointSense, place: str) -> bool:
        basis = column.basis or row.basis or self.context.basis
        if basis and level.basis not in {basis, ""}:
            if not self._out(DraftPrices, level.id):
                self.findings.doubt(DraftPrices(column=place, name=level.id, basis=basis))
            return False
        return True

    def _period(
        self, row: JointSense, column: JointSense, place: str, indicator: Indicator, last: str
    ) -> str:
        printed = row.sets.get("period") or column.sets.get("period")
        time = column.time or row.time or self.context.time
        prior = column.prior or row.prior
        base = printed or last or self.context.sets.get("period", "")
        if not base:
            line = '[defaults]\nperiod = "…"'
            self.findings.doubt(DraftMissing(column=place, name="period", line=line))
            return ""
        period = base if last and not printed else told_period(base, time, prior)
        if period is None:
            part = "prior" if prior else time
            period = (
                base if part in self.answers.as_named else self.answers.periods.get((base, part))
            )
            if period is None:
                self.findings.doubt(DraftPeriod(column=place, text=base, name=part))
                return ""
        bare = not printed and not last and not time
        if bare and indicator.time == "flow" and doubtful_month(period):
            line = f'[defaults]\nperiod = "{period}"'
            self.findings.doubt(DraftMonth(column=place, text=period, line=line))
            return ""
        return period

    def _unit(
        self,
        row: JointSense,
        column: JointSense,
        indicator: Indicator,
        place: str,
        cell: Printed | None,
    ) -> tuple[str, str]:
        """The unit and who says it: a column before a row where both fit, then the table."""
        for source, printed in (("cell", cell), ("column", column.printed), ("row", row.printed)):
            if printed is None:
                continue
            if unit := printed.of(indicator.unit, indicator.basis):
                return unit, source
            if source != "row":
                self._misfit(indicator, printed, place)
                return "", ""
        if row.printed is not None and column.form != "growth":
            self._misfit(indicator, row.printed, place)
            return "", ""
        units = [
            unit for p in self.context.printed if (unit := p.of(indicator.unit, indicator.basis))
        ]
        if len(set(units)) == 1:
            return units[0], "table"
        if len(units) > 1:
            first, second = units[:2]
            self.findings.doubt(DraftTwice(column=place, name="unit", one=first, other=second))
        else:
            typed = {lang: as_typed(indicator.unit, lang) for lang in LANGUAGES}
            line = Words({lang: f'[defaults]\nunit = "{unit}"' for lang, unit in typed.items()})
            self.findings.doubt(DraftMissing(column=place, name="unit", line=line))
        return "", ""

    def _misfit(self, indicator: Indicator, printed: Printed, place: str) -> None:
        text = printed.unit or printed.scale or (f"{printed.base}=100" if printed.base else "")
        if not self._out(DraftUnitMisfit, indicator.id):
            doubt = DraftUnitMisfit(name=indicator.id, text=text, unit=indicator.unit)
            self.findings.doubt(doubt.at(column=place))
