"""Made the panels of Heilongjiang's investment and emissions by industry of the case Harbin.

No user needs to run it; it stands here so that every figure can be followed:

    python tools/make_province_sectors.py FOLDER

FOLDER holds the tables that `provinces-investment` and `provinces-co2` in `sources.toml` of the
case name. Heilongjiang stands beside a sum of provinces: those that have every cell of every year,
with parts that add up to the whole within half a percent. As each figure of a sum is rounded, its
bound is the sum of their halves. `left_out.csv` of the case lists omissions with their reasons.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pandas as pd
from make_panels import COLUMNS, apart, as_printed, half_unit

HOME = Path(__file__).parents[1] / "src" / "songhua" / "examples" / "harbin" / "panels"
RECORDED = "2026-11-26"
PLACE = "heilongjiang"
#: The parts miss the whole by more than this share of it: no rounding, and no province of a sum.
GAP = 0.005
#: Sections add up to the total until 2017, but for 2011; later levels are the compiler's own.
INVESTED = (*range(2003, 2011), *range(2012, 2018))
#: Later levels are the year before times a printed rate, which they give back; 2019 gives none.
GROWN = (2018, 2020, 2021, 2022, 2023)
EMITTED = range(1997, 2020)
#: Sectors of the inventory, in its order, by the id of the industry in the case.
SECTORS = {
    "co2-farming": "Farming, Forestry, Animal Husbandry, Fishery and Water Conservancy",
    "co2-coal-mining": "Coal Mining and Dressing",
    "co2-oil-and-gas": "Petroleum and Natural Gas Extraction",
    "co2-ferrous-ores": "Ferrous Metals Mining and Dressing",
    "co2-nonferrous-ores": "Nonferrous Metals Mining and Dressing",
    "co2-nonmetal-ores": "Nonmetal Minerals Mining and Dressing",
    "co2-other-ores": "Other Minerals Mining and Dressing",
    "co2-logging": "Logging and Transport of Wood and Bamboo",
    "co2-food-processing": "Food Processing",
    "co2-food-production": "Food Production",
    "co2-beverages": "Beverage Production",
    "co2-tobacco": "Tobacco Processing",
    "co2-textiles": "Textile Industry",
    "co2-garments": "Garments and Other Fiber Products",
    "co2-leather": "Leather, Furs, Down and Related Products",
    "co2-timber": "Timber Processing, Bamboo, Cane, Palm Fiber & Straw Products",
    "co2-furniture": "Furniture Manufacturing",
    "co2-paper": "Papermaking and Paper Products",
    "co2-printing": "Printing and Record Medium Reproduction",
    "co2-culture-and-sports": "Cultural, Educational and Sports Articles",
    "co2-petroleum-coking": "Petroleum Processing and Coking",
    "co2-chemicals": "Raw Chemical Materials and Chemical Products",
    "co2-pharmaceuticals": "Medical and Pharmaceutical Products",
    "co2-chemical-fibre": "Chemical Fiber",
    "co2-rubber": "Rubber Products",
    "co2-plastics": "Plastic Products",
    "co2-nonmetal-products": "Nonmetal Mineral Products",
    "co2-ferrous-smelting": "Smelting and Pressing of Ferrous Metals",
    "co2-nonferrous-smelting": "Smelting and Pressing of Nonferrous Metals",
    "co2-metal-products": "Metal Products",
    "co2-ordinary-machinery": "Ordinary Machinery",
    "co2-special-equipment": "Equipment for Special Purposes",
    "co2-transport-equipment": "Transportation Equipment",
    "co2-electric-equipment": "Electric Equipment and Machinery",
    "co2-electronics": "Electronic and Telecommunications Equipment",
    "co2-instruments": "Instruments, Meters, Cultural and Office Machinery",
    "co2-other-manufacturing": "Other Manufacturing Industry",
    "co2-scrap": "Scrap and waste",
    "co2-electricity-and-heat": "Production and Supply of Electric Power, Steam and Hot Water",
    "co2-gas": "Production and Supply of Gas",
    "co2-tap-water": "Production and Supply of Tap Water",
    "co2-construction": "Construction",
    "co2-transport-and-post": "Transportation, Storage, Post and Telecommunication Services",
    "co2-trade-and-catering": "Wholesale, Retail Trade and Catering Services",
    "co2-other-services": "Others",
    "co2-urban-households": "Urban",
    "co2-rural-households": "Rural",
}


@dataclass(frozen=True)
class Sectors:
    """Cells of one indicator: (year, province) down and industry across, as texts."""

    indicator: str
    unit: str
    kind: str
    source: str
    texts: pd.DataFrame
    own: str
    sum_named: str

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The rows of Heilongjiang, then those of the sum."""
        for year, province in self.texts.index:
            if province == self.own:
                for industry, text in self.texts.loc[(year, province)].items():
                    yield self._row(PLACE, str(industry), year, text, "")
        held = self.texts[self.texts.index.isin(self.members(), level="province")]
        for year, group in held.groupby(level="year"):
            for industry in group:
                numbers = [Decimal(text) for text in group[industry]]
                half = sum((half_unit(one) for one in numbers), Decimal(0)).normalize()
                yield self._row(
                    self.sum_named, str(industry), int(str(year)), str(sum(numbers)), f"{half:f}"
                )

    def members(self) -> list[str]:
        """The provinces of the sum."""
        odd = {
            province
            for _, province in apart(self.texts, [str(i) for i in self.texts if i != "all"], GAP)
        }
        lacking = {province for _, province in self.texts.index[(self.texts == "").any(axis=1)]}
        names = dict.fromkeys(province for _, province in self.texts.index)
        return [name for name in names if name not in odd | lacking]

    def _row(self, place: str, industry: str, year: int, *cell: str) -> tuple[str, ...]:
        value, half = cell
        return (
            self.indicator, place, industry, str(year), value, half, self.unit, "", self.kind,
            self.source, RECORDED,
        )  # fmt: skip


