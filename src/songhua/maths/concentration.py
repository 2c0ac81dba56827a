"""Concentration: where an industry stands, beside where everything stands.

Frames have a row per region and a column per industry (§7); with rows of (period, region) they
are panels, and each period stands alone. A missing level makes its industry's measures missing,
and a missing size of a region all of them (§2).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.labels import align
from songhua.maths.fault_kinds import ColumnsMissing, FormUnknown, PlantsMissing
from songhua.maths.levels import by_row, nation, nonzero, panel, periods, ratio, sizes

FORMS = ("lorenz", "quotients")
PLANT_COLUMNS = ("region", "industry", "size")
WIDE = 32768


def ellison_glaeser(
    frame: pd.DataFrame | None = None,
    plants: pd.DataFrame | None = None,
    plant_herfindahl: pd.Series | None = None,
    region_size: pd.Series | None = None,
) -> pd.DataFrame:
    """Concentration of an industry beyond that of plants thrown at a map.

    With s_r the industry's share in region r, x_r the region's share in everything, z_k a
    plant's share in the industry, H = sum_k z_k^2 and G = sum_r (s_r - x_r)^2:
    gamma = (G - (1 - sum x^2) H) / ((1 - sum x^2) (1 - H)). Around 0 is what chance gives, above
    0.05 is much (Ellison and Glaeser). The standard error is that of gamma where plants choose
    regions by x alone and independently: var G = 2 {H^2 [sum x^2 - 2 sum x^3 + (sum x^2)^2]
    - sum_k z_k^4 [sum x^2 - 4 sum x^3 + 3 (sum x^2)^2]}. It says whether chance explains gamma,
    not how well gamma is measured.

    Args:
        frame: levels, region by industry; or a panel. Made from the plants if not given.
        plants: a row per plant with region, industry and size (for a panel also period).
        plant_herfindahl: H by industry (for a panel by period and industry), where plants are
            not at hand; then no standard error can be given.
        region_size: each region's total; the sum of its row if not given.

    Returns:
        A row per industry (for a panel per period and industry): g, plant_herfindahl, gamma,
        se, z. Missing where one plant is all, or one region.

    Raises:
        SonghuaError: `plants_missing`, with neither plants nor H; `columns_missing`;
            `labels_differ`, `labels_repeat`, `level_impossible`, `levels_not_numbers`.

    Source: G. Ellison and E. L. Glaeser, Geographic Concentration in U.S. Manufacturing
    Industries: A Dartboard Approach, Journal of Political Economy 105(5), 1997.

    >>> frame = pd.DataFrame({"food": [8, 0], "steel": [4, 4]}, index=["a", "b"])
    >>> halves = pd.Series({"food": 0.5, "steel": 0.5})
    >>> size = pd.Series({"a": 50, "b": 50})
    >>> ellison_glaeser(frame, plant_herfindahl=halves, region_size=size)["gamma"].to_dict()
    {'food': 1.0, 'steel': -1.0}
    """
    second, fourth = _plants(plants, plant_herfindahl)
    if frame is None:
        assert plants is not None
        keys = [*(["period"] if "period" in plants else []), "region", "industry"]
        frame = plants.groupby(keys, sort=False)["size"].sum().unstack(fill_value=0)
    values = sizes(frame)
    size = values.sum(axis=1) if region_size is None else by_row(frame, region_size)
    parts = periods(frame.index)
    labels = _labels(frame, [label for label, _ in parts])
    h = _by_industry(labels, second)
    z4 = np.full(len(labels), np.nan) if fourth is None else _by_industry(labels, fourth)
    g, free, spread = (np.empty((len(parts), frame.shape[1])) for _ in range(3))
    h, z4 = h.reshape(g.shape), z4.reshape(g.shape)
    for k, (_, rows) in enumerate(parts):
        x = ratio(size[rows], size[rows].sum())
        x2, x3 = np.square(x).sum(), (x**3).sum()
        g[k] = _apart(values[rows], x, x2)
        free[k] = 1 - x2
        spread[k] = 2 * (h[k] ** 2 * (x2 - 2 * x3 + x2**2) - z4[k] * (x2 - 4 * x3 + 3 * x2**2))
    scale = free * (1 - h)
    excess, sd = g - free * h, np.sqrt(np.maximum(spread, 0.0))
    columns = {
        "g": g,
        "plant_herfindahl": h,
        "gamma": ratio(excess, scale),
        "se": ratio(sd, scale),
        "z": ratio(excess, sd),
    }
    return pd.DataFrame({name: column.ravel() for name, column in columns.items()}, index=labels)


def _apart(values: np.ndarray, x: np.ndarray, x2: float) -> np.ndarray:
    """sum (s - x)^2 of each industry, as sum s^2 - 2 sum s x + sum x^2: no table of shares."""
    e = nonzero(values.sum(axis=0))
    squares = np.einsum("ij,ij->j", values, values)
    return np.maximum(squares / e**2 - 2 * (x @ values) / e + x2, 0.0)


def _plants(
    plants: pd.DataFrame | None, herfindahl: pd.Series | None
) -> tuple[pd.Series, pd.Series | None]:
    """The sums of squared and of fourth powers of plants' shares, by industry."""
    if plants is None:
        if herfindahl is None:
            raise SonghuaError(PlantsMissing())
        return herfindahl, None
    lost = [name for name in PLANT_COLUMNS if name not in plants]
    if lost:
        raise SonghuaError(*(ColumnsMissing(columns=c) for c in lost))
    sizes(plants["size"].reset_index(drop=True))
    keys = [*(["period"] if "period" in plants else []), "industry"]
    grouped = plants.groupby(keys, sort=False)["size"]
    share = plants["size"] / grouped.transform(lambda size: size.sum(skipna=False))
    by = [plants[key] for key in keys]
    second, fourth = ((share**power).groupby(by, sort=False).sum(min_count=1) for power in (2, 4))
    return second, fourth


