"""Edges of reading sheets that one wrong constant would move."""

from __future__ import annotations

from datetime import datetime

import pytest

from songhua.reading.sheets.formats import Format, parse_format
from songhua.reading.sheets.numbers import cell_text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (datetime(2020, 1, 2), "2020-01-02"),
        (datetime(2020, 1, 2, 1), "2020-01-02 01:00:00"),
        (datetime(2020, 1, 2, 0, 0, 1), "2020-01-02 00:00:01"),
        (" a ", "a"), (True, "true"), (0.1, "0.1"), (12, "12"),
    ],
)  # fmt: skip
def test_a_day_without_a_time_is_a_day(cell: object, text: str) -> None:
    assert cell_text(cell) == text  # pyright: ignore[reportArgumentType]


def test_a_format_is_no_percentage_unless_it_says_so() -> None:
    assert parse_format("0.00") == Format(2, False) == Format(2)
    assert parse_format("0.0%") == Format(1, True)
