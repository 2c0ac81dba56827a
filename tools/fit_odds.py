"""Learn the priors of recalibrated odds from many published series, and score them.

Usage: python tools/fit_odds.py FOLDER [TARGET]

FOLDER holds the data sets that `SERIES` names, each in a folder of its own. Written are
TARGET/priors.toml (the priors) and TARGET/left_out.csv (each source by priors learnt on the
others); TARGET is the package, if not given. Each series is forecast by itself, and in panels of
eight that share their shocks, from every past origin, one to three years ahead.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
from odds_learning import learn
from scipy.special import ndtr, ndtri

from songhua.maths import scoring
from songhua.maths.odds import (
    AHEAD,
    LEAST,
    STATED,
    Pace,
    Past,
    Prior,
    in_turn,
    past,
    stated_odds,
)

SEED = 2026
LONGEST = 30  # years of a series
ALONE, PANEL, PANELS = 30, 8, 3  # series by themselves, places of a panel, panels of a set
KEYS = ["source", "set", "growth", "shared", "steps"]


def read(path: Path, index: str, columns: str, values: str) -> pd.DataFrame:
    """A long file as year × series."""
    table = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)
    return wide(table, index, columns, values)


def wide(table: pd.DataFrame, index: str, columns: str, values: str) -> pd.DataFrame:
    """A long table as year × series."""
    made = table.pivot_table(index=index, columns=columns, values=values, observed=True)
    return made.sort_index().astype(float)


def states(folder: Path, industry: str) -> pd.DataFrame:
    """An industry's product of the states of the USA, current prices."""
    table = pd.read_csv(folder / "us_state_gdp_by_industry_1997_2017_long.csv.gz")
    code = table["GeoFIPS"].astype(str).str.strip(' "').astype(int)
    one = table["Description"].str.strip() == industry
    return wide(table[one & (code > 0) & (code < 90000)], "year", "GeoName", "value_musd")


def provinces(folder: Path, column: str) -> pd.DataFrame:
    """A column of gross product of China's provinces; levels only before the break of 2018/19."""
    table = pd.read_csv(folder / "province_gdp_1978_2024.csv")
    table = table[table["province"] != "中国"]
    if column.endswith("index"):
        return wide(table, "year", "province", column) - 100
    return wide(table[table["year"] <= 2018], "year", "province", column)


def jobs(folder: Path, column: str) -> pd.DataFrame:
    """Persons employed in China's provinces."""
    table = pd.read_csv(folder / "province_employment_3_sectors_1985_2023.csv")
    return wide(table[table["province"] != "中国"], "year", "province", column)


def emissions(folder: Path) -> pd.DataFrame:
    """Carbon dioxide of China's provinces."""
    table = pd.read_csv(folder / "province_co2_by_sector_1997_2019.csv")
    table = table[table["sector"] == "Total"].drop(columns="sector").set_index("province").T
    return table.set_axis(table.index.astype(int)).astype(float)


def urbanisation(folder: Path) -> pd.DataFrame:
    """Share of the population in towns of China's provinces."""
    path = folder / "province_urbanisation_2000_2023.csv"
    return read(path, "year", "province", "urbanisation_pct")


def city_growth(folder: Path) -> pd.DataFrame:
    """Real growth of China's cities."""
    path = folder / "city_gdp_index_2000_2023.csv"
    return read(path, "year", "city", "gdp_index_previous_year_100") - 100


def city_product(folder: Path) -> pd.DataFrame:
    """Gross product of China's cities, current prices, before the break of 2018/19."""
    path = folder / "city_gdp_sectors_2000_2023.csv"
    return read(path, "year", "city", "gdp_100m_cny").loc[:2018]


def city_loans(folder: Path) -> pd.DataFrame:
    """Loans of China's cities."""
    return read(folder / "city_loans_deposits_2003_2023.csv", "year", "city", "loans_10k_cny")


def employed(folder: Path) -> pd.DataFrame:
    """Persons employed in China by industry."""
    table = pd.read_csv(folder / "china_employment_by_industry_1990_2018.csv").set_index("Code")
    table = table.drop(columns=["Description", "DescriptionInChinese"]).dropna().T
    return table.set_axis(table.index.astype(int)).astype(float)


