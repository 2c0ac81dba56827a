"""Made the panels of provinces of the built-in case Harbin from tables of research and industry.

No user needs to run it; it stands here so that every figure can be followed:

    python tools/make_province_panels.py FOLDER

FOLDER holds the tables that `provinces-research` in `sources.toml` of the case names. Figures of 31
provinces, 2010 to 2023, in the units of the source; closing zeros that the source's table added are
dropped. The nation, which is no sum of provinces in all of them, is left out.
"""

from __future__ import annotations

import csv
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd

HOME = Path(__file__).parents[1] / "src" / "songhua" / "examples" / "harbin" / "panels"
RECORDED = "2026-11-26"
YEARS = range(2010, 2024)
COLUMNS = (
    "indicator", "region", "industry", "period", "value", "unit", "status", "kind", "source",
    "recorded",
)  # fmt: skip
PROVINCES = {
    "黑龙江": "heilongjiang", "北京": "beijing", "天津": "tianjin", "河北": "hebei",
    "山西": "shanxi", "内蒙古": "inner-mongolia", "辽宁": "liaoning", "吉林": "jilin",
    "上海": "shanghai", "江苏": "jiangsu", "浙江": "zhejiang", "安徽": "anhui", "福建": "fujian",
    "江西": "jiangxi", "山东": "shandong", "河南": "henan", "湖北": "hubei", "湖南": "hunan",
    "广东": "guangdong", "广西": "guangxi", "海南": "hainan", "重庆": "chongqing",
    "四川": "sichuan", "贵州": "guizhou", "云南": "yunnan", "西藏": "tibet", "陕西": "shaanxi",
    "甘肃": "gansu", "青海": "qinghai", "宁夏": "ningxia", "新疆": "xinjiang",
}  # fmt: skip
MISPRINT = {"内蒙占": "内蒙古"}
#: Cells that `songhua check` calls likelier to be a slip by a power of ten than right: left out.
SLIPS = {
    ("province_contracts", "西藏", "2017"), ("province_contracts", "西藏", "2018"),
    ("province_high_tech_profit", "新疆", "2014"),
}  # fmt: skip
#: Table and variable of each indicator, with its unit.
FIGURES = {
    "province_rnd": ("RDActivity", "v4_zh_nbzc_hj", "10k CNY"),
    "province_basic_research": ("RDActivity", "v4_zh_nbzc_jcyj", "10k CNY"),
    "province_rnd_staff": ("RDLaborHour", "v4_zh_qsdl_hj", "persons"),
    "province_patents_in_force": ("RDPatentValid", "v4_cg_zlsyx_fm", "count"),
    "province_patents_granted": ("RDPatentAuthority", "v4_cg_zlsq2_fm", "count"),
    "province_contracts": ("MarketPush", "v4_cg_jssc_je", "10k CNY"),
    "province_high_tech_revenue": ("IndustryOperation", "v4_cy_scjy_zyyw", "100m CNY"),
    "province_high_tech_profit": ("IndustryOperation", "v4_cy_scjy_lrze", "100m CNY"),
    "province_budget": ("PublicBudget", "v6_cz_yszc_hj", "100m CNY"),
    "province_science_budget": ("PublicBudget", "v6_cz_yszc_kxjs", "100m CNY"),
    "province_rnd_in_gdp": ("RDIntense", "v4_ztr_qd_RD", "%"),
}


def plain(text: str) -> str:
    """A number without closing zeros: 1647838.1 stays, 62660.0 is 62660."""
    return f"{Decimal(text).normalize():f}"


def rows(folder: Path, indicator: str) -> list[tuple[str, ...]]:
    """The cells of an indicator, province by province and year by year."""
    file, variable, unit = FIGURES[indicator]
    table = pd.read_csv(folder / f"{file}.csv", dtype=str, keep_default_na=False)
    table = table[table["variables"] == variable].replace({"province": MISPRINT})
    cells = table.set_index(["province", "year"])["value"]
    assert cells.index.is_unique
    found = []
    for name, place in PROVINCES.items():
        for year in map(str, YEARS):
            text = str(cells.get((name, year), ""))
            if text:
                slip = (indicator, name, year) in SLIPS
                value, status = ("", "doubtful") if slip else (plain(text), "")
                cell = (value, unit, status, "actual", "provinces-research", RECORDED)
                found.append((indicator, place, "all", year, *cell))
    return found


def main(folder: Path) -> None:
    """The panel of provinces."""
    found = [row for indicator in FIGURES for row in rows(folder, indicator)]
    with (HOME / "provinces.csv").open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows([COLUMNS, *found])
    print("provinces.csv", len(found), "rows")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
