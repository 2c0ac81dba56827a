"""The nation's table: backward and forward linkages, imported inputs, digital inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from songhua.codes.classes import GROUPINGS, inclusion
from songhua.interindustry import InputOutputTable
from songhua.maths.input_output import key_sectors, output_multipliers, technical_coefficients
from songhua.region import Region
from songhua.results import Finding, table
from songhua.studies.diagnose.official_groupings import described_by
from songhua.studies.series import Figures

DIGITAL = GROUPINGS[1]
HOLDS = ("whole", "partial")


def linkages(facts: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `linkages`: one input-output table a place and year, without imports if it can be.

    Results of a table with imports inside are those of a world that produces like its country; a
    finding says so.
    """
    rows: list[dict[str, Any]] = []
    found: list[Finding] = []
    for id, one in chosen(facts.region).items():
        rows += list(_linkages(id, one))
        found += list(_findings(facts.region, id, one))
    made = table("diagnose", "linkages", rows)
    for id, group in made.groupby("table", sort=False):
        key = group[group["kind"] == "key"].sort_values("backward", ascending=False)
        params = {"table": id, "n": len(key), "of": len(group)}
        found.append(
            Finding("key_industries", params | {"table_industries": key["code"].head(5).tolist()})
        )
    return {"linkages": made}, found


def chosen(region: Region) -> dict[str, InputOutputTable]:
    """One table for each place and year: a domestic one rather than one with imports inside."""
    best: dict[tuple[str, int | None], str] = {}
    for id, one in region.tables.items():
        if one.kind == "supply_use":
            continue
        key = (one.region, one.year)
        if key not in best or (region.tables[best[key]].imports_inside and not one.imports_inside):
            best[key] = id
    return {id: region.tables[id] for id in best.values()}


def planned(one: InputOutputTable) -> dict[str, dict[str, str]]:
    """For each industry of the case its industries in the table: code, and whole or partial."""
    if one.industries is None or "industry" not in one.industries:
        return {}
    found: dict[str, dict[str, str]] = {}
    for code, industry, how in zip(
        one.industries.index, one.industries["industry"], one.industries["inclusion"], strict=True
    ):
        if isinstance(industry, str) and industry:
            found.setdefault(industry, {})[str(code)] = str(how) or "whole"
    return found


def _linkages(id: str, one: InputOutputTable) -> Iterator[dict[str, Any]]:
    sectors = key_sectors(one.Z, one.x)
    multiplier = output_multipliers(technical_coefficients(one.Z, one.x))
    imported = _imported(one)
    digital = _digital(one)
    owner = {code: industry for industry, codes in planned(one).items() for code in codes}
    total = float(one.x.sum())
    for code in one.codes:
        kind = sectors.at[code, "kind"]
        yield {
            "table": id,
            "region": one.region,
            "period": str(one.year or ""),
            "code": code,
            "industry": owner.get(code, ""),
            "output_share": float(one.x[code]) / total * 100,
            "backward": sectors.at[code, "backward"],
            "forward": sectors.at[code, "forward"],
            "kind": kind if isinstance(kind, str) else "",
            "multiplier": multiplier[code],
            "imported": imported.get(code, float("nan")),
            "digital_low": digital["whole"].get(code, float("nan")),
            "digital_high": digital["partial"].get(code, float("nan")),
        }


def _imported(one: InputOutputTable) -> pd.Series:
    """Imported inputs in percent of all inputs bought; missing where imports are not apart."""
    if one.Z_imported is None:
        return pd.Series(dtype=float)
    home, abroad = one.Z.sum(axis=0), one.Z_imported.sum(axis=0)
    both = home if one.imports_inside else home + abroad
    return abroad / both.where(both > 0) * 100


def _digital(one: InputOutputTable) -> Mapping[str, pd.Series]:
    """Inputs from industries of the digital core, in percent of all inputs, imports included.

    `whole` counts the industries that lie wholly within it, `partial` those that touch it too.
    The codes of most entries of the core are not known, so neither is an upper end for certain.
    """
    described = described_by(one)
    if not described:
        return {"whole": pd.Series(dtype=float), "partial": pd.Series(dtype=float)}
    how = {code: inclusion(DIGITAL, list_) for code, list_ in described.items()}
    flows = one.Z if one.imports_inside or one.Z_imported is None else one.Z + one.Z_imported
    total = flows.sum(axis=0)
    picked = {
        "whole": [code for code in one.codes if how.get(code) == "whole"],
        "partial": [code for code in one.codes if how.get(code) in HOLDS],
    }
    return {k: flows.loc[v].sum(axis=0) / total.where(total > 0) * 100 for k, v in picked.items()}


def _findings(region: Region, id: str, one: InputOutputTable) -> Iterator[Finding]:
    if one.region != region.code:
        params = {"table": id, "place": one.region, "region": region.code}
        yield Finding("table_of_a_larger_area", params)
    if one.imports_inside:
        yield Finding("table_holds_imports", {"table": id})
    idle = [str(code) for code in one.x.index[one.x == 0]]
    if idle:
        yield Finding("industries_without_output", {"table": id, "list": ", ".join(idle)})
