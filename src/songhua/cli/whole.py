"""A whole run on the terminal: every study in brief, the founding text, and where the report is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from songhua.cli.projects import show_simulation
from songhua.cli.screen import Screen, show_claims, show_diagnosis
from songhua.report import words
from songhua.results import Result
from songhua.workbench import Run

TOLD = ("inconsistent", "consistent_if")


def show_run(done: Run, written: Sequence[Path], lang: str, as_json: bool) -> None:
    """Everything, what was skipped, how the founding text is answered, where the report is."""
    if as_json:
        print(_json(done, written))  # noqa: T201
        return
    screen = Screen(done, lang)
    if "diagnose" in done.results:
        show_diagnosis(done, lang)
    if "simulate" in done.results:
        show_simulation(done, lang, brief=True)
    if "claims" in done.results:
        show_claims(done, lang, TOLD)
    if "track" in done.results:
        _findings(screen, done.results["track"])
    if "certify" in done.results:
        _certify(screen, done.results["certify"])
    if done.plan is not None and len(done.plan.seed_map):
        _seed_map(screen, done.plan.seed_map)
    for finding in done.skipped:
        screen.item(words.finding(finding, done.region, lang))
    screen.console.print()
    for path in written:
        screen.console.print(f"{screen.word('report_at')} {path}", markup=False, soft_wrap=True)


def _findings(screen: Screen, result: Result) -> None:
    """A study in its findings alone."""
    screen.title(screen.choice("study", result.study))
    for finding in result.findings:
        screen.item(words.finding(finding, screen.done.region, screen.lang))


def _certify(screen: Screen, result: Result) -> None:
    """Firms by law: what is said of the register, and its pipeline."""
    _findings(screen, result)
    pipeline = result.tables.get("pipeline", pd.DataFrame())
    rows = [
        [screen.done.region.label("rulebooks", row["status"], screen.lang),
         screen.choice("stage", row["stage"]),
         f"{row['firms']:.0f}" if row["shown"] else screen.word("cell_hidden")]
        for row in pipeline.to_dict("records")
    ]  # fmt: skip
    if rows:
        heads = [screen.word(f"head_{name}") for name in ("status", "stage", "firms")]
        screen.table(heads, rows, right=(2,))


def _json(done: Run, written: Sequence[Path]) -> str:
    data = {name: json.loads(result.to_json()) for name, result in done.results.items()}
    skipped = [{"code": f.code, "params": dict(f.params)} for f in done.skipped]
    whole = {"results": data, "skipped": skipped, "reports": [str(path) for path in written]}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _seed_map(screen: Screen, frame: pd.DataFrame) -> None:
    screen.title(screen.word("title_seed_map"))
    heads = ["#", *(screen.word(f"head_{name}") for name in ("sentence", "study", "state"))]
    rows = [
        [row["n"], row[f"says_{screen.lang}"], row["study"], screen.choice("state", row["state"])]
        for row in frame.to_dict("records")
    ]
    screen.table(heads, rows, right=(0,))