def kingdom(folder: Path, column: str, total: bool) -> pd.DataFrame:
    """Value added of regions of the United Kingdom, in all or by industry (from 5 million on)."""
    table = pd.read_parquet(folder / "uk_itl3_gva_by_industry.parquet")
    table = table[(table["level"] == "ITL3") & ((table["industry_code"] == "Total") == total)]
    names = table["region_code"].astype(str) + " " + table["industry_code"].astype(str)
    made = wide(table.assign(series=names), "year", "series", column)
    return made.loc[:, (made.notna() & (made > 5)).all()]


@dataclass(frozen=True)
class Set:
    """A data set: the folder, what reads it, and whether it holds levels, growth or both."""

    source: str
    name: str
    read: Callable[[Path], pd.DataFrame]
    holds: str = "both"


REAL, NOMINAL = "gva_constant_2022_gbp_m", "gva_current_gbp_m"
USA, UK = "us_state_gdp_by_industry_1997_2017", "uk_itl3_industry_1998_2018"
PROVINCES, CITIES, JOBS = "china_provinces", "china_cities", "china_employment_1990_2018"
SERIES = (
    Set(USA, "product", lambda f: states(f, "All industry total")),
    Set(USA, "manufacturing", lambda f: states(f, "Manufacturing")),
    Set(USA, "construction", lambda f: states(f, "Construction")),
    Set(PROVINCES, "real growth", lambda f: provinces(f, "gdp_index"), "growth"),
    Set(PROVINCES, "real growth, secondary", lambda f: provinces(f, "secondary_index"), "growth"),
    Set(PROVINCES, "product", lambda f: provinces(f, "gdp_100m_cny")),
    Set(PROVINCES, "jobs", lambda f: jobs(f, "employed_10k")),
    Set(PROVINCES, "jobs, secondary", lambda f: jobs(f, "secondary_10k")),
    Set(PROVINCES, "urbanisation", urbanisation, "levels"),
    Set(PROVINCES, "carbon dioxide", emissions),
    Set(CITIES, "real growth", city_growth, "growth"),
    Set(CITIES, "product", city_product),
    Set(CITIES, "loans", city_loans),
    Set(JOBS, "jobs by industry", employed),
    Set(UK, "real value added", lambda f: kingdom(f, REAL, total=True)),
    Set(UK, "value added", lambda f: kingdom(f, NOMINAL, total=True)),
    Set(UK, "real value added by industry", lambda f: kingdom(f, REAL, total=False)),
)


@dataclass(frozen=True)
class Panel:
    """Past forecasts of a panel of series."""

    source: str
    set: str
    growth: bool
    shared: bool
    past: Past


def tables(one: Set, folder: Path) -> Iterator[tuple[bool, pd.DataFrame]]:
    """The levels of a set and their growth, as far as it holds them."""
    table = one.read(folder / one.source)
    if one.holds != "growth":
        yield False, table
    if one.holds != "levels":
        grown = table.where(table > 0).pct_change(fill_method=None).iloc[1:] * 100
        yield True, table if one.holds == "growth" else grown


def unbroken(series: pd.Series) -> pd.Series:
    """The longest run of years without a gap, its last thirty years."""
    known = series.dropna()
    run = (np.diff(known.index, prepend=known.index[:1] - 1) != 1).cumsum()
    longest = np.bincount(run).argmax() if len(run) else 0
    return known[run == longest].iloc[-LONGEST:]


def panels(one: Set, folder: Path, rng: np.random.Generator) -> Iterator[Panel]:
    """Series by themselves, then panels of eight with the same years."""
    for growth, table in tables(one, folder):
        names = table.columns[rng.permutation(len(table.columns))]
        alone = [unbroken(table[name]).to_frame() for name in names[:ALONE]]
        whole = table[names].dropna(axis=1).iloc[-LONGEST:]
        cuts = range(0, min(len(whole.columns) - PANEL, PANEL * (PANELS - 1)) + 1, PANEL)
        for frame in [*alone, *(whole.iloc[:, at : at + PANEL] for at in cuts)]:
            if len(frame) >= LEAST:
                yield forecast(one, growth, frame.to_numpy(), rng)


