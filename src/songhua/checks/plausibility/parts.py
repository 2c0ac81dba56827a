"""Totals outside their parts: sums that are far off, parts above their whole, growth outside."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from songhua.checks.plausibility.fault_kinds import (
    GrowthOutsideItsParts,
    PartAboveTotal,
    TotalOffParts,
)
from songhua.checks.plausibility.judged_figures import codes, numbered, ordered
from songhua.checks.plausibility.series_figures import fault, judged_at
from songhua.errors import Fault
from songhua.labels import parse_unit
from songhua.region import Region

#: The tolerance of a sum against its total, beyond rounding.
OFF = 0.05
KEY = ("indicator", "region", "vintage", "scope", "period")
#: Powers of ten that a part may be off.
POWERS = (-4, -3, -2, -1, 1, 2, 3, 4)


@dataclass(frozen=True, eq=False)
class Things:
    """Figures by thing (indicator, place, period) and industry, the first of each.

    `value`, `place` (of the last printed digit) and `thing` are by the rows of the table that
    they come from; `at` has the rows by industry, those of one from `first` to `last`.
    """

    value: np.ndarray
    place: np.ndarray
    thing: np.ndarray
    at: np.ndarray
    first: Mapping[str, int]
    last: Mapping[str, int]

    @classmethod
    def of(cls, figures: pd.DataFrame, chosen: pd.Series) -> Things:
        """The figures of a mask."""
        at = np.flatnonzero(chosen)
        down = numbered(*codes(figures, at, *KEY), figures.panel.to_numpy(dtype=np.int64)[at])
        thing = np.full(len(figures), -1)
        thing[at] = down
        industry = figures.industry.array
        key = industry.codes[at].astype(np.int64) * (int(down.max(initial=0)) + 1) + down
        order = ordered(key)
        at = at[order[np.diff(key[order], prepend=-1) != 0]]
        which, industries = industry.codes[at], np.arange(len(industry.categories))
        ends = (np.searchsorted(which, industries, side).tolist() for side in ("left", "right"))
        first, last = (dict(zip(industry.categories, end, strict=True)) for end in ends)
        value, place = (figures[name].to_numpy(dtype=float) for name in ("value", "place"))
        return cls(value, place, thing, at, first, last)

    def across(self, *industries: str) -> np.ndarray:
        """The rows of each thing that has figures of all these industries: things × industries."""
        spans = [(self.first.get(name, 0), self.last.get(name, 0)) for name in industries]
        rows = np.concatenate([self.at[first:last] for first, last in spans])
        things = self.thing[rows]
        number, count = np.unique(things, return_counts=True)
        whole = np.isin(things, number[count == len(industries)])
        rows, things = rows[whole], things[whole]
        return rows[ordered(things)].reshape(-1, len(industries))


def totals_off_parts(region: Region, figures: pd.DataFrame) -> Iterator[Fault]:
    """Totals that their parts do not make, and parts that are more than their whole.

    If a power of ten on one figure would close the sum, the warning names this figure.
    """
    if not region.partitions():
        return
    additive = {id for id in region.indicators if _additive(region, id)}
    things = Things.of(figures, _whole(figures, "level") & figures.indicator.isin(additive))
    flagged: set[int] = set()
    for parent, lists in region.partitions().items():
        for parts in lists:
            for rows, at, total, added in _open(things, parent, parts):
                flagged.add(int(things.thing[rows[0]]))
                name = (parent, *parts)[at]
                row, amounts = judged_at(figures, int(rows[at])), {"total": total, "sum": added}
                yield fault(TotalOffParts, row, amounts, parent=parent, industry=name)
    for industry, entry in region.industries.items():
        parent = str(entry["parent"])
        if entry["partition"] and parent:
            yield from _above(things, figures, parent, industry, flagged)


def _above(
    things: Things, figures: pd.DataFrame, parent: str, industry: str, flagged: Collection[int]
) -> Iterator[Fault]:
    """Parts that are more than their whole, but where a sum was named."""
    rows = things.across(parent, industry)
    whole, part = rows.T
    total = things.value[whole]
    above = (things.value[part] > total * (1 + OFF) + things.place[whole]) & (total > 0)
    for row, amount in zip(part[above].tolist(), total[above].tolist(), strict=True):
        if int(things.thing[row]) not in flagged:
            yield fault(
                PartAboveTotal,
                judged_at(figures, row),
                {"total": amount},
                industry=industry,
                parent=parent,
            )


def _whole(figures: pd.DataFrame, form: str) -> pd.Series:
    """True for figures of a form that are of no entity in particular."""
    return (figures.form == form) & (figures.entity == "")


def _additive(region: Region, id: str) -> bool:
    """True where an indicator's parts add up: an amount, not an amount for each of something."""
    return not parse_unit(region.indicator(id).unit).dimension[1]


def _open(
    things: Things, parent: str, parts: Sequence[str]
) -> Iterator[tuple[np.ndarray, int, float, float]]:
    """Each total with all its parts that is far from their sum, and which is to be looked at."""
    rows = things.across(parent, *parts)
    value, place = things.value[rows], things.place[rows]
    total, added = value[:, 0], value[:, 1:].sum(axis=1)
    room = OFF * np.maximum(np.abs(total), np.abs(added))
    room += place[:, 1:].sum(axis=1) + place[:, 0]
    for row in map(int, np.flatnonzero(np.abs(total - added) > room)):
        wrong_part = culprit(float(total[row]), value[row, 1:])
        at = 0 if wrong_part is None else wrong_part + 1
        yield rows[row], at, float(total[row]), float(added[row])


def culprit(total: float, parts: np.ndarray) -> int | None:
    """The one part that a power of ten would put right, if there is just one.

    >>> culprit(100.0, np.array([400.0, 60.0])), culprit(100.0, np.array([50.0, 60.0])) is None
    (0, True)
    """
    remainder = parts.sum() - parts
    scaled = remainder[:, None] + parts[:, None] * 10.0 ** np.array(POWERS)
    fits = np.flatnonzero((np.abs(scaled - total) <= OFF / 5 * abs(total)).any(axis=1))
    return int(fits[0]) if len(fits) == 1 else None


def growth_outside_parts(region: Region, figures: pd.DataFrame) -> Iterator[Fault]:
    """Growth of a whole below that of all its parts, or above: no weights lead there."""
    if not region.partitions():
        return
    things = Things.of(figures, _whole(figures, "growth"))
    for parent, lists in region.partitions().items():
        for parts in lists:
            rows = things.across(parent, *parts)
            value, half = things.value[rows], things.place[rows] / 2
            low = (value - half)[:, 1:].min(axis=1)
            high = (value + half)[:, 1:].max(axis=1)
            total, room = value[:, 0], half[:, 0]
            for row in map(int, np.flatnonzero((total + room < low) | (total - room > high))):
                rates = value[row, 1:]
                yield fault(
                    GrowthOutsideItsParts,
                    judged_at(figures, int(rows[row, 0])),
                    {"least": float(rates.min()), "most": float(rates.max())},
                )
