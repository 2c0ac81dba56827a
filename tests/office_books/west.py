"""Workbooks of offices abroad, and tables in English."""

from __future__ import annotations

from datetime import date

from office_books.making import Formatted, Made, Rows, saved, separated, workbook, xls


def time_series_workbook() -> Made:
    """An index sheet, a data sheet with ten heading rows, quarters as dates in their mid month."""
    jobs = "Agriculture, Forestry and Fishing ;  Employed total ;"
    names = [
        jobs,
        jobs,
        jobs,
        "Manufacturing ;  Employed total ;",
        "Manufacturing ;  Hours worked ;",
    ]
    kinds = ["Trend", "Seasonally Adjusted", "Original", "Original", "Original"]
    codes = ["A90000001K", "A90000002L", "A90000003M", "A90000004N", "A90000005P"]
    first, last = (Formatted(day, "mmm\\-yyyy") for day in (date(2022, 2, 1), date(2022, 11, 1)))
    index: list[list[object]] = [
        [],
        ["", "Time Series Workbook"],
        [],
        ["", "6291.9 Labour Force, Australia, Detailed"],
        ["", "Table 04. Employed persons by Industry division of main job"],
        [],
        [
            "Data Item Description",
            "Series Type",
            "Series ID",
            "Series Start",
            "Series End",
            "No. Obs.",
        ],
    ]
    index += [
        list(row) for row in zip(names, kinds, codes, [first] * 5, [last] * 5, [4] * 5, strict=True)
    ]
    index += [[], ["© Commonwealth of Australia  2023"]]
    figures = [
        [88.25, 87.9012, 88.4, 120.4503, 14020.4],
        [89.5, 88.754, 91.3075, 121.12, 13915],
        [89.9206, 90.1141, "", 123.6, 14404.75],
        [90.0517, 89.6628, 90.2214, 124.905, 14260.1],
    ]
    months = [Formatted(date(2022, month, 1), "mmm\\-yyyy") for month in (2, 5, 8, 11)]
    data = [
        ["", *names],
        ["Unit", "000", "000", "000", "000", "000 Hours"],
        ["Series Type", *kinds],
        ["Data Type", "STOCK", "STOCK", "STOCK", "STOCK", "FLOW"],
        ["Frequency", *["Quarter"] * 5],
        ["Collection Month", *[2] * 5],
        ["Series Start", *[first] * 5],
        ["Series End", *[last] * 5],
        ["No. Obs", 4, 4, 3, 4, 4],
        ["Series ID", *codes],
        *([month, *row] for month, row in zip(months, figures, strict=True)),
    ]
    ask = [[], ["", "E N Q U I R I E S"], ["", "For further information phone 1300 000 000."]]
    made = workbook({"Index": index, "Data1": data, "Enquiries": ask})
    return "time_series_workbook.xlsx", saved(made)


def cities_english_units() -> Made:
    """Units in English words: thousands of persons, hundred million yuan, million euros."""
    rows = [
        ["Table 4  Main indicators of cities, 2021"],
        [
            "City",
            "Employed persons (in thousands of persons)",
            "Value added (100 million yuan)",
            "Exports (EUR million)",
            "Value added per person (yuan)",
            "Retail sales (10 000 yuan)",
        ],
        ["Changchun", 1250.5, 710.2, 98.4, 56790, 30510],
        ["Harbin", 1480, 530.7, 61.25, 35858, 29870],
        ["Shenyang", 1610.3, 725.4, 153, 45047, 41225],
        ["Source: city statistical bulletins."],
    ]
    return "cities_english_units.xlsx", saved(workbook({"Table 4": rows}))


def industries_three_systems() -> Made:
    """Industries by name with commas inside, by code of NACE, by code and title of NAICS."""
    anzsic: Rows = [
        ["Employed persons by industry division (ANZSIC 2006), Northland, 2021"],
        ["Industry division", "Persons"],
        ["Agriculture, Forestry, and Fishing", 5120],
        ["Electricity, Gas, Water, and Waste Services", 830],
        ["Professional, Scientific and Technical Services", 2475],
        ["Total, all industries", 41200],
    ]
    nace: Rows = [
        ["Gross value added by NACE Rev. 2, Kärnten, EUR million"],
        ["NACE_R2", 2019, 2020],
        ["A", 310.4, 305.9],
        ["C10-C12", 402, 398.6],
        ["C24", 251.3, 219.7],
        ["C31_C32", 88.1, 80.5],
        ["D35", 140.6, 143.2],
    ]
    naics: Rows = [
        ["County business pattern, Ashford County, 2021 (paid employees)"],
        ["NAICS", "Title", "Employees"],
        ["23", "Construction", 915],
        ["31-33", "Manufacturing", 2210],
        ["311", "Food Manufacturing", 640],
        ["44-45", "Retail Trade", 1875],
    ]
    made = workbook({"ANZSIC": anzsic, "NACE": nace, "NAICS": naics})
    return "industries_three_systems.xlsx", saved(made)


def financial_years_sectors() -> Made:
    """.xls: financial years over the turn of the year; amounts and shares side by side; no place."""
    base = "(in Rs. Cr.) at 2004-05 Prices"
    rows = [
        [
            "Financial Year",
            f"Gross Domestic Product {base}",
            f"Manufacturing {base}",
            "Manufacturing (% of GDP)",
        ],
        ["1951-52", 410.36, 37.45, 9.13],
        ["1952-53", 421.9, 39.02, 9.25],
        ["1999-00", 1780.4, 262.3, 14.73],
        ["2000-01", 1852, 280.95, 15.17],
    ]
    return "financial_years_sectors.xls", xls({"GDP_annual": rows})


def shares_per_cent() -> Made:
    """Shares that add up to one under a heading of per cent."""
    rows = [
        ["Table 3. Employment by industry, 2021", "", ""],
        ["Industry", "Northland (per cent)", "Southland (per cent)"],
        ["Agriculture", ".058", ".104"],
        ["Industry", ".292", ".246"],
        ["Services", ".65", ".65"],
        ["Total", "1.0", "1.0"],
    ]
    return "shares_per_cent.csv", separated(rows, "ascii")


def two_tables_one_sheet() -> Made:
    """Two tables on one sheet: indicators down and months across, then months down."""
    rows = [
        ["数据库：月度数据"],
        ["地区：吉林省"],
        ["指标", "2020年4月", "2020年3月", "2020年2月"],
        ["汽车制造业出口交货值当期值(亿元)", 18.3, 16.9, ""],
        ["汽车制造业出口交货值累计值(亿元)", 44.7, 26.4, 9.5],
        ["汽车制造业出口交货值累计增长(%)", 3.2, -1.6, -14],
        ["数据来源：国家统计局"],
        [],
        ["指标", "汽车制造业出口交货值累计值(亿元)", "汽车制造业出口交货值当期值(亿元)"],
        ["2019年10月", 150.2, 15.8],
        ["2019年11月", 167.9, 17.7],
        ["2019年12月", 187.3, 19.4],
    ]
    return "two_tables_one_sheet.xlsx", saved(workbook({"月度数据": rows}))
