"""Results are kept on disk by what they read, and are the same when they are read again."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import commands
import songhua
from small import write
from songhua import Result, Session, session, store
from songhua.results.kept import Cache
from songhua.session import cache, execution, recipes
from songhua.session import session as sessions
from songhua.store import user_home
from songhua.studies import registry
from web_work import client, page

ASKED: dict[str, dict[str, Any]] = {
    "simulate": {"draws": 40}, "month": {"period": "2020"}, "track": {"until": "2021"},
}  # fmt: skip


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch, users_place: Path) -> Cache[Result]:
    """Nothing is kept in this process, nor with the user."""
    held = Cache[Result](64)
    monkeypatch.setattr(cache, "_RESULTS", held)
    return held


def _kept() -> list[bytes]:
    """The kept content on disk, unpacked."""
    return [zlib.decompress(file.read_bytes()[32:]) for file in user_home.room("kept").iterdir()]


def _never(*_: object) -> Result:
    raise AssertionError("computed again")


@contextmanager
def _computed_again() -> Iterator[None]:
    """Within it a study is computed that never is."""
    with pytest.raises(songhua.SonghuaError) as ended:
        yield
    assert str(ended.value.__cause__) == "computed again"


@pytest.fixture(scope="module")
def harbin() -> Session:
    """The first built-in case."""
    return songhua.open(songhua.example("harbin"))


def test_a_file_that_changes_moves_the_keys_of_those_that_read_it_alone(harbin: Session) -> None:
    read = store.read(harbin.path)
    for file in read.digests:
        digests = {**read.digests, file: "another"}
        other = sessions.session_of(
            harbin.path, replace(read, digests=digests), None, store.Shelf()
        )  # fmt: skip
        for name, study in registry.studies().items():
            options = study.read_options(ASKED.get(name, {}))
            same = execution.key(harbin, study, options) == execution.key(other, study, options)
            assert same == (file not in recipes.digests(harbin, study, options)), (file, name)


def test_a_rulebook_is_part_of_the_key_and_of_the_recipe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = songhua.open(_city(tmp_path))
    certify = registry.get("certify")
    options = certify.read_options({"statuses": ("cn/sci-tech-sme",)})
    first = opened.run("certify")
    assert first.recipe is not None
    book = store.load_rulebook("cn/sci-tech-sme")
    assert first.recipe.inputs["rulebooks/cn/sci-tech-sme"] == book.digest
    before = execution.key(opened, certify, options)
    other = replace(book, files={**book.files, "rulebook.toml": "# another"})
    monkeypatch.setattr(store.rulebooks, "_shipped", lambda _: other)
    assert execution.key(opened, certify, options) != before
    with pytest.raises(songhua.SonghuaError, match="rulebooks/cn/sci-tech-sme"):
        songhua.rerun(first.recipe)


def _city(folder: Path) -> Path:
    firms = "firm,name,staff,resident\nq7x9,Zephyr Nautilus Ltd,12,yes\nk3m2,Quillwort plc,501,no\n"
    head = '[register]\non = 2024-06-30\nstatuses = ["cn/sci-tech-sme"]\n'
    return write(folder, register__enterprises_csv=firms, register__register_toml=head)


def test_no_firm_stands_among_what_is_kept(tmp_path: Path, empty: Cache[Result]) -> None:
    folder = _city(tmp_path)
    opened = songhua.open(folder)
    opened.run_all()
    assert _kept()
    asked = {"small_cells": True}
    shown = opened.run("certify", **asked)
    named = [name for name in ("q7x9", "k3m2") if name in shown.to_json()]
    assert named  # this one names firms
    for data in _kept():  # texts stand in Parquet as they are
        assert not [name for name in (*named, "Zephyr", "Quillwort") if name.encode() in data]


def test_a_register_alone_and_a_file_of_firms_keep_nothing(
    tmp_path: Path, empty: Cache[Result]
) -> None:
    folder = _city(tmp_path)
    session.open_register(folder).run("certify")
    session.open_register(folder / "register/enterprises.csv").run("certify", on="2024-06-30")
    assert _kept() == []


def test_a_change_is_kept_apart(tmp_path: Path, empty: Cache[Result]) -> None:
    opened = songhua.open(write(tmp_path))
    first = opened.run("diagnose")
    figure = {
        "indicator": "gdp", "region": "rivertown", "period": "2021", "value": 11.2,
        "unit": "bn EUR", "kind": "actual", "source": "paper", "recorded": "2026-01-03",
    }  # fmt: skip
    changed = opened.change(figures=[figure]).run("diagnose")
    empty.clear()
    assert len(_kept()) == 2
    assert opened.run("diagnose").to_json() == first.to_json() != changed.to_json()


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Have a study refuse from now on to be computed."""

    def never() -> None:
        made_again = replace(registry.get("claims"), function=_never)
        monkeypatch.setitem(registry._STUDIES, "claims", made_again)
        registry.studies.cache_clear()

    yield never
    registry.studies.cache_clear()


def test_a_folder_with_the_same_files_is_not_computed_again(
    tmp_path: Path, empty: Cache[Result], known: Callable[[], None]
) -> None:
    """A case that comes with songhua, a copy of it, and a folder of another name."""
    case = songhua.example("washington")
    first = songhua.open(case).run("claims")
    [file] = user_home.room("kept").iterdir()
    known()
    for path in (case, songhua.new(tmp_path / "copy", "washington")):
        empty.clear()
        again = songhua.open(path).run("claims")
        pd.testing.assert_frame_equal(again.tables["claims"], first.tables["claims"])
        empty.clear()
        with _computed_again():
            songhua.open(path, fresh=True).run("claims")
    file.write_bytes(file.read_bytes()[:-1])
    empty.clear()
    with _computed_again():
        songhua.open(case).run("claims")


def test_what_a_sent_folder_says_was_computed_is_not_read(
    tmp_path: Path, empty: Cache[Result], known: Callable[[], None]
) -> None:
    """Nor is what was kept for another user, under another key."""
    folder = songhua.new(tmp_path / "sent", "washington")
    songhua.open(folder).run("claims")
    room = user_home.room("kept")
    (folder / ".songhua").mkdir()
    room.rename(folder / ".songhua" / "kept")
    known()
    empty.clear()
    with _computed_again():
        songhua.open(folder).run("claims")


def test_a_workbench_computes_nothing_after_a_run_of_the_unchanged_folder(
    rivertown: Path, empty: Cache[Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = commands.songhua("run", rivertown, "--out", rivertown.parent / "out")
    assert done.code == 0, done.err
    empty.clear()  # the workbench is another process
    computed: list[str] = []

    def means(session: Any, study: Any, *more: Any) -> Any:
        computed.append(study.name)
        return true_means(session, study, *more)

    true_means = execution.means
    monkeypatch.setattr(execution, "means", means)
    first = client(rivertown).get("/en/")
    assert (first.status_code, "data-events" in first.text, computed) == (200, False, [])
    with (rivertown / "region.toml").open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    changed = client(rivertown)
    assert "data-events" in changed.get("/en/").text  # it waits
    page(changed, "/en/")
    assert "diagnose" in computed
