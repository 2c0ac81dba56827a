"""Lists of one figure a row, census tables, and tables that leave out a year or a unit."""

from __future__ import annotations

from office_books.making import Made, saved, workbook, xls


def cities_quarter_list() -> Made:
    """Year, quarter, month, indicator, figure and unit in columns; quarters hold sums from January."""
    rows = [
        ["id", "地区名称", "年份", "季度", "月份", "经济指标名称", "指标值", "指标单位"],
        [1, "齐齐哈尔", "2023", "Q1", 3, "地区生产总值增速", 4.6, "%"],
        [2, "齐齐哈尔", "2023", "Q1", 3, "地区生产总值", 31.5, "亿元"],
        [3, "牡丹江", "2023", "Q1", 3, "地区生产总值", 22.07, "亿元"],
        [4, "齐齐哈尔", "2023", "Q2", 6, "地区生产总值", 66.8, "亿元"],
        [5, "牡丹江", "2023", "Q2", 6, "地区生产总值增速", "", "%"],
        [6, "牡丹江", "2023", "Q2", 6, "地区生产总值", 47.25, "亿元"],
    ]
    return "cities_quarter_list.xlsx", saved(workbook({"Sheet1": rows}))


def cities_jobs_bare() -> Made:
    """Years down, cities across; the indicator stands in the sheet's name alone, a unit nowhere."""
    rows = [
        ["年份", "佳木斯", "鸡西", "伊春"],
        [2019, 45.4, "~", 17.4],
        [2020, 43.9, 30.8, 16.9],
        [2021, 43.1, 30.2, "~"],
    ]
    return "cities_jobs_bare.xlsx", saved(workbook({"就业人口": rows}))


def census_households() -> Made:
    """Two units in one line, a ratio with neither, names spread by spaces, no year."""
    rows = [
        ["1-1  各地区户数、人口数和性别比"],
        [],
        ["", "单位：户、人"],
        ["地    区", "  户       数", "", "人          口          数"],
        ["", "家庭户 ", "集体户", "男", "女", "性别比"],
        ["", "", "", "", "", "(女=100)"],
        ["总    计", 34120, 1275, 51230, 49810, 102.85],
        ["北    桦", 21080, 1019, 31925, 31030, 102.88],
        ["青    石", "13040", 256, 19305, 18780, 102.8],
    ]
    return "census_households.xls", xls({"Sheet1": rows}, [(3, 3, 1, 2), (3, 3, 3, 5)])


def visits_by_month() -> Made:
    """.xls: an index sheet, the year in January's row alone, adjusted and plain figures in turn."""
    index = [[], ["", "1. Table 1 - Visits to Northland by month."]]
    rows = [
        [1, "Visits to Northland by month"],
        ["", "", "", "", "Thousands"],
        ["", "", "All Visits", "", "North America", ""],
        ["", "", "NSA", "SA", "NSA", "SA"],
        [2021, "Nov", 204.5, 231, 18.25, 20],
        ["", "Dec", 198.75, 228, 16.5, 19],
        [2022, "Jan", 150.25, 229, 11, 21],
        ["", "Feb", 161.5, 233, "", 21],
        [],
        ["NSA   Not seasonally adjusted"],
        ["SA      Seasonally adjusted, rounded to the nearest thousand"],
    ]
    return "visits_by_month.xls", xls({"Index": index, "Table 1": rows})
