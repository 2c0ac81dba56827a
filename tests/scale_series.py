"""Series of figures with errors of scale planted in them: the shared data and both cases."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from shared import DATA
from songhua.checks.plausibility import doubts
from songhua.checks.plausibility.judged_figures import LABELS, figures
from songhua.checks.plausibility.series_figures import FORMS
from songhua.region import Region
from songhua.region.figures import FigureTable

#: A steady series: no figure more than 1.4 times the one before it, or less than it by as much.
STEADY = 0.15
#: Figures that a steady series has, and units of its last printed place that the least has.
FEWEST, LEAST = 5, 20


def _labelled(frame: pd.DataFrame, place: list[str], thing: list[str]) -> pd.DataFrame:
    """The series of each figure, and whose it is: its place and its thing."""
    named = {
        name: frame[columns].astype(str).agg("|".join, axis=1) if columns else "all"
        for name, columns in (("region", place), ("industry", thing), ("series", [*place, *thing]))
    }
    return frame.assign(**named)


def _wide(file: str, place: list[str], thing: list[str]) -> pd.DataFrame:
    """A table with a column a year, as (labels, year, value)."""
    frame = pd.read_csv(DATA / file)
    years = [name for name in frame.columns if str(name).isdigit()]
    long = frame.melt([*place, *thing], years, var_name="year", value_name="value")
    return _labelled(long, place, thing)


def _columns(file: str, id: list[str], leave: tuple[str, ...] = ()) -> pd.DataFrame:
    """A table with a row a year and a column an indicator, as (labels, year, value)."""
    frame = pd.read_csv(DATA / file)
    numbers = [
        name
        for name in frame.columns
        if name not in (*id, *leave, "year") and pd.api.types.is_numeric_dtype(frame[name])
    ]
    long = frame.melt([*id, "year"], numbers, value_name="value")
    return _labelled(long, id, ["variable"])


def _long(file: str, place: list[str], thing: list[str], value: str) -> pd.DataFrame:
    """A table with a row a figure."""
    path = DATA / file
    frame = pd.read_parquet(path) if file.endswith("parquet") else pd.read_csv(path)
    return _labelled(frame.rename(columns={value: "value"}), place, thing)


def _panels() -> pd.DataFrame:
    """China's provinces: technology and agriculture."""
    home = DATA / "china_province_tech_agri_panels"
    frames = []
    for file in sorted(home.glob("*.csv")):
        frame = pd.read_csv(file)
        if {"province", "year", "value", "variables"} <= set(frame.columns):
            frames.append(_labelled(frame, ["province"], ["variables"]))
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
        "china_cities/city_co2_edgar_2000_2023.csv", ["city", "province"], [], "co2_t_edgar8"
    ),
    "china_cities/co2_ceads": lambda: _long(
        "china_cities/city_co2_ceads_1997_2019.csv", ["city_name", "province"], [], "co2_mt"
    ),
    "china_cities/gdp_index": lambda: _columns(
        "china_cities/city_gdp_index_2000_2023.csv", ["city", "province"]
    ),
    "china_cities/light": lambda: _columns(
        "china_cities/city_night_light_2001_2020.csv", ["city", "province"], ("code",)
    ),
    "china_cities/fdi": lambda: _long(
        "china_cities/city_fdi_1996_2023.csv", ["city"], [], "fdi_million_usd"
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
    "china_provinces/urbanisation": lambda: _columns(
        "china_provinces/province_urbanisation_2000_2023.csv", ["province"]
    ),
    "china_provinces/co2": lambda: _wide(
        "china_provinces/province_co2_by_sector_1997_2019.csv", ["province"], ["sector"]
    ),
    "china_employment_1990_2018": lambda: _wide(
        "china_employment_1990_2018/china_employment_by_industry_1990_2018.csv", [], ["Code"]
    ),
    "china_province_tech_agri_panels": _panels,
    "us_state_gdp_by_industry_1997_2017": lambda: _long(
        "us_state_gdp_by_industry_1997_2017/us_state_gdp_by_industry_1997_2017_long.csv.gz",
        ["GeoName"],
        ["IndustryId"],
        "value_musd",
    ),
    "us_bea_summary_io": lambda: _wide(
        "us_bea_summary_io/Summary_GrossOutput_IO_17sch.csv", [], ["code"]
    ),
    "us_bea_summary_io/prices": lambda: _wide(
        "us_bea_summary_io/Summary_CPI_IO_17sch.csv", [], ["code"]
    ),
    "uk_itl3_industry_1998_2018": lambda: _long(
        "uk_itl3_industry_1998_2018/uk_itl3_gva_by_industry.parquet",
        ["region_code"],
        ["industry_code"],
        "gva_constant_2022_gbp_m",
    ),
    "nz_urban_industry_1976_2006": lambda: _long(
        "nz_urban_industry_1976_2006/employment.csv.gz", ["area"], ["industry_code"], "employment"
    ),
}


