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

UNITY = Interval(1, 1)


@dataclass(frozen=True, eq=False)
class Shares:
    """Reads shares and contributions of a year; `figures` are all that are settled of it."""

    region: Region
    perimeters: Perimeters
    figures: Sequence[Observation]

    def share(self, figure: Observation) -> Reading:
        """A printed share of an industry in its whole: part - share × whole is nought."""
        whole = self._whole(figure)
        if not whole:
            return unread(figure, "share_of_other")
        if not self.region.relations.total_of(figure.indicator):
            return unread(figure, "no_whole")
        return self._reading(figure, "share", ends(figure) / 100, whole, (), certain=True)

    def contribution(self, figure: Observation) -> Reading:
        """A contribution with its own growth and that of its whole: a share in that whole.

        With the part's growth g, the whole's growth G and the share s of the year before, at its
        prices, the points that a part contributes are s g, and its share of growth is s g / G. So
        the share of the year is s (1 + g) / (1 + G), with s = points / g, but for what the part's
        prices have moved against the whole's, which is assumed.
        """
        whole = self._whole(figure)
        if not whole:
            return unread(figure, "share_of_other")
        part_growth, total = (self._rate(figure, name) for name in (figure.industry, whole))
        if part_growth is None or total is None:
            return unread(figure, "no_growth")
        rate, all_ = ends(part_growth) / 100, ends(total) / 100
        points = ends(figure) / 100
        if figure.form == "share_of_growth":
            if all_.low <= 0 <= all_.high:
                return unread(figure, "growth_near_nought")
            points = points * all_
        if rate.low <= 0 <= rate.high or all_.low <= -1:
            return unread(figure, "growth_near_nought")
        level = self.region.relations.level_behind(figure.indicator)
        prices = prices_between(self.region, level, part_growth.indicator)
        share = points / rate * (UNITY + rate) / (UNITY + all_) * prices
        if share.high < 0:
            return unread(figure, "share_below_nought")
        if share.low > 1:
            return unread(figure, "share_above_whole")
        share = Interval(max(share.low, 0.0), min(share.high, 1.0))
        other_ids = (*part_growth.ids, *total.ids)
        return self._reading(figure, "contribution", share, whole, other_ids, certain=prices.point)

    def _whole(self, figure: Observation) -> str:
        """The industry in whose level, or to whose growth, a figure is a part."""
        return self.region.relations.whole(figure.indicator, figure.industry, self._levels_of_all)

    @cached_property
    def _levels_of_all(self) -> set[str]:
        """The levels that are printed of the whole economy."""
        return {
            figure.indicator
            for figure in self.figures
            if figure.form == "level" and figure.industry == "all" and figure.usual
        }

    def _rate(self, figure: Observation, industry: str) -> Observation | None:
        """The growth of an industry that a contribution speaks of."""
        names = self.region.relations.rates_behind(figure.indicator)
        of = (industry, figure.period, figure.vintage)
        alike = (
            candidate
            for candidate in self.figures
            if candidate.indicator in names
            and candidate.usual
            and (candidate.industry, candidate.period, candidate.vintage) == of
        )
        return next(alike, None)

    def _reading(
        self,
        figure: Observation,
        how: str,
        share: Interval,
        whole: str,
        other_ids: tuple[str, ...],
        certain: bool,
    ) -> Reading:
        """Part - share × whole is nought."""
        measure = self.region.indicator(figure.indicator).measure
        part, all_ = (self.perimeters.find(name, measure) for name in (figure.industry, whole))
        if part is None or all_ is None:
            return unread(figure, "no_perimeter")
        sources = (*figure.ids, *other_ids)

        def of(kind: str, part_: Perimeter, whole_: Perimeter) -> Constraint:
            weights = ((part_.certain, whole_.certain), (part_.assumed, whole_.assumed))
            terms = part_of(share, *weights[kind == "assumed"], measure)
            return Constraint(
                figure.id, terms, 0, 0, "print" if kind == "print" else "assumed", sources
            )

        sure = of("print", part, all_) if certain else None
        same = part.certain == part.assumed and all_.certain == all_.assumed
        narrower = None if same and certain else of("assumed", part, all_)
        perimeter = "turnover" if measure == "revenue" else "perimeter"
        assumptions = (*(() if certain else ("prices",)), *(() if same else (perimeter,)))
        return Reading(
            figure, how, sure, narrower, other_ids=other_ids, whole=whole, assumptions=assumptions
        )
