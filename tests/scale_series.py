"""Series of figures with errors of scale planted in them: the shared data and both cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from shared import DATA
from songhua.checks.plausibility import doubts
from songhua.checks.plausibility.figures import LABELS, figures
from songhua.checks.plausibility.series import FORMS
from songhua.region import Region

#: A steady series: no figure more than 1.4 times the one before it, or less than it by as much.
STEADY = 0.15
#: Figures that a steady series has, and units of its last printed place that the least has.
FEWEST, LEAST = 5, 20


def _wide(file: str, id: list[str], **read: object) -> pd.DataFrame:
    """A table with a column a year, as (labels, year, value)."""
    frame = pd.read_csv(DATA / file, **read)  # type: ignore[call-overload]
    years = [name for name in frame.columns if str(name).isdigit()]
    long = frame.melt(id, years, var_name="year", value_name="value")
    return long.assign(series=long[id].astype(str).agg("|".join, axis=1))


def _columns(file: str, id: list[str], leave: tuple[str, ...] = ()) -> pd.DataFrame:
    """A table with a row a year and a column an indicator, as (labels, year, value)."""
    frame = pd.read_csv(DATA / file)
    numbers = [
        name
        for name in frame.columns
        if name not in (*id, *leave, "year") and pd.api.types.is_numeric_dtype(frame[name])
    ]
    long = frame.melt([*id, "year"], numbers, value_name="value")
    return long.assign(series=long[[*id, "variable"]].astype(str).agg("|".join, axis=1))


def _long(file: str, id: list[str], value: str) -> pd.DataFrame:
    """A table with a row a figure."""
    path = DATA / file
    frame = pd.read_parquet(path) if file.endswith("parquet") else pd.read_csv(path)
    frame = frame.rename(columns={value: "value"})
    return frame.assign(series=frame[id].astype(str).agg("|".join, axis=1))


def _panels() -> pd.DataFrame:
    """China's provinces: technology and agriculture."""
    home = DATA / "china_province_tech_agri_panels"
    frames = []
    for file in sorted(home.glob("*.csv")):
        frame = pd.read_csv(file)
        if {"province", "year", "value", "variables"} <= set(frame.columns):
            labels = frame["province"].astype(str) + "|" + frame["variables"].astype(str)
            frames.append(frame.assign(series=labels))
    return pd.concat(frames)


SETS: dict[str, Callable[[], pd.DataFrame]] = {
    "china_cities/gdp": lambda: _columns(
        "china_cities/city_gdp_sectors_2000_2023.csv", ["city", "province"], ("code",)
    ),
    "china_cities/loans": lambda: _columns(
        "china_cities/city_loans_deposits_2003_2023.csv", ["city", "province"], ("code",)
    ),
    "china_cities/employment": lambda: _columns(
        "china_cities/city_employment_sections_2000_2022.csv", ["city"], ("code",)
    ),
    "china_cities/co2": lambda: _long(
        "china_cities/city_co2_edgar_2000_2023.csv", ["city", "province"], "co2_t_edgar8"
    ),
    "china_cities/light": lambda: _columns(
        "china_cities/city_night_light_2001_2020.csv", ["city", "province"], ("code",)
    ),
    "china_cities/fdi": lambda: _long(
        "china_cities/city_fdi_1996_2023.csv", ["city"], "fdi_million_usd"
    ),
    "china_provinces/gdp": lambda: _columns(
        "china_provinces/province_gdp_1978_2024.csv", ["province"]
    ),
    "china_provinces/employment": lambda: _columns(
        "china_provinces/province_employment_3_sectors_1985_2023.csv", ["province"], ("code",)
    ),
    "china_provinces/investment": lambda: _columns(
        "china_provinces/province_investment_by_section_2003_2023.csv", ["province"]
    ),
    "china_provinces/co2": lambda: _wide(
        "china_provinces/province_co2_by_sector_1997_2019.csv", ["province", "sector"]
    ),
    "china_employment_1990_2018": lambda: _wide(
        "china_employment_1990_2018/china_employment_by_industry_1990_2018.csv", ["Code"]
    ),
    "china_province_tech_agri_panels": _panels,
    "us_state_gdp_by_industry_1997_2017": lambda: _long(
        "us_state_gdp_by_industry_1997_2017/us_state_gdp_by_industry_1997_2017_long.csv.gz",
        ["GeoName", "IndustryId"],
        "value_musd",
    ),
    "us_bea_summary_io": lambda: _wide(
        "us_bea_summary_io/Summary_GrossOutput_IO_17sch.csv", ["code"]
    ),
    "uk_itl3_industry_1998_2018": lambda: _long(
        "uk_itl3_industry_1998_2018/uk_itl3_gva_by_industry.parquet",
        ["region_code", "industry_code"],
        "gva_constant_2022_gbp_m",
    ),
    "nz_urban_industry_1976_2006": lambda: _long(
        "nz_urban_industry_1976_2006/employment.csv.gz", ["area", "industry_code"], "employment"
    ),
}


