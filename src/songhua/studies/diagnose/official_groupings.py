"""Official groupings of industries: their value added, and the plan's industries in them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import pandas as pd

from songhua import codes
from songhua.codes.classes import GROUPINGS, SCHEME, inclusion, members
from songhua.maths.interindustry import InputOutputTable
from songhua.plan import Plan
from songhua.results import Finding, table
from songhua.results.columns import (
    Column,
    EstimateKind,
    IndustryId,
    InUnit,
    PlaceId,
    UnitName,
    choice,
    label,
    labels,
    number,
)
from songhua.studies.diagnose.comparison_finding_kinds import GroupingAtLeast, GroupingRange
from songhua.studies.series import Figures

TO = f"_to_{SCHEME}"


@dataclass(frozen=True, slots=True)
class GroupingShare:
    """A row of `groupings`: the value added of a table that lies within a grouping, as a range.

    `whole` and `partial` are the table's industries that lie within it or touch it, `unknown`
    the entries of the grouping whose codes are not known.
    """

    grouping: Annotated[str, choice("grouping")]
    table: Annotated[str, label("tables")]
    region: PlaceId
    period: Annotated[str, Column("", "period")]
    low: InUnit
    high: InUnit
    unit: UnitName
    share_low: Annotated[float, number(unit="%", decimals=1)]
    share_high: Annotated[float, number(unit="%", decimals=1)]
    estimate: EstimateKind
    whole: Annotated[str, labels("table_industries", within="table")]
    partial: Annotated[str, labels("table_industries", within="table")]
    unknown: int


@dataclass(frozen=True, slots=True)
class GroupingMember:
    """A row of `grouping_members`: the inclusion of a plan's industry in a grouping."""

    industry: IndustryId
    grouping: Annotated[str, choice("grouping")]
    inclusion: Annotated[str, choice("inclusion", choices=("whole", "partial", "none"))]
    codes: str
    codes_in_part: bool


def official_groupings(figures: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The tables `groupings` (shares of value added) and `grouping_members`.

    >>> from songhua.studies.diagnose import town
    >>> tables, findings = official_groupings(town.figures())
    >>> len(tables["groupings"]), findings
    (0, [])
    """
    rows: list[GroupingShare] = []
    covered: set[tuple[str, int | None]] = set()
    for id, io_table in figures.region.tables.items():
        described = industry_codes(io_table)
        if described and (io_table.region, io_table.year) not in covered:
            covered.add((io_table.region, io_table.year))
            rows += [grouping_share(id, io_table, described, name) for name in GROUPINGS]
    plan = [] if figures.plan is None else grouping_members(figures.plan)
    tables = {
        "groupings": table("diagnose", "groupings", rows),
        "grouping_members": table("diagnose", "grouping_members", plan),
    }
    return tables, list(_findings(rows))


def industry_codes(table: InputOutputTable) -> dict[str, list[str]]:
    """The codes of GB/T 4754 that each industry of a table is made of; empty if not known.

    They come from the table's concordance, whose own codes must all stand in one of the
    concordances that songhua holds.

    >>> from songhua.studies.diagnose import town
    >>> from dataclasses import replace
    >>> links = pd.DataFrame({"food": [1.0, 0.0], "tools": [0.0, 1.0]}, index=["001", "002"])
    >>> industry_codes(replace(town.table(), concordance=links))
    {'food': ['01'], 'tools': ['02']}
    """
    if table.concordance is None:
        return {}
    old = {str(code) for code in table.concordance.index}
    for name in codes.names():
        if name.endswith(TO):
            links: dict[str, list[str]] = {}
            for link in codes.concordance(name.removesuffix(TO), SCHEME):
                links.setdefault(link.old, []).append(link.new)
            if old <= set(links):
                return _linked(table.concordance, links)
    return {}


def _linked(concordance: pd.DataFrame, links: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Each industry (across) with the new codes of all codes (down) of which it is made."""
    return {
        str(new): [code for old, share in column.items() if share > 0 for code in links[str(old)]]
        for new, column in concordance.items()
    }


def grouping_share(
    id: str, table: InputOutputTable, described: Mapping[str, Sequence[str]], grouping: str
) -> GroupingShare:
    """Value added that lies within a grouping: at least the whole ones, at most all touched.

    There is no upper end where the codes of some entries are not known.

    >>> from songhua.studies.diagnose import town
    >>> described = {"food": ["13"], "tools": ["27"]}
    >>> row = grouping_share("home", town.table(), described, GROUPINGS[0])
    >>> row.whole, row.low, round(row.share_low, 2)
    ('tools', 50.0, 45.45)
    """
    added = table.v.drop(index="product_taxes", errors="ignore").sum(axis=0)
    how = {industry: inclusion(grouping, codes) for industry, codes in described.items()}
    whole = [industry for industry, kind in how.items() if kind == "whole"]
    partial = [industry for industry, kind in how.items() if kind == "partial"]
    unknown = members(grouping)[1]
    low, total = float(added[whole].sum()), float(added.sum())
    high = low + float(added[partial].sum()) if unknown == 0 else math.nan
    return GroupingShare(
        grouping,
        id,
        table.region,
        str(table.year or ""),
        low,
        high,
        table.unit,
        low / total * 100,
        high / total * 100,
        "range",
        " ".join(whole),
        " ".join(partial),
        unknown,
    )


def grouping_members(plan: Plan) -> Iterator[GroupingMember]:
    """Inclusion of each industry of the plan in each grouping, by the codes of its crosswalk.

    >>> from types import SimpleNamespace
    >>> row = {"industry": "drugs", "scheme": SCHEME, "code": "27", "inclusion": "whole"}
    >>> plan = SimpleNamespace(industries=pd.DataFrame([row]))
    >>> [(row.grouping, row.inclusion) for row in grouping_members(plan)]
    [('high-tech-manufacturing-2017', 'whole'), ('digital-economy-2021', 'none')]
    """
    if plan.industries.empty:
        return
    rows = plan.industries
    for industry, group in rows[rows.scheme == SCHEME].groupby("industry", sort=False):
        codes = list(dict.fromkeys(group.code.astype(str)))
        in_part = bool((group.inclusion != "whole").any())
        for name in GROUPINGS:
            how = inclusion(name, codes)
            yield GroupingMember(str(industry), name, how, " ".join(codes), in_part)


def _findings(rows: Sequence[GroupingShare]) -> Iterator[Finding]:
    """The value added within a grouping: at least so much, or a range."""
    for row in rows:
        low, high = round(row.share_low, 1), round(row.share_high, 1)
        if row.unknown and row.low > 0:
            yield GroupingAtLeast.from_row(row, low=low, n=row.unknown)
        elif not row.unknown:
            yield GroupingRange.from_row(row, low=low, n=row.unknown, high=high)
