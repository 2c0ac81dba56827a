"""Forms made of the columns of a table: the values that each field takes, and its faults.

A form is looked at before it is taken: the first answer shows the rows to be written, and warnings
of implausible values. Taking writes the rows that were shown, into the folder that was shown. If
either has changed, the form is shown again, with all that was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from fastapi import Depends
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from songhua import store
from songhua.errors import Fault, SonghuaError
from songhua.format.view import View
from songhua.grammar.periods import spoken_period
from songhua.messages import LANGUAGES
from songhua.schema import Column
from songhua.store import digest
from songhua.web import answers, shell
from songhua.web.address import Address
from songhua.web.asking import Fields, Parts
from songhua.web.workbench import Workbench
from songhua.wording.unit_words import unit_name

#: Of more names than these one is typed, with all offered; states of the folder to remember.
LONG, STATES = 60, 64
#: Among what was typed, why it could not be taken.
REFUSED = "_refused"
Cells = Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """One field: its label and hint, the typed value, the choices, the faults.

    `kind` is `text`, `select` (one of the choices), `list` (typed, with the choices offered) or
    `date`; a choice is a value and its name.
    """

    name: str
    label: str
    hint: str = ""
    kind: str = "text"
    value: str = ""
    choices: Sequence[tuple[str, str]] = ()
    required: bool = False
    faults: Sequence[str] = ()


#: The fields of every form that is looked at before it is taken.
STEPS = ("_what", "_seen", "_looked")


def typed(columns: Callable[[Parts], Iterable[Column]]) -> Any:
    """The fields typed in a form of these columns; a parameter's default."""
    return Depends(Fields(lambda parts: (*STEPS, *(column.name for column in columns(parts)))))


def body_schema(columns: Sequence[Column]) -> dict[str, Any]:
    """The fields that a form takes, for the description of the addresses."""
    names = [column.name for column in columns] + [*STEPS]
    needed = [column.name for column in columns if column.required and not column.each]
    schema = {
        "type": "object",
        "properties": {
            name: {"type": "string", "minLength": int(name in needed)} for name in names
        },
        "required": needed,
    }
    return {"requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": schema}}}}


def choices(view: View, column: Column) -> list[tuple[str, str]]:
    """The values that a column takes or that are in use, each with its name in the language."""
    region = view.region
    if column.type == "choice":
        return [(value, view.choice(column.vocabulary, value)) for value in column.choices if value]
    if column.type == "label":
        ids = list(getattr(region, column.of, ()) if column.of else ())
        ids = [region.code, *ids] if column.of == "places" else ids
        ids = ["all", *ids] if column.of == "industries" else ids
        return _unique([(id, view.name(column.of, id) or id) for id in dict.fromkeys(ids)])
    if column.type == "tag":
        return _unique([(id, view.name("tags", id) or id) for id in region.tags])
    if column.type == "unit":
        units = [str(entry["unit"]) for entry in region.indicators.values()]
        units += {*region.figures.observations.columns("unit")["unit"]}
        return _unique([(id, unit_name(id, view.lang)) for id in sorted(set(units)) if id])
    return []


