"""Kinds of faults: a class each, with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault


class ImportHidden(Fault):
    rows: Sequence[str]
    columns: Sequence[str]


class ImportMore(Fault, nature="limit"):
    n: int
