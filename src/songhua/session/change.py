"""A change of a session as plain data: rows by table, and a scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

Row = Mapping[str, str]
Rows = tuple[Row, ...]
#: A change as plain data.
ChangeData = Mapping[str, str | Sequence[Row]]


@dataclass(frozen=True)
class Change:
    """What was asked to be otherwise, as plain data: rows by table, and a scenario."""

    assumptions: Rows = ()
    figures: Rows = ()
    projects: Rows = ()
    targets: Rows = ()
    scenario: str = ""

    def as_dict(self) -> ChangeData:
        """What it holds, as plain data."""
        held = {one.name: getattr(self, one.name) for one in fields(self)}
        return {
            name: value if isinstance(value, str) else [dict(row) for row in value]
            for name, value in held.items()
            if value
        }

    @classmethod
    def from_dict(cls, data: ChangeData) -> Change:
        """Read back what `as_dict` gave."""
        rows = {name: tuple(held) for name, held in data.items() if not isinstance(held, str)}
        return cls(**rows, scenario=str(data.get("scenario", "")))


def asked(
    assumptions: Mapping[str | tuple[str, str], object] | None,
    figures: Sequence[Mapping[str, object]],
    projects: Mapping[str, Mapping[str, object]] | None,
    targets: Mapping[str, str] | None,
    scenario: str,
) -> Change:
    """A change from what `Session.change` was given."""
    exact = {"low": "", "high": "", "distribution": "fixed"}
    assumed = []
    for key, value in (assumptions or {}).items():
        name, scope = key if isinstance(key, tuple) else (key, "")
        given = _texts(value) if isinstance(value, Mapping) else {"value": _text(value)} | exact
        assumed.append({"name": name, "scope": scope, **given})
    operated = [
        {"project": project, "field": field}
        | (_texts(value) if isinstance(value, Mapping) else {"value": _text(value)})
        for project, given in (projects or {}).items()
        for field, value in given.items()
    ]
    aimed = [{"id": id, "text": _text(text)} for id, text in (targets or {}).items()]
    return Change(
        tuple(assumed), tuple(map(_texts, figures)), tuple(operated), tuple(aimed), scenario
    )


def _texts(row: Mapping[str, object]) -> dict[str, str]:
    return {str(name): _text(value) for name, value in row.items()}


def _text(value: object) -> str:
    """A cell as a file would have it."""
    return "" if value is None else str(value)
