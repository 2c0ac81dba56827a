"""Departments' reports beside published figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from songhua import schema, session
from songhua.cli import songhua
from songhua.errors import SonghuaError
from songhua.render.files import contents
from songhua.results import Result
from tracked import aim, figure, folder

REVIEWS = schema.table("reviews").names
PLACES = "places per 1000 persons"


def told(sort: str = "figure", **more: str) -> str:
    """A row of reviews."""
    row = {
        "department": "Works", "review": "2023", "sort": sort, "reporter": "Li",
        "received": "2024-01-10T09:00:00Z", "sheet": "works.xlsx",
    }  # fmt: skip
    if sort == "figure":
        row |= {"region": "rivertown", "industry": "all", "kind": "actual"}
    return ",".join({**row, **more}.get(name, "") for name in REVIEWS)


def table(name: str, *rows: dict[str, str]) -> str:
    names = schema.table(name).names
    usual = {"source": "paper", "recorded": "2023-06-01"}
    lines = [",".join({**usual, **row}.get(key, "") for key in names) for row in rows]
    return "\n".join([",".join(names), *lines]) + "\n"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Places published for 2022 and reported for 2023; firms only reported, twice."""
    targets = [
        aim("reach 4.5 places per 1000 persons", "places", id="places"),
        aim("reach 900", "firms", id="firms"),
        aim("6 % or more", "gdp_growth", "2023", id="growth"),
    ]
    figures = [
        figure("places", "2020", "1.8", PLACES), figure("places", "2022", "2.6", PLACES),
        figure("firms", "2020", "810", "count"), figure("gdp_growth", "2023", "6.1", "%"),
    ]  # fmt: skip
    reports = [
        told(indicator="places", value="3.1", unit=PLACES),
        told(indicator="firms", value="850", unit="count"),
        told(indicator="firms", value="860", unit="count", reporter="Wang",
             received="2024-02-10T09:00:00Z"),
        told(indicator="gdp_growth", value="6.5", unit="%"),
        told("task", item="road", state="done", done_on="2023-05", evidence="Letter 7"),
        told("task", item="law", state="done", done_on="2022", evidence="Gazette"),
        told("milestone", entity="mill", item="complete", state="under_way"),
    ]  # fmt: skip
    tasks = table(
        "plan_measures",
        {"id": "road", "task_en": "Road", "task_zh": "路", "due": "2022", "status": "under_way"},
        {"id": "law", "task_en": "Law", "task_zh": "法", "due": "2022", "status": "stopped",
         "recorded": "2024-03-01"},
    )  # fmt: skip
    step = {"project": "mill", "kind": "milestone", "item": "complete", "planned": "2023-06"}
    steps = table("plan_projects", {**step, "name_en": "Finish", "name_zh": "竣工"})
    return folder(
        tmp_path, targets, figures, plan__measures_csv=tasks, plan__projects_csv=steps,
        reviews__w_csv="\n".join([",".join(REVIEWS), *reports]) + "\n",
        entities_toml='[mill]\nname = { en = "Mill", zh = "工厂" }\ntype = "project"\n',
    )  # fmt: skip


def tracked(case: Path, as_of: str | None = None) -> Result:
    return session.open(case, as_of).run("track")


def id_at(case: Path, place: str) -> str:
    region = session.open(case).region
    return next(
        id for id in region.figures.observations.frame["id"] if region.place_of(id) == place
    )


def by(result: Result, name: str, key: str) -> dict[Any, dict[Any, Any]]:
    return {row[key]: row for row in result.tables[name].to_dict("records")}


def test_a_report_stands_beside_what_is_published_and_changes_nothing_of_it(case: Path) -> None:
    result = tracked(case)
    row = by(result, "targets", "target")["places"]
    assert (row["latest"], row["latest_period"], row["basis"]) == (2.6, "2022", "published")
    assert (row["reported"], row["reported_by"], row["reported_on"]) == (3.1, "Li", "2024-01-10")
    (case / "reviews" / "w.csv").unlink()
    bare = by(tracked(case), "targets", "target")["places"]
    mine = {k: v for k, v in row.items() if not k.startswith("report")}
    assert str(mine) == str({k: v for k, v in bare.items() if not k.startswith("report")})
    assert bare["report"] == ""


