"""Firms tied to this one: their figures count in whole or by share, as the law says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from songhua.errors import Fault, SonghuaError
from songhua.rules import facts
from songhua.rules.algebra import Num, add, holds, multiply
from songhua.rules.book import Rulebook
from songhua.rules.carriers import Plain
from songhua.rules.parameters import Value


def consolidate(
    book: Rulebook, given: facts.Given, links: Any, values: Mapping[str, Value]
) -> facts.Given:
    """A firm's figures with those of the firms tied to it.

    A tied firm has `share` (percent of capital or votes, the higher) and the figures that the
    rulebook adds up. Above the linked share it counts in whole, from the partner share on by its
    share, below not at all. Where a figure of a firm that counts is missing, the sum is unknown
    upward. Firms tied to those firms belong in the same list, with the share that counts.

    Raises:
        SonghuaError: `links_unreadable`, or the faults of a tied firm's figures.
    """
    linked = book.linked
    if linked is None or not links:
        return given
    if not isinstance(links, (list, tuple)) or not all(isinstance(row, Mapping) for row in links):
        raise SonghuaError(Fault("links_unreadable", column="links"))
    asked = {id: book.facts[id] for id in linked.facts}
    sums, missing = dict(given.values), set(given.missing)
    for row in links:
        weight = _weight(row.get("share"), values[linked.partner], values[linked.linked])
        if weight == 0:
            continue
        theirs = facts.read(asked, row, {}, book.money)
        missing |= set(theirs.missing)
        for id in asked:
            part = multiply(Plain(), theirs.values[id], Num.of(weight))
            sums[id] = add(Plain(), sums[id], part)
    return facts.Given(sums, tuple(id for id in book.facts if id in missing), given.evidence)


def _weight(share: Any, partner: Value, linked: Value) -> float:
    """How far a tied firm counts: 1, its share, or 0."""
    if isinstance(share, bool) or not isinstance(share, (int, float)) or not 0 <= share <= 100:
        raise SonghuaError(Fault("links_unreadable", column="links"))
    assert partner.number is not None
    assert linked.number is not None
    part = share / 100
    if holds(Plain(), ">", part, linked.number.low):
        return 1.0
    return part if holds(Plain(), ">=", part, partner.number.low) else 0.0
