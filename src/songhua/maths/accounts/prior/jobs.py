"""Value added by industry as jobs by industry make it likely.

Of an industry i, j_i is the location quotient of jobs and q_i that of value added. Where both were
published,

    ln j_i = a_kind + b ln q_i + error,    sd = s_kind (part / 1 %)^e (share / 1 %)^f

with part, the nation's share of the industry, and share, the region's in the nation, as in the
prior. Read the other way round, jobs say that ln q_i is likely to be (ln j_i - a) / b, with the
deviation sd / b: a likelihood that stands beside the prior of sizes and not in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from songhua.maths.regional_error.industry_kinds import kinds_of

#: Sizes are told against this part, as in the prior.
USUAL = 0.01


@dataclass(frozen=True)
class JobQuotients:
    """Log quotients of jobs beside those of value added, learnt in one country or in several.

    Attributes:
        mean: a by kind, in the order of `KINDS`.
        slope: b.
        sd: s by kind.
        part, share: the exponents of part and share.
    """

    mean: np.ndarray
    slope: float
    sd: np.ndarray
    part: float
    share: float

    def deviation(
        self, kinds: np.ndarray, part: np.ndarray, share: np.ndarray | float
    ) -> np.ndarray:
        """The deviation of ln j, for places of kinds in `KINDS`.

        >>> quotients = JobQuotients(np.zeros(5), 1.0, np.ones(5), -0.5, 0.0)
        >>> quotients.deviation(np.array([1]), np.array([0.04]), 0.01).tolist()
        [0.5]
        """
        by_part, by_share = np.log(part / USUAL), np.log(share / USUAL)
        return self.sd[kinds] * np.exp(self.part * by_part + self.share * by_share)

    def value_added(
        self,
        kinds: np.ndarray,
        log_jobs: np.ndarray,
        part: np.ndarray,
        share: np.ndarray | float,
    ) -> np.ndarray:
        """The likelihood of ln q that quotients of jobs give: middles and deviations, 2 × n.

        >>> quotients = JobQuotients(np.zeros(5), 0.5, np.full(5, 0.1), 0.0, 0.0)
        >>> quotients.value_added(np.array([3]), np.array([0.4]), np.array([0.05]), 0.02).tolist()
        [[0.8], [0.2]]
        """
        sd = self.deviation(kinds, part, share)
        return np.array([(log_jobs - self.mean[kinds]) / self.slope, sd / self.slope])


@dataclass(frozen=True)
class JobScore:
    """The record of 90 % intervals on regions left out, with quotients of jobs and without.

    Known beside them are the total and the sectors; cells are the industries that have jobs.

    Attributes:
        country: what was left out, or where half the regions were.
        classes: `industry` or `kind`, as in the scores of the prior.
        n: cells.
        coverage, score: with quotients of jobs.
        coverage_without, score_without: without.
    """

    country: str
    classes: str
    n: int
    coverage: float
    score: float
    coverage_without: float
    score_without: float


@dataclass(frozen=True)
class JobsPrior:
    """Quotients of jobs beside those of value added, by country.

    Attributes:
        by_country: learnt in one country, and under "" in all together.
        transfer: the factor on deviations in a country outside the data: the largest factor that
            any of the few countries needed when it was left out. partial: by kind, the deviation
            where jobs are counted in part, for part and share of 1 %; it falls with both like the
            other deviation. scores: the scores of each country when left out.
    """

    by_country: Mapping[str, JobQuotients]
    transfer: float
    partial: np.ndarray
    scores: tuple[JobScore, ...]

    def value_added(
        self,
        kind: str,
        log_jobs: float,
        part: float,
        share: float,
        *,
        country: str = "",
        whole: bool = True,
    ) -> tuple[float, float]:
        """The log quotient of value added that jobs make likely: middle and deviation.

        Args:
            kind: of the industry, one of `KINDS`.
            log_jobs: the logarithm of the location quotient of jobs.
            part: the industry's share of the nation's value added.
            share: the region's share of the nation's.
            country: its country; one outside the data widens deviations by `transfer`. whole: True
            if all jobs are counted, not only those of some units.

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
        likelihood = model.value_added(places, np.array([log_jobs]), np.array([part]), share)
        variance = (
            likelihood[1, 0] * (self.transfer if model is self.by_country[""] else 1.0)
        ) ** 2
        if not whole:
            some = replace(self.by_country[""], sd=self.partial)
            added = some.value_added(places, np.array([log_jobs]), np.array([part]), share)
            variance += added[1, 0] ** 2
        return float(likelihood[0, 0]), float(variance**0.5)
