"""The page of what if: levers, the plan as it is and as it would be, and the difference."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from concurrent import futures
from dataclasses import dataclass, replace

from fastapi.responses import HTMLResponse, RedirectResponse, Response

from songhua.document.blocks import Paragraph, Points
from songhua.document.what_if import WhatIfSummary, headline, what_if
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
from songhua.web.asked_otherwise import PROJECT, LeverWords, words_of
from songhua.web.held import HOLD
from songhua.web.jobs import Job
from songhua.web.pages import fragment_of
from songhua.web.what_if import PAGE
from songhua.web.workbench import Waiting, Workbench


@dataclass(frozen=True)
class WhatIfRequest:
    """The changes that an address asks for, and the answer so far; `job` makes the whole of it."""

    at: Address
    view: View
    plan: WhatIf
    changed: Changed
    opened: str
    answer: Answer
    job: Job | None

    @property
    def comparison(self) -> WhatIfSummary:
        """The answer as it is shown."""
        answer, changed = self.answer, self.changed
        return WhatIfSummary(
            answer.draws,
            DRAWS,
            answer.rows,
            answer.pairs,
            answer.targets,
            changed.of_projects,
            changed.faster,
        )

    def to(self, page: str) -> str:
        """The address of a part of the page with the changes."""
        return self.at.to(page, **words_of(self.changed))


def page(bench: Workbench, at: Address, words: Mapping[str, str]) -> Response:
    """The levers and what they do."""
    request = _request_of(bench, at, words)
    if isinstance(request, Response):
        return request
    if not all(words.values()):  # a form sends all
        more = {PROJECT: request.opened} if request.opened else {}
        return RedirectResponse(request.at.to(PAGE, **words_of(request.changed), **more), 303)
    return _page(bench, request)


def part(bench: Workbench, at: Address, words: Mapping[str, str]) -> Response:
    """The part of the page that depends on the changes."""
    request = _request_of(bench, at, words)
    return request if isinstance(request, Response) else HTMLResponse(_answer(bench, request))


def data(bench: Workbench, at: Address, words: Mapping[str, str]) -> Response:
    """The paired numbers, the targets and the sentences that change, as JSON."""
    request = _request_of(bench, at, words, as_data=True)
    return request if isinstance(request, Response) else _json(request)


def sheet(bench: Workbench, at: Address, words: Mapping[str, str]) -> Response:
    """The paired numbers as CSV."""
    request = _request_of(bench, at, words, as_data=True)
    return request if isinstance(request, Response) else _csv(request)


def save(
    bench: Workbench, at: Address, assumptions: Mapping[str, str], id: str, name: str
) -> Response:
    """Write what the address asks as a scenario of the plan.

    Raises:
        SonghuaError: what `save_scenario` raises.
    """
    while isinstance(plan := bench.what_if(at), Waiting):  # the folder may have changed meanwhile
        futures.wait([plan.job.future])
    changed = LeverWords(plan).changed(assumptions)
    words = Words({at.lang: name.strip() or id})
    save_scenario(plan, bench.folder, id.strip(), words, changed)
    at = replace(at, scenario=id.strip())
    view = bench.folder_view(at)
    body = fragment_of(view, [Paragraph(view.word("what_if_saved", id=id.strip()))], at)
    ways = [(at.to("projects"), view.say("chapter_projects")), (at.to(), view.word("web_brief"))]
    body += shell.template("look.html", ways=ways)
    title = view.word("what_if_saved_title")
    return HTMLResponse(answers.framed(bench, at, view, PAGE, title, body))


def _request_of(
    bench: Workbench, at: Address, words: Mapping[str, str], as_data: bool = False
) -> WhatIfRequest | Response:
    """The request with its answer; or that the plan is being made ready, or that it cannot be."""
    try:
        plan = bench.what_if(at)
    except SonghuaError as error:
        if {fault.code for fault in error.faults} != {"what_if_lacks"} or as_data:
            raise
        view = bench.folder_view(at)
        body = fragment_of(
            view, [Points([fault.words(at.lang, browser=True) for fault in error.faults])], at
        )
        title = view.word("web_page_what-if")
        return HTMLResponse(answers.framed(bench, at, view, PAGE, title, body))
    if isinstance(plan, Waiting):
        return answers.waiting(bench, at, PAGE, plan.job, as_data)
    changed = plan.moved(LeverWords(plan).changed(words))
    answer, job = _answer_of(bench, at, plan, changed)
    view = bench.folder_view(at)
    return WhatIfRequest(at, view, plan, changed, words.get(PROJECT, ""), answer, job)


def _answer_of(
    bench: Workbench, at: Address, plan: WhatIf, changed: Changed
) -> tuple[Answer, Job | None]:
    """The whole answer; where tables must be drawn anew a first one, and the job of the whole."""
    if not any(lever.name in OF_TABLES for lever in changed.values):
        return plan.answer(changed), None
    about = PAGE, tuple(sorted(words_of(changed).items()))
    whole = bench.build(about, replace(at, lang=""), lambda _: plan.answer(changed))
    if not isinstance(whole, Waiting):
        return whole, None
    return plan.answer(changed, few=True), whole.job


def _page(bench: Workbench, request: WhatIfRequest) -> Response:
    view, at = request.view, request.at
    shared = {"_as_of": at.as_of, "_scenario": at.scenario}
    body = shell.template(
        "what_if.html",
        v=view,
        path=at.to(PAGE).partition("?")[0],
        at=at,
        part=at.to(f"{PAGE}/answer").partition("?")[0],
        clear=at.to(PAGE),
        kept=[pair for pair in shared.items() if pair[1]],
        sets=levers.sets(view, request.plan, request.changed, request.opened),
        answer=_answer(bench, request),
    )
    text = answers.framed(
        bench,
        at,
        view,
        PAGE,
        view.word("web_page_what-if"),
        body,
        asked=words_of(request.changed),
        as_data=True,
        csv=True,
    )
    return HTMLResponse(text, headers=None if request.job else HOLD)


def _answer(bench: Workbench, request: WhatIfRequest) -> str:
    """The part that changes: the results, and the form to save them."""
    view, comparison = request.view, request.comparison
    with bench.drawing:
        html = fragment_of(view, list(what_if(view, comparison)), request.at)
    may = not bench.read_only and not stands_in_songhua(bench.folder)
    return shell.template(
        "what_if_answer.html",
        v=view,
        html=html,
        says=headline(view, comparison),
        events=request.at.to("events", _job=request.job.id) if request.job else "",
        address=request.to(PAGE),
        save=request.to(f"{PAGE}/save") if may else "",
        may=request.changed.of_projects,
        apart=bool(request.changed.levels or request.changed.faster),
    )


def _json(request: WhatIfRequest) -> Response:
    answer = request.answer
    content = {
        "draws": answer.draws,
        "of": DRAWS,
        "asked": words_of(request.changed),
        "levers": [
            {
                "word": f"_set.{lever.label}",
                "value": lever.value,
                "low": lever.low,
                "high": lever.high,
                "unit": lever.unit,
            }
            for lever in request.plan.levers
        ],
        "rows": [_cells(row) for row in answer.rows],
        "targets": [_target(old) | {"new": _target(new)} for old, new in answer.targets],
        "brief": [
            [
                None
                if sentence is None
                else {"sentence": sentence.finding.code, **sentence.finding.params}
                for sentence in pair
            ]
            for pair in answer.pairs
        ],
    }
    headers = {"retry-after": str(answers.AGAIN)} if request.job else HOLD
    return Response(plain.written(plain_value(content)), media_type=JSON, headers=headers)


def _cells(row: Difference) -> dict[str, object]:
    return {name: read(row) for name, read in cells_of(Difference).items()}


def _target(row: TargetRow) -> dict[str, object]:
    names = ("target", "goal", "unit", "required", "best", "probability", "progress_class")
    return {name: getattr(row, name) for name in names}


def _csv(request: WhatIfRequest) -> Response:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*cells_of(Difference), "draws"])
    for row in request.answer.rows:
        writer.writerow([*_cells(row).values(), request.answer.draws])
    headers = {"content-disposition": f'attachment; filename="{PAGE}.csv"'}
    headers |= {} if request.job else HOLD
    data = out.getvalue().encode("utf-8-sig")
    return Response(data, media_type="text/csv; charset=utf-8", headers=headers)
