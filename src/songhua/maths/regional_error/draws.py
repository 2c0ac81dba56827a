"""Draws of a region's table, and of value added, income and jobs per unit of output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from songhua.errors import SonghuaError
from songhua.maths.fault_kinds import RegionalArea, RegionalTransfer
from songhua.maths.input_output.arrays import Matrix, Vector, vector
from songhua.maths.regional_error.industry_kinds import KINDS, kinds_of
from songhua.maths.regional_error.model import AREA, FREEDOM, QUOTIENTS, ErrorModel
from songhua.maths.regional_tables.inputs import RegionalInputs, regional_inputs

#: The default factor on the learnt width of errors.
TRANSFER = 1.0
#: Value added counts as within these shares of output on the logistic scale.
INSIDE = (1e-6, 1 - 1e-6)
#: Cells of tables that are worked on at once.
PIECE = 2**17
#: Furthest that a logarithm of income or jobs is moved.
FURTHEST = 3.0


@dataclass(frozen=True)
class Nation:
    """A nation: coefficients of home inputs, output, kinds, and amounts per unit of output.

    Args:
        A: coefficients of home inputs, industry × industry.
        output: by industry.
        kinds: each industry's kind, one of `KINDS`: primary; manufacturing; utilities (energy,
            water, waste, construction); services (market services); public (public
            administration, education, health, personal services).
        value_added: per unit of output; what home inputs leave, where it is not given.
        income: labour income per unit of output.
        jobs: per unit of output.
    """

    A: Matrix
    output: Vector
    kinds: pd.Series | Sequence[str]
    value_added: Vector | None = None
    income: Vector | None = None
    jobs: Vector | None = None


@dataclass(frozen=True)
class DrawnRegion:
    """Draws of a region.

    `A` is draws × n × n; `own_supply` (the region's share in purchases of home products),
    `value_added`, `income` and `jobs` per unit of output are draws × n; zero where the nation's are
    not given.
    """

    A: np.ndarray
    own_supply: np.ndarray
    value_added: np.ndarray
    income: np.ndarray
    jobs: np.ndarray

    def multipliers(self) -> np.ndarray:
        """Draws × (output, value added, income, jobs) × n: S (I - A)⁻¹, S each draw's own.

        >>> half = np.array([[0.5]])
        >>> DrawnRegion(half[np.newaxis], half, half, half, half * 2).multipliers().tolist()
        [[[2.0], [1.0], [1.0], [2.0]]]
        """
        L = np.linalg.inv(np.eye(self.A.shape[-1]) - self.A)
        rows = (np.ones(self.own_supply.shape), self.value_added, self.income, self.jobs)
        return np.stack(rows, axis=1) @ L


def draw_region(
    model: ErrorModel,
    nation: Nation,
    regional_output: Matrix | Vector,
    count: int,
    rng: np.random.Generator,
    area: float | None = None,
    transfer: float = TRANSFER,
) -> DrawnRegion:
    """Draws of a region's coefficients and of its amounts per unit of output.

    Every draw is a valid table: no cell is negative; what an industry buys at home and its value
    added are within its output; deliveries to industries are within output; income is within
    value added where the nation's is.

    Args:
        model: the parameters, see `load`.
        nation: the nation of the region.
        regional_output: the region's output by industry; or draw × industry, one for each draw.
        count: the number of draws. rng: the source of chance. area: of the region, in km²; if
        unknown, it is drawn from the areas in the data. transfer: the factor on the learnt width of
        errors.

    Returns:
        In the order of the table's labels; 8 n² bytes a draw. Rows and columns of industries
        that the region lacks are zero.

    Raises:
        SonghuaError: `regional_kind`; `regional_transfer`; `regional_area`; and as `flq`.

    >>> import songhua.maths.regional_error as error
    >>> nation = Nation([[0.2, 0.4], [0.1, 0.3]], [40, 60], ["primary", "services"])
    >>> drawn = draw_region(error.load(), nation, [10, 40], 500, np.random.default_rng(1), 5e4)
    >>> drawn.A.shape, bool((drawn.A >= 0).all()), bool((drawn.A.sum(axis=1) < 1).all())
    ((500, 2, 2), True, True)
    """
    if not transfer >= 0:
        raise SonghuaError(RegionalTransfer(given=transfer))
    if area is not None and not area > 0:
        raise SonghuaError(RegionalArea(given=area))
    inputs = regional_inputs(nation.A, regional_output, nation.output)
    kinds = kinds_of(nation.kinds, inputs.labels)
    quotients = np.log(inputs.quotients.clip(*QUOTIENTS))
    present = inputs.x > 0
    supply = np.where(present, _supply(model, kinds, quotients, count, rng, area, transfer), 0.0)
    added = _per_output(nation.value_added, inputs)
    if nation.value_added is None:
        added = (1 - inputs.A.sum(axis=0)).clip(0)
    moved = _moved(model, "value_added", kinds, quotients, count, rng, transfer)
    value_added = np.where(added > 0, expit(logit(added.clip(*INSIDE)) + moved), 0.0)
    income, jobs = (
        np.zeros((count, len(kinds)))
        if per_unit is None
        else _per_output(per_unit, inputs)
        * np.exp(
            _moved(model, "labour", kinds, quotients, count, rng, transfer).clip(
                -FURTHEST, FURTHEST
            )
        )
        for per_unit in (nation.income, nation.jobs)
    )
    within = _per_output(nation.income, inputs) <= added
    income = np.where(within, np.minimum(income, value_added), income)
    input_share = (1 - value_added) / (1 - added).clip(INSIDE[0])
    A, supply = _tables(model, inputs, supply, input_share, 1 - value_added, rng, transfer)
    holds = (np.where(present, values, 0.0) for values in (value_added, income, jobs))
    return DrawnRegion(A, supply, *holds)


def _per_output(per_unit: Vector | None, inputs: RegionalInputs) -> np.ndarray:
    """The amounts per unit of output, in order; zero where they are not given."""
    if per_unit is None:
        return np.zeros(len(inputs.labels))
    return np.nan_to_num(vector(per_unit, inputs.labels))


def _supply(
    model: ErrorModel,
    kinds: np.ndarray,
    quotients: np.ndarray,
    count: int,
    rng: np.random.Generator,
    area: float | None,
    transfer: float,
) -> np.ndarray:
    """Draws × n of the share that is the region's own supply."""
    middle = model.supply.mean(axis=0)
    rows = model.supply[rng.integers(0, len(model.supply), count)]
    rows = middle + transfer * (rows - middle)
    n = len(kinds)
    logs = np.log(model.areas / AREA)
    size = (
        np.log(area / AREA)
        if area is not None
        else logs.mean() + transfer * (rng.choice(logs, (count, 1)) - logs.mean())
    )
    # the columns stand in the order of `SUPPLY`
    by_quotient, by_size, *wide = np.split(rows, rows.shape[1], axis=1)[len(KINDS) :]
    logits = rows[:, kinds] + by_quotient * quotients + by_size * size
    of_country, of_kind, of_region, of_industry = (transfer * np.abs(column) for column in wide)
    logits += of_country * rng.standard_normal((count, 1))
    logits += of_region * rng.standard_normal((count, 1))
    logits += of_kind * rng.standard_normal((count, len(KINDS)))[:, kinds]
    logits += of_industry * rng.standard_normal((count, n))
    return expit(logits)


def _moved(
    model: ErrorModel,
    quantity: str,
    kinds: np.ndarray,
    quotients: np.ndarray,
    count: int,
    rng: np.random.Generator,
    transfer: float,
) -> np.ndarray:
    """Draws × n: the error of an amount per unit of output beside the nation's."""
    error = model.per_output[quantity]
    errors = error.scale[kinds] * rng.standard_t(FREEDOM, (count, len(kinds)))
    errors += error.region * rng.standard_normal((count, 1))
    errors *= np.exp(error.country * rng.standard_normal((count, 1)))
    return error.slope * quotients + transfer * errors


def _tables(
    model: ErrorModel,
    inputs: RegionalInputs,
    own_supply: np.ndarray,
    input_share: np.ndarray,
    most: np.ndarray,
    rng: np.random.Generator,
    transfer: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients within output and inputs, and the own supply that remains."""
    count, n = own_supply.shape
    seller, cell = transfer * model.seller, transfer * model.cell
    sold = own_supply * np.exp(seller * rng.standard_normal((count, n)) - (seller**2 + cell**2) / 2)
    bought = np.where(inputs.x > 0, input_share, 0.0)
    x = np.broadcast_to(inputs.x, own_supply.shape)
    tables, scale = np.empty((count, n, n)), np.ones((count, n))
    step = max(1, PIECE // max(n * n, 1))
    for first in range(0, count, step):
        rows = slice(first, first + step)
        part = tables[rows]
        rng.standard_normal(out=part)
        part *= cell
        np.exp(part, out=part)
        part *= inputs.A
        part *= sold[rows, :, np.newaxis]
        part *= bought[rows, np.newaxis]
        scale[rows] = _within(part, x[rows], most[rows])
    return tables, own_supply * scale


def _within(tables: np.ndarray, x: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Keep columns and deliveries within output, in place; return the part left of each row."""
    columns = tables.sum(axis=1)
    over = columns > most * (1 - 1e-12)
    if over.any():
        tables *= np.where(over, most * (1 - 1e-9) / np.where(over, columns, 1), 1)[:, np.newaxis]
    delivered = np.matmul(tables, x[..., np.newaxis])[..., 0]
    over = delivered > x
    if not over.any():
        return np.ones(x.shape)
    shrink = np.where(over, x / np.where(over, delivered, 1) * (1 - 1e-12), 1)
    tables *= shrink[:, :, np.newaxis]
    return shrink
