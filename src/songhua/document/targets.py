"""A target's row in words: the one way in which pages, documents and screens show a target."""

from __future__ import annotations

from collections.abc import Iterable

from songhua.document.tables import records
from songhua.format.cells import Row, percent
from songhua.format.labels import subject
from songhua.format.numbers import known, spell
from songhua.format.text import Break, Small, Text, joined, parts
from songhua.format.view import DASH, View
from songhua.format.words import reported_by_on
from songhua.plan.schemes import classes
from songhua.plan.target_writer import written
from songhua.plan.vocabulary import ReadingCode

NATURES = ("binding", "anticipatory", "")


def name(view: View, row: Row) -> str:
    """What a target is about: indicator, industry, entity, place and time."""
    return subject(view.region, row, view.lang)


def names(view: View, rows: Iterable[Row]) -> str:
    """The names of several targets; each has commas of its own."""
    return view.say("semicolon").join(name(view, row) for row in rows)


def order(row: Row) -> tuple[int, float, str]:
    """A key by which targets that lag come first, the furthest behind before the others."""
    lead = float(row["lead"]) if known(row["lead"]) else 0.0
    return classes()[row["progress_class"]].order, lead, row["target"]


def behind(row: Row) -> bool:
    """Whether a target lags or was missed."""
    return classes()[row["progress_class"]].behind


def text(view: View, row: Row) -> Text:
    """The target as printed, and in the reader's language where that differs."""
    printed = str(row["text"])
    if view.reads(printed):
        return printed
    assert view.plan is not None
    target = view.plan.target_by_id[row["target"]].target
    plain = written(target, view.lang, view.show)
    return (printed, Break(), Small(plain))


def latest(view: View, row: Row) -> Text:
    """The latest figure with its ends and time, the base, and what was reported beside it."""
    lines: list[Text] = []
    if known(row["latest"]):
        ends = row["latest_low"], row["latest_high"]
        shown = view.amount(row["latest"], row["unit"], *ends, row["estimate"])
        lines.append((*parts(shown), " ", Small(f"({view.period(row['latest_period'])})")))
    if known(row["base"]):
        base = f"{view.show(row['base'], row['unit'])} ({view.period(row['base_period'])})"
        lines.append((Small(view.say("from_base", base=base)),))
    if row["report"]:
        lines.append((Small(reported(view, row)),))
    return joined(lines, Break()) if lines else DASH


def reported(view: View, row: Row) -> str:
    """Who reported the figure, and the figure too where the one that counts is published."""
    by = reported_by_on(row["reported_by"], row["reported_on"], view.lang)
    if row["basis"] == "reported":
        return by
    ends = row["reported_low"], row["reported_high"]
    shown = view.show(row["reported"], row["unit"], *ends)
    return f"{shown} ({view.period(row['reported_period'])}){view.say('comma')}{by}"


def points(unit: str) -> str:
    """The unit of a difference."""
    return "pp" if unit == "%" else unit


def gap(view: View, row: Row) -> str:
    """Goal less the latest figure."""
    return view.show(row["gap"], points(row["unit"])) if known(row["gap"]) else DASH


def progress(row: Row) -> Text:
    """The share of the way, with its ends."""
    if not known(row["progress"]):
        return DASH
    low, high = (percent(row[end]) for end in ("progress_low", "progress_high"))
    if low == high:
        return percent(row["progress"])
    return (percent(row["progress"]), " ", Small(f"{low.removesuffix('%')}–{high}", ends=True))


def elapsed(row: Row) -> str:
    """The share of the time that had passed."""
    return percent(row["elapsed"])


def reached(row: Row) -> bool:
    """Whether the latest figure of a level stands where it should; growth may still fall back."""
    growing = row["path"] in ("year", "growth", "cumulative")
    return not growing and row["accepted_low"] <= row["latest"] <= row["accepted_high"]


def pace(view: View, row: Row, column: str) -> str:
    """A pace to three digits: units a year, percent a year, or growth of the rest of the year."""
    value = row[column]
    if not known(value):
        return DASH
    three = float(f"{value:.3g}")
    yearly = row["pace_unit"] == "a_year"
    shown = view.show(three, row["unit"]) if yearly else view.bare(three, "%")
    return view.choice("pace_unit", row["pace_unit"]).format(value=shown)


