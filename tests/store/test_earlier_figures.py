"""Two releases of one series: the folder's and a sheet's, told apart by an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from songhua import session, store
from songhua.errors import SonghuaError
from tracked import aim, figure
from tracked import folder as tracked_folder

TABLE = "河城企业数,\n年份,企业数（家）\n2020,470\n2021,490\n"
FIRST, LATER = "2026-01-02", "2026-02-02"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Firms of 2020 stand as 470, of 2021 as 480."""
    rows = [
        figure("firms", year, value, "count", recorded=FIRST)
        for year, value in (("2020", "470"), ("2021", "480"))
    ]
    at = tracked_folder(tmp_path, [aim("reach 900", "firms", id="a")], rows)
    (tmp_path / "sheet.csv").write_text(TABLE, "utf-8")
    return at


def imported(folder: Path, **answers: str) -> list[tuple[str, str, str]]:
    """The rows of the sheet that were added: period, value, release."""
    done = session.import_file(
        folder, folder.parent / "sheet.csv", answers, source="bulletin-2020", recorded=LATER
    )
    rows = [
        dict(zip(done.rows.columns, row, strict=True)) for row in done.rows.itertuples(index=False)
    ]
    return [(row["period"], row["value"], row["vintage"]) for row in rows]


def test_another_value_is_asked_about(folder: Path) -> None:
    with pytest.raises(
        SonghuaError, match="1 of these figures has another value in the folder: B4"
    ):
        imported(folder)


def test_a_revision_is_the_newest_figure(folder: Path) -> None:
    assert ("2021", "490", "") in imported(folder, previous="revision")
    best = store.read(folder).region.figure("firms", "2021")
    assert best is not None
    assert best["value"] == "490"


def test_an_older_release_stands_beside_the_figure(folder: Path) -> None:
    assert ("2021", "490", "bulletin-2020") in imported(folder, previous="vintage")
    best = store.read(folder).region.figure("firms", "2021")
    assert best is not None
    assert best["value"] == "480"


def test_a_value_that_differs_may_be_left_out(folder: Path) -> None:
    assert imported(folder, previous="leave") == []
