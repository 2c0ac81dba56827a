"""Shares as constraints: as printed, or as a contribution to growth tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from songhua.maths.accounts import Constraint
from songhua.maths.bounds import Interval
from songhua.region import Region
from songhua.studies.accounts.perimeters import Perimeter, Perimeters
from songhua.studies.accounts.readings import PRICES, Reading, ends, part_of, unread
from songhua.studies.observations import Observation

ONE = Interval(1, 1)


@dataclass(frozen=True, eq=False)
class Shares:
    """Reads shares and contributions of a year; `figures` are all that are settled of it."""

    region: Region
    perimeters: Perimeters
    figures: Sequence[Observation]

    def share(self, one: Observation) -> Reading:
        """A printed share of an industry in its whole: part - share × whole is nought."""
        of = self.region.indicator(one.indicator).of
        if one.industry == "all":
            return unread(one, "share_of_other")
        if not of:
            return unread(one, "no_whole")
        whole = "all" if self._whole_is_all(of) else self.region.parent(one.industry)
        return self._reading(one, "share", ends(one) / 100, whole, (), certain=True)

    def contribution(self, one: Observation) -> Reading:
        """A contribution with its own growth and that of the whole: a share.

        contribution = share of the year before × own growth, at the prices of that year. So the
        share of the year is contribution / own growth × (1 + own growth) / (1 + growth of the
        whole), but for what prices have moved, which is assumed.
        """
        of = self.region.indicator(one.indicator).of
        whole = self.region.parent(one.industry) if one.industry != "all" else ""
        own, total = (self._rate(one, of, name) for name in (one.industry, whole))
        if own is None or total is None:
            return unread(one, "no_growth")
        rate, all_ = ends(own) / 100, ends(total) / 100
        if rate.low <= 0 <= rate.high or all_.low <= -1:
            return unread(one, "growth_near_nought")
        points = ends(one) / 100
        if one.form == "share_of_growth":
            points = points * all_
        share = points / rate * (ONE + rate) / (ONE + all_) * PRICES
        if share.low < 0:
            return unread(one, "share_below_nought")
        others = (*own.ids, *total.ids)
        how = "contribution"
        return self._reading(
            one, how, Interval(share.low, min(share.high, 1.0)), whole, others, False
        )

    def _rate(self, one: Observation, of: str, industry: str) -> Observation | None:
        """The growth of an industry that a contribution speaks of."""
        for other in self.figures:
            same = (other.indicator, other.industry, other.period, other.vintage)
            if same == (of, industry, one.period, one.vintage) and other.usual:
                return other
        return None

    def _whole_is_all(self, of: str) -> bool:
        """Whether the level that a share is of is one of the whole economy."""
        return any(one.indicator == of and one.industry == "all" for one in self.figures)

    def _reading(
        self, one: Observation, how: str, share: Interval, whole: str, others: tuple[str, ...],
        certain: bool,
    ) -> Reading:  # fmt: skip
        """Part - share × whole is nought."""
        measure = self.region.indicator(one.indicator).measure
        part, all_ = (self.perimeters.find(name, measure) for name in (one.industry, whole))
        if part is None or all_ is None:
            return unread(one, "no_perimeter")
        sources = (*one.ids, *others)

        def of(kind: str, one_: Perimeter, whole_: Perimeter) -> Constraint:
            weights = ((one_.certain, whole_.certain), (one_.assumed, whole_.assumed))
            terms = part_of(share, *weights[kind == "assumed"], measure)
            return Constraint(
                one.id, terms, 0, 0, "print" if kind == "print" else "assumed", sources
            )

        sure = of("print", part, all_) if certain else None
        same = part.certain == part.assumed and all_.certain == all_.assumed
        narrower = None if same and certain else of("assumed", part, all_)
        return Reading(one, how, sure, narrower, others=others, whole=whole)