def required(view: View, row: Row) -> str:
    """The pace that still leads to the goal; a dash where it is reached."""
    if known(row["required"]):
        return pace(view, row, "required")
    return DASH if known(row["gap"]) and reached(row) else view.say("month_no_pace")


def outlook(view: View, row: Row) -> Text:
    """The pace still required, the best and worst one there was, who managed it, the odds."""
    if not known(row["required"]):
        return DASH
    notes = []
    if row["paces"]:
        ends = {end: pace(view, row, end) for end in ("best", "worst")}
        notes.append(view.say("paces", n=row["paces"], **ends))
    if row["compared"]:
        notes.append(view.say("managed", n=row["managed"], of=row["compared"]))
    if known(row["probability"]):
        notes.append(odds(view, row))
    said = pace(view, row, "required")
    return (said, Break(), Small(" ".join(notes))) if notes else said


def odds(view: View, row: Row) -> str:
    """The probability with its record: how often the band held, and the loss beside a naive one."""
    params = {one: f"{row[one]:.3g}" for one in ("record_pinball", "record_pinball_naive")}
    params |= {"p": percent(row["probability"]), "n": f"{row['record_n']:.0f}"}
    params |= {"years": f"{row['probability_years']:.0f}"}
    return view.say("odds", inside=percent(row["record_inside"]), **params)


def assessment(view: View, row: Row) -> Text:
    """The class as a badge, what else the bounds allow, and what is missing or judged."""
    notes = []
    others = [one for one in row["possible"].split() if one != row["progress_class"]]
    if others:
        said = view.join(view.choice("target_class", one) for one in others)
        notes.append(view.say("evaluation_possible", names=said).strip())
    if row["position"] and row["outcome"] != "open":
        notes.append(view.choice("outcome", row["outcome"]))
    notes += [view.choice(of, row[of]) for of in ("position", "missing") if row[of]]
    notes += readings(view, row["target"])
    badge = view.progress_class(row["progress_class"])
    return (badge, Break(), Small(view.join(notes))) if notes else (badge,)


def readings(view: View, target: str) -> list[str]:
    """The readings of a target's words that are judgements."""
    frame = view.table("track", "readings")
    return [
        view.choice("assumption", row["reading"]).format(value=_taken(view, row))
        for row in records(frame[frame["target"] == target])
    ]


def _taken(view: View, row: Row) -> str:
    """The number, the word or the unit that a reading puts in."""
    match row["reading"]:
        case ReadingCode.UNIT_AS_INDICATOR:
            return spell(row["unit"], view.lang)[1] or row["unit"]
        case ReadingCode.BARE_NUMBER:
            return view.choice("direction", row["word"])
        case ReadingCode.GROWTH_FROM_LEVELS:
            return view.name("indicators", row["word"])
    return f"{row['value']:g}" if known(row["value"]) else row["word"].replace("_", " ")


def answer(view: View, row: Row) -> list[str]:
    """What a department's report is about, what it says, and what is published for the same."""
    if row["sort"] == "figure":
        shown = view.show(row["value"], row["unit"], row["low"], row["high"])
        public = view.show(row["published"], row["unit"]) if known(row["published"]) else DASH
        return [name(view, row), view.qualified(row["qualifier"], shown), public]
    task = row["sort"] == "task"
    item = view.name("measures" if task else "milestones", row["item"], row["entity"])
    about = view.say("comma").join(p for p in (view.name("entities", row["entity"]), item) if p)
    said = view.choice("review_state", row["state"])
    if row["done_on"]:
        said += f" ({view.period(row['done_on'])})"
    return [about, said, DASH]


def due(view: View, row: Row) -> str:
    """The name of what falls due: a target, a task, a milestone, a programme's money."""
    match row["what"]:
        case "target":
            frame = view.table("track", "targets")
            return name(view, frame[frame["target"] == row["target"]].iloc[0].to_dict())
        case "measure":
            return view.name("measures", row["measure"])
    item = view.choice("programme_measure", row["item"])
    if row["what"] == "milestone":
        item = view.name("milestones", row["item"], row["entity"])
    return view.name("entities", row["entity"]) + view.say("colon") + item


def due_state(view: View, row: Row) -> Text:
    """The class of a target that is due, or the state of a task, a milestone or money."""
    if row["progress_class"]:
        return (view.progress_class(row["progress_class"]),)
    return view.choice("delivery_state", row["state"])
