"""The parts of a folder that a study may name: the files they are read from, and their blanks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from songhua.plan import Plan
    from songhua.region import Region

_DATED = ("indicators.toml", "sources.toml")  # units and days of publication
#: Each part with the files that its value comes from.
PARTS: Mapping[str, tuple[str, ...]] = {
    "region": ("region.toml",),
    "sources": ("sources.toml",),
    "indicators": ("indicators.toml",),
    "industries": ("industries.toml",),
    "entities": ("entities.toml",),
    "claims": ("claims.toml", "sources.toml"),
    "indices": ("indices.toml",),
    "observations": ("observations/*.csv", *_DATED),
    "panels": ("panels/*.csv", *_DATED),
    "tables": ("tables.toml", "tables/*", "sources.toml"),
    "left_out": ("left_out.csv",),
    "learnt": ("learnt/*.json", "sources.toml"),
    "reviews": ("reviews/*.csv",),
    "register": ("register/*",),
    "plan": ("plan/plan.toml",),
    "plan.industries": ("plan/industries.csv",),
    "plan.seed_map": ("plan/seed_map.csv",),
    "plan.targets": ("plan/targets.csv",),
    "plan.changes": ("plan/changes.csv",),
    "plan.measures": ("plan/measures.csv",),
    "plan.projects": ("plan/projects.csv",),
    "plan.products": ("plan/products.csv",),
    "plan.programmes": ("plan/programmes.csv",),
    "plan.spending": ("plan/spending.csv",),
    "plan.operation": ("plan/operation.csv",),
    "plan.assumptions": ("plan/assumptions.csv",),
    "plan.scenarios": ("plan/scenarios/*.toml",),
}
#: Parts that every study has: what the region and its plan are.
HEADS = ("region", "plan", "register")
#: Parts that are rows of the table of figures.
FIGURES = ("observations", "panels")
#: Attributes that go with a part.
BESIDE = {"observations": ("hidden",), "plan.scenarios": ("scenario",), "plan.targets": ("hidden",)}


def of_part(part: str, files: Iterable[str]) -> list[str]:
    """The files that a part is read from, of those that there are.

    >>> of_part("panels", ["panels/jobs.csv", "sources.toml", "claims.toml"])
    ['panels/jobs.csv', 'sources.toml']
    """
    return [file for file in files if any(fnmatch(file, pattern) for pattern in PARTS[part])]


def restricted(
    region: Region, plan: Plan | None, needs: Collection[str]
) -> tuple[Region, Plan | None]:
    """Region and plan with all parts blank that are not needed, so that nothing can read them.

    >>> import songhua
    >>> whole = songhua.open(songhua.example())
    >>> region, plan = restricted(whole.region, whole.plan, ("claims",))
    >>> len(region.claims) > 0, len(region.figures), plan
    (True, 0, None)
    """
    wanted = any(part.startswith("plan") for part in needs)
    return _blanked(region, "", needs), (
        _blanked(plan, "plan.", needs) if plan is not None and wanted else None
    )


def _blanked(value: Any, prefix: str, needs: Collection[str]) -> Any:
    """The value without the parts of this prefix that are not needed."""
    blanks: dict[str, Any] = {}
    for part in PARTS:
        in_scope = part.startswith("plan.") if prefix else "." not in part
        if part in HEADS or part in needs or not in_scope:
            continue
        names = (part.removeprefix(prefix), *BESIDE.get(part, ()))
        if part in FIGURES:
            blanks["figures"] = blanks.get("figures", value.figures).without(
                panels=part == "panels"
            )
            names = names[1:]
        for name in names:
            content = getattr(value, name)
            blanks[name] = content.iloc[:0] if hasattr(content, "iloc") else type(content)()
    return replace(value, **blanks)
