"""Labels and unit of a figure, from its row, its column and its table together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from songhua.grammar.periods import spoken_period
from songhua.labels import parse_unit
from songhua.reading.crosstabs.axes import period_of
from songhua.reading.crosstabs.join import Joint
from songhua.reading.crosstabs.meant_periods import meant_period
from songhua.reading.crosstabs.naming import Naming
from songhua.reading.crosstabs.questions import LEAVE, MOST, Question
from songhua.reading.crosstabs.reading import Labels
from songhua.reading.crosstabs.vocabulary import speaks_of

Parts = Sequence[Joint | None]


@dataclass(frozen=True)
class _Subject:
    indicator: str
    region: str
    industry: str
    unit: str
    status: str
    flow: bool
    stock: bool


@dataclass
class Meeting(Naming):
    """Finds the labels of figures; each open question is asked once."""

    _numbers: dict[tuple[Any, ...], int] = field(default_factory=dict)
    _joints: dict[int, tuple[Joint, int, int]] = field(default_factory=dict)
    _subjects: dict[tuple[Any, ...], _Subject | None] = field(default_factory=dict)
    _periods: dict[tuple[int, ...], str] = field(default_factory=dict)
    _labels: dict[tuple[int, str], Labels] = field(default_factory=dict)

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
        if subject.stock:
            period = meant_period(period, "end", False) or period
        which = id(subject), period
        if which not in self._labels:
            self._labels[which] = Labels(
                subject.indicator, subject.region, subject.industry, period, subject.unit,
                self.context.kind, subject.status, subject.flow and _is_part(period),
            )  # fmt: skip
        return self._labels[which]

    def _numbered(self, joint: Joint) -> tuple[Joint, int, int]:
        """A joint sense with the numbers of its subject and of its period."""
        numbered = self._joints.get(id(joint))
        if numbered is None:
            subject = self._numbers.setdefault(joint.subject(), len(self._numbers))
            period = self._numbers.setdefault(joint.when(), len(self._numbers))
            numbered = self._joints[id(joint)] = (joint, subject, period)
        return numbered

    def subject(self, parts: Sequence[Joint], sign: str, place: str) -> _Subject | None:
        """All labels of a figure but its period."""
        if rank := next(filter(None, (part.rank for part in parts)), ""):
            self.sheet.leave("rank", rank, place)
            return None
        parts = [self.without_clash(part, place) for part in parts]
        if any(part.clash for part in parts):
            return None
        region = self.region(parts, place)
        indicator = self.indicator(parts, sign, place)
        if not region or indicator is None:
            return None
        id, unit = indicator
        industry = self.chosen("industry", parts, place)
        if industry is None or not unit:
            return None
        status = next((part.status for part in parts if part.status), "")
        stock = self.is_stock(parts, id)
        flow = not stock and self.is_open(parts, id, unit)
        return _Subject(id, region, industry, unit, status, flow, stock)

    def without_clash(self, part: Joint, place: str) -> Joint:
        """A row or a column that names two things of a kind, with the one that was answered."""
        if part.clash is None:
            return part
        name, first, second = part.clash
        if narrower := self.sheet.words.lexicon.narrower(name, first, second):
            return replace(part, sets={**part.sets, name: narrower}, clash=None)
        subject = f"{name} {first} {second}"
        answer = self.answers.get("twice", subject)
        if answer in (first, second):
            return replace(part, sets={**part.sets, name: answer}, clash=None)
        if answer == LEAVE:
            self.sheet.leave("twice", subject, place)
        else:
            params = {"name": name, "first": first, "second": second}
            self.sheet.ask(Question("twice", subject, place, params, (first, second, LEAVE)))
        return part

    def is_stock(self, parts: Sequence[Joint], id: str) -> bool:
        """True for what is counted on a day, and for its growth: there are no sums of it."""
        entry = self.folder.catalogue.get(id)
        if entry is None:
            names = [name for part in parts for name in part.names]
            is_moved = any(speaks_of("changes", name) for name in names)
            return not is_moved and any(speaks_of("stocks", name) for name in names)
        levels = (other for other in self.folder.catalogue.values() if other.form == "level")
        return entry.time == "stock" or (
            entry.rate and any(o.time == "stock" for o in levels if o.measure == entry.measure)
        )

    def is_open(self, parts: Sequence[Joint], id: str, unit: str) -> bool:
        """True for a flow of which no word says whether it counts from January."""
        if any(p.time for p in parts) or self.context.time or self.answers.get("time"):
            return False
        entry = self.folder.catalogue.get(id)
        flow = entry is None or (entry.time == "flow" and entry.form == "level")
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
            narrower = self.sheet.words.lexicon.narrower(name, first, second)
            if len(values) == 2 and narrower:
                return narrower
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
        printed = next((p.own_region for p in parts if p.own_region), "")
        region = printed or self.chosen("region", parts, place)
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
        period = next((p.sets["period"] for p in parts if p.sets.get("period")), "")
        doubtful = next((p.open_period for p in parts if p.open_period), None)
        if doubtful and doubtful[1] == "year_missing" and len(period) == 4:
            period = spoken_period(doubtful[0], period) or ""
        if doubtful and not period and "financial" not in doubtful[1]:
            period = self.answers.get("period", doubtful[0])
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


def _is_part(period: str) -> bool:
    """True for a month or a quarter.

    >>> _is_part("2020-Q2"), _is_part("2020-06"), _is_part("2020-H1"), _is_part("2020")
    (True, True, False, False)
    """
    return len(period) == 7 and period[4] == "-" and "H" not in period
