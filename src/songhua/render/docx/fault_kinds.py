"""Faults of a template, a class each with the fields of its words."""

from __future__ import annotations

from songhua.errors import Fault


class TemplateOtherKind(Fault): ...


class TemplateUnreadable(Fault):
    why: str
