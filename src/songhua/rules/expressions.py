"""The expressions of rules: syntax tree, and parser of texts such as `rd / sales >= floor`.

Names, `+ - * /`, `min max mean rise within`, cells (`floor[industry]`), `< <= > >=`, `in`, `not`.
There are no numerals: a number comes from a dated parameter or from a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

FUNCTIONS = {"min": (2, 9), "max": (2, 9), "mean": (2, 9), "rise": (2, 2), "within": (2, 2)}
SIGNS = ("<=", ">=", "<", ">")
MAX_LENGTH = 400
_TOKEN = re.compile(r"\s*([a-z][a-z0-9_]*|<=|>=|[-+*/<>()\[\],])", re.ASCII)


@dataclass(frozen=True)
class Name:
    """A fact, a parameter, a value or a clause; `on` is the day of the verdict."""

    id: str


@dataclass(frozen=True)
class Cell:
    """The cell of a keyed parameter that a choice points at: `table[key]`."""

    table: str
    key: str


@dataclass(frozen=True)
class Operation:
    """A sum, difference, product, quotient or function of numbers."""

    op: str
    args: tuple[Node, ...]


@dataclass(frozen=True)
class Compare:
    """Two numbers and the sign between them, with the text it was read from."""

    sign: str
    left: Node
    right: Node
    text: str = ""


@dataclass(frozen=True)
class Among:
    """A choice that stands in a list: `industry in excluded`."""

    name: str
    among: str


@dataclass(frozen=True)
class Not:
    """The opposite of a condition; what is open stays open."""

    item: Node


@dataclass(frozen=True)
class All:
    """Every one of these."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Any:
    """One of these."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class AtLeast:
    """At least so many of these; the number is a parameter."""

    n: str
    items: tuple[Node, ...]


@dataclass(frozen=True)
class Bands:
    """The score that a number has in a parameter's bands."""

    table: str
    of: Node


@dataclass(frozen=True)
class First:
    """The number of the first case whose condition holds; the last has none."""

    cases: tuple[tuple[Node | None, Node], ...]


Node = Name | Cell | Operation | Compare | Among | Not | All | Any | AtLeast | Bands | First


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below a node.

    >>> [child.id for child in children(parse("rd / sales"))]
    ['rd', 'sales']
    """
    match node:
        case Operation(args=items) | All(items=items) | Any(items=items) | AtLeast(items=items):
            yield from items
        case Compare(left=left, right=right):
            yield from (left, right)
        case Not(item=item) | Bands(of=item):
            yield item
        case First(cases=cases):
            for when, is_ in cases:
                yield from (is_,) if when is None else (when, is_)


def names(node: Node) -> list[str]:
    """All names in a tree, from left to right, each once.

    >>> names(parse("max(a, floor[b]) >= a"))
    ['a', 'floor', 'b']
    """
    match node:
        case Name(id=id):
            ids = [id]
        case Cell(table=table, key=key):
            ids = [table, key]
        case Among(name=name, among=among):
            ids = [name, among]
        case AtLeast(n=n):
            ids = [n]
        case Bands(table=table):
            ids = [table]
        case _:
            ids = []
    return list(dict.fromkeys(ids + [n for child in children(node) for n in names(child)]))


class _Parser:
    """A recursive-descent parser of one text."""

    def __init__(self, text: str) -> None:
        self.text, self.tokens, at = text, [], 0
        text = text.rstrip()
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None or len(text) > MAX_LENGTH:
                raise ValueError(self.text)
            self.tokens.append(match[1])
            at = match.end()
        self.tokens.append("")

    def take(self, *wanted: str) -> str:
        """The next token if it is one of these, else nothing."""
        if self.tokens[0] in wanted and self.tokens[0]:
            return self.tokens.pop(0)
        return ""

    def need(self, wanted: str) -> None:
        if not self.take(wanted):
            raise ValueError(self.text)

    def name(self) -> str:
        token = self.tokens.pop(0)
        if not token or not token[0].isalpha() or token in ("in", "not") or token in FUNCTIONS:
            raise ValueError(self.text)
        return token

    def condition(self, depth: int = 0) -> Node:
        if self.take("not"):
            if depth:
                raise ValueError(self.text)
            return Not(self.condition(1))
        left = self.sum()
        if sign := self.take(*SIGNS):
            return Compare(sign, left, self.sum(), self.text)
        if self.take("in"):
            if not isinstance(left, Name):
                raise ValueError(self.text)
            return Among(left.id, self.name())
        return left

    def sum(self, depth: int = 0) -> Node:
        left = self.product(depth)
        while sign := self.take("+", "-"):
            left = Operation(sign, (left, self.product(depth)))
        return left

    def product(self, depth: int) -> Node:
        left = self.factor(depth)
        while sign := self.take("*", "/"):
            left = Operation(sign, (left, self.factor(depth)))
        return left

    def factor(self, depth: int) -> Node:
        if depth > 20:
            raise ValueError(self.text)
        if self.take("("):
            inner = self.sum(depth + 1)
            self.need(")")
            return inner
        if function := self.take(*FUNCTIONS):
            self.need("(")
            args = [self.sum(depth + 1)]
            while self.take(","):
                args.append(self.sum(depth + 1))
            self.need(")")
            least, most = FUNCTIONS[function]
            if not least <= len(args) <= most:
                raise ValueError(self.text)
            return Operation(function, tuple(args))
        name = self.name()
        if self.take("["):
            key = self.name()
            self.need("]")
            return Cell(name, key)
        return Name(name)


def parse(text: str) -> Node:
    """Read a text into a tree.

    Raises:
        ValueError: when the text is not of the language.

    >>> parse("rd / sales >= floor").sign
    '>='
    >>> parse("rd / sales >= 5")
    Traceback (most recent call last):
    ...
    ValueError: rd / sales >= 5
    """
    parser = _Parser(text.strip())
    node = parser.condition()
    if parser.tokens != [""]:
        raise ValueError(text)
    return node


def unparse(node: Node) -> str:
    """The text of a tree of numbers.

    >>> unparse(parse("max(a, b) / (c + d)"))
    'max(a, b) / (c + d)'
    """
    match node:
        case Name(id=id):
            return id
        case Cell(table=table, key=key):
            return f"{table}[{key}]"
        case Operation(op=op, args=args) if op in FUNCTIONS:
            return f"{op}({', '.join(map(unparse, args))})"
        case Operation(op=op, args=args):
            left, right = args
            first = f"({unparse(left)})" if _binding(left) < _binding(node) else unparse(left)
            second = f"({unparse(right)})" if _binding(right) <= _binding(node) else unparse(right)
            return f"{first} {op} {second}"
        case Compare(text=text):
            return text
        case Among(name=name, among=among):
            return f"{name} in {among}"
        case Not(item=item):
            return f"not {unparse(item)}"
        case Bands(table=table, of=of):
            return f"{table}({unparse(of)})"
    return type(node).__name__.lower()


def _binding(node: Node) -> int:
    """Strength with which a node binds its parts: sums least, then products, then all else."""
    if isinstance(node, Operation) and node.op not in FUNCTIONS:
        return 1 if node.op in "+-" else 2
    return 3
