"""What if: levers beside the plan as it is, as it would be, and the difference."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from concurrent import futures
from dataclasses import dataclass, replace

from fastapi.responses import HTMLResponse, RedirectResponse, Response

from songhua.document.blocks import Paragraph, Points
from songhua.document.what_if import Told, headline, what_if
from songhua.errors import SonghuaError
from songhua.format.view import View
from songhua.messages import Words
from songhua.render import json as plain
from songhua.results import cells_of, plain_value
from songhua.session.what_if import DRAWS, Answer, Changed, WhatIf, save_scenario
from songhua.store import stands_in_songhua
from songhua.studies.simulate.levers import OF_TABLES
from songhua.studies.simulate.paired import Difference
from songhua.studies.track.rows import TargetRow
from songhua.web import answers, levers, shell
from songhua.web.address import Address
from songhua.web.answers import JSON
from songhua.web.asked_otherwise import PROJECT, Known, written
from songhua.web.held import HOLD
from songhua.web.jobs import Job
from songhua.web.pages import fragment_of
from songhua.web.what_if import PAGE
from songhua.web.workbench import Waiting, Workbench


@dataclass(frozen=True)
class Asked:
    """What an address asks, and what is answered so far; `job` makes the whole of it."""

    at: Address
    view: View
    known: WhatIf
    changed: Changed
    opened: str
    answer: Answer
    job: Job | None

    @property
    def told(self) -> Told:
        """The answer as it is shown."""
        one, changed = self.answer, self.changed
        return Told(
            one.draws, DRAWS, one.rows, one.pairs, one.targets, changed.of_projects, changed.faster
        )

    def to(self, page: str) -> str:
        """The address of a part of the page with what is asked."""
        return self.at.to(page, **written(self.changed))


def page(bench: Workbench, at: Address, words: Mapping[str, str]) -> Response:
    """The levers and what they do."""
    asked = _asked(bench, at, words)
    if isinstance(asked, Response):
        return asked
    if not all(words.values()):  # a form sends all
        more = {PROJECT: asked.opened} if asked.opened else {}
        return RedirectResponse(asked.at.to(PAGE, **written(asked.changed), **more), 303)
    return _page(bench, asked)


def part(bench: Workbench, at: Address, words: Mapping[str, str]) -> Response:
    """The part of the page that changes with what is asked."""
    asked = _asked(bench, at, words)
    return asked if isinstance(asked, Response) else HTMLResponse(_answer(bench, asked))


def data(bench: Workbench, at: Address, words: Mapping[str, str]) -> Response:
    """The paired numbers, the targets and the sentences that change, as JSON."""
    asked = _asked(bench, at, words, as_data=True)
    return asked if isinstance(asked, Response) else _json(asked)


def sheet(bench: Workbench, at: Address, words: Mapping[str, str]) -> Response:
    """The paired numbers as CSV."""
    asked = _asked(bench, at, words, as_data=True)
    return asked if isinstance(asked, Response) else _csv(asked)


def save(bench: Workbench, at: Address, asked: Mapping[str, str], id: str, name: str) -> Response:
    """Write what the address asks as a scenario of the plan.

    Raises:
        SonghuaError: what `save_scenario` raises.
    """
    while isinstance(known := bench.what_if(at), Waiting):  # the folder may have changed meanwhile
        futures.wait([known.job.future])
    changed = Known(known).changed(asked)
    words = Words({at.lang: name.strip() or id})
    save_scenario(known, bench.folder, id.strip(), words, changed)
    at = replace(at, scenario=id.strip())
    view = bench.folder_view(at)
    body = fragment_of(view, [Paragraph(view.word("what_if_saved", id=id.strip()))], at)
    ways = [(at.to("projects"), view.say("chapter_projects")), (at.to(), view.word("web_brief"))]
    body += shell.template("look.html", ways=ways)
    title = view.word("what_if_saved_title")
    return HTMLResponse(answers.framed(bench, at, view, PAGE, title, body))


def _asked(
    bench: Workbench, at: Address, words: Mapping[str, str], as_data: bool = False
) -> Asked | Response:
    """What is asked and its answer; or that the plan is being made ready, or that it cannot be."""
    try:
        known = bench.what_if(at)
    except SonghuaError as error:
        if {fault.code for fault in error.faults} != {"what_if_lacks"} or as_data:
            raise
        view = bench.folder_view(at)
        body = fragment_of(
            view, [Points([fault.words(at.lang, browser=True) for fault in error.faults])], at
        )
        title = view.word("web_page_what-if")
        return HTMLResponse(answers.framed(bench, at, view, PAGE, title, body))
    if isinstance(known, Waiting):
        return answers.waiting(bench, at, PAGE, known.job, as_data)
    changed = known.moved(Known(known).changed(words))
    answer, job = _answered(bench, at, known, changed)
    view = bench.folder_view(at)
    return Asked(at, view, known, changed, words.get(PROJECT, ""), answer, job)


def _answered(
    bench: Workbench, at: Address, known: WhatIf, changed: Changed
) -> tuple[Answer, Job | None]:
    """The whole answer; where tables must be drawn anew a first one, and the job of the whole."""
    if not any(lever.name in OF_TABLES for lever in changed.values):
        return known.answer(changed), None
    about = PAGE, tuple(sorted(written(changed).items()))
    made = bench.made(about, replace(at, lang=""), lambda _: known.answer(changed))
    if not isinstance(made, Waiting):
        return made, None
    return known.answer(changed, few=True), made.job


def _page(bench: Workbench, asked: Asked) -> Response:
    view, at = asked.view, asked.at
    shared = {"_as_of": at.as_of, "_scenario": at.scenario}
    body = shell.template(
        "what_if.html",
        v=view,
        path=at.to(PAGE).partition("?")[0],
        at=at,
        part=at.to(f"{PAGE}/answer").partition("?")[0],
        clear=at.to(PAGE),
        kept=[one for one in shared.items() if one[1]],
        sets=levers.sets(view, asked.known, asked.changed, asked.opened),
        answer=_answer(bench, asked),
    )
    text = answers.framed(
        bench,
        at,
        view,
        PAGE,
        view.word("web_page_what-if"),
        body,
        asked=written(asked.changed),
        as_data=True,
        csv=True,
    )
    return HTMLResponse(text, headers=None if asked.job else HOLD)


def _answer(bench: Workbench, asked: Asked) -> str:
    """The part that changes: what is told, and the form by which it is saved."""
    view, told = asked.view, asked.told
    with bench.drawing:
        html = fragment_of(view, list(what_if(view, told)), asked.at)
    may = not bench.read_only and not stands_in_songhua(bench.folder)
    return shell.template(
        "what_if_answer.html",
        v=view,
        html=html,
        says=headline(view, told),
        events=asked.at.to("events", _job=asked.job.id) if asked.job else "",
        address=asked.to(PAGE),
        save=asked.to(f"{PAGE}/save") if may else "",
        may=asked.changed.of_projects,
        apart=bool(asked.changed.levels or asked.changed.faster),
    )


def _json(asked: Asked) -> Response:
    one = asked.answer
    made = {
        "draws": one.draws,
        "of": DRAWS,
        "asked": written(asked.changed),
        "levers": [
            {
                "word": f"_set.{lever.label}",
                "value": lever.value,
                "low": lever.low,
                "high": lever.high,
                "unit": lever.unit,
            }
            for lever in asked.known.levers
        ],
        "rows": [_cells(row) for row in one.rows],
        "targets": [_target(old) | {"new": _target(new)} for old, new in one.targets],
        "brief": [
            [
                None if said is None else {"sentence": said.finding.code, **said.finding.params}
                for said in pair
            ]
            for pair in one.pairs
        ],
    }
    headers = {"retry-after": str(answers.AGAIN)} if asked.job else HOLD
    return Response(plain.written(plain_value(made)), media_type=JSON, headers=headers)


def _cells(row: Difference) -> dict[str, object]:
    return {name: read(row) for name, read in cells_of(Difference).items()}


def _target(row: TargetRow) -> dict[str, object]:
    names = ("target", "goal", "unit", "required", "best", "probability", "progress_class")
    return {name: getattr(row, name) for name in names}


def _csv(asked: Asked) -> Response:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*cells_of(Difference), "draws"])
    for row in asked.answer.rows:
        writer.writerow([*_cells(row).values(), asked.answer.draws])
    headers = {"content-disposition": f'attachment; filename="{PAGE}.csv"'}
    headers |= {} if asked.job else HOLD
    data = out.getvalue().encode("utf-8-sig")
    return Response(data, media_type="text/csv; charset=utf-8", headers=headers)
