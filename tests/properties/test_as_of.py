"""As of a day nothing is known that came later: rows added with a later day change no result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import songhua
from bare import bare_charts
from examples import examples
from later_rows import DAY, folders
from songhua import Run, Session
from songhua.document.studies.evaluation import evaluation
from songhua.document.studies.figures import figures
from songhua.document.studies.month import monthly
from songhua.errors import SonghuaError
from songhua.format.view import View
from songhua.render.files import contents


@pytest.fixture(scope="module", autouse=True)
def no_charts() -> Iterator[None]:
    """Charts are not what is compared here."""
    with bare_charts():
        yield


#: The tables of a result, and its findings or faults.
Answer: TypeAlias = tuple[Mapping[str, pd.DataFrame], Sequence[object]]
#: The requests beside a whole run, which has every study without required options.
ASKED: dict[str, list[dict[str, Any]]] = {
    "diagnose": [{"until": "2021"}], "track": [{"until": "2022"}], "month": [{"period": "2022"}],
    "certify": [{"small_cells": True}, {"small_cells": True, "on": "2022-12-31"}],
    "claims": [{"accounts": True}], "simulate": [{"structure": "nation", "scenario": "less"}],
    "choose": [{"until": "2021", "step": 1}], "accounts": [{"years": True}],
}  # fmt: skip


def answered(result: songhua.Result) -> Answer:
    """Its tables and what it found."""
    return result.tables, result.findings


def results(session: Session, run: Run) -> Iterator[tuple[str, Answer]]:
    """The answers of all studies with data in the folder; a fault counts as an answer."""
    yield from ((name, answered(result)) for name, result in run.results.items())
    for name, every in ASKED.items():
        for options in every if session.lacks(name) is None else ():
            try:
                yield f"{name} {options}", answered(session.run(name, **options))
            except SonghuaError as error:
                yield f"{name} {options}", ({}, error.faults)


def pages(session: Session, run: Run) -> Iterator[tuple[str, str]]:
    """The evaluation, the monthly report and the list of figures, as text."""
    for kind in ("annual", "monthly"):
        if session.plan is not None and session.lacks("track") is None:
            view = View.of(contents(session, kind, "2022"))
            made = monthly(view) if kind == "monthly" else evaluation(view, kind, "2022")
            yield kind, "\n".join(map(repr, made.blocks))
    yield "figures", "\n".join(map(repr, figures(View.of(run))))


def assert_same(one: Session, other: Session) -> frozenset[str]:
    """Every result and page of two folders as of the day is the same; the studies that answered."""
    runs = one.run_all(), other.run_all()
    assert runs[0].skipped == runs[1].skipped
    first, second = dict(results(one, runs[0])), dict(results(other, runs[1]))
    assert first.keys() == second.keys()
    for name, (tables, told) in first.items():
        for table, frame in tables.items():
            pd.testing.assert_frame_equal(frame, second[name][0][table], obj=f"{name} {table}")
        assert told == second[name][1], name
    assert dict(pages(one, runs[0])) == dict(pages(other, runs[1]))
    return frozenset(name.split()[0] for name in first)


def compared(seed: int) -> None:
    """A random folder with and without the rows that came later, as of the day."""
    with TemporaryDirectory() as parent:
        before, after = folders(Path(parent), Random(seed))
        assert_same(*(songhua.open(path, as_of=DAY) for path in (before, after)))


@examples(0.15)
@given(seed=st.integers(0, 2**32))
def test_rows_that_came_later_change_nothing(seed: int) -> None:
    compared(seed)


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(500))
def test_rows_that_came_later_change_nothing_in_five_hundred_folders(seed: int) -> None:
    compared(seed)


#: Of each built-in case the sources that need a day, a day, and rows whose source came later.
NEW: dict[str, tuple[tuple[str, ...], str, dict[str, str]]] = {
    "harbin": (("nbs-io-2020",), "2025-10-31", {
        "observations/economy.csv": "gdp,harbin,,,2020,5200,100m CNY,,actual,,,people-2025,,2026-11-25,",
        "plan/operation.csv": "hit-satellite-base,jobs,300,persons,people-2025,2026-11-25,",
        "plan/spending.csv": "island-valley-park,total,2025,3,100m CNY,,people-2025,2026-11-25,",
        "plan/assumptions.csv": "export,robot-island,80,,,fixed,%,people-2025,2026-11-25,",
        "plan/targets.csv": "new,gdp_growth_real,,,,plan:2021..2025,7%,,,,,,,,,,,,,people-2025,2026-11-25,",
    }),
    "washington": (("bea-io-2017", "tricities-lamb-weston", "songhua-illustration"), "2024-05-31", {
        "observations/economy.csv": "gdp,washington,,,2017,512345,m USD,,actual,,,ofm-jobs,,2026-11-25,",
        "plan/operation.csv": "\n".join(
            f"boeing-wing-centre,{field},ofm-jobs,2026-11-25,"
            for field in ("industry,other-transport-equipment,", "start,2017,", "jobs,300,persons")
        ),
        "plan/spending.csv": "boeing-wing-centre,total,2017,30,m USD,,ofm-jobs,2026-11-25,",
        "plan/assumptions.csv": "export,lamb-weston-richland,80,,,fixed,%,ofm-jobs,2026-11-25,",
        "plan/targets.csv": "new,gdp_growth_real,,,,2020,7%,,,,,,,,,,,,,ofm-jobs,2026-11-25,",
    }),
}  # fmt: skip


@pytest.mark.parametrize(
    ("case", "studies"),
    [
        ("washington", ("simulate",)),
        pytest.param("harbin", ("diagnose", "claims", "track"), marks=pytest.mark.deep),
        pytest.param("harbin", ("simulate",), marks=pytest.mark.exhaustive),
    ],
)
def test_the_built_in_case_with_later_rows(
    tmp_path: Path, case: str, studies: tuple[str, ...]
) -> None:
    asked = {"simulate": {"draws": 40}}
    undated, day, rows = NEW[case]
    tables = []
    for name, more in (("before", {}), ("after", rows)):
        folder = songhua.new(tmp_path / name, case)
        for file, row in more.items():
            with (folder / file).open("a", encoding="utf-8") as held:
                held.write(f"{row}\n")
        with_day = (folder / "sources.toml").read_text("utf-8")
        for one in undated:
            with_day = with_day.replace(f"[{one}]\n", f'[{one}]\npublished = "2023"\n')
        (folder / "sources.toml").write_text(with_day, "utf-8")
        session = songhua.open(folder, as_of=day)
        tables.append([session.run(study, **asked.get(study, {})) for study in studies])
        changed = [songhua.open(folder).run(study, **asked.get(study, {})) for study in studies]
        tables.append(changed)
    before, today, after, later = tables
    for one, other in zip(before, after, strict=True):
        assert one.findings == other.findings
        for table, frame in one.tables.items():
            pd.testing.assert_frame_equal(frame, other.tables[table], obj=table)
    assert any(
        not frame.equals(other.tables[table])
        for one, other in zip(today, later, strict=True) for table, frame in one.tables.items()
    )  # fmt: skip
