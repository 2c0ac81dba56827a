"""Writing: whole or not at all, and a refusal of the system is reported."""

from __future__ import annotations

import os
import signal
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from rewritten import replace
from songhua import store
from songhua.errors import SonghuaError
from songhua.store import exchange, kept, steps, user_home, writing

NAMES = ("region.toml", "sources.toml")
#: Files change places in one step, or by a third name where the system cannot do that.
WAYS = pytest.mark.parametrize("way", ["in one step", "by a third name"])


def by(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if way == "by a third name":
        monkeypatch.setattr(exchange, "_exchanged", lambda *_: False)


def full(*_: object, **_named: object) -> None:
    raise OSError(28, "No space left on device")  # as a write says it: without a place


@WAYS
def test_a_file_is_replaced_whole(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by(way, monkeypatch)
    file = tmp_path / "deep" / "render.html"
    assert writing.write_new(file, b"one") == file
    writing.write_new(file, b"two")
    assert file.read_bytes() == b"two"
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("call", ["exchange", "rename"])
def test_an_interrupted_write_leaves_the_old_file(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = writing.write_new(tmp_path / "a", b"old")
    if call == "exchange":
        monkeypatch.setattr(steps, "exchange", full)
    else:
        by("by a third name", monkeypatch)
        monkeypatch.setattr(os, "rename", full)
    with pytest.raises(SonghuaError) as error:
        writing.write_new(file, b"new")
    fault = error.value.faults[0]
    assert (fault.code, fault.params["why"]) == ("system_refused", "No space left on device")
    assert fault.file == str(file)
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("way", ["write_new", "write", "copy", "copytree"])
def test_a_full_disk_is_told_with_the_place_that_is_written(
    way: str, rivertown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = rivertown / "region.toml" if way == "write" else tmp_path / "new"
    called: dict[str, Callable[[], object]] = {
        "write_new": lambda: writing.write_new(target, b"new"),
        "write": lambda: replace(rivertown, {target.name: b"new"}),
        "copy": lambda: store.copy(None, target, {"a": b"new"}),
        "copytree": lambda: store.copy(rivertown, target),
    }
    kept.mark("so that there is a key")
    sync = os.fsync

    def synced(handle: int) -> None:
        if str(tmp_path) in os.readlink(f"/proc/self/fd/{handle}"):
            full()
        sync(handle)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(writing.shutil, "copyfile", full)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(SonghuaError) as error:
        called[way]()
    (fault,) = error.value.faults
    assert (fault.code, fault.file) == ("system_refused", str(target))
    assert fault.params["why"] == "No space left on device"
    assert sorted(tmp_path.rglob("*")) == before


def test_without_room_for_the_note_nothing_is_written(
    rivertown: Path, users_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {name: (rivertown / name).read_bytes() for name in NAMES}
    with writing.locked(rivertown), monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(SonghuaError) as error:
            writing.write(rivertown, dict.fromkeys(NAMES, b"new"), before)
    assert [one.code for one in error.value.faults] == ["system_refused"]
    assert {name: (rivertown / name).read_bytes() for name in NAMES} == before
    assert not list((users_place / "notes").iterdir())


def test_a_file_stands_where_a_folder_should(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("a file")
    with pytest.raises(SonghuaError) as error:
        writing.write_new(tmp_path / "x" / "y", b"")
    assert error.value.faults[0].code == "system_refused"


@pytest.mark.parametrize("name", ["a.csv", "plan/a.csv", "plan/inner/a.csv"])
def test_nothing_is_written_through_a_link(name: str, tmp_path: Path) -> None:
    """Of a folder that somebody sent a link leads anywhere: to a file, or to a folder."""
    home, mine = tmp_path / "sent", tmp_path / "mine"
    (mine / "inner").mkdir(parents=True)
    for file in ("a.csv", "inner/a.csv"):
        (mine / file).write_bytes(b"mine")
    home.mkdir()
    link = home / name.partition("/")[0]
    link.symlink_to(mine if "/" in name else mine / "a.csv")
    before = sorted(mine.rglob("*"))
    for held in (None, b"mine"):
        with pytest.raises(SonghuaError) as error, writing.locked(home):
            writing.write(home, {"new/b.csv": b"new", name: b"new"}, {name: held})
        assert [one.code for one in error.value.faults] == ["file_linked"]
    assert sorted(mine.rglob("*")) == before
    assert {file.read_bytes() for file in mine.rglob("*.csv")} == {b"mine"}
    assert list(home.iterdir()) == [link]


def test_a_folder_that_cannot_be_made_leaves_those_before_it_unmade(rivertown: Path) -> None:
    (rivertown / "reviews").write_bytes(b"a file")
    before = sorted(rivertown.rglob("*"))
    with pytest.raises(SonghuaError):
        replace(rivertown, {"new/inner/a.csv": b"a", "reviews/b.csv": b"b"})
    assert sorted(rivertown.rglob("*")) == before


def test_a_copy_has_the_files_and_not_the_workings(rivertown: Path, tmp_path: Path) -> None:
    (rivertown / ".git").mkdir()
    (rivertown / "__init__.py").write_text("")
    target = store.copy(rivertown, tmp_path / "new" / "复本")
    assert store.read(target).digests == store.read(rivertown).digests
    assert not (target / ".git").exists()
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
def test_what_is_called_as_songhua_calls_its_own_is_left_alone(rivertown: Path, where: str) -> None:
    """A name proves nothing: what no note of this user speaks of is not songhua's to delete."""
    left = rivertown / where / f"{writing.TEMPORARY}dead"
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_text("half a ro")
    assert len(store.read(rivertown).region.figures.observations) == 8
    with writing.locked(rivertown):
        pass
    assert left.read_text() == "half a ro"


def test_the_lock_is_free_after_an_error(rivertown: Path) -> None:
    with pytest.raises(RuntimeError), writing.locked(rivertown):
        raise RuntimeError
    with writing.locked(rivertown, seconds=0):
        pass


def test_a_lock_may_be_held_again_and_leaves_no_trace_in_the_folder(rivertown: Path) -> None:
    before = sorted(rivertown.rglob("*"))
    with writing.locked(rivertown), writing.locked(rivertown, seconds=0):
        assert sorted(rivertown.rglob("*")) == before
    assert sorted(rivertown.rglob("*")) == before


@WAYS
def test_what_is_written_lasts_before_it_is_named_and_its_name_after(
    way: str, rivertown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by(way, monkeypatch)
    done: list[tuple[str, str]] = []
    sync, swap = os.fsync, writing.swap
    top = str(rivertown.parent)

    def synced(handle: int) -> None:
        at = os.readlink(f"/proc/self/fd/{handle}")
        if at.startswith(top):
            whole = "folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file"
            done.append((whole, at if whole == "folder" else Path(at).read_text("utf-8")))
        elif Path(at).parent == user_home.room("notes"):
            done.append(("note", ""))
        sync(handle)

    def swapped(folder: Path, step: steps.Step) -> None:
        done.append(("name", str(folder / step.name)))
        swap(folder, step)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(writing, "swap", swapped)
    file = rivertown / "new" / "a"
    writing.write_new(file, b"one")
    note = ("note", "")
    named = [("name", str(file)), ("folder", str(file.parent))]
    assert done == [note, ("file", "one"), note, *named]
    done.clear()
    names = ("region.toml", "sources.toml", "new/a")
    replace(rivertown, {name: name.encode() for name in names})
    assert done[:5] == [note, *(("file", name) for name in names), note]
    assert done[5:8] == [("name", str(rivertown / name)) for name in names]
    assert sorted(done[8:]) == [("folder", str(rivertown)), ("folder", str(file.parent))]
    done.clear()
    store.copy(rivertown, rivertown.parent / "copy", {"more": b"more"})
    assert done == [note, ("file", "more")]


@WAYS
def test_one_file_that_is_refused_brings_all_back_and_keeps_their_rights(
    way: str, rivertown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by(way, monkeypatch)
    exchanged = steps.exchange
    before = {name: (rivertown / name).read_bytes() for name in NAMES}

    def refuse(one: Path, other: Path) -> None:
        if other.name == NAMES[1]:
            raise OSError(28, "No space left on device", str(other))
        exchanged(one, other)

    (rivertown / NAMES[0]).chmod(0o640)
    new = {"more/a.csv": b"new", **dict.fromkeys(NAMES, b"new")}
    with monkeypatch.context() as patched:
        patched.setattr(steps, "exchange", refuse)
        with pytest.raises(SonghuaError):
            replace(rivertown, new)
    assert {name: (rivertown / name).read_bytes() for name in NAMES} == before
    assert not (rivertown / "more").exists()
    assert not list(rivertown.rglob(f"{writing.TEMPORARY}*"))
    assert (rivertown / NAMES[0]).stat().st_mode & 0o777 == 0o640
    replace(rivertown, new)
    assert (rivertown / NAMES[0]).read_bytes() == b"new"
    assert (rivertown / NAMES[0]).stat().st_mode & 0o777 == 0o640


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
    left = [one.name[:17] for one in home.iterdir()]
    assert left == ([] if step == "copytree" else [".songhua-writing-"])
    store.copy(rivertown, home / "two")
    assert [one.name for one in home.iterdir()] == ["two"]


def test_a_copy_takes_away_nothing_that_it_did_not_note(rivertown: Path, tmp_path: Path) -> None:
    other, file = tmp_path / f"{writing.TEMPORARY}1", tmp_path / "mine"
    other.mkdir()
    file.write_bytes(b"mine")
    (other / "linked").symlink_to(file)
    store.copy(rivertown, tmp_path / "copy")
    assert [one.name for one in other.iterdir()] == ["linked"]
    assert file.read_bytes() == b"mine"


def test_what_cannot_be_finished_now_is_told_and_finished_later(
    rivertown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "sources.toml"
    new = (rivertown / name).read_bytes() + b"# new\n"

    def denied(file: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(file))

    with monkeypatch.context() as killed:
        killed.setattr(writing, "undone", lambda *_: None)
        killed.setattr(steps, "exchange", full)
        with pytest.raises(SonghuaError):
            replace(rivertown, {name: new})
    with monkeypatch.context() as patched:
        patched.setattr(os, "unlink", denied)
        with pytest.raises(SonghuaError) as error:
            store.read(rivertown)
    (fault,) = error.value.faults
    assert (fault.code, fault.params["why"]) == ("system_refused", "Permission denied")
    assert store.read(rivertown).digests
    assert (rivertown / name).read_bytes() == new
    assert not list(rivertown.glob(f"{writing.TEMPORARY}*"))


@pytest.mark.parametrize("ends", ["refused", "killed"])
def test_half_of_a_new_content_is_no_work_of_a_hand(
    ends: str, rivertown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full, or a kill, in the middle of the file that is written beside."""
    before = {one: one.read_bytes() for one in rivertown.rglob("*") if one.is_file()}

    def half(file: Path, data: bytes, rights: int = 0o666) -> None:
        file.write_bytes(data[:2])
        full()

    with monkeypatch.context() as patched:
        patched.setattr(steps, "write_whole", half)
        if ends == "killed":
            patched.setattr(writing, "undone", lambda *_: None)
        with pytest.raises(SonghuaError) as error:
            replace(rivertown, {"sources.toml": b"new", "new.csv": b"new"})
    assert [one.code for one in error.value.faults] == ["system_refused"]
    assert store.read(rivertown).digests
    assert {one: one.read_bytes() for one in rivertown.rglob("*") if one.is_file()} == before
