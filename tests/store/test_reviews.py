"""Review sheets: issued by department, filled, checked cell by cell, appended once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from songhua import schema, session, store
from songhua.cli import songhua
from songhua.errors import SonghuaError
from songhua.labels import parse_period
from songhua.reading.reviews import form
from songhua.reading.reviews.items import items
from songhua.reading.reviews.review_cells import IssuedLine
from songhua.reading.reviews.sheet_reader import Sheet, matched
from songhua.reading.sheets.grid import Grid
from tracked import aim, figure
from tracked import folder as tracked_folder
from work import growth

NOW = datetime(2026, 3, 1, 9, 30, 5, tzinfo=UTC)
TASKS = schema.table("plan_measures").names
PROJECTS = schema.table("plan_projects").names
Edit = Callable[[Any, Any], Any]


def row(names: list[str], **cells: str) -> str:
    cells = {"source": "paper", "recorded": "2026-01-02", **cells}
    return ",".join(cells.get(name, "") for name in names)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Two departments: one with three figures, a task and a milestone; one with a figure."""
    targets = [
        aim("reach 4.5 places per 1000 persons", "places", id="a", owner="Works"),
        aim("年均增长5.5%—6%", "gdp_growth", id="b", owner="Works"),
        aim("6 % or more", "gdp_growth", "2021", id="c", owner="Works"),
        aim("reach 900", "firms", id="d", owner="Works"),
        aim("down 13.5 % in all", "energy", id="e", owner="Energy"),
    ]
    tasks = [
        row(TASKS, id="road", task_en="Build the road", task_zh="修路", lead="Works",
            status="under_way", due="2022"),
        row(TASKS, id="old", task_en="Done long ago", task_zh="早已完成", lead="Works",
            status="done", done_on="2021"),
    ]  # fmt: skip
    points = [row(PROJECTS, project="mill", kind="milestone", item="complete", lead="Works",
                  name_en="Finish", name_zh="竣工", planned="2022")]  # fmt: skip
    return tracked_folder(
        tmp_path,
        targets,
        [
            figure("places", "2020", "2.60", "places per 1000 persons"),
            figure("firms", "2021", "810", "count"),
        ],
        plan__measures_csv="\n".join([",".join(TASKS), *tasks]) + "\n",
        plan__projects_csv="\n".join([",".join(PROJECTS), *points]) + "\n",
        entities_toml='[mill]\nname = { en = "Mill", zh = "工厂" }\ntype = "project"\n',
    )


def issued(case: Path, lang: str = "en", department: str = "Works") -> Path:
    files = session.review(case, "2021", case.parent / lang, lang).files
    return next(file for file in files if file.stem == department)


def cell(page: Any, name: str, at: int) -> Any:
    """The cell of a column in the at-th item row."""
    return page.cell(form.FIRST + 1 + at, form.COLUMNS.index(name) + 1)


def edited(file: Path, edit: Edit, name: str = "filled.xlsx") -> Path:
    book = openpyxl.load_workbook(file)
    edit(book, book[next(one for one in book.sheetnames if one != form.MARK)])
    book.save(file.parent / name)
    return file.parent / name


def sound(book: Any, page: Any) -> None:
    """A sheet without a fault: places, firms, the road and the mill; growth is left blank."""
    page.cell(form.REPORTER_ROW + 1, form.ANSWER_COLUMN + 1).value = "Li"
    for name, text in {"value": 2.75, "kind": "actual", "evidence": "Form 12"}.items():
        cell(page, name, 0).value = text
    for name, text in {"value": "1,204", "kind": "preliminary", "qualifier": "about"}.items():
        cell(page, name, 2).value = text
    cell(page, "state", 3).value = "under way"
    cell(page, "state", 4).value = "done"
    cell(page, "done_on", 4).value = date(2021, 11, 30)
    cell(page, "evidence", 4).value = "Letter 7"


def taken(case: Path, file: Path) -> store.Import:
    return session.import_file(case, file, now=NOW)


