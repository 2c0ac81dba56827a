"""The folder's composite indices: ranks with their ranges, what they rest on, coupling."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

import numpy as np
import pandas as pd

from songhua.maths.composite import (
    Composite,
    Ranges,
    Recipe,
    audit,
    build,
    factorial_shares,
    rank_ranges,
    strengths,
)
from songhua.maths.coupling import COUPLING_PHASES, bands, coupling_coordination
from songhua.results import Finding, table
from songhua.studies.diagnose.index_members import figures
from songhua.studies.series import Figures, Row, records

INDEX = "index"
CHOICES = {
    "treat": ["none", "winsorise_or_log"],
    "normalise": ["minmax", "rank"],
    "weight": ["given", "entropy", "critic"],
    "aggregate": ["arithmetic", "geometric"],
}
MOVE, DRAWS = 0.25, 20
FEWEST = 3
TABLES = ("ranks", "choice_effects", "couplings", "index_audit", "index_steps", "strengths")


def composite_indices(facts: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The tables of every index in `indices.toml`; empty where there is none.

    All places and periods are scaled together, so that scores can be compared over time; ranks
    are among the places of one period. An index needs three places that have all its members.
    """
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    found: list[Finding] = []
    for id, index in facts.region.indices.items():
        frame = figures(facts.region, index)
        if frame.empty or frame.groupby(level="period").size().max() < FEWEST:
            found.append(Finding("index_needs_places", {"index": id, "n": FEWEST}))
            continue
        found += _one(facts, id, dict(index), frame, rows)
    return {name: table("diagnose", name, rows[name]) for name in TABLES}, found


def _one(
    facts: Figures, id: str, index: Row, frame: pd.DataFrame, rows: dict[str, list[Row]]
) -> Iterator[Finding]:
    """One index: its rows put into the tables, and its findings."""
    recipe, direction = recipe_of(index)
    base = build(frame, recipe, direction)
    moved = {} if facts.rng is None else {"rng": facts.rng, "move": MOVE, "draws": DRAWS}
    ranges = rank_ranges(frame, recipe, CHOICES, direction, **moved)
    code, last = facts.region.code, frame.index.get_level_values("period")[-1]
    ranks = ranges.scores.groupby(level="period").rank(ascending=False, method="min")
    rows["ranks"] += list(_ranks(id, base, ranks))
    rows["choice_effects"] += list(_choices(id, ranges, ranks.loc[[last]]))
    rows["index_audit"] += _audit(id, frame)
    rows["index_steps"] += [
        {"index": id, "step": n.step, "member": n.indicator, "note": n.code,
         "params": json.dumps(dict(n.params), default=float)}
        for n in base.notes
    ]  # fmt: skip
    beside = frame.loc[last]
    rows["strengths"] += [
        {"index": id, "period": last, "member": member, **row}
        for member, row in strengths(beside, code, direction=direction).to_dict("index").items()
    ]
    if index["coupling"]:
        rows["couplings"] += list(_couplings(id, index, frame))
        yield Finding("coupling_depends_on_sample", {"index": id, "n": len(frame)})
    own = next(
        r for r in rows["ranks"] if (r["index"], r["period"], r["region"]) == (id, last, code)
    )
    params = {"index": id, "period": last, "region": code, "n": int(own["of"]), "runs": own["runs"]}
    params |= {"rank": int(own["rank"]), "best": int(own["low"]), "worst": int(own["high"])}
    yield Finding("composite_rank_range", params)
    if ranges.refused:
        yield Finding("choices_refused", {"index": id, "n": len(ranges.refused)})


def recipe_of(index: Row) -> tuple[Recipe, dict[str, float]]:
    """The plain recipe of an index (min-max over 1 to 100, given weights), and the directions."""
    members, parts = index["members"], index["parts"] or {}
    tree = {name: member["part"] or INDEX for name, member in members.items()}
    weights = {name: float(entry["weight"]) for name, entry in {**members, **parts}.items()}
    recipe = Recipe(
        bounds=(1, 100),
        weight="given",
        weights=weights,
        tree={**tree, **dict.fromkeys(parts, INDEX)},
    )
    return recipe, {
        name: -1.0 if member["direction"] == "lower" else 1.0 for name, member in members.items()
    }


def _ranks(id: str, base: Composite, ranks: pd.DataFrame) -> Iterator[Row]:
    """Every place in every period: its score, its rank, and where other choices put it."""
    plain = base.scores.groupby(level="period").rank(ascending=False, method="min")
    of = base.scores.notna().groupby(level="period").sum()
    for at, own in ranks.iterrows():
        period, place = cast("tuple[str, str]", at)
        if np.isnan(base.scores[period, place]):
            continue
        yield {
            "index": id,
            "period": period,
            "region": place,
            "score": base.scores[period, place],
            "rank": plain[period, place],
            "low": min(own.min(), plain[period, place]),
            "median": own.median(),
            "high": max(own.max(), plain[period, place]),
            "estimate": "range",
            "of": of[period],
            "runs": ranks.shape[1],
        }


def _choices(id: str, ranges: Ranges, ranks: pd.DataFrame) -> Iterator[Row]:
    """How much of the variance of each rank of the last period each choice explains."""
    if ranges.refused:
        return
    shares = factorial_shares(ranges.runs, ranks.T)
    for row in shares.to_dict("records"):
        period, place = row["output"]
        yield {
            "index": id,
            "period": period,
            "region": place,
            "choice": row["choice"],
            "first": row["first"],
            "total": row["total"],
        }


def _audit(id: str, frame: pd.DataFrame) -> list[Row]:
    return [
        {"index": id, **row} for row in records(audit(frame).rename_axis("member").reset_index())
    ]


def _couplings(id: str, index: Row, frame: pd.DataFrame) -> Iterator[Row]:
    """Coupling, development and coordination of the named parts, everywhere and always."""
    recipe, direction = recipe_of(index)
    scaled = build(frame, replace(recipe, bounds=(0, 1)), direction)
    parts = scaled.stages["aggregated"][index["coupling"]]
    weights = {name: float(index["parts"][name]["weight"]) for name in index["coupling"]}
    found = coupling_coordination(parts, weights, index["formula"])
    grade, phase = bands(found["D"]), bands(found["C"], COUPLING_PHASES)
    for at, row in found.dropna().iterrows():
        period, place = cast("tuple[str, str]", at)
        yield {
            "index": id,
            "period": period,
            "region": place,
            "coupling": row["C"],
            "development": row["T"],
            "coordination": row["D"],
            "band": grade[period, place],
            "phase": phase[period, place],
            "formula": index["formula"],
        }
