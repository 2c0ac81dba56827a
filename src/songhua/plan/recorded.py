"""A plan as it is recorded: its tables and entries, and what they hold."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

import pandas as pd

from songhua import schema
from songhua.hooks.displayed import Displayed
from songhua.labels import Period
from songhua.messages import BASE, Words
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
from songhua.plan.project_parts import named_wholes
from songhua.plan.target_names import TargetNames
from songhua.results import read_rows

TABLES = ("industries", "seed_map", *ENTRIES, "spending", "operation", "assumptions")


def subject_labels(target: PlanTarget) -> tuple[str, ...]:
    """The labels of what a target is of, whatever it asks for.

    >>> cells = {"id": "t", "indicator": "gdp", "text": "5 %", "period": "2021", "scope": "core"}
    >>> subject_labels(PlanTarget.read(cells))
    ('gdp', '', '', '', 'core', '2021')
    """
    labels = (target.indicator, target.region, target.industry, target.entity, target.scope)
    return (*labels, str(target.period))


@dataclass(frozen=True)
class Recorded(Displayed):
    """A plan as it is recorded: what the folder's `plan/` says.

    `industries` has the columns of `plan/industries.csv`: an industry's role and, a row each, the
    codes of its crosswalk. `seed_map` follows the founding text sentence by sentence. The plan's
    promises are in `targets`, `measures`, `projects` (milestones and values in the order of their
    file), `products` and `programmes`, an entry a row as first recorded, which `changes` revise.
    `spending` and `operation` hold known facts of the projects' money and sales, `assumptions` the
    unknown ones, and `scenarios` their changes; `scenario` is the scenario of this plan, blank for
    the base. `hidden` counts the rows that a view of a day leaves out for lack of a date.
    `names` are those that the words of its targets may use.
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
    names: TargetNames | None = None

    def __repr__(self) -> str:
        """The plan's name and how much it holds, short enough for a screen."""
        name = self.name(BASE)
        held = ", ".join(f"{name}: {n}" for name, n in self.counts().items() if n)
        return f"{type(self).__name__}({name!r}, {self.period}, {held})"

    def counts(self) -> dict[str, int]:
        """Number of entries of each table, of assumptions and of scenarios."""
        return {name: len(getattr(self, name)) for name in (*ENTRIES, "assumptions", "scenarios")}

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """The milestones of all projects."""
        return tuple(one for one in self.projects if isinstance(one, Milestone))

    @property
    def project_values(self) -> tuple[ProjectValue, ...]:
        """The values of all projects up to a date."""
        return tuple(one for one in self.projects if isinstance(one, ProjectValue))

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
        >>> plan = Recorded(Words(), parse_period("plan:2021..2025"), 2020, Words(), "", none, none)
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

    def with_tables(self, **frames: pd.DataFrame) -> Self:
        """The plan with other tables in place of its own, by the name of their file.

        Tables are as `frames` gives them: texts, and `row`.

        Raises:
            SonghuaError: for each cell that is not of its column's type.

        >>> from songhua.labels import parse_period
        >>> none = pd.DataFrame()
        >>> plan = Recorded(Words(), parse_period("plan:2021..2025"), 2020, Words(), "", none, none)
        >>> rows = pd.DataFrame([{"id": "road", "status": "done", "done_on": "2024"}])
        >>> str(plan.with_tables(measures=rows).measures[0].done_on)
        '2024'
        """
        read: dict[str, object] = {}
        for name, frame in frames.items():
            entries = name in ENTRIES
            read[name] = read_entries(name, _rows(frame), self.names) if entries else frame
        return replace(self, **read)

    @cached_property
    def target_by_id(self) -> Mapping[str, PlanTarget]:
        """The targets by their id, as first recorded."""
        return {target.id: target for target in self.targets}

    @cached_property
    def shared_subjects(self) -> frozenset[tuple[str, ...]]:
        """The labels of what several targets are of: their names alone do not tell them apart."""
        counts = Counter(map(subject_labels, self.target_by_id.values()))
        return frozenset(labels for labels, n in counts.items() if n > 1)

    def simulated_projects(self) -> list[str]:
        """The projects that spend or start to sell, in the order of the files.

        >>> from songhua.labels import parse_period
        >>> none = pd.DataFrame()
        >>> start = {"project": "mill", "field": "start", "value": "2022", "unit": ""}
        >>> plan = Recorded(Words(), parse_period("plan:2021..2025"), 2020, Words(), "", none, none)
        >>> plan.with_tables(operation=pd.DataFrame([start])).simulated_projects()
        ['mill']
        """
        found = [row.project for row in self.spending_rows]
        found += [row.project for row in self.operation_rows if row.field == "start"]
        return list(dict.fromkeys(found))

    def roles(self) -> dict[str, str]:
        """Each industry of the system with its role, in the order of the plan.

        >>> from songhua.labels import parse_period
        >>> rows = pd.DataFrame({"role": ["leading", "leading"], "industry": ["food", "food"]})
        >>> none = pd.DataFrame()
        >>> period = parse_period("plan:2021..2025")
        >>> Recorded(Words(), period, 2020, Words(), "", rows, none).roles()
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
        >>> plan = Recorded(Words(), parse_period("plan:2021..2025"), 2020, Words(), "", none, none)
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
