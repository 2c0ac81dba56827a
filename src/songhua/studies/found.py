"""Figures wherever a folder holds them: observations, cells of panels, or two others put together.

A share is an industry's level over the whole's, a figure per head a level over the people. They
are computed only where they can be one thing: no published figure of the indicator contradicts
them, and there is one count of people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from songhua.labels import parse_period, parse_unit
from songhua.maths.bounds import Interval
from songhua.region import GRADES, SETTLED, Indicator, Region
from songhua.region.observations import Observation, cited, tidy
from songhua.region.series import Series
from songhua.studies.panels import WHOLE
from songhua.studies.series import Figures


class Key(NamedTuple):
    """The labels of a series."""

    indicator: str
    region: str
    industry: str = WHOLE
    entity: str = ""
    vintage: str = ""
    scope: str = ""


def found(figures: Figures, key: Key) -> tuple[Observation, ...]:
    """The figures of a series in order of period: published ones first, then what else there is.

    >>> from songhua.studies.diagnose import example
    >>> given = example.figures(example.observed("gdp", "2021", "50"),
    ...                         example.observed("gdp", "2021", "20", "food"))
    >>> [(one.value, str(one.period)) for one in found(given, Key("share", "here", "food"))]
    [(40.0, '2021')]
    >>> [one.value for one in found(given, Key("jobs", "there", "tools"))]
    [10.0, 20.0]
    """
    published = figures.series.get(tuple(key), ())
    if key.entity or key.vintage or key.scope:
        return tuple(published)
    return _first((*published, *cells(figures, key), *_computed(figures, key)))


def _first(rows: Iterable[Observation]) -> tuple[Observation, ...]:
    """The first of each period, in order of period."""
    best: dict[object, Observation] = {}
    for one in rows:
        best.setdefault(one.period, one)
    return tuple(sorted(best.values(), key=attrgetter("end", "start")))


def cells(figures: Figures, key: Key) -> Iterator[Observation]:
    """The cells of panels of one series, up to the day of the view; the last of each period.

    >>> from songhua.studies.diagnose import example
    >>> [one.value for one in cells(example.figures(), Key("jobs", "land"))]
    [200.0, 200.0]
    """
    for one in figures.once(_by_series).get(key[:3], ()):
        value = tidy(one.value)
        yield replace(one, value=value, sure=Interval(value, value))


def settled_cells(region: Region) -> Series:
    """Cells of panels that hold a figure by the day of the view; the last of each.

    >>> len(settled_cells(Region.of("here")))
    0
    """
    cells = region.figures.cells.select(kind=SETTLED)
    cells = cells.where(~np.isnan(cells.value))
    if region.as_of is not None:
        cells = cells.where(cells.end <= region.as_of.toordinal())
    return cells.last(*Key._fields[:3], "period")


def _by_series(figures: Figures) -> dict[tuple[str, ...], Series]:
    return settled_cells(figures.region).by(*Key._fields[:3])


def _made(
    key: Key,
    indicator: Indicator,
    period: str,
    value: float,
    bound: Interval,
    grade: str,
    *behind: Observation,
) -> Observation:
    """A figure that stands among no observations, with what it rests on."""
    return Observation(
        tidy(value),
        bound,
        Interval(tidy(value), tidy(value)),
        parse_period(period),
        cited(*behind),
        bound.point,
        form=indicator.form,
        unit=indicator.unit,
        grade=grade,
        **key._asdict(),
    )


def _computed(figures: Figures, key: Key) -> Iterator[Observation]:
    """Shares and figures per head from levels."""
    catalogue, relations = figures.region.catalogue, figures.region.relations
    of = relations.underlying(key.indicator) if key.indicator in catalogue else ""
    if of not in catalogue or catalogue[of].form != "level":
        return
    indicator = catalogue[key.indicator]
    if relations.total_of(key.indicator):
        name = relations.whole(key.indicator, key.industry, {of})
        whole = Key(of, key.region, name)
        if name and not _contradicted(figures, indicator, whole.indicator):
            yield from _ratios(figures, key, whole._replace(industry=key.industry), whole)
    elif indicator.form == "ratio":
        people = _people(figures, indicator, key)
        if people is not None:
            yield from _ratios(figures, key, Key(of, key.region, key.industry), people)


def _ratios(figures: Figures, key: Key, part: Key, whole: Key) -> Iterator[Observation]:
    """One series over another in the unit of the key's indicator, where both have a period."""
    catalogue = figures.region.catalogue
    units = [parse_unit(catalogue[one.indicator].unit) for one in (part, whole, key)]
    scale = float(units[0].factor / units[1].factor / units[2].factor)
    below = {one.period: one for one in held(figures, whole)}
    for one in held(figures, part):
        other = below.get(one.period)
        if other is not None and other.bound.low > 0 and one.bounded and other.bounded:
            bound = one.bound / other.bound * scale
            value = one.value / other.value * scale
            indicator, period = catalogue[key.indicator], str(one.period)
            grade = max(one.grade, other.grade, key=GRADES.index)  # no better than the weaker
            yield _made(key, indicator, period, value, bound, grade, one, other)


def held(figures: Figures, key: Key) -> tuple[Observation, ...]:
    """The figures of a series that are published or stand in a panel."""
    return _first((*figures.series.get(tuple(key), ()), *cells(figures, key)))


def _contradicted(figures: Figures, indicator: Indicator, of: str) -> bool:
    """Whether a published share is not that of its industry in the whole: it means another."""
    for one in figures.settled:
        if one.indicator == indicator.id and one.usual and one.industry != WHOLE:
            key = Key(indicator.id, one.region, one.industry)
            whole = Key(of, one.region)
            made = _ratios(figures, key, whole._replace(industry=one.industry), whole)
            same = next((row for row in made if row.period == one.period), None)
            if same is not None and not same.bound.overlaps(one.bound):
                return True
    return False


def _people(figures: Figures, indicator: Indicator, key: Key) -> Key | None:
    """The count that a figure is for each of, as people, where there is just one series of it."""
    unit = parse_unit(indicator.unit)
    if not unit.dimension[1]:
        return None
    wanted = (unit.dimension[1], "")
    keys = [
        Key(one.id, key.region)
        for one in figures.region.catalogue.values()
        if one.form == "level" and parse_unit(one.unit).dimension == wanted and one.time == "stock"
    ]
    with_figures = [one for one in keys if held(figures, one)]
    return with_figures[0] if len(with_figures) == 1 else None


def places(figures: Figures, indicator: str) -> list[str]:
    """The places with figures of an indicator: those of observations first, then of panels.

    >>> from songhua.studies.diagnose import example
    >>> places(example.figures(example.observed("gdp", "2021", "5")), "gdp")
    ['here']
    >>> places(example.figures(), "jobs")
    ['here', 'there', 'land']
    """
    known = [key[1] for key in figures.series if key[0] == indicator]
    known += figures.region.figures.cells.select(indicator=indicator).distinct("region")
    return list(dict.fromkeys(known))
