"""Faults of requests to a region, a class each with the fields of its words."""

from __future__ import annotations

from songhua.errors import Fault


class LabelColumnUnknown(Fault):
    name: str


class LearntUnreadable(Fault):
    part: str