def _unique(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Names of which none stands for two."""
    names = [name for _, name in pairs]
    return [(id, name if names.count(name) == 1 else f"{name} ({id})") for id, name in pairs]


def fields(
    view: View, columns: Iterable[Column], typed: Cells, faults: Sequence[Fault] = ()
) -> list[Field]:
    """The fields of columns, as they were typed, each with what is wrong with it."""
    return [_field(view, column, typed, faults) for column in columns]


def _field(view: View, column: Column, typed: Cells, faults: Sequence[Fault]) -> Field:
    offered = choices(view, column)
    kind = "date" if column.type == "date" else "text"
    if offered:
        closed = column.type in ("choice", "label") and len(offered) <= LONG
        kind = "select" if closed else "list"
    value = typed.get(column.name, "")
    if kind == "list":
        value = dict(offered).get(value, value)
    wrong = [fault_text(fault, view.lang) for fault in faults if fault.column == column.name]
    return Field(
        column.name, column.heading(view.lang), column.hint(view.lang), kind, value, offered,
        column.required, wrong,
    )  # fmt: skip


def fault_text(fault: Fault, lang: str) -> str:
    """A fault in words without its place: it stands beside its field."""
    return replace(fault, file="", row=None, column="").words(lang, browser=True)


def words(faults: Iterable[Fault], lang: str) -> list[str]:
    """Faults in words, with what to do in a browser."""
    return [fault.words(lang, browser=True) for fault in faults]


def read_cells(view: View, columns: Iterable[Column], typed: Cells) -> dict[str, str]:
    """The cells that were typed, names as their ids; a name of nothing stays as it is."""
    cells: dict[str, str] = {}
    for column in columns:
        text = typed.get(column.name, "").strip()
        cells[column.name] = _id(view, column, text) if text else ""
    return cells


def _id(view: View, column: Column, text: str) -> str:
    if column.type in ("period", "when"):
        return spoken_period(text) or text
    if column.type not in ("label", "tag", "unit", "choice"):
        return text
    offered = choices(view, column)
    if any(text == id for id, _ in offered):
        return text
    ids = {id for id, name in offered if name == text}
    for lang in () if ids else LANGUAGES:
        translated = choices(replace(view, lang=lang), column)
        ids |= {id for id, name in translated if name.casefold() == text.casefold()}
    return ids.pop() if len(ids) == 1 else text


@dataclass(frozen=True)
class States:
    """The states of a folder in which forms were opened, by which it is told what changed."""

    bench: Workbench
    states: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def current(self) -> str:
        """The name of the folder's state; it is remembered.

        Raises:
            SonghuaError: the folder's faults.
        """
        digests = dict(self.bench.session().digests)
        name = digest(digests)[:24]
        while len(self.states) >= STATES and name not in self.states:
            self.states.pop(next(iter(self.states)))
        self.states[name] = digests
        return name

    def since(self, name: str, lang: str) -> str:
        """The changes of the folder since a state, in words; blank where there are none."""
        current = self.current()
        if not name or name == current:
            return ""
        before, after = self.states.get(name), self.states[current]
        view = view_of(self.bench, Address(lang))
        if before is None:
            return view.word("web_changed_somehow")
        changes = [
            view.word(f"web_file_{how}", file=file)
            for file in sorted(before.keys() | after.keys())
            if (how := _how(before.get(file), after.get(file)))
        ]
        return view.word("web_changed", files=tuple(changes))


def _how(before: str | None, after: str | None) -> str:
    """The change of a file: new, gone, changed; blank where it is the same."""
    if before == after:
        return ""
    return "new" if before is None else "gone" if after is None else "changed"


@dataclass(frozen=True)
class FormRequest:
    """A request with a form: to take the rows that were shown, or to see the rows to be written.

    `changed` says what changed in the folder since the form was opened, or why it is not taken.
    """

    take: bool
    state: str
    looked: str
    changed: str = ""

    @classmethod
    def of(cls, states: States, typed: Cells, cells: Cells, lang: str) -> FormRequest:
        """The request: nothing is taken that was not shown, nor in another folder."""
        changed = typed.get(REFUSED, "") or states.since(typed.get("_seen", ""), lang)
        looked = digest(dict(cells))[:24]
        take = typed.get("_what") == "take" and not changed and typed.get("_looked") == looked
        return cls(take, states.current(), looked, changed)


@contextmanager
def alone(bench: Workbench, typed: Cells, lang: str) -> Iterator[dict[str, str]]:
    """The fields typed; where they are taken, nobody else writes to the folder meanwhile.

    Else another may write between the look at what changed and the writing. If the folder cannot be
    locked, the form is shown once more, with the reason.
    """
    sent = dict(typed)
    with ExitStack() as stack:
        if sent.get("_what") == "take":
            try:
                stack.enter_context(store.at(bench.folder).alone())
            except SonghuaError as error:
                text = " ".join(fault.words(lang) for fault in error.faults)
                sent |= {"_what": "look", REFUSED: text}
        yield sent


def entry(
    view: View, to: str, rows: Sequence[Field], request: FormRequest, *, lede: str, may: bool,
    found: str = "", faults: Sequence[str] = (), warnings: Sequence[str] = (),
    hidden: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """A form as HTML.

    `found` is what would be written, as HTML; `faults` are those of no field, and the values of
    `hidden` go with it.
    """
    return shell.template(
        "entry.html", v=view, to=to, fields=rows, asked=request, lede=lede, may=may,
        found=Markup(found), faults=faults, warnings=warnings, hidden=hidden or {},
        wrong=sum(bool(field.faults) for field in rows),
    )  # fmt: skip


def unplaced(
    view: View, faults: Sequence[Fault], columns: Iterable[Column], more: Iterable[str] = ()
) -> list[str]:
    """The faults that belong to no field, in words."""
    names = {column.name for column in columns} | set(more)
    return [
        fault.words(view.lang, browser=True)
        for fault in faults
        if fault.column not in names or fault.file
    ]


def view_of(bench: Workbench, at: Address) -> View:
    """The folder as it stands now, in a language, without results.

    Raises:
        SonghuaError: the folder's faults; what the day or the scenario of the address is refused
            for.
    """
    bench.session(at.as_of, at.scenario)
    return bench.folder_view(Address(at.lang))


def page(
    bench: Workbench, at: Address, view: View, name: str, title: str, body: str, status: int = 200
) -> Response:
    """A page of a form in its frame; no browser keeps it."""
    text = answers.framed(bench, at, view, name, title, body)
    return HTMLResponse(text, status, headers={"cache-control": "no-store"})


def refuse_songhua(bench: Workbench) -> None:
    """Let nothing be written to a case that comes with songhua.

    Raises:
        SonghuaError: `case_of_songhua`.
    """
    store.refuse_songhua(bench.folder)
