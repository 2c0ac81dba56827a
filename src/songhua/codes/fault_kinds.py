"""Faults of classifications and concordances, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault


class ConcordanceUnknown(Fault):
    old: str
    new: str


class TableUnknown(Fault):
    name: str
    known: Sequence[str] | None = None
    names: Sequence[str] | None = None
