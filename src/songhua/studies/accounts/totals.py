"""Years in which a region's whole economy has a size, and the one that accounts are of."""

from __future__ import annotations

from songhua.labels import parse_period, parse_unit
from songhua.region import SETTLED, Region
from songhua.results import Finding
from songhua.results.unanswered import StudySkippedNoTotal, StudySkippedNoValueAdded


def has_total(region: Region, year: int) -> bool:
    """True where the figures have value added of the whole economy for the year.

    One of another vintage or scope is no size to put others into, nor is nought or other money.

    >>> import songhua
    >>> region = songhua.open(songhua.example()).region
    >>> has_total(region, 2020), has_total(region, 1900)
    (True, False)
    """
    return year in total_years(region)


def total_years(region: Region) -> list[int]:
    """The years in which the whole economy has a size, in order.

    >>> import songhua
    >>> total_years(songhua.open(songhua.example("washington")).region)[-1]
    2021
    """
    return _years(region, whole=True)


def account_year(region: Region, base: int) -> int:
    """The year of accounts where none is asked for: `base`, else the newest with a total.

    `base` is nought where neither plan nor region names a year, and so is what is returned where
    no year has a total.

    >>> import songhua
    >>> region = songhua.open(songhua.example("washington")).region
    >>> account_year(region, 2016), account_year(region, 2030)
    (2016, 2021)
    """
    years = total_years(region)
    return base if base in years else max(years, default=0)


def no_total(region: Region, base: int) -> Finding | None:
    """The reason why no year has accounts, with the years that have any figures of value added.

    >>> import songhua
    >>> no_total(songhua.open(songhua.example("washington")).region, 2030)
    >>> no_total(Region.of("here", currency="EUR"), 2030).code
    'study_skipped_no_value_added'
    """
    if total_years(region):
        return None
    lacks, base_year = "observations/*.csv", str(base or "–")
    if parts := _years(region, whole=False):
        return StudySkippedNoTotal(
            study="accounts",
            lacks=lacks,
            currency=region.currency,
            base_year=base_year,
            n=len(parts),
            period=parse_period(str(parts[-1])),
        )
    return StudySkippedNoValueAdded(
        study="accounts", lacks=lacks, currency=region.currency, base_year=base_year
    )


def _years(region: Region, *, whole: bool) -> list[int]:
    """The years with levels of value added at current prices, of the whole or of anything."""
    sizes = {
        name
        for name, entry in region.catalogue.items()
        if entry.measure == "value_added"
        and entry.nominal
        and parse_unit(entry.unit).dimension == (region.currency, "")
    }
    levels = region.figures.all_rows.select(indicator=sizes, region=region.code, kind=SETTLED)
    if whole:
        levels = levels.where(levels.usual).select(industry="all")
    periods = levels.where(levels.value > 0).distinct("period")
    return sorted(period.start.year for period in periods if period.kind == "year")
