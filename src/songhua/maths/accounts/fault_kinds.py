"""Faults of accounts: constraints, priors and draws, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault


class CellWithoutRatio(Fault):
    cells: Sequence[str]


class CellsUnbounded(Fault): ...


class ConstraintCell(Fault):
    name: str
    cell: str


class ConstraintEmpty(Fault):
    name: str


class ConstraintEnds(Fault):
    name: str
    low: float
    high: float


class ConstraintRepeated(Fault):
    name: str


class ConstraintsContradict(Fault): ...


class ConstraintsFar(Fault): ...


class DrawsWanted(Fault):
    count: int
    held: int


class LinearProgramFailed(Fault):
    why: str


class LogRatioWrong(Fault):
    name: str


class PriorMeasure(Fault):
    given: str
    choices: Sequence[str]


class PriorShare(Fault):
    value: float


class PriorSizes(Fault): ...


class SampleUnmixed(Fault):
    cells: Sequence[str]
    r_hat: float
    effective: int