def loaded(name: str) -> pd.DataFrame:
    """The figures of a set above zero, a row a figure: series and its labels, year, value."""
    frame = SETS[name]()[["series", "region", "industry", "year", "value"]].copy()
    frame["value"] = pd.to_numeric(frame["value"], errors="coerce")
    frame["year"] = frame["year"].astype(float).astype(int)
    frame = frame[frame["value"] > 0].drop_duplicates(["series", "year"])
    return frame.sort_values(["series", "year"]).reset_index(drop=True)


def series() -> Iterator[tuple[str, pd.DataFrame]]:
    """Each set with its figures."""
    for name in SETS:
        yield name, loaded(name)


def places(values: pd.Series) -> np.ndarray:
    """The unit of the last printed place of each figure; noise of single precision is no print."""
    short = values.map(lambda value: float(f"{value:.6g}"))
    clean = short.where((short - values).abs() <= 2e-7 * values, values)
    texts = [np.format_float_positional(value, trim="-") for value in clean.to_numpy(dtype=float)]
    return np.array([10.0 ** -len(text.partition(".")[2]) for text in texts])


def prepared(frame: pd.DataFrame) -> pd.DataFrame:
    """The figures with the place of each and whether its series is steady."""
    frame = frame.assign(place=places(frame["value"]))
    logs = frame["value"].map(math.log10)
    step = logs.groupby(frame["series"]).diff().abs().fillna(0)
    groups = frame.assign(
        step=step, units=frame["value"] / frame.groupby("series")["place"].transform("min")
    ).groupby("series")
    steady = groups["step"].transform("max") <= STEADY
    steady &= groups["value"].transform("size") >= FEWEST
    return frame.assign(steady=steady & (groups["units"].transform("min") >= LEAST))


def region(frame: pd.DataFrame) -> Region:
    """A region whose one panel holds these figures."""
    half = frame["place"] / 2
    cells = pd.DataFrame({
        "indicator": "x", "region": frame["region"], "industry": frame["industry"],
        "period": frame["year"].astype(str), "number": frame["value"], "unit": "t",
        "low": frame["value"] - half, "high": frame["value"] + half,
        "file": "panels/x.csv", "row": np.arange(len(frame)) + 2,
    })  # fmt: skip
    return Region.of("here", indicators={"x": {"unit": "t", "form": "level"}}, panels=cells)


def named(frame: pd.DataFrame) -> set[int]:
    """The places of the figures that a warning names."""
    return {fault.row - 2 for fault in doubts(region(frame)) if fault.row is not None}


def planted(frame: pd.DataFrame, at: np.ndarray, powers: np.ndarray) -> pd.DataFrame:
    """The figures with the decimal point of some of them moved."""
    values, place = (frame[name].to_numpy(dtype=float).copy() for name in ("value", "place"))
    values[at] *= 10.0**powers
    place[at] = np.minimum(place[at] * 10.0**powers, 1.0)  # a whole number shows no noughts
    return frame.assign(value=values, place=place)


def case_series(case: Region, fewest: int = 3) -> pd.DataFrame:
    """The figures of a case that have a scale, a row a figure, with whether its series is steady."""
    rows = figures(case)
    rows = rows[rows["form"].isin(FORMS) & (rows["value"] > 0) & (rows["shape"] != "")]
    keys = [*LABELS, "shape", "panel"]
    rows = rows.assign(series=rows[keys].astype(str).agg("|".join, axis=1))
    rows = rows.sort_values(["series", "year"]).drop_duplicates(["series", "year"])
    groups = rows.assign(
        step=rows["value"].map(math.log10).groupby(rows["series"]).diff().abs().fillna(0),
        units=rows["value"] / rows["place"],
    ).groupby("series")
    steady = groups["step"].transform("max") <= STEADY
    steady &= groups["value"].transform("size") >= fewest
    steady &= groups["units"].transform("min") >= LEAST
    return rows.assign(steady=steady).reset_index(drop=True)


def planted_in_case(case: Region, chosen: pd.DataFrame) -> Region:
    """A case with the decimal point of some figures moved: of these files and rows, by `power`."""
    by_row = {
        (str(file), int(row)): 10.0**power
        for file, row, power in zip(chosen["file"], chosen["row"], chosen["power"], strict=True)
    }
    frame = case.figures.frame
    keys = zip(case.figures.files, frame["row"], strict=True)
    off = np.array([by_row.get((file, int(row)), 1.0) for file, row in keys])
    moved = {column: frame[column] * off for column in ("number", "low", "high")}
    moved["decimals"] = np.maximum(frame["decimals"] - np.round(np.log10(off)), 0)
    return replace(case, figures=FigureTable(frame.assign(**moved)))