def codes(case: Path, file: Path) -> dict[str, list[str]]:
    """The faults by code with their places; nothing may have been stored."""
    with pytest.raises(SonghuaError) as told:
        taken(case, file)
    assert not (case / "reviews").exists()
    found: dict[str, list[str]] = {}
    for fault in told.value.faults:
        assert fault.words("en")
        assert fault.words("zh")
        assert fault.file == file.name
        found.setdefault(fault.code, []).append(fault.column.rpartition("!")[2])
    return found


def test_a_department_is_asked_what_it_owns_and_no_more(case: Path) -> None:
    files = session.review(case, "2021", case.parent / "out").files
    assert sorted(file.name for file in files) == ["Energy.xlsx", "Works.xlsx"]
    page = openpyxl.load_workbook(case.parent / "out" / "Works.xlsx")[form.tab("en")]
    assert "Rivertown" in str(page.cell(1, 1).value)
    lines = [[str(cell(page, name, at).value or "") for name in form.FIXED] for at in range(6)]
    assert [line[1] for line in lines] == [
        "Childcare places", "Real growth", "Firms", "Build the road", "Mill, Finish", "",
    ]  # fmt: skip
    assert lines[0][4:] == [
        "2.60 places per 1,000 people (2020), Bulletin 2020", "places per 1,000 people",
    ]  # fmt: skip
    assert lines[1][2] == "年均增长5.5%—6% (2021–2025 plan); 6 % or more (2021)"
    assert lines[3][4] == "under way"


def test_no_department_is_asked_of_another_place_or_of_an_earlier_plan(tmp_path: Path) -> None:
    targets = [
        aim("reach 900", "firms", id="a"),
        aim("reach 900", "firms", "plan:2016..2020", id="b", scope="old towns"),
        aim("reach 90", "places", id="c", region="upland"),
        aim("reach 20", "gdp", id="d", region="upland", owner="Works"),
    ]
    tasks = [
        row(TASKS, id=f"road-{due}", task_en=f"Road of {due}", task_zh="修路", status="planned",
            due=due) for due in ("2019", "2022")
    ]  # fmt: skip
    path = tracked_folder(
        tmp_path, targets, [], plan__measures_csv="\n".join([",".join(TASKS), *tasks]) + "\n"
    )
    held = store.read(path)
    assert held.plan is not None
    for period, figures in (("2022", ["Firms", "Gross product, Upland"]), ("2018", [])):
        asked = items(held.region, held.plan, parse_period(period), "en")
        assert [item.name for item in asked if item.sort == "figure"] == figures
        assert [item.name for item in asked if item.sort == "task"] == ["Road of 2022"]


def test_only_what_is_to_be_filled_in_is_open(case: Path) -> None:
    book = openpyxl.load_workbook(issued(case))
    page = book[next(one for one in book.sheetnames if one != form.MARK)]
    assert page.protection.sheet
    assert book[form.MARK].sheet_state == "veryHidden"
    for at, sort in enumerate(["figure", "figure", "figure", "task", "milestone"]):
        open_ = {name for name in form.COLUMNS if not cell(page, name, at).protection.locked}
        assert open_ == set(form.OPEN_COLUMNS[sort])
    listed = {str(v.sqref): v.formula1 for v in page.data_validations.dataValidation}
    assert listed["H8"] == '"about,more than,at least,nearly,at most,less than"'
    assert listed["I8"] == '"actual,preliminary,estimate"'
    assert listed["J11"] == '"planned,under way,done,stopped,unknown"'


def test_a_sheet_is_printed_on_a4_across_as_wide_as_a_page(case: Path) -> None:
    page = openpyxl.load_workbook(issued(case))[form.tab("en")]
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.print_title_rows == f"${form.HEADING + 1}:${form.HEADING + 1}"


