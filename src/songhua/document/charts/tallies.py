"""Two small charts that only count rows: claims by verdict, and years with a figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import altair as alt

from songhua.document.blocks import Chart
from songhua.document.charts.specification import (
    BLUE,
    GREEN,
    ORANGE,
    WIDTH,
    YELLOW,
    specified,
    table,
)
from songhua.format import marks
from songhua.format.view import View
from songhua.studies.claims.rows import CheckedClaim

VERDICTS = {
    "consistent": GREEN,
    "consistent_if": YELLOW,
    "missed": BLUE,
    "inconsistent": ORANGE,
    "likely_true": "#7fb99f",
    "undecided": "#b9c3cb",
    "likely_false": "#d99a7c",
    "not_checkable": "#7d8891",
}


def verdicts(view: View, claims: Sequence[CheckedClaim]) -> Chart | None:
    """The number of claims of each verdict: a bar each."""
    if not claims:
        return None
    counts = Counter(claim.verdict for claim in claims)
    kinds = [(verdict, colour) for verdict, colour in VERDICTS.items() if counts[verdict]]
    words = [
        f"{marks.VERDICTS[verdict]}  {view.choice('verdict', verdict)}" for verdict, _ in kinds
    ]
    numbers = [counts[verdict] for verdict, _ in kinds]
    bars = [
        {"word": word, "n": n, "c": colour}
        for word, n, (_, colour) in zip(words, numbers, kinds, strict=True)
    ]
    y = alt.Y("word:N", sort=None, title=None, axis=alt.Axis(ticks=False))
    base = alt.Chart(table(bars)).encode(y=y, x=alt.X("n:Q", axis=None))
    drawn = base.mark_bar(height=22).encode(color=alt.Color("c:N", scale=None))
    text = base.mark_text(align="left", dx=6, fontWeight="bold").encode(text=alt.Text("n:Q"))
    chart = alt.layer(drawn, text).properties(width=240, height=alt.Step(32))
    desc = view.say("chart_claims_desc", list=view.join(map("{} {}".format, words, numbers)))
    return specified(view, chart, "c-claims", view.say("chart_claims"), desc)


def years(view: View, pairs: Sequence[tuple[str, int]]) -> Chart | None:
    """A dot for each indicator and year with a figure, in the order of the indicators' names."""
    if not pairs:
        return None
    order = list(dict.fromkeys(name for name, _ in pairs))
    first, last = min(year for _, year in pairs), max(year for _, year in pairs)
    axis = alt.Axis(
        format="d",
        values=list(range(first, last + 1)),
        title=None,
        grid=True,
        ticks=False,
        labelOverlap=True,
        labelSeparation=8,
    )
    scale = alt.Scale(domain=[first - 0.5, last + 0.5], nice=False)
    y = alt.Y(
        "name:N", sort=order, title=None, axis=alt.Axis(grid=True, labelLimit=340, ticks=False)
    )
    chart = (
        alt.Chart(table({"name": name, "year": year} for name, year in pairs))
        .mark_circle(size=70, color=BLUE, opacity=1)
        .encode(x=alt.X("year:Q", axis=axis, scale=scale), y=y)
        .properties(width=WIDTH - 190, height=alt.Step(20))
    )
    desc = view.say("chart_availability_desc", region=view.region.name(view.lang))
    return specified(view, chart, "c-years", view.say("chart_availability"), desc)
