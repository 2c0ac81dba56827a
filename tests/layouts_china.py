"""Layouts of Chinese yearbooks and monthly bulletins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from published_layouts import Sheet, Table, frame, province

HLJ, JL, LN = "黑龙江省", "吉林省", "辽宁省"
IDS = {HLJ: "heilongjiang", JL: "jilin", LN: "liaoning"}
PARTS = {"primary": "第一产业", "secondary": "第二产业", "tertiary": "第三产业"}
Made = Callable[[], Table]


def money(name: str, year: int, part: str = "gdp") -> str:
    return f"{province(name, year, f'{part}_100m_cny'):.1f}"


def growth(name: str, year: int, part: str = "gdp") -> str:
    return f"{province(name, year, f'{part}_index') - 100:.1f}"


def gdp(name: str, year: int, part: str = "gdp") -> tuple[str, tuple[str, ...]]:
    industry = "" if part == "gdp" else part
    return money(name, year, part), ("gdp", IDS[name], industry, str(year), "100m CNY")


def rate(name: str, year: int, part: str = "gdp", period: str = "") -> tuple[str, tuple[str, ...]]:
    industry = "" if part == "gdp" else part
    return growth(name, year, part), ("gdp_growth", IDS[name], industry, period or str(year), "%")


def years_down() -> Table:
    sheet = Sheet("years_down", "cn", sheet="2-1")
    sheet.row("2-1  黑龙江省地区生产总值")
    sheet.row("", "", "", "", "单位：亿元")
    top = sheet.row("年份", "地区生产总值", "", "", "")
    sheet.row("", "", *PARTS.values())
    sheet.merge(top, 0, top + 1, 0)
    sheet.merge(top, 1, top, 4)
    sheet.table.cells[top + 1][1] = "合计"
    for year in range(2008, 2018):
        sheet.body([str(year)], [gdp(HLJ, year), *(gdp(HLJ, year, part) for part in PARTS)])
    sheet.row("注：本表按当年价格计算。")
    return sheet.made()


def industries_two_levels() -> Table:
    sheet = Sheet("industries_two_levels", "cn", sheet="表2-7")
    sheet.row("2-7  地区生产总值")
    sheet.row("", "", "", "", "单位：亿元")
    top = sheet.row("行　业", "2014年", "", "2015年①", "")
    sheet.row("", "绝对值", "比上年增长（%）", "绝对值", "比上年增长（%）")
    sheet.merge(0, 0, 0, 4)
    sheet.merge(top, 0, top + 1, 0)
    sheet.merge(top, 1, top, 2)
    sheet.merge(top, 3, top, 4)
    for part, label in {
        "gdp": "地区生产总值",
        "primary": "　第一产业",
        "secondary": "　第二产业",
        "tertiary": "　第三产业",
    }.items():
        sheet.body([label], [f(HLJ, year, part) for year in (2014, 2015) for f in (gdp, rate)])
    sheet.row("注：本表绝对值按当年价格计算。")
    sheet.row("① 2015年为快报数。")
    return sheet.made()


def provinces_across(name: str = "provinces_across") -> Table:
    sheet = Sheet(name, "cn")
    sheet.row("3-9  各地区生产总值")
    sheet.row("", "", "", "单位：亿元")
    sheet.row("地　区", "2012年", "2013年", "2014年")
    told = frame("china_provinces/province_gdp_1978_2024.csv")
    for place in dict.fromkeys(told["province"]):
        figures = []
        for year in (2012, 2013, 2014):
            figures.append(gdp(place, year) if place in IDS else (money(place, year), None))
        sheet.body([place], figures)
    return sheet.made()


def month_and_year_so_far() -> Table:
    sheet = Sheet("month_and_year_so_far", "cn")
    sheet.row("黑龙江省2015年8月主要经济指标")
    sheet.row("指标名称", "计量单位", "本月", "本月止累计", "累计比上年同期增长（%）")
    for part, label in {
        "gdp": "地区生产总值",
        "primary": "其中：第一产业",
        "secondary": "　　　第二产业",
    }.items():
        industry = "" if part == "gdp" else part
        month, year = money(HLJ, 2014, part), money(HLJ, 2015, part)
        sheet.body([label, "亿元"], [
            (month, ("gdp", "heilongjiang", industry, "2015-08", "100m CNY")),
            (year, ("gdp", "heilongjiang", industry, "2015-01..2015-08", "100m CNY")),
            rate(HLJ, 2015, part, "2015-01..2015-08"),
        ])  # fmt: skip
    sheet.body(["固定资产投资", "亿元"], [
        ("350.20", ("investment", "heilongjiang", "", "2015-08", "100m CNY")),
        ("2559.8379", ("investment", "heilongjiang", "", "2015-01..2015-08", "100m CNY")), ("3.1", None),
    ])  # fmt: skip
    return sheet.made()


def two_years_and_rate() -> Table:
    sheet = Sheet("two_years_and_rate", "cn")
    sheet.row("黑龙江省国民经济主要指标")
    sheet.row("指　标", "单位", "2014年", "2015年", "比上年增长（%）")
    sheet.body(["一、地区生产总值", "亿元"], [gdp(HLJ, 2014), gdp(HLJ, 2015), rate(HLJ, 2015)])
    for year_place, label in (("gdp_per_capita_cny", "二、人均地区生产总值"),):
        figures = [
            (
                format(province(HLJ, year, year_place), ".15g"),
                ("gdp_per_capita", "heilongjiang", "", str(year), "CNY per persons"),
            )
            for year in (2014, 2015)
        ]
        sheet.body([label, "元/人"], [*figures, ("", None)])
    return sheet.made()


def numbered_indicators() -> Table:
    sheet = Sheet("numbered_indicators", "cn")
    sheet.row("2015年1-8月黑龙江省主要经济指标完成情况")
    sheet.row("序号", "指标名称", "计量单位", "绝对量", "同比增长(%)")
    period = "2015-01..2015-08"
    sheet.body(
        [1, "地区生产总值", "亿元"],
        [
            (money(HLJ, 2015), ("gdp", "heilongjiang", "", period, "100m CNY")),
            rate(HLJ, 2015, "gdp", period),
        ],
    )
    sheet.body(
        [2, "固定资产投资", "亿元"],
        [("10182.95", ("investment", "heilongjiang", "", period, "100m CNY")), ("3.1", None)],
    )
    sheet.body([3, "规模以上工业企业利润", "亿元"], [("352.1", None), ("-12.7", None)])
    return sheet.made()


def indicators_across() -> Table:
    sheet = Sheet("indicators_across", "cn")
    sheet.row("1-3 黑龙江省历年主要指标")
    sheet.row(
        "年份",
        "地区生产总值（亿元）",
        "地区生产总值增速（%）",
        "人均地区生产总值（元/人）",
        "一般公共预算收入（亿元）",
    )
    for year in range(2005, 2015):
        capita = format(province(HLJ, year, "gdp_per_capita_cny"), ".15g")
        sheet.body(
            [f"{year}年"],
            [
                gdp(HLJ, year),
                rate(HLJ, year),
                (capita, ("gdp_per_capita", "heilongjiang", "", str(year), "CNY per persons")),
                ("1.5", None),
            ],
        )
    return sheet.made()


def semicolons() -> Table:
    table = indicators_across()
    cells = [
        [_comma(cell) if r > 1 and c else cell for c, cell in enumerate(row)]
        for r, row in enumerate(table.cells)
    ]
    return replace(table, name="semicolons", cells=cells, delimiter=";")


def _comma(cell: object) -> object:
    text = str(cell)
    if "." not in text:
        return text
    whole, _, rest = text.partition(".")
    whole = f"{int(whole):,}".replace(",", ".") if whole.isdigit() else whole
    return f"{whole},{rest}"


def years_across_thousands() -> Table:
    sheet = Sheet("years_across_thousands", "cn")
    sheet.row("黑龙江省主要年份经济指标")
    sheet.row("项目", *range(2010, 2016))
    sheet.body(
        ["地区生产总值(亿元)"],
        [(f"{float(gdp(HLJ, y)[0]):,.1f}", gdp(HLJ, y)[1]) for y in range(2010, 2016)],
    )
    sheet.body(["  第二产业占全国比重(%)"], [("1.2", None)] * 6)
    capita = [
        (
            f"{province(HLJ, y, 'gdp_per_capita_cny'):,.0f}",
            ("gdp_per_capita", "heilongjiang", "", str(y), "CNY per persons"),
        )
        for y in range(2010, 2016)
    ]
    sheet.body(["人均地区生产总值(元/人)"], capita)
    return sheet.made()


def numbered_columns_hidden_row() -> Table:
    sheet = Sheet("numbered_columns_hidden_row", "cn", hidden=(6,))
    sheet.row("表3 分产业地区生产总值（2015年）")
    sheet.row("填报单位：统计局", "", "", "计量单位：亿元")
    sheet.row("地区", *PARTS.values())
    sheet.row("甲", 1, 2, 3)
    for place in (HLJ, JL, LN):
        sheet.body([place], [gdp(place, 2015, part) for part in PARTS])
    return sheet.made()


def quarters() -> Table:
    sheet = Sheet("quarters", "cn")
    sheet.row("地区生产总值", "", "", "", "", "单位：亿元")
    top = sheet.row("地区", "2014年", "", "2015年", "", "")
    sheet.row("", "一季度", "上半年", "一季度", "上半年", "前三季度")
    sheet.merge(top, 1, top, 2)
    sheet.merge(top, 3, top, 5)
    spans = ("2014-Q1", "2014-H1", "2015-Q1", "2015-H1", "2015-01..2015-09")
    for place in (HLJ, JL):
        values = [money(place, 2010 + n) for n in range(5)]
        sheet.body(
            [place],
            [
                (v, ("gdp", IDS[place], "", span, "100m CNY"))
                for v, span in zip(values, spans, strict=True)
            ],
        )
    return sheet.made()


SECTIONS = {
    "B_mining": ("B", "采矿业", "mining"),
    "C_manufacturing": ("C", "制造业", "manufacturing"),
    "D_utilities": ("D", "电力、热力、燃气及水生产和供应业", ""),
    "E_construction": ("E", "建筑业", "construction"),
    "J_finance": ("J", "金融业", "finance"),
}


def coded_industries() -> Table:
    sheet = Sheet("coded_industries", "cn")
    sheet.row("4-5 哈尔滨市分行业就业人员")
    sheet.row("单位：万人")
    sheet.row("代码", "行业", *range(2010, 2016))
    told = frame("china_cities/city_employment_sections_2000_2022.csv")
    for column, (code, label, id) in SECTIONS.items():
        figures = []
        for year in range(2010, 2016):
            row = told[(told["city"] == "哈尔滨") & (told["year"] == str(year))].iloc[0]
            shown = row[column]
            figures.append(
                (
                    shown,
                    ("employed", "harbin", id, str(year), "10k persons") if id and shown else None,
                )
            )
        sheet.body([code, label], figures)
    return sheet.made()


def units_in_a_row() -> Table:
    sheet = Sheet("units_in_a_row", "cn")
    sheet.row("各地区主要指标（2015年）")
    sheet.row("地区", "地区生产总值", "地区生产总值增速", "人均地区生产总值")
    sheet.row("单位", "亿元", "%", "元/人")
    for place in (HLJ, JL, LN):
        capita = format(province(place, 2015, "gdp_per_capita_cny"), ".15g")
        sheet.body(
            [place],
            [
                gdp(place, 2015),
                rate(place, 2015),
                (capita, ("gdp_per_capita", IDS[place], "", "2015", "CNY per persons")),
            ],
        )
    return sheet.made()


def of_which() -> Table:
    sheet = Sheet("of_which", "cn")
    sheet.row("表2　按三次产业分地区生产总值")
    sheet.row("", "", "单位：亿元")
    sheet.row("项　目", "2014年", "2015年")
    for part, label in {
        "gdp": "一、地区生产总值",
        "primary": "（一）第一产业",
        "secondary": "（二）第二产业",
        "tertiary": "（三）第三产业",
    }.items():
        sheet.body([label], [gdp(HLJ, 2014, part), gdp(HLJ, 2015, part)])
    sheet.body(
        ["　　其中：金融业"],
        [("611.0", ("gdp", "heilongjiang", "finance", "2014", "100m CNY")), ("…", None)],
    )
    sheet.body(["　　　　　房地产业"], [("500.1", None), ("-", None)])
    return sheet.made()


def remarks_and_marks() -> Table:
    sheet = Sheet("remarks_and_marks", "cn")
    sheet.row("全社会固定资产投资", "", "", "", "")
    sheet.table.cells[0][0] = "固定资产投资"
    sheet.row("单位：亿元")
    sheet.row("地区", "2003年", "2004年①", "2005年", "备注")
    told = frame("china_provinces/province_investment_by_section_2003_2023.csv")
    for place in (HLJ, JL, LN):
        figures: list[tuple[object, tuple[str, ...] | None]] = []
        for year in (2003, 2004, 2005):
            shown = told[(told["province"] == place) & (told["year"] == str(year))].iloc[0]["total"]
            figures.append((shown, ("investment", IDS[place], "", str(year), "100m CNY")))
        if place == JL:
            figures[1] = ("x", None)
        sheet.body(
            [f"{place}*" if place == LN else place],
            [*figures, ("按法人所在地" if place == HLJ else "", None)],
        )
    sheet.row("① 口径有调整。")
    sheet.row("* 含省直。")
    return sheet.made()


def deposits_ten_thousand() -> Table:
    sheet = Sheet("deposits_ten_thousand", "cn")
    sheet.row("哈尔滨市金融机构存款余额和金融机构贷款余额")
    sheet.row("单位：万元")
    sheet.row("年份", "金融机构存款余额", "金融机构贷款余额")
    told = frame("china_cities/city_loans_deposits_2003_2023.csv")
    for year in range(2010, 2018):
        row = told[(told["city"] == "哈尔滨市") & (told["year"] == str(year))].iloc[0]
        sheet.body(
            [year],
            [
                (float(row["deposits_10k_cny"]), ("deposits", "harbin", "", str(year), "10k CNY")),
                (float(row["loans_10k_cny"]), ("loans", "harbin", "", str(year), "10k CNY")),
            ],
        )
    return sheet.made()


def percent_table() -> Table:
    sheet = Sheet("percent_table", "cn")
    sheet.row("2-3 各地区城镇化率")
    sheet.row("", "", "", "单位：%")
    sheet.row("地区", "2010", "2011", "2012")
    told = frame("china_provinces/province_urbanisation_2000_2023.csv")
    for place in (HLJ, JL, LN):
        rows = told[told["province"] == place.removesuffix("省")].set_index("year")[
            "urbanisation_pct"
        ]
        sheet.body(
            [place],
            [
                (rows[str(y)], ("urbanisation", IDS[place], "", str(y), "%"))
                for y in (2010, 2011, 2012)
            ],
        )
    return sheet.made()


def tidy_list() -> Table:
    sheet = Sheet("tidy_list", "cn", delimiter=",")
    sheet.row("地区", "年份", "指标", "数值", "单位")
    for place in (HLJ, JL, LN):
        for year in (2014, 2015):
            shown, what = gdp(place, year)
            at = sheet.row(place, str(year), "地区生产总值", shown, "亿元")
            sheet.table.answer[at, 3] = (*what[:4], shown, what[4])
            shown, what = rate(place, year)
            at = sheet.row(place, str(year), "地区生产总值增速", shown, "%")
            sheet.table.answer[at, 3] = (*what[:4], shown, what[4])
    return sheet.made()


def bilingual() -> Table:
    sheet = Sheet("bilingual", "cn")
    sheet.row("2-1 地区生产总值  Gross domestic product")
    sheet.row("", "", "", "单位：亿元")
    sheet.row(
        "年份",
        "第一产业\nPrimary industry",
        "第二产业\nSecondary industry",
        "第三产业\nTertiary industry",
    )
    for year in range(2008, 2016):
        sheet.body([year], [gdp(HLJ, year, part) for part in PARTS])
    return sheet.made()


def gbk() -> Table:
    return replace(provinces_across("gbk"), delimiter=",", encoding="gbk")


def utf16_tabs() -> Table:
    return replace(indicators_across(), name="utf16_tabs", delimiter="\t", encoding="utf-16")


def _level(name: str, year: int, period: str) -> tuple[str, tuple[str, ...]]:
    """A figure of a year where a bulletin has that of a month or of months."""
    return money(name, year), ("gdp", IDS[name], "", period, "100m CNY")


def month_columns() -> Table:
    """The months stand over the columns, the year in the title."""
    sheet = Sheet("month_columns", "cn")
    sheet.row("2015年各地区生产总值")
    sheet.row("", "", "", "单位：亿元")
    sheet.row("地区", "9月", "1—8月", "1-9月累计")
    for n, place in enumerate((HLJ, JL, LN)):
        sheet.body([place], [
            _level(place, 2010 + n, "2015-09"), _level(place, 2011 + n, "2015-01..2015-08"),
            _level(place, 2012 + n, "2015-01..2015-09"),
        ])  # fmt: skip
    return sheet.made()


def months_so_far() -> Table:
    """Months so far and their growth, with the year in each heading."""
    sheet = Sheet("months_so_far", "cn", sheet="主要指标")
    sheet.row("各地区生产总值")
    sheet.row("", "", "", "", "单位：亿元、%")
    top = sheet.row("地　区", "2015年1—9月", "", "2015年1—12月", "")
    sheet.row("", "绝对量", "同比增长", "绝对量", "同比增长")
    sheet.merge(top, 0, top + 1, 0)
    sheet.merge(top, 1, top, 2)
    sheet.merge(top, 3, top, 4)
    for place in (HLJ, JL, LN):
        sheet.body([place], [
            _level(place, 2014, "2015-01..2015-09"), rate(place, 2014, period="2015-01..2015-09"),
            _level(place, 2015, "2015"), rate(place, 2015, period="2015"),
        ])  # fmt: skip
    return sheet.made()


def months_down() -> Table:
    """A row a month, as in the run of a year."""
    sheet = Sheet("months_down", "cn")
    sheet.row("2015年黑龙江省地区生产总值（累计）")
    sheet.row("", "单位：亿元")
    sheet.row("时间", "地区生产总值")
    spans = ("2015-01..2015-02", "2015-Q1", "2015-H1", "2015-01..2015-09")
    for n, (month, span) in enumerate(zip((2, 3, 6, 9), spans, strict=True)):
        sheet.body([f"1-{month}月"], [_level(HLJ, 2010 + n, span)])
    return sheet.made()


def month_alone() -> Table:
    """A month in the title and nothing that says whether it is the month or the year so far."""
    sheet = Sheet("month_alone", "cn")
    sheet.row("2015年9月各地区生产总值")
    sheet.row("", "单位：亿元")
    sheet.row("地区", "地区生产总值")
    for n, place in enumerate((HLJ, JL, LN)):
        sheet.body([place], [_level(place, 2010 + n, "2015-09")])
    return sheet.made()


CHINA: tuple[Made, ...] = (
    years_down, industries_two_levels, provinces_across, month_and_year_so_far, two_years_and_rate, numbered_indicators,
    indicators_across, semicolons, years_across_thousands, numbered_columns_hidden_row, quarters, coded_industries,
    units_in_a_row, of_which, remarks_and_marks, deposits_ten_thousand, percent_table, tidy_list, bilingual, gbk, utf16_tabs,
    month_columns, months_so_far, months_down, month_alone,
)  # fmt: skip
