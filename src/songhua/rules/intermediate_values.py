"""A rulebook in A-normal form: every number worked out on the way becomes a value of its own.

The meaning is the same. A table's engine then computes each step once, and its text stays as
long as the rule and no longer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from songhua.messages import Words
from songhua.rules import expressions
from songhua.rules.expressions import Node
from songhua.rules.rulebook import Clause, Quantity, Rulebook

Ruled = TypeVar("Ruled", Clause, Quantity)


def with_intermediate_values(book: Rulebook) -> Rulebook:
    """The rulebook with a value `step_N` for every quotient, band and other number in a rule.

    >>> from songhua.store.rulebooks import load
    >>> book = load("cn/sci-tech-sme")
    >>> len(with_intermediate_values(book).values) > len(book.values)
    True
    """
    steps = _Steps()

    def simplified(items: dict[str, Ruled]) -> dict[str, Ruled]:
        return {id: replace(item, rule=steps.simplified(item.rule)) for id, item in items.items()}

    values, clauses = simplified(dict(book.values)), simplified(dict(book.clauses))
    return replace(book, clauses=clauses, values={**values, **steps.values()})


class _Steps:
    """The steps found so far, each once."""

    def __init__(self) -> None:
        self.found: dict[Node, Quantity] = {}

    def values(self) -> dict[str, Quantity]:
        return {step.id: step for step in self.found.values()}

    def simplified(self, node: Node) -> Node:
        """A node whose parts are names."""
        match node:
            case expressions.Operation(op=op, args=args):
                return expressions.Operation(op, tuple(self.as_name(arg) for arg in args))
            case expressions.Bands(table=table, of=of):
                return expressions.Bands(table, self.as_name(of))
            case expressions.First(cases=cases):
                return expressions.First(
                    tuple(
                        (w if w is None else self.simplified(w), self.as_name(i)) for w, i in cases
                    )
                )
            case expressions.Compare(left=left, right=right):
                return replace(node, left=self.as_name(left), right=self.as_name(right))
            case expressions.Not(item=item):
                return expressions.Not(self.simplified(item))
            case (
                expressions.All(items=items)
                | expressions.Any(items=items)
                | expressions.AtLeast(items=items)
            ):
                return replace(node, items=tuple(self.simplified(item) for item in items))
        return node

    def as_name(self, node: Node) -> Node:
        """The node itself if it is a name or a cell, else the name of a step."""
        if isinstance(node, (expressions.Name, expressions.Cell)):
            return node
        step = self.simplified(node)
        if step not in self.found:
            self.found[step] = Quantity(f"step_{len(self.found)}", Words(), step)
        return expressions.Name(self.found[step].id)
