"""The facts of one firm, read as a rulebook asks for them and compared with one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from songhua.errors import Fault, SonghuaError
from songhua.rules.fact_relations import contradiction_fault, contradictions
from songhua.rules.facts import Fact, FactValue, Scalar, read_fact
from songhua.rules.intervals import UNBOUNDED, Interval, Operand
from songhua.rules.rulebook_units import day_number, in_own_unit
from songhua.rules.truth_values import MET, NOT_MET


@dataclass(frozen=True)
class FirmFacts:
    """A firm's facts as the rules take them, by name, with evidence; and the missing ones."""

    values: Mapping[str, Operand]
    missing: tuple[str, ...]
    evidence: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_firm(
    facts: Mapping[str, Fact],
    raw: Mapping[str, object],
    most: Mapping[str, float],
    units: Mapping[str, str],
) -> FirmFacts:
    """A firm's facts in the rulebook's units.

    Args:
        facts: the facts that the rulebook asks for.
        given: the firm's facts; names that the rulebook does not ask for are passed over.
        most: the highest mark of every score.
        units: the rulebook's unit by dimension.

    Raises:
        SonghuaError: with a fault a fact that cannot be read, and two that contradict each other.

    >>> from songhua.messages import Words
    >>> staff = Fact("staff", "whole", Words({"en": "Staff", "zh": "职工"}), "persons")
    >>> read_firm({"staff": staff}, {"staff": 12}, {}, {}).values["staff"].low
    12.0
    """
    values: dict[str, Operand] = {}
    missing: list[str] = []
    evidence: dict[str, Mapping[str, str]] = {}
    faults: list[Fault] = []
    ends: dict[str, tuple[float, float]] = {}
    for id, fact in facts.items():
        try:
            value = read_fact(fact, raw.get(id), most.get(id, UNBOUNDED))
        except SonghuaError as error:
            faults += [f.at(column=id) for f in error.faults]
            continue
        if value is None:
            values[id] = fact.unknown(most.get(id, UNBOUNDED))
            missing += [id] if fact.type != "score" else []
            continue
        values[id] = operand(fact, value, units)
        if fact.type in ("number", "whole"):
            ends[id] = float(value.low), float(value.high)  # pyright: ignore[reportArgumentType]
        evidence |= {id: value.evidence} if value.evidence else {}
    low, high = ({id: np.array([end[at]]) for id, end in ends.items()} for at in (0, 1))
    faults += (contradiction_fault(clash, low, 0) for clash in contradictions(facts, low, high))
    if faults:
        raise SonghuaError(*faults)
    return FirmFacts(values, tuple(missing), evidence)


def operand(fact: Fact, value: FactValue, units: Mapping[str, str]) -> Operand:
    """A fact's value as the rules take it: an interval in the rulebook's unit, a truth, a label.

    >>> from songhua.messages import Words
    >>> share = Fact("share", "number", Words(), "%")
    >>> operand(share, FactValue(5.0, 5.0), {}).low
    0.05
    """
    if fact.type == "flag":
        return MET if value.low else NOT_MET
    if fact.type == "choice":
        return value.low
    low, high = (_in_rulebook_unit(fact, end, units) for end in (value.low, value.high))
    return Interval(low, low if low == high else high, True, low >= 0)


def _in_rulebook_unit(fact: Fact, end: Scalar, units: Mapping[str, str]) -> float:
    if isinstance(end, date):
        return day_number(end)
    return in_own_unit(float(end), fact.unit, units) if fact.unit else float(end)
