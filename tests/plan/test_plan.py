"""The plan of a folder as values."""

from __future__ import annotations

from pathlib import Path

from small import write
from songhua import store

PLAN = """
[plan]
name = { en = "Plan", zh = "规划" }
period = "plan:2021..2025"
base_year = 2020
purpose = { en = "To grow.", zh = "增长。" }
source = "paper"
"""
INDUSTRIES = """
role,industry,scheme,code,inclusion,reason,support,basis
leading,food,isic4,10,whole,,,own
leading,food,isic4,11,partial,drinks,,own
future,tools,,,,,,official
"""


def test_a_plan_is_read(tmp_path: Path) -> None:
    folder = write(tmp_path, plan__plan_toml=PLAN, plan__industries_csv=INDUSTRIES)
    plan = store.read(folder).plan
    assert plan is not None
    assert plan.name("zh") == "规划"
    assert (str(plan.period), plan.base_year, plan.source) == ("plan:2021..2025", 2020, "paper")
    assert plan.roles() == {"food": "leading", "tools": "future"}
    assert plan.industries["code"].tolist() == ["10", "11", ""]
    assert plan.seed_map.empty


def test_a_folder_without_a_plan_has_none(rivertown: Path) -> None:
    assert store.read(rivertown).plan is None
