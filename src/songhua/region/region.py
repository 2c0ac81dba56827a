"""A region: its catalogues and its observations, frozen, with labels on everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from warnings import warn

import numpy as np
import pandas as pd

from songhua import schema
from songhua.errors import SonghuaError
from songhua.fault_kinds import ObservationUnknown
from songhua.labels import Period, parse_period
from songhua.labels.lookup import among, places, refuse_other, refuse_unknown
from songhua.maths.interindustry import InputOutputTable
from songhua.messages import Words
from songhua.region.catalogues import Catalogues
from songhua.region.fault_kinds import LabelColumnUnknown
from songhua.region.figure_rows import COLUMNS
from songhua.region.figures import FigureTable
from songhua.region.grades import GRADES, weakest
from songhua.region.indicators import Indicator
from songhua.region.known import known_rows, since, source_days
from songhua.region.learnt import LearntPanel
from songhua.region.newest import newest
from songhua.region.series import Series
from songhua.schema import Catalogue, Entry

__all__ = ["AHEAD", "GRADES", "SETTLED", "Catalogue", "Indicator", "Region", "weakest"]

SETTLED = ("actual", "preliminary", "estimate")
AHEAD = ("target", "expectation")

COUNTED = (
    "observations", "panels", "tables", "sources", "indicators", "industries", "places", "entities",
    "claims", "left_out",
)  # fmt: skip
CATALOGUE_OF = {
    "indicator": "indicators", "region": "places", "industry": "industries", "entity": "entities",
    "source": "sources",
}  # fmt: skip
#: The texts of a cell of a panel.
PANEL_TEXTS = (
    "indicator", "region", "industry", "period", "unit", "status", "kind", "source", "recorded",
    "file",
)  # fmt: skip


@dataclass(frozen=True)
class Region(Catalogues):
    """A region as its folder describes it: its catalogues, and its rows.

    `figures` has a row a figure, and a row a cell of a panel.
    `within` is the area that it lies in, `kind` is `seat` where that area is governed from here.
    `reviews` has a row an answer of a department: the columns of `reviews/*.csv` as text, `file`
    and `row`. An answer is what somebody said, and never an observation. `rulebooks` has
    the name of every status by law, by its rulebook; `tags` has words for what stands as a scope or
    a vintage. `learnt` has by file what was learnt from wider panels.
    """

    figures: FigureTable
    left_out: pd.DataFrame
    indices: Catalogue = field(default_factory=dict)
    as_of: date | None = None
    hidden: Mapping[str, int] = field(default_factory=dict)
    tables: Mapping[str, InputOutputTable] = field(default_factory=dict)
    reviews: pd.DataFrame = field(default_factory=pd.DataFrame)
    rulebooks: Mapping[str, Words] = field(default_factory=dict)
    tags: Catalogue = field(default_factory=dict)
    learnt: Mapping[str, LearntPanel] = field(default_factory=dict)
    within: str = ""
    kind: str = ""

    def __post_init__(self) -> None:
        """The figures are read by the catalogues that stand beside them."""
        object.__setattr__(self, "figures", self.figures.under(self.indicators, self.sources))

    @property
    def observations(self) -> pd.DataFrame:
        """The figures that are no cells of panels. Use `figures.observations.frame`."""
        warn("Region.observations: use Region.figures.observations.frame", DeprecationWarning, 2)
        return self.figures.observations.frame[[*COLUMNS]]

    @property
    def panels(self) -> pd.DataFrame:
        """The cells of panels, in the indicators' units. Use `figures.cells`."""
        warn("Region.panels: use Region.figures.cells", DeprecationWarning, 2)
        return _panels(self.figures.cells)

    def __repr__(self) -> str:
        """The region's code and how much it holds, short enough for a screen."""
        as_of = f", as of {self.as_of}" if self.as_of else ""
        sizes = ", ".join(f"{name}: {n}" for name, n in self.counts().items() if n)
        return f"Region({self.code!r}{as_of}, {sizes})"

    def counts(self) -> dict[str, int]:
        """Number of entries and rows by catalogue and table; the region is among its places.

        >>> Region.of("rivertown").counts()["places"]
        1
        """
        rows = self.figures.folders
        counted = {name: rows[name] if name in rows else getattr(self, name) for name in COUNTED}
        return {name: len(some) + (name == "places") for name, some in counted.items()}

    @classmethod
    def of(cls, code: str, **parts: Any) -> Region:
        """A region with these parts and nothing else, for examples and tests.

        `observations` and `panels` are frames, of which the figures are made.

        >>> Region.of("rivertown", places={"upland": {"role": "parent"}}).places_of("parent")
        ['upland']
        """
        catalogues = ("places", "sources", "indicators", "industries", "entities", "claims")
        blank: dict[str, Any] = {"code": code, "name": Words(), "currency": "", "base_year": None}
        blank |= {name: {} for name in catalogues} | {"left_out": pd.DataFrame()}
        rows = (parts.pop(name, None) for name in ("observations", "panels"))
        return cls(**({**blank, "figures": FigureTable.of(*rows)} | parts))

    def view(self, as_of: date) -> Region:
        """The region as it was known on a day: only what had been published by then.

        Conclusions from rows, such as corrections, follow from the remaining rows. A row whose date
        of publication is unknown is left out, and counted in `hidden`.
        """
        days = source_days(self.sources)

        def entries(name: str, catalogue: Mapping[str, Entry]) -> list[str]:
            table = schema.table(name)
            known = ((id, since(table, entry.get, days)) for id, entry in catalogue.items())
            return [id for id, day in known if day is not None and day <= as_of]

        def rows(name: str, frame: pd.DataFrame) -> pd.DataFrame:
            return known_rows(schema.table(name), frame, days, as_of)

        figures, dates = self.figures.published_by(as_of), self.figures.observations.known
        claims = {id: self.claims[id] for id in entries("claims", self.claims)}
        of_tables = {id: {"source": table.source} for id, table in self.tables.items()}
        sources = {
            *entries("sources", self.sources),
            *figures.observations.distinct("source"),
            *_cited_sources(claims),
        }
        sources |= {id for id, day in days.items() if day is None}
        return replace(
            self, figures=figures, claims=claims,
            sources={id: source for id, source in self.sources.items() if id in sources},
            tables={id: self.tables[id] for id in entries("tables", of_tables)},
            learnt={n: panel for n, panel in self.learnt.items() if panel.was_known(days, as_of)},
            reviews=rows("reviews", self.reviews), left_out=rows("left_out", self.left_out),
            as_of=as_of, hidden={"unknown_date": int(np.isnat(dates).sum())},
        )  # fmt: skip

    def until(self, period: Period) -> Region:
        """The region without figures and reports of a later time; targets and expectations stay.

        Figures are observations and cells of panels, as known today: for those known then, view the
        region as of a day first.
        """
        rows = self.figures.frame
        late = rows.kind.isin(SETTLED) & (rows.end > pd.Timestamp(period.end))
        reviews = self.reviews
        if len(reviews):
            reviews = reviews[[parse_period(text).end <= period.end for text in reviews.review]]
        learnt = {n: panel for n, panel in self.learnt.items() if panel.last.end <= period.end}
        figures = self.figures.where(~late.to_numpy())
        return replace(self, figures=figures, reviews=reviews, learnt=learnt)

    def find(self, **labels: object) -> pd.DataFrame:
        """The rows that carry these labels, in order of period.

        A label that is not given has its usual value: the region itself, the whole economy
        (`industry="all"`), no entity, no vintage, no scope, and a kind that is not a target or
        an expectation. `None` means any. `period` may be a text in any form that
        `songhua.parse_period` reads. Corrected rows are left out; rows of
        the same days stand in the order of the folder.

        Raises:
            SonghuaError: `label_column_unknown`, for a label that is not a column; `label_unknown`,
                for an id that its catalogue does not have.
        """
        usual: dict[str, object] = {
            "region": self.code, "industry": "all", "entity": "", "vintage": "", "scope": "",
            "kind": SETTLED,
        }  # fmt: skip
        frame = self.figures.observations.frame[[*COLUMNS]]
        at = self._places.get(str(labels.get("indicator")), np.arange(len(frame)))
        at = at[~frame.superseded.to_numpy()[at]]
        for column, label in {**usual, **labels}.items():
            if column not in frame.columns:
                raise SonghuaError(LabelColumnUnknown(name=column))
            if label is None:
                continue
            self._refuse_unknown(column, label)
            if column == "period":
                label = str(parse_period(str(label)))
            wanted = list(label) if isinstance(label, (tuple, list, set)) else [label]
            at = at[among(frame[column], wanted, at)]
        return frame.iloc[at[np.lexsort((frame.start.to_numpy()[at], frame.end.to_numpy()[at]))]]

    @cached_property
    def _places(self) -> dict[str, np.ndarray]:
        """Where the observations of each indicator stand."""
        return places(self.figures.observations.frame.indicator)

    def _refuse_unknown(self, column: str, label: object) -> None:
        """Refuse an id that its catalogue does not have."""
        of = CATALOGUE_OF.get(column, "")
        entries: Catalogue = getattr(self, of) if of else {}
        wanted = map(str, label if isinstance(label, (tuple, list, set)) else [label])
        usual = ("", "all", self.code)
        odd = [id for id in wanted if entries and id not in entries and id not in usual]
        if odd:
            refuse_unknown(of, {*entries, *usual}, *odd)

    def best(self, rows: pd.DataFrame) -> pd.Series | None:
        """Of rows for the same thing the one to show: best grade, then latest published.

        Of those that are equal in both, the newest. None if there are no rows.
        """
        if rows.empty:
            return None
        grade = np.array([GRADES.index(self.grade(source)) for source in rows.source])
        published = rows.known.to_numpy()
        best = grade == grade.min()
        if not np.isnat(published[best]).all():
            best &= published == np.nanmax(published[best])
        return newest(rows[best]) if best.sum() > 1 else rows.iloc[int(best.argmax())]

    def series(self, indicator: str, **labels: object) -> pd.DataFrame:
        """One figure a period, the best of each, in order of period."""
        rows = self.find(indicator=indicator, **labels)
        best = [self.best(group) for _, group in rows.groupby("period", sort=False)]
        frame = pd.DataFrame([row for row in best if row is not None], columns=rows.columns)
        return frame.sort_values(["end", "start"], kind="stable").reset_index(drop=True)

    def figure(self, indicator: str, period: str, **labels: object) -> pd.Series | None:
        """The best figure for one period, or None where there is none. Raises as `find`."""
        return self.best(self.find(indicator=indicator, period=period, **labels))

    def panel(self, indicator: str, column: str = "number") -> pd.DataFrame:
        """A panel as one table: (period, region) down, industry across, in the indicator's unit.

        `column` may be `low` or `high` for the rounding bound. A cell without a number is
        missing; a place or an industry that a period lacks altogether is missing too.

        Raises:
            SonghuaError: `label_unknown`; `choice_unknown`, for another column.
        """
        refuse_unknown("indicators", self.indicators, indicator)
        refuse_other(column, ("number", "low", "high"))
        cells = self.figures.cells.select(indicator=indicator).last("period", "region", "industry")
        return cells.wide("value" if column == "number" else column)

    def place_of(self, id: str) -> str:
        """Where a figure stands: file and row, such as `economy.csv:12` or `panels/jobs.csv:7`.

        The id is that of an observation or of a cell of a panel.

        Raises:
            SonghuaError: `observation_unknown`.
        """
        return self.figures.place(self._cited(id))

    def source_of(self, id: str) -> str:
        """The source of an observation or of a cell of a panel. Raises as `place_of`."""
        return str(self.figures.frame.source.iat[self._cited(id)])

    def cites(self, id: str) -> bool:
        """True for the id of an observation or of a cell of a panel."""
        return id in self.figures.places

    def _cited(self, id: str) -> int:
        """Where the figure with an id stands."""
        if id not in self.figures.places:
            raise SonghuaError(ObservationUnknown(text=id))
        return self.figures.places[id]


def _cited_sources(claims: Catalogue) -> Iterator[str]:
    """The sources in which claims look for their numbers."""
    for claim in claims.values():
        for number in (claim.get("numbers") or {}).values():
            yield str(number.get("source", ""))


def _panels(cells: Series) -> pd.DataFrame:
    """Cells of panels as a frame of their own, in the indicators' units."""
    frame = cells.frame
    scaled = {name: frame[name] * frame.scale for name in ("number", "low", "high")}
    texts = dict.fromkeys(PANEL_TEXTS, "str")
    return frame.assign(**scaled).astype(texts)[
        [*PANEL_TEXTS, *scaled, "row", "id", "end", "known"]
    ]
