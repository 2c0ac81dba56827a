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
from songhua.studies.accounts.job_quotients import job_quotients
from songhua.studies.accounts.level_readings import Levels, at, neighbours
from songhua.studies.accounts.nation import Nation
from songhua.studies.accounts.other_years import shares_of_other_years
from songhua.studies.accounts.perimeters import Perimeters
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
    def used(self) -> list[Reading]:
        """The readings that say something."""
        return [one for one in self.readings if one.used]

    def of(self, name: str) -> Reading | None:
        """The reading whose constraint has this name."""
        return next((r for r in self.used if r.constraint and r.constraint.name == name), None)


def ledger(figures: Figures, nation: Nation, prior: Prior, year: int) -> Ledger:
    """Read every settled figure of the region that speaks of the year.

    >>> import songhua
    >>> region = songhua.open(songhua.example("washington")).region
    >>> from songhua.maths.accounts import prior
    >>> found = ledger(Figures(region, None), Nation.of(region), prior.load(), 2017)
    >>> found.series, sorted({one.how for one in found.used})
    ('gdp_2022', ['level', 'other_year'])
    """
    region = figures.region
    settled = [one for one in figures.settled if region.indicator(one.indicator).measure in LISTED]
    told = {_thing(one) for one in settled if one.usual}
    around = {region.code, nation.region, *region.places_of("parent")}
    wanted = [name for name, one in region.catalogue.items() if one.measure in LISTED]
    cells = region.figures.cells.select(region=around, indicator=wanted)
    cells = cells.where(~np.isnan(cells.value))
    held = [*settled, *(one for one in cells if _thing(one) not in told)]
    rows = [one for one in held if one.region == region.code]
    series = main_series(region, rows, year)
    others = {
        one.indicator
        for one in rows
        if one.industry == "all" and _sizes(region, one.indicator) and one.indicator != series
    }
    perimeters = Perimeters(region, nation)
    levels = Levels(region, perimeters, year, nation.unit)
    shares = Shares(region, perimeters, rows)
    own = [one for one in rows if at(one, year)]
    found = [
        _followed(one, own, nation, perimeters) or _read(one, region, others, levels, shares)
        for one in own
    ]
    for one, growth, later in neighbours(region, [one for one in rows if not one.scope], year):
        if _reason(one, region, others) is None and _fits(growth, region):
            found.append(levels.through(one, growth, later))
    sized = [one for one in held if _sizes(region, one.indicator)]
    known = frozenset(one.observation.industry for one in found if one.how == "level" and one.used)
    found += shares_of_other_years(region, sized, nation, prior, year, known)
    whole = next((o for o in own if (o.indicator, o.industry) == (series, "all")), None)
    if whole is not None:
        share = convert(whole.value, whole.unit, nation.unit) / float(nation.value_added.sum())
        counted = list(job_quotients(region, held, nation, prior, year, share, known))
        told_by = {id for one in counted for id in one.ids}
        found = [one for one in found if one.used or one.observation.id not in told_by]
        found += counted
    return Ledger(_distinct(found), series)


def _thing(one: Observation) -> tuple[str, str, str, object]:
    """What a figure is of."""
    return one.indicator, one.region, one.industry, one.period


def main_series(region: Region, rows: Sequence[Observation], year: int) -> str:
    """The series of value added in use: with the whole economy, and most industries."""
    counts: dict[str, int] = {}
    sizes = [one for one in rows if at(one, year) and one.usual and _sizes(region, one.indicator)]
    sizes = [one for one in sizes if _fits(one, region) and one.value > 0]
    for name, alike in grouped(sizes, "indicator").items():
        industries = {one.industry for one in alike}
        if "all" in industries:
            counts[name] = len(industries)
    return max(counts, key=lambda name: counts[name], default="")


def _sizes(region: Region, indicator: str) -> bool:
    """Whether an indicator is a level of value added at current prices."""
    one = region.indicator(indicator)
    return one.measure == "value_added" and one.nominal


def _reason(one: Observation, region: Region, others: Collection[str]) -> str | None:
    """Why a figure cannot be read, if that is so, before its form is looked at."""
    indicator = region.indicator(one.indicator)
    if indicator.measure not in CELLS:
        return "mixed_measure" if indicator.measure == "mixed" else "no_cells"
    if not _fits(one, region):
        return "other_unit"
    if one.vintage:
        return "other_vintage"
    if one.scope:
        return "other_scope"
    if indicator.form == "level" and not indicator.nominal:
        return "constant_prices"
    if one.indicator in others or region.relations.underlying(one.indicator) in others:
        return "other_series"
    return None


def _fits(one: Observation, region: Region) -> bool:
    """Whether a level is money of the region, and a share or growth in percent or in points."""
    if one.form != "level":
        return one.unit in ("%", "pp") or one.form not in IN_PERCENT
    try:
        convert(1, one.unit, f"m {region.currency}")
    except SonghuaError:
        return False
    return True


def _followed(
    one: Observation, own: Sequence[Observation], nation: Nation, perimeters: Perimeters
) -> Reading | None:
    """A level of pay or jobs that draws are scaled to; None for any other figure.

    Of jobs or pay of some units alone nothing is scaled: those of an indicator of which some
    industry holds less, or less surely, of a code than it does of value added.
    """
    of = {figures: measure for measure, figures in FOLLOWING.items()}
    told = perimeters.region.indicator(one.indicator).measure
    if told not in of or one.form != "level" or one.entity or not one.usual or one.value < 0:
        return None
    sizes, unit = nation.following(of[told])
    alike = {other.industry for other in own if other.indicator == one.indicator}
    whole = all(
        perimeters.find(name, told) == perimeters.find(name, "value_added") for name in alike
    )
    held = perimeters.find(one.industry, told)
    if not (sizes > 0).any() or not whole or held is None or not held.closed:
        return None
    try:
        convert(1, one.unit, unit)
    except SonghuaError:
        return None
    return Reading(one, "scaled")


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
    """Each figure once: one that is read through two growths has two names."""
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