def test_a_filled_sheet_is_appended_with_reporter_and_time(case: Path) -> None:
    done = taken(case, edited(issued(case), sound))
    assert done.file.startswith("reviews/2021-filled-")
    held = store.read(case).reviews
    assert len(held) == 4
    first = held.iloc[0]
    wanted = {
        "department": "Works", "review": "2021", "sort": "figure", "indicator": "places",
        "region": "rivertown", "industry": "all", "value": "2.75", "kind": "actual",
        "unit": "places per 1000 persons", "evidence": "Form 12", "reporter": "Li",
        "received": "2026-03-01T09:30:05Z", "sheet": "filled.xlsx",
    }  # fmt: skip
    assert {name: first[name] for name in wanted} == wanted
    assert held.iloc[1][["value", "qualifier"]].tolist() == ["1204", "about"]
    assert held.iloc[2][["item", "state"]].tolist() == ["road", "under_way"]
    columns = ["entity", "item", "state", "done_on"]
    assert held.iloc[3][columns].tolist() == ["mill", "complete", "done", "2021-11-30"]
    again = taken(case, edited(issued(case), sound))
    assert (len(again.rows), again.repeated) == (0, 4)


def test_a_later_answer_is_a_new_row_and_both_stand(case: Path) -> None:
    file = edited(issued(case), sound)
    taken(case, file)

    def corrected(book: Any, page: Any) -> None:
        cell(page, "value", 0).value = 2.8

    later = taken(case, edited(file, corrected))
    assert (len(later.rows), later.repeated) == (1, 3)
    held = store.read(case).reviews
    assert held.loc[held["indicator"] == "places", "value"].tolist() == ["2.75", "2.8"]


def test_a_sheet_in_chinese_says_the_same(case: Path) -> None:
    def filled(book: Any, page: Any) -> None:
        page.cell(form.REPORTER_ROW + 1, form.ANSWER_COLUMN + 1).value = "李"
        cell(page, "value", 0).value = 2.75
        cell(page, "kind", 0).value = "实际"
        cell(page, "state", 3).value = "进行中"

    rows = taken(case, edited(issued(case, "zh"), filled)).rows
    assert rows["kind"].tolist() == ["actual", ""]
    assert rows["state"].tolist() == ["", "under_way"]


def _set(name: str, at: int, value: Any) -> Edit:
    def edit(book: Any, page: Any) -> None:
        sound(book, page)
        cell(page, name, at).value = value

    return edit


def _at(place: str, value: Any) -> Edit:
    def edit(book: Any, page: Any) -> None:
        sound(book, page)
        page[place].value = value

    return edit


def _do(what: Edit) -> Edit:
    def edit(book: Any, page: Any) -> None:
        sound(book, page)
        what(book, page)

    return edit


def _swap(book: Any, page: Any) -> None:
    for column in range(1, len(form.COLUMNS) + 1):
        one, other = (page.cell(form.FIRST + 1 + at, column) for at in (1, 2))
        one.value, other.value = other.value, one.value


def _copy(book: Any, page: Any) -> None:
    for column in range(1, len(form.COLUMNS) + 1):
        page.cell(form.FIRST + 6, column).value = page.cell(form.FIRST + 1, column).value


def _stranger(book: Any, page: Any) -> None:
    for column, text in enumerate(("figure", "Bridges", "10 bridges", "All", "", "count"), 1):
        page.cell(form.FIRST + 6, column).value = text


def _hidden(row: int, column: int, value: str) -> Edit:
    def edit(book: Any, page: Any) -> None:
        book[form.MARK].cell(row, column).value = value

    return _do(edit)


