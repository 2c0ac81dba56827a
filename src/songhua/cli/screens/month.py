"""A month on the terminal: the growth of the period, by indicator and industry."""

from __future__ import annotations

from songhua.cli.screen import Row, Screen
from songhua.report import words
from songhua.report.numbers import entry
from songhua.report.numbers import show as figure
from songhua.session import Run

HEADS = ("head_indicator", "head_industry", "head_growth", "head_period")


def show(done: Run, lang: str, brief: bool = False) -> None:
    """A row an indicator and industry; comparison and revisions are in the report."""
    del brief
    screen, tables = Screen(done, lang), done.results["month"].tables
    period = words.period(str(tables["view"]["cumulative"].iloc[0]), lang)
    screen.title(f"{done.region.name[lang]} · {_say('month_growth', lang)} · {period}")
    rows = [_row(screen, row) for row in tables["growth"].to_dict("records")]
    if rows:
        screen.table([screen.word(name) for name in HEADS], rows, right=(2,))
    else:
        screen.item(_say("month_no_growth", lang))


def _say(key: str, lang: str) -> str:
    """A text that the report of the month has too."""
    return entry("report", key, lang)


def _row(screen: Screen, row: Row) -> list[str]:
    growth = figure(row["value"], "%", screen.lang, row["low"], row["high"])
    names = (("indicators", row["indicator"]), ("industries", row["industry"]))
    labels = [screen.label(catalogue, id) for catalogue, id in names]
    return [*labels, growth, words.period(row["period"], screen.lang)]