def _labels(frame: pd.DataFrame, parts: list) -> pd.Index:
    """A label per industry, or per period and industry."""
    if not panel(frame.index):
        return frame.columns
    names = [frame.index.names[0], frame.columns.name]
    return pd.MultiIndex.from_product([parts, frame.columns], names=names)


def _by_industry(labels: pd.Index, sums: pd.Series) -> np.ndarray:
    """One number a label, in the labels' order."""
    _, ordered = align(pd.Series(0, index=labels), sums)
    return sizes(ordered)


def locational_gini(
    frame: pd.DataFrame, region_size: pd.Series | None = None, form: str = "lorenz"
) -> pd.DataFrame:
    """Uneven spread of an industry over the regions: 0 (as everything lies) to nearly 1.

    `lorenz` weighs each region by its size X (Krugman's curve of the industry's shares over
    everything's shares; twice the area between it and the diagonal): G = sum_rs |e_r X_s -
    e_s X_r| / (2 E X). `quotients` counts each region once: the Gini coefficient of the location
    quotients, G = sum_rs |q_r - q_s| / (2 n sum q). The standard error is the jackknife's: each
    region left out in turn. It says how much rests on single regions, where regions are taken as
    drawn from many alike; it is missing with fewer than three regions, or when leaving one out
    leaves no industry.

    Args:
        frame: levels, region by industry; or a panel.
        region_size: each region's total; the sum of its row if not given.
        form: `lorenz` or `quotients`.

    Returns:
        A row per industry (for a panel per period and industry): gini, se, regions (how many
        have anything).

    Raises:
        SonghuaError: `form_unknown`; `labels_differ`, `labels_repeat`, `level_impossible`,
            `levels_not_numbers`.

    Source: P. Krugman, Geography and Trade, 1991; O. Farhauer and A. Kröll, Standorttheorien,
    2013; S. Yitzhaki, Calculating Jackknife Variance Estimators for Parameters of the Gini
    Method, Journal of Business & Economic Statistics 9(2), 1991.

    >>> frame = pd.DataFrame({"food": [4, 0, 0], "steel": [2, 4, 4]}, index=list("abc"))
    >>> size = pd.Series({"a": 10, "b": 10, "c": 20})
    >>> round(locational_gini(frame, size)["gini"], 10).to_dict()
    {'food': 0.75, 'steel': 0.15}
    """
    _check_form(form)
    values = sizes(frame)
    size = values.sum(axis=1) if region_size is None else by_row(frame, region_size)
    parts = periods(frame.index)
    measures = [
        _gini(*_measured(values[rows], size[rows][:, np.newaxis], form)) for _, rows in parts
    ]
    columns = [np.concatenate(column) for column in zip(*measures, strict=True)]
    names = dict(zip(("gini", "se", "regions"), columns, strict=True))
    return pd.DataFrame(names, index=_labels(frame, [label for label, _ in parts]))


