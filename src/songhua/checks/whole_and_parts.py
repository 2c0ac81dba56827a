"""Known parts of a whole that are more than it, whether or not all are known (§4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from songhua.checks.fault_kinds import PartsAboveWhole, WithinNoParent
from songhua.checks.places import FigureRow
from songhua.checks.plausibility.judged_figures import codes, numbered
from songhua.errors import Fault
from songhua.labels import convert, parse_unit
from songhua.region import Region
from songhua.region.figures import FigureTable
from songhua.region.indicators import RANK
from songhua.results import read_rows

#: The tolerance of parts above their whole, beyond rounding; published tables close to within a
#: thousandth.
ROOM = 0.01
#: The columns in which the parts and their whole agree, of one source.
TABLE = ("indicator", "region", "period", "vintage", "scope", "kind", "source")


def lies_within_a_parent(region: Region) -> list[Fault]:
    """The area that the region lies in is a place of the role `parent`.

    >>> region = Region.of("here", within="town", places={"town": {"role": "comparison"}})
    >>> [(fault.code, fault.column) for fault in lies_within_a_parent(region)]
    [('within_no_parent', 'within')]
    """
    parents = region.places_of("parent")
    if region.within in ("", *parents):
        return []
    return [WithinNoParent("region.toml", None, "within", text=region.within, places=parents)]


def parts_within(region: Region) -> Iterator[Fault]:
    """The known parts of a whole add up to no more than it, as one source tells of both.

    Judged are levels that add up and are never negative, against the whole that is told, and
    shares with the level that they are `of`, against all of it. Volumes at constant prices do not
    add up, and a figure of which a word leaves the ends open says no sum.
    """
    partitions = region.partitions()
    wholes = _wholes(region) if partitions else {}
    some = _judged(region.figures, wholes)
    if len(some):
        yield from _above(region, some, wholes)


def _wholes(region: Region) -> Mapping[str, float]:
    """The indicators whose parts add up, each with the total of all parts; infinite if open."""
    wholes: dict[str, float] = {}
    for id, indicator in region.catalogue.items():
        least, most = region.relations.ends(id)
        amount = indicator.form == "level" and (indicator.unit, indicator.direction) != RANK
        amount = amount and not parse_unit(indicator.unit).dimension[1]
        adds_up = amount or region.relations.total_of(id)
        if least == 0 and indicator.basis != "constant" and adds_up:
            wholes[id] = most
    return wholes


def _judged(figures: FigureTable, wholes: Mapping[str, float]) -> pd.DataFrame:
    """The rows that say how much of a whole a part is."""
    keep = figures.all_rows.have(indicator=wholes, entity="") & ~figures.superseded
    some = figures.frame[keep]
    ends = {name: some[name] * some.scale for name in ("low", "high")}
    return some.assign(**ends).dropna(subset=[*ends])


def _above(region: Region, rows: pd.DataFrame, wholes: Mapping[str, float]) -> Iterator[Fault]:
    """A fault for each whole whose parts are more, at the largest of them."""
    positions = np.arange(len(rows))
    table = numbered(*codes(rows, positions, *TABLE), rows.panel.to_numpy(dtype=np.int64))
    names = rows.indicator.array
    all_parts = np.array([wholes.get(str(id), np.nan) for id in names.categories])[names.codes]
    industry = rows.industry.array
    place = {str(name): code for code, name in enumerate(industry.categories)}
    low, high = (rows[name].to_numpy(dtype=float) for name in ("low", "high"))
    for parent, lists in region.partitions().items():
        total = np.full(int(table.max()) + 1, np.nan)
        total[table] = all_parts
        totals = np.flatnonzero((industry.codes == place.get(parent, -1)) & np.isinf(all_parts))
        total[table[totals]] = 0.0
        np.maximum.at(total, table[totals], high[totals])
        for parts in lists:
            part = np.isin(industry.codes, [place.get(name, -2) for name in parts])
            at = np.flatnonzero(part & (low <= all_parts * (1 + ROOM)))  # others are told alone
            _, first = np.unique(table[at] * len(place) + industry.codes[at], return_index=True)
            at = at[first]
            added = np.bincount(table[at], low[at], len(total))
            for number in np.flatnonzero(added > total * (1 + ROOM)).tolist():
                yield _fault(region, rows.iloc[at[table[at] == number]], parent, total[number])


def _fault(region: Region, parts: pd.DataFrame, parent: str, total: float) -> Fault:
    """The sum of the parts, in the unit of the row that the fault stands at."""
    order = np.argsort(-parts.low.to_numpy(dtype=float), kind="stable")
    row, *_ = largest = read_rows(parts.iloc[order], FigureRow)
    indicator_unit = region.unit(row.indicator)
    half = (parts.low + parts.high).to_numpy(dtype=float)[order] / 2
    printed = [_number(convert(amount, indicator_unit, row.unit)) for amount in half.tolist()]
    return PartsAboveWhole(
        *row.where("value"),
        indicator=row.indicator,
        period=row.period,
        parent=parent,
        unit=row.unit,
        parts=_with_values(largest, printed),
        sum=_number(convert(float(half.sum()), indicator_unit, row.unit)),
        total=_number(convert(total, indicator_unit, row.unit)),
    )


def _with_values(rows: Sequence[FigureRow], values: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{row.industry} {value}" for row, value in zip(rows, values, strict=True))


def _number(value: float) -> str:
    return f"{value:.9g}"
