"""Kinds of faults: a class each, with the fields of its words."""

from __future__ import annotations

from songhua.errors import Fault


class ReviewNoPlan(Fault, nature="missing"): ...


class ReviewNothingAsked(Fault):
    period: str


class ReviewNothingTyped(Fault): ...


class ReviewSheetExtra(Fault): ...
