"""Faults of results, recipes and findings, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault


class RecipeUnreadable(Fault):
    parts: Sequence[str]


class ResultChoice(Fault):
    table: str
    name: str
    text: Sequence[str]


class ResultColumns(Fault):
    table: str
    columns: Sequence[str]


class FindingUnknown(Fault):
    text: str
