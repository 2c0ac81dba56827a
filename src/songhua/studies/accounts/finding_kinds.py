"""The findings of accounts: contradictions of print, what narrows most, what estimates rest on."""

from __future__ import annotations

from typing import Annotated

from songhua.labels import Period
from songhua.results.columns import IndicatorId, IndustryId, TableId, TableIndustryIds, choice
from songhua.results.finding import Finding


class BriefAccountsContradiction(
    Finding, part="worry", weight="accounts_contradiction", section="accounts"
):
    n: int
    members: int
    indicator: IndicatorId
    industry: IndustryId
    period: Period | None = None


class BriefMissingFigure(
    Finding, part="step", weight="missing_figure", section="accounts", rests="missing_figures"
):
    table: TableId
    table_industries: TableIndustryIds
    account_measure: Annotated[str, choice("account_measure")]
    narrows: float
