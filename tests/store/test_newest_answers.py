"""Answers of departments: the newest counts wherever it is read, and no typed number is lost."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import songhua
from songhua import schema, session, store
from songhua.errors import SonghuaError
from songhua.labels import parse_period
from songhua.reading.reviews import form
from songhua.store.reviews import Answers, Return, one_sheet, returns
from songhua.store.reviews.online import own_items
from tracked import aim, figure
from tracked import folder as tracked_folder

NOW = datetime(2026, 3, 1, 9, 30, 5, tzinfo=UTC)
REVIEWS, TASKS = schema.table("reviews").names, schema.table("plan_measures").names
TASK = {
    "id": "road", "task_en": "Build", "task_zh": "修路", "lead": "Works", "due": "2026",
    "status": "planned", "source": "paper", "recorded": "2026-01-02",
}  # fmt: skip


def town(tmp_path: Path, owner: str = "Works", **files: str) -> Path:
    """A target and a task of one department; nothing is published in the target's time."""
    task = ",".join(TASK.get(name, "") for name in TASKS)
    return tracked_folder(
        tmp_path, [aim("reach 900", "firms", id="a", owner=owner)],
        [figure("firms", "2019", "400", "count")],
        plan__measures_csv=f"{','.join(TASKS)}\n{task}\n", **files,
    )  # fmt: skip


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return town(tmp_path)


def lines(case: Path, period: str = "2021") -> dict[str, Return]:
    """Lines of the page of departments, by sort."""
    held = store.read(case)
    assert held.plan is not None
    found = returns(held.region, held.plan, parse_period(period), "en", date(2026, 12, 1))
    return {line.item.sort: line for own in found.values() for line in own}


def newest(case: Path) -> tuple[str, str]:
    """The figure and the state that track and the page of departments name, which agree."""
    tables, page = songhua.open(case).run("track").tables, lines(case)
    value, state = (
        float(tables["targets"]["reported"].item()),
        str(tables["measures"]["status"].item()),
    )
    figure_line, task_line = page["figure"], page["task"]
    assert figure_line.answer is not None
    assert task_line.answer is not None
    assert (float(figure_line.answer.value), task_line.answer.state) == (value, state)
    used = tables["reported"].set_index("use")
    assert used.loc["alone", "value"] == value
    return figure_line.answer.value, state


def by_sheet(case: Path, value: str, state: str, now: datetime) -> store.Import:
    held = store.read(case)
    data = one_sheet(held.region, held.plan, "2021", "Works", "en")[1]
    book = openpyxl.load_workbook(io.BytesIO(data))
    page: Any = book[form.tab("en")]
    page.cell(form.REPORTER_ROW + 1, form.ANSWER_COLUMN + 1).value = "Li"
    words = {text: word for word, text in form.choices("state", "en").items()}
    for row in range(form.FIRST + 1, form.FIRST + 3):
        if page.cell(row, 1).value == "figure":
            page.cell(row, form.COLUMNS.index("value") + 1).value = value
            page.cell(row, form.COLUMNS.index("kind") + 1).value = "actual"
        else:
            page.cell(row, form.COLUMNS.index("state") + 1).value = words[state]
    book.save(case.parent / "filled.xlsx")
    return session.import_file(case, case.parent / "filled.xlsx", now=now)


def by_form(case: Path, value: str, state: str, now: datetime) -> store.Import:
    keys = {one.sort: one.key for one in own_items(store.read(case), "Works", "2021", "en")}
    typed = {keys["figure"]: {"value": value, "kind": "actual"}, keys["task"]: {"state": state}}
    return store.reviews.answer(store.at(case), Answers("Works", "2021", "Li", typed), "en", now)


@pytest.mark.parametrize(
    ("answer", "days"), [(by_sheet, 0), (by_form, 0), (by_form, 1), (by_form, -1)]
)
def test_an_answer_that_is_changed_back_is_the_newest(
    answer: Callable[[Path, str, str, datetime], store.Import], days: int, case: Path
) -> None:
    """480, 490 and 480 are three answers, also within a second, and where a clock went back."""
    said = (("480", "planned"), ("490", "under_way"), ("480", "planned"))
    for at, (value, state) in enumerate(said):
        assert len(answer(case, value, state, NOW + timedelta(days=at * days)).rows) == 2
    again = answer(case, "480", "planned", NOW)
    assert (len(again.rows), again.repeated) == (0, 2)
    assert newest(case) == ("480", "planned")
    assert len(store.read(case).reviews) == 6


def test_of_two_answers_of_one_second_the_last_entered_counts(tmp_path: Path) -> None:
    """Files that somebody wrote: one second, so the order of files and rows decides, everywhere."""

    def row(**cells: str) -> str:
        usual = {"department": "Works", "review": "2021", "reporter": "Li",
                 "received": "2026-02-10T09:00:00Z"} | cells  # fmt: skip
        return ",".join(usual.get(name, "") for name in REVIEWS)

    def file(value: str, state: str) -> str:
        told = row(sort="figure", indicator="firms", value=value, unit="count", kind="actual")
        return "\n".join([",".join(REVIEWS), told, row(sort="task", item="road", state=state), ""])

    case = town(
        tmp_path, reviews__a_csv=file("480", "planned"), reviews__b_csv=file("490", "under_way")
    )
    assert newest(case) == ("490", "under_way")
    (case / "reviews/b.csv").rename(case / "reviews/0.csv")
    assert newest(case) == ("480", "planned")


