"""The findings of choose: industries that may enter or be lost, their odds and record."""

from __future__ import annotations

from typing import Annotated

from songhua.labels import Period
from songhua.results.columns import IndicatorId, IndustryId, IndustryIds, SourceId, choice
from songhua.results.finding import METHOD, Finding
from songhua.studies.choose.nearest_kinds import NEAREST

Kind = Annotated[str, choice("choice_kind")]


class _Panel(Finding):
    """The panel that the odds are learnt from."""

    indicator: IndicatorId
    n: int
    here: int
    industries_n: int
    before: Period
    period: Period
    years: int


class ChooseLearnt(_Panel, section="choose", rests="learnt"):
    source: SourceId


class ChooseFolder(_Panel, section="choose", rests="learnt"):
    """The folder's own."""


class ChooseLearntElsewhere(Finding, section="choose", rests=METHOD):
    """Nothing here tells that a file was computed from the panel that it names."""


class ChooseNoHistory(Finding, section="choose", rests=METHOD):
    before: Period


class _Rule(Finding):
    """The rule by which an industry counts as entered or lost, and its figures."""

    indicator: IndicatorId
    held: int
    gone: int
    years: int
    below: float
    above: float


class ChooseRule(_Rule, section="choose", rests=METHOD):
    """By jobs or volumes."""


class ChooseRuleCurrent(_Rule, section="choose", rests=METHOD):
    """By values at current prices alone."""


class _Passed(Finding):
    """A file of `learnt/` that is not used."""

    path: str


class ChoosePassedDefinition(_Passed, section="choose", rests=METHOD):
    """It has another definition."""


class ChoosePassedStep(_Passed, section="choose", rests=METHOD):
    """It has other years between periods."""


class ChoosePassedFigures(_Passed, section="choose", rests=METHOD):
    """It was learnt from other figures of the region."""


class ChoosePassedPanel(_Passed, section="choose", rests=METHOD):
    """The folder holds the panel itself."""


class ChooseNewer(Finding, section="choose", rests=METHOD):
    period: Period
    after: Period


class _NoOdds(Finding):
    """The reason why there are no odds of a kind."""

    choice_kind: Kind
    indicator: IndicatorId
    n: int
    period: Period
    least: int


class ChooseNoOddsOnePeriod(_NoOdds, section="choose", rests="plan_levels"):
    """The panel has one period."""


class ChooseNoOddsNotKnown(_NoOdds, section="choose", rests="plan_levels"):
    """Of no crossing is it known whether it lasts."""


class ChooseNoOddsNoise(_NoOdds, section="choose", rests="plan_levels"):
    """Too much could be noise of counting."""


class ChooseNoOddsFewEvents(_NoOdds, section="choose", rests="plan_levels"):
    """Too few events."""


class ChooseNoOddsFewRegions(_NoOdds, section="choose", rests="plan_levels"):
    """Too few regions."""


class ChooseBorrowedOrder(Finding, section="choose", rests=METHOD):
    indicator: IndicatorId
    n: int


class ChooseRecordRegions(Finding, section="choose", rests="record"):
    choice_kind: Kind
    n: int
    came: int
    rate: float
    auc: float
    precision: float
    start_alone: float
    top: float


class ChooseRecord(ChooseRecordRegions, section="choose", rests="record"):
    covered: int
    told: int


class _Usual(Finding):
    """The candidates of a kind, and the usual rate."""

    n: int
    years: int
    period: Period
    indicator: IndicatorId
    rate: float
    least: int


class ChooseNoneEntry(_Usual, section="choose", rests="candidates"):
    """None is likelier to enter."""


class ChooseNoneExit(_Usual, section="choose", rests="candidates"):
    """None is likelier to be lost."""


class _Listed(_Usual):
    """The likeliest of them."""

    industries: IndustryIds
    times: float
    left: float
    right: float
    listed: int


class ChooseListEntry(_Listed, section="choose", rests="candidates"):
    """To enter."""


class ChooseListExit(_Listed, section="choose", rests="candidates"):
    """To be lost."""


class _Relatedness(Finding):
    """The gain in the log score from relatedness."""

    choice_kind: Kind
    low: float
    value: float


class ChooseRelated(_Relatedness, section="choose", rests="learnt"):
    """It has earned a place."""


class ChooseRelatednessNothing(_Relatedness, section="choose", rests="learnt"):
    """It adds nothing that can be seen."""


class ChooseNoise(Finding, section="choose", rests="learnt"):
    choice_kind: Kind
    share: int
    floor: float


class ChooseValue(Finding, section="choose", rests="learnt"):
    share: float


class _Industries(Finding):
    """Industries with one verdict, by the panel's indicator."""

    indicator: IndicatorId
    n: int
    industries: IndustryIds


class _PlanOdds(_Industries):
    """Industries with one verdict at the end of a period, for so many years."""

    period: Period
    years: int


class ChoosePlanSecure(_PlanOdds, section="choose", rests="plan_choices"):
    """Specialised and secure."""


class ChoosePlanAtRisk(_PlanOdds, section="choose", rests="plan_choices"):
    """Specialised, and likelier to be lost than usual."""


class ChoosePlanBet(_PlanOdds, section="choose", rests="plan_choices"):
    """Bets with better odds than usual."""


class ChoosePlanLongShot(_PlanOdds, section="choose", rests="plan_choices"):
    """Bets at long odds."""


class ChoosePlanUnnamed(_PlanOdds, section="choose", rests="plan_choices"):
    """Likely, and not named by the plan."""


class ChooseCrossed(_Industries, section="choose", rests="candidates"):
    """They crossed a line lately."""


class ChooseCoarse(Finding, section="choose", rests="learnt"):
    n: int


class ChooseFewCandidates(Finding, section="choose", rests="candidates"):
    choice_kind: Kind
    n: int
    least: int


class ChooseNoGrowth(Finding, section="choose", rests=METHOD):
    indicator: IndicatorId


#: The kinds for results; the others are for their basis.
OUTCOMES = (_Usual, _Industries, _NoOdds, _Rule, ChooseBorrowedOrder, *NEAREST)


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
    times: float
    years: int
    indicator: IndicatorId
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
