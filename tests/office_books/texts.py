"""Tables as texts: SDMX-CSV, JSON-stat, Eurostat's TSV, GENESIS in Windows-1252."""

from __future__ import annotations

import json

from office_books.making import Made, separated


def sdmx_quarter_accounts() -> Made:
    """SDMX-CSV: a column for each dimension, status as a code, multiplier as a power of ten."""
    heading = (
        "DATAFLOW,FREQ,REF_AREA,ADJUSTMENT,STO,ACTIVITY,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,"
        "OBS_STATUS,UNIT_MULT,DECIMALS"
    )
    flow = "XYZ:DSD_NAMAIN1@DF_QNA(1.0)"
    rows = [
        [flow, "Q", "SE", "Y", "B1G", "_T", "EUR", "2021-Q1", "118250.4", "A", "6", "1"],
        [flow, "Q", "SE", "Y", "B1G", "_T", "EUR", "2021-Q2", "121077", "A", "6", "1"],
        [flow, "Q", "SE", "Y", "B1G", "C", "EUR", "2021-Q1", "16702.5", "A", "6", "1"],
        [flow, "Q", "SE", "Y", "B1G", "C", "EUR", "2021-Q2", "17011.9", "P", "6", "1"],
        [flow, "Q", "FI", "Y", "B1G", "C", "EUR", "2021-Q1", "8801.2", "E", "6", "1"],
        [flow, "Q", "FI", "Y", "B1G", "C", "EUR", "2021-Q2", "", "M", "6", "1"],
        [flow, "A", "FI", "N", "EMP", "C", "PS", "2020", "331.6", "B", "3", "1"],
    ]
    return "sdmx_quarter_accounts.csv", separated([heading.split(","), *rows], "utf-8")


def jsonstat_municipalities() -> Made:
    """JSON-stat 2: values in one list, last dimension fastest; one missing with its status."""
    table = {
        "version": "2.0",
        "class": "dataset",
        "label": "Employed by area, industry and year",
        "source": "Statistics Nordland",
        "updated": "2023-05-04T06:00:00Z",
        "id": ["Alue", "Toimiala", "Tiedot", "Vuosi"],
        "size": [2, 2, 1, 3],
        "role": {"time": ["Vuosi"], "geo": ["Alue"], "metric": ["Tiedot"]},
        "dimension": {
            "Alue": {
                "label": "Area",
                "category": {
                    "index": {"KU001": 1, "KU002": 0},
                    "label": {"KU001": "Koivula", "KU002": "Mäntylä"},
                },
            },
            "Toimiala": {
                "label": "Industry (TOL 2008)",
                "category": {
                    "index": ["A", "C"],
                    "label": {
                        "A": "A Agriculture, forestry and fishing (01-03)",
                        "C": "C Manufacturing (10-33)",
                    },
                },
            },
            "Tiedot": {
                "label": "Information",
                "category": {
                    "index": ["tyolliset"],
                    "label": {"tyolliset": "Employed"},
                    "unit": {"tyolliset": {"base": "persons", "decimals": 0}},
                },
            },
            "Vuosi": {"label": "Year", "category": {"index": ["2019", "2020", "2021"]}},
        },
        "value": [412, 405, 398, 1530, 1496, 1511, 95, None, 88, 640, 622, 635],
        "status": {"5": "p", "7": "..", "11": "p"},
    }
    return "jsonstat_municipalities.json", json.dumps(table, ensure_ascii=False).encode()


def eurostat_employment() -> Made:
    """Eurostat TSV: four keys in the first column, years falling, flags behind the figures."""
    rows = [
        ["unit,nace_r2,age,geo\\time", "2015 ", "2014 ", "2013 "],
        ["THS,A,Y15-64,AT11", "5.2 u", "4.9 ", ": u"],
        ["THS,A,Y15-64,AT12", "31.7 ", "31.0 b", "30.4 bu"],
        ["THS,C,Y15-64,AT11", "18.4 ", "18.1 p", ": c"],
        ["THS,C,Y15-64,AT12", "120.3 ", "119.8 ", ": "],
        ["PC,C,Y15-64,AT12", "15.6 ", "15.5 e", "15.1 "],
    ]
    return "eurostat_employment.tsv", separated(rows, "utf-8", "\t", "\n")


def genesis_population() -> Made:
    """Windows-1252, semicolons, decimal commas, a day in German notation, a note in quotes."""
    rows = [
        ["GENESIS-Tabelle: 12411-01-01-9"],
        ["Bevölkerung nach Geschlecht - Stichtag 31.12. - regionale Tiefe: Kreise"],
        ["Fortschreibung des Bevölkerungsstandes"],
        ["", "", "Stichtag", "Stichtag", "Stichtag", "Stichtag"],
        ["", "", "31.12.2021", "31.12.2021", "31.12.2021", "31.12.2021"],
        ["", "", "Insgesamt", "männlich", "weiblich", "Bevölkerungsdichte"],
        ["", "", "Anzahl", "Anzahl", "Anzahl", "Einwohner je km²"],
        ["90", "  Nordmark", "835.310", "409.493", "425.817", "184,9"],
        ["90001", "      Grünstadt, kreisfreie Stadt", "84.306", "41.809", "42.497", "1.487,25"],
        ["90002", "      Möhrenfeld, Landkreis", "133.208", "66.021", "67.187", "96,1"],
        ["90003", "      Süderau, Landkreis (bis 2020)", "-", "-", "-", "."],
        ["__________"],
        ["Ab 2011: Ergebnisse auf Grundlage\ndes Zensus 2011."],
        ["© Statistisches Amt Nordmark, 2022"],
        ["Stand: 10.07.2022 / 16:44:50"],
    ]
    return "genesis_population.csv", separated(rows, "cp1252", ";", "\n")
