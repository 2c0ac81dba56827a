"""The findings of diagnose on composite indices, and the notes of their steps.

A note is the sentence of a row of `index_steps`, and no finding of the result.
"""

from __future__ import annotations

from typing import Annotated

from songhua.labels import Period
from songhua.results.columns import PlaceId, label
from songhua.results.finding import ABSENCE, METHOD, Finding


class _Index(Finding):
    """An index, and the number of places or choices that it has."""

    index: Annotated[str, label("indices")]
    n: int


class IndexNeedsPlaces(_Index, rests=ABSENCE):
    """Too few have all members."""


class CouplingDependsOnSample(_Index, section="indices", rests=METHOD):
    """Scores are scaled over the places and years at hand."""


class ChoicesRefused(_Index, rests=ABSENCE):
    """Some cannot be computed."""


class CompositeRankRange(_Index, section="indices", rests="ranks"):
    period: Period
    region: PlaceId
    runs: int
    rank: int
    best: int
    worst: int


class CompositeStepNone(Finding, section="", rests="index_steps"):
    """The recipe lacks the step."""


class CompositeDenominated(Finding, section="", rests="index_steps"):
    by: str


class CompositeDenominatorZero(Finding, section="", rests="index_steps"):
    n: int
    by: str


class CompositeUnitScreened(Finding, section="", rests="index_steps"):
    share: float
    least: float


class _Imputed(Finding):
    """Missing cells of a member, and the method of filling them."""

    n: int
    method: str


class CompositeFilled(_Imputed, section="", rests="index_steps"):
    """Those that were filled."""


class CompositeUnfilled(_Imputed, section="", rests="index_steps"):
    """Those that stay missing."""


class CompositeNoOutliers(Finding, section="", rests="index_steps"):
    """No treatment was needed."""


class _Winsorised(Finding):
    """High and low points of a member that were pulled in."""

    high: int
    low: int


class CompositeWinsorised(_Winsorised, section="", rests="index_steps"):
    """Their numbers."""


class CompositeWinsorisingNotEnough(_Winsorised, section="", rests="index_steps"):
    """Outliers are left."""


class CompositeLog(Finding, section="", rests="index_steps"):
    """The logarithm was taken."""


class CompositeTreatmentFailed(Finding, section="", rests="index_steps"):
    """Outliers are left after the logarithm."""


class CompositeNoSpread(Finding, section="", rests="index_steps"):
    """All units are alike."""


class CompositeClipped(Finding, section="", rests="index_steps"):
    n: int


class CompositePartsEqual(Finding, section="", rests="index_steps"):
    """No weight of parts is given."""


class CompositeShifted(Finding, section="", rests="index_steps"):
    shift: float


class CompositeComponents(Finding, section="", rests="index_steps"):
    n: int
    share: float


class CompositeZero(Finding, section="", rests="index_steps"):
    """The geometric mean is zero."""


class CompositeNoIndex(Finding, section="", rests="index_steps"):
    share: float | None = None


class CompositePartly(Finding, section="", rests="index_steps"):
    share: float
