"""A second run of an unchanged folder makes nothing again, and gives the same bytes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import evaluated
from commands import Done, process, songhua
from songhua import session
from songhua.cli import whole
from songhua.messages import LANGUAGES
from songhua.results.kept import Cache
from songhua.session import cache


@pytest.fixture
def town(rivertown: Path, users_place: Path) -> Path:
    """A folder that was run."""
    assert _run(rivertown).code == 0
    return rivertown


@pytest.fixture(autouse=True)
def _empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept in this process."""
    monkeypatch.setattr(cache, "_RESULTS", Cache(8))


def _run(folder: Path, *arguments: object, **environment: str) -> Done:
    return songhua("run", folder, "--out", folder.parent / "out", *arguments, **environment)


def _given(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (folder.parent / "out").glob("[!.]*")}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The folders that are read, each time that one is."""
    found: list[object] = []
    real = session.open

    def watched(*arguments: object) -> session.Session:
        found.append(arguments[0])
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(session, "open", watched)
    return found


@pytest.mark.parametrize("more", [(), ("--json",), ("--lang", "zh", "--as-of", "2021-06-30")])
def test_the_second_run_reads_nothing_and_gives_the_same(
    rivertown: Path, users_place: Path, more: tuple[str, ...], opened: list[object]
) -> None:
    asked = (*more, "--xlsx", rivertown.parent / "out" / "tables.xlsx")
    first, given = _run(rivertown, *asked), _given(rivertown)
    assert (first.code, opened) == (0, [rivertown])
    pages = {
        f"{page}-{lang}.html" for page in ("report", "tables", "figures") for lang in LANGUAGES
    }
    assert set(given) == {*pages, "tables.xlsx"}
    shutil.rmtree(rivertown.parent / "out")
    assert _run(rivertown, *asked) == first
    assert opened == [rivertown]
    assert _given(rivertown) == given
    shutil.rmtree(users_place)
    shutil.rmtree(rivertown.parent / "out")
    assert _run(rivertown, *asked) == first
    assert opened == [rivertown] * 2
    assert _given(rivertown) == given


def test_pages_that_stand_are_left_alone_and_a_lost_one_is_written_again(
    town: Path, monkeypatch: pytest.MonkeyPatch, opened: list[object]
) -> None:
    given = _given(town)
    with monkeypatch.context() as watched:
        watched.setattr(whole, "unpacked", None)  # no page is looked into
        assert _run(town).code == 0
    page = town.parent / "out" / "report-en.html"
    page.unlink()
    assert _run(town).code == 0
    assert _given(town) == given
    page.write_bytes(b"a note by hand")
    assert _run(town).code == 2
    assert page.read_bytes() == b"a note by hand"
    assert opened == []


def test_every_changed_file_is_read(town: Path, opened: list[object]) -> None:
    files = [file for file in town.rglob("*") if file.is_file()]
    for n, file in enumerate(files, 1):
        whole = file.read_bytes()
        file.write_bytes(whole.replace(b"\n", b"\r\n", 1))
        assert _run(town).code == 0
        assert len(opened) == n, file
        file.write_bytes(whole)
    assert _run(town).code == 0
    assert len(opened) == len(files)


def test_a_fault_is_told_though_the_folder_was_fine_before(town: Path) -> None:
    (town / "sources.toml").unlink()
    done = _run(town)
    assert done.code == 2
    assert "sources.toml" in done.err


@pytest.mark.parametrize("more", [{"COLUMNS": "60"}, {"LANG": "zh_CN.UTF-8"}])
def test_another_screen_is_made_anew(
    town: Path, more: dict[str, str], opened: list[object]
) -> None:
    first = _run(town).out
    assert opened == []
    assert _run(town, **more).out != first
    assert opened == [town]


def test_fresh_is_computed_and_kept(town: Path, opened: list[object]) -> None:
    first = _run(town)
    assert _run(town, "--fresh") == first
    assert opened == [town]
    assert _run(town) == first
    assert opened == [town]


def test_damage_is_mended(town: Path, users_place: Path) -> None:
    first, given = _run(town), _given(town)
    for file in (users_place / "kept").iterdir():
        file.write_bytes(file.read_bytes()[:-1])
    assert _run(town) == first
    assert _given(town) == given


def test_nothing_is_written_to_a_folder_that_is_run(
    rivertown: Path,
) -> None:
    before = {one: one.lstat().st_mtime_ns for one in (rivertown, *rivertown.rglob("*"))}
    first = _run(rivertown)
    assert first.code == 0
    assert _run(rivertown) == first
    assert {one: one.lstat().st_mtime_ns for one in (rivertown, *rivertown.rglob("*"))} == before


def test_nothing_is_kept_of_a_folder_that_changes_meanwhile(
    rivertown: Path, monkeypatch: pytest.MonkeyPatch, opened: list[object]
) -> None:
    watched = session.open

    def changed(*arguments: object) -> session.Session:
        file = rivertown / "sources.toml"
        file.write_bytes(file.read_bytes() + b"\n")
        return watched(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(session, "open", changed)
    assert _run(rivertown).code == 0
    monkeypatch.setattr(session, "open", watched)
    assert _run(rivertown).code == 0
    assert len(opened) == 2


def test_two_at_once_give_the_same(rivertown: Path, users_place: Path) -> None:
    def one(place: str) -> tuple[int, dict[str, bytes]]:
        out = rivertown.parent / place
        done = process("run", rivertown, "--out", out)
        return done.returncode, {file.name: file.read_bytes() for file in out.glob("[!.]*")}

    with ThreadPoolExecutor() as pool:
        first, second = pool.map(one, ("one", "two"))
    assert first == second == one("three")
    assert first[0] == 0
    assert not list((users_place / "kept").glob("writing-*"))


def test_what_is_found_again_loads_little(rivertown: Path, users_place: Path) -> None:
    """No pandas, no lock, no catalogue of words and no schema of a table: half its time was that."""
    code = (
        "import sys; from songhua.cli import songhua; songhua(sys.argv[1:], standalone_mode=False);"
        "from songhua import schema; from songhua.messages import catalogues as words;"
        "read = (words.catalogue, words.schema_words, schema.table);"
        "loaded = {'pandas', 'filelock', 'importlib.metadata', 'songhua.reading.documents'};"
        "print(); print(sorted(loaded & {*sys.modules}), [one.cache_info().currsize for one in read])"
    )
    asked = [sys.executable, "-c", code, "run", rivertown, "--out", rivertown.parent / "out"]
    first, second = (
        subprocess.run(asked, check=True, capture_output=True, text=True).stdout.splitlines()
        for _ in range(2)
    )
    assert "'pandas'" in first[-1]
    assert second[-1] == "[] [0, 0, 0]"
    assert first[:-1] == second[:-1]


WORDS = pytest.mark.parametrize(("lang", "words"), [("en", "Warnings: 1"), ("zh", "提示 1 条")])


def _cut(folder: Path) -> None:
    """A file of figures that may have been cut: its last line has no end."""
    figures = folder / "observations" / "economy.csv"
    figures.write_bytes(figures.read_bytes().rstrip(b"\n"))


@WORDS
def test_a_run_says_how_many_warnings_there_are(rivertown: Path, lang: str, words: str) -> None:
    assert _run(rivertown, "--lang", lang).err == ""
    _cut(rivertown)
    for _ in range(2):  # made, and found where it is kept
        told = _run(rivertown, "--lang", lang).err
        assert told.startswith(words)
        assert str(rivertown) in told
    assert songhua("check", rivertown, "--lang", lang).out.count(words) == 1
    assert _run(rivertown, "--lang", lang, "--json").err == ""


@WORDS
def test_so_does_a_report(tmp_path: Path, lang: str, words: str) -> None:
    folder = evaluated.case(tmp_path)
    asked = ("report", folder, "--kind", "annual", "--period", "2023", "--out", tmp_path / "out")
    assert songhua(*asked, "--lang", lang).err == ""
    _cut(folder)
    told = songhua(*asked, "--lang", lang)
    assert (told.code, told.err.count("\n")) == (0, 1)
    assert told.err.startswith(words)
