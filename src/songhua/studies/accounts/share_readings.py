"""Shares as constraints: as printed, or as a contribution to growth implies them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from songhua.maths.accounts import Constraint
from songhua.maths.bounds import Interval
from songhua.region import Region
from songhua.region.observations import Observation
from songhua.studies.accounts.perimeters import Perimeter, Perimeters
from songhua.studies.accounts.readings import Reading, ends, part_of, prices_between, unread

ONE = Interval(1, 1)


@dataclass(frozen=True, eq=False)
class Shares:
    """Reads shares and contributions of a year; `figures` are all that are settled of it."""

    region: Region
    perimeters: Perimeters
    figures: Sequence[Observation]

    def share(self, one: Observation) -> Reading:
        """A printed share of an industry in its whole: part - share × whole is nought."""
        whole = self._whole(one)
        if not whole:
            return unread(one, "share_of_other")
        if not self.region.relations.total_of(one.indicator):
            return unread(one, "no_whole")
        return self._reading(one, "share", ends(one) / 100, whole, (), certain=True)

    def contribution(self, one: Observation) -> Reading:
        """A contribution with its own growth and that of its whole: a share in that whole.

        With the part's growth g, the whole's growth G and the share s of the year before, at its
        prices, the points that a part contributes are s g, and its share of growth is s g / G. So
        the share of the year is s (1 + g) / (1 + G), with s = points / g, but for what the part's
        prices have moved against the whole's, which is assumed.
        """
        whole = self._whole(one)
        if not whole:
            return unread(one, "share_of_other")
        own, total = (self._rate(one, name) for name in (one.industry, whole))
        if own is None or total is None:
            return unread(one, "no_growth")
        rate, all_ = ends(own) / 100, ends(total) / 100
        points = ends(one) / 100
        if one.form == "share_of_growth":
            if all_.low <= 0 <= all_.high:
                return unread(one, "growth_near_nought")
            points = points * all_
        if rate.low <= 0 <= rate.high or all_.low <= -1:
            return unread(one, "growth_near_nought")
        level = self.region.relations.level_behind(one.indicator)
        prices = prices_between(self.region, level, own.indicator)
        share = points / rate * (ONE + rate) / (ONE + all_) * prices
        if share.high < 0:
            return unread(one, "share_below_nought")
        if share.low > 1:
            return unread(one, "share_above_whole")
        share = Interval(max(share.low, 0.0), min(share.high, 1.0))
        others = (*own.ids, *total.ids)
        return self._reading(one, "contribution", share, whole, others, certain=prices.point)

    def _whole(self, one: Observation) -> str:
        """The industry in whose level, or to whose growth, a figure is a part."""
        return self.region.relations.whole(one.indicator, one.industry, self._levels_of_all)

    @cached_property
    def _levels_of_all(self) -> set[str]:
        """The levels that are printed of the whole economy."""
        return {
            one.indicator
            for one in self.figures
            if one.form == "level" and one.industry == "all" and one.usual
        }

    def _rate(self, one: Observation, industry: str) -> Observation | None:
        """The growth of an industry that a contribution speaks of."""
        names = self.region.relations.rates_behind(one.indicator)
        of = (industry, one.period, one.vintage)
        alike = (
            other
            for other in self.figures
            if other.indicator in names
            and other.usual
            and (other.industry, other.period, other.vintage) == of
        )
        return next(alike, None)

    def _reading(
        self,
        one: Observation,
        how: str,
        share: Interval,
        whole: str,
        others: tuple[str, ...],
        certain: bool,
    ) -> Reading:
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
        perimeter = "turnover" if measure == "revenue" else "perimeter"
        assumptions = (*(() if certain else ("prices",)), *(() if same else (perimeter,)))
        return Reading(
            one, how, sure, narrower, others=others, whole=whole, assumptions=assumptions
        )
