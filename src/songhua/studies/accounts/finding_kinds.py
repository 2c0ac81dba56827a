"""The findings of accounts: contradictions of print, missing figures, basis of estimates."""

from __future__ import annotations

from typing import Annotated

from songhua.labels import Period
from songhua.messages import Words
from songhua.results.columns import (
    Column,
    IndicatorId,
    IndicatorIds,
    IndustryId,
    PlaceId,
    TableId,
    TableIndustryIds,
    choice,
)
from songhua.results.finding import ABSENCE, METHOD, Finding


class AccountsOtherYear(Finding, section="accounts", rests=METHOD):
    period: Period
    other: str


class AccountsAboveTable(Finding, section="accounts", rests=ABSENCE):
    times: float
    table: TableId


class AccountsNoIntervals(Finding, section="accounts", rests=ABSENCE):
    """The chains of draws did not agree, or print lies far beyond what the model expects."""


class AccountsTransferred(Finding, section="accounts", rests=METHOD):
    """The model was learnt in regions of other countries."""


class AccountsLearnt(Finding, section="accounts", rests=METHOD):
    n: int
    error_study: Words
    covered: float


class AccountsArea(Finding, section="accounts", rests="ledger"):
    """Sizes stand on the accounts of the area that the region lies in."""

    place: PlaceId
    n: int
    period: Period
    reference: PlaceId
    region_kind: Annotated[str, choice("region_kind")] = ""


class AccountsNoArea(Finding, section="accounts", rests=ABSENCE):
    """An area is named, and nothing of it counts."""

    place: PlaceId


class AccountsRestOn(Finding, section="accounts", rests="ledger"):
    period: Period
    used: int
    of: int
    industries: int
    model: float


class AccountsWide(Finding, section="accounts", rests="cells"):
    n: int
    of: int
    times: float


class AccountsContradiction(Finding, section="", rests="contradictions"):
    n: int
    account_stage: Annotated[str, choice("account_stage")]
    set: int


class AccountsContradictionAssumed(AccountsContradiction, section="", rests="contradictions"):
    account_assumption: Annotated[tuple[str, ...], choice("account_assumption")]


class AccountsFar(Finding, section="accounts", rests="tensions"):
    n: int
    of: int


class _Years(Finding):
    """The years that have accounts, and the series that they are of."""

    n: int
    periods: Annotated[tuple[Period, ...], Column("", "period")]
    indicators: IndicatorIds


class AccountsYears(_Years, section="accounts", rests="years"):
    """All of one series."""


class AccountsYearsOfSeries(_Years, section="accounts", rests="years"):
    """Of different series."""


class _Missing(Finding):
    """The figure that would narrow the accounts most, and how much of what is open it removes."""

    table: TableId
    table_industries: TableIndustryIds
    account_measure: Annotated[str, choice("account_measure")]
    narrows: float


class AccountsMissingFigure(_Missing, section="", rests="missing_figures"):
    """To two digits."""


class BriefMissingFigure(
    _Missing, part="step", weight="missing_figure", section="accounts", rests="missing_figures"
):
    """To a tenth of a point, with the next best figure, and where and when the industry is."""

    region: PlaceId
    period: Period
    next_narrows: float | None = None


class BriefMissingFigureUntested(
    BriefMissingFigure,
    part="step",
    weight="missing_figure",
    section="accounts",
    rests="missing_figures",
):
    """By a model that was estimated in other countries."""


class BriefAccountsContradiction(
    Finding, part="worry", weight="accounts_contradiction", section="accounts"
):
    n: int
    members: int
    indicator: IndicatorId
    industry: IndustryId
    period: Period | None = None
