"""Perimeters: the part of each industry of the table that belongs to an industry of the region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from songhua.hooks.checkpoints import checkpoint
from songhua.maths.bounds import Interval
from songhua.region import Region
from songhua.studies.accounts.nation import Nation

ALL, SOME = Interval(1, 1), Interval(0, 1)
#: The range of turnover over output, where the table of parts gives none: an assumption.
TURNOVER = Interval(0.8, 1.25)
Weights = Mapping[str, Interval]


@dataclass(frozen=True)
class Perimeter:
    """The share of each code that belongs to an industry: by definition, and as assumed.

    `certain` follows from definitions, `assumed` is no wider; without an assumption both agree.
    """

    certain: Weights
    assumed: Weights

    @property
    def closed(self) -> bool:
        """True where definitions alone give the share of every code.

        >>> Perimeter({"a": ALL}, {"a": ALL}).closed, Perimeter({"a": SOME}, {"a": ALL}).closed
        (True, False)
        """
        return all(weight.point for weight in self.certain.values())


@dataclass(frozen=True, eq=False)
class Perimeters:
    """The perimeters of a region's industries in the codes of the table in use."""

    region: Region
    nation: Nation

    def find(self, industry: str, measure: str) -> Perimeter | None:
        """The perimeter of an industry for a measure, or None where nothing says it.

        An industry holds the codes that the table's own columns give to it or to an industry inside
        it, and what the table of parts says.

        >>> import songhua
        >>> region = songhua.open(songhua.example("washington")).region
        >>> food = Perimeters(region, Nation.of(region)).find("food", "value_added")
        >>> food.closed, list(food.certain)
        (True, ['food'])
        """
        about = industry, measure
        if about not in self._by_name:
            checkpoint()
            self._by_name[about] = self._perimeter(industry, measure)
        return self._by_name[about]

    def _perimeter(self, industry: str, measure: str) -> Perimeter | None:
        from_table, derived = self._from_parts_table(industry, measure), self._derived(industry)
        if not from_table and not derived:
            return None
        certain, assumed = ({**(derived or {}), **weights} for weights in from_table or ({}, {}))
        if measure == "revenue":
            certain, assumed = _turnover(certain, assumed, self._own_rows(industry, measure))
        codes = [code for code, weight in certain.items() if weight.high > 0]
        codes = [code for code in codes if assumed[code].high > 0]
        if not codes:
            return None
        return Perimeter(
            *({code: weights[code] for code in codes} for weights in (certain, assumed))
        )

    def industries(self) -> Iterator[str]:
        """The industries that have a perimeter."""
        for industry in self.region.industries:
            if self.find(industry, "value_added") is not None:
                yield industry

    def _own_rows(self, industry: str, measure: str) -> set[str]:
        """The codes for which the table of parts speaks of this measure itself."""
        parts = self.nation.parts
        if parts.empty:
            return set()
        rows = parts[(parts.industry == industry) & (parts.measure == measure)]
        return set(rows.code.astype(str))

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], Perimeter | None]:
        """The perimeters that were asked for, each worked out once."""
        return {}

    @cached_property
    def _parts(self) -> dict[str, pd.DataFrame]:
        """The table of parts by industry."""
        parts = self.nation.parts
        if parts.empty:
            return {}
        rows = parts[parts.code.isin(self.nation.codes)]
        return {str(industry): group for industry, group in rows.groupby("industry", sort=False)}

    def _from_parts_table(self, industry: str, measure: str) -> tuple[Weights, Weights] | None:
        """The weights that the table of parts states, certain and assumed."""
        rows = self._parts.get(industry)
        if rows is None:
            return None
        rows = rows[rows.measure.isin(["", measure])]
        if rows.empty:
            return None
        weights: dict[str, dict[str, Interval]] = {"definition": {}, "assumed": {}}
        for row in rows.sort_values("measure", kind="stable").itertuples():
            weight = Interval(float(str(row.low)), float(str(row.high)))
            weights[str(row.basis)][str(row.code)] = weight
        certain = dict.fromkeys(rows.code.astype(str), SOME) | weights["definition"]
        return certain, certain | weights["assumed"]

    def _derived(self, industry: str) -> Weights | None:
        """The weights that the columns of the table's industries give."""
        codes = zip(self.nation.codes, self.nation.inclusion, strict=True)
        if industry == "all":
            return dict.fromkeys(self.nation.codes, ALL)
        weights: dict[str, Interval] = {}
        for code, inclusion in codes:
            owner = self.nation.owner[code]
            if owner == industry and inclusion == "inside":
                return None  # it holds more than the codes that name it
            if industry in self._up(owner):
                weights[code] = SOME if inclusion == "partial" else ALL
            elif industry in self._up(self.nation.within[code]):
                weights[code] = ALL
        return weights or None

    def _up(self, industry: str) -> list[str]:
        """An industry and those that it is part of, without the whole economy."""
        chain: list[str] = []
        while industry and industry != "all" and industry not in chain:
            if industry not in self.region.industries:
                break
            chain.append(industry)
            industry = self.region.parent(industry)
        return chain


def _turnover(certain: Weights, assumed: Weights, own_codes: set[str]) -> tuple[Weights, Weights]:
    """The weights of turnover: of output, where the table of parts does not speak of turnover."""
    loose = {code: Interval(0, max(weight.high, 0) * 100) for code, weight in certain.items()}
    near = {
        code: weight if code in own_codes else weight * TURNOVER for code, weight in assumed.items()
    }
    return loose, near
