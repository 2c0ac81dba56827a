"""The plan against what happened: targets, tasks, projects, products, programmes, what is due."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
from markupsafe import Markup

from songhua.format.labels import evidence
from songhua.plan.schemes import classes
from songhua.plan.vocabulary import Standing
from songhua.report.charts import track as charts
from songhua.report.numbers import known
from songhua.report.sections.tables import laid
from songhua.report.telling import in_own_words
from songhua.report.tracked import answer, due_state, named, odds, pace, readings_of, told
from songhua.report.view import Table, View, anchor
from songhua.report.words import reported_by_on

SIGNS = {
    Standing.ACHIEVED: "✓", Standing.AHEAD: "»", Standing.ON_COURSE: "=", Standing.BEHIND: "«",
    Standing.MISSED: "✗", Standing.NO_DATA: "?",
}  # fmt: skip
NATURES = ("binding", "anticipatory", "")


def any_track(view: View) -> bool:
    """Whether the plan was tracked."""
    return "track" in view.results


def track(view: View) -> dict[str, Any]:
    """Charts and tables; binding and anticipatory targets stand apart."""
    targets = view.table("track", "targets")
    day = str(view.table("track", "view")["day"].iloc[0])
    drawn = targets[targets["progress"].notna()]
    drawn = drawn.sort_values("nature", key=lambda s: s.map(NATURES.index), kind="stable")
    return {
        "day": view.period(day),
        "bullets": charts.bullets(view, drawn, [named(view, r) for r in _rows(drawn)]),
        "gantt": charts.gantt(view, view.table("track", "milestones"), day),
        "ladder": charts.ladder(view, view.table("track", "products")),
        "calendar": charts.calendar(view, view.table("track", "calendar"), day),
        "targets": [
            *(_targets(view, targets, nature) for nature in NATURES),
            _unfigured(view, targets),
        ],
        "tables": [_years(view), _measures(view), _departments(view)],
        "projects": [_projects(view), _milestones(view)],
        "reported": _reported(view),
        "others": [_products(view), _programmes(view), _calendar(view)],
    }


def _rows(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    return frame.to_dict("records")


def _class(view: View, name: str) -> Markup:
    """A badge for a class, told by its sign without colour."""
    markup = Markup('<span class="verdict t-{}"><b aria-hidden="true">{}</b> {}</span>')
    sign = SIGNS[classes()[name].standing]
    return markup.format(name, sign, view.choice("target_class", name))


def _text(view: View, r: Any) -> Markup:
    """The target as printed, and in the reader's language where that differs."""
    said = in_own_words(view, r._asdict())
    text = Markup("{}").format(r.text)
    return text + Markup('<br><span class="also">{}</span>').format(said) if said else text


def _targets(view: View, frame: pd.DataFrame, nature: str) -> Table:
    """Targets of one nature that have a figure."""

    def row(r: Any) -> list[str]:
        return [
            named(view, r._asdict()),
            _text(view, r), _latest(view, r),
            view.bare(r.gap, r.unit) if known(r.gap) else "–", _share(r.elapsed),
            _progress(r), _outcome(view, r), _required(view, r), _source(view, r),
        ]  # fmt: skip

    heads = (
        "target",
        "text",
        "latest",
        "gap",
        "elapsed",
        "progress",
        "progress_class",
        "required",
        "source",
    )
    rows = frame[(frame["nature"] == nature) & frame["latest"].notna()]
    made = laid(view, "track", "targets", heads, row, (3, 4, 5), rows, _place)
    title = f"{view.title('track', 'targets')} · {view.choice('nature', nature)}"
    return replace(made, title=title)


def _place(r: Any) -> str:
    """Where a target stands in the page."""
    return anchor("target", r.target)


def _unfigured(view: View, frame: pd.DataFrame) -> Table:
    """Targets without any figure."""

    def row(r: Any) -> list[str]:
        return [
            named(view, r._asdict()),
            _text(view, r), view.choice("nature", r.nature), _outcome(view, r),
            _source(view, r),
        ]  # fmt: skip

    rows = frame[frame["latest"].isna()]
    heads = ("target", "text", "nature", "progress_class", "source")
    made = laid(view, "track", "targets", heads, row, (), rows, _place)
    return replace(made, title=view.say("targets_unfigured"), estimates=())


