"""The day on which something is due is one of its days: it is late on the next."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from songhua.labels import parse_period
from songhua.plan import Measure, Milestone
from songhua.region.newest import Answer
from songhua.studies.track.delivery import after_day, reported_after, slip, task_states
from songhua.studies.track.department_reports import LastWord, Report, read_report
from songhua.studies.track.due_items import due_items
from songhua.studies.track.examples import town, town_assessment
from songhua.studies.track.programmes import cohort_states
from songhua.studies.track.projects import milestone_states, project_states

DUE = date(2023, 3, 31)
DAY = timedelta(days=1)


def task(status: str = "under_way", **cells: str) -> LastWord[Measure]:
    row = {"id": "road", "due": "2023-Q1", "status": status, "source": "paper"}
    return LastWord(Measure.read({**row, **cells}))


def told_on(day: date) -> Report:
    row = Answer(
        sort="task", item="road", state="under_way", review="2023", received=f"{day}T09:00:00Z"
    )
    return read_report(row)


@pytest.mark.parametrize(
    ("day", "told", "state", "late"),
    [
        (DUE - DAY, DUE - DAY, "open", math.nan),
        (DUE, DUE, "open", math.nan),
        (DUE + DAY, DUE + DAY, "late", 1.0),
        (DUE + DAY, DUE, "no_report", 1.0),  # a report on the day says nothing about the next day
        (DUE + 30 * DAY, DUE + DAY, "late", 30.0),
    ],
)
def test_a_task_is_late_from_the_day_after(day: date, told: date, state: str, late: float) -> None:
    region, _ = town()
    report = told_on(told)
    word = LastWord(task().entry, report)
    (found,) = task_states([word], region, day)
    assert found.state == state
    assert found.days_late == pytest.approx(late, nan_ok=True)
    step = Milestone.read(
        {"project": "mill", "kind": "milestone", "item": "start", "planned": "2023-Q1",
         "state": "not_done", "source": "paper"}
    )  # fmt: skip
    assert milestone_states([LastWord(step, report)], region, day)[0].state == state


@pytest.mark.parametrize(
    ("done_on", "state", "late"),
    [("2023-03-30", "done", math.nan), ("2023-03-31", "done", math.nan),
     ("2023-03", "done", math.nan), ("2023-04-01", "done_late", 1.0),
     ("2023-04", "done_late", 30.0)],
)  # fmt: skip
def test_what_is_done_on_its_day_is_not_late(done_on: str, state: str, late: float) -> None:
    (found,) = task_states([task("done", done_on=done_on)], town()[0], date(2024, 1, 1))
    assert found.state == state
    assert found.days_late == pytest.approx(late, nan_ok=True)
    assert (
        slip(parse_period("2023-Q1"), parse_period(done_on))
        == (parse_period(done_on).end - DUE).days
    )


def test_what_is_done_later_was_under_way_on_the_day() -> None:
    region, _ = town()
    word = task("done", done_on="2023-05", recorded="2023-05-10")
    days = {
        DUE: "open", date(2023, 5, 1) - DAY: "late", date(2023, 5, 9): "late",
        date(2023, 5, 10): "done_late", date(2023, 5, 31): "done_late",
    }  # fmt: skip
    published = {"paper": {**region.sources["paper"], "published": "2023-06-01"}}
    for day, state in days.items():
        (found,) = task_states([word], replace(region, sources=published), day)
        assert (day, found.state) == (day, state)


def test_a_time_is_past_once_it_is_on_record_in_it_or_over() -> None:
    spring, recorded = parse_period("2024-03..2024-05"), date(2024, 4, 2)
    asked = {
        date(2024, 2, 29): True, date(2024, 3, 1): True, date(2024, 4, 1): True,
        date(2024, 4, 2): False, date(2024, 5, 31): False,
    }  # fmt: skip
    assert {day: after_day(spring, recorded, day) for day in asked} == asked
    assert not after_day(spring, date(2024, 9, 9), date(2024, 5, 31))  # over
    assert after_day(spring, date(2024, 9, 9), date(2024, 5, 30))
    assert not after_day(spring, None, date(2024, 3, 1))
    assert not after_day(None, None, date(2024, 3, 1))


def test_a_source_speaks_of_the_days_before_it_was_published() -> None:
    region, _ = town()  # whose paper is of 1 July 2022
    found = [reported_after(task(), region, date(2022, 7, 1) + at * DAY) for at in (-1, 0, 1)]
    assert found == [True, False, False]


@pytest.mark.parametrize(
    ("day", "state"), [(DUE, "unknown"), (DUE + DAY, "overdue"), (DUE - DAY, "unknown")]
)
def test_money_is_overdue_from_the_day_after(day: date, state: str) -> None:
    row = {"programme": "eagle", "cohort": "2022", "unit": "m EUR", "measure": "money_paid",
           "due": "2023-Q1"}  # fmt: skip
    _, plan = town(programmes=pd.DataFrame([row]))
    assert cohort_states(plan, day)[0].state == state


def test_the_calendar_has_the_last_day_of_each_in_order() -> None:
    rows = [
        {"project": "mill", "kind": "milestone", "item": "start", "planned": "2024-02"},
        {"project": "mill", "kind": "milestone", "item": "end", "planned": ""},
    ]
    cohort = {"programme": "eagle", "cohort": "2022", "unit": "m EUR", "measure": "money_paid",
              "due": "2023-H1"}  # fmt: skip
    region, plan = town(projects=pd.DataFrame(rows).fillna(""), programmes=pd.DataFrame([cohort]))
    day = date(2023, 6, 30)
    steps = milestone_states([LastWord(one) for one in plan.milestones], region, day)
    tasks = task_states([task(), task(id="park", due="2023")], region, day)
    items = due_items(
        [town_assessment("reach 1000", "firms")], tasks, steps, cohort_states(plan, day)
    )
    assert [(str(one.due), str(one.what), one.target or one.measure or one.entity) for one in items] == [
        ("2023-03-31", "measure", "road"), ("2023-06-30", "money", "eagle"),
        ("2023-12-31", "measure", "park"), ("2024-02-29", "milestone", "mill"),
        ("2025-12-31", "target", "t"),
    ]  # fmt: skip
    mill = project_states(plan, steps, day)[0]
    assert (mill.next, str(mill.next_due), mill.done, mill.milestones) == ("start", "2024-02", 0, 2)
