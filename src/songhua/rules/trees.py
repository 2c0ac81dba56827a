"""A rule from its TOML form: `all`, `any`, `at_least … of`, `bands … of`, `first`, and texts."""

from __future__ import annotations

from typing import Any

from songhua.rules import text


def tree(raw: Any, depth: int = 0) -> text.Node:
    """A rule from its TOML form. Raises ValueError with the part that cannot be read."""
    if depth > 20:
        raise ValueError("…")
    if isinstance(raw, str):
        return text.parse(raw)
    if not isinstance(raw, dict):
        raise ValueError(raw)

    def items(key: str) -> tuple[text.Node, ...]:
        if not isinstance(raw[key], list) or not raw[key]:
            raise ValueError(raw)
        return tuple(tree(item, depth + 1) for item in raw[key])

    match sorted(raw):
        case ["all"]:
            return text.All(items("all"))
        case ["any"]:
            return text.Any(items("any"))
        case ["at_least", "of"]:
            return text.AtLeast(str(raw["at_least"]), items("of"))
        case ["bands", "of"]:
            return text.Bands(str(raw["bands"]), tree(raw["of"], depth + 1))
        case ["first"]:
            return _first(raw["first"], depth)
    raise ValueError(raw)


def _first(rows: Any, depth: int) -> text.Node:
    cases = [
        (tree(row["when"], depth + 1) if "when" in row else None, tree(row["is"], depth + 1))
        for row in rows
        if not set(row) - {"when", "is"}
    ]
    if len(cases) < max(2, len(rows)) or cases[-1][0] or not all(w for w, _ in cases[:-1]):
        raise ValueError(rows)
    return text.First(tuple(cases))
