"""One order of time: which row is newest is the same for every verb that writes and page that reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import songhua
from examples import examples
from small import HEADING, write
from songhua import schema, session, store
from songhua.checks.repeats import said_again
from songhua.document.figure import figure as page_of_figure
from songhua.format.view import View
from songhua.labels import parse_period
from songhua.region.newest import newest
from songhua.session import Named
from songhua.store import corrections, entered, plan_rows
from songhua.store.reviews import returns
from songhua.store.source import entered as entered_at
from songhua.store.source import files_behind
from songhua.store.succession import lacking
from songhua.studies.brief.changes import changes
from songhua.studies.series import Figures
from tracked import aim
from tracked import figure as row_of
from tracked import folder as tracked_folder

SOURCE = Path(songhua.__file__).parent
NOW = datetime(2026, 3, 1, 9, 30, 5, tzinfo=UTC)
TASKS = schema.table("plan_measures").names
PANEL = "indicator,region,industry,period,value,unit,status,kind,source,recorded"
DAYS = ("2026-01-02", "2026-02-02", "2026-03-02", "2026-04-02")


def firms(value: str, day: str, **more: str) -> str:
    return row_of("firms", "2021", value, "count", recorded=day, **more)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Firms of 2021 stand as 480; a target, a panel and a task speak of them."""
    task = {
        "id": "road", "task_en": "Build", "task_zh": "修路", "lead": "Works", "due": "2026",
        "status": "under_way", "source": "paper", "recorded": "2026-01-02",
    }  # fmt: skip
    return tracked_folder(
        tmp_path,
        [aim("reach 900", "firms", id="a", owner="Works")],
        [firms("480", DAYS[0]), row_of("firms", "2020", "470", "count", recorded=DAYS[0])],
        plan__measures_csv="\n".join([",".join(TASKS), ",".join(task.get(n, "") for n in TASKS)]),
        panels__firms_csv=f"{PANEL}\nfirms,upland,all,2021,480,count,,actual,paper,{DAYS[0]}\n",
    )


def tell(folder: Path, value: str) -> None:
    """Every reading of the folder as it is opened names this value as that of 2021."""
    opened = songhua.open(folder)
    region = opened.region
    best = region.figure("firms", "2021")
    assert best is not None
    assert best["value"] == value
    assert region.series("firms")["value"].iloc[-1] == value
    assert Figures(region, None).settled.select(indicator="firms")[-1].value == float(value)
    page = str(page_of_figure(View(region=region, plan=None, results={}), best["id"]).blocks)
    assert f"'{value}" in page
    assert "corrected" not in page
    assert opened.run("track").tables["targets"]["latest"].tolist() == [float(value)]
    said = [
        one for one in changes(region, date(2026, 12, 1)) if one.finding.code == "brief_recorded"
    ]
    told = [
        one.finding.params["value"] for one in said if one.finding.params["indicator"] == "firms"
    ]
    assert told == [float(value)]
    assert returned(opened.whole, "2021")["firms"].item.last.startswith(f"{value} (")


def returned(held: store.Case, period: str) -> dict[str, Any]:
    """The line of each item on the page of departments."""
    assert held.plan is not None
    found = returns(held.region, held.plan, parse_period(period), "en", date(2026, 12, 1))
    lines = [line for lines in found.values() for line in lines]
    return {line.item.place.get("indicator") or line.item.place["item"]: line for line in lines}


def by_correction(folder: Path, value: str, day: str) -> None:
    session.correct(folder, Named("firms", "2021", place="rivertown"), value, recorded=day)


def by_list(folder: Path, value: str, day: str) -> None:
    _import(folder, "list.csv", f"{HEADING}\n{firms(value, day)}\n")


def by_list_of_one_day(folder: Path, value: str, day: str) -> None:
    _import(folder, f"list{value}.csv", f"{HEADING}\n{firms(value, DAYS[1])}\n")


def by_cross_table_of_one_day(folder: Path, value: str, day: str) -> None:
    _import(folder, f"cross{value}.csv", f"河城企业数,\n年份,企业数（家）\n2021,{value}\n", DAYS[1])


