"""Clauses from other rulebooks of the country: the status that a rulebook demands of a firm.

This rulebook contains the other rulebook's deciding clause under the other's name (`size-class` as
`size_class`), and the clauses and values behind it under that name and their own
(`size_class_large`). So a law is read once, and a number of it stands in one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from songhua.rules import expressions
from songhua.rules.expressions import Node
from songhua.rules.facts import Fact
from songhua.rules.parameters import Parameter
from songhua.rules.rulebook import Clause, Quantity, Rulebook


@dataclass(frozen=True)
class UsedParts:
    """The parts of other rulebooks, under their new names."""

    clauses: Mapping[str, Clause] = field(default_factory=dict)
    values: Mapping[str, Quantity] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """The names of all that is taken, the shared facts apart."""
        return frozenset((*self.clauses, *self.values, *self.parameters))


def used_parts(books: Iterable[Rulebook]) -> UsedParts:
    """The deciding clause of each rulebook and all that it rests on.

    >>> from songhua.store.rulebooks import load
    >>> parts = used_parts([load("cn/size-class")])
    >>> list(parts.clauses), parts.clauses["size_class"].ref
    (['size_class', 'size_class_large'], '工信部联企业〔2011〕300号 第二条')
    """
    clauses: dict[str, Clause] = {}
    values: dict[str, Quantity] = {}
    parameters: dict[str, Parameter] = {}
    facts: dict[str, Fact] = {}
    for book in books:
        reached = _reached(book)
        facts |= {id: fact for id, fact in book.facts.items() if id in reached}
        name = book.id.rpartition("/")[2].replace("-", "_")
        mine = [*book.clauses, *book.values, *book.parameters]
        new = {id: name if id == book.decides else f"{name}_{id}" for id in mine if id in reached}
        for id, clause in book.clauses.items():
            if id in new:
                rule, ref = renamed(clause.rule, new), f"{book.law} {clause.ref}"
                clauses[new[id]] = replace(clause, id=new[id], ref=ref, rule=rule)
        for id, value in book.values.items():
            if id in new:
                rule = renamed(value.rule, new)
                values[new[id]] = replace(value, id=new[id], rule=rule, role="")
        parameters |= {
            new[id]: replace(parameter, id=new[id])
            for id, parameter in book.parameters.items()
            if id in new
        }
    return UsedParts(clauses, values, parameters, facts)


def _reached(book: Rulebook) -> set[str]:
    """All names that the deciding clause rests on, itself among them."""
    reached: set[str] = set()
    open_ = [book.decides]
    while open_:
        id = open_.pop()
        if id not in reached:
            reached.add(id)
            open_ += expressions.names(book.trees[id]) if id in book.trees else []
    return reached


def renamed(node: Node, new: Mapping[str, str]) -> Node:
    """A tree with some names replaced.

    >>> renamed(expressions.parse("rd / sales >= floor[size]"), {"floor": "least"}).text
    'rd / sales >= least[size]'
    """

    def new_name(id: str) -> str:
        return new.get(id, id)

    def below(items: tuple[Node, ...]) -> tuple[Node, ...]:
        return tuple(renamed(item, new) for item in items)

    match node:
        case expressions.Name(id=id):
            return expressions.Name(new_name(id))
        case expressions.Cell(table=table, key=key):
            return expressions.Cell(new_name(table), new_name(key))
        case expressions.Among(name=name, among=among):
            return expressions.Among(new_name(name), new_name(among))
        case expressions.Operation(op=op, args=args):
            return expressions.Operation(op, below(args))
        case expressions.Compare(sign=sign, left=left, right=right):
            left, right = renamed(left, new), renamed(right, new)
            return expressions.Compare(
                sign,
                left,
                right,
                f"{expressions.unparse(left)} {sign} {expressions.unparse(right)}",
            )
        case expressions.Not(item=item):
            return expressions.Not(renamed(item, new))
        case expressions.All(items=items):
            return expressions.All(below(items))
        case expressions.Any(items=items):
            return expressions.Any(below(items))
        case expressions.AtLeast(n=n, items=items):
            return expressions.AtLeast(new_name(n), below(items))
        case expressions.Bands(table=table, of=of):
            return expressions.Bands(new_name(table), renamed(of, new))
        case expressions.First(cases=cases):
            return expressions.First(
                tuple((w and renamed(w, new), renamed(i, new)) for w, i in cases)
            )
