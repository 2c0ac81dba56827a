"""Documents to send: what there is, a look at each, and each as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from fastapi import FastAPI, Query
from fastapi.responses import HTMLResponse, Response

from songhua import render
from songhua.document import sent
from songhua.document.blocks import Block, Document
from songhua.errors import SonghuaError
from songhua.format.view import View
from songhua.labels import parse_period
from songhua.labels.lookup import refuse_other
from songhua.render import files
from songhua.render.charts.drawing import ratio
from songhua.session import Session
from songhua.web import answers, shell
from songhua.web.address import Address
from songhua.web.answers import At
from songhua.web.described import TYPES, Workbook
from songhua.web.fault_kinds import PeriodAsked
from songhua.web.held import HOLD
from songhua.web.pages import fragment_of
from songhua.web.workbench import Waiting, Workbench

#: Documents of all that there is, and those of a period.
WHOLE, OF_PERIOD = ("brief", "report"), ("monthly", "annual", "midterm")
Form = Literal["docx", "pdf", "html", "json"]
FORMS: dict[int | str, Any] = {
    200: {"content": {TYPES[form].partition(";")[0]: {} for form in get_args(Form)}}
}
Kind = Annotated[str, Query(alias="_kind", json_schema_extra={"enum": [*WHOLE, *OF_PERIOD]})]
Period = Annotated[str, Query(alias="_period", max_length=40, description="As 2023 or 2021-Q1.")]


@dataclass(frozen=True)
class DocumentRequest:
    """A requested document: its kind and its period."""

    kind: str
    period: str

    def words(self) -> dict[str, str]:
        """The words of its address beside its path."""
        return {"_period": self.period} if self.period else {}

    def refuse_odd(self) -> None:
        """Refuse what is no document, or none of such a period, before any study is run for it.

        Raises:
            SonghuaError: `choice_unknown`; `period_asked`, and what the period is refused for.
        """
        refuse_other(self.kind, (*WHOLE, *OF_PERIOD))
        if self.kind in OF_PERIOD and not self.period:
            raise SonghuaError(PeriodAsked())
        if self.period:
            parse_period(self.period)

    def file(self, lang: str, form: str) -> str:
        """The name of its file."""
        name = "-".join(filter(None, (self.kind, self.period.replace(":", "-").replace("/", "-"))))
        return f"{name}-{lang}.{form}"

    def build(self, opened: Session, lang: str) -> tuple[View, Document]:
        """The document, and the view that it shows.

        Raises:
            SonghuaError: what a study or the period is refused for.
        """
        if self.kind in OF_PERIOD:
            contents = files.contents(opened, self.kind, self.period)
            view = View.of(contents, lang)
            return view, files.document_of(view, self.kind, self.period)
        view = View.of(opened.run_all(), lang)
        return view, sent.brief(view) if self.kind == "brief" else sent.short_report(view, ratio)

    def data(self, opened: Session, lang: str, form: str) -> bytes:
        """The document as a file."""
        view, document = self.build(opened, lang)
        day = parse_period(self.period).end if self.period else files.day_of(view)
        return render.document(view, document, day, form)


def add(api: FastAPI, bench: Workbench) -> None:
    """Add the addresses of documents."""

    @api.get("/{lang}/documents", response_class=HTMLResponse)
    def documents(at: At) -> Response:
        """The documents that may be written, and their periods."""
        view = bench.view(at)
        if isinstance(view, Waiting):
            return answers.waiting(bench, at, "documents", view.job, False)
        title = view.word("web_page_documents")
        body = shell.template(
            "documents.html",
            v=view,
            at=at,
            whole=WHOLE,
            kinds=OF_PERIOD,
            forms=("docx", "pdf"),
            shared=[("_as_of", at.as_of), ("_scenario", at.scenario)],
        )
        text = answers.framed(bench, at, view, "documents", title, body)
        return HTMLResponse(text, headers=HOLD)

    @api.get("/{lang}/documents/tables.xlsx", response_class=Workbook)
    def workbook(at: At) -> Response:
        """All tables as a workbook."""

        def work(opened: Session) -> bytes:
            return render.tables(View.of(opened.run_all(), at.lang))

        return _file(bench, at, bench.build("tables", at, work), f"tables-{at.lang}.xlsx", "xlsx")

    @api.get("/{lang}/documents/{kind}.{form}", responses=FORMS)
    def file(at: At, kind: str, form: Form, period: Period = "") -> Response:
        """A document as a file."""
        request = DocumentRequest(kind, period)
        request.refuse_odd()
        data = bench.build((request, form), at, lambda opened: request.data(opened, at.lang, form))
        return _file(bench, at, data, request.file(at.lang, form), form)

    @api.get("/{lang}/documents/look", response_class=HTMLResponse)
    def look(at: At, kind: Kind = "monthly", period: Period = "") -> Response:
        """A document as it will read, with the ways to have it as a file."""
        request = DocumentRequest(kind, period)
        request.refuse_odd()
        preview = bench.build(request, at, lambda opened: _preview(request, opened, at, bench))
        if isinstance(preview, Waiting):
            return answers.waiting(bench, at, "documents/look", preview.job, False)
        title, html = preview
        view = bench.view(at)
        if isinstance(view, Waiting):
            return answers.waiting(bench, at, "documents/look", view.job, False)
        ways = [
            (at.to(f"documents/{kind}.{form}", **request.words()), form.upper())
            for form in ("docx", "pdf")
        ]
        body = shell.template("look.html", v=view, ways=ways) + html
        words = request.words() | {"_kind": kind}
        text = answers.framed(bench, at, view, "documents/look", title, body, asked=words)
        return HTMLResponse(text)


def _preview(
    request: DocumentRequest, opened: Session, at: Address, bench: Workbench
) -> tuple[str, str]:
    """The title and the blocks of a document as HTML."""
    view, document = request.build(opened, at.lang)
    blocks: Sequence[Block] = (*document.head, *document.blocks, *document.annex)
    with bench.drawing:
        return document.title, fragment_of(view, blocks, at)


def _file(bench: Workbench, at: Address, data: bytes | Waiting, name: str, form: str) -> Response:
    """A file to keep, or that it is being made."""
    if isinstance(data, Waiting):
        return answers.waiting(bench, at, "documents", data.job, form == "json")
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=TYPES[form], headers=headers)
