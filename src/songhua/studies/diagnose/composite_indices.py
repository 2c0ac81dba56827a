"""Composite indices of the folder: ranks with their ranges, what they rest on, and coupling."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Annotated, cast

import numpy as np
import pandas as pd

from songhua.labels import Period, parse_period
from songhua.maths import composite
from songhua.maths.composite import Composite, Ranges, build, factorial_shares, rank_ranges
from songhua.maths.coupling import COUPLING_PHASES, bands, coupling_coordination
from songhua.results import Finding, table
from songhua.results.columns import Column, Estimate, PlaceId, Share, estimate, label, number
from songhua.results.columns import choice as word_of
from songhua.studies.diagnose.index_definitions import IndexDefinition, member_figures
from songhua.studies.diagnose.index_finding_kinds import (
    ChoicesRefused,
    CompositeRankRange,
    CouplingDependsOnSample,
    IndexNeedsPlaces,
)
from songhua.studies.series import Figures

CHOICES = {
    "treat": ["none", "winsorise_or_log"],
    "normalise": ["minmax", "rank"],
    "weight": ["given", "entropy", "critic"],
    "aggregate": ["arithmetic", "geometric"],
}
MOVE, DRAWS = 0.25, 20
#: Fewer places cannot be ranked.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class IndexRank:
    """A row of `ranks`: a place's score and rank, and where other choices put it."""

    index: Annotated[str, label("indices")]
    period: Period
    region: PlaceId
    score: Annotated[float, number(decimals=1)]
    rank: Annotated[Estimate, estimate(names=("rank", "low", "high", "estimate"))]
    median: float
    of: int
    runs: int


@dataclass(frozen=True, slots=True)
class ChoiceEffect:
    """A row of `choice_effects`: the share of a rank's variance that a choice explains."""

    index: Annotated[str, label("indices")]
    period: Period
    region: PlaceId
    choice: Annotated[str, word_of("choice")]
    first: Share
    total: Share


@dataclass(frozen=True, slots=True)
class Coupling:
    """A row of `couplings`: coupling, development and coordination of the parts of an index."""

    index: Annotated[str, label("indices")]
    period: Period
    region: PlaceId
    coupling: Annotated[float, number(decimals=3)]
    development: Annotated[float, number(decimals=3)]
    coordination: Annotated[float, number(decimals=3)]
    band: Annotated[str, word_of("coordination")]
    phase: Annotated[str, word_of("coordination")]
    formula: Annotated[str, word_of("formula")]


@dataclass(frozen=True, slots=True)
class MemberAudit:
    """A row of `index_audit`: gaps, spread and outliers of a member."""

    index: Annotated[str, label("indices")]
    member: Annotated[str, label("index_members", within="index")]
    n: int
    missing: int
    min: Annotated[float, number(decimals=2)]
    median: Annotated[float, number(decimals=2)]
    max: Annotated[float, number(decimals=2)]
    skew: Annotated[float, number(decimals=2)]
    kurt: Annotated[float, number(decimals=2)]
    outliers: bool


@dataclass(frozen=True, slots=True)
class IndexStep:
    """A row of `index_steps`: the note of a step of the calculation."""

    index: Annotated[str, label("indices")]
    step: Annotated[str, word_of("index_step")]
    member: Annotated[str, label("index_members", within="index")]
    note: Annotated[str, Column("", "sentence")]
    params: str


@dataclass(frozen=True, slots=True)
class Strength:
    """A row of `strengths`: the region in one member beside the others' median."""

    index: Annotated[str, label("indices")]
    period: Period
    member: Annotated[str, label("index_members", within="index")]
    value: Annotated[float, number(decimals=2)]
    peers: Annotated[float, number(decimals=2)]
    rank: float
    of: float
    lead: Annotated[float, number(decimals=2, signed=True)]


