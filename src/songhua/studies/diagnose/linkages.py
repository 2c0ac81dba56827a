"""Linkages of an input-output table: backward, forward, imported inputs and digital inputs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import pandas as pd

from songhua.codes.classes import GROUPINGS, inclusion
from songhua.maths.input_output import key_sectors, output_multipliers, technical_coefficients
from songhua.maths.interindustry import InputOutputTable
from songhua.region import Region
from songhua.results import Finding, table
from songhua.results.columns import Column, IndustryId, PlaceId, choice, label, number
from songhua.studies.diagnose.comparison_finding_kinds import (
    IndustriesWithoutOutput,
    KeyIndustries,
    TableHoldsImports,
    TableOfALargerArea,
)
from songhua.studies.diagnose.official_groupings import industry_codes
from songhua.studies.series import Figures

DIGITAL = GROUPINGS[1]
HOLDS = ("whole", "partial")


@dataclass(frozen=True, slots=True)
class Linkage:
    """A row of `linkages`: an industry of a table, its linkages and its inputs in percent."""

    table: Annotated[str, label("tables")]
    region: PlaceId
    period: Annotated[str, Column("", "period")]
    code: Annotated[str, label("table_industries", within="table")]
    industry: IndustryId
    output_share: Annotated[float, number(unit="%", decimals=1)]
    backward: Annotated[float, number(decimals=2)]
    forward: Annotated[float, number(decimals=2)]
    kind: Annotated[str, choice("linkage")]
    multiplier: Annotated[float, number(decimals=2)]
    imported: Annotated[float, number(unit="%", decimals=1)]
    digital_low: Annotated[float, number(unit="%", decimals=1)]
    digital_high: Annotated[float, number(unit="%", decimals=1)]


def linkages(figures: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `linkages`: one input-output table a place and year, without imports if it can be.

    Results of a table with imports inside are those of a world that produces like its country; a
    finding says so.

    >>> from songhua.studies.diagnose import town
    >>> tables, findings = linkages(town.figures())
    >>> tables["linkages"]["code"].tolist(), [finding.code for finding in findings]
    (['food', 'tools'], ['key_industries'])
    """
    rows: list[Linkage] = []
    limits: list[Finding] = []
    keys: list[Finding] = []
    for id, io_table in preferred_tables(figures.region).items():
        table_rows = list(table_linkages(id, io_table))
        rows += table_rows
        limits += _limits(figures.region, id, io_table)
        keys.append(_key_industries(id, table_rows))
    return {"linkages": table("diagnose", "linkages", rows)}, [*limits, *keys]


def _key_industries(id: str, rows: Sequence[Linkage]) -> Finding:
    """The industries with both linkages above the average, the strongest first."""
    keys = sorted((row for row in rows if row.kind == "key"), key=lambda row: -row.backward)
    names = tuple(row.code for row in keys[:5])
    return KeyIndustries(table=id, n=len(keys), of=len(rows), table_industries=names)


def preferred_tables(region: Region) -> dict[str, InputOutputTable]:
    """One table for each place and year: a domestic one rather than one with imports inside.

    >>> from dataclasses import replace
    >>> from songhua.studies.diagnose import town
    >>> table = town.table()
    >>> whole = replace(table, kind="competitive")
    >>> list(preferred_tables(Region.of("here", tables={"whole": whole, "home": table})))
    ['home']
    """
    best: dict[tuple[str, int | None], str] = {}
    for id, io_table in region.tables.items():
        if io_table.kind == "supply_use":
            continue
        key = (io_table.region, io_table.year)
        if key not in best or (
            region.tables[best[key]].imports_inside and not io_table.imports_inside
        ):
            best[key] = id
    return {id: region.tables[id] for id in best.values()}


