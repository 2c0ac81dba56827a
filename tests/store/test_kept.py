"""What is kept beside a folder is found whole or not at all, and never in the way."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

import songhua
from songhua import session, store
from songhua.store import Shelf, kept


def _files(folder: Path) -> list[Path]:
    return sorted((folder / ".songhua" / "kept").iterdir())


def test_what_is_put_is_found_by_its_key_alone(tmp_path: Path) -> None:
    shelf = Shelf.of(tmp_path)
    shelf.put("a", b"one" * 1000)
    assert Shelf.of(tmp_path).get("a") == b"one" * 1000
    assert shelf.get("b") is None
    assert Shelf.of(tmp_path, fresh=True).get("a") is None
    assert (tmp_path / ".songhua/.gitignore").read_bytes() == b"*\n"


def test_git_sees_nothing_of_it(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    Shelf.of(tmp_path).put("a", b"one")
    status = ["git", "-C", tmp_path, "status", "--porcelain", "--untracked-files=all"]
    assert subprocess.run(status, check=True, capture_output=True).stdout == b""


def test_damage_is_as_if_nothing_were_kept(tmp_path: Path) -> None:
    shelf = Shelf.of(tmp_path)
    shelf.put("a", b"one" * 100)
    [file] = _files(tmp_path)
    whole = file.read_bytes()
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert shelf.get("a") is None
        file.write_bytes(whole[:at])
        assert shelf.get("a") is None
    file.with_name("b").write_bytes(whole)
    assert shelf.get("b") is None
    file.write_bytes(whole)
    assert shelf.get("a") == b"one" * 100


def test_what_was_not_asked_for_longest_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf.of(tmp_path)
    for at, name in enumerate("abc"):
        shelf.put(name, os.urandom(1000))
        os.utime(tmp_path / ".songhua/kept" / name, (at, at))
    assert shelf.get("a") is not None  # and is the youngest now
    monkeypatch.setattr(kept, "MOST", 3200)
    shelf.put("d", os.urandom(1000))
    assert [file.name for file in _files(tmp_path)] == ["a", "c", "d"]
    shelf.put("e", os.urandom(4000))
    assert [file.name for file in _files(tmp_path)] == ["a", "c", "d"]


def test_a_disk_that_refuses_keeps_nothing_and_says_nothing(tmp_path: Path) -> None:
    (tmp_path / ".songhua").write_bytes(b"")  # no folder can be made here
    shelf = Shelf.of(tmp_path)
    shelf.put("a", b"one")
    assert shelf.get("a") is None


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    Shelf.of(tmp_path).put("a", b"one")
    assert _files(tmp_path) == []


def test_a_case_of_the_package_is_never_written_to() -> None:
    for name in session.examples():
        case = songhua.example(name)
        Shelf.of(case).put("a", b"one")
        assert not (case / ".songhua").exists()


def test_the_state_of_a_folder_is_every_byte_of_its_files_and_their_history(tmp_path: Path) -> None:
    folder = songhua.new(tmp_path / "case", "washington")
    before = kept.state(folder)
    assert before is not None
    names = set(store.read(folder).digests)
    assert set(before["files"]) == names
    for name in names:
        file = folder / name
        whole = file.read_bytes()
        file.write_bytes(whole + b"\n")
        assert kept.state(folder) != before
        file.write_bytes(whole)
    assert kept.state(folder) == before
    Shelf.of(folder).put("a", b"one")
    assert kept.state(folder) == before
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "figures"]):
        named = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", "-C", folder, *named, *command], check=True)
    recorded = kept.state(folder)
    assert recorded is not None
    assert recorded["files"] == before["files"]
    assert recorded != before
    (folder / "sources.toml").unlink()
    assert kept.state(folder) != recorded


def test_a_copy_of_a_folder_has_nothing_of_it(tmp_path: Path, rivertown: Path) -> None:
    Shelf.of(rivertown).put("a", b"one")
    assert not (store.copy(rivertown, tmp_path / "copy") / ".songhua").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system with named pipes")
def test_what_is_no_plain_file_is_not_read(tmp_path: Path, rivertown: Path) -> None:
    """A device never ends, and a pipe never begins."""
    shelf = Shelf.of(tmp_path)
    shelf.put("a", b"one")
    [file] = _files(tmp_path)
    for put in (lambda: file.symlink_to("/dev/zero"), lambda: os.mkfifo(file)):
        file.unlink()
        put()
        assert shelf.get("a") is None
    (rivertown / "claims.toml").symlink_to("/dev/zero")
    assert kept.state(rivertown) is None
    (rivertown / "claims.toml").unlink()
    os.mkfifo(rivertown / "claims.toml")
    assert kept.state(rivertown) is None


def test_the_users_cache_is_where_the_system_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    variable = "LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME"
    monkeypatch.setenv(variable, str(tmp_path))
    assert kept.users_cache() == tmp_path
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    for other in ("", "not/absolute"):
        monkeypatch.setenv(variable, other)
        assert kept.users_cache() == tmp_path / "home" / ".cache"

    def none() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr(Path, "home", none)
    assert kept.users_cache() is None
    assert Shelf.of_user({}).get("a") is None


def test_a_cache_that_refuses_keeps_nothing_and_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = store.read(songhua.example("washington")).digests
    for place in (tmp_path / "cache", tmp_path / "cache" / "below"):
        (tmp_path / "cache").write_bytes(b"")  # no folder can be made here
        monkeypatch.setattr(kept, "users_cache", lambda place=place: place)
        shelf = Shelf.of_user(case)
        shelf.put("a", b"one")
        assert shelf.get("a") is None


def test_a_folder_is_shipped_if_every_file_of_it_is() -> None:
    for name in session.examples():
        digests = store.read(songhua.example(name)).digests
        assert kept.is_shipped(digests)
        for file in digests:
            assert not kept.is_shipped({**digests, file: "another"})
        assert not kept.is_shipped({**digests, "plan/more.csv": "another"})
