"""The series of years behind each headline, since its last break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from songhua.labels import Period
from songhua.region import GRADES
from songhua.results.columns import IndicatorId, InUnit, UnitName, choice
from songhua.studies.brief.headline_series import Diagnosis
from songhua.studies.brief.headlines import HeadlineRow
from songhua.studies.brief.rules import rules, years


@dataclass(frozen=True, slots=True)
class TrendRow:
    """A row of `trends`: a year of the series of a headline."""

    headline: Annotated[str, choice("brief_headline")]
    indicator: IndicatorId
    period: Period
    value: InUnit
    unit: UnitName


def trend_rows(diagnosis: Diagnosis, rows: Sequence[HeadlineRow]) -> Iterator[TrendRow]:
    """The yearly figures of each headline's level, else of its growth, since its last break.

    It ends with the figure shown, as far as what came later are leads.
    """
    for row in rows:
        end = max((p.end for p in (row.period, row.rate_period) if p), default=date.min)
        for indicator in filter(None, (row.indicator, row.rate)):
            of_years = {
                figure.period: figure
                for figure in diagnosis.figures
                if (figure.indicator.id, figure.industry) == (indicator, row.industry)
                and (figure.period.kind, figure.start) == ("year", None)
                and figure.form == figure.indicator.form
                and (figure.grade != GRADES[-1] or figure.period.end <= end)
            }
            last = max(of_years, default=None)
            first = diagnosis.first_alike(indicator, row.industry)
            names = diagnosis.region.relations.same_quantity(indicator)
            same = [diagnosis.region.indicator(name) for name in names]
            series = [
                year
                for year in sorted(of_years)
                if last
                and year.start >= first
                and all(other.unbroken(year, last) for other in same)
            ]
            if len(series) < 3 or 2 * len(series) <= series[-1].start.year - series[0].start.year:
                continue  # fewer than half of the years have figures
            if years(series[-1].end, end) <= rules().beside_years:
                for year in series:
                    value, unit = of_years[year].value.value, of_years[year].unit
                    yield TrendRow(row.headline, indicator, year, value, unit)
                break
