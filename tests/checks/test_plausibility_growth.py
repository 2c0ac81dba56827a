"""Plausibility of growth rates: a slipped point or a lost sign is named, what is right is not."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth_series import MADE, PUBLISHED, growth, named, planted, rates
from small_town import codes, town, yearly
from songhua import messages
from songhua.checks.plausibility import doubts, judge
from songhua.maths.rate_errors import find
from songhua.maths.series_gaps import Figures

CALM = ("6.1", "5.9", "6.4", "5.8", "6.0", "6.2", "5.7", "6.3")
NEEDED = ("china_cities", "china_provinces")
#: Levels with breaks, so that more growth is odd (%): mergers of cities, the census of 2018.
BROKEN = {"china_cities/gdp": 2.0}
#: The least share of errors named in published growth, on the half that set no threshold (%).
LEAST = {"ten times too large": 50.0, "ten times too small": 25.0}


@pytest.mark.parametrize(
    ("wrong", "fits"), [("58", "5.8"), ("0.58", "5.8"), ("-58", "-5.8"), ("-5.8", "5.8")]
)
def test_a_slipped_point_and_a_lost_sign_are_named(wrong, fits):
    rows = yearly("gdp_growth", *CALM[:3], wrong, *CALM[4:])
    found = doubts(town(*rows))
    assert codes(found) == [("growth_off_series", 5)]
    assert (found[0].params["value"], found[0].params["fits"]) == (wrong, fits)
    for lang in messages.LANGUAGES:
        assert "2018: 6.4" in found[0].words(lang)


def test_a_calm_series_accuses_nobody():
    assert not doubts(town(*yearly("gdp_growth", *CALM)))


def test_a_fall_that_all_places_share_is_right_and_a_rise_in_it_is_not():
    """A year of crisis: the place whose minus is missing stands out, and nobody else."""
    rng, n = np.random.default_rng(5), 12
    value = np.round(rng.normal(6, 0.4, (n, 10)), 1)
    value[:, 6] = np.round(rng.normal(-5, 0.4, n), 1)
    frame = pd.DataFrame({
        "series": np.repeat([f"s{k}" for k in range(n)], 10), "industry": "all",
        "year": np.tile(np.arange(2014, 2024), n), "value": value.ravel(), "place": 0.1,
    })  # fmt: skip
    frame = frame.assign(region=frame["series"])
    assert named(frame) == set()
    assert named(planted(frame, np.array([36]), -1.0)) == {36}


def test_growth_that_varies_too_much_is_not_judged_and_this_is_said():
    wild = town(*yearly("gdp_growth", "12", "-30", "55", "4", "210", "-8", "33"))
    found = judge(wild)
    assert (found.warnings, found.unseen) == ([], {"gdp_growth": (1, 1)})


def test_a_short_series_of_growth_is_not_judged():
    assert not doubts(town(*yearly("gdp_growth", "6.1", "58", "6.0", "5.9")))


@given(st.data(), st.sampled_from((10.0, -1.0)))
def test_steady_growth_accuses_nobody_and_names_its_one_error(data, by):
    """Half a point of chance; an error inside a series, whose sign is told where growth is fast."""
    mean = data.draw(st.floats(5.0 if by > 0 else 10.0, 12.0))
    n = data.draw(st.integers(6 if by > 0 else 10, 15))
    noise = data.draw(st.lists(st.floats(-0.5, 0.5), min_size=n, max_size=n))
    at = data.draw(st.integers(1, n - 2))
    value, place = np.round(mean + np.array(noise), 1), np.full(n, 0.1)
    code, years = np.zeros(n, dtype=int), np.arange(n, dtype=float)
    assert find(Figures(code, years, value, place, code)).odd == []
    value[at] *= by
    place[at] = min(0.1 * abs(by), 1.0)
    found = find(Figures(code, years, value, place, code)).odd
    assert [one.at for one in found] == [at]
    assert found[0].fits == pytest.approx(value[at] / by)


@pytest.mark.exhaustive
@pytest.mark.shared(*NEEDED)
def test_published_growth_is_warned_of_rarely_and_its_errors_are_named():
    """Cities and provinces of China: at most one series in a hundred, both halves together."""
    sets = {name: growth(name) for name in PUBLISHED}
    told = [rates(frame, half) for frame in sets.values() for half in (0, 1)]
    assert sum(one.warned * one.series for one in told) <= sum(one.series for one in told)
    for one in told[1::2]:
        assert all(one.named[sort] >= least for sort, least in LEAST.items())


@pytest.mark.exhaustive
@pytest.mark.shared(*NEEDED)
@pytest.mark.parametrize("name", [name for name in MADE if name.startswith(NEEDED)])
def test_growth_made_of_levels_is_warned_of_rarely(name):
    """One series in a hundred, but where breaks of the levels make the growth itself odd."""
    assert rates(growth(name), half=1).warned <= BROKEN.get(name, 1.0)


@pytest.mark.parametrize(
    ("whole", "outside"), [("5", False), ("4", True), ("8", False), ("9", True)]
)
def test_growth_of_a_whole_may_lie_as_far_off_its_parts_as_both_are_rounded(
    whole: str, outside: bool
) -> None:
    # from 4.5 to 5.5 may be what is printed as 5, and the least of the parts is 5.35 at least
    rates_ = zip(
        ("all", "primary", "secondary", "tertiary"), (whole, "5.4", "7.0", "8.0"), strict=True
    )
    found = doubts(town(*(("gdp_growth", name, "2020", rate) for name, rate in rates_)))
    assert ("growth_outside_its_parts" in {one.code for one in found}) == outside
