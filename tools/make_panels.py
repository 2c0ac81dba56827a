"""Made the panels of the built-in case Harbin from tables of Chinese cities.

No user needs to run it; it stands here so that every figure can be followed:

    python tools/make_panels.py FOLDER

FOLDER holds the tables of which `sources.toml` of the case tells. The sixteen comparison cities
stand in `region.toml`; what is left out, and why, is written down here and in the case's README.
Units and decimals are those of the source. A sum of cities holds those that have every cell of
every year, and no other; as each of its figures is rounded, its bound is the sum of their halves.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd

HOME = Path(__file__).parents[1] / "src" / "songhua" / "examples" / "harbin" / "panels"
RECORDED = "2026-11-26"
COLUMNS = (
    "indicator", "region", "industry", "period", "value", "half_width", "unit", "status", "kind",
    "source", "recorded",
)  # fmt: skip
#: The region, and the comparison cities: those of sub-provincial rank, and two of its province.
CITIES = {
    "哈尔滨": "harbin", "长春": "changchun", "沈阳": "shenyang", "大连": "dalian", "大庆": "daqing",
    "齐齐哈尔": "qiqihar", "广州": "guangzhou", "深圳": "shenzhen", "武汉": "wuhan",
    "成都": "chengdu", "南京": "nanjing", "西安": "xian", "济南": "jinan", "青岛": "qingdao",
    "杭州": "hangzhou", "宁波": "ningbo", "厦门": "xiamen",
}  # fmt: skip
SECTORS = ("primary", "secondary", "tertiary")
#: Years in which jobs of a city are of a wider coverage, private firms included, or of both mixed.
WIDER = {"成都": range(2013, 2020)}
#: Jobs that `songhua check` calls likelier to be a slip by a power of ten than right: left out.
SLIPS = {
    (2018, "长春"): "b", (2003, "大庆"): "o", (2012, "齐齐哈尔"): "a", (2019, "广州"): "b",
    (2018, "南京"): "a", (2007, "西安"): "b", (2018, "齐齐哈尔"): "b",
    (2015, "西安"): "b", (2019, "厦门"): "a",
}  # fmt: skip
#: More than this between the whole and its parts is no rounding (a share of the whole).
GAP_OF_JOBS, GAP_OF_PRODUCT = 0.02, 0.005


@dataclass(frozen=True)
class Cells:
    """Cells of one indicator: (year, city) down and industry across, as texts; "" is missing.

    `doubtful` are printed cells that are left out, and so are `slips`; the sum keeps the latter,
    which are small, and holds no city with any of the former but the region itself.
    """

    indicator: str
    unit: str
    source: str
    texts: pd.DataFrame
    sum_named: str = ""
    kind: str = "actual"
    doubtful: Mapping[tuple[int, str], Sequence[str]] = field(default_factory=dict)
    slips: Mapping[tuple[int, str], Sequence[str]] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The rows of the panel, place by place, then those of the sum."""
        for name, place in CITIES.items():
            for year, city in self.texts.index:
                if city == name:
                    yield from self._place(year, name, place)
        if self.sum_named:
            yield from self._sum(self.members())

    def _place(self, year: int, name: str, place: str) -> Iterator[tuple[str, ...]]:
        out = (*self.doubtful.get((year, name), ()), *self.slips.get((year, name), ()))
        cells = self.texts.loc[(year, name)]
        if not (cells != "").any():
            return
        for industry, text in cells.items():
            status = "doubtful" if industry in out else "" if text else "not_available"
            yield self._row(place, str(industry), year, "" if status else text, "", status)

    def members(self) -> list[str]:
        """The cities that have every cell of every year; what is doubtful elsewhere bars a city."""
        odd = {city for _, city in self.doubtful if city != "哈尔滨"}
        full = (self.texts != "").all(axis=1).groupby(level="city").agg(["all", "size"])
        years = self.texts.index.get_level_values("year").nunique()
        whole = full[full["all"] & (full["size"] == years)]
        return [str(city) for city in whole.index if city not in odd]

    def _sum(self, members: Sequence[str]) -> Iterator[tuple[str, ...]]:
        out = self.doubtful
        for year, group in self.texts.groupby(level="year"):
            own = group[group.index.isin(members, level="city")]
            for industry in own.columns:
                numbers = [Decimal(text) for text in own[industry]]
                half = sum((half_unit(one) for one in numbers), Decimal(0))
                status = "doubtful" if industry in out.get((int(year), "哈尔滨"), ()) else ""
                value, width = ("", "") if status else (str(sum(numbers)), str(half.normalize()))
                yield self._row(self.sum_named, industry, int(year), value, width, status)

    def _row(self, place: str, industry: str, year: int, *cell: str) -> tuple[str, ...]:
        value, half, status = cell
        return (
            self.indicator, place, industry, str(year), value, half, self.unit, status, self.kind,
            self.source, RECORDED,
        )  # fmt: skip


