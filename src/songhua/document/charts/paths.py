"""Chart of the plan and the plan as changed, year by year, in one picture."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from songhua.document.blocks import Chart
from songhua.document.charts.simulate import Bar
from songhua.document.charts.specification import BLUE, FAINT, WIDTH, data, specified
from songhua.format.numbers import spell
from songhua.format.view import View
from songhua.studies.simulate.paired import Difference


def by_year(view: View, rows: Sequence[Difference], measure: str, changed: bool) -> Chart | None:
    """Net of all projects by year: a band of 90 % and the median, dashed for the plan itself.

    `rows` are those of single years. Without changes the chart shows the plan alone.
    """
    if not rows:
        return None
    size = max(max(row.value.high, row.new_value.high) for row in rows)
    factor, unit = spell(rows[0].unit, view.lang, size)
    plan, new = view.say("what_if_plan"), view.say("what_if_changed")
    before = [Bar.of("", plan, row.value, factor, int(row.period)) for row in rows]
    after = [Bar.of("", new, row.new_value, factor, int(row.period)) for row in rows]
    years = sorted({row.year for row in before})
    axis = alt.Axis(format="d", title=None, values=years, grid=False, labelOverlap=True)
    scale = alt.Scale(domain=[years[0], years[-1]], nice=False, padding=8)
    x, y = alt.X("year:Q", axis=axis, scale=scale), alt.Y("value:Q", title=unit)
    words = [plan, new] if changed else [plan]
    colour = alt.Color(
        "word:N", sort=None, scale=alt.Scale(domain=words, range=[FAINT, BLUE][: len(words)])
    )
    layers: list[alt.Chart] = []
    for points, dash in ((before, [5, 4]), (after, [1, 0]))[: len(words)]:
        base = alt.Chart(data(points)).encode(x=x, color=colour)
        layers.append(base.mark_area(opacity=0.2).encode(y=alt.Y("low:Q"), y2="high:Q"))
        layers.append(base.mark_line(strokeWidth=2.5, strokeDash=dash).encode(y=y))
    chart = alt.layer(*layers).properties(width=WIDTH - 90, height=240)
    gain = view.choice("gain", measure)
    title = view.say("chart_what_if", measure=gain)
    last = rows[-1]
    medians = [view.digits(estimate.value * factor, 3) for estimate in (last.value, last.new_value)]
    desc = view.say("what_if_desc", year=last.period, plan=medians[0], new=medians[1], unit=unit)
    return specified(view, chart, f"c-what-if-{measure.replace('_', '-')}", title, desc)
