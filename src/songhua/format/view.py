"""A run in one language: names of its labels, its tables, and links to what they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import pandas as pd

from songhua import messages, results
from songhua.errors import SonghuaError
from songhua.fault_kinds import ObservationUnknown
from songhua.format.fault_kinds import ResultAlone
from songhua.format.labels import cited, label
from songhua.format.language import DASH, Language
from songhua.format.marks import DOUBT
from songhua.format.sentences import sentence
from songhua.format.text import Link, Mark, Text, joined, parts
from songhua.messages import Words, width
from songhua.plan import Plan
from songhua.region import Region
from songhua.results import Finding, Result, read_rows
from songhua.results.unanswered import StudyNoAnswer

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["DASH", "View", "anchor", "obs", "src"]
T = TypeVar("T", bound="DataclassInstance")


class Viewable(Protocol):
    """A run's region, plan and results, and what was skipped."""

    @property
    def region(self) -> Region: ...
    @property
    def plan(self) -> Plan | None: ...
    @property
    def results(self) -> Mapping[str, Result]: ...
    @property
    def skipped(self) -> Sequence[Finding]: ...


@dataclass(frozen=True, kw_only=True)
class View(Language):
    """One run in one language, with all that its parts are shown by."""

    region: Region
    plan: Plan | None
    results: Mapping[str, Result]
    skipped: Sequence[Finding] = ()

    @classmethod
    def of(cls, run: Viewable | Result, lang: str = "en") -> View:
        """A run, or one result that a session gave, in one language; the plan as it is in force.

        Raises:
            SonghuaError: `result_alone`, for a result that no session gave.
        """
        if not isinstance(run, Result):
            return cls(
                region=run.region,
                plan=run.plan and run.plan.in_force(run.region.sources),
                results=run.results,
                skipped=run.skipped,
                lang=lang,
            )
        if run.region is None:
            raise SonghuaError(ResultAlone(study=run.study))
        plan = run.plan and run.plan.in_force(run.region.sources)
        return cls(region=run.region, plan=plan, results={run.study: run}, lang=lang)

    @cached_property
    def _names(self) -> dict[tuple[str, str, str], str]:
        """The names that were asked for, each looked up once."""
        return {}

    @cached_property
    def letters(self) -> str:
        """The letters of names and words that charts show, in the view's language, each once."""
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
        letters = sorted({*f"{names}"} | _letters_of(self.lang))
        return "".join(c for c in letters if self.written.wide or width(c) == 1)

    def name(self, catalogue: str, id: str, within: str = "") -> str:
        """The name of what a label of a catalogue stands for; blank for no label."""
        if not id:
            return ""
        about = catalogue, str(id), within
        if about not in self._names:
            self._names[about] = label(
                self.region, self.plan, catalogue, str(id), self.lang, within
            )
        return self._names[about]

    def claim_text(self, claim: str, part: str) -> str:
        """A text of a claim (`premise`, `uncheckable`); blank where there is none."""
        return Words.of(self.region.claims[claim].get(part))(self.lang)

    def sentence(self, finding: Finding) -> str:
        """A finding as a sentence."""
        return sentence(finding, self.region, self.lang, self.plan)

    @property
    def no_answers(self) -> list[Finding]:
        """The studies that had data and gave no answer, each with why."""
        return [finding for finding in self.skipped if isinstance(finding, StudyNoAnswer)]

    def table(self, study: str, name: str) -> pd.DataFrame:
        """A table of a result; an empty one where the study was not run."""
        result = self.results.get(study)
        if result is not None and name in result.tables:
            return result.tables[name]
        return pd.DataFrame(columns=results.tables(study)[name].names)

    def rows(self, study: str, name: str, kind: type[T]) -> tuple[T, ...]:
        """The rows of a result's table as the study's dataclass of them, read once.

        There are none where the study was not run.

        >>> from songhua.studies.month.revisions import Revision
        >>> View(region=Region.of("here"), plan=None, results={}).rows(
        ...     "month", "revisions", Revision)
        ()
        """
        key = (study, name, kind)
        if key not in self._rows:
            self._rows[key] = tuple(read_rows(self.table(study, name), kind))
        return self._rows[key]

    @cached_property
    def _rows(self) -> dict[tuple[str, str, type], tuple[Any, ...]]:
        return {}

    def title(self, study: str, name: str) -> str:
        """The title of a result's table."""
        return results.tables(study)[name].title(self.lang)

    def findings(self) -> list[Finding]:
        """All findings of the run, what was skipped last."""
        return [f for r in self.results.values() for f in r.findings] + list(self.skipped)

    def recorded(self, ids: Iterable[str]) -> list[dict[str, Any]]:
        """The rows of figures: observations as printed, cells of panels in their indicators' units.

        Observations come first, as they are asked for; ids that the view does not have are none.
        """
        table, wanted = self.region.figures, [*ids]
        places = [table.places[id] for id in wanted if table.observed(id)]
        cells = {at for id in wanted if (at := table.places.get(id)) is not None}.difference(places)
        frame = table.frame.iloc[places + sorted(cells)]
        rows = [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]
        for row in rows[len(places) :]:
            row |= {name: row[name] * row["scale"] for name in ("number", "low", "high")}
            row |= {"value": f"{row['number']:.13g}", "unit": self.region.unit(row["indicator"])}
        return rows

    def observation(self, id: str) -> dict[str, Any]:
        """The row of an observation.

        Raises:
            SonghuaError: `observation_unknown`.
        """
        if not self.region.figures.observed(id):
            raise SonghuaError(ObservationUnknown(text=id))
        return self.recorded([id])[0]

    def source_of(self, id: str) -> str:
        """The source of an observation or of a cell of a panel; blank where there is none."""
        return self.region.source_of(id) if self.region.cites(id) else ""

    def rests(self, ids: Iterable[str] | str, *sources: str, doubted: bool = True) -> Text:
        """Links to figures by who published them, each source with the sign of its grade.

        Behind them stand the doubts of the figures, unless the words before say them.

        Further figures of the same source are numbered after it. An observation stands in the
        report; a cell of a panel has its place, and leads to its source. More `sources` follow.
        """
        listed = ids.split() if isinstance(ids, str) else list(ids)
        by_source: dict[str, list[str]] = {}
        for id in listed:
            by_source.setdefault(self.source_of(id), []).append(id)
        links = [self._source_links(source, group) for source, group in by_source.items()]
        doubts = [(doubt,) for doubt in self.doubt_marks(listed)] if doubted else []
        return joined([*links, *map(self.source, filter(None, sources)), *doubts])

    def doubt_marks(self, ids: Iterable[str]) -> tuple[Mark, ...]:
        """The doubts of figures, each kind once, in a sign and a word."""
        return tuple(map(self.doubt, self.region.figures.doubt_kinds(ids)))

    def starred(self, label: str, ids: Iterable[str]) -> str:
        """A label of a chart, with the mark of doubt behind it where its figures have any."""
        return f"{label} {DOUBT}".strip() if self.region.figures.doubt_kinds(ids) else label

    def growth(self, basis: str) -> str:
        """The word for growth with its prices, by `growth_basis`; plain where it has none."""
        return self.choice("growth_words", basis or "none")

    def _source_links(self, source: str, ids: Sequence[str]) -> Text:
        if not source:
            return " ".join(ids)
        at = [obs(id) if self.region.figures.observed(id) else src(source) for id in ids]
        first, *more = dict.fromkeys(at)
        lead = Link(cited(self.region, source, self.lang), first)
        further = [(Link(str(n), place),) for n, place in enumerate(more, 2)]
        return joined([(lead, *parts(self.grade(self.region.grade(source), word=False))), *further])

    def source(self, id: str) -> Text:
        """A link to a source with its grade."""
        if id not in self.region.sources:
            return id
        return (
            Link(self.name("sources", id), src(id)),
            " ",
            *parts(self.grade(self.region.grade(id))),
        )


@cache
def _letters_of(lang: str) -> frozenset[str]:
    """The letters of all words of a language."""
    return frozenset(str(messages.catalogue(lang)))


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
