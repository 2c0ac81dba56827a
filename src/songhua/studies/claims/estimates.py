"""Accounts in claims: estimates for figures that nobody printed, and sets that clash."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from songhua.labels import parse_unit
from songhua.maths.bounds import Interval
from songhua.maths.relation_check import Outcome, check
from songhua.maths.relations import Relation
from songhua.region import AHEAD, Region
from songhua.results import Result
from songhua.studies.accounts.rows import Industry, LedgerRow, Member
from songhua.studies.claims.claim_numbers import ClaimNumber
from songhua.studies.claims.definitions import ClaimDefinition, NumberDefinition

#: The labels of a figure that accounts do not know.
STRANGE = ("entity", "vintage", "scope", "source", "qualifier")
#: The reading of the whole economy's own size.
WHOLE = ("level", "all", "")
Row = TypeVar("Row", Industry, LedgerRow, Member)
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@dataclass(frozen=True)
class Clash:
    """A set that cannot all hold; `whole` where a claim has all of it, by print alone."""

    number: int
    whole: bool


@dataclass(frozen=True, eq=False)
class Estimates:
    """The accounts of a region, as claims use them."""

    region: Region
    accounts: Result

    @cached_property
    def _industries(self) -> dict[tuple[str, str, str], Industry]:
        rows = self.accounts.rows(Industry)
        return {(row.industry, row.measure, str(row.period)): row for row in rows}

    @cached_property
    def _sets(self) -> dict[int, list[Member]]:
        """The members of each contradiction."""
        sets: dict[int, list[Member]] = {}
        for member in self.accounts.rows(Member):
            sets.setdefault(member.set, []).append(member)
        return sets

    def clash(self, numbers: Sequence[ClaimNumber]) -> Clash | None:
        """The first set that cannot all hold in which a figure of a claim stands."""
        observations = {number.observation for number in numbers if number.observation}
        for number, members in self._sets.items():
            within = [not observations.isdisjoint(member.observations) for member in members]
            if any(within):
                return Clash(number, all(within) and members[0].stage != "assumed")
        return None

    def stand_in(
        self, claim: ClaimDefinition, numbers: Sequence[ClaimNumber]
    ) -> list[ClaimNumber] | None:
        """The numbers with estimates for those that were not found; None where one has none.

        No estimate stands beside a goal or forecast: what came is not known from a model.
        """
        if any(number.aim for number in numbers):
            return None
        definitions = {definition.name: definition for definition in claim.numbers}
        filled_numbers: list[ClaimNumber] = []
        for number in numbers:
            lacks = number.looked_up and number.bound is None
            filled = self._filled(definitions[number.name], number) if lacks else number
            if filled is None:
                return None
            filled_numbers.append(filled)
        return filled_numbers

    def _filled(self, definition: NumberDefinition, number: ClaimNumber) -> ClaimNumber | None:
        """A number with an industry's size or share in it: the likely and the possible interval."""
        labels = definition.labels
        place = labels.get("region", self.region.code)
        strange = any(labels.get(name) for name in STRANGE) or labels.get("kind") in AHEAD
        if strange or place != self.region.code:
            return None
        indicator = self.region.indicator(labels["indicator"])
        of = self.region.indicator(self.region.relations.underlying(indicator.id) or indicator.id)
        key = (labels.get("industry", "all"), of.measure, labels["period"])
        row = self._industries.get(key)
        if row is None or not row.value.kind or not of.nominal or not self.of_series(of.id, row):
            return None
        if indicator.form == "level":
            likely, factor = row.value, parse_unit(row.unit).factor
            high = math.inf if math.isnan(row.print_high) else row.print_high
            possible = Interval(row.print_low, high) * factor
        elif self.region.relations.total_of(indicator.id):
            likely, factor = row.share, parse_unit("%").factor
            possible = Interval(0, 1)
        else:
            return None
        bound = Interval(likely.low, likely.high) * factor
        return replace(number, bound=bound, possible=possible)

    def of_series(self, level: str, row: Industry) -> bool:
        """True for a level of the series that the accounts hold; output has one alone."""
        if row.measure != "value_added":
            return True
        rows = self.accounts.rows(LedgerRow)
        whole = (entry for entry in rows if (entry.reading, entry.industry, entry.entity) == WHOLE)
        return level in {entry.indicator for entry in whole}


def judged_by_estimates(
    relation: Relation, numbers: Sequence[ClaimNumber]
) -> tuple[str, str, Outcome]:
    """The verdict on a relation some numbers of which are estimates, its reason, and the sides.

    A claim that cannot hold within the bounds by print is inconsistent. Else, within 90 % of the
    draws
    of each estimate: likely true where it holds everywhere, likely not where nowhere, and undecided
    between; equality is never likely, for an estimate is never that narrow.

    >>> from songhua.maths.relations import parse_relation
    >>> size = ClaimNumber("size", "m EUR", bound=Interval(40, 60), possible=Interval(10, 90))
    >>> relations = ("size > 30", "size > 50", "size > 70", "size > 95")
    >>> [judged_by_estimates(parse_relation(text), [size])[0] for text in relations]
    ['likely_true', 'undecided', 'likely_false', 'inconsistent']
    """
    unknown = next((number.name for number in numbers if number.unknown), "")
    likely = {number.name: number.bound for number in numbers if number.bound is not None}
    outcome = check(relation, likely, unknown)
    if unknown:
        return "not_checkable", "estimated", outcome
    print_ = {number.name: number.possible or number.bound for number in numbers}
    if not _can(relation, {name: bound for name, bound in print_.items() if bound is not None}):
        return "inconsistent", "beyond_accounts", outcome
    if outcome.verdict != "consistent":
        return "likely_false", "estimated", outcome
    opposite = OPPOSITE.get(relation.sign)
    if opposite and not _can(replace(relation, sign=opposite), likely):
        return "likely_true", "estimated", outcome
    return "undecided", "estimated", outcome


def _can(relation: Relation, bounds: Mapping[str, Interval]) -> bool:
    """True where a relation can hold within some bounds."""
    return check(relation, bounds).verdict == "consistent"
