"""Repetitions of a source are found by the statement before, not by a number made of the row."""

from __future__ import annotations

from itertools import groupby

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from songhua import schema
from songhua.checks import repeats

TABLE = schema.table("observations")
DAYS, FILES = ("2026-01-02", "2026-02-02"), ("a.csv", "b.csv", "c.csv")
ROW = st.tuples(
    st.sampled_from("ab"), st.sampled_from(FILES), st.sampled_from(DAYS), st.sampled_from("567")
)


def figures(rows: list[tuple[str, str, str, str]]) -> pd.DataFrame:
    """Observations of two sources, by source, file, day and value."""
    usual = dict.fromkeys((*TABLE.key, *TABLE.identity), "")
    cells = [
        {**usual, "source": source, "file": file, "recorded": day, "value": value}
        for source, file, day, value in rows
    ]
    frame = pd.DataFrame(cells, columns=[*usual, "file", "recorded"], dtype="str")
    frame = frame.astype(dict.fromkeys(frame.columns.drop("value"), "category"))
    return frame.assign(number=frame["value"].astype(float), decimals=np.int8(0))


def plain(rows: list[tuple[str, str, str, str]], new: list[bool]) -> list[bool]:
    """The rule, row by row."""
    again = [False] * len(rows)
    for source in "ab":
        own = sorted(
            (n for n in range(len(rows)) if rows[n][0] == source), key=lambda n: rows[n][2]
        )
        statements = [list(part) for _, part in groupby(own, key=lambda n: rows[n][1:3])]
        said = [[*dict.fromkeys(rows[n][3] for n in one[::-1])][::-1] for one in statements]
        nothing = [at > 0 and said[at] == said[at - 1][-len(said[at]) :] for at in range(len(said))]
        for at, one in enumerate(statements):
            follower = at + 1 < len(said) and nothing[at + 1] and not new[statements[at + 1][0]]
            seen = set[str]()
            for n in one[::-1]:
                twice = rows[n][3] in seen
                seen.add(rows[n][3])
                again[n] = new[n] and (twice or nothing[at] or follower)
    return again


@examples(2)
@given(st.lists(ROW, max_size=10), st.integers(0, 3))
def test_what_is_said_again_is_what_plain_reading_tells(
    rows: list[tuple[str, str, str, str]], files: int
) -> None:
    rows = sorted(rows, key=lambda row: row[1])
    new = [row[1] in FILES[files:] for row in rows]
    assert repeats.said_again(figures(rows), np.array(new, dtype=bool)).tolist() == plain(rows, new)


@pytest.mark.parametrize("collide", [False, True])
def test_equal_numbers_of_unlike_rows_are_no_repeat(
    collide: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if collide:  # the worst that hashing can do
        monkeypatch.setattr(repeats, "hashes", lambda frame, _: np.zeros(len(frame), np.uint64))
    rows = [("a", "a.csv", DAYS[0], "5"), ("b", "a.csv", DAYS[0], "5"),
            ("a", "b.csv", DAYS[1], "5"), ("b", "b.csv", DAYS[1], "6")]  # fmt: skip
    every = np.ones(len(rows), dtype=bool)
    assert repeats.said_again(figures(rows), every).tolist() == [False, False, True, False]
