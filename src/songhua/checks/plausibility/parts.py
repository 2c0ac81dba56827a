"""Totals outside their parts: sums that are far off, parts above their whole, growth outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from songhua.checks.plausibility.series import fault
from songhua.errors import Fault
from songhua.labels import parse_unit
from songhua.region import Region

#: How far a sum may be from its total, beyond what rounding leaves.
OFF = 0.05
KEY = ["indicator", "region", "vintage", "scope", "period", "panel"]
#: Powers of ten that a part may be off.
POWERS = (-4, -3, -2, -1, 1, 2, 3, 4)


@dataclass(frozen=True, eq=False)
class Across:
    """Figures with a thing (indicator, place, period) down and an industry across.

    `at` is the row of each in the table they come from, `place` that of the last printed digit;
    where a thing has no figure for an industry, `value` is missing.
    """

    columns: dict[str, int]
    value: np.ndarray
    place: np.ndarray
    at: np.ndarray

    @classmethod
    def of(cls, rows: pd.DataFrame) -> Across:
        """The figures of a table, the first of each thing and industry."""
        first = rows.drop_duplicates([*KEY, "industry"])
        down = first.groupby(KEY, sort=False, dropna=False).ngroup().to_numpy()
        codes, names = pd.factorize(first["industry"])
        shape = (int(down.max()) + 1 if len(down) else 0, len(names))
        value, place = np.full(shape, np.nan), np.full(shape, np.nan)
        at = np.full(shape, -1)
        value[down, codes] = first["value"].to_numpy(dtype=float)
        place[down, codes] = first["place"].to_numpy(dtype=float)
        at[down, codes] = first.index.to_numpy()
        return cls({str(name): n for n, name in enumerate(names)}, value, place, at)

    def has(self, *industries: str) -> bool:
        """Whether there are figures of all these industries."""
        return self.columns.keys() >= set(industries)

    def places(self, industries: Sequence[str]) -> list[int]:
        """The columns of some industries."""
        return [self.columns[name] for name in industries]


def totals_off_parts(region: Region, figures: pd.DataFrame) -> Iterator[Fault]:
    """Totals that their parts do not make, and parts that are more than their whole.

    Where one figure put right by a power of ten would close the sum, that one is named.
    """
    levels = figures[(figures["form"] == "level") & (figures["entity"] == "")]
    additive = {id for id in region.indicators if _additive(region, id)}
    across = Across.of(levels[levels["indicator"].isin(additive)])
    told: set[int] = set()
    for parent, lists in region.partitions().items():
        for parts in lists:
            if across.has(parent, *parts):
                for row, name, total, added in _open(across, parent, parts):
                    told.add(row)
                    at = int(across.at[row, across.columns[name]])
                    yield fault("total_off_parts", figures.iloc[at], {"total": total, "sum": added},
                                parent=parent, industry=name)  # fmt: skip
    for industry, entry in region.industries.items():
        parent = str(entry["parent"])
        if not (entry["partition"] and across.has(industry, parent)):
            continue
        part, whole = across.columns[industry], across.columns[parent]
        limit = across.value[:, whole] * (1 + OFF) + across.place[:, whole]
        above = (across.value[:, part] > limit) & (across.value[:, whole] > 0)
        for row in [int(n) for n in np.flatnonzero(above) if n not in told]:
            at = int(across.at[row, part])
            yield fault("part_above_total", figures.iloc[at],
                        {"total": float(across.value[row, whole])},
                        industry=industry, parent=parent)  # fmt: skip


def _additive(region: Region, id: str) -> bool:
    """Whether an indicator's parts add up: an amount, not an amount for each of something."""
    return not parse_unit(region.indicator(id).unit).dimension[1]


def _open(
    across: Across, parent: str, parts: Sequence[str]
) -> Iterator[tuple[int, str, float, float]]:
    """Each total with all its parts that is far from their sum, and the figure to be looked at."""
    whole, own = across.columns[parent], across.places(parts)
    total, added = across.value[:, whole], across.value[:, own].sum(axis=1)
    room = OFF * np.maximum(np.abs(total), np.abs(added))
    room += across.place[:, own].sum(axis=1) + across.place[:, whole]
    with np.errstate(invalid="ignore"):
        odd = np.abs(total - added) > room
    for row in map(int, np.flatnonzero(odd)):
        found = culprit(float(total[row]), across.value[row, own])
        name = parent if found is None else parts[found]
        yield row, name, float(total[row]), float(added[row])


def culprit(total: float, parts: np.ndarray) -> int | None:
    """The one part that a power of ten would put right, if there is just one.

    >>> culprit(100.0, np.array([400.0, 60.0])), culprit(100.0, np.array([50.0, 60.0])) is None
    (0, True)
    """
    rest = parts.sum() - parts
    scaled = rest[:, None] + parts[:, None] * 10.0 ** np.array(POWERS)
    fits = np.flatnonzero((np.abs(scaled - total) <= OFF / 5 * abs(total)).any(axis=1))
    return int(fits[0]) if len(fits) == 1 else None


def growth_outside_parts(region: Region, figures: pd.DataFrame) -> Iterator[Fault]:
    """Growth of a whole below that of all its parts, or above: no weights lead there."""
    across = Across.of(figures[(figures["form"] == "growth") & (figures["entity"] == "")])
    for parent, lists in region.partitions().items():
        for parts in lists:
            if not across.has(parent, *parts):
                continue
            whole, own = across.columns[parent], across.places(parts)
            low = (across.value[:, own] - across.place[:, own] / 2).min(axis=1)
            high = (across.value[:, own] + across.place[:, own] / 2).max(axis=1)
            total, half = across.value[:, whole], across.place[:, whole] / 2
            with np.errstate(invalid="ignore"):
                odd = (total + half < low) | (total - half > high)
            for row in map(int, np.flatnonzero(odd)):
                rates = across.value[row, own]
                yield fault(
                    "growth_outside_its_parts", figures.iloc[int(across.at[row, whole])],
                    {"least": float(rates.min()), "most": float(rates.max())},
                )  # fmt: skip
