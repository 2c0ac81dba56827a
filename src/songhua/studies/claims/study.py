"""Claims: whether printed sentences agree with the printed numbers (§5, §10).

A verdict comes from arithmetic within the bounds of rounding, never from an opinion:
consistent, inconsistent, consistent only if a named premise is granted, or not checkable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import pandas as pd

from songhua import schema
from songhua.errors import Fault, SonghuaError
from songhua.labels import Unit, parse_unit
from songhua.maths.bounds import Interval, from_print
from songhua.maths.relations import Outcome, Relation, check, dimension, parse_relation
from songhua.region import Region
from songhua.results import Finding, Result

LABELS = (
    "indicator", "period", "region", "industry", "entity", "vintage", "scope", "kind",
    "qualifier", "source",
)  # fmt: skip
RATIOS = {"ratio", "points"}


@dataclass(frozen=True)
class _Number:
    """A number of a claim; `bound` is in base units, and missing where the number is."""

    name: str
    unit: str
    value: str = ""
    qualifier: str = ""
    observation: str = ""
    source: str = ""
    looked_up: bool = False
    bound: Interval | None = None

    @property
    def unknown(self) -> bool:
        """Whether the claim leaves it open on purpose."""
        return self.bound is None and not self.looked_up


def claims(
    region: Region,
    plan: object = None,
    evidence: object = None,
    rng: object = None,
    progress: object = None,
) -> Result:
    """Check every claim of the region against the numbers it names.

    Numbers are taken to base units (fractions, whole currency units, counts) with the bounds
    of rounding; full counts are exact. A relation that can hold is consistent. A number with
    "about" before it is checked like a bare one, but a gap that is left is not checkable, since
    the word may cover it. An unknown number is not checkable and gets its bounds, unless it is
    a count and no whole number fits. Bounds of rounding do not cover revisions or mistakes.

    Returns:
        The tables `claims` and `claim_numbers`, as described in schema/results/claims.toml.

    Raises:
        SonghuaError: with all faults of all claims: a relation, a name, a unit or a number
            that cannot be read.
    """
    del plan, evidence, rng, progress
    rows: list[dict[str, Any]] = []
    numbers: list[dict[str, Any]] = []
    findings: list[Finding] = []
    faults: list[Fault] = []
    for id, claim in region.claims.items():
        try:
            found, notes = _numbers(region, id, claim)
            rows.append(_row(region, id, claim, found))
        except SonghuaError as error:
            faults += [replace(f, file="claims.toml", column=f.column or id) for f in error.faults]
            continue
        numbers += [_number_row(id, number) for number in found]
        findings += notes
    if faults:
        raise SonghuaError(*faults)
    tables = {"claims": _table("claims", rows), "claim_numbers": _table("claim_numbers", numbers)}
    return Result("claims", tables, (*_summary(rows), *findings))


def _table(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a table with the columns of its schema; numbers that are not there stay missing."""
    table = schema.results("claims")[name]
    numbers = {column.name: float for column in table.columns if column.type == "number"}
    return pd.DataFrame(rows, columns=table.names).astype(numbers)


def _numbers(
    region: Region, id: str, claim: Mapping[str, Any]
) -> tuple[list[_Number], list[Finding]]:
    """The numbers of a claim, and what a reader must know of how they were found."""
    found: list[_Number] = []
    notes: list[Finding] = []
    for name, given in (claim.get("numbers") or {}).items():
        if "indicator" in given:
            number, note = _look_up(region, id, name, given)
            notes += note
        else:
            text, unit = str(given.get("value") or ""), parse_unit(given["unit"])
            qualifier = str(given.get("qualifier") or "")
            bound = _bound(text, qualifier, unit) if text else None
            source = str(claim["source"]) if text else ""
            number = _Number(name, unit.text, text, qualifier, "", source, bound=bound)
        found.append(number)
    return found, notes


