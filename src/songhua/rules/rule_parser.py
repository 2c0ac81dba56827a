"""The parser of a rule's TOML form: `all`, `any`, `at_least … of`, `bands … of`, `first`, texts."""

from __future__ import annotations

from songhua.rules import expressions
from songhua.rules.expressions import Node


def parse_rule(raw: object) -> Node:
    """A rule from its TOML form, which is nested as deep as TOML may be.

    Raises:
        ValueError: with the part that cannot be read.

    >>> parse_rule({"any": ["staff <= staff_cap", "not listed"]}).items[1]
    Not(item=Name(id='listed'))
    """
    if isinstance(raw, str):
        return expressions.parse(raw)
    if not isinstance(raw, dict):
        raise ValueError(raw)

    def items(key: str) -> tuple[Node, ...]:
        if not isinstance(raw[key], list) or not raw[key]:
            raise ValueError(raw)
        return tuple(parse_rule(item) for item in raw[key])

    match sorted(raw):
        case ["all"]:
            return expressions.All(items("all"))
        case ["any"]:
            return expressions.Any(items("any"))
        case ["at_least", "of"]:
            return expressions.AtLeast(str(raw["at_least"]), items("of"))
        case ["bands", "of"]:
            return expressions.Bands(str(raw["bands"]), parse_rule(raw["of"]))
        case ["first"]:
            return _first(raw["first"])
    raise ValueError(raw)


def _first(rows: list[dict[str, object]]) -> Node:
    cases = [
        (
            parse_rule(row["when"]) if "when" in row else None,
            parse_rule(row["is"]),
        )
        for row in rows
        if not set(row) - {"when", "is"}
    ]
    if len(cases) < max(2, len(rows)) or cases[-1][0] or not all(w for w, _ in cases[:-1]):
        raise ValueError(rows)
    return expressions.First(tuple(cases))