def wide(table: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Some columns of a table of texts by year and province, named as industries."""
    table = table.assign(year=table["year"].astype(int)).set_index(["year", "province"])
    return table[list(names)].rename(columns=dict(names))


def investment_levels(folder: Path) -> pd.DataFrame:
    """Investment by section in each year of the source, as texts."""
    file = folder / "province_investment_by_section_2003_2023.csv"
    table = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    names = map(str, table.columns)
    sections = {name: f"section-{name[0].lower()}" for name in names if name[1:2] == "_"}
    return wide(table, {"total": "all"} | sections)


def investment(folder: Path) -> Sectors:
    """Investment by section in the years whose sections add up to the total."""
    texts = investment_levels(folder)
    texts = texts[texts.index.get_level_values("year").isin(INVESTED)]
    texts = texts.apply(as_printed, axis=1, result_type="broadcast")
    return Sectors(
        "province_investment", "100m CNY", "actual", "provinces-investment", texts, "黑龙江省",
        "provinces-investment-sum",
    )  # fmt: skip


def growth(folder: Path) -> Iterator[tuple[str, ...]]:
    """Printed growth of Heilongjiang's investment, given back by the levels made from it."""
    levels = investment_levels(folder).xs("黑龙江省", level="province")
    texts = {str(industry): column.to_dict() for industry, column in levels.items()}
    for year in GROWN:
        for industry, by_year in texts.items():
            now, before = str(by_year[year]), str(by_year[year - 1])
            if now and before:
                rate = (float(now) / float(before) - 1) * 100
                assert abs(rate - round(rate, 3)) < 1e-6, (year, industry, rate)
                yield (
                    "province_investment_growth", PLACE, industry, str(year),
                    f"{round(rate, 3):g}", "", "%", "", "actual", "provinces-investment", RECORDED,
                )  # fmt: skip


def emissions(folder: Path) -> Sectors:
    """Emissions of carbon dioxide by the 47 sectors of the inventory."""
    file = folder / "province_co2_by_sector_1997_2019.csv"
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    ids = {"Total": "all"} | {name: id for id, name in SECTORS.items()}
    long = table.melt(["province", "sector"], var_name="year")
    texts = long.pivot(index=["year", "province"], columns="sector", values="value").reset_index()
    return Sectors(
        "province_co2", "m t", "estimate", "provinces-co2", wide(texts, ids), "Heilongjiang",
        "provinces-co2-sum",
    )  # fmt: skip


def main(folder: Path) -> None:
    """Both panels."""
    invested, emitted = investment(folder), emissions(folder)
    files = {
        "province-investment.csv": [*invested.rows(), *growth(folder)],
        "province-co2.csv": [*emitted.rows()],
    }
    for name, rows in files.items():
        with (HOME / name).open("w", encoding="utf-8", newline="") as target:
            csv.writer(target, lineterminator="\n").writerows([COLUMNS, *rows])
        print(name, len(rows), "rows")
    for one in (invested, emitted):
        print(one.sum_named, len(one.members()), "provinces")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
