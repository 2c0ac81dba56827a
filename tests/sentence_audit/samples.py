"""Sentences of kinds that no shipped case has, each with the few rows that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pandas as pd

from sentence_audit.claims import Sentence
from songhua.maths import regional_error
from songhua.plan import Plan
from songhua.region import Region
from songhua.studies.choose import example as choose_example
from songhua.studies.simulate import example

DAY = date(2023, 6, 30)
Params = dict[str, Any]
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Sample:
    """Rows by table, with a region and a plan, on which sentences rest."""

    tables: Mapping[str, Rows]
    region: Region = field(default_factory=lambda: Region.of("here"))
    plan: Plan | None = None
    day: date = DAY

    def of(self, code: str, params: Params, observations: Sequence[str] = ()) -> Sentence:
        """A sentence that rests on them."""
        tables = {name: pd.DataFrame(list(rows)) for name, rows in self.tables.items()}
        return Sentence(code, params, observations, tables, self.region, self.plan, self.day)


def sentences() -> Iterator[Sentence]:
    """All sentences, each true of its rows."""
    yield from works()
    yield from targets()
    yield from projects()
    yield from coverage()
    yield from sources_of_sizes()
    yield from errors()
    yield from odds()
    yield from printed()


def works() -> Iterator[Sentence]:
    """A road that is late and a school to come, with their projects."""
    late = {"state": "late", "reported_by": ""}
    sample = Sample(
        {
            "track.measures": [
                {"measure": "road", "due": "2022", "lead": "works", **late},
                {"measure": "park", "due": "2024", "lead": "works", **late, "state": "open"},
            ],
            "track.milestones": [
                {"project": "mill", "planned": "2021", "slip_days": 545.0, **late},
                {"project": "farm", "planned": "2022", "slip_days": 180.0, **late},
            ],
            "track.calendar": [
                _due("2023-12-31", "measure", "school"),
                _due("2023-12-31", "milestone", entity="mill"),
                _due("2023-12-31", "milestone", entity="farm", state="done"),
                _due("2022-12-31", "measure", "road", state="late"),
            ],
        }
    )
    day = {"day": "2023-06-30"}
    yield sample.of("measures_late", {"n": 1, "tasks": ["road"], **day})
    yield sample.of("milestones_late", {"n": 2, "projects": ["mill", "farm"], **day})
    yield sample.of("brief_milestone_late", {"n": 2, "projects": ["mill", "farm"], "days": 545.0})
    asked = {"n": 1, "of": 2, "tasks": ["road"], "period": "2022", "owner": "works"}
    yield sample.of("brief_ask_reports", asked)
    yield sample.of("brief_due_tasks", {"n": 1, "day": "2023-12-31", "tasks": ["school"]})
    yield sample.of("brief_due_milestones", {"n": 1, "day": "2023-12-31", "projects": ["mill"]})


def _due(due: str, what: str, measure: str = "", entity: str = "", state: str = "open") -> Params:
    return {"due": due, "what": what, "measure": measure, "entity": entity, "state": state}


#: A number of firms that grew from 500 to 700 of 1000 in two of five years.
FIRMS = {
    "target": "firms", "period": "plan:2021..2025", "path": "level", "progress_class": "lagging",
    "region": "here", "doubts": "", "grade": "official",
    "unit": "count", "base": 500.0, "latest": 550.0, "latest_low": 550.0, "latest_high": 550.0,
    "latest_period": "2022", "goal": 1000.0, "asked_low": 1000.0, "asked_high": float("inf"),
    "accepted_low": 1000.0, "accepted_high": float("inf"), "elapsed": 0.4, "progress": 0.1,
    "lead": -0.3, "owner": "trade", "observations": "a b", "outcome": "open", "basis": "published",
    "reported_by": "", "probability_ahead": 3.0,
}  # fmt: skip
#: Jobs of a year that is over, of 1000 that were asked for.
JOBS = FIRMS | {
    "target": "jobs", "period": "2022", "path": "sum", "progress_class": "missed", "base": 0.0,
    "elapsed": 1.0, "progress": 0.55, "lead": -0.45, "outcome": "not_met", "basis": "reported",
    "reported_by": "A. Clerk",
}  # fmt: skip


def targets() -> Iterator[Sentence]:
    """A target that lags, one that was missed, and what departments and accounts say of others."""
    open_ = FIRMS | {"target": "shops", "progress_class": "no_data"}
    report = {
        "indicator": "jobs", "period": "2022", "reporter": "A. Clerk", "department": "labour",
        "received": "2023-02-01T09:00", "value": 550.0, "low": 549.5, "high": 550.5,
        "unit": "count", "published": 600.0, "use": "differs",
    }  # fmt: skip
    odds = {"target": "firms", "ahead": 3, "brier": 0.3, "brier_base": 0.2}
    sample = Sample(
        {
            "track.targets": [FIRMS, JOBS, open_],
            "track.odds": [odds, odds | {"ahead": 2, "brier": 0.1}],
            "track.reported": [report],
            "track.estimates": [{"target": "shops"}],
            "track.inferred": [{"target": "shops"}],
        },
        plan=replace(example.plan(), hidden=2),
    )
    about = {"unit": "count", "value": 550.0, "expected": 1000.0, "seen": "2022", "owner": "trade"}
    about |= {"ends": "550.0..550.0"}
    yield from unproven(about)
    about |= {"other_targets": [], "doubted_targets": [], "weak_targets": []}
    behind = about | {"targets": ["firms"], "elapsed": 40, "progress": 10}
    yield sample.of("brief_target_behind", behind, ["a", "b"])
    missed = about | {"targets": ["jobs"], "elapsed": 100, "progress": 55}
    yield sample.of("brief_target_missed", missed, ["a", "b"])
    yield sample.of("outlook_no_better", {"n": 1, "targets": ["firms"]})
    yield sample.of("targets_by_report", {"n": 1, "targets": ["jobs"]})
    yield sample.of("targets_estimated", {"n": 1, "targets": ["shops"]})
    names = ("indicator", "period", "reporter", "department", "unit", "value")
    differs = {name: report[name] for name in names}
    yield sample.of("targets_inferred", {"n": 1, "targets": ["shops"]})
    yield sample.of("report_differs", {**differs, "actual": 600.0, "received": "2023-02-01"})
    yield sample.of("plan_rows_undated", {"n": 2})


def unproven(about: Params) -> Iterator[Sentence]:
    """Jobs that a figure of too early a time does not decide: by their odds, and without any."""
    open_ = JOBS | {"period": "2022", "latest_period": "2021", "progress_class": "no_data"}
    open_ |= {"missing": "no_outcome", "pace_unit": "percent"}
    open_ |= {"required": 12.34, "best": 5.06, "probability": 0.021, "no_odds": "", "elapsed": 0.8}
    said = about | {"targets": ["jobs"], "seen": "2021", "since": "2021", "required": "12.3"}
    said |= {"elapsed": 80, "progress": 55, "best": "", "chance": "3"}
    sample = Sample({"track.targets": [open_]})
    yield sample.of("brief_target_probably_missed", said, ["a", "b"])
    without = Sample({"track.targets": [open_ | {"probability": float("nan")}]})
    yield without.of("brief_target_unproven", said | {"best": "5.1", "chance": ""}, ["a", "b"])
    likely = Sample({"track.targets": [open_ | {"probability": 0.6}]})
    yield likely.of("brief_target_unproven", said | {"chance": "60"}, ["a", "b"])
    asked = {"n": 1, "total": 1, "judged": 0, "more": 1, "targets": ["jobs"], "owner": "trade"}
    for owner, code in (("trade", "brief_ask_figures"), ("", "brief_ask_figures_unnamed")):
        sample = Sample({"track.targets": [open_ | {"region": "here", "owner": owner}]})
        yield sample.of(code, asked | {"owner": owner})


def _ends(value: float, **labels: Any) -> Params:
    """A row with a number and its interval, and as much without possible parts."""
    row = {"value": value, "low": value - 10, "high": value + 10, "estimate": "interval"}
    half = {f"without_parts{end}": row[name] / 2 for end, name in ENDS.items()}
    return {"scenario": "", "project": "", "effect": "type_i", **row, **half, **labels}


ENDS = {"": "value", "_low": "low", "_high": "high"}


def _named(value: float, *names: str) -> Params:
    return dict(zip(names, (value, value - 10, value + 10), strict=True))


def projects() -> Iterator[Sentence]:
    """A mill that is built, and one that runs, with and without what may be another's."""
    sums = _named(100, "value", "left", "right") | _named(50, "jobs", "jobs_low", "jobs_high")
    sums |= {"unit": "m EUR"}
    halves = {"without": 50, "without_left": 45, "without_right": 55}
    halves |= {"without_jobs": 25, "without_jobs_low": 20, "without_jobs_high": 30}
    for phase, period in (("construction", "2021"), ("operation", "2022")):
        for suffix, columns, more in (("", NO_PARTS, {}), ("_both", {}, halves)):
            rows = [
                {**_ends(100, measure="value_added", unit="m EUR"), **columns},
                {**_ends(50, measure="jobs", unit="persons"), **columns},
            ]
            sample = Sample(
                {
                    "simulate.totals": [row | {"phase": phase, "period": period} for row in rows],
                    "simulate.years": [{"phase": phase, "year": int(period)}],
                    "simulate.balance": [{"year": 2022}],
                }
            )
            yield sample.of(f"brief_projects_{phase}{suffix}", sums | more | {"period": period})


