"""Claims of sentences on targets: counts, classes, figures beside aims, odds, and what is due."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from sentence_audit.claims import Sentence, claim
from sentence_audit.evidence import doubts, known, rows, sole, unequal
from sentence_audit.rows import every
from songhua.labels import parse_period
from songhua.plan.schemes import NO_DATA, classes

#: How far growth may lie below another's that it keeps in step with, in points.
IN_STEP = 0.5

Row = Mapping[str, Any]
#: The most targets that a sentence names.
NAMED = 3
#: Paths whose goal is a growth in percent, a year or in all.
RATES = ("year", "cumulative")
#: Odds with which a target is probably missed.
LITTLE = 0.1


def end(period: object) -> date:
    """The last day of a period; before all days where there is none."""
    return parse_period(str(period)).end if known(period) else date.min


def standing(progress_class: str) -> str:
    """The meaning of a class, whatever its name."""
    return str(classes()[progress_class].standing)


def aims(sentence: Sentence) -> pd.DataFrame:
    """The rows of targets, without what is none: an expectation that a source once printed."""
    frame = rows(sentence, "track.targets")
    return frame[frame["nature"] != "expectation"] if "nature" in frame else frame


def of_standing(sentence: Sentence, *standings: str) -> pd.DataFrame:
    """The rows of targets whose class means one of these."""
    frame = rows(sentence, "track.targets")
    return frame[frame["progress_class"].map(standing).isin(standings)] if len(frame) else frame


def _counted(sentence: Sentence, frame: pd.DataFrame) -> Iterator[str]:
    """All targets of these rows, in their order."""
    yield from unequal(sentence, {"n": len(frame), "targets": list(frame["target"])})


def _figures(frame: pd.DataFrame) -> set[str]:
    """The figures that rows rest on."""
    return {id for cell in frame["observations"] for id in cell.split()}


def goal_of(frame: pd.DataFrame) -> pd.Series:
    """The goal that each row reports: its subject and time, apart where one source prints several."""
    names = ["indicator", "region", "industry", "entity", "period", "source"]
    frame = frame.reindex(columns=names)
    subject = frame[names[:-1]].astype(object).fillna("").astype(str)
    subject = subject.agg("|".join, axis=1) if len(frame) else pd.Series(dtype=str)
    printed = subject.to_frame("subject").assign(
        source=frame["source"].astype(object).fillna("").astype(str)
    )
    return subject + printed.groupby(["subject", "source"]).cumcount().map("|{}".format)


def plan_time(sentence: Sentence) -> dict[str, str | None]:
    """The period of the plan, as a sentence of its targets says it."""
    return {"plan_period": str(sentence.plan.period) if sentence.plan else None}


def in_plan(sentence: Sentence) -> Callable[[object], bool]:
    """True for a period that ends within the plan, if there is one."""
    plan = sentence.plan
    return lambda period: plan is None or plan.period.start <= end(period) <= plan.period.end


@claim(
    "targets_behind",
    words="all targets of a nature that lag or were missed, and their figures: the region's in its plan, or others",
)
def lagging(sentence: Sentence) -> Iterator[str]:
    """Rows of the nature whose class is behind or missed."""
    frame = of_standing(sentence, "behind", "missed")
    frame = frame[frame["nature"] == sentence.params["nature"]]
    own = frame["region"].eq(sentence.region.code)
    own &= frame["period"].map(in_plan(sentence)).astype(bool)
    frame = frame[own != known(sentence.params.get("elsewhere"))]
    yield from _counted(sentence, frame)
    others = known(sentence.params.get("elsewhere"))
    when = {"plan_period": None} if others else plan_time(sentence)
    yield from unequal(sentence, when | {"elsewhere": len(frame) if others else None})
    if set(sentence.observations) != _figures(frame):
        yield "the figures are others"


@claim("targets_not_assessable", words="all targets without a class for this reason")
def unassessed(sentence: Sentence) -> Iterator[str]:
    """Rows without a class that have the gap."""
    frame = of_standing(sentence, "no_data")
    yield from _counted(sentence, frame[frame["missing"] == sentence.params["missing"]])


@claim(
    "targets_read_by_judgement",
    "brief_readings",
    words="n of all targets rest on a reading that is a judgement",
)
def by_judgement(sentence: Sentence) -> Iterator[str]:
    """Targets that the table of readings names, and no expectation."""
    targets = aims(sentence)["target"]
    read = set(rows(sentence, "track.readings")["target"])
    yield from unequal(sentence, {"n": sum(targets.isin(read)), "of": len(targets)})


@claim(
    "brief_plan_over", words="the plan is of that period, which ended on that day, before the view"
)
def plan_over(sentence: Sentence) -> Iterator[str]:
    """The last day of the plan."""
    if sentence.plan is None or str(sentence.plan.period) != sentence.params["period"]:
        yield "the plan is of another time"
    elif not (last := sentence.plan.period.end) < sentence.day:
        yield "the plan is not over"
    else:
        yield from unequal(sentence, {"day": last})


def _short_of_words(row: dict[str, Any]) -> bool:
    """True where the figure lies short of the number, or of the growth it is to keep in step with."""
    if not known(row["asked_low"]):
        in_step = "同步" in row["text"] or "in step" in row["text"]
        return in_step and row["latest"] < row["accepted_low"] + IN_STEP
    if row["direction"] == "lower":
        return row["latest"] > row["asked_high"]
    return row["latest"] < row["asked_low"]


@claim(
    "brief_targets_met",
    words="the goals of the region in its plan of which all reports are met, of those that have an outcome; some by a doubtful figure or a weak source",
)
def met(sentence: Sentence) -> Iterator[str]:
    """Outcomes of rows, whose time is over and whose bounds meet what is accepted."""
    frame = aims(sentence)
    own = frame[
        (frame["region"] == sentence.region.code)
        & frame["outcome"].isin(["met", "not_met"])
        & frame["period"].map(in_plan(sentence)).astype(bool)
    ]
    own = own.assign(goal=goal_of(own))
    goals = own.groupby("goal", dropna=False)
    by_all = own[goals["outcome"].transform(lambda outcomes: set(outcomes) == {"met"}).astype(bool)]
    rows_met = by_all.drop_duplicates("goal", keep="last")
    doubted = int((rows_met["doubts"].astype(bool) | (rows_met["grade"] == "weak")).sum())
    counts = {"n": len(rows_met), "total": goals.ngroups, "doubted": doubted or None}
    counts["loosely"] = sum(map(_short_of_words, every(rows_met))) or None
    counts["rivals"] = int((goals["outcome"].nunique() > 1).sum()) or None
    yield from unequal(sentence, counts | plan_time(sentence) | {"region": sentence.region.code})
    ends = sorted(map(end, rows_met["period"]), reverse=True)
    named = rows_met.set_index("target")["period"].reindex(sentence.params["targets"])
    if [end(period) for period in named] != ends[:NAMED]:
        yield f"met are {sorted(rows_met['target'])}"
    for row in every(own):
        if end(row["period"]) > sentence.day:
            yield f"the time of {row['target']} is not over"
        if row["outcome"] == "met" and not may_meet(row):
            yield f"{row['target']} does not meet its aim"


@claim("outlook_no_better", words="of these targets the tested odds did no better than the rate")
def odds_no_better(sentence: Sentence) -> Iterator[str]:
    """The score of the odds at their years ahead is no lower than that of the past rate."""
    record = rows(sentence, "track.odds").merge(rows(sentence, "track.targets"), on="target")
    used = record[record["ahead"] == record["probability_ahead"]]
    weak = set(used[used["brier"] >= used["brier_base"]]["target"])
    targets = [t for t in rows(sentence, "track.targets")["target"] if t in weak]
    yield from unequal(sentence, {"n": len(targets), "targets": targets})


@claim("targets_by_report", words="all targets that a report decides, for nothing is published")
def by_report(sentence: Sentence) -> Iterator[str]:
    """Rows whose latest figure is a reported one."""
    frame = rows(sentence, "track.targets", basis="reported")
    yield from _counted(sentence, frame)
    if not frame["reported_by"].map(known).all():
        yield "nobody reported on some"


@claim(
    "targets_estimated",
    "targets_inferred",
    words="all targets without a verdict that accounts estimate, or other figures imply",
)
def estimated(sentence: Sentence) -> Iterator[str]:
    """Rows of estimates or of inferences; none of their targets has a class."""
    made = "estimates" if sentence.code == "targets_estimated" else "inferred"
    frame = rows(sentence, f"track.{made}")
    yield from _counted(sentence, frame)
    judged = set(rows(sentence, "track.targets")["target"]) - set(
        of_standing(sentence, "no_data")["target"]
    )
    yield from (f"{target} has a verdict" for target in frame["target"] if target in judged)


def _row(sentence: Sentence) -> Row | None:
    """The row of the target that a sentence is of."""
    (target,) = sentence.params["targets"]
    return sole(sentence, "track.targets", target=target)


def _progress(row: Row) -> float:
    """The progress of a target, from its figures; not-a-number where the path is another."""
    latest, goal = row["latest"], row["goal"]
    if row["path"] in ("level", "steady"):
        return (latest - row["base"]) / (goal - row["base"])
    if row["path"] == "sum":
        return latest / goal
    grown = math.log1p(latest / 100) / math.log1p(goal / 100) if goal > -100 < latest else math.nan
    return {"growth": grown * row["elapsed"]}.get(
        row["path"], grown if row["path"] in RATES else math.nan
    )


@claim(
    "brief_target_missed",
    "brief_target_behind",
    "brief_target_unproven",
    "brief_target_probably_missed",
    words="the latest figure of the target with its bounds and period, its aim, the share of the "
    "way and of the time, and who is responsible",
)
def figure_beside_aim(sentence: Sentence) -> Iterator[str]:
    """Each number is of the target's row, and progress follows from its figures."""
    row = _row(sentence)
    if row is None:
        yield "no such target"
        return
    by = row["measured_by"] if row["basis"] == "same_quantity" else None
    if by and by not in sentence.region.relations.same_quantity(row["indicator"]):
        yield f"{by} is not the same quantity"
    wide = row["asked_low"] < row["asked_high"] < math.inf or not known(row["goal"])
    aim = f"{row['asked_low']}..{row['asked_high']}" if wide else row["goal"]
    computed = {
        "value": row["latest"],
        "expected": aim,
        "ends": f"{row['latest_low']}..{row['latest_high']}",
        "unit": row["unit"],
        "seen": row["latest_period"],
        "owner": row["owner"],
        "measured_by": by,
    }
    for name in ("elapsed", "progress"):
        computed[name] = round(100 * row[name]) if known(row[name]) else None
    yield from unequal(sentence, computed)
    way = _progress(row) * 100
    if known(row["progress"]) and abs(way - sentence.params["progress"]) > 1:
        yield f"progress is {way:.1f} by its figures"
    if set(sentence.observations) != set(row["observations"].split()):
        yield "the figures are others"
    yield from doubts(sentence)


