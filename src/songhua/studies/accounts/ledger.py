"""The ledger: every figure of the region and the year, as it is read, or why it is not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from songhua.errors import SonghuaError
from songhua.labels import convert
from songhua.maths.accounts.prior import Prior
from songhua.region import Region
from songhua.region.observations import Observation, grouped
from songhua.studies.accounts.level_readings import Levels, at, neighbours
from songhua.studies.accounts.nation import Nation
from songhua.studies.accounts.other_years import shares_of_other_years
from songhua.studies.accounts.perimeters import Perimeters
from songhua.studies.accounts.quotients_beside import quotients_beside
from songhua.studies.accounts.readings import CELLS, FOLLOWING, Reading, unread
from songhua.studies.accounts.share_readings import Shares
from songhua.studies.series import Figures

#: Measures that accounts could hold and that have no cells yet: their figures are listed.
LISTED = (*CELLS, *FOLLOWING.values(), "mixed")
#: Forms that are read in percent or in points.
IN_PERCENT = ("share", "contribution_pp", "share_of_growth", "growth")


@dataclass(frozen=True, eq=False)
class Ledger:
    """Every reading, in the order of the figures; `series` is the one of value added in use."""

    readings: tuple[Reading, ...]
    series: str

    @property
    def in_use(self) -> list[Reading]:
        """The readings that state a constraint, a ratio or a scale."""
        return [reading for reading in self.readings if reading.is_used]

    def of(self, name: str) -> Reading | None:
        """The reading whose constraint has this name."""
        return next((r for r in self.in_use if r.constraint and r.constraint.name == name), None)


def ledger(figures: Figures, nation: Nation, prior: Prior, year: int) -> Ledger:
    """Read every settled figure of the region that speaks of the year.

    >>> import songhua
    >>> region = songhua.open(songhua.example("washington")).region
    >>> from songhua.maths.accounts import prior
    >>> read = ledger(Figures(region, None), Nation.of(region), prior.load(), 2017)
    >>> read.series, sorted({reading.how for reading in read.in_use})
    ('gdp_2022', ['level', 'other_year'])
    """
    region = figures.region
    settled = [
        figure for figure in figures.settled if region.indicator(figure.indicator).measure in LISTED
    ]
    observed = {_thing(figure) for figure in settled if figure.usual}
    around = {region.code, nation.region, region.within, *region.places_of("parent")}
    wanted = [name for name, indicator in region.catalogue.items() if indicator.measure in LISTED]
    cells = region.figures.cells.select(region=around, indicator=wanted)
    cells = cells.where(~np.isnan(cells.value))
    available = [*settled, *(cell for cell in cells if _thing(cell) not in observed)]
    rows = [figure for figure in available if figure.region == region.code]
    series = main_series(region, rows, year)
    rivals = {
        figure.indicator
        for figure in rows
        if figure.industry == "all"
        and _sizes(region, figure.indicator)
        and figure.indicator != series
    }
    perimeters = Perimeters(region, nation)
    levels = Levels(region, perimeters, year, nation.unit)
    shares = Shares(region, perimeters, rows)
    of_year = [figure for figure in rows if at(figure, year)]
    readings = [
        _followed(figure, of_year, nation, perimeters)
        or _read(figure, region, rivals, levels, shares)
        for figure in of_year
    ]
    for figure, growth, later in neighbours(
        region, [figure for figure in rows if not figure.scope], year
    ):
        if _reason(figure, region, rivals) is None and _fits(growth, region):
            readings.append(levels.through(figure, growth, later))
    sized = [figure for figure in available if _sizes(region, figure.indicator)]
    printed = frozenset(
        reading.observation.industry
        for reading in readings
        if reading.how == "level" and reading.is_used
    )
    whole = next((o for o in of_year if (o.indicator, o.industry) == (series, "all")), None)
    if whole is not None:
        share = convert(whole.value, whole.unit, nation.unit) / float(nation.value_added.sum())
        about = (nation, prior, year, min(share, 1.0), printed)
        readings += shares_of_other_years(region, sized, *about)
        counted = list(quotients_beside(region, available, *about))
        told_by = {id for reading in counted for id in reading.ids}
        readings = [
            reading
            for reading in readings
            if reading.is_used or reading.observation.id not in told_by
        ]
        readings += counted
    return Ledger(_distinct(readings), series)


def _thing(figure: Observation) -> tuple[str, str, str, object]:
    """The labels of the quantity that a figure measures."""
    return figure.indicator, figure.region, figure.industry, figure.period


def main_series(region: Region, rows: Sequence[Observation], year: int) -> str:
    """The series of value added in use: with the whole economy, and most industries."""
    counts: dict[str, int] = {}
    sizes = [
        figure
        for figure in rows
        if at(figure, year) and figure.usual and _sizes(region, figure.indicator)
    ]
    sizes = [figure for figure in sizes if _fits(figure, region) and figure.value > 0]
    for name, alike in grouped(sizes, "indicator").items():
        industries = {figure.industry for figure in alike}
        if "all" in industries:
            counts[name] = len(industries)
    return max(counts, key=lambda name: counts[name], default="")


def _sizes(region: Region, indicator: str) -> bool:
    """True for a level of value added at current prices."""
    entry = region.indicator(indicator)
    return entry.measure == "value_added" and entry.nominal


def _reason(figure: Observation, region: Region, rivals: Collection[str]) -> str | None:
    """The reason, before its form is looked at, why a figure cannot be read; else None."""
    indicator = region.indicator(figure.indicator)
    if indicator.measure not in CELLS:
        return "mixed_measure" if indicator.measure == "mixed" else "no_cells"
    if not _fits(figure, region):
        return "other_unit"
    if figure.vintage:
        return "other_vintage"
    if figure.scope:
        return "other_scope"
    if indicator.form == "level" and not indicator.nominal:
        return "constant_prices"
    if figure.indicator in rivals or region.relations.underlying(figure.indicator) in rivals:
        return "other_series"
    return None


def _fits(figure: Observation, region: Region) -> bool:
    """True for a level in money of the region, and a share or growth in percent or points."""
    if figure.form != "level":
        return figure.unit in ("%", "pp") or figure.form not in IN_PERCENT
    try:
        convert(1, figure.unit, f"m {region.currency}")
    except SonghuaError:
        return False
    return True


def _followed(
    figure: Observation, of_year: Sequence[Observation], nation: Nation, perimeters: Perimeters
) -> Reading | None:
    """A level of pay or jobs that draws are scaled to; None for any other figure.

    Jobs or pay of only some units scale nothing. An indicator is of this kind if some industry has
    a smaller or less certain share of a code in it than in value added.
    """
    of = {figures: followed for followed, figures in FOLLOWING.items()}
    measure = perimeters.region.indicator(figure.indicator).measure
    if (
        measure not in of
        or figure.form != "level"
        or figure.entity
        or not figure.usual
        or figure.value < 0
    ):
        return None
    sizes, unit = nation.following(of[measure])
    alike = {row.industry for row in of_year if row.indicator == figure.indicator}
    whole = all(
        perimeters.find(name, measure) == perimeters.find(name, "value_added") for name in alike
    )
    perimeter = perimeters.find(figure.industry, measure)
    if not (sizes > 0).any() or not whole or perimeter is None or not perimeter.closed:
        return None
    try:
        convert(1, figure.unit, unit)
    except SonghuaError:
        return None
    return Reading(figure, "scaled")


def _read(
    figure: Observation, region: Region, rivals: Collection[str], levels: Levels, shares: Shares
) -> Reading:
    """A figure of the year by its form."""
    reason = _reason(figure, region, rivals)
    if reason is not None:
        return unread(figure, reason)
    if figure.form == "level":
        return levels.read(figure)
    if figure.entity:
        return unread(figure, "form_of_entity")
    if figure.form == "share":
        return shares.share(figure)
    if figure.form in ("contribution_pp", "share_of_growth"):
        return shares.contribution(figure)
    return unread(figure, "growth_alone" if figure.form == "growth" else "no_reading")


def _distinct(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Each figure once: one that is read through two growths has two names."""
    counts: dict[str, int] = {}
    result: list[Reading] = []
    for reading in readings:
        count = counts[reading.observation.id] = counts.get(reading.observation.id, 0) + 1
        if count == 1:
            result.append(reading)
            continue
        renamed = [
            None if rule is None else replace(rule, name=f"{rule.name} {count}")
            for rule in (reading.certain, reading.assumed)
        ]
        result.append(replace(reading, certain=renamed[0], assumed=renamed[1]))
    return tuple(result)
