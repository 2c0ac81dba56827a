"""The ends of a simulation's numbers: an interval, or the range of its assumptions.

Draws join errors that were measured with what is assumed of the projects. Where the measured ones
make most of the variance, the ends are an interval of a level; else they are the range that the
assumptions leave, and have no level.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

import pandas as pd

from songhua.maths import regional_error
from songhua.maths.projects import PHASES
from songhua.results.estimates import ASSUMPTION, INTERVAL
from songhua.studies.simulate.ensemble import STRUCTURE, TABLE, Ensemble
from songhua.studies.simulate.regional_base import RegionalBase

CONSTRUCTION, OPERATION = PHASES
#: The outcomes that a phase's ends go by; the net is that of what stays in operation.
OUTCOMES_OF = {
    CONSTRUCTION: ("construction_value_added", "construction_jobs"),
    OPERATION: ("operation_value_added", "operation_jobs", "net_value_added"),
}
#: The part of the variance that measured errors make at least, where ends are an interval.
MOST = 0.5


def known_area(ensemble: Ensemble) -> float | None:
    """The region's area, if the plan gives it.

    >>> from songhua.studies.simulate import example
    >>> known_area(example.ensemble()) is None
    True
    """
    area = ensemble.assumptions.value("area", math.nan)
    return None if math.isnan(area) else area


def measured_drivers(base: RegionalBase, ensemble: Ensemble) -> tuple[str, ...]:
    """The drivers that are errors measured elsewhere, in regions like this one.

    The error of the table, unless the region lies outside those that it was estimated from, and
    the structure, where it is of accounts and not taken as in the nation.

    >>> from songhua.studies.simulate import example
    >>> measured_drivers(example.base(), example.ensemble())
    ()
    """
    outside = regional_error.outside(regional_error.load(), base.size, known_area(ensemble))
    of_accounts = base.drawn is not None
    return tuple(
        driver for driver, known in ((TABLE, not outside), (STRUCTURE, of_accounts)) if known
    )


def measured_shares(shares: pd.DataFrame, measured: Collection[str]) -> Mapping[str, float]:
    """By outcome that varies, the part of its variance that measured errors make.

    >>> shares = pd.DataFrame({"net_value_added": [0.5, 0.25]}, index=["table", "pay"])
    >>> measured_shares(shares, ["table"])
    {'net_value_added': 0.5}
    """
    varied = shares.dropna(axis=1, how="all")
    of_measured = varied[varied.index.isin(measured)].sum()
    return {str(outcome): min(1.0, float(share)) for outcome, share in of_measured.items()}


def kinds(measured: Mapping[str, float]) -> Mapping[str, str]:
    """By phase: an interval, where measured errors make most of each of its outcomes' variance.

    >>> kinds({"construction_value_added": 0.8, "construction_jobs": 0.6, "operation_jobs": 0.4})
    {'construction': 'interval', 'operation': 'assumption'}
    """
    of_phase = {
        phase: [measured[outcome] for outcome in outcomes if outcome in measured]
        for phase, outcomes in OUTCOMES_OF.items()
    }
    return {
        phase: INTERVAL if parts and min(parts) >= MOST else ASSUMPTION
        for phase, parts in of_phase.items()
    }