def _beside(sentence: Sentence, meaning: str, latest_first: bool) -> Iterator[str]:
    """Other targets of the same class, those due last or next first; none where there is none.

    Of other places' targets, and of those that a weak source sets, the sentence is only where
    there is none besides. The others that it names have no weak source; those with doubts stand apart.
    """
    frame = of_standing(sentence, meaning)
    own = frame[frame["region"] == sentence.region.code]
    yield from unequal(sentence, {"elsewhere": len(frame) - len(own) or None if len(own) else None})
    frame = own if len(own) else frame
    better = frame[frame["grade"] != "weak"]
    weak = set(frame["target"]) - set(better["target"]) - set(sentence.params["targets"])
    if set(sentence.params["weak_targets"]) != weak:
        yield f"those by weak sources are {sorted(weak)}"
    frame = better if len(better) else frame
    apart = frame[~frame["target"].isin(sentence.params["targets"])]
    if len(apart) == len(frame):
        yield f"no such target is {meaning}, of the region where it has one"
    apart = apart[apart["grade"] != "weak"]
    doubted = apart["doubts"].astype(bool)
    for name, part in (("other_targets", apart[~doubted]), ("doubted_targets", apart[doubted])):
        others = part.to_dict("records")
        dues = {row["target"]: end(row["period"]) for row in others}
        named = sentence.params[name]
        if len(named) != len(others) or not set(named) <= dues.keys():
            yield f"the others are {sorted(dues)}"
            return
        order = [dues[target] for target in named]
        if order != sorted(order, reverse=latest_first):
            yield "the others are out of order"


