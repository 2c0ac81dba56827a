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
    asked: Period
    judged: Sequence[TargetRow]
    others: Sequence[TargetRow]


def evaluation(view: View, kind: str, period: str) -> Document:
    """The evaluation from the result `track`; `kind` is annual or midterm."""
    assert view.plan is not None
    asked = parse_period(period)
    judged, others = chosen(view, kind, asked)
    citing = Evaluated.over(view, kind=kind, asked=asked, judged=judged, others=others)
    blocks = list(BLOCKS.at("full", citing))
    title = view.say(
        f"evaluation_title_{kind}",
        region=view.region.name(view.lang),
        plan=view.plan.name(view.lang),
        period=view.period(period),
    )
    return Document(title, blocks, annex=list(citing.citations.blocks()))


def chosen(view: View, kind: str, asked: Period) -> tuple[list[TargetRow], list[TargetRow]]:
    """The targets to be judged, and the others that matter, both with those that lag first.

    In a year: all whose time holds the year's end; the others are none. At the middle of a plan:
    those of several years; the others are those of single years that are over.
    """
    rows = sorted(targets.rows(view), key=targets.order)
    held = [row for row in rows if row.period.start <= asked.end <= row.period.end]
    if kind == "annual":
        return held, []
    past = [row for row in rows if _one_year(row.period) and row.period.end <= asked.end]
    return [row for row in held if not _one_year(row.period)], past


def _one_year(period: Period) -> bool:
    return period.start.year == period.end.year


def _of(rows: Sequence[TargetRow], nature: Nature) -> list[TargetRow]:
    return [row for row in rows if row.nature == nature]


@BLOCKS("full")
def in_short(view: Evaluated) -> Iterator[Block]:
    """What the evaluation covers, how progress is put into classes, and what came out."""
    as_of = view.period(view.region.as_of) if view.region.as_of else view.say("as_of_latest")
    scope = view.say("evaluation_scope", period=view.period(view.asked), as_of=as_of)
    yield Paragraph(scope)
    yield Heading(1, view.say("month_short"))
    yield Paragraph(view.written.sentences(_short(view, view.judged)))


def _short(view: View, rows: Sequence[TargetRow]) -> list[str]:
    """How many of which nature lag, what cannot be assessed, which tasks are late."""
    said = []
    for nature in Nature:
        own = _of(rows, nature)
        if own:
            sure = [row for row in own if row.progress_class != NO_DATA]
            n = sum(targets.behind(row) for row in own)
            params = {
                "nature": view.choice("nature", nature),
                "n": len(own),
                "behind": n,
                "assessed": len(sure),
                "blank": len(own) - len(sure),
            }
            said.append(view.say("evaluation_counted", **params))
    if not rows:
        said.append(view.say("evaluation_no_targets"))
    told = [row for row in rows if row.basis == Basis.REPORTED]
    if told:
        said.append(view.say("evaluation_by_report", n=len(told)))
    states = [task.state for task in view.rows("track", "measures", TaskState)]
    if states:
        late, done = (sum(state in kind for state in states) for kind in (LATE, COMPLETED))
        blocked = states.count(DeliveryState.BLOCKED)
        params = {"n": len(states), "late": late, "blocked": blocked, "done": done}
        said.append(view.say("evaluation_tasks", **params))
    return said


@BLOCKS("full")
def behind(view: Evaluated) -> list[Block]:
    """Those that lag or were missed, by name, the binding ones first."""
    late = [row for row in (*view.judged, *view.others) if targets.behind(row)]
    blocks: list[Block] = [Heading(1, view.say("evaluation_behind"))]
    if not late:
        return [*blocks, Paragraph(view.say("evaluation_none_behind"))]
    late.sort(key=lambda row: list(Nature).index(row.nature))
    return [*blocks, Points([target_tables.sentence(view, row) for row in late])]


@BLOCKS("full")
def counts(view: Evaluated) -> list[Block]:
    """How many targets are in each class, a column a nature; those on reports alone apart."""
    rows = view.judged
    natures = [nature for nature in Nature if _of(rows, nature)]
    held = {row.progress_class for row in rows}
    graded = [name for name in reversed(list(classes())) if name in held]
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
    own = [row for row in rows if row.progress_class == name]
    told = sum(row.basis == Basis.REPORTED for row in own)
    shown = str(len(own)) if own else DASH
    return shown + view.say("evaluation_of_which", n=told) if told else shown


def _rule(view: View, name: str) -> str:
    """A scheme's cut points in words."""
    bands = schemes()[name].bands
    said = [
        view.say(
            "evaluation_band",
            name=view.choice("target_class", called),
            lead=view.bare(least * 100, "%"),
        )
        for least, called in bands
        if least > -1e6
    ]
    rest = view.choice("target_class", bands[-1][1])
    return view.say("evaluation_rule", bands=view.join(said), rest=rest)


@BLOCKS("full")
def assessed(view: Evaluated) -> Iterator[Block]:
    """The targets by nature, what is to be expected of them, and how they were read."""
    judged = view.judged
    for nature in Nature:
        yield from target_tables.assessed(view, nature, _of(judged, nature))
    yield from target_tables.outlook(view, judged)
    yield from target_tables.others(view, view.kind, view.others)
    yield from target_tables.unassessed(view, judged)
    yield from target_tables.readings(view, judged)


@BLOCKS("full")
def delivered(view: Evaluated) -> Iterator[Block]:
    """Tasks, projects, products, programmes, what falls due, and what departments reported."""
    yield from delivery.delivery(view, view.asked.end)
