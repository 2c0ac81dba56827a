"""Registers of firms, and single firms, judged by law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from songhua import report, store
from songhua.errors import Fault, SonghuaError
from songhua.results import Result
from songhua.rules import RemediationPlan, Rulebook, remediation_plan
from songhua.rules.register import Register, facts_of
from songhua.store import rulebooks
from songhua.studies.certify import certify
from songhua.workbench.folders import day_of


def register(path: str | Path) -> Register:
    """The register of a folder, or of one file of firms with `certificates.csv` beside it.

    Raises:
        SonghuaError: `register_missing`, `file_missing`, or every fault of its files.
    """
    return store.read_register(Path(path))


def certify_register(
    path: str | Path, asked: Mapping[str, Any] | None = None, today: date | None = None
) -> Result:
    """The study `certify` on a register alone: a file of firms, or a folder that is no region's.

    `asked` as in `run`; the day is the one asked for, else the register's, else `today`.

    Raises:
        SonghuaError: as `register`; `register_day` where no day is known.
    """
    asked, found = asked or {}, register(path)
    day = asked.get("on") or found.on or today
    if not day:
        raise SonghuaError(Fault("register_day", file=Path(path).name))
    small = bool(asked.get("small_cells"))
    books = [rulebooks.load(name) for name in asked.get("statuses") or statuses_of(found)]
    return certify(
        None, register=found, rulebooks=books, on=day_of(day), small_cells=small, each=small
    )


@dataclass(frozen=True)
class Firm:
    """One firm judged: its name, and by status the rulebook and the remediation plan."""

    name: str
    books: Mapping[str, Rulebook]
    plans: Mapping[str, RemediationPlan]
    invented: bool = False


def firm(
    path: str | Path,
    id: str | None = None,
    statuses: Sequence[str] = (),
    on: str | date | None = None,
    today: date | None = None,
) -> Firm:
    """One firm: of a TOML file of facts, or with its `id` of a register.

    The day is the one asked for, else the register's, else `today`.

    Raises:
        SonghuaError: `firm_unknown`, `register_day`, or what is wrong with the facts.
    """
    path = Path(path)
    facts, found = _given(path, id)
    day = on or (found.on if found else None) or today
    if day is None:
        raise SonghuaError(Fault("register_day", file=path.name))
    named = statuses or (statuses_of(found) if found else rulebooks.applicable(facts))
    books = [rulebooks.load(name) for name in named]
    name = str(facts.get("name") or id or path.stem)
    return Firm(
        f"{name} ({id})" if id and name != id else name,
        {book.id: book for book in books},
        {book.id: remediation_plan(book, facts_of(facts, book), day_of(day)) for book in books},
        found.invented if found else "invented" in facts,
    )


def _given(path: Path, id: str | None) -> tuple[dict[str, object], Register | None]:
    """A firm's facts, and the register that they stand in if it is one's."""
    if id is None:
        return store.read_firm(path), None
    found = register(path)
    row = found.firm(id)
    if row is None:
        raise SonghuaError(Fault("firm_unknown", file=path.name, params={"firm": id[:80]}))
    return row, found


def statuses_of(found: Register) -> tuple[str, ...]:
    """The rulebooks that a register names, else those of the country its columns speak of."""
    return found.statuses or rulebooks.applicable(map(str, found.enterprises.columns))


def write_firm(page: Firm, target: str | Path, lang: str = "en") -> Path:
    """Write the page of one firm as HTML; an older page there is replaced."""
    text = report.firm_html(page.name, page.books, page.plans, lang, page.invented)
    return store.write_new(Path(target), text.encode())
