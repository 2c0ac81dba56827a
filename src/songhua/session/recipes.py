"""Recipes: how a result was made, as plain data."""

from __future__ import annotations

import hmac
from typing import Any

from songhua.results import Json, Recipe
from songhua.session.opened import Opened
from songhua.session.study_inputs import inputs
from songhua.store import SECRET
from songhua.studies import registry
from songhua.studies.parts import of_part
from songhua.studies.registry import Study
from songhua.version import VERSION

#: A recipe's arguments beside the options of its study.
PLACE = ("folder", "register", "as_of", "changes")


def recipe(session: Opened, study: Study[Any], options: Any, seed: int) -> Recipe:
    """The recipe of a result: the folder, the day, the changes and the request, the files read."""
    where = {"folder" if session.region.code else "register": str(session.path)}
    arguments: dict[str, Json] = {**where, "as_of": str(session.as_of or "")}
    if session.changes:
        arguments["changes"] = [change.as_dict() for change in session.changes]
    read = digests(session, study, options)
    return Recipe(study.name, VERSION, arguments | study.plain(options), read, seed)


def digests(session: Opened, study: Study[Any], options: Any) -> dict[str, str]:
    """The digests of the files that a study reads, and of what it reads beside the folder.

    Those of a register rest on its secret as well, where there is one to keep. Inputs of the
    studies that come before it are among them, as given by each.
    """
    study_inputs = inputs(session, study)
    register = of_part("register", session.digests)
    parts = ("region", "plan", *study.needs)
    names = {file for part in parts for file in of_part(part, session.digests)} - {SECRET}
    read = {name: session.digests[name] for name in sorted(names)}
    if seal := study.seal(study_inputs, options):
        for name in names.intersection(register):
            read[name] = hmac.digest(seal, read[name].encode(), "sha256").hex()
    for name, values in study.evidence(options).items():
        first = registry.get(name)
        read |= digests(session, first, first.read_options(values))
    return dict(sorted(read.items())) | dict(study.outside_digests(study_inputs, options))
