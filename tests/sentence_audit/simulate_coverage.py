"""Claims of sentences on whose sums they are, beside printed lists, and of what kind their ends."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sentence_audit.claims import Sentence, claim
from sentence_audit.evidence import rows, unequal
from sentence_audit.simulate_projects import project_rows, tested, the_plan
from songhua.labels import convert

#: The outcomes that the ends of a phase go by, and the part of variance that makes an interval.
OUTCOMES = {
    "construction": ("construction_value_added", "construction_jobs"),
    "operation": ("operation_value_added", "operation_jobs", "net_value_added"),
}
MOST = 50


@claim(
    "simulate_projects",
    "simulate_projects_count",
    "brief_projects_alone",
    "brief_projects_count",
    words="so many projects of the plan are in the sums, by name, and no other",
)
def in_sums(sentence: Sentence) -> Iterator[str]:
    """The projects of the plan that have money or a start, which are those of the table."""
    _, fields, _ = project_rows(the_plan(sentence))
    told = list(fields)
    if sentence.code.startswith("brief"):
        totals = rows(sentence, "simulate.totals")
        phases = set(totals["phase"])
        phase = "operation" if "operation" in phases else "construction"
        inside = set(totals[totals["phase"] == phase]["project"])
        told = [project for project in fields if project in inside]
    yield from unequal(sentence, {"n": len(told)})
    if "entities" in sentence.params:
        yield from unequal(sentence, {"entities": told})
    if sentence.code == "brief_projects_alone":
        others = [project for project in fields if project not in told]
        if list(sentence.params.get("other_projects") or []) != others:
            yield f"only spending is entered of {others}"
        links = the_plan(sentence).wholes
        holding = {whole for project in told for whole in _above(project, links)}
        wholes = [project for project in others if project in holding]
        if list(sentence.params.get("wholes") or []) != wholes:
            yield f"some of them may be part of {wholes}"
    if set(rows(sentence, "simulate.projects")["project"]) != set(fields):
        yield "the table has others"


def _above(project: str, links: Mapping[str, Sequence[str]]) -> set[str]:
    """All that a project may be part of, directly or through others."""
    above = set(links.get(project, ()))
    while more := {whole for name in above for whole in links.get(name, ())} - above:
        above |= more
    return above


def _figure(sentence: Sentence) -> dict[str, Any]:
    """The printed figure of a list of projects."""
    frame = sentence.region.figures.observations.frame
    return frame[frame["id"].isin(list(sentence.observations))].iloc[0].to_dict()


@claim(
    "simulate_projects_count",
    "brief_projects_count",
    words="a list of projects is printed with this number, for this period",
)
def printed_number(sentence: Sentence) -> Iterator[str]:
    """The figure that is cited."""
    figure = _figure(sentence)
    computed = {"entity": figure["entity"], "period": figure["period"]}
    yield from unequal(sentence, {**computed, "count": round(figure["number"])})


@claim(
    "simulate_projects_money",
    "brief_projects_money",
    words="the printed money of the projects, and its share of that of a printed list",
)
def printed_money(sentence: Sentence) -> Iterator[str]:
    """The plan's spending that has a number, and the figure that is cited."""
    figure, unit = _figure(sentence), sentence.params["unit"]
    spending, _, _ = project_rows(the_plan(sentence))
    amounts = ((float(r["value"]), r["unit"]) for r in spending if r["value"])
    units = set(rows(sentence, "simulate.totals", measure="value_added")["unit"])
    if units != {unit}:
        yield f"sums are in {units}"
        return
    value = math.fsum(convert(amount, of, unit) for amount, of in amounts)
    planned = convert(float(figure["number"]), figure["unit"], unit)
    labels = {name: figure[name] for name in ("entity", "period", "indicator", "scope")}
    share = float(f"{100 * value / planned:.2g}")
    yield from unequal(sentence, {**labels, "value": value, "planned": planned, "share": share})


@claim(
    "simulate_ends",
    words="the kind of the ends of these phases; measured errors make from so much to so much of "
    "the variance of their outcomes, most of it only where the ends are an interval",
)
def ends_of_phases(sentence: Sentence) -> Iterator[str]:
    """The kinds of the rows of each phase, and the shares of measured drivers."""
    totals, kind = rows(sentence, "simulate.totals"), sentence.params["estimate"]
    phases = [p for p, of in totals.groupby("phase")["estimate"] if set(of) == {kind}]
    yield from unequal(sentence, {"phases": phases})
    shares = [
        share
        for phase in sentence.params["phases"]
        for outcome in OUTCOMES.get(phase, ())
        for share in _measured(sentence, outcome)
    ]
    low, high = (min(shares, default=0.0), max(shares, default=0.0))
    yield from unequal(sentence, {"low": round(low), "high": round(high)})
    for phase in sentence.params["phases"]:
        least = min(
            (s for name in OUTCOMES.get(phase, ()) for s in _measured(sentence, name)), default=0
        )
        if (kind == "interval") != (least >= MOST):
            yield f"measured errors make {least:.0f} % or more of {phase}"


def _measured(sentence: Sentence, outcome: str) -> list[float]:
    """The part of an outcome's variance that measured errors make, in percent; none if it is fixed.

    Measured are the error of the table, where the region is like those it was learnt from, and the
    structure where accounts give it.
    """
    drivers = rows(sentence, "simulate.drivers", outcome=outcome)
    if not len(drivers):
        return []
    of_accounts = len(rows(sentence, "simulate.outputs", basis="accounts")) > 0
    measured = [
        name for name, known in (("table", tested(sentence)), ("structure", of_accounts)) if known
    ]
    return [min(100.0, float(drivers[drivers["driver"].isin(measured)]["share"].sum()))]
