"""The prior itself: means and deviations of log location quotients, by kind or by industry.

ln q_i = ln (size of i in the region) - ln (region's total × the nation's share of i) is normal,
one industry independent of the other:

    mean = a_kind + b ln (part / 1 %) + c ln (share / 1 %)
    sd   = s_kind (part / 1 %)^e (share / 1 %)^f

where part is the nation's share of the industry in all, and share the region's in the nation. An
industry that was learnt by itself has a mean and a deviation of its own in place of those by kind
and part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.maths.accounts.fault_kinds import PriorMeasure, PriorShare, PriorSizes
from songhua.maths.accounts.prior.covariates import Covariates
from songhua.maths.regional_error.industry_kinds import KINDS, kinds_of
from songhua.messages import Words

#: Sizes are told against this part: of the nation for a region, of all for an industry.
USUAL = 0.01
#: Measures whose ratio to value added, or value added's to it, is known to differ by region.
MEASURES = ("output", "pay", "jobs")


@dataclass(frozen=True)
class KindSpreads:
    """Log quotients by kind of industry and by size.

    Attributes:
        mean: by kind, in the order of `KINDS`, where part and share are 1 %.
        mean_part, mean_share: what a unit of the logarithm of part and share adds to the mean.
        sd: the deviation by kind, where part and share are 1 %.
        part, share: the exponents of part and share, by which the deviation falls.
    """

    mean: np.ndarray
    mean_part: float
    mean_share: float
    sd: np.ndarray
    part: float
    share: float

    def at(self, kinds: np.ndarray, part: np.ndarray, share: np.ndarray | float) -> np.ndarray:
        """Means and deviations, 2 × n, for places of kinds in `KINDS`.

        >>> spreads = KindSpreads(np.zeros(5), 0.0, 0.0, np.ones(5), -0.5, 0.0)
        >>> spreads.at(np.array([1]), np.array([0.04]), 0.01).tolist()
        [[0.0], [0.5]]
        """
        by_part, by_share = np.log(part / USUAL), np.log(share / USUAL)
        mean = self.mean[kinds] + self.mean_part * by_part + self.mean_share * by_share
        sd = self.sd[kinds] * np.exp(self.part * by_part + self.share * by_share)
        return np.array([mean, sd])


@dataclass(frozen=True)
class Industries:
    """Log quotients of industries of one classification, learnt each by itself.

    Attributes:
        values: by code, the mean, and the deviation where a region's share is 1 %.
        share: the exponent of the share.
    """

    values: Mapping[str, tuple[float, float]]
    share: float

    def at(self, code: str, share: float) -> tuple[float, float] | None:
        """Mean and deviation of an industry; None for one that was not learnt."""
        moments = self.values.get(code)
        return moments and (moments[0], moments[1] * (share / USUAL) ** self.share)


@dataclass(frozen=True)
class Study:
    """Regions that were learnt from.

    Attributes:
        key: as in the scores.
        name: in the languages of the catalogue.
        source: who published what.
        country: what is left out as one.
        codes: what the area of that country may be called in a folder.
        measure: value added or jobs.
        regions: how many.
        file, digest: the file that was read, and its SHA-256.
    """

    key: str
    name: Words
    source: str
    country: str
    codes: tuple[str, ...]
    measure: str
    regions: int
    file: str
    digest: str


@dataclass(frozen=True)
class Score:
    """The record of 90 % intervals on regions that were left out.

    Attributes:
        country: the key of the study.
        classes: `industry` where each industry was learnt by itself in other regions of the same
            country, `own_kind` where kinds were, `kind` where kinds were known of other countries
            alone.
        n: cells.
        coverage: part of them inside their interval.
        score: mean interval score of the logarithm of size; lower is better.
        naive: of the nation's shares within known totals, with one error for all cells.
        dirichlet: of a Dirichlet distribution about those shares, of concentration 50.
        fragments: figures known beside the total and three sectors.
        small, middle, large: coverage of cells below 0.1 %, to 1 %, and above it of the region.
    """

    country: str
    classes: str
    n: int
    coverage: float
    score: float
    naive: float
    dirichlet: float
    fragments: int
    small: float
    middle: float
    large: float


@dataclass(frozen=True)
class Prior:
    """The likely difference of a region's industries from its nation's, and its sources.

    Attributes:
        by_kind: by country, and under "" learnt from all.
        by_industry: by classification, industries learnt by themselves in one country.
        transfer: the factor on deviations in a country outside the data.
        ratios: measure × kind, the deviation of a log ratio between region and nation.
        studies: the data that it was learnt from. scores: the scores of each when left out.
        jobs, areas, seats, earlier: likelihoods of value added from jobs by industry, from the area
            that a region lies in (`seats` for one that is its seat), and from another year.
    """

    by_kind: Mapping[str, KindSpreads]
    by_industry: Mapping[str, Industries]
    transfer: float
    ratios: pd.DataFrame
    studies: tuple[Study, ...]
    scores: tuple[Score, ...]
    jobs: Covariates
    areas: Covariates
    seats: Covariates
    earlier: Covariates

    def study_of(self, *codes: str) -> Study | None:
        """The study of value added in the country that codes of areas name; None where none does.

        A code names a country by its slug or its ISO 3166 code, or begins with the code of two
        letters and a hyphen, as those of states and provinces do.

        >>> from songhua.maths.accounts.prior import load
        >>> studies = [load().study_of(code) for code in ("us-wa", "finland", "land", "china")]
        >>> [study and study.key for study in studies]
        ['us_states', 'finland', None, 'china_provinces']
        """
        for code in codes:
            for study in self.studies:
                begins = any(len(c) == 2 and code.startswith(f"{c}-") for c in study.codes)
                if study.measure == "value_added" and (code in study.codes or begins):
                    return study
        return None

    def log_quotients(
        self,
        kinds: Sequence[str],
        national: np.ndarray,
        share: float,
        *,
        industries: Sequence[str] | None = None,
        country: str = "",
    ) -> tuple[np.ndarray, np.ndarray]:
        """Mean and deviation of the log location quotient of each industry.

        Args:
            kinds: of each industry, one of `KINDS`.
            national: the nation's sizes, above nought, in any unit.
            share: the region's total over the nation's.
            industries: `classification:code` of each, such as `bea:311-312` (value added) or
                `naics3:311` (jobs); "" or a code that was not learnt falls back on the kind.
            country: its country, if that was learnt from. Elsewhere deviations are `transfer`
                times as wide, and only kinds count: single industries of one country added no
                information on another.

        Raises:
            SonghuaError: `prior_sizes`, where a nation's size is not above nought, or kinds or
                industries are not as many; `prior_share`; `regional_kind`.

        >>> from songhua.maths.accounts.prior import load
        >>> mean, sd = load().log_quotients(["public", "manufacturing"], np.array([9, 1]), 0.02)
        >>> bool(sd[0] < sd[1])  # a large public industry is nearer to the nation's
        True
        """
        sizes = _sizes(national, kinds, industries)
        if not 0 < share <= 1:
            raise SonghuaError(PriorShare(value=float(share)))
        places = kinds_of(list(kinds), pd.RangeIndex(len(sizes)))
        spreads = self.by_kind.get(country, self.by_kind[""])
        mean, sd = spreads.at(places, sizes / sizes.sum(), share)
        if not country:
            return mean, sd * self.transfer
        for place, code in enumerate(industries or ()):
            scheme, _, of = code.partition(":")
            learnt = self.by_industry.get(scheme)
            moments = learnt and learnt.at(of, share)
            if moments:
                mean[place], sd[place] = moments
        return mean, sd

    def log_ratio_sd(self, measure: str, kinds: Sequence[str]) -> np.ndarray:
        """Deviations of ln (region's ratio / nation's ratio) of each industry.

        Args:
            measure: `output` for value added / output, `pay` for pay / value added, `jobs` for
                jobs / value added.
            kinds: of each industry.

        Raises:
            SonghuaError: `prior_measure`; `regional_kind`.

        >>> from songhua.maths.accounts.prior import load
        >>> bool((load().log_ratio_sd("output", ["services", "manufacturing"]) > 0).all())
        True
        """
        if measure not in MEASURES:
            raise SonghuaError(PriorMeasure(given=measure, choices=MEASURES))
        by_kind = self.ratios.loc[measure, list(KINDS)].to_numpy(float)
        return by_kind[kinds_of(list(kinds), pd.RangeIndex(len(kinds)))]


def _sizes(
    national: np.ndarray, kinds: Sequence[str], industries: Sequence[str] | None
) -> np.ndarray:
    """The nation's sizes, if they can be used."""
    sizes = np.asarray(national, dtype=float)
    counts = {len(kinds), len(kinds if industries is None else industries)}
    if sizes.ndim != 1 or counts != {len(sizes)} or not ((sizes > 0) & np.isfinite(sizes)).all():
        raise SonghuaError(PriorSizes())
    return sizes