def specialisation_gini(
    frame: pd.DataFrame,
    reference: pd.Series | pd.DataFrame | None = None,
    form: str = "quotients",
) -> pd.Series:
    """Uneven weight of a region's industries beside the reference's: 0 (alike) to nearly 1.

    The measures of `locational_gini`, with industries in the place of regions and the
    reference's industries in the place of their sizes. Industries that the reference lacks are
    left out by `quotients`.

    Raises:
        SonghuaError: `form_unknown`; as `songhua.maths.specialisation.location_quotients`.

    Source: O. Farhauer and A. Kröll, Standorttheorien, 2013.

    >>> frame = pd.DataFrame([[700, 600, 500, 10000, 40000]], index=["here"], columns=list("abcde"))
    >>> nation = pd.Series([30000, 15000, 10000, 60000, 50000], index=list("abcde"))
    >>> specialisation_gini(frame, nation).round(7).to_dict()
    {'here': 0.6222222}
    """
    _check_form(form)
    values = sizes(frame)
    ginis = np.empty(len(frame))
    national = nation(frame, values, reference)
    for (_, rows), level in zip(periods(frame.index), national, strict=True):
        ginis[rows] = _gini(*_measured(values[rows].T, level[:, np.newaxis], form))[0]
    return pd.Series(ginis, index=frame.index, name="specialisation_gini")


def _check_form(form: str) -> None:
    """Refuse an unknown form."""
    if form not in FORMS:
        raise SonghuaError(FormUnknown(form=form, forms=tuple(FORMS)))


def _measured(e: np.ndarray, x: np.ndarray, form: str) -> tuple[np.ndarray, np.ndarray]:
    """Numbers to compare and their weights: levels by size, or quotients counted once each."""
    if form == "lorenz":
        return e, np.broadcast_to(x, e.shape)
    counted = np.where(np.isnan(x), np.nan, (x > 0).astype(float))
    return np.where(counted == 0, 0.0, ratio(e, x)), np.broadcast_to(counted, e.shape)


def _gini(e: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gini coefficient of e over x down each column, its jackknife error, and how many count."""
    if not len(e):
        nothing = np.full(e.shape[1], np.nan)
        return nothing, nothing, np.zeros(e.shape[1], dtype=int)
    measures = np.empty((3, e.shape[1]))
    width = max(1, WIDE // len(e))
    for a in range(0, e.shape[1], width):
        part = slice(a, a + width)
        measures[:, part] = _gini_rows(
            np.ascontiguousarray(e[:, part].T), np.ascontiguousarray(x[:, part].T)
        )
    return measures[0], measures[1], measures[2].astype(int)


def _gini_rows(e: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same along each row.

    Sorted by e / x, the sum over s of |e_r x_s - e_s x_r| is e_r (2 X_r - X) - x_r (2 E_r - E),
    with E_r and X_r the sums up to r; so one sort gives the coefficient and all that leave one
    out.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        order = np.argsort(e / x, axis=1)
    e, x = np.take_along_axis(e, order, axis=1), np.take_along_axis(x, order, axis=1)
    present = (e > 0) | (x > 0)
    n = present.sum(axis=1)
    up_e, up_x = np.cumsum(e, axis=1), np.cumsum(x, axis=1)
    sum_e, sum_x = up_e[:, -1:], up_x[:, -1:]
    apart = e * (2 * up_x - sum_x) - x * (2 * up_e - sum_e)
    total = apart.sum(axis=1, keepdims=True)
    gini = ratio(total, 2 * sum_e * sum_x)[:, 0]
    without = ratio(total - 2 * apart, 2 * (sum_e - e) * (sum_x - x))
    if not present.all():
        without = np.where(present, without, 0.0)
    mean = ratio(without.sum(axis=1), n)[:, np.newaxis]
    without -= mean
    squares = np.einsum("ij,ij,ij->i", without, without, present.astype(float))
    se = np.sqrt(ratio((n - 1) * squares, n))
    return gini, np.where(n > 2, se, np.nan), n
