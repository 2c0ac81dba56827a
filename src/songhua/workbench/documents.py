"""Documents of a period, the report of everything, and tables, written where a user wants them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from songhua import render, store
from songhua.document.evaluation import evaluation as evaluated
from songhua.document.month import monthly
from songhua.errors import Fault, SonghuaError
from songhua.format.view import View
from songhua.labels import parse_period
from songhua.messages import LANGUAGES
from songhua.studies.diagnose import diagnose
from songhua.studies.month import month as month_study
from songhua.studies.month import until
from songhua.studies.track import track
from songhua.workbench.folders import day_of, open_folder
from songhua.workbench.running import Progress, Run


def month(
    path: str | Path,
    period: str,
    as_of: str | date | None = None,
    peers: tuple[str, ...] = (),
    since: str | date | None = None,
) -> Run:
    """Diagnose, track and `month` of a folder, with the figures up to the end of a period.

    What is due is judged on the period's last day. `as_of` leaves out what was published later.

    Raises:
        SonghuaError: the folder's faults; `period_unreadable`, `period_not_in_year`,
            `label_unknown` (of a peer), `date_unreadable`.

    >>> from songhua.workbench import example
    >>> sorted(month(example(), "2021-Q1").results)
    ['diagnose', 'month', 'track']
    """
    folder = open_folder(path, as_of)
    asked = parse_period(period)
    region, plan = until(folder.region, asked), folder.plan
    rng = np.random.default_rng(0)
    results = {"diagnose": diagnose(region, plan, {}, rng, None)}
    if plan is not None and plan.files():
        results["track"] = track(replace(region, as_of=asked.end), plan)
    after = None if since is None else day_of(since)
    results["month"] = month_study(region, plan, results, period, peers, after)
    return Run(region, plan, results, ())


def evaluation(path: str | Path, period: str, as_of: str | date | None = None) -> Run:
    """Track of a folder with the figures and reports up to the end of a period.

    What is due is judged on the period's last day. `as_of` leaves out what was published later.

    Raises:
        SonghuaError: the folder's faults; `evaluation_no_plan`, `period_unreadable`,
            `period_open`, `date_unreadable`.

    >>> from songhua.workbench import example
    >>> sorted(evaluation(example(), "2021").results)
    ['track']
    """
    folder = open_folder(path, as_of)
    asked = parse_period(period)
    if asked.open:
        raise SonghuaError(Fault("period_open", params={"text": period}))
    region, plan = until(folder.region, asked), folder.plan
    if plan is None or not plan.files():
        raise SonghuaError(Fault("evaluation_no_plan", "plan/targets.csv"))
    results = {"track": track(replace(region, as_of=asked.end), plan)}
    return Run(region, plan, results, ())


def write_document(
    done: Run,
    period: str,
    target: str | Path,
    lang: str = "en",
    form: str = "html",
    kind: str = "monthly",
) -> Path:
    """Write the report of a period to `target/KIND-PERIOD-LANG.FORM`.

    `kind` is monthly (see `month`), annual or midterm (see `evaluation`).

    Raises:
        SonghuaError: `extra_missing`, for a DOCX or PDF without the extra `report`.
    """
    day = parse_period(period).end
    view = View.of(done, lang)
    made = monthly(view) if kind == "monthly" else evaluated(view, kind, period)
    data = render.document(view, made, day, form)
    name = period.replace(":", "-").replace("..", "-")
    return store.write_new(Path(target) / f"{kind}-{name}-{lang}.{form}", data)


def write_tables(done: Run, file: str | Path, lang: str = "en") -> Path:
    """Write all tables of a run to an XLSX, a sheet a table.

    Raises:
        SonghuaError: `extra_missing`, without the extra `excel`; `sheet_too_long`.
    """
    data = render.tables(View.of(done, lang))
    return store.write_new(Path(file), data)


def write_report(done: Run, target: str | Path, progress: Progress | None = None) -> list[Path]:
    """Write the report in every language to `target`; an older report there is replaced."""
    written: list[Path] = []
    for at, lang in enumerate(LANGUAGES):
        if progress is not None:
            progress(at, len(LANGUAGES), "report")
        page = render.report(View.of(done, lang))
        written.append(store.write_new(Path(target) / f"report-{lang}.html", page.encode()))
    return written
