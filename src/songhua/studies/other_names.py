"""One quantity under several names: every figure that two of them have of one thing, compared.

Which indicators are one quantity the catalogue says (`same_as`). They are kept apart all the same:
another name often is another vintage, so no figure of one ever fills a gap of the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import combinations

import pandas as pd

from songhua.labels import parse_unit
from songhua.labels.units import factor
from songhua.region import Region
from songhua.region.observations import Observation
from songhua.region.series import Series
from songhua.studies.panels import COLUMNS as PANEL
from songhua.studies.panels import Panel
from songhua.studies.series import Figures
from songhua.studies.series_or_panels import settled_cells

#: The labels that two figures of one thing have in common.
SHARED_LABELS = ("region", "industry", "period")
ENDS = ("value", "low", "high")
#: The columns of a figure and its ends under the other name.
OTHER_COLUMNS = {name: f"other_{name}" for name in (*ENDS, "id")}


@dataclass(frozen=True, slots=True)
class CommonFigure:
    """A figure that two names of a quantity have: a row of `common_figures`."""

    indicator: str
    other: str
    region: str
    industry: str
    period: str
    value: float
    low: float
    high: float
    id: str
    other_value: float
    other_low: float
    other_high: float
    other_id: str
    differs: bool


COLUMNS = tuple(field.name for field in fields(CommonFigure))


def example() -> Figures:
    """Two figures of product for one year, under two names that are declared the same.

    >>> example().region.relations.same_quantity("gdp")
    ('gdp', 'city_gdp')
    """
    kind = {"unit": "bn EUR", "form": "level", "measure": "value_added"}
    entries = {"gdp": kind, "city_gdp": {**kind, "same_as": "gdp"}}
    rows = [
        Observation.of(name, "2021", text, region="here", unit="bn EUR")
        for name, text in (("gdp", "5"), ("city_gdp", "7"))
    ]
    return Figures.of(Region.of("here", indicators=entries), rows)


def common_figures(figures: Figures) -> pd.DataFrame:
    """A row for each figure that two names of a quantity have of one place, industry and period.

    In the unit of `indicator`, the first of the two in the catalogue; `differs` where the ends that
    rounding leaves have no number in common. Of each name a published figure goes before a cell of
    a panel; figures of an entity, a vintage, a scope or with a word as "about" are left out.

    >>> rows = common_figures(example())
    >>> rows[["indicator", "value", "other", "other_value", "differs"]].values.tolist()
    [['gdp', 5.0, 'city_gdp', 7.0, True]]
    """
    return figures.once(_common_figures)


def _common_figures(figures: Figures) -> pd.DataFrame:
    region = figures.region
    groups = {region.relations.same_quantity(id) for id in region.catalogue}
    groups = [group for group in groups if len(group) > 1]
    frames = _first_figures(figures, {id for group in groups for id in group})
    pairs = [
        _pair(region, frames, *pair)
        for group in sorted(groups)
        for pair in combinations(group, 2)
        if all(id in frames for id in pair)
    ]
    blank = pd.DataFrame(columns=list(COLUMNS))
    return pd.concat(pairs, ignore_index=True)[list(COLUMNS)] if pairs else blank


def _first_figures(figures: Figures, names: set[str]) -> dict[str, pd.DataFrame]:
    """By indicator the first figure of each thing: published ones, then cells of panels."""
    settled = figures.settled
    rows = settled.where(
        settled.usual & settled.bounded & settled.have(indicator=names, qualifier="", entity="")
    )
    cells = settled_cells(figures.region).select(indicator=names)
    listed = [_frame(some) for some in (rows, cells) if names and some]
    if not listed:
        return {}
    first = pd.concat(listed).drop_duplicates(["indicator", *SHARED_LABELS])
    return {str(name): group for name, group in first.groupby("indicator", sort=False)}


def _frame(rows: Series) -> pd.DataFrame:
    """The labels, numbers and ids of figures."""
    labels = {name: rows.texts(name) for name in ("indicator", *SHARED_LABELS)}
    ends = {name: getattr(rows, name) for name in ENDS}
    return pd.DataFrame({**labels, **ends, "id": [ids.split(" ")[0] for ids in rows.ids]})


def _pair(region: Region, frames: dict[str, pd.DataFrame], name: str, other: str) -> pd.DataFrame:
    """The common figures of two names, in the unit of the first."""
    units = (parse_unit(region.unit(id)) for id in (other, name))
    scale = float(factor(*units))
    theirs = (
        frames[other].rename(columns=OTHER_COLUMNS).drop(columns="indicator").assign(other=other)
    )
    for column in ENDS:
        theirs[OTHER_COLUMNS[column]] = theirs[OTHER_COLUMNS[column]].astype(float) * scale
    common = frames[name].merge(theirs, on=list(SHARED_LABELS))
    low = common[["low", "other_low"]].astype(float).max(axis=1)
    high = common[["high", "other_high"]].astype(float).min(axis=1)
    largest = pd.concat([low, high], axis=1).abs().max(axis=1)
    return common.assign(differs=low > high + 1e-9 * largest)


def differing(figures: Figures) -> Iterator[CommonFigure]:
    """The common figures that differ by more than rounding.

    >>> [(row.value, row.other_value) for row in differing(example())]
    [(5.0, 7.0)]
    """
    rows = common_figures(figures)
    for row in rows[rows["differs"].astype(bool)].itertuples(index=False, name=None):
        yield CommonFigure(*row)


def by_other_names(figures: Figures, indicator: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """Each other name of an indicator's quantity, with the figures that both have.

    The figures are in the unit of the indicator: its own in `value`, `low` and `high`, the other's
    in `other_value`, `other_low` and `other_high`.

    >>> [(name, rows["value"].tolist()) for name, rows in by_other_names(example(), "city_gdp")]
    [('gdp', [7.0])]
    """
    rows = common_figures(figures)
    straight = rows[rows["indicator"] == indicator]
    for other_name, group in straight.groupby("other", sort=False):
        yield str(other_name), group
    turned = rows[rows["other"] == indicator]
    back = {new: old for old, new in OTHER_COLUMNS.items()}
    for other_name, group in turned.groupby("indicator", sort=False):
        units = (parse_unit(figures.region.unit(id)) for id in (str(other_name), indicator))
        scale = float(factor(*units))
        swapped = group.rename(
            columns={**OTHER_COLUMNS, **back, "indicator": "other", "other": "indicator"}
        )
        for column in (*ENDS, *(OTHER_COLUMNS[end] for end in ENDS)):
            swapped[column] = swapped[column].astype(float) * scale
        yield str(other_name), swapped[list(COLUMNS)]


@dataclass(frozen=True)
class PanelByName:
    """A panel with the figures of another name of its quantity.

    `differing` has those that differ in the place of its own. `restricted` has no other levels than
    the other name holds, so that no level is set against one of another vintage; rates are single.
    """

    name: str
    differing: Panel
    restricted: Panel


def panels_by_other_names(figures: Figures, panel: Panel) -> Iterator[PanelByName]:
    """The panel with the figures of each other name of its quantity that differs anywhere.

    >>> from songhua.studies.diagnose import town as small
    >>> list(panels_by_other_names(small.figures(), small.panel()))
    []
    """
    # of rates single periods may be taken from another vintage: they are not chained levels
    rates = figures.region.indicator(panel.indicator).rate
    for other_name, rows in by_other_names(figures, panel.indicator):
        if not rows["differs"].any():
            continue
        replaced = {}
        for column, name in zip(PANEL, ENDS, strict=True):
            cells = getattr(panel, column)
            theirs = _wide(rows[rows["differs"]], OTHER_COLUMNS[name], cells)
            replaced[column] = cells.where(theirs.isna(), theirs)
        differing = restricted = replace(panel, **replaced)
        lacks = _wide(rows, OTHER_COLUMNS["value"], panel.number).isna() & panel.number.notna()
        if not rates and lacks.any(axis=None):
            restricted = replace(
                panel, **{name: frame.mask(lacks) for name, frame in replaced.items()}
            )
        yield PanelByName(other_name, differing, restricted)


def _wide(rows: pd.DataFrame, column: str, like: pd.DataFrame) -> pd.DataFrame:
    """One column of figures in the form of a panel's table."""
    wide = rows.pivot(index=["period", "region"], columns="industry", values=column)
    return wide.astype(float).reindex(index=like.index, columns=like.columns)


def undeclared(figures: Figures) -> list[tuple[str, str]]:
    """Pairs of indicators that measure alike and have figures of one thing, and nothing said of it.

    Alike are those of one measure, form, unit, prices and time. Either `same_as` or
    `not_comparable` says what such a pair is.

    >>> undeclared(example())
    []
    """
    region = figures.region
    alike: dict[object, list[str]] = {}
    for id, entry in region.catalogue.items():
        if entry.measure:
            unit = parse_unit(entry.unit).dimension
            alike.setdefault((entry.measure, entry.form, entry.basis, entry.time, unit), []).append(
                id
            )
    groups = [group for group in alike.values() if len(group) > 1]
    frames = _first_figures(figures, {id for group in groups for id in group})
    return [
        pair
        for group in groups
        for pair in combinations(group, 2)
        if region.relations.comparable(*pair) is None
        and all(id in frames for id in pair)
        and len(frames[pair[0]].merge(frames[pair[1]], on=list(SHARED_LABELS)))
    ]
