"""Names say their thing: few are empty words, docstrings state, and module names can be told apart."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

HOME = Path(str(files("songhua")))
#: Words that say nothing of what they name; `x`, the field's sign of output, is none.
EMPTY = frozenset(
    [
        "one",
        "found",
        "told",
        "said",
        "held",
        "given",
        "asked",
        "taken",
        "kept",
        "rest",
        "what",
        "shown",
        "made",
        "own",
        "known",
        "named",
        "others",
        "done",
        "every",
        "now",
        "used",
        "seen",
        "came",
        "both",
        "here",
        "gone",
        "each",
        "there",
        "put",
        "then",
        "only",
        "item",
        "thing",
        "data",
        "info",
        "obj",
        "val",
        "res",
        "tmp",
        "elem",
        "stuff",
    ]
)
#: Names of the craft that stand in many packages on purpose: the parts that every study, or every
#: package with faults, has under the same name.
SHARED = {"__init__", "brief", "fault_kinds", "finding_kinds", "rows", "study", "tables"}
OPENINGS = {"what", "whether", "how"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for file in sorted(HOME.rglob("*.py")):
        yield file, ast.parse(file.read_text("utf-8"))


def assigned(tree: ast.AST) -> Iterator[str]:
    """Names that code gives: variables, parameters, functions and classes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            yield node.name


def empty(names: Iterator[str]) -> tuple[Counter[str], int]:
    counts = Counter(name.strip("_").lower() for name in names)
    return Counter({name: n for name, n in counts.items() if name in EMPTY}), counts.total()


def test_fewer_than_one_name_in_a_hundred_is_empty() -> None:
    counts, total = empty(name for _, tree in sources() for name in assigned(tree))
    assert counts.total() < 0.01 * total, counts.most_common(20)


def test_an_empty_name_is_noticed() -> None:
    tree = ast.parse("def _told(given, tax):\n    for one in given: rate = tax")
    counts, total = empty(assigned(tree))
    assert set(counts) == {"told", "given", "one"}
    assert total == 5


def test_docstrings_state() -> None:
    """A docstring opens with its thing: fewer than three in a hundred with What, Whether or How."""
    kinds = (ast.Module, ast.ClassDef, *FUNCTIONS)
    nodes = (node for _, tree in sources() for node in ast.walk(tree) if isinstance(node, kinds))
    openings = [text.split()[0].lower() for node in nodes if (text := ast.get_docstring(node))]
    asking = sum(opening in OPENINGS for opening in openings)
    assert asking < 0.03 * len(openings), asking


def test_a_module_name_stands_in_three_packages_at_most() -> None:
    places = Counter(file.stem for file, _ in sources())
    assert [name for name, n in places.items() if n > 3 and name not in SHARED] == []
