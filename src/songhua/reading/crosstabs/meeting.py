"""Labels and unit of a figure, from its row, its column and its table together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from songhua.grammar.periods import spoken_period
from songhua.grammar.unit_words import index_base
from songhua.labels import parse_unit
from songhua.reading.crosstabs.axes import period_of
from songhua.reading.crosstabs.context import Context
from songhua.reading.crosstabs.entries import NewEntries
from songhua.reading.crosstabs.join import Joint, meant_period
from songhua.reading.crosstabs.questions import EACH, KEEP, LEAVE, MOST, Answers, Question
from songhua.reading.crosstabs.printed_units import Printed
from songhua.reading.sheets.words import key
from songhua.region.catalogues import Catalogues
from songhua.region.indicators import Indicator

if TYPE_CHECKING:
    from songhua.reading.crosstabs.reading import SheetReading

Parts = Sequence[Joint | None]


@dataclass(frozen=True)
class Labels:
    """Labels and unit of a figure; the ids of new entries stand behind a sign."""

    indicator: str
    region: str
    industry: str
    period: str
    unit: str
    kind: str = "actual"
    status: str = ""
    open_time: bool = False


@dataclass(frozen=True)
class _Subject:
    indicator: str
    region: str
    industry: str
    unit: str
    status: str
    flow: bool


@dataclass
class Meeting:
    """Finds the labels of figures; each open question is asked once."""

    folder: Catalogues
    context: Context
    answers: Answers
    sheet: SheetReading
    named: bool = True
    forced: Printed | None = None
    _numbers: dict[tuple[Any, ...], int] = field(default_factory=dict)
    _joints: dict[int, tuple[Joint, int, int]] = field(default_factory=dict)
    _subjects: dict[tuple[Any, ...], _Subject | None] = field(default_factory=dict)
    _periods: dict[tuple[int, ...], str] = field(default_factory=dict)
    _labels: dict[tuple[int, str], Labels] = field(default_factory=dict)

    @property
    def entries(self) -> NewEntries:
        """The new entries of the workbook."""
        return self.sheet.entries

    def labels(self, parts: Parts, sign: str, place: str) -> Labels | None:
        """The labels of a figure; None where it is left out or something is open.

        The subject and the period are each found once for all rows and columns that are alike in
        them, so that a table of a million cells costs a few hundred readings.
        """
        numbered = [self._numbered(part) for part in parts if part is not None]
        about = (*(subject for _, subject, _ in numbered), sign)
        if about not in self._subjects:
            self._subjects[about] = self.subject([joint for joint, _, _ in numbered], sign, place)
        when = tuple([period for _, _, period in numbered])
        if when not in self._periods:
            self._periods[when] = self.period([joint for joint, _, _ in numbered], place)
        subject, period = self._subjects[about], self._periods[when]
        if subject is None or not period:
            return None
        which = id(subject), period
        if which not in self._labels:
            self._labels[which] = Labels(
                subject.indicator, subject.region, subject.industry, period, subject.unit,
                self.context.kind, subject.status, subject.flow and _is_part(period),
            )  # fmt: skip
        return self._labels[which]

    def _numbered(self, joint: Joint) -> tuple[Joint, int, int]:
        """A joint sense with the numbers of its subject and of its period."""
        known = self._joints.get(id(joint))
        if known is None:
            subject = self._numbers.setdefault(joint.subject(), len(self._numbers))
            period = self._numbers.setdefault(joint.when(), len(self._numbers))
            known = self._joints[id(joint)] = (joint, subject, period)
        return known

    def subject(self, parts: Sequence[Joint], sign: str, place: str) -> _Subject | None:
        """All labels of a figure but its period."""
        region = self.region(parts, place)
        indicator = self.indicator(parts, sign, place)
        if not region or indicator is None:
            return None
        id, unit = indicator
        industry = self.chosen("industry", parts, place)
        if industry is None or not unit:
            return None
        status = next((part.status for part in parts if part.status), "")
        return _Subject(id, region, industry, unit, status, self.is_open(parts, id, unit))

    def is_open(self, parts: Sequence[Joint], id: str, unit: str) -> bool:
        """True for a flow of which no word says whether it counts from January."""
        if any(p.time for p in parts) or self.context.time or self.answers.get("time"):
            return False
        known = self.folder.catalogue.get(id)
        flow = known is None or (known.time == "flow" and known.form == "level")
        return flow and parse_unit(unit).dimension[0] not in ("ratio", "points")

    def chosen(self, name: str, parts: Sequence[Joint], place: str) -> str | None:
        """The one value of a column among the parts; None, with a question, where there are two."""
        values = dict.fromkeys(p.sets[name] for p in parts if name in p.sets)
        new = next((p.new[name] for p in parts if name in p.new), "")
        new = new or ("" if values else self.context.new.get(name, ""))
        if new:
            return self.entries.add(name, new) or None
        if len(values) > 1:
            first, second = list(values)[:2]
            answer = self.answers.get("twice", f"{name} {first} {second}")
            if answer in values:
                return answer
            params = {"name": name, "first": first, "second": second}
            options = (first, second, LEAVE)
            subject = f"{name} {first} {second}"
            if answer == LEAVE:
                self.sheet.leave("twice", subject, place)
            else:
                self.sheet.ask(Question("twice", subject, place, params, options))
            return None
        return next(iter(values), self.context.sets.get(name, ""))

    def region(self, parts: Sequence[Joint], place: str) -> str:
        """The place: the one in the words of the series before the one of its row or column."""
        own = next((p.own_region for p in parts if p.own_region), "")
        region = own or self.chosen("region", parts, place)
        if region is None:
            return ""
        region = region or self.answered("place", "region")
        if not region:
            ids = [self.folder.code, *self.folder.places]
            options = tuple(dict.fromkeys(ids))[:MOST]
            self.sheet.ask(Question("place", "", place, {}, options, "name"))
        elif region not in self.folder.places and region != self.folder.code:
            region = region if region.startswith("+") else self.entries.add("region", region)
        return "" if region == LEAVE else region

    def period(self, parts: Sequence[Joint], place: str) -> str:
        """The period of a figure; blank where it has none, or is asked about."""
        if text := next((p.no_period for p in parts if p.no_period), ""):
            self.sheet.leave("no_period", text, place)
            return ""
        period = ""
        for part in parts:
            period = part.sets.get("period", period) if not period else period
        doubtful = next((p.open_period for p in parts if p.open_period), None)
        if doubtful and doubtful[1] == "year_missing" and len(period) == 4:
            period = spoken_period(doubtful[0], period) or ""
        if doubtful and not period:
            text, reason = doubtful
            financial = "financial" in reason
            kind, typed = ("year_begins", "month") if financial else ("period", "period")
            options = ("1", "4", "7", "10") if financial else ()
            params = {"text": text}
            self.sheet.ask(Question(kind, "" if financial else text, place, params, options, typed))
            return ""
        period = period or self.context.sets.get("period", "") or self.answers.get("period")
        part = next((p.part for p in parts if p.part), "")
        period += part if part and len(period) == 4 else ""
        if not period:
            self.sheet.ask(Question("period", "", place, {}, (), "period"))
            return ""
        frequency = next((p.frequency for p in parts if p.frequency), self.context.frequency)
        period = period_of(period, frequency)
        time = next((p.time for p in parts if p.time), "") or self.context.time
        time = time or self.answers.get("time")
        prior = any(p.prior for p in parts)
        meant = meant_period(period, time, prior)
        if meant is None:
            params = {"text": period, "part": "prior" if prior else time}
            self.sheet.ask(Question("part", f"{period} {time}", place, params, ("as", LEAVE)))
            return ""
        return meant

    def indicator(
        self, parts: Sequence[Joint], sign: str, place: str
    ) -> tuple[str, str] | None:
        """The id of the indicator and the unit of a figure."""
        names = [name for part in parts for name in part.names]
        ids = dict.fromkeys(p.sets["indicator"] for p in parts if "indicator" in p.sets)
        unknown = any(part.unknown or part.odd for part in parts)
        form = next((p.form for p in parts if p.form), "") or self.context.form
        base = next((p.base for p in parts if p.base), "") or self.context.base
        basis = next((p.basis for p in parts if p.basis), "") or self.context.basis
        name = ", ".join(dict.fromkeys(names))
        if name and not ids and not self.named:
            of = self.context.name or self.answered("indicator", "indicator")
            known = self.context.sets.get("indicator", of)
            if known in self.folder.catalogue:
                of = self.folder.label("indicators", known)
            if not of:
                return self.ask_indicator(place)
            name = f"{of}, {name}"
        level: Indicator | None = None
        if name and unknown:
            chosen = self.answers.get("word", name)
            level = self.folder.catalogue.get(chosen)
            if chosen == LEAVE:
                return None
        elif len(ids) == 1:
            level = self.folder.catalogue[next(iter(ids))]
        elif not ids:
            known = self.context.sets.get("indicator") or self.answered("indicator", "indicator")
            known = known or (self.context.by_sheet.get("indicator", "") if not name else "")
            level = self.folder.catalogue.get(known)
            name = name or self.context.name or (known if level is None else "")
            if level is None and not name:
                return self.ask_indicator(place)
        units = self.units(parts, sign)
        odd = next((p.odd_unit for p in parts if p.odd_unit), "") or self.context.odd_unit
        if not sign and odd and not any(part.units for part in parts):
            if not (unit := self.answers.get("unit", odd)):
                self.sheet.ask(Question("unit", odd, place, {"text": (odd,)}, (LEAVE,), "unit"))
            if unit in ("", LEAVE):
                return None
            units = [Printed(unit)]
        if level is not None:
            found = self.known(level, form, basis, base, units, place)
            if found is not None:
                return found
            name = name or self.folder.label("indicators", level.id)
        return self.new(name, form, base, units, level, place)

    def answered(self, kind: str, column: str) -> str:
        """The entry that was answered: an id, or a name without an entry."""
        answer = self.answers.get(kind)
        tokens = self.sheet.words.lexicon.meanings(key(answer)) if answer else []
        return next((t.value for t in tokens if t.column == column), answer)

    def ask_indicator(self, place: str) -> None:
        """Ask what the figures of a table count, where nothing in it says so."""
        options = tuple(self.folder.indicators)[:MOST]
        self.sheet.ask(Question("indicator", "", place, {}, options, "name"))

    def units(self, parts: Sequence[Joint], sign: str) -> list[Printed]:
        """The units that may hold, the nearest first: cell, column, row, then the table's."""
        if self.forced is not None:
            return [self.forced]
        row, over, *between = parts
        printed = [Printed(sign)] if sign else []
        for part in (over, row, *between):
            printed += part.units
        return printed or list(self.context.units)

    def known(
        self, level: Indicator, form: str, basis: str, base: str, units: list[Printed], place: str
    ) -> tuple[str, str] | None:
        """An indicator of the folder in a unit that fits it; None where the sheet's is another."""
        candidates = [level]
        if form == "growth" and not level.rate:
            rates = [self.folder.catalogue[i] for i in self.folder.relations.growth_of(level.id)]
            fitting = [rate for rate in rates if not basis or rate.basis in {basis, ""}]
            if len(fitting) > 1:
                fitting = self.chosen_rate(level, fitting, place)
                if not fitting:
                    return level.id, ""
            if not fitting:
                return None
            candidates = fitting
        elif basis and level.basis not in {basis, ""}:
            return None
        indicator = candidates[0]
        if base:
            same = indicator.form == "ratio" and indicator.unit == "%"
            last_year = index_base(f"{base}=100") == "previous_year"
            return (indicator.id, "%") if same and last_year else None
        fits = [fit for unit in units if (fit := unit.of(indicator.unit, indicator.basis))]
        if fits and (len(set(fits)) == 1 or units != self.context.units):
            return indicator.id, fits[0]
        if fits:
            text = self.folder.label("indicators", indicator.id)
            unit = self.answers.get("unit", text)
            if not unit:
                ask = Question("unit", text, place, {"text": (text,)}, tuple(fits), "unit")
                self.sheet.ask(ask)
            return indicator.id, unit
        if units:
            return None
        unit = self.asked_unit(indicator.id, indicator.unit, place)
        return (indicator.id, unit) if unit else (indicator.id, "")

    def chosen_rate(
        self, level: Indicator, rates: Sequence[Indicator], place: str
    ) -> list[Indicator]:
        """The one of several rates of a level that is meant; none, with a question, if it is open."""
        answer = self.answers.get("rate", level.id)
        if not answer:
            params = {"name": self.folder.words("indicators", level.id)}
            options = tuple(rate.id for rate in rates)
            self.sheet.ask(Question("rate", level.id, place, params, (*options, LEAVE)))
        return [rate for rate in rates if rate.id == answer]

    def asked_unit(self, name: str, usual: str, place: str) -> str:
        """The unit that was answered; blank, with a question, where none was."""
        unit = self.answers.get("unit", name) or self.answers.get("unit")
        if unit == EACH:
            self.sheet.ask(Question("unit", name, place, {"text": (name,)}, (), "unit"))
        elif not unit:
            options = (*((usual,) if usual else ()), EACH)
            self.sheet.ask_of(Question("unit", "", place, {}, options, "unit"), name)
        return "" if unit == EACH else unit

    def settle_units(self, columns: Sequence[Joint]) -> bool:
        """True where the unit of the table and those of its columns do not contradict each other."""
        own = [joint.units[0] for joint in columns if joint.units]
        table = self.context.units
        if len(table) != 1 or len(own) < len(columns) or not own:
            return True
        if any(unit.unit and _same(unit.unit, table[0].unit) for unit in own) or not table[0].unit:
            return True
        answer = self.answers.get("units")
        if answer == table[0].unit:
            self.forced = table[0]
        elif not answer:
            params = {"text": table[0].unit, "other": own[0].unit}
            options = (table[0].unit, own[0].unit, LEAVE)
            self.sheet.ask(Question("units", "", "", params, options))
        return answer in (table[0].unit, own[0].unit)

    def own_unit(self, name: str, units: list[Printed], place: str) -> Printed | None:
        """The unit of a new indicator: the nearest printed one, or of several of the table its own.

        Which of several it is follows from the words of the name, and is asked; or it is asked for.
        """
        if len(units) < 2 or units != self.context.units:
            return units[0]
        if answer := self.answers.get("unit", name):
            return Printed(answer)
        first = self.context.unit_of(name)
        if first is None:
            options = tuple(unit.unit for unit in units if unit.unit)
            self.sheet.ask(Question("unit", name, place, {"text": (name,)}, options, "unit"))
            return None
        if not self.answers.get("unit_words"):
            text = f"{name}: {self.context.unit_texts[units.index(first)]}"
            self.sheet.ask_of(Question("unit_words", "", place, {}, (KEEP, LEAVE)), text)
        return first if self.answers.get("unit_words") == KEEP else None

    def new(
        self, name: str, form: str, base: str, units: list[Printed], level: Indicator | None,
        place: str,
    ) -> tuple[str, str] | None:  # fmt: skip
        """A new indicator with the printed words and unit."""
        if base:
            unit, form = "%", "ratio"
            name = name if base == "?" else f"{name} ({base}=100)"
        elif units and not (first := self.own_unit(name, units, place)):
            return None
        elif units:
            unit = first.unit or (f"count per {first.per} count" if first.per else "")
            unit = unit or f"{first.scale or ''} count".strip()
        else:
            unit = self.asked_unit(name, "", place)
        if not unit:
            return None
        if not form:
            form = "ratio" if parse_unit(unit).dimension[0] == "ratio" else "level"
        of = level.id if level is not None and form == "growth" else ""
        id = self.entries.add("indicator", name, unit, form, of)
        return (id, unit) if id else None


def _is_part(period: str) -> bool:
    """True for a month or a quarter.

    >>> _is_part("2020-Q2"), _is_part("2020-06"), _is_part("2020-H1"), _is_part("2020")
    (True, True, False, False)
    """
    return len(period) == 7 and period[4] == "-" and "H" not in period


def _same(first: str, second: str) -> bool:
    return bool(second) and parse_unit(first).dimension == parse_unit(second).dimension
