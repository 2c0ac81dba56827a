"""Panels of region × industry by period: published ones beside the checkout, and made ones."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from shared import DATA
from songhua.maths.choice import (
    KINDS,
    VALUE,
    Definition,
    Kind,
    Record,
    Refusal,
    TestedTransition,
    Track,
    intervals,
    record,
    starts,
    tracks,
)
from songhua.studies.choose.definition import COUNTS, CURRENT, Thresholds

NEW_ZEALAND = "nz_urban_industry_1976_2006"
UNITED_KINGDOM = "uk_itl3_industry_1998_2018"
UNITED_STATES = "us_state_gdp_by_industry_1997_2017"
AUSTRALIA = "au_lga_employment_anzsic_2011_2016"
CHINA = "china_cities"

#: Lines of the American table that are sums of others.
SUMS = {
    1,
    2,
    3,
    6,
    12,
    13,
    25,
    36,
    45,
    50,
    51,
    55,
    59,
    60,
    65,
    68,
    70,
    74,
    75,
    78,
    82,
    *range(86, 91),
}


class Panel(NamedTuple):
    """Levels, period × region × industry; what entries are; whether cells grew in real terms."""

    levels: np.ndarray
    definition: Definition
    grown: np.ndarray | None = None

    def sealed(self) -> Panel:
        """The same without the last transition."""
        grown = None if self.grown is None else self.grown[:-1]
        return Panel(self.levels[: -self.definition.every], self.definition, grown)

    def lasting(self) -> Panel:
        """The same with crossings that must hold as long as in the study of choice."""
        usual = Thresholds().of(COUNTS if self.definition.counted else CURRENT)
        definition = replace(self.definition, held=usual.held, gone=usual.gone)
        return self._replace(definition=definition)


def cube(
    table: pd.DataFrame, region: str, industry: str, value: str, years: list[int]
) -> np.ndarray:
    """A long table as year × region × industry; absent cells missing."""
    table = table[table["year"].isin(years)]
    wide = table.pivot_table(
        index=["year", region],
        columns=industry,
        values=value,
        aggfunc="sum",
        min_count=1,
        observed=True,
    )
    rows = pd.MultiIndex.from_product([years, sorted(table[region].unique())])
    return wide.reindex(rows).to_numpy(dtype=float).reshape(len(years), -1, wide.shape[1])


def new_zealand() -> Panel:
    """Jobs of 143 towns in 65 industries, seven censuses; counts are rounded to threes."""
    table = pd.read_csv(DATA / NEW_ZEALAND / "employment.csv.gz")
    return Panel(
        cube(table, "area_code", "industry_code", "employment", [*range(1976, 2007, 5)]),
        Definition(rounded=3.0),
    )


def united_kingdom(every: int = 5) -> Panel:
    """Yearly value added of 182 regions in 46 industries, grown at constant prices."""
    table = pd.read_parquet(DATA / UNITED_KINGDOM / "uk_itl3_gva_by_industry.parquet")
    table = table.astype({"region_code": str, "industry_code": str, "industry": str})
    table = table[
        (table["level"] == "ITL3")
        & ~table["industry_code"].isin(["Total", "68IMP"])
        & (table["industry"] != "Total")
    ]
    table = table.assign(
        gva_current_gbp_m=table["gva_current_gbp_m"].where(table["gva_current_gbp_m"] >= 0)
    )
    levels, real = (
        cube(table, "region_code", "industry_code", f"gva_{kind}_gbp_m", [*range(1998, 2019)])
        for kind in ("current", "constant_2022")
    )
    definition = replace(VALUE, every=every)
    real = real[starts(len(real), definition)]
    return Panel(levels, definition, real[1:] > real[:-1])


def united_states(every: int = 5) -> Panel:
    """Yearly value added of 51 states in 64 industries; 2017 lacks the finer ones."""
    table = pd.read_csv(DATA / UNITED_STATES / "us_state_gdp_by_industry_1997_2017_long.csv.gz")
    table = table[table["GeoFIPS"].between(1, 90999) & ~table["IndustryId"].isin(SUMS)]
    return Panel(
        cube(table, "GeoFIPS", "IndustryId", "value_musd", [*range(1997, 2017)]),
        replace(VALUE, every=every),
    )


def australia() -> Panel:
    """Jobs of 509 areas that stand in both censuses, in 19 sections."""
    table = pd.read_csv(DATA / AUSTRALIA / "au_employment_place_of_work_lga_anzsic19.csv.gz")
    table = table[
        ~table["industry"].isin(["Inadequately described", "Not stated", "Not applicable"])
    ]
    table = table.assign(area=table["lga_pow"].str.replace(r" \([A-Z]{1,3}\)", "", regex=True))
    table = table[~table["area"].str.contains("No usual|Migratory|Unincorp")]
    both = table.groupby("area")["year"].nunique()
    table = table[table["area"].isin(both[both == 2].index)]
    return Panel(cube(table, "area", "industry", "employment", [2011, 2016]), Definition())


def china(first: int, last: int) -> Panel:
    """Jobs of the cities that are complete in all these years, in 19 sections, rounded to 100."""
    table = pd.read_csv(DATA / CHINA / "city_employment_sections_2000_2022.csv")
    sections = [
        name for name in table.columns if name[1] == "_" and name[0] in "ABCDEFGHIJKLMNOPQRS"
    ]
    years = [*range(first, last + 1)]
    table = table[table["year"].isin(years)].dropna(subset=sections)
    whole = table.groupby("code")["year"].nunique()
    table = table[table["code"].isin(whole[whole == len(years)].index)].sort_values(
        ["year", "code"]
    )
    levels = table[sections].to_numpy(float).reshape(len(years), -1, len(sections))
    return Panel((levels * 1e4).round(), Definition(rounded=100.0))


def made(
    rng: np.random.Generator, periods: int = 5, regions: int = 120, industries: int = 30,
    size: float = 400.0, change: float = 0.25,
) -> np.ndarray:  # fmt: skip
    """Counts whose true quotients wander: each period's logarithm by `change`; with 0 they stay."""
    place = rng.lognormal(0, 0.8, (regions, 1)) * rng.lognormal(0, 0.5, (1, industries)) * size
    log = rng.normal(0, 0.6, (regions, industries))
    levels = []
    for _ in range(periods):
        levels.append(rng.poisson(place * np.exp(log)))
        log = 0.97 * log + rng.normal(0, change, log.shape) if change else log
    return np.array(levels, dtype=float)


