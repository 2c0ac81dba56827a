"""Learning the error model from reference tables.

References are estimates of their authors. What is learnt is how far location-quotient tables
lie from them, and no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from songhua.errors import Fault, SonghuaError
from songhua.maths.regional_error.cells import FEATURES, Cells, cells, link
from songhua.maths.regional_error.model import Deviations, ErrorModel, draw_tables
from songhua.maths.regional_tables import draw_multipliers, regional_multipliers
from songhua.messages import Words

#: Deltas that are tried.
DELTAS = tuple(np.round(np.arange(0.0, 0.505, 0.01), 2).tolist())
#: Highest trade coefficient, in multiples of the nation's coefficient.
CEILING = 1.5
#: Fewest regions from which errors between regions can be learnt.
FEWEST = 4
DRAWS = 400
LEVEL = 0.9


@dataclass(frozen=True)
class References:
    """A nation and the reference tables of some of its regions.

    Args:
        A: national coefficients of home inputs: own supply and that of other regions.
        national_output: output by industry.
        tables: each region's own coefficients (bought within the region), by region.
        outputs: region × industry.
        kinds: kind of each industry, see `draw_tables`.
    """

    A: pd.DataFrame
    national_output: pd.Series
    tables: Mapping[str, pd.DataFrame]
    outputs: pd.DataFrame
    kinds: pd.Series

    def without(self, region: str) -> References:
        """The same without one region's table and output."""
        left = {name: table for name, table in self.tables.items() if name != region}
        return replace(self, tables=left, outputs=self.outputs.loc[list(left)])

    def output(self, region: str) -> pd.Series:
        """A region's output by industry."""
        return self.outputs.T[region]

    def multipliers(self, region: str) -> pd.Series:
        """Output multipliers of a reference table."""
        table = self.tables[region].fillna(0.0).to_numpy()
        return pd.Series(draw_multipliers(table[np.newaxis])[0, 0], self.A.index)

    def cells(self, region: str, delta: float) -> Cells:
        """A region's cells."""
        x = self.output(region)
        return cells(self.A, x, self.national_output, self.kinds, delta, CEILING)

    def draws(self, model: ErrorModel, region: str, rng: np.random.Generator) -> np.ndarray:
        """Output multipliers of drawn tables, draws × industry."""
        x = self.output(region)
        drawn = partial(draw_tables, model, self.A, x, self.national_output, self.kinds)
        return draw_multipliers(drawn(DRAWS, rng, transfer=1.0))[:, 0]


def tuned_delta(given: References, deltas: Sequence[float] = DELTAS) -> float:
    """The delta whose FLQ multipliers are nearest to the reference tables', in squares.

    >>> from songhua.maths.regional_tables import flq
    >>> A, nation = pd.DataFrame([[0.2, 0.4], [0.1, 0.3]]), pd.Series([40, 60])
    >>> x, kinds = pd.DataFrame([[10, 40]], ["here"]), pd.Series(["primary", "services"])
    >>> tables = {"here": flq(A, x.loc["here"], nation, delta=0.2)}
    >>> tuned_delta(References(A, nation, tables, x, kinds))
    0.2
    """
    regions = list(given.tables)
    wanted = np.array([given.multipliers(region) for region in regions])
    outputs = given.outputs.loc[regions]
    gaps = []
    for delta in deltas:
        found = regional_multipliers(given.A, outputs, given.national_output, "flq", delta)
        gaps.append(np.nanmean((np.asarray(found) - wanted) ** 2))
    return float(deltas[int(np.argmin(gaps))])


def fit(
    given: References,
    study: Words,
    source: str,
    rng: np.random.Generator,
    calibrate: bool = True,
) -> ErrorModel:
    """The error model of these reference tables.

    b by least squares, cells weighing as `Cells.weights`, each region as much; its covariance
    by leaving out each region in turn; the variances of region, seller, buyer and cell by
    moments of pairs of cells that share nothing, the seller, the buyer or both. The widening is
    the factor with which, each region left out in turn, as many multipliers lie in their
    90 % interval; never below one.

    Args:
        given: the reference tables.
        study: what to call the study, by language.
        source: where the tables are from.
        rng: where chance comes from.
        calibrate: whether to learn the widening; it is one otherwise.

    Raises:
        SonghuaError: `regional_references`, with fewer than four regions (five to calibrate).
    """
    least = FEWEST + calibrate
    if len(given.tables) < least:
        params = {"n": len(given.tables), "least": least}
        raise SonghuaError(Fault("regional_references", params=params))
    widening = _widening(given, rng) if calibrate else 1.0
    delta = tuned_delta(given)
    regions = {name: given.cells(name, delta) for name in given.tables}
    sides = {region: _sides(here, given.tables[region]) for region, here in regions.items()}
    b, covariance = _slopes(list(sides.values()))
    left = {region: F @ b for region, (F, _, _) in sides.items()}
    residuals = [_grid(regions[region], y - left[region]) for region, (_, y, _) in sides.items()]
    parts = _components(list(regions.values()), residuals)
    at, slope = _by_size(list(regions.values()), residuals, parts)
    shares = [float(here.data.size[0]) for here in regions.values()]
    region, seller, buyer, cell = (float(np.sqrt(part)) for part in parts)
    return ErrorModel(
        study=study,
        source=source,
        delta=delta,
        ceiling=CEILING,
        b=b,
        covariance=covariance,
        deviations=Deviations(region, seller, buyer, cell, at, slope),
        widening=widening,
        regions=len(shares),
        sizes=(min(shares), max(shares)),
    )