def coverage() -> Iterator[Sentence]:
    """One mill in the sums, beside a printed list of projects; ends, and what is taken off."""
    labels = {"indicator": "key_projects", "entity": "list", "period": "2021"}
    figures = [
        {"id": "i", "value": "8", "number": 8.0, "unit": "count", **labels},
        {"id": "j", "value": "2", "number": 2.0, "unit": "bn EUR", **labels},
    ]
    last = {"effect": "type_i", "measure": "value_added", "year": 2022, "unit": "m EUR"}
    net = _ends(80, **last, step="net", estimate="assumption")
    rows = [
        {
            **_ends(number, measure=measure),
            "unit": unit,
            "estimate": "assumption",
            "project": project,
        }
        for project in ("", "mill")
        for number, measure, unit in ((100, "value_added", "m EUR"), (50, "jobs", "persons"))
    ]
    sums = [row | {"phase": "operation", "period": "2022", **NO_PARTS} for row in rows]
    drivers = [("operation_value_added", 40.2), ("operation_jobs", 30.0), ("net_value_added", 60.6)]
    tables = {
        "simulate.totals": sums,
        "simulate.projects": [{"project": "mill", "phase": "operation"}],
        "simulate.outputs": [{"basis": "accounts"}],
        "simulate.drivers": [
            {"outcome": outcome, "driver": "structure", "share": share}
            for outcome, share in drivers
        ],
        "simulate.years": [{"phase": "operation", "year": 2022}],
        "simulate.balance": [net | NO_PARTS, last | {"step": "displaced"}],
    }
    region = Region.of("here", observations=pd.DataFrame(figures))
    sample = Sample(tables, region, example.plan())
    counted = {"n": 1, "entity": "list", "period": "2021", "count": 8}
    money = {"value": 100.0, "planned": 2000.0, "unit": "m EUR", "share": 5.0, **labels}
    for study in ("simulate_projects", "brief_projects"):
        name = "brief_projects_alone" if study == "brief_projects" else study
        yield sample.of(name, {"n": 1, "entities": ["mill"]})
        yield sample.of(f"{study}_count", counted, ["i"])
        yield sample.of(f"{study}_money", money, ["j"])
    ends = {"phases": ["operation"], "estimate": "assumption", "low": 30, "high": 61}
    yield sample.of("simulate_ends", ends)
    added = _named(100, "value", "left", "right") | {"unit": "m EUR", "estimate": "assumption"}
    added |= _named(50, "jobs", "jobs_low", "jobs_high") | {"period": "2022"}
    losses = _named(80, "actual", "implied", "expected") | {"steps": ["displaced"], "n": 1}
    yield sample.of("brief_projects_net", added | losses)
    without = Sample({**tables, "simulate.balance": [net]}, region, example.plan())
    yield without.of("simulate_gross", {"period": "2022"})


