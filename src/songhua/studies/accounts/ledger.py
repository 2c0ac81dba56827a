"""The ledger: every figure of the region and the year, as it is read, or why it is not."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from songhua.labels import parse_period
from songhua.maths.bounds import Interval
from songhua.region import Region
from songhua.studies.accounts.level_readings import Levels, at, neighbours
from songhua.studies.accounts.nation import Nation
from songhua.studies.accounts.perimeters import Perimeters
from songhua.studies.accounts.readings import CELLS, Reading, unread
from songhua.studies.accounts.share_readings import Shares
from songhua.studies.observations import Observation, grouped
from songhua.studies.series import Figures

#: Measures that accounts could hold and that have no cells yet: their figures are listed.
LISTED = (*CELLS, "employment", "mixed")


@dataclass(frozen=True, eq=False)
class Ledger:
    """Every reading, in the order of the figures; `series` is the one of value added in use."""

    readings: tuple[Reading, ...]
    series: str

    @property
    def used(self) -> list[Reading]:
        """The readings that say something."""
        return [one for one in self.readings if one.used]

    def of(self, name: str) -> Reading | None:
        """The reading whose constraint has this name."""
        return next((one for one in self.used if one.observation.id == name), None)


def ledger(figures: Figures, nation: Nation, year: int) -> Ledger:
    """Read every settled figure of the region that speaks of the year.

    >>> import songhua
    >>> region = songhua.open(songhua.example("washington")).region
    >>> found = ledger(Figures(region, None), Nation.of(region), 2017)
    >>> found.series, {one.how for one in found.used}
    ('gdp', {'level'})
    """
    region = figures.region
    rows = [one for one in figures.settled if one.region == region.code]
    told = {(one.indicator, one.industry) for one in rows if at(one, year) and one.usual}
    cells = panel_cells(region, year)
    rows += [one for one in cells if (one.indicator, one.industry) not in told]
    rows = [one for one in rows if region.indicator(one.indicator).measure in LISTED]
    series = main_series(region, rows, year)
    others = {
        one.indicator for one in rows
        if one.industry == "all" and _sizes(region, one.indicator) and one.indicator != series
    }  # fmt: skip
    perimeters = Perimeters(region, nation)
    levels = Levels(region, perimeters, year, nation.unit)
    shares = Shares(region, perimeters, rows)
    found = [
        _read(one, region, others, levels, shares) for one in rows if at(one, year)
    ]
    for one, growth, later in neighbours(region, [one for one in rows if not one.scope], year):
        if _reason(one, region, others) is None:
            found.append(levels.through(one, growth, later))
    return Ledger(_distinct(found), series)


def main_series(region: Region, rows: Sequence[Observation], year: int) -> str:
    """The series of value added in use: of those with the whole economy the one of most industries."""
    counts: dict[str, int] = {}
    sizes = [one for one in rows if at(one, year) and one.usual and _sizes(region, one.indicator)]
    for name, alike in grouped(sizes, "indicator").items():
        industries = {one.industry for one in alike}
        if "all" in industries:
            counts[name] = len(industries)
    return max(counts, key=lambda name: counts[name], default="")


def panel_cells(region: Region, year: int) -> list[Observation]:
    """The region's cells of panels in a year, as observations.

    >>> import songhua
    >>> cells = panel_cells(songhua.open(songhua.example("washington")).region, 2017)
    >>> {one.region for one in cells}, cells[0].unit
    ({'washington'}, 'm USD')
    """
    if region.panels.empty:
        return []
    rows = region.panels
    rows = rows[(rows["region"] == region.code) & (rows["period"].astype(str) == str(year))]
    period, found = parse_period(str(year)), list[Observation]()
    names = ("indicator", "industry", "kind", "source", "id")
    texts = [rows[name].astype(str).tolist() for name in names]
    numbers = [rows[name].astype(float).tolist() for name in ("number", "low", "high")]
    for *labels, value, low, high in zip(*texts, *numbers, strict=True):
        if math.isnan(value):
            continue
        named = dict(zip(names[:-1], labels, strict=False))
        bounded = not math.isnan(low)
        bound = Interval(low, high) if bounded else Interval(value, value)
        indicator = region.indicator(named["indicator"])
        found.append(
            Observation(
                value, bound, bound, period, (labels[-1],), bounded=bounded, region=region.code,
                grade=region.grade(named["source"]), form=indicator.form, unit=indicator.unit,
                printed=f"{value:g} {indicator.unit}", **named,
            )  # fmt: skip
        )
    return found


def _sizes(region: Region, indicator: str) -> bool:
    """Whether an indicator is a level of value added at current prices."""
    one = region.indicator(indicator)
    return (one.measure, one.form, one.basis) == ("value_added", "level", "current")


def _reason(one: Observation, region: Region, others: Collection[str]) -> str | None:
    """Why a figure cannot be read, if that is so, before its form is looked at."""
    indicator = region.indicator(one.indicator)
    if indicator.measure not in CELLS:
        return "mixed_measure" if indicator.measure == "mixed" else "no_cells"
    if one.vintage:
        return "other_vintage"
    if one.scope:
        return "other_scope"
    if indicator.form == "level" and indicator.basis not in ("", "current"):
        return "constant_prices"
    if one.indicator in others or indicator.of in others:
        return "other_series"
    return None


def _read(
    one: Observation, region: Region, others: Collection[str], levels: Levels, shares: Shares
) -> Reading:
    """A figure of the year by its form."""
    reason = _reason(one, region, others)
    if reason is not None:
        return unread(one, reason)
    if one.form == "level":
        return levels.read(one)
    if one.entity:
        return unread(one, "form_of_entity")
    if one.form == "share":
        return shares.share(one)
    if one.form in ("contribution_pp", "share_of_growth"):
        return shares.contribution(one)
    return unread(one, "growth_alone" if one.form == "growth" else "no_reading")


def _distinct(found: Sequence[Reading]) -> tuple[Reading, ...]:
    """Each figure once: one that is read twice, through two growths, keeps both as names of its own."""
    seen: dict[str, int] = {}
    result: list[Reading] = []
    for one in found:
        count = seen[one.observation.id] = seen.get(one.observation.id, 0) + 1
        if count == 1:
            result.append(one)
            continue
        named = [
            None if rule is None else replace(rule, name=f"{rule.name} {count}")
            for rule in (one.certain, one.assumed)
        ]
        result.append(replace(one, certain=named[0], assumed=named[1]))
    return tuple(result)
