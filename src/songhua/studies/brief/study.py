"""Brief: what the other studies found, chosen and put in order by the rules."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from songhua.errors import SonghuaError
from songhua.plan.days import day_of_view
from songhua.region import Region
from songhua.results import Result, table
from songhua.results.columns import Citations, Column, choice, label, number, tag
from songhua.studies.brief import rules
from songhua.studies.brief.changes import changes
from songhua.studies.brief.finding_kinds import (
    BriefAdd,
    BriefAddFirst,
    BriefAddHeadlines,
    BriefNoAnswer,
)
from songhua.studies.brief.headline_series import Diagnosis
from songhua.studies.brief.headlines import HeadlineRow, headline_rows
from songhua.studies.brief.sentence import Sentence, giver
from songhua.studies.brief.state import state
from songhua.studies.brief.trends import trend_rows
from songhua.studies.track.rows import TrackView

NONE = rules.Weight(math.nan, math.nan, math.nan)


@dataclass(frozen=True, slots=True)
class Point:
    """A row of `points`: a sentence of the brief with its place and what ranks it."""

    part: Annotated[str, choice("brief_part")]
    rank: int
    kind: Annotated[str, choice("brief_kind")]
    sentence: Annotated[str, Column("", "sentence")]
    params: str
    severity: Annotated[float, number(decimals=2)]
    nearness: Annotated[float, number(decimals=2)]
    certainty: Annotated[float, number(decimals=2)]
    score: Annotated[float, number(decimals=2)]
    since: date | None
    owner: Annotated[str, tag(blank="not_said")]
    study: Annotated[str, label("study")]
    section: Annotated[str, label("sections")]
    observations: Citations

    @classmethod
    def of(
        cls,
        sentence: Sentence,
        rank: int,
        weight: rules.Weight = NONE,
        score: float = math.nan,
        part: str = "",
    ) -> Point:
        """A sentence at its place; a step has a score alone."""
        finding = sentence.finding
        return cls(
            part or finding.brief_part,
            rank,
            finding.brief_weight,
            finding.code,
            json.dumps(finding.params, ensure_ascii=False),
            weight.severity,
            weight.nearness,
            weight.certainty,
            weight.score if math.isnan(score) else score,
            sentence.when,
            sentence.owner,
            sentence.study,
            finding.section or "",
            tuple(dict.fromkeys(finding.observations)),
        )


def brief(region: Region, evidence: Mapping[str, Result], lacking: Mapping[str, str]) -> Result:
    """Headlines, what drives growth, worries, steps and how sure it is, from other results.

    `lacking` names a file for each study that the folder has no data for. The tables stand in
    `studies/brief/tables.py`, the rules in `rules.toml`. Every number is one of another study.

    >>> import songhua
    >>> region = songhua.open(songhua.example("skeleton")).region
    >>> made = brief(region, {}, {"diagnose": "observations/*.csv"})
    >>> made.tables["points"][["part", "sentence"]].values.tolist()
    [['add', 'brief_add_first']]
    """
    evidence, missed = _answers(evidence)
    day = _day(region, evidence)
    diagnosis = Diagnosis(region, evidence)
    heads = headline_rows(diagnosis, day)
    trends = trend_rows(diagnosis, heads)
    points = list(_points(diagnosis, heads, day, evidence, lacking, missed))
    return Result(
        "brief",
        {
            "headlines": table("brief", "headlines", heads),
            "trends": table("brief", "trends", trends),
            "points": table("brief", "points", points),
        },
    )


def _answers(evidence: Mapping[str, Result]) -> tuple[dict[str, Result], list[str]]:
    """The results that there are, and the studies that gave none: those are told by themselves."""
    results: dict[str, Result] = {}
    missed: list[str] = []
    for name in evidence:
        try:
            results[name] = evidence[name]
        except SonghuaError:
            missed.append(name)
    return results, missed


def _day(region: Region, evidence: Mapping[str, Result]) -> date:
    """The day of the view: that of track, else the last on which a figure was recorded."""
    if "track" in evidence:
        return evidence["track"].rows(TrackView)[0].day
    return day_of_view(region, None) or date.min


def _points(
    diagnosis: Diagnosis,
    heads: Sequence[HeadlineRow],
    day: date,
    evidence: Mapping[str, Result],
    lacking: Mapping[str, str],
    missed: Sequence[str],
) -> Iterator[Point]:
    """The sentences by part, each with its rank."""
    of_region = [*state(diagnosis, heads, day), *changes(diagnosis.region, day)]
    sentences = [replace(s, study="diagnose") for s in of_region]
    for name, result in evidence.items():
        give = giver(name)
        spoken = give(result, diagnosis.region) if give else ()
        sentences += [replace(s, study=name) for s in spoken]
    for part in ("state", "changed", "drives", "projects", "due"):
        of = [s for s in sentences if s.part == part]
        yield from (Point.of(s, n) for n, s in enumerate(of, 1))
    worries = rules.worries([s for s in sentences if s.part == "worry"], day)
    for n, (sentence, weight) in enumerate(worries, 1):
        yield Point.of(sentence, n, weight, part="" if n <= rules.most() else "further")
    for n, (sentence, score) in enumerate(
        rules.steps([o for o in sentences if o.finding.brief_part == "step"]), 1
    ):
        yield Point.of(sentence, n, score=score)
    sure = [s for s in sentences if s.part == "sure"]
    if missed:
        sure.insert(0, Sentence(BriefNoAnswer(study=tuple(missed)), study="brief"))
    yield from (Point.of(s, n) for n, s in enumerate(sure, 1))
    yield from (Point.of(s, n) for n, s in enumerate(_to_add(lacking, heads), 1))


def _to_add(lacking: Mapping[str, str], heads: Sequence[HeadlineRow]) -> Iterator[Sentence]:
    """Files that a folder lacks, and their use; in a folder without figures these first."""
    blank = [row.headline for row in heads if row.held != "held"]
    if blank and "diagnose" not in lacking:
        yield Sentence(BriefAddHeadlines(brief_headlines=tuple(blank)), study="diagnose")
    for name, file in lacking.items():
        kind = BriefAddFirst if name == "diagnose" else BriefAdd
        yield Sentence(kind(file=file, brings=name, how=name), study=name)
