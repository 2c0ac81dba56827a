"""Verdicts of claims, as the arithmetic of their numbers allows, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from songhua.labels import parse_unit
from songhua.maths.bounds import Interval
from songhua.maths.relation_check import Outcome, Parts, check
from songhua.maths.relations import Relation, names_of
from songhua.studies.claims.claim_numbers import ClaimNumber

BELOW, ABOVE = ("<", "<="), (">", ">=")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, its reason, and the outcome of the arithmetic."""

    verdict: str
    reason: str
    outcome: Outcome


def judged(
    relation: Relation,
    terms: Sequence[ClaimNumber],
    frees: Sequence[str] = (),
    assumed: bool = False,
) -> Judgement:
    """The verdict on a relation between numbers.

    A sentence is inconsistent only if nothing else can explain it: it fails with rounding, the
    width of a word before a number, the named premise and any weights of parts in a whole granted.
    And it does not compare a goal or forecast with the outcome, which may be missed without being
    wrong.

    >>> from songhua.maths.relations import parse_relation
    >>> came = ClaimNumber("came", "%", "5.5", bound=Interval(0.0545, 0.0555))
    >>> goal = ClaimNumber("goal", "%", "6", bound=Interval(0.06, float("inf")), aim=True)
    >>> judgement = judged(parse_relation("came >= goal"), [came, goal])
    >>> judgement.verdict, judgement.reason
    ('missed', 'not_reached')

    A sentence that holds on an `assumed` premise is consistent only if that is granted:

    >>> judged(parse_relation("came >= 5"), [came]).verdict
    'inconsistent'
    >>> judged(parse_relation("came < 1"), [came], assumed=True).verdict
    'consistent_if'
    """
    outcome = _outcome(relation, terms, frees)
    if outcome.verdict == "consistent":
        return Judgement(
            *(("consistent_if", "premise") if assumed else ("consistent", "")), outcome
        )
    if outcome.verdict == "implied":
        return Judgement("not_checkable", "unknown", outcome)
    if outcome.verdict == "consistent_if":
        return Judgement("consistent_if", "premise", outcome)
    if any(number.unknown for number in terms):
        return Judgement("inconsistent", "no_whole_number", outcome)
    if any(number.literal is not None for number in terms):
        literal = [replace(number, bound=number.literal or number.bound) for number in terms]
        if _outcome(relation, literal, ()).verdict == "consistent":
            return Judgement("consistent_if", "over_far", outcome)
    if missed(relation, terms):
        goals = any(number.aim and not number.expected for number in terms)
        return Judgement("missed", "not_reached" if goals else "not_as_expected", outcome)
    if outcome.outside:
        return Judgement("inconsistent", "outside_parts", outcome)
    worded = any(number.width for number in terms)
    return Judgement("inconsistent", "beyond_words" if worded else "no_overlap", outcome)


def _outcome(relation: Relation, terms: Sequence[ClaimNumber], frees: Sequence[str]) -> Outcome:
    """The relation checked; numbers that the relation does not name are left out."""
    unknown = [number for number in terms if number.unknown]
    bounds = {number.name: number.bound for number in terms if number.bound is not None}
    if not unknown:
        freed = [name for name in frees if name in bounds]
        return check(relation, bounds, frees=freed, parts=parts_of_one(terms, freed))
    whole = parse_unit(unknown[0].unit).counted
    return check(relation, bounds, unknown[0].name, whole)


def parts_of_one(terms: Sequence[ClaimNumber], frees: Sequence[str]) -> Parts | None:
    """Freed numbers that are shares of one whole: printed shares that make a hundred per cent.

    Or shares of one indicator, place, time and partition, which make a hundred at most.

    >>> half = ClaimNumber("a", "%", "50", bound=Interval(0.495, 0.505))
    >>> parts_of_one([half, replace(half, name="b")], ["a", "b"])
    Parts(names=('a', 'b'), complete=True)
    >>> parts_of_one([half, replace(half, name="b")], ["a"]) is None
    True
    """
    freed = [number for number in terms if number.name in frees and number.bound is not None]
    bounds = [number.bound for number in freed if number.bound is not None]
    fractions = all(parse_unit(number.unit).dimension == ("ratio", "") for number in freed)
    if len(freed) < 2 or not fractions or any(bound.low < 0 for bound in bounds):
        return None
    names = tuple(number.name for number in freed)
    if sum(bounds, Interval(0, 0)).contains(1):
        return Parts(names)
    wholes = {number.part_of for number in freed}
    return Parts(names, complete=False) if len(wholes) == 1 and () not in wholes else None


def missed(relation: Relation, terms: Sequence[ClaimNumber]) -> bool:
    """True where a relation that fails sets a goal or forecast beside an outcome.

    Goals that contradict one another are no outcome, and an outcome that goes beyond its goal
    has not missed it: both stay what they are.

    >>> from songhua.maths.relations import parse_relation
    >>> came = ClaimNumber("came", "t", "5", bound=Interval(4.5, 5.5))
    >>> goal = ClaimNumber("goal", "t", "2", bound=Interval(1.5, 2.5), aim=True, better="higher")
    >>> [missed(parse_relation(f"came {sign} goal"), [came, goal]) for sign in (">", "==", "<")]
    [True, True, False]
    """
    aims = {number.name: number for number in terms if number.aim}
    outcomes = {number.name for number in terms if not number.aim}
    if not aims or not outcomes:
        return False
    left, right = set(names_of(relation.left)), set(names_of(relation.right))
    if aims.keys() & left and aims.keys() & right:
        return True
    outcome_left = bool(aims.keys() & right)
    caps = relation.sign in (BELOW if outcome_left else ABOVE)
    floors = relation.sign in (ABOVE if outcome_left else BELOW)
    wanted = {number.better for number in aims.values()}
    return not ((caps and wanted == {"higher"}) or (floors and wanted == {"lower"}))
