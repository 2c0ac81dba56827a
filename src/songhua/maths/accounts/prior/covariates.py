"""Value added by industry as other log quotients make it likely: covariates.

Of an industry i, q_i is the location quotient of value added, and z_i that of a covariate: of its
jobs, of the value added of the area that the region lies in, or of the region's own value added in
another year. Where both were published,

    ln z_i = a_class + (b + c ln years) ln q_i + error,
    sd     = s_kind (part / 1 %)^e (share / 1 %)^f years^g

with part, the nation's share of the industry, and share, the region's in the nation, as in the
prior; years between the two figures count where they are of two years. A class is a kind, or a
section where sections were learnt by themselves. Read the other way round, ln q_i is likely to be
(ln z_i - a) / (b + c ln years), with the deviation sd / (b + c ln years): a likelihood that stands
beside the prior of sizes and not in its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from songhua.maths.regional_error.industry_kinds import kinds_of

#: Sizes are told against this part, as in the prior.
USUAL = 0.01


@dataclass(frozen=True)
class Covariate:
    """Log quotients beside those of value added, learnt in one country or in several.

    Attributes:
        mean: a by kind, in the order of `KINDS`.
        slope: b.
        sd: s by kind.
        part, share: the exponents of part and share.
        slope_years, years: c, and the exponent of years.
        by_section: a of sections that were learnt by themselves.
    """

    mean: np.ndarray
    slope: float
    sd: np.ndarray
    part: float
    share: float
    slope_years: float = 0.0
    years: float = 0.0
    by_section: Mapping[str, float] = field(default_factory=dict)

    def deviation(
        self,
        kinds: np.ndarray,
        part: np.ndarray,
        share: np.ndarray | float,
        years: np.ndarray | float = 1.0,
    ) -> np.ndarray:
        """The deviation of ln z, for places of kinds in `KINDS`.

        >>> covariate = Covariate(np.zeros(5), 1.0, np.ones(5), -0.5, 0.0)
        >>> covariate.deviation(np.array([1]), np.array([0.04]), 0.01).tolist()
        [0.5]
        """
        by_part, by_share = np.log(part / USUAL), np.log(share / USUAL)
        by_years = self.years * np.log(years)
        return self.sd[kinds] * np.exp(self.part * by_part + self.share * by_share + by_years)

    def middle(self, kinds: np.ndarray, sections: Sequence[str] | None = None) -> np.ndarray:
        """The mean a of each industry: of its section where that was learnt, else of its kind.

        >>> covariate = Covariate(np.zeros(5), 1.0, np.ones(5), 0.0, 0.0, by_section={"C": 0.5})
        >>> covariate.middle(np.array([1, 1]), ["C", ""]).tolist()
        [0.5, 0.0]
        """
        means = self.mean[kinds]
        if not self.by_section or sections is None:
            return means
        pairs = zip(sections, means.tolist(), strict=True)
        return np.array([self.by_section.get(section, mean) for section, mean in pairs])

    def slope_over(self, years: np.ndarray | float = 1.0) -> np.ndarray:
        """The slope b + c ln years.

        >>> float(Covariate(np.zeros(5), 1.0, np.ones(5), 0, 0, -0.1).slope_over(np.e))
        0.9
        """
        return self.slope + self.slope_years * np.log(years)

    def value_added(
        self,
        kinds: np.ndarray,
        log_quotients: np.ndarray,
        part: np.ndarray,
        share: np.ndarray | float,
        years: np.ndarray | float = 1.0,
        sections: Sequence[str] | None = None,
    ) -> np.ndarray:
        """The likelihood of ln q that a covariate gives: middles and deviations, 2 × n.

        >>> covariate = Covariate(np.zeros(5), 0.5, np.full(5, 0.1), 0.0, 0.0)
        >>> covariate.value_added(np.array([3]), np.array([0.4]), np.array([0.05]), 0.02).tolist()
        [[0.8], [0.2]]
        """
        slope, sd = self.slope_over(years), self.deviation(kinds, part, share, years)
        return np.array([(log_quotients - self.middle(kinds, sections)) / slope, sd / slope])


@dataclass(frozen=True)
class CovariateScore:
    """The record of 90 % intervals on regions left out, with a covariate and without.

    Known beside them are the total and the sectors; cells are the industries that have both.

    Attributes:
        covariate: its name.
        country: what was left out, or where parts of the regions were.
        classes: `industry`, `kind` or `own_kind`, as in the scores of the prior.
        n: cells.
        coverage, score: with the covariate.
        small: coverage of cells below 0.1 % of the region.
        coverage_without, score_without: without.
        naive: the score of the nation's shares within known totals, with one error for all cells.
    """

    covariate: str
    country: str
    classes: str
    n: int
    coverage: float
    score: float
    small: float
    coverage_without: float
    score_without: float
    naive: float


@dataclass(frozen=True)
class Covariates:
    """One covariate by country.

    Attributes:
        by_country: learnt in one country, and under "" in all together.
        transfer: the factor on deviations in a country outside the data, as countries that were
            left out needed it: of few the largest, of four or more the one that covers 90 % of all.
        partial: by kind, the deviation where jobs are counted in part, for part and share of 1 %;
            it falls with both like the other deviation.
        scores: the scores of each country when left out.
    """

    by_country: Mapping[str, Covariate]
    transfer: float
    partial: np.ndarray
    scores: tuple[CovariateScore, ...]

    def value_added(
        self,
        kind: str,
        log_quotient: float,
        part: float,
        share: float,
        *,
        country: str = "",
        whole: bool = True,
        years: float = 1.0,
        section: str = "",
    ) -> tuple[float, float]:
        """The log quotient of value added that a covariate makes likely: middle and deviation.

        Args:
            kind: of the industry, one of `KINDS`.
            log_quotient: the logarithm of the location quotient of the covariate.
            part: the industry's share of the nation's value added.
            share: the region's share of the nation's.
            country: its country; one outside the data widens deviations by `transfer`.
            whole: True if all jobs are counted, not only those of some units.
            years: between the two figures.
            section: of the industry, where it is known.

        Raises:
            SonghuaError: `regional_kind`.

        >>> from songhua.maths.accounts.prior import load
        >>> all_, some = (
        ...     load().jobs.value_added("services", 0.3, 0.08, 0.01, whole=whole)[1]
        ...     for whole in (True, False)
        ... )
        >>> all_ < some
        True
        """
        places = kinds_of([kind], pd.RangeIndex(1))
        country_model = self.by_country.get(country)
        model = self.by_country[""] if country_model is None else country_model
        quotients, parts = np.array([log_quotient]), np.array([part])
        likelihood = model.value_added(places, quotients, parts, share, years, [section])
        variance = (
            likelihood[1, 0] * (self.transfer if model is self.by_country[""] else 1.0)
        ) ** 2
        if not whole:
            some = replace(self.by_country[""], sd=self.partial)
            added = some.value_added(places, quotients, parts, share)
            variance += added[1, 0] ** 2
        return float(likelihood[0, 0]), float(variance**0.5)
