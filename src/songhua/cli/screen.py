"""Results on the terminal: the tables where a person looks, findings as sentences."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from songhua import messages
from songhua.report import words
from songhua.results import Result
from songhua.workbench import Run

VERDICTS = ("inconsistent", "consistent_if", "consistent", "not_checkable")


def _console() -> Console:
    return Console(highlight=False, soft_wrap=False)


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold", expand=False)
    for head in heads:
        numeric = head.endswith("#")
        table.add_column(
            head.removesuffix("#"), justify="right" if numeric else "left", overflow="fold"
        )
    for row in rows:
        table.add_row(*row)
    return table


def show_diagnosis(done: Run, lang: str) -> None:
    """The system, the pulls, the turns, and every finding."""
    console = _console()
    _head(done, console, lang)
    tables = done.results["diagnose"].tables
    if len(tables["system"]):
        console.print(_system(done, tables["system"], lang))
    if len(tables["pulls"]):
        console.print(_pulls(done, tables["pulls"], lang))
    _findings(done, done.results["diagnose"], console, lang)


def _head(done: Run, console: Console, lang: str) -> None:
    name = done.region.name[lang]
    plan = f" · {done.plan.name[lang]}" if done.plan else ""
    console.print(f"[bold]{name}[/bold]{plan}")
    n = len(done.region.observations)
    console.print(messages.word("rests_on", lang, n=n, sources=len(done.region.sources)))


def _system(done: Run, frame: pd.DataFrame, lang: str) -> Table:
    """A row an industry and measure; measures are never in one column without their name."""
    heads = [messages.word(f"head_{name}", lang) for name in ("role", "industry", "measure")]
    heads += [messages.word("head_period", lang), messages.word("head_size", lang) + "#"]
    heads += [messages.word("head_growth", lang) + "#", messages.word("head_grade", lang)]
    rows = []
    for row in frame.to_dict("records"):
        known = row["state"] == "known"
        size = (
            words.show(row["value"], row["unit"], lang, row["low"], row["high"]) if known else "–"
        )
        growth = (
            "–"
            if pd.isna(row["growth"])
            else words.show(row["growth"], "%", lang, row["growth_low"], row["growth_high"])
        )
        rows.append([
            messages.choice("role", row["role"], lang),
            done.region.label("industries", row["industry"], lang),
            messages.choice(*_measure(row), lang),
            words.period(row["period"], lang) if row["period"] else "",
            size,
            growth,
            messages.choice("grade", row["grade"], lang) if row["grade"] else "",
        ])  # fmt: skip
    return _table(messages.word("title_system", lang), heads, rows)


def _measure(row: Mapping[Any, Any]) -> tuple[str, str]:
    """The list and the value of the word for what a size is measured by, or for its lack."""
    if row["measure"]:
        return "measure", row["measure"]
    return "system_state", row["state"]


def _pulls(done: Run, frame: pd.DataFrame, lang: str) -> Table:
    """Pulls in points with their bound; the sum stands against the published growth."""
    names = ("indicator", "period", "industry", "growth", "pull", "bound", "method")
    heads = [
        messages.word(f"head_{name}", lang) + ("#" if name in ("growth", "pull") else "")
        for name in names
    ]
    rows = []
    for row in frame.to_dict("records"):
        industry = done.region.label("industries", row["industry"], lang)
        if row["verdict"]:
            industry = messages.word("sum_of_parts", lang)
        rows.append([
            done.region.label("indicators", row["indicator"], lang),
            words.period(row["period"], lang),
            industry,
            "–" if pd.isna(row["growth"]) else f"{row['growth']:g} %",
            f"{row['pull']:+.2f}",
            f"{row['low']:.2f} … {row['high']:.2f}",
            messages.choice("method", row["method"], lang),
        ])  # fmt: skip
    return _table(messages.word("title_pulls", lang), heads, rows)


def _findings(done: Run, result: Result, console: Console, lang: str) -> None:
    if not result.findings:
        return
    console.print(f"[bold]{messages.word('title_findings', lang)}[/bold]")
    for finding in result.findings:
        console.print(f" • {words.finding(finding, done.region, lang)}", markup=False)


def show_claims(done: Run, lang: str) -> None:
    """How many of each verdict, then the sentences that do not hold as printed."""
    console = _console()
    frame = done.results["claims"].tables["claims"]
    counts = [
        f"{messages.choice('verdict', v, lang)} {int((frame['verdict'] == v).sum())}"
        for v in VERDICTS
    ]
    console.print(f"[bold]{messages.word('title_claims', lang)}[/bold] " + " · ".join(counts))
    for verdict in VERDICTS:
        rows = frame[frame["verdict"] == verdict].to_dict("records")
        if rows:
            console.print(f"[bold]{messages.choice('verdict', verdict, lang)}[/bold]")
        for row in rows:
            console.print(f" • {row[f'says_{lang}']} {words.computed(row, lang)}", markup=False)
            if row[f"premise_{lang}"]:
                console.print(
                    f"   {messages.word('only_if', lang)}{row[f'premise_{lang}']}", markup=False
                )


def show_run(done: Run, written: Sequence[Path], lang: str, as_json: bool) -> None:
    """Everything, what was skipped, how the founding text is answered, and where the report is."""
    if as_json:
        data = {name: json.loads(result.to_json()) for name, result in done.results.items()}
        skipped = [{"code": f.code, "params": dict(f.params)} for f in done.skipped]
        whole = {"results": data, "skipped": skipped, "reports": [str(path) for path in written]}
        print(json.dumps(whole, ensure_ascii=False, indent=1))  # noqa: T201
        return
    console = _console()
    if "diagnose" in done.results:
        show_diagnosis(done, lang)
    if "claims" in done.results:
        show_claims(done, lang)
    if done.plan is not None and len(done.plan.seed_map):
        console.print(_seed_map(done, lang))
    for finding in done.skipped:
        console.print(words.finding(finding, done.region, lang), markup=False)
    for path in written:
        console.print(f"{messages.word('report_at', lang)} {path}", markup=False, soft_wrap=True)


def _seed_map(done: Run, lang: str) -> Table:
    heads = [
        "#",
        *(messages.word(f"head_{name}", lang) for name in ("sentence", "study", "table", "state")),
    ]
    rows = [
        [
            row["n"],
            row[f"says_{lang}"],
            row["study"],
            row["table"],
            messages.choice("state", row["state"], lang),
        ]
        for row in (done.plan.seed_map if done.plan else pd.DataFrame()).to_dict("records")
    ]
    return _table(messages.word("title_seed_map", lang), heads, rows)
