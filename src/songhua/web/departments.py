"""Departments: for each, the questions of a period, the answers, and its form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Query
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from songhua import messages, session
from songhua.errors import Fault, SonghuaError
from songhua.format.numbers import as_printed
from songhua.format.view import View
from songhua.labels import Period, parse_period
from songhua.reading.reviews import form
from songhua.region.newest import Answer
from songhua.store import digest, reviews
from songhua.web import answers, forms, shell
from songhua.web.address import Address
from songhua.web.answers import At, Id
from songhua.web.asking import Fields
from songhua.web.described import TYPES, Workbook
from songhua.web.forms import STEPS, Field, FormRequest, States
from songhua.web.workbench import Workbench

PAGE = "departments"
#: The word for a department without a name in an address, and the longest name in one.
UNNAMED, LONGEST = "-", 100
Review = Annotated[str, Query(max_length=40, description="What is reported on, as 2023.")]
#: A field of an item is called by a digest and a column.
ITEMS = tuple(f"*.{name}" for name in form.FILLED)
Typed = Annotated[dict[str, str], Depends(Fields(lambda _: (*STEPS, "reporter", *ITEMS)))]


@dataclass(frozen=True)
class Round:
    """A round of reports: its period, and by department the questions and answers."""

    view: View
    period: Period
    returns: Mapping[str, Sequence[reviews.Return]]

    @classmethod
    def of(cls, bench: Workbench, at: Address, period: str) -> Round:
        """The round of a period; without one of the last that was reported on, or of last year.

        Raises:
            SonghuaError: `period_unreadable`; what the folder or the day is refused for.
        """
        view = bench.folder_view(at)
        if view.plan is None:
            return cls(view, parse_period(period or "2000"), {})
        review = parse_period(period) if period else _last_period(view)
        returns = reviews.returns(view.region, view.plan, review, at.lang, date.today())
        return cls(view, review, returns)

    def name(self, department: str) -> str:
        """A department's name."""
        return self.view.name("tags", department) or self.view.word("web_no_department")

    def department(self, id: str) -> tuple[str, Sequence[reviews.Return]]:
        """A department by its part of an address, and what it is asked.

        Raises:
            HTTPException: 404, where it is asked nothing.
        """
        departments = {part_of(department): department for department in self.returns}
        if id not in departments:
            raise HTTPException(404)
        return departments[id], self.returns[departments[id]]


def part_of(department: str) -> str:
    """A department in an address: its name, or a digest that begins with a tilde.

    A name is none where it has signs that part an address, or that a browser reads as a way.

    >>> part_of("Works"), part_of(""), part_of("Roads / Rail")[0], len(part_of(".."))
    ('Works', '-', '~', 17)
    """
    if not department:
        return UNNAMED
    odd = not department.isprintable() or set(department) & set("/\\#?%")
    if odd or department[0] in "~-." or len(department) > LONGEST:
        return f"~{digest(department)[:16]}"
    return department


def _last_period(view: View) -> Period:
    """The period that was reported on last; else the last year, or the last one of the plan."""
    reports = view.region.reviews
    if len(reports):
        return max(map(parse_period, reports["review"].astype(str).unique()))
    assert view.plan is not None
    return parse_period(str(min(date.today().year - 1, view.plan.period.end.year)))