def published() -> dict[str, Panel]:
    """The panels whose last transition, or regions, are pooled."""
    return {
        NEW_ZEALAND: new_zealand(),
        UNITED_KINGDOM: united_kingdom(),
        UNITED_STATES: united_states(),
        AUSTRALIA: australia(),
    }


def told(panel: Panel, seed: int = 0) -> dict[Kind, Track]:
    """The records of a panel, as far as it is not refused."""
    found = tracks(panel.levels, panel.definition, np.random.default_rng(seed), panel.grown)
    return {kind: one for kind, one in found.items() if not isinstance(one, Refusal)}


class Pool(NamedTuple):
    """Sealed candidates of several panels in one heap."""

    came: np.ndarray
    region: np.ndarray
    odds: dict[str, np.ndarray]

    def record(self, score: str) -> Record:
        return record(self.odds[score], self.came, self.region)

    def intervals(self, score: str) -> tuple[tuple[float, float], tuple[float, float]]:
        return intervals(self.odds[score], self.came, self.region, np.random.default_rng(0))


def pool(each: list[Track]) -> Pool:
    """The last transition of each panel, or all its regions where those were told.

    Odds of all panels are ranked together, as they were stated.
    """
    rows = [track.sealed for track in each]
    regions = [
        track.cells.region[kept] + 10_000 * at
        for at, (track, kept) in enumerate(zip(each, rows, strict=True))
    ]
    return Pool(
        np.concatenate([track.cells.occurred[kept] for track, kept in zip(each, rows, strict=True)]),
        np.unique(np.concatenate(regions), return_inverse=True)[1],
        {score: np.concatenate([track.odds[score][kept] for track, kept in zip(each, rows, strict=True)]) for score in each[0].odds},
    )  # fmt: skip


def windows(each: list[dict[Kind, Track]]) -> list[TestedTransition]:
    """All transitions that were told from earlier ones, of all panels and both kinds."""
    return [one for found in each for kind in KINDS if kind in found for one in found[kind].told]