def _latest(view: View, r: Any) -> Markup:
    """The latest figure with its bounds and time, and the base."""
    parts = [view.amount(r.latest, r.unit, r.latest_low, r.latest_high, r.estimate)]
    parts.append(Markup('<span class="also">{}</span>').format(view.period(r.latest_period)))
    if known(r.base):
        base = f"{view.show(r.base, r.unit)} ({view.period(r.base_period)})"
        parts.append(
            Markup('<span class="also">{}</span>').format(view.say("from_base", base=base))
        )
    if r.report:
        parts.append(Markup('<span class="also">{}</span>').format(told(view, r._asdict())))
    return Markup("<br>").join(parts)


def _source(view: View, r: Any) -> Markup:
    """The source of the target, and the observations that it is held against."""
    return view.source(r.source) + (view.rests(r.observations) if r.observations else "")


def _share(value: Any) -> str:
    return f"{value * 100:.0f}%" if known(value) else "–"


def _progress(r: Any) -> Markup:
    if not known(r.progress):
        return Markup("–")
    low, high = (f"{end * 100:.0f}" for end in (r.progress_low, r.progress_high))
    ends = "" if low == high else f"{low}–{high}%"
    markup = Markup('{} <small class="ends">{}</small>')
    return markup.format(_share(r.progress), ends)


def _outcome(view: View, r: Any) -> Markup:
    """The class, what else the bounds allow, and what is missing."""
    badge = _class(view, r.progress_class)
    notes = []
    if r.possible:
        notes.append(view.join(view.choice("target_class", one) for one in r.possible.split()))
    if r.position and r.outcome != "open":
        notes.append(view.choice("outcome", r.outcome))
    if r.position:
        notes.append(view.choice("position", r.position))
    if r.missing:
        notes.append(view.choice("missing", r.missing))
    notes += readings_of(view, r.target)
    small = Markup('<br><span class="also">{}</span>').format(view.join(notes)) if notes else ""
    return badge + small


def _required(view: View, r: Any) -> Markup:
    """The pace still required, and the best and worst one there was."""
    if not known(r.required):
        return Markup("–")
    said = pace(view, r.pace_unit, r.required, r.unit)
    notes = []
    if r.paces:
        params = {"best": pace(view, r.pace_unit, r.best, r.unit), "n": r.paces}
        params["worst"] = pace(view, r.pace_unit, r.worst, r.unit)
        notes.append(view.say("paces", **params))
    if r.compared:
        notes.append(view.say("managed", n=r.managed, of=r.compared))
    if known(r.probability):
        notes.append(odds(view, r._asdict()))
    small = Markup('<br><span class="also">{}</span>').format(" ".join(notes)) if notes else ""
    return Markup("{}{}").format(said, small)


def _years(view: View) -> Table:
    def row(r: Any) -> list[str]:
        return [
            r.target, view.period(r.period), view.show(r.value, r.unit, r.low, r.high),
            view.choice("outcome", r.outcome) if r.outcome else "", view.rests(r.observations),
        ]  # fmt: skip

    return laid(
        view, "track", "years", ("target", "period", "value", "outcome", "observations"), row, (2,)
    )


def _measures(view: View) -> Table:
    def row(r: Any) -> list[str]:
        late = f"{r.days_late:.0f}" if known(r.days_late) else ""
        return [
            view.name("measures", r.measure), r.lead, view.period(r.due),
            _state(view, r), late, r.blocked_by, view.source(r.source),
        ]  # fmt: skip

    heads = ("task", "department", "due", "state", "days_late", "blocked_by", "source")
    return laid(view, "track", "measures", heads, row, (4,))


def _state(view: View, r: Any) -> str:
    """The state of a task or milestone, with who reported it."""
    said = view.choice("delivery_state", r.state)
    if not r.reported_on:
        return said
    comma = "，" if view.lang == "zh" else ", "
    return said + comma + reported_by_on(r.reported_by, r.reported_on, view.lang)


