"""Tools and benchmarks ask the package for names that it has."""

from __future__ import annotations

import ast
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = [one for part in ("tools", "benchmarks") for one in sorted((ROOT / part).glob("*.py"))]


def imported(file: Path) -> list[tuple[int, str, str]]:
    """Line, module and name of each name of the package that a file imports."""
    nodes = ast.walk(ast.parse(file.read_text("utf-8")))
    return [
        (node.lineno, node.module, one.name)
        for node in nodes if isinstance(node, ast.ImportFrom) and node.module
        for one in node.names if node.module.partition(".")[0] == "songhua"
    ]  # fmt: skip


def there(module: str, name: str) -> bool:
    held = import_module(module)
    if hasattr(held, name):
        return True
    return hasattr(held, "__path__") and find_spec(f"{module}.{name}") is not None


@pytest.mark.skipif(not FILES, reason="not a checkout")
def test_what_they_import_is_there() -> None:
    every = [(file.name, *one) for file in FILES for one in imported(file)]
    assert len(every) > 100
    assert [one for one in every if not there(*one[2:])] == []
