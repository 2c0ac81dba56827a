"""The evaluation of a year, or of a plan at its middle: a list of blocks.

Binding and anticipatory targets are counted apart and never averaged; the lagging ones come
first, each with its rule, its figures and its source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from songhua.document import targets
from songhua.document.blocks import Block, Document, Heading, Paragraph, Points
from songhua.document.citations import CitingView
from songhua.document.studies import listing
from songhua.document.studies.evaluation import delivery, target_tables
from songhua.document.tables import grid
from songhua.format.view import DASH, View
from songhua.labels import Period, parse_period
from songhua.plan.delivery_vocabulary import DeliveryState
from songhua.plan.schemes import NO_DATA, classes, schemes
from songhua.plan.vocabulary import Basis, Nature
from songhua.studies.track.delivery import COMPLETED, LATE, TaskState
from songhua.studies.track.rows import TargetRow

BLOCKS = listing("evaluation", study="track")


@dataclass(frozen=True, kw_only=True)
class Evaluated(CitingView):
    """A view of a period: the targets to be judged, and the others that matter.

    `kind` is annual or midterm.
    """

    kind: str
    evaluated: Period
    judged: Sequence[TargetRow]
    past: Sequence[TargetRow]


def evaluation(view: View, kind: str, period: str) -> Document:
    """The evaluation from the result `track`; `kind` is annual or midterm."""
    assert view.plan is not None
    evaluated = parse_period(period)
    judged, past = chosen(view, kind, evaluated)
    citing = Evaluated.over(view, kind=kind, evaluated=evaluated, judged=judged, past=past)
    blocks = list(BLOCKS.at("full", citing))
    title = view.say(
        f"evaluation_title_{kind}",
        region=view.region.name(view.lang),
        plan=view.plan.name(view.lang),
        period=view.period(period),
    )
    return Document(title, blocks, annex=list(citing.citations.blocks()))


def chosen(view: View, kind: str, evaluated: Period) -> tuple[list[TargetRow], list[TargetRow]]:
    """The targets to be judged, and the others that matter, both with those that lag first.

    In a year: all whose time holds the year's end; the others are none. At the middle of a plan:
    those of several years; the others are those of single years that are over.
    """
    rows = sorted(targets.rows(view), key=targets.order)
    current = [row for row in rows if row.period.start <= evaluated.end <= row.period.end]
    if kind == "annual":
        return current, []
    past = [row for row in rows if _one_year(row.period) and row.period.end <= evaluated.end]
    return [row for row in current if not _one_year(row.period)], past


def _one_year(period: Period) -> bool:
    return period.start.year == period.end.year


def _of(rows: Sequence[TargetRow], nature: Nature) -> list[TargetRow]:
    return [row for row in rows if row.nature == nature]


@BLOCKS("full")
def in_short(view: Evaluated) -> Iterator[Block]:
    """The scope of the evaluation, the rule of the classes, and the main results."""
    as_of = view.period(view.region.as_of) if view.region.as_of else view.say("as_of_latest")
    scope = view.say("evaluation_scope", period=view.period(view.evaluated), as_of=as_of)
    yield Paragraph(scope)
    yield Heading(1, view.say("month_short"))
    yield Paragraph(view.written.sentences(_short(view, view.judged)))


def _short(view: View, rows: Sequence[TargetRow]) -> list[str]:
    """Counts of targets that lag by nature, of those without data, and of late tasks."""
    sentences = []
    for nature in Nature:
        of_nature = _of(rows, nature)
        if of_nature:
            sure = [row for row in of_nature if row.progress_class != NO_DATA]
            n = sum(targets.behind(row) for row in of_nature)
            params = {
                "nature": view.choice("nature", nature),
                "n": len(of_nature),
                "behind": n,
                "assessed": len(sure),
                "blank": len(of_nature) - len(sure),
            }
            sentences.append(view.say("evaluation_counted", **params))
    if not rows:
        sentences.append(view.say("evaluation_no_targets"))
    reported = [row for row in rows if row.basis == Basis.REPORTED]
    if reported:
        sentences.append(view.say("evaluation_by_report", n=len(reported)))
    states = [task.state for task in view.rows("track", "measures", TaskState)]
    if states:
        late, completed = (sum(state in kind for state in states) for kind in (LATE, COMPLETED))
        blocked = states.count(DeliveryState.BLOCKED)
        params = {"n": len(states), "late": late, "blocked": blocked, "done": completed}
        sentences.append(view.say("evaluation_tasks", **params))
    return sentences


@BLOCKS("full")
def behind(view: Evaluated) -> list[Block]:
    """Those that lag or were missed, by name, the binding ones first."""
    late = [row for row in (*view.judged, *view.past) if targets.behind(row)]
    blocks: list[Block] = [Heading(1, view.say("evaluation_behind"))]
    if not late:
        return [*blocks, Paragraph(view.say("evaluation_none_behind"))]
    late.sort(key=lambda row: list(Nature).index(row.nature))
    return [*blocks, Points([target_tables.sentence(view, row) for row in late])]


@BLOCKS("full")
def counts(view: Evaluated) -> list[Block]:
    """The number of targets in each class, a column a nature; those on reports alone apart."""
    rows = view.judged
    natures = [nature for nature in Nature if _of(rows, nature)]
    reached = {row.progress_class for row in rows}
    graded = [name for name in reversed(list(classes())) if name in reached]
    heads = [
        *view.heading("progress_class"),
        *(view.choice("nature", nature) for nature in natures),
    ]
    cells = [
        [view.choice("target_class", name), *(_count(view, _of(rows, n), name) for n in natures)]
        for name in graded
    ]
    names = dict.fromkeys(row.scheme for row in rows)
    notes = [view.say("evaluation_apart"), *(_rule(view, name) for name in names)]
    title = view.title("track", "classes")
    numeric = range(1, len(heads))
    table = grid(title, heads, cells, numeric, view.written.sentences(notes))
    return [Heading(1, title), *([table] if rows else [Paragraph(view.say("month_no_targets"))])]


def _count(view: View, rows: Sequence[TargetRow], name: str) -> str:
    of_class = [row for row in rows if row.progress_class == name]
    reported = sum(row.basis == Basis.REPORTED for row in of_class)
    count = str(len(of_class)) if of_class else DASH
    return count + view.say("evaluation_of_which", n=reported) if reported else count


def _rule(view: View, name: str) -> str:
    """A scheme's cut points in words."""
    bands = schemes()[name].bands
    clauses = [
        view.say(
            "evaluation_band",
            name=view.choice("target_class", called),
            lead=view.bare(least * 100, "%"),
        )
        for least, called in bands
        if least > -1e6
    ]
    lowest = view.choice("target_class", bands[-1][1])
    return view.say("evaluation_rule", bands=view.join(clauses), rest=lowest)


@BLOCKS("full")
def assessed(view: Evaluated) -> Iterator[Block]:
    """The targets by nature, what is to be expected of them, and how they were read."""
    judged = view.judged
    for nature in Nature:
        yield from target_tables.assessed(view, nature, _of(judged, nature))
    yield from target_tables.outlook(view, judged)
    yield from target_tables.single_year_targets(view, view.kind, view.past)
    yield from target_tables.unassessed(view, judged)
    yield from target_tables.readings(view, judged)


@BLOCKS("full")
def delivered(view: Evaluated) -> Iterator[Block]:
    """Tasks, projects, products, programmes, what falls due, and what departments reported."""
    yield from delivery.delivery(view, view.evaluated.end)
