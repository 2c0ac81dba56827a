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
from songhua.region.observations import SERIES
from songhua.region.series import Codes, Series
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

#: What a level and its published growth share beside the indicator.
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

    >>> from songhua.studies.diagnose import example
    >>> levels = [example.observed("gdp", "2020", "40"), example.observed("gdp", "2021", "50")]
    >>> rate = example.observed("growth", "2021", "9")
    >>> rows = level_changes(example.figures(*levels, rate))
    >>> rows[["period", "value", "published", "basis", "disagrees"]].values.tolist()
    [['2021', 25.0, 9.0, 'constant', False]]
    >>> rows[["low", "high"]].round(2).values.tolist(), rows["estimate"].tolist()
    ([[22.22, 27.85]], ['bound'])
    """
    return figures.once(_level_changes)


def disputed_changes(figures: Figures) -> list[LevelChange]:
    """The changes that the published growth contradicts.

    >>> from songhua.studies.diagnose import example
    >>> levels = [example.observed("gdp", "2020", "40"), example.observed("gdp", "2021", "50")]
    >>> disputed_changes(example.figures(*levels))
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
    known = at >= 0
    rate = rates.where(at[known])
    change = (Intervals(later.low, later.high) / Intervals(earlier.low, earlier.high) - 1) * 100
    beside = Intervals(change.low[known], change.high[known])
    names, codes = rate.names("indicator"), rate.codes("indicator")
    basis = _spread(known, _each([region.catalogue[id].basis for id in names], codes), "")
    follows = _each([region.relations.follows_levels(id) for id in names], codes).astype(bool)
    apart = ~beside.overlaps(Intervals(rate.low, rate.high)) & follows
    ids = zip(earlier.ids, later.ids, _spread(known, rate.ids, ""), strict=True)
    return pd.DataFrame(
        {
            **{name: later.texts(name) for name in ("indicator", "region", "industry", "scope")},
            "period": later.texts("period"),
            "value": (later.value / earlier.value - 1) * 100,
            "low": change.low,
            "high": change.high,
            "estimate": np.where(change.high - change.low > 1e-9, "bound", "identity"),
            "published": _spread(known, rate.value, np.nan),
            "basis": basis,
            "disagrees": _spread(known, apart, False),
            "observations": [" ".join(dict.fromkeys(" ".join(some).split())) for some in ids],
        }
    )


def _pairs(region: Region, levels: Series) -> tuple[Series, Series]:
    """Levels above nought, and those of the same series a year later; series by series."""
    series, _ = pd.factorize(levels.joint(*SERIES))
    order = np.argsort(series, kind="stable")
    levels, series, many = levels.where(order), series[order], len(levels.names("period"))
    before = _each(_year_before(levels), levels.codes("period")).astype(np.int64)
    found = _places(series * many + levels.codes("period"), series * many + before)
    later = np.flatnonzero((before >= 0) & (found >= 0))
    old, new = levels.where(found[later]), levels.where(later)
    kept = (old.value > 0) & _unbroken(region, old, new)
    return old.where(kept), new.where(kept)


def _year_before(levels: Series) -> list[int]:
    """Of each period the code of that a year before, or -1."""
    periods = levels.names("period")
    codes = {period: at for at, period in enumerate(periods)}
    even = (None if one.kind in UNEVEN else one.shifted(-1) for one in periods)
    return [-1 if one is None else codes.get(one, -1) for one in even]


def _unbroken(region: Region, old: Series, new: Series) -> Mask:
    """Where no break of the indicator lies between the two."""
    broken = [id for id, measured in region.catalogue.items() if measured.breaks]
    kept = ~new.have(indicator=broken)
    for at in np.flatnonzero(~kept).tolist():
        one = new[at]
        kept[at] = region.catalogue[one.indicator].unbroken(old[at].period, one.period)
    return kept


def _published(region: Region, rates: Series, levels: Series) -> Codes:
    """The place of each level's published growth among the rates, constant prices first, or -1."""
    names = levels.names("indicator")
    codes = {name: at for at, name in enumerate(names)}
    of = [[codes[r] for r in region.relations.growth_of(id) if r in codes] for id in names]
    first, mine = rates.joint_with(levels, *_SAME)
    own = pd.Series(first * len(names) + rates.codes("indicator"))
    places = np.flatnonzero(~own.duplicated().to_numpy())
    found = np.full(len(levels), -1, dtype=np.int64)
    for nth in range(max(map(len, of), default=0)):
        rate = _each(
            [some[nth] if nth < len(some) else -1 for some in of], levels.codes("indicator")
        )
        rate = rate.astype(np.int64)
        at = _places(own.to_numpy()[places], mine * len(names) + rate)
        new = (found < 0) & (rate >= 0) & (at >= 0)
        found[new] = places[at[new]]
    return found


def _places(keys: Codes, wanted: Codes) -> Codes:
    """Where each wanted key stands among different keys, or -1."""
    return np.asarray(pd.Index(keys).get_indexer(pd.Index(wanted)), dtype=np.int64)


def _each(values: Sequence[Any], codes: Codes) -> npt.NDArray[Any]:
    """The value that each code stands for."""
    return np.array(values, dtype=object)[codes] if len(values) else np.empty(0, dtype=object)


def _spread(known: Mask, values: Iterable[Any], blank: Any) -> npt.NDArray[Any]:
    """Values where they are known, a blank elsewhere."""
    given = np.asarray(values)
    found = np.full(len(known), blank, dtype=given.dtype if given.dtype.kind in "fb" else object)
    found[known] = given
    return found
