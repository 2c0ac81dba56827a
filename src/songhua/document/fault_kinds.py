"""Faults of documents, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault


class SectionEmpty(Fault):
    names: Sequence[str]


class SectionUnknown(Fault):
    names: Sequence[str]
    known: Sequence[str]
