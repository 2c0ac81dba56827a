"""Forty workbooks in the layouts in which bureaus publish, with published figures and the answer known.

The layouts are those of yearbooks and monthly bulletins in China, of the Bureau of Economic
Analysis and the Census Bureau, of Eurostat, and of the statistical offices of Australia, the
United Kingdom, New Zealand and Germany. Figures are read from the data sets beside the checkout;
in the monthly layouts the figures are those of years, for no monthly ones are there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from shared import DATA

#: A figure: indicator, region, industry, period, value as it is shown, unit.
Key = tuple[str, str, str, str, str, str]
NEEDED = (
    "china_provinces", "china_cities", "china_employment_1990_2018", "us_state_gdp_by_industry_1997_2017",
    "us_cbp2018_cbsa_naics", "reat_germany", "au_lga_employment_anzsic_2011_2016", "nz_urban_industry_1976_2006",
    "uk_itl3_industry_1998_2018",
)  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A workbook before it is written: cells by row, merged areas, and what each figure is."""

    name: str
    case: str
    cells: list[list[object]]
    answer: dict[tuple[int, int], Key]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    delimiter: str = ""
    encoding: str = "utf-8"
    hidden: tuple[int, ...] = ()
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    sheet: str = "Sheet1"

    @property
    def file(self) -> str:
        return "yearbook.csv" if self.delimiter else "yearbook.xlsx"

    def data(self) -> bytes:
        return self._text() if self.delimiter else self._book()

    def _text(self) -> bytes:
        out = io.StringIO()
        width = max(map(len, self.cells))
        rows = ([*row, *[""] * (width - len(row))] for row in self.cells)
        csv.writer(out, delimiter=self.delimiter, lineterminator="\r\n").writerows(rows)
        return out.getvalue().encode(self.encoding)

    def _book(self) -> bytes:
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream) as book:
            page = book.add_worksheet(self.sheet)
            covered = set()
            for top, left, bottom, right in self.merged:
                page.merge_range(top, left, bottom, right, self.cells[top][left])
                covered |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
            for r, row in enumerate(self.cells):
                for c, cell in enumerate(row):
                    if cell == "" or (r, c) in covered:
                        continue
                    shown = self.formats.get((r, c)) or (
                        "yyyy-mm-dd" if isinstance(cell, date) else ""
                    )
                    style = book.add_format({"num_format": shown}) if shown else None
                    write = page.write_datetime if isinstance(cell, date) else page.write
                    write(r, c, cell, style)
            for row in self.hidden:
                page.set_row(row, None, None, {"hidden": True})
        return stream.getvalue()


class Sheet:
    """Collects rows of cells, and what each figure is."""

    def __init__(self, name: str, case: str, **options: Any) -> None:
        self.table = Table(name, case, [], {}, **options)
        self.merges: list[tuple[int, int, int, int]] = []

    def row(self, *cells: object) -> int:
        self.table.cells.append(list(cells))
        return len(self.table.cells) - 1

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        self.merges.append((top, left, bottom, right))

    def body(
        self, labels: Sequence[object], figures: Iterable[tuple[object, Sequence[str] | None]]
    ) -> None:
        """A row of labels and figures; a figure is the content of the cell with its labels
        (indicator, region, industry, period, unit), or None for a cell that is no figure of the
        folder."""
        at = len(self.table.cells)
        cells = list(labels)
        for shown, what in figures:
            if what is not None:
                indicator, region, industry, period, unit = what
                self.table.answer[at, len(cells)] = (
                    indicator,
                    region,
                    industry,
                    period,
                    plain(shown),
                    unit,
                )
            cells.append(shown)
        self.table.cells.append(cells)

    def made(self) -> Table:
        return replace(self.table, merged=tuple(self.merges))


def plain(shown: object) -> str:
    """A figure as the observations hold it: without signs between thousands."""
    if isinstance(shown, float | int):
        return format(shown, ".15g")
    return str(shown).replace(",", "").rstrip("%")


