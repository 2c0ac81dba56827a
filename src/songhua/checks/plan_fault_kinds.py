"""Faults of a plan that checks find, a class each with the fields of its words."""

from __future__ import annotations

from songhua.errors import Fault


class _Misfit(Fault):
    """A target in a unit that its indicator does not have."""

    unit: str
    other: str
    indicator: str
    low: str


class AmountAboveTotal(Fault):
    name: str
    value: str
    unit: str
    total: str


class AmountBelow(Fault):
    name: str
    value: str
    unit: str
    total: str | None = None


class ChangeOfNothing(Fault):
    text: str
    path: str
    near: str


class ChangeOfNothingNear(Fault):
    text: str
    path: str
    near: str


class ProjectPartOfItself(Fault):
    text: str


class ProjectPartUnknown(Fault):
    text: str


class ProjectValueIncomplete(Fault): ...


class StateContradicts(Fault):
    state: str
    date: str


class TargetAdditionMisfit(Fault):
    indicator: str


class TargetCurrency(_Misfit): ...


class TargetPaceOpen(Fault):
    period: str


class TargetPercentMisfit(_Misfit): ...


class TargetPointsOpen(Fault):
    low: str
    indicator: str


class TargetPricesMisfit(Fault):
    indicator: str


class TargetRankMisfit(Fault):
    indicator: str


class TargetTimeMisfit(Fault):
    text: str
    period: str


class TargetUnitMisfit(_Misfit): ...


class TaskBlocksItself(Fault):
    text: str


class TaskUnknown(Fault):
    text: str
