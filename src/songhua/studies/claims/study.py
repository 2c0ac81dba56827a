"""Claims: whether printed sentences agree with the printed numbers (§5, §10).

A verdict comes from arithmetic within the bounds of rounding, never from an opinion:
consistent, inconsistent, consistent only if a named premise is granted, or not checkable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from songhua.errors import Fault, SonghuaError
from songhua.labels import Unit, parse_unit
from songhua.maths.relation_check import Outcome
from songhua.maths.relations import Relation, dimension, parse_relation
from songhua.maths.wording import USUAL, Widths
from songhua.region import Region
from songhua.results import Finding, Result, table
from songhua.studies.claims.claim_findings import findings
from songhua.studies.claims.claim_numbers import ClaimNumber, claim_numbers, ends_in_unit
from songhua.studies.claims.definitions import ClaimDefinition
from songhua.studies.claims.estimates import Estimates, judged_by_estimates
from songhua.studies.claims.rows import CheckedClaim, CheckedNumber
from songhua.studies.claims.verdicts import judged

RATIOS = {"ratio", "points"}


def claims(
    region: Region,
    plan: object = None,
    evidence: Mapping[str, Result] | None = None,
    rng: object = None,
    progress: object = None,
    widths: Widths = USUAL,
) -> Result:
    """Check every claim of the region against the numbers it names.

    Numbers are taken to base units (fractions, whole currency units, counts) with the bounds
    of rounding; full counts are exact. A relation that can hold is consistent. "About", "nearly"
    and "more than" reach as far as `widths` says, or as the claim itself. A goal or forecast that
    did not come is missed, and no wrong sentence. An unknown number is not checkable and gets its
    bounds, unless it is a count and no whole number fits. Bounds of rounding do not cover
    revisions or mistakes.

    Where `evidence` holds `accounts`, their estimates stand in for missing sizes and shares of
    industries, never beside a goal, and verdicts on them carry the mark *estimated*. A claim with a
    figure of a contradiction names the set.

    Returns:
        The tables `claims` and `claim_numbers`, as described in `studies/claims/tables.py`.

    Raises:
        SonghuaError: with all faults of all claims: a relation, a name, a unit or a number
            that cannot be read.

    >>> numbers = {"a": {"value": "40", "unit": "%"}, "b": {"value": "70", "unit": "%"}}
    >>> claim = {"source": "bulletin", "relation": "a + b <= 1", "numbers": numbers}
    >>> region = Region.of("here", claims={"c": claim}, sources={"bulletin": {"grade": "official"}})
    >>> claims(region).tables["claims"]["verdict"].tolist()
    ['inconsistent']
    """
    del plan, rng, progress
    accounts = (evidence or {}).get("accounts")
    estimates = None if accounts is None else Estimates(region, accounts)
    rows: list[CheckedClaim] = []
    numbers: list[CheckedNumber] = []
    noted: list[Finding] = []
    faults: list[Fault] = []
    for id, entry in region.claims.items():
        claim = ClaimDefinition.read(id, entry)
        try:
            terms, notes = claim_numbers(region, claim, widths)
            filled = estimates and estimates.stand_in(claim, terms)
            terms = filled or terms
            row = checked_claim(region, claim, terms)
            rows.append(row if estimates is None else _beside_accounts(row, terms, estimates))
        except SonghuaError as error:
            faults += [replace(f, file="claims.toml", column=f.column or id) for f in error.faults]
            continue
        numbers += [CheckedNumber.of(id, number) for number in terms]
        noted += notes
    if faults:
        raise SonghuaError(*faults)
    tables = {
        "claims": table("claims", "claims", rows),
        "claim_numbers": table("claims", "claim_numbers", numbers),
    }
    return Result("claims", tables, (*findings(rows), *noted))


def checked_claim(
    region: Region, claim: ClaimDefinition, numbers: Sequence[ClaimNumber]
) -> CheckedClaim:
    """A claim's row: the verdict, and the sides in a unit that a reader knows.

    >>> region = Region.of("here", sources={"bulletin": {"grade": "official"}})
    >>> from songhua.maths.bounds import Interval
    >>> half = ClaimNumber("half", "%", "50", bound=Interval(0.495, 0.505))
    >>> row = checked_claim(region, ClaimDefinition("c", "bulletin", "half == 0.5"), [half])
    >>> row.verdict, row.left_low, row.right_low, row.unit
    ('consistent', 49.5, 50.0, '%')
    """
    ids = tuple(number.observation for number in numbers if number.observation)
    grade = region.grade(claim.source)
    row = CheckedClaim(
        claim.id,
        claim.source,
        grade,
        claim.relation,
        doubts=region.figures.doubt_kinds(ids),
        observations=ids,
    )
    if not claim.checkable or not claim.relation:
        return replace(row, reason="uncheckable")
    relation = parse_relation(claim.relation)
    terms = [number for number in numbers if number.name in relation.names]
    if any(number.looked_up and number.bound is None for number in terms):
        return replace(row, reason="nothing_found")
    unit, factor = _unit(relation, terms)
    if any(number.possible is not None for number in terms):
        verdict, reason, outcome = judged_by_estimates(relation, terms)
        ends = _ends(relation, outcome, terms, factor)
        row = replace(row, verdict=verdict, reason=reason, unit=unit, estimate="interval")
        return replace(row, **ends)
    judgement = judged(relation, terms, claim.frees, claim.assumed)
    ends = _ends(relation, judgement.outcome, terms, factor)
    return replace(row, verdict=judgement.verdict, reason=judgement.reason, unit=unit, **ends)


def _beside_accounts(
    row: CheckedClaim, numbers: Sequence[ClaimNumber], estimates: Estimates
) -> CheckedClaim:
    """A claim that holds by itself, where a figure of it stands in a set that cannot all hold.

    One figure of the set is wrong, and nothing shows which: the claim holds only if the wrong
    figure is not its own. Where the claim has every figure of a set that print alone makes, it is
    inconsistent.
    """
    set_ = estimates.clash(numbers) if row.verdict == "consistent" else None
    if set_ is None:
        return row
    verdict = "inconsistent" if set_.whole else "consistent_if"
    return replace(row, verdict=verdict, reason="in_contradiction", set=set_.number)


def _ends(
    relation: Relation, outcome: Outcome, terms: Sequence[ClaimNumber], factor: Fraction
) -> dict[str, float]:
    """The ends of all sides by column, but of one that is an unknown number alone."""
    unknown = {number.name for number in terms if number.unknown}
    sides = {"left": outcome.left, "right": outcome.right, "implied": outcome.implied}
    ends: dict[str, float] = {}
    for name, side in sides.items():
        alone = name != "implied" and relation.alone(name) in unknown
        if side is not None and not alone:
            ends[f"{name}_low"], ends[f"{name}_high"] = ends_in_unit(side, factor)
    return ends


def _unit(relation: Relation, terms: Sequence[ClaimNumber]) -> tuple[str, Fraction]:
    """The unit to show the sides in, and its factor.

    The unit of a number alone on a side (an unknown first); else of the first number with the
    dimension of the sides; else x for a ratio, and base units otherwise.
    """
    units = {number.name: parse_unit(number.unit) for number in terms}
    alone = [relation.alone(side) for side in ("left", "right")]
    lone = [printed for printed in terms if printed.name in alone]
    for printed in sorted(lone, key=lambda of: (not of.unknown, alone.index(of.name))):
        return printed.unit, units[printed.name].factor
    dimensions = {name: _dimension(unit) for name, unit in units.items()}
    wanted = dimension(relation, dimensions)
    for name in relation.names:
        if dimensions[name] == wanted:
            return units[name].text, units[name].factor
    return ("" if wanted else "x"), Fraction(1)


def _dimension(unit: Unit) -> dict[str, Fraction]:
    """The powers of a unit's bases; none for a fraction or a point."""
    base, per = unit.dimension
    powers = {base: Fraction(1)} | ({per: Fraction(-1)} if per else {})
    return {} if base in RATIOS and not per else powers
