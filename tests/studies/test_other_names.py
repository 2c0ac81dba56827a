"""One quantity under two names: every common figure compared, and nowhere chosen unseen."""

from __future__ import annotations

import math
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import songhua
from close import assert_close
from songhua.checks.indicators import names_fit
from songhua.labels import parse_period
from songhua.maths.bounds import Interval
from songhua.maths.odds import Forecast
from songhua.plan.vocabulary import NoOdds
from songhua.region import Region
from songhua.region.observations import Figure, Observation
from songhua.results import read_rows
from songhua.session import Run
from songhua.studies.diagnose.conflicts import Conflict, conflicts
from songhua.studies.diagnose.growth_rates import growth_rates
from songhua.studies.diagnose.peer_figures import PeerFigure
from songhua.studies.diagnose.peers import peers
from songhua.studies.diagnose.system import IndustrySize, industry_sizes
from songhua.studies.other_names import by_other_names, common_figures, undeclared
from songhua.studies.series import Figures
from songhua.studies.series_or_panels import own_levels
from songhua.studies.track.assessment import assess
from songhua.studies.track.department_reports import Reports
from songhua.studies.track.examples import HOME, town, town_target
from songhua.studies.track.measurement import Measurement
from songhua.studies.track.probability import Odds, target_forecast, target_odds

LEVEL = {"unit": "10k persons", "form": "level", "measure": "population"}
RATE = {"unit": "%", "form": "growth", "measure": "value_added"}
OTHER = "city_growth"


def small(
    rows: list[tuple[str, str, str, str]], cells: list[tuple[str, str, str, float]]
) -> Figures:
    """Observations and cells of a region and another that it is compared with."""
    indicators = {
        "people": LEVEL, "city_people": {**LEVEL, "unit": "persons", "same_as": "people"},
        "growth": RATE, OTHER: {**RATE, "same_as": "growth"},
    }  # fmt: skip
    frame = pd.DataFrame(cells, columns=["indicator", "region", "period", "number"])
    frame = frame.assign(industry="all", low=frame["number"], high=frame["number"])
    region = Region.of(
        "here", indicators=indicators, panels=frame, places={"there": {"role": "comparison"}}
    )
    observed = [
        Observation.of(
            name, period, printed, region=place, form=str(indicators[name]["form"]),
            unit=str(indicators[name]["unit"]), ids=(f"{name}-{place}-{period}",),
        )
        for name, place, period, printed in rows
    ]  # fmt: skip
    return Figures.of(region, observed)


def test_figures_of_two_units_are_compared_within_what_print_leaves() -> None:
    printed = [("people", "here", "2020", "50.1"), ("people", "here", "2010", "50.1")]
    cells = [("city_people", "here", "2020", 501_400.0), ("city_people", "here", "2010", 502_000.0)]
    figures = small(printed, cells)
    rows = common_figures(figures).set_index("period")
    assert rows["other_value"].to_dict() == pytest.approx({"2020": 50.14, "2010": 50.2})
    assert rows["differs"].to_dict() == {"2020": False, "2010": True}
    [(name, turned)] = by_other_names(figures, "city_people")
    assert name == "people"
    assert turned["other_value"].tolist() == pytest.approx([501e3, 501e3])
    tables, findings = conflicts(figures)
    [row] = read_rows(tables["conflicts"], Conflict)
    assert (row.code, row.indicator, row.other) == ("names_differ", "people", "city_people")
    assert_close([row.value, row.other_value], [50.1, 50.2])
    [one] = findings
    assert (one.params["n"], one.params["of"], one.params["periods"]) == (1, 2, ["2010"])


def test_a_rate_is_judged_by_another_name_where_its_own_ends_early() -> None:
    region, plan = town(as_of="2026-06-30")
    entry = {**region.indicators["gdp_growth"], "same_as": "gdp_growth"}
    region = replace(region, indicators={**region.indicators, OTHER: entry})
    rows = [
        Observation.of(name, str(year), f"{rate:.1f}", region=HOME, form="growth", unit="%")
        for name, years in (("gdp_growth", range(2021, 2023)), (OTHER, range(2021, 2026)))
        for year, rate in zip(years, (9.0, 8.0, 3.0, 2.0, 2.0), strict=False)
    ]
    target, day = town_target("5 % a year", "gdp_growth").entry, date(2026, 6, 30)
    own, both = (
        assess(target, Figures.of(region, some), plan, day, Reports(())).row
        for some in (rows[:2], rows)
    )
    assert (own.progress_class, own.missing, own.measured_by) == ("no_data", "no_outcome", "")
    assert (both.progress_class, both.basis, both.measured_by) == ("missed", "same_quantity", OTHER)
    assert str(both.latest_period) == "2021..2025"