def may_meet(row: Row) -> bool:
    """True where the bounds of the latest figure allow what is asked."""
    return row["latest_high"] >= row["accepted_low"] and row["latest_low"] <= row["accepted_high"]


@claim(
    "brief_target_missed",
    words="its time is over, the figure is of its end, and no bound of it meets the aim",
)
def missed(sentence: Sentence) -> Iterator[str]:
    """The outcome, from dates and bounds."""
    row = _row(sentence)
    if row is None:
        return
    if end(row["period"]) > sentence.day:
        yield "its time is not over"
    if end(row["latest_period"]) < end(row["period"]):
        yield f"the latest figure is of {row['latest_period']}"
    if may_meet(row) or row["outcome"] != "not_met":
        yield "the figure meets the aim, or may"
    yield from _beside(sentence, "missed", True)


@claim(
    "brief_target_behind",
    words="its time is not over, and less of the way than of the time had passed",
)
def behind(sentence: Sentence) -> Iterator[str]:
    """The lead, from the numbers of the sentence."""
    row = _row(sentence)
    if row is None:
        return
    if end(row["period"]) <= sentence.day:
        yield "its time is over"
    if not sentence.params["progress"] < sentence.params["elapsed"]:
        yield "it does not lag"
    yield from _beside(sentence, "behind", False)


