"""Month: what happened in a month, a quarter, a half or a year, as a report needs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from songhua.errors import SonghuaError
from songhua.labels import Period, parse_period
from songhua.labels.lookup import refuse_unknown
from songhua.plan import Plan
from songhua.region import Region
from songhua.results import Result, table
from songhua.results.columns import Column
from songhua.studies.diagnose.single_periods import SinglePeriod
from songhua.studies.fault_kinds import PeriodNotInYear
from songhua.studies.month.comparison import comparison
from songhua.studies.month.period_growth import period_growth
from songhua.studies.month.revisions import revisions
from songhua.studies.series import Figures


@dataclass(frozen=True, slots=True)
class MonthView:
    """The row of `view`: the period as asked, its cumulative period, and the day before."""

    period: Annotated[str, Column("", "period")]
    cumulative: Period
    since: date | None


def month(
    region: Region,
    plan: Plan | None,
    evidence: Mapping[str, Result],
    period: str,
    peers: Sequence[str] = (),
    since: date | None = None,
) -> Result:
    """Growth of a period, cumulative and single, beside others, and what was revised.

    `evidence` holds `diagnose` of the same region, whose single periods are used where none is
    published. `peers` name the places to stand beside; without them all larger areas and
    comparison regions of the folder do. A rank is among the region and the comparison regions,
    with the ends that rounding allows.

    Raises:
        SonghuaError: `period_not_in_year`, for a period that is not within one year;
            `label_unknown`, for a place that the folder does not have.

    >>> import songhua
    >>> found = songhua.open(songhua.example()).run("month", period="2021-Q1")
    >>> rows = found.tables["growth"].set_index(["indicator", "industry"])
    >>> float(rows.loc[("gdp_growth_real", "all"), "value"])
    14.0
    """
    days = parse_period(period)
    since_january = cumulative(days)
    refuse_unknown("places", region.places or [""], *peers)
    figures = Figures(region.until(days), plan)
    singles = evidence["diagnose"].rows(SinglePeriod)
    growth = period_growth(figures, singles, days, since_january)
    rows = {
        "growth": growth,
        "comparison": comparison(figures, growth, since_january, peers),
        "revisions": revisions(figures.region, days, since),
        "view": [MonthView(period, since_january, since)],
    }
    return Result("month", {name: table("month", name, part) for name, part in rows.items()})


def cumulative(period: Period) -> Period:
    """From 1 January to the end of a period.

    Raises:
        SonghuaError: `period_not_in_year`.

    >>> str(cumulative(parse_period("2021-Q2"))), str(cumulative(parse_period("2021-08")))
    ('2021-H1', '2021-01..2021-08')
    """
    first, last = period.start, period.end
    if period.open or first.year != last.year or period.kind == "date":
        raise SonghuaError(PeriodNotInYear(text=str(period)))
    if first.month == 1:
        return period
    names = {6: f"{last.year}-H1", 12: str(last.year)}
    return parse_period(names.get(last.month, f"{last.year}-01..{last.year}-{last.month:02d}"))
