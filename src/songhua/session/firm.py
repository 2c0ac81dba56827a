"""Single firms, of a file of facts or of a register, judged by law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from songhua import store
from songhua.errors import Fault, SonghuaError
from songhua.labels import day_of
from songhua.rules import Rulebook, load, remediation_plan
from songhua.rules.frames import facts_of, read_firm
from songhua.rules.register import Register, applicable_rulebooks
from songhua.rules.remediation import RemediationPlan


@dataclass(frozen=True)
class Firm:
    """One firm judged: its name, the rulebooks and the nearest way by each, by name."""

    name: str
    books: Mapping[str, Rulebook]
    ways: Mapping[str, RemediationPlan]
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
    columns = facts if found is None else map(str, found.enterprises.columns)
    named = statuses or (found and found.statuses) or applicable_rulebooks(columns)
    books = [load(name) for name in named]
    name = str(facts.get("name") or id or path.stem)
    return Firm(
        f"{name} ({id})" if id and name != id else name,
        {book.id: book for book in books},
        {book.id: remediation_plan(book, _facts(facts, book), day_of(day)) for book in books},
        found.invented if found else "invented" in facts,
    )


def _given(path: Path, id: str | None) -> tuple[dict[str, Any], Register | None]:
    """A firm's facts, and the register that they stand in if it is one's."""
    if id is None:
        if not path.is_file():
            raise SonghuaError(Fault("file_missing", file=path.name))
        return read_firm(path), None
    found = store.read_register(path).register
    assert found is not None
    rows = found.enterprises[found.enterprises["firm"].astype(str) == id]
    if rows.empty:
        raise SonghuaError(Fault("firm_unknown", file=path.name, params={"firm": id[:80]}))
    return {str(key): value for key, value in rows.iloc[0].to_dict().items()}, found


def _facts(given: Mapping[str, Any], book: Rulebook) -> dict[str, Any]:
    return {**facts_of(given, book), **({"links": given["links"]} if "links" in given else {})}
