"""Firms in the browser: one judged by typed facts, which are kept nowhere, and a register's.

Typed facts of a firm last only for one request: they stand in no address, no log and no kept page.
The form asks first for the fact that decides most of the open clauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from songhua import results, session, store
from songhua.document.blocks import Block
from songhua.document.firm import firm as firm_page
from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import RegisterMissing, RulebookUnknown
from songhua.format.cells import Row
from songhua.format.language import Language
from songhua.format.view import View
from songhua.results import Result
from songhua.rules import Rulebook
from songhua.rules.facts import Fact
from songhua.schema import vocabularies
from songhua.session import Firm, Session
from songhua.web import answers, forms, lists, rows, shell
from songhua.web.address import Address
from songhua.web.answers import At, Id
from songhua.web.asking import Fields
from songhua.web.forms import Field
from songhua.web.pages import fragment_of
from songhua.web.workbench import Waiting, Workbench
from songhua.wording.unit_words import unit_name

JUDGE, REGISTER = "firms/judge", "firms/register"
#: The beginning of the name of a fact's field, and the most characters of a fact.
FACT, LONGEST = "fact.", 200
KEEP_NOTHING = {"cache-control": "no-store"}
Typed = Annotated[
    dict[str, str], Depends(Fields(lambda _: ("status", "day", "name", "_what", f"{FACT}*")))
]


def add(api: FastAPI, bench: Workbench) -> None:
    """Add the addresses of firms that are judged."""

    @api.get("/{lang}/firms/judge", response_class=HTMLResponse)
    def begin(at: At) -> Response:
        """The form by which a firm is judged, empty."""
        return _judge(bench, at, {})

    @api.post("/{lang}/firms/judge", response_class=HTMLResponse)
    def judge(at: At, typed: Typed) -> Response:
        """The verdict on the facts so far, and the next question; or the facts as a file."""
        return _judge(bench, at, typed)


def add_register(api: FastAPI, bench: Workbench) -> None:
    """Add the addresses of the register's own firms."""
    verdicts = results.tables("certify")["verdicts"].columns
    lists.of_list(api, REGISTER, verdicts, partial(_register, bench))

    @api.get("/{lang}/firms/register/{id}", response_class=HTMLResponse)
    def register_firm(at: At, id: Id) -> Response:
        """One firm of the register, judged."""
        view = forms.view_of(bench, at)
        firm = session.firm(bench.folder, id, (), at.as_of or None, date.today())
        title, blocks = _page_of(firm, at.lang)
        body = fragment_of(view, blocks, at)
        return forms.page(bench, at, view, f"{REGISTER}/{id}", title, body)


def _register(bench: Workbench, at: Address, words: Mapping[str, str], form: str) -> Response:
    verdicts = bench.build("register", at, _verdicts)
    if isinstance(verdicts, Waiting):
        return answers.waiting(bench, at, REGISTER, verdicts.job, form != "")
    view = View.of(verdicts, at.lang)
    table = replace(rows.result(view, "certify", "verdicts"), leads=_lead)
    answer = lists.list_answer(bench, at, view, REGISTER, table, words, form)
    answer.headers.update(KEEP_NOTHING)
    return answer


def _verdicts(opened: Session) -> Result:
    """Every firm of the register with its verdicts, exact; such a result is kept on no disk.

    Raises:
        SonghuaError: `register_missing`.
    """
    if opened.register is None:
        raise SonghuaError(RegisterMissing())
    return opened.run("certify", small_cells=True)


def _lead(row: Row) -> str:
    """The place of a firm; none where its name is none for an address."""
    id = str(row["firm"])
    return f"firm-{id}" if re.fullmatch(r"[A-Za-z0-9._-]{1,100}", id) else ""


def _judge(bench: Workbench, at: Address, typed: Mapping[str, str]) -> Response:
    """The form with what was typed, the verdict so far, and the next question."""
    view = forms.view_of(bench, at)
    facts = {
        name.removeprefix(FACT): text[:LONGEST]
        for name, text in typed.items()
        if name.startswith(FACT) and text.strip()
    }
    status, day = typed.get("status", ""), typed.get("day", "") or at.as_of or str(date.today())
    firm, faults = None, list[Fault]()
    book = store.load_rulebook(status) if status in store.rulebooks.status_names() else None
    if status and book is None:
        faults.append(RulebookUnknown(column="status", name=status[:80], near=""))
    if book is not None:
        try:
            firm = session.judged(facts, book.id, day, typed.get("name", "").strip()[:LONGEST])
        except SonghuaError as error:
            faults += [_at_field(fault, book) for fault in error.faults]
    if firm is not None and book is not None and typed.get("_what") == "file":
        data = store.firm_as_toml(firm.name, session.facts_told(facts, book))
        headers = KEEP_NOTHING | {"content-disposition": 'attachment; filename="firm.toml"'}
        return Response(data, media_type="application/toml", headers=headers)
    head = _head(view, {**typed, "day": day}, faults)
    groups = _fields(book, firm, facts, faults, at.lang)
    hidden = [
        (FACT + id, text) for id, text in facts.items() if book is None or id not in book.facts
    ]
    verdict = "" if firm is None else fragment_of(view, _page_of(firm, at.lang)[1], at)
    names = {
        field.name for field in (*head, *(field for group in groups.values() for field in group))
    }
    body = shell.template(
        "firm.html",
        v=view,
        to=at.to(JUDGE),
        head=head,
        hidden=hidden,
        outcome=verdict != "",
        faults=forms.words([fault for fault in faults if fault.column not in names], at.lang),
        **groups,
        folds=_folds(groups),
        verdict=Markup(verdict),
    )
    title = view.word("web_judge")
    return forms.page(bench, at, view, JUDGE, title, body, 422 if faults else 200)