def test_it_fills_in_only_where_nothing_is_published_and_says_so(case: Path) -> None:
    result = tracked(case)
    row = by(result, "targets", "target")["firms"]
    assert (row["basis"], row["latest"], row["reported_by"]) == ("reported", 860, "Wang")
    assert row["progress"] == pytest.approx(50 / 90)
    assert row["observations"] == id_at(case, "economy.csv:4")  # the published base, and no report
    assert row["report"] == "w.csv:4"
    apart = {(r["basis"], r["list"]) for r in result.tables["classes"].to_dict("records")}
    assert apart == {("published", "places"), ("published", "growth"), ("reported", "firms")}
    assert "targets_by_report" in {f.code for f in result.findings}


def test_the_newest_wins_and_the_older_stays(case: Path) -> None:
    told = tracked(case).tables["reported"]
    firms = told[told["indicator"] == "firms"]
    assert firms[["value", "use"]].to_numpy().tolist() == [[860.0, "alone"], [850.0, "older"]]


def test_one_that_contradicts_what_is_published_is_told(case: Path) -> None:
    result = tracked(case)
    row = by(result, "targets", "target")["growth"]
    assert (row["latest"], row["reported"]) == (6.1, 6.5)
    found = [f for f in result.findings if f.code == "report_differs"]
    assert [f.params["value"] for f in found] == [6.5]
    assert found[0].observations == (id_at(case, "economy.csv:5"),)


def test_the_state_of_a_task_is_the_last_word_on_it(case: Path) -> None:
    result = tracked(case)
    tasks = by(result, "measures", "measure")
    road, law = tasks["road"], tasks["law"]
    assert (road["state"], road["evidence"], road["reported_by"]) == ("done_late", "Letter 7", "Li")
    assert (law["state"], law["reported_by"]) == ("stopped", "")  # the plan's row is newer
    use = result.tables["reported"].set_index("item")["use"]
    assert (use["road"], use["law"], use["complete"]) == ("counts", "overtaken", "counts")
    mill = by(result, "milestones", "item")["complete"]
    assert (mill["state"], mill["reported_on"]) == (
        "late",
        "2024-01-10",
    )  # reported after it was due


def test_a_view_of_an_earlier_day_knows_no_later_report(case: Path) -> None:
    file = case / "sources.toml"
    dated = file.read_text("utf-8").replace("The Daily", 'The Daily"\npublished = "2023-06-01')
    file.write_text(dated, "utf-8")
    result = tracked(case, "2024-01-31")
    assert by(result, "targets", "target")["firms"]["reported"] == 850
    done = contents(session.open(case), "monthly", "2022")
    assert done.results["track"].tables["reported"].empty


@pytest.mark.parametrize(("lang", "mark"), [("en", "reported by Wang"), ("zh", "Wang填报于")])
def test_every_surface_marks_it(case: Path, lang: str, mark: str) -> None:
    env = {"COLUMNS": "200"}
    shown = CliRunner().invoke(songhua, ["track", str(case), "--lang", lang], env=env)
    assert shown.exit_code == 0
    assert mark in shown.output


def test_a_report_of_what_the_plan_no_longer_has_is_kept_and_not_used(case: Path) -> None:
    file = case / "reviews" / "w.csv"
    gone = told("task", item="bridge", state="done", done_on="2023", evidence="Letter 8")
    file.write_text(file.read_text("utf-8") + gone + "\n", "utf-8")
    use = tracked(case).tables["reported"].set_index("item")["use"]
    assert use["bridge"] == "gone"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"indicator": "", "value": "1", "unit": "count"}, "report_incomplete"),
        ({"indicator": "firms", "value": "", "unit": "count"}, "report_incomplete"),
        ({"indicator": "firms", "value": "1", "unit": "%"}, "report_unit_misfit"),
        ({"indicator": "firms", "value": "1", "unit": "count", "received": "soon"},
         "report_received"),
    ],
)  # fmt: skip
def test_a_row_that_no_sheet_would_write_is_a_fault_with_its_place(
    case: Path, wrong: dict[str, str], code: str
) -> None:
    file = case / "reviews" / "w.csv"
    file.write_text(file.read_text("utf-8") + told(**wrong) + "\n", "utf-8")
    with pytest.raises(SonghuaError) as caught:
        tracked(case)
    fault = caught.value.faults[0]
    assert (fault.code, fault.file, fault.row) == (code, "reviews/w.csv", 9)
