"""A result made again from its recipe."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from songhua.errors import SonghuaError
from songhua.results import Recipe, RecipeData, Result
from songhua.session import changes, execution
from songhua.session import session as sessions
from songhua.session.change import Change, ChangeData
from songhua.session.fault_kinds import RecipeChanged, RecipeVersion
from songhua.session.limit import SECONDS
from songhua.session.recipes import PLACE, digests
from songhua.studies import registry
from songhua.version import VERSION


def rerun(
    recipe: Recipe | RecipeData, path: str | Path | None = None, limit: float = SECONDS
) -> Result:
    """Make a result again from its recipe; `path` names the folder if it has moved.

    The study ends after `limit` seconds; 0 is no limit.

    With the same lock on the same machine the result has the same bytes.

    Raises:
        SonghuaError: `recipe_changed`, when the files read (the folder's, its own rulebooks) differ
            from those in the recipe; `recipe_version`, when another version of songhua made it;
            `recipe_unreadable`.

    >>> import songhua
    >>> first = songhua.open(songhua.example()).run("claims")
    >>> rerun(first.recipe).to_json() == first.to_json()
    True
    """
    recipe = recipe if isinstance(recipe, Recipe) else Recipe.from_dict(recipe)
    if recipe.version != VERSION:
        raise SonghuaError(RecipeVersion(then=recipe.version, now=VERSION))
    values = recipe.arguments
    if "register" in values:
        statuses = cast("Sequence[str]", values.get("statuses", ()))
        session = sessions.open_register(path or str(values["register"]), statuses, limit)
    else:
        day = str(values["as_of"]) or None
        session = sessions.open(path or str(values["folder"]), day, limit=limit)
    study = registry.get(recipe.study)
    options = {name: value for name, value in values.items() if name not in PLACE}
    new, old = digests(session, study, study.read_options(options)), recipe.inputs
    changed = sorted(name for name in new.keys() | old.keys() if new.get(name) != old.get(name))
    if changed:
        raise SonghuaError(RecipeChanged(files=tuple(changed)))
    for change in cast("Sequence[ChangeData]", values.get("changes", ())):
        session = changes.applied(session, Change.from_dict(change))
    return execution.run(session, recipe.study, options)