def _at_field(fault: Fault, book: Rulebook) -> Fault:
    """A fault of a fact at its field, one of the day at that of the day."""
    if fault.column in book.facts:
        return fault.at(column=FACT + fault.column)
    return fault.at(column="day")


def _head(view: View, typed: Mapping[str, str], faults: Iterable[Fault]) -> list[Field]:
    """The fields before any fact: the status, the day, and a name for the page."""
    statuses = [(id, words(view.lang)) for id, words in store.rulebooks.status_names().items()]
    wrong = {fault.column: [forms.fault_text(fault, view.lang)] for fault in faults}
    return [
        Field(
            name,
            view.word(f"web_firm_{name}"),
            "",
            kind,
            typed.get(name, ""),
            choices,
            name == "status",
            wrong.get(name, ()),
        )
        for name, kind, choices in (
            ("status", "select", statuses),
            ("day", "date", ()),
            ("name", "text", ()),
        )
    ]


def _fields(
    book: Rulebook | None,
    firm: Firm | None,
    facts: Mapping[str, str],
    faults: Iterable[Fault],
    lang: str,
) -> dict[str, list[Field]]:
    """The fields: the next question, others that the verdict hangs on, further ones, those said."""
    empty: dict[str, list[Field]] = {"next": [], "others": [], "more": [], "said": []}
    if book is None:
        return empty
    wrong: dict[str, list[str]] = {}
    for fault in faults:
        wrong.setdefault(fault.column, []).append(forms.fault_text(fault, lang))
    missing: tuple[str, ...] = ()
    further: list[str] = []
    if firm is not None:
        plan = firm.plans[book.id]
        verdict = plan.verdict
        missing = verdict.missing or verdict.category_missing
        if (plan.state == "open" and not missing) or verdict.outcome == "possible":
            further = [id for id in book.facts if id not in facts and id not in missing]

    def fields(ids: Iterable[str]) -> list[Field]:
        return [_field(book.facts[id], facts.get(id, ""), wrong, lang) for id in ids]

    return {
        "next": fields(missing[:1]),
        "others": fields(missing[1:]),
        "more": fields(further),
        "said": fields(id for id in book.facts if id in facts),
    }


def _folds(groups: Mapping[str, list[Field]]) -> list[tuple[str, list[Field], bool]]:
    """The groups of fields that are folded, and which of them are open: those with a fault."""
    keys = {"said": "web_facts_said", "others": "web_facts_others", "more": "web_facts_more"}
    return [(key, groups[name], any(f.faults for f in groups[name])) for name, key in keys.items()]


def _field(fact: Fact, value: str, wrong: Mapping[str, list[str]], lang: str) -> Field:
    """A fact as a field: yes or no, one of some, a day, or a number with its unit beside it."""
    words, name = Language(lang), FACT + fact.id
    kind, choices, hint = "text", list[tuple[str, str]](), ""
    if fact.type == "flag":
        kind, choices = "select", [("true", words.say("yes")), ("false", words.say("no"))]
    elif fact.type == "choice":
        kind = "select"
        choices = [(choice, choice_name(fact, choice, lang)) for choice in fact.choices]
    elif fact.type == "date":
        kind = "date"
    elif fact.unit:
        hint = words.word("web_in_unit", unit=unit_name(fact.unit, lang))
    label = fact.words(lang) or fact.id
    return Field(name, label, hint, kind, value, choices, faults=wrong.get(name, ()))


def choice_name(fact: Fact, value: str, lang: str) -> str:
    """The name of one of a fact's choices: that of the closed list with the same values."""
    for name, values in vocabularies().items():
        if tuple(values) == fact.choices:
            return Language(lang).choice(name, value)
    return value.replace("_", " ")


def _page_of(firm: Firm, lang: str) -> tuple[str, list[Block]]:
    """The page of a firm, as `certify` writes it."""
    page = firm_page(
        firm.name or Language(lang).word("web_this_firm"),
        firm.books,
        firm.plans,
        lang,
        firm.invented,
        firm.left_out,
        firm.day,
    )
    return page.title, list(page.all)
