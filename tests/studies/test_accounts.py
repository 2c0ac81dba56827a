"""Accounts: every figure read or listed, the truth within its bounds, what contradicts named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

import songhua
from account_region import CODES, NATION, land, ledger_of, made, printed, region
from close import assert_close
from small import HEADING, write
from songhua.errors import SonghuaError
from songhua.maths.accounts import prior
from songhua.maths.accounts.fault_kinds import SampleUnmixed
from songhua.results import Result
from songhua.studies import registry
from songhua.studies.accounts.accounts import Accounts
from songhua.studies.accounts.finding_kinds import AccountsAboveTable
from songhua.studies.accounts.ledger import LISTED, ledger
from songhua.studies.accounts.nation import Nation
from songhua.studies.accounts.study import accounts
from songhua.studies.accounts.totals import account_year, has_total, no_total
from songhua.studies.series import Figures


@pytest.mark.parametrize("seed", range(12))
def test_the_truth_lies_within_its_bounds(seed: int) -> None:
    rng = Random(seed)
    added = {code: size * rng.uniform(0.05, 0.5) for code, size in zip(CODES, NATION, strict=True)}
    output = {code: value * rng.uniform(1.7, 2.3) for code, value in added.items()}
    total = sum(added.values())
    sums = {"goods": added["food"] + added["tools"], "all": total}
    figures = [
        printed("gdp", "level", sums["all"], "all"),
        printed("gdp", "level", sums["goods"], "goods"),
    ]
    share = rng.choice(CODES)
    figures.append(printed("share", "share", added[share] / total * 100, share))
    some = rng.choice(CODES)
    figures.append(printed("output", "level", output[some], some))
    found = made(*figures)
    assert not found.conflicts
    truth = {("value_added", code): value for code, value in added.items()}
    truth |= {("output", code): value for code, value in output.items()}
    for bounds in (found.certain, found.assumed):
        for one in bounds:
            assert one.low - 1e-6 <= truth[one.cell] <= one.high + 1e-6


def test_a_sum_that_cannot_hold_is_named_with_the_least_change() -> None:
    found = made(
        printed("gdp", "level", 100.0, "all"), printed("gdp", "level", 30.0, "goods"),
        printed("gdp", "level", 20.0, "food"), printed("gdp", "level", 12.0, "tools"),
    )  # fmt: skip
    [one] = found.conflicts
    assert one.stage == "print"
    assert {name: round(by, 6) for name, by in one.contradiction.changes.items()} == dict.fromkeys(
        ["gdp-goods", "gdp-food", "gdp-tools"], 1.85
    )  # 32 less 30, less the rounding of three
    assert all(bound.low <= bound.high for bound in found.assumed)  # reconciled, not refused


def test_a_firm_is_a_floor_of_its_industry() -> None:
    firm = printed("output", "level", 9.0, "tools", entity="plant")
    found = made(printed("gdp", "level", 100.0, "all"), firm)
    [bound] = [one for one in found.certain if one.cell == ("output", "tools")]
    assert round(bound.low, 6) == 8.95
    assert [one.how for one in found.ledger.in_use] == ["level", "floor"]


def test_what_is_not_used_says_why() -> None:
    figures = (
        printed("gdp", "level", 100.0, "all"), printed("growth", "growth", 5.0, "food"),
        printed("gdp", "level", 9.0, "food", vintage="first"),
        printed("gdp", "level", 9.0, "tools", scope="large firms"),
        printed("output", "level", 9.0, "all", entity="plant"),
    )  # fmt: skip
    reasons = {
        (r.observation.indicator, r.observation.industry): r.reason
        for r in ledger_of(*figures).readings
        if not r.is_used
    }
    assert reasons == {
        ("growth", "food"): "growth_alone", ("gdp", "food"): "other_vintage",
        ("gdp", "tools"): "other_scope", ("output", "all"): "no_industry",
    }  # fmt: skip


def test_what_has_no_place_in_the_cells_is_listed_and_stops_nothing() -> None:
    figures = (
        printed("gdp", "level", 100.0, "all"), printed("gdp", "level", -3.0, "food"),
        replace(printed("output", "level", 7.0, "tools"), unit="t"),
        replace(printed("share", "share", 0.2, "trade"), unit="x"),
    )  # fmt: skip
    found = made(*figures)
    reasons = {
        one.observation.industry: one.reason for one in found.ledger.readings if not one.is_used
    }
    assert reasons == {"food": "below_nought", "tools": "other_unit", "trade": "other_unit"}
    assert len(found.certain) == 8


def test_where_everything_is_printed_nothing_is_sampled() -> None:
    sizes = dict(zip(CODES, (10.0, 20.0, 30.0, 40.0), strict=True))
    figures = [printed("gdp", "level", value, code) for code, value in sizes.items()]
    found = made(printed("gdp", "level", 100.0, "all"), *figures)
    assert found.draws is not None
    middles = np.median(found.draws.measure("value_added", CODES), axis=1)
    assert (abs(middles - list(sizes.values())) < 0.06).all()


def test_without_draws_bounds_stand_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise SonghuaError(SampleUnmixed(cells=(), r_hat=2.0, effective=1))

    monkeypatch.setattr("songhua.studies.accounts.accounts.account_draws", refuse)
    session = songhua.open(songhua.example("washington"))
    found = accounts(session.region, session.plan, 2017)
    assert [one.code for one in found.findings] == ["accounts_no_intervals"]
    assert all(one.words(lang) for one in found.findings for lang in ("en", "zh"))
    assert found.tables["cells"]["value"].isna().all()
    assert found.tables["cells"]["print_low"].notna().all()


@pytest.mark.parametrize(("times", "refused"), [(1.02, False), (110.0, True)])
def test_a_region_larger_than_its_table(times: float, refused: bool) -> None:
    whole = made(printed("gdp", "level", 100.0, "all")).nation.value_added.sum()
    found = made(printed("gdp", "level", times * whole, "all"))
    assert_close(found.share, times)
    assert isinstance(found.refused, AccountsAboveTable) == refused


def test_a_table_too_small_for_its_region_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("songhua.studies.accounts.accounts.LARGEST", 0.01)
    session = songhua.open(songhua.example("washington"))
    found = accounts(session.region, session.plan, 2017).findings
    assert [one.code for one in found] == ["accounts_above_table"]
    assert "0.026 times" in found[0].words("en")
    assert "倍" in found[0].words("zh")


@pytest.fixture(scope="module")
def harbin() -> Result:
    return songhua.open(songhua.example("harbin")).run("accounts")


def test_every_figure_of_the_year_is_read_or_listed(harbin: Result) -> None:
    session = songhua.open(songhua.example("harbin"))
    own = [
        one for one in Figures(session.region, None).settled
        if one.region == "harbin" and str(one.period) == "2020"
        and session.region.indicator(one.indicator).measure in LISTED
    ]  # fmt: skip
    listed = {id for ids in harbin.tables["ledger"]["observations"] for id in ids.split()}
    assert {one.id for one in own} <= listed
    rows = harbin.tables["ledger"]
    assert ((rows["reading"] == "none") == (rows["reason"] != "")).all()


def test_shares_of_2019_and_growth_of_2020_hold_where_prices_move(harbin: Result) -> None:
    """Shares are at current prices, growth at constant ones: 2 to 5 % of prices close the gap."""
    assert harbin.tables["contradictions"].empty


def test_aircraft_are_more_than_one_plant_prints(harbin: Result) -> None:
    rows = harbin.tables["cells"].set_index(["measure", "code"])
    aircraft = rows.loc[("output", "aircraft-ships")]
    ledger_ = harbin.tables["ledger"]
    plants = ledger_[
        (ledger_["industry"] == "aviation") & (ledger_["reading"] == "floor_by_growth")
    ]
    assert len(plants)
    assert aircraft["value"] > aircraft["assumed_low"] > 0
    assert aircraft["value"] > 3 * aircraft["nation"] / 2


def test_what_had_no_figure_has_an_interval(harbin: Result) -> None:
    rows = harbin.tables["industries"].set_index(["industry", "measure"])
    for industry in ("new-materials", "finance", "modern-logistics"):
        row = rows.loc[(industry, "value_added")]
        assert row["estimate"] == "interval"
        assert row["assumed_low"] <= row["low"] < row["value"] < row["high"] <= row["print_high"]


def test_of_what_may_be_all_or_nothing_of_a_code_nothing_is_likely(harbin: Result) -> None:
    rows = harbin.tables["industries"].set_index(["industry", "measure"])
    row = rows.loc[("drones", "value_added")]
    assert row["estimate"] == ""
    assert np.isnan(row["value"])
    assert row["assumed_high"] > 0


def test_draws_are_joint_and_hold_what_is_printed(harbin: Result) -> None:
    draws = harbin.tables["draws"]
    added = draws[draws["measure"] == "value_added"].groupby("draw")["value"].sum()
    assert len(added) == 300
    assert (abs(added - 518380) < 10).all()  # 518.38 bn CNY, in millions, to the rounding


@pytest.mark.parametrize(
    ("area", "code", "learnt"),
    [
        ("united-states", "here", "us_states"), ("land", "us-wa", "us_states"),
        ("land", "fi-18", "finland"), ("gbr", "here", "united_kingdom"),
        ("land", "here", None), ("china", "cn-hl", "china_provinces"), ("nzl", "here", None),
    ],
)  # fmt: skip
def test_the_area_tells_whether_the_model_is_transferred(
    area: str, code: str, learnt: str | None
) -> None:
    """Of New Zealand jobs alone were learnt; of the others value added."""
    study = prior.load().study_of(area, code)
    assert (study and study.key) == learnt


def test_in_its_own_country_an_industry_counts_by_itself() -> None:
    here = region()
    home = replace(here.tables["land"], region="united-states")
    assert home.industries is not None
    named = replace(home, industries=home.industries.assign(learnt_as=["", "bea:311-312", "", ""]))
    sds = {}
    for name, table in (("away", here.tables["land"]), ("home", home), ("named", named)):
        nation = Nation.from_table(name, table, "EUR")
        whole = printed("gdp", "level", 30.0, "all")
        of = Figures.of(replace(here, tables={"land": table}), [whole])
        found = ledger(of, nation, prior.load(), 2020)
        made_ = Accounts(of, nation, 2020, found)
        likely = {one.name: one for one in made_.system.likely(0.1)}
        sds[name] = [likely[f"share {code}"].sd for code in ("food", "tools")]
        assert (made_.learnt is None) == (name == "away")
    transfer = prior.load().transfer
    assert sds["away"] == pytest.approx([sd * transfer for sd in sds["home"]], rel=1e-12)
    assert sds["named"][1] == sds["home"][1]
    mean, sd = prior.load().by_industry["bea"].at("311-312", 0.1) or (0.0, 0.0)
    assert sds["named"][0] == pytest.approx(sd, rel=1e-12)
    assert mean


def test_washington_is_known_by_the_other_states() -> None:
    session = songhua.open(songhua.example("washington"))
    found = Accounts.of(session.region, session.plan, 2017)
    assert found.learnt is not None
    assert found.learnt.key == "us_states"
    named = [one for one in found.nation.learnt_as if one]
    assert len(named) == 39
    values = prior.load().by_industry["bea"].values
    assert {one.removeprefix("bea:") for one in named} <= set(values)


@pytest.mark.parametrize(
    ("value", "vintage", "scope", "held"),
    [("10.5", "", "", True), ("10.5", "census", "", False), ("10.5", "", "urban", False),
     ("0", "", "", False)],
)  # fmt: skip
def test_a_year_has_a_size_where_accounts_can_use_it(
    value: str, vintage: str, scope: str, held: bool, tmp_path: Path
) -> None:
    row = f"gdp,rivertown,,,2021,{value},bn EUR,,actual,{vintage},{scope},paper,,2026-01-02,"
    folder = write(tmp_path / "here", observations__economy_csv=f"{HEADING}\n{row}\n")
    assert has_total(songhua.open(folder).region, 2021) == held


def test_without_a_total_in_the_base_year_the_newest_is_taken_and_else_the_reason_is_true(
    tmp_path: Path,
) -> None:
    rows = [
        f"gdp,rivertown,{industry},,{year},{value},bn EUR,,actual,,,paper,,2026-01-02,"
        for industry, year, value in (("", "2019", "9"), ("", "2021", "10"), ("food", "2022", "3"))
    ]
    heading = str(HEADING)
    several = write(tmp_path / "some", observations__economy_csv="\n".join((heading, *rows, "")))
    here = songhua.open(several).region
    assert [account_year(here, base) for base in (2019, 2022, 2031, 0)] == [2019, 2021, 2021, 2021]
    assert no_total(here, 2031) is None
    parts = write(tmp_path / "parts", observations__economy_csv=f"{heading}\n{rows[-1]}\n")
    given = replace(songhua.open(parts).region, tables={"land": land()})
    assert account_year(given, 2031) == 0
    study = registry.get("accounts")
    why = study.why(registry.Inputs(replace(given, base_year=2031)))
    assert study.lacks(registry.Inputs(given)) == "observations/*.csv"
    assert why is not None
    assert why.code == "study_skipped_no_total"
    assert (why.params["base_year"], why.params["period"]) == ("2031", "2022")
    # Without a table, or with one alone, the file that lacks says it all.
    assert study.why(registry.Inputs(replace(given, tables={}))) is None
