"""A folder whose files are written while it is read is read in one state, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from small import HEADING
from songhua import store
from songhua.errors import SonghuaError
from songhua.store import folder
from songhua.store.disk import fetched

NAMES = ("observations/a.csv", "observations/b.csv")


def figures(folder: Path, value: int) -> None:
    """Give both files rows with one number, each file replaced whole."""
    for name, year in zip(NAMES, ("2001", "2002"), strict=True):
        row = f"gdp,rivertown,,,{year},{value}.0,bn EUR,,actual,,,bulletin-2020,,2026-01-02,"
        (folder / "new").write_text(f"{HEADING}\n{row}\n", "utf-8")
        os.replace(folder / "new", folder / name)


@pytest.fixture
def writes(rivertown: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], list[int]]:
    """Have the figures written anew after the first of both files was read, so many times."""
    figures(rivertown, 1)

    def begun(times: int) -> list[int]:
        done = [1]

        def read(data: bytes, name: str) -> bytes:
            if name == NAMES[0] and done[-1] <= times:
                done.append(done[-1] + 1)
                figures(rivertown, done[-1])
            return fetched(data, name)

        monkeypatch.setattr(folder, "fetched", read)
        monkeypatch.setattr(folder, "PAUSE", 0.0)
        return done

    return begun


def values(folder: Path) -> list[float]:
    rows = store.read(folder).region.figures.observations.frame
    return rows["number"][rows["file"].isin([Path(name).name for name in NAMES])].tolist()


@pytest.mark.parametrize("times", [0, 1, 3])
def test_both_files_are_of_one_state(
    rivertown: Path, writes: Callable[[int], list[int]], times: int
) -> None:
    done = writes(times)
    assert values(rivertown) == [times + 1.0] * 2
    assert len(done) == times + 1


def test_a_folder_that_never_rests_is_not_read(
    rivertown: Path, writes: Callable[[int], list[int]]
) -> None:
    done = writes(1000)
    with pytest.raises(SonghuaError) as told:
        store.read(rivertown)
    assert [fault.code for fault in told.value.faults] == ["folder_changing"]
    assert len(done) == folder.TRIES + 1