def add(api: FastAPI, bench: Workbench) -> None:
    """Add the addresses at which departments are looked at, and their sheets had."""

    @api.get("/{lang}/departments", response_class=HTMLResponse)
    def departments(at: At, period: Review = "") -> Response:
        """The departments, with the questions of a period and the answers."""
        round_ = Round.of(bench, at, period)
        body = shell.template(
            "departments.html", v=round_.view, at=at, period=str(round_.period), may=_may(bench),
            to=at.to(PAGE).partition("?")[0], send=at.to("import"), plan=round_.view.plan,
            kept=[pair for pair in (("_as_of", at.as_of), ("_scenario", at.scenario)) if pair[1]],
            rows=[_row(round_, at, name) for name in round_.returns],
        )  # fmt: skip
        words = {"period": period} if period else {}
        title = round_.view.word("web_page_departments")
        text = answers.framed(bench, at, round_.view, PAGE, title, body, asked=words)
        return HTMLResponse(text)

    @api.get("/{lang}/departments/{id}/sheet.xlsx", response_class=Workbook)
    def sheet(at: At, id: Id, period: Review = "") -> Response:
        """A department's sheet, to be filled in and sent back."""
        round_ = Round.of(bench, at, period)
        department, _ = round_.department(id)
        name, data = reviews.one_sheet(
            round_.view.region, round_.view.plan, str(round_.period), department, at.lang
        )
        file = name if name.isascii() else f"sheet-{round_.period}.xlsx"
        headers = {"content-disposition": f'attachment; filename="{file}"'}
        return Response(data, media_type=TYPES["xlsx"], headers=headers)

    if bench.read_only:

        @api.get("/{lang}/departments/{id}", response_class=HTMLResponse)
        def department(at: At, id: Id, period: Review = "") -> Response:
            """The questions to a department, and what came back."""
            return _department(States(bench), at, id, period, {})


def add_form(api: FastAPI, bench: Workbench) -> None:
    """Add the address at which a department answers."""
    states = States(bench)

    @api.get("/{lang}/departments/{id}", response_class=HTMLResponse)
    def department(at: At, id: Id, period: Review = "") -> Response:
        """The questions to a department, with the fields to answer in."""
        return _department(states, at, id, period, {})

    @api.post("/{lang}/departments/{id}", response_class=HTMLResponse)
    def answered(at: At, id: Id, typed: Typed, period: Review = "") -> Response:
        """A preview of the answers, or the answers taken."""
        forms.refuse_songhua(bench)
        bench.session()
        with forms.alone(bench, typed, at.lang) as sent:
            return _department(states, at, id, period, {"_what": "look", **sent})


def _may(bench: Workbench) -> bool:
    return not bench.read_only


def _row(round_: Round, at: Address, department: str) -> dict[str, Any]:
    """A department in the list: numbers, and where its page and its sheet stand."""
    returns, id = round_.returns[department], part_of(department)
    period = str(round_.period)
    return {
        "name": round_.name(department), "to": at.to(f"{PAGE}/{id}", period=period),
        "sheet": at.to(f"{PAGE}/{id}/sheet.xlsx", period=period), "asked": len(returns),
        "back": sum(row.answer is not None for row in returns),
        "overdue": sum(row.overdue for row in returns),
        "changed": sum(row.changed for row in returns),
    }  # fmt: skip


def _department(
    states: States, at: Address, id: str, period: str, typed: Mapping[str, str]
) -> Response:
    """A department's page: what came back, and its form as it was typed."""
    bench = states.bench
    round_ = Round.of(bench, at, period)
    department, returns = round_.department(id)
    review, lang, faults, result = str(round_.period), at.lang, list[Fault](), None
    replies = _typed_answers(department, review, returns, typed)
    cells = {"reporter": replies.reporter} | {k: str(v) for k, v in replies.typed.items()}
    request = FormRequest.of(states, typed, cells, lang)
    if typed:
        try:
            result = session.answer(bench.folder, replies, lang, dry_run=not request.take)
        except SonghuaError as error:
            faults = [*error.faults]
    written = result is not None and request.take
    if written:  # what came back is told by the folder as it is now
        round_, typed = Round.of(bench, at, review), {}
        returns = round_.returns[department]
    body = _body(round_, at, (department, returns, id), typed, faults, request, result, _may(bench))
    name = f"{PAGE}/{id}"
    title = f"{round_.name(department)} · {round_.view.period(review)}"
    text = answers.framed(
        bench, at, round_.view, name, title, body, asked={"period": period} if period else {}
    )
    return HTMLResponse(text, 422 if faults else 200, headers={"cache-control": "no-store"})


def _typed_answers(
    department: str, review: str, returns: Sequence[reviews.Return], typed: Mapping[str, str]
) -> reviews.Answers:
    """The answers that were typed, by item."""
    by_item = {
        row.item.key: {
            name: text for name in form.FILLED if (text := typed.get(_field(row, name), "").strip())
        }
        for row in returns
    }
    return reviews.Answers(department, review, typed.get("reporter", "").strip(), by_item)


