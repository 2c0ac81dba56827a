"""Claims of sentences on tasks, milestones, projects and reports, and on all that falls due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from sentence_audit.claims import Sentence, claim
from sentence_audit.evidence import known, rows, same, unequal
from sentence_audit.track import end

#: The most tasks, targets or projects that a sentence names.
NAMED = 3
#: Beside the nearest day a second is told of, if it lies within a year.
DAYS, YEAR = 2, timedelta(366)


def _listed(sentence: Sentence, parameter: str, frame: pd.DataFrame, column: str) -> Iterator[str]:
    """All names of the rows, each once, in their order."""
    yield from unequal(sentence, {"n": len(frame), parameter: list(frame[column].unique())})


def _overdue(sentence: Sentence, frame: pd.DataFrame, column: str) -> Iterator[str]:
    """Each was due before the day of the view."""
    yield from unequal(sentence, {"day": sentence.day})
    for row in frame.to_dict("records"):
        if not known(row[column]) or end(row[column]) >= sentence.day:
            yield f"an item was not due before {sentence.day}"


@claim("measures_late", "measures_no_report", words="all tasks due before the day, by their state")
def tasks(sentence: Sentence) -> Iterator[str]:
    """Rows of the state, and their days."""
    late = rows(sentence, "track.measures", state=sentence.code.removeprefix("measures_"))
    yield from _listed(sentence, "tasks", late, "measure")
    yield from _overdue(sentence, late, "due")


@claim(
    "milestones_late",
    "milestones_no_report",
    words="all milestones due before the day, by their state, and whose they are",
)
def milestones(sentence: Sentence) -> Iterator[str]:
    """Rows of the state, and their days."""
    late = rows(sentence, "track.milestones", state=sentence.code.removeprefix("milestones_"))
    yield from _listed(sentence, "projects", late, "project")
    yield from _overdue(sentence, late, "planned")


@claim("measures_no_report", "milestones_no_report", words="nobody has reported on them")
def without_report(sentence: Sentence) -> Iterator[str]:
    """No row has a report."""
    table = "track." + sentence.code.split("_")[0]
    quiet = rows(sentence, table, state="no_report")
    if quiet["reported_by"].map(known).any():
        yield "some are reported on"


@claim("project_possible_part", words="a project may be part of those; n projects, or fewer")
def possible_part(sentence: Sentence) -> Iterator[str]:
    """Its cell in the table, the rows, and those that may be part of another row."""
    frame = rows(sentence, "track.projects")
    wholes = {row["project"]: row["may_be_part_of"].split() for row in frame.to_dict("records")}
    parts = [project for project in wholes if _reaches(project, wholes, set())]
    least = len(frame) - len(parts)
    entity = sentence.params["entity"]
    yield from unequal(sentence, {"entities": wholes.get(entity), "n": len(frame), "least": least})
    if entity not in parts:
        yield f"{entity} may be part of none of the projects"


def _reaches(project: str, wholes: dict[str, list[str]], seen: set[str]) -> bool:
    """True where links lead from a project to another that is in the table."""
    for whole in wholes.get(project, []):
        if whole in wholes:
            return True
        if whole not in seen and _reaches(whole, wholes, seen | {whole}):
            return True
    return False


@claim("report_differs", words="a report, whose it is, and the published number, which differs")
def report_differs(sentence: Sentence) -> Iterator[str]:
    """A row of reports with these labels and numbers that is not between their bounds."""
    labels = ("indicator", "period", "reporter", "department", "unit", "value")
    frame = rows(sentence, "track.reported", use="differs")
    for row in frame.to_dict("records"):
        if all(same(sentence.params[name], row[name]) for name in labels):
            received = str(row["received"])[:10]
            yield from unequal(sentence, {"actual": row["published"], "received": received})
            if row["low"] <= row["published"] <= row["high"]:
                yield "the report agrees with what is published"
            return
    yield "no report of this that differs"


@claim("plan_rows_undated", words="so many rows of the plan have no known date and are left out")
def undated(sentence: Sentence) -> Iterator[str]:
    """The count of the view."""
    yield from unequal(sentence, {"n": sentence.plan.hidden if sentence.plan else 0})


def _quiet(sentence: Sentence) -> pd.DataFrame:
    """Tasks that were due and are not known to be done, the first due first."""
    frame = rows(sentence, "track.measures", state=("no_report", "late"))
    return frame.assign(due_on=frame["due"].map(end)).sort_values("due_on", kind="stable")


@claim(
    "brief_task_no_report",
    "brief_ask_reports",
    "brief_ask_reports_unnamed",
    words="n of all tasks are due; the first since a period; those named are the first due; whoever is "
    "asked leads them, and they are of the plan in force",
)
def tasks_due(sentence: Sentence) -> Iterator[str]:
    """Counts of rows, the first due and its period."""
    quiet = _quiet(sentence)
    if sentence.code != "brief_task_no_report":
        start = sentence.plan.period.start if sentence.plan else date.min
        mine = (quiet["lead"] == sentence.params["owner"]) & (quiet["due_on"] >= start)
        quiet = quiet[mine]
    first = quiet["due"].iloc[0] if len(quiet) else None
    counts = {"n": len(quiet), "of": len(rows(sentence, "track.measures"))}
    yield from unequal(sentence, {**counts, "period": first})
    dues = dict(zip(quiet["measure"], quiet["due_on"], strict=True))
    named = sentence.params["tasks"]
    if len(named) != min(NAMED, len(dues)) or not set(named) <= dues.keys():
        yield f"the tasks due are {sorted(dues)}"
    elif [dues[task] for task in named] != sorted(dues.values())[: len(named)]:
        yield "others are due before"
    if any(day > sentence.day for day in dues.values()):
        yield "some are not due yet"


@claim("brief_task_no_report", words="none of them is reported as done")
def nobody_reported(sentence: Sentence) -> Iterator[str]:
    """All rows have the state that says so."""
    if not set(_quiet(sentence)["state"]) <= {"no_report", "late"}:
        yield "some are reported as done"


@claim("brief_task_no_report", words="the owner, where there is one, leads all n tasks")
def led_by_owner(sentence: Sentence) -> Iterator[str]:
    """No task that is due is another's."""
    owner = sentence.params["owner"]
    others = set(_quiet(sentence)["lead"]) - {owner} if known(owner) else set()
    yield from (f"some are led by {lead or 'nobody'}" for lead in sorted(others))