FAULTS: dict[str, tuple[str, list[str], Edit]] = {
    "a changed unit": ("review_unit_changed", ["F8"], _set("unit", 0, "‰")),
    "a changed definition": ("review_fixed_changed", ["D8"], _set("definition", 0, "Other.")),
    "a changed target": ("review_fixed_changed", ["C10"], _set("asked", 2, "reach 800")),
    "text for a number": ("review_not_a_number", ["G8"], _set("value", 0, "many")),
    "a mark for a number": ("review_not_a_number", ["G8"], _set("value", 0, "n/a")),
    "true for a number": ("review_not_a_number", ["G8"], _set("value", 0, True)),
    "a date for a number": ("review_not_a_number", ["G8"], _set("value", 0, date(2021, 1, 2))),
    "a unit in the number": ("review_unit_inside", ["G10"], _set("value", 2, "1204家")),
    "a percent sign": ("review_unit_inside", ["G10"], _set("value", 2, "12%")),
    "a word in the number": ("review_qualifier_inside", ["G8"], _set("value", 0, "about 2.7")),
    "too many digits": ("review_too_long", ["G8"], _set("value", 0, "0.1234567890123")),
    "a broken count": ("review_not_whole", ["G10"], _set("value", 2, 12.5)),
    "growth below -100 %": ("figure_below", ["G9"], _do(
        lambda book, page: [setattr(cell(page, name, 1), "value", one)
                            for name, one in (("value", -250), ("kind", "actual"))])),
    "a count below zero": ("review_negative", ["G10"], _set("value", 2, -3)),
    "an error value": ("review_error", ["G8"], _set("value", 0, "#REF!")),
    "a formula": ("review_formula", ["G8"], _set("value", 0, "=1+1")),
    "a word outside its list": ("review_choice", ["I8"], _set("kind", 0, "final")),
    "a state outside its list": ("review_choice", ["J11"], _set("state", 3, "soon")),
    "a value without its sort": ("review_kind_missing", ["I8"], _set("kind", 0, None)),
    "a sort without a value": ("review_value_missing", ["G8"], _set("value", 0, None)),
    "no state": ("review_state_missing", ["J11"], _do(
        lambda book, page: [setattr(cell(page, "state", 3), "value", None),
                            setattr(cell(page, "note", 3), "value", "x")])),
    "a date that is none": ("review_date", ["K12"], _set("done_on", 4, "spring")),
    "a date to come": ("review_date_future", ["K12"], _set("done_on", 4, "2030-01-01")),
    "done without a date": ("review_done_undated", ["K12"], _set("done_on", 4, None)),
    "a date without done": ("review_date_not_done", ["K11"], _set("done_on", 3, "2021-05")),
    "done without evidence": ("review_evidence_missing", ["L12"], _set("evidence", 4, None)),
    "too long a text": ("review_text_long", ["M8"], _set("note", 0, "x" * 2001)),
    "a cell not asked for": ("review_not_asked", ["G11"], _set("value", 3, 7)),
    "no reporter": ("review_reporter_missing", ["C3"], _at("C3", None)),
    "the wrong period": ("review_period_changed", ["C4"], _at("C4", "2022")),
    "another department": ("review_department_changed", ["C5"], _at("C5", "Energy")),
    "another heading": ("review_heading", ["G7"], _at("G7", "Number")),
    "moved rows": ("review_row_moved", ["B10"], _do(_swap)),
    "a repeated row": ("review_row_repeats", ["B13"], _do(_copy)),
    "an unknown target": ("review_row_unknown", ["B13"], _do(_stranger)),
    "a removed row": ("review_row_missing", ["B9"], _do(lambda book, page: page.delete_rows(9))),
    "merged cells": ("review_merged", ["G8"], _do(lambda book, page: page.merge_cells("G8:G9"))),
    "cells merged beside the headings": ("review_merged", ["P7"], _do(lambda book, page: page.merge_cells("P7:Q7"))),
    "a cell outside the form": ("review_outside", ["P8"], _at("P8", "see below")),
    "a cell right beside the form": ("review_outside", ["N8"], _at("N8", "see below")),
    "a sheet added": ("review_sheet_extra", ["more"], _do(lambda book, page: book.create_sheet("more"))),
    "another version": ("review_version", ["review"], _hidden(1, 2, "0")),
    "a changed hidden sheet": ("review_marker_changed", ["review"], _hidden(9, 2, "gdp")),
    "no hidden sheet": ("review_marker_missing", ["review"], _do(
        lambda book, page: book.remove(book[form.MARK]))),
    "nothing filled in": ("review_nothing", ["G8"], lambda book, page: setattr(
        page["C3"], "value", "Li")),
}  # fmt: skip


