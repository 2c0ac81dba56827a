"""Chain gaps: the purchases of a region's industries from an industry, beside its size there."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from songhua.maths.interindustry import InputOutputTable
from songhua.region import Region
from songhua.studies.diagnose.linkages import preferred_tables


def bought(
    region: Region, industries: Sequence[str], levels: np.ndarray, expected: np.ndarray
) -> tuple[str, dict[str, float]]:
    """The table that is used, and by industry the quotient of the others' purchases from it.

    D_i = sum_j Z_ij q_j / sum_j Z_ij over the other industries j of the table: where they weigh
    twice as much as in all regions, they buy twice as much of i, at the nation's coefficients. An
    industry whose own quotient is less is bought from elsewhere, on balance. Industries of the
    panel and of the table are joined by the table's parts and by their parents.

    Args:
        region: its tables and industries.
        industries: of the panel.
        levels: of the region by industry.
        expected: the same, were it as all regions.

    Returns:
        The table's id and the quotients; blank and none, where the region has no table that fits.

    >>> from songhua.studies.diagnose.town import region
    >>> levels, expected = np.array([10.0, 40.0]), np.array([20.0, 30.0])
    >>> bought(region(), ["food", "tools"], levels, expected)  # food is bought by tools alone
    ('home', {'food': 1.3333333333333333, 'tools': 0.5})
    """
    tables = preferred_tables(region)
    if not tables:
        return "", {}
    id, table = max(tables.items(), key=lambda item: item[1].year or 0)
    weights = joined(region, table, industries)
    if not weights.any():
        return "", {}
    usable = ~np.isnan(levels) & ~np.isnan(expected)
    have, would = weights[usable].T @ levels[usable], weights[usable].T @ expected[usable]
    quotients = np.where(would > 0, have / np.where(would > 0, would, 1.0), np.nan)
    return id, dict(_demand(table, weights, quotients, industries))


def _demand(
    table: InputOutputTable, weights: np.ndarray, quotients: np.ndarray, industries: Sequence[str]
) -> Iterator[tuple[str, float]]:
    """The quotient of what others buy, of each industry of the panel that the table has."""
    Z = table.Z.to_numpy(float).copy()
    if not table.imports_inside and table.Z_imported is not None:
        Z = Z + table.Z_imported.to_numpy(float)
    x, has_quotient = table.x.to_numpy(float), ~np.isnan(quotients)
    for at, industry in enumerate(industries):
        seller = weights[at] > 0
        buyers = ~seller & has_quotient
        flows = (weights[at][seller, np.newaxis] * Z[seller][:, buyers]).sum(axis=0)
        if seller.any() and flows.sum() > 0 and x[seller].sum() > 0:
            yield industry, float(flows @ quotients[buyers] / flows.sum())


def joined(region: Region, table: InputOutputTable, industries: Sequence[str]) -> np.ndarray:
    """Share of each industry of the table (across) in each of the panel (down), 0 to 1.

    >>> from songhua.studies.choose.example import town
    >>> table = town().tables["home"]  # of food and tools; looms are a part of tools
    >>> joined(town(), table, ["tools", "looms", "films"]).tolist()
    [[0.0, 1.0], [0.0, 1.0], [0.0, 0.0]]
    """
    codes = [*map(str, table.codes)]
    place = {code: at for at, code in enumerate(codes)}
    shares = np.zeros((len(industries), len(codes)))
    parts = _parts(table)
    codes_of = _codes_by_industry(table)
    for at, industry in enumerate(industries):
        own_shares = parts.get(industry) or dict.fromkeys(codes_of.get(industry, ()), 1.0)
        if not own_shares:
            above = next((parent for parent in _above(region, industry) if parent in codes_of), "")
            own_shares = dict.fromkeys(codes_of.get(above, ()), 1.0)
        for code, share in own_shares.items():
            shares[at, place[code]] = share
    return shares


def _parts(table: InputOutputTable) -> dict[str, dict[str, float]]:
    """The middle share of each industry of the table in those of the region, by definition."""
    shares: dict[str, dict[str, float]] = {}
    if table.parts is None:
        return shares
    for row in table.parts[table.parts.basis == "definition"].itertuples():
        share = (float(str(row.low)) + float(str(row.high))) / 2
        if str(row.measure) == "" and share > 0:
            shares.setdefault(str(row.industry), {})[str(row.code)] = share
    return shares


def _codes_by_industry(table: InputOutputTable) -> Mapping[str, list[str]]:
    """The industries of the table that are wholly one of the region's, by its name."""
    by_industry: dict[str, list[str]] = {}
    if table.industries is not None and "industry" in table.industries:
        rows = table.industries
        for code, name, how in zip(rows.index, rows.industry, rows.inclusion, strict=True):
            if isinstance(name, str) and name and str(how) in ("", "whole"):
                by_industry.setdefault(name, []).append(str(code))
    for code in map(str, table.codes):
        if not any(code in codes for codes in by_industry.values()):
            by_industry.setdefault(code, []).append(code)
    return by_industry


def _above(region: Region, industry: str) -> Iterator[str]:
    """The industries that hold this one, the nearest first.

    >>> industries = {"tools": {"parent": "goods"}, "goods": {"parent": "all"}}
    >>> [*_above(Region.of("here", industries=industries), "tools")]
    ['goods', 'all']
    """
    visited: set[str] = set()
    while industry in region.industries and industry not in visited:
        visited.add(industry)
        industry = str(region.industries[industry].get("parent") or "")
        if industry:
            yield industry


def gap(quotient: float, wanted: float) -> float:
    """The share of purchases that comes from elsewhere on balance, in percent; never below 0.

    >>> gap(0.5, 2.0), gap(1.5, 1.0)
    (75.0, 0.0)
    """
    return math.nan if not wanted > 0 else max(0.0, 1 - quotient / wanted) * 100
