"""Layouts of the Bureau of Economic Analysis, the Census Bureau, Eurostat, and other offices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pandas as pd

from published_layouts import Sheet, Table, frame

Made = Callable[[], Table]
STATES = {"Alabama": "alabama", "Alaska": "alaska", "Arizona": "arizona", "United States": "us"}
KNOWN = {
    "Manufacturing": "manufacturing",
    "Construction": "construction",
    "Utilities": "utilities",
    "Retail trade": "retail",
    "All industry total": "all",
}
YEARS = tuple(str(year) for year in range(2010, 2018))
EU = {
    "AT": ("Austria", "at"),
    "BE": ("Belgium", "be"),
    "DE": ("Germany", "de"),
    "FR": ("France", ""),
}
NACE = {
    "A": "Agriculture, forestry and fishing",
    "B-E": "Industry (except construction)",
    "F": "Construction",
}


def bea() -> pd.DataFrame:
    return frame("us_state_gdp_by_industry_1997_2017/gdpstate_raw_bea.csv")


def state(name: str, industry: str, year: str) -> str:
    told = bea()
    rows = told[(told["GeoName"] == name) & (told["Description"].str.strip() == industry)]
    return str(rows.iloc[0][year])


def what(name: str, industry: str, year: str, indicator: str = "gdp") -> tuple[str, ...]:
    id = KNOWN.get(industry, "")
    return (indicator, STATES[name], "" if id == "all" else id, year, "m USD")


def bea_download(**options: str) -> Table:
    sheet = Sheet("bea_download", "us", **{"delimiter": ",", **options})
    told = bea()
    told = told[told["GeoName"].isin([*list(STATES)[:3], "Arkansas"])]
    named = [
        "GeoFIPS",
        "GeoName",
        "Region",
        "ComponentId",
        "ComponentName",
        "IndustryId",
        "IndustryClassification",
        "Description",
    ]
    sheet.row(*named, *YEARS)
    for _, row in told.iterrows():
        place, label = row["GeoName"], row["Description"].strip()
        known = place in STATES and label in KNOWN
        sheet.body(
            [row[n] for n in named],
            [
                (row[y], what(place, label, y) if known and row[y][:1].isdigit() else None)
                for y in YEARS
            ],
        )
    sheet.row(
        "Note: NAICS Industry detail is based on the 2007 North American Industry Classification System."
    )
    sheet.row("Source: Bureau of statistics")
    return sheet.made()


def bea_table() -> Table:
    sheet = Sheet("bea_table", "us", sheet="Table")
    sheet.row("SAGDP2N Gross domestic product (GDP) by state")
    sheet.row("Bureau of statistics")
    sheet.row("All industry total (Millions of current dollars)")
    sheet.row("GeoFips", "GeoName", *YEARS)
    for name, code in (
        ("United States", "00000"),
        ("Alabama", "01000"),
        ("Alaska", "02000"),
        ("Arizona", "04000"),
        ("Arkansas", "05000"),
    ):
        sheet.body(
            [code, name],
            [
                (
                    float(state(name, "All industry total", y)),
                    what(name, "All industry total", y) if name in STATES else None,
                )
                for y in YEARS
            ],
        )
    sheet.row("Legend / Footnotes:")
    sheet.row("1/ Totals may not add due to rounding.")
    return sheet.made()


def bea_one_state() -> Table:
    sheet = Sheet("bea_one_state", "us")
    sheet.row("Table 4. Gross Domestic Product (GDP) by State by Industry, Alabama")
    sheet.row("[Millions of dollars]")
    sheet.row("Line", "", *map(int, YEARS))
    for line, label in enumerate(
        (
            "All industry total",
            "Private industries",
            "Utilities",
            "Construction",
            "Manufacturing",
            "Retail trade",
            "Educational services",
        ),
        1,
    ):
        indent = "  " * (line > 1)
        figures: list[tuple[object, tuple[str, ...] | None]] = [
            (state("Alabama", label, y), what("Alabama", label, y) if label in KNOWN else None)
            for y in YEARS
        ]
        if label == "Utilities":
            figures[3], figures[4] = ("(D)", None), ("(NA)", None)
        sheet.body([line, indent + label], figures)
    return sheet.made()


def states_across() -> Table:
    sheet = Sheet("states_across", "us")
    sheet.row("Gross domestic product (GDP) by state, current prices")
    sheet.row("", "Millions of dollars", "", "")
    sheet.row("Year", "United States", "Alabama", "Alaska")
    sheet.table.cells[1] = ["Unit: Millions of dollars"]
    for year in YEARS:
        sheet.body(
            [int(year)],
            [
                (
                    f"{int(state(n, 'All industry total', year)):,}",
                    what(n, "All industry total", year),
                )
                for n in ("United States", "Alabama", "Alaska")
            ],
        )
    return sheet.made()


def sectors_across() -> Table:
    sheet = Sheet("sectors_across", "us", delimiter="\t")
    sheet.row("State", "Industry", "Measure", "Unit of measure", *YEARS[:4])
    for name in ("Alabama", "Alaska", "Arizona"):
        for label in ("Construction", "Manufacturing", "Retail trade"):
            sheet.body(
                [
                    name,
                    label,
                    "Gross domestic product (GDP) by state",
                    "Millions of current dollars",
                ],
                [(state(name, label, y), what(name, label, y)) for y in YEARS[:4]],
            )
    return sheet.made()


def business_patterns() -> Table:
    """The census prints no unit over its counts: songhua must ask for it."""
    sheet = Sheet("business_patterns", "us", delimiter=",")
    sheet.row(
        "Geographic Area Name",
        "2017 NAICS code",
        "Meaning of NAICS code",
        "Year",
        "Number of establishments",
        "Number of employees",
    )
    told = frame("us_cbp2018_cbsa_naics/cbp2018_cbsa_naics2.csv.gz")
    told = told[told["cbsa_code"] == "44020"].set_index("naics_code")
    for code, label in (("22", "Utilities"), ("23", "Construction")):
        row = told.loc[code]
        id = KNOWN[label]
        sheet.body(["Alabama", code, label, "2018"], [
            (row["ESTAB"].removesuffix(".0"), ("establishments", "alabama", id, "2018", "count")), (row["EMP"].removesuffix(".0"), ("jobs", "alabama", id, "2018", "persons")),
        ])  # fmt: skip
    return sheet.made()


def counts_with_units() -> Table:
    sheet = Sheet("counts_with_units", "us")
    sheet.row("Number of employees by industry, 2018")
    sheet.row("(thousands of persons)")
    sheet.row("Industry", "Alabama", "Alaska")
    for label, one, other in (
        ("Utilities", 13.7, 2.1),
        ("Construction", 86.9, 16.4),
        ("Wholesale trade", 75.9, 6.6),
        ("Manufacturing", 266.4, 12.6),
    ):
        figures = [
            (value, ("jobs", id, KNOWN[label], "2018", "k persons") if label in KNOWN else None)
            for value, id in ((one, "alabama"), (other, "alaska"))
        ]
        sheet.body([label], figures)
    return sheet.made()


def europe(code: str, nace: str, year: int) -> float:
    told = frame("reat_germany/EU28.emp.csv")
    row = told[
        (told["geo"] == code) & (told["nace_r2"] == nace) & (told["time"] == f"{year}.0")
    ].iloc[0]
    return round(float(row["emp1000"]), 2)


def employed(code: str, nace: str, year: int) -> tuple[str, ...] | None:
    return ("emp", EU[code][1], nace.lower(), str(year), "k persons") if EU[code][1] else None


def eurostat_book() -> Table:
    sheet = Sheet("eurostat_book", "eu", sheet="Sheet 1")
    sheet.row("Data extracted on 27/11/2021 10:13:02 from [ESTAT]")
    sheet.row("Dataset: ", "Employment by industry [nama_10r_3empers]")
    sheet.row("Last updated: ", "22/11/2021 23:00")
    sheet.row()
    sheet.row("Time frequency", "Annual")
    sheet.row("Unit of measure", "Thousand persons")
    sheet.row("Sector", "Construction")
    sheet.row()
    sheet.row("TIME", "2014", "", "2015", "", "2016", "")
    sheet.row("GEO (Labels)", "", "", "", "", "", "")
    for code, (name, _) in EU.items():
        cells: list[tuple[object, tuple[str, ...] | None]] = []
        for year in (2014, 2015, 2016):
            if code == "BE" and year == 2016:
                cells += [(":", None), ("", None)]
            else:
                cells += [
                    (europe(code, "F", year), employed(code, "F", year)),
                    ("p" if code == "FR" else "", None),
                ]
        sheet.body([name], cells)
    sheet.row()
    sheet.row("Special value")
    sheet.row(":", "not available")
    return sheet.made()


def eurostat_sdmx() -> Table:
    sheet = Sheet("eurostat_sdmx", "eu", delimiter=",")
    sheet.row(
        "DATAFLOW",
        "LAST UPDATE",
        "freq",
        "unit",
        "nace_r2",
        "na_item",
        "geo",
        "TIME_PERIOD",
        "OBS_VALUE",
        "OBS_FLAG",
    )
    for code in ("AT", "BE", "DE", "FR"):
        for nace in NACE:
            for year in (2014, 2015):
                sheet.body(["ESTAT:NAMA(1.0)", "22/11/21 23:00:00", "A", "thousand persons", nace, "Employment", code.lower(), str(year)],
                           [(str(europe(code, nace, year)), employed(code, nace, year)), ("", None)])  # fmt: skip
    return sheet.made()


def eurostat_decimal_comma() -> Table:
    sheet = Sheet("eurostat_decimal_comma", "eu", delimiter=";")
    sheet.row("Employment (thousand persons), Germany")
    sheet.row("NACE_R2 (Labels)", *range(2010, 2017))
    for nace, label in NACE.items():
        sheet.body(
            [label],
            [
                (
                    f"{europe('DE', nace, y):,.2f}".replace(",", " ").replace(".", ","),
                    employed("DE", nace, y),
                )
                for y in range(2010, 2017)
            ],
        )
    table = sheet.made()
    answer = {
        at: (
            *key[:4],
            key[4].replace(" ", "").replace(".", "").replace(",", ".") if "," in key[4] else key[4],
            key[5],
        )
        for at, key in table.answer.items()
    }
    for at in answer:
        shown = str(table.cells[at[0]][at[1]])
        key = table.answer[at]
        answer[at] = (*key[:4], shown.replace(" ", "").replace(",", "."), key[5])
    return replace(table, answer=answer)


def sectors_over_years() -> Table:
    sheet = Sheet("sectors_over_years", "eu")
    sheet.row("Employment by industry")
    sheet.row("Unit: thousand persons")
    top = sheet.row("Region", *[cell for label in NACE.values() for cell in (label, "")])
    sheet.row("", *(["2015", "2016"] * 3))
    sheet.merge(top, 0, top + 1, 0)
    for n in range(3):
        sheet.merge(top, 1 + 2 * n, top, 2 + 2 * n)
    for code in ("AT", "DE"):
        sheet.body(
            [EU[code][0]],
            [
                (europe(code, nace, y), employed(code, nace, y))
                for nace in NACE
                for y in (2015, 2016)
            ],
        )
    return sheet.made()


def german_states() -> Table:
    sheet = Sheet("german_states", "eu", delimiter=";", encoding="utf-8-sig")
    sheet.row("Employment by region, Construction (persons)")
    sheet.row("Region", "2012", "2013", "2014")
    told = frame("reat_germany/G.regions.emp.csv")
    for place, id in (("Bayern", "bavaria"), ("Hessen", "hesse"), ("Saarland", "")):
        figures = []
        for year in (2012, 2013, 2014):
            row = told[
                (told["region"] == place)
                & (told["year"] == f"{year}.0")
                & told["industry"].str.startswith("Baugewerbe")
            ].iloc[0]
            figures.append(
                (
                    row["emp"].removesuffix(".0"),
                    ("emp", id, "f", str(year), "persons") if id else None,
                )
            )
        sheet.body([place], figures)
    return sheet.made()


LGA = {
    "Adelaide (C)": "adelaide",
    "Albany (C)": "albany",
    "Ballarat (C)": "ballarat",
    "Albury (C)": "",
}
ANZSIC = {
    "Agriculture, Forestry and Fishing": "a",
    "Mining": "b",
    "Manufacturing": "c",
    "Construction": "e",
}


def local(place: str, industry: str, year: int) -> str:
    told = frame(
        "au_lga_employment_anzsic_2011_2016/au_employment_place_of_work_lga_anzsic19.csv.gz"
    )
    row = told[
        (told["lga_pow"] == place) & (told["industry"] == industry) & (told["year"] == f"{year}.0")
    ].iloc[0]
    return str(row["employment"]).removesuffix(".0")


def census_cube() -> Table:
    sheet = Sheet("census_cube", "au", sheet="Table 1")
    sheet.row("Bureau of statistics")
    sheet.row("Table 1. Employed persons by industry, 2016")
    sheet.row("Unit: persons; number")
    sheet.table.cells[2] = ["Unit: Number"]
    sheet.row()
    sheet.row("LGA", *ANZSIC)
    for place, id in LGA.items():
        sheet.body(
            [place],
            [
                (
                    int(local(place, industry, 2016)),
                    ("employed", id, code, "2016", "persons") if id else None,
                )
                for industry, code in ANZSIC.items()
            ],
        )
    sheet.row()
    sheet.row("© Commonwealth of Australia")
    return sheet.made()


def census_two_years() -> Table:
    sheet = Sheet("census_two_years", "au")
    sheet.row("Employment by place of work (number)")
    top = sheet.row("Industry", "2011", "", "2016", "")
    sheet.row("", "Adelaide (C)", "Albany (C)", "Adelaide (C)", "Albany (C)")
    sheet.merge(top, 1, top, 2)
    sheet.merge(top, 3, top, 4)
    for industry, code in ANZSIC.items():
        sheet.body(
            [industry],
            [
                (int(local(p, industry, y)), ("hours", LGA[p], code, str(y), "persons"))
                for y in (2011, 2016)
                for p in ("Adelaide (C)", "Albany (C)")
            ],
        )
    return sheet.made()


def time_series_of_days() -> Table:
    sheet = Sheet("time_series_of_days", "au", sheet="Data1")
    sheet.row(
        "",
        "Employed persons ;  Adelaide (C) ;  Mining ;",
        "Employed persons ;  Adelaide (C) ;  Manufacturing ;",
    )
    sheet.row("Unit", "000", "000")
    sheet.row("Series Type", "Original", "Original")
    sheet.row("Data Type", "STOCK", "STOCK")
    sheet.row("Frequency", "Quarter", "Quarter")
    sheet.row("Series ID", "A84423043C", "A84423085A")
    sheet.row("Series Start", datetime(2015, 2, 1), datetime(2015, 2, 1))
    sheet.row("No. Obs", 4, 4)
    days = (date(2015, 3, 1), date(2015, 6, 1), date(2015, 9, 1), date(2015, 12, 1))
    for n, day in enumerate(days):
        period = f"2015-Q{n + 1}"
        sheet.body([datetime(day.year, day.month, day.day)], [
            (float(local("Adelaide (C)", industry, 2016)) / 10 + n, ("employed", "adelaide", code, period, "k persons"))
            for industry, code in (("Mining", "b"), ("Manufacturing", "c"))
        ])  # fmt: skip
    return sheet.made()


def codes_and_names() -> Table:
    sheet = Sheet("codes_and_names", "au", delimiter=",")
    sheet.row("LGA", "Industry", "Year", "Measure", "Value", "Unit")
    for place, id in LGA.items():
        for industry, code in ANZSIC.items():
            for year in (2011, 2016):
                sheet.body(
                    [place, industry, str(year), "Employed persons"],
                    [
                        (
                            local(place, industry, year),
                            ("employed", id, code, str(year), "persons") if id else None,
                        )
                    ],
                )
                sheet.table.cells[-1].append("persons")
    return sheet.made()


def percent_formats() -> Table:
    sheet = Sheet("percent_formats", "cn")
    sheet.row("Real growth of GDP, Heilongjiang")
    sheet.row("Year", "All industries", "Secondary industry")
    told = frame("china_provinces/province_gdp_1978_2024.csv")
    for year in range(2010, 2015):
        row = told[(told["province"] == "黑龙江省") & (told["year"] == str(year))].iloc[0]
        at = len(sheet.table.cells)
        cells: list[object] = [str(year)]
        for n, (part, industry) in enumerate((("gdp", ""), ("secondary", "secondary")), 1):
            rate = float(row[f"{part}_index"]) - 100
            sheet.table.formats[at, n] = "0.0%"
            sheet.table.answer[at, n] = (
                "gdp_growth",
                "heilongjiang",
                industry,
                str(year),
                f"{rate:.1f}",
                "%",
            )
            cells.append(round(rate / 100, 4))
        sheet.table.cells.append(cells)
    return sheet.made()


def financial_years() -> Table:
    """`2009-10` may be a month or a financial year: songhua must ask."""
    sheet = Sheet("financial_years", "au")
    sheet.row("Employed persons by industry (persons)")
    sheet.row("Industry", "2008-09", "2009-10", "2010-11", "2011-12")
    for industry in ANZSIC:
        sheet.body(
            [industry],
            [(int(local("Adelaide (C)", industry, y)), None) for y in (2011, 2016, 2011, 2016)],
        )
    sheet.table.answer[2, 1] = ("", "", "", "", "", "")
    return sheet.made()


def new_zealand_towns() -> Table:
    sheet = Sheet("new_zealand_towns", "au", delimiter=",")
    sheet.row("Area", "Industry", "Year", "Value", "Unit", "Measure")
    told = frame("nz_urban_industry_1976_2006/employment.csv.gz")
    told = told[
        told["industry"].isin(
            ["Mining", "Construction", "Coal mining", "Horticulture and fruit growing"]
        )
    ]
    for _, row in told[told["area"] == "Whangarei"].head(20).iterrows():
        sheet.body([row["area"], row["industry"], row["year"]], [(row["employment"], None)])
        sheet.table.cells[-1] += ["persons", "Employed persons"]
    for place in ("Adelaide (C)", "Albany (C)"):
        for industry in ("Mining", "Construction"):
            sheet.body(
                [place, industry, "2016"],
                [
                    (
                        local(place, industry, 2016),
                        ("employed", LGA[place], ANZSIC[industry], "2016", "persons"),
                    )
                ],
            )
            sheet.table.cells[-1] += ["persons", "Employed persons"]
    return sheet.made()


def spreadsheet_of_years() -> Table:
    return replace(bea_download(delimiter=""), name="spreadsheet_of_years")


WEST: tuple[Made, ...] = (
    bea_download, bea_table, bea_one_state, states_across, sectors_across, business_patterns, counts_with_units, eurostat_book,
    eurostat_sdmx, eurostat_decimal_comma, sectors_over_years, german_states, census_cube, census_two_years,
    time_series_of_days, codes_and_names, percent_formats, spreadsheet_of_years,
    financial_years, new_zealand_towns,
)  # fmt: skip