@cache
def frame(path: str, **options: Any) -> pd.DataFrame:
    if path.endswith(".parquet"):
        return pd.read_parquet(DATA / path)
    return pd.read_csv(DATA / path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def province(name: str, year: int, column: str) -> float:
    told = frame("china_provinces/province_gdp_1978_2024.csv")
    row = told[(told["province"] == name) & (told["year"] == str(year))].iloc[0]
    return float(row[column])


# The folders: each with the names that its bureau prints.


def folder(code: str, names: tuple[str, str], currency: str, places: dict[str, tuple[str, str]],
           industries: dict[str, tuple[str, str]], indicators: dict[str, tuple[str, str, str, str]]) -> dict[str, str]:  # fmt: skip
    """The files of a folder; an indicator is English, Chinese, unit and what it is the growth of."""

    def named(pair: tuple[str, str]) -> str:
        return f'name = {{ en = "{pair[0]}", zh = "{pair[1]}" }}\n'

    region = f'[region]\ncode = "{code}"\n{named(names)}currency = "{currency}"\nbase_year = 2015\n'
    for id, pair in places.items():
        region += f'\n[places.{id}]\n{named(pair)}role = "comparison"\n'
    listed = "".join(
        f'["{id}"]\n{named(pair)}parent = "all"\npartition = "sectors"\n\n'
        for id, pair in industries.items()
    )
    measured = ""
    for id, (en, zh, unit, of) in indicators.items():
        form = f'form = "growth"\nof = "{of}"\nbasis = "constant"' if of else 'form = "level"'
        basis = 'basis = "current"\n' if currency in unit and not of else ""
        measured += (
            f'[{id}]\n{named((en, zh))}unit = "{unit}"\n{form}\nmeasure = "{of or id}"\n{basis}'
            'definition = { en = "As published.", zh = "按公布口径。" }\n\n'
        )
    heading = "indicator,region,industry,entity,period,value,unit,qualifier,kind,vintage,scope,source,published,recorded,note\n"
    return {
        "region.toml": region, "industries.toml": listed, "indicators.toml": measured,
        "sources.toml": '[yearbook]\ntitle = "The yearbook"\npublisher = "Bureau of statistics"\ngrade = "official"\n',
        "observations/none.csv": heading,
    }  # fmt: skip


THREE = {
    "primary": ("Primary industry", "第一产业"),
    "secondary": ("Secondary industry", "第二产业"),
    "tertiary": ("Tertiary industry", "第三产业"),
}
CN = folder(
    "heilongjiang", ("Heilongjiang", "黑龙江省"), "CNY",
    {"jilin": ("Jilin", "吉林省"), "liaoning": ("Liaoning", "辽宁省"), "china": ("China", "全国"), "harbin": ("Harbin", "哈尔滨市"), "changchun": ("Changchun", "长春市")},
    {**THREE, "mining": ("Mining", "采矿业"), "manufacturing": ("Manufacturing", "制造业"), "construction": ("Construction", "建筑业"), "finance": ("Finance", "金融业")},
    {"gdp": ("Gross domestic product", "地区生产总值", "100m CNY", ""), "gdp_growth": ("Real growth of GDP", "地区生产总值增速", "%", "gdp"),
     "gdp_per_capita": ("GDP per capita", "人均地区生产总值", "CNY per persons", ""), "employed": ("Employed persons", "就业人员", "10k persons", ""),
     "investment": ("Investment in fixed assets", "固定资产投资", "100m CNY", ""), "urbanisation": ("Urbanisation rate", "城镇化率", "%", ""),
     "deposits": ("Deposits", "金融机构存款余额", "10k CNY", ""), "loans": ("Loans", "金融机构贷款余额", "10k CNY", "")},
)  # fmt: skip
US = folder(
    "alabama", ("Alabama", "亚拉巴马州"), "USD",
    {"alaska": ("Alaska", "阿拉斯加州"), "arizona": ("Arizona", "亚利桑那州"), "us": ("United States", "美国")},
    {"manufacturing": ("Manufacturing", "制造业"), "construction": ("Construction", "建筑业"), "utilities": ("Utilities", "公用事业"), "retail": ("Retail trade", "零售业")},
    {"gdp": ("Gross domestic product (GDP) by state", "州生产总值", "m USD", ""),
     "jobs": ("Number of employees", "就业人数", "persons", ""), "establishments": ("Number of establishments", "单位数", "count", "")},
)  # fmt: skip
EU = folder(
    "de", ("Germany", "德国"), "EUR", {"at": ("Austria", "奥地利"), "be": ("Belgium", "比利时"), "bavaria": ("Bayern", "巴伐利亚"), "hesse": ("Hessen", "黑森")},
    {"a": ("Agriculture, forestry and fishing", "农林渔业"), "b-e": ("Industry (except construction)", "工业"), "f": ("Construction", "建筑业")},
    {"emp": ("Employment", "就业", "k persons", ""), "gdp": ("Gross domestic product at current market prices", "生产总值", "m EUR", "")},
)  # fmt: skip
AU = folder(
    "adelaide", ("Adelaide (C)", "阿德莱德"), "AUD", {"albany": ("Albany (C)", "奥尔巴尼"), "ballarat": ("Ballarat (C)", "巴拉瑞特")},
    {"a": ("Agriculture, Forestry and Fishing", "农业"), "b": ("Mining", "采矿业"), "c": ("Manufacturing", "制造业"), "e": ("Construction", "建筑业")},
    {"employed": ("Employed persons", "就业人数", "persons", ""), "hours": ("Employment by place of work", "就业", "persons", "")},
)  # fmt: skip
CASES = {"cn": CN, "us": US, "eu": EU, "au": AU}
#: A month's table of a Chinese bureau.
MONTH = """\
内部资料：黑龙江省{year}年{month}月主要经济指标,,,
指标,单位,本月,累计
地区生产总值,亿元,{a},{b}
固定资产投资,亿元,5.0,4
"""


def chinese(place: Path) -> Path:
    """The Chinese folder that layouts are read into, written to a place."""
    for name, text in CN.items():
        file = place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return place