def series() -> Iterator[tuple[str, pd.DataFrame]]:
    """Each set with its figures above zero, a row a figure: series, year, value."""
    for name, read in SETS.items():
        frame = read()[["series", "year", "value"]].copy()
        frame["value"] = pd.to_numeric(frame["value"], errors="coerce")
        frame["year"] = frame["year"].astype(float).astype(int)
        frame = frame[frame["value"] > 0].drop_duplicates(["series", "year"])
        yield name, frame.sort_values(["series", "year"]).reset_index(drop=True)


def places(values: pd.Series) -> np.ndarray:
    """The unit of the last printed place of figures, of the finest of them."""
    texts = values.map(lambda value: f"{value:.6f}".rstrip("0"))
    return np.full(len(values), 10.0 ** -texts.str.partition(".")[2].str.len().max())


def prepared(frame: pd.DataFrame) -> pd.DataFrame:
    """The figures with the place of each and whether its series is steady."""
    frame = frame.assign(place=frame.groupby("series")["value"].transform(places))
    logs = np.log10(frame["value"])
    step = logs.groupby(frame["series"]).diff().abs().fillna(0)
    groups = frame.assign(step=step, units=frame["value"] / frame["place"]).groupby("series")
    steady = groups["step"].transform("max") <= STEADY
    steady &= groups["value"].transform("size") >= FEWEST
    return frame.assign(steady=steady & (groups["units"].transform("min") >= LEAST))


def region(frame: pd.DataFrame) -> Region:
    """A region whose one panel holds these figures, a place a series."""
    half = frame["place"] / 2
    cells = pd.DataFrame({
        "indicator": "x", "region": frame["series"], "industry": "all",
        "period": frame["year"].astype(str), "number": frame["value"],
        "low": frame["value"] - half, "high": frame["value"] + half,
        "file": "panels/x.csv", "row": np.arange(len(frame)) + 2,
    })  # fmt: skip
    return Region.of("here", indicators={"x": {"unit": "t", "form": "level"}}, panels=cells)


def named(frame: pd.DataFrame) -> set[int]:
    """The places of the figures that a warning names."""
    return {fault.row - 2 for fault in doubts(region(frame)) if fault.row is not None}


def planted(frame: pd.DataFrame, at: np.ndarray, powers: np.ndarray) -> pd.DataFrame:
    """The figures with some of them a power of ten off."""
    values = frame["value"].to_numpy(dtype=float).copy()
    values[at] *= 10.0**powers
    return frame.assign(value=values)


def case_series(case: Region, fewest: int = 3) -> pd.DataFrame:
    """The figures of a case that have a scale, a row a figure, with whether its series is steady."""
    rows = figures(case)
    rows = rows[rows["form"].isin(FORMS) & (rows["value"] > 0) & (rows["shape"] != "")]
    keys = [*LABELS, "shape", "panel"]
    rows = rows.assign(series=rows[keys].astype(str).agg("|".join, axis=1))
    rows = rows.sort_values(["series", "year"]).drop_duplicates(["series", "year"])
    groups = rows.assign(
        step=np.log10(rows["value"]).groupby(rows["series"]).diff().abs().fillna(0),
        units=rows["value"] / rows["place"],
    ).groupby("series")
    steady = groups["step"].transform("max") <= STEADY
    steady &= groups["value"].transform("size") >= fewest
    steady &= groups["units"].transform("min") >= LEAST
    return rows.assign(steady=steady).reset_index(drop=True)


def planted_in_case(case: Region, chosen: pd.DataFrame) -> Region:
    """A case with figures a power of ten off: those of these files and rows, by `power`."""
    by_row = {
        (str(file), int(row)): 10.0**power
        for file, row, power in zip(chosen["file"], chosen["row"], chosen["power"], strict=True)
    }
    found = {}
    for name, folder in (("observations", "observations/"), ("panels", "")):
        frame = getattr(case, name)
        keys = zip(frame["file"].astype(str), frame["row"], strict=True)
        off = np.array([by_row.get((f"{folder}{file}", int(row)), 1.0) for file, row in keys])
        columns = ("number", "low", "high")
        found[name] = frame.assign(**{column: frame[column] * off for column in columns})
    return replace(case, **found)
