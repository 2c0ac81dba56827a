"""Nothing that somebody put into a folder is believed: kept results, notes, what was learnt."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zlib
from pathlib import Path
from typing import Any

import pytest

import songhua
from songhua import session, store
from songhua.errors import SonghuaError
from songhua.region import learnt
from songhua.results.kept import Cache
from songhua.session import cache
from songhua.store import user_home
from songhua.studies.choose.brief import sentences

JSON = "learnt/gdp-5.json"


@pytest.fixture(autouse=True)
def new_user(users_place: Path) -> None:
    """Nothing was kept yet, and nobody else keeps anything meanwhile."""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return session.new(tmp_path / "case", "washington")


def results(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The results found for a folder, with nothing kept in this process."""
    monkeypatch.setattr(cache, "_RESULTS", Cache(8))
    return songhua.open(folder).run("diagnose").to_json()


def forged(data: bytes) -> bytes:
    """The forms in which earlier versions sealed what they kept: a digest without a key."""
    return hashlib.sha256(data).digest() + data


def test_results_that_somebody_put_into_a_folder_are_not_read(
    rivertown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = rivertown
    honest = results(case, monkeypatch)
    room = user_home.room("kept")
    blank = cache.written(songhua.Result("diagnose", {}, ()))
    for name in [one.name for one in room.iterdir()]:
        for place in (case / ".songhua" / "kept", case / ".songhua"):
            place.mkdir(parents=True, exist_ok=True)
            body = zlib.compress(blank)
            seal = hashlib.sha256(name.encode() + b"\0" + body).digest()
            (place / name).write_bytes(seal + body)
    assert results(case, monkeypatch) == honest
    assert [one.code for one in session.check(case).warnings][:1] == ["songhua_leftover"]
    shutil.rmtree(case / ".songhua")
    assert "songhua_leftover" not in [one.code for one in session.check(case).warnings]


def test_what_is_kept_is_believed_under_the_key_of_this_user_alone(
    rivertown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = rivertown
    honest = results(case, monkeypatch)
    room = user_home.room("kept")
    blank = zlib.compress(cache.written(songhua.Result("diagnose", {}, ())))
    for file in room.iterdir():
        whole = file.read_bytes()
        for data in (
            blank, forged(blank), forged(file.name.encode() + blank), whole[:32] + blank,
            b"\0" * 32 + whole[32:],
        ):  # fmt: skip
            file.write_bytes(data)
            assert results(case, monkeypatch) == honest
            file.write_bytes(whole)
    assert results(case, monkeypatch) == honest


def test_the_users_place_is_the_users_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    home = user_home.home()
    assert home == tmp_path / "cache" / "songhua"
    name = user_home.name_of("a")
    assert [one.name for one in home.iterdir()] == [user_home.KEY]
    if os.name == "posix":
        assert home.stat().st_mode & 0o777 == 0o700
        assert (home / user_home.KEY).stat().st_mode & 0o777 == 0o600
        home.chmod(0o777)
        assert user_home.home().stat().st_mode & 0o777 == 0o700
        with user_home.scratch() as moment:
            made = [user_home.room("kept"), moment, moment.parent]
            assert [one.stat().st_mode & 0o777 for one in made] == [0o700] * 3
    (home / user_home.KEY).write_bytes(b"")  # a kill while it was drawn
    other = user_home.name_of("a")
    assert other != name
    assert other == user_home.name_of("a")
    if os.name == "posix" and os.geteuid() == 0:
        os.chown(home, 65534, 65534)
        assert user_home.home() != home


def test_what_the_disk_refuses_leaves_nothing_half_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    room = user_home.room("kept")
    user_home.save(room, "a" * 64, b"whole")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SonghuaError) as error:
        user_home.save(room, "a" * 64, b"other")
    assert error.value.faults[0].params["why"] == "No space left on device"
    assert [(one.name, one.read_bytes()) for one in room.iterdir()] == [("a" * 64, b"whole")]


@pytest.mark.parametrize("room", ["", "sent", "kept", "notes", "locks", "marks", "git"])
def test_a_link_in_the_folder_leads_no_writer_outside(
    rivertown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: str
) -> None:
    """One upload, one run and one import; what lies behind the link is old and stays."""
    case, outside = rivertown, tmp_path / "outside"
    (outside / "photos").mkdir(parents=True)
    (outside / "letter.txt").write_bytes(b"mine")
    for one in (outside / "photos", outside / "letter.txt", outside):
        os.utime(one, (0, 0))
    place = case / ".songhua" / room if room else case / ".songhua"
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(outside)
    monkeypatch.setattr(store.kept, "MARKS", 64)
    monkeypatch.setattr(store.kept, "MOST", 1)
    results(case, monkeypatch)
    with (tmp_path / "sheet.csv").open("wb+") as stream:
        user_home.take_sent("sheet.csv", stream)
    store.write_outputs({case / "page.html": b"page"})
    session.check(case)
    assert sorted(one.name for one in outside.iterdir()) == ["letter.txt", "photos"]
    assert (outside / "letter.txt").read_bytes() == b"mine"


def test_only_names_that_songhua_made_are_deleted(tmp_path: Path) -> None:
    room = user_home.room("kept")
    mine = room / "of a person"
    mine.write_bytes(b"1" * 100)
    link = room / ("a" * 64)
    link.unlink(missing_ok=True)
    link.symlink_to(tmp_path)
    user_home.bounded(room, 0)
    assert mine.exists()
    assert link.is_symlink()
    for place in (tmp_path, tmp_path / ("b" * 64), room.parent, mine):
        if place != mine:
            place.mkdir(exist_ok=True)
        user_home.delete(place)
        assert place.exists()
    mine.unlink()
    link.unlink()


def changed(text: str) -> bytes:
    """A file of `learnt/` with other odds, sealed anew by its own digest."""
    data: dict[str, Any] = dict(learnt.without(json.loads(text), "digest"))
    data["recorded"] = "2021-01-01"
    return learnt.written(data).encode()


def test_what_was_learnt_elsewhere_is_shown_as_such(case: Path) -> None:
    file = case / JSON
    honest = file.read_bytes()
    assert not songhua.open(case).region.learnt[JSON].elsewhere  # it came with songhua
    file.write_bytes(changed(honest.decode()))
    opened = songhua.open(case)
    assert opened.region.learnt[JSON].elsewhere
    found = opened.run("choose")
    assert {one.code for one in found.findings} & {"choose_learnt_elsewhere", "choose_passed_panel"}
    # asked early, when the years of the odds are not over
    early = songhua.open(case, as_of="2020-01-01")
    told = [one.finding.code for one in sentences(early.run("choose"), early.region)]
    assert told == ["brief_learnt_elsewhere"]
    state = store.at(case).state()
    store.kept.keep_own(file.read_bytes())
    again = songhua.open(case)
    assert not again.region.learnt[JSON].elsewhere
    assert "choose_learnt_elsewhere" not in {one.code for one in again.run("choose").findings}
    assert store.at(case).state() != state
