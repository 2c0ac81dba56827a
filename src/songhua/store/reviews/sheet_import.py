"""Taking a filled sheet in: all of it or nothing, under the folder's lock."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd

from songhua import schema
from songhua.checks import known_labels
from songhua.checks.bounds import answer_within
from songhua.checks.plausibility import of_answers
from songhua.checks.values import DECIMAL
from songhua.errors import SonghuaError
from songhua.labels import Period, parse_period
from songhua.reading import tables
from songhua.reading.reviews import form
from songhua.reading.reviews.fault_kinds import ReviewGone
from songhua.reading.reviews.items import PLACE, items, key_of
from songhua.reading.reviews.sheet_reader import Sheet, read
from songhua.region.newest import Answer, answers, came_at
from songhua.store.case import Case, assembled
from songhua.store.imports import Import
from songhua.store.port import Store
from songhua.store.source import Raw

TIME = "%Y-%m-%dT%H:%M:%S"


def take(store: Store, data: bytes, name: str, received: datetime) -> Import:
    """Append the answers of a filled sheet to `reviews/`, with their reporter and time.

    An answer equal to the newest answer on the same item is skipped and counted; a different answer
    is a new row, and both remain.

    Raises:
        SonghuaError: every fault of the folder or of the sheet; nothing is written then.
    """
    return take_form(store, name, received, lambda case: _read(data, name, received, case))


def take_form(store: Store, name: str, received: datetime, read: Callable[[Case], Sheet]) -> Import:
    """Append what a filled form reports; `read` gives its answers by the folder as it stands.

    Raises:
        SonghuaError: every fault of the folder or of the form; nothing is written then.
    """
    with store.alone():
        raw = store.read()
        planned, content = _plan(raw, name, received, read)
        if len(planned.rows):
            store.append(raw, {planned.file: content})
    return planned


def _read(data: bytes, name: str, received: datetime, case: Case) -> Sheet:
    sheet = read(data, name, case.region.code, received.date())
    if not sheet.faults:
        _still_asked(sheet, case)
    return sheet


def _plan(
    raw: Raw, name: str, received: datetime, read: Callable[[Case], Sheet]
) -> tuple[Import, bytes]:
    case = assembled(raw)
    sheet = read(case)
    _within(sheet, case)
    if sheet.faults:
        raise SonghuaError(*sheet.faults)
    last = _last(case)
    rows = _rows(sheet, _after(received, sheet, last))
    since = _stated(case)
    new = [row for row in rows if not _is_repeated(row, last.get(_subject(row)), since)]
    frame = pd.DataFrame(map(asdict, new), columns=schema.table("reviews").names)
    content = frame.to_csv(index=False, lineterminator="\n").encode()
    parsed = tables.read(content, name, schema.table("reviews"), known_labels(case.region))
    if parsed.faults:
        raise SonghuaError(*(replace(fault, row=None) for fault in parsed.faults))
    target = raw.free("reviews", f"{sheet.facts['review']}-{Path(name).stem}", content)
    doubts = of_answers(replace(case.region, reviews=frame))
    doubted = tuple(replace(doubt, file=name, row=None) for doubt in doubts)
    return Import(frame, target, len(rows) - len(new), (), (), doubted, None, case.region), content


def _subject(row: Answer) -> tuple[str, Period]:
    """The subject of an answer, and the period that it reports on."""
    return key_of(row.sort, asdict(row)), parse_period(row.review)


def _last(case: Case) -> dict[tuple[str, Period], Answer]:
    """The newest answer on each subject."""
    return {_subject(row): row for row in answers(case.reviews, case.region.code)}


def _stated(case: Case) -> dict[tuple[str, str, str], date]:
    """The day on which the plan's row of each task and milestone was recorded."""
    plan = case.plan.in_force(case.region.sources) if case.plan else None
    if plan is None:
        return {}
    tasks = {("task", "", measure.id): measure.recorded for measure in plan.measures}
    steps = {("milestone", step.project, step.item): step.recorded for step in plan.milestones}
    return {about: day for about, day in (tasks | steps).items() if day is not None}


def _is_repeated(
    row: Answer, last: Answer | None, since: Mapping[tuple[str, str, str], date]
) -> bool:
    """True if an answer repeats the newest one; any earlier does not count.

    Nor does it where the plan's row was recorded since and is the last word.
    """
    if last is None or row != last:
        return False
    recorded = since.get((row.sort, row.entity, row.item))
    return recorded is None or recorded.isoformat() <= last.received[:10]


def _after(received: datetime, sheet: Sheet, last: Mapping[tuple[str, Period], Answer]) -> datetime:
    """When the answers came: behind all others on the same, also within a second of them.

    So what comes in last is the newest wherever it is read, though a clock stood still or went
    back.
    """
    subjects = map(_subject, _rows(sheet, received))
    times = [came_at(last[subject].received) for subject in subjects if subject in last]
    latest = max(times, default="")
    if latest < received.strftime(TIME):
        return received
    return datetime.fromisoformat(latest).replace(tzinfo=received.tzinfo) + timedelta(seconds=1)


def _still_asked(sheet: Sheet, case: Case) -> None:
    """The folder's plan may have changed since the sheet was issued."""
    review = parse_period(sheet.facts["review"])
    questions = items(case.region, case.plan, review, "en") if case.plan else []
    places = {tuple(item.place.get(name, "") for name in PLACE) for item in questions}
    for at, line in enumerate(sheet.lines):
        if tuple(line.place[name] for name in PLACE) not in places:
            sheet.note(ReviewGone(text=line.fixed[1][:80]), form.FIRST + at, 1)


def _within(sheet: Sheet, case: Case) -> None:
    """Note each number that its indicator cannot be, at its cell."""
    column = form.COLUMNS.index("value")
    for at, row in zip(sheet.at, sheet.rows, strict=True):
        read = re.match(DECIMAL, row.get("value", ""))
        for wrong in answer_within(row, case.region) if read else ():
            sheet.note(wrong, at, column)


def _rows(sheet: Sheet, received: datetime) -> list[Answer]:
    """The answers as rows of `reviews/*.csv`."""
    blank = Answer(
        department=sheet.facts["department"],
        review=sheet.facts["review"],
        reporter=sheet.reporter,
        sheet=sheet.file,
        received=f"{received.strftime(TIME)}Z",
    )
    return [replace(blank, **row) for row in sheet.rows]
