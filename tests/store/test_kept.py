"""Kept results are found whole or not at all, are the user's alone, and never in the way."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

import songhua
from songhua import session, store
from songhua.errors import SonghuaError
from songhua.store import Shelf, digests, folder, kept, user_home

SHELF = Shelf(keeps=True)


def _files(users_place: Path) -> list[Path]:
    room = users_place / "kept"
    return sorted(room.iterdir()) if room.exists() else []


def _full(*_: object, **_named: object) -> None:
    raise OSError(28, "No space left on device")


def test_what_is_put_is_found_by_its_key_alone(users_place: Path) -> None:
    SHELF.save("a", b"one" * 1000)
    assert Shelf(keeps=True).get("a") == b"one" * 1000
    assert SHELF.get("b") is None
    assert Shelf(keeps=True, fresh=True).get("a") is None
    Shelf().save("b", b"two")
    assert SHELF.get("b") is None
    assert len(_files(users_place)) == 1


def test_nothing_of_it_stands_in_a_folder(users_place: Path, rivertown: Path) -> None:
    before = sorted(rivertown.rglob("*"))
    SHELF.save("a", b"one")
    store.read(rivertown)
    songhua.open(rivertown).run_all()
    assert _files(users_place)
    assert sorted(rivertown.rglob("*")) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
@pytest.mark.parametrize("whose", ["another", "a link"])
def test_a_place_that_is_not_the_users_is_not_used(
    whose: str, users_place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(user_home, "_temporary", lambda: tmp_path / "instead")
    other = tmp_path / "other"
    other.mkdir()
    if whose == "another":
        users_place.mkdir()
        os.chown(users_place, 65534, 65534)
    else:
        users_place.symlink_to(other)
    SHELF.save("a", b"one")
    assert not list(users_place.iterdir())
    assert user_home.home() == tmp_path / "instead"
    assert SHELF.get("a") == b"one"
    (tmp_path / "instead").rename(tmp_path / "moved")
    (tmp_path / "instead").symlink_to(tmp_path / "moved")
    with pytest.raises(SonghuaError) as error:
        user_home.home()
    assert [one.code for one in error.value.faults] == ["system_refused"]
    assert SHELF.get("a") is None


def test_damage_is_as_if_nothing_were_kept(users_place: Path) -> None:
    SHELF.save("a", b"one" * 100)
    [file] = _files(users_place)
    whole = file.read_bytes()
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert SHELF.get("a") is None
        file.write_bytes(whole[:at])
        assert SHELF.get("a") is None
    file.write_bytes(whole)
    assert SHELF.get("a") == b"one" * 100


def test_what_stands_under_another_name_or_came_with_another_key_is_not_believed(
    users_place: Path,
) -> None:
    SHELF.save("a", b"one")
    SHELF.save("b", b"two")
    one, two = (users_place / "kept" / user_home.name_of("kept", key) for key in "ab")
    whole = one.read_bytes()
    one.write_bytes(two.read_bytes())
    assert SHELF.get("a") is None
    one.write_bytes(whole)
    assert SHELF.get("a") == b"one"
    (users_place / user_home.KEY).write_text("0" * 64)  # of another user
    one.rename(users_place / "kept" / user_home.name_of("kept", "a"))
    assert SHELF.get("a") is None


@pytest.mark.parametrize("key", [b"0" * 63, b"g" * 64, b"0" * 65])
def test_a_damaged_key_is_drawn_anew(users_place: Path, key: bytes) -> None:
    users_place.mkdir()
    (users_place / user_home.KEY).write_bytes(key)
    SHELF.save("a", b"one")
    assert SHELF.get("a") == b"one"
    assert user_home._KEY.fullmatch((users_place / user_home.KEY).read_bytes())


def test_a_key_that_is_a_link_is_drawn_anew(users_place: Path, tmp_path: Path) -> None:
    users_place.mkdir()
    (tmp_path / "theirs").write_text("0" * 64)
    (users_place / user_home.KEY).symlink_to(tmp_path / "theirs")
    SHELF.save("a", b"one")
    assert SHELF.get("a") == b"one"
    assert not (users_place / user_home.KEY).is_symlink()
    assert (tmp_path / "theirs").read_text() == "0" * 64


def test_what_was_not_asked_for_longest_goes_first(
    users_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "SWEEP_EVERY", 1)
    for at, name in enumerate("abc"):
        SHELF.save(name, os.urandom(1000))
        os.utime(users_place / "kept" / user_home.name_of("kept", name), (at, at))
    (users_place / "kept" / "mine.txt").write_bytes(b"a note of the user")
    assert SHELF.get("a") is not None  # and is the youngest now
    monkeypatch.setattr(kept, "MOST", 3200)
    SHELF.save("d", os.urandom(1000))
    assert [key for key in "abcd" if SHELF.get(key)] == ["a", "c", "d"]
    monkeypatch.setattr(kept, "LARGEST", 3200)
    SHELF.save("e", os.urandom(4000))
    assert [key for key in "abcde" if SHELF.get(key)] == ["a", "c", "d"]
    assert (users_place / "kept" / "mine.txt").exists()


def test_what_a_killed_process_left_half_written_goes(
    users_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "SWEEP_EVERY", 1)
    SHELF.save("a", b"one")
    left = [users_place / "kept" / f"writing-{n}{'0' * 15}" for n in range(2)]
    for file in left:
        file.write_bytes(b"half")
    os.utime(left[0], (0, 0))
    SHELF.save("b", b"two")
    assert [file.exists() for file in left] == [False, True]  # the other may still be written


@pytest.mark.parametrize("in_the_way", ["songhua", "songhua/kept", "."])
def test_a_cache_that_refuses_keeps_nothing_and_says_nothing(
    in_the_way: str, users_place: Path, rivertown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = users_place.parent / in_the_way
    if place.exists():
        place.rmdir()
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(b"")  # no folder can be made here
    monkeypatch.setattr(user_home, "_temporary", lambda: place / "below")
    SHELF.save("a", b"one")
    assert SHELF.get("a") is None
    kept.mark("a")
    assert kept.marked("a") == (in_the_way == "songhua/kept")
    assert songhua.open(rivertown).run("diagnose").findings
    assert place.read_bytes() == b""


def test_a_full_disk_leaves_nothing_behind(
    users_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    SHELF.save("a", b"one")
    before = sorted(users_place.rglob("*"))
    for call in ("replace", "fsync"):
        with monkeypatch.context() as patched:
            patched.setattr(os, call, _full)
            SHELF.save("b", b"two")
    assert SHELF.get("b") is None
    assert sorted(users_place.rglob("*")) == before


def test_a_case_of_the_package_is_never_written_to(users_place: Path) -> None:
    for name in session.examples():
        case = songhua.example(name)
        before = sorted(case.rglob("*"))
        songhua.open(case)
        assert sorted(case.rglob("*")) == before


def test_what_an_earlier_version_kept_in_a_folder_is_told_and_not_read(rivertown: Path) -> None:
    assert kept.leftover(rivertown) == []
    (rivertown / ".songhua" / "kept").mkdir(parents=True)
    before = store.at(rivertown).state()
    [fault] = kept.leftover(rivertown)
    assert (fault.code, fault.file) == ("songhua_leftover", ".songhua")
    assert "songhua_leftover" in {one.code for one in session.check(rivertown).warnings}
    (rivertown / ".songhua" / "kept" / "a").write_bytes(b"x")
    assert store.at(rivertown).state() == before


def test_the_state_of_a_folder_is_every_byte_of_its_files_and_their_history(tmp_path: Path) -> None:
    folder = songhua.new(tmp_path / "case", "washington")
    before = store.at(folder).state()
    assert before is not None
    names = set(store.read(folder).digests)
    assert set(before["files"]) == names
    for name in names:
        file = folder / name
        whole = file.read_bytes()
        file.write_bytes(whole + b"\n")
        assert store.at(folder).state() != before
        file.write_bytes(whole)
    assert store.at(folder).state() == before
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "figures"]):
        named = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", "-C", folder, *named, *command], check=True)
    recorded = store.at(folder).state()
    assert recorded is not None
    assert recorded["files"] == before["files"]
    assert recorded != before
    (folder / "sources.toml").unlink()
    assert store.at(folder).state() is None  # it has a fault, so that nothing is kept of it


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system with named pipes")
def test_what_is_no_plain_file_is_not_read(users_place: Path, rivertown: Path) -> None:
    """A device never ends, and a pipe never begins."""
    SHELF.save("a", b"one")
    [file] = _files(users_place)
    for put in (lambda: file.symlink_to("/dev/zero"), lambda: os.mkfifo(file)):
        file.unlink()
        put()
        assert SHELF.get("a") is None
    (rivertown / "claims.toml").symlink_to("/dev/zero")
    assert store.at(rivertown).state() is None
    (rivertown / "claims.toml").unlink()
    os.mkfifo(rivertown / "claims.toml")
    assert store.at(rivertown).state() is None


@pytest.mark.skipif(os.name == "nt", reason="the place is another there")
def test_the_users_cache_is_where_the_system_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_home.home() == tmp_path / "songhua"
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    assert user_home.home().is_relative_to(tmp_path / "home")
    # a place that is named from where a command is called would be another each time
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    monkeypatch.chdir(tmp_path)
    assert user_home.home().is_absolute()
    assert not (tmp_path / "not").exists()


@pytest.fixture
def resting(rivertown: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that nobody changed for an hour, by the clock that is asked."""
    now = folder.time.time_ns
    monkeypatch.setattr(folder.time, "time_ns", lambda: now() + 3_600_000_000_000)
    return rivertown


