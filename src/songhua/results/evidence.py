"""The figures and rows that a finding rests on, so that every sentence leads to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

import pandas as pd

from songhua.results import declared
from songhua.results.finding import Finding, columns
from songhua.results.result import Result
from songhua.results.rows import as_text

#: The type of columns that cite figures, and those by which a row is one that a finding speaks of.
CITING = "observations"
NAMING = ("label", "labels", "choice", "period", "date", "tag")


def rows_behind(finding: Finding, results: Mapping[str, Result]) -> pd.DataFrame:
    """The rows of its study's table that a finding speaks of: those that agree with its fields.

    A field and a column of one name agree where they hold the same label, period or word; a field
    that lists labels agrees with a row of each (`targets` with `target`). A field that no column
    is named as leaves the rows as they are. There are none where the finding rests on no table,
    or the study was not run.

    >>> import songhua
    >>> run = songhua.open(songhua.example("washington")).run_all()
    >>> behind = next(f for f in run.results["track"].findings if f.code == "targets_behind")
    >>> set(rows_behind(behind, run.results)["target"]) == set(behind.targets)
    True
    """
    place = table_of(type(finding))
    if place is None or place[0] not in results or place[1] not in results[place[0]].tables:
        return pd.DataFrame()
    study, table = place
    rows = results[study].tables[table]
    schema = {column.name: column for column in declared.tables(study)[table].columns}
    for name, column in columns(type(finding)).items():
        value = getattr(finding, name)
        at = next((candidate for candidate in _names(name) if candidate in schema), None)
        if at is None or value in (None, "", ()) or column.type not in NAMING:
            continue
        texts = [_text(label) for label in value] if isinstance(value, tuple) else [_text(value)]
        between = any(".." in text for text in texts)  # a span of periods is none of them
        if schema[at].type in NAMING and not between:
            rows = rows[rows[at].astype(str).isin([*texts, " ".join(texts)])]
    return rows.reset_index(drop=True)


def figures_behind(finding: Finding, results: Mapping[str, Result]) -> tuple[str, ...]:
    """The ids of the figures that a finding rests on: its own, else those its rows cite.

    >>> import songhua
    >>> run = songhua.open(songhua.example("washington")).run_all()
    >>> finding = next(f for f in run.results["diagnose"].findings if f.observations)
    >>> figures_behind(finding, run.results) == finding.observations
    True
    """
    if finding.observations:
        return finding.observations
    rows = rows_behind(finding, results)
    place = table_of(type(finding))
    if place is None or rows.empty:
        return ()
    cited = [c.name for c in declared.tables(place[0])[place[1]].columns if c.type == CITING]
    return tuple(dict.fromkeys(id for name in cited for id in " ".join(rows[name]).split()))


def table_of(kind: type[Finding]) -> tuple[str, str] | None:
    """The study and the table that a kind rests on; none where it rests on something else.

    >>> from songhua.studies.track.finding_kinds import TargetsReadByJudgement
    >>> table_of(TargetsReadByJudgement)
    ('track', 'readings')
    """
    study, _, table = kind.rests.rpartition(".")
    study = study or kind.__module__.split(".")[-2]
    exists = study in declared.studies_with("tables") and table in declared.tables(study)
    return (study, table) if exists else None


def _names(field: str) -> Iterator[str]:
    """The columns that may hold a field's label: of its own name, or of that in the singular."""
    yield field
    if field.endswith("ies"):
        yield f"{field[:-3]}y"
    elif field.endswith("s"):
        yield field[:-1]


def _text(value: object) -> str:
    return value.value if isinstance(value, StrEnum) else as_text(value)
