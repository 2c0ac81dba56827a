"""A request to a folder without a fault: one chosen by chance, of all that songhua can show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pandas as pd

from bare import bare_charts
from mutations import CELLS
from songhua import Session, render
from songhua.document.studies import of_study
from songhua.document.studies.evaluation import evaluation
from songhua.document.studies.month import monthly
from songhua.format.view import View
from songhua.labels import parse_date, parse_period
from songhua.messages import LANGUAGES
from songhua.reading.reviews.items import items
from songhua.render.files import contents
from songhua.session import cache
from songhua.store.reviews.sheet_writer import workbook
from songhua.studies import registry

PERIODS = ("2019", "2020", "2021", "2022", "2023", "2021-H1", "2020-Q4", "2022-06", "2024-01-31",
           "plan:2021..2025", "2020-01..2020-06", "0001", "9999", "9999-12-31", "2021..", "2024/25")  # fmt: skip
DAYS = ("2021-03-01", "2022-12-31", "2023", "2024-06", "2026-01-02", "0001-01-01", "9999-12-31")
NUMBERS = ("0", "-0", "1", "-1", "40", "99999999999999999999", "1e309", "nan", "١٢")


def _odd(rng: Random, usual: tuple[str, ...]) -> str:
    """A usual text, or in one case of four any."""
    return rng.choice(usual) if rng.random() < 0.75 else rng.choice(CELLS)


def _view(rng: Random, opened: Session) -> View:
    return View.of(opened.run_all(), rng.choice(LANGUAGES))


def studies(rng: Random, opened: Session) -> object:
    """Every study that has what it needs."""
    return opened.run_all()


def some_studies(rng: Random, opened: Session) -> object:
    """One study, with options by chance."""
    study = rng.choice(list(registry.studies().values()))
    given: dict[str, object] = {}
    for one in study.fields():
        kind = str(one.type)
        if one.name == "workers" or rng.random() < 0.3:
            continue
        text = _odd(rng, DAYS if one.name in ("on", "since") else PERIODS)
        given[one.name] = (
            rng.choice((-1, 0, 1, 5, 40, 41, 10**12)) if kind == "int"
            else rng.random() < 0.5 if kind == "bool"
            else tuple(_odd(rng, ("upland", "rivertown", "cn/size-class", "eu/sme", "x"))
                       for _ in range(rng.randrange(3))) if kind.startswith("tuple")
            else text
        )  # fmt: skip
    if int(str(given.get("draws", 0))) > 1000:
        given["draws"] = 45
    return opened.run(study.name, **given)


def screens(rng: Random, opened: Session) -> object:
    """The screen of every study: words, JSON or HTML, and its tables as JSON."""
    view = _view(rng, opened)
    for study, result in view.results.items():
        render.fragment(view, of_study(view, study), rng.choice(("text", "json", "html")))
        for name in result.tables:
            render.table(view, study, name)
        result.to_json()
    return view


def report(rng: Random, opened: Session) -> object:
    """The report of everything, its charts left blank."""
    with bare_charts():
        return render.report(_view(rng, opened))


def charts(rng: Random, opened: Session) -> object:
    """The report with its charts."""
    return render.report(_view(rng, opened))


def tables(rng: Random, opened: Session) -> object:
    """All tables as a workbook."""
    return render.tables(_view(rng, opened))


def of_a_period(rng: Random, opened: Session) -> object:
    """A month, a year, or the middle of the plan, in one of the forms."""
    kind, period = rng.choice(("monthly", "annual", "midterm")), _odd(rng, PERIODS)
    peers = tuple(sorted(opened.region.places)) if rng.random() < 0.5 else ()
    since = _odd(rng, DAYS) if kind == "monthly" and rng.random() < 0.5 else ""
    view = View.of(contents(opened, kind, period, peers, since), rng.choice(LANGUAGES))
    form = rng.choices(("html", "json", "docx"), (5, 3, 1))[0]
    with bare_charts():
        made = monthly(view) if kind == "monthly" else evaluation(view, kind, period)
        return render.document(view, made, parse_period(period).end, form)


def kept(rng: Random, opened: Session) -> object:
    """Results as they are kept on disk: read back, they are the same."""
    for result in opened.run_all().results.values():
        again = cache.read(cache.written(result))
        assert again.findings == result.findings
        for name, frame in result.tables.items():
            pd.testing.assert_frame_equal(again.tables[name], frame)
    return None


def changed(rng: Random, opened: Session) -> object:
    """Something else is assumed, known, planned or aimed at."""
    plan, some = opened.plan, {}
    rows = opened.region.figures.observations.frame
    number = lambda: _odd(rng, NUMBERS)  # noqa: E731
    if plan is not None:
        assumed = [*plan.assumptions.get("name", ()), "pay"]
        some["assumptions"] = {rng.choice(assumed): number()}
        some["targets"] = {
            one.id: _odd(rng, ("5%", "about 12", "reach 9")) for one in plan.targets[:1]
        }
        projects = sorted(plan.simulated_projects()) or ["x"]
        fields = ("start", "output", "jobs", "industry")
        some["projects"] = {rng.choice(projects): {rng.choice(fields): number()}}
    if len(rows):
        row: dict[str, Any] = {
            name: str(rows[name].iloc[rng.randrange(len(rows))])
            for name in ("indicator", "region", "industry", "period", "value", "unit", "kind", "source")
        }  # fmt: skip
        row[rng.choice(list(row))] = rng.choice(CELLS)
        some["figures"] = [{**row, "recorded": "2026-01-05"}]
    name = rng.choice(list(some) or ["figures"])
    return opened.change(**{name: some.get(name, [])}).run_all()


def reviews(rng: Random, opened: Session) -> object:
    """The sheets that departments are sent."""
    if opened.plan is None:
        return None
    period, lang = parse_period(_odd(rng, PERIODS)), rng.choice(LANGUAGES)
    asked = items(opened.region, opened.plan, period, lang)
    names = {one.department for one in asked}
    own = {name: [one for one in asked if one.department == name] for name in sorted(names)}
    return [workbook(opened.region, period, name, of, lang) for name, of in own.items()]


#: The possible requests, each with its frequency in a hundred.
WAYS: dict[Callable[[Random, Session], object], int] = {
    studies: 26, some_studies: 20, screens: 14, report: 8, charts: 2, tables: 6, of_a_period: 10,
    kept: 4, changed: 6, reviews: 4,
}  # fmt: skip


def day(rng: Random) -> date | None:
    """As of which day a folder is seen; mostly today."""
    return None if rng.random() < 0.85 else parse_date(_odd(rng, DAYS))


def ask(rng: Random, opened: Session) -> str:
    """Ask one thing; its name."""
    way = rng.choices(list(WAYS), list(WAYS.values()))[0]
    way(rng, opened)
    return way.__name__
