"""Each period and each unit printed in a collection of published sheets, and how it is read."""

from __future__ import annotations

import csv
import re

import pytest

from shared import DATA
from songhua.grammar.period_runs import read_periods
from songhua.reading.crosstabs.printed_units import printed_units
from songhua.reading.sheets.numbers import read_number

_SHEETS = DATA / "spreadsheets"
_CURRENCIES = frozenset({"USD", "CNY", "EUR", "GBP", "INR", "BRL", "RUB"})
pytestmark = pytest.mark.shared("spreadsheets")

# Texts that stand for themselves (2019, 2018-06, 1978-12-31) and years with 年 need no line.
_PERIODS = {
    "1951-52": "financial_year",
    "1952-53": "financial_year",
    "1959-60": "financial_year",
    "2012 Jan": "2012-01",
    "Feb": "year_missing",
    "2019年第一季度": "2019-Q1",
    "2019年第四季度": "2019-Q4",
    "2020年第一季度": "2020-Q1",
    "2021年第四季度": "2021-Q4",
    "2022年第一季度": "2022-Q1",
    "2020年1月": "2020-01",
    "2020年2月": "2020-02",
    "2020年3月": "2020-03",
    "2020年4月": "2020-04",
    "2021年3月": "2021-03",
    "2021年4月": "2021-04",
    "2021年5月": "2021-05",
    "2023 Q1": "2023-Q1",
    "31.12.2020": "2020-12-31",
    "31.12.2021": "2021-12-31",
    "January 2017": "2017-01",
    "February 2017": "2017-02",
    "April 1, 2010 Census": "other",
}
# As `unit`, `scale …` before an indicator's own, `…=100` for an index, and `%, …` for a change.
_UNITS = {
    "%": "%", "％": "%", "Percent": "%", "000": "scale k", "000 Hours": "k hour", "THS": "scale k",
    "1978年=100": "1978=100", "上年=100": "previous_year=100", "上年同月=100": "previous_year=100",
    "女=100": "女=100", "base 100 en 2015": "2015=100", "Quantity index": "=100",
    "Anzahl": "scale ", "Dollars": "USD", "EUR_HAB": "EUR per persons", "MIO_EUR": "m EUR",
    "Mil Reais": "k BRL", "Millions of chained 2012 dollars": "m USD@2012",
    "Millions of current dollars": "m USD", "Millions of dollars": "m USD",
    "Thousands of chained 2012 dollars": "k USD@2012", "Thousands of dollars": "k USD",
    "Number of persons": "persons", "Pessoas": "persons", "persons": "persons", "人": "persons",
    "PCH_PRE": "%, previous_period", "thousands": "scale k", "млрд.рублей": "bn RUB",
    "万人": "10k persons", "万人次": "10k visits", "万元": "10k CNY", "亿元": "100m CNY", "元": "CNY",
    "万吨": "10k t", "万吨标准煤": "10k tce", "万平方米": "10k m2", "个": "count", "台": "count",
    "座": "count", "户": "count", "-": "", "matrimonios": "", "hdr": "",
}  # fmt: skip
_NOT_OF_THE_SHEET = re.compile(r"see variable line|unit rows|\(not .*|.*file name.*")


def _texts(column: str) -> list[str]:
    with (_SHEETS / "cells.csv").open(encoding="utf-8-sig") as lines:
        return sorted({row[column] for row in csv.DictReader(lines)})


def _printed(text: str) -> str:
    text = re.sub(r"^\((?:title: )(.*)\)$", r"\1", text)
    text = re.sub(r"^in key \((.*)\)$|^(THS) in key$", r"\1\2", text)
    return re.sub(r" \(line 3;.*", "", text).replace(" | ", " ").strip()


def test_periods_of_published_sheets():
    read = {}
    for text in _texts("period"):
        printed = _printed(text)
        if printed and not printed.startswith("(") and "(" not in printed:
            reading = read_periods([printed])[0]
            read[printed] = reading.period or reading.reason
    plain = {text: re.sub("年$", "", text) for text in read}
    assert _PERIODS.keys() <= read.keys()
    assert read == {text: _PERIODS.get(text, plain[text]) for text in read}


def test_units_of_published_sheets():
    read = {}
    for text in map(_printed, _texts("unit_as_said")):
        if not _NOT_OF_THE_SHEET.fullmatch(text):
            first = next(iter(printed_units(text, _CURRENCIES)), None)
            read[text] = "" if first is None else _as_line(first)
    assert read == {text: _UNITS.get(text) for text in read}


def _as_line(printed) -> str:
    if printed.base is not None:
        return f"{printed.base}=100"
    if printed.scale is not None:
        return f"scale {printed.scale}"
    return ", ".join(filter(None, (printed.unit, printed.change)))


@pytest.mark.parametrize(
    ("name", "separator", "labels"),
    [
        ("eurostat_employment_nace_nuts2.tsv", "\t", 1),
        ("eurostat_gdp_nuts3_2023.tsv", ",", 3),
        ("eurostat_gva_growth_nuts2.tsv", "\t", 1),
        ("eurostat_unemployment_nuts2_old.tsv", "\t", 1),
    ],
)
def test_every_cell_of_a_table_with_flags_is_a_number_or_says_why_not(name, separator, labels):
    lines = (_SHEETS / "files" / name).read_text("utf-8").splitlines()[1:]
    cells = {cell.strip() for line in lines for cell in line.split(separator)[labels:]}
    assert [cell for cell in cells if read_number(cell) is None] == []
    flagged = [cell for cell in cells if re.search(r"[a-z]$", cell)]
    assert all(read_number(cell).status for cell in flagged)
