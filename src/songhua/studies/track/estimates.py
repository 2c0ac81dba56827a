"""Estimates by accounts for targets without a figure: beside the target, and in no verdict."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated

from songhua.errors import SonghuaError
from songhua.labels import Period, convert
from songhua.region import Region
from songhua.region.indicators import Indicator
from songhua.results import Result
from songhua.results.columns import (
    EstimateInUnit,
    IndustryId,
    TargetId,
    UnitName,
    choice,
)
from songhua.studies.accounts.nation import Nation
from songhua.studies.accounts.perimeters import Perimeters
from songhua.studies.accounts.rows import Industry
from songhua.studies.claims.estimates import Estimates
from songhua.studies.table_in_use import table_in_use
from songhua.studies.track.rows import TargetRow

#: The measures that accounts estimate, and the forms of a target that they speak of.
MEASURES, FORMS = ("value_added", "output"), ("level", "share")


@dataclass(frozen=True, slots=True)
class TargetEstimate:
    """A row of `estimates`: a size or share of a target's industry, by the accounts of a year."""

    target: TargetId
    industry: IndustryId
    measure: Annotated[str, choice("account_measure")]
    period: Period
    unit: UnitName
    value: EstimateInUnit


def estimable(region: Region, rows: Iterable[TargetRow]) -> list[TargetRow]:
    """The targets without a figure whose industry is made of the table's, by a measure of accounts.

    >>> from songhua.studies.track.examples import town
    >>> estimable(town()[0], [])
    []
    """
    if table_in_use(region) is None:
        return []
    perimeters = Perimeters(region, Nation.of(region))
    candidates: list[TargetRow] = []
    for row in rows:
        if _may(region, row):
            measure = _level(region, region.indicator(row.indicator)).measure
            if perimeters.find(row.industry, measure) is not None:
                candidates.append(row)
    return candidates


def _may(region: Region, row: TargetRow) -> bool:
    indicator = region.catalogue.get(row.indicator)
    if indicator is None or row.latest.known or row.entity:
        return False
    single_industry = row.region in ("", region.code) and row.industry not in ("", "all")
    of = _level(region, indicator)
    return single_industry and of.nominal and indicator.form in FORMS and of.measure in MEASURES


def _level(region: Region, indicator: Indicator) -> Indicator:
    """The level that a target is of: its own, or that of which it is a share."""
    return region.indicator(region.relations.underlying(indicator.id) or indicator.id)


def target_estimates(
    region: Region, rows: Iterable[TargetRow], accounts: Result
) -> Iterator[TargetEstimate]:
    """A row for each of some targets that accounts have an interval of, in the target's unit.

    Printed figures of the accounts' year are no estimates, and are left out.

    >>> from songhua.results import table
    >>> from songhua.studies.track.examples import town
    >>> none = Result("accounts", {"industries": table("accounts", "industries", [])})
    >>> list(target_estimates(town()[0], [], none))
    []
    """
    sizes = {
        (industry.industry, industry.measure): industry
        for industry in accounts.rows(Industry)
        if industry.value.kind and math.isnan(industry.printed)
    }
    estimates = Estimates(region, accounts)
    for row in rows:
        indicator = region.indicator(row.indicator)
        of = _level(region, indicator)
        size = sizes.get((row.industry, of.measure))
        if size is None or not estimates.of_series(of.id, size):
            continue
        if region.relations.total_of(indicator.id):
            unit, value = "%", size.share
        else:
            unit = row.unit
            try:
                value = size.value.times(convert(1, size.unit, unit))
            except SonghuaError:  # a target in another unit than money
                continue
        yield TargetEstimate(row.target, row.industry, of.measure, size.period, unit, value)
