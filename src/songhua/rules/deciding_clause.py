"""Which clause decided: the first on the way down that shares the verdict's outcome."""

from __future__ import annotations

from typing import Any

from songhua.rules import text
from songhua.rules.algebra import MET
from songhua.rules.book import Rulebook
from songhua.rules.interpret import Reading


def deciding(book: Rulebook, reading: Reading) -> Any:
    """The position, among the rulebook's clauses, of the one that decided.

    From the deciding clause down: of several that must all hold, the first with the outcome of
    the whole (the last, where all hold); of alternatives, the first with that outcome.
    """
    places = {id: at for at, id in enumerate(book.clauses)}
    return _of_clause(book, reading, places, book.decides)


def _of_clause(book: Rulebook, reading: Reading, places: dict[str, int], id: str) -> Any:
    return _of_node(book, reading, places, book.clauses[id].rule, places[id], reading.name(id))


def _of_node(
    book: Rulebook,
    reading: Reading,
    places: dict[str, int],
    node: text.Node,
    above: int,
    whole: Any = None,
) -> Any:
    """The position for a node of grade `whole`; `above` is the clause that it stands in."""
    match node:
        case text.Name(id=id) if id in places:
            return _of_clause(book, reading, places, id)
        case text.All(items=items) | text.Any(items=items) | text.AtLeast(items=items):
            if not any(_has_clause(item, places) for item in items):
                return above
        case _:
            return above
    ops = reading.ops
    whole = reading.value(node) if whole is None else whole
    found = _of_node(book, reading, places, items[-1], above)
    for item in reversed(items[:-1]):
        same = reading.value(item) == whole
        if isinstance(node, text.All):
            same = ops.both(same, whole != MET)
        found = ops.where(same, _of_node(book, reading, places, item, above), found)
    return found


def _has_clause(node: text.Node, places: dict[str, int]) -> bool:
    return any(name in places for name in text.names(node))