def _reported(view: View) -> Table:
    """What departments reported, the newest first."""

    def row(r: Any) -> list[str]:
        by = reported_by_on(r.reporter, r.received[:10], view.lang)
        note = view.join(part for part in (r.evidence, r.note) if part)
        return [r.department or view.say("not_said"), *answer(view, r._asdict()),
                view.choice("report_use", r.use), by, note]  # fmt: skip

    heads = (
        "department",
        "about",
        "told",
        "published_value",
        "report_use",
        "reported_by_on",
        "evidence",
    )
    return laid(view, "track", "reported", heads, row, (2, 3))


def _departments(view: View) -> Table:
    def row(r: Any) -> list[str]:
        lead = r.lead or view.say("not_said")
        return [lead, *(str(n) for n in (r.n, r.done, r.late, r.blocked, r.other))]

    heads = ("department", "n", "done", "late", "blocked", "other_tasks")
    return laid(view, "track", "departments", heads, row, (1, 2, 3, 4, 5))


def _projects(view: View) -> Table:
    def row(r: Any) -> list[str]:
        return [
            view.name("entities", r.project), f"{r.done} / {r.milestones}",
            view.choice("delivery_state", r.state), view.period(r.next_due),
            view.show(r.total, r.unit) if known(r.total) else "–",
            f"{r.in_place:.1f}%" if known(r.in_place) else "–",
            _index(r.schedule_index), _index(r.cost_index), view.source(r.source),
        ]  # fmt: skip

    heads = (
        "project", "milestones", "state", "next_due", "planned_total", "in_place",
        "schedule_index", "cost_index", "source",
    )  # fmt: skip
    return laid(view, "track", "projects", heads, row, (4, 5, 6, 7))


def _index(value: float) -> str:
    return f"{value:.2f}" if known(value) else "–"


def _milestones(view: View) -> Table:
    def row(r: Any) -> list[str]:
        slip = f"{r.slip_days:+.0f}".replace("-", "−") if known(r.slip_days) else ""
        return [
            view.name("entities", r.project), view.name("milestones", r.item, r.project),
            view.period(r.planned), view.period(r.actual), slip,
            _state(view, r), view.source(r.source),
        ]  # fmt: skip

    heads = ("project", "milestone", "planned", "reached", "slip_days", "state", "source")
    return laid(view, "track", "milestones", heads, row, (4,))


def _products(view: View) -> Table:
    def row(r: Any) -> list[str]:
        source = view.source(r.source) if r.source else ""
        return [
            view.name("entities", r.product), view.choice("rung", r.rung),
            view.choice("delivery_state", r.state), view.period(r.reached),
            evidence(view.plan, r.product, r.rung, view.lang), source,
        ]  # fmt: skip

    heads = ("product", "rung", "state", "reached", "evidence", "source")
    return laid(view, "track", "products", heads, row)


def _programmes(view: View) -> Table:
    def row(r: Any) -> list[str]:
        shown = (
            view.show(r.value, r.unit) if known(r.value) else view.choice("delivery_state", r.state)
        )
        word = view.choice("qualifier", r.qualifier) if r.qualifier else ""
        rate = f"{r.rate:.1f}%" if known(r.rate) else ""
        return [
            view.name("entities", r.programme), view.period(r.cohort),
            view.choice("programme_measure", r.measure), f"{word} {shown}".strip(), rate,
            view.period(r.due), view.source(r.source),
        ]  # fmt: skip

    heads = ("programme", "cohort", "measure", "value", "rate", "due", "source")
    return laid(view, "track", "programmes", heads, row, (3, 4))


def _calendar(view: View) -> Table:
    def row(r: Any) -> list[str]:
        name = r.target or r.measure or view.name("entities", r.entity)
        item = f"{name} · {r.item}" if r.item else name
        return [r.due, view.choice("due_what", r.what), item, r.owner, due_state(view, r._asdict())]

    return laid(view, "track", "calendar", ("due", "what", "item", "department", "state"), row)
