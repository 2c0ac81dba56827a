"""Growth: what is provable of a whole, its parts and the rest of a year, and whose it is."""

from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import songhua
from songhua.maths.bounds import Interval, rounding_bound
from songhua.maths.weights import (
    closing_weight,
    rest_growth,
    turning_weight,
    weighted_mean_bound,
)
from songhua.region.observations import Observation
from songhua.studies.diagnose import town
from songhua.studies.diagnose.study import PARTS
from songhua.studies.series import Figures

HALVES = [town.observed("share", "2020", "50", name) for name in ("food", "tools")]


def rates(total: str) -> list[Observation]:
    named = (("all", total), ("food", "4.0"), ("tools", "6.0"))
    return [town.observed("growth", "2021", text, name) for name, text in named]


def verdict(total: str) -> tuple[str, list[str]]:
    """The verdict on the sum of contributions, and all codes of findings."""
    given = town.figures(*rates(total), *HALVES)
    tables, findings = PARTS["growth_rates"](given)
    _, more = PARTS["conflicts"](given)
    rows = tables["growth_contributions"]
    return rows.iloc[-1]["verdict"], [one.code for one in (*findings, *more)]


@pytest.mark.parametrize(
    ("total", "wanted"),
    [("5.0", "consistent"), ("5.9", "consistent_if"), ("0.05", "inconsistent"),
     ("50", "inconsistent")],
)  # fmt: skip
def test_no_weights_help_outside_the_parts(total, wanted):
    found, codes = verdict(total)
    assert found == wanted
    assert ("growth_outside_parts" in codes) == (wanted == "inconsistent")
    assert ("closing_weight" in codes) == (wanted == "consistent_if")


@given(
    st.lists(st.tuples(st.integers(0, 20), st.floats(-50, 50)), min_size=1, max_size=6).filter(
        lambda parts: any(weight for weight, _ in parts)
    )
)
def test_every_mean_by_weights_lies_within_the_bound(parts):
    total = sum(weight for weight, _ in parts)
    mean = sum(weight * rate for weight, rate in parts) / total
    bound = weighted_mean_bound([Interval(rate, rate) for _, rate in parts])
    assert bound.low - 1e-9 <= mean <= bound.high + 1e-9


@given(st.floats(-20, 20), st.floats(-20, 20), st.floats(0.02, 0.95))
def test_the_rest_of_a_year_lies_within_its_bounds(rest, seen, weight):
    whole = weight * seen + (1 - weight) * rest
    bound = rest_growth(
        Interval(whole - 0.05, whole + 0.05), Interval(seen, seen), Interval(weight, weight)
    )
    assert bound.low <= rest <= bound.high
    turn = turning_weight(Interval(whole, whole), Interval(seen, seen))
    if turn is not None and weight > turn * (1 + 1e-9):
        assert rest * whole <= 0


@given(st.floats(0.05, 0.9), st.floats(-5, 5), st.floats(0.5, 5))
def test_the_weight_that_closes_a_gap_is_found(weight, other, more):
    growth = {"a": Interval(other + more, other + more), "b": Interval(other, other)}
    total = other + weight * more
    weights = dict.fromkeys(growth, Interval(0, 100))
    found = closing_weight(Interval(total, total), weights, growth, "a", "b")
    assert found is not None
    assert found.low - 1e-6 <= weight * 100 <= found.high + 1e-6


def test_the_turn_of_harbin_in_2020_is_provable():
    found = songhua.open(songhua.example()).run("diagnose")
    turn = next(one for one in found.findings if one.code == "rest_of_year_fell")
    assert (turn.params["seen"], turn.params["turns_above"]) == ("2020-Q3", 15.3)
    assert (turn.params["least"], turn.params["most"]) == (0.55, 0.72)
    closing = next(one for one in found.findings if one.code == "closing_weight")
    assert (closing.params["least"], closing.params["most"]) == (21, 33)
    assert (closing.params["industry"], closing.params["residual"]) == ("secondary", 0.13)
    quotients = found.tables["location_quotients"]
    quotients = quotients[quotients["indicator"] == "gdp"].set_index("industry")
    wanted = (1285.0 / 5490.0) / (4648.9 / 15901.0)  # of 2022, the last year with sectors of both
    assert quotients.loc["secondary", "value"] == pytest.approx(wanted)
    assert quotients.loc["secondary", "low"] < wanted < quotients.loc["secondary", "high"]
    claims = songhua.open(songhua.example()).run("claims").tables["claims"].set_index("claim")
    turned = claims.loc["turn-2020"]
    assert (turned["verdict"], turned["reason"]) == ("consistent_if", "premise")
    assert claims.loc["turn-2020", "left_high"] < 0