@pytest.mark.parametrize("what", FAULTS)
def test_each_sort_of_fault_is_named_at_its_cell(case: Path, what: str) -> None:
    code, places, edit = FAULTS[what]
    assert codes(case, edited(issued(case), edit)) == {code: places}


def _ruined(book: Any, page: Any) -> None:
    """Faults of every sort at once, in a sheet with nine figures, a task and a milestone."""
    for column in range(1, len(form.COLUMNS) + 1):  # rows 11 and 12 change places
        one, other = page.cell(11, column), page.cell(12, column)
        one.value, other.value = other.value, one.value
        page.cell(19, column).value = page.cell(8, column).value
    for column, text in enumerate(("figure", "Bridges", "10 bridges", "All", "", "count"), 1):
        page.cell(20, column).value = text
    for place, value in {
        "C4": "2022", "C5": "Energy", "G7": "Number", "D8": "Other.", "G8": "=1+1", "P8": "see",
        "F9": "pp", "G9": "#REF!", "M9": "x" * 2001, "G10": 12.5, "I10": "actual",
        "G11": -3, "I11": "actual", "G12": "many", "I12": "actual", "G13": 4.5, "I13": "final",
        "G14": "about 2", "I14": "actual", "G15": 3, "I16": "actual", "G17": 7, "J17": "soon",
        "K17": "spring", "J18": "done", "K18": "2030-01-01",
    }.items():  # fmt: skip
        page[place].value = value
    page.merge_cells("L13:M13")
    book.create_sheet("more")


def test_twenty_faults_in_one_sheet_are_all_named_at_once(case: Path) -> None:
    more = [
        aim("reach 80", "sales", id="f", owner="Works"),
        aim("1000", "jobs", id="g", owner="Works"),
        aim("5 % at most", "unemployment", id="h", owner="Works"),
        aim("reach 20", "gdp", id="i", owner="Works"),
        aim("reach 5", "places", id="j", owner="Works", region="upland"),
        aim("reach 90", "firms", id="k", owner="Works", region="upland"),
    ]
    with (case / "plan" / "targets.csv").open("a") as handle:
        handle.write("\n".join(more) + "\n")
    found = codes(case, edited(issued(case), _ruined))
    assert found == {
        "review_reporter_missing": ["C3"], "review_period_changed": ["C4"],
        "review_department_changed": ["C5"], "review_heading": ["G7"],
        "review_merged": ["L13"], "review_outside": ["P8"], "review_sheet_extra": ["more"],
        "review_formula": ["G8"], "review_error": ["G9"], "review_fixed_changed": ["D8"],
        "review_unit_changed": ["F9"], "review_row_repeats": ["B19"],
        "review_row_unknown": ["B20"], "review_row_moved": ["B12"], "review_text_long": ["M9"],
        "review_not_whole": ["G10"], "review_negative": ["G11"], "review_not_a_number": ["G12"],
        "review_choice": ["I13", "J17"], "review_qualifier_inside": ["G14"],
        "review_kind_missing": ["I8", "I9", "I15"], "review_value_missing": ["G16"],
        "review_not_asked": ["G17"], "review_date": ["K17"], "review_date_future": ["K18"],
        "review_evidence_missing": ["L18"],
    }  # fmt: skip
    assert len(found) > 20


def test_a_sheet_of_another_region_or_of_an_older_plan_is_refused(case: Path) -> None:
    file = edited(issued(case), sound)
    plan = case / "plan" / "targets.csv"
    text = plan.read_text()
    plan.write_text("".join(line for line in text.splitlines(True) if "firms" not in line))
    assert codes(case, file) == {"review_gone": ["B10"]}
    plan.write_text(text)
    region = case / "region.toml"
    region.write_text(region.read_text().replace('code = "rivertown"', 'code = "lake"'))
    observations = case / "observations" / "economy.csv"
    observations.write_text(observations.read_text().replace("rivertown", "lake"))
    assert set(codes(case, file)) == {"review_other_region"}


