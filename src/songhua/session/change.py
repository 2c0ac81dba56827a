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
    """Changed rows by table, and a scenario, as plain data."""

    assumptions: Rows = ()
    figures: Rows = ()
    projects: Rows = ()
    targets: Rows = ()
    scenario: str = ""

    def as_dict(self) -> ChangeData:
        """Its rows and scenario, as plain data."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: value if isinstance(value, str) else [dict(row) for row in value]
            for name, value in values.items()
            if value
        }

    @classmethod
    def from_dict(cls, data: ChangeData) -> Change:
        """Read back what `as_dict` gave."""
        rows = {name: tuple(value) for name, value in data.items() if not isinstance(value, str)}
        return cls(**rows, scenario=str(data.get("scenario", "")))


def change_of(
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
        cells = _texts(value) if isinstance(value, Mapping) else {"value": _text(value)} | exact
        assumed.append({"name": name, "scope": scope, **cells})
    operated = [
        {"project": project, "field": field}
        | (_texts(value) if isinstance(value, Mapping) else {"value": _text(value)})
        for project, operation in (projects or {}).items()
        for field, value in operation.items()
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
