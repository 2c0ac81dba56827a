"""Relations between indicators are read from the catalogue in one place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

from songhua.region import Indicator

SOURCE = Path(str(files("songhua")))
#: The columns of `indicators.toml` that relate an indicator to others.
COLUMNS = {"of", "whole", "of_place", "same_as", "not_comparable"}
#: Here "of" is a parameter of a fault.
NO_INDICATOR = {"checks/__init__.py: needs"}
#: They ask what an indicator is of by any form: ratios, levels at other prices, words of growth.
BY_ANY_FORM = {
    "studies/found.py: _computed", "studies/claims/estimates.py: _filled",
    "studies/track/outlook.py: _rest_of_year", "studies/accounts/ledger.py: _reason",
    "studies/accounts/study.py: _whole",
}  # fmt: skip


def functions() -> Iterator[tuple[str, list[ast.AST]]]:
    """The functions of checks and studies whose module may speak of relations, with their nodes."""
    words = re.compile(rf"\.underlying\(|[\[(]\"({'|'.join(COLUMNS)})\"")
    for file in sorted([*SOURCE.glob("studies/**/*.py"), *SOURCE.glob("checks/**/*.py")]):
        if words.search(text := file.read_text("utf-8")):
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.FunctionDef):
                    name = f"{file.relative_to(SOURCE).as_posix()}: {node.name}"
                    yield name, list(ast.walk(node))


def column(node: ast.AST) -> object:
    """The constant that a subscript or a `get` asks for."""
    match node:
        case ast.Subscript(slice=ast.Constant(value=name)):
            return name
        case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value=name), *_]):
            return name
    return None


def of_form(node: ast.AST) -> bool:
    """Whether it compares a form."""
    return isinstance(node, ast.Compare) and any(
        isinstance(one, ast.Attribute) and one.attr == "form" for one in ast.walk(node)
    )


def test_no_study_or_check_reads_a_relation_from_the_catalogue() -> None:
    assert {one.name for one in fields(Indicator)} & COLUMNS == set()
    reading = {name for name, nodes in functions() if COLUMNS & {column(one) for one in nodes}}
    assert reading == NO_INDICATOR


def test_no_study_or_check_makes_a_relation_of_form_and_level() -> None:
    asking = {
        name for name, nodes in functions() if any(map(of_form, nodes))
        and any(isinstance(one, ast.Attribute) and one.attr == "underlying" for one in nodes)
    }  # fmt: skip
    assert asking == BY_ANY_FORM
