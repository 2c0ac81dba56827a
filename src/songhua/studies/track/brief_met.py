"""The sentence of the brief on targets that were met, how surely, and by whose word."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from songhua.plan import parse_target
from songhua.plan.vocabulary import Direction, Outcome, Relation
from songhua.region import GRADES
from songhua.studies.brief.sentence import Sentence
from songhua.studies.track.finding_kinds import BriefTargetsMet
from songhua.studies.track.qualitative_paths import FLAT_POINTS
from songhua.studies.track.rows import TargetRow

#: Most targets that the sentence names.
MOST_NAMES = 3


def met(rows: Sequence[TargetRow], place: str) -> Iterator[Sentence]:
    """The targets of the region that were met at the end of their time.

    >>> [*met([], "here")]
    []
    """
    decided = (Outcome.MET, Outcome.NOT_MET)
    over = [row for row in rows if row.region == place and row.outcome in decided]
    reached = sorted(
        (row for row in over if row.outcome == Outcome.MET), key=lambda row: row.period
    )
    if reached:
        doubted = sum(bool(row.doubts) or row.grade == GRADES[-1] for row in reached) or None
        named = tuple(row.target for row in reached[: -MOST_NAMES - 1 : -1])
        goals = Counter(map(_goal, over))
        yield Sentence(
            BriefTargetsMet(
                region=place,
                n=len(reached),
                total=len(over),
                doubted=doubted,
                loosely=sum(map(_loosely, reached)) or None,
                rivals=sum(goals[_goal(row)] > 1 for row in over) or None,
                targets=named,
            )
        )


def _goal(row: TargetRow) -> tuple[str, ...]:
    """The subject and time of a target: two with the same are reports of one goal."""
    return row.indicator, row.region, row.industry, row.entity, str(row.period)


def _loosely(row: TargetRow) -> bool:
    """True where it is met only by what its words leave open: about so much, or in step.

    The figure then lies short of the number, or of the other's growth, that was aimed at.
    """
    if math.isnan(row.asked_low):
        in_step = parse_target(row.text).relation == Relation.IN_STEP
        return in_step and row.latest.value < row.accepted_low + FLAT_POINTS
    falling = row.direction == Direction.LOWER
    return row.latest.value > row.asked_high if falling else row.latest.value < row.asked_low
