"""Accounts over the years: which years have enough print, and a row for each industry and year."""

from __future__ import annotations

from dataclasses import replace

import pytest

import account_region
import songhua
from songhua import Run, results
from songhua.document.studies import of_study
from songhua.format.view import View
from songhua.labels import parse_period
from songhua.render import fragment
from songhua.results import Estimate, Result, table
from songhua.studies.accounts import years
from songhua.studies.accounts.account_findings import findings
from songhua.studies.accounts.accounts import Accounts
from songhua.studies.accounts.rows import IndustryYear
from songhua.studies.accounts.years import accounts_by_year, industry_years, printed_industries


def test_a_year_needs_the_whole_and_three_industries_of_its_own() -> None:
    session = songhua.open(songhua.example())
    made = Accounts.of(session.region, session.plan, 2022)
    found = accounts_by_year(made)
    assert [one.year for one in found] == [*range(2017, 2024)]  # nothing is held of later years
    assert [one.year for one in found if len(printed_industries(one)) > 3] == [2019, 2020, 2021]


def test_a_row_for_each_industry_and_year(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = account_region.printed
    figures = [printed("gdp", "level", 30, "all"), printed("gdp", "level", 3, "primary")]
    made = account_region.made(*figures)
    monkeypatch.setattr(years, "accounts_by_year", lambda one: [one, replace(one, year=2021)])
    rows = list(industry_years(made))
    assert {(str(one.period), one.series) for one in rows} == {("2020", "gdp"), ("2021", "gdp")}
    here = {one.industry: one for one in rows if str(one.period) == "2020"}
    assert here["primary"].printed == 3
    assert here["primary"].share.value == pytest.approx(10, abs=0.5)
    goods = here["goods"].share
    assert 0 < goods.low < goods.value < goods.high < 100
    assert {one.value.kind for one in rows} == {"interval"}


def _row(year: int, series: str, share: float) -> IndustryYear:
    return IndustryYear(
        "", "food", parse_period(str(year)), series, "m EUR", 2.0 if year == 2020 else float("nan"),
        0.0, 9.0, Estimate.drawn(1, 2, 3), Estimate.drawn(share - 1, share, share + 1), (),
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_screen_shows_first_and_last_and_what_lies_between(lang: str) -> None:
    rows = [_row(2019, "gdp", 11), _row(2020, "gdp", 13), _row(2021, "gdp", 12)]
    made = {name: table("accounts", name, []) for name in results.tables("accounts")}
    made["years"] = table("accounts", "years", rows)
    region = account_region.region()
    run = Run(region, None, {"accounts": Result("accounts", made)})
    text = fragment(View.of(run, lang), of_study(View.of(run, lang), "accounts"), "text")
    assert "11 (10 … 12)" in text.replace("（", " (").replace("）", ")")
    assert "▁█▅" in text


def test_years_of_two_series_are_said_not_to_compare() -> None:
    made = account_region.made(account_region.printed("gdp", "level", 30, "all"))
    tables = {name: table("accounts", name, []) for name in results.tables("accounts")}
    for series, code in (("gdp", "accounts_years"), ("output", "accounts_years_of_series")):
        rows = [_row(2020, "gdp", 13), _row(2021, series, 12)]
        given = results.Result("accounts", tables | {"years": table("accounts", "years", rows)})
        found = findings(made, given)
        assert [one.params["n"] for one in found if one.code == code] == [2]
