"""A diagnosis on the terminal: the system, what contributed to growth, and every finding."""

from __future__ import annotations

import pandas as pd

from songhua.cli.screen import Row, Screen
from songhua.report import words
from songhua.report.numbers import show as figure
from songhua.session import Run


def show(done: Run, lang: str, brief: bool = False) -> None:
    """The system, the contributions, and every finding."""
    del brief
    screen = Screen(done, lang)
    plan = f" · {done.plan.name[lang]}" if done.plan else ""
    screen.title(f"{done.region.name[lang]}{plan}")
    n, sources = len(done.region.observations), done.region.observations["source"].nunique()
    screen.console.print(screen.word("rests_on", n=n, sources=sources), markup=False)
    tables = done.results["diagnose"].tables
    if len(tables["system"]):
        _system(screen, tables["system"])
    if len(tables["growth_contributions"]):
        _contributions(screen, tables["growth_contributions"])
    result = done.results["diagnose"]
    if result.findings:
        screen.title(screen.word("title_findings"))
    screen.findings(result)


def _system(screen: Screen, frame: pd.DataFrame) -> None:
    """A row an industry and measure, by role; industries without a figure in one line."""
    heads = [
        screen.word(f"head_{name}") for name in ("industry", "size", "measure", "growth", "grade")
    ]
    for role, group in frame.groupby("role", sort=False):
        screen.title(screen.choice("roles", str(role)))
        rows = [
            _sized(screen, row) for row in group.to_dict("records") if row["state"] != "missing"
        ]
        if rows:
            screen.table(heads, rows, right=(1, 3))
        missing = group.loc[group["state"] == "missing", "industry"]
        if len(missing):
            names = words.joined([screen.label("industries", id) for id in missing], screen.lang)
            screen.console.print(f" {screen.word('no_size')}{names}", markup=False)


def _sized(screen: Screen, row: Row) -> list[str]:
    known = row["state"] == "known"
    size = figure(row["value"], row["unit"], screen.lang, row["low"], row["high"]) if known else "–"
    ends = (row["growth_low"], row["growth_high"])
    growth = "–" if pd.isna(row["growth"]) else figure(row["growth"], "%", screen.lang, *ends)
    parts = (screen.choice("measure", row["measure"]), words.period(row["period"], screen.lang))
    measure = screen.word("comma").join(parts)
    grade = screen.choice("grade", row["grade"])
    return [screen.label("industries", row["industry"]), size, measure, growth, grade]


def _contributions(screen: Screen, frame: pd.DataFrame) -> None:
    """What contributed to each total's growth: points and their rounding bound, the sum last."""
    screen.title(screen.word("title_contributions"))
    for (indicator, region, period, method), group in frame.groupby(
        ["indicator", "region", "period", "method"], sort=False
    ):
        place = [] if region == screen.done.region.code else [screen.label("places", str(region))]
        name = screen.label("indicators", str(indicator))
        parts = [name, *place, words.period(str(period), screen.lang)]
        how = screen.choice("method", str(method))
        screen.console.print(f" {screen.word('comma').join(parts)} ({how})", markup=False)
        for row in group.to_dict("records"):
            what = (
                screen.word("sum_of_parts")
                if row["verdict"]
                else screen.label("industries", row["industry"])
            )
            text = (
                f"   {row['contribution_pp']:+.2f}  ({row['low']:.2f} … {row['high']:.2f})  {what}"
            )
            if row["verdict"]:
                text += screen.word("against_published", growth=f"{row['growth']:g}")
            screen.console.print(text, markup=False)