def _bound(text: str, qualifier: str, unit: Unit) -> Interval:
    """What a printed number leaves open, in base units."""
    return from_print(text, qualifier, unit.counted, unit.factor)


def _look_up(
    region: Region, id: str, name: str, given: Mapping[str, Any]
) -> tuple[_Number, list[Finding]]:
    """A number from the observations: the best of those that carry its labels."""
    labels = {label: str(given[label]) for label in LABELS if label in given}
    indicator = region.indicators.get(labels["indicator"])
    if indicator is None:
        params = {"text": labels["indicator"], "of": "indicators"}
        raise SonghuaError(Fault("label_unknown", column=f"{id}.numbers.{name}", params=params))
    rows = region.find(**labels)
    best = region.best(rows)
    if best is None:
        unit = str(indicator["unit"])
        params = {"claim": id, "name": name, **{k: labels[k] for k in ("indicator", "period")}}
        return _Number(name, unit, looked_up=True), [Finding("claim_number_missing", params)]
    number = _Number(
        name, str(best["unit"]), str(best["value"]), str(best["qualifier"]),
        str(best["id"]), str(best["source"]), looked_up=True, bound=_row_bound(best),
    )  # fmt: skip
    return number, _differing(id, name, rows, best)


def _row_bound(row: pd.Series) -> Interval:
    return _bound(str(row["value"]), str(row["qualifier"]), parse_unit(str(row["unit"])))


def _differing(id: str, name: str, rows: pd.DataFrame, best: pd.Series) -> list[Finding]:
    """A finding, where another source's figure cannot be the same number."""
    used = _row_bound(best)
    odd = [row for _, row in rows.iterrows() if not used.overlaps(_row_bound(row))]
    if not odd:
        return []
    others = "; ".join(f"{row['value']} {row['unit']} ({row['source']})" for row in odd)
    params = {
        "claim": id, "name": name, "used": f"{best['value']} {best['unit']}",
        "source": str(best["source"]), "others": others,
    }  # fmt: skip
    ids = (str(best["id"]), *(str(row["id"]) for row in odd))
    return [Finding("claim_sources_differ", params, ids)]


def _row(
    region: Region, id: str, claim: Mapping[str, Any], numbers: list[_Number]
) -> dict[str, Any]:
    """A claim's row: the verdict, and the sides in a unit that a reader knows."""
    uncheckable = claim.get("uncheckable") or {}
    text = str(claim.get("relation") or "")
    row: dict[str, Any] = {
        "claim": id, "source": claim["source"], "grade": region.sources[claim["source"]]["grade"],
        "relation": text, "unit": "", "estimate": "bound",
        "observations": " ".join(number.observation for number in numbers if number.observation),
    }  # fmt: skip
    if uncheckable or not text:
        return row | {"verdict": "not_checkable", "reason": "uncheckable"}
    relation = parse_relation(text)
    used = [number for number in numbers if number.name in relation.names]
    if any(number.looked_up and number.bound is None for number in used):
        return row | {"verdict": "not_checkable", "reason": "nothing_found"}
    outcome = _outcome(relation, used, claim.get("frees") or ())
    about = any(number.qualifier == "about" for number in used)
    verdict, reason = _verdict(outcome, about, any(number.unknown for number in used))
    unit, factor = _unit(relation, used)
    open_sides = [s for s in ("left", "right") if relation.alone(s) in _unknown_names(used)]
    shown = {"left": outcome.left, "right": outcome.right, "implied": outcome.implied}
    ends = {
        name: _ends(side, factor)
        for name, side in shown.items()
        if side is not None and name not in open_sides
    }
    row |= {f"{name}_low": low for name, (low, _) in ends.items()}
    row |= {f"{name}_high": high for name, (_, high) in ends.items()}
    return row | {"verdict": verdict, "reason": reason, "unit": unit}


def _unknown_names(numbers: list[_Number]) -> set[str]:
    return {number.name for number in numbers if number.unknown}


