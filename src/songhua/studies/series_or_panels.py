"""Figures wherever a folder holds them: observations, cells of panels, or two others put together.

A share is an industry's level over the whole's, a figure per head a level over the people. They
are computed only where they can be one thing: no published figure of the indicator contradicts
them, and there is one count of people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from songhua.labels import Period, parse_period, parse_unit
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


def series_figures(figures: Figures, key: Key) -> tuple[Observation, ...]:
    """The figures of a series in order of period: published, else of a panel, else computed.

    >>> from songhua.studies.diagnose import town
    >>> figures = town.figures(town.observed("gdp", "2021", "50"),
    ...                         town.observed("gdp", "2021", "20", "food"))
    >>> [(f.value, str(f.period)) for f in series_figures(figures, Key("share", "here", "food"))]
    [(40.0, '2021')]
    >>> [f.value for f in series_figures(figures, Key("jobs", "there", "tools"))]
    [10.0, 20.0]
    """
    published = figures.series.get(tuple(key), ())
    if key.entity or key.vintage or key.scope:
        return tuple(published)
    return _first((*published, *cells(figures, key), *_computed(figures, key)))


def _first(rows: Iterable[Observation]) -> tuple[Observation, ...]:
    """The first of each period, in order of period."""
    best: dict[object, Observation] = {}
    for figure in rows:
        best.setdefault(figure.period, figure)
    return tuple(sorted(best.values(), key=attrgetter("end", "start")))


def cells(figures: Figures, key: Key) -> Iterator[Observation]:
    """The cells of panels of one series, up to the day of the view; the last of each period.

    >>> from songhua.studies.diagnose import town
    >>> [figure.value for figure in cells(town.figures(), Key("jobs", "land"))]
    [200.0, 200.0]
    """
    for figure in figures.once(_by_series).get(key[:3], ()):
        value = tidy(figure.value)
        yield replace(figure, value=value, sure=Interval(value, value))


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


def own_levels(figures: Figures) -> Series:
    """The settled cells of panels of the region and of the places that have its figures.

    >>> from songhua.studies.diagnose import town
    >>> [(row.industry, row.value) for row in own_levels(town.figures())][:2]
    [('all', 40.0), ('all', 50.0)]
    """
    return settled_cells(figures.region).select(
        region={figures.region.code, *figures.settled.distinct("region")}
    )


def own_cells(region: Region) -> dict[tuple[str, str, Period], str]:
    """The ids of the region's own settled cells of panels, by indicator, industry and period.

    >>> own_cells(Region.of("here"))
    {}
    """
    cells = settled_cells(region).select(region=region.code)
    labels = zip(cells.texts("indicator"), cells.texts("industry"), cells.ids, strict=True)
    periods = map(parse_period, cells.texts("period"))
    return {(*about, at): id for (*about, id), at in zip(labels, periods, strict=True)}


def cells_at(
    cells: Mapping[tuple[str, str, Period], str], indicator: str, industry: str, *ends: Period
) -> tuple[str, ...]:
    """The cells that a figure rests on, of `own_cells`; none for a period that is computed.

    >>> cells_at({}, "jobs", "food", parse_period("2021"))
    ()
    """
    keys = ((indicator, industry, end) for end in ends)
    return tuple(cells[key] for key in keys if key in cells)


def _by_series(figures: Figures) -> dict[tuple[str, ...], Series]:
    return settled_cells(figures.region).by(*Key._fields[:3])


def _computed_figure(
    key: Key,
    indicator: Indicator,
    period: str,
    value: float,
    bound: Interval,
    grade: str,
    *behind: Observation,
) -> Observation:
    """A figure that is no observation, with those that it rests on."""
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
    units = [parse_unit(catalogue[labels.indicator].unit) for labels in (part, whole, key)]
    scale = float(units[0].factor / units[1].factor / units[2].factor)
    below = {figure.period: figure for figure in published_or_panel(figures, whole)}
    for figure in published_or_panel(figures, part):
        base = below.get(figure.period)
        if base is not None and base.bound.low > 0 and figure.bounded and base.bounded:
            bound = figure.bound / base.bound * scale
            value = figure.value / base.value * scale
            indicator, period = catalogue[key.indicator], str(figure.period)
            grade = max(figure.grade, base.grade, key=GRADES.index)  # no better than the weaker
            yield _computed_figure(key, indicator, period, value, bound, grade, figure, base)


def published_or_panel(figures: Figures, key: Key) -> tuple[Observation, ...]:
    """The figures of a series that are published or stand in a panel."""
    return _first((*figures.series.get(tuple(key), ()), *cells(figures, key)))


def _contradicted(figures: Figures, indicator: Indicator, of: str) -> bool:
    """True where a published share is not that of its industry in the whole: it means another."""
    for figure in figures.settled:
        if figure.indicator == indicator.id and figure.usual and figure.industry != WHOLE:
            key = Key(indicator.id, figure.region, figure.industry)
            whole = Key(of, figure.region)
            computed = _ratios(figures, key, whole._replace(industry=figure.industry), whole)
            same = next((row for row in computed if row.period == figure.period), None)
            if same is not None and not same.bound.overlaps(figure.bound):
                return True
    return False


def _people(figures: Figures, indicator: Indicator, key: Key) -> Key | None:
    """The series that a figure per head is counted by, such as people, where there is just one."""
    unit = parse_unit(indicator.unit)
    if not unit.dimension[1]:
        return None
    wanted = (unit.dimension[1], "")
    keys = [
        Key(indicator.id, key.region)
        for indicator in figures.region.catalogue.values()
        if indicator.form == "level"
        and parse_unit(indicator.unit).dimension == wanted
        and indicator.time == "stock"
    ]
    with_figures = [candidate for candidate in keys if published_or_panel(figures, candidate)]
    return with_figures[0] if len(with_figures) == 1 else None


def places(figures: Figures, indicator: str) -> list[str]:
    """The places with figures of an indicator: those of observations first, then of panels.

    >>> from songhua.studies.diagnose import town
    >>> places(town.figures(town.observed("gdp", "2021", "5")), "gdp")
    ['here']
    >>> places(town.figures(), "jobs")
    ['here', 'there', 'land']
    """
    regions = [key[1] for key in figures.series if key[0] == indicator]
    regions += figures.region.figures.cells.select(indicator=indicator).distinct("region")
    return list(dict.fromkeys(regions))
