"""The tables of brief, each with the class of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from songhua.studies.brief.headlines import HeadlineRow
from songhua.studies.brief.study import Point
from songhua.studies.brief.trends import TrendRow

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

TABLES: Mapping[str, type[DataclassInstance]] = {
    "headlines": HeadlineRow,
    "trends": TrendRow,
    "points": Point,
}
