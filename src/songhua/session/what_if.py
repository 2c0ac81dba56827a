"""Results under other assumptions: simulate and track by options, in the same draws.

An answer is a `Run`: its results are those of the studies, each with its recipe, made when they are
looked at. Differences are computed quickly, from a base that is drawn once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from songhua import schema, store
from songhua.errors import SonghuaError
from songhua.messages import Words
from songhua.plan import Plan, Scenario
from songhua.session import execution
from songhua.session.fault_kinds import WhatIfLacks, WhatIfNothing
from songhua.session.limit import Watch, limited
from songhua.session.session import Session
from songhua.session.study_inputs import inputs
from songhua.studies import registry
from songhua.studies.brief.sentence import Sentence
from songhua.studies.registry import Progress
from songhua.studies.simulate import SimulateOptions, plan_of
from songhua.studies.simulate import brief as simulate_brief
from songhua.studies.simulate.ensemble import project_outcomes, variance_drivers
from songhua.studies.simulate.levers import Lever, assumed_otherwise, levers, scenario
from songhua.studies.simulate.paired import Difference, differences
from songhua.studies.simulate.prepared import Prepared
from songhua.studies.simulate.rows import BalanceImpact, Driver, TotalImpact
from songhua.studies.simulate.simulation import Simulation
from songhua.studies.simulate.study import DRAWS as DRAWS
from songhua.studies.simulate.tables import balance_rows, driver_rows, totals
from songhua.studies.track import TrackOptions
from songhua.studies.track import asked_otherwise as track_asked
from songhua.studies.track import brief as track_brief
from songhua.studies.track.asked_otherwise import TargetLevel
from songhua.studies.track.rows import TargetRow
from songhua.studies.track.study import seed_of

#: Draws of a first answer, where the whole one takes longer.
FEW = 60


@dataclass(frozen=True)
class Changed:
    """Changed assumptions by lever, projects that are left out, levels of targets, and the points
    a year by which the nation grows faster than before."""

    values: Mapping[Lever, float] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    levels: Mapping[str, float] = field(default_factory=dict)
    faster: float = 0.0

    @property
    def of_projects(self) -> bool:
        """True if anything is changed that a simulation reads."""
        return bool(self.values or self.left_out)

    def __bool__(self) -> bool:
        """True if anything is changed."""
        return self.of_projects or bool(self.levels or self.faster)


@dataclass(frozen=True, eq=False, kw_only=True)
class Answer(execution.Run):
    """Differences that a change makes, in so many `draws`: a run of simulate and track.

    `rows` are the paired numbers, `pairs` the brief's sentences that change as they are and as
    they would be, `targets` the rows of track that change, each with the new one. The results are
    made when they are looked up.
    """

    draws: int
    rows: Sequence[Difference]
    pairs: Sequence[tuple[Sentence | None, Sentence | None]]
    targets: Sequence[tuple[TargetRow, TargetRow]]


@dataclass(frozen=True, eq=False)
class WhatIf:
    """A session's plan ready for questions: its base is drawn once, so that each answer is quick.

    `plan` is the plan as simulate reads it, `base` its simulation in all draws.
    """

    session: Session
    plan: Plan
    start: Prepared
    base: Simulation
    rows: Sequence[TargetRow]

    @classmethod
    def of(cls, session: Session, progress: Progress | None = None) -> WhatIf:
        """Draw the base of a session.

        Raises:
            SonghuaError: `what_if_lacks`, where the folder has nothing to simulate; what simulate
                raises.

        >>> import songhua
        >>> asked = WhatIf.of(songhua.open(songhua.example("washington")))
        >>> [one.label for one in asked.levers if one.project == "boeing-wing-centre"]
        ['realised.boeing-wing-centre', 'local.boeing-wing-centre']
        """
        with limited("simulate", session.limit, progress) as watch:
            return cls._of(session, watch)

    @classmethod
    def _of(cls, session: Session, watch: Watch) -> WhatIf:
        study = registry.get("simulate")
        options: SimulateOptions = study.read_options({})
        parts = execution.means(session, study, options, watch)
        plan, lacks = plan_of(parts, options), study.lacks(parts)
        if lacks is not None or plan is None:
            raise SonghuaError(WhatIfLacks(path=lacks or schema.where("plan")))
        start = Prepared.of(parts.region, plan.base_year, parts.evidence, parts.rng)
        ensemble = start.ensemble(plan, DRAWS, progress=watch.report)
        rows: list[TargetRow] = []
        if session.lacks("track") is None:
            result = session.run("track", progress=watch.progress)
            rows = result.rows(TargetRow)
        kinds = {
            row.phase: row.value.kind
            for row in session.run("simulate", progress=watch.progress).rows(TotalImpact)
        }
        base = Simulation.of(start.base, ensemble, plan.scenario, kinds)
        return cls(session, plan, start, base, rows)

    @cached_property
    def levers(self) -> Sequence[Lever]:
        """The assumptions that can be changed."""
        return levers(self.plan, self.base.ensemble)

    @cached_property
    def levels(self) -> Sequence[TargetLevel]:
        """The targets that may be asked at another level."""
        plan, sources = self.session.plan, self.session.region.sources
        return track_asked.levels(plan.in_force(sources), self.rows) if plan else ()

    def moved(self, changed: Changed) -> Changed:
        """The part of it that is otherwise: a number that is in force already changes nothing.

        >>> import songhua
        >>> asked = WhatIf.of(songhua.open(songhua.example("washington")))
        >>> bool(asked.moved(Changed({one: one.value for one in asked.levers})))
        False
        """
        levels = {level.target: level.value for level in self.levels}
        return replace(
            changed,
            values={lever: v for lever, v in changed.values.items() if v != lever.value},
            levels={id: level for id, level in changed.levels.items() if level != levels.get(id)},
        )

    def scenario(self, changed: Changed, name: Words | None = None) -> Scenario:
        """The scenario of the changes, together with those of the session's own scenario."""
        scenarios = self.session.plan.scenarios if self.session.plan else {}
        base, changed = scenarios.get(self.plan.scenario, Scenario(Words())), self.moved(changed)
        return scenario(replace(base, name=name or base.name), changed.values, changed.left_out)

    def answer(self, changed: Changed, few: bool = False) -> Answer:
        """Differences that a change makes: in a few draws, which are the first of all, or in all.

        Raises:
            SonghuaError: `simulate_no_projects`, where none is left; what simulate raises.

        >>> import songhua
        >>> asked = WhatIf.of(songhua.open(songhua.example("washington")))
        >>> late = next(one for one in asked.levers if one.label == "delay.lamb-weston-richland")
        >>> rows = asked.answer(Changed({late: 3.0})).rows
        >>> gone = [row for row in rows if (row.step, row.measure) == ("operation", "jobs")]
        >>> (gone[0].period, round(gone[0].new_value.value), gone[0].worse)
        ('2017', 0, 100.0)
        """
        with limited("simulate", self.session.limit):
            return self._answer(self.moved(changed), FEW if few else DRAWS, few)

    def _answer(self, changed: Changed, draws: int, few: bool) -> Answer:
        base, sentences = (
            self._few if few else self.base,
            list[tuple[Sentence | None, Sentence | None]](),
        )
        after_change = self._changed(changed, draws) if changed.of_projects else base
        rows = differences(base, after_change)
        if changed.of_projects:
            sentences += _otherwise(_of_projects(base), _of_projects(after_change))
        targets = self._targets(changed) if changed.levels or changed.faster else []
        if targets:
            new = {row.target: row for _, row in targets}
            after = [new.get(row.target, row) for row in self.rows]
            pair = (
                list(track_brief.worries(some, self.session.region.code))
                for some in (self.rows, after)
            )
            sentences += _otherwise(*pair)
        simulate, track = self._options(changed)
        options = {"simulate": asdict(replace(simulate, draws=draws))}
        if self.rows:
            options["track"] = asdict(track)
        return Answer(
            region=self.session.region,
            plan=self.session.plan,
            results=execution.evidence(self.session, options),
            draws=draws,
            rows=rows,
            pairs=sentences,
            targets=targets,
        )

    def _options(self, changed: Changed) -> tuple[SimulateOptions, TrackOptions]:
        """The change as options of simulate and of track."""
        assumed = tuple((lever.label, value) for lever, value in changed.values.items())
        levels = tuple(changed.levels.items())
        return (
            SimulateOptions(assumed=assumed, left_out=changed.left_out),
            TrackOptions(levels=levels, faster=changed.faster),
        )

    def drivers(self, project: str) -> list[Driver]:
        """Drivers of the results of one project: shares of their variance, as simulate's of all.

        Assumptions on other projects are left out: they would move the difference by chance alone.
        """
        at = list(self.base.flows.projects).index(project)
        shares = variance_drivers(
            self.start.base,
            self.start.seeds,
            self.base.ensemble,
            measured=lambda impact: project_outcomes(impact, at),
        )
        names = [name for name in shares.index if str(name).partition(".")[2] in ("", project)]
        return list(driver_rows(self.base, shares.loc[names], {}))

    def _changed(self, changed: Changed, draws: int) -> Simulation:
        options, _ = self._options(changed)
        plan = assumed_otherwise(self.plan, options.assumed, options.left_out)
        ensemble = self.start.ensemble(plan, draws)
        return Simulation.of(self.start.base, ensemble, self.plan.scenario, self.base.kinds)

    @cached_property
    def _few(self) -> Simulation:
        ensemble = self.start.ensemble(self.plan, FEW)
        return Simulation.of(self.start.base, ensemble, self.plan.scenario, self.base.kinds)

    def _targets(self, changed: Changed) -> list[tuple[TargetRow, TargetRow]]:
        parts = inputs(self.session, registry.get("track"))
        if parts.plan is None:
            return []
        plan = parts.plan.in_force(parts.region.sources)
        seed = seed_of(np.random.default_rng(execution.SEED))
        new = track_asked.asked_otherwise(
            parts.region, plan, self.rows, changed.levels, changed.faster, seed
        )
        before = {row.target: row for row in self.rows}
        return [(before[row.target], row) for row in new]


