"""All sentences and tiles of a run, each with the tables that it may rest on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

from sentence_audit import claims, general
from sentence_audit.claims import Sentence
from sentence_audit.rows import TILE
from songhua import session
from songhua.results.plain import plain_value
from songhua.session.execution import Run

#: The modules of predicates, by what they are of.
PREDICATES = sorted(
    file.stem
    for file in Path(__file__).parent.glob("*.py")
    if re.search(r"^@claim\(", file.read_text("utf-8"), re.MULTILINE)
)
for _name in PREDICATES:
    import_module(f"sentence_audit.{_name}")


def run_of(path: Path | str) -> Run:
    """All studies of a folder."""
    return session.open(path).run_all()


def tables_of(run: Run) -> dict[str, pd.DataFrame]:
    """The tables of all studies by study and name."""
    return {
        f"{study}.{name}": frame
        for study, result in run.results.items()
        for name, frame in result.tables.items()
    }


def day_of(run: Run, tables: Mapping[str, pd.DataFrame]) -> date:
    """The day of the view: that of track, else the last on which a figure was recorded."""
    if "track.view" in tables and len(tables["track.view"]):
        return date.fromisoformat(str(tables["track.view"]["day"].iloc[0]))
    recorded = run.region.figures.frame["recorded"].astype(str)
    days = recorded[recorded != ""]
    return run.region.as_of or (date.fromisoformat(max(days)) if len(days) else date.min)


def sentences(run: Run) -> Iterator[Sentence]:
    """Findings of all studies, what was skipped, the sentences of the brief, and its tiles."""
    tables = tables_of(run)
    rest = (tables, run.region, run.plan, day_of(run, tables))
    for result in run.results.values():
        for finding in result.findings:
            yield Sentence(finding.code, finding.params, finding.observations, *rest)
    for finding in run.skipped:
        yield Sentence(finding.code, finding.params, finding.observations, *rest)
    for point in tables.get("brief.points", pd.DataFrame()).to_dict("records"):
        params = json.loads(point["params"])
        params |= {name: point[name] for name in ("doubts",) if name in point}
        yield Sentence(point["sentence"], params, point["observations"].split(), *rest)
    for tile in tables.get("brief.headlines", pd.DataFrame()).to_dict("records"):
        params: dict[str, Any] = {str(name): plain_value(cell) for name, cell in tile.items()}
        code = TILE + str(tile["headline"])
        yield Sentence(code, params, str(tile["observations"]).split(), *rest)


def denials(sentence: Sentence) -> list[str]:
    """All that the tables deny of a sentence, by the claims of its kind and of any kind."""
    return [*claims.denials(sentence), *general.denials(sentence)]


def denied(run: Run) -> Iterator[tuple[str, str]]:
    """The denials of all sentences of a run, each with the kind of its sentence."""
    for sentence in sentences(run):
        yield from ((sentence.code, line) for line in denials(sentence))