def test_an_answer_belongs_to_what_was_asked_though_another_department_is_asked_now(
    case: Path, tmp_path: Path
) -> None:
    by_sheet(case, "480", "planned", NOW)
    file = case / "plan/targets.csv"
    file.write_text(file.read_text("utf-8").replace("Works", "Energy"), "utf-8")
    assert newest(case) == ("480", "planned")
    line = lines(case)["figure"]
    assert line.answer is not None
    assert (line.item.department, line.answer.department, line.overdue) == (
        "Energy",
        "Works",
        False,
    )


def test_a_state_that_an_answer_would_overtake_is_refused(case: Path) -> None:
    by_form(case, "480", "under_way", NOW)
    (id,) = store.rows_of_plan(store.at(case), "measures")
    for day in ("2026-01-02", "2026-03-01"):
        with pytest.raises(SonghuaError) as told:
            session.change_plan_row(case, "measures", id, {"status": "stopped", "recorded": day})
        assert [(one.code, one.column) for one in told.value.faults] == [
            ("plan_row_overtaken", "recorded")
        ]
    session.change_plan_row(case, "measures", id, {"note": "asked for again"})
    session.change_plan_row(case, "measures", id, {"status": "stopped", "recorded": "2026-03-02"})
    assert songhua.open(case).run("track").tables["measures"]["status"].item() == "stopped"
    assert len(by_form(case, "480", "under_way", NOW + timedelta(days=1)).rows) == 1
    assert newest(case) == ("480", "under_way")


def test_every_number_typed_into_a_sheet_is_an_answer_or_a_fault(case: Path) -> None:
    """A number in any cell of a filled sheet: taken in as an answer, or named at its cell."""
    held = store.read(case)
    data = one_sheet(held.region, held.plan, "2021", "Works", "en")[1]
    answers = {(form.REPORTER_ROW, form.ANSWER_COLUMN)}
    answers |= {
        (form.FIRST + at, form.COLUMNS.index(name))
        for at, item in enumerate(own_items(held, "Works", "2021", "en"))
        for name in ("value", "evidence", "note") if name in form.OPEN_COLUMNS[item.sort]
    }  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(data))
    page: Any = book[form.tab("en")]
    page.cell(form.REPORTER_ROW + 1, form.ANSWER_COLUMN + 1).value = "Li"
    places = [
        (row, column) for row in range(form.FIRST + 4) for column in range(len(form.COLUMNS) + 2)
    ]
    typed = [place for place in places if place not in answers]
    for row, column in typed:
        page.cell(row + 1, column + 1).value = 48000 + 100 * row + column
    out = io.BytesIO()
    book.save(out)
    file = case.parent / "filled.xlsx"
    file.write_bytes(out.getvalue())
    with pytest.raises(SonghuaError) as told:
        session.import_file(case, file, now=NOW)
    named = {one.column.rpartition("!")[2] for one in told.value.faults}
    rows_lost = {one.params["text"] for one in told.value.faults if "text" in one.params}
    for row, column in typed:
        whole_row = row >= form.FIRST and f"B{row + 1}" in named
        at = f"{openpyxl.utils.get_column_letter(column + 1)}{row + 1}"
        assert at in named or whole_row, (at, sorted(named), rows_lost)


@pytest.mark.parametrize("place", ["A1", "D3", "C6"])
def test_a_number_above_the_headings_is_named(place: str, case: Path) -> None:
    by_sheet(case, "480", "planned", NOW)
    book = openpyxl.load_workbook(case.parent / "filled.xlsx")
    page: Any = book[form.tab("en")]
    page[place].value = 495
    book.save(case.parent / "filled.xlsx")
    with pytest.raises(SonghuaError) as told:
        session.import_file(case, case.parent / "filled.xlsx", now=NOW)
    code = "review_fixed_changed" if place == "A1" else "review_outside"
    assert [(one.code, one.column) for one in told.value.faults] == [(code, f"review!{place}")]


def test_an_answer_is_held_against_the_figure_that_ends_last(tmp_path: Path) -> None:
    """A year ends after its third quarter, though its middle lies before."""
    rows = [figure("firms", "2021", "900", "count"), figure("firms", "2021-Q3", "10", "count")]
    case = tracked_folder(
        tmp_path, [aim("reach 900", "firms", id="a", owner="Works")], rows,
        plan__measures_csv=f"{','.join(TASKS)}\n{','.join(TASK.get(n, '') for n in TASKS)}\n",
    )  # fmt: skip
    assert by_sheet(case, "905", "planned", NOW).warnings == ()
