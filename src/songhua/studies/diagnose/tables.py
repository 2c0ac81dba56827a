"""The tables of diagnose, each with the class of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from songhua.studies.diagnose.availability import BestFigure, SeriesAvailability
from songhua.studies.diagnose.composite_indices import (
    ChoiceEffect,
    Coupling,
    IndexRank,
    IndexStep,
    MemberAudit,
    Strength,
)
from songhua.studies.diagnose.conflicts import Conflict
from songhua.studies.diagnose.expectations import ExpectedFigure
from songhua.studies.diagnose.growth_contributions import Contribution
from songhua.studies.diagnose.level_changes import LevelChange
from songhua.studies.diagnose.linkages import Linkage
from songhua.studies.diagnose.location_quotients import LocationQuotient
from songhua.studies.diagnose.official_groupings import GroupingMember, GroupingShare
from songhua.studies.diagnose.output_change import ChangePart
from songhua.studies.diagnose.parts_change import PartChange
from songhua.studies.diagnose.peer_figures import PeerFigure
from songhua.studies.diagnose.shift_share import ShiftShare
from songhua.studies.diagnose.single_periods import SinglePeriod
from songhua.studies.diagnose.spatial_concentration import Concentration
from songhua.studies.diagnose.specialisation import SpecialisationIndex
from songhua.studies.diagnose.structure import IndustryShare, PartsSum
from songhua.studies.diagnose.supply_chains import ChainFlow
from songhua.studies.diagnose.system import IndustrySize
from songhua.studies.diagnose.turning_points import TurningPoint
from songhua.studies.diagnose.unseen_periods import UnseenPeriod

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

TABLES: Mapping[str, type[DataclassInstance]] = {
    "system": IndustrySize,
    "figures": BestFigure,
    "structure": IndustryShare,
    "sums": PartsSum,
    "changes": LevelChange,
    "growth_contributions": Contribution,
    "single_periods": SinglePeriod,
    "turning_points": TurningPoint,
    "unseen_periods": UnseenPeriod,
    "expectations": ExpectedFigure,
    "availability": SeriesAvailability,
    "conflicts": Conflict,
    "location_quotients": LocationQuotient,
    "shift_share": ShiftShare,
    "specialisation": SpecialisationIndex,
    "concentration": Concentration,
    "parts": PartChange,
    "peers": PeerFigure,
    "ranks": IndexRank,
    "choice_effects": ChoiceEffect,
    "couplings": Coupling,
    "index_audit": MemberAudit,
    "index_steps": IndexStep,
    "strengths": Strength,
    "groupings": GroupingShare,
    "grouping_members": GroupingMember,
    "linkages": Linkage,
    "supply_chains": ChainFlow,
    "output_change": ChangePart,
}
