"""Accounts: jobs by industry say what is likely of value added, by their quotient alone."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import songhua
from account_region import printed, region
from close import assert_close
from songhua.maths.accounts import LogRatio, prior
from songhua.region import Region
from songhua.region.observations import Observation
from songhua.studies.accounts.ledger import ledger
from songhua.studies.accounts.nation import Nation
from songhua.studies.accounts.quotients_beside import quotients_beside, series_beside
from songhua.studies.series import Figures

HERE = {"all": 100.0, "primary": 10.0, "goods": 30.0, "services": 60.0}
LAND = {"all": 1000.0, "primary": 200.0, "goods": 300.0, "services": 500.0}
#: The nation's value added by sector, as in the table of `region`.
PARTS = {"primary": 40 / 300, "goods": 140 / 300, "services": 120 / 300}


def with_jobs(name: str = "staff", measure: str = "employment") -> Region:
    here = region()
    jobs = {"unit": "persons", "form": "level", "measure": measure}
    return replace(here, indicators={**here.indicators, name: jobs})


def jobs(name: str, place: str, year: int, counts: dict[str, float]) -> list[Observation]:
    return [
        Observation.of(
            name, str(year), f"{count:.0f}", industry=industry, region=place, unit="persons",
            form="level", ids=(f"{place}-{year}-{industry}",),
        )
        for industry, count in counts.items()
    ]  # fmt: skip


def told(here: Region, *figures: Observation, year: int = 2020) -> dict[str, LogRatio]:
    """The readings of jobs, by the sector."""
    found = quotients_beside(
        here, figures, Nation.of(here), prior.load(), year, 0.1, frozenset[str]()
    )
    return {one.observation.industry: one.likely for one in found if one.likely is not None}


@pytest.mark.parametrize("name", ["staff", "city_jobs", "x"])
def test_a_quotient_is_read_whatever_the_indicator_is_called(name: str) -> None:
    here = with_jobs(name)
    found = told(here, *jobs(name, "here", 2020, HERE), *jobs(name, "land", 2020, LAND))
    assert set(found) == set(PARTS)
    model = prior.load().jobs
    for sector, kind in (("primary", "primary"), ("services", "services")):
        log_jobs = math.log(HERE[sector] / 100 / (LAND[sector] / 1000))
        middle, sd = model.value_added(kind, log_jobs, PARTS[sector], 0.1)
        assert_close(found[sector].mean, math.log(PARTS[sector]) + middle, rtol=1e-9)
        assert_close(found[sector].sd, sd, rtol=1e-9)
    assert found["goods"].of == {("value_added", "food"): 1, ("value_added", "tools"): 1}


def test_other_measures_say_nothing() -> None:
    here = with_jobs("staff", "unemployment")
    assert not told(here, *jobs("staff", "here", 2020, HERE), *jobs("staff", "land", 2020, LAND))


def test_jobs_of_another_year_say_less() -> None:
    here = with_jobs()
    now, then = (
        told(here, *jobs("staff", "here", year, HERE), *jobs("staff", "land", year, LAND))
        for year in (2020, 2015)
    )
    kinds = {"primary": "primary", "goods": "manufacturing", "services": "services"}
    for sector, one in now.items():
        _, drift = prior.load().earlier.value_added(kinds[sector], 0, PARTS[sector], 0.1, years=5)
        assert then[sector].mean == one.mean
        assert_close(then[sector].sd, math.hypot(one.sd, drift), rtol=1e-9)
    both = [
        *jobs("staff", "here", 2015, HERE), *jobs("staff", "land", 2015, LAND),
        *jobs("staff", "here", 2019, HERE), *jobs("staff", "land", 2019, LAND),
    ]  # fmt: skip
    nearest = series_beside(here, both, Nation.of(here), 2020)
    assert nearest is not None
    assert nearest.year == 2019


def test_the_larger_area_must_hold_the_same_year() -> None:
    here = with_jobs()
    assert not told(here, *jobs("staff", "here", 2020, HERE), *jobs("staff", "land", 2019, LAND))
    assert not told(here, *jobs("staff", "here", 2020, HERE))


def test_the_area_that_a_region_lies_in_makes_its_sizes_likely() -> None:
    """Of value added of an area and of its nation; a seat differs from its area as seats do."""
    here = with_jobs("added", "value_added")
    here = replace(here, places={**here.places, "county": {"role": "parent"}})
    added = {"unit": "m EUR", "form": "level", "measure": "value_added", "basis": "current"}
    here = replace(here, indicators={**here.indicators, "added": added})
    figures = [*jobs("added", "county", 2020, HERE), *jobs("added", "land", 2020, LAND)]
    assert not told(here, *figures)
    within = told(replace(here, within="county"), *figures)
    model = prior.load().areas
    quotient = math.log(HERE["services"] / 100 / (LAND["services"] / 1000))
    middle, sd = model.value_added("services", quotient, PARTS["services"], 0.1)
    assert_close(within["services"].mean, math.log(PARTS["services"]) + middle, rtol=1e-9)
    assert_close(within["services"].sd, sd, rtol=1e-9)
    own_table = replace(here.tables["land"], region="county")
    assert not told(replace(here, within="county", tables={"land": own_table}), *figures)
    seat = told(replace(here, within="county", kind="seat", code="cn-here"), *figures)
    assert seat["services"].mean != within["services"].mean


def test_harbin_stands_on_its_province() -> None:
    here = songhua.open(songhua.example("harbin")).region
    assert (here.within, here.kind) == ("heilongjiang", "seat")
    found = ledger(Figures(here, None), Nation.of(here), prior.load(), 2020)
    read = {one.observation.industry: one for one in found.in_use if one.how == "area_quotient"}
    assert len(read) == 32
    finance = read["sector-financial"].likely
    assert finance is not None
    cells = here.figures.cells.select(indicator="sector_product").frame
    sizes = cells.set_index(["region", "industry"])["number"]
    shares = [
        sizes[place, "sector-financial"] / sizes[place, "all"]
        for place in ("heilongjiang", "china")
    ]
    nation = Nation.of(here)
    part = nation.value_added[nation.codes.index("finance")] / nation.value_added.sum()
    middle, _ = prior.load().seats.value_added(
        "services", math.log(shares[0] / shares[1]), part, 0.005, country="china", section="J"
    )
    assert_close(finance.mean, math.log(part) + middle, rtol=1e-9)


def test_jobs_counted_in_part_say_less() -> None:
    """The table of parts gives an industry less of a code's jobs than of its value added."""
    here = with_jobs()
    table = replace(here.tables["land"], parts=pd.DataFrame({
        "industry": ["services", "services"], "code": ["trade", "trade"],
        "measure": ["", "employment"], "low": [1.0, 0.0], "high": [1.0, 1.0],
        "basis": "definition",
    }))  # fmt: skip
    figures = [*jobs("staff", "here", 2020, HERE), *jobs("staff", "land", 2020, LAND)]
    whole, some = told(here, *figures), told(replace(here, tables={"land": table}), *figures)
    for sector, one in whole.items():
        assert_close(some[sector].mean, one.mean, rtol=1e-9)
        assert some[sector].sd > one.sd