@claim(
    "brief_target_unproven",
    "brief_target_probably_missed",
    words="no figure decides it, for the latest is of too early a time; it lagged until then; the pace "
    "that was left, and the best before it",
)
def unproven(sentence: Sentence) -> Iterator[str]:
    """Dates, lead and paces."""
    row = _row(sentence)
    if row is None:
        return
    if row["missing"] not in ("no_outcome", "outdated") or row["progress_class"] != NO_DATA:
        yield "a figure decides it"
    if row["missing"] == "no_outcome" and end(row["period"]) > sentence.day:
        yield "its time is not over"
    if end(row["latest_period"]) >= end(row["period"]) or not row["lead"] < 0:
        yield "a figure is of its end, or it did not lag"
    if "since" in sentence.params:
        paces = {"required": row["required"], "best": row["best"]}
        if known(row["probability"]):
            del paces["best"]
            yield from unequal(sentence, {"best": None})
        yearly = row["pace_unit"] == "percent"
        texts = {n: f"{pace:.1f}" if known(pace) and yearly else None for n, pace in paces.items()}
        yield from unequal(sentence, texts)
        if not str(sentence.params["since"]).startswith(str(end(row["latest_period"]).year)):
            yield f"the latest figure is of {row['latest_period']}"
        return
    yield from unequal(sentence, {"required": f"{row['required']:.1f}"})
    if sentence.code.endswith("pace") and row["pace_unit"] != "percent":
        yield "the pace is not in percent a year"


@claim(
    "brief_target_unproven",
    "brief_target_probably_missed",
    words="that it is probably missed follows from odds of one in ten at most, and its chance is that",
)
def probably(sentence: Sentence) -> Iterator[str]:
    """The odds of the row beside the word."""
    row = _row(sentence)
    if row is None:
        return
    odds, said = row["probability"], sentence.code == "brief_target_probably_missed"
    if "since" not in sentence.params:
        if not odds < LITTLE:
            yield f"probably missed, and its odds are {odds} ({row['no_odds']})"
        return
    if said != (odds <= LITTLE + 1e-9):
        yield f"the odds are {odds}"
    percent = (math.ceil if said else round)(100 * odds) if known(odds) else None
    yield from unequal(sentence, {"chance": None if percent is None else max(1, percent)})
