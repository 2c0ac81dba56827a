"""Whatever is done to a folder's files or to a file that is handed in: a result, or faults."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

import fuzz
import handed_in
import taught
from fuzz import memory
from songhua.checks import check
from songhua.errors import SonghuaError
from songhua.store.case import assembled

#: How many folders, and how many files, `make deep` spoils.
DEEP = int(os.environ.get("SONGHUA_FUZZ", "100000"))
SEED = 7


@pytest.mark.parametrize(("work", "n"), [("folders", 24), ("imports", 60), ("calls", 20)])
def test_what_is_spoiled_gives_a_result_or_faults(work: str, n: int) -> None:
    found = fuzz.many(work, 0, n, SEED)
    assert found.odd == {}
    assert sum(found.outcomes.values()) == n
    refused = sum(n for what, n in found.outcomes.items() if what == "faults" or what[-1] == "2")
    assert n / 5 < refused < n


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("work", "n"), [("folders", DEEP), ("imports", DEEP), ("calls", DEEP // 10)]
)
def test_many_that_are_spoiled_give_results_or_faults(work: str, n: int) -> None:
    found = fuzz.run(work, n, SEED)
    assert found.odd == {}


@pytest.mark.parametrize("name", sorted(fuzz.EVERY))
def test_the_folders_to_spoil_are_sound(name: str) -> None:
    read = assembled(memory(fuzz.EVERY[name]))
    assert check(read.region, read.plan) == []


def test_the_files_to_spoil_are_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    for one in (handed_in, taught):
        monkeypatch.setattr(one, "mutate", lambda rng, name, data: data)
    monkeypatch.setattr(taught, "other_value", lambda rng, content: None)
    monkeypatch.setattr(handed_in, "spoiled", lambda rng, name: handed_in.originals()[name])
    done = set()
    for index in range(100):
        try:
            done.add(fuzz.imports(index, SEED))
        except SonghuaError as error:  # a sheet that nobody has filled in
            done |= {fault.code for fault in error.faults}
    assert done == {
        "rows",
        "firms",
        "firm",
        "table",
        "rulebook",
        "learnt",
        "pack",
        "panel",
        "review_reporter_missing",
        "review_nothing",
    }


def test_an_exception_and_an_abort_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(index: int, seed: int) -> str:
        return str(1 / (index % 2))

    monkeypatch.setitem(fuzz.WORKS, "folders", broken)
    found = fuzz.many("folders", 0, 4, SEED)
    assert found.outcomes["FAILURE"] == 2
    assert [where.split()[0] for where in found.odd] == ["ZeroDivisionError"]

    aborts: Callable[[int, int], str] = lambda index, seed: os.abort() if index == 3 else "result"  # type: ignore[return-value]  # noqa: E731
    monkeypatch.setitem(fuzz.WORKS, "folders", aborts)
    monkeypatch.setattr(fuzz, "warm", lambda: None)
    found = fuzz.run("folders", 6, SEED)
    assert list(found.odd) == ["abort folders-3"]
    assert found.outcomes == {"FAILURE": 1, "lost": 3, "result": 2}
