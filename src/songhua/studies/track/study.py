"""Track: the plan against what happened, target by target, task by task."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from songhua.plan import TABLES, Plan
from songhua.region import Region
from songhua.results import Finding, Result, table
from songhua.studies.series import Figures
from songhua.studies.track import delivery
from songhua.studies.track.assessment import evaluate
from songhua.studies.track.department_reports import Reports, each, reported
from songhua.studies.track.findings import told

Progress = Callable[[int, int, str], None]
Row = dict[str, Any]


def track(
    region: Region,
    plan: Plan,
    evidence: Mapping[str, Result] | None = None,
    rng: np.random.Generator | None = None,
    progress: Progress | None = None,
) -> Result:
    """Hold the plan's targets against the figures, and say what is done, due, late and blocked.

    Progress is set beside the time elapsed by the path that fits each target's words; binding
    and anticipatory targets are counted apart and never averaged. Figures of another vintage or
    scope are not used (§3). Without a base a target is not assessed, and the table says so. What
    departments reported stands beside what is published, and only where nothing is published in
    its place. What is due is judged on the day of the view; without one, on the last day of
    recording.

    Takes no evidence; chance only for the probabilities of the outlook. The tables stand in
    `schema/results/track.toml`.

    >>> import songhua
    >>> session = songhua.open(songhua.example())
    >>> targets = track(session.region, session.plan).tables["targets"].set_index("target")
    >>> float(targets.loc["gdp-plan", "latest"]), str(targets.loc["gdp-plan", "position"])
    (5.5, 'at_low_end')
    """
    del evidence
    seed = 0 if rng is None else int(rng.integers(2**32))
    facts, reports = Figures(region, plan), Reports.of(region)
    day = today(region, plan)
    targets: list[Row] = []
    years: list[Row] = []
    listed = list(delivery.rows(plan.targets))
    for at, row in enumerate(listed):
        if progress is not None:
            progress(at, len(listed), "targets")
        made, tested = evaluate(row, facts, plan, day, reports, seed)
        targets.append(made)
        years += tested
    given = {"task": list(delivery.rows(plan.measures)), "milestone": list(delivery.steps(plan))}
    last = {sort: each(rows, reports, sort) for sort, rows in given.items()}
    tasks = delivery.measures(last["task"], region, day)
    points = delivery.milestones(last["milestone"], region, day)
    cohorts = delivery.programmes(plan, day)
    made = {
        "targets": targets, "years": years, "classes": classes(targets), "measures": tasks,
        "departments": delivery.departments(tasks), "projects": delivery.projects(plan, points),
        "milestones": points, "products": delivery.products(plan), "programmes": cohorts,
        "calendar": delivery.calendar(targets, tasks, points, cohorts),
        "reported": reported(facts, reports, given), "view": [{"day": day.isoformat()}],
    }  # fmt: skip
    tables: dict[str, pd.DataFrame] = {
        name: table("track", name, rows) for name, rows in made.items()
    }
    findings: tuple[Finding, ...] = tuple(told(tables, day))
    if progress is not None:
        progress(len(listed), len(listed), "")
    return Result("track", tables, findings)


def today(region: Region, plan: Plan) -> date:
    """The day of the view: the day asked for, else the last day on which a row was recorded."""
    if region.as_of is not None:
        return region.as_of
    recorded = {str(day) for day in region.observations["recorded"].unique()}
    for name in TABLES:
        frame: pd.DataFrame = getattr(plan, name)
        recorded |= set() if frame.empty else set(frame["recorded"])
    if len(region.reviews):
        recorded |= set(region.reviews["received"].str[:10])
    return date.fromisoformat(max(recorded)) if recorded else date.min


def classes(targets: list[Row]) -> list[Row]:
    """How many targets are in each class, by nature, and by what the figure rests on."""
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for row in targets:
        key = row["nature"], row["scheme"], row["progress_class"], row["basis"]
        found.setdefault(key, []).append(row["target"])
    order = {"binding": 0, "anticipatory": 1, "": 2}
    names = ("nature", "scheme", "progress_class", "basis")
    return [
        {**dict(zip(names, key, strict=True)), "n": len(ids), "list": " ".join(ids)}
        for key, ids in sorted(found.items(), key=lambda item: (order[item[0][0]], item[0][1:]))
    ]