def _other(file: Path) -> None:
    """Another content of the same size, with the time that the file had before."""
    times = file.stat()
    data = bytearray(file.read_bytes())
    data[-2] ^= 1
    file.write_bytes(bytes(data))
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (times.st_size, times.st_mtime_ns)


def test_a_time_that_was_set_back_hides_no_change(
    resting: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder.Folder, "_digest", None)  # of a folder at rest no file is opened
    before = store.at(resting).stamp()
    assert store.at(resting).stamp() == before
    _other(resting / "sources.toml")
    changed = [
        old[0] for old, new in zip(before, store.at(resting).stamp(), strict=True) if old != new
    ]
    assert changed == ["sources.toml"]


def test_a_change_within_a_tick_is_seen_by_the_digest(
    rivertown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both changes have one time, as where the clock stands still between them."""
    lstat, at = os.lstat, folder.time.time_ns()

    def coarse(file: str) -> object:
        held = lstat(file)
        return type("Held", (), {
            "st_size": held.st_size, "st_ino": held.st_ino, "st_mtime_ns": at, "st_ctime_ns": at,
        })  # fmt: skip

    monkeypatch.setattr(folder.os, "lstat", coarse)
    before = store.at(rivertown).stamp()
    _of_digest = [one for one in before if one[-1]]
    assert _of_digest == list(before)
    data = (rivertown / "sources.toml").read_bytes()
    (rivertown / "sources.toml").write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
    assert store.at(rivertown).stamp() != before


def test_another_file_of_the_same_name_is_seen(resting: Path) -> None:
    before, file = store.at(resting).stamp(), resting / "sources.toml"
    other = resting / "other"
    other.write_bytes(file.read_bytes())
    os.utime(other, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    os.replace(other, file)
    assert store.at(resting).stamp() != before


def test_a_package_that_computes_nothing_makes_nothing_be_computed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def key_with(package: str) -> str:
        home = tmp_path / package
        (home / f"{package}-99.dist-info").mkdir(parents=True)
        with monkeypatch.context() as patch:
            patch.syspath_prepend(home)
            return digests.program.__wrapped__()

    assert key_with("duckdb") == key_with("playwright") == digests.program()
    assert key_with("numpy") != digests.program()
