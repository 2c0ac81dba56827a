"""The findings of choose: what may enter or be lost, with which odds, and their record."""

from __future__ import annotations

from typing import Annotated

from songhua.labels import Period
from songhua.results.columns import IndicatorId, IndustryId, IndustryIds, choice
from songhua.results.finding import METHOD, Finding


class BriefRenewPanel(Finding, part="step", weight="renew_panel", section="choose", rests="learnt"):
    indicator: IndicatorId
    period: Period


class BriefLearntElsewhere(
    Finding, part="step", weight="renew_panel", section="choose", rests=METHOD
):
    indicator: IndicatorId


class _Odds(Finding):
    """The first of a list of industries with its odds, beside the usual rate."""

    n: int
    industries: IndustryIds
    industry: IndustryId
    one_in: int
    years: int
    choice_measure: Annotated[str, choice("choice_measure")]
    period: Period
    rate: float
    left: float
    right: float


class BriefChooseEnter(_Odds, part="drives", section="choose", rests="candidates"):
    """Of entry."""


class BriefChooseLose(_Odds, part="drives", section="choose", rests="candidates"):
    """Of loss."""


class BriefPlanAtRisk(_Odds, part="worry", weight="plan_at_risk", section="choose"):
    """Of loss, of an industry that the plan names."""
