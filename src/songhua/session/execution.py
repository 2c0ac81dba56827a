"""Studies are run on a session: given the parts they name, never computed twice for the same."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from songhua.errors import Fault, SonghuaError, is_broken
from songhua.hooks.checkpoints import checkpoint
from songhua.hooks.displayed import Displayed
from songhua.messages import LANGUAGES, Words
from songhua.plan import Plan
from songhua.region import Region
from songhua.region.doubts import Doubts
from songhua.results import Finding, Result
from songhua.results.evidence import figures_behind
from songhua.results.unanswered import StudyNoAnswer
from songhua.session import cache, recipes, undated
from songhua.session.fault_kinds import StudyRestsOn
from songhua.session.limit import Watch, limited
from songhua.session.opened import Opened
from songhua.session.study_inputs import inputs, lacking_of
from songhua.store import digest, program
from songhua.studies import registry
from songhua.studies.registry import Inputs, OptionValues, Progress, Study

SEED = 0
#: Errors for which studies were refused in one call, by name and options.
Refused = dict[tuple[str, object], SonghuaError]


@dataclass(frozen=True, eq=False)
class Run(Displayed):
    """Answers about a folder: its region and plan, a Result a study, and what was skipped.

    A study that has data and gave no answer is skipped too; `refused` has the faults of each.
    """

    region: Region
    plan: Plan | None
    results: Mapping[str, Result]
    skipped: tuple[Finding, ...] = ()
    refused: Mapping[str, tuple[Fault, ...]] = field(default_factory=dict)

    def __repr__(self) -> str:
        """The studies and what was skipped, short enough for a screen."""
        skipped = ", ".join(str(finding.params["study"]) for finding in self.skipped)
        left_out = f"; skipped: {skipped}" if skipped else ""
        return f"Run({self.region.code!r}: {', '.join(self.results)}{left_out})"

    @classmethod
    def of(
        cls,
        session: Opened,
        results: Mapping[str, Result],
        skipped: Sequence[Finding] = (),
        refused: Mapping[str, tuple[Fault, ...]] | None = None,
    ) -> Run:
        """Some results of a session."""
        return cls(session.region, session.plan, results, tuple(skipped), refused or {})

    def doubts(self, finding: Finding) -> Doubts:
        """The doubts of the figures that a finding rests on, by figure; the others have none.

        >>> import songhua
        >>> run = songhua.open(songhua.example("washington")).run_all()
        >>> found = {one.code: one for one in run.results["diagnose"].findings}
        >>> doubts = run.doubts(found["n_sources_conflict"]).values()
        >>> sorted({str(doubt.kind) for some in doubts for doubt in some})
        ['disputed', 'noted']
        """
        doubts = self.region.figures.doubts
        return {id: doubts[id] for id in figures_behind(finding, self.results) if id in doubts}

    @property
    def broken(self) -> bool:
        """A study ended by an error of songhua, or by its limit, or rests on such a one."""
        return any(is_broken(faults) for faults in self.refused.values())


def run(
    session: Opened, name: str, values: OptionValues, progress: Progress | None = None
) -> Result:
    """The result of a study: the one that is kept for the same inputs, or computed.

    Raises:
        SonghuaError: what the study is refused for; `study_stopped`, after the session's limit;
            `study_failed`, for any other error; `study_rests_on`, where one that comes before it
            ended so.
    """
    return _run(session, name, values, progress, {})


def _run(
    session: Opened, name: str, values: OptionValues, progress: Progress | None, refused: Refused
) -> Result:
    study = registry.get(name)
    about = name, study.read_options(values)
    if about in refused:  # what takes a minute to be stopped is not begun a second time
        raise refused[about]
    try:
        with limited(name, session.limit, progress) as watch:
            return _with_recipe(session, study, about[1], watch, refused)
    except SonghuaError as error:
        refused[about] = error
        raise


def _with_recipe(
    session: Opened, study: Study[Any], values: Any, watch: Watch, refused: Refused
) -> Result:
    parts = inputs(session, study)
    options = study.resolve(parts, values)
    try:
        result = _result(session, study, options, parts, watch, refused)
    except SonghuaError as error:
        more = undated.faults(study.lacks(parts), session.whole, session.as_of)
        raise SonghuaError(*error.faults, *more) from error.__cause__
    recipe = recipes.recipe(session, study, options, SEED)
    return replace(result, recipe=recipe, region=session.region, plan=session.plan)


def run_all(session: Opened, progress: Progress | None = None) -> Run:
    """Every study that asks for nothing, where there is data for it; each fails alone."""
    results: dict[str, Result] = {}
    skipped: list[Finding] = []
    faults: dict[str, tuple[Fault, ...]] = {}
    refused: Refused = {}
    for study in filter(lambda study: study.in_whole_run, registry.studies().values()):
        try:
            with limited(study.name, session.limit):
                parts = inputs(session, study)
                lacks = study.lacks(parts)
            if lacks is None:
                results[study.name] = _run(session, study.name, {}, progress, refused)
                continue
            reason = undated.skipped(study.name, lacks, session.whole, session.as_of)
            own_reason = isinstance(reason, undated.BY_FILE) and study.why(parts)
            skipped.append(own_reason or reason)
        except SonghuaError as error:
            faults[study.name] = error.faults
            skipped.append(_no_answer(study.name, error.faults))
    return Run.of(session, results, skipped, faults)


def all_kept(session: Opened) -> bool:
    """True where a whole run computes nothing: each study that has data has its result on disk.

    >>> import songhua
    >>> all_kept(replace(songhua.open(songhua.example()), shelf=songhua.store.Shelf()))
    False
    """
    shelf = replace(session.shelf, fresh=False)
    with suppress(SonghuaError):
        return all(
            study.lacks(parts := inputs(session, study)) is not None
            or shelf.get(key(session, study, study.resolve(parts, study.read_options({}))))
            for study in filter(lambda study: study.in_whole_run, registry.studies().values())
        )
    return False


def _no_answer(study: str, faults: Sequence[Fault]) -> Finding:
    """That a study gave no answer, and why: the first fault, which leads to the others."""
    why = Words({lang: faults[0].words(lang) for lang in LANGUAGES})
    return StudyNoAnswer(study=study, why=why)


@dataclass(frozen=True, eq=False)
class _Evidence(Mapping[str, Result]):
    """Results of a session by study; what is never looked up is never made.

    `missed` are those that were looked up and gave no answer.
    """

    session: Opened
    options: Mapping[str, OptionValues]
    progress: Progress | None
    study: str = ""
    refused: Refused = field(default_factory=dict)
    missed: set[str] = field(default_factory=set)

    def __getitem__(self, name: str) -> Result:
        options = self.options[name]
        try:
            return _run(self.session, name, options, self.progress, self.refused)
        except SonghuaError as error:
            self.missed.add(name)
            if not is_broken(error.faults):
                raise
            rests = StudyRestsOn(study=self.study, first=name)
            raise SonghuaError(rests, *error.faults) from error.__cause__

    def __iter__(self) -> Iterator[str]:
        return iter(self.options)

    def __len__(self) -> int:
        return len(self.options)

    def __contains__(self, name: object) -> bool:
        return name in self.options


def evidence(
    session: Opened, options: Mapping[str, OptionValues], progress: Progress | None = None
) -> Mapping[str, Result]:
    """Results of a session by study, each made when it is first looked up.

    >>> import songhua
    >>> list(evidence(songhua.open(songhua.example()), {"claims": {}}))
    ['claims']
    """
    return _Evidence(session, options, progress)


def key(session: Opened, study: Study[Any], options: Any) -> str:
    """The digest of all that a result depends on."""
    evidence = {
        name: key(session, first, first.read_options(values))
        for name, values in study.evidence(options).items()
        for first in [registry.get(name)]
    }
    return digest(
        {
            "study": study.name,
            "options": study.plain(options),
            "program": program(),
            "seed": SEED,
            "as_of": str(session.as_of or ""),
            "evidence": evidence,
            "parts": {part: session.parts[part] for part in ("region", "plan", *study.needs)},
            "beside": dict(study.outside_digests(inputs(session, study), options)),
            "seal": hashlib.sha256(study.seal(inputs(session, study), options)).hexdigest(),
        }
    )


def _result(
    session: Opened, study: Study[Any], options: Any, parts: Inputs, watch: Watch, refused: Refused
) -> Result:
    """The result without its recipe, kept or computed; one that misses another is not kept."""
    missed: set[str] = set()

    def compute() -> Result:
        working = means(session, study, options, watch, refused, missed)
        checkpoint()
        with _uncollected():
            return study.function(working, options)

    if not study.cacheable(parts, options):
        return compute()
    about = key(session, study, options)
    return cache.cached(about, compute, session.shelf, lambda: not missed)


def means(
    session: Opened,
    study: Study[Any],
    options: Any,
    watch: Watch,
    refused: Refused | None = None,
    missed: set[str] | None = None,
) -> Inputs:
    """Inputs of a study: its parts of the session, the studies before it, and its chance.

    >>> import songhua
    >>> claims = registry.get("claims")
    >>> with limited("claims", 0) as watch:
    ...     given = means(songhua.open(songhua.example()), claims, claims.read_options({}), watch)
    >>> len(given.region.claims) > 10, len(given.evidence)
    (True, 0)
    """
    wanted = study.evidence(options)
    lacking = lacking_of(session, wanted) if study.summing else {}
    calls = {name: values for name, values in wanted.items() if name not in lacking}
    about = (study.name, {} if refused is None else refused, set() if missed is None else missed)
    evidence, rng = _Evidence(session, calls, watch.progress, *about), np.random.default_rng(SEED)
    means = {"evidence": evidence, "lacking": lacking, "rng": rng, "progress": watch.report}
    return replace(inputs(session, study), **means)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles meanwhile: of a million rows it takes a third of the time, for nothing.

    The results of a study are values, which are freed when nothing refers to them.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
