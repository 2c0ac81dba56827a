"""Sentences of diagnose on growth: contributions, turns, the rest of a year, and weights."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sentence_audit.claims import Sentence, claim
from sentence_audit.rows import WHOLE, cited, differ, period, records, rows, shows

TURNED = ("rest_of_year_fell", "rest_of_year_rose")


@claim(
    "parts_do_not_sum",
    "growth_outside_parts",
    words="the difference is larger than rounding allows, or the growth lies outside that of all parts",
)
def does_not_close(sentence: Sentence) -> Iterator[str]:
    """The bound is below the residual; the total's growth is outside its parts'."""
    params = sentence.params
    if sentence.code == "parts_do_not_sum":
        if abs(params["residual"]) <= params["bound"] * (1 - 1e-9):
            yield "rounding explains the difference"
    elif params["least"] <= params["growth"] <= params["most"]:
        yield "the total's growth lies between its parts'"


@claim(
    "contributions_against_growth",
    words="the points are the sum of the parts', and what is unexplained is the growth less that sum; rounding explains it only where the ends reach the growth",
)
def sum_of_contributions(sentence: Sentence) -> Iterator[str]:
    """Sum, residual and verdict from the rows of the parts."""
    params = sentence.params
    alike = rows(
        sentence,
        "diagnose.growth_contributions",
        **{name: params[name] for name in ("indicator", "region", "period")},
    )
    whole = alike[(alike["verdict"] == params["verdict"]) & (alike["growth"] == params["growth"])]
    for row in whole.to_dict("records")[:1]:
        parts = alike[
            (alike["method"] == row["method"])
            & (alike["verdict"] == "")
            & (alike["scope"] == row["scope"])
            & (alike["entity"] == "")
        ]
        yield from differ(
            sentence, contribution_pp=float(parts["contribution_pp"].sum()),
            residual=params["growth"] - float(parts["contribution_pp"].sum()),
        )  # fmt: skip
    totals = [f for f in cited(sentence) if shows(params["growth"], f.value)]
    reached = any(f.bound.high >= params["low"] and f.bound.low <= params["high"] for f in totals)
    if sentence.observations and totals and reached != (params["verdict"] == "consistent"):
        yield f"rounding explains it: {reached}"


@claim(
    "closing_weight",
    words="the industry grew most and the other least of the parts; the weights are the ends of that row, its share and what is unexplained",
)
def closing(sentence: Sentence) -> Iterator[str]:
    """The weight that would close the gap, from the row of the total and those of its parts."""
    params = sentence.params
    alike = records(
        sentence,
        "diagnose.growth_contributions",
        **{name: params[name] for name in ("indicator", "region", "period")},
    )
    totals = [row for row in alike if row["closing"]]
    if not totals:
        yield "no weight would close it"
        return
    total = totals[0]
    parts = [row for row in alike if not row["verdict"] and row["method"] == total["method"]]
    most, slow = (pick(parts, key=lambda row: row["growth"]) for pick in (max, min))
    yield from differ(
        sentence, industry=most["industry"], other_industry=slow["industry"], share=most["share"],
        residual=float(f"{total['residual']:.2g}"), least=math.floor(total["closing_low"]),
        most=math.ceil(total["closing_high"]),
    )  # fmt: skip


@claim(
    "growth_turned_positive",
    words="growth fell before and rose after, of the whole economy and of one series; the later period comes after",
)
def turned_positive(sentence: Sentence) -> Iterator[str]:
    """The signs and the order of the two figures."""
    params = sentence.params
    if not params["before_value"] < 0 < params["after_value"]:
        yield "growth did not turn from a fall to a rise"
    if not period(params["before"]) < period(params["after"]) or params["industry"] != WHOLE:
        yield "the two are not in order, or not of the whole economy"


@claim(
    *TURNED,
    words="the rest of the year went the other way than the year if the part weighs more than that weight, and by so much at the weight that is named",
)
def rest_of_the_year(sentence: Sentence) -> Iterator[str]:
    """Growth of the rest, (whole - weight × part) / (1 - weight), and the weight where it is nought."""
    params = sentence.params
    weight = params["weight"] / 100
    remainder = (params["whole"] - weight * params["growth"]) / (1 - weight)
    slack = 0.02 * (1 + abs(remainder))
    if not params["least"] - slack <= abs(remainder) <= params["most"] + slack:
        yield f"the rest grew by {remainder}"
    if (remainder < 0) != sentence.code.endswith("fell") or params["whole"] * remainder > 0:
        yield "the rest went the way of the year"
    alike = records(
        sentence,
        "diagnose.unseen_periods",
        **{name: params[name] for name in ("indicator", "region", "industry", "period", "seen")},
    )
    if not any(
        math.isclose(params["turns_above"], math.ceil(row["turns_above"] * 10) / 10)
        and {params["least"], params["most"]}
        == {round(abs(row["low"]), 2), round(abs(row["high"]), 2)}
        for row in alike
        if row["turns_above"] == row["turns_above"]
    ):
        yield "no row has these weights and ends"
