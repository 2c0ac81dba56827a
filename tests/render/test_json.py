"""JSON: every block and every part of a text has its form, and nothing of a document is lost."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from bare import bare_charts
from small import write
from songhua import Run, render, results, session
from songhua.document import blocks as kinds
from songhua.document.blocks import Block, Document
from songhua.document.firm import firm
from songhua.document.report import report
from songhua.format.cells import cell
from songhua.format.text import (
    Break,
    Cell,
    Code,
    Foreign,
    Link,
    Mark,
    Part,
    Small,
    Strong,
    Text,
    Trend,
    plain,
)
from songhua.format.view import View
from songhua.render import json as rendered
from songhua.render.charts.drawing import svg
from songhua.schema import Column

DAY = date(2021, 12, 31)
TYPES = {kind.__name__.lower(): kind for kind in (*get_args(Block), *get_args(Part), Document)}
#: Fields by the names that JSON has for them.
FIELDS = {name: field for field, name in rendered.NAMES.items()}
TEXT = (
    "a", Strong("g"), Link(("b", Strong("c")), "obs-x"), Mark("grade", "press", "press", "●", bare=True),
    Small("d", ends=True), Code("e"), Break(), Foreign("f", "zh-Hans"),
    Trend((1.0, 3.0), "g"),
)  # fmt: skip
EVERY = [
    kinds.Heading(1, "h", "id"),
    kinds.Paragraph(TEXT, "lede"),
    kinds.Points(["a", TEXT], ordered=True, kind="plain"),
    kinds.Table("t", ["a"], [[Cell(TEXT, 0.0, "%", -1.0, math.inf, "bound")], [Cell("b", "x")]],
                frozenset({0}), "n", ["bound"], ["i", "j"], "s", "t", "open", "bare"),
    kinds.Figure("f", kinds.Chart("c", "t", "d", {"width": 9, "config": {}}), "says"),
    kinds.Facts([("a", TEXT)], frozenset({0}), "facts"),
    kinds.Cards("c", [kinds.Card("n", "5", ["a"], "t", True)], "leading", True),
    kinds.Fold("f", [kinds.Heading(2, "x")], True, "id", "k"),
    kinds.Group([kinds.Group([])], "k", "id", True),
    kinds.Section("s", "t", [kinds.Paragraph("p")]),
]  # fmt: skip


def read(data: Any, hint: Any) -> Any:
    """The value that a form stands for, by what its place may hold."""
    if hint == Text:
        if isinstance(data, str):
            return data
        parts = tuple(read(part, Part) for part in data["parts"])
        assert data["plain"] == plain(parts)
        return parts
    if isinstance(data, dict):
        kind = TYPES[data["type"]] if "type" in data else hint
        data = {FIELDS.get(name, name): one for name, one in data.items()}
        hints = get_type_hints(kind)
        assert set(data) - {"type"} <= set(hints)
        return kind(
            **{name: read(one, hints[name]) for name, one in data.items() if name != "type"}
        )
    if isinstance(data, list):
        inner = get_args(hint)[0]
        return (frozenset if get_origin(hint) is frozenset else tuple)(read(d, inner) for d in data)
    if data in ("inf", "-inf") and hint == float | None:
        return float(data)
    return data


def same(value: Any) -> Any:
    """A value with all its sequences as tuples and its charts drawn, to be compared."""
    if isinstance(value, kinds.Chart):
        return str(svg(value))
    if is_dataclass(value):
        return (type(value), *(same(getattr(value, one.name)) for one in fields(value)))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(same(one) for one in value)
    return None if isinstance(value, float) and math.isnan(value) else value


def test_every_type_of_block_is_tried_here() -> None:
    assert {type(one) for one in EVERY} == set(get_args(Block))
    assert {type(one) for one in TEXT} == set(get_args(Part))


@pytest.fixture(autouse=True)
def bare() -> Iterator[None]:
    with bare_charts():
        yield


@pytest.mark.parametrize("block", EVERY, ids=lambda one: type(one).__name__)
def test_a_block_comes_back_as_it_was(block: Block) -> None:
    data = json.loads(rendered.written(rendered.blocks([block])))
    assert same(read(data[0], Block)) == same(block)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_whole_report_comes_back_as_it_was(washington: Run, lang: str) -> None:
    view = View.of(washington, lang)
    made = report(view)
    data = json.loads(render.document(view, made, DAY, "json"))
    assert same(read(data, Document)) == same(made)


def test_the_page_of_a_firm_comes_back_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "firm.toml"
    file.write_text("staff = 12\nturnover = 1\n", "utf-8")
    judged = session.firm(file, on=DAY)
    made = firm(judged.name, judged.books, judged.plans, "zh")
    assert same(read(json.loads(rendered.written(rendered.document(made))), Document)) == same(made)


@pytest.fixture
def view(tmp_path: Path) -> View:
    return View.of(session.open(write(tmp_path / "rivertown")).run_all(), "en")


NUMBER = {"unit": "%", "low": "low", "high": "high", "estimate": "=bound"}


@pytest.mark.parametrize(
    ("column", "row", "expected"),
    [
        (NUMBER, {"value": 5.5, "low": 5.45, "high": 5.55}, (5.5, "%", 5.45, 5.55, "bound")),
        (NUMBER | {"difference": True}, {"value": 5.5, "low": 5.5, "high": 5.5}, (5.5, "pp")),
        ({"scale": "share"}, {"value": 0.25}, (0.25, "")),
        ({"unit": "%"}, {"value": math.nan}, (None, "")),
    ],
)
def test_a_number_stands_beside_its_text(
    view: View, column: dict[str, Any], row: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    found = cell(view, Column("value", "number", **column), row)
    assert (found.value, found.unit, found.low, found.high, found.estimate) == (
        *expected,
        None,
        None,
        "",
    )[:5]


def test_a_word_keeps_the_name_that_it_stands_for(view: View) -> None:
    found = cell(view, Column("industry", "label", of="industries"), {"industry": "food"})
    assert (found.text, found.value) == ("Food", "food")
    assert cell(view, Column("note", "text"), {"note": "as printed"}).value is None


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_table_has_its_columns_its_rows_and_their_texts(washington: Run, lang: str) -> None:
    view, found = View.of(washington, lang), 0
    for study, result in washington.results.items():
        told = json.loads(result.to_json())["tables"]
        for name, described in results.tables(study).items():
            data = json.loads(render.table(view, study, name))
            assert data["title"] == described.title(lang)
            assert [one["name"] for one in data["columns"]] == described.names
            assert data["rows"] == told.get(name, [])
            assert [list(row) for row in data["shown"]] == [described.names] * len(data["rows"])
            found += len(data["rows"])
    assert found > 100


def test_a_column_says_what_it_holds(harbin: Run) -> None:
    view = View.of(harbin, "en")
    data = rendered.table(view, "diagnose", "system")
    columns = {one["name"]: one for one in data["columns"]}
    assert (columns["value"]["type"], columns["value"]["unit_in"]) == ("number", "unit")
    assert columns["role"]["choices"]["leading"] == view.choice("role", "leading")
    assert columns["grade"]["heading"] == "Grade"
    row, shown = data["rows"][0], data["shown"][0]
    assert shown["industry"] == view.name("industries", row["industry"])
