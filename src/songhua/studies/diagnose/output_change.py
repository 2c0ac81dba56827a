"""Output change: the causes of each industry's change of output between two tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

import numpy as np
import pandas as pd

from songhua.maths import table_change
from songhua.maths.interindustry import InputOutputTable
from songhua.maths.levels import nonzero
from songhua.maths.table_change import OutputChange
from songhua.region import Region
from songhua.results import Finding, read_finding, table
from songhua.results.columns import PlaceId, UnitName, choice, label, number
from songhua.studies.diagnose.comparison_finding_kinds import OutputChangeParts
from songhua.studies.series import Figures

#: The parts that the finding names.
PARTS = ("total", "technology", "mix", "level", "change", "residual")


@dataclass(frozen=True, slots=True)
class ChangePart:
    """A row of `output_change`: one part of an industry's change, in percent of what it was."""

    table_before: Annotated[str, label("tables")]
    table_after: Annotated[str, label("tables")]
    region: PlaceId
    code: Annotated[str, label("table_industries", within="table_after")]
    part: Annotated[str, choice("output_change_part")]
    use: Annotated[str, choice("report_use")]
    value: Annotated[float, number(unit_in="unit", digits=4)]
    unit: UnitName
    points: Annotated[float, number(unit="%", decimals=2)]


@dataclass(frozen=True, slots=True)
class TablePair:
    """Two tables of a place that follow each other, by name."""

    first: str
    last: str
    before: InputOutputTable
    after: InputOutputTable

    @property
    def names(self) -> dict[str, str]:
        """Both names, as fields of a finding."""
        return {"table_before": self.first, "table_after": self.last}


def output_change(figures: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `output_change`, at the prices of each year, from one table to the next.

    Tables of a place are set off against each other where they have the same industries, kind and
    unit.

    >>> from songhua.studies.diagnose import town
    >>> tables, findings = output_change(town.figures())  # one table: nothing changes
    >>> len(tables["output_change"]), findings
    (0, [])
    """
    rows: list[ChangePart] = []
    findings: list[Finding] = []
    for pair in consecutive_tables(figures.region):
        change = table_change.output_change(pair.before, pair.after)
        rows += change_parts(pair, change)
        findings += _findings(pair, change)
    return {"output_change": table("diagnose", "output_change", rows)}, findings


def consecutive_tables(region: Region) -> list[TablePair]:
    """Tables that follow each other in time, without imports inside rather than with them.

    >>> from songhua.studies.diagnose import town
    >>> from dataclasses import replace
    >>> table = town.table()
    >>> later = replace(table, year=2025)
    >>> region = Region.of("here", tables={"later": later, "earlier": table})
    >>> [(pair.first, pair.last) for pair in consecutive_tables(region)]
    [('earlier', 'later')]
    """
    alike: dict[tuple[object, ...], list[str]] = {}
    for id, io_table in region.tables.items():
        if io_table.kind != "supply_use" and io_table.year is not None:
            key = (
                io_table.imports_inside,
                io_table.region,
                io_table.unit,
                frozenset(io_table.codes),
            )
            alike.setdefault(key, []).append(id)
    pairs: dict[tuple[object, ...], TablePair] = {}
    for key in sorted(alike, key=lambda key: bool(key[0])):
        in_time = sorted(alike[key], key=lambda id: region.tables[id].year or 0)
        for first, last in pairwise(in_time):
            pair = TablePair(first, last, region.tables[first], region.tables[last])
            if pair.before.year != pair.after.year:
                pairs.setdefault((key[1], pair.before.year, pair.after.year), pair)
    return list(pairs.values())


def change_parts(pair: TablePair, change: OutputChange) -> Iterator[ChangePart]:
    """A row an industry and part; points are percent of the earlier output.

    >>> from songhua.studies.diagnose import town
    >>> table = town.table()
    >>> change = table_change.output_change(table, table)
    >>> {row.value for row in change_parts(TablePair("a", "b", table, table), change)}
    {0.0}
    """
    before = pair.before
    values = change.parts.to_numpy()
    points = values / nonzero(before.x.to_numpy())[:, np.newaxis] * 100
    for at, code in enumerate(before.codes):
        for k, (part, use) in enumerate(change.parts.columns.tolist()):
            yield ChangePart(
                pair.first,
                pair.last,
                before.region,
                code,
                part,
                use,
                float(values[at, k]),
                before.unit,
                float(points[at, k]),
            )


def _findings(pair: TablePair, change: OutputChange) -> Iterator[Finding]:
    """The issues of the two tables, then the change of all output in short."""
    sources = (table.source for table in (pair.before, pair.after) if table.source)
    cited = tuple(dict.fromkeys(sources))
    for issue in change.issues:
        yield read_finding(issue.code, {**issue.params, **pair.names}, cited)
    kinds = change.parts.T.groupby(level=0).sum().T.sum() / float(pair.before.x.sum()) * 100
    parts = {name: f"{kinds.get(name, 0.0):+.1f}" for name in PARTS}
    yield OutputChangeParts(**pair.names, **parts, observations=cited)