def test_a_rank_says_what_it_would_be_with_the_other_names_figures() -> None:
    rates = {"here": (10.0, 10.2, 6.0), "there": (8.0, 8.0, 8.0)}
    cells = [
        (OTHER, place, str(2014 + at), rate)
        for place, some in rates.items() for at, rate in enumerate(some)
    ]  # fmt: skip
    figures = small([("growth", "here", "2015", "7.1"), ("growth", "here", "2016", "6.0")], cells)
    tables, findings = peers(figures)
    rows = {(r.region, r.form): r for r in read_rows(tables["peers"], PeerFigure)}
    own = rows["here", "average_growth"]
    assert (own.rank.value, own.other, own.other_rank.value) == (1.0, "growth", 2.0)
    assert own.other_value == pytest.approx(((1.071 * 1.06) ** (1 / 2) - 1) * 100)
    assert rows["here", "growth"].other == rows["there", "average_growth"].other == ""
    [told] = [one for one in findings if one.code == "rank_other_name"]
    assert (told.params["rank"], told.params["other_rank"]) == ("1", "2")


def test_a_level_is_not_set_against_one_of_another_vintage() -> None:
    cells = [
        ("city_people", place, year, number)
        for place in ("here", "there") for year, number in (("2010", 4e5), ("2020", 5e5))
    ]  # fmt: skip
    tables, findings = peers(small([("people", "here", "2020", "60.0")], cells))
    rows = {(r.region, r.form): r for r in read_rows(tables["peers"], PeerFigure)}
    assert_close(rows["here", "level"].other_value, 6e5)
    growth = rows["here", "average_growth"]
    assert growth.other == "people"
    assert math.isnan(growth.other_value)
    codes = [one.code for one in findings]
    assert codes == ["ranks_beside", "rank_other_name", "rank_other_name_open"]


def odds(own: dict[int, float], other: dict[int, float], same_as: str = "gdp_growth") -> Odds:
    """The odds of 5 % a year over 2021 to 2025, in 2023, by growth under two names."""
    region, _ = town()
    entry = {**region.indicators["gdp_growth"], "same_as": same_as}
    region = replace(region, indicators={**region.indicators, OTHER: entry})
    rows = [
        Observation.of(name, str(year), f"{rate:.1f}", region=HOME, form="growth", unit="%")
        for name, some in (("gdp_growth", own), (OTHER, other)) for year, rate in some.items()
    ]  # fmt: skip
    latest = Figure.point(parse_period("2021..2023"), 4.0)
    measured = Measurement(latest=latest, accepted=Interval(5.0, math.inf), rates=(4.0,) * 3)
    target = town_target("5 % a year", "gdp_growth")
    figures = Figures.of(region, rows)
    found = target_odds(target, figures, measured, 6.5, 2.0, 0)
    if found.made_from:
        by = target_forecast(target.under(OTHER), figures, measured, 6.5, 2.0, 0)
        assert isinstance(found.forecast, Forecast)
        assert isinstance(by, Forecast)
        assert found.forecast.probability == by.probability
    return found


def test_odds_that_too_few_years_refuse_are_made_under_the_other_name() -> None:
    years = {year: 5.0 + year % 3 for year in range(2008, 2024)}
    own = {year: years[year] for year in range(2020, 2024)}
    alike = odds(own, years)
    assert (alike.made_from, alike.other_name, alike.differ) == (OTHER, "", 0)
    differs = odds(own | {2022: 9.5}, years)
    assert (differs.made_from, differs.other_name, differs.common, differs.differ) == (
        OTHER, "gdp_growth", 4, 1,
    )  # fmt: skip
    assert alike.forecast is not None
    assert differs.forecast is not None
    assert differs.forecast.probability == alike.forecast.probability != differs.probability
    apart = odds(own, years, same_as="")
    assert (apart.forecast, apart.no_odds) == (None, NoOdds.FEW_YEARS)
    # Enough years of its own: the odds are its own, and the other name is told of beside.
    both = odds(years, years | {2015: 1.0})
    assert isinstance(both.forecast, Forecast)
    assert (both.made_from, both.other_name, both.common, both.differ) == ("", OTHER, 16, 1)


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({**RATE, "same_as": OTHER}, "same_as_itself"),
        ({**LEVEL, "same_as": "growth"}, "same_as_unlike"),
        ({**RATE, "same_as": "growth", "not_comparable": ["growth"]}, "same_as_not_comparable"),
        ({**RATE, "same_as": "growth"}, None),
    ],
)
def test_two_names_are_of_one_kind(entry: dict[str, object], code: str | None) -> None:
    region = Region.of("here", indicators={"growth": RATE, OTHER: entry})
    assert [one.code for one in names_fit(region)] == ([code] if code else [])


def test_each_pair_of_names_in_the_cases_is_said_to_be_one_or_not(
    harbin: Run, washington: Run
) -> None:
    for run in (harbin, washington):
        assert undeclared(Figures(run.region, run.plan)) == []


