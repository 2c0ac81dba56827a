"""Writing: whole or not at all, and what the system refuses is told."""

from __future__ import annotations

import os
import signal
import stat
from pathlib import Path

import pytest
from filelock import FileLock

from songhua import store
from songhua.errors import SonghuaError
from songhua.store import writing


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "render.html"
    assert writing.write_new(file, b"one") == file
    writing.write_new(file, b"two")
    assert file.read_bytes() == b"two"
    assert list(file.parent.iterdir()) == [file]


def test_an_interrupted_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = writing.write_new(tmp_path / "a", b"old")

    def refuse(source: object, target: object) -> None:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(SonghuaError) as error:
        writing.write_new(file, b"new")
    fault = error.value.faults[0]
    assert (fault.code, fault.params["why"]) == ("system_refused", "No space left on device")
    assert fault.file == str(file)
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def full(*_: object, **_named: object) -> None:
    raise OSError(28, "No space left on device")  # as a write says it: without a place


@pytest.mark.parametrize("way", ["write_new", "replace_files", "copy", "copytree"])
def test_a_full_disk_is_told_with_the_place_that_is_written(
    way: str, rivertown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = rivertown / "region.toml" if way == "replace_files" else tmp_path / "new"
    called = {
        "write_new": lambda: writing.write_new(target, b"new"),
        "replace_files": lambda: writing.replace_files(rivertown, {target.name: b"new"}),
        "copy": lambda: store.copy(None, target, {"a": b"new"}),
        "copytree": lambda: store.copy(rivertown, target),
    }
    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(writing.shutil, "copyfile", full)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(SonghuaError) as error:
        called[way]()
    (fault,) = error.value.faults
    assert (fault.code, fault.file) == ("system_refused", str(target))
    assert fault.params["why"] == "No space left on device"
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_stands_where_a_folder_should(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("a file")
    with pytest.raises(SonghuaError) as error:
        writing.write_new(tmp_path / "x" / "y", b"")
    assert error.value.faults[0].code == "system_refused"
    with pytest.raises(SonghuaError) as error, writing.locked(tmp_path / "x"):
        pass
    assert error.value.faults[0].code == "system_refused"


def test_a_copy_has_the_files_and_not_the_workings(rivertown: Path, tmp_path: Path) -> None:
    (rivertown / ".songhua").mkdir()
    (rivertown / "__init__.py").write_text("")
    target = store.copy(rivertown, tmp_path / "new" / "复本")
    assert store.read(target).digests == store.read(rivertown).digests
    assert not (target / ".songhua").exists()
    assert not (target / "__init__.py").exists()
    assert [entry.name for entry in target.parent.iterdir()] == ["复本"]


def test_a_copy_refuses_what_is_there(rivertown: Path, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "x").write_text("mine")
    for target in (full, full / "x"):
        with pytest.raises(SonghuaError) as error:
            store.copy(rivertown, target)
        assert error.value.faults[0].code == "folder_not_empty"
    assert [entry.name for entry in full.iterdir()] == ["x"]
    empty = tmp_path / "empty"
    empty.mkdir()
    store.copy(rivertown, empty)
    assert (empty / "region.toml").exists()


@pytest.mark.parametrize("where", ["observations", "learnt", "plan/scenarios", "register"])
def test_what_a_dead_writer_left_is_swept(rivertown: Path, where: str) -> None:
    left = rivertown / where / f"{writing.TEMPORARY}dead"
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_text("half a ro")
    assert len(store.read(rivertown).region.observations) == 8
    with writing.locked(rivertown):
        assert not left.exists()


def test_the_lock_is_free_after_an_error(rivertown: Path) -> None:
    with pytest.raises(RuntimeError), writing.locked(rivertown):
        raise RuntimeError
    with writing.locked(rivertown, seconds=0):
        pass


def test_what_is_written_lasts_before_it_is_named_and_its_name_after(
    rivertown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[str, str]] = []
    sync, rename = os.fsync, os.replace

    def synced(handle: int) -> None:
        at = os.readlink(f"/proc/self/fd/{handle}")
        whole = "folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file"
        text = "" if whole == "folder" else Path(at).read_text("utf-8")
        done.append((whole, at if whole == "folder" else text))
        sync(handle)

    def renamed(source: Path, target: Path) -> None:
        done.append(("name", str(target)))
        rename(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", renamed)
    file = rivertown / "new" / "a"
    writing.write_new(file, b"one")
    assert done == [("file", "one"), ("name", str(file)), ("folder", str(file.parent))]
    done.clear()
    names = ("region.toml", "sources.toml", "new/a")
    writing.replace_files(rivertown, {name: name.encode() for name in names})
    assert done[:3] == [("file", name) for name in names]
    assert done[3:6] == [("name", str(rivertown / name)) for name in names]
    assert sorted(done[6:]) == [("folder", str(rivertown)), ("folder", str(file.parent))]
    done.clear()
    store.copy(rivertown, rivertown.parent / "copy", {"more": b"more"})
    assert done == [("file", "more")]


def test_one_file_that_is_refused_brings_all_back_and_keeps_their_rights(
    rivertown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename, names = os.replace, ("region.toml", "sources.toml")
    before = {name: (rivertown / name).read_bytes() for name in names}

    def refuse(source: Path, target: Path) -> None:
        if target.name == names[1]:
            raise OSError(28, "No space left on device", str(target))
        rename(source, target)

    (rivertown / names[0]).chmod(0o640)
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(SonghuaError):
        writing.replace_files(rivertown, dict.fromkeys(names, b"new"))
    assert {name: (rivertown / name).read_bytes() for name in names} == before
    assert not list(rivertown.glob(f"{writing.TEMPORARY}*"))
    assert (rivertown / names[0]).stat().st_mode & 0o777 == 0o640
    monkeypatch.undo()
    writing.replace_files(rivertown, dict.fromkeys(names, b"new"))
    assert (rivertown / names[0]).read_bytes() == b"new"
    assert (rivertown / names[0]).stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.parametrize("step", ["copytree", "rename"])
def test_what_a_killed_copy_left_is_taken_away_by_the_next(
    step: str, rivertown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    child = os.fork()
    if child == 0:
        of = writing.shutil if step == "copytree" else Path
        monkeypatch.setattr(of, step, lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL))
        store.copy(rivertown, home / "one")
        os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert [one.name[:17] for one in home.iterdir()] == [".songhua-writing-"]
    store.copy(rivertown, home / "two")
    assert [one.name for one in home.iterdir()] == ["two"]


def test_what_another_copy_still_writes_stays(rivertown: Path, tmp_path: Path) -> None:
    busy, file = tmp_path / ".songhua-writing-1", tmp_path / "mine"
    (busy / "made").mkdir(parents=True)
    linked = tmp_path / ".songhua-writing-2"
    linked.mkdir()
    file.write_bytes(b"mine")
    (linked / "lock").symlink_to(file)
    with FileLock(busy / "lock"):
        store.copy(rivertown, tmp_path / "copy")
        assert {one.name for one in busy.iterdir()} == {"made", "lock"}
    assert file.read_bytes() == b"mine"
    store.copy(rivertown, tmp_path / "again")
    assert not busy.exists()
