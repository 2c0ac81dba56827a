"""Faults of what is written out, a class each with the fields of its words."""

from __future__ import annotations

from songhua.errors import Fault


class SheetTooLong(Fault, nature="limit"):
    n: int
    most: int


class TemplateMissing(Fault, nature="missing"): ...
