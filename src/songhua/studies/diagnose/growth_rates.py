"""Growth rates: change of levels over a year, contributions, single periods and turning points."""

from __future__ import annotations

import math
from collections.abc import Iterator
from operator import attrgetter

import pandas as pd

from songhua.results import Finding, table
from songhua.studies.diagnose.finding_kinds import (
    ClosingWeight,
    ContributionsAgainstGrowth,
    GrowthTurnedPositive,
)
from songhua.studies.diagnose.growth_contributions import (
    Contribution,
    published_contributions,
    share_contributions,
)
from songhua.studies.diagnose.level_changes import level_changes
from songhua.studies.diagnose.level_contributions import CONSTANT, CURRENT, level_contributions
from songhua.studies.diagnose.single_periods import single_periods
from songhua.studies.diagnose.turning_points import TurningPoint, turning_points
from songhua.studies.diagnose.unseen_periods import turned, unseen_periods
from songhua.studies.series import Figures
from songhua.studies.series_or_panels import own_levels

_TOTAL = attrgetter("indicator", "region", "period", "scope")


def growth_rates(figures: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The tables `changes`, `growth_contributions`, those of single and unseen periods, and turns.

    >>> from songhua.studies.diagnose import town
    >>> texts = (("2020", "-2"), ("2021", "3"))
    >>> rates = [town.observed("growth", year, text) for year, text in texts]
    >>> [finding.code for finding in growth_rates(town.figures(*rates))[1]]
    ['growth_turned_positive']
    """
    region, settled = figures.region, figures.settled
    contributions = [
        *published_contributions(region, settled),
        *level_contributions(region, settled, own_levels(figures)),
        *share_contributions(region, settled),
    ]
    unseen = list(unseen_periods(region, settled))
    turns = [row for row in turning_points(settled) if row.region == region.code]
    tables = {
        "changes": table("diagnose", "changes", level_changes(figures)),
        "growth_contributions": table("diagnose", "growth_contributions", contributions),
        "single_periods": table("diagnose", "single_periods", single_periods(region, settled)),
        "turning_points": table("diagnose", "turning_points", turns),
        "unseen_periods": table("diagnose", "unseen_periods", unseen),
    }
    rows = [row for row in unseen if row.region == region.code]
    findings = [*_contribution_findings(contributions), *_turn_findings(turns), *turned(rows)]
    return tables, findings


def _contribution_findings(rows: list[Contribution]) -> Iterator[Finding]:
    """Each sum of contributions that was held against the published growth.

    Those of levels are held against the growth of the total's own levels, which nobody published.
    """
    for row in rows:
        if row.verdict and row.method not in (CONSTANT, CURRENT):
            points = row.contribution_pp
            yield ContributionsAgainstGrowth.from_row(
                row, low=points.low, high=points.high, contribution_pp=points.value
            )
        if row.closing:
            yield _closing(row, [part for part in rows if _summand(part, row)])


def _summand(part: Contribution, total: Contribution) -> bool:
    """True for a row that is one of the parts of a sum."""
    return not part.verdict and part.method == total.method and _TOTAL(part) == _TOTAL(total)


def _closing(total: Contribution, parts: list[Contribution]) -> Finding:
    """The weight that would explain a difference, in whole per cent outward."""
    part = next(row for row in parts if row.industry == total.closing)
    slowest = min(parts, key=lambda row: row.growth)
    return ClosingWeight.from_row(
        total,
        industry=total.closing,
        other_industry=slowest.industry,
        share=part.share,
        residual=float(f"{total.residual:.2g}"),
        least=math.floor(total.closing_low),
        most=math.ceil(total.closing_high),
    )


def _turn_findings(rows: list[TurningPoint]) -> Iterator[Finding]:
    """Each turn of the whole economy."""
    for row in rows:
        if row.industry == "all" and not row.scope:
            yield GrowthTurnedPositive.from_row(row)
