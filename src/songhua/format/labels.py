"""What a label names, in a language: entries of the region's and the plan's catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from songhua.format.numbers import entry
from songhua.format.periods import period
from songhua.labels import Period
from songhua.plan import Plan
from songhua.region import Region

Names = Mapping[str, str]


def label(region: Region, plan: Plan | None, of: str, id: str, lang: str, within: str = "") -> str:
    """The name of what a label stands for; the label itself where nothing is known of it.

    `of` is the catalogue that the schema names, `within` what the label belongs to: the table of
    an industry's code, the project of a milestone, the index of a member.
    """
    names = _names(region, plan, of, id, within) if id else {}
    return str(names.get(lang) or names.get("en") or id)


def _names(region: Region, plan: Plan | None, of: str, id: str, within: str) -> Names:
    """The names of an entry by language; none where there is no entry."""
    match of:
        case "places" | "indicators" | "industries" | "entities" | "indices" | "tables":
            return _entry(region, of, id)
        case "sources":
            title = region.sources.get(id, {}).get("title")
            return {"en": str(title)} if title else {}
        case "rulebooks":
            return region.rulebooks[id].texts if id in region.rulebooks else {}
        case "claims":
            return region.claims.get(id, {}).get("says") or {}
        case "index_members":
            member = (region.indices.get(within, {}).get("members") or {}).get(id)
            return member["name"] if member else _entry(region, "places", id)
        case "table_industries":
            return table_industry(region, within, id)
        case "targets":
            return {} if plan is None else _target(region, plan, id)
    return {} if plan is None else _of_plan(plan, of, id, within)


class _Labelled(Protocol):
    """What a target or a report is about: a row with these labels."""

    @property
    def indicator(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def industry(self) -> str: ...
    @property
    def entity(self) -> str: ...
    @property
    def period(self) -> Period: ...


def _target(region: Region, plan: Plan, id: str) -> Names:
    """What a target is about, by language."""
    target = plan.target_by_id.get(id)
    if target is None:
        return {}
    return {lang: subject(region, target, lang) for lang in ("en", "zh")}


def subject(region: Region, row: _Labelled, lang: str) -> str:
    """What a target or a report is about: indicator, industry, entity, place and time."""
    industry, place = row.industry, row.region
    named = (
        label(region, None, "indicators", row.indicator, lang),
        "" if industry == "all" else label(region, None, "industries", industry, lang),
        label(region, None, "entities", row.entity, lang),
        "" if place == region.code else label(region, None, "places", place, lang),
        period(str(row.period), lang),
    )
    return entry("report", "comma", lang).join(part for part in named if part)


def _entry(region: Region, of: str, id: str) -> Names:
    if of == "places" and id == region.code:
        return region.name
    if of == "tables":
        return region.tables[id].name if id in region.tables else {}
    return getattr(region, of).get(id, {}).get("name") or {}


def table_industry(region: Region, table: str, code: str) -> Names:
    """The names of an industry of an input-output table; none where the table gives none."""
    described = region.tables[table].industries if table in region.tables else None
    if described is None or code not in described.index:
        return {}
    row = described.loc[code]
    return {lang: str(row[lang]) for lang in ("en", "zh") if lang in described}


def _of_plan(plan: Plan, of: str, id: str, within: str) -> Names:
    match of:
        case "scenarios":
            return plan.scenarios[id].name if id in plan.scenarios else {}
        case "measures":
            return next((task.task.texts for task in plan.measures if task.id == id), {})
        case "milestones":
            steps = (one for one in plan.milestones if (one.project, one.item) == (within, id))
            return next((one.name.texts for one in steps), {})
    return {}


def evidence(plan: Plan | None, product: str, rung: str, lang: str) -> str:
    """What shows that a product has reached a rung, in a language; blank where nothing does."""
    if plan is None:
        return ""
    rungs = (one for one in plan.products if (one.product, one.rung) == (product, rung))
    return next((one.evidence(lang) for one in rungs), "")
