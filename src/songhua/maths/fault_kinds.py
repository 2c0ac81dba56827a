"""Faults of inputs to the maths, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault


class BalancingMargins(Fault):
    rows: float
    columns: float


class BalancingNegative(Fault):
    label: str


class ChoiceLevels(Fault): ...


class ChoiceNothing(Fault):
    periods: Sequence[str]


class ColumnsMissing(Fault, nature="missing"):
    columns: str


class CompositeWeights(Fault): ...


class ConstructSingular(Fault):
    model: str


class ConstructSquare(Fault):
    model: str
    products: int
    industries: int


class CouplingBands(Fault): ...


class CouplingForm(Fault):
    given: str


class CouplingOutside(Fault): ...


class DeflatorImpossible(Fault):
    label: str
    value: float


class EnsembleNumber(Fault):
    name: str
    given: int
    least: int


class EnsembleRows(Fault):
    given: int
    rows: int


class EnsembleShares(Fault):
    name: str


class ForecastYears(Fault):
    first: int
    n: int


class FormUnknown(Fault):
    form: str
    forms: Sequence[str]


class GrowthImpossible(Fault):
    rate: float


class IntervalEnds(Fault):
    low: float
    high: float


class IoNegative(Fault): ...


class IoNotProductive(Fault): ...


class LevelImpossible(Fault):
    value: float
    label: Sequence[str]


class LevelNotProbability(Fault):
    level: float


class LevelsNotNumbers(Fault): ...


class PeriodEmpty(Fault):
    start: str
    end: str


class PlantsMissing(Fault, nature="missing"): ...


class PriorAboveTotal(Fault):
    sector: str
    total: float
    sum: float


class ProjectsHouseholds(Fault): ...


class ProjectsShape(Fault):
    name: str
    given: str
    wanted: str


class ProjectsShare(Fault):
    name: str


class QualifierUnknown(Fault):
    text: str


class ReferencePeriods(Fault): ...


class RegionalAboveNation(Fault):
    label: str
    region: str
    n: int


class RegionalArea(Fault):
    given: float


class RegionalDelta(Fault):
    given: float


class RegionalKind(Fault):
    given: Sequence[str]
    choices: Sequence[str]


class RegionalTransfer(Fault):
    given: float


class RelationUnknownPlace(Fault):
    name: str
    text: str


class RelationUnreadable(Fault):
    text: str


class TableUnitsApart(Fault):
    units: str


class WeightsNotPositive(Fault):
    weight: float


class BalancingOpen(Fault):
    rounds: int
    in_row: str
    row_gap: str
    in_column: str
    column_gap: str


class BalancingUnreachable(Fault):
    label: str
    total: float


class ChoiceDefinition(Fault):
    below: float
    above: float
    floor: float
    level: float
    rounded: float
    counted: bool
    every: int
    held: int
    gone: int
    jobs: float


class ConcordanceRepeats(Fault):
    label: str


class ConcordanceWeights(Fault):
    label: str
    total: float


class EnsembleDistribution(Fault):
    given: str
    choices: Sequence[str]


class EnsembleRange(Fault):
    low: str
    value: str
    high: str


class ImportsAboveUse(Fault):
    label: str
    imports: float
    use: float
