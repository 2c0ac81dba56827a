"""The plan's tracking on a terminal: targets by nature, those that lag first, then what is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from songhua.document import odds, targets
from songhua.document.blocks import Block, Heading
from songhua.document.screens import screen
from songhua.document.screens.findings import findings
from songhua.document.tables import Made, grid, table
from songhua.format.cells import percent
from songhua.format.text import Text
from songhua.format.view import View
from songhua.format.words import reported_by_on
from songhua.plan.delivery_vocabulary import DueKind
from songhua.plan.vocabulary import Nature
from songhua.studies.track.delivery import TaskState
from songhua.studies.track.due_items import DueItem
from songhua.studies.track.projects import MilestoneState
from songhua.studies.track.rows import TargetRow

TITLES = {
    Nature.BINDING: "binding",
    Nature.ANTICIPATORY: "anticipatory",
    Nature.NOT_STATED: "plain",
}


@screen("track")
def tracking(view: View) -> Iterator[Block]:
    """Targets, then what is due or was reported, then every finding."""
    listed = sorted(targets.rows(view), key=targets.order)
    for nature, name in TITLES.items():
        rows = [row for row in listed if row.nature == nature]
        if rows:
            yield Heading(1, view.word(f"title_targets_{name}"))
            yield table(view, "track", "targets", _columns(view), rows)
    names = targets.distinct(view, listed)
    yield from odds.lines(view, list(zip(listed, names, strict=True)))
    yield from _due(view)
    yield from _states(view)
    yield from findings(view, "track", view.word("title_findings"))


def _columns(view: View) -> Sequence[Made[TargetRow]]:
    made = Made[TargetRow]
    return (
        made(view.word("head_indicator"), lambda row: targets.name(view, row)),
        made(view.word("head_target"), lambda row: targets.aim(view, row)),
        made(view.word("head_latest"), lambda row: targets.latest(view, row)),
        made(view.word("head_gap"), lambda row: targets.gap(view, row)),
        made(view.word("head_elapsed"), lambda row: targets.elapsed(view, row), numeric=True),
        made(
            view.word("head_progress"),
            lambda row: percent(row.progress.value, view.lang),
            numeric=True,
        ),
        made(view.word("head_class"), lambda row: _assessed(view, row)),
    )


def _assessed(view: View, row: TargetRow) -> Text:
    """The class; where a target cannot be assessed, what is missing."""
    called = view.choice("target_class", row.progress_class)
    if not row.missing:
        return called
    missing = [view.choice("missing", row.missing), *targets.estimated(view, row.target)]
    return f"{called}{view.written.colon}{view.join(missing)}"


def _states(view: View) -> Iterator[Block]:
    """States of tasks and milestones that departments reported."""
    cells = [
        [
            name,
            view.choice("delivery_state", row.state),
            row.evidence,
            reported_by_on(row.reported_by, row.reported_on, view.lang),
        ]
        for name, row in _delivery(view)
        if row.reported_on
    ]
    if cells:
        yield Heading(1, view.word("title_reported"))
        heads = [view.word(f"head_{name}") for name in ("task", "state", "evidence", "told")]
        yield grid("", heads, cells)


def _delivery(view: View) -> Iterator[tuple[str, TaskState | MilestoneState]]:
    """Tasks and milestones by name."""
    for row in view.rows("track", "measures", TaskState):
        yield view.name("measures", row.measure), row
    for row in view.rows("track", "milestones", MilestoneState):
        step = view.name("milestones", row.item, row.project)
        yield view.written.comma.join([view.name("entities", row.project), step]), row


def _due(view: View) -> Iterator[Block]:
    """What is due besides targets."""
    items = view.rows("track", "calendar", DueItem)
    rows = [row for row in items if row.what != DueKind.TARGET]
    if rows:
        yield Heading(1, view.word("title_calendar"))
        cells = [
            [
                str(row.due),
                view.choice("due_what", row.what),
                targets.due(view, row),
                targets.due_state(view, row),
            ]
            for row in rows
        ]
        yield grid(
            "", [view.word(f"head_{name}") for name in ("due", "what", "task", "state")], cells
        )
