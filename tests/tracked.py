"""A small folder with targets, and how to write its rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from small import FILES, HEADING, write
from songhua import schema

PLAN = """
[plan]
name = { en = "Plan", zh = "规划" }
period = "plan:2021..2025"
base_year = 2020
purpose = { en = "To grow.", zh = "增长。" }
source = "bulletin-2020"
"""
MORE = """
[jobs]
name = { en = "New jobs", zh = "新增就业" }
unit = "persons"
form = "level"
measure = "jobs"
direction = "higher"
definition = { en = "In the period.", zh = "期内。" }

[unemployment]
name = { en = "Unemployment", zh = "失业率" }
unit = "%"
form = "ratio"
measure = "unemployed_share"
time = "stock"
direction = "lower"
definition = { en = "Share.", zh = "占比。" }

[places]
name = { en = "Childcare places", zh = "托位" }
unit = "places per 1000 persons"
form = "ratio"
measure = "places"
time = "stock"
direction = "higher"
definition = { en = "At the end.", zh = "期末。" }

[energy]
name = { en = "Change of energy intensity", zh = "能耗强度变动" }
unit = "%"
form = "growth"
measure = "energy"
basis = "comparable"
direction = "lower"
definition = { en = "Against the year before.", zh = "比上年。" }

[firms]
name = { en = "Firms", zh = "企业数" }
unit = "count"
form = "level"
measure = "firms"
time = "stock"
direction = "higher"
definition = { en = "At the end.", zh = "期末。" }

[sales]
name = { en = "Sales", zh = "销售额" }
unit = "m EUR"
form = "level"
measure = "sales"
basis = "current"
direction = "higher"
definition = { en = "In the period.", zh = "期内。" }
"""
TARGETS = schema.table("plan_targets").names


def figure(indicator: str, period: str, value: str, unit: str, **more: str) -> str:
    """A row of observations."""
    row = {
        "indicator": indicator, "region": "rivertown", "period": period, "value": value,
        "unit": unit, "kind": "actual", "source": "bulletin-2020", "recorded": "2025-06-30",
    } | more  # fmt: skip
    return ",".join(row.get(name, "") for name in HEADING.split(","))


def aim(text: str, indicator: str, period: str = "plan:2021..2025", **more: str) -> str:
    """A row of targets."""
    row = {
        "id": "t", "indicator": indicator, "period": period, "text": text, "source": "paper",
        "recorded": "2025-06-30",
    } | more  # fmt: skip
    return ",".join(row.get(name, "") for name in TARGETS)


def folder(tmp_path: Path, targets: list[str], figures: list[str], **files: str) -> Path:
    """A folder with targets and figures."""
    changes: dict[str, Any] = {
        "plan__plan_toml": PLAN,
        "plan__targets_csv": "\n".join([",".join(TARGETS), *targets]) + "\n",
        "observations__economy_csv": "\n".join([HEADING, *figures]) + "\n",
        "indicators_toml": FILES["indicators.toml"] + MORE,
    }
    return write(tmp_path / "case", **{**changes, **files})
