"""Claims of sentences on printed sentences: counts by verdict, both sides, and whose they are."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pandas as pd

from sentence_audit.claims import Sentence, claim
from sentence_audit.evidence import doubts, known, rows, sole, unequal
from songhua.labels import parse_unit

Row = Mapping[str, Any]
SIGNS = ("==", "<=", ">=", "<", ">")
#: Numbers of a relation whose ends are tried in all combinations.
TRIED = 10
#: The verdict that a kind of sentence is of.
VERDICTS = {
    "claims_inconsistent": ("inconsistent",),
    "claims_missed": ("missed",),
    "claims_consistent_if": ("consistent_if",),
    "claims_estimated": ("likely_true", "likely_false", "undecided"),
}
FAILED = (
    "claim_inconsistent",
    "claim_no_whole_number",
    "claim_outside_parts",
    "claim_beyond_accounts",
    "claim_in_contradiction",
)
REASONS = ("no_whole_number", "outside_parts", "beyond_accounts", "in_contradiction")


def _judged(sentence: Sentence, *verdicts: str) -> pd.DataFrame:
    return rows(sentence, "claims.claims", verdict=verdicts)


def _checked(sentence: Sentence) -> int:
    return int((rows(sentence, "claims.claims")["verdict"] != "not_checkable").sum())


@claim(
    *VERDICTS, words="all sentences with a verdict, of those that were checked, and their figures"
)
def by_verdict(sentence: Sentence) -> Iterator[str]:
    """Rows of the verdict, in order."""
    frame = _judged(sentence, *VERDICTS[sentence.code])
    yield from unequal(sentence, {"n": len(frame), "claims": list(frame["claim"])})
    if sentence.code == "claims_estimated":
        yield from ("one has no estimate" for kind in frame["estimate"] if kind != "interval")
        return
    yield from unequal(sentence, {"total": _checked(sentence)})
    if {id for cell in frame["observations"] for id in cell.split()} != set(sentence.observations):
        yield "the figures are others"


def _numbers(sentence: Sentence, name: str) -> pd.DataFrame:
    return rows(sentence, "claims.claim_numbers", claim=name)


@claim("claims_missed", words="each sets a goal or forecast beside what came, which falls short")
def short_of_goals(sentence: Sentence) -> Iterator[str]:
    """No part of one side reaches the other."""
    for row in _judged(sentence, "missed").to_dict("records"):
        if row["reason"] not in ("not_reached", "not_as_expected") or _holds(row):
            yield f"{row['claim']} may have been reached"


def _sign(relation: str) -> str:
    return next(sign for sign in SIGNS if sign in relation)


def _holds(row: Row) -> bool:
    """True where some values between the ends make the relation true."""
    left, right = (row["left_low"], row["left_high"]), (row["right_low"], row["right_high"])
    return {
        "==": left[0] <= right[1] and right[0] <= left[1],
        "<=": left[0] <= right[1],
        "<": left[0] < right[1],
        ">=": left[1] >= right[0],
        ">": left[1] > right[0],
    }[_sign(row["relation"])]


def _text(low: float, high: float) -> str | None:
    """Both ends as a text, or the number that they are; none where it is unknown."""
    ends = [f"{end:.9g}" for end in (low, high)]
    if math.isnan(low):
        return None
    return ends[0] if ends[0] == ends[1] else "..".join(ends)


@claim(*FAILED, words="the sentence cannot be right: its source, both sides and what is implied")
def cannot_be_right(sentence: Sentence) -> Iterator[str]:
    """Its row, and the reason by which this kind of sentence is chosen."""
    row = sole(sentence, "claims.claims", claim=sentence.params["claim"], verdict="inconsistent")
    if row is None:
        yield "it is not inconsistent"
        return
    computed = {
        name: _text(row[f"{name}_low"], row[f"{name}_high"])
        for name in ("left", "right", "implied")
    }
    yield from unequal(sentence, computed | {"source": row["source"], "unit": row["unit"]})
    reason = sentence.code.removeprefix("claim_")
    if row["reason"] != reason and not (reason == "inconsistent" and row["reason"] not in REASONS):
        yield f"the reason is {row['reason']}"
    if set(row["observations"].split()) != set(sentence.observations):
        yield "the figures are others"
    yield from doubts(sentence)


@claim("claim_inconsistent", "claim_beyond_accounts", words="no rounding makes the sides meet")
def sides_apart(sentence: Sentence) -> Iterator[str]:
    """The relation fails between all ends, and the sides follow from the printed numbers."""
    row = sole(sentence, "claims.claims", claim=sentence.params["claim"])
    if row is None:
        return
    if _holds(row):
        yield "the sides meet"
    if row["estimate"] != ("bound" if sentence.code == "claim_inconsistent" else "interval"):
        yield f"the ends are of the kind {row['estimate']}"
    if row["estimate"] != "bound":
        return
    sides = _sides(row, _numbers(sentence, row["claim"]))
    for name, side in zip(("left", "right"), sides, strict=True):
        ends = (row[f"{name}_low"], row[f"{name}_high"])
        if not all(map(same_end, side, ends)):
            yield f"the {name} side is {side} by the numbers of the sentence"


def same_end(computed: float, end: float) -> bool:
    """Equal but for the digits in which ends are kept."""
    return math.isclose(computed, end, rel_tol=1e-6, abs_tol=1e-6)


def _sides(row: Row, numbers: pd.DataFrame) -> list[tuple[float, float]]:
    """Least and greatest of both sides, in the unit of the row, over all ends of the numbers."""
    texts = row["relation"].split(_sign(row["relation"]))
    used = {name.id for name in ast.walk(ast.parse(row["relation"])) if isinstance(name, ast.Name)}
    ends = {
        number["name"]: [number[end] * _factor(number["unit"]) for end in ("low", "high")]
        for number in numbers.to_dict("records")
        if number["name"] in used
    }
    factor = _factor(row["unit"])
    sides = []
    for text in texts:
        values = [
            eval(
                text.strip(),
                {"__builtins__": {"abs": abs, "min": min, "max": max}},
                dict(zip(ends, chosen, strict=True)),
            )
            / factor
            for chosen in product(*ends.values())
        ]
        sides.append((min(values), max(values)))
    return sides


def _factor(unit: str) -> float:
    """So many base units make one; sides without a unit are in these."""
    return float(parse_unit(unit).factor) if unit else 1.0


@claim("claim_no_whole_number", words="no whole number lies between the ends of what is missing")
def no_whole_number(sentence: Sentence) -> Iterator[str]:
    """The next whole number above the low end."""
    row = sole(sentence, "claims.claims", claim=sentence.params["claim"])
    if row is not None and math.ceil(row["implied_low"]) <= row["implied_high"]:
        yield f"{math.ceil(row['implied_low'])} lies between"


@claim("claim_outside_parts", words="the total, the second side, lies outside the range of parts")
def outside_parts(sentence: Sentence) -> Iterator[str]:
    """The sides do not meet."""
    row = sole(sentence, "claims.claims", claim=sentence.params["claim"])
    if row is not None and _holds(row):
        yield "the total lies inside"


@claim("claim_in_contradiction", words="its figures make up a set that cannot all hold")
def in_contradiction(sentence: Sentence) -> Iterator[str]:
    """The set in the tables of claims and of accounts."""
    row = sole(sentence, "claims.claims", claim=sentence.params["claim"])
    yield from unequal(sentence, {"set": None if row is None else row["set"]})
    members = rows(sentence, "accounts.contradictions", set=sentence.params["set"])
    cited = (
        {id for cell in members["observations"] for id in cell.split()} if len(members) else set()
    )
    if not cited & set(sentence.observations):
        yield "none of its figures stands in the set"


def _entry(sentence: Sentence) -> Mapping[str, Any]:
    """The number of a claim as the folder has it."""
    entry = sentence.region.claims.get(sentence.params["claim"], {})
    return entry.get("numbers", {}).get(sentence.params["name"], {})


@claim("claim_number_missing", words="no figure has these labels, so that the claim is not checked")
def number_missing(sentence: Sentence) -> Iterator[str]:
    """The labels of the number, its blank value, and the verdict."""
    entry = _entry(sentence)
    yield from unequal(sentence, {name: entry.get(name) for name in ("indicator", "period")})
    labels = {"claim": sentence.params["claim"], "name": sentence.params["name"]}
    number = sole(sentence, "claims.claim_numbers", **labels)
    if number is None or known(number["value"]):
        yield "it has a value"
    if not len(_judged(sentence, "not_checkable").query("claim == @labels['claim']")):
        yield "the claim is checked"


@claim(
    "claim_sources_differ", words="the number that is used with its source, and others that differ"
)
def sources_differ(sentence: Sentence) -> Iterator[str]:
    """The number of the table, and figures of the others with their bounds apart."""
    labels = {"claim": sentence.params["claim"], "name": sentence.params["name"]}
    number = sole(sentence, "claims.claim_numbers", **labels)
    if number is None:
        yield "no such number"
        return
    used = {"used": f"{number['value']} {number['unit']}", "source": number["source"]}
    yield from unequal(sentence, used)
    figures = sentence.region.figures.observations.frame.set_index("id")
    others = figures.loc[list(sentence.observations)[1:]]
    amounts = [f"{row.value} {row.unit}" for row in others.itertuples()]
    yield from unequal(sentence, {"others": amounts, "sources": list(others["source"])})
    entry = _entry(sentence)
    for name in ("indicator", "period", "region"):
        if name in entry and not (others[name].astype(str) == str(entry[name])).all():
            yield f"others are of another {name}"


@claim(
    "brief_claims_inconsistent",
    "brief_correct",
    words="n sentences contradict figures; one of them, and who published it",
)
def in_brief(sentence: Sentence) -> Iterator[str]:
    """Counts, the row of the one that is named, its sides and its publisher."""
    wrong = _judged(sentence, "inconsistent")
    yield from unequal(sentence, {"n": len(wrong)})
    row = sole(sentence, "claims.claims", claim=sentence.params["claim"], verdict="inconsistent")
    if row is None:
        yield "it is not inconsistent"
        return
    publisher = sentence.region.sources[row["source"]].get("publisher")
    yield from unequal(sentence, {"owner": str(publisher)})
    if sentence.code == "brief_correct":
        return
    yield from unequal(sentence, {"total": _checked(sentence), "unit": row["unit"]})
    for name in ("left", "right"):
        ends = "..".join(f"{row[f'{name}_{end}']:.4g}" for end in ("low", "high"))
        yield from unequal(sentence, {name: ends})
    if set(sentence.observations) != set(row["observations"].split()):
        yield "the figures are others"
    yield from doubts(sentence)