def case_industries(table: InputOutputTable) -> dict[str, dict[str, str]]:
    """For each industry of the case its industries in the table: code, and how each lies in it.

    >>> from songhua.studies.diagnose import town
    >>> case_industries(town.table())
    {'food': {'food': 'whole'}}
    """
    if table.industries is None or "industry" not in table.industries:
        return {}
    members: dict[str, dict[str, str]] = {}
    names, how = table.industries.industry, table.industries.inclusion
    for code, industry, part in zip(table.industries.index, names, how, strict=True):
        if isinstance(industry, str) and industry:
            members.setdefault(industry, {})[str(code)] = str(part) or "whole"
    return members


def table_linkages(id: str, table: InputOutputTable) -> Iterator[Linkage]:
    """A row for every industry of a table, in its order.

    >>> from songhua.studies.diagnose import town
    >>> rows = table_linkages("home", town.table())
    >>> [(row.code, round(row.multiplier, 4), row.kind) for row in rows]
    [('food', 1.6491, 'backward'), ('tools', 1.614, 'forward')]
    """
    sectors = key_sectors(table.Z, table.x).to_dict("index")
    multipliers = output_multipliers(technical_coefficients(table.Z, table.x))
    imported = imported_inputs(table)
    least, most = digital_inputs(table)
    owner = {code: industry for industry, codes in case_industries(table).items() for code in codes}
    total = float(table.x.sum())
    for code in table.codes:
        backward, forward, kind = sectors[code].values()
        yield Linkage(
            table=id,
            region=table.region,
            period=str(table.year or ""),
            code=code,
            industry=owner.get(code, ""),
            output_share=float(table.x[code]) / total * 100,
            backward=backward,
            forward=forward,
            kind=kind if isinstance(kind, str) else "",
            multiplier=float(multipliers[code]),
            imported=float(imported.get(code, math.nan)),
            digital_low=float(least.get(code, math.nan)),
            digital_high=float(most.get(code, math.nan)),
        )


def imported_inputs(table: InputOutputTable) -> pd.Series:
    """Imported inputs in percent of all inputs bought; missing where imports are not apart.

    >>> from dataclasses import replace
    >>> from songhua.studies.diagnose import town
    >>> table = town.table()
    >>> imported_inputs(replace(table, Z_imported=table.Z)).to_dict()
    {'food': 50.0, 'tools': 50.0}
    """
    if table.Z_imported is None:
        return pd.Series(dtype=float)
    home, abroad = table.Z.sum(axis=0), table.Z_imported.sum(axis=0)
    inputs = home if table.imports_inside else home + abroad
    return abroad / inputs.where(inputs > 0) * 100


def digital_inputs(table: InputOutputTable) -> tuple[pd.Series, pd.Series]:
    """Least and most of inputs from the digital core, in percent of all inputs with imports.

    The least counts the industries that lie wholly within the core, the most those that touch it
    too. The codes of most entries of the core are not known, so neither is an upper end for
    certain; both are empty where nothing says what the industries are made of.

    >>> from songhua.studies.diagnose import town
    >>> least, most = digital_inputs(town.table())  # nothing says what its industries are
    >>> len(least), len(most)
    (0, 0)
    """
    described = industry_codes(table)
    if not described:
        return pd.Series(dtype=float), pd.Series(dtype=float)
    how = {code: inclusion(DIGITAL, codes) for code, codes in described.items()}
    flows = (
        table.Z if table.imports_inside or table.Z_imported is None else table.Z + table.Z_imported
    )
    total = flows.sum(axis=0)
    whole = [code for code in table.codes if how.get(code) == "whole"]
    touched = [code for code in table.codes if how.get(code) in HOLDS]
    least, most = (flows.loc[c].sum(axis=0) / total.where(total > 0) for c in (whole, touched))
    return least * 100, most * 100


def _limits(region: Region, id: str, table: InputOutputTable) -> Iterator[Finding]:
    """Limits of a table: its area, its imports, industries without output."""
    if table.region != region.code:
        yield TableOfALargerArea(table=id, place=table.region, region=region.code)
    if table.imports_inside:
        yield TableHoldsImports(table=id)
    idle = tuple(str(code) for code in table.x.index[table.x == 0])
    if idle:
        yield IndustriesWithoutOutput(table=id, table_industries=idle)