NO_PARTS = {f"without_parts{end}": float("nan") for end in ENDS}


def sources_of_sizes() -> Iterator[Sentence]:
    """Sizes of industries by the nation's structure and by jobs; the driver; limits."""
    own = {"table": "home", "unit": "m EUR", "low": 10.0, "high": 20.0}
    driver = {"outcome": "net_value_added", "driver": "output", "project": "mill", "share": 60.4}
    structure = {"outcome": "operation_jobs", "driver": "structure", "project": "", "share": 20.26}
    sample = Sample(
        {
            "simulate.outputs": [own | {"basis": "prior"}, own | {"basis": "jobs"}],
            "simulate.drivers": [driver, structure],
            "simulate.limits": [
                {"code": "food", "year": 2021, "binds": 8.0},
                {"code": "food", "year": 2022, "binds": 12.0},
            ],
        }
    )
    spread = {"table": "home", "n": 1, "low": 20.3, "high": 20.3}
    yield sample.of("simulate_driven_by_assumption", spread)
    yield sample.of("simulate_driver_of", {"driver": "output", "share": 60, "entity": "mill"})
    yield sample.of("simulate_from_jobs", {"n": 1, "of": 2})
    yield sample.of("simulate_limits", {"n": 1, "binds": 12.0})
    yield sample.of("simulate_no_accounts", {"no_accounts": "not_given"})
    yield Sample({}).of("simulate_no_limits", {})