@dataclass(frozen=True, slots=True)
class IndexRows:
    """The rows of all tables of composite indices, by table."""

    ranks: list[IndexRank] = field(default_factory=list)
    choice_effects: list[ChoiceEffect] = field(default_factory=list)
    couplings: list[Coupling] = field(default_factory=list)
    index_audit: list[MemberAudit] = field(default_factory=list)
    index_steps: list[IndexStep] = field(default_factory=list)
    strengths: list[Strength] = field(default_factory=list)

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by name."""
        return {
            "ranks": table("diagnose", "ranks", self.ranks),
            "choice_effects": table("diagnose", "choice_effects", self.choice_effects),
            "couplings": table("diagnose", "couplings", self.couplings),
            "index_audit": table("diagnose", "index_audit", self.index_audit),
            "index_steps": table("diagnose", "index_steps", self.index_steps),
            "strengths": table("diagnose", "strengths", self.strengths),
        }


def composite_indices(figures: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The tables of every index in `indices.toml`; empty where there is none.

    All places and periods are scaled together, so that scores can be compared over time; ranks
    are among the places of one period. An index needs three places that have all its members.

    >>> from songhua.studies.diagnose import town
    >>> tables, findings = composite_indices(town.figures())  # the folder has no index
    >>> sorted(tables), findings
    (['choice_effects', 'couplings', 'index_audit', 'index_steps', 'ranks', 'strengths'], [])
    """
    rows, findings = IndexRows(), []
    for id, entry in figures.region.indices.items():
        index = IndexDefinition.read(id, entry)
        members = member_figures(figures.region, index)
        full = members.dropna()
        if full.empty or full.groupby(level="period").size().max() < FEWEST:
            findings.append(IndexNeedsPlaces(index=id, n=FEWEST))
        else:
            findings += _index_rows(figures, index, members, rows)
    return rows.tables(), findings


def _index_rows(
    figures: Figures, index: IndexDefinition, members: pd.DataFrame, rows: IndexRows
) -> Iterator[Finding]:
    """One index: its rows put into the tables, and its findings.

    A place that lacks a member in a period is left out of that period, and stands in the audit.
    """
    recipe, directions = index.recipe, index.directions
    full = members.dropna()
    base = build(full, recipe, directions)
    if figures.rng is None:
        ranges = rank_ranges(full, recipe, CHOICES, directions)
    else:
        ranges = rank_ranges(
            full, recipe, CHOICES, directions, rng=figures.rng, move=MOVE, draws=DRAWS
        )
    code = index.region or figures.region.code
    last = str(full.index.get_level_values("period")[-1])
    ranks = ranges.scores.groupby(level="period").rank(ascending=False, method="min")
    rank_rows = list(index_ranks(index.id, base, ranks))
    rows.ranks.extend(rank_rows)
    rows.choice_effects.extend(choice_effects(index.id, ranges, ranks.loc[[last]]))
    rows.index_audit.extend(_audit(index.id, members))
    rows.index_steps.extend(_steps(index.id, base))
    beside = cast("pd.DataFrame", members.loc[last])
    rows.strengths.extend(_strengths(index, last, beside, code))
    if index.coupling:
        rows.couplings.extend(couplings(index, full))
        yield CouplingDependsOnSample(index=index.id, n=len(full))
    period = parse_period(last)
    for row in rank_rows:
        if (row.period, row.region) == (period, code):
            yield _rank_finding(row)
    if ranges.refused:
        yield ChoicesRefused(index=index.id, n=len(ranges.refused))


def _rank_finding(row: IndexRank) -> Finding:
    """The region's rank in the last period, and how far other choices move it."""
    rank, best, worst = (int(end) for end in (row.rank.value, row.rank.low, row.rank.high))
    return CompositeRankRange.from_row(row, n=row.of, rank=rank, best=best, worst=worst)


def index_ranks(id: str, base: Composite, ranks: pd.DataFrame) -> Iterator[IndexRank]:
    """Every place in every period: its score, its rank, and where other choices put it.

    `ranks` are (period, region) down and runs across.

    >>> labels = [["2021"], ["here", "there"]]
    >>> rows = pd.MultiIndex.from_product(labels, names=["period", "region"])
    >>> base = build(pd.DataFrame({"a": [4.0, 7.0]}, rows), composite.Recipe())
    >>> runs = pd.DataFrame({"plain": [2.0, 1.0], "other": [1.0, 2.0]}, rows)
    >>> ranks = [row.rank for row in index_ranks("k", base, runs)]
    >>> [(rank.value, rank.low, rank.high) for rank in ranks]
    [(2.0, 1.0, 2.0), (1.0, 1.0, 2.0)]
    """
    plain = base.scores.groupby(level="period").rank(ascending=False, method="min")
    of = base.scores.notna().groupby(level="period").sum()
    for at, runs in ranks.iterrows():
        period, place = cast("tuple[str, str]", at)
        score, rank = float(base.scores[period, place]), float(plain[period, place])
        if not np.isnan(score):
            best, worst = min(float(runs.min()), rank), max(float(runs.max()), rank)
            yield IndexRank(
                id, parse_period(period), place, score, Estimate(rank, best, worst, "range"),
                float(runs.median()), int(of[period]), ranks.shape[1],
            )  # fmt: skip


