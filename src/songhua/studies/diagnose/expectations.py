"""Expectations: targets and forecasts beside their outturn, where one was recorded."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Annotated

import pandas as pd

from songhua.labels import Period
from songhua.maths.bounds import Interval
from songhua.region import AHEAD
from songhua.region.observations import KEY, Observation, cited
from songhua.results import Finding, table
from songhua.results.columns import (
    Citations,
    EntityId,
    IndicatorId,
    IndustryId,
    InUnit,
    PlaceId,
    UnitName,
    choice,
    number,
)
from songhua.studies.diagnose.finding_kinds import (
    ExpectationMissed,
    ExpectationOtherwise,
    ExpectationOtherwiseUndated,
)
from songhua.studies.diagnose.level_changes import disputed_changes
from songhua.studies.series import Figures

_KEY = attrgetter(*KEY)


@dataclass(frozen=True, slots=True)
class ExpectedFigure:
    """A row of `expectations`: a target or an expectation, its outturn, and the verdict."""

    indicator: IndicatorId
    region: PlaceId
    industry: IndustryId
    entity: EntityId
    period: Period
    kind: Annotated[str, choice("kind")]
    qualifier: Annotated[str, choice("qualifier")]
    expected: Annotated[float, number(unit_in="unit", qualifier="qualifier")]
    actual: InUnit
    unit: UnitName
    outcome: Annotated[str, choice("outcome")]
    observations: Citations


def expectations(figures: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `expectations`, and a finding for each that was missed.

    A target was not reached; an expectation, which nobody owed, came out otherwise.

    >>> from songhua.studies.diagnose import town
    >>> from dataclasses import replace
    >>> outturn = town.observed("gdp", "2021", "5.0")
    >>> goal = replace(town.observed("gdp", "2021", "6.0"), kind="target")
    >>> tables, findings = expectations(town.figures(outturn, goal))
    >>> tables["expectations"]["outcome"].tolist(), [finding.code for finding in findings]
    (['not_met'], ['expectation_missed'])
    """
    region = figures.region
    rows = list(_rows(figures))
    missed = (row for row in rows if row.outcome == "not_met" and row.region == region.code)
    tables = {"expectations": table("diagnose", "expectations", rows)}
    return tables, [_finding(figures, row) for row in missed]


def _finding(figures: Figures, row: ExpectedFigure) -> Finding:
    """A target that was missed, or an expectation with the year in which it was published."""
    if row.kind == "target":
        return ExpectationMissed.from_row(row)
    ids = set(row.observations)
    ahead = figures.observations.select(kind=AHEAD, indicator=row.indicator, period=row.period)
    days = (figure.known for figure in ahead if ids & set(figure.ids))
    day = next((day for day in days if day is not None), None)
    if day is None:
        return ExpectationOtherwiseUndated.from_row(row)
    return ExpectationOtherwise.from_row(row, stated=str(day.year))


def _rows(figures: Figures) -> Iterator[ExpectedFigure]:
    """The expectations in order of time, the best source of each."""
    disputed = {id for row in disputed_changes(figures) for id in row.observations}
    ahead = figures.observations.select(kind=AHEAD).first(*KEY, "kind", "qualifier")
    same = {name: ahead.distinct(name) for name in ("indicator", "period")}
    actual = {_KEY(figure): figure for figure in figures.settled.select(**same)}
    for expected in sorted(ahead, key=attrgetter("end", "indicator", "start")):
        outturn = actual.get(_KEY(expected))
        yield ExpectedFigure(
            expected.indicator,
            expected.region,
            expected.industry,
            expected.entity,
            expected.period,
            expected.kind,
            expected.qualifier,
            expected.value,
            math.nan if outturn is None else outturn.value,
            expected.unit,
            outcome(expected, outturn, disputed),
            cited(expected, outturn),
        )


def outcome(
    expected: Observation, outturn: Observation | None, disputed: Collection[str] = ()
) -> str:
    """Met, not met, or unknown where rounding lets both be true. A bare number is a floor.

    With "about" and "nearly" the floor is the lower end of the word, as it is for a target.

    >>> goal = Observation.of("gdp", "2021", "5.0", qualifier="at_least", kind="target")
    >>> outturns = [Observation.of("gdp", "2021", text) for text in ("6", "5", "4")]
    >>> [outcome(goal, outturn) for outturn in outturns], outcome(goal, None)
    (['met', 'unknown', 'not_met'], 'open')
    >>> about = Observation.of("gdp", "2021", "5.0", qualifier="about", kind="target")
    >>> near = Observation.of("gdp", "2021", "4.8")
    >>> outcome(about, near), outcome(goal, near)  # about 5.0 begins at 4.75
    ('met', 'not_met')
    """
    if outturn is None:
        return "open"
    if outturn.form == "growth" and any(id in disputed for id in outturn.ids):
        return "disputed"
    actual, number, word = outturn.bound, expected.value, expected.qualifier
    if word in ("at_most", "less_than"):
        return "met" if actual.high <= number else "not_met" if actual.low > number else "unknown"
    if word == "more_than":
        return "met" if actual.low > number else "not_met" if actual.high <= number else "unknown"
    if word == "at_least":
        return "met" if actual.low >= number else "not_met" if actual.high < number else "unknown"
    goal = expected.bound
    if word in ("about", "nearly"):
        goal = Interval(expected.sure.low, expected.sure.low)
    return "met" if actual.low >= goal.high else "not_met" if actual.high < goal.low else "unknown"
