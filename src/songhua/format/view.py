"""A run in one language: the words, names, numbers, links and marks that its parts are shown by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from songhua import messages, schema
from songhua.format import marks, words
from songhua.format.labels import label
from songhua.format.numbers import bare, ends, entry, known, show
from songhua.format.text import Link, Mark, Small, Text, joined, parts
from songhua.plan import Plan
from songhua.region import Region, with_ids
from songhua.results import Finding, Result

DASH = "–"


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
            names += [plan.name, *(plan.projects.to_dict(), plan.products.to_dict())]
        text = f"{names}{messages.catalogue(self.lang)}"
        return text if self.lang == "zh" else "".join(c for c in text if c < "\u2e80")

    def say(self, key: str, **params: object) -> str:
        """A text of the report."""
        return entry("report", key, self.lang, **params)

    def word(self, key: str, **params: object) -> str:
        """A word of the interface."""
        return messages.word(key, self.lang, **params)

    def heading(self, *keys: str) -> list[str]:
        """Names of columns."""
        return [entry("columns", key, self.lang) for key in keys]

    def choice(self, of: str, value: str) -> str:
        """The word for a value of a closed list."""
        return messages.choice(of, str(value), self.lang)

    def name(self, catalogue: str, id: str, within: str = "") -> str:
        """The name of what a label of a catalogue stands for; blank for no label."""
        return label(self.region, self.plan, catalogue, str(id), self.lang, within) if id else ""

    def claim_text(self, claim: str, what: str) -> str:
        """A text of a claim (`premise`, `uncheckable`); blank where there is none."""
        return str((self.region.claims[claim].get(what) or {}).get(self.lang, ""))

    def period(self, text: str) -> str:
        """A period as people say it."""
        return words.period(str(text), self.lang)

    def sentence(self, found: Finding) -> str:
        """A finding as a sentence."""
        return words.finding(found, self.region, self.lang)

    def reads(self, text: str) -> bool:
        """Whether a text is written in the script of the view's language."""
        return any("\u4e00" <= c <= "\u9fff" for c in text) == (self.lang == "zh")

    def join(self, items: Iterable[str]) -> str:
        """Several names as one text."""
        return words.joined(items, self.lang)

    def show(self, value: Any, unit: str, low: Any = None, high: Any = None) -> str:
        """A number with its unit."""
        return show(value, unit, self.lang, low, high)

    def qualified(self, qualifier: str, shown: str) -> str:
        """A number as printed, with the word before it, if there is one."""
        return words.qualified(qualifier, shown, self.lang)

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
        return with_ids(self.region.observations).set_index("id", drop=False)

    @cached_property
    def _source_of(self) -> dict[str, str]:
        frame = self.observations
        return dict(zip(frame.index.astype(str), frame["source"].astype(str), strict=True))

    def source_of(self, observation: str) -> str:
        """The source of an observation; blank where there is no such observation."""
        return self._source_of.get(observation, "")

    def amount(
        self, value: Any, unit: str, low: Any, high: Any, estimate: str, named: bool = True
    ) -> Text:
        """A figure with its ends as small print and the sign of their kind; its unit if `named`."""
        if not known(value):
            return DASH
        main = (self.show if named else self.bare)(value, unit, low, high)
        if not estimate:
            return main
        if estimate == "identity":
            return (main, self.estimate(estimate))
        said = ends(float(value), float(low), float(high), unit, self.lang)
        return (main, " ", Small((said, self.estimate(estimate)), ends=True))

    def estimate(self, kind: str) -> Mark:
        """The sign of a kind of ends, explained in the legend and under the table."""
        said = self.choice("estimate", kind)
        return Mark("estimate", kind, said, marks.ESTIMATES.get(kind, kind), bare=True)

    def grade(self, grade: str, word: bool = True) -> Text:
        """A badge for the grade of a source; its sign tells it without colour."""
        if not grade:
            return ""
        said = self.choice("grade", grade)
        return (Mark("grade", grade, said, marks.GRADES.get(grade, ""), bare=not word),)

    def verdict(self, verdict: str) -> Mark:
        """A badge for a verdict."""
        said = self.choice("verdict", verdict)
        return Mark("verdict", verdict, said, marks.VERDICTS.get(verdict, ""))

    def progress_class(self, name: str) -> Mark:
        """A badge for the class of a target."""
        return Mark("class", name, self.choice("target_class", name), marks.CLASSES.get(name, ""))

    def rests(self, ids: Iterable[str] | str) -> Text:
        """Links to observations, each with the sign of its source's grade."""
        listed = ids.split() if isinstance(ids, str) else list(ids)
        return joined([self._rest(id) for id in listed])

    def _rest(self, id: str) -> Text:
        source = self._source_of.get(id)
        if source is None:
            return id
        return (Link(short(id), obs(id)), *parts(self.grade(self.region.grade(source), word=False)))

    def source(self, id: str) -> Text:
        """A link to a source with its grade."""
        if id not in self.region.sources:
            return id
        title = str(self.region.sources[id]["title"])
        return (Link(title, src(id)), " ", *parts(self.grade(self.region.grade(id))))


def anchor(prefix: str, id: str) -> str:
    """An id for a place in the page: letters, digits and hyphens only.

    >>> anchor("obs", "economy.csv:12"), anchor("src", "a/b")
    ('obs-economy.csv-12', 'src-a-b')
    """
    return f"{prefix}-{re.sub(r'[^A-Za-z0-9._-]+', '-', id)}"


def obs(id: str) -> str:
    """The place of an observation."""
    return anchor("obs", id)


def src(id: str) -> str:
    """The place of a source."""
    return anchor("src", id)


def short(id: str) -> str:
    """An observation's id without the ending of its file.

    >>> short("economy.csv:12")
    'economy:12'
    """
    return id.replace(".csv:", ":")
