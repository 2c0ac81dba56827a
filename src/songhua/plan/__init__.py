"""The plan as values: its period, its purpose, the industrial system, and its founding text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cached_property

import pandas as pd

from songhua import schema
from songhua.displayed import Displayed
from songhua.errors import SonghuaError
from songhua.labels import Period
from songhua.messages import BASE, Words
from songhua.plan import as_known, revisions
from songhua.plan.assumptions import AssumptionRow, OperationRow, Scenario, SpendingRow
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
    read_entries,
)
from songhua.plan.fault_kinds import ScenarioUnknown
from songhua.plan.project_parts import named_wholes
from songhua.plan.target_parser import parse_target
from songhua.plan.target_writer import format_target
from songhua.plan.targets import Target
from songhua.results import read_rows
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

TABLES = ("industries", "seed_map", *ENTRIES, "spending", "operation", "assumptions")
ROLES = ("leading", "advantageous", "future", "product")


@dataclass(frozen=True)
class Plan(Displayed):
    """A plan: what the folder's `plan/` says.

    `industries` has the columns of `plan/industries.csv`: an industry's role and, a row each,
    the codes of its crosswalk. `seed_map` follows the founding text sentence by sentence. What
    is to be done stands in `targets`, `measures`,
    `projects` (milestones and values in the order of their file), `products` and `programmes`, an
    entry a row as first recorded, which `changes` revise.
    `spending` and `operation` hold what is known of the projects' money and sales, `assumptions`
    what is not, and `scenarios` what they change; `scenario` is the one that the plan stands for,
    blank for the base. `hidden` counts the rows that a view of a day leaves out for lack of a date.
    """

    name: Words
    period: Period
    base_year: int
    purpose: Words
    source: str
    industries: pd.DataFrame
    seed_map: pd.DataFrame
    targets: tuple[PlanTarget, ...] = ()
    measures: tuple[Measure, ...] = ()
    projects: tuple[Milestone | ProjectValue, ...] = ()
    products: tuple[ProductRung, ...] = ()
    programmes: tuple[ProgrammeFigure, ...] = ()
    changes: tuple[Revision, ...] = ()
    spending: pd.DataFrame = field(default_factory=pd.DataFrame)
    operation: pd.DataFrame = field(default_factory=pd.DataFrame)
    assumptions: pd.DataFrame = field(default_factory=pd.DataFrame)
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    scenario: str = ""
    hidden: int = 0

    def __repr__(self) -> str:
        """The plan's name and how much it holds, short enough for a screen."""
        name = self.name(BASE)
        sizes = ", ".join(f"{name}: {n}" for name, n in self.counts().items() if n)
        return f"Plan({name!r}, {self.period}, {sizes})"

    def counts(self) -> dict[str, int]:
        """Number of entries of each table, of assumptions and of scenarios."""
        return {name: len(getattr(self, name)) for name in (*ENTRIES, "assumptions", "scenarios")}

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """The milestones of all projects."""
        return tuple(row for row in self.projects if isinstance(row, Milestone))

    @property
    def project_values(self) -> tuple[ProjectValue, ...]:
        """The values of all projects up to a date."""
        return tuple(row for row in self.projects if isinstance(row, ProjectValue))

    @cached_property
    def wholes(self) -> dict[str, tuple[str, ...]]:
        """The projects that each may be part of; see `songhua.plan.project_parts`."""
        return named_wholes(self.projects)

    @cached_property
    def spending_rows(self) -> list[SpendingRow]:
        """Known spending of the projects, in the order of the file."""
        return read_rows(self.spending, SpendingRow)

    @cached_property
    def operation_rows(self) -> list[OperationRow]:
        """Known operation of the projects once they run, in the order of the file."""
        return read_rows(self.operation, OperationRow)

    @cached_property
    def assumption_rows(self) -> list[AssumptionRow]:
        """The plan's assumptions, in the order of the file."""
        return read_rows(self.assumptions, AssumptionRow)

    def entries(self) -> Iterator[Entry]:
        """All entries of the files of targets and works."""
        yield from self.targets
        yield from self.measures
        yield from self.projects
        yield from self.products
        yield from self.programmes
        yield from self.changes

    def frames(self) -> dict[str, pd.DataFrame]:
        """The tables of the plan as text, by the name of their file, with the number of each row.

        >>> from songhua.labels import parse_period
        >>> none = pd.DataFrame()
        >>> plan = Plan(Words(), parse_period("plan:2021..2025"), 2020, Words(), "", none, none)
        >>> road = pd.DataFrame([{"id": "road", "status": "planned", "row": 2}])
        >>> plan.with_tables(measures=road).frames()["measures"][["id", "status", "row"]].values
        array([['road', 'planned', 2]], dtype=object)
        """
        return {name: self._frame(name) for name in TABLES}

    def _frame(self, name: str) -> pd.DataFrame:
        if name not in ENTRIES:
            return getattr(self, name)
        entries: tuple[Entry, ...] = getattr(self, name)
        columns = [*schema.table(ENTRIES[name].SCHEMA).names, "row"]
        rows = [entry.write() | {"row": entry.row} for entry in entries]
        return pd.DataFrame(rows, columns=pd.Index(columns))

    def with_tables(self, **frames: pd.DataFrame) -> Plan:
        """The plan with other tables in place of its own, by the name of their file.

        Tables are as `frames` gives them: texts, and `row`.

        Raises:
            SonghuaError: for each cell that is not of its column's type.

        >>> from songhua.labels import parse_period
        >>> none = pd.DataFrame()
        >>> plan = Plan(Words(), parse_period("plan:2021..2025"), 2020, Words(), "", none, none)
        >>> rows = pd.DataFrame([{"id": "road", "status": "done", "done_on": "2024"}])
        >>> str(plan.with_tables(measures=rows).measures[0].done_on)
        '2024'
        """
        read: dict[str, object] = {}
        for name, frame in frames.items():
            read[name] = read_entries(name, _rows(frame)) if name in ENTRIES else frame
        return replace(self, **read)

    @cached_property
    def target_by_id(self) -> Mapping[str, PlanTarget]:
        """The targets by their id, as first recorded."""
        return {target.id: target for target in self.targets}

    def view(self, day: date, sources: Catalogue) -> Plan | None:
        """The plan as it was known on a day; see `songhua.plan.as_known.view`."""
        return as_known.view(self, day, sources)

    def up_to(self, day: date, sources: Catalogue) -> Plan:
        """The plan as it stood on a day; see `songhua.plan.as_known.up_to`."""
        return as_known.up_to(self, day, sources)

    def in_force(self, sources: Catalogue, table: str = "") -> Plan:
        """The plan with its revisions, or with those of one table, and none of them left beside it.

        Raises:
            SonghuaError: for a revised cell that is not of its column's type.
        """
        return revisions.in_force(self, sources, table)

    def simulated_projects(self) -> list[str]:
        """The projects that spend or start to sell, in the order of the files.

        >>> from songhua.labels import parse_period
        >>> none = pd.DataFrame()
        >>> start = {"project": "mill", "field": "start", "value": "2022", "unit": ""}
        >>> plan = Plan(Words(), parse_period("plan:2021..2025"), 2020, Words(), "", none, none)
        >>> plan.with_tables(operation=pd.DataFrame([start])).simulated_projects()
        ['mill']
        """
        projects = [row.project for row in self.spending_rows]
        projects += [row.project for row in self.operation_rows if row.field == "start"]
        return list(dict.fromkeys(projects))

    def with_scenario(self, name: str) -> Plan:
        """The plan under one of its scenarios; a blank name is the plan itself.

        Raises:
            SonghuaError: `scenario_unknown`.

        >>> from songhua.labels import parse_period
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
        scenario = self.scenarios[name]
        changes, rows = pd.DataFrame(map(asdict, scenario.changes.values())), self.assumptions
        if len(changes):
            rows = pd.concat([changes, rows], ignore_index=True).fillna("")
            rows = rows.drop_duplicates(["name", "scope"], ignore_index=True)
        spending, operation = (
            frame[~frame["project"].isin(scenario.leave_out)]
            for frame in (self.spending, self.operation)
        )
        reduced = replace(
            self, spending=spending, operation=operation, assumptions=rows, scenario=name
        )
        return as_known.without_orphaned_assumptions(self, reduced)

    def roles(self) -> dict[str, str]:
        """Each industry of the system with its role, in the order of the plan.

        >>> from songhua.labels import parse_period
        >>> rows = pd.DataFrame({"role": ["leading", "leading"], "industry": ["food", "food"]})
        >>> none = pd.DataFrame()
        >>> Plan(Words(), parse_period("plan:2021..2025"), 2020, Words(), "", rows, none).roles()
        {'food': 'leading'}
        """
        pairs = zip(self.industries["industry"], self.industries["role"], strict=True)
        return {str(industry): str(role) for industry, role in pairs}

    def files(self) -> dict[str, str]:
        """The files of targets and works again, those that have a row.

        A cell whose value was not changed is written as it was read. A file that has all columns
        of its schema in their order, quotes only where CSV needs them and ends its lines with a
        line feed comes back byte for byte.

        >>> from songhua.labels import parse_period
        >>> none = pd.DataFrame()
        >>> road = Measure.read({"id": "road", "task_en": "Road", "status": "planned"})
        >>> plan = Plan(Words(), parse_period("plan:2021..2025"), 2020, Words(), "", none, none)
        >>> plan = replace(plan, measures=(road,))
        >>> plan.files()["plan/measures.csv"].splitlines()[1]
        'road,Road,,,,,,,planned,,,,,,'
        """
        listed: dict[str, list[dict[str, str]]] = {}
        for entry in self.entries():
            listed.setdefault(entry.file, []).append(entry.write())
        return {file: _csv(rows) for file, rows in listed.items()}


def _rows(frame: pd.DataFrame) -> Iterator[tuple[dict[str, str], int]]:
    """The cells of each row by column, and its number in the file."""
    for row in frame.to_dict("records"):
        cells = {str(name): str(text) for name, text in row.items() if name != "row"}
        yield cells, int(row.get("row", 0))


def _csv(rows: list[dict[str, str]]) -> str:
    """Rows with the same columns as a CSV text."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
