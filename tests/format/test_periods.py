"""Every period that can be read has words, and a text that says the same."""

from __future__ import annotations

import pytest

from mutations import CELLS
from songhua.errors import SonghuaError
from songhua.labels import parse_period
from songhua.messages import LANGUAGES
from songhua.wording.periods import period

POINTS = ("1000", "2999", "2024", "2999-H2", "2020-H1", "2999-Q4", "2020-Q1", "2999-12", "2020-02")
DAYS = ("1000-01-01", "2999-12-31", "2024-02-29")
TEXTS = sorted({
    *CELLS, *POINTS, *DAYS, *(f"{one}.." for one in (*POINTS, *DAYS)),
    *(f"{one}..{other}" for one in (*POINTS, *DAYS) for other in (*POINTS, *DAYS)),
    *(f"plan:{one}..{other}" for one in POINTS[:3] for other in POINTS[:3]),
    "2998/99", "1000/01", "1999/00",
})  # fmt: skip


def readable() -> list[str]:
    found = []
    for text in TEXTS:
        try:
            parse_period(text)
        except SonghuaError:
            continue
        found.append(text)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("text", readable())
def test_a_period_that_can_be_read_can_be_said(text: str, lang: str) -> None:
    read = parse_period(text)
    assert parse_period(str(read)) == read
    assert period(text, lang) == period(str(read), lang) != ""


def test_the_last_year_there_is_has_an_end() -> None:
    assert [period(text, "en") for text in ("2999", "2999-12", "2999-12-31", "2999..")] == [
        "2999", "Dec 2999", "31 Dec 2999", "from 2999",
    ]  # fmt: skip
