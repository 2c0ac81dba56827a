"""The region's base for a simulation: the table in use and the region's output by industry.

The study uses observed sizes of the region's industries: their value added, else their jobs, with
value added per job as in the nation. Where only a sector's total is known, the nation's structure
within it is a prior. None of this makes a table of the region: that is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.labels import convert
from songhua.maths.input_output import technical_coefficients
from songhua.maths.interindustry import InputOutputTable
from songhua.plan import Plan
from songhua.region import Region
from songhua.studies.fault_kinds import SimulateNoOutput, SimulateNoTable, SimulatePartMissing
from songhua.studies.simulate.own_supply import IN_PART, OwnShare, own_shares
from songhua.studies.table_in_use import NOT_ADDED, column, table_in_use

EMPLOYMENT = "employment"


@dataclass(frozen=True, slots=True)
class Sector:
    """Industries of whose sizes only the sum of their value added is known, or of their jobs."""

    codes: tuple[str, ...]
    total: float
    from_jobs: bool = False


@dataclass(frozen=True)
class RegionalBase:
    """The table and the region's output before anything is drawn; money in `unit`.

    `output` is the region's by industry, in the middle; `basis` says where it comes from:
    `observed`, `jobs` (the share of jobs), `wider` (the share of a wider industry), `prior`,
    `accounts` or `own` (its own table);
    `sectors` are the totals that a prior is spread over, `own_shares` what of a product that is
    bought at home was seen to be bought in the region. `drawn` (draws × n) are outputs as
    accounts have them, where these stand in for the nation's structure.
    """

    id: str
    table: InputOutputTable
    unit: str
    A: pd.DataFrame
    national: pd.Series
    kinds: pd.Series
    output: pd.Series
    basis: pd.Series
    sectors: Mapping[str, Sector] = field(default_factory=dict)
    own_shares: tuple[OwnShare, ...] = ()
    drawn: np.ndarray | None = None

    @cached_property
    def codes(self) -> list[str]:
        """The industries."""
        return [str(code) for code in self.A.index]

    def per_output(self, row: str) -> pd.Series:
        """A primary input per unit of output; zero where there is no output."""
        x, amounts = self.table.x, self.table.v.T[row]
        return (amounts / x.where(x > 0)).fillna(0.0)

    @cached_property
    def value_added(self) -> pd.Series:
        """Value added per unit of output."""
        rows = [str(r) for r in self.table.v.index if not str(r).startswith(NOT_ADDED)]
        return sum((self.per_output(row) for row in rows), pd.Series(0.0, self.A.index))

    @property
    def from_jobs(self) -> list[str]:
        """The industries whose size comes of jobs."""
        spread = {
            code for sector in self.sectors.values() if sector.from_jobs for code in sector.codes
        }
        return [code for code in self.codes if self.basis[code] == "jobs" or code in spread]

    @property
    def size(self) -> float:
        """The region's share of the nation's output."""
        return float(self.output.sum() / self.national.sum())


def lacks(region: Region, plan: Plan | None) -> str | None:
    """The file that a simulation needs and the folder does not have, if there is one.

    >>> lacks(Region.of("here"), None)
    'plan/spending.csv'
    """
    if plan is None or not plan.simulated_projects():
        return "plan/spending.csv"
    try:
        regional_base(region, plan.base_year)
    except SonghuaError as error:
        unsized = error.faults[0].code == "simulate_no_output"
        return "panels/*.csv" if unsized else "tables.toml"
    return None


def regional_base(region: Region, year: int) -> RegionalBase:
    """The table and the region's output by industry in a year.

    Raises:
        SonghuaError: `simulate_no_table`; `simulate_part_missing`, when the table lacks labour
            income, households or fixed investment; `simulate_no_output`, for industries of
            whose size in the region nothing is known.

    >>> from songhua.studies.simulate import example
    >>> example.base().output.to_dict(), example.base().size
    ({'food': 100.0, 'works': 50.0}, 1.0)
    """
    id = table_in_use(region)
    if id is None:
        raise SonghuaError(SimulateNoTable())
    table = region.tables[id]
    _complete(id, table)
    unit = f"m {region.currency}"
    factor = convert(1, table.unit, unit)
    national = table.x * factor
    A = technical_coefficients(table.Z, table.x).fillna(0.0)
    described = table.industries if table.industries is not None else pd.DataFrame(index=A.index)
    kinds = column(described, "kind", A.index).replace("", "services")
    if table.region == region.code:
        basis = pd.Series("own", A.index)
        return RegionalBase(id, table, unit, A, national, kinds, national, basis)
    blank = RegionalBase(id, table, unit, A, national, kinds, national * np.nan, _blank(A.index))
    labels = (column(described, name, A.index) for name in ("industry", "inclusion"))
    return replace(_sized(blank, region, described, year), own_shares=own_shares(region, *labels))


def _complete(id: str, table: InputOutputTable) -> None:
    """Raise for each part of the table that is needed and not there."""
    parts = [*map(str, table.v.index), *map(str, table.f.columns)]
    needed = ("labour", "households", "fixed_capital")
    missing = [part for part in needed if not any(name.startswith(part) for name in parts)]
    if missing:
        raise SonghuaError(SimulatePartMissing(table=id, list=tuple(missing)))


def _sized(base: RegionalBase, region: Region, described: pd.DataFrame, year: int) -> RegionalBase:
    """The region's output: observed shares first, then sectors' totals spread by the prior."""
    shares, basis = _observed(base, region, described, year)
    output = base.national * shares
    sectors: dict[str, Sector] = {}
    added = base.value_added
    within = column(described, "within", base.A.index)
    for name in dict.fromkeys(within[(within != "") & output.isna()]):
        codes = [code for code in base.codes if within[code] == name]
        total = _total(region, name, year, base.unit)
        from_jobs = total is None
        if total is None:
            share = _share_of_jobs(region, name, year, base.table.region)
            if share is None:
                continue
            total = share * float((base.national * added)[codes].sum())
        unknown = [code for code in codes if np.isnan(output[code])]
        remainder = total - float((output * added)[codes].sum())
        national = (base.national * added)[unknown]
        spread = remainder * national / national.sum()
        output[unknown] = (spread / added[unknown].where(added[unknown] > 0)).fillna(0.0)
        basis[unknown] = "prior"
        sectors[name] = Sector(tuple(codes), total, from_jobs)
    unsized = [code for code in base.codes if np.isnan(output[code])]
    if unsized:
        raise SonghuaError(SimulateNoOutput(list=tuple(unsized), year=year))
    limited = output.clip(upper=base.national)
    return replace(base, output=limited, basis=basis, sectors=sectors)


def _levels(region: Region, measure: str) -> list[str]:
    """The indicators that are levels of a measure."""
    return [i.id for i in region.catalogue.values() if i.measure == measure and i.form == "level"]


def _observed(
    base: RegionalBase, region: Region, described: pd.DataFrame, year: int
) -> tuple[pd.Series, pd.Series]:
    """The region's share of the nation in each industry's value added, else jobs, and which it is.

    Only shares of one panel and year are taken: levels of another vintage are never compared with
    the table's (§3).
    """
    shares, basis = pd.Series(np.nan, base.A.index), _blank(base.A.index)
    owner = column(described, "industry", base.A.index)
    inclusion = column(described, "inclusion", base.A.index)
    for measure, whole in (("value_added", "observed"), (EMPLOYMENT, "jobs")):
        ratio = _ratio(base, region, measure, year)
        for code in base.codes if len(ratio) else ():
            industry, depth = owner[code], 0
            while industry and industry not in ratio.index:
                industry, depth = region.parent(industry), depth + 1
            if industry and np.isnan(shares[code]):
                shares[code] = min(float(ratio[industry]), 1.0)
                exact = depth == 0 and inclusion[code] not in IN_PART
                basis[code] = whole if exact or measure == EMPLOYMENT else "wider"
    return shares, basis


def _ratio(base: RegionalBase, region: Region, measure: str, year: int) -> pd.Series:
    """The region over the table's area by industry, in the first panel that holds both."""
    rows = [(str(year), region.code), (str(year), base.table.region)]
    names = _levels(region, measure) if region.figures.cells else []
    panels = (panel for panel in map(region.panel, names) if set(rows) <= set(panel.index))
    panel = next(panels, None)
    if panel is None:
        return pd.Series(dtype=float)
    regional, national = panel.loc[rows].to_numpy(float)
    return pd.Series(regional / np.where(national > 0, national, np.nan), panel.columns).dropna()


def _share_of_jobs(region: Region, sector: str, year: int, nation: str) -> float | None:
    """The region's share of the jobs of a sector, from published figures of one indicator."""
    for indicator in _levels(region, EMPLOYMENT):
        rows = [
            region.figure(indicator, str(year), industry=sector, region=place)
            for place in (region.code, nation)
        ]
        if rows[0] is not None and rows[1] is not None:
            regional, national = (
                convert(float(r["number"]), str(r["unit"]), "persons")
                for r in rows
                if r is not None
            )
            return min(regional / national, 1.0) if national > 0 else None
    return None


def _total(region: Region, sector: str, year: int, unit: str) -> float | None:
    """A sector's published value added."""
    for indicator in _levels(region, "value_added"):
        row = region.figure(indicator, str(year), industry=sector)
        if row is not None:
            return convert(float(row["number"]), str(row["unit"]), unit)
    return None


def _blank(codes: pd.Index) -> pd.Series:
    return pd.Series("", codes, dtype=object)
