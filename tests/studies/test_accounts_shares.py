"""Shares and contributions of each form, from one economy whose two years are known in full.

The year before, at constant prices: crops 10, food 20, tools 30, trade 40 (m EUR). The year itself,
at the same prices: crops 11, food 22, tools 36, trade 36. So growth is 10, 10, 20 and -10 %, that
of goods (food and tools) 16 %, that of the whole 5 %. Of the whole's growth food gives
20 / 100 × 10 = 2 points or 2 / 5 = 40 %; of that of goods 20 / 50 × 10 = 4 points or 4 / 16 = 25 %.
Food is 22 / 105 of the whole in the year itself, and 22 / 58 of goods.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from account_region import printed, region
from songhua.maths.accounts import prior
from songhua.maths.bounds import Interval, as_interval
from songhua.region import Region
from songhua.region.observations import Observation
from songhua.studies.accounts.accounts import Accounts
from songhua.studies.accounts.ledger import ledger
from songhua.studies.accounts.nation import Nation
from songhua.studies.accounts.readings import PRICES, Reading
from songhua.studies.accounts.study import contradictions_of
from songhua.studies.series import Figures

GROWTH = {"crops": 10.0, "food": 10.0, "tools": 20.0, "trade": -10.0, "goods": 16.0, "all": 5.0}
OF_WHOLE, OF_GOODS = 22 / 105, 22 / 58


def shares_region(basis: str = "current") -> Region:
    """The region with parts of each form; `basis` are the prices of its levels."""
    here = region()
    more = {
        "contribution_pp": {"unit": "pp", "form": "contribution_pp", "of": "growth"},
        "share_of_growth": {"unit": "%", "form": "share_of_growth", "of": "growth"},
    }
    indicators = {name: dict(one) for name, one in here.indicators.items()} | more
    for form in ("share", "contribution_pp", "share_of_growth"):
        indicators[form] |= {"measure": "value_added"}
        for whole in ("goods", "all"):
            indicators[f"{form}_of_{whole}"] = {**indicators[form], "whole": whole}
    indicators["share_of_land"] = {**indicators["share"], "of_place": "parent"}
    indicators["gdp"]["basis"] = basis
    return replace(here, indicators=indicators)


def rates() -> list[Observation]:
    return [printed("growth", "growth", rate, name) for name, rate in GROWTH.items()]


def readings(here: Region, *figures: Observation) -> list[Reading]:
    whole = printed("gdp", "level", 105.0, "all")
    own = [replace(one, unit=here.unit(one.indicator)) for one in (whole, *figures)]
    found = ledger(Figures.of(here, own), Nation.of(here), prior.load(), 2020).readings
    return [one for one in found if one.observation.form not in ("level", "growth")]


def implied(one: Reading) -> Interval:
    """The share that a reading says food has in its whole, from the weights of its constraint."""
    rule = one.constraint
    assert rule is not None
    outside = {"goods": "tools", "all": "trade"}[one.whole]
    weight = as_interval(rule.terms["value_added", outside])
    return Interval(-weight.high, -weight.low)


@pytest.mark.parametrize(
    ("indicator", "value", "whole", "share"),
    [
        ("share", 100 * OF_WHOLE, "all", OF_WHOLE),
        ("share_of_all", 100 * OF_WHOLE, "all", OF_WHOLE),
        ("share_of_goods", 100 * OF_GOODS, "goods", OF_GOODS),
        ("contribution_pp", 2.0, "all", OF_WHOLE),
        ("contribution_pp_of_all", 2.0, "all", OF_WHOLE),
        ("contribution_pp_of_goods", 4.0, "goods", OF_GOODS),
        ("share_of_growth", 40.0, "all", OF_WHOLE),
        ("share_of_growth_of_all", 40.0, "all", OF_WHOLE),
        ("share_of_growth_of_goods", 25.0, "goods", OF_GOODS),
    ],
)
@pytest.mark.parametrize("basis", ["current", "constant"])
def test_each_form_is_read_by_its_definition(
    indicator: str, value: float, whole: str, share: float, basis: str
) -> None:
    form = indicator.split("_of_all", maxsplit=1)[0].split("_of_goods", maxsplit=1)[0]
    here = shares_region(basis if form != "share" else "current")
    figures = [printed(indicator, form, value, "food")]
    [one] = readings(here, *figures, *rates())
    assert (one.how != "none", one.whole) == (True, whole)
    found = implied(one)
    assert found.low < share < found.high
    # half a unit of the last digit of three figures, and what prices may have moved, is all
    moved = PRICES if form != "share" and basis == "current" else Interval(1, 1)
    assert found.low > share * moved.low * 0.95
    assert found.high < share * moved.high * 1.05
    assert one.assumptions == (("prices",) if moved is PRICES else ())


def test_growth_of_the_parent_is_not_needed_for_a_part_of_the_whole() -> None:
    known = [one for one in rates() if one.industry in ("food", "all")]
    part = printed("contribution_pp", "contribution_pp", 2.0, "food")
    of_goods = printed("contribution_pp_of_goods", "contribution_pp", 4.0, "food")
    found = {
        one.observation.indicator: one for one in readings(shares_region(), part, of_goods, *known)
    }
    assert found["contribution_pp"].is_used
    assert found["contribution_pp_of_goods"].reason == "no_growth"


def test_without_a_whole_in_the_catalogue_and_in_print_the_parent_is_the_whole() -> None:
    here = shares_region()
    here.indicators["output_share"] = {
        "unit": "%", "form": "share", "of": "output", "measure": "output", "basis": "current"
    }  # fmt: skip
    plant = printed("output", "level", 5.0, "all", entity="plant")
    [one] = readings(here, plant, printed("output_share", "share", 40.0, "food"))
    assert (one.whole, one.is_used) == ("goods", True)


@pytest.mark.parametrize(
    ("indicator", "form", "value", "industry", "reason"),
    [
        ("share_of_land", "share", 2.0, "food", "share_of_other"),
        ("contribution_pp", "contribution_pp", 5.0, "all", "share_of_other"),
        ("contribution_pp", "contribution_pp", -2.0, "food", "share_below_nought"),
        ("contribution_pp", "contribution_pp", 30.0, "food", "share_above_whole"),
    ],
)
def test_what_is_no_part_is_refused(
    indicator: str, form: str, value: float, industry: str, reason: str
) -> None:
    [one] = readings(shares_region(), printed(indicator, form, value, industry), *rates())
    assert one.reason == reason


def test_rounding_of_a_small_contribution_leaves_nought_to_some() -> None:
    figure = printed("contribution_pp", "contribution_pp", 0.0, "food")
    [one] = readings(shares_region(), figure, *rates())
    assert one.is_used
    assert implied(one).low == 0


def conflicts(*sizes: Observation, growth: float, basis: str = "current") -> Accounts:
    """Goods grew by 16 %, crops by 10 %, trade fell by 10 %; the whole as given."""
    here = shares_region(basis)
    names = {"primary": 10.0, "goods": 16.0, "services": -10.0, "all": growth}
    figures = [printed("growth", "growth", rate, name) for name, rate in names.items()]
    figures += [printed("gdp", "level", 105.0, "all"), *sizes]
    of = Figures.of(here, [replace(one, unit=here.unit(one.indicator)) for one in figures])
    return Accounts(of, Nation.of(here), 2020, ledger(of, Nation.of(here), prior.load(), 2020))


def before(name: str, share: float) -> Observation:
    return replace(
        Observation.of("share", "2019", f"{share:.1f}", industry=name, region="here"),
        form="share", ids=(f"share-{name}",),
    )  # fmt: skip


SHARES = [before("primary", 10), before("goods", 50), before("services", 40)]


@pytest.mark.parametrize(
    ("growth", "basis", "holds"),
    [
        (5.0, "constant", True),  # 10 % × 10 + 50 % × 16 - 40 % × 10
        (6.0, "constant", False),
        (6.0, "current", True),  # prices of goods 4 % lower than those of the whole close it
        (12.0, "current", False),
    ],
)
def test_shares_at_other_prices_than_growth_are_held_with_the_tolerance_of_prices(
    growth: float, basis: str, holds: bool
) -> None:
    found = conflicts(*SHARES, growth=growth, basis=basis)
    assert (not found.conflicts) == holds
    if holds:
        return
    members = list(contradictions_of(found))
    assert {one.stage for one in members} == {"growth"}
    assumed = [(one.industry, one.assumption) for one in members if one.assumption]
    shares = [one.industry for one in members if one.indicator == "share" and not one.assumption]
    assert assumed == ([(name, "prices") for name in shares] if basis == "current" else [])
    assert shares


def test_sizes_are_held_as_shares_are() -> None:
    """10, 50 and 40 of 100: the whole is the measure, the parts' prices may have moved."""
    sizes = {"all": 100.0, "primary": 10.0, "goods": 50.0, "services": 40.0}
    levels = [
        replace(
            Observation.of("gdp", "2019", f"{size:.1f}", industry=name, region="here"),
            form="level", ids=(f"gdp-{name}",),
        )
        for name, size in sizes.items()
    ]  # fmt: skip
    assert not conflicts(*levels, growth=6.0).conflicts
    growth = [one for one in conflicts(*levels, growth=12.0).conflicts if one.stage == "growth"]
    assert "gdp-goods" in growth[0].contradiction.names
