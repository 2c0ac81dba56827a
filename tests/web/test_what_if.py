"""A what-if: the plan changed by address, compared draw by draw, and saved as a scenario."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from starlette.testclient import TestClient

from close import assert_close
from songhua import messages, session
from songhua.web import guard
from web_work import HOME, TOKEN, client, page

MAY = {"origin": HOME, guard.HEADER: TOKEN}
#: The changes for each case: a later project, a smaller one or other purchases, and the region's.
ASKED = {
    "washington": {
        "_set.delay.lamb-weston-richland": "2.5",
        "_set.realised.boeing-wing-centre": "80",
        "_set.local.boeing-wing-centre": "40",
        "_set.area": "150000",
    },
    "harbin": {
        "_set.delay.robot-island": "3",
        "_off.star-valley": "1",
        "_set.pay": "80",
        "_set.concentration": "20",
    },
}


@pytest.fixture
def washington_folder(tmp_path: Path) -> Path:
    return session.new(tmp_path / "washington", "washington")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """Someone who asks of the second case and writes nothing, its plan drawn already."""
    asked = client(session.new(tmp_path_factory.mktemp("reader") / "washington", "washington"))
    page(asked, "/en/what-if")
    return asked


def words(asked: dict[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in asked.items())


def whole(asked: TestClient, address: str) -> dict[str, Any]:
    """The answer as JSON, once it is of all draws."""
    for _ in range(200):
        found = page(asked, address).json()
        if found["draws"] == found["of"]:
            return found
    raise AssertionError(f"{address} stays a first answer")


def saved(asked: TestClient, query: str, id: str = "later", **headers: str) -> Any:
    given = headers or MAY
    data = {"id": id, "name": "Later"}
    return asked.post(f"/en/what-if/save?{query}", headers=given, data=data)


@pytest.mark.parametrize("case", ["washington", pytest.param("harbin", marks=pytest.mark.deep)])
def test_the_answer_is_that_of_a_whole_run_of_the_saved_scenario(tmp_path: Path, case: str) -> None:
    folder = session.new(tmp_path / case, case)
    asked, query = client(folder), words(ASKED[case])
    page(asked, "/en/what-if")
    found = whole(asked, f"/en/what-if.json?{query}")
    assert found["asked"] == ASKED[case]
    assert saved(asked, query).status_code == 200
    opened = session.open(folder)
    ran = opened.run("simulate", scenario="later")
    rows = pd.DataFrame(found["rows"])
    balance, totals = ran.tables["balance"], ran.tables["totals"]
    balance, totals = (one[one["effect"] == "type_i"] for one in (balance, totals))
    compared = 0
    for row in rows[rows["period"].str.isdigit() | (rows["project"] != "")].to_dict("records"):
        if row["project"]:
            of = totals[(totals["project"] == row["project"]) & (totals["phase"] == row["step"])]
            of = of[of["period"] == row["period"]]
        else:
            of = balance[(balance["step"] == row["step"])]
            of = of[of["year"].astype(str) == row["period"]]
        of = of[of["measure"] == row["measure"]]
        new = [row["new_low"], row["new_value"], row["new_high"]]
        if row["without_parts"]:  # where nothing is left out there is one sum
            of = of.assign(**{
                end: of[f"without_parts{tail}"].fillna(of[end])
                for end, tail in (("value", ""), ("low", "_low"), ("high", "_high"))
            })  # fmt: skip
        if of.empty:
            assert new == [0.0, 0.0, 0.0], row
        else:
            assert_close(of[["low", "value", "high"]].to_numpy()[0], new, rtol=1e-9)
            compared += 1
    assert compared > 30
    base = whole(asked, "/en/what-if.json?_scenario=later")
    about = ("project", "period", "step", "measure", "without_parts")
    again = {tuple(r[name] for name in about): r for r in base["rows"]}
    for row in found["rows"]:
        same = again.get(tuple(row[name] for name in about))
        if same is not None:
            assert_close([same["value"]], [row["new_value"]], rtol=1e-9)


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_the_page_works_by_its_form_and_runs_no_script_of_its_own(
    reader: TestClient, lang: str
) -> None:
    text = page(reader, f"/{lang}/what-if").text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<[^>]*\son[a-z]+=", text)
    names = re.findall(r'<input type="number" id="([^"]+)" name="([^"]+)" value="([^"]*)"', text)
    assert {name for _, name, _ in names} >= {"_set.delay", "_set.delay.lamb-weston-richland"}
    assert all(not value for *_, value in names)  # nothing is set that nobody set
    assert all(f'<label for="{id}">' in text for id, *_ in names)
    set_ = "&".join(f"{name}={'70' * (name == '_set.spent')}" for _, name, _ in names)
    moved = reader.get(f"/{lang}/what-if?{set_}")
    assert (moved.status_code, moved.headers["location"]) == (303, f"/{lang}/what-if?_set.spent=70")
    text = page(reader, moved.headers["location"]).text
    assert 'name="_set.spent" value="70"' in text
    assert f'href="/{"zh" if lang == "en" else "en"}/what-if?_set.spent=70"' in text
    part = reader.get(f"/{lang}/what-if/answer?_set.spent=70").text
    assert "<html" not in part
    assert part.strip() in text


def test_a_difference_is_taken_draw_by_draw(reader: TestClient) -> None:
    none = whole(reader, "/en/what-if.json")["rows"]
    assert all((r["more"], r["better"], r["worse"]) == (0.0, 0.0, 0.0) for r in none)
    gone = whole(reader, "/en/what-if.json?_off.boeing-wing-centre=1")["rows"]
    built = next(r for r in gone if r["project"] == "boeing-wing-centre")
    assert (built["new_value"], built["worse"]) == (0.0, 100.0)
    # the loss equals its effect, with the ends turned round
    assert_close([built["more_low"], built["more"]], [-built["high"], -built["value"]], rtol=1e-7)
    other = [r for r in gone if r["project"] == "lamb-weston-richland"]
    assert all(r["more"] == 0.0 for r in other)
    sums = [r for r in gone if not r["project"] and ".." in r["period"]]
    assert [r["measure"] for r in sums] == ["value_added", "jobs"]
    sheet = reader.get("/en/what-if.csv?_off.boeing-wing-centre=1").content.decode("utf-8-sig")
    assert len(sheet.splitlines()) == len(gone) + 1


def test_tables_drawn_anew_are_answered_from_fewer_draws_first(reader: TestClient) -> None:
    first = reader.get("/en/what-if.json?_set.area=100000")
    assert (first.json()["draws"], first.json()["of"]) == (60, 300)
    assert int(first.headers["retry-after"]) > 0
    found = whole(reader, "/en/what-if.json?_set.area=100000")
    assert found["rows"] != first.json()["rows"]
    text = reader.get("/en/what-if?_set.area=90000").text
    assert "from 60 of 300 draws" in text.replace("\xa0", " ")
    assert "data-follow=" in text
    assert "data-follow=" not in reader.get("/en/what-if?_set.pay=60").text


@pytest.mark.parametrize(
    ("word", "text", "said"),
    [
        ("_set.nothing", "1", "_set.delay.lamb-weston-richland"),
        ("_set.delay.nobody", "1", "_off.boeing-wing-centre"),
        ("_off.nobody", "1", "is not understood here"),
        ("_target.nobody", "1", "_target.manufacturing-2031"),
        ("_set.delay", "soon", "plain number"),
        ("_set.delay", "1e3", "plain number"),
        ("_set.delay", "nan", "plain number"),
        ("_set.delay", "51", "-10..50"),
        ("_set.spent", "-1", "0..100"),
        ("_set.pay", "0", "0.."),
        ("_off.boeing-wing-centre", "yes", "within 1"),
        ("_faster", "21", "-20..20"),
    ],
)
def test_what_is_not_understood_is_refused_with_what_would_be(
    reader: TestClient, word: str, text: str, said: str
) -> None:
    for form in ("", "/answer", ".json", ".csv"):
        answer = reader.get(f"/en/what-if{form}?{word}={text}&_set.export=200")
        assert answer.status_code == 400, form
        assert said in answer.text
        assert "_set.export is 200" in answer.text  # all faults at once


def test_a_plan_without_a_project_is_refused(reader: TestClient) -> None:
    both = "_off.boeing-wing-centre=1&_off.lamb-weston-richland=1"
    assert reader.get(f"/en/what-if?{both}").status_code == 400


def test_a_target_is_asked_at_another_level_and_assumptions_leave_it_alone(
    reader: TestClient,
) -> None:
    found = whole(reader, "/en/what-if.json?_target.manufacturing-2031=1.2")
    (target,) = found["targets"]
    assert (target["goal"], target["new"]["goal"]) == (536000.0, 321600.0)  # 1.2 times 268,000
    assert 0 < target["new"]["required"] < target["required"]
    assert all(row["more"] == 0.0 for row in found["rows"])
    assert [pair[1] for pair in found["brief"]] != []
    text = reader.get("/en/what-if?_set.spent=70").text
    assert "No assumption and no project moves them" in text
    assert "none of these has odds today" in reader.get("/en/what-if?_faster=1").text


def test_saving_is_guarded_and_writes_over_nothing(washington_folder: Path) -> None:
    asked, query = client(washington_folder), "_set.delay=2"
    page(asked, "/en/what-if")
    scenarios = washington_folder / "plan" / "scenarios"
    before = {one.name: one.read_bytes() for one in scenarios.iterdir()}
    stranger = client(washington_folder, token="")
    for headers in (
        {"origin": HOME},
        {guard.HEADER: TOKEN},
        {"origin": "http://evil.example", guard.HEADER: TOKEN},
        {"origin": HOME, guard.HEADER: "another"},
    ):
        assert saved(stranger, query, **headers).status_code == 403
    for id in ("", "../later", "a/b", "Later", "-", "later.toml", "a" * 61, "con\u0000"):
        assert saved(asked, query, id).status_code in (400, 422), id
    assert saved(asked, query, "food-only").status_code == 409
    assert saved(asked, "_target.manufacturing-2031=1.2").status_code == 400  # no scenario's
    assert saved(client(washington_folder, read_only=True), query).status_code == 403
    assert {one.name: one.read_bytes() for one in scenarios.iterdir()} == before
    assert saved(asked, query).status_code == 200
    after = {one.name for one in scenarios.iterdir()}
    assert after == {*before, "later.toml"}
    assert session.open(washington_folder).plan is not None
    assert saved(asked, query).status_code == 409  # it is there


def test_a_scenario_is_saved_with_what_the_one_shown_changes_already(
    washington_folder: Path,
) -> None:
    asked = client(washington_folder)
    page(asked, "/en/what-if?_scenario=food-only")
    assert saved(asked, "_scenario=food-only&_set.delay.lamb-weston-richland=2").status_code == 200
    plan = session.open(washington_folder).plan
    assert plan is not None
    made = plan.scenarios["later"]
    assert list(made.leave_out) == ["boeing-wing-centre"]
    assert [(row.label, row.value) for row in made.changes.values()] == [
        ("delay.lamb-weston-richland", "2")
    ]


def test_a_scenario_without_a_project_lets_go_of_what_is_assumed_of_it(
    washington_folder: Path,
) -> None:
    asked = client(washington_folder)
    page(asked, "/en/what-if")
    assert saved(asked, "_off.lamb-weston-richland=1").status_code == 200
    found = page(asked, "/en/what-if.json?_scenario=later").json()
    scoped = {lever["word"] for lever in found["levers"] if "lamb-weston" in lever["word"]}
    assert scoped == set()  # output.lamb-weston-richland stands in the plan's assumptions
    assert page(asked, "/en/projects?_scenario=later").status_code == 200


def test_a_case_of_songhua_is_never_written_to() -> None:
    asked = client(session.example("washington"))
    text = page(asked, "/en/what-if?_set.spent=70").text
    assert "/what-if/save" not in text
    assert saved(asked, "_set.spent=70").status_code == 409


def test_a_folder_without_projects_says_what_it_lacks(rivertown: Path) -> None:
    asked = client(rivertown)
    for lang in messages.LANGUAGES:
        answer = page(asked, f"/{lang}/what-if")
        assert answer.status_code == 200
        assert "plan/" in answer.text
    assert page(asked, "/en/what-if.json").status_code == 409


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_a_project_has_a_page_with_its_facts_and_its_way_to_what_if(
    reader: TestClient, lang: str
) -> None:
    id = "lamb-weston-richland"
    listed = page(reader, f"/{lang}/projects").text
    assert f'href="/{lang}/projects/{id}"' in listed
    text = page(reader, f"/{lang}/projects/{id}").text
    assert f'href="/{lang}/what-if?_project={id}"' in text
    assert f'href="/{lang}/sources/tricities-lamb-weston"' in text
    assert "c-fan-value-added" in text
    assert "c-tornado-net-value-added" in text
    assert "2016" in text
    data = page(reader, f"/{lang}/projects/{id}.json").json()
    assert data["title"] in text
    assert page(reader, f"/{lang}/projects/lamb-weston").status_code == 404
    assert id in page(reader, f"/{lang}/projects/lamb-weston").text
    opened = page(reader, f"/{lang}/what-if?_project={id}").text
    assert re.search(r"<details[^>]* open>\s*<summary>[^<]*" + re.escape(data["title"]), opened)
