"""Results on the terminal: the tables where a person looks, findings as sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from songhua import messages
from songhua.format import words
from songhua.format.labels import label
from songhua.format.numbers import show, span
from songhua.results import Result
from songhua.workbench import Run

VERDICTS = ("inconsistent", "consistent_if", "consistent", "not_checkable")
Row = Mapping[Any, Any]


class Screen:
    """A console, a language and a run: what every part of the output needs."""

    def __init__(self, done: Run, lang: str) -> None:
        """Write to standard output, at the width of the terminal."""
        self.done, self.lang = done, lang
        self.console = Console(highlight=False)

    def word(self, name: str, **params: object) -> str:
        """A word of the interface."""
        return messages.word(name, self.lang, **params)

    def label(self, catalogue: str, id: str, within: str = "") -> str:
        """The name of something in the folder."""
        return label(self.done.region, self.done.plan, catalogue, str(id), self.lang, within)

    def choice(self, of: str, value: str) -> str:
        """The word for one value of a closed list."""
        return messages.choice(of, value, self.lang) if value else ""

    def title(self, text: str) -> None:
        """A heading, with a line's room above it."""
        self.console.print()
        self.console.print(text, style="bold", markup=False)

    def item(self, text: str) -> None:
        """A paragraph with a bullet; its later lines are indented."""
        table = Table.grid(padding=(0, 1))
        table.add_column()
        table.add_column(overflow="fold")  # a language without spaces is broken anywhere
        table.add_row(" •", text)
        self.console.print(table, markup=False)

    def table(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int]
    ) -> None:
        """A table without frames; the columns named in `right` are numbers."""
        table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
        for at, head in enumerate(heads):
            justify = "right" if at in right else "left"
            table.add_column(head, justify=justify, no_wrap=at in right, overflow="fold")
        for row in rows:
            table.add_row(*row)
        self.console.print(Padding(table, (0, 0, 0, 1)))


def show_diagnosis(done: Run, lang: str) -> None:
    """The system, the contributions, and every finding."""
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
    _findings(screen, done.results["diagnose"])


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
    size = show(row["value"], row["unit"], screen.lang, row["low"], row["high"]) if known else "–"
    ends = (row["growth_low"], row["growth_high"])
    growth = "–" if pd.isna(row["growth"]) else show(row["growth"], "%", screen.lang, *ends)
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


def _findings(screen: Screen, result: Result) -> None:
    if result.findings:
        screen.title(screen.word("title_findings"))
    for finding in result.findings:
        screen.item(words.finding(finding, screen.done.region, screen.lang))


def show_claims(done: Run, lang: str, verdicts: Sequence[str] = VERDICTS) -> None:
    """How many claims have each verdict, then the claims of the verdicts named."""
    screen = Screen(done, lang)
    frame = done.results["claims"].tables["claims"]
    counts = [
        f"{screen.choice('verdict', v)} {int((frame['verdict'] == v).sum())}" for v in VERDICTS
    ]
    screen.title(f"{screen.word('title_claims')} {' · '.join(counts)}")
    for verdict in verdicts:
        rows = frame[frame["verdict"] == verdict].to_dict("records")
        if rows:
            screen.console.print(
                f" {screen.choice('verdict', verdict)}", style="italic", markup=False
            )
        for row in rows:
            claim = done.region.claims[row["claim"]]
            said = [claim["says"][lang], _computed(screen, row)]
            premise = (claim.get("premise") or {}).get(lang)
            if premise:
                said.append(screen.word("only_if") + premise)
            screen.item(" ".join(part for part in said if part))


def _computed(screen: Screen, row: Row) -> str:
    """What arithmetic gives: the two sides, or the number that was unknown."""
    sides = [
        span(row[f"{side}_low"], row[f"{side}_high"], row["unit"], screen.lang)
        for side in ("left", "right", "implied")
    ]
    if "–" not in sides[:2]:
        return screen.word("claim_sides", left=sides[0], right=sides[1])
    return "" if sides[2] == "–" else screen.word("claim_implied", value=sides[2])
