"""Doubts that only the figures together raise: shares, sums from January, cells that repeat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
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


def name_of(sheet: SheetReading, labels: Labels) -> str:
    """The name of a figure's indicator, as it is asked about."""
    if is_new(labels.indicator):
        return sheet.entries.entry(labels.indicator).name
    return sheet.words.folder.label("indicators", labels.indicator)


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


def drop_repeated(sheets: Iterable[SheetReading]) -> None:
    """Leave out a figure that stands twice; ask where the two differ."""
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
            if float(value) == float(before) or answer == FIRST:
                dropped.add(at)
                sheet.leave("repeated", value, place)
            elif answer in (LAST, LEAVE):
                sheet.leave("repeated", before, place)
                earlier[0].dropped.add(earlier[1])
                first_of[labels] = (sheet, at)
                if answer == LEAVE:
                    dropped.add(at)
            else:
                texts = f"{place}: {value} / {before}"
                question = Question("repeated", "", place, {"n": 0}, (FIRST, LAST, LEAVE))
                sheet.ask_of(question, texts)
        sheet.dropped |= dropped
