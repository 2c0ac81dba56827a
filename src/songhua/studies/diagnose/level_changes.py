"""Level changes: each level against the year before, beside the published growth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from songhua.labels import Period
from songhua.maths.interval_columns import Intervals, Mask
from songhua.region import Region
from songhua.region.figure_columns import Codes
from songhua.region.observations import SERIES
from songhua.region.series import Series
from songhua.results import read_rows
from songhua.results.columns import (
    Citations,
    Estimate,
    IndicatorId,
    IndustryId,
    PlaceId,
    Tag,
    choice,
    estimate,
    number,
)
from songhua.studies.diagnose.turning_points import UNEVEN
from songhua.studies.series import Figures

#: The labels that a level and its published growth share beside the indicator.
_SAME = ("region", "industry", "entity", "scope", "period")


@dataclass(frozen=True, slots=True)
class LevelChange:
    """A row of `changes`: a level against the year before; made of columns, for many."""

    indicator: IndicatorId
    region: PlaceId
    industry: IndustryId
    scope: Tag
    period: Period
    value: Annotated[Estimate, estimate(unit="%")]
    published: Annotated[float, number(unit="%")]
    basis: Annotated[str, choice("price_basis")]
    disagrees: bool
    observations: Citations


def level_changes(figures: Figures) -> pd.DataFrame:
    """Each level against the same stretch of the year before: same series, nothing chained (§3).

    100 (level / level a year before - 1), in percent, with the bound that rounding of both leaves;
    the columns are those of the table `changes`.

    >>> from songhua.studies.diagnose import town
    >>> levels = [town.observed("gdp", "2020", "40"), town.observed("gdp", "2021", "50")]
    >>> rate = town.observed("growth", "2021", "9")
    >>> rows = level_changes(town.figures(*levels, rate))
    >>> rows[["period", "value", "published", "basis", "disagrees"]].values.tolist()
    [['2021', 25.0, 9.0, 'constant', False]]
    >>> rows[["low", "high"]].round(2).values.tolist(), rows["estimate"].tolist()
    ([[22.22, 27.85]], ['bound'])
    """
    return figures.once(_level_changes)


def disputed_changes(figures: Figures) -> list[LevelChange]:
    """The changes that the published growth contradicts.

    >>> from songhua.studies.diagnose import town
    >>> levels = [town.observed("gdp", "2020", "40"), town.observed("gdp", "2021", "50")]
    >>> disputed_changes(town.figures(*levels))
    []
    """
    changes = level_changes(figures)
    return read_rows(changes[changes["disagrees"]], LevelChange)


def _level_changes(figures: Figures) -> pd.DataFrame:
    """The changes of all series, one after the other."""
    region = figures.region
    earlier, later = _pairs(region, figures.settled.select(form="level", qualifier="", entity=""))
    rates = figures.settled.select(form="growth")
    at = _published(region, rates, later)
    has_rate = at >= 0
    rate = rates.where(at[has_rate])
    change = (Intervals(later.low, later.high) / Intervals(earlier.low, earlier.high) - 1) * 100
    beside = Intervals(change.low[has_rate], change.high[has_rate])
    names, codes = rate.names("indicator"), rate.codes("indicator")
    basis = _spread(has_rate, _lookup([region.catalogue[id].basis for id in names], codes), "")
    follows = _lookup([region.relations.follows_levels(id) for id in names], codes).astype(bool)
    apart = ~beside.overlaps(Intervals(rate.low, rate.high)) & follows
    ids = zip(earlier.ids, later.ids, _spread(has_rate, rate.ids, ""), strict=True)
    return pd.DataFrame(
        {
            **{name: later.texts(name) for name in ("indicator", "region", "industry", "scope")},
            "period": later.texts("period"),
            "value": (later.value / earlier.value - 1) * 100,
            "low": change.low,
            "high": change.high,
            "estimate": np.where(change.high - change.low > 1e-9, "bound", "identity"),
            "published": _spread(has_rate, rate.value, np.nan),
            "basis": basis,
            "disagrees": _spread(has_rate, apart, False),
            "observations": [" ".join(dict.fromkeys(" ".join(some).split())) for some in ids],
        }
    )


def _pairs(region: Region, levels: Series) -> tuple[Series, Series]:
    """Levels above nought, and those of the same series a year later; series by series."""
    series, _ = pd.factorize(levels.joint(*SERIES))
    order = np.argsort(series, kind="stable")
    levels, series, many = levels.where(order), series[order], len(levels.names("period"))
    before = _lookup(_year_before(levels), levels.codes("period")).astype(np.int64)
    positions = _places(series * many + levels.codes("period"), series * many + before)
    later = np.flatnonzero((before >= 0) & (positions >= 0))
    old, new = levels.where(positions[later]), levels.where(later)
    valid = (old.value > 0) & _unbroken(region, old, new)
    return old.where(valid), new.where(valid)


def _year_before(levels: Series) -> list[int]:
    """Of each period the code of that a year before, or -1."""
    periods = levels.names("period")
    codes = {period: at for at, period in enumerate(periods)}
    even = (None if period.kind in UNEVEN else period.shifted(-1) for period in periods)
    return [-1 if earlier is None else codes.get(earlier, -1) for earlier in even]


def _unbroken(region: Region, old: Series, new: Series) -> Mask:
    """True where no break of the indicator or of the territory lies between the two levels."""
    unbroken = ~region.may_break(new)
    for at in np.flatnonzero(~unbroken).tolist():
        level, before = new[at], old[at].period
        measured = region.indicator(level.indicator, level.region)
        unbroken[at] = measured.unbroken(before, level.period)
    return unbroken


def _published(region: Region, rates: Series, levels: Series) -> Codes:
    """The place of each level's published growth among the rates, constant prices first, or -1."""
    names = levels.names("indicator")
    codes = {name: at for at, name in enumerate(names)}
    of = [[codes[r] for r in region.relations.growth_of(id) if r in codes] for id in names]
    first, mine = rates.joint_with(levels, *_SAME)
    keys = pd.Series(first * len(names) + rates.codes("indicator"))
    places = np.flatnonzero(~keys.duplicated().to_numpy())
    matches = np.full(len(levels), -1, dtype=np.int64)
    for nth in range(max(map(len, of), default=0)):
        rate = _lookup(
            [some[nth] if nth < len(some) else -1 for some in of], levels.codes("indicator")
        )
        rate = rate.astype(np.int64)
        at = _places(keys.to_numpy()[places], mine * len(names) + rate)
        new = (matches < 0) & (rate >= 0) & (at >= 0)
        matches[new] = places[at[new]]
    return matches


def _places(keys: Codes, wanted: Codes) -> Codes:
    """The place of each wanted key among different keys, or -1."""
    return np.asarray(pd.Index(keys).get_indexer(pd.Index(wanted)), dtype=np.int64)


def _lookup(values: Sequence[Any], codes: Codes) -> npt.NDArray[Any]:
    """The value that each code stands for."""
    return np.array(values, dtype=object)[codes] if len(values) else np.empty(0, dtype=object)


def _spread(mask: Mask, values: Iterable[Any], blank: Any) -> npt.NDArray[Any]:
    """Values where the mask holds, a blank elsewhere."""
    array = np.asarray(values)
    spread = np.full(len(mask), blank, dtype=array.dtype if array.dtype.kind in "fb" else object)
    spread[mask] = array
    return spread
