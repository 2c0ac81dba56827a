"""The rows of the plan's files as values: targets, tasks, milestones, products, programmes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from songhua.errors import Fault, SonghuaError
from songhua.labels import Period, Unit
from songhua.messages import Words
from songhua.plan.cells import Entry
from songhua.plan.delivery_vocabulary import (
    MilestoneStatus,
    ProductStage,
    ProgrammeMeasure,
    RungStatus,
    TaskStatus,
)
from songhua.plan.schemes import Scheme, parse_scheme
from songhua.plan.target_names import TargetNames
from songhua.plan.targets import Target
from songhua.plan.vocabulary import Direction, Nature, Qualifier, TargetPath, Term


@dataclass(frozen=True, kw_only=True)
class PlanTarget(Entry):
    """A target of the plan (`plan/targets.csv`).

    `target` is what the words ask for. Of the labels a blank `region` is the region itself, a blank
    `industry` the whole economy. `nature`, `direction` and `path` are what the row says; where it
    does not, the words and the indicator do. `named` are other names that the words may use for
    what is measured. `base` and `about` stand in the target's unit.

    >>> jobs = PlanTarget.read({"id": "jobs", "text": "新增8万人以上", "period": "2024"})
    >>> jobs.target.low, jobs.target.unit, jobs.period.end.isoformat(), jobs.text
    ('8', '10k persons', '2024-12-31', '新增8万人以上')
    """

    SCHEMA: ClassVar[str] = "plan_targets"
    TIMES: ClassVar[tuple[str, ...]] = ("period",)
    NAMES: ClassVar[Mapping[str, str]] = {"text": "target"}
    TERMS: ClassVar[Mapping[str, type[Term]]] = {
        "nature": Nature,
        "direction": Direction,
        "path": TargetPath,
    }
    READERS: ClassVar[Mapping[str, Callable[[str], object]]] = {"scheme": parse_scheme}

    id: str
    indicator: str
    period: Period
    target: Target
    named: str = ""
    region: str = ""
    industry: str = ""
    entity: str = ""
    nature: Nature = Nature.NOT_STATED
    direction: Direction = Direction.NONE
    path: TargetPath | None = None
    base_period: Period | None = None
    base: Decimal | None = None
    about: Decimal | None = None
    benchmark: str = ""
    scheme: Scheme
    vintage: str = ""
    scope: str = ""
    owner: str = ""

    @property
    def stated_nature(self) -> Nature:
        """The nature that the row states, else its words."""
        return self.nature or self.target.nature

    @property
    def judged_by(self) -> Scheme:
        """The scheme of its classes; an expectation has one of its own."""
        expected = self.stated_nature == Nature.EXPECTATION
        return parse_scheme(Nature.EXPECTATION) if expected else self.scheme

    @property
    def text(self) -> str:
        """The target as the plan prints it, or in its values' words where these were changed.

        >>> from dataclasses import replace
        >>> read = PlanTarget.read({"id": "t", "text": "6%左右", "period": "2024"})
        >>> replace(read, target=replace(read.target, low="7")).text
        '7%左右'
        """
        return self.write()["text"]


def names_of(text: str) -> tuple[str, ...]:
    """The names that a cell lists, separated by spaces.

    >>> names_of("road rail")
    ('road', 'rail')
    """
    return tuple(text.split())


@dataclass(frozen=True, kw_only=True)
class Measure(Entry):
    """A task (`plan/measures.csv`): the work, the department, and its state.

    >>> road = Measure.read({"id": "road", "status": "done", "due": "2023", "blocked_by": "a b"})
    >>> road.blocked_by, str(road.due), road.done_on is None
    (('a', 'b'), '2023', True)
    """

    SCHEMA: ClassVar[str] = "plan_measures"
    TIMES: ClassVar[tuple[str, ...]] = ("due", "done_on")
    TERMS: ClassVar[Mapping[str, type[Term]]] = {"status": TaskStatus}
    READERS: ClassVar[Mapping[str, Callable[[str], object]]] = {"blocked_by": names_of}
    WORDS: ClassVar[tuple[str, ...]] = ("task",)

    id: str
    task: Words
    clause: str = ""
    lead: str = ""
    supporting: str = ""
    due: Period | None = None
    output: str = ""
    status: TaskStatus
    done_on: Period | None = None
    evidence: str = ""
    blocked_by: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Milestone(Entry):
    """A milestone of a project (`plan/projects.csv`, kind milestone).

    >>> start = Milestone.read({"project": "mill", "item": "start", "planned": "2024-06"})
    >>> str(start.planned), start.state
    ('2024-06', '')
    """

    SCHEMA: ClassVar[str] = "plan_projects"
    TIMES: ClassVar[tuple[str, ...]] = ("planned", "actual")
    TERMS: ClassVar[Mapping[str, type[Term]]] = {"state": MilestoneStatus}
    READERS: ClassVar[Mapping[str, Callable[[str], object]]] = {"may_be_part_of": names_of}
    WORDS: ClassVar[tuple[str, ...]] = ("name",)
    FIXED: ClassVar[Mapping[str, str]] = {"kind": "milestone"}

    project: str
    item: str
    name: Words
    may_be_part_of: tuple[str, ...] = ()
    planned: Period | None = None
    actual: Period | None = None
    state: MilestoneStatus = MilestoneStatus.NOT_STATED
    lead: str = ""


@dataclass(frozen=True, kw_only=True)
class ProjectValue(Entry):
    """The value of a project up to a date (`plan/projects.csv`, kind value), in `unit`.

    >>> cells = {"project": "mill", "item": "money", "period": "2024", "total": "10"}
    >>> money = ProjectValue.read({**cells, "unit": "亿元"})
    >>> money.total, str(money.unit), money.earned_value
    (Decimal('10'), '100m CNY', None)
    """

    SCHEMA: ClassVar[str] = "plan_projects"
    TIMES: ClassVar[tuple[str, ...]] = ("period",)
    READERS: ClassVar[Mapping[str, Callable[[str], object]]] = {"may_be_part_of": names_of}
    WORDS: ClassVar[tuple[str, ...]] = ("name",)
    FIXED: ClassVar[Mapping[str, str]] = {"kind": "value"}

    project: str
    item: str
    name: Words
    may_be_part_of: tuple[str, ...] = ()
    period: Period | None
    total: Decimal | None = None
    planned_value: Decimal | None = None
    earned_value: Decimal | None = None
    actual_value: Decimal | None = None
    unit: Unit | None
    lead: str = ""


@dataclass(frozen=True, kw_only=True)
class ProductRung(Entry):
    """A product at a rung of the ladder to market, reached or not (`plan/products.csv`).

    >>> rung = ProductRung.read({"product": "wheel", "rung": "volume", "state": "unknown"})
    >>> rung.rung, rung.state, rung.reached
    ('volume', 'unknown', None)
    """

    SCHEMA: ClassVar[str] = "plan_products"
    TIMES: ClassVar[tuple[str, ...]] = ("reached",)
    TERMS: ClassVar[Mapping[str, type[Term]]] = {"rung": ProductStage, "state": RungStatus}
    WORDS: ClassVar[tuple[str, ...]] = ("evidence",)

    product: str
    rung: ProductStage
    reached: Period | None = None
    state: RungStatus
    evidence: Words
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class ProgrammeFigure(Entry):
    """A number of a programme's cohort (`plan/programmes.csv`), in `unit`.

    >>> cells = {"programme": "eagle", "cohort": "2022", "measure": "firms", "value": "40"}
    >>> firms = ProgrammeFigure.read({**cells, "unit": "count"})
    >>> firms.value, str(firms.cohort), firms.measure
    (Decimal('40'), '2022', 'firms')
    """

    SCHEMA: ClassVar[str] = "plan_programmes"
    TIMES: ClassVar[tuple[str, ...]] = ("cohort", "due")
    TERMS: ClassVar[Mapping[str, type[Term]]] = {
        "measure": ProgrammeMeasure,
        "qualifier": Qualifier,
    }

    programme: str
    cohort: Period
    measure: ProgrammeMeasure
    value: Decimal | None = None
    unit: Unit
    qualifier: Qualifier = Qualifier.NONE
    due: Period | None = None


@dataclass(frozen=True, kw_only=True)
class Revision(Entry):
    """A revision of a row of the plan (`plan/changes.csv`): the new cell of one of its columns.

    >>> cells = {"table": "targets", "entry": "jobs", "column": "text", "value": "新增7万人以上"}
    >>> Revision.read({**cells, "source": "paper", "recorded": "2024-03-01"}).value
    '新增7万人以上'
    """

    SCHEMA: ClassVar[str] = "plan_revisions"
    READERS: ClassVar[Mapping[str, Callable[[str], object]]] = {"table": str}

    table: str
    entry: str
    column: str
    value: str = ""


#: The tables whose rows are entries, by the name of their file.
ENTRIES: Mapping[str, type[Entry]] = {
    "targets": PlanTarget,
    "measures": Measure,
    "projects": Milestone,
    "products": ProductRung,
    "programmes": ProgrammeFigure,
    "changes": Revision,
}


def schema_of(name: str) -> str:
    """The schema of a table of the plan, by the name of its file.

    >>> schema_of("changes"), schema_of("spending")
    ('plan_revisions', 'plan_spending')
    """
    return ENTRIES[name].SCHEMA if name in ENTRIES else f"plan_{name}"


def read_entries(
    name: str, rows: Iterable[tuple[Mapping[str, str], int]], names: TargetNames | None = None
) -> tuple[Entry, ...]:
    """The rows of one of these tables as entries, from the cells and the number of each row.

    `names` are those that the words of targets may use.

    Raises:
        SonghuaError: for each cell that is not of its column's type.

    >>> money = {"project": "mill", "kind": "value", "item": "money"}
    >>> start = {"project": "mill", "kind": "milestone", "item": "start"}
    >>> [type(one).__name__ for one in read_entries("projects", [(money, 2), (start, 3)])]
    ['ProjectValue', 'Milestone']
    """
    faults: list[Fault] = []
    entries: list[Entry] = []
    for cells, row in rows:
        value = name == "projects" and cells.get("kind") == ProjectValue.FIXED["kind"]
        try:
            entries.append((ProjectValue if value else ENTRIES[name]).read(cells, row, names))
        except SonghuaError as error:
            faults += error.faults
    if faults:
        raise SonghuaError(*faults)
    return tuple(entries)
