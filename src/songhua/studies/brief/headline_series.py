"""The figures of the region that a headline may choose from: what was observed, and of panels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from songhua.labels import Period
from songhua.region import SETTLED, Region, weakest
from songhua.region.indicators import Indicator
from songhua.results import Estimate, Result, read_rows
from songhua.studies.diagnose.availability import BestFigure
from songhua.studies.diagnose.peer_figures import PeerFigure
from songhua.studies.diagnose.system import IndustrySize


@dataclass(frozen=True, slots=True)
class RegionFigure:
    """A figure of the region, observed or of a panel, with what its indicator measures."""

    indicator: Indicator
    industry: str
    form: str
    period: Period
    value: Estimate
    unit: str
    start: Period | None = None
    observation: str = ""
    grade: str = ""


class Diagnosis:
    """The figures of the region by the tables of diagnose."""

    def __init__(self, region: Region, evidence: Mapping[str, Result]) -> None:
        """Those of diagnose, if it is among the evidence."""
        self.region = region
        self._result = evidence.get("diagnose", Result("diagnose", {}))

    @cached_property
    def peers(self) -> list[PeerFigure]:
        """Figures of every place that stand beside those of others."""
        return self._result.rows(PeerFigure)

    @cached_property
    def system(self) -> list[IndustrySize]:
        """The industries of the plan with their sizes."""
        return self._result.rows(IndustrySize)

    @cached_property
    def figures(self) -> list[RegionFigure]:
        """Observed figures of the region itself, then those of panels."""
        return [*self._observed(), *self._of_panels()] if self._result.tables else []

    def _observed(self) -> Iterator[RegionFigure]:
        frame = self._result.tables["figures"]
        rows = frame[(frame.region == self.region.code) & frame.kind.isin(SETTLED)]
        rows = rows[(rows.entity == "") & (rows.vintage == "") & (rows.scope == "")]
        for row in read_rows(rows, BestFigure):
            indicator = self.region.indicator(row.indicator)
            yield RegionFigure(
                indicator,
                row.industry,
                indicator.form,
                row.period,
                row.value,
                row.unit,
                observation=row.observation,
                grade=row.grade,
            )

    def _of_panels(self) -> Iterator[RegionFigure]:
        for row in self.peers:
            if row.region == self.region.code:
                indicator = self.region.indicator(row.indicator)
                yield RegionFigure(
                    indicator,
                    row.industry,
                    row.form,
                    row.period,
                    row.value,
                    row.unit,
                    row.start,
                    grade=self._grade(row.indicator),
                )

    def _grade(self, indicator: str) -> str:
        """The weakest grade of the sources of a panel."""
        grades = self.region.figures.cells.select(indicator=indicator).distinct("grade")
        return weakest(grades)