def by_form(folder: Path, value: str, day: str) -> None:
    session.add_figure(
        folder, dict(zip(HEADING.split(","), firms(value, day).split(","), strict=True))
    )


def by_form_on_one_day(folder: Path, value: str, day: str) -> None:
    by_form(folder, value, DAYS[1])


def _import(folder: Path, name: str, text: str, day: str = "") -> None:
    file = folder.parent / name
    file.write_text(text, "utf-8")
    more = {"source": "bulletin-2020", "recorded": day} if day else {}
    answers = {"previous": "revision"} if name.startswith("cross") else None
    assert len(session.import_file(folder, file, answers=answers, **more).rows) == 1
    assert len(session.import_file(folder, file, **more).rows) == 0  # nothing to add


def name_of(writer: Any) -> str:
    return getattr(writer, "__name__", str(writer))


WRITERS = (
    by_correction, by_list, by_list_of_one_day, by_cross_table_of_one_day,
    by_form, by_form_on_one_day,
)  # fmt: skip


@pytest.mark.parametrize("writer", WRITERS, ids=name_of)
def test_a_figure_that_is_changed_back_is_the_newest(
    writer: Callable[[Path, str, str], None], case: Path
) -> None:
    """480, then 490, then 480 again: three rows, and each is what is read until the next."""
    for value, day in (("490", DAYS[1]), ("480", DAYS[2])):
        writer(case, value, day)
        best = store.read(case).region.figure("firms", "2021")
        assert best is not None
        assert best["value"] == value
    if writer is by_list_of_one_day:
        tell(case, "480")


def test_a_cell_of_a_panel_that_is_changed_back(case: Path) -> None:
    for value, day in (("490", DAYS[1]), ("480", DAYS[2])):
        named = Named("firms", "2021", place="upland")
        session.correct(case, named, value, recorded=day)
        region = songhua.open(case).region
        assert region.panel("firms").loc[("2021", "upland"), "all"] == float(value)


ENTRIES = [
    (names, days) for names in permutations(("a.csv", "zz.csv")) for days in permutations(DAYS[:2])
]


@pytest.mark.parametrize(("names", "days"), ENTRIES)
def test_a_correction_to_an_earlier_value_leaves_a_folder_that_opens(
    names: tuple[str, str], days: tuple[str, str], tmp_path: Path
) -> None:
    """60.0 and 61.0 stand in two files, whatever their names and days: each value may come back."""
    first, second = (
        f"{HEADING}\n{row_of('gdp', '2018', value, 'bn EUR', recorded=day)}\n"
        for value, day in zip(("60.0", "61.0"), days, strict=True)
    )
    changes = dict(
        zip((f"observations__{name[:-4]}_csv" for name in names), (first, second), strict=True)
    )
    folder = write(tmp_path / "town", **changes)
    newest = "61.0" if days[1] > days[0] else "60.0"
    other = "60.0" if newest == "61.0" else "61.0"
    for value, day in ((other, DAYS[2]), (newest, DAYS[3])):
        session.correct(folder, Named("gdp", "2018"), value, recorded=day)
        best = songhua.open(folder).region.figure("gdp", "2018")
        assert best is not None
        assert (best["value"], best["recorded"]) == (value, day)


def test_a_correction_of_the_same_day_is_taken_back(case: Path) -> None:
    """Without git a row of today is written over; what it said before is then no second row."""
    by_correction(case, "490", DAYS[1])
    done = session.correct(case, Named("firms", "2021", place="rivertown"), "480", recorded=DAYS[1])
    assert (done.back, done.file, done.row) == (True, "observations/economy.csv", 2)
    assert (case / "observations/corrections.csv").read_text("utf-8") == f"{HEADING}\n"
    best = songhua.open(case).region.figure("firms", "2021")
    assert best is not None
    assert best["recorded"] == DAYS[0]


def test_a_source_that_prints_two_numbers_says_both_once(case: Path) -> None:
    two = [firms("490", DAYS[1]), firms("495", DAYS[1])]
    file = case.parent / "two.csv"
    for value in ("490", "495"):
        file.write_text("\n".join([HEADING, *two, ""]), "utf-8")
        assert len(session.import_file(case, file).rows) == (2 if value == "490" else 0)
    file.write_text("\n".join([HEADING, firms("495", DAYS[2]), ""]), "utf-8")
    assert len(session.import_file(case, file).rows) == 0  # the newest row says it
    file.write_text("\n".join([HEADING, firms("490", DAYS[2]), ""]), "utf-8")
    assert len(session.import_file(case, file).rows) == 1
    tell(case, "490")