def test_a_dry_run_writes_nothing(case: Path) -> None:
    done = session.import_file(case, edited(issued(case), sound), dry_run=True, now=NOW)
    assert len(done.rows) == 4
    assert not (case / "reviews").exists()


def in_threads(case: Path, *parts: list[Path]) -> None:
    with ThreadPoolExecutor(len(parts)) as pool:
        for done in [pool.submit(in_turn, case, part) for part in parts]:
            done.result(120)


def in_turn(case: Path, files: list[Path]) -> None:
    for file in files:
        session.import_file(case, file)


def in_processes(case: Path, *parts: list[Path]) -> None:
    script = "import sys; from songhua import session; [session.import_file(sys.argv[1], f) for f in sys.argv[2:]]"
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(case), *map(str, part)])
        for part in parts
    ]
    assert [one.wait(120) for one in running] == [0] * len(parts)


@pytest.mark.parametrize(
    "at_once", [in_threads, pytest.param(in_processes, marks=pytest.mark.deep)]
)
def test_two_sheets_imported_at_once_lose_nothing(case: Path, at_once: Callable[..., None]) -> None:
    files = []
    for n in range(6):

        def edit(book: Any, page: Any, n: int = n) -> None:
            sound(book, page)
            cell(page, "value", 0).value = 2 + n / 10

        files.append(edited(issued(case), edit, f"sheet-{n}.xlsx"))
    at_once(case, files[:3], files[3:])
    held = store.read(case).reviews
    places = held.loc[held["indicator"] == "places", "value"]
    assert sorted(places) == ["2", "2.1", "2.2", "2.3", "2.4", "2.5"]
    assert held.groupby("sheet").size().sum() == 6 + 3  # an answer given before is skipped


def test_the_verb_writes_the_sheets_and_says_where(case: Path) -> None:
    out = case.parent / "sheets"
    words = ["review", str(case), "--period", "2021", "--out", str(out), "--lang", "en"]
    done = CliRunner().invoke(songhua, words)
    assert done.exit_code == 0, done.output
    assert {line.split()[0] for line in done.output.splitlines()} == {
        str(out / "Works.xlsx"), str(out / "Energy.xlsx"),
    }  # fmt: skip
    (case / "plan" / "targets.csv").unlink()
    (case / "plan" / "measures.csv").unlink()
    (case / "plan" / "projects.csv").unlink()
    done = CliRunner().invoke(songhua, words)
    assert done.exit_code == 2
    assert "nothing is to be reported" in done.output


def test_without_the_extra_it_says_what_to_install(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(SonghuaError) as told:
        issued(case)
    assert "songhua[excel]" in str(told.value)


def _lines(n: int) -> list[tuple[str, ...]]:
    return [("figure", f"Target {at}", f"{at} bridges", "All", "", "count") for at in range(n)]


def _shuffled(n: int) -> tuple[Sheet, Grid]:
    """A sheet of many lines from the last to the first; a third have another unit, then strangers."""
    rows = [(*fixed[:5], "km" if at % 3 else "count") for at, fixed in enumerate(_lines(n))][::-1]
    rows += [("figure", f"Other {at}", "", "", "", "") for at in range(n)]
    lines = [IssuedLine("figure", {}, fixed) for fixed in _lines(n)]
    return Sheet("s.xlsx", lines=lines), Grid([*[()] * form.FIRST, *rows])


def test_rows_are_found_whatever_their_order() -> None:
    sheet, grid = _shuffled(30)
    found = matched(sheet, grid)
    assert [asked.fixed for _, asked in found] == _lines(30)[::-1]
    told = [fault.code for fault in sheet.faults]
    assert {code: told.count(code) for code in told} == {
        "review_unit_changed": 20, "review_row_unknown": 30, "review_row_moved": 29,
    }  # fmt: skip


def test_ten_times_as_many_rows_are_ten_times_the_work() -> None:
    def rows(n: int) -> Callable[[], object]:
        sheet, grid = _shuffled(n)
        return lambda: matched(sheet, grid)

    assert growth(rows, 8, 80) < 11
