"""A hand that edits while songhua writes loses nothing, and a kill leaves all old or all new."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from songhua import session, store
from songhua.errors import SonghuaError
from songhua.reading.figure_names import Named
from songhua.store import exchange, steps, user_home, writing

ROW = b"gdp,rivertown,,2023,77,100m CNY,actual,by-hand\n"
CALLS = ("rename", "replace", "link", "unlink", "fsync", "mkdir")
FILES = {"a.csv": b"a\n2\n", "plan/b.csv": b"b\n2\n", "new/c.csv": b"c\n2\n"}
BEFORE = {"a.csv": b"a\n1\n", "plan/b.csv": b"b\n1\n", "new/c.csv": None}


@pytest.fixture(params=["in one step", "by a third name"])
def folder(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two files, where files change places in one step or where they cannot."""
    if request.param != "in one step":
        monkeypatch.setattr(exchange, "_exchanged", lambda *_: False)
    home = tmp_path / "folder"
    (home / "plan").mkdir(parents=True)
    for name, data in BEFORE.items():
        if data is not None:
            (home / name).write_bytes(data)
    return home


@contextmanager
def at_call(
    n: int, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[int]]:
    """Do something before the nth call by which the system changes or keeps a file."""
    counted = [0]

    def wrapped(function: Callable[..., object]) -> Callable[..., object]:
        def called(*given: object, **named: object) -> object:
            counted[0] += 1
            if counted[0] == n:
                act()
            return function(*given, **named)

        return called

    with monkeypatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, wrapped(getattr(os, name)))
        patch.setattr(exchange, "_exchanged", wrapped(exchange._exchanged))
        yield counted


def calls_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """The number of such calls in one write; the folder is then as it was."""
    with at_call(0, lambda: None, monkeypatch) as counted, writing.locked(folder):
        writing.write(folder, FILES, BEFORE)
    n = counted[0]
    for name, data in BEFORE.items():
        (folder / name).unlink()
        if data is not None:
            (folder / name).write_bytes(data)
    (folder / "new").rmdir()
    return n


def appended(file: Path) -> bool:
    if not file.exists():  # where files change places by a third name, it is gone for a moment
        return False
    with file.open("r+b") as stream:  # as an editor that has it open
        stream.seek(0, os.SEEK_END)
        stream.write(ROW)
    return True


def put_in_place(file: Path) -> bool:
    other = file.with_name("of an editor")
    other.write_bytes(b"a\n1\n" + ROW)
    _RENAME(other, file)
    return True


def removed(file: Path) -> bool:
    with suppress(FileNotFoundError):
        _UNLINK(file)
    return False


def renamed(file: Path) -> bool:
    with suppress(FileNotFoundError):
        _RENAME(file, file.with_name("a copy.txt"))
    return False


_RENAME, _UNLINK = os.replace, os.unlink


