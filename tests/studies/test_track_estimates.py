"""Targets without a figure: what accounts estimate stands beside them, and no verdict moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

import account_region
from songhua import Run
from songhua.document.studies import of_study
from songhua.format.view import View
from songhua.plan import Plan
from songhua.region import Region
from songhua.region.figures import FigureTable
from songhua.render import fragment
from songhua.results import Result, table
from songhua.studies.accounts.cell_rows import every_industry, industries
from songhua.studies.accounts.rows import LedgerRow
from songhua.studies.track.examples import town
from songhua.studies.track.study import track

TARGETS = (
    ("goods", "gdp", "level", "goods", "10", "m EUR"),  # nothing is printed of it
    ("primary", "gdp", "level", "primary", "10", "m EUR"),  # printed of the accounts' year
    ("part", "share", "share", "goods", "40", "%"),
    ("whole", "gdp", "level", "all", "40", "m EUR"),
    ("paces", "growth", "growth", "goods", "5", "%"),
)  # fmt: skip


@pytest.fixture(scope="module")
def here() -> tuple[Region, Plan]:
    rows = [
        {"id": id, "indicator": indicator, "industry": industry, "period": "2025", "text": f"{text}{unit}",
         "nature": "binding", "unit": unit, "source": "paper"}
        for id, indicator, _, industry, text, unit in TARGETS
    ]  # fmt: skip
    of_town, plan = town(targets=pd.DataFrame(rows))
    region = account_region.region()
    more = {"time": "flow", "direction": "higher", "of": "", "basis": ""}
    indicators = {id: {**more, **one} for id, one in region.indicators.items()}
    day = date(2023, 6, 30)
    region = replace(region, as_of=day, indicators=indicators, figures=FigureTable.of())
    return replace(region, sources=of_town.sources), plan


@pytest.fixture(scope="module")
def accounts() -> Result:
    printed = account_region.printed
    figures = [printed("gdp", "level", 30, "all"), printed("gdp", "level", 3, "primary")]
    made = account_region.made(*figures)
    ledger = [LedgerRow("gdp", "all", "", made.ledger.readings[0].observation.period, 30, "m EUR",
                        "level", "", False, 0, ())]  # fmt: skip
    return Result("accounts", {
        "industries": table("accounts", "industries", list(industries(made, every_industry(made)))),
        "ledger": table("accounts", "ledger", ledger),
    })  # fmt: skip


def test_an_estimate_stands_beside_a_target_without_a_figure(
    here: tuple[Region, Plan], accounts: Result
) -> None:
    found = track(*here, {"accounts": accounts})
    rows = found.tables["estimates"].set_index("target").to_dict("index")
    assert set(rows) == {"goods", "part"}
    goods, part = rows["goods"], rows["part"]
    assert 3 < goods["low"] < goods["value"] < goods["high"] < 30
    assert part["unit"] == "%"
    assert part["value"] == pytest.approx(goods["value"] / 30 * 100, rel=0.02)
    assert [one.params["n"] for one in found.findings if one.code == "targets_estimated"] == [2]
    view = View.of(Run(*here, {"track": found}), "en")
    assert "estimated for 2020, by accounts" in fragment(view, of_study(view, "track"), "text")


def test_no_verdict_rests_on_an_estimate(here: tuple[Region, Plan], accounts: Result) -> None:
    with_, without = track(*here, {"accounts": accounts}), track(*here)
    assert without.tables["estimates"].empty
    for name in without.tables.keys() - {"estimates"}:
        pd.testing.assert_frame_equal(with_.tables[name], without.tables[name])
    kept = [one for one in with_.findings if one.code != "targets_estimated"]
    assert kept == list(without.findings)


def test_accounts_are_looked_up_for_such_targets_alone(here: tuple[Region, Plan]) -> None:
    class Never(dict[str, Result]):
        def get(self, *_: object) -> Result:
            raise AssertionError("looked up")

    region, plan = here
    never = Never(accounts=Result("accounts", {}))
    named = [one for one in plan.targets if one.id in ("whole", "paces")]
    track(region, replace(plan, targets=named), never)
    with pytest.raises(AssertionError, match="looked up"):
        track(region, plan, never)
