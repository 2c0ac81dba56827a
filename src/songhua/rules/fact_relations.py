"""Relations between facts of a firm: a part is not above its whole, sums stand in one unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from songhua.errors import Fault
from songhua.labels.units import factor, parse_unit
from songhua.messages import LANGUAGES, Words
from songhua.rules.facts import Fact
from songhua.rules.fault_kinds import (
    FactAboveAll,
    FactAboveWhole,
    FactOtherUnit,
    RuleNameUnknown,
    RuleUnits,
)

#: The whole of a share in percent.
ALL = "all"
#: So many times the largest sum beside it, and a sum stands in another unit than it.
TIMES = 100
#: A binary fraction is no finer than that.
FINE = 1e-9
Numbers = Mapping[str, np.ndarray]
Broken: TypeAlias = FactAboveAll | FactAboveWhole | FactOtherUnit


class Contradiction(NamedTuple):
    """A relation between facts that some firms break, and which these are."""

    kind: type[Broken]
    fact: Fact
    others: tuple[Fact, ...]
    firms: np.ndarray


def contradictions(
    facts: Mapping[str, Fact], low: Numbers, high: Numbers
) -> Iterator[Contradiction]:
    """The relations between facts that firms break: parts above their whole, sums far apart.

    `low` and `high` have a number a firm for each fact, in the fact's unit; missing where it is
    not known, and then nothing is said. Of a sum beside others the largest of these counts.

    >>> staff = Fact("staff", "number", Words(), "persons")
    >>> tech = Fact("tech_staff", "number", Words(), "persons", part_of=("staff",))
    >>> numbers = {"staff": np.array([100.0, 100.0]), "tech_staff": np.array([8.0, 150.0])}
    >>> known = {"staff": staff, "tech_staff": tech}
    >>> [(one.kind.code, one.firms.tolist()) for one in contradictions(known, numbers, numbers)]
    [('fact_above_whole', [1])]
    """
    for id, fact in facts.items():
        if id not in low:
            continue
        wholes = [facts[name] for name in fact.part_of if name in high and name in facts]
        if fact.part_of == (ALL,):
            most = np.full(len(low[id]), float(1 / parse_unit(fact.unit).factor))
            yield from _broken(FactAboveAll, fact, (), low[id] > most * (1 + FINE))
        elif fact.part_of and len(wholes) == len(fact.part_of):
            whole = sum(_in_unit_of(fact, larger) * high[larger.id] for larger in wholes)
            yield from _broken(FactAboveWhole, fact, wholes, low[id] > whole * (1 + FINE))
        peers = [facts[name] for name in fact.beside if name in high and name in facts]
        if peers:
            largest = np.fmax.reduce([_in_unit_of(fact, peer) * high[peer.id] for peer in peers])
            far = (low[id] > TIMES * largest) & (largest > 0)
            yield from _broken(FactOtherUnit, fact, peers, far)


def _broken(
    kind: type[Broken],
    fact: Fact,
    partners: Sequence[Fact],
    firms: np.ndarray,
) -> Iterator[Contradiction]:
    if firms.any():
        yield Contradiction(kind, fact, tuple(partners), np.flatnonzero(firms))


def _in_unit_of(fact: Fact, other: Fact) -> float:
    """The factor that turns a number of another fact into this one's unit."""
    if fact.unit == other.unit:
        return 1.0
    return factor(parse_unit(other.unit), parse_unit(fact.unit))


def contradiction_fault(clash: Contradiction, numbers: Numbers, firm: int) -> Fault:
    """The fault of a firm whose facts contradict, without its file: all facts with their values.

    >>> tech = Fact("tech_staff", "number", Words({"en": "Technicians"}), "persons")
    >>> numbers = {"tech_staff": np.array([150.0])}
    >>> clash = Contradiction(FactAboveAll, tech, (), np.array([0]))
    >>> contradiction_fault(clash, numbers, 0).params["fact"]("en")
    'Technicians 150 persons'
    """
    facts = (clash.fact, *clash.others)
    fact, *others = (_fact_with_value(fact, float(numbers[fact.id][firm])) for fact in facts)
    return clash.kind(column=clash.fact.id, fact=fact, others=tuple(others), times=TIMES)


def _fact_with_value(fact: Fact, value: float) -> Words:
    """A fact with its value, by language."""
    unit = f" {fact.unit}" if fact.unit else ""
    return Words({lang: f"{fact.words(lang) or fact.id} {value:.9g}{unit}" for lang in LANGUAGES})


def relation_faults(
    facts: Mapping[str, Fact], declared: Mapping[str, Fact], file: str
) -> list[Fault]:
    """Relations of facts to names that are none, or to facts in which nothing else is counted.

    >>> tech = Fact("tech_staff", "number", Words(), "persons", part_of=("stuff",))
    >>> [(f.code, f.column) for f in relation_faults({"tech_staff": tech}, {}, "facts.toml")]
    [('rule_name_unknown', 'tech_staff')]
    """
    faults: list[Fault] = []
    for fact in facts.values():
        for name in (*fact.part_of, *fact.beside):
            partner = declared.get(name)
            if name == ALL and fact.part_of == (ALL,):
                same, partner = parse_unit(fact.unit or "x").dimension == ("ratio", ""), fact
            elif partner is None:
                faults.append(RuleNameUnknown(file, column=fact.id, name=name, near=""))
                continue
            else:
                same = _countable(fact) and _countable(partner) and _sort(fact) == _sort(partner)
            if not same:
                faults.append(
                    RuleUnits(
                        file,
                        column=fact.id,
                        text=f"{fact.id}, {name}",
                        unit=fact.unit,
                        other=partner.unit,
                    )
                )
    return faults


def _countable(fact: Fact) -> bool:
    return fact.type in ("number", "whole")


def _sort(fact: Fact) -> tuple[str, str]:
    return parse_unit(fact.unit).dimension if fact.unit else ("", "")