def half_unit(number: Decimal) -> Decimal:
    """Half a unit in the last printed place."""
    return Decimal(5).scaleb(int(number.as_tuple().exponent) - 1)


def as_printed(row: Iterable[str]) -> list[str]:
    """Texts of one publication with as many decimals each, for a table drops closing zeros."""
    texts = [text.removesuffix(".0") for text in row]
    most = max((len(text.partition(".")[2]) for text in texts), default=0)
    return [f"{Decimal(text):.{most}f}" if text else "" for text in texts]


def single(text: str, most: int) -> str:
    """A number that was kept in single precision, as it was before: 176.699997 is 176.7."""
    if not text:
        return ""
    short = np.format_float_positional(np.float32(text), unique=True, trim="-")
    return str(round(Decimal(short), most).normalize()) if "." in short else short


def read(folder: Path, file: str) -> pd.DataFrame:
    """A table of texts by year and city."""
    return by_city(pd.read_csv(folder / file, dtype=str, keep_default_na=False))


def by_city(table: pd.DataFrame) -> pd.DataFrame:
    """Rows by year and city, the city without the word for city behind it."""
    names = table["city"].str.replace("市$", "", regex=True)
    return table.assign(city=names, year=table["year"].astype(int)).set_index(["year", "city"])


def jobs(folder: Path) -> Cells:
    """Jobs in urban units by section, 2003 to 2019, and what cannot be right in them."""
    table = read(folder, "city_employment_sections_2000_2022.csv")
    table = table[table.index.get_level_values("year").isin(range(2003, 2020))]
    names = {name: f"section-{name[0].lower()}" for name in table if name[1:2] == "_"}
    names = {"employed_in_units_10k": "all"} | dict(sorted(names.items()))
    texts = table[list(names)].rename(columns=names)
    texts = texts.apply(as_printed, axis=1, result_type="broadcast")
    flags = pd.read_csv(folder / "city_employment_flags.csv")
    out: dict[tuple[int, str], Sequence[str]] = {}
    for year, city, one, other in flags[["year", "city", "column_a", "column_b"]].itertuples(
        index=False
    ):
        swapped = tuple(names[name] for name in (one, other) if name in names and name[1] == "_")
        out[year, city] = swapped or tuple(texts.columns)
    out |= {(year, city): tuple(texts.columns) for city, years in WIDER.items() for year in years}
    for at in apart(texts, [name for name in texts if name != "all"], GAP_OF_JOBS):
        out.setdefault(at, tuple(texts.columns))
    slips = {at: [f"section-{letter}" for letter in letters] for at, letters in SLIPS.items()}
    return Cells("city_jobs", "10k persons", "city-yearbook-jobs", texts, "cities-jobs",
                 doubtful=out, slips=slips)  # fmt: skip


def apart(texts: pd.DataFrame, parts: list[str], most: float) -> list[tuple[int, str]]:
    """The places and years whose parts miss the whole by more than a share of it, or lack it."""
    numbers = texts.replace("", np.nan).astype(float)
    added = numbers[parts].sum(axis=1, min_count=len(parts))
    gap = (added / numbers["all"] - 1).abs()
    return list(texts.index[(gap > most) | (added.notna() & numbers["all"].isna())])


