"""Answers of departments against the last figure known."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import pandas as pd

from songhua.checks.fault_kinds import AnswerOffLast
from songhua.checks.plausibility.judged_figures import LABELS, JudgedFigure
from songhua.checks.plausibility.series_figures import FORMS
from songhua.errors import Fault
from songhua.labels import parse_period, parse_unit
from songhua.labels.units import factor
from songhua.region import Region
from songhua.region.newest import Answer
from songhua.results import read_rows

#: The least distance of a doubtful answer from the last figure (log10): a factor of four.
LEAST = 0.6
#: The greatest distance of a rate from a power of ten times the last (log10).
NEAR = 0.1


def off_last(region: Region, figures: pd.DataFrame) -> Iterator[Fault]:
    """Answers four times the last published figure or more, or a quarter of it or less.

    A rate is named only where it is a power of ten times the last one.
    """
    if figures.empty:
        return
    groups = dict(iter(figures.groupby(list(LABELS), sort=False)))
    for row in read_rows(region.reviews, Answer):
        place = (row.region or region.code, row.industry or "all")
        rows = groups.get((row.indicator, *place, row.entity, row.vintage, row.scope))
        if rows is not None and row.sort == "figure" and row.value:
            yield from _off(row, read_rows(rows, JudgedFigure))


def _off(answer: Answer, rows: Sequence[JudgedFigure]) -> Iterator[Fault]:
    end = parse_period(answer.review).end
    periods = [parse_period(row.period) for row in rows]
    due = [at for at, period in enumerate(periods) if period.end <= end]
    if not due:
        return
    last = rows[max(due, key=lambda at: (periods[at], at))]
    answer_unit, unit = parse_unit(answer.unit), parse_unit(last.unit)
    if answer_unit.dimension != unit.dimension or answer_unit.prices != unit.prices:
        return
    answered = float(answer.value) * factor(answer_unit, unit)
    if not answered * last.value > 0:
        return
    gap = math.log10(answered / last.value)
    power = round(gap)
    level = last.form in FORMS and abs(gap) >= LEAST
    rate = last.form not in FORMS and power != 0 and abs(gap - power) <= NEAR
    if level or rate:
        yield AnswerOffLast(
            f"reviews/{answer.file}" if answer.file else "",
            answer.row or None,
            "value",
            indicator=answer.indicator,
            value=f"{answer.value} {answer.unit}",
            last=f"{last.value:,.9g} {last.unit}",
            period=last.period,
            factor=f"{answered / last.value:.3g}",
        )
