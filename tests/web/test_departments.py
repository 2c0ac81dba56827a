"""Departments in the browser: what came back, sheets to have and send, and a form that does both."""

import io
import re
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from form_work import MAY, at_field, held, posted, typed
from songhua import messages, schema, session
from songhua.reading.reviews import form
from tracked import aim, figure
from tracked import folder as tracked_folder
from web_work import client, page

TASKS = schema.table("plan_measures").names
LEGEND = re.compile(r"<fieldset><legend>(.*?)</legend>(.*?)</fieldset>", re.DOTALL)
NAME = re.compile(r'name="([0-9a-f]{10}\.[a-z_]+)"')


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Two departments: one with two figures and a task, one with a figure."""
    targets = [
        aim("reach 4.5 places per 1000 persons", "places", id="a", owner="Works"),
        aim("reach 900", "firms", id="d", owner="Works"),
        aim("down 13.5 % in all", "energy", id="e", owner="节能办"),
    ]
    cells = {"id": "road", "task_en": "Build the road", "task_zh": "修路", "lead": "Works",
             "status": "under_way", "due": "2022", "source": "paper", "recorded": "2026-01-02"}  # fmt: skip
    task = ",".join(cells.get(name, "") for name in TASKS)
    return tracked_folder(
        tmp_path, targets,
        [figure("places", "2020", "2.60", "places per 1000 persons"),
         figure("firms", "2021", "810", "count")],
        plan__measures_csv=",".join(TASKS) + f"\n{task}\n",
    )  # fmt: skip


def fields(text: str) -> list[dict[str, str]]:
    """The names of the fields of each line, by column."""
    found = [NAME.findall(body) for _, body in LEGEND.findall(text)]
    return [{one.partition(".")[2]: one for one in names} for names in found]


def numbers(text: str) -> dict[str, list[int]]:
    """The numbers of the list by department: questions, answers, overdue, changed."""
    rows = re.findall(r'<th scope="row"><a[^>]*>([^<]*)</a></th>(.*?)</tr>', text, re.DOTALL)
    return {name: [int(n) for n in re.findall(r'class="n">(\d+)<', row)] for name, row in rows}


def reported(folder: Path) -> pd.DataFrame:
    return session.open(folder).region.reviews


def answers(text: str) -> dict[str, str]:
    places, firms, road = fields(text)
    return typed_cells(text) | {
        "reporter": "Li", places["value"]: "2.75", places["kind"]: "actual",
        places["evidence"]: "Form 12", firms["value"]: "1,204", firms["kind"]: "preliminary",
        firms["qualifier"]: "about", road["state"]: "under_way",
    }  # fmt: skip


def typed_cells(text: str) -> dict[str, str]:
    class Answer:
        pass

    one: Any = Answer()
    one.text = text
    return typed(one)


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_what_a_department_answers_online_is_what_its_sheet_gives(case: Path, lang: str) -> None:
    """The same answers on the sheet and in the form make the same rows but for file and time."""
    asked = client(case)
    place = f"/{lang}/departments/Works?period=2021"
    form_ = page(asked, place)
    assert [unescape(name) for name, _ in LEGEND.findall(form_.text)][-1] in (
        "Build the road",
        "修路",
    )
    before = held(case)
    shown = posted(asked, place, answers(form_.text))
    assert shown.status_code == 200, shown.text
    assert held(case) == before
    done = posted(asked, place, typed_cells(shown.text), "take")
    assert done.status_code == 200
    online = reported(case)
    assert list(online["value"]) == ["2.75", "1204", ""]
    for file in (case / "reviews").iterdir():
        file.unlink()
    sheet = asked.get(f"/{lang}/departments/Works/sheet.xlsx?period=2021")
    book = openpyxl.load_workbook(io.BytesIO(sheet.content))
    table: Any = book[next(one for one in book.sheetnames if one != form.MARK)]
    table.cell(form.REPORTER_ROW + 1, form.ANSWER_COLUMN + 1).value = "Li"
    words = {name: {v: k for k, v in form.choices(name, lang).items()} for name in form.LISTS}
    for at, cells in enumerate((
        {"value": "2.75", "kind": words["kind"]["actual"], "evidence": "Form 12"},
        {"value": "1,204", "kind": words["kind"]["preliminary"],
         "qualifier": words["qualifier"]["about"]},
        {"state": words["state"]["under_way"]},
    )):  # fmt: skip
        for name, text in cells.items():
            table.cell(form.FIRST + 1 + at, form.COLUMNS.index(name) + 1).value = text
    out = io.BytesIO()
    book.save(out)
    sent = asked.post(
        f"/{lang}/import", headers=MAY, files={"file": ("works.xlsx", out.getvalue())}
    )
    assert "2.75" in asked.get(sent.headers["location"]).text
    asked.post(sent.headers["location"], headers=MAY, data={"what": "take"})
    columns = [name for name in schema.table("reviews").names if name not in ("received", "sheet")]
    pd.testing.assert_frame_equal(reported(case)[columns], online[columns])


def test_the_list_says_what_came_back_and_what_changed(case: Path) -> None:
    asked = client(case)
    assert numbers(page(asked, "/en/departments?period=2021").text) == {
        "Works": [3, 0, 3, 0], "节能办": [1, 0, 1, 0],
    }  # fmt: skip
    for period, firms in (("2021", "1,204"), ("2022", "1,300")):
        place = f"/en/departments/Works?period={period}"
        cells = answers(page(asked, place).text)
        name = next(key for key, text in cells.items() if text == "1,204")
        shown = posted(asked, place, cells | {name: firms})
        assert posted(asked, place, typed_cells(shown.text), "take").status_code == 200
    found = numbers(page(asked, "/en/departments?period=2022").text)
    assert found["Works"] == [3, 3, 0, 1]
    assert numbers(page(asked, "/en/departments?period=2021").text)["Works"] == [3, 3, 0, 0]
    text = page(asked, "/en/departments/Works?period=2022").text
    assert "1204 ·" in text
    assert "1300 ·" in text
    assert numbers(page(asked, "/en/departments").text)["Works"] == found["Works"]  # the last


def test_each_fault_stands_at_its_field_and_nothing_is_written(case: Path) -> None:
    asked, before = client(case), held(case)
    place = "/zh/departments/Works?period=2021"
    text = page(asked, place).text
    places, firms, road = fields(text)
    wrong = {
        places["value"]: "many", firms["value"]: "12.5", firms["kind"]: "actual",
        road["state"]: "done", road["done_on"]: "someday",
    }  # fmt: skip
    refused = posted(asked, place, typed_cells(text) | wrong)
    assert refused.status_code == 422
    for field in (places["value"], firms["value"], road["done_on"], road["evidence"], "reporter"):
        assert at_field(refused.text, field)
    assert {name: typed_cells(refused.text)[name] for name in wrong} == wrong
    assert posted(asked, place, {"reporter": "Li"}).status_code == 422
    assert held(case) == before


def test_a_reminder_names_what_is_open(case: Path) -> None:
    asked = client(case)
    text = page(asked, "/en/departments/Works?period=2021").text
    reminder = re.search(r"<textarea[^>]*>(.*?)</textarea>", text, re.DOTALL)
    assert reminder
    assert "all 3 reports" in reminder[1]
    assert "- Build the road (2022)" in reminder[1]
    assert "节能办" in page(asked, "/zh/departments/节能办?period=2021").text


def test_what_is_not_there_is_said(case: Path, rivertown: Path) -> None:
    asked = client(case)
    assert asked.get("/en/departments/Nobody?period=2021").status_code == 404
    assert asked.get("/en/departments?period=someday").status_code == 400
    assert asked.get("/en/departments/Nobody/sheet.xlsx?period=2021").status_code == 404
    without = page(client(rivertown), "/en/departments")
    assert without.status_code == 200
    assert "no plan" in without.text


def test_another_who_reports_meanwhile_is_told(case: Path) -> None:
    asked, place = client(case), "/en/departments/Works?period=2021"
    shown = posted(asked, place, answers(page(asked, place).text))
    other = posted(asked, place, answers(page(asked, place).text) | {"reporter": "Wang"})
    posted(asked, place, typed_cells(other.text), "take")
    told = posted(asked, place, typed_cells(shown.text), "take")
    assert "(new)" in told.text
    assert set(reported(case)["reporter"]) == {"Wang"}
    posted(asked, place, typed_cells(told.text), "take")
    assert set(reported(case)["reporter"]) == {"Wang", "Li"}


def test_reading_alone_shows_and_takes_nothing(case: Path) -> None:
    asked = client(case, read_only=True)
    text = page(asked, "/en/departments/Works?period=2021").text
    assert "Build the road" in text
    assert not NAME.search(text)
    assert asked.get("/en/departments/Works/sheet.xlsx?period=2021").status_code == 200
    assert posted(asked, "/en/departments/Works?period=2021", {}).status_code == 403


@pytest.mark.parametrize(
    "name", ["交通/水务", "..", "-", "What? #1 50%", "~x", "a\\b", "x" * 250]
)  # fmt: skip
def test_a_department_has_an_address_whatever_its_name_is(tmp_path: Path, name: str) -> None:
    case = tracked_folder(
        tmp_path, [aim("reach 900", "firms", id="d", owner=name)],
        [figure("firms", "2021", "810", "count")],
    )  # fmt: skip
    asked = client(case)
    listed = page(asked, "/en/departments?period=2023").text
    ways = [unescape(one) for one in re.findall(r'<a href="(/en/departments/[^"]+)"', listed)]
    assert len(ways) == 2
    for way in ways:
        path = way.partition("?")[0]
        assert "/../" not in f"{path}/"
        assert path.count("/") == (4 if path.endswith("sheet.xlsx") else 3)
        answer = asked.get(way)
        assert answer.status_code == 200, way
    form_page = asked.get(ways[0])
    assert NAME.search(form_page.text)
    value, kind = (fields(form_page.text)[0][one] for one in ("value", "kind"))
    said = typed(form_page) | {"reporter": "Li", value: "810", kind: "actual"}
    shown = posted(asked, ways[0], said)
    assert shown.status_code == 200, shown.text
    assert posted(asked, ways[0], typed(shown), "take").status_code == 200
    assert list(reported(case)["department"]) == [name]


def test_an_answer_of_the_department_that_was_asked_before_counts_and_names_it(case: Path) -> None:
    asked = client(case)
    place = "/en/departments/Works?period=2021"
    shown = posted(asked, place, answers(page(asked, place).text))
    assert posted(asked, place, typed_cells(shown.text), "take").status_code == 200
    targets = case / "plan/targets.csv"
    targets.write_text(targets.read_text("utf-8").replace("Works", "Energy"), "utf-8")
    text = page(asked, "/en/departments/Energy?period=2021").text
    assert text.count("asked then: Works") == 2
    assert numbers(page(asked, "/en/departments?period=2021").text)["Energy"] == [2, 2, 0, 0]
