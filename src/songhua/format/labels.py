"""The names of labels in a language: entries of the region's and the plan's catalogues."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol

from songhua import messages
from songhua.format.lines import chunks, width
from songhua.format.numbers import show
from songhua.grammar.units import has_sign
from songhua.labels import Period
from songhua.messages import Words, language
from songhua.plan import Plan, PlanTarget
from songhua.plan.recorded import subject_labels
from songhua.plan.target_writer import written
from songhua.region import Region
from songhua.region.rate_prices import rate_prices
from songhua.schema import vocabularies
from songhua.studies.track.programmes import RungState
from songhua.wording.periods import period

#: The columns of a sentence that stands for a claim: enough for its number and what it says of it.
CLIPPED = 96
#: The columns of a publisher beside a figure.
LONGEST_PUBLISHER = 28


def label(region: Region, plan: Plan | None, of: str, id: str, lang: str, within: str = "") -> str:
    """The name of the entry that a label names; the label itself if there is no such entry.

    `of` is the catalogue or the closed list that the schema names, `within` what the label
    belongs to: the table of an industry's code, the project of a milestone, the index of a member.
    """
    if of in vocabularies():
        return messages.choice(of, id, lang)
    if of == "targets":
        return target(region, plan, id, lang)
    if of == "sections":  # of the report
        return str(messages.catalogue(lang)["report"].get(f"section_{id}", id))
    return _words(region, plan, of, id, within)(lang) or id if id else id


def rate_name(region: Region, id: str, lang: str) -> str:
    """The name of an indicator; of a rate of growth with its prices, unless the name tells them.

    >>> entries = {"rise": {"form": "growth", "basis": "constant", "name": {"en": "Growth of gdp"}},
    ...     "real": {"form": "growth", "basis": "constant", "name": {"en": "Real growth of gdp"}}}
    >>> region = Region.of("here", indicators=entries)
    >>> rate_name(region, "rise", "en"), rate_name(region, "real", "en")
    ('Growth of gdp (real)', 'Real growth of gdp')
    """
    name, basis = label(region, None, "indicators", id, lang), rate_prices(region, id)
    words = messages.choice("growth_prices", basis, lang) if basis else ""
    return name if words.casefold() in name.casefold() else name + language(lang).bracketed(words)


def _words(region: Region, plan: Plan | None, of: str, id: str, within: str) -> Words:
    """The words of an entry; none where there is no entry."""
    match of:
        case (
            "places"
            | "indicators"
            | "industries"
            | "entities"
            | "indices"
            | "tables"
            | "sources"
            | "claims"
            | "rulebooks"
            | "tags"
        ):
            return region.words(of, id)
        case "index_members":
            member = (region.indices.get(within, {}).get("members") or {}).get(id)
            return Words.of(member["name"]) if member else region.words("places", id)
        case "table_industries":
            return table_industry(region, within, id)
    return Words() if plan is None else _of_plan(plan, of, id, within)


class _Labelled(Protocol):
    """The labels of a target or a report: a row with these."""

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


def target(region: Region, plan: Plan | None, id: str, lang: str) -> str:
    """The subject of a target, with its aim where others share it; its id where unknown."""
    planned = plan.target_by_id.get(id) if plan else None
    if plan is None or planned is None:
        return id
    scope = label(region, plan, "tags", planned.scope, lang) if planned.scope else ""
    name = subject(region, planned, lang, scope)
    if subject_labels(planned) not in plan.shared_subjects:
        return name
    return name + language(lang).bracketed(aim(region, planned, lang))


def aim(region: Region, planned: PlanTarget, lang: str) -> str:
    """The aim of a target in a language; `$` is the indicator's currency.

    What it is of stands beside it, and is left out where its name is in another language.
    """
    words = planned.target
    if messages.language_of(words.subject) != lang:
        words = replace(words, subject="")
    if has_sign(words.unit):
        words = replace(words, unit=region.unit(planned.indicator))
    return written(words, lang, lambda value, unit: show(value, unit, lang))


def subject(region: Region, row: _Labelled, lang: str, scope: str = "") -> str:
    """The subject of a target or a report: indicator, industry, scope, entity, place and time."""
    industry, place = row.industry, row.region
    labels = (
        label(region, None, "indicators", row.indicator, lang),
        "" if industry == "all" else label(region, None, "industries", industry, lang),
        scope,
        label(region, None, "entities", row.entity, lang),
        "" if place == region.code else label(region, None, "places", place, lang),
        period(str(row.period), lang),
    )
    return language(lang).comma.join(part for part in labels if part)


def source(region: Region, id: str, lang: str) -> str:
    """A source in short: who published it and when; when it was published may be unknown.

    >>> paper = {"publisher": "The Paper", "published": "2021-03-09", "title": "Growth"}
    >>> source(Region.of("here", sources={"a": paper}), "a", "en")
    'The Paper, 9 Mar 2021'
    """
    entry = region.sources[id]
    when = period(str(entry.get("published") or ""), lang)
    return language(lang).comma.join(filter(None, (region.publisher(id)(lang), when)))


def cited(region: Region, id: str, lang: str) -> str:
    """A source in the fewest words: who published it, without what brackets add, and the year.

    >>> paper = {"publisher": "The Paper (a copy)", "published": "2021-03-09", "title": "Growth"}
    >>> cited(Region.of("here", sources={"a": paper}), "a", "en")
    'The Paper 2021'
    """
    publisher = re.sub(r"(?<=.)\s*[(（].*", "", region.publisher(id)(lang))
    year = str(region.sources[id].get("published") or "")[:4]
    return f"{_clipped(publisher, LONGEST_PUBLISHER)} {year}".rstrip()


def claim(region: Region, id: str, lang: str) -> str:
    """A claim in short: the beginning of its sentence, in quotation marks.

    >>> said = Words.same("In 2020 growth was 0.6%. " * 8)
    >>> short = claim(Region.of("here", claims={"a": {"says": said}}), "a", "en")
    >>> short[:25], short[-7:], len(short)
    ('“In 2020 growth was 0.6%.', ' was …”', 97)
    """
    return f"“{_clipped(region.words('claims', id)(lang) or id)}”"


def _clipped(text: str, most: int = CLIPPED) -> str:
    """A text of at most so many columns, cut between words."""
    if width(text) <= most:
        return text.rstrip("。.")
    clipped = ""
    for piece in chunks(text):
        if width(clipped + piece) > most - 2:
            break
        clipped += piece
    return f"{clipped.rstrip()} …"


def table_industry(region: Region, table: str, code: str) -> Words:
    """The words of an industry of an input-output table; none where the table gives none."""
    described = region.tables[table].industries if table in region.tables else None
    if described is None or code not in described.index:
        return Words()
    return Words.of({str(name): text for name, text in described.loc[code].items()})


def _of_plan(plan: Plan, of: str, id: str, within: str) -> Words:
    match of:
        case "scenarios":
            return Words.of(plan.scenarios[id].name if id in plan.scenarios else None)
        case "measures":
            return next((task.task for task in plan.measures if task.id == id), Words())
        case "milestones":
            steps = (step for step in plan.milestones if (step.project, step.item) == (within, id))
            return next((step.name for step in steps), Words())
    return Words()


def evidence(plan: Plan | None, row: RungState, lang: str) -> str:
    """The evidence for a rung's state, in a language; blank where there is none.

    The text in the plan's row of a rung that was not yet reached on the day is no evidence.
    """
    about = (row.product, row.rung, row.state)
    rungs = () if plan is None else plan.products
    rungs = (rung for rung in rungs if (rung.product, rung.rung, rung.state) == about)
    return next((rung.evidence(lang) for rung in rungs), "")
