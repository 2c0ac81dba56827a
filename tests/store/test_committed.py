"""The committed rows of a folder are read, or a fault gives the reason why not."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

import pytest

from repository import git
from songhua.reading.file_fault_kinds import (
    HistoryBranch,
    HistoryBroken,
    HistoryLink,
    HistoryMissing,
    HistoryRenamed,
    HistorySlow,
)
from songhua.store import repository
from songhua.store.committed import Committed, blobs, committed

PARTS = ("observations", "sources.toml")
FIGURES = "observations/a.csv"
NAMES = {"observations/a.csv", "sources.toml"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "case"
    (home / "observations").mkdir(parents=True)
    (home / "observations" / "a.csv").write_bytes(b"a\n1\n")
    (home / "observations" / "note.txt").write_bytes(b"no table")
    (home / "sources.toml").write_bytes(b"")
    git(home, "init", "-q")
    git(home, "add", ".")
    git(home, "commit", "-q", "-m", "figures")
    return home


def test_files_of_the_last_commit(folder: Path) -> None:
    found = committed(folder, PARTS)
    assert (set(found.files), found.unknown) == (NAMES, None)
    assert blobs(folder, found.files.values()) == {
        found.files[FIGURES]: b"a\n1\n", found.files["sources.toml"]: b"",
    }  # fmt: skip


def test_without_a_repository_or_a_commit_there_are_none(tmp_path: Path) -> None:
    assert committed(tmp_path, PARTS) == Committed()
    git(tmp_path, "init", "-q")
    assert committed(tmp_path, PARTS) == Committed()


def test_what_a_hook_inherits_is_put_aside(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    for name, value in (("GIT_DIR", other / ".git"), ("GIT_WORK_TREE", other)):
        monkeypatch.setenv(name, str(value))
    assert set(committed(folder, PARTS).files) == NAMES


def test_without_git_it_cannot_be_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(folder))
    found = committed(folder, PARTS)
    assert found == Committed(unknown=HistoryMissing(str(folder)))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another person")
def test_a_folder_of_another_person_is_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None of its settings is in force, so that nobody has to vouch for it."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", str(tmp_path / "none"))
    for name in (folder, folder / ".git"):
        os.chown(name, 65534, 65534)
    assert set(committed(folder, PARTS).files) == NAMES


def test_a_damaged_repository_cannot_be_told(folder: Path) -> None:
    (folder / ".git" / "HEAD").write_bytes(b"nothing\n")
    assert committed(folder, PARTS).unknown == HistoryBroken(str(folder))


@pytest.mark.parametrize("part", [".git", ".git/objects/info", ".git/objects/pack"])
def test_a_link_in_place_of_the_repository_or_its_objects_is_not_followed(
    folder: Path, part: str
) -> None:
    kept = folder.parent / "kept"
    (folder / part).rename(kept)
    (folder / part).symlink_to(kept)
    for _ in range(2):
        found = committed(folder, PARTS)
        assert found == Committed(unknown=HistoryLink(str(folder / part)))
        if kept.exists():
            kept.rename(folder.parent / "elsewhere")  # it leads nowhere


def test_how_paths_are_matched_elsewhere_is_put_aside(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_ICASE_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_GLOB_PATHSPECS"):
        monkeypatch.setenv(name, "1")
        assert set(committed(folder, PARTS).files) == NAMES
        monkeypatch.delenv(name)


def test_a_branch_without_its_commit_cannot_be_told(folder: Path) -> None:
    shutil.rmtree(folder / ".git" / "objects")
    (folder / ".git" / "objects").mkdir()
    assert committed(folder, PARTS).unknown == HistoryBroken(str(folder))


def test_slow_git_cannot_be_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "slow" / "git"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nexec sleep 60\n", "utf-8")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", str(slow.parent), prepend=os.pathsep)
    monkeypatch.setattr(repository, "SECONDS", 0.05)
    assert committed(folder, PARTS).unknown == HistorySlow(str(folder))


def test_a_missing_blob_is_none(folder: Path) -> None:
    digest = committed(folder, PARTS).files[FIGURES]
    (folder / ".git" / "objects" / digest[:2] / digest[2:]).unlink()
    assert blobs(folder, [digest]) == {}


@pytest.mark.parametrize("name", ["observations", "observations/a.csv", "sources.toml"])
@pytest.mark.parametrize("recorded", [True, False])
def test_behind_a_link_it_cannot_be_told(folder: Path, name: str, recorded: bool) -> None:
    (folder / name).rename(folder.parent / "elsewhere")
    (folder / name).symlink_to(folder.parent / "elsewhere")
    if recorded:
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", "a link")
    found = committed(folder, PARTS)
    assert found == Committed(unknown=HistoryLink(name))


def test_a_repository_apart_is_asked_where_its_folder_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".git").rename(folder.parent / "apart.git")
    assert committed(folder, PARTS) == Committed()
    monkeypatch.chdir(folder.parent)
    monkeypatch.setenv("GIT_DIR", "apart.git")
    assert committed(folder, PARTS) == Committed()
    monkeypatch.setenv("GIT_WORK_TREE", folder.name)
    assert set(committed(folder, PARTS).files) == NAMES
    monkeypatch.setenv("GIT_WORK_TREE", "elsewhere")
    assert committed(folder, PARTS) == Committed()


def test_of_a_branch_without_a_commit_beside_others_it_cannot_be_told(folder: Path) -> None:
    git(folder, "checkout", "-q", "--orphan", "new")
    assert committed(folder, PARTS).unknown == HistoryBranch(str(folder))


@pytest.mark.parametrize("name", ["town", "to\nwn", "数据/town"])
def test_of_a_folder_renamed_it_cannot_be_told(tmp_path: Path, name: str) -> None:
    if "\n" in name and sys.platform == "win32":
        pytest.skip("no name there")
    case = tmp_path / "case"
    case.mkdir()
    for file in (case / "sources.toml", case / "observations.csv"):
        file.write_bytes(b"a\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "figures")
    town = tmp_path / name
    shutil.copytree(case, town)
    assert committed(town, PARTS) == Committed()  # a new one, beside the recorded
    shutil.rmtree(case)
    found = committed(town, PARTS)
    assert found == Committed(unknown=HistoryRenamed("case/sources.toml"))
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "the new name")
    assert set(committed(town, PARTS).files) == {"sources.toml"}


def test_of_another_repository_of_which_the_link_is_recorded_it_cannot_be_told(
    folder: Path,
) -> None:
    outer = folder.parent
    git(outer, "init", "-q")
    git(outer, "add", ".")
    git(outer, "commit", "-q", "-m", "a link")
    assert set(committed(folder, PARTS).files) == NAMES
    shutil.rmtree(folder / ".git")
    found = committed(folder, PARTS)
    assert found == Committed(unknown=HistoryLink("case"))


@pytest.mark.skipif(sys.platform == "win32", reason="a script in place of git")
@pytest.mark.parametrize(
    "script",
    ["exit 0", "echo garbage", 'case "$*" in *ls-tree*) "{git}" "$@" | head -c 99;; *) exec "{git}" "$@";; esac'],
)  # fmt: skip
def test_half_an_answer_is_none(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    other = tmp_path / "other" / "git"
    other.parent.mkdir()
    other.write_text("#!/bin/sh\n" + script.replace("{git}", str(shutil.which("git"))), "utf-8")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(other.parent), prepend=os.pathsep)
    assert committed(folder, PARTS).unknown == HistoryBroken(str(folder))


def test_what_git_lfs_holds_is_found_where_it_holds_it(folder: Path) -> None:
    data = b"a\n1\n2\n"
    oid = hashlib.sha256(data).hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(data)}\n"
    (folder / "observations" / "a.csv").write_text(pointer, "utf-8", newline="")
    git(folder, "commit", "-q", "-a", "-m", "a pointer")
    digest = committed(folder, PARTS).files[FIGURES]
    assert blobs(folder, [digest]) == {}
    held = folder / ".git" / "lfs" / "objects" / oid[:2] / oid[2:4] / oid
    held.parent.mkdir(parents=True)
    held.write_bytes(data)
    assert blobs(folder, [digest]) == {digest: data}
    held.write_bytes(data[:-2])
    assert blobs(folder, [digest]) == {}
