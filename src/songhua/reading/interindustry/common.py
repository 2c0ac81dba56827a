"""Tables of several years, each in its own classification, brought to one that they share."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from songhua import codes
from songhua.errors import SonghuaError
from songhua.fault_kinds import TableKindsApart
from songhua.maths.interindustry import InputOutputTable
from songhua.maths.table_aggregation import aggregate_table, groups
from songhua.maths.table_issues import Issue


def common_tables(
    tables: Mapping[int, InputOutputTable],
    vocabularies: Mapping[int, str],
    common: str,
    constant_prices: bool = False,
) -> tuple[dict[int, InputOutputTable], list[Issue]]:
    """The tables in the industries of one common classification, with issues for the reader.

    Args:
        tables: symmetric tables by year.
        vocabularies: by year the classification whose codes the table uses, such as
            `china-io153-2020`; `songhua.codes` must join it to the common one.
        common: the common classification.
        constant_prices: whether the tables have been deflated.

    Returns:
        The tables by year, all with the same industries in the same order, and the findings:
        `table_current_prices` unless they were deflated, and `table_classification_break` for each
        year in which an industry is not quite comparable.

    Raises:
        SonghuaError: `table_kinds_apart` where imports are inside in one table and beside in
            another; `concordance_unknown`; what `aggregate_table` raises.
    """
    kinds = sorted({table.kind for table in tables.values()})
    if len(kinds) > 1:
        raise SonghuaError(TableKindsApart(kinds=tuple(kinds)))
    order = list(codes.children(common))
    aggregated: dict[int, InputOutputTable] = {}
    issues = [] if constant_prices else [Issue("table_current_prices", grave=False)]
    for year, table in sorted(tables.items()):
        links = codes.concordance(vocabularies[year], common)
        whole = groups(pd.Series({link.old: link.new for link in links}))
        aggregated[year] = aggregate_table(table, whole.reindex(columns=order, fill_value=0.0))
        partly = [link for link in links if link.kind == "partial"]
        if partly:
            params = {
                "year": year,
                "codes": tuple(sorted({link.new for link in partly})),
                "why": tuple(link.evidence for link in partly),
            }
            issues.append(Issue("table_classification_break", params, grave=False))
    return aggregated, issues
