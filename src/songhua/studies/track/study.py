"""Track: the plan against what happened, target by target, task by task."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from songhua.plan import Plan
from songhua.plan.days import day_of_view
from songhua.region import Region
from songhua.results import Finding, Result, read_rows, table
from songhua.studies.registry import Progress
from songhua.studies.series import Figures
from songhua.studies.track.asked_otherwise import otherwise
from songhua.studies.track.assessment import Assessment, assess
from songhua.studies.track.delivery import department_counts, task_states
from songhua.studies.track.department_reports import Reports
from songhua.studies.track.due_items import due_items
from songhua.studies.track.estimates import estimable, target_estimates
from songhua.studies.track.finding_kinds import PlanRowsUndated, TargetsEstimated
from songhua.studies.track.inferences import inferences
from songhua.studies.track.programmes import cohort_states, rung_states
from songhua.studies.track.project_sums import project_sums
from songhua.studies.track.projects import milestone_states, project_states
from songhua.studies.track.report_use import report_rows
from songhua.studies.track.rows import TargetRow
from songhua.studies.track.tables import Tracking, tables
from songhua.studies.track.target_findings import findings


def track(
    region: Region,
    plan: Plan,
    evidence: Mapping[str, Result] | None = None,
    rng: np.random.Generator | None = None,
    progress: Progress | None = None,
    *,
    levels: Mapping[str, float] | None = None,
    faster: float = 0.0,
) -> Result:
    """Compare the plan's targets with the figures, and list items done, due, late and blocked.

    Progress is set beside the time elapsed by the path that fits each target's words; binding and
    anticipatory targets are counted apart and never averaged. Figures of another vintage or scope
    are not used (§3). Without a base a target is not assessed, and the table says so. Departments'
    reports stand beside published figures, and in their place only where none is published. Due
    dates are judged on the day of the view; without one, on the last day of recording.

    Of the evidence it takes `accounts`, and these only where a target's industry has no figure:
    what they estimate stands in a table of its own, and no verdict rests on it. Chance is only for
    the probabilities of the outlook. Targets may be asked at other `levels`, and as if the nation
    grew `faster`, in points a year (`asked_otherwise`). The tables stand in
    `studies/track/tables.py`.

    >>> import songhua
    >>> session = songhua.open(songhua.example())
    >>> targets = track(session.region, session.plan).tables["targets"].set_index("target")
    >>> plan = targets.loc["gdp-plan"]
    >>> round(float(plan["latest"]), 2), str(plan["position"])  # from 5.5 to 4.6 % a year
    (3.99, 'below')
    """
    tracked = tracking(region, plan, seed_of(rng), progress, levels, faster)
    notes: list[Finding] = [PlanRowsUndated(n=plan.hidden)] if plan.hidden else []
    result_tables = tables(tracked)
    open_ = estimable(region, read_rows(result_tables["targets"], TargetRow))
    accounts = (evidence or {}).get("accounts") if open_ else None
    estimates = [] if accounts is None else list(target_estimates(region, open_, accounts))
    if estimates:
        names = tuple(estimate.target for estimate in estimates)
        notes.append(TargetsEstimated(n=len(names), targets=names))
    result_tables["estimates"] = table("track", "estimates", estimates)
    return Result("track", result_tables, (*findings(tracked, region.code, plan.period), *notes))


def seed_of(rng: np.random.Generator | None) -> int:
    """The seed of all probabilities; 0, if there is no chance.

    >>> seed_of(None)
    0
    """
    return 0 if rng is None else int(rng.integers(2**32))


def tracking(
    region: Region,
    plan: Plan,
    seed: int = 0,
    progress: Progress | None = None,
    levels: Mapping[str, float] | None = None,
    faster: float = 0.0,
) -> Tracking:
    """The same as values, before they become tables.

    >>> import pandas as pd
    >>> from songhua.studies.track.examples import town
    >>> tasks = [{"id": "road", "due": "2022", "status": "planned", "source": "paper"}]
    >>> region, plan = town(measures=pd.DataFrame(tasks))
    >>> tracked = tracking(region, plan)
    >>> tracked.day.isoformat(), [(task.measure, task.state) for task in tracked.tasks]
    ('2023-06-30', [('road', 'no_report')])
    """
    figures, reports = Figures(region, plan), Reports.of(region)
    day = day_of_view(region, plan) or date.min
    targets: list[Assessment] = []
    plan = plan.in_force(region.sources)
    for at, entry in enumerate(plan.targets):
        if progress is not None:
            progress(at, len(plan.targets), "targets")
        entry, lead = otherwise(region, entry, levels or {}, faster)
        targets.append(assess(entry, figures, plan, day, reports, seed, lead))
    tasks = task_states([reports.measure(task) for task in plan.measures], region, day)
    steps = milestone_states([reports.milestone(step) for step in plan.milestones], region, day)
    cohorts, projects = cohort_states(plan, day), project_states(plan, steps, day)
    if progress is not None:
        progress(len(plan.targets), len(plan.targets), "")
    return Tracking(
        day,
        targets,
        tasks,
        department_counts(tasks),
        projects,
        project_sums(projects, plan.wholes),
        steps,
        rung_states(plan, day),
        cohorts,
        due_items(targets, tasks, steps, cohorts),
        list(report_rows(figures, reports, plan)),
        list(inferences(figures, targets)),
    )
