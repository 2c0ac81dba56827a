"""Questions to a department: figures of its targets, states of its tasks and milestones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from songhua import messages
from songhua.labels import Period
from songhua.plan import Plan
from songhua.plan.asked import asked_of
from songhua.plan.delivery_vocabulary import MilestoneStatus, ReportState, TaskStatus
from songhua.region import Region
from songhua.wording.periods import period
from songhua.wording.unit_words import as_printed, unit_name

#: The names of a milestone's states on a sheet.
REVIEW_STATES = {
    MilestoneStatus.NOT_STATED: ReportState.UNKNOWN,
    MilestoneStatus.DONE: ReportState.DONE,
    MilestoneStatus.NOT_DONE: ReportState.UNDER_WAY,
    MilestoneStatus.STOPPED: ReportState.STOPPED,
    MilestoneStatus.UNKNOWN: ReportState.UNKNOWN,
}
PLACE = ("indicator", "region", "industry", "entity", "vintage", "scope", "item", "unit")
Row = Mapping[str, str]


@dataclass(frozen=True)
class Item:
    """A row of a sheet: a question to a department, and the words that stand beside it.

    `place` holds the columns of `reviews/*.csv` that say what it is about; `asked` the targets
    as printed or the date a task is due, `last` the last figure or state that the folder knows.
    """

    department: str
    sort: str
    place: Row
    name: str
    asked: str
    definition: str
    last: str
    unit: str = field(default="")

    @property
    def key(self) -> str:
        """A text that no other item has: its sort and what it is about."""
        return key_of(self.sort, self.place)


def key_of(sort: str, place: Row) -> str:
    """A text for an item or an answer: its sort and its subject.

    >>> key_of("task", {"item": "road"})
    'task - - - - - - road'
    """
    parts = (place.get(name, "") for name in PLACE if name != "unit")
    return " ".join((sort, *(part or "-" for part in parts)))


def items(region: Region, plan: Plan, review: Period, lang: str) -> list[Item]:
    """All that is to be reported for a period, in the order of the plan's tables.

    Targets whose time touches the period, tasks and milestones that are not known to be done.
    Several targets of one series are one row. Targets without an owner of another place, and what
    is of a plan before the one in force, are no matter of a department.
    """
    plan = plan.in_force(region.sources)
    rows = [*_figures(region, plan, review, lang), *_tasks(region, plan, lang)]
    return rows + list(_milestones(region, plan, lang))


def _figures(region: Region, plan: Plan, review: Period, lang: str) -> list[Item]:
    """A row a series that a target speaks of."""
    by_place: dict[tuple[str, ...], list[str]] = {}
    for target in plan.targets:
        own = asked_of(region, plan, target.period, target.region, target.owner)
        if not (own and target.period.overlaps(review)):
            continue
        place = (
            target.owner,
            target.indicator,
            target.region or region.code,
            target.industry or "all",
            target.entity,
            target.vintage,
            target.scope,
        )
        when = messages.language(lang).bracketed(period(str(target.period), lang))
        by_place.setdefault(place, []).append(f"{target.text}{when}")
    return [_figure(region, place, texts, review, lang) for place, texts in by_place.items()]


def _figure(
    region: Region, place: tuple[str, ...], texts: list[str], review: Period, lang: str
) -> Item:
    owner, indicator, code, industry, entity, *tags = place
    labels: dict[str, str] = dict(zip(PLACE[1:6], place[2:], strict=True))
    names = [region.label("indicators", indicator, lang)]
    names += [region.label("places", code, lang)] if code != region.code else []
    names += [region.label("industries", industry, lang)] if industry != "all" else []
    names += [region.label("entities", entity, lang)] if entity else []
    names += [region.words("tags", tag)(lang) or tag for tag in tags if tag]
    unit = region.unit(indicator)
    return Item(
        owner,
        "figure",
        {"indicator": indicator, **labels, "unit": unit},
        messages.language(lang).comma.join(names),
        messages.language(lang).semicolon.join(texts),
        messages.Words.of(region.indicators[indicator]["definition"])(lang),
        _last(region, indicator, labels, review, lang),
        unit_name(unit, lang) or messages.word("count_unit", lang),
    )


def _last(region: Region, indicator: str, labels: Row, review: Period, lang: str) -> str:
    """The last figure as printed, up to the end of the period: `3.28‰ (2022), Bulletin`."""
    rows = region.series(indicator, **labels)
    if not rows.empty:
        rows = rows[rows.end <= str(review.end)]
    if rows.empty:
        return ""
    *_, row = rows.itertuples()
    source = region.label("sources", str(row.source), lang)
    written = messages.language(lang)
    figure = as_printed(f"{row.value} {row.unit}", lang)
    return f"{figure}{written.bracketed(period(str(row.period), lang))}{written.comma}{source}"


def _tasks(region: Region, plan: Plan, lang: str) -> Iterator[Item]:
    for task in plan.measures:
        if task.status == TaskStatus.DONE or not asked_of(region, plan, task.due):
            continue
        yield Item(
            task.lead,
            "task",
            {"item": task.id},
            task.task(lang),
            period(str(task.due or ""), lang),
            task.output,
            messages.choice("review_state", task.status, lang),
        )


def _milestones(region: Region, plan: Plan, lang: str) -> Iterator[Item]:
    for step in plan.milestones:
        if step.actual or step.state == MilestoneStatus.DONE:
            continue
        names = (region.label("entities", step.project, lang), step.name(lang) or step.item)
        yield Item(
            step.lead,
            "milestone",
            {"entity": step.project, "item": step.item},
            messages.language(lang).comma.join(names),
            period(str(step.planned or ""), lang),
            "",
            messages.choice("review_state", REVIEW_STATES[step.state], lang),
        )
