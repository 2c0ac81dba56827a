"""Departments: what each is asked for a period, what came back, and its form to answer in."""

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
from songhua.format.view import View
from songhua.labels import Period, parse_period
from songhua.reading.reviews import form
from songhua.store import digest, reviews
from songhua.web import answers, forms, shell
from songhua.web.address import Address
from songhua.web.answers import At, Id
from songhua.web.asking import Fields
from songhua.web.described import TYPES, Workbook
from songhua.web.forms import STEPS, Asked, Field, States
from songhua.web.workbench import Workbench

PAGE = "departments"
#: How a department without a name stands in an address.
UNNAMED = "-"
#: The longest name that stands in an address.
LONGEST = 100
Review = Annotated[str, Query(max_length=40, description="What is reported on, as 2023.")]
#: A field of an item is called by a digest and a column.
ITEMS = tuple(f"*.{name}" for name in form.FILLED)
Typed = Annotated[dict[str, str], Depends(Fields(lambda _: (*STEPS, "reporter", *ITEMS)))]


@dataclass(frozen=True)
class Round:
    """A round of reports: its period, and by department what is asked and came back."""

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
        review = parse_period(period) if period else _usual(view)
        found = reviews.returns(view.region, view.plan, review, at.lang, date.today())
        return cls(view, review, found)

    def name(self, department: str) -> str:
        """A department's name."""
        return self.view.name("tags", department) or self.view.word("web_no_department")

    def own(self, id: str) -> tuple[str, Sequence[reviews.Return]]:
        """A department by its part of an address, and what it is asked.

        Raises:
            HTTPException: 404, where it is asked nothing.
        """
        named = {part_of(one): one for one in self.returns}
        if id not in named:
            raise HTTPException(404)
        return named[id], self.returns[named[id]]


def part_of(department: str) -> str:
    """How a department stands in an address: by its name, or by a digest that begins with a tilde.

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


def _usual(view: View) -> Period:
    """The period that was reported on last; else the last year, or the last one of the plan."""
    told = view.region.reviews
    if len(told):
        return max(map(parse_period, told["review"].astype(str).unique()))
    assert view.plan is not None
    return parse_period(str(min(date.today().year - 1, view.plan.period.end.year)))


def add(api: FastAPI, bench: Workbench) -> None:
    """Add the addresses at which departments are looked at, and their sheets had."""

    @api.get("/{lang}/departments", response_class=HTMLResponse)
    def departments(at: At, period: Review = "") -> Response:
        """The departments: what each is asked for a period, and what came back."""
        found = Round.of(bench, at, period)
        body = shell.template(
            "departments.html", v=found.view, at=at, period=str(found.period), may=_may(bench),
            to=at.to(PAGE).partition("?")[0], send=at.to("import"), plan=found.view.plan,
            kept=[one for one in (("_as_of", at.as_of), ("_scenario", at.scenario)) if one[1]],
            rows=[_row(found, at, name) for name in found.returns],
        )  # fmt: skip
        given = {"period": period} if period else {}
        title = found.view.word("web_page_departments")
        text = answers.framed(bench, at, found.view, PAGE, title, body, asked=given)
        return HTMLResponse(text)

    @api.get("/{lang}/departments/{id}/sheet.xlsx", response_class=Workbook)
    def sheet(at: At, id: Id, period: Review = "") -> Response:
        """A department's sheet, to be filled in and sent back."""
        found = Round.of(bench, at, period)
        department, _ = found.own(id)
        name, data = reviews.one_sheet(
            found.view.region, found.view.plan, str(found.period), department, at.lang
        )
        file = name if name.isascii() else f"sheet-{found.period}.xlsx"
        headers = {"content-disposition": f'attachment; filename="{file}"'}
        return Response(data, media_type=TYPES["xlsx"], headers=headers)

    if bench.read_only:

        @api.get("/{lang}/departments/{id}", response_class=HTMLResponse)
        def department(at: At, id: Id, period: Review = "") -> Response:
            """What a department is asked, and what came back."""
            return _department(States(bench), at, id, period, {})


def add_form(api: FastAPI, bench: Workbench) -> None:
    """Add the address at which a department answers."""
    states = States(bench)

    @api.get("/{lang}/departments/{id}", response_class=HTMLResponse)
    def department(at: At, id: Id, period: Review = "") -> Response:
        """What a department is asked, with the fields to answer in."""
        return _department(states, at, id, period, {})

    @api.post("/{lang}/departments/{id}", response_class=HTMLResponse)
    def answered(at: At, id: Id, typed: Typed, period: Review = "") -> Response:
        """What would come of the answers, or the answers taken."""
        forms.refuse_songhua(bench)
        bench.session()
        with forms.alone(bench, typed, at.lang) as given:
            return _department(states, at, id, period, {"_what": "look", **given})


def _may(bench: Workbench) -> bool:
    return not bench.read_only


def _row(found: Round, at: Address, department: str) -> dict[str, Any]:
    """A department in the list: numbers, and where its page and its sheet stand."""
    own, id = found.returns[department], part_of(department)
    period = str(found.period)
    return {
        "name": found.name(department), "to": at.to(f"{PAGE}/{id}", period=period),
        "sheet": at.to(f"{PAGE}/{id}/sheet.xlsx", period=period), "asked": len(own),
        "back": sum(one.answer is not None for one in own),
        "overdue": sum(one.overdue for one in own),
        "changed": sum(one.changed for one in own),
    }  # fmt: skip