def test_harbins_growth_stands_in_conflict_where_bulletin_and_panel_differ(harbin: Run) -> None:
    result = harbin.results["diagnose"]
    rows = [
        row for row in read_rows(result.tables["conflicts"], Conflict)
        if row.code == "names_differ" and row.indicator == "gdp_growth_real"
    ]  # fmt: skip
    found = {str(row.period): (row.value, row.other_value) for row in rows}
    assert found == {
        "2003": (13.5, 10.4), "2008": (13.2, 10.7), "2011": (12.3, 11.5), "2012": (10.0, 9.1),
        "2013": (8.9, 10.1), "2015": (7.1, 10.2),
    }  # fmt: skip
    sources = [harbin.region.source_of(id) for row in rows[-1:] for id in row.observations]
    assert sources == ["bkwk-2015", "city-product-index"]
    told = [one.params for one in result.findings if one.code == "names_differ"]
    assert [(one["indicator"], one["n"], one["of"]) for one in told] == [
        ("gdp", 4, 23), ("gdp_growth_real", 6, 10),
    ]  # fmt: skip


def test_odds_come_from_another_name_and_say_what_this_one_would_give(tmp_path: Path) -> None:
    """Harbin's plan of 2021 to 2025 before the growth of 2024 and 2025 was printed."""
    folder = tmp_path / "harbin"
    shutil.copytree(songhua.example("harbin"), folder)
    economy = folder / "observations/economy.csv"
    later = (",bulletin-2025,", ",harbin-growth-2024,")
    rows = economy.read_text(encoding="utf-8").splitlines(keepends=True)
    known = [row for row in rows if not any(source in row for source in later)]
    economy.write_text("".join(known), encoding="utf-8")
    plan = songhua.open(folder).run("track").tables["targets"].set_index("target").loc["gdp-plan"]
    assert (plan["no_odds"], plan["odds_from"]) == ("", "city_product_growth")
    assert (plan["odds_other"], plan["odds_differ"]) == ("gdp_growth_real", 6)
    assert 0 < plan["probability_other"] < plan["probability"] < 0.01


def test_a_view_of_a_day_compares_what_was_known() -> None:
    figures = small([("growth", "here", "2020", "7.1")], [(OTHER, "here", "2020", 9.0)])
    assert len(common_figures(figures)) == 1
    seen = replace(figures.region, as_of=date(2020, 6, 1))
    assert common_figures(Figures.of(seen, [*figures.observations])).empty


def releases(newer: int = 2022) -> Region:
    """One quantity in two releases: printed for 2016 and 2017, in a panel also for 2021."""
    kind = {"unit": "bn EUR", "form": "level", "measure": "value_added", "basis": "current"}
    split = {"parent": "all", "partition": "goods"}
    rows = [
        {"indicator": name, "region": "here", "industry": industry, "period": period,
         "value": f"{n}", "number": n, "low": n, "high": n, "unit": "bn EUR", "kind": "actual",
         "known": pd.Timestamp(day), "source": name}
        for name, day, years in (
            ("gdp", "2018-05-04", {"2016": (100, 40, 60), "2017": (106, 44, 62)}),
            ("gdp_new", f"{newer}-09-30", {"2016": (100, 40, 60), "2017": (107, 45, 62),
                                           "2020": (150, 60, 90), "2021": (180, 80, 100)}),
        )
        for period, levels in years.items()
        for industry, n in zip(("all", "food", "tools"), levels, strict=True)
    ]  # fmt: skip
    frame = pd.DataFrame(rows)
    return Region.of(
        "here",
        indicators={"gdp": kind, "gdp_new": {**kind, "same_as": "gdp"}},
        industries={"food": split, "tools": split},
        observations=frame[frame.indicator == "gdp"],
        panels=frame[frame.indicator != "gdp"],
    )


@pytest.mark.parametrize(("newer", "of_2017"), [(2022, ("gdp_new", 7.0)), (2017, ("gdp", 6.0))])
def test_of_two_releases_the_newest_that_has_both_ends_gives_the_contributions(newer, of_2017):
    figures = Figures(releases(newer), None)
    rows = growth_rates(figures)[0]["growth_contributions"]
    whole = rows[rows.industry == "all"].set_index("period")
    name, growth = whole.loc["2017", ["indicator", "growth"]]
    assert (name, round(growth, 9)) == of_2017
    assert whole.indicator["2021"] == "gdp_new"
    assert round(whole.growth["2021"], 9) == 20.0
    assert set(whole.index) == {"2017", "2021"}
    size = next(
        industry_sizes(
            figures.region,
            [
                *figures.regional.select(industry="food"),
                *own_levels(figures).select(industry="food"),
            ],
            IndustrySize("leading", "food"),
        )
    )
    assert (size.indicator, str(size.period), size.value.value) == ("gdp_new", "2021", 80.0)