def errors() -> Iterator[Sentence]:
    """A region that is smaller than all that the error was learnt from."""
    model, table = regional_error.load(), example.base().table
    assumed = [{"name": "area", "value": 2.0}, {"name": "transfer", "value": 1.5}]
    output = {"table": "home", "unit": "m EUR", "low": 1e-6, "high": 2e-6}
    sums = {"phase": "construction", "effect": "type_i", "project": "mill", "scenario": ""}
    tables = {
        "simulate.outputs": [output],
        "simulate.drivers": [{"outcome": "net_value_added", "driver": "table", "share": 34.4}],
        "simulate.projects": [sums],
        "simulate.totals": [sums],
    }
    region = Region.of("here", tables={"home": table})
    sample = Sample({**tables, "simulate.assumptions": assumed}, region, example.plan())
    (low, high), (least, most) = model.range("areas"), model.range("shares")
    area = {"size": "2", "low": f"{low:,.0f}", "high": f"{high:,.0f}"}
    yield sample.of("regional_error_area", area)
    share = f"{100 * 1.5e-6 / float(table.x.sum()):.3g}%"
    size = {"size": share, "low": f"{100 * least:.3g}%", "high": f"{100 * most:.3g}%"}
    yield sample.of("regional_error_size", size)
    yield sample.of("regional_error_untested", {})
    yield sample.of("regional_error_widened", {"transfer": 1.5})
    counts = {"facts": 1, "assumed": 0, "n": 1, "share": 34}
    yield sample.of("brief_assumed_untested", counts)
    yield Sample(tables, region).of("regional_error_no_area", {})


#: The lessons of a panel of 40 regions, of which no odds of exit come.
PANEL = {
    "indicator": "jobs", "source": "paper", "kind": "entry", "basis": "folder", "refused": "",
    "before": "2017", "after": "2021", "step": 2, "years": 4, "measured": "counts", "regions": 40,
    "regions_here": 2, "industries": 45, "scheme": "periods", "score": "full", "below": 0.8,
    "above": 1.0, "floor": 30.0, "held": 2.0, "noise": 5.0, "n": 200, "came": 20, "gain": 0.2,
    "gain_low": 0.1, "panel": "5e",
}  # fmt: skip


def odds() -> Iterator[Sentence]:
    """A bet of the plan, an industry that crossed a line lately, and why there are no other odds."""
    bet = {"industry": "food", "role": "leading", "verdict": "bet", "quotient": 0.5}
    bet |= {"odds": 20.0, "odds_low": 12.0, "base_rate": 10.0}
    odds = {"odds": 20.0, "odds_low": 12.0, "odds_high": 31.0, "times": 2.0, "base_rate": 10.0}
    odds |= {"indicator": "jobs", "basis": "folder"}
    rows = [
        {"industry": "food", "list": "enter", "kind": "entry", "observations": "a", **odds},
        {"industry": "tools", "list": "secure", "kind": "exit", "observations": "", **odds},
        {"industry": "looms", "list": "crossed", "kind": "", "observations": "b"},
    ]
    rows[1] |= {"odds": 5.0, "odds_low": 2.0, "odds_high": 9.0, "times": 0.5}
    tables = {"choose.candidates": rows, "choose.plan_choices": [bet]}
    sample = Sample(tables | {"choose.learnt": [PANEL, PANEL | {"kind": "exit", "gain_low": -0.1}]})
    panel = {"indicator": "jobs", "n": 40, "here": 2, "industries_n": 45, "years": 2}
    yield sample.of("choose_folder", panel | {"before": "2017", "period": "2021"})
    yield sample.of("choose_related", {"choice_kind": "entry", "low": 0.1, "value": 0.2})
    usual = {"n": 1, "years": 4, "period": "2021", "indicator": "jobs", "rate": 10.0}
    yield sample.of("choose_none_exit", usual | {"least": 10})
    lost = rows[1] | odds | {"list": "at_risk", "role": "pillar"}
    choice = bet | {"industry": "tools", "verdict": "at_risk", "quotient": 1.5}
    losing = Sample({
        "choose.candidates": [lost], "choose.plan_choices": [choice],
        "choose.learnt": [PANEL | {"kind": "exit"}],
    })  # fmt: skip
    ends = {"times": 2.0, "left": 12.0, "right": 31.0, "industries": ["tools"]}
    yield losing.of("choose_list_exit", usual | ends | {"least": 10, "listed": 1})
    brief = usual | ends | {"industry": "tools"}
    yield losing.of("brief_choose_lose", brief)
    yield losing.of("brief_plan_at_risk", brief)
    about = {"n": 1, "industries": ["tools"], "indicator": "jobs", "period": "2021", "years": 4}
    yield losing.of("choose_plan_at_risk", about)
    bets = {"n": 1, "industries": ["food"], "indicator": "jobs"}
    yield sample.of("choose_plan_bet", bets | {"period": "2021", "years": 4})
    yield sample.of("choose_crossed", {"n": 1, "industries": ["looms"], "indicator": "jobs"}, ["b"])
    for reason in ("one_period", "not_known", "noise", "few_events"):
        refused = [PANEL | {"kind": "exit", "refused": reason}, PANEL | {"regions": 41}]
        none = Sample({"choose.plan_levels": refused, "choose.candidates": [rows[0]]})
        about = {"choice_kind": "exit", "indicator": "jobs", "n": 40, "period": "2021", "least": 20}
        yield none.of(f"choose_no_odds_{reason}", about)
    yield from _files(tables)