def test_the_ledger_says_how_jobs_are_read() -> None:
    here = with_jobs()
    figures = [
        printed("gdp", "level", 30.0, "all"), printed("gdp", "level", 12.0, "goods"),
        *jobs("staff", "here", 2020, HERE), *jobs("staff", "land", 2020, LAND),
    ]  # fmt: skip
    found = ledger(Figures.of(here, figures), Nation.of(here), prior.load(), 2020)
    by = {one.observation.id: one for one in found.readings}
    assert by["here-2020-services"].how == "jobs_quotient"
    assert set(by["here-2020-services"].ids) == {
        "here-2020-services", "here-2020-all", "land-2020-services", "land-2020-all"
    }  # fmt: skip
    # of goods the size itself is printed
    assert (by["here-2020-goods"].how, by["here-2020-goods"].reason) == ("none", "no_cells")
    assert all(one.observation.region == "here" for one in found.readings)


def test_services_of_harbin_are_narrower_by_jobs_of_sections() -> None:
    """Each section of which nothing else is printed is nearer to its jobs than without them."""
    here = songhua.open(songhua.example("harbin")).region
    found = ledger(Figures(here, None), Nation.of(here), prior.load(), 2020)
    read = {one.observation.industry: one for one in found.in_use if one.how == "jobs_quotient"}
    assert len(read) == 19
    finance = read["section-j"].likely
    assert finance is not None
    assert finance.of == {("value_added", "finance"): 1}
    # two sections of one code stand together
    assert read["section-p"].likely == read["section-q"].likely
    jobs_ = here.figures.cells.frame[here.figures.cells.frame["indicator"] == "city_jobs"]
    cells = jobs_.set_index(["region", "industry", "period"])["number"]
    quotient = np.log(
        cells["harbin", "section-j", "2019"] / cells["harbin", "all", "2019"]
        / (cells["cities-jobs", "section-j", "2019"] / cells["cities-jobs", "all", "2019"])
    )  # fmt: skip
    nation = Nation.of(here)
    part = nation.value_added[nation.codes.index("finance")] / nation.value_added.sum()
    share = 518380 / nation.value_added.sum()
    middle, _ = prior.load().jobs.value_added("services", quotient, part, share, whole=False)
    assert_close(finance.mean, math.log(part) + middle, rtol=1e-9)
