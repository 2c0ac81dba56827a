"""A panel without any one or two of its rows is diagnosed as far as it goes."""

from __future__ import annotations

from functools import cache
from itertools import chain, combinations
from pathlib import Path

import pytest

from fuzz import memory
from slices import FOLDERS
from songhua import store
from songhua.session import session
from songhua.store.case import assembled

FILES = FOLDERS["built"]
HEADING, *ROWS = FILES["panels/gdp.csv"].decode().splitlines()
GONE = list(chain(combinations(range(len(ROWS)), 1), combinations(range(len(ROWS)), 2)))
EVERY_TIME = ((4,), (7, 10), (8, 9))


@cache
def diagnosed(*gone: int) -> dict[str, int]:
    """The row count of each table of the diagnosis without these rows of the panel."""
    kept = [row for at, row in enumerate(ROWS) if at not in gone]
    panel = "\n".join([HEADING, *kept, ""]).encode()
    read = assembled(memory({**FILES, "panels/gdp.csv": panel}))
    opened = session.session_of(Path("/nowhere"), read, None, store.Shelf())
    return {name: len(table) for name, table in opened.run("diagnose").tables.items()}


@pytest.mark.parametrize(
    "gone",
    [
        pytest.param(
            gone, id="-".join(map(str, gone)),
            marks=() if gone in EVERY_TIME else pytest.mark.deep,
        )
        for gone in GONE
    ],
)  # fmt: skip
def test_a_panel_with_a_gap_is_diagnosed(gone: tuple[int, ...]) -> None:
    whole, found = diagnosed(), diagnosed(*gone)
    assert found["specialisation"] <= whole["specialisation"]
