"""Definitions of claims: a printed sentence as a relation between named numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from songhua.schema import Entry

LABELS = (
    "indicator",
    "period",
    "region",
    "industry",
    "entity",
    "vintage",
    "scope",
    "kind",
    "qualifier",
    "source",
)


@dataclass(frozen=True, slots=True)
class NumberDefinition:
    """A number of a claim: printed there, left open, or looked up by the labels of its figure.

    `kind` tells a printed goal or forecast from what came; `width` says how far the word before
    the number reaches, in its unit, where the usual width is not meant.
    """

    name: str
    value: str = ""
    unit: str = ""
    qualifier: str = ""
    kind: str = "actual"
    width: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, name: str, entry: Entry) -> NumberDefinition:
        """A number as `claims.toml` says it.

        >>> NumberDefinition.read("x", {"value": "45", "unit": "%"}).value
        '45'
        """
        value, qualifier, width = (
            str(entry.get(key) or "") for key in ("value", "qualifier", "width")
        )
        if "indicator" in entry:
            labels = {label: str(entry[label]) for label in LABELS if label in entry}
            return cls(name, width=width, labels=labels)
        kind = str(entry.get("kind") or "actual")
        return cls(name, value, str(entry["unit"]), qualifier, kind, width)


@dataclass(frozen=True, slots=True)
class ClaimDefinition:
    """A claim: its source, the relation that it states, and the numbers of that.

    `frees` are the numbers that may differ from print under the claim's premise. A premise that
    frees none is `assumed`: a number of the relation, or what the sentence means, rests on it.
    """

    id: str
    source: str
    relation: str = ""
    numbers: tuple[NumberDefinition, ...] = ()
    frees: tuple[str, ...] = ()
    checkable: bool = True
    assumed: bool = False

    @classmethod
    def read(cls, id: str, entry: Entry) -> ClaimDefinition:
        """A claim as `claims.toml` says it.

        >>> claim = ClaimDefinition.read("c", {"source": "bulletin", "relation": "a == b"})
        >>> claim.relation, claim.checkable
        ('a == b', True)
        """
        numbers = (entry.get("numbers") or {}).items()
        frees = tuple(entry.get("frees") or ())
        return cls(
            id,
            str(entry["source"]),
            str(entry.get("relation") or ""),
            tuple(NumberDefinition.read(name, number) for name, number in numbers),
            frees,
            not entry.get("uncheckable"),
            bool(entry.get("premise")) and not frees,
        )