def _department(
    states: States, at: Address, id: str, period: str, typed: Mapping[str, str]
) -> Response:
    """A department's page: what came back, and its form as it was typed."""
    bench = states.bench
    found = Round.of(bench, at, period)
    department, own = found.own(id)
    review, lang, faults, done = str(found.period), at.lang, list[Fault](), None
    said = _said(department, review, own, typed)
    cells = {"reporter": said.reporter} | {k: str(v) for k, v in said.typed.items()}
    asked = Asked.of(states, typed, cells, lang)
    if typed:
        try:
            done = session.answer(bench.folder, said, lang, dry_run=not asked.take)
        except SonghuaError as error:
            faults = [*error.faults]
    taken = done is not None and asked.take
    if taken:  # what came back is told by the folder as it is now
        found, typed = Round.of(bench, at, review), {}
        own = found.returns[department]
    body = _body(found, at, (department, own, id), typed, faults, asked, done, _may(bench))
    name = f"{PAGE}/{id}"
    title = f"{found.name(department)} · {found.view.period(review)}"
    text = answers.framed(
        bench, at, found.view, name, title, body, asked={"period": period} if period else {}
    )
    return HTMLResponse(text, 422 if faults else 200, headers={"cache-control": "no-store"})


def _said(
    department: str, review: str, own: Sequence[reviews.Return], typed: Mapping[str, str]
) -> reviews.Answers:
    """What was typed, by item."""
    told = {
        one.item.key: {
            name: text for name in form.FILLED if (text := typed.get(_field(one, name), "").strip())
        }
        for one in own
    }
    return reviews.Answers(department, review, typed.get("reporter", "").strip(), told)


def _field(one: reviews.Return, name: str) -> str:
    """The name of a field: an item's digest and a column."""
    return f"{digest(one.item.key)[:10]}.{name}"


def _body(
    found: Round, at: Address, of: tuple[str, Sequence[reviews.Return], str],
    typed: Mapping[str, str], faults: Sequence[Fault], asked: Asked, done: Any, may: bool,
) -> str:  # fmt: skip
    department, own, id = of
    view, period = found.view, str(found.period)
    wrong: dict[str, list[str]] = {}
    for fault in faults:
        wrong.setdefault(fault.column, []).append(forms.told(fault, at.lang))
    lines = [_line(view, one, typed, wrong) for one in own]
    told = wrong.get("reporter", ())
    label = view.word("review_reporter")
    reporter = Field("reporter", label, "", "text", typed.get("reporter", ""), (), True, told)
    fields = [reporter, *(field for line in lines for field in line["fields"])]
    known = {"reporter", *(f"{one.item.key}\n{name}" for one in own for name in form.FILLED)}
    rows = 0 if done is None else len(done.rows)
    return shell.template(
        "department.html", v=view, asked=asked, lines=lines, reporter=reporter, fields=fields,
        may=may,
        faults=forms.words([one for one in faults if one.column not in known], at.lang),
        to=at.to(f"{PAGE}/{id}", period=period), back=at.to(PAGE, period=period),
        sheet=at.to(f"{PAGE}/{id}/sheet.xlsx", period=period), n=rows,
        shown=done is not None and not asked.take, taken=done is not None and asked.take,
        repeated=0 if done is None else done.repeated,
        warnings=[] if done is None else forms.words(done.warnings, at.lang),
        reminder=_reminder(found, department, own),
    )  # fmt: skip


def _line(
    view: View, one: reviews.Return, typed: Mapping[str, str], wrong: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """What is asked in one line, what was answered, and its fields."""
    item, lang = one.item, view.lang
    fields: list[Field] = []
    for name in form.OPEN_COLUMNS[item.sort]:
        own = _field(one, name)
        words = [(value, word) for word, value in form.choices(name, lang).items()] if (
            name in form.LISTS) else []  # fmt: skip
        label = messages.word(f"review_head_{name}", lang)
        hint = item.unit if name == "value" else ""
        kind, told = "select" if words else "text", wrong.get(f"{item.key}\n{name}", ())
        fields.append(Field(own, label, hint, kind, typed.get(own, ""), words, faults=told))
    return {
        "name": item.name, "sort": messages.choice("review_sort", item.sort, lang),
        "asked": item.asked, "definition": item.definition, "last": item.last, "fields": fields,
        "answer": _answer(view, one.answer, item.department),
        "before": _answer(view, one.before, item.department),
        "overdue": one.overdue, "changed": one.changed,
    }  # fmt: skip


def _answer(view: View, answer: Mapping[str, str] | None, asked: str) -> str:
    """An answer in words, with the department that was asked then if that is another; or blank."""
    if answer is None:
        return ""
    said = [f"{answer['value']} {answer['unit']}".strip() if answer["value"] else ""]
    said += [view.choice("kind", answer["kind"])] if answer["kind"] else []
    said += [view.choice("review_state", answer["state"])] if answer["state"] else []
    said += [answer["done_on"], answer["reporter"], answer["received"][:10]]
    if answer["department"] != asked:
        name = view.name("tags", answer["department"]) or view.word("web_no_department")
        said.append(view.word("web_asked_then", department=name))
    return " · ".join(filter(None, said))


def _reminder(found: Round, department: str, own: Sequence[reviews.Return]) -> str:
    """What may be sent to a department that has not answered all; blank where it has."""
    open_ = [one.item for one in own if one.answer is None]
    if not open_:
        return ""
    view = found.view
    head = view.word(
        "web_reminder_text", department=found.name(department), n=len(open_), of=len(own),
        period=view.period(str(found.period)), region=view.region.name(view.lang),
    )  # fmt: skip
    asked = [f"- {one.name}{f' ({one.asked})' if one.asked else ''}" for one in open_]
    return "\n".join([head, "", *asked])