def _files(tables: Mapping[str, Rows]) -> Iterator[Sentence]:
    """A file that came with the folder: used, without the region's past, and passed over."""
    region = choose_example.town()
    (file,) = region.learnt.values()
    region = replace(region, learnt={file.file: replace(file, elsewhere=True)})
    row = PANEL | {"basis": "learnt", "panel": file.panel, "step": file.step}
    used = Sample({**tables, "choose.learnt": [row]}, region)
    yield used.of("choose_learnt_elsewhere", {})
    yield used.of("brief_learnt_elsewhere", {"indicator": "jobs"})
    figures = region.figures.with_rows(panels=pd.DataFrame())
    yield replace(used, region=replace(region, figures=figures)).of(
        "choose_no_history", {"before": "2017"}
    )
    passed = replace(used, tables={**tables, "choose.learnt": [PANEL]})
    for reason in ("figures", "panel"):
        yield passed.of(f"choose_passed_{reason}", {"path": file.file})


def printed() -> Iterator[Sentence]:
    """Sentences that cannot be right, by the reason why, and what estimates say of others."""
    apart = {"left_low": 1.0, "left_high": 2.0, "right_low": 3.0, "right_high": 4.0}
    none = {"implied_low": float("nan"), "implied_high": float("nan")}
    about = {"source": "paper", "relation": "a == b", "unit": "x", "observations": "i"}
    blank = {**about, **apart, **none, "verdict": "inconsistent", "estimate": "bound", "set": 0}
    rows = [
        blank | {"claim": "parts", "reason": "outside_parts"},
        blank
        | {"claim": "count", "reason": "no_whole_number", "implied_low": 1.2, "implied_high": 1.8},
        blank | {"claim": "model", "reason": "beyond_accounts", "estimate": "interval"},
        blank | {"claim": "clash", "reason": "in_contradiction", "set": 2},
        blank | {"claim": "likely", "verdict": "likely_true", "estimate": "interval"},
    ]
    figures = pd.DataFrame(
        [
            {
                "id": "i",
                "value": "1",
                "unit": "t",
                "source": "paper",
                "indicator": "jobs",
                "period": "2021",
            },
            {
                "id": "j",
                "value": "2",
                "unit": "t",
                "source": "web",
                "indicator": "jobs",
                "period": "2021",
            },
        ]
    )
    entry = {"numbers": {"a": {"indicator": "jobs", "period": "2021"}}}
    number = {"claim": "parts", "name": "a", "value": "1", "unit": "t", "source": "paper"}
    sample = Sample(
        {
            "claims.claims": rows,
            "claims.claim_numbers": [number | {"low": 1.0, "high": 1.0, "observation": "i"}],
            "accounts.contradictions": [{"set": 2, "observations": "i j"}],
        },
        Region.of("here", claims={"parts": entry}, observations=figures),
    )
    sides = {"source": "paper", "unit": "x", "left": "1..2", "right": "3..4"}
    yield sample.of("claim_outside_parts", sides | {"claim": "parts"}, ["i"])
    yield sample.of(
        "claim_no_whole_number", sides | {"claim": "count", "implied": "1.2..1.8"}, ["i"]
    )
    yield sample.of("claim_beyond_accounts", sides | {"claim": "model"}, ["i"])
    yield sample.of("claim_in_contradiction", sides | {"claim": "clash", "set": 2}, ["i"])
    yield sample.of("claims_estimated", {"n": 1, "claims": ["likely"]})
    differ = {"claim": "parts", "name": "a", "used": "1 t", "source": "paper"}
    yield sample.of(
        "claim_sources_differ", {**differ, "others": ["2 t"], "sources": ["web"]}, ["i", "j"]
    )
