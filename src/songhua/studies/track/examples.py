"""A made-up town with a few figures, which the examples in this package's docstrings speak of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property

import pandas as pd

from songhua.labels import parse_period
from songhua.messages import Words
from songhua.plan import Plan, PlanTarget
from songhua.region import Region
from songhua.region.figures import FigureTable
from songhua.region.observations import Observation
from songhua.region.series import Series
from songhua.studies.series import Figures
from songhua.studies.track.assessment import Assessment, assess
from songhua.studies.track.department_reports import Reports
from songhua.studies.track.resolved_targets import ResolvedTarget, resolve
from songhua.studies.track.tables import Tracking

HOME, BASE_YEAR = "rivertown", 2020
PAPER = {"title": "Paper", "publisher": "Office", "grade": "official", "published": "2022-07-01"}
LEVEL = {"form": "level", "direction": "higher", "of": "", "basis": "current", "measure": ""}
GROWTH = {**LEVEL, "form": "growth", "unit": "%", "time": "flow", "basis": "constant"}
INDICATORS = {
    "firms": {**LEVEL, "unit": "count", "time": "stock"},
    "jobs": {**LEVEL, "unit": "persons", "time": "flow"},
    "gdp": {**LEVEL, "unit": "bn EUR", "time": "flow"},
    "gdp_growth": {**GROWTH, "of": "gdp", "measure": "value_added"},
    "unemployment": {**LEVEL, "form": "ratio", "unit": "%", "time": "stock", "direction": "lower"},
}
#: Firms grew from 500 to 700; the economy by 5.5 and 3 %; unemployment was 5.1 and 5.3 %.
OBSERVED = (
    ("firms", "2020", "500"),
    ("firms", "2022", "700"),
    ("jobs", "2021", "20000"),
    ("gdp", "2020", "50"),
    ("gdp", "2021", "52"),
    ("gdp_growth", "2021", "5.5"),
    ("gdp_growth", "2022", "3.0"),
    ("unemployment", "2021", "5.1"),
    ("unemployment", "2022", "5.3"),
)


def town(as_of: str = "2023-06-30", **tables: pd.DataFrame) -> tuple[Region, Plan]:
    """The town's region on a day, and a plan from 2021 to 2025 with such tables.

    >>> region, plan = town()
    >>> region.as_of.isoformat(), plan.base_year
    ('2023-06-30', 2020)
    """
    none = pd.DataFrame()
    region = Region(
        HOME,
        Words.same("Rivertown"),
        "EUR",
        BASE_YEAR,
        {"upland": {}},
        {"paper": PAPER},
        INDICATORS,
        {},
        {},
        {},
        FigureTable.of(),
        none,
    )
    years = parse_period("plan:2021..2025")
    plan = Plan(Words(), years, BASE_YEAR, Words(), "paper", none, none)
    return replace(region, as_of=parse_period(as_of).end), plan.with_tables(**tables)


class TownFigures(Figures):
    """Figures that are listed above, and in no file."""

    @cached_property
    def observations(self) -> Series:
        """The town's figures, each named after its indicator and period."""
        return Series.of(
            Observation.of(indicator, period, printed, region=HOME, ids=(f"{indicator}:{period}",))
            for indicator, period, printed in OBSERVED
        )


def town_figures() -> Figures:
    """The town's figures.

    >>> [figure.value for figure in town_figures().series["firms", "rivertown", "all", "", "", ""]]
    [500.0, 700.0]
    """
    return TownFigures(*town())


def town_target(
    text: str, indicator: str, period: str = "plan:2021..2025", **cells: str
) -> ResolvedTarget:
    """A target of the town.

    >>> town_target("reach 900", "firms").goal
    900.0
    """
    row = {"id": "t", "indicator": indicator, "period": period, "text": text, "source": "paper"}
    entry = PlanTarget.read({**row, **cells})
    return resolve(entry, INDICATORS[indicator], HOME, BASE_YEAR)


def town_assessment(text: str, indicator: str) -> Assessment:
    """A target of the town held against its figures.

    >>> town_assessment("reach 1000", "firms").row.progress.value
    0.4
    """
    entry, day = town_target(text, indicator).entry, date(2023, 6, 30)
    return assess(entry, town_figures(), town()[1], day, Reports(()))


def town_tracking(text: str, indicator: str) -> Tracking:
    """All that track finds of a plan with this one target.

    >>> town_tracking("reach 1000", "firms").day.isoformat()
    '2023-06-30'
    """
    assessment = town_assessment(text, indicator)
    return Tracking(date(2023, 6, 30), [assessment], [], [], [], [], [], [], [], [], [], [])
