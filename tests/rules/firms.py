"""Firms for tests: facts near a rulebook's thresholds, at them, far from them, or missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
from hypothesis import strategies as st

from songhua.rules import Rulebook
from songhua.rules.fact_relations import contradictions
from songhua.rules.facts import Fact

DAYS = [date(2015, 1, 1) + timedelta(days=d) for d in range(0, 4500, 37)]


def edges(book: Rulebook) -> list[float]:
    """The numbers of the law, and what lies just beside them."""
    found = {0.0, 1.0, 10.0, 100.0, 1000.0}
    for parameter in book.parameters.values():
        for dated in parameter.values:
            value = dated.value
            found |= {value.number.low} if value.number else set()
            found |= set(value.cells.values()) | {b.edge for b in value.bands if b.sign}
    near = {edge * scale for edge in found for scale in (1, 10, 100, 1000)}
    return sorted(
        n for n in near | {n + 1 for n in near} | {n - 1 for n in near if n >= 1} if 0 <= n < 1e7
    )


def fact(book: Rulebook, fact: Fact, most: float, near: list[float]) -> st.SearchStrategy[Any]:
    """A value of a fact, or None."""
    match fact.type:
        case "flag":
            known: st.SearchStrategy[Any] = st.booleans()
        case "choice":
            known = st.sampled_from(fact.choices)
        case "date":
            known = st.sampled_from(DAYS)
        case "score":
            known = st.integers(0, int(most))
        case "whole":
            known = st.integers(0, 6)
        case _:
            money = st.sampled_from(near) | st.floats(0, 1e5).map(lambda x: round(x, 2))
            known = money | (money.map(lambda x: -x) if fact.signed else money)
    return known | known | known | st.none()


def firms(book: Rulebook, day: date) -> st.SearchStrategy[Mapping[str, Any]]:
    """Firms of one rulebook, of which no two facts contradict each other."""
    values, near = book.on(day), edges(book)
    drawn = st.fixed_dictionaries(
        {
            id: fact(book, one, values[one.most].span[1] if one.most else 0, near)
            for id, one in book.facts.items()
        }
    )
    return drawn.map(lambda facts: consistent(book, facts))


def consistent(book: Rulebook, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """The facts without those that others contradict."""
    left = dict(facts)
    numbers = {
        id: np.array([np.nan if left[id] is None else float(left[id])])
        for id, one in book.facts.items() if one.type in ("number", "whole")
    }  # fmt: skip
    for broken in contradictions(book.facts, numbers, numbers):
        left[broken.fact.id] = None
    return left
