"""Availability: every figure, and the periods for which each series is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import numpy as np
import pandas as pd

from songhua.labels import Period
from songhua.region import GRADES
from songhua.region.observations import KEY
from songhua.region.series import Series
from songhua.results import Finding, table
from songhua.results import tables as result_tables
from songhua.results.columns import (
    Column,
    EntityId,
    Estimate,
    Grade,
    IndicatorId,
    IndustryId,
    PlaceId,
    SourceId,
    Tag,
    UnitName,
    choice,
    estimate,
    number,
)
from songhua.studies.diagnose.finding_kinds import RowsLeftOut, Stale, ViewHides
from songhua.studies.series import Figures

STALE_YEARS = 2.0
_SERIES = ("indicator", "region", "industry")
_ORDER = ("indicator", "region", "industry", "entity")


@dataclass(frozen=True, slots=True)
class BestFigure:
    """A row of `figures`: a figure by the best of its sources; made of columns, for many."""

    indicator: IndicatorId
    region: PlaceId
    industry: IndustryId
    entity: EntityId
    period: Period
    kind: Annotated[str, choice("kind")]
    vintage: Tag
    scope: Tag
    qualifier: Annotated[str, choice("qualifier")]
    value: Annotated[Estimate, estimate(unit_in="unit", qualifier="qualifier")]
    unit: UnitName
    printed: Annotated[str, Column("", "amount")]
    sources: int
    observation: Annotated[str, Column("", "observations")]
    source: SourceId
    grade: Grade


@dataclass(frozen=True, slots=True)
class SeriesAvailability:
    """A row of `availability`: the first and last period of a series, and its age."""

    indicator: IndicatorId
    region: PlaceId
    industry: IndustryId
    periods: int
    first: Period
    last: Period
    observations: int
    sources: int
    grade: Grade
    age: Annotated[float, number(decimals=1)]
    state: Annotated[str, choice("availability_state")]


def availability(figures: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The tables `figures` and `availability`; findings for stale figures and for figures that a
    view hides.

    >>> import songhua
    >>> figures = Figures(songhua.open(songhua.example("washington")).region, None)
    >>> tables, _ = availability(figures)
    >>> bool((tables["availability"]["age"] >= 0).all())
    True
    """
    region = figures.region
    rows = list(_rows(figures))
    region_rows = [row for row in rows if row.region == region.code]
    stale = [row for row in region_rows if row.state == "stale"]
    findings: list[Finding] = []
    if stale:
        findings.append(Stale(n=len(stale), of=len(region_rows), years=STALE_YEARS))
    if region.as_of is not None:
        hidden = region.hidden["unknown_date"]
        findings.append(ViewHides(as_of=region.as_of, unknown_date=hidden))
    if len(region.left_out):
        findings.append(RowsLeftOut(n=len(region.left_out)))
    tables = {
        "figures": table("diagnose", "figures", figure_table(figures.observations)),
        "availability": table("diagnose", "availability", rows),
    }
    return tables, findings


def figure_table(figures: Series) -> pd.DataFrame:
    """One row a figure, its best source, in order; without a loop, for there may be many.

    >>> import songhua
    >>> figures = Figures(songhua.open(songhua.example("washington")).region, None)
    >>> rows = figure_table(figures.observations)
    >>> bool(rows.duplicated([*KEY, "kind", "qualifier"]).any()), bool((rows["sources"] > 0).all())
    (False, True)
    """
    figure, _ = pd.factorize(figures.joint(*KEY, "kind", "qualifier"))
    many = len(figures.names("source"))
    pairs = pd.unique(figure * many + figures.codes("source"))
    sources = np.bincount(pairs // many) if many else pairs
    best = figures.first(*KEY, "kind", "qualifier")  # as figures are numbered, by their first
    order = np.lexsort((best.start, best.end, *(best.ranks(name) for name in reversed(_ORDER))))
    best, sources = best.where(order), sources[order]
    columns = result_tables("diagnose")["figures"].names
    frame = pd.DataFrame(index=range(len(best)), columns=columns)
    for name in (*KEY, "kind", "qualifier", "unit", "source", "grade"):
        frame[name] = best.texts(name)
    frame["value"], frame["printed"] = best.value, best.printed
    frame["low"] = np.where(best.bounded, best.low, np.nan)
    frame["high"] = np.where(best.bounded, best.high, np.nan)
    frame["estimate"] = np.select([best.exact, best.bounded], ["identity", "bound"], "")
    frame["sources"], frame["observation"] = sources, best.ids
    return frame


def _rows(figures: Figures) -> Iterator[SeriesAvailability]:
    """Each series of no entity, in order of its labels."""
    region = figures.region
    known_days = figures.observations.known
    known_days = known_days[~np.isnat(known_days)]
    day = region.as_of or (known_days.max().item() if len(known_days) else None)
    by_series = figures.observations.select(entity="").by(*_SERIES)
    settled = figures.settled.select(entity="").by(*_SERIES)
    for (indicator, place, industry), series in sorted(settled.items()):
        whole = by_series[indicator, place, industry]
        age = years_between(series[-1].end, day)
        yield SeriesAvailability(
            indicator,
            place,
            industry,
            len(series.distinct("period")),
            series[0].period,
            series[-1].period,
            len(whole),
            len(whole.distinct("source")),
            min(whole.distinct("grade"), key=GRADES.index),
            round(max(age, 0.0), 2),
            "stale" if age > STALE_YEARS else "current",
        )


def years_between(end: date, day: date | None) -> float:
    """Years of 365.25 days from one day to another; missing where the other is unknown.

    >>> years_between(date(2020, 12, 31), date(2022, 12, 31)) < 2
    True
    """
    return float("nan") if day is None else (day - end).days / 365.25
