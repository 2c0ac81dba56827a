"""The plan as values: its period, its purpose, the industrial system, and its founding text."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import Self

import pandas as pd

from songhua.errors import SonghuaError
from songhua.plan import as_known, revisions
from songhua.plan.assumptions import Scenario
from songhua.plan.cells import Entry
from songhua.plan.entries import (
    ENTRIES,
    Measure,
    Milestone,
    PlanTarget,
    ProductRung,
    ProgrammeFigure,
    ProjectValue,
    Revision,
)
from songhua.plan.fault_kinds import ScenarioUnknown
from songhua.plan.recorded import Recorded
from songhua.plan.target_parser import parse_target
from songhua.plan.target_writer import format_target
from songhua.plan.targets import Target
from songhua.schema import Catalogue

__all__ = [
    "ENTRIES",
    "ROLES",
    "Entry",
    "Measure",
    "Milestone",
    "Plan",
    "PlanTarget",
    "ProductRung",
    "ProgrammeFigure",
    "ProjectValue",
    "Revision",
    "Scenario",
    "Target",
    "format_target",
    "parse_target",
]

ROLES = ("leading", "advantageous", "future", "product")


class Plan(Recorded):
    """A plan: as it is recorded, as it was known on a day, in force, and under a scenario."""

    def view(self, day: date, sources: Catalogue) -> Self | None:
        """The plan as it was known on a day; see `songhua.plan.as_known.view`."""
        return as_known.view(self, day, sources)

    def up_to(self, day: date, sources: Catalogue) -> Self:
        """The plan as it stood on a day; see `songhua.plan.as_known.up_to`."""
        return as_known.up_to(self, day, sources)

    def in_force(self, sources: Catalogue, table: str = "") -> Self:
        """The plan with its revisions, or with those of one table, and none of them left beside it.

        Raises:
            SonghuaError: for a revised cell that is not of its column's type.
        """
        return revisions.in_force(self, sources, table)

    def with_scenario(self, name: str) -> Self:
        """The plan under one of its scenarios; a blank name is the plan itself.

        Raises:
            SonghuaError: `scenario_unknown`.

        >>> from songhua.labels import parse_period
        >>> from songhua.messages import Words
        >>> none = pd.DataFrame()
        >>> plan = Plan(Words(), parse_period("plan:2021..2025"), 2020, Words(), "", none, none)
        >>> plan.with_scenario("late")
        Traceback (most recent call last):
        ...
        songhua.errors.SonghuaError: The plan has no scenario late. Choose one of: –.
        """
        if not name:
            return self
        if name not in self.scenarios:
            raise SonghuaError(ScenarioUnknown(name=name, names=tuple(self.scenarios) or ("–",)))
        return replace(self.under(self.scenarios[name]), scenario=name)

    def under(self, scenario: Scenario) -> Self:
        """The plan with what a scenario changes and without what it leaves out."""
        changes, rows = pd.DataFrame(map(asdict, scenario.changes.values())), self.assumptions
        if len(changes):
            rows = pd.concat([changes, rows], ignore_index=True).fillna("")
            rows = rows.drop_duplicates(["name", "scope"], ignore_index=True)
        spending, operation = (
            frame[~frame["project"].isin(scenario.leave_out)]
            for frame in (self.spending, self.operation)
        )
        reduced = replace(self, spending=spending, operation=operation, assumptions=rows)
        return as_known.without_orphaned_assumptions(self, reduced)
