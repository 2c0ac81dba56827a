"""What every part of the report needs: the words of one language, names, links and badges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from songhua import messages, schema
from songhua.format.labels import label
from songhua.plan import Plan
from songhua.region import Region
from songhua.report import words
from songhua.report.numbers import bare, ends, entry, known, show
from songhua.results import Finding, Result

GRADE_SIGNS = {"official": "●", "press": "◆", "repost": "○", "weak": "△"}
VERDICT_SIGNS = {
    "consistent": "=",
    "inconsistent": "≠",
    "consistent_if": "(=)",
    "not_checkable": "?",
}
ESTIMATE_SIGNS = {"bound": "±", "identity": "#", "interval": "I", "range": "R"}


@dataclass(frozen=True)
class Table:
    """A table ready to be laid out: cells are texts or safe markup, `numeric` counts columns."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: frozenset[int] = frozenset()
    estimates: Sequence[str] = ()
    ids: Sequence[str] = ()
    open: bool = True


@dataclass(frozen=True)
class View:
    """One run in one language, with all that its parts are shown by."""

    region: Region
    plan: Plan | None
    results: Mapping[str, Result]
    skipped: Sequence[Finding] = ()
    lang: str = "en"

    @cached_property
    def letters(self) -> str:
        """The letters of the names and words that charts show, in the view's language."""
        region, plan = self.region, self.plan
        names = [
            region.places,
            region.indicators,
            region.industries,
            region.entities,
            region.indices,
        ]
        names += [table.industries for table in region.tables.values()]
        if plan:
            names += [plan.name, plan.projects, plan.products]
        text = f"{names}{messages.catalogue(self.lang)}"
        return text if self.lang == "zh" else "".join(c for c in text if c < "\u2e80")

    def say(self, key: str, **params: object) -> str:
        """A text of the report."""
        return entry("report", key, self.lang, **params)

    def heading(self, *keys: str) -> list[str]:
        """Names of columns."""
        return [entry("columns", key, self.lang) for key in keys]

    def choice(self, of: str, value: str) -> str:
        """The word for a value of a closed list."""
        return messages.choice(of, str(value), self.lang)

    def name(self, catalogue: str, id: str, within: str = "") -> str:
        """The name of what a label of a catalogue stands for; blank for no label."""
        return label(self.region, self.plan, catalogue, str(id), self.lang, within) if id else ""

    def period(self, text: str) -> str:
        """A period as people say it."""
        return words.period(str(text), self.lang)

    def sentence(self, found: Finding) -> str:
        """A finding as a sentence."""
        return words.finding(found, self.region, self.lang)

    def join(self, items: Iterable[str]) -> str:
        """Several names as one text."""
        return words.joined(items, self.lang)

    def show(self, value: Any, unit: str, low: Any = None, high: Any = None) -> str:
        """A number with its unit."""
        return show(value, unit, self.lang, low, high)

    def bare(self, value: Any, unit: str, low: Any = None, high: Any = None) -> str:
        """A number without its unit, where the column or the axis names it."""
        return bare(value, unit, self.lang, low, high)

    def table(self, study: str, name: str) -> pd.DataFrame:
        """A table of a result; an empty one where the study was not run."""
        result = self.results.get(study)
        if result is not None and name in result.tables:
            return result.tables[name]
        return pd.DataFrame(columns=schema.results(study)[name].names)

    def title(self, study: str, name: str) -> str:
        """The title of a result's table."""
        return schema.results(study)[name].title(self.lang)

    def findings(self) -> list[Finding]:
        """All findings of the run, what was skipped last."""
        return [f for r in self.results.values() for f in r.findings] + list(self.skipped)

    @cached_property
    def observations(self) -> pd.DataFrame:
        """Every observation of the view, by id."""
        return self.region.observations.set_index("id", drop=False)

    @cached_property
    def _source_of(self) -> dict[str, str]:
        frame = self.observations
        return dict(zip(frame.index.astype(str), frame["source"].astype(str), strict=True))

    def amount(
        self, value: Any, unit: str, low: Any, high: Any, estimate: str, named: bool = True
    ) -> Markup:
        """A figure with its bounds below it and the sign of their kind; its unit if `named`."""
        if not known(value):
            return Markup('<span class="none">–</span>')
        main = escape((self.show if named else self.bare)(value, unit, low, high))
        if estimate == "identity":
            return Markup('<span class="fig">{}</span>').format(main) + self.estimate(estimate)
        if not estimate:
            return Markup('<span class="fig">{}</span>').format(main)
        said = ends(float(value), float(low), float(high), unit, self.lang)
        markup = Markup('<span class="fig">{}</span> <small class="ends">{}{}</small>')
        return markup.format(main, said, self.estimate(estimate))

    def estimate(self, kind: str) -> Markup:
        """The sign of a kind of bounds, explained in the legend and under the table."""
        if not kind:
            return Markup("")
        said = self.choice("estimate", kind)
        markup = Markup('<abbr class="kind" title="{}">{}</abbr>')
        return markup.format(said, ESTIMATE_SIGNS.get(kind, kind))

    def grade(self, grade: str, word: bool = True) -> Markup:
        """A badge for the grade of a source; its sign tells it without colour."""
        if not grade:
            return Markup("")
        said = self.choice("grade", grade)
        sign = GRADE_SIGNS.get(grade, "")
        if not word:
            markup = Markup('<abbr class="grade g-{}" title="{}">{}</abbr>')
            return markup.format(grade, said, sign)
        markup = Markup('<span class="grade g-{}"><span aria-hidden="true">{}</span> {}</span>')
        return markup.format(grade, sign, said)

    def verdict(self, verdict: str) -> Markup:
        """A badge for a verdict."""
        sign = VERDICT_SIGNS.get(verdict, "")
        markup = Markup('<span class="verdict v-{}"><b aria-hidden="true">{}</b> {}</span>')
        return markup.format(verdict, sign, self.choice("verdict", verdict))

    def rests(self, ids: Iterable[str] | str) -> Markup:
        """Links to observations, each with the sign of its source's grade."""
        listed = ids.split() if isinstance(ids, str) else list(ids)
        parts = []
        for id in listed:
            source = self._source_of.get(id)
            if source is None:
                parts.append(Markup("<span>{}</span>").format(id))
                continue
            grade = self.grade(self.region.grade(source), word=False)
            link = Markup('<span class="ob"><a href="#{}">{}</a>{}</span>')
            parts.append(link.format(obs(id), short(self.region.place_of(id)), grade))
        return Markup('<span class="obs">{}</span>').format(Markup(" ").join(parts))

    def source(self, id: str) -> Markup:
        """A link to a source with its grade."""
        if id not in self.region.sources:
            return escape(id)
        link = Markup('<a href="#{}">{}</a> ').format(src(id), self.region.sources[id]["title"])
        return link + self.grade(self.region.grade(id))


def anchor(prefix: str, id: str) -> str:
    """An id for a place in the page: letters, digits and hyphens only.

    >>> anchor("obs", "k3vq7m2xwa"), anchor("src", "a/b")
    ('obs-k3vq7m2xwa', 'src-a-b')
    """
    return f"{prefix}-{re.sub(r'[^A-Za-z0-9._-]+', '-', id)}"


def obs(id: str) -> str:
    """The place of an observation."""
    return anchor("obs", id)


def src(id: str) -> str:
    """The place of a source."""
    return anchor("src", id)


def short(place: str) -> str:
    """An observation's place without the ending of its file.

    >>> short("economy.csv:12")
    'economy:12'
    """
    return place.replace(".csv:", ":")