@claim("brief_ask_reports_unnamed", words="for no task a department is named")
def nobody_leads(sentence: Sentence) -> Iterator[str]:
    """No lead in the rows."""
    if known(sentence.params["owner"]) or _quiet(sentence)["lead"].map(known).any():
        yield "a department is named"


@claim("brief_milestone_late", words="projects that are late, and the most days of any of them")
def late_projects(sentence: Sentence) -> Iterator[str]:
    """Rows that are late, and their greatest slip."""
    late = rows(sentence, "track.milestones", state="late")
    yield from unequal(sentence, {"n": len(late), "days": late["slip_days"].max()})
    projects = list(late["project"].unique())
    yield from unequal(sentence, {"projects": projects[:NAMED]})


def _coming(sentence: Sentence) -> pd.DataFrame:
    """Items due after the day of the view that are not done."""
    frame = rows(sentence, "track.calendar")
    dues = frame["due"].map(lambda due: date.fromisoformat(str(due)[:10]))
    return frame.assign(due=dues)[(dues > sentence.day) & (frame["state"].fillna("") != "done")]


@claim(
    "brief_due_targets",
    "brief_due_tasks",
    "brief_due_milestones",
    words="n items of a kind are due on that day, the nearest or second nearest; those named too",
)
def falling_due(sentence: Sentence) -> Iterator[str]:
    """Rows of the calendar of that kind and day."""
    parameter = sentence.code.removeprefix("brief_due_")
    kind = {"targets": "target", "tasks": "measure", "milestones": "milestone"}[parameter]
    column, names = ("entity", "projects") if kind == "milestone" else (kind, parameter)
    coming, day = _coming(sentence), date.fromisoformat(sentence.params["day"])
    items = coming[(coming["due"] == day) & (coming["what"] == kind)]
    if kind == "target":
        items = items[items["target"].isin(_targets_here(sentence, True))]
    yield from unequal(sentence, {"n": len(items)})
    nearest = sorted(set(coming["due"]))
    if day not in nearest[:DAYS] or (day != nearest[0] and day > sentence.day + YEAR):
        yield f"the nearest days are {nearest[:DAYS]}"
    named, ids = sentence.params[names], list(items[column].unique())
    if len(named) != min(NAMED, len(ids)) or not set(named) <= set(ids):
        yield f"due are {ids}"


def _targets_here(sentence: Sentence, own: bool) -> pd.DataFrame:
    """The targets of the region itself, or those of other places."""
    targets = rows(sentence, "track.targets")
    return targets[(targets["region"] == sentence.region.code) == own]["target"]


@claim(
    "brief_due_elsewhere",
    words="n targets of these other places are due on that day, the nearest or second nearest",
)
def due_elsewhere(sentence: Sentence) -> Iterator[str]:
    """Targets of the calendar that are not the region's own, and whose they are."""
    coming, day = _coming(sentence), date.fromisoformat(sentence.params["day"])
    ids = coming[(coming["due"] == day) & coming["target"].isin(_targets_here(sentence, False))]
    targets = rows(sentence, "track.targets")
    places = set(targets[targets["target"].isin(ids["target"])]["region"])
    yield from unequal(sentence, {"n": len(ids)})
    if places != set(sentence.params["places"]) or day not in sorted(set(coming["due"]))[:DAYS]:
        yield f"due are targets of {sorted(places)}"


@claim("brief_due_milestones", words="the milestones are of the projects named, and of no other")
def milestones_of(sentence: Sentence) -> Iterator[str]:
    """All projects of the items are named."""
    coming, day = _coming(sentence), sentence.params["day"]
    items = coming[(coming["due"].astype(str) == day) & (coming["what"] == "milestone")]
    if set(items["entity"]) != set(sentence.params["projects"]):
        yield f"the projects are {sorted(set(items['entity']))}"
