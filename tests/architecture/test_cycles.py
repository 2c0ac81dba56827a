"""No module imports one that imports it: at its head, in a function or for a type, or by others."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import package_source


def modules() -> dict[str, str]:
    named = {}
    for name, text in package_source.texts().items():
        parts = ("songhua", *Path(name).with_suffix("").parts)
        named[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = text
    return named


def imported(node: ast.AST) -> Iterator[str]:
    """The names that are imported, also for types alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ImportFrom) and child.module:
            yield from (f"{child.module}.{name.name}" for name in child.names)
        elif isinstance(child, ast.Import):
            yield from (name.name for name in child.names)
        yield from imported(child)


def graph(sources: Mapping[str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for module, text in sources.items():
        names = set(imported(ast.parse(text)))
        names |= {name.rpartition(".")[0] for name in names - sources.keys()}
        found[module] = (names & sources.keys()) - {module}
    return found


def test_no_module_is_imported_by_what_it_imports() -> None:
    TopologicalSorter(graph(modules())).prepare()


def test_a_cycle_is_noticed() -> None:
    texts = {"a": "def f():\n    from b import g", "b": "import c", "c": "from a import f"}
    try:
        TopologicalSorter(graph(texts)).prepare()
    except CycleError as error:
        assert set(error.args[1]) == {"a", "b", "c"}
    else:
        raise AssertionError
