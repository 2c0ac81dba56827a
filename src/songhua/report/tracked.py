"""The words of the tracking that pages, documents and tables share."""

from __future__ import annotations

from typing import Any

from songhua.plan.vocabulary import ReadingCode
from songhua.report.numbers import known, spell
from songhua.report.view import View
from songhua.report.words import reported_by_on


def named(view: View, row: dict[Any, Any]) -> str:
    """What a target is about: indicator, industry, place and time."""
    industry = "" if row["industry"] == "all" else view.name("industries", row["industry"])
    place = "" if row["region"] == view.region.code else view.name("places", row["region"])
    entity = view.name("entities", row["entity"])
    comma = "，" if view.lang == "zh" else ", "
    parts = (view.name("indicators", row["indicator"]), industry, entity, place)
    return comma.join(part for part in (*parts, view.period(row["period"])) if part)


def told(view: View, row: dict[Any, Any]) -> str:
    """Who reported the figure, and the figure too where the one that counts is published."""
    by = reported_by_on(row["reported_by"], row["reported_on"], view.lang)
    if row["basis"] == "reported":
        return by
    ends = row["reported_low"], row["reported_high"]
    shown = view.show(row["reported"], row["unit"], *ends)
    return f"{shown} ({view.period(row['reported_period'])}), {by}"


def odds(view: View, row: dict[Any, Any]) -> str:
    """The probability with its record: how often the band held, and the loss beside a naive one."""
    params = {name: f"{row[name]:.3g}" for name in ("record_pinball", "record_pinball_naive")}
    params |= {"p": f"{row['probability'] * 100:.0f}%", "n": f"{row['record_n']:.0f}"}
    params |= {"years": f"{row['probability_years']:.0f}"}
    return view.say("odds", inside=f"{row['record_inside'] * 100:.0f}%", **params)


def pace(view: View, kind: str, value: float, unit: str) -> str:
    """A pace to three digits: units a year, percent a year, or growth of the rest of the year."""
    three = float(f"{value:.3g}")
    shown = view.show(three, unit) if kind == "a_year" else view.bare(three, "%")
    return view.choice("pace_unit", kind).format(value=shown)


def readings_of(view: View, target: str) -> list[str]:
    """The readings of a target's words that are judgements, in words."""
    frame = view.table("track", "readings")
    rows = frame[frame["target"] == target].to_dict("records")
    return [
        view.choice("assumption", row["reading"]).format(value=_taken(view, row)) for row in rows
    ]


def _taken(view: View, row: dict[Any, Any]) -> str:
    """The number, the word or the unit that a reading puts in."""
    match row["reading"]:
        case ReadingCode.UNIT_AS_INDICATOR:
            return spell(row["unit"], view.lang)[1] or row["unit"]
        case ReadingCode.BARE_NUMBER:
            return view.choice("direction", row["word"])
        case ReadingCode.GROWTH_FROM_LEVELS:
            return view.name("indicators", row["word"])
    return f"{row['value']:g}" if known(row["value"]) else row["word"].replace("_", " ")


def due_state(view: View, row: dict[Any, Any]) -> str:
    """The class of a target that is due, or the state of a task, a milestone or money."""
    if row["progress_class"]:
        return view.choice("target_class", row["progress_class"])
    return view.choice("delivery_state", row["state"])


def answer(view: View, row: dict[Any, Any]) -> list[str]:
    """What a report is about, what it says, and what is published for the same."""
    comma = "，" if view.lang == "zh" else ", "
    if row["sort"] == "figure":
        shown = view.show(row["value"], row["unit"], row["low"], row["high"])
        word = view.choice("qualifier", row["qualifier"]) if row["qualifier"] else ""
        about = named(view, row)
        said = f"{word} {shown}".strip()
        public = view.show(row["published"], row["unit"]) if known(row["published"]) else "–"
        return [about, said, public]
    task = row["sort"] == "task"
    name = view.name("measures" if task else "milestones", row["item"], row["entity"])
    project = view.name("entities", row["entity"])
    said = view.choice("review_state", row["state"])
    if row["done_on"]:
        said += f" ({view.period(row['done_on'])})"
    return [comma.join(part for part in (project, name) if part), said, "–"]
