"""The system: each industry's role, size and growth by measure, and what is missing."""

from __future__ import annotations

from typing import Any

import pandas as pd

from songhua.plan import Plan
from songhua.region import Region
from songhua.results import Finding, table
from songhua.studies.series import Figures, estimate, join

SIZES = ("value_added", "output", "revenue")
CORE = ("leading", "advantageous")


def system(facts: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `system` and its findings; without a plan the table is empty."""
    region, plan = facts.region, facts.plan
    if plan is None:
        return {"system": table("diagnose", "system", [])}, [Finding("no_plan")]
    known = facts.plain
    everything = facts.frame.groupby("industry").size()
    rows: list[dict[str, Any]] = []
    for industry, role in plan.roles().items():
        crosswalk = plan.industries[plan.industries["industry"] == industry]
        head = {
            "role": role,
            "industry": industry,
            "figures": int(everything.get(industry, 0)),
            "codes": int((crosswalk["code"] != "").sum()),
            "basis": str(crosswalk["basis"].iloc[0]),
        }
        sizes = _sizes(region, known[known["industry"] == industry])
        rows += [head | size for size in sizes or [{"state": "missing"}]]
    made = table("diagnose", "system", rows)
    return {"system": made}, _findings(region, plan, made, facts.frame)


def _sizes(region: Region, rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Latest size by measure, each with its published growth; a growth alone where that is all."""
    found: list[dict[str, Any]] = []
    for measure in SIZES:
        ids = [id for id, entry in region.indicators.items() if entry["measure"] == measure]
        mine = rows[rows["indicator"].isin(ids)]
        levels, rates = mine[mine["form"] == "level"], mine[mine["form"] == "growth"]
        if not levels.empty:
            size = levels.iloc[-1]
            rate = rates[rates["period"] == size["period"]]
            found.append(_size(measure, size) | _growth(rate) | {
                "state": "known",
                "observations": join([size["id"], *rate["id"].tail(1)]),
            })  # fmt: skip
        elif not rates.empty:
            rate = rates.tail(1)
            row = rate.iloc[0]
            found.append({
                "measure": measure, "indicator": row["indicator"], "period": row["period"],
                "state": "growth_only", "observations": row["id"], "grade": row["grade"],
            } | _growth(rate))  # fmt: skip
    return found


def _size(measure: str, row: pd.Series) -> dict[str, Any]:
    return {
        "measure": measure,
        "indicator": row["indicator"],
        "period": row["period"],
        "value": row["value"],
        "low": row["floor"],
        "high": row["ceiling"],
        "unit": row["unit"],
        "estimate": estimate(row),
        "grade": row["grade"],
    }


def _growth(rate: pd.DataFrame) -> dict[str, Any]:
    if rate.empty:
        return {}
    row = rate.iloc[-1]
    return {"growth": row["value"], "growth_low": row["floor"], "growth_high": row["ceiling"]}


def _findings(region: Region, plan: Plan, made: pd.DataFrame, frame: pd.DataFrame) -> list[Finding]:
    """The largest by each measure, those without a figure, and totals that mix measures."""
    found: list[Finding] = []
    core = made[made["role"].isin(CORE)]
    sized = core[core["state"] == "known"]
    for measure, rows in sized.groupby("measure", sort=False):
        top = rows.sort_values("value", ascending=False).iloc[0]
        params = {
            "measure": measure, "industry": top["industry"], "period": top["period"],
            "value": top["value"], "unit": top["unit"], "n": len(rows),
            "core": core["industry"].nunique(),
        }  # fmt: skip
        found.append(Finding("largest_by_measure", params, tuple(top["observations"].split())))
    without = [i for i in dict.fromkeys(core["industry"]) if i not in set(sized["industry"])]
    if without:
        found.append(Finding("industries_without_size", {"industries": without, "n": len(without)}))
    empty = made[made["figures"] == 0]["industry"].tolist()
    if empty:
        found.append(Finding("industries_without_figure", {"industries": empty, "n": len(empty)}))
    if (plan.industries["basis"] == "own").any():
        own = plan.industries.loc[plan.industries["basis"] == "own", "industry"].nunique()
        found.append(Finding("definition_own", {"n": int(own)}))
    mixed = [id for id, entry in region.indicators.items() if entry["measure"] == "mixed"]
    for indicator in mixed:
        ids = tuple(frame.loc[frame["indicator"] == indicator, "id"])
        if ids:
            found.append(Finding("total_mixes_measures", {"indicator": indicator}, ids))
    return found
