"""Files of songhua's own are never written to, by whichever way; a copy of them is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from commands import songhua
from songhua import messages, session, store
from songhua.errors import SonghuaError
from songhua.store import writing

HOME = Path(str(files("songhua")))
HARBIN = session.example("harbin")
ROW = (
    "indicator,region,period,value,unit,kind,source,recorded\n"
    "gdp,harbin,1999,800.5,100m CNY,actual,bulletin-2020,2026-11-25\n"
)


def held() -> dict[str, str]:
    """Every file that comes with songhua, but for what Python compiles."""
    found = (file for file in HOME.rglob("*") if file.is_file() and file.suffix != ".pyc")
    return {str(file): sha256(file.read_bytes()).hexdigest() for file in found}


@pytest.fixture(autouse=True)
def untouched() -> Iterator[None]:
    """Nothing of songhua is other after a test than before."""
    before = held()
    yield
    assert held() == before


def locked(place: Path) -> None:
    """Be the only writer of a place."""
    with writing.locked(place):
        raise AssertionError


WAYS: dict[str, Callable[[Path], Any]] = {
    "lock": locked,
    "new file": lambda place: store.write_outputs({place / "a.csv": b"x"}),
    "a file": lambda place: writing.write_new(place / "observations" / "a.csv", b"x"),
    "many files": lambda place: writing.write(place, {"region.toml": b"x"}, {}),
    "copy": lambda place: store.copy(None, place / "made", {"a.csv": b"x"}),
}


@pytest.mark.parametrize("way", list(WAYS))
def test_no_writer_of_files_writes_to_a_case(way):
    with pytest.raises(SonghuaError) as caught:
        WAYS[way](HARBIN)
    (fault,) = caught.value.faults
    assert fault.code == "case_of_songhua"
    for lang in messages.LANGUAGES:
        assert "songhua new DIR --example harbin" in fault.words(lang)


@pytest.mark.parametrize("way", list(WAYS))
def test_nor_to_another_part_of_songhua(way):
    with pytest.raises(SonghuaError) as caught:
        WAYS[way](HOME / "packs" / "cn")
    assert [one.code for one in caught.value.faults] == ["part_of_songhua"]


def test_nor_to_the_folder_of_all_cases():
    with pytest.raises(SonghuaError) as caught:
        WAYS["lock"](HARBIN.parent)
    assert [one.code for one in caught.value.faults] == ["part_of_songhua"]


@pytest.mark.parametrize("way", list(WAYS))
def test_nor_by_a_link_to_one(way, tmp_path):
    link = tmp_path / "mine"
    link.symlink_to(HARBIN, target_is_directory=True)
    with pytest.raises(SonghuaError) as caught:
        WAYS[way](link)
    assert [one.code for one in caught.value.faults] == ["case_of_songhua"]


@pytest.fixture
def row(tmp_path: Path) -> str:
    """A file with a figure that the case does not have."""
    file = tmp_path / "row.csv"
    file.write_text(ROW, "utf-8")
    return str(file)


@pytest.mark.parametrize(
    "call",
    [
        ["import", "{case}", "{row}"],
        ["correct", "{case}", "gdp", "2020", "6000"],
        ["review", "{case}", "--period", "2025", "--out", "{case}/reviews"],
        ["run", "{case}", "--out", "{case}/out"],
        ["new", "{case}/mine"],
        ["report", "{case}", "--period", "2021-Q1", "--out", "{case}/out"],
    ],
    ids=lambda call: call[0],
)
def test_no_verb_writes_to_a_case(call, row):
    done = songhua(*(one.format(case=HARBIN, row=row) for one in call))
    assert done.code == 2, done.out + done.err
    assert "songhua new DIR --example harbin" in done.err


def test_it_may_be_looked_at_and_its_copy_is_written_to(row, tmp_path):
    done = songhua("import", str(HARBIN), row, "--dry-run")
    assert done.code == 0, done.err
    mine = session.new(tmp_path / "mine", "harbin")
    done = songhua("import", str(mine), row)
    assert done.code == 0, done.err
