"""A changed plan as blocks: the plan, the plan as changed and the difference side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from songhua import results
from songhua.document import odds, targets
from songhua.document.blocks import Block, Card, Cards, Figure, Group, Heading, Paragraph, Points
from songhua.document.charts.paths import by_year
from songhua.document.tables import grid
from songhua.document.verdict import verdict
from songhua.document.what_if_amounts import Amounts
from songhua.format.numbers import known
from songhua.format.text import Break, Link, Strong, Text, parts
from songhua.format.view import DASH, View, anchor
from songhua.studies.brief.sentence import Sentence
from songhua.studies.simulate.paired import GAINS, NET, Difference
from songhua.studies.track.rows import TargetRow


@dataclass(frozen=True)
class WhatIfSummary:
    """The effects of a change: from how many `draws` `of` all, the paired numbers, the brief's
    sentences and the targets that change, each as it is and as it would be.

    `of_projects` says whether anything is changed that moves the projects, `faster` by how many
    points a year the nation is to grow faster.
    """

    draws: int
    of: int
    rows: Sequence[Difference]
    sentences: Sequence[tuple[Sentence | None, Sentence | None]]
    targets: Sequence[tuple[TargetRow, TargetRow]]
    of_projects: bool
    faster: float


def what_if(view: View, summary: WhatIfSummary) -> Iterator[Block]:
    """Cards and charts of all projects, then years, projects, targets and the brief."""
    say = view.say
    if summary.of_projects:
        few = summary.draws < summary.of
        yield Paragraph(
            say("what_if_few" if few else "what_if_all", n=summary.draws, of=summary.of), "note"
        )
    else:
        yield Paragraph(
            say("what_if_unmoved" if summary.targets or summary.faster else "what_if_none")
        )
    yield Cards("", [*_cards(view, summary)], "what-if")
    yield Group([*_charts(view, summary)], "charts")
    if summary.of_projects:
        yield from _years(view, summary)
        yield from _projects(view, summary.rows)
    yield from _targets(view, summary)
    yield from _brief(view, summary)


def headline(view: View, summary: WhatIfSummary) -> str:
    """The main difference in a sentence, for who hears and does not see."""
    row = next((row for row in summary.rows if (row.step, row.measure) == (NET, GAINS[0])), None)
    if row is None or not summary.of_projects:
        return view.say("what_if_told_targets", n=len(summary.targets))
    amounts = Amounts(view, row)
    plan, new = amounts.medians
    return view.say(
        "what_if_told",
        period=view.period(row.period),
        plan=plan,
        new=new,
        change=amounts.change,
        more=amounts.middle,
        better=f"{row.better:.0f}",
        worse=f"{row.worse:.0f}",
    )


def _net(summary: WhatIfSummary, measure: str, without_parts: bool = False) -> list[Difference]:
    about = "", NET, measure, without_parts
    return [r for r in summary.rows if (r.project, r.step, r.measure, r.without_parts) == about]


def _cards(view: View, summary: WhatIfSummary) -> Iterator[Card]:
    """All years together, and for each measure the year in which most is changed."""
    for at, measure in enumerate(GAINS):
        rows, reduced = _net(summary, measure), _net(summary, measure, without_parts=True)
        second = {row.period: row for row in reduced}
        single = [row for row in rows if row.period.isdigit()]
        if not at and len(rows) > len(single):
            yield _card(view, rows[0], second.get(rows[0].period), summary.of_projects)
        if single:
            row = max(reversed(single), key=lambda row: abs(row.change))
            yield _card(view, row, second.get(row.period), summary.of_projects)


def _card(view: View, row: Difference, reduced: Difference | None, changed: bool) -> Card:
    """A number in large, and how it comes about; below, the sum without possible parts."""
    gain = view.choice("gain", row.measure)
    name = view.say("what_if_card", measure=gain, period=view.period(row.period))
    amounts, lines, colon = Amounts(view, row), list[Text](), view.written.colon
    if changed:
        lines = [
            (view.say("what_if_plan"), colon, *parts(amounts.before)),
            (Strong(view.say("what_if_more") + colon + amounts.change),),
        ]
        if amounts.moved:
            lines.append((view.say("what_if_paired"), colon, *parts(amounts.paired)))
        lines.append(amounts.odds)
    if reduced is not None:
        fewer = Amounts(view, reduced)
        transition = " → ".join(fewer.medians) + view.written.bracketed(fewer.change)
        text = transition if changed else fewer.medians[0]
        lines.append(view.say("what_if_without_parts") + colon + text)
    return Card(name, amounts.after, lines)


def _charts(view: View, summary: WhatIfSummary) -> Iterator[Figure]:
    for measure in GAINS:
        rows = [row for row in _net(summary, measure) if row.period.isdigit()]
        drawn = by_year(view, rows, measure, summary.of_projects)
        title = view.say("chart_what_if", measure=view.choice("gain", measure))
        if drawn:
            yield Figure(title, drawn, view.say("what_if_fan"))


def _years(view: View, summary: WhatIfSummary) -> Iterator[Block]:
    """A table a measure: the net by year."""
    heads = [*view.heading("period"), *_heads(view)]
    for measure, parts_out in ((gain, out) for gain in GAINS for out in (False, True)):
        yearly = _net(summary, measure, parts_out)
        rows = [[view.period(row.period), *_cells(view, row)] for row in yearly]
        key = "what_if_years_parts" if parts_out else "what_if_years"
        title = view.say(key, measure=view.choice("gain", measure))
        if rows:
            yield grid(title, heads, rows, range(1, 6), view.say("what_if_share"))


def _projects(view: View, rows: Iterable[Difference]) -> Iterator[Block]:
    """The projects that change; of all others that they do not."""
    listed = [row for row in rows if row.project]
    moved = {row.project for row in listed if row.better or row.worse}
    cells: list[list[Text]] = [
        [
            (Link(view.name("entities", row.project), anchor("project", row.project)),),
            f"{view.choice('phase', row.step)} {view.period(row.period)}",
            view.choice("gain", row.measure),
            *_cells(view, row),
        ]
        for row in listed
        if row.project in moved
    ]
    title = view.say("what_if_projects")
    if cells:
        of = results.tables("simulate")["projects"]
        labels = [of.column(name).heading(view.lang) for name in ("project", "phase", "measure")]
        heads = [*labels, *_heads(view)]
        yield grid(title, heads, cells, range(3, 8))
    if {row.project for row in listed} - moved:
        yield Paragraph(view.say("what_if_other_projects"), "note")


def _heads(view: View) -> list[str]:
    names = ("plan", "changed", "more", "paired", "odds")
    return [view.say(f"what_if_{name}") for name in names]


def _cells(view: View, row: Difference) -> list[Text]:
    amounts = Amounts(view, row)
    return [amounts.before, amounts.after, amounts.change, amounts.paired, amounts.shares]


def _targets(view: View, summary: WhatIfSummary) -> Iterator[Block]:
    """The changed targets; the changes that move their odds, and those that do not."""
    say = view.say
    if not (summary.targets or summary.faster or summary.of_projects):
        return
    if summary.targets:
        cells = [_target(view, *pair) for pair in summary.targets]
        heads = [
            *view.heading("target"),
            say("what_if_level"),
            *view.heading("required"),
            say("what_if_best"),
            say("what_if_chance"),
            *view.heading("progress_class"),
        ]
        yield grid(say("what_if_targets"), heads, cells)
    else:
        yield Heading(2, say("what_if_targets"))
    if summary.of_projects:
        yield Paragraph(say("what_if_no_project_odds"), "note")
    if summary.faster:
        moved = sum(known(old.probability) for old, _ in summary.targets)
        key = "what_if_faster" if moved else "what_if_faster_none"
        yield Paragraph(say(key, points=view.signed(summary.faster), n=moved), "note")


def _target(view: View, old: TargetRow, new: TargetRow) -> list[Text]:
    """A target's row: each cell as it is and, below, as it would be."""

    def two(before: str, after: str) -> Text:
        return before if before == after else (before, Break(), Strong(after))

    best = DASH if not known(old.best) else targets.pace(view, old, old.best)
    return [
        (Link(targets.name(view, old), anchor("target", old.target)),),
        two(*(_level(view, row) for row in (old, new))),
        two(*(targets.required(view, row) for row in (old, new))),
        best,
        two(*(_chance(view, row) for row in (old, new))),
        two(*(verdict(view, row) for row in (old, new))),
    ]


def _level(view: View, row: TargetRow) -> str:
    return view.show(row.goal, row.unit) if known(row.goal) else row.text


def _chance(view: View, row: TargetRow) -> str:
    if known(row.probability):
        return odds.chance(row.probability, view.lang)
    return view.choice("no_odds", row.no_odds) if row.no_odds else view.say("what_if_no_odds")


def _brief(view: View, summary: WhatIfSummary) -> Iterator[Block]:
    """The brief's sentences that would read otherwise."""
    if not (summary.of_projects or summary.targets):
        return
    yield Heading(2, view.say("what_if_brief"))
    items: list[Text] = []
    for old, new in summary.sentences:
        before, after = (
            view.say("what_if_silent") if sentence is None else view.sentence(sentence.finding)
            for sentence in (old, new)
        )
        plan, changed = view.say("what_if_plan"), view.say("what_if_changed")
        colon = view.written.colon
        items.append((f"{plan}{colon}{before}", Break(), Strong(f"{changed}{colon}"), after))
    if items:
        yield Points(items, kind="told")
    yield Paragraph(view.say("what_if_brief_rest" if items else "what_if_brief_same"), "note")
