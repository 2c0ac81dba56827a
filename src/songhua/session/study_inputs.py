"""The parts of a session that a study reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from songhua import store
from songhua.session.opened import Opened
from songhua.studies import registry
from songhua.studies.parts import restricted
from songhua.studies.registry import Inputs, Study


def inputs(session: Opened, study: Study[Any]) -> Inputs:
    """The parts that a study names; all others are blank."""
    region, plan = restricted(session.region, session.plan, study.needs)
    register = session.register if "register" in study.needs else None
    return Inputs(region, plan, register, store.rulebooks)


def lacking_of(session: Opened, names: Iterable[str]) -> dict[str, str]:
    """The studies that the folder has no data for, each with a file that it would have to have.

    >>> import songhua
    >>> lacking_of(songhua.open(songhua.example("skeleton")), ["claims", "brief"])
    {'claims': 'claims.toml'}
    """
    studies = ((name, registry.get(name)) for name in names)
    lacks = {name: study.lacks(inputs(session, study)) for name, study in studies}
    return {name: file for name, file in lacks.items() if file is not None}
