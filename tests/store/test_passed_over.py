"""Files with figures that are not read are a fault: no figure is missing in silence."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

import songhua
from songhua.errors import SonghuaError
from songhua.session import new
from songhua.store import at


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


def test_a_file_that_comes_while_the_folder_is_read_is_not_passed_over(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = next((case / "observations").glob("*.csv")).read_bytes()
    real = Path.iterdir

    def iterdir(folder: Path) -> Iterator[Path]:
        if folder.name == "observations":
            (folder / f"late-{secrets.token_hex(4)}.csv").write_bytes(rows)
        return real(folder)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    assert not [one for one in at(case).read().faults if one.code == "file_passed_over"]


def test_a_folder_with_a_file_passed_over_has_no_state_to_keep_results_by(case: Path) -> None:
    assert at(case).state()
    (case / "observations" / "more.xlsx").write_bytes(b"figures")
    assert at(case).state() is None
