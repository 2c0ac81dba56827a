"""Revisions: figures that were corrected or revised since they were first recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from songhua.labels import Period
from songhua.region import SETTLED, Region
from songhua.region.observations import Observation, cited
from songhua.results.columns import (
    Citations,
    Column,
    IndicatorId,
    IndustryId,
    InUnit,
    UnitName,
    choice,
    number,
)

THING = ("indicator", "industry", "entity", "scope", "period")


@dataclass(frozen=True, slots=True)
class Revision:
    """A row of `revisions`: a figure before and after, and when the new one was published."""

    indicator: IndicatorId
    industry: IndustryId
    period: Period
    before: InUnit
    after: InUnit
    change: Annotated[float, number(unit_in="unit", difference=True, beside="after")]
    unit: UnitName
    sort: Annotated[str, choice("revision")]
    published: Annotated[date | None, Column("", "when")]
    observations: Citations


def revisions(region: Region, period: Period, since: date | None) -> list[Revision]:
    """A row a change of a figure of the year under report or the year before, the newest first.

    A later row of the same source is a correction, a row of a named vintage a revision of the first
    release. Sources that merely disagree are no revision. With `since`, only figures published
    after that day; where that is unknown, figures recorded after it.

    >>> import songhua
    >>> from songhua.labels import parse_period
    >>> region = songhua.open(songhua.example()).region
    >>> rows = revisions(region, parse_period("2021"), None)
    >>> all(row.before != row.after for row in rows)
    True
    """
    figures = region.figures.observations.select(kind=SETTLED, region=region.code)
    first = date(period.start.year - 1, 1, 1).toordinal()
    figures = figures.where((figures.start >= first) & (figures.end <= period.end.toordinal()))
    rows: list[Revision] = []
    for group in figures.by(*THING).values():
        rows += changed_figures(group, since)
    return sorted(rows, key=lambda row: str(row.published or ""), reverse=True)


def changed_figures(
    figures: Sequence[Observation], since: date | None = None
) -> Iterator[Revision]:
    """Each corrected figure with its correction, and the first release with each vintage.

    >>> first = Observation.of("gdp", "2021", "5", source="a", recorded="2022-01-20")
    >>> last = Observation.of("gdp", "2021", "6", source="a", vintage="census")
    >>> [(row.sort, row.before, row.after) for row in changed_figures([first, last])]
    [('revised', 5.0, 6.0)]
    """
    pairs: list[tuple[str, Observation, Observation]] = []
    for old in figures:
        if old.superseded:
            later = (
                new
                for new in figures
                if not new.superseded
                and new.source == old.source
                and new.vintage == old.vintage
                and new.recorded > old.recorded
            )
            pairs += [("corrected", old, new) for new in list(later)[-1:]]
    valid = [figure for figure in figures if not figure.superseded]
    first = next((figure for figure in valid if not figure.vintage), None)
    if first is not None:
        pairs += [("revised", first, new) for new in valid if new.vintage]
    for sort, old, new in pairs:
        if old.value != new.value and _after(new, since):
            yield _revision(sort, old, new)


def _after(figure: Observation, since: date | None) -> bool:
    """True if a figure was published after a day, or recorded, where the former is unknown."""
    if since is None:
        return True
    if figure.known is None:
        return figure.recorded > since.isoformat()
    return figure.known > since


def _revision(sort: str, old: Observation, new: Observation) -> Revision:
    before, after = (float(f"{figure.value:.12g}") for figure in (old, new))
    return Revision(
        new.indicator,
        new.industry,
        new.period,
        before,
        after,
        float(f"{after - before:.12g}"),
        new.unit,
        sort,
        new.known,
        cited(old, new),
    )
