"""Two tables of a place: what brought about the change of each industry's output between them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from songhua.interindustry import InputOutputTable
from songhua.maths import table_change
from songhua.maths.levels import nonzero
from songhua.maths.table_change import OutputChange
from songhua.region import Region
from songhua.results import Finding, table
from songhua.studies.series import Figures


def output_change(facts: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `output_change`, at the prices of each year, from one table to the next.

    Tables of a place are set off against each other where they have the same industries, kind and
    unit.
    """
    rows: list[dict[str, Any]] = []
    found: list[Finding] = []
    for first, last in pairs(facts.region):
        before, after = facts.region.tables[first], facts.region.tables[last]
        change = table_change.output_change(before, after)
        rows += list(_rows(first, last, before, change))
        found += list(_findings(first, last, before, after, change))
    return {"output_change": table("diagnose", "output_change", rows)}, found


def pairs(region: Region) -> list[tuple[str, str]]:
    """Tables that follow each other in time, without imports inside rather than with them."""
    like: dict[tuple[object, ...], list[str]] = {}
    for id, one in region.tables.items():
        if one.kind != "supply_use" and one.year is not None:
            key = (one.imports_inside, one.region, one.unit, frozenset(one.codes))
            like.setdefault(key, []).append(id)
    found: dict[tuple[object, ...], tuple[str, str]] = {}
    for key in sorted(like, key=lambda key: bool(key[0])):
        for first, last in pairwise(sorted(like[key], key=lambda id: region.tables[id].year or 0)):
            years = (key[1], region.tables[first].year, region.tables[last].year)
            if years[1] != years[2]:
                found.setdefault(years, (first, last))
    return list(found.values())


def _rows(
    first: str, last: str, before: InputOutputTable, change: OutputChange
) -> Iterator[dict[str, Any]]:
    """A row an industry and part; points are percent of the earlier output."""
    values = change.parts.to_numpy()
    points = values / nonzero(before.x.to_numpy())[:, np.newaxis] * 100
    for at, code in enumerate(before.codes):
        about = {
            "table_before": first,
            "table_after": last,
            "region": before.region,
            "unit": before.unit,
        }
        about |= {"code": code}
        for k, (part, use) in enumerate(change.parts.columns.tolist()):
            yield {
                **about, "part": part, "use": use, "value": values[at, k], "points": points[at, k],
            }  # fmt: skip


def _findings(
    first: str, last: str, before: InputOutputTable, after: InputOutputTable, change: OutputChange
) -> Iterator[Finding]:
    """The heading and what else must be known, then the change of all output in short."""
    sources = tuple(dict.fromkeys(one.source for one in (before, after) if one.source))
    tables = {"table_before": first, "table_after": last}
    for issue in change.issues:
        yield Finding(issue.code, {**issue.params, **tables}, sources)
    kinds = change.parts.T.groupby(level=0).sum().T.sum() / float(before.x.sum()) * 100
    params = {
        name: f"{kinds.get(name, 0.0):+.1f}"
        for name in ("total", "technology", "mix", "level", "change", "residual")
    }
    yield Finding("output_change_parts", {**tables, **params}, sources)