@pytest.mark.parametrize("edit", [appended, put_in_place, removed, renamed])
def test_what_a_hand_writes_meanwhile_stands_somewhere(
    folder: Path, edit: Callable[[Path], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    total = calls_of(folder, monkeypatch)
    assert total > 10
    for n in range(1, total + 1):
        home = folder.with_name(f"{folder.name}-{n}")
        store.copy(folder, home)
        refused, wrote = None, [False]

        def act(home: Path = home, wrote: list[bool] = wrote) -> None:
            wrote[0] = edit(home / "a.csv")

        with at_call(n, act, monkeypatch):
            try:
                with writing.locked(home):
                    writing.write(home, FILES, BEFORE)
            except SonghuaError as error:
                refused = error.faults[0]
        writing.finish(home)
        held = {one: one.read_bytes() for one in home.rglob("*") if one.is_file()}
        names = sorted(one.relative_to(home).as_posix() for one in held)
        assert not [one for one in names if exchange.TEMPORARY in one], (n, names)
        assert any(ROW in data for data in held.values()) == wrote[0], (n, names, refused)
        if refused is None:
            assert held[home / "plan/b.csv"] == FILES["plan/b.csv"]
            assert b"a\n2\n" in held.get(home / "a.csv", b"a\n2\n") or edit is put_in_place
        elif refused.code == "file_changed_by_hand":
            assert ROW in (home / str(refused.params["kept"])).read_bytes()
            assert held[home / "a.csv"] == FILES["a.csv"]
        else:
            assert refused.code == "folder_changed"
            assert held[home / "plan/b.csv"] == BEFORE["plan/b.csv"]
            assert "new/c.csv" not in names


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_kill_at_any_step_leaves_all_old_or_all_new(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    total = calls_of(folder, monkeypatch)
    states = set[str]()
    for n in range(1, total + 2):
        home = folder.with_name(f"{folder.name}-{n}")
        store.copy(folder, home)
        child = os.fork()
        if child == 0:
            with at_call(n, lambda: os.kill(os.getpid(), signal.SIGKILL), monkeypatch):
                with writing.locked(home):
                    writing.write(home, FILES, BEFORE)
                os._exit(0)
        killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        assert killed == (n <= total)
        writing.finish(home)
        held = {one: one.read_bytes() for one in home.rglob("*") if one.is_file()}
        new = {home / name: data for name, data in FILES.items()}
        old = {home / name: data for name, data in BEFORE.items() if data is not None}
        assert held in (old, new), (n, held)
        states.add("new" if held == new else "old")
    assert states == {"old", "new"}


def test_a_note_that_another_wrote_moves_nothing(folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_bytes(b"mine")
    (folder / f"{exchange.TEMPORARY}1").write_bytes(b"other")
    room = user_home.room("notes")
    for name in (steps.about(folder),):
        user_home.save(room, name, b"0" * 32 + b'{"ready": true, "steps": [], "made": ".."}')
    writing.finish(folder)
    assert mine.read_bytes() == b"mine"
    assert (folder / f"{exchange.TEMPORARY}1").exists()
    assert not list(room.glob(steps.about(folder)))


@pytest.mark.parametrize("verb", ["correct", "add_figure", "add_entry", "import"])
def test_a_row_that_a_hand_appends_while_a_verb_works_is_not_lost(
    verb: str, rivertown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = sorted((rivertown / "observations").glob("*.csv"))[0]
    look, looked = store.folder.Folder.read, [0]
    row = figures.read_bytes().splitlines(keepends=True)[-1].replace(b",20", b",19", 1)

    def read_and_edit(source: store.folder.Folder) -> store.source.Raw:
        raw = look(source)
        looked[0] += 1
        if looked[0] == 1:
            figures.write_bytes(figures.read_bytes() + row)
        return raw

    new = tmp_path / "new.csv"
    head, first = figures.read_bytes().splitlines()[:2]
    new.write_bytes(head + b"\n" + first.replace(b",20", b",18", 1) + b"\n")
    name = first.split(b",")[0].decode()
    actions: dict[str, Callable[[], object]] = {
        "correct": lambda: session.correct(
            rivertown,
            Named(name, "2019", row=f"observations/{figures.name}:2"),
            "15.5",
            recorded="2030-01-01",
        ),
        "add_figure": lambda: session.add_figure(
            rivertown,
            dict(
                zip(
                    head.decode().split(","),
                    first.replace(b",20", b",17", 1).decode().split(","),
                    strict=False,
                )
            ),
        ),
        "add_entry": lambda: session.add_entry(
            rivertown, "sources", "other", {"title": "Other", "publisher": "X", "grade": "press"}
        ),
        "import": lambda: session.import_file(rivertown, new),
    }
    monkeypatch.setattr(store.folder.Folder, "read", read_and_edit)
    with pytest.raises(SonghuaError) as error:
        actions[verb]()
    assert [one.code for one in error.value.faults] == ["folder_changed"], error.value
    assert row in figures.read_bytes()
    assert error.value.faults[0].file == f"observations/{figures.name}"


def test_two_files_change_places_in_one_step_or_are_as_they_were(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"1")
    if not exchange._exchanged(one, one):
        pytest.skip("a system without such a step")
    with pytest.raises(FileNotFoundError):
        exchange._exchanged(one, other)
    assert [file.name for file in tmp_path.iterdir()] == ["one"]
    other.write_bytes(b"2")
    assert exchange._exchanged(one, other)
    assert (one.read_bytes(), other.read_bytes()) == (b"2", b"1")


def test_a_file_that_is_open_elsewhere_is_tried_so_often(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[float] = []

    def refused(*_: object) -> bool:
        error = PermissionError(13, "Access is denied", "a")
        error.winerror = 32  # type: ignore[attr-defined]
        raise error

    monkeypatch.setattr(exchange, "_exchanged", refused)
    monkeypatch.setattr(exchange.time, "sleep", tries.append)
    with pytest.raises(PermissionError):
        exchange.exchange(tmp_path / "one", tmp_path / "other")
    assert tries == [exchange.PAUSE] * (exchange.TRIES - 1)
