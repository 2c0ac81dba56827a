"""Answers of departments against the last figure known."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from songhua.checks.fault_kinds import AnswerOffLast
from songhua.checks.places import row_of
from songhua.checks.plausibility.judged_figures import LABELS
from songhua.checks.plausibility.series_figures import FORMS
from songhua.errors import Fault
from songhua.labels import parse_period, parse_unit
from songhua.labels.units import factor
from songhua.region import Region

#: The least distance of a doubtful answer from the last figure (log10): a factor of four.
LEAST = 0.6
#: The greatest distance of a rate from a power of ten times the last (log10).
NEAR = 0.1


def off_last(region: Region, figures: pd.DataFrame) -> Iterator[Fault]:
    """Answers four times the last published figure or more, or a quarter of it or less.

    A rate is named only where it is a power of ten times the last one.
    """
    reviews = region.reviews
    if reviews.empty or figures.empty:
        return
    reviews = reviews[(reviews["sort"] == "figure") & (reviews["value"] != "")]
    by_label = figures.groupby(list(LABELS), sort=False)
    groups = dict(iter(by_label))
    for _, row in reviews.iterrows():
        labels = {name: str(row[name]) for name in LABELS}
        labels["region"] = labels["region"] or region.code
        labels["industry"] = labels["industry"] or "all"
        rows = groups.get(tuple(labels.values()))
        if rows is not None:
            yield from _off(row, rows)


def _off(answer: pd.Series, rows: pd.DataFrame) -> Iterator[Fault]:
    end = parse_period(str(answer["review"])).end
    periods = [parse_period(str(text)) for text in rows["period"]]
    due = [at for at, period in enumerate(periods) if period.end <= end]
    if not due:
        return
    last = rows.iloc[max(due, key=lambda at: (periods[at], at))]
    answer_unit, unit = parse_unit(str(answer["unit"])), parse_unit(str(last["unit"]))
    if answer_unit.dimension != unit.dimension or answer_unit.prices != unit.prices:
        return
    answered, last_value = float(answer["value"]) * factor(answer_unit, unit), float(last["value"])
    if not answered * last_value > 0:
        return
    gap = math.log10(answered / last_value)
    power = round(gap)
    level = last["form"] in FORMS and abs(gap) >= LEAST
    rate = last["form"] not in FORMS and power != 0 and abs(gap - power) <= NEAR
    if level or rate:
        file = f"reviews/{answer['file']}" if "file" in answer else ""
        yield AnswerOffLast(
            file,
            row_of(answer),
            "value",
            indicator=answer["indicator"],
            value=f"{answer['value']} {answer['unit']}",
            last=f"{last_value:,.9g} {last['unit']}",
            period=last["period"],
            factor=f"{answered / last_value:.3g}",
        )
