"""A target's row: progress, lead, class, outcome, gap and outlook."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from songhua.maths.bounds import Interval
from songhua.plan import Plan
from songhua.plan.schemes import NO_DATA
from songhua.studies.series import Figures, join
from songhua.studies.track.department_reports import Reports, beside, with_reports
from songhua.studies.track.growth_paths import cumulative, growth_path, year
from songhua.studies.track.level_paths import each_year, level, sum_up
from songhua.studies.track.measurement import Measurement, elapsed
from songhua.studies.track.outlook import outlook
from songhua.studies.track.qualitative_paths import course
from songhua.studies.track.resolved_targets import ResolvedTarget, resolve
from songhua.studies.track.target_series import Figure, Series, series

Row = dict[str, Any]
PATHS: dict[str, Callable[[ResolvedTarget, Figures, Series], Measurement]] = {
    "level": level,
    "steady": level,
    "sum": sum_up,
    "growth": growth_path,
    "cumulative": cumulative,
    "year": year,
    "each_year": each_year,
    "course": course,
}
FAR = 1e9


def evaluate(
    row: Mapping[str, str], facts: Figures, plan: Plan, today: date, reports: Reports, seed: int = 0
) -> tuple[Row, list[Row]]:
    """One target held against the figures: its row, and the years it was tested in.

    Where nothing is published in its time, what was reported stands in, and `basis` says so.
    """
    one = resolve(row, facts.region, plan)
    found = series(facts, one.indicator, one.place, one.unit)
    made, told = PATHS[one.path](one, facts, found), reports.figures(one)
    said: Row = {"basis": "published" if made.latest is not None else ""}
    if made.latest is None and told:
        second = PATHS[one.path](one, facts, with_reports(found, told, one))
        if second.latest is not None:
            made, said = _without(second, told), {"basis": "reported"}
    said |= beside(told, reports)
    if made.latest is not None and math.isnan(made.elapsed):
        made = replace(made, elapsed=elapsed(one, made.latest.end))
    return _row(one, facts, made, today, seed) | said, [_tested(one, made, f) for f in made.tested]


def _without(made: Measurement, told: Sequence[Figure]) -> Measurement:
    """What was measured on reports, which are no observations: their ids are not among those."""
    ids = {id for figure in told for id in figure.ids}

    def bare(figure: Figure) -> Figure:
        return replace(figure, ids=tuple(id for id in figure.ids if id not in ids))

    assert made.latest is not None
    return replace(made, latest=bare(made.latest), tested=tuple(map(bare, made.tested)))


def _row(one: ResolvedTarget, facts: Figures, made: Measurement, today: date, seed: int) -> Row:
    source = one.row["source"]
    row: Row = {
        "target": one.row["id"], "indicator": one.indicator, "region": one.place["region"],
        "industry": one.place["industry"], "entity": one.place["entity"],
        "period": str(one.period), "text": one.row["text"],
        "nature": one.row["nature"] or one.target.nature, "path": one.path,
        "direction": one.direction, "unit": one.unit, "scheme": one.scheme.name,
        "goal": _plain(made.goal), "owner": one.row["owner"], "source": source,
        "grade": facts.region.grade(source), "missing": made.missing,
        "observations": join(made.ids),
        "assumptions": _assumptions(one, made),
    }  # fmt: skip
    if one.target.low:
        row |= {"asked_low": one.asked.low, "asked_high": one.asked.high}
    if one.path != "course" or made.base is not None:
        row |= {"accepted_low": made.accepted.low, "accepted_high": made.accepted.high}
    if made.base is not None:
        row |= {"base": made.base.value, "base_period": made.base.period}
    if made.latest is not None:
        row |= _latest(one, made, made.latest)
        row |= outlook(one, facts, made, seed).row
    return row | _judged(one, made, today)


def _plain(value: float) -> float:
    """A number without the noise of its last digits."""
    return float(f"{value:.12g}")


def _latest(one: ResolvedTarget, made: Measurement, latest: Figure) -> Row:
    """The latest figure with its ends, how much time had passed, and the gap."""
    share = made.elapsed
    row: Row = {
        "latest": latest.value, "latest_low": latest.bound.low, "latest_high": latest.bound.high,
        "latest_period": latest.period, "estimate": latest.estimate, "elapsed": share,
        "gap": _plain(made.goal - latest.value), "position": _position(one, made, latest),
    }  # fmt: skip
    if made.progress is None:
        return row
    low, high = made.progress.low, made.progress.high
    return row | {
        "progress": _plain(made.central), "progress_low": low, "progress_high": high,
        "lead": _plain(made.central - share),
    }  # fmt: skip


def _position(one: ResolvedTarget, made: Measurement, latest: Figure) -> str:
    """Where the figure lies, at the precision that is printed, against what is asked."""
    asked = one.asked if one.target.quantity in ("level", "growth") else made.accepted
    if not one.target.low or math.isnan(made.goal):
        return ""
    if math.isfinite(asked.low) and latest.bound.contains(asked.low):
        return "at_low_end" if asked.low != asked.high else "on"
    if math.isfinite(asked.high) and latest.bound.contains(asked.high):
        return "at_high_end"
    if latest.value < asked.low:
        return "below"
    return "above" if latest.value > asked.high else "within"


def _met(made: Measurement) -> bool | None:
    """Whether the printed figure meets what counts as met; open where "about" covers both."""
    assert made.latest is not None
    sure, accepted = made.latest.sure, made.accepted
    if accepted.low <= sure.low and sure.high <= accepted.high:
        return True
    return None if sure.overlaps(accepted) else False


def _judged(one: ResolvedTarget, made: Measurement, today: date) -> Row:
    """Outcome and class."""
    blank: Row = {"progress_class": NO_DATA, "possible": "", "outcome": "open"}
    latest = made.latest
    if latest is None:
        over = one.period.end < today
        return blank | ({"missing": "no_outcome"} if over and made.missing == "no_figure" else {})
    if made.missing and made.missing != "no_base":
        return blank
    met = _met(made)
    over = latest.end >= one.period.end
    if over and not made.accepted.low == -made.accepted.high == -math.inf:
        outcome = {True: "met", False: "not_met", None: "unknown"}[met]
        if len(made.tested) > 1 and made.steady:
            outcome = "met" if all(_passes(made, f) for f in made.tested) else "not_met"
    else:
        outcome = "open"
    if made.missing == "no_base" and met and not over:
        return {"progress_class": one.scheme.early, "possible": "", "outcome": outcome}
    if made.missing or (made.progress is None and not made.steady):
        return blank | {"outcome": outcome}
    classes, central = _classes(one, made, met, over)
    several = len(classes) > 1
    return {
        "progress_class": central,
        "possible": " ".join(classes) if several else "",
        "outcome": outcome,
    }


def _passes(made: Measurement, figure: Figure) -> bool:
    return made.accepted.contains(figure.value)


def _classes(
    one: ResolvedTarget, made: Measurement, met: bool | None, over: bool
) -> tuple[tuple[str, ...], str]:
    """All classes that the bounds leave possible, and that of the printed figures."""
    whole = one.path == "year" or (one.path == "growth" and not over)
    if made.steady:
        good, bad = one.scheme.of(0.0), one.scheme.of(-FAR)
        if over and not len(made.tested) > 1:
            good, bad = one.scheme.end
        found = {True: (good,), False: (bad,), None: (good, bad)}[met]
        return found, good if met is not False else bad
    assert made.progress is not None
    share = made.elapsed
    early = False if whole and not over else met
    lead = made.progress - Interval(share, share)
    bounded = Interval(max(lead.low, -FAR), min(lead.high, FAR))
    found = one.scheme.classes(bounded, early, over)
    point = made.central - share
    central = one.scheme.classes(Interval(point, point), early is True, over)
    return found, central[0]


def _assumptions(one: ResolvedTarget, made: Measurement) -> str:
    """The readings that are judgements, as code=value."""
    found = {**one.assumed, **dict(made.assumed)}
    return " ".join(f"{code}={_said(value)}" for code, value in found.items())


def _said(value: float | str) -> str:
    return value.replace(" ", "_") if isinstance(value, str) else f"{value:g}"


def _tested(one: ResolvedTarget, made: Measurement, figure: Figure) -> Row:
    """A year of the target: whether it met what is asked of every year."""
    yearly = made.accepted if made.steady or one.path in ("growth", "year") else None
    outcome = ""
    if yearly is not None:
        inside = yearly.contains(figure.value)
        outcome = "met" if inside else "not_met"
        if figure.sure.low != figure.sure.high:
            sure = yearly.low <= figure.sure.low and figure.sure.high <= yearly.high
            outcome = "met" if sure else "unknown" if figure.sure.overlaps(yearly) else "not_met"
    return {
        "target": one.row["id"], "period": figure.period, "value": figure.value,
        "low": figure.bound.low, "high": figure.bound.high, "unit": one.unit, "outcome": outcome,
        "observations": join(figure.ids),
    }  # fmt: skip
