"""The parts of a session that a study reads."""

from __future__ import annotations

from typing import Any

from songhua import store
from songhua.session.opened import Opened
from songhua.studies.parts import restricted
from songhua.studies.registry import Inputs, Study


def inputs(session: Opened, study: Study[Any]) -> Inputs:
    """The parts that a study names; all others are blank."""
    region, plan = restricted(session.region, session.plan, study.needs)
    register = session.register if "register" in study.needs else None
    return Inputs(region, plan, register, store.rulebooks)
