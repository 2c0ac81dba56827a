"""The indicator of a figure and its unit: one of the folder's, or a new one as it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from songhua.grammar.unit_words import index_base
from songhua.labels import parse_unit
from songhua.reading.crosstabs.context import Context
from songhua.reading.crosstabs.entries import NewEntries
from songhua.reading.crosstabs.join import Joint
from songhua.reading.crosstabs.printed_units import Printed
from songhua.reading.crosstabs.questions import EACH, KEEP, LEAVE, MOST, Answers, Question
from songhua.reading.crosstabs.reading import SheetReading
from songhua.reading.crosstabs.vocabulary import speaks_of
from songhua.reading.sheets.words import key
from songhua.region.catalogues import Catalogues
from songhua.region.indicators import Indicator

#: The subject of the question about all words for units that are none.
ODD_UNITS = "not known"


@dataclass
class Naming:
    """Finds the indicators of a table; `is_named` is whether an axis of it holds such.

    `forced` is the unit of all figures, where the table says two and one was chosen;
    `many_odd` is whether an axis has several words for units that are none.
    """

    folder: Catalogues
    context: Context
    answers: Answers
    sheet: SheetReading
    is_named: bool = True
    forced: Printed | None = None
    many_odd: bool = False

    @property
    def entries(self) -> NewEntries:
        """The new entries of the workbook."""
        return self.sheet.entries

    def indicator(self, parts: Sequence[Joint], sign: str, place: str) -> tuple[str, str] | None:
        """The id of the indicator and the unit of a figure."""
        names = [name for part in parts for name in part.names]
        ids = dict.fromkeys(p.sets["indicator"] for p in parts if "indicator" in p.sets)
        unknown = any(part.unknown or part.odd for part in parts)
        form = next((p.form for p in parts if p.form), "") or self.context.form
        basis = next((p.basis for p in parts if p.basis), "") or self.context.basis
        name = ", ".join(dict.fromkeys(names))
        bare = form == "growth" and not parts[0].names and self.context.has_subject
        changes = any(p.form == "growth" for p in parts) or speaks_of("change", name)
        bases = [*(p.base for p in parts), "" if changes else self.context.base]
        base = next((text for text in bases if text not in ("", "?")), "?" if "?" in bases else "")
        if name and not ids and (bare or not self.is_named):
            of = self.context.name or self.answered("indicator", "indicator")
            indicator = self.context.sets.get("indicator", of)
            if indicator in self.folder.catalogue:
                of = self.folder.label("indicators", indicator)
            if not of:
                return self.ask_indicator(place)
            name = f"{of}, {name}"
        if not ids and speaks_of("change", name):
            name = ", ".join(filter(None, (self.subject_name(), name)))
        level: Indicator | None = None
        if name and unknown:
            chosen = self.answers.get("word", name)
            level = self.folder.catalogue.get(chosen)
            if chosen == LEAVE:
                return None
        elif len(ids) == 1:
            level = self.folder.catalogue[next(iter(ids))]
        elif not ids:
            answer = "" if self.context.name else self.answered("indicator", "indicator")
            indicator = self.context.sets.get("indicator") or answer
            indicator = indicator or (
                self.context.by_sheet.get("indicator", "") if not name else ""
            )
            level = self.folder.catalogue.get(indicator)
            name = name or self.context.name or (indicator if level is None else "")
            if level is None and not name:
                return self.ask_indicator(place)
        units = self.units(parts, sign)
        moved = any(p.form == "growth" for p in parts) and not speaks_of("changes", name)
        if moved and not any(p.units for p in parts):
            percent = [Printed("%")] if speaks_of("percent", name) else []
            units = [unit for unit in units if unit.unit in ("%", "‰", "pp")] or percent
        odd = next((p.odd_unit for p in parts if p.odd_unit), "") or self.context.odd_unit
        if not sign and odd and not any(part.units for part in parts):
            if not (unit := self.odd_unit(odd, place)):
                return None
            units = [Printed(unit)]
        if level is not None:
            series = self.of_folder(level, form, basis, base, units, place)
            if series is not None:
                return series
            name = name or self.folder.label("indicators", level.id)
        return self.new(name, form, base, units, level, place)

    def subject_name(self) -> str:
        """The subject of the table's figures, as the lines above it name it."""
        indicator = self.context.sets.get("indicator", "")
        return self.context.name or (indicator and self.folder.label("indicators", indicator))

    def odd_unit(self, odd: str, place: str) -> str:
        """The unit that was answered for words that are none; blank, with a question, if open.

        Of several such words on one axis it is asked once whether all of them are left out.
        """
        unit = self.answers.get("unit", odd)
        others = self.answers.get("unit", ODD_UNITS) if not unit and self.many_odd else EACH
        if not unit and others == EACH:
            self.sheet.ask(Question("unit", odd, place, {"text": (odd,)}, (LEAVE,), "unit"))
        elif not unit and not others:
            question = Question("unit", ODD_UNITS, place, {}, (LEAVE, EACH))
            self.sheet.ask_of(question, odd)
        elif LEAVE in (unit, others):
            self.sheet.leave("no_unit", odd, place)
        return "" if unit in (LEAVE, EACH) else unit

    def answered(self, kind: str, column: str) -> str:
        """The entry that was answered: an id, or a name without an entry."""
        answer = self.answers.get(kind)
        tokens = self.sheet.words.lexicon.meanings(key(answer)) if answer else []
        return next((t.value for t in tokens if t.column == column), answer)

    def clashing(self, row: Joint, over: Joint) -> Printed | None:
        """The unit that was answered where a row and its column print two of one dimension."""
        first, second = row.units[0].unit, over.units[0].unit
        if not (first and second) or first == second or not _same(first, second):
            return None
        subject = f"unit {first} {second}"
        answer = self.answers.get("twice", subject)
        if not answer:
            params = {"name": "unit", "first": first, "second": second}
            self.sheet.ask(Question("twice", subject, "", params, (first, second, LEAVE)))
        return Printed(answer if answer in (first, second) else first)

    def ask_indicator(self, place: str) -> None:
        """Ask what the figures of a table count, where nothing in it says so."""
        options = tuple(self.folder.indicators)[:MOST]
        self.sheet.ask(Question("indicator", "", place, {}, options, "name"))

    def units(self, parts: Sequence[Joint], sign: str) -> list[Printed]:
        """The units that may hold, the nearest first: cell, column, row, then the table's."""
        if self.forced is not None:
            return [self.forced]
        row, over, *between = parts
        if row.units and over.units and not sign and (unit := self.clashing(row, over)):
            return [unit]
        printed = [Printed(sign)] if sign else []
        for part in (over, row, *between):
            printed += part.units
        return printed or list(self.context.units)

    def of_folder(
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
            unit = self.answers.get("unit", text).replace(LEAVE, "")
            if not self.answers.get("unit", text):
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
        """The one of several rates of a level that is meant; none, with a question, if open."""
        answer = self.answers.get("rate", level.id)
        if not answer:
            params = {"name": self.folder.words("indicators", level.id)}
            options = tuple(rate.id for rate in rates)
            self.sheet.ask(Question("rate", level.id, place, params, (*options, LEAVE)))
        return [rate for rate in rates if rate.id == answer]

    def asked_unit(self, name: str, usual: str, place: str) -> str:
        """The unit that was answered; blank, with a question, where none was."""
        unit = self.answers.get("unit", name) or self.answers.get("unit")
        usually = (usual,) if usual else ()
        if unit == EACH:
            options = (*usually, LEAVE)
            self.sheet.ask(Question("unit", name, place, {"text": (name,)}, options, "unit"))
        elif unit == LEAVE:
            self.sheet.leave("no_unit", name, place)
        elif not unit:
            options = (*usually, EACH, LEAVE)
            self.sheet.ask_of(Question("unit", "", place, {}, options, "unit"), name)
        return "" if unit in (EACH, LEAVE) else unit

    def settle_units(self, columns: Sequence[Joint]) -> bool:
        """True where the unit of the table and those of its columns do not contradict."""
        printed = [joint.units[0] for joint in columns if joint.units]
        table = self.context.units
        if len(table) != 1 or len(printed) < len(columns) or not printed:
            return True
        if (
            any(unit.unit and _same(unit.unit, table[0].unit) for unit in printed)
            or not table[0].unit
        ):
            return True
        answer = self.answers.get("units")
        if answer == table[0].unit:
            self.forced = table[0]
        elif not answer:
            params = {"text": table[0].unit, "other": printed[0].unit}
            options = (table[0].unit, printed[0].unit, LEAVE)
            self.sheet.ask(Question("units", "", "", params, options))
        return answer in (table[0].unit, printed[0].unit)

    def own_unit(self, name: str, units: list[Printed], place: str) -> Printed | None:
        """The unit of a new indicator: the nearest printed one, or of several of the table its own.

        Which of several it is follows from the words of the name, and is asked; or it is asked for.
        """
        if len(units) < 2 or units != self.context.units:
            return units[0]
        if answer := self.answers.get("unit", name):
            return None if answer == LEAVE else Printed(answer)
        first = self.context.unit_of(name)
        if first is None:
            options = tuple(unit.unit for unit in units if unit.unit)
            self.sheet.ask(Question("unit", name, place, {"text": (name,)}, options, "unit"))
            return None
        if self.context.names_unit(name, first):
            return first
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
        elif units:
            first = self.own_unit(name, units, place)
            if first is None:
                return None
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


def _same(first: str, second: str) -> bool:
    return bool(second) and parse_unit(first).dimension == parse_unit(second).dimension
