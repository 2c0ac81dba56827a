"""Of several periods the last is told by its end and then by its start, everywhere alike."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import package_source
import songhua
from small import HEADING, write
from songhua.studies.brief.changes import changes
from tracked import figure

PARTS = ("checks", "document", "plan", "reading", "session", "store", "studies", "web")
#: Functions whose periods all begin on one day, or are of one length, or that ask for the longest.
ALIKE = {"latest_year", "so_far", "_earlier", "latest"}


def orders_by_end(tree: ast.AST, inside: str = "") -> Iterator[tuple[str, int]]:
    """The functions and lines that put something in order by the end of a period alone."""
    for node in ast.iter_child_nodes(tree):
        name = node.name if isinstance(node, ast.FunctionDef) else inside
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            keys = [one.value for one in node.keywords if one.arg in ("key", "by")]
            keys += node.args[:1] if called == "sort_values" else []
            if called in ("sorted", "max", "min", "sort", "sort_values") and any(map(by_end, keys)):
                yield name, node.lineno
        yield from orders_by_end(node, name)


def by_end(key: ast.expr) -> bool:
    """True where a key speaks of an end and neither of a start nor of a whole period."""
    parts = {node.attr for node in ast.walk(key) if isinstance(node, ast.Attribute)}
    texts = {node.value for node in ast.walk(key) if isinstance(node, ast.Constant)}
    return "end" in parts | texts and not {"start", "known"} & (parts | texts)


def test_no_code_orders_periods_by_their_end_alone() -> None:
    strange = [
        f"{file}:{line} {name}"
        for file, tree in package_source.trees().items()
        if file.startswith(PARTS) and not Path(file).name.startswith("target_")
        for name, line in orders_by_end(tree)
        if name not in ALIKE
    ]
    assert strange == []


@pytest.mark.parametrize(
    ("code", "bad"),
    [
        ("max(rows, key=lambda row: row.period.end)", True),
        ("sorted(rows, key=attrgetter('end', 'indicator'))", True),
        ("frame.sort_values('end', kind='stable')", True),
        ("max(rows, key=lambda row: row.period)", False),
        ("sorted(rows, key=attrgetter('end', 'start'))", False),
        ("frame.sort_values(['end', 'start'])", False),
    ],
)
def test_an_order_by_the_end_alone_is_seen(code: str, bad: bool) -> None:
    assert bool(list(orders_by_end(ast.parse(code)))) == bad


def test_of_periods_that_end_together_the_one_that_began_last_is_the_latest(tmp_path: Path) -> None:
    """The half and the year end on one day; whichever stands first, the half is the later."""
    rows = [figure("gdp", "2021-H2", "7", "bn EUR"), figure("gdp", "2021", "12", "bn EUR")]
    for order in (rows, rows[::-1]):
        text = "\n".join([HEADING, *order, ""])
        folder = write(tmp_path / str(order is rows), observations__economy_csv=text)
        region = songhua.open(folder).region
        said = next(
            one for one in changes(region, date(2026, 1, 1)) if one.finding.code == "brief_recorded"
        )
        assert (said.finding.params["period"], said.finding.params["value"]) == ("2021-H2", 7.0)
        assert region.series("gdp")["period"].iloc[-1] == "2021-H2"
