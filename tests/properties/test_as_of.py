"""As of a day nothing is known that came later: rows added with a later day change no result."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import songhua
from bare import bare_charts
from examples import examples
from later_rows import DAY, folders
from songhua import Session
from songhua.document.evaluation import evaluation
from songhua.document.month import monthly
from songhua.document.sections.figures import figures
from songhua.format.view import View
from songhua.render.files import contents


@pytest.fixture(scope="module", autouse=True)
def no_charts() -> Iterator[None]:
    """Charts are not what is compared here."""
    with bare_charts():
        yield


#: What every study is asked.
ASKED: dict[str, dict[str, Any]] = {
    "diagnose": {}, "claims": {}, "track": {}, "certify": {"small_cells": True},
    "month": {"period": "2022"},
}  # fmt: skip
UNTIL: dict[str, dict[str, Any]] = {
    "diagnose": {"until": "2021"}, "track": {"until": "2022"},
    "certify": {"small_cells": True, "on": "2022-12-31"},
}  # fmt: skip


def results(session: Session) -> Iterator[tuple[str, songhua.Result]]:
    """The result of every study that the folder has the data for."""
    for asked in (ASKED, UNTIL):
        for name, options in asked.items():
            if session.lacks(name) is None:
                yield f"{name} {options}", session.run(name, **options)


def pages(session: Session) -> Iterator[tuple[str, str]]:
    """The evaluation, the monthly report and the list of figures, as text."""
    for kind in ("annual", "monthly"):
        if session.plan is not None and session.lacks("track") is None:
            view = View.of(contents(session, kind, "2022"))
            made = monthly(view) if kind == "monthly" else evaluation(view, kind, "2022")
            yield kind, "\n".join(map(repr, made.blocks))
    yield "figures", "\n".join(map(repr, figures(View.of(session.run_all()))))


def assert_same(one: Session, other: Session) -> None:
    """Every result and page of two folders as of the day is the same."""
    first, second = dict(results(one)), dict(results(other))
    assert first.keys() == second.keys()
    for name, result in first.items():
        for table, frame in result.tables.items():
            pd.testing.assert_frame_equal(frame, second[name].tables[table], obj=f"{name} {table}")
        assert result.findings == second[name].findings, name
    assert dict(pages(one)) == dict(pages(other))


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


#: Rows for the built-in case whose source came in November 2025.
NEW = {
    "observations/economy.csv": "gdp,harbin,,,2020,5200,100m CNY,,actual,,,people-2025,,2026-11-25,",
    "plan/operation.csv": "hit-satellite-base,jobs,300,persons,people-2025,2026-11-25,",
    "plan/spending.csv": "island-valley-park,total,2025,3,100m CNY,,people-2025,2026-11-25,",
    "plan/assumptions.csv": "export,robot-island,80,,,fixed,%,people-2025,2026-11-25,",
    "plan/targets.csv": "new,gdp_growth_real,,,,plan:2021..2025,7%,,,,,,,,,,,,people-2025,2026-11-25,",
}  # fmt: skip


@pytest.mark.parametrize(
    "studies",
    [("simulate",), pytest.param(("diagnose", "claims", "track"), marks=pytest.mark.deep)],
)
def test_the_built_in_case_with_later_rows(tmp_path: Path, studies: tuple[str, ...]) -> None:
    asked = {"simulate": {"draws": 40}}
    tables = []
    for name, more in (("before", {}), ("after", NEW)):
        folder = songhua.new(tmp_path / name, "harbin")
        for file, row in more.items():
            with (folder / file).open("a", encoding="utf-8") as held:
                held.write(f"{row}\n")
        with_day = (folder / "sources.toml").read_text("utf-8")
        with_day = with_day.replace("[nbs-io-2020]\n", '[nbs-io-2020]\npublished = "2023"\n')
        (folder / "sources.toml").write_text(with_day, "utf-8")
        session = songhua.open(folder, as_of="2025-10-31")
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
