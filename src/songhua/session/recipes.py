"""Recipes: how a result was made, as plain data, and how it is made again."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from songhua.errors import SonghuaError
from songhua.results import Json, Recipe, RecipeData, Result
from songhua.session import changes, execution
from songhua.session.fault_kinds import RecipeChanged, RecipeVersion
from songhua.session.limit import SECONDS
from songhua.store.source import SECRET
from songhua.studies import registry
from songhua.studies.parts import of_part
from songhua.studies.registry import Study
from songhua.version import VERSION

if TYPE_CHECKING:
    from songhua.session.session import Session

#: What stands in a recipe's arguments beside the options of its study.
PLACE = ("folder", "register", "as_of", "changes")


def recipe(session: Session, study: Study[Any], options: Any, seed: int) -> Recipe:
    """The recipe of a result: the folder, the day, what was changed and asked, what was read."""
    where = {"folder" if session.region.code else "register": str(session.path)}
    arguments: dict[str, Json] = {**where, "as_of": str(session.as_of or "")}
    if session.changes:
        arguments["changes"] = [change.as_dict() for change in session.changes]
    read = digests(session, study, options)
    return Recipe(study.name, VERSION, arguments | study.plain(options), read, seed)


def digests(session: Session, study: Study[Any], options: Any) -> dict[str, str]:
    """The digests of the files that a study reads, and of what it reads beside the folder.

    Those of a register rest on its secret as well, where there is one to keep. What the studies
    read that come before it is among them, as each of these gives it.
    """
    given = execution.inputs(session, study)
    register = of_part("register", session.digests)
    parts = ("region", "plan", *study.needs)
    names = {file for part in parts for file in of_part(part, session.digests)} - {SECRET}
    read = {name: session.digests[name] for name in sorted(names)}
    if seal := study.seal(given, options):
        for name in names.intersection(register):
            read[name] = hmac.digest(seal, read[name].encode(), "sha256").hex()
    for name, asked in study.evidence(options).items():
        first = registry.get(name)
        read |= digests(session, first, first.asked(asked))
    return dict(sorted(read.items())) | dict(study.beside(given, options))


def rerun(
    recipe: Recipe | RecipeData, path: str | Path | None = None, limit: float = SECONDS
) -> Result:
    """Make a result again from its recipe; `path` names the folder if it has moved.

    The study ends after `limit` seconds; 0 is no limit.

    With the same lock on the same machine the result has the same bytes.

    Raises:
        SonghuaError: `recipe_changed`, when what is read (the folder's files, its own rulebooks)
            is not what the recipe names; `recipe_version`, when another version of songhua made
            it; `recipe_unreadable`.

    >>> import songhua
    >>> first = songhua.open(songhua.example()).run("claims")
    >>> rerun(first.recipe).to_json() == first.to_json()
    True
    """
    from songhua.session import session as sessions

    recipe = recipe if isinstance(recipe, Recipe) else Recipe.from_dict(recipe)
    if recipe.version != VERSION:
        raise SonghuaError(RecipeVersion(then=recipe.version, now=VERSION))
    given = recipe.arguments
    if "register" in given:
        session = sessions.open_register(
            path or str(given["register"]), cast("Sequence[str]", given.get("statuses", ())), limit
        )
    else:
        day = str(given["as_of"]) or None
        session = sessions.open(path or str(given["folder"]), day, limit=limit)
    study = registry.get(recipe.study)
    asked = {name: value for name, value in given.items() if name not in PLACE}
    now, then = digests(session, study, study.asked(asked)), recipe.inputs
    gone = sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))
    if gone:
        raise SonghuaError(RecipeChanged(files=tuple(gone)))
    for change in cast("Sequence[changes.ChangeData]", given.get("changes", ())):
        session = changes.applied(session, changes.Change.from_dict(change))
    return execution.run(session, recipe.study, asked)
