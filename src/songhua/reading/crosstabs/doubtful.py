"""Doubts that only the figures together raise: shares, sums from January, cells that repeat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from songhua.labels import parse_period
from songhua.reading.crosstabs.entries import is_new
from songhua.reading.crosstabs.questions import LEAVE, Question
from songhua.reading.crosstabs.reading import Labels, SheetReading
from songhua.reading.sheets.faults import letters

#: So many figures show whether they are shares.
_ENOUGH = 3
#: At most this share of the steps within years falls, by mistakes of print, in sums from January.
_MISTAKES = 0.2
SHARE, PERCENT = "share", "percent"
MONTH, CUMULATIVE = "month", "cumulative"
FIRST, LAST = "first", "last"
NOUGHT = "nought"
#: Least of a figure, in units of the last digit printed, beside which a nought is doubtful.
_DIGITS = 100


def name_of(sheet: SheetReading, labels: Labels) -> str:
    """The name of a figure's indicator, as it is asked about."""
    return _named(sheet, "indicators", labels.indicator)


def _named(sheet: SheetReading, catalogue: str, id: str) -> str:
    return sheet.entries.entry(id).name if is_new(id) else sheet.words.folder.label(catalogue, id)


def ask_percent(sheet: SheetReading) -> None:
    """Ask of figures in per cent of which none on the sheet reaches 1: .058 may be 5.8 %."""
    if sheet.answers.get("percent"):
        return
    values: dict[str, list[str]] = defaultdict(list)
    first: dict[str, Labels] = {}
    for labels, number in zip(sheet.figures.labels, sheet.figures.numbers, strict=True):
        if labels.unit == "%" and not number.unit:
            values[labels.indicator].append(number.value)
            first.setdefault(labels.indicator, labels)
    if any(abs(float(text)) > 1 for texts in values.values() for text in texts):
        return
    for indicator, texts in values.items():
        small = all(abs(float(text)) <= 1 for text in texts)
        fine = any(len(text.partition(".")[2]) > 1 for text in texts)
        if small and fine and len(texts) >= _ENOUGH:
            question = Question("percent", "", "", {}, (PERCENT, SHARE))
            sheet.ask_of(question, name_of(sheet, first[indicator]))


def ask_time(sheet: SheetReading) -> None:
    """Ask of months or quarters whose figures rise through each year, and no word says why.

    Where they often fall within a year, or mostly go on rising into the next, they are no sums
    from January; a few that fall may be mistakes of print.
    """
    series: dict[tuple[str, str, str], list[tuple[int, int, float]]] = defaultdict(list)
    first: dict[str, Labels] = {}
    for labels, number in zip(sheet.figures.labels, sheet.figures.numbers, strict=True):
        if labels.open_time and labels.period[5:] not in ("01", "Q1"):
            period = parse_period(labels.period)
            point = period.end.year, period.end.month, float(number.value)
            series[labels.indicator, labels.region, labels.industry].append(point)
            first.setdefault(labels.indicator, labels)
    within: dict[str, list[bool]] = defaultdict(list)
    across: dict[str, list[bool]] = defaultdict(list)
    for (indicator, _, _), points in series.items():
        points.sort()
        for before, after in pairwise(points):
            if before[0] == after[0] and before[1] < after[1]:
                within[indicator].append(after[2] < before[2])
            elif before[0] < after[0]:
                across[indicator].append(after[2] < before[2])
    for indicator, labels in first.items():
        falls, starts = within[indicator], across[indicator]
        if sum(falls) <= _MISTAKES * len(falls) and 2 * sum(starts) >= len(starts):
            question = Question("time", "", "", {}, (MONTH, CUMULATIVE))
            sheet.ask_of(question, name_of(sheet, labels))


def ask_nought(sheet: SheetReading) -> None:
    """Ask of a nought that stands between figures far above it: it may be no figure at all.

    Far above is each other figure of the series that has three digits or more, as printed with the
    most decimals of them: a count that comes down to one or two may come down to nought.
    """
    answer, series = sheet.answers.get("nought"), defaultdict[tuple[str, ...], list[int]](list)
    for at, labels in enumerate(sheet.figures.labels):
        if labels.unit != "%":
            series[labels.indicator, labels.region, labels.industry, labels.kind].append(at)
    for places in series.values():
        places.sort(key=lambda at: parse_period(sheet.figures.labels[at].period))
        values = [float(sheet.figures.numbers[at].value) for at in places]
        above = [at for at, value in enumerate(values) if value]
        noughts = (
            [places[at] for at in range(above[0], above[-1]) if not values[at]] if above else []
        )
        texts = [sheet.figures.numbers[at].value for at in places]
        last = max(len(text.partition(".")[2]) for text in texts) if noughts else 0
        if any(abs(values[at]) * 10**last < _DIGITS for at in above):
            continue
        for at in noughts:
            row, column = sheet.figures.places[at]
            place, labels = f"{letters(column)}{row + 1}", sheet.figures.labels[at]
            where = _named(sheet, "places", labels.region)
            text = f"{name_of(sheet, labels)}, {where}, {labels.period} ({place})"
            if answer == LEAVE:
                sheet.dropped.add(at)
                sheet.leave("nought", text, place)
            elif not answer:
                sheet.ask_of(Question("nought", "", place, {}, (NOUGHT, LEAVE)), text)


def _rounded(text: str, finer: str) -> bool:
    """True for a number that is another one of more digits, rounded half up or to even.

    >>> _rounded("3067.2", "3067.19"), _rounded("3067.3", "3067.19"), _rounded("14", "13.5")
    (True, False, True)
    """
    digits, more = (len(of.partition(".")[2]) for of in (text, finer))
    half = Decimal(5).scaleb(-digits - 1)
    return digits < more and abs(Decimal(text) - Decimal(finer)) <= half


def drop_repeated(sheets: Iterable[SheetReading]) -> None:
    """Leave out a figure that stands twice, the rounded one of two; ask where they differ."""
    first_of: dict[Labels, tuple[SheetReading, int]] = {}
    for sheet in sheets:
        figures, dropped = sheet.figures, set[int]()
        answer = sheet.answers.get("repeated")
        for at, labels in enumerate(figures.labels):
            if (earlier := first_of.setdefault(labels, (sheet, at))) == (sheet, at):
                continue
            value = figures.numbers[at].value
            before = earlier[0].figures.numbers[earlier[1]].value
            row, column = figures.places[at]
            place = f"{letters(column)}{row + 1}"
            if float(value) == float(before) or _rounded(value, before) or answer == FIRST:
                dropped.add(at)
                sheet.leave("repeated", value, place)
            elif answer in (LAST, LEAVE) or _rounded(before, value):
                sheet.leave("repeated", before, place)
                earlier[0].dropped.add(earlier[1])
                first_of[labels] = (sheet, at)
                if answer == LEAVE and not _rounded(before, value):
                    dropped.add(at)
            else:
                texts = f"{place}: {value} / {before}"
                question = Question("repeated", "", place, {"n": 0}, (FIRST, LAST, LEAVE))
                sheet.ask_of(question, texts)
        sheet.dropped |= dropped
