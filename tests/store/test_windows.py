"""Differences of Windows: open files cannot be replaced, and lines end in two signs."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

from commands import songhua as verb
from repository import git
from rewritten import replace
from small import FILES
from songhua import session, store
from songhua.errors import SonghuaError
from songhua.session import Named
from songhua.store import exchange, writing

RENAME = os.rename


class _Open:
    """A file that another program has open for the first tries to replace it."""

    def __init__(self, tries: int, reason: int) -> None:
        self.left, self.reason = tries, reason

    def __call__(self, source: Path, target: Path) -> None:
        if self.left:
            self.left -= 1
            error = PermissionError(13, "Access is denied", str(source), None, str(target))
            error.winerror = self.reason  # type: ignore[attr-defined]
            raise error
        RENAME(source, target)


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits, and files change places by a third name, as there."""
    monkeypatch.setattr(exchange, "PAUSE", 0)
    monkeypatch.setattr(exchange, "_exchanged", lambda *_: False)


def crlf(folder: Path) -> None:
    """Every line of a folder's text ends as on Windows."""
    for file in [*folder.rglob("*.csv"), *folder.rglob("*.toml")]:
        file.write_bytes(file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


@pytest.mark.parametrize("reason", exchange.OPEN_ELSEWHERE)
def test_a_file_that_is_open_for_a_moment_is_replaced_a_moment_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: int
) -> None:
    file = writing.write_new(tmp_path / "a.csv", b"one")
    monkeypatch.setattr(os, "rename", _Open(exchange.TRIES - 1, reason))
    writing.write_new(file, b"two")
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]
    assert file.read_bytes() == b"two"


def test_a_file_that_stays_open_is_named_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [writing.write_new(tmp_path / name, b"one") for name in ("a.csv", "b.csv")]
    monkeypatch.setattr(os, "rename", _Open(1000, 32))
    for write in (lambda: writing.write_new(files[0], b"two"),
                  lambda: replace(tmp_path, {"a.csv": b"two", "b.csv": b"two"})):  # fmt: skip
        with pytest.raises(SonghuaError) as told:
            write()
        (fault,) = told.value.faults
        assert (fault.code, fault.file) == ("file_in_use", str(files[0]))
    assert [file.read_bytes() for file in files] == [b"one", b"one"]
    assert len(list(tmp_path.iterdir())) == 2


def test_the_second_of_two_files_that_is_open_leaves_both_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [writing.write_new(tmp_path / name, b"one") for name in ("a.csv", "b.csv")]
    held = _Open(exchange.TRIES, 5)

    def rename(source: Path, target: Path) -> None:
        (held if Path(source).name == "b.csv" else RENAME)(source, target)

    monkeypatch.setattr(os, "rename", rename)
    with pytest.raises(SonghuaError):
        replace(tmp_path, {"a.csv": b"two", "b.csv": b"two"})
    assert [file.read_bytes() for file in files] == [b"one", b"one"]


def test_another_refusal_is_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = writing.write_new(tmp_path / "a.csv", b"one")
    held = _Open(1, 112)  # the disk is full
    monkeypatch.setattr(os, "rename", held)
    with pytest.raises(SonghuaError) as told:
        writing.write_new(file, b"two")
    assert [one.code for one in told.value.faults] == ["system_refused"]


def test_a_folder_whose_lines_end_in_two_signs_is_the_same(rivertown: Path) -> None:
    before = store.read(rivertown).region
    crlf(rivertown)
    after = store.read(rivertown).region
    pd.testing.assert_frame_equal(
        before.figures.observations.frame, after.figures.observations.frame
    )
    assert (before.indicators, before.name) == (after.indicators, after.name)
    (rivertown / "indicators.toml").write_bytes(
        (rivertown / "indicators.toml").read_bytes().replace(b'"bn EUR"', b'"bn"', 1)
    )
    with pytest.raises(SonghuaError) as told:
        store.read(rivertown)
    assert [(one.code, one.row) for one in told.value.faults] == [("unit_unknown", 3)]


def test_git_may_change_the_ends_of_lines(rivertown: Path) -> None:
    git(rivertown, "init", "-q")
    git(rivertown, "add", ".")
    git(rivertown, "commit", "-q", "-m", "figures")
    crlf(rivertown)
    assert store.read(rivertown).warnings == ()
    name = "observations/economy.csv"
    done = session.correct(rivertown, Named("gdp", "2019"), "10.2")
    assert not done.over
    assert (rivertown / name).read_bytes().count(b"\r\n") == FILES[name].strip().count("\n") + 1
    text = (rivertown / name).read_text("utf-8").replace("2019,10.0,", "2019,10.3,", 1)
    (rivertown / name).write_text(text, "utf-8", newline="\r\n")
    with pytest.raises(SonghuaError) as told:
        store.read(rivertown)
    assert {one.code for one in told.value.faults} == {"recorded_row_changed"}


def test_what_is_written_over_keeps_its_line_ends(rivertown: Path) -> None:
    crlf(rivertown)
    name = rivertown / "observations/economy.csv"
    before = name.read_bytes()
    session.correct(rivertown, Named("gdp", "2019"), "10.2", recorded="2026-01-02")
    assert name.read_bytes() == before.replace(b"2019,10.0,", b"2019,10.2,", 1)


def test_a_list_with_two_signs_a_line_is_imported_as_another(
    rivertown: Path, tmp_path: Path
) -> None:
    rows = ["indicator,region,period,value,unit,kind,source,recorded",
            "gdp,rivertown,2018,9.1,bn EUR,actual,paper,2026-01-02", ""]  # fmt: skip
    file = tmp_path / "new.csv"
    file.write_bytes("\r\n".join(rows).encode("gbk"))
    assert verb("import", rivertown, file).code == 0
    (made,) = (rivertown / "observations").glob("new-*.csv")
    assert b"\r" not in made.read_bytes()


def test_a_row_may_be_named_with_the_marks_of_windows(rivertown: Path) -> None:
    named = Named("gdp", "2020", row="observations\\economy.csv:3")
    assert session.correct(rivertown, named, "10.6").row == 2
