"""The tables of choose, each with the class of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from songhua.studies.choose.candidates import Candidate
from songhua.studies.choose.evidence import Evidence
from songhua.studies.choose.level_record import LevelRecord
from songhua.studies.choose.measures import PlanMeasure
from songhua.studies.choose.nearest import PlanClass, PlanEvidence
from songhua.studies.choose.order import OrderRow
from songhua.studies.choose.plan_choices import PlanChoice
from songhua.studies.choose.record import (
    FoldRow,
    LearntRow,
    RecordRow,
    ReliabilityRow,
    SensitivityRow,
)
from songhua.studies.choose.space import SpaceLink

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

TABLES: Mapping[str, type[DataclassInstance]] = {
    "candidates": Candidate,
    "evidence": Evidence,
    "plan_choices": PlanChoice,
    "plan_evidence": PlanEvidence,
    "plan_classes": PlanClass,
    "plan_levels": LevelRecord,
    "plan_measures": PlanMeasure,
    "record": RecordRow,
    "reliability": ReliabilityRow,
    "folds": FoldRow,
    "sensitivity": SensitivityRow,
    "order": OrderRow,
    "learnt": LearntRow,
    "links": SpaceLink,
}
