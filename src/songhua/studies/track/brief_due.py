"""Sentences of track for the brief on what falls due next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from songhua.plan.delivery_vocabulary import DeliveryState, DueKind
from songhua.region import Region
from songhua.studies.brief.sentence import Sentence
from songhua.studies.track.due_items import DueItem
from songhua.studies.track.finding_kinds import (
    BriefDueElsewhere,
    BriefDueMilestones,
    BriefDueTargets,
    BriefDueTasks,
)

#: Most targets, tasks or projects that a sentence names.
MOST_NAMES = 3
#: Of how many days to come the brief tells what is due: the nearest, and others within a year.
DAYS = 2
YEAR = timedelta(366)


def falling_due(
    rows: Sequence[DueItem], places: Mapping[str, str], region: Region, day: date
) -> Iterator[Sentence]:
    """Targets, tasks and milestones due on the nearest days; targets of other places apart.

    `places` are those of the targets, in the order in which targets are named.

    >>> list(falling_due([], {}, Region.of("here"), date(2026, 6, 30)))
    []
    """
    coming = [row for row in rows if row.due > day and row.state != DeliveryState.DONE]
    days = sorted({row.due for row in coming})[:DAYS]
    days = [due for due in days if due == days[0] or due <= day + YEAR]
    for (due, kind), group in groupby(
        (row for row in coming if row.due in days), lambda row: (row.due, row.what)
    ):
        items = list(group)
        n = len(items)
        match kind:
            case DueKind.TARGET:
                due_ids = {row.target for row in items}
                ids = [id for id in places if id in due_ids]
                if own := tuple(id for id in ids if places[id] == region.code):
                    named = own[:MOST_NAMES]
                    yield Sentence(BriefDueTargets(n=len(own), day=due, targets=named), when=due)
                if other := [places[id] for id in ids if places[id] != region.code]:
                    finding = BriefDueElsewhere(
                        n=len(other), day=due, places=tuple(dict.fromkeys(other))
                    )
                    yield Sentence(finding, when=due)
            case DueKind.MEASURE:
                tasks = tuple(dict.fromkeys(row.measure for row in items))[:MOST_NAMES]
                yield Sentence(BriefDueTasks(n=n, day=due, tasks=tasks), when=due)
            case DueKind.MILESTONE:
                projects = tuple(dict.fromkeys(row.entity for row in items))[:MOST_NAMES]
                yield Sentence(BriefDueMilestones(n=n, day=due, projects=projects), when=due)
            case _:
                pass
