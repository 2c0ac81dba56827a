"""A value becomes a cell by what its column says: digits, ends, words before it."""

from __future__ import annotations

import math
from typing import Any

import pytest

from small import write
from songhua import session
from songhua.format.cells import cell
from songhua.format.text import marks, plain
from songhua.format.view import View
from songhua.schema import Column

MONEY = {"unit": "m USD", "value": 693.21, "low": 405.6, "high": 888.1, "kind": "interval"}


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    region = session.open(write(tmp_path_factory.mktemp("cells") / "town")).region
    return View(region=region, plan=None, results={})


def shown(view: View, row: dict[str, Any], **column: Any) -> str:
    return plain(cell(view, Column("value", "number", **column), row).text)


def test_what_was_computed_has_the_digits_of_its_column_and_its_ends_too(view: View) -> None:
    column = Column("value", "number", unit_in="unit", low="low", high="high", estimate="kind",
                    digits=3)  # fmt: skip
    made = cell(view, column, MONEY)
    assert plain(made.text) == "693 million US dollars (406 to 888I)"
    assert [mark.value for mark in marks(made.text)] == ["interval"]
    assert made.value == 693.21


@pytest.mark.parametrize(
    ("value", "column", "said"),
    [
        (0.5, {"decimals": 3}, "0.500"),
        (6.4, {"decimals": 2, "signed": True}, "+6.40"),
        (-0.32, {"decimals": 2, "signed": True}, "−0.32"),
        (0.256, {"scale": "share"}, "26%"),
        (6.0, {}, "6"),
        (6.5, {}, "6.5"),
        (3.25, {"unit": "%", "decimals": 1, "signed": True}, "+3.2%"),
        (3.25, {"unit": "x"}, "3.25"),
        (3.25, {"unit": "%", "difference": True}, "3.25 percentage points"),
        (math.nan, {"decimals": 2}, "–"),
    ],
)
def test_a_number_by_its_column(
    view: View, value: float, column: dict[str, Any], said: str
) -> None:
    assert shown(view, {"value": value}, **column) == said


def test_a_difference_has_no_more_decimals_than_its_terms(view: View) -> None:
    row = {"total": 345.971, "parts": 345.97, "value": 345.971 - 345.97, "unit": "bn USD"}
    column = {"unit_in": "unit", "like": ("total", "parts")}
    assert shown(view, row, **column) == "1 million US dollars"
    noise = row | {"parts": 345.971, "value": 1e-13}
    assert shown(view, noise, **column) == "0 US dollars"


def test_ends_that_look_like_the_number_are_its_sign_alone(view: View) -> None:
    ends = {"low": "low", "high": "high"}
    row = {"value": 9.7189, "low": 9.7172, "high": 9.7206}
    assert shown(view, row, **ends, estimate="=bound", decimals=2) == "9.72±"
    exact = {"value": 1180.0, "low": 1180.0, "high": 1180.0, "kind": "identity"}
    assert shown(view, exact, **ends, estimate="=bound") == "1,180"
    assert shown(view, exact, **ends, estimate="kind") == "1,180#"


def test_the_word_before_a_number_says_its_open_end(view: View) -> None:
    row = {"value": 1800.0, "low": 1800.0, "high": math.inf, "word": "more_than"}
    column = {"low": "low", "high": "high", "estimate": "=bound", "qualifier": "word"}
    assert shown(view, row, **column) == "more than 1,800"
    assert shown(view, row | {"word": ""}, **column) == "1,800 (at least 1,800±)"


def test_an_empty_cell_has_the_word_of_its_column(view: View) -> None:
    column = Column("project", "label", of="entities", blank="all_projects")
    assert plain(cell(view, column, {"project": ""}).text) == "All projects"
    bare = Column("project", "label", of="entities")
    assert plain(cell(view, bare, {"project": ""}).text) == ""


def test_labels_are_names_divided_where_names_have_commas(view: View) -> None:
    column = Column("list", "labels", of="industries")
    assert plain(cell(view, column, {"list": "food, none"}).text) == "Food; none"
