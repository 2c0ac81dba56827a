"""Studies are ordered, run and run again from their recipes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import numpy as np

from songhua import report, store
from songhua.errors import Fault, SonghuaError
from songhua.plan import Plan
from songhua.region import Region
from songhua.results import Finding, Recipe, Result
from songhua.studies import certify as certified
from songhua.studies.certify import certify
from songhua.studies.claims import claims
from songhua.studies.diagnose import diagnose
from songhua.studies.simulate import simulate
from songhua.studies.simulate.regional_base import lacks
from songhua.studies.track import track
from songhua.version import VERSION
from songhua.workbench.firms import statuses_of
from songhua.workbench.folders import day_of, open_folder

Progress = Callable[[int, int, str], None]
STUDIES: Mapping[str, Callable[..., Result]] = {
    "diagnose": diagnose,
    "simulate": simulate,
    "claims": claims,
    "track": track,
    "certify": certify,
}


@dataclass(frozen=True)
class Run:
    """All that a folder has data for: region, plan, a Result a study, and what was skipped."""

    region: Region
    plan: Plan | None
    results: Mapping[str, Result]
    skipped: tuple[Finding, ...]

    def show(self, *sections: str, lang: str = "en") -> Shown:
        """The report, or some of its sections with their charts, where a notebook can show it.

        Raises:
            SonghuaError: `section_unknown`, or `section_empty` where there is nothing to show.
        """
        page = report.html(self.region, self.plan, self.results, self.skipped, lang, sections)
        return Shown(page)


@dataclass(frozen=True)
class Shown:
    """A page of the report that a notebook shows in its place.

    >>> Shown("<p>1 &lt; 2</p>")._repr_html_()
    '<iframe srcdoc="&lt;p&gt;1 &amp;lt; 2&lt;/p&gt;" title="songhua" width="100%" height="640" style="border: 0"></iframe>'
    """  # noqa: E501

    html: str

    def _repr_html_(self) -> str:
        """The page in a frame of its own, so that its style and the notebook's stay apart."""
        inside = escape(self.html, quote=True)
        frame = 'title="songhua" width="100%" height="640" style="border: 0"'
        return f'<iframe srcdoc="{inside}" {frame}></iframe>'


def run(
    path: str | Path,
    studies: tuple[str, ...] = (),
    as_of: str | date | None = None,
    progress: Progress | None = None,
    scenario: str = "",
    draws: int = 0,
    workers: int = 1,
    certify: Mapping[str, Any] | None = None,
) -> Run:
    """Run the named studies, or all that the folder has data for.

    `scenario` names one of the plan's; `draws` is for `simulate`, which has its own number of
    them if it is zero. `workers` are the processes that draw its tables; the numbers do not
    depend on it. `certify` may hold `on`, `statuses` and `small_cells` for
    that study; otherwise the register says, or the day of the view and the register's columns.

    >>> from songhua.workbench import example
    >>> sorted(run(example()).results)
    ['certify', 'claims', 'diagnose', 'simulate', 'track']
    """
    folder = open_folder(path, as_of)
    results: dict[str, Result] = {}
    skipped: list[Finding] = []
    for name in studies or tuple(STUDIES):
        lacks = _lacks(name, folder)
        if lacks is not None and not studies:
            skipped.append(Finding("study_skipped", {"study": name, "lacks": lacks}))
            continue
        arguments: dict[str, Any] = {"folder": str(path), "as_of": str(folder.region.as_of or "")}
        if name == "simulate":
            arguments |= {"scenario": scenario, "draws": draws}
        if name == "certify":
            arguments |= _certifying(folder, certify or {})
        recipe = Recipe(name, VERSION, arguments, folder.digests)
        results[name] = _one(recipe, folder, results, progress, workers)
    return Run(folder.region, folder.plan, results, tuple(skipped))


def _lacks(study: str, folder: store.Folder) -> str | None:
    """What a study needs and the folder does not have."""
    if study == "claims" and not folder.region.claims:
        return "claims.toml"
    if study == "diagnose" and folder.region.observations.empty:
        return "observations/*.csv"
    if study == "simulate":
        return lacks(folder.region, folder.plan)
    if study == "track" and not (folder.plan and folder.plan.files()):
        return "plan/targets.csv"
    if study == "certify":
        return certified.lacks(folder.region, folder.register)
    return None


def _certifying(folder: store.Folder, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The day, the rulebooks and the wish for small cells: asked for, or of the register."""
    register = folder.register
    if register is None:
        return {}
    recorded = max(map(str, folder.region.observations["recorded"]), default="")
    day = asked.get("on") or folder.region.as_of or register.on or recorded
    if not day:
        raise SonghuaError(Fault("register_day", file=store.REGISTER))
    statuses = asked.get("statuses")
    return {
        "on": day_of(day).isoformat(),
        "statuses": list(statuses or statuses_of(register)),
        "small_cells": bool(asked.get("small_cells")),
    }


def _one(
    recipe: Recipe,
    folder: store.Folder,
    evidence: Mapping[str, Result],
    progress: Progress | None,
    workers: int = 1,
) -> Result:
    rng = np.random.default_rng(recipe.seed)
    plan, draws = folder.plan, recipe.arguments.get("draws")
    if plan is not None:
        plan = plan.with_scenario(str(recipe.arguments.get("scenario", "")))
    own: dict[str, Any] = {"draws": int(draws)} if draws else {}
    if recipe.study == "simulate":
        own["workers"] = workers
    if recipe.study == "certify" and folder.register is not None:
        arguments = recipe.arguments
        small = bool(arguments["small_cells"])
        own = {
            "register": folder.register,
            "rulebooks": [store.rulebooks.load(name) for name in arguments["statuses"]],
            "on": day_of(arguments["on"]),
            "small_cells": small,
            "each": small,
        }
    result = STUDIES[recipe.study](folder.region, plan, evidence, rng, progress, **own)
    return replace(result, recipe=recipe)


def rerun(recipe: Recipe | Mapping[str, Any], path: str | Path | None = None) -> Result:
    """Make a result again from its recipe; `path` names the folder if it has moved.

    With the same lock on the same machine the result has the same bytes.

    Raises:
        SonghuaError: `recipe_changed`, when the folder's files are not those of the recipe.

    >>> from songhua.workbench import example
    >>> first = run(example(), studies=("claims",)).results["claims"]
    >>> rerun(first.recipe).to_json() == first.to_json()
    True
    """
    recipe = recipe if isinstance(recipe, Recipe) else Recipe.from_dict(recipe)
    folder = open_folder(path or recipe.arguments["folder"], recipe.arguments["as_of"] or None)
    now, then = folder.digests, recipe.inputs
    changed = sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))
    if changed:
        raise SonghuaError(Fault("recipe_changed", params={"files": ", ".join(changed)}))
    return _one(recipe, folder, {}, None)