def _field(row: reviews.Return, name: str) -> str:
    """The name of a field: an item's digest and a column."""
    return f"{digest(row.item.key)[:10]}.{name}"


def _body(
    round_: Round, at: Address, of: tuple[str, Sequence[reviews.Return], str],
    typed: Mapping[str, str], faults: Sequence[Fault], request: FormRequest, result: Any, may: bool,
) -> str:  # fmt: skip
    department, returns, id = of
    view, period = round_.view, str(round_.period)
    wrong: dict[str, list[str]] = {}
    for fault in faults:
        wrong.setdefault(fault.column, []).append(forms.fault_text(fault, at.lang))
    lines = [_line(view, row, typed, wrong) for row in returns]
    mistakes = wrong.get("reporter", ())
    label = view.word("review_reporter")
    reporter = Field("reporter", label, "", "text", typed.get("reporter", ""), (), True, mistakes)
    fields = [reporter, *(field for line in lines for field in line["fields"])]
    names = {"reporter", *(f"{row.item.key}\n{name}" for row in returns for name in form.FILLED)}
    rows = 0 if result is None else len(result.rows)
    return shell.template(
        "department.html", v=view, asked=request, lines=lines, reporter=reporter, fields=fields,
        may=may,
        faults=forms.words([fault for fault in faults if fault.column not in names], at.lang),
        to=at.to(f"{PAGE}/{id}", period=period), back=at.to(PAGE, period=period),
        sheet=at.to(f"{PAGE}/{id}/sheet.xlsx", period=period), n=rows,
        shown=result is not None and not request.take, taken=result is not None and request.take,
        repeated=0 if result is None else result.repeated,
        warnings=[] if result is None else forms.words(result.warnings, at.lang),
        reminder=_reminder(round_, department, returns),
    )  # fmt: skip


def _line(
    view: View, row: reviews.Return, typed: Mapping[str, str], wrong: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """An item in one line: its question, its answers and its fields."""
    item, lang = row.item, view.lang
    fields: list[Field] = []
    for name in form.OPEN_COLUMNS[item.sort]:
        key = _field(row, name)
        words = [(value, word) for word, value in form.choices(name, lang).items()] if (
            name in form.LISTS) else []  # fmt: skip
        label = messages.word(f"review_head_{name}", lang)
        hint = item.unit if name == "value" else ""
        kind, faults = "select" if words else "text", wrong.get(f"{item.key}\n{name}", ())
        fields.append(Field(key, label, hint, kind, typed.get(key, ""), words, faults=faults))
    return {
        "name": item.name, "sort": messages.choice("review_sort", item.sort, lang),
        "asked": item.asked, "definition": item.definition, "last": item.last, "fields": fields,
        "answer": _answer(view, row.answer, item.department),
        "before": _answer(view, row.before, item.department),
        "overdue": row.overdue, "changed": row.changed,
    }  # fmt: skip


def _answer(view: View, answer: Answer | None, department: str) -> str:
    """An answer in words, with the department that was asked then if that is another; or blank."""
    if answer is None:
        return ""
    parts = [as_printed(f"{answer.value} {answer.unit}", view.lang)] if answer.value else []
    parts += [view.choice("kind", answer.kind)] if answer.kind else []
    parts += [view.choice("review_state", answer.state)] if answer.state else []
    parts += [view.period(answer.done_on), answer.reporter, view.period(answer.received[:10])]
    if answer.department != department:
        name = view.name("tags", answer.department) or view.word("web_no_department")
        parts.append(view.word("web_asked_then", department=name))
    return " · ".join(filter(None, parts))


def _reminder(round_: Round, department: str, returns: Sequence[reviews.Return]) -> str:
    """A reminder for a department that has not answered all; blank where it has."""
    open_ = [row.item for row in returns if row.answer is None]
    if not open_:
        return ""
    view = round_.view
    head = view.word(
        "web_reminder_text", department=round_.name(department), n=len(open_), of=len(returns),
        period=view.period(str(round_.period)), region=view.region.name(view.lang),
    )  # fmt: skip
    items = [f"- {item.name}{view.written.bracketed(item.asked)}" for item in open_]
    return "\n".join([head, "", *items])
