"""Linked enterprises: figures of firms tied to this one, counted in whole or by share."""

from __future__ import annotations

from collections.abc import Mapping

from songhua.errors import SonghuaError
from songhua.rules.fault_kinds import LinksUnreadable
from songhua.rules.firm_facts import FirmFacts, read_firm
from songhua.rules.intervals import SCALARS, Interval, holds, operate
from songhua.rules.parameters import Value
from songhua.rules.rulebook import Rulebook


def consolidated(
    book: Rulebook, facts: FirmFacts, links: object, parameters: Mapping[str, Value]
) -> FirmFacts:
    """A firm's figures with those of the firms tied to it.

    A tied firm has `share` (percent of capital or votes, the higher) and the figures that the
    rulebook adds up. Above the linked share it counts in whole, from the partner share on by its
    share, below not at all. Where a figure of a firm that counts is missing, the sum is unknown
    upward. Firms tied to those firms belong in the same list, with the share that counts.

    Raises:
        SonghuaError: `links_unreadable`, or the faults of a tied firm's figures.

    >>> from songhua.rules.verdict import read_facts
    >>> from songhua.store.rulebooks import load
    >>> partner = {"share": 30, "staff": 100, "turnover": 1, "balance": 1}
    >>> firm = {"staff": 10, "turnover": 2, "balance": 2, "links": [partner]}
    >>> read_facts(load("eu/sme"), firm, "2024-06-30").values["staff"].low
    40.0
    """
    linked = book.linked
    if linked is None or not links:
        return facts
    if not isinstance(links, (list, tuple)) or not all(isinstance(row, Mapping) for row in links):
        raise SonghuaError(LinksUnreadable(column="links"))
    counted = {id: book.facts[id] for id in linked.facts}
    sums, missing = dict(facts.values), set(facts.missing)
    for row in links:
        weight = _weight(row.get("share"), parameters[linked.partner], parameters[linked.linked])
        if weight == 0:
            continue
        theirs = read_firm(counted, row, {}, book.units)
        missing |= set(theirs.missing)
        for id in counted:
            part = operate(SCALARS, "*", theirs.values[id], Interval.of(weight))
            sums[id] = operate(SCALARS, "+", sums[id], part)
    return FirmFacts(sums, tuple(id for id in book.facts if id in missing), facts.evidence)


def _weight(share: object, partner: Value, linked: Value) -> float:
    """Weight of a tied firm: 1, its share, or 0."""
    if isinstance(share, bool) or not isinstance(share, (int, float)) or not 0 <= share <= 100:
        raise SonghuaError(LinksUnreadable(column="links"))
    assert partner.number is not None
    assert linked.number is not None
    part = share / 100
    if holds(SCALARS, ">", part, linked.number.low):
        return 1.0
    return part if holds(SCALARS, ">=", part, partner.number.low) else 0.0