def choice_effects(id: str, ranges: Ranges, ranks: pd.DataFrame) -> Iterator[ChoiceEffect]:
    """Shares of the variance of each rank of the last period that each choice explains.

    >>> design = pd.DataFrame({"treat": [0, 0, 1, 1], "weight": [0, 1, 0, 1]})
    >>> rows = pd.MultiIndex.from_tuples([("2021", "here")])
    >>> ranks = pd.DataFrame([[1.0, 1.0, 3.0, 3.0]], rows)
    >>> from types import SimpleNamespace
    >>> ranges = SimpleNamespace(refused=(), runs=design)
    >>> [(row.choice, row.first) for row in choice_effects("k", ranges, ranks)]
    [('treat', 1.0), ('weight', 0.0)]
    """
    if ranges.refused:
        return
    shares = factorial_shares(ranges.runs, ranks.T)
    for (period, place), varied, first, total in shares.itertuples(index=False):
        yield ChoiceEffect(id, parse_period(period), place, varied, first, total)


def _audit(id: str, members: pd.DataFrame) -> Iterator[MemberAudit]:
    """The figures of each member."""
    columns = ["n", "missing", "min", "median", "max", "skew", "kurt", "outliers"]
    for name, *cells in composite.audit(members)[columns].itertuples():
        yield MemberAudit(id, name, *cells)


def _steps(id: str, base: Composite) -> Iterator[IndexStep]:
    """The notes of each step."""
    for note in base.notes:
        params = json.dumps(dict(note.params), default=float)
        yield IndexStep(id, note.step, note.indicator, note.code, params)


def _strengths(
    index: IndexDefinition, period: str, members: pd.DataFrame, code: str
) -> Iterator[Strength]:
    """The region's members in the last period, from its greatest strength on."""
    strengths = composite.strengths(members, code, direction=index.directions)
    for name, *cells in strengths[["value", "peers", "rank", "of", "lead"]].itertuples():
        yield Strength(index.id, parse_period(period), name, *cells)


def couplings(index: IndexDefinition, members: pd.DataFrame) -> Iterator[Coupling]:
    """Coupling, development and coordination of the named parts, everywhere and always.

    >>> from songhua.studies.diagnose.index_definitions import Member
    >>> members = (Member("a", "jobs", part="digital"), Member("b", "jobs", part="real"))
    >>> index = IndexDefinition("k", members, {"digital": 1.0, "real": 1.0}, ("digital", "real"))
    >>> rows = pd.MultiIndex.from_tuples([("2021", p) for p in "xyz"], names=["period", "region"])
    >>> frame = pd.DataFrame({"a": [0.0, 5.0, 10.0], "b": [0.0, 5.0, 10.0]}, rows)
    >>> [(row.region, row.coupling, row.coordination) for row in couplings(index, frame)][-1]
    ('z', 1.0, 1.0)
    """
    scaled = build(members, replace(index.recipe, bounds=(0, 1)), index.directions)
    parts = scaled.stages["aggregated"][list(index.coupling)]
    weights = {name: index.parts[name] for name in index.coupling}
    coupled = coupling_coordination(parts, weights, index.formula)
    band, phase = bands(coupled["D"]), bands(coupled["C"], COUPLING_PHASES)
    for at, row in coupled.dropna().iterrows():
        period, place = cast("tuple[str, str]", at)
        coupling, development, coordination = row[["C", "T", "D"]].tolist()
        yield Coupling(
            index.id, parse_period(period), place, coupling, development, coordination,
            band[period, place], phase[period, place], index.formula,
        )  # fmt: skip
