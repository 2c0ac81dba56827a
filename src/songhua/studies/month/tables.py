"""The tables of month, each with the class of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from songhua.studies.month.comparison import PlaceGrowth
from songhua.studies.month.period_growth import PeriodGrowth
from songhua.studies.month.revisions import Revision
from songhua.studies.month.study import MonthView

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

TABLES: Mapping[str, type[DataclassInstance]] = {
    "growth": PeriodGrowth,
    "comparison": PlaceGrowth,
    "revisions": Revision,
    "view": MonthView,
}
