"""A whole run on the terminal: every study in brief, the founding text, and where the report is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from songhua.cli import screens
from songhua.cli.screen import Screen
from songhua.report import words
from songhua.session import Run


def show_run(done: Run, written: Sequence[Path], lang: str, as_json: bool) -> None:
    """Everything, what was skipped, how the founding text is answered, where the report is."""
    if as_json:
        print(_json(done, written))  # noqa: T201
        return
    screen = Screen(done, lang)
    for study in done.results:
        screens.show(study, done, lang, brief=True)
    if done.plan is not None and len(done.plan.seed_map):
        _seed_map(screen, done.plan.seed_map)
    for finding in done.skipped:
        screen.item(words.finding(finding, done.region, lang))
    screen.console.print()
    for path in written:
        screen.console.print(f"{screen.word('report_at')} {path}", markup=False, soft_wrap=True)


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
