"""What an indicator measures: an entry of a case's catalogue."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from songhua import schema
from songhua.errors import Fault, SonghuaError
from songhua.schema import Entry


@dataclass(frozen=True, slots=True)
class Indicator:
    """What an indicator measures, and how: an entry of `indicators.toml`.

    `of` is the level that a growth, a share or a contribution speaks of; `basis` are its prices.

    Raises:
        SonghuaError: `choice_unknown`, for a form that does not exist.
    """

    id: str
    unit: str = ""
    form: str = "level"
    measure: str = ""
    of: str = ""
    basis: str = ""
    direction: str = "neutral"
    time: str = "flow"
    not_comparable: tuple[str, ...] = ()

    @classmethod
    def read(cls, id: str, entry: Entry) -> Indicator:
        """The entry of a catalogue; what it does not say has its usual value.

        >>> Indicator.read("gdp", {"unit": "bn EUR", "form": "level", "of": None}).of
        ''
        """
        said: dict[str, Any] = {one.name: entry.get(one.name) for one in fields(cls)}
        said["id"], said["not_comparable"] = id, tuple(said["not_comparable"] or ())
        return cls(**{name: value for name, value in said.items() if value})

    def __post_init__(self) -> None:
        """Refuse a form that does not exist."""
        forms = schema.vocabularies()["form"]
        if self.form not in forms:
            params = {"text": self.form, "choices": tuple(forms)}
            raise SonghuaError(Fault("choice_unknown", params=params))
