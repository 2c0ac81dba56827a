"""The facts worth supplying, best first: those that alone can settle the verdict, then the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from songhua.rules import text
from songhua.rules.algebra import MET, NOT_MET, POSSIBLE, UNKNOWN, Num
from songhua.rules.book import Rulebook
from songhua.rules.carriers import Plain
from songhua.rules.facts import Fact, Given
from songhua.rules.interpret import Reading

TRIALS = (0.0, *(m * 10.0**power for power in range(-1, 7) for m in (1, 3)))


def best_first(book: Rulebook, given: Given, reading: Reading) -> tuple[str, ...]:
    """The missing facts on which the verdict still hangs.

    Every one is tried at a range of values while the others stay missing. First come those with
    the largest share of trials that settle the verdict, then those on which more open clauses
    rest, then in the order of the law. A settled verdict lacks nothing.
    """
    if reading.name(book.decides) in (MET, NOT_MET):
        return ()
    hanging = dict.fromkeys(_hanging(book, text.Name(book.decides), reading, set(given.missing)))
    open_ = [id for id in book.clauses if reading.name(id) == UNKNOWN]
    keys = {
        id: (-_settled(book, id, given, reading), -sum(id in book.asks(c) for c in open_))
        for id in hanging
    }
    return tuple(sorted(hanging, key=lambda id: keys[id]))


def _hanging(book: Rulebook, node: text.Node, reading: Reading, gone: set[str]) -> Iterator[str]:
    """The missing facts below the parts of a rule that are still open."""
    if isinstance(node, text.Name) and node.id in book.clauses:
        if reading.name(node.id) in (UNKNOWN, POSSIBLE):
            yield from _hanging(book, book.clauses[node.id].rule, reading, gone)
        return
    if isinstance(node, (text.All, text.Any, text.AtLeast, text.Not)):
        for child in text.children(node):
            yield from _hanging(book, child, reading, gone)
    elif reading.value(node) == UNKNOWN:
        for name in text.names(node):
            yield from (id for id in (name, *book.asks(name)) if id in gone)


def _settled(book: Rulebook, id: str, given: Given, reading: Reading) -> float:
    """The share of a fact's trials under which the verdict is met or not met."""
    trials = list(_trials(book.facts[id]))
    settled = 0
    for trial in trials:
        tried = Reading(Plain(), book, {**given.values, id: trial}, reading.parameters)
        settled += tried.name(book.decides) in (MET, NOT_MET)
    return settled / len(trials)


def _trials(fact: Fact) -> Iterator[Any]:
    if fact.type == "flag":
        yield from (MET, NOT_MET)
    elif fact.type == "choice":
        yield from fact.choices
    elif fact.type == "date":
        yield from (Num.of(float(day)) for day in range(0, 40_000, 400))
    else:
        yield from (Num.of(value) for value in TRIALS)