def _widening(given: References, rng: np.random.Generator) -> float:
    """By how much intervals must be widened to cover regions left out, at least one."""
    scores = []
    for region in given.tables:
        model = fit(given.without(region), Words(), "", rng, calibrate=False)
        drawn, wanted = given.draws(model, region, rng), given.multipliers(region).to_numpy()
        ends = np.quantile(drawn, [(1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2], axis=0)
        some = (ends[0] > 1) & (wanted > 1)
        low, middle, high = np.log(ends[:, some] - 1)
        gap = np.log(wanted[some] - 1) - middle
        scores.append(np.where(gap > 0, gap / (high - middle), gap / (low - middle)))
    return max(1.0, float(np.quantile(np.concatenate(scores), LEVEL)))


def _sides(here: Cells, table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features, what the model must explain, and weights adding up to one, cell by cell."""
    order = here.data.labels
    values = table.loc[order, order].fillna(0.0).to_numpy()
    t = values / np.where(here.known, here.A, 1.0)
    y = link(t, CEILING) - here.start
    n, last = len(order), len(FEATURES) - 4
    F = np.empty((n, n, len(FEATURES)))
    F[..., [*range(last), last + 1, last + 3]] = here.sellers[:, np.newaxis]
    F[..., last], F[..., last + 2] = here.start, here.logs
    w = here.weights[here.known]
    return F[here.known], y[here.known], w / w.sum()


def _slopes(sides: list[tuple[np.ndarray, np.ndarray, np.ndarray]]) -> tuple:
    """Weighted least squares, and the jackknife over regions."""
    squares = np.array([F.T @ (w[:, np.newaxis] * F) for F, _, w in sides])
    products = np.array([F.T @ (w * y) for F, y, w in sides])
    P, q, count = squares.sum(axis=0), products.sum(axis=0), len(sides)
    b = np.linalg.lstsq(P, q, rcond=1e-10)[0]
    others = np.array(
        [
            np.linalg.lstsq(P - p, q - r, rcond=1e-10)[0]
            for p, r in zip(squares, products, strict=True)
        ]
    )
    return b, (count - 1) / count * (others - b).T @ (others - b)


def _grid(here: Cells, residual: np.ndarray) -> np.ndarray:
    """Residuals in their places, zero elsewhere."""
    found = np.zeros(here.A.shape)
    found[here.known] = residual
    return found


def _components(regions: list[Cells], residuals: list[np.ndarray]) -> np.ndarray:
    """Variances of region, seller, buyer and cell."""
    moments = []
    for here, u in zip(regions, residuals, strict=True):
        w = here.weights / here.weights.sum()
        moments.append(_pairs(w * u) / _pairs(w))
        moments[-1][3] = (w * u * u).sum()
    apart, seller, buyer, all_ = np.mean(moments, axis=0)
    region = max(apart, 0.0)
    seller, buyer = max(seller - region, 0.0), max(buyer - region, 0.0)
    # a cell's own error is never nothing
    return np.array([region, seller, buyer, max(all_ - region - seller - buyer, 0.01)])


def _pairs(z: np.ndarray) -> np.ndarray:
    """Sums of products over pairs of cells: apart, of one seller, of one buyer, with itself."""
    itself = (z**2).sum()
    rows, columns = (z.sum(axis=1) ** 2).sum(), (z.sum(axis=0) ** 2).sum()
    return np.array(
        [z.sum() ** 2 - rows - columns + itself, rows - itself, columns - itself, itself]
    )


def _by_size(
    regions: list[Cells], residuals: list[np.ndarray], parts: np.ndarray
) -> tuple[float, float]:
    """Where the cell's error holds, and how its deviation moves with the coefficient."""
    logs = np.concatenate([here.logs[here.known] for here in regions])
    squares = np.concatenate(
        [u[here.known] ** 2 for here, u in zip(regions, residuals, strict=True)]
    )
    weights = np.concatenate([here.weights[here.known] for here in regions])
    groups = np.array_split(np.argsort(logs), 8)
    middle = [logs[group].mean() for group in groups]
    spread = [np.log(max(squares[group].mean() - parts[:3].sum(), 0.01)) for group in groups]
    slope = np.polyfit(middle, spread, 1)[0] / 2
    return float((weights * logs).sum() / weights.sum()), float(slope)