def product(folder: Path) -> Cells:
    """Gross product by three sectors, current prices, 2000 to 2023."""
    table = read(folder, "city_gdp_sectors_2000_2023.csv")
    table = table[~table.index.duplicated(keep=False)]
    names = {"gdp_100m_cny": "all"} | {f"{name}_100m_cny": name for name in SECTORS}
    texts = table[list(names)].rename(columns=names).map(lambda text: single(text, 4))
    out = dict.fromkeys(apart(texts, list(SECTORS), GAP_OF_PRODUCT), ("all", *SECTORS))
    return Cells("city_product", "100m CNY", "city-product", texts, "cities-product", doubtful=out)


def growth(folder: Path) -> Cells:
    """Real growth of product, from the index of the year before: 106.4 is 6.4 %."""
    table = read(folder, "city_gdp_index_2000_2023.csv")
    index = table["gdp_index_previous_year_100"]
    rates = index.map(lambda text: str(Decimal(text.removesuffix(".0")) - 100) if text else "")
    return Cells("city_product_growth", "%", "city-product-index", pd.DataFrame({"all": rates}))


def figures(
    table: pd.DataFrame, columns: Mapping[str, str], years: Iterable[int], most: int | None = None
) -> pd.DataFrame:
    """Columns of a table as industries, for some years; `most` decimals of single precision."""
    texts = table[list(columns)].rename(columns=dict(columns))
    texts = texts[texts.index.get_level_values("year").isin(list(years))]
    texts = texts[~texts.index.duplicated(keep=False)]
    if most is None:
        return texts.map(lambda text: text.removesuffix(".0"))
    return texts.map(lambda text: single(text, most))


def others(folder: Path) -> Iterator[tuple[str, Cells]]:
    """Loans, foreign investment, emissions, people and new firms, each with its file."""
    years, all_of = range(2003, 2024), {"loans_10k_cny": "all"}
    table = read(folder, "city_loans_deposits_2003_2023.csv")
    out = {(2010, "宁波"): ("all",), (2010, "杭州"): ("all",)}
    texts = figures(table, all_of, years)
    yield "loans.csv", Cells("city_loans", "10k CNY", "city-loans", texts, "cities-loans",
                             doubtful=out)  # fmt: skip
    table = read(folder, "city_fdi_1996_2023.csv")
    texts = figures(table, {"fdi_million_usd": "all"}, range(2003, 2023), 2)
    out = {(2022, "武汉"): ("all",), (2022, "西安"): ("all",)}
    yield "fdi.csv", Cells("city_fdi", "m USD", "city-fdi", texts, doubtful=out)
    table = read(folder, "city_co2_edgar_2000_2023.csv")
    texts = figures(table, {"co2_t_edgar8": "all"}, range(2000, 2024))
    yield "co2.csv", Cells("city_co2", "t", "city-co2", texts, "cities-co2", kind="estimate")
    table = pd.read_csv(folder / "city_census_2010_2020.csv", dtype=str, keep_default_na=False)
    ends = [table.assign(year=year, people=table[f"popu_{year}"]) for year in ("2010", "2020")]
    texts = figures(by_city(pd.concat(ends)), {"people": "all"}, (2010, 2020))
    yield "census.csv", Cells("city_people", "persons", "city-census", texts, "cities-census")
    table = pd.read_csv(folder / "city_firms_gdp_jobs_light_2015.csv", dtype=str)
    names = {"establishments_total": "all"} | {f"establishments_{name}": name for name in SECTORS}
    texts = figures(by_city(table.assign(year="2015")), names, (2015,))
    yield "new-firms.csv", Cells("city_new_firms", "count", "city-firms", texts, "cities-firms")


def write(file: str, *cells: Cells) -> None:
    """Write a panel, and say how many rows it has and how many cities its sums hold."""
    rows = [row for one in cells for row in one.rows()]
    HOME.mkdir(exist_ok=True)
    with (HOME / file).open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerows([COLUMNS, *rows])
    told = [f"{one.sum_named}: {len(one.members())} cities" for one in cells if one.sum_named]
    print(file, len(rows), "rows", *told)


def main(folder: Path) -> None:
    """All panels."""
    files: dict[str, list[Cells]] = {"jobs.csv": [jobs(folder)]}
    files["product.csv"] = [product(folder), growth(folder)]
    for file, cells in others(folder):
        files.setdefault(file, []).append(cells)
    for file, found in files.items():
        write(file, *found)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
