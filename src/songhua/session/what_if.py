"""What if something else were assumed: simulate and track by options, in the same draws.

An answer is a `Run`: its results are those of the studies, each with its recipe, made when they
are looked at. What differs is told at once, from a base that is drawn once.
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
from songhua.results import read_rows
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
    """What is asked: assumptions by lever, projects that are left out, levels of targets, and by
    how many points a year the nation grows faster than before."""

    values: Mapping[Lever, float] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    levels: Mapping[str, float] = field(default_factory=dict)
    faster: float = 0.0

    @property
    def of_projects(self) -> bool:
        """Whether anything is changed that a simulation reads."""
        return bool(self.values or self.left_out)

    def __bool__(self) -> bool:
        """Whether anything is changed."""
        return self.of_projects or bool(self.levels or self.faster)


@dataclass(frozen=True, eq=False, kw_only=True)
class Answer(execution.Run):
    """What is otherwise, in so many `draws` of all: a run of simulate and track, asked so.

    `rows` are the paired numbers, `said` the brief's sentences that change as they are and as
    they would be, `targets` the rows of track that change, each with the new one. The results are
    made when they are looked up.
    """

    draws: int
    rows: Sequence[Difference]
    said: Sequence[tuple[Sentence | None, Sentence | None]]
    targets: Sequence[tuple[TargetRow, TargetRow]]


@dataclass(frozen=True, eq=False)
class WhatIf:
    """A session's plan made ready to be asked: its base is drawn once, and what is asked is quick.

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
        given = execution.means(session, study, options, watch)
        plan, lacks = plan_of(given, options), study.lacks(given)
        if lacks is not None or plan is None:
            raise SonghuaError(WhatIfLacks(path=lacks or schema.where("plan")))
        start = Prepared.of(given.region, plan.base_year, given.evidence, given.rng)
        ensemble = start.ensemble(plan, DRAWS, progress=watch.report)
        rows: list[TargetRow] = []
        if session.lacks("track") is None:
            result = session.run("track", progress=watch.progress)
            rows = read_rows(result.tables["targets"], TargetRow)
        return cls(session, plan, start, Simulation.of(start.base, ensemble, plan.scenario), rows)

    @cached_property
    def levers(self) -> Sequence[Lever]:
        """What may be assumed otherwise."""
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
        levels = {one.target: one.value for one in self.levels}
        return replace(
            changed,
            values={one: value for one, value in changed.values.items() if value != one.value},
            levels={id: level for id, level in changed.levels.items() if level != levels.get(id)},
        )

    def scenario(self, changed: Changed, name: Words | None = None) -> Scenario:
        """The scenario that says what is changed, with what the session's own says already."""
        held = self.session.plan.scenarios if self.session.plan else {}
        base, changed = held.get(self.plan.scenario, Scenario(Words())), self.moved(changed)
        return scenario(replace(base, name=name or base.name), changed.values, changed.left_out)

    def answer(self, changed: Changed, few: bool = False) -> Answer:
        """What is otherwise; of a few draws, which are the first of all, or of all.

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
        base, said = (
            self._few if few else self.base,
            list[tuple[Sentence | None, Sentence | None]](),
        )
        other = self._changed(changed, draws) if changed.of_projects else base
        rows = differences(base, other)
        if changed.of_projects:
            said += _otherwise(_of_projects(base), _of_projects(other))
        targets = self._targets(changed) if changed.levels or changed.faster else []
        if targets:
            new = {row.target: row for _, row in targets}
            after = [new.get(row.target, row) for row in self.rows]
            pair = (list(track_brief.worries(some)) for some in (self.rows, after))
            said += _otherwise(*pair)
        simulate, track = self._options(changed)
        asked = {"simulate": asdict(replace(simulate, draws=draws))}
        if self.rows:
            asked["track"] = asdict(track)
        return Answer(
            region=self.session.region,
            plan=self.session.plan,
            results=execution.evidence(self.session, asked),
            draws=draws,
            rows=rows,
            said=said,
            targets=targets,
        )

    def _options(self, changed: Changed) -> tuple[SimulateOptions, TrackOptions]:
        """What is changed as options of simulate and of track."""
        assumed = tuple((lever.label, value) for lever, value in changed.values.items())
        levels = tuple(changed.levels.items())
        return (
            SimulateOptions(assumed=assumed, left_out=changed.left_out),
            TrackOptions(levels=levels, faster=changed.faster),
        )

    def drivers(self, project: str) -> list[Driver]:
        """What moves the results of one project: shares of their variance, as simulate's of all.

        What is assumed of other projects is left out: it moves them by chance alone.
        """
        at = list(self.base.flows.projects).index(project)
        shares = variance_drivers(
            self.start.base,
            self.start.seeds,
            self.base.ensemble,
            measured=lambda impact: project_outcomes(impact, at),
        )
        own = [name for name in shares.index if str(name).partition(".")[2] in ("", project)]
        return list(driver_rows(self.base, shares.loc[own], {}))

    def _changed(self, changed: Changed, draws: int) -> Simulation:
        asked, _ = self._options(changed)
        plan = assumed_otherwise(self.plan, asked.assumed, asked.left_out)
        ensemble = self.start.ensemble(plan, draws)
        return Simulation.of(self.start.base, ensemble, self.plan.scenario)

    @cached_property
    def _few(self) -> Simulation:
        ensemble = self.start.ensemble(self.plan, FEW)
        return Simulation.of(self.start.base, ensemble, self.plan.scenario)

    def _targets(self, changed: Changed) -> list[tuple[TargetRow, TargetRow]]:
        given = inputs(self.session, registry.get("track"))
        if given.plan is None:
            return []
        plan = given.plan.in_force(given.region.sources)
        seed = seed_of(np.random.default_rng(execution.SEED))
        new = track_asked.asked_otherwise(
            given.region, plan, self.rows, changed.levels, changed.faster, seed
        )
        held = {row.target: row for row in self.rows}
        return [(held[row.target], row) for row in new]


def save_scenario(asked: WhatIf, folder: Path, id: str, name: Words, changed: Changed) -> str:
    """Write what is asked as a scenario of the folder, and give the name of its file.

    Levels of targets and the nation's growth are no part of a scenario.

    Raises:
        SonghuaError: `what_if_nothing`, `case_of_songhua`; what `store.add_scenario` raises.
    """
    if not asked.moved(changed).of_projects:
        raise SonghuaError(WhatIfNothing())
    return store.add_scenario(store.at(folder), id, asked.scenario(changed, name))


def _of_projects(one: Simulation) -> list[Sentence]:
    """The brief's sentences of what the projects bring."""
    sums: Sequence[TotalImpact] = list(totals(one))
    steps: Sequence[BalanceImpact] = list(balance_rows(one))
    return list(simulate_brief.of_projects(sums, steps))


def _otherwise(
    before: Sequence[Sentence], after: Sequence[Sentence]
) -> list[tuple[Sentence | None, Sentence | None]]:
    """Sentences that differ, each beside the one about the same thing, where there is one."""
    old, new = ({_about(one): one for one in some} for some in (before, after))
    pairs = [(old.get(key), new.get(key)) for key in dict.fromkeys([*old, *new])]
    return [(one, other) for one, other in pairs if one != other]


def _about(one: Sentence) -> tuple[str, str]:
    finding = one.finding
    about = getattr(finding, "entity", "") or getattr(finding, "targets", "")
    return one.kind or one.part, str(about)
