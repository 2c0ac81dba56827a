"""Files with figures that are not read are a fault: no figure is missing in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

import songhua
from songhua.errors import SonghuaError
from songhua.session import new


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return new(tmp_path / "town", "skeleton")


@pytest.mark.parametrize(
    "name",
    ["observations/more.xlsx", "observations/MORE.CSV", "panels/jobs.parquet", "reviews/a.xls",
     "observations/x.tsv", "tables/io.ods"],
)  # fmt: skip
def test_a_file_with_figures_that_is_not_read_is_a_fault(case: Path, name: str) -> None:
    (case / name).parent.mkdir(exist_ok=True)
    (case / name).write_bytes(b"figures")
    with pytest.raises(SonghuaError) as error:
        songhua.open(case)
    assert [(one.code, one.file) for one in error.value.faults] == [("file_passed_over", name)]
    assert "songhua import" in error.value.faults[0].words("en")


@pytest.mark.parametrize("name", ["README.md", ".hidden.csv", "~$more.xlsx", "notes.txt"])
def test_notes_and_hidden_files_may_lie_there(case: Path, name: str) -> None:
    (case / "observations" / name).write_bytes(b"notes")
    songhua.open(case)
