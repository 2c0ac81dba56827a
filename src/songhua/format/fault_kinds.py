"""Faults of what is shown, a class each with the fields of its words."""

from __future__ import annotations

from songhua.errors import Fault


class ResultAlone(Fault):
    study: str
