"""The sentence of the brief on targets that were met, how surely, and by whose word."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from songhua.labels import Period
from songhua.plan import parse_target
from songhua.plan.asked import due_within
from songhua.plan.vocabulary import Direction, Outcome, Relation
from songhua.region import GRADES
from songhua.studies.brief.sentence import Sentence
from songhua.studies.track.finding_kinds import BriefTargetsMet
from songhua.studies.track.qualitative_paths import FLAT_POINTS
from songhua.studies.track.rows import TargetRow

#: Most targets that the sentence names.
MOST_NAMES = 3


def met(rows: Sequence[TargetRow], place: str, span: Period | None) -> Iterator[Sentence]:
    """The targets of the region in its plan that were met at the end of their time.

    Reports of one goal count once: as met where it is met by all of them.

    >>> [*met([], "here", None)]
    []
    """
    over = [
        row
        for row in sorted(rows, key=lambda row: row.period)
        if row.region == place
        and row.outcome in (Outcome.MET, Outcome.NOT_MET)
        and due_within(span, row.period)
    ]
    goals = by_goal(over)
    outcomes = [{row.outcome for row in reports} for reports in goals]
    reached = [goals[n][-1] for n, outcome in enumerate(outcomes) if outcome == {Outcome.MET}]
    if reached:
        doubted = sum(bool(row.doubts) or row.grade == GRADES[-1] for row in reached) or None
        yield Sentence(
            BriefTargetsMet(
                region=place,
                plan_period=span,
                n=len(reached),
                total=len(goals),
                doubted=doubted,
                loosely=sum(map(_loosely, reached)) or None,
                rivals=sum(len(outcome) > 1 for outcome in outcomes) or None,
                targets=tuple(row.target for row in reached[: -MOST_NAMES - 1 : -1]),
            )
        )


def by_goal(rows: Sequence[TargetRow]) -> list[list[TargetRow]]:
    """The targets by goal: two sources that print one of the same subject and time report one goal.

    What a single source prints twice of a subject are two goals, such as of two scopes.

    >>> from dataclasses import replace
    >>> from songhua.studies.track.examples import town_assessment
    >>> row = town_assessment("reach 1000", "firms").row
    >>> [len(reports) for reports in by_goal([row, replace(row, source="other"), row])]
    [2, 1]
    """
    goals: dict[tuple[object, ...], list[TargetRow]] = {}
    printed: Counter[tuple[object, ...]] = Counter()
    for row in rows:
        subject = row.indicator, row.region, row.industry, row.entity, row.period
        goals.setdefault((*subject, printed[*subject, row.source]), []).append(row)
        printed[*subject, row.source] += 1
    return list(goals.values())


def _loosely(row: TargetRow) -> bool:
    """True where it is met only by what its words leave open: about so much, or in step.

    The figure then lies short of the number, or of the other's growth, that was aimed at.
    """
    if math.isnan(row.asked_low):
        in_step = parse_target(row.text).relation == Relation.IN_STEP
        return in_step and row.latest.value < row.accepted_low + FLAT_POINTS
    falling = row.direction == Direction.LOWER
    return row.latest.value > row.asked_high if falling else row.latest.value < row.asked_low
