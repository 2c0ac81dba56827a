"""Fields that `dataclasses.replace` names are fields: no type checker follows them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

import package_source


def fields_of_classes(trees: Iterable[ast.Module]) -> list[set[str]]:
    """The annotated fields of each class with those of the classes that it names as its bases."""
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    fields: dict[str, set[str]] = {}
    for node in classes:
        lines = (line.target for line in node.body if isinstance(line, ast.AnnAssign))
        names = {target.id for target in lines if isinstance(target, ast.Name)}
        fields[node.name] = fields.get(node.name, set()) | names
    parents = {
        node.name: [ast.unparse(base).partition("[")[0].rpartition(".")[2] for base in node.bases]
        for node in classes
    }

    def inherited(name: str, seen: tuple[str, ...] = ()) -> set[str]:
        above = [base for base in parents.get(name, ()) if base not in (*seen, name)]
        return fields.get(name, set()).union(*(inherited(base, (*seen, name)) for base in above))

    return [inherited(name) for name in fields]


def replaced(tree: ast.AST) -> Iterator[tuple[int, set[str]]]:
    """The lines of calls of `replace`, each with the fields that it names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            names = {keyword.arg for keyword in node.keywords if keyword.arg}
            if node.func.id == "replace" and names:
                yield node.lineno, names


def wrong(trees: dict[str, ast.Module]) -> list[str]:
    classes = fields_of_classes(trees.values())
    calls = ((name, *call) for name, tree in trees.items() for call in replaced(tree))
    return [
        f"{name}:{line}" for name, line, names in calls if not any(map(names.issubset, classes))
    ]


def test_every_replaced_field_is_one_of_a_class() -> None:
    assert wrong(package_source.trees()) == []


def test_a_field_that_no_class_has_is_noticed() -> None:
    text = "class Rule:\n    low: float\nclass Bound(Rule):\n    high: float\n"
    calls = "replace(bound, low=1, high=2)\nreplace(bound, low=1, each=2)"
    assert wrong({"a.py": ast.parse(text + calls)}) == ["a.py:6"]
