"""A folder with something for every part of an evaluation."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import tracked
from songhua import schema
from tracked import folder

aim, figure = (partial(row, recorded="2024-06-30") for row in (tracked.aim, tracked.figure))

PLACES = "places per 1000 persons"
ENTITIES = """
[mill]
name = { en = "Mill", zh = "工厂" }
type = "project"
[wheel]
name = { en = "Wheel", zh = "车轮" }
type = "product"
[eagle]
name = { en = "Eagle programme", zh = "雏鹰计划" }
type = "programme"
"""


def table(name: str, *rows: dict[str, str]) -> str:
    """A file of the folder from rows by column."""
    names = schema.table(name).names
    usual = {"source": "paper", "recorded": "2023-06-01"}
    lines = [",".join({**usual, **row}.get(key, "") for key in names) for row in rows]
    return "\n".join([",".join(names), *lines]) + "\n"


def told(sort: str, **more: str) -> dict[str, str]:
    """A row of reviews."""
    row = {
        "department": "Works", "review": "2023", "sort": sort, "reporter": "Li",
        "received": "2024-01-10T09:00:00Z", "sheet": "works.xlsx",
    }  # fmt: skip
    usual = {"region": "rivertown", "industry": "all", "kind": "actual"}
    return row | (usual if sort == "figure" else {}) | more


def case(parent: Path) -> Path:
    """Eight targets of which one binding one lags, works of all sorts, and reports."""
    targets = [
        aim("reach 4.5 places per 1000 persons", "places", id="places", owner="Works",
            nature="anticipatory"),
        aim("年均增长5.5%—6%", "gdp_growth", id="growth", nature="anticipatory"),
        aim("6 % or more", "gdp_growth", "2023", id="growth-23", nature="anticipatory"),
        aim("reach 900", "firms", id="firms", owner="Works", nature="anticipatory"),
        aim("五年累计下降13.5%", "energy", id="energy", owner="Energy", nature="binding"),
        aim("控制在5.5%以内", "unemployment", id="unemployment", nature="anticipatory"),
        aim("累计50000", "jobs", id="jobs", owner="Labour", nature="binding"),
        aim("reach 300m EUR", "sales", id="sales"),
    ]  # fmt: skip
    figures = [
        figure("places", "2020", "1.8", PLACES), figure("places", "2022", "2.6", PLACES),
        figure("gdp_growth", "2021", "5.5", "%"), figure("gdp_growth", "2022", "3.0", "%"),
        figure("gdp_growth", "2023", "6.1", "%"), figure("energy", "2021", "-2.7", "%"),
        figure("energy", "2022", "-0.1", "%"), figure("firms", "2020", "810", "count"),
        figure("unemployment", "2021", "5.1", "%"), figure("unemployment", "2022", "5.3", "%"),
        figure("unemployment", "2023", "5.0", "%"),
    ]  # fmt: skip
    tasks = table(
        "plan_measures",
        {"id": "road", "task_en": "Build the road", "task_zh": "修路", "lead": "Works",
         "status": "under_way", "due": "2022"},
        {"id": "park", "task_en": "Open the park", "task_zh": "园区开园", "lead": "Trade",
         "status": "planned", "due": "2024", "blocked_by": "law"},
        {"id": "law", "task_en": "Write the rules", "task_zh": "制定办法", "lead": "Trade",
         "status": "unknown", "due": "2022"},
    )  # fmt: skip
    step = {"project": "mill", "kind": "milestone"}
    steps = table(
        "plan_projects",
        {**step, "item": "start", "name_en": "Start", "name_zh": "开工", "planned": "2021-06",
         "actual": "2021-09"},
        {**step, "item": "complete", "name_en": "Finish", "name_zh": "竣工", "planned": "2023-06"},
        {"project": "mill", "kind": "value", "item": "money", "period": "2023", "total": "100",
         "planned_value": "80", "earned_value": "60", "actual_value": "70", "unit": "m EUR"},
    )  # fmt: skip
    rungs = table(
        "plan_products",
        {"product": "wheel", "rung": "prototype", "state": "reached", "reached": "2021",
         "evidence_en": "Fair", "evidence_zh": "展会"},
        {"product": "wheel", "rung": "certified", "state": "not_reached"},
    )  # fmt: skip
    cohort = {"programme": "eagle", "cohort": "2022"}
    cohorts = table(
        "plan_programmes",
        {**cohort, "measure": "firms", "value": "40", "unit": "count"},
        {**cohort, "measure": "certified", "value": "12", "unit": "count"},
    )
    later = {"received": "2024-02-10T09:00:00Z", "reporter": "Wang"}
    reviews = table(
        "reviews",
        told("figure", indicator="places", value="3.1", unit=PLACES, evidence="Form 12"),
        told("figure", indicator="firms", value="850", unit="count"),
        told("figure", indicator="firms", value="860", unit="count", **later),
        told("figure", indicator="gdp_growth", value="6.5", unit="%"),
        told("task", item="road", state="done", done_on="2023-05", evidence="Letter 7"),
        told("milestone", entity="mill", item="complete", state="stopped", note="No money"),
    )
    return folder(
        parent, targets, figures, plan__measures_csv=tasks, plan__projects_csv=steps,
        plan__products_csv=rungs, plan__programmes_csv=cohorts, reviews__w_csv=reviews,
        entities_toml=ENTITIES,
    )  # fmt: skip
