"""A rulebook in small steps: every number worked out on the way becomes a value of its own.

The meaning is the same. A table's engine then computes each step once, and its text stays as
long as the rule and no longer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from songhua.rules import text
from songhua.rules.book import Clause, Quantity, Rulebook

Ruled = TypeVar("Ruled", Clause, Quantity)


def hoisted(book: Rulebook) -> Rulebook:
    """The rulebook with a value `step_N` for every quotient, band and other number in a rule.

    >>> from songhua.rules.load import load
    >>> len(hoisted(load("cn/sci-tech-sme")).values) > len(load("cn/sci-tech-sme").values)
    True
    """
    steps: dict[text.Node, Quantity] = {}

    def small(node: text.Node) -> text.Node:
        """A node whose parts are names."""
        match node:
            case text.Calc(op=op, args=args):
                return text.Calc(op, tuple(named(arg) for arg in args))
            case text.Bands(table=table, of=of):
                return text.Bands(table, named(of))
            case text.First(cases=cases):
                pairs = tuple((w if w is None else small(w), named(i)) for w, i in cases)
                return text.First(pairs)
            case text.Compare(left=left, right=right):
                return replace(node, left=named(left), right=named(right))
            case text.Not(item=item):
                return text.Not(small(item))
            case text.All(items=items) | text.Any(items=items) | text.AtLeast(items=items):
                return replace(node, items=tuple(small(item) for item in items))
        return node

    def named(node: text.Node) -> text.Node:
        """The node itself if it is a name or a cell, else the name of a step."""
        if isinstance(node, (text.Name, text.Cell)):
            return node
        step = small(node)
        if step not in steps:
            steps[step] = Quantity(f"step_{len(steps)}", "", "", step)
        return text.Name(steps[step].id)

    def each(items: dict[str, Ruled]) -> dict[str, Ruled]:
        return {id: replace(item, rule=small(item.rule)) for id, item in items.items()}

    values, clauses = each(dict(book.values)), each(dict(book.clauses))
    return replace(
        book, clauses=clauses, values={**values, **{step.id: step for step in steps.values()}}
    )