def save_scenario(what_if: WhatIf, folder: Path, id: str, name: Words, changed: Changed) -> str:
    """Write the changes as a scenario of the folder, and give the name of its file.

    Levels of targets and the nation's growth are no part of a scenario.

    Raises:
        SonghuaError: `what_if_nothing`, `case_of_songhua`; what `store.add_scenario` raises.
    """
    if not what_if.moved(changed).of_projects:
        raise SonghuaError(WhatIfNothing())
    return store.add_scenario(store.at(folder), id, what_if.scenario(changed, name))


def _of_projects(simulation: Simulation) -> list[Sentence]:
    """The brief's sentences of what the projects bring."""
    sums: Sequence[TotalImpact] = list(totals(simulation))
    steps: Sequence[BalanceImpact] = list(balance_rows(simulation))
    return list(simulate_brief.of_projects(sums, steps))


def _otherwise(
    before: Sequence[Sentence], after: Sequence[Sentence]
) -> list[tuple[Sentence | None, Sentence | None]]:
    """Sentences that differ, each beside the one about the same thing, where there is one."""
    old, new = ({_about(sentence): sentence for sentence in some} for some in (before, after))
    pairs = [(old.get(key), new.get(key)) for key in dict.fromkeys([*old, *new])]
    return [(before, after) for before, after in pairs if before != after]


def _about(sentence: Sentence) -> tuple[str, str]:
    finding = sentence.finding
    about = getattr(finding, "entity", "") or getattr(finding, "targets", "")
    return sentence.kind or sentence.part, str(about)
