"""A panel of places and industries as levels by period, as entries and exits are learnt from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from songhua.labels import parse_period
from songhua.labels.units import parse_unit
from songhua.maths.choice import Definition, starts
from songhua.region import Region
from songhua.region.indicators import Indicator
from songhua.region.series import Series
from songhua.studies.choose.definition import COUNTS, CURRENT, FIRMS, VOLUMES, Thresholds, rules
from songhua.studies.panels import WHOLE

#: The units of counts, whose noise is known.
COUNTED = ("persons", "count", "households")


@dataclass(frozen=True)
class PanelLevels:
    """Levels of one indicator: period × place × industry, in the unit of `factor` × the base unit.

    Counts are in ones (persons), value in the unit of its indicator. `rounded` is the step to which
    counts are rounded, and `measured` is the kind of levels. Transitions start `step` years apart,
    at each `stride`-th of the `periods`, and no definition changed between these. `newer` are
    periods after the last one, for which no odds can be given.
    """

    indicator: str
    source: str
    industries: tuple[str, ...]
    places: tuple[str, ...]
    periods: tuple[str, ...]
    step: int
    levels: np.ndarray
    factor: float
    measured: str
    rounded: float
    newer: tuple[str, ...] = ()
    stride: int = 1

    def definition(self, thresholds: Thresholds) -> Definition:
        """The definition of entry and exit in this panel."""
        return thresholds.of(self.measured, self.rounded, self.stride)

    def starts(self) -> range:
        """The periods at which transitions start."""
        return starts(len(self.periods), self.definition(Thresholds()))

    def of_place(self, place: str) -> np.ndarray:
        """The levels of one place, period by industry."""
        return self.levels[:, self.places.index(place)]


def indicators_with_levels(region: Region, place: str = "") -> Iterator[str]:
    """The indicators of whose levels a panel holds the region, or another place, by industry.

    Those with too few regions to learn from stand last; then those at current prices, since jobs
    and volumes do not move with prices; of the others the widest stands first.

    >>> from songhua.studies.choose.example import town
    >>> list(indicators_with_levels(Region.of("here"))), list(indicators_with_levels(town()))
    ([], ['jobs'])
    """
    cells = region.figures.cells.select(region=place or region.code)
    by_indicator = cells.where(~cells.have(industry=WHOLE)).by("indicator")
    wide = {name: len(some.distinct("industry")) for name, some in by_indicator.items()}
    catalogue = region.catalogue
    ranked = [
        (len(cut[-1].places) < rules().regions, cut[-1].measured == CURRENT, -n, name)
        for name, n in wide.items()
        if n > 1 and catalogue[name].form == "level" and _sized(catalogue[name])
        if (cut := spans(region, name, place=place))
    ]
    yield from (name for *_, name in sorted(ranked))


def _sized(indicator: Indicator) -> bool:
    """True for an amount that a region has more or less of: jobs, firms, value."""
    unit = parse_unit(indicator.unit)
    return counted(indicator) or (unit.money and indicator.measure in ("value_added", "output"))


def counted(indicator: Indicator) -> bool:
    """True for an indicator that counts persons, firms or the like.

    >>> counted(Indicator("jobs", unit="10k persons")), counted(Indicator("gdp", unit="m EUR"))
    (True, False)
    """
    base, per = parse_unit(indicator.unit).dimension
    return base in COUNTED and not per and indicator.basis != "constant"


def factor_of(indicator: Indicator) -> float:
    """The factor of levels: counts stand in ones.

    >>> factor_of(Indicator("jobs", unit="10k persons")), factor_of(Indicator("gdp", unit="m EUR"))
    (10000.0, 1.0)
    """
    return float(parse_unit(indicator.unit).factor) if counted(indicator) else 1.0


def measured(indicator: Indicator) -> str:
    """The measure of an indicator's levels: jobs, firms, volumes (constant prices), current values.

    >>> measured(Indicator("jobs", unit="10k persons")), measured(Indicator("gdp", unit="m EUR"))
    ('counts', 'current')
    >>> measured(Indicator("real", unit="m EUR@2015", basis="constant"))
    'volumes'
    """
    if counted(indicator):
        return COUNTS if parse_unit(indicator.unit).dimension[0] == "persons" else FIRMS
    return VOLUMES if indicator.basis == "constant" else CURRENT


def spans(
    region: Region, indicator: str, step: int = 0, industries: Sequence[str] = (), place: str = ""
) -> list[PanelLevels]:
    """The panel of an indicator in each span without a break, the earliest first.

    A span with two periods or more; where there is none, the last period alone. Larger areas are
    left out, and places of which more than a fifth of the cells is missing in a period. There is
    none where that leaves no place or no industry.

    Args:
        region: the panel's folder; its places may be more than the folder names.
        indicator: one of `indicators_with_levels`.
        step: years from start to start; 0 for five where that leaves three starts, else as
            published. The periods between and before them are kept, since they show which crossings
            last.
        industries: those that are wanted; the finest that add up, if not given.
        place: the one that the panel is for; the region, if not given.

    >>> from songhua.studies.choose.example import town
    >>> (jobs,) = spans(town(), "jobs")  # the land is larger, and left out
    >>> jobs.periods, jobs.step, jobs.places, jobs.of_place("here").tolist()
    (('2017', '2019', '2021'), 2, ('here', 'there'), [[10.0, 30.0], [10.0, 30.0], [10.0, 40.0]])
    >>> (wide,) = spans(town(), "jobs", step=4)
    >>> wide.periods, wide.stride, [*wide.starts()]
    (('2017', '2019', '2021'), 2, [0, 2])
    """
    about = region.catalogue[indicator]
    wide = region.panel(indicator)
    years = {p: t.start.year for p in _periods(wide) if (t := parse_period(p)).kind == "year"}
    place = place or region.code
    larger = {*region.places_of("parent")} - {place}
    at = wide.index.get_level_values("region")
    wide = wide[~at.isin(larger)]
    region_rows = wide.index[wide.index.get_level_values("region") == place]
    with_own = {period for period, _ in region_rows} if len(region_rows) else set(years)
    cut = about.spans(p for p in years if p in with_own)
    chosen = [_stepped(span, years, step) for span in cut]
    usable = [stepped for stepped in chosen if len(stepped[0]) > 1] or chosen[-1:]
    candidates = (_span(region, about, wide, *stepped, industries) for stepped in usable)
    panels = [panel for panel in candidates if panel.levels.size]
    if panels:
        last = years[panels[-1].periods[-1]]
        newer = tuple(sorted(p for p in with_own if years[p] > last))
        panels[-1] = replace(panels[-1], newer=newer)
    return panels


def _periods(wide: pd.DataFrame) -> list[str]:
    return [str(period) for period in wide.index.get_level_values("period").unique()]


def _stepped(
    span: Sequence[str], years: Mapping[str, int], step: int
) -> tuple[list[str], int, int]:
    """Periods of a span an equal step apart, back from its last, with those between and before.

    Returns:
        The periods, the step in years, and how many periods it spans.

    >>> years = {str(year): year for year in range(2001, 2013)}
    >>> periods, step, stride = _stepped([*years], years, 0)
    >>> (periods[0], periods[-1], len(periods)), step, stride
    (('2001', '2012', 12), 5, 5)
    >>> _stepped(["2003", "2007", "2008", "2009"], years, 0)
    (['2007', '2008', '2009'], 1, 1)
    >>> _stepped(["2001", "2002", "2007", "2012"], years, 5)
    (['2002', '2007', '2012'], 5, 1)
    """
    by_year = {years[period]: period for period in span}
    gaps = sorted({b - a for a, b in zip(sorted(by_year), sorted(by_year)[1:], strict=False)})
    tries = [step] if step else [rules().step, *gaps]
    best, apart = _back(by_year, 1)[-1:], step or 1
    for trial_gap in tries:
        chain = _back(by_year, trial_gap)
        if len(chain) >= 3 or len(chain) > len(best):
            best, apart = chain, trial_gap
        if len(chain) >= 3:
            break
    finer = (divisor for divisor in range(1, apart + 1) if apart % divisor == 0)
    gap = next(divisor for divisor in finer if {*best} <= {*_back(by_year, divisor)})
    return [by_year[year] for year in _back(by_year, gap)], apart, apart // gap


def _back(years: Iterable[int], gap: int) -> list[int]:
    """The last of some years, and those before it that follow one another at a gap.

    >>> _back([2001, 2007, 2008, 2009], 1)
    [2007, 2008, 2009]
    """
    last = max(years)
    first = next(
        year for year in range(last, min(years) - gap - 1, -gap) if year - gap not in years
    )
    return [*range(first, last + 1, gap)]


def _span(
    region: Region,
    about: Indicator,
    wide: pd.DataFrame,
    periods: list[str],
    step: int,
    stride: int,
    industries: Sequence[str],
) -> PanelLevels:
    """The levels of some periods; industries and places are those of the starts."""
    is_count, factor = counted(about), factor_of(about)
    begins = periods[(len(periods) - 1) % stride :: stride]
    at_starts = wide[wide.index.get_level_values("period").isin(begins)]
    wanted = [*industries] or _finest(region, at_starts)
    rows = at_starts.reindex(columns=wanted)
    missing = rows.isna().mean(axis=1) <= rules().missing
    counts = missing[missing].groupby(level="region").size()
    places = sorted(counts[counts == len(begins)].index)
    rows = wide.reindex(columns=wanted)
    grid = pd.MultiIndex.from_product([periods, places], names=["period", "region"])
    levels = rows.reindex(grid).to_numpy(float).reshape(len(periods), len(places), len(wanted))
    levels = levels * factor
    cells = region.figures.cells.select(indicator=about.id, period=[*map(parse_period, periods)])
    return PanelLevels(
        about.id,
        _source(cells),
        tuple(wanted),
        tuple(map(str, places)),
        tuple(periods),
        step,
        np.round(levels, 6) if is_count else levels,
        factor,
        measured(about),
        _rounded(cells, factor) if is_count else 1.0,
        stride=stride,
    )


def _finest(region: Region, wide: pd.DataFrame) -> list[str]:
    """The finest industries that add up to the whole and are there in every period.

    One is there in a period where half of the places or more have a number for it.
    """
    mostly_known = wide.notna().groupby(level="period").mean() >= 0.5
    present = {str(name) for name in mostly_known.columns[mostly_known.all()]}
    split = region.partitions()

    def leaves(industry: str) -> Iterable[str]:
        parts = next((p for p in split.get(industry, []) if present.issuperset(p)), None)
        if parts is None:
            return [industry]
        return [leaf for part in parts for leaf in leaves(part)]

    finest = [*leaves(WHOLE)]
    if finest != [WHOLE]:
        return finest
    nearly = [p for p in split.get(WHOLE, []) if len(present.intersection(p)) >= 0.8 * len(p)]
    return nearly[0] if nearly else sorted(present - {WHOLE})


def _source(cells: Series) -> str:
    """The source of most cells."""
    return max(cells.by("source").items(), key=lambda group: len(group[1]), default=("", ()))[0]


def _rounded(cells: Series, factor: float) -> float:
    """The step to which most cells are rounded, in the period where it is coarsest."""
    width = pd.Series(((cells.high - cells.low) * factor).round(3))
    steps = width.groupby(cells.codes("period")).agg(lambda widths: widths.mode().max())
    return float(steps.max()) if len(steps) and steps.max() > 1 else 1.0