@pytest.mark.parametrize("writer", [by_correction, by_form_on_one_day, "plan"], ids=name_of)
def test_what_is_judged_before_writing_is_what_is_read_after(
    writer: Any, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder that is checked has the digests, files and frames of the folder reopened."""
    judged: list[store.Case] = []
    usual = corrections.assembled_with

    def noted(*given: Any) -> store.Case:
        judged.append(usual(*given))
        return judged[-1]

    for module in (corrections, entered, plan_rows):
        monkeypatch.setattr(module, "assembled_with", noted)
    last = row_of("gdp", "2018", "9.1", "bn EUR")  # of a file behind those that are written
    (case / "observations/zz.csv").write_text(f"{HEADING}\n{last}\n", "utf-8")
    for value, day in (("490", DAYS[1]), ("480", DAYS[2])):
        if writer == "plan":
            (id,) = plan_rows.rows_of_plan(store.at(case), "measures")
            cells = {"status": "done" if value == "490" else "under_way", "recorded": day}
            session.change_plan_row(
                case, "measures", id, cells | {"done_on": "2026" if value == "490" else ""}
            )
        else:
            writer(case, value, day)
        after = store.read(case)
        assert judged[-1].digests == after.digests
        before = judged[-1]
        pd.testing.assert_frame_equal(before.region.figures.frame, after.region.figures.frame)
        pd.testing.assert_frame_equal(before.region.reviews, after.region.reviews)
        assert judged[-1].plan is not None
        assert after.plan is not None
        assert [*judged[-1].plan.entries()] == [*after.plan.entries()]


def test_files_are_in_order_of_entry_however_they_are_given(case: Path) -> None:
    by_correction(case, "490", DAYS[1])
    raw = store.at(case).read()
    backwards = replace(raw, files=dict(reversed(raw.files.items())))
    assert list(backwards.files) == list(raw.files)
    inside = raw.within("observations")
    assert inside == ["observations/economy.csv", "observations/corrections.csv"]


BATCH = st.tuples(
    st.sampled_from(("a", "m", "z")),
    st.lists(st.tuples(st.sampled_from(DAYS[:3]), st.sampled_from("567")), min_size=1, max_size=3),
)


@examples(0.5)
@given(st.lists(BATCH, min_size=2, max_size=4))
def test_the_newest_is_what_came_last_whatever_came_before(
    batches: list[tuple[str, list[tuple[str, str]]]],
) -> None:
    """Files that come in, of any name and any days: no row twice, none lost, each taken once."""
    files: dict[str, list[tuple[str, str]]] = {}
    for stem, batch in batches:
        new, before = as_read({"": batch}), as_read(files)
        keep, behind = lacking(before, new)
        names = (
            files_behind(behind) if behind else (f"observations/{stem}{n}.csv" for n in range(9))
        )
        kept = [one for one, wanted in zip(batch, keep, strict=True) if wanted]
        files |= {next(one for one in names if one not in files): kept} if kept else {}
        held = as_read(files)
        assert not said_again(held).any()
        assert newest(held)["value"] == newest(pd.concat([before, new]))["value"]
        assert not lacking(held, new)[0].any()


def as_read(files: dict[str, list[tuple[str, str]]]) -> pd.DataFrame:
    """The figures of these files, by day and value, as a folder has them."""
    table = schema.table("observations")
    usual = dict.fromkeys((*table.key, *table.identity), "same")
    cells = [
        {**usual, "file": name.rpartition("/")[2], "recorded": day, "value": value}
        for name in sorted(files, key=entered_at) for day, value in files[name]
    ]  # fmt: skip
    frame = pd.DataFrame(cells, columns=[*usual, "file", "recorded"], dtype="str")
    frame = frame.astype(dict.fromkeys(frame.columns.drop("value"), "category"))
    return frame.assign(number=frame["value"].astype(float), decimals=np.int8(0))
