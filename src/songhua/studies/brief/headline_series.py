"""The figures of the region that a headline may choose from: what was observed, and of panels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TypeVar

from songhua.labels import Period, parse_period
from songhua.region import GRADES, SETTLED, Region, weakest
from songhua.region.doubts import DoubtKind
from songhua.region.indicators import Indicator
from songhua.results import Estimate, Result, read_rows
from songhua.studies.brief.rules import rules
from songhua.studies.diagnose.availability import BestFigure
from songhua.studies.diagnose.level_changes import LevelChange
from songhua.studies.diagnose.peer_figures import PeerFigure
from songhua.studies.diagnose.system import IndustrySize
from songhua.studies.series_or_panels import cells_at, own_cells


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
    observations: tuple[str, ...] = ()
    grade: str = ""


Graded = TypeVar("Graded", RegionFigure, IndustrySize)


def without_leads(figures: Sequence[Graded]) -> Sequence[Graded]:
    """The figures without those of the weakest grade, which are leads, where others are held."""
    return [figure for figure in figures if figure.grade != GRADES[-1]] or figures


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
        parts = (self._observed(), self._of_panels(), self._changes())
        return list(chain(*parts)) if self._result.tables else []

    def _observed(self) -> Iterator[RegionFigure]:
        frame = self._result.tables["figures"]
        rows = frame[(frame.region == self.region.code) & frame.kind.isin(SETTLED)]
        rows = rows[(rows.entity == "") & (rows.vintage == "") & (rows.scope == "")]
        for row in read_rows(rows, BestFigure):
            if DoubtKind.REPEATED in self.region.figures.doubt_kinds((row.observation,)):
                continue  # it is the number of an earlier period
            indicator = self.region.indicator(row.indicator)
            if indicator.rate and row.observation in self._denied:
                continue
            yield RegionFigure(
                indicator,
                row.industry,
                indicator.form,
                row.period,
                row.value,
                row.unit,
                observations=(row.observation,),
                grade=row.grade,
            )

    def _of_panels(self) -> Iterator[RegionFigure]:
        cells = own_cells(self.region)
        for row in self.peers:
            if row.region == self.region.code:
                ends = (row.period,) if row.start is None else (row.start, row.period)
                indicator = self.region.indicator(row.indicator)
                yield RegionFigure(
                    indicator,
                    row.industry,
                    row.form,
                    row.period,
                    row.value,
                    row.unit,
                    row.start,
                    observations=cells_at(cells, row.indicator, row.industry, *ends),
                    grade=GRADES[-1] if self.is_lead(row) else self._grade(row.indicator),
                )

    def _changes(self) -> Iterator[RegionFigure]:
        """Growth of levels from a year before, where none is printed or they deny it."""
        frame = self._result.tables["changes"]
        rows = frame[(frame.region == self.region.code) & (frame.scope == "")]
        for row in read_rows(rows[rows.published.isna() | rows.disagrees], LevelChange):
            yield RegionFigure(
                self.region.indicator(row.indicator),
                row.industry,
                "growth",
                row.period,
                row.value,
                "%",
                observations=row.observations,
                grade=weakest(map(self.region.grade, map(self.region.source_of, row.observations))),
            )

    @cached_property
    def _denied(self) -> frozenset[str]:
        """The figures of levels and of a printed growth that contradict one another."""
        frame = self._result.tables["changes"]
        return frozenset(" ".join(frame.observations[frame.disagrees.astype(bool)]).split())

    def first_alike(self, indicator: str, industry: str) -> date:
        """The first day from which levels change as the published real growth lets expect.

        A change that prices alone would have to make by more than `prices` points is a revision.
        """
        frame = self._result.tables["changes"]
        rows = frame[(frame.region == self.region.code) & (frame.scope == "")]
        rows = rows[(rows.indicator == indicator) & (rows.industry == industry)]
        far = (rows.value - rows.published).abs() > rules().prices
        ends = rows.period[far & (rows.basis == "constant")]
        return max((parse_period(text).start for text in ends), default=date.min)

    @cached_property
    def _leads(self) -> frozenset[tuple[str, ...]]:
        """Of what, where and when the best figure that was observed is of the weakest grade."""
        frame = self._result.tables["figures"]
        rows = frame[(frame.grade == GRADES[-1]) & frame.kind.isin(SETTLED)]
        rows = rows[(rows.entity == "") & (rows.vintage == "") & (rows.scope == "")]
        return frozenset(zip(rows.indicator, rows.region, rows.industry, rows.period, strict=True))

    def is_lead(self, peer: PeerFigure) -> bool:
        """True for a figure of a place whose source is of the weakest grade."""
        about = peer.indicator, peer.region, peer.industry
        ends = (peer.period, *filter(None, [peer.start]))
        return any((*about, str(end)) in self._leads for end in ends)

    def rank_of(self, figure: RegionFigure | None) -> PeerFigure | None:
        """The figure of a panel with the rank of that very quantity, over the same time.

        None where one of the places stands among the others by a lead alone.
        """
        if figure is None:
            return None
        about = (figure.indicator.id, figure.industry, figure.form, figure.start, figure.period)
        places = {self.region.code, *self.region.places_of("comparison")}
        alike = [
            peer
            for peer in self.peers
            if peer.region in places
            and (peer.indicator, peer.industry, peer.form, peer.start, peer.period) == about
        ]
        ranked = [peer for peer in alike if peer.of > 1 and peer.rank.known]
        own = next((peer for peer in ranked if peer.region == self.region.code), None)
        return None if any(map(self.is_lead, alike)) else own

    def cited(self, peer: PeerFigure) -> tuple[str, ...]:
        """The figure of a place as it was observed; nothing for one of a panel."""
        frame = self._result.tables["figures"]
        about = (
            (frame.indicator == peer.indicator)
            & (frame.region == peer.region)
            & (frame.industry == peer.industry)
            & (frame.period == str(peer.period))
            & (frame.scope == "")
            & (frame.entity == "")
            & (frame.vintage == "")
        )
        return tuple(frame.loc[about, "observation"])[:1]

    def _grade(self, indicator: str) -> str:
        """The weakest grade of the sources of a panel."""
        grades = self.region.figures.cells.select(indicator=indicator).distinct("grade")
        return weakest(grades)
