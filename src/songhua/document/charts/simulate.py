"""The projects' effects: by year, by industry, gross and net, and drivers of the width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import altair as alt

from songhua.document.blocks import Chart
from songhua.document.charts.specification import (
    BLUE,
    FAINT,
    GREEN,
    GRID,
    INK,
    ORANGE,
    WIDTH,
    data,
    names_axis,
    specified,
    step,
    wrap,
)
from songhua.format.numbers import spell
from songhua.format.view import View
from songhua.results import Estimate
from songhua.studies.simulate.rows import (
    BalanceImpact,
    Driver,
    IndustryImpact,
    ProjectImpact,
    YearImpact,
)
from songhua.wording.digits import dashed

PHASES = {"construction": ORANGE, "operation": BLUE}
EFFECTS = {"direct": BLUE, "indirect": "#8fc7e8", "induced": "#dfb0cb"}
MOST = 14
ByYear = YearImpact | ProjectImpact


@dataclass(frozen=True)
class Bar:
    """A number with its ends: of a year, an industry or a step to the net, in words."""

    name: str
    word: str
    low: float
    value: float
    high: float
    year: int = 0
    order: int = 0

    @classmethod
    def of(
        cls, name: str, word: str, estimate: Estimate, factor: float, year: int = 0, order: int = 0
    ) -> Bar:
        """The bar of an estimate, in the scale of an axis."""
        scaled = estimate.times(factor)
        return cls(name, word, scaled.low, scaled.value, scaled.high, year, order)


def fan(view: View, years: Sequence[ByYear], measure: str) -> Chart | None:
    """A band of nine draws in ten and the median by year, a panel a phase; type II is dashed.

    Of all projects together, or of one.
    """
    rows = [row for row in years if row.measure == measure]
    first = [row for row in rows if row.effect == "type_i"]
    if not first:
        return None
    factor, unit = spell(rows[0].unit, view.lang, max(row.value.high for row in first))

    def drawn(row: ByYear, estimate: Estimate) -> Bar:
        return Bar.of("", view.choice("phase", row.phase), estimate, factor, row.year)

    main, fewer = (data(drawn(r, r.value) for r in first), data(drawn(r, _fewer(r)) for r in first))
    two = data(drawn(row, row.value) for row in rows if row.effect == "type_ii")
    axis_years = sorted({row.year for row in rows})
    axis = alt.Axis(format="d", title=None, values=axis_years, grid=False, labelOverlap=True)
    scale = alt.Scale(domain=[axis_years[0], axis_years[-1]], nice=False, padding=8)
    x = alt.X("year:Q", axis=axis, scale=scale)
    words = [view.choice("phase", phase) for phase in PHASES]
    colour = alt.Color("word:N", scale=alt.Scale(domain=words, range=list(PHASES.values())))
    y = alt.Y("value:Q", title=unit, axis=alt.Axis(tickCount=6))
    base = alt.Chart(main).encode(x=x, color=colour)
    band = base.mark_area(opacity=0.22).encode(y=alt.Y("low:Q"), y2=alt.Y2("high:Q"))
    line = base.mark_line(strokeWidth=2.5, point=True).encode(y=y)
    upper = alt.Chart(two).mark_line(strokeDash=[5, 4], strokeWidth=1.5)
    upper = upper.encode(x=x, y=y, color=colour)
    lower = alt.Chart(fewer).mark_line(strokeDash=[1, 4], strokeWidth=2)
    lower = lower.encode(x=x, y=y, color=colour)
    layers = [band, line, upper, *([lower] if any(_parts(row).known for row in rows) else [])]
    chart = alt.layer(*layers).properties(width=WIDTH - 90, height=280)
    last = [row for row in first if (row.phase, row.year) == ("operation", axis_years[-1])]
    ranges, reduced = (
        view.join(
            f"{dashed(*(view.digits(end * factor, 3) for end in (size.low, size.high)))} {unit}"
            for size in some
        )
        for some in ([row.value for row in last], map(_fewer, last))
    )
    title = view.say("chart_fan", measure=view.choice("gain", measure))
    key = "fan_parts_desc" if any(_parts(row).known for row in last) else "fan_desc"
    ends = {"ends": ranges or "–", "without": reduced}
    desc = view.say(key, year=axis_years[-1], estimate=ends_kinds(view, last or first), **ends)
    return specified(view, chart, f"c-fan-{measure.replace('_', '-')}", title, desc)


def ends_kinds(view: View, rows: Iterable[ByYear | IndustryImpact]) -> str:
    """The kind of the ends in words; by phase, where there are several."""
    of_phase = {row.phase: view.choice("estimate", row.value.kind) for row in rows}
    words = dict.fromkeys(of_phase.values())
    if len(words) == 1:
        return next(iter(words))
    return view.join(
        word + view.written.bracketed(view.choice("phase", phase))
        for phase, word in of_phase.items()
    )


def _parts(row: ByYear | BalanceImpact) -> Estimate:
    """The sum without what may be part of another project; a project by itself has none."""
    return Estimate() if isinstance(row, ProjectImpact) else row.without_parts


def _fewer(row: ByYear | BalanceImpact) -> Estimate:
    """The interval without what may be part of another project; the row's own, if that is none."""
    return _parts(row) if _parts(row).known else row.value