def forecast(one: Set, growth: bool, values: np.ndarray, rng: np.random.Generator) -> Panel:
    """Past forecasts of a panel."""
    known = past(values, Pace.GROWTH if growth else Pace.STEPS, rng)
    return Panel(one.source, one.name, growth, values.shape[1] > 1, known)


def learnt(made: list[Panel], steps: int) -> Prior:
    """The prior of some panels; all sets weigh the same."""
    names = sorted({(panel.source, panel.set) for panel in made})
    return learn([[p.past for p in made if (p.source, p.set) == name] for name in names], steps)


def summary(made: list[Panel], prior: Prior, steps: int) -> dict[str, float]:
    """Bands, odds that came true by class, reliability, Brier and log scores, before and after."""
    scores = [p.past.scores(steps) for p in made]
    inside = {
        "before": [np.abs(z) <= ndtri(0.9) for z in scores],
        "after": [
            np.abs(rule.chance(ndtr(z)) - 0.5) <= 0.4
            for table in scores
            for rule, z in zip(in_turn(prior, table, steps), table, strict=False)
        ],
    }
    below, met, base = (
        np.concatenate([one.ravel() for one in each])
        for each in zip(*(p.past.events(steps) for p in made), strict=True)
    )
    odds = {
        "before": 1 - below,
        "after": np.concatenate([stated_odds(p.past, steps, prior).ravel() for p in made]),
    }
    found: dict[str, float] = {"origins": sum(map(len, scores)), "n": len(met)}
    for when, said in odds.items():
        bands = scoring.by_width(said, met, len(STATED))
        off = [abs(one.came - one.stated) * one.n for one in bands]
        found[f"inside_{when}"] = float(np.concatenate([x.ravel() for x in inside[when]]).mean())
        found[f"brier_{when}"] = scoring.brier(said, met)
        found[f"log_{when}"] = scoring.log_score(said, met)
        found[f"off_{when}"] = float(np.nansum(off) / len(met))
        found |= {f"came_{s:.0%}_{when}": one.came for s, one in zip(STATED, bands, strict=True)}
    return found | {"brier_base": scoring.brier(base, met)}


def main(folder: Path, target: Path) -> None:
    """Forecast, learn, score, write, print."""
    made = []
    for one in SERIES:
        made += panels(one, folder, np.random.default_rng(SEED))
        print(one.source, one.name, len(made), flush=True)
    lines = ["# Written by tools/fit_odds.py; see docs/decisions/0023-recalibrated-odds.md."]
    rows = []
    for growth in (False, True):
        for shared in (False, True):
            cell = [p for p in made if (p.growth, p.shared) == (growth, shared)]
            for steps in range(1, AHEAD + 1):
                lines += entry(learnt(cell, steps), growth, shared, steps)
                print(*lines[-4:], flush=True)
                for source in sorted({p.source for p in cell}):
                    others = learnt([p for p in cell if p.source != source], steps)
                    out = [p for p in cell if p.source == source]
                    for name in sorted({p.set for p in out}):
                        each = [p for p in out if p.set == name]
                        labels = (source, name, growth, shared, steps)
                        rows.append(
                            dict(zip(KEYS, labels, strict=True)) | summary(each, others, steps)
                        )
    scores = pd.DataFrame(rows).round(4)
    target.joinpath("priors.toml").write_text("\n".join(lines) + "\n", "utf-8")
    scores.to_csv(target / "left_out.csv", index=False)
    print(scores.drop(columns=["source", "set"]).groupby(KEYS[2:]).mean().round(3).to_string())


def entry(prior: Prior, growth: bool, shared: bool, steps: int) -> list[str]:
    """A prior as text, four significant digits."""
    names = ("mean", "spread", "weight", "freedom")
    values = [f"{name} = {float(f'{getattr(prior, name):.4g}')!r}" for name in names]
    told = [f"growth = {str(growth).lower()}", f"shared = {str(shared).lower()}"]
    return ["", "[[prior]]", *told, f"steps = {steps}", *values]


if __name__ == "__main__":
    package = Path(str(files("songhua.maths.odds")))
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else package)
