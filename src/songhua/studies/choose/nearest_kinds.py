"""The findings on industries of the plan at the nearest level that evidence reaches."""

from __future__ import annotations

from typing import Annotated

from songhua.labels import Period
from songhua.results.columns import (
    EntityIds,
    IndicatorId,
    IndicatorIds,
    IndustryId,
    IndustryIds,
    PlaceId,
    choice,
)
from songhua.results.finding import METHOD, Finding


class _Nearest(Finding):
    """An industry of the plan by the classes of a place: `classes` are those it is made of.

    Where it makes up the most of none, `holders` are the classes with that verdict that hold it.
    `more` are those that are not named, `against` are measures that say otherwise of being
    specialised, of the wider industries `beside`, and `share` is the part of the level of all that
    the verdict is on, where it is not on all. `own` is the quotient of what holds it in the
    region's own panel (`around`, at the end of `own_period`), where the place is a larger area;
    `newer` is the quotient by the same series after a break, in `newer_period`.
    """

    industry: IndustryId
    place: PlaceId
    indicator: IndicatorId
    period: Period
    classes: IndustryIds
    holders: IndustryIds
    codes: str
    quotient: float
    before: Period
    quotient_before: float | None = None
    more: int | None = None
    against: IndicatorIds = ()
    beside: IndustryIds = ()
    share: float | None = None
    own: float | None = None
    own_period: Period | None = None
    around: IndustryIds = ()
    newer: float | None = None
    newer_period: Period | None = None


class _NearestOdds(_Nearest):
    """With odds: `times` is the highest of its classes over the usual rate of their kind."""

    years: int
    times: float


class ChooseNearestSecure(_NearestOdds, section="choose", rests="plan_evidence"):
    """Specialised there, and no likelier to be lost than usual."""


class ChooseNearestAtRisk(_NearestOdds, section="choose", rests="plan_evidence"):
    """Specialised there, and likelier to be lost than usual."""


class ChooseNearestEntering(_NearestOdds, section="choose", rests="plan_evidence"):
    """Not specialised there: it would have to enter."""


class ChooseNearestLosing(_Nearest, section="choose", rests="plan_evidence"):
    """It was specialised there, and is not any more."""


class ChooseNearestUntold(_Nearest, section="choose", rests="plan_evidence"):
    """Specialised there or not, without odds."""

    verdict: Annotated[str, choice("choice_verdict")]


class ChooseNearestMixed(_Nearest, section="choose", rests="plan_evidence"):
    """No verdict holds for two thirds of it."""

    specialised: IndustryIds
    others: IndustryIds


class _Unjudged(Finding):
    """An industry of the plan of which no panel tells, with the codes that one would need.

    `figures` are those of what holds it, where there are none of its own.
    """

    industry: IndustryId
    codes: str
    holders: IndustryIds = ()
    figures: int | None = None


class ChooseNearestAnchors(_Unjudged, section="choose", rests="plan_evidence"):
    """The folder names firms or projects of it."""

    entities: EntityIds


class ChooseNearestNothing(_Unjudged, section="choose", rests="plan_evidence"):
    """Not even that; `tried` are the panels that were held against it."""

    tried: IndicatorIds


class ChooseArea(Finding, section="choose", rests="plan_evidence"):
    """The panel of the larger area, and what it speaks of."""

    place: PlaceId
    indicator: IndicatorId
    n: int
    industries_n: int
    before: Period
    period: Period
    transitions: int
    years: int


class ChooseAreaRecord(Finding, section="choose", rests=METHOD):
    """The record of its odds, beside that of the start quotient alone."""

    choice_kind: Annotated[str, choice("choice_kind")]
    indicator: IndicatorId
    n: int
    came: int
    auc: float
    auc_start: float
    precision: float
    precision_start: float
    covered: int
    told: int


#: The kinds that are results, and not the basis of results.
NEAREST = (_Nearest, _Unjudged)