def test_a_stock_at_the_end_of_a_quarter_is_no_part_of_a_year():
    given = town.figures(
        town.observed("growth", "2020", "0.6"),
        town.observed("growth", "2020-Q3", "4.3"),
    )
    assert len(PARTS["growth_rates"](given)[0]["unseen_periods"]) == 1
    stock = given.region.indicators | {"gdp": given.region.indicators["gdp"] | {"time": "stock"}}
    other = replace(given, region=replace(given.region, indicators=stock))
    other.__dict__["observations"] = given.observations
    assert len(PARTS["growth_rates"](other)[0]["unseen_periods"]) == 0


def test_nothing_is_said_of_what_nobody_claimed():
    """A region whose growth was never expected and never fell: no finding speaks of either."""
    rows = [town.observed("growth", year, "5.0") for year in ("2019", "2020", "2021")]
    given = Figures.of(replace(town.region(), base_year=2020), rows)
    codes = [one.code for part in FROM_VALUES for one in part(given)[1]]
    assert not [code for code in codes if "expect" in code or "fall" in code or "turned" in code]


WHOLE = [
    town.observed("gdp", "2020", "100"), town.observed("gdp", "2020", "40", "food"),
    town.observed("gdp", "2020", "60", "tools"), town.observed("gdp", "2021", "105"),
    town.observed("gdp", "2021", "42", "food"), town.observed("gdp", "2021", "63", "tools"),
    town.observed("growth", "2020", "-1.0"), town.observed("growth", "2021", "5.0"),
]  # fmt: skip
#: The parts of the study that read values; availability reads the folder's table.
FROM_VALUES = [part for name, part in PARTS.items() if name != "availability"]
#: Counts of all that is recorded, an entity's included.
COUNTED = {("system", "figures")}


@cache
def alone(part):
    """Output of a part on the whole without an entity."""
    return part(town.figures(*WHOLE))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["gdp", "growth", "contribution", "share"]),
            st.sampled_from(["2020", "2021", "2021-Q1", "2021-H1"]),
            st.integers(-90, 90),
            st.sampled_from(["all", "food", "tools"]),
        ),
        min_size=1, max_size=8,
    )
)  # fmt: skip
def test_what_an_entity_reports_is_not_the_economys(reported):
    """Tables that do not name the entity say the same with its figures and without them."""
    firms = [
        replace(town.observed(name, period, str(value), industry), entity="works")
        for name, period, value, industry in reported
    ]
    beside = town.figures(*WHOLE, *firms)
    for part in FROM_VALUES:
        (plain, before), (more, after) = alone(part), part(beside)
        for name, frame in more.items():
            if "entity" in frame.columns:
                kept = frame[frame["entity"] == ""]
                wanted = plain[name][plain[name]["entity"] == ""]
            else:
                kept, wanted = frame, plain[name]
            left = [column for column in frame if (name, column) not in COUNTED]
            pd.testing.assert_frame_equal(
                kept[left].reset_index(drop=True), wanted[left].reset_index(drop=True)
            )
        codes = {one.code for one in after} - {one.code for one in before}
        assert not codes & {"growth_turned_positive", "rest_of_year_fell", "growth_outside_parts"}


def test_a_contribution_of_projects_keeps_their_name():
    found = songhua.open(songhua.example()).run("diagnose").tables["growth_contributions"]
    named = found[found["entity"] != ""].set_index("entity")["contribution_pp"]
    assert named.to_dict() == {"key-projects": 1.8, "projects-over-100m": 3.2}


def test_rounding_never_turns_a_rest_of_year():
    """0.6 may be 0.55 to 0.65: the threshold takes the worst of both."""
    turn = turning_weight(rounding_bound("0.6"), rounding_bound("4.3"))
    assert turn == pytest.approx(0.65 / 4.25)