def bars(view: View, industries: Sequence[IndustryImpact], phase: str) -> Chart | None:
    """The industries that gain most value added: direct, indirect and induced, with a whisker."""
    rows = [row for row in industries if (row.measure, row.phase) == ("value_added", phase)]
    whole = _largest(row for row in rows if row.effect == "type_ii")
    if not whole:
        return None
    factor, unit = spell(whole[0].unit, view.lang, max(row.value.high for row in whole))
    labels = [_industry(view, row) for row in whole]
    total, order = data(_bar(view, row, factor) for row in whole), [wrap(name) for name in labels]
    parts = (_bar(view, row, factor) for row in rows if row.effect in EFFECTS)
    words = [view.choice("effect", effect) for effect in EFFECTS]
    y = alt.Y("name:N", sort=order, title=None, axis=names_axis())
    colour = alt.Color(
        "word:N", sort=None, scale=alt.Scale(domain=words, range=list(EFFECTS.values()))
    )
    bar = (
        alt.Chart(data(part for part in parts if part.name in order))
        .mark_bar(height=16)
        .encode(
            y=y,
            x=alt.X("value:Q", title=unit, stack="zero"),
            color=colour,
            order=alt.Order("order:Q"),
        )
    )
    ends = (
        alt.Chart(total)
        .mark_rule(color=INK, strokeWidth=1.3)
        .encode(y=y, x=alt.X("low:Q"), x2=alt.X2("high:Q"))
    )
    chart = alt.layer(bar, ends).properties(width=WIDTH - 330, height=step(order))
    title = view.say("chart_gains", phase=view.choice("phase", phase))
    first = zip(labels[:5], whole, strict=False)
    listed = (f"{name} {view.digits(row.value.value * factor, 3)}" for name, row in first)
    desc = view.say("gains_desc", list=view.join(listed), unit=unit)
    return specified(view, chart, f"c-gains-{phase}", title, desc)


def _bar(view: View, row: IndustryImpact, factor: float) -> Bar:
    order = list(EFFECTS).index(row.effect) if row.effect in EFFECTS else 0
    name, effect = wrap(_industry(view, row)), view.choice("effect", row.effect)
    return Bar.of(name, effect, row.value, factor, order=order)


def _largest(rows: Iterable[IndustryImpact]) -> list[IndustryImpact]:
    return sorted(rows, key=lambda row: row.value.value, reverse=True)[:MOST]


@dataclass(frozen=True)
class Share:
    """A driver in words, with its share of the variance."""

    name: str
    colour: str
    share: float
    label: str


def tornado(view: View, drivers: Sequence[Driver], outcome: str) -> Chart | None:
    """Each driver's share of the variance; the structure's prior is marked and first."""
    shares = [
        Share(
            wrap(driver_name(view, row)),
            ORANGE if row.driver == "structure" else BLUE,
            row.share,
            f"{row.share:.0f}%",
        )
        for row in drivers
        if row.outcome == outcome
    ][:10]
    if not shares:
        return None
    names = [share.name for share in shares]
    y = alt.Y("name:N", sort=names, title=None, axis=names_axis())
    base = alt.Chart(data(shares)).encode(y=y, x=alt.X("share:Q", axis=None))
    bar = base.mark_bar(height=16).encode(color=alt.Color("colour:N", scale=None))
    text = base.mark_text(align="left", dx=5).encode(text=alt.Text("label:N"))
    chart = alt.layer(bar, text).properties(width=WIDTH - 380, height=step(names))
    title = view.say("chart_tornado", outcome=view.choice("headline", outcome))
    desc = view.say(
        "tornado_desc", list=view.join(f"{share.name} {share.label}" for share in shares)
    )
    return specified(view, chart, f"c-tornado-{outcome.replace('_', '-')}", title, desc)


def driver_name(view: View, row: Driver) -> str:
    """A driver in words, with the project that it is about."""
    word = view.choice("driver", row.driver)
    return f"{word} · {view.name('entities', row.project)}" if row.project else word


def net(view: View, balance: Sequence[BalanceImpact]) -> Chart | None:
    """Gross and net value added side by side, by year, type I."""
    rows = [row for row in balance if (row.measure, row.effect) == ("value_added", "type_i")]
    if not rows:
        return None
    factor, unit = spell(rows[0].unit, view.lang, max(row.value.high for row in rows))
    names = {name: view.choice("step", name) for name in ("gross", "net")}
    words = list(names.values())
    bars = data(
        Bar.of(str(row.year), names[row.step], row.value, factor)
        for row in rows
        if row.step in names
    )
    x = alt.X("name:N", title=None, axis=alt.Axis(labelAngle=0))
    offset = alt.XOffset("word:N", sort=words)
    colour = alt.Color("word:N", sort=None, scale=alt.Scale(domain=words, range=[GRID, GREEN]))
    y = alt.Y("value:Q", title=unit, axis=alt.Axis(tickCount=6))
    bar = alt.Chart(bars).mark_bar(stroke=FAINT, strokeWidth=0.6)
    bar = bar.encode(x=x, xOffset=offset, y=y, color=colour)
    whisk = alt.Chart(bars).mark_rule(color=INK, strokeWidth=1.4)
    whisk = whisk.encode(x=x, xOffset=offset, y=alt.Y("low:Q"), y2=alt.Y2("high:Q"))
    chart = alt.layer(bar, whisk).properties(width=WIDTH - 90, height=260)
    year = max(row.year for row in rows if row.step in names)
    last = {row.step: row for row in rows if row.year == year and row.step in names}
    values = {name: view.digits(row.value.value * factor, 3) for name, row in last.items()}
    values |= {
        f"without_{name}": view.digits(_fewer(row).value * factor, 3) for name, row in last.items()
    }
    key = "net_parts_desc" if any(_parts(row).known for row in last.values()) else "net_desc"
    desc = view.say(key, year=year, unit=unit, **{"gross": "–", "net": "–", **values})
    return specified(view, chart, "c-net", view.say("chart_net"), desc)


def _industry(view: View, row: IndustryImpact) -> str:
    """The name of the industry of a row."""
    return view.name("table_industries", row.code, row.table)