def _outcome(relation: Relation, used: list[_Number], frees: Any) -> Outcome:
    """The relation checked; numbers that the relation does not name are left out."""
    unknown = [number for number in used if number.unknown]
    bounds = {number.name: number.bound for number in used if number.bound is not None}
    if not unknown:
        return check(relation, bounds, frees=[name for name in frees if name in bounds])
    whole = parse_unit(unknown[0].unit).counted
    return check(relation, bounds, unknown[0].name, whole)


def _verdict(outcome: Outcome, about: bool, unknown: bool) -> tuple[str, str]:
    """Verdict and reason."""
    if outcome.verdict == "consistent":
        return "consistent", ""
    if about:
        return "not_checkable", "about"
    if outcome.verdict == "implied":
        return "not_checkable", "unknown"
    if outcome.verdict == "consistent_if":
        return "consistent_if", "premise"
    return "inconsistent", "no_whole_number" if unknown else "no_overlap"


def _unit(relation: Relation, used: list[_Number]) -> tuple[str, Fraction]:
    """The unit to show the sides in, and its factor.

    The unit of the number that stands alone on a side (an unknown first); else of the first
    number that measures what the sides measure; else x for a ratio, and base units otherwise.
    """
    units = {number.name: parse_unit(number.unit) for number in used}
    alone = [relation.alone(side) for side in ("left", "right")]
    lone = [number for number in used if number.name in alone]
    for number in sorted(lone, key=lambda number: (not number.unknown, alone.index(number.name))):
        return number.unit, units[number.name].factor
    dimensions = {name: _dimension(unit) for name, unit in units.items()}
    wanted = dimension(relation, dimensions)
    for name in relation.names:
        if dimensions[name] == wanted:
            return units[name].text, units[name].factor
    return ("" if wanted else "x"), Fraction(1)


def _dimension(unit: Unit) -> dict[str, Fraction]:
    """The powers of a unit's bases; none for a fraction or a point."""
    what, per = unit.dimension
    powers = {what: Fraction(1)} | ({per: Fraction(-1)} if per else {})
    return {} if what in RATIOS and not per else powers


def _ends(side: Interval, factor: Fraction) -> tuple[float, float]:
    """Both ends in a unit, to twelve significant digits."""
    shown = side / factor
    return float(f"{shown.low:.12g}"), float(f"{shown.high:.12g}")


def _number_row(id: str, number: _Number) -> dict[str, Any]:
    row = {
        "claim": id, "name": number.name, "value": number.value, "unit": number.unit,
        "qualifier": number.qualifier, "observation": number.observation, "source": number.source,
    }  # fmt: skip
    if number.bound is None:
        return row
    low, high = _ends(number.bound, parse_unit(number.unit).factor)
    return row | {"low": low, "high": high}


def _summary(rows: list[dict[str, Any]]) -> list[Finding]:
    """How many claims fail, how many hold only under a premise, and each one that fails."""
    found: list[Finding] = []
    for verdict in ("inconsistent", "consistent_if"):
        these = [row for row in rows if row["verdict"] == verdict]
        if these:
            ids = tuple(i for row in these for i in row["observations"].split())
            params = {"n": len(these), "list": ", ".join(row["claim"] for row in these)}
            found.append(Finding(f"claims_{verdict}", params, tuple(dict.fromkeys(ids))))
    return found + [_failed(row) for row in rows if row["verdict"] == "inconsistent"]


def _failed(row: Mapping[str, Any]) -> Finding:
    """The finding of one claim that cannot be right as printed."""
    params = {key: row[key] for key in ("claim", "source", "unit")}
    for side in ("left", "right", "implied"):
        if f"{side}_low" in row:
            params[side] = str(Interval(row[f"{side}_low"], row[f"{side}_high"]))
    whole = row["reason"] == "no_whole_number"
    code = "claim_no_whole_number" if whole else "claim_inconsistent"
    return Finding(code, params, tuple(row["observations"].split()))
