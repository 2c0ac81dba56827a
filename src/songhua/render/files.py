"""Documents of a period, the report of everything, and tables, written where a user wants them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from songhua import render, store
from songhua.document import sent
from songhua.document.blocks import Document, Figure, Section, walk
from songhua.document.firm import firm
from songhua.document.report import report
from songhua.document.studies.evaluation import evaluation
from songhua.document.studies.month import monthly
from songhua.errors import SonghuaError
from songhua.format.language import Language
from songhua.format.view import View
from songhua.labels import parse_period
from songhua.reading import limits
from songhua.region.known import source_days
from songhua.render.charts.drawing import png
from songhua.render.fault_kinds import TemplateMissing
from songhua.render.html.document import page as html_page
from songhua.session import Firm, Run, Session, execution
from songhua.studies.registry import OptionValues

#: The day of a document of sources that have none.
NO_DAY = date(2000, 1, 1)


def studies_of(
    kind: str, period: str, peers: Sequence[str] = (), since: str = ""
) -> Mapping[str, OptionValues]:
    """The studies that a document shows, each with its options; the last is its subject.

    >>> sorted(studies_of("monthly", "2021-Q1"))
    ['diagnose', 'month', 'track']
    """
    track = {"track": {"until": period}}
    if kind != "monthly":
        return track
    month = {"period": period, "peers": tuple(peers), "since": since}
    return {"diagnose": {"until": period}, **track, "month": month}


def contents(
    session: Session, kind: str, period: str, peers: Sequence[str] = (), since: str = ""
) -> Run:
    """The results that a document shows, with the figures up to the end of its period.

    Due dates are judged on the period's last day. A monthly report goes without the plan where
    there is none; the evaluations (annual, midterm) need one.

    Raises:
        SonghuaError: `period_unreadable`, `period_open`, `period_not_in_year`, `label_unknown`
            (of a peer), `date_unreadable`, `evaluation_no_plan`.

    >>> import songhua
    >>> sorted(contents(songhua.open(songhua.example()), "annual", "2021").results)
    ['track']
    """
    arguments = studies_of(kind, period, peers, since)
    main = list(arguments)[-1]
    results = {main: execution.run(session, main, arguments[main])}
    for name in arguments:
        if name != main and session.lacks(name) is None:
            results[name] = execution.run(session, name, arguments[name])
    results = {name: results[name] for name in arguments if name in results}
    days = parse_period(period)
    region = session.region.until(days)
    plan = session.plan and session.plan.up_to(days.end, region.sources)
    return Run(region, plan, results)


def document_of(view: View, kind: str, period: str) -> Document:
    """The document of a period: the report of a month, a quarter or a half, or an evaluation."""
    return monthly(view) if kind == "monthly" else evaluation(view, kind, period)


def write_document(
    done: Run,
    period: str,
    target: str | Path,
    lang: str = "en",
    form: str = "html",
    kind: str = "monthly",
    replace: bool = False,
    template: bytes | None = None,
) -> Path:
    """Write the report of a period to `target/KIND-PERIOD-LANG.FORM`.

    `kind` is monthly, annual or midterm; `done` is what `contents` gives. A DOCX keeps the looks
    of a `template`.

    Raises:
        SonghuaError: `extra_missing`, for a DOCX or PDF without the extra `report`; `output_kept`.
    """
    view = View.of(done, lang)
    document = document_of(view, kind, period)
    data = render.document(view, document, parse_period(period).end, form, template)
    name = period.replace(":", "-").replace("..", "-")
    return _write(Path(target) / f"{kind}-{name}-{lang}.{form}", data, replace)


def write_brief(
    done: Run,
    target: str | Path,
    lang: str = "en",
    form: str = "html",
    replace: bool = False,
    template: bytes | None = None,
) -> Path:
    """Write the brief as a document to send, to `target/brief-LANG.FORM`.

    Raises:
        SonghuaError: as `write_document`.
    """
    view = View.of(done, lang)
    data = render.document(view, sent.brief(view), day_of(view), form, template)
    return _write(Path(target) / f"brief-{lang}.{form}", data, replace)


def day_of(view: View) -> date:
    """The day that a document bears: that of the view, else the last on which a source came out."""
    if view.region.as_of is not None:
        return view.region.as_of
    return max(filter(None, source_days(view.region.sources).values()), default=NO_DAY)


def template(file: str | Path) -> tuple[bytes, tuple[str, ...]]:
    """The bytes of a DOCX that another is to look like, and the styles that it lacks.

    Raises:
        SonghuaError: `template_missing` and other faults of a file, `template_other_kind`,
            `template_unreadable`, each with the file's name; `extra_missing`.
    """
    from songhua.render.docx.template import lacks

    data = store.bytes_of(Path(file), str(file), TemplateMissing, limits.TEMPLATE)
    try:
        return data, lacks(data)
    except SonghuaError as error:
        raise SonghuaError(
            *(dataclasses.replace(f, file=str(file)) for f in error.faults)
        ) from None


def charts(view: View) -> dict[str, bytes]:
    """The charts of the report as pictures, by the name of their file: section and number.

    A section without a chart has none; what is put away has its charts too.
    """
    pictures: dict[str, bytes] = {}
    for section in report(view).blocks:
        if isinstance(section, Section):
            drawn = [block.chart for block in walk(section.blocks) if isinstance(block, Figure)]
            for at, chart in enumerate(filter(None, drawn), 1):
                pictures[f"{section.id}-{at:02d}.png"] = png(chart)
    return pictures


def write_tables(
    done: Run, file: str | Path, lang: str = "en", replace: bool = False, draws: bool = False
) -> Path:
    """Write all tables of a run to an XLSX, a sheet a table; the draws of accounts where asked.

    Raises:
        SonghuaError: `extra_missing`, without the extra `excel`; `sheet_too_long`; `output_kept`.
    """
    return _write(Path(file), render.tables(View.of(done, lang), draws), replace)


def write_firm(page: Firm, target: str | Path, lang: str = "en", replace: bool = False) -> Path:
    """Write the page of one firm as HTML; an older page there is replaced.

    Raises:
        SonghuaError: `output_kept`, where another file is there, or the page was changed since.
    """
    sheet = firm(page.name, page.books, page.plans, lang, page.invented, page.left_out, page.day)
    text = html_page(Language(lang), sheet)
    return _write(Path(target), text.encode(), replace)


def _write(file: Path, data: bytes, replace: bool) -> Path:
    (written,) = store.write_outputs({file: data}, replace)
    return written
