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
#: They ask what an indicator is of by any form: ratios, levels at other prices, words of growth.
BY_ANY_FORM = {
    "studies/series_or_panels.py: _computed",
    "studies/claims/estimates.py: _filled",
    "studies/track/outlook.py: _rest_of_year",
    "studies/accounts/ledger.py: _reason",
    "studies/accounts/study.py: _whole",
}


def functions() -> Iterator[tuple[str, list[ast.AST]]]:
    """The functions of checks and studies whose module may speak of relations, with their nodes."""
    words = re.compile(rf"\.underlying\(|[\[(]\"({'|'.join(COLUMNS)})\"")
    for file in sorted([*SOURCE.glob("studies/**/*.py"), *SOURCE.glob("checks/**/*.py")]):
        if words.search(text := file.read_text("utf-8")):
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.FunctionDef):
                    name = f"{file.relative_to(SOURCE).as_posix()}: {node.name}"
                    yield name, list(ast.walk(node))


def reads_column(node: ast.AST) -> bool:
    """True where a subscript or a `get` asks for a column of relations."""
    match node:
        case ast.Subscript(slice=ast.Constant(value=name)):
            return name in COLUMNS
        case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value=name), *_]):
            return name in COLUMNS
    return False


def names(node: ast.AST, attribute: str) -> bool:
    """True where an attribute of this name is read in it."""
    inner = (one for one in ast.walk(node) if isinstance(one, ast.Attribute))
    return any(one.attr == attribute for one in inner)


def test_no_study_or_check_reads_a_relation_from_the_catalogue() -> None:
    assert {one.name for one in fields(Indicator)} & COLUMNS == set()
    assert {name for name, nodes in functions() if any(map(reads_column, nodes))} == set()


def test_no_study_or_check_makes_a_relation_of_form_and_level() -> None:
    asking = {
        name
        for name, (function, *nodes) in functions()
        if names(function, "underlying")
        and any(isinstance(one, ast.Compare) and names(one, "form") for one in nodes)
    }
    assert asking == BY_ANY_FORM
