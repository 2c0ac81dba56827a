"""Names say their thing: few are empty words, docstrings state, and module names can be told apart."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

HOME = Path(str(files("songhua")))
ROOT = Path(__file__).resolve().parents[2]
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
OPENINGS = re.compile(r"(?:what|whether|how)\b", re.IGNORECASE)
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


def asking(tree: ast.AST) -> Iterator[str]:
    """The first lines of docstrings that open with What, Whether or How."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, *FUNCTIONS)):
            text = ast.get_docstring(node) or ""
            if OPENINGS.match(text):
                yield text.splitlines()[0]


def test_docstrings_state() -> None:
    """A docstring opens with its thing or with a verb."""
    homes = (HOME, *(ROOT / part for part in ("tests", "tools", "docs")))
    files = [file for home in homes for file in sorted(home.rglob("*.py"))]
    openings = ((file, asking(ast.parse(file.read_text("utf-8")))) for file in files)
    assert [f"{file}: {line}" for file, lines in openings for line in lines] == []


def test_an_asking_docstring_is_noticed() -> None:
    texts = {"What it is.": True, "how\nmany": True, "Whether:": True, "However it is.": False}
    for text, noticed in texts.items():
        for tree in (f"{text!r}", f"class A:\n    def f(self):\n        {text!r}"):
            assert bool([*asking(ast.parse(tree))]) == noticed


def test_a_module_name_stands_in_three_packages_at_most() -> None:
    places = Counter(file.stem for file, _ in sources())
    assert [name for name, n in places.items() if n > 3 and name not in SHARED] == []
