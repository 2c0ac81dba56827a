"""The guide's example is what the code does."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from songhua.reading.sheets.mapping import KEYS

from songhua.reading.sheets import read, read_map

GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "import.md"


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", GUIDE.read_text("utf-8"), re.M | re.S)


def test_the_worked_example(book, yearbook):
    mapping, faults = read_map(blocks("toml")[0].encode())
    assert faults == []
    found = read(book(yearbook), "yearbook.xlsx", mapping)
    assert found.faults == ()
    told = list(csv.DictReader(io.StringIO(blocks("csv")[1])))
    names = told[0].keys()
    assert [{name: row[name] for name in names} for row in found.rows] == told
    assert [s.n for s in found.skipped if s.why in {"mark", "blank"}] == [1, 1, 1]
    assert len([s for s in found.skipped if s.why == "note"]) == 3


def test_the_picture_shows_the_workbook(yearbook):
    picture = blocks("text")[0]
    for value in yearbook.values():
        assert str(value).removesuffix(".0") in picture


def test_the_list_needs_no_map():
    assert read(blocks("csv")[0].encode(), "list.csv").faults == ()


def test_every_key_of_a_map_is_in_the_guide():
    text = GUIDE.read_text("utf-8")
    for name in KEYS:
        assert f"`{name} = " in text or f"`[{name}" in text
