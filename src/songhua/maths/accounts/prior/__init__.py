"""The prior of a region's accounts: its industries beside the nation's, learnt from data.

`load` gives the parameters with the studies that made them and how each did when left out.
"""

from songhua.maths.accounts.prior.covariates import Covariate, Covariates, CovariateScore
from songhua.maths.accounts.prior.model import Industries, KindSpreads, Prior, Score, Study
from songhua.maths.accounts.prior.parameters import load

__all__ = [
    "Covariate",
    "CovariateScore",
    "Covariates",
    "Industries",
    "KindSpreads",
    "Prior",
    "Score",
    "Study",
    "load",
]
