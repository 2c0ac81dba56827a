"""How a location-quotient table may differ from a reference table, and draws of what it may be.

The trade coefficient of a cell, t_ij = a^r_ij / a^n_ij, lies between zero and a ceiling K. On the
scale of h(t) = ln(t / (K - t))

    h(t_ij) = h(FLQ_ij) + b · f_ij + u + v_i + w_j + e_ij

with f: a constant, the seller's kind of industry, h(FLQ_ij) (the quotient), ln LQ_i, ln a^n_ij
(the coefficient's size) and the logarithm of the region's share of the nation. u is the region's
own error (Student's t, since few regions made it), v the seller's, w the buyer's, e the cell's,
larger for small coefficients. b is uncertain, too. What is learnt is the distance to
*reference tables*, which their authors estimated themselves: it holds their methods, too.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from songhua.errors import Fault, SonghuaError
from songhua.maths.input_output.arrays import Matrix, Vector
from songhua.maths.regional_error.cells import FEATURES, Cells, cells
from songhua.maths.regional_tables.batch import draw_multipliers
from songhua.maths.regional_tables.inputs import given
from songhua.messages import Words

#: How much wider errors are drawn where the model was not made. Assumed: nobody has measured it.
TRANSFER = 1.5
#: Of what the nation's industry does not buy at home (value added, imports), a draw leaves half.
KEPT = 0.5


@dataclass(frozen=True)
class Deviations:
    """Standard deviations of the errors of region, seller, buyer and cell.

    The cell's holds at a coefficient of exp(`cell_at`) and moves with the coefficient to the
    power `cell_slope`.
    """

    region: float
    seller: float
    buyer: float
    cell: float
    cell_at: float
    cell_slope: float


@dataclass(frozen=True)
class ErrorModel:
    """The parameters, and the study that made them.

    `b` and `covariance` belong to `FEATURES`; `widening` makes left-out regions' intervals cover
    what they should; `regions` and `sizes` are how many regions made it and between which shares
    of their nation.
    """

    study: Words
    source: str
    delta: float
    ceiling: float
    b: np.ndarray
    covariance: np.ndarray
    deviations: Deviations
    widening: float
    regions: int
    sizes: tuple[float, float]

    @property
    def freedom(self) -> int:
        """Degrees of freedom of the region's error: regions less the constant and size."""
        return max(self.regions - 2, 1)

    def widened(self, factor: float) -> ErrorModel:
        """The same with all errors so many times as wide."""
        return replace(self, widening=self.widening * factor)


def draw_tables(
    model: ErrorModel,
    national_A: Matrix,
    regional_output: Vector,
    national_output: Vector,
    kinds: pd.Series | Sequence[str],
    count: int,
    rng: np.random.Generator,
    transfer: float = TRANSFER,
) -> np.ndarray:
    """Draws of a region's coefficients: what its reference table might be.

    Every draw is a valid table: no cell is negative; what an industry buys at home leaves at
    least half of what the nation's leaves for value added and imports, so that columns add up to
    less than one; deliveries to industries are within output.

    Args:
        model: the parameters, see `load`.
        national_A: coefficients of home inputs, industry × industry.
        regional_output: one region's output by industry.
        national_output: the nation's.
        kinds: each industry's kind, one of `KINDS`: primary; manufacturing; utilities (energy,
            water, waste, construction); services (market services); public (public
            administration, education, health, personal services).
        count: how many draws.
        rng: where chance comes from.
        transfer: by how much errors are wider than where the model was made; 1 there. The
            default of 1.5 is an assumption: how errors travel between countries is not known.

    Returns:
        Draws × n × n in the order of the table's labels; 8 n² bytes a draw. Rows and columns of
        industries that the region lacks are zero.

    Raises:
        SonghuaError: `regional_kind`; `regional_transfer`; and as `flq`.

    >>> import songhua.maths.regional_error as error
    >>> A, kinds = [[0.2, 0.4], [0.1, 0.3]], ["primary", "services"]
    >>> rng = np.random.default_rng(1)
    >>> draws = draw_tables(error.load(), A, [10, 40], [40, 60], kinds, 500, rng)
    >>> draws.shape, bool((draws >= 0).all()), bool((draws.sum(axis=1) < 1).all())
    ((500, 2, 2), True, True)
    """
    if not transfer >= 0:
        raise SonghuaError(Fault("regional_transfer", params={"given": transfer}))
    here = cells(national_A, regional_output, national_output, kinds, model.delta, model.ceiling)
    tables = _linked(model.widened(transfer), here, count, rng)
    np.negative(tables, out=tables)
    # beyond 700 the exponential overflows; the coefficient is zero long before
    np.exp(np.minimum(tables, 700, out=tables), out=tables)
    tables += 1
    np.divide(model.ceiling * here.A, tables, out=tables)
    return _within(tables, here)


def median_table(
    model: ErrorModel,
    national_A: pd.DataFrame,
    regional_output: Vector,
    national_output: Vector,
    kinds: pd.Series | Sequence[str],
) -> pd.DataFrame:
    """The table without its errors: the middle of what `draw_tables` draws, cell by cell.

    >>> import songhua.maths.regional_error as error
    >>> A, kinds = pd.DataFrame([[0.2, 0.4], [0.1, 0.3]]), ["primary", "services"]
    >>> bool((median_table(error.load(), A, [10, 40], [40, 60], kinds) <= 1.5 * A).all(axis=None))
    True
    """
    rng = np.random.default_rng(0)  # nothing is drawn: all widths are zero
    exact = replace(model, widening=0.0)
    table = draw_tables(exact, national_A, regional_output, national_output, kinds, 1, rng)
    return given(national_A, regional_output, national_output).framed(table)


def multiplier_intervals(
    tables: np.ndarray, labels: Sequence[Hashable] | pd.Index, level: float = 0.9
) -> pd.DataFrame:
    """Output multipliers of drawn tables: industry × (low, median, high).

    Args:
        tables: draws × n × n.
        labels: the industries.
        level: what share of the draws lies between low and high.

    >>> multiplier_intervals(np.array([[[0.5]], [[0.2]], [[0.0]]]), ["all"], level=1)
         low  median  high
    all  1.0    1.25   2.0
    """
    ends = [(1 - level) / 2, 0.5, (1 + level) / 2]
    found = np.quantile(draw_multipliers(tables)[:, 0], ends, axis=0)
    return pd.DataFrame(found.T, pd.Index(labels), ["low", "median", "high"])


def notes(
    model: ErrorModel, size: float, transfer: float = TRANSFER
) -> list[tuple[str, dict[str, object]]]:
    """What must be said beside a result, as codes and parameters of findings.

    Args:
        model: the model used.
        size: the region's share of its nation's output.
        transfer: the factor used.

    >>> import songhua.maths.regional_error as error
    >>> [code for code, _ in notes(error.load(), size=0.001)]
    ['regional_error_transferred', 'regional_error_size']
    """
    words: dict[str, object] = {"error_study": model.study}
    found: list[tuple[str, dict[str, object]]] = [
        ("regional_error_transferred", {**words, "transfer": transfer})
    ]
    low, high = model.sizes
    if not low <= size <= high:
        params = {**words, "size": f"{size:.2%}", "low": f"{low:.2%}", "high": f"{high:.2%}"}
        found.append(("regional_error_size", params))
    return found


def _linked(model: ErrorModel, here: Cells, count: int, rng: np.random.Generator) -> np.ndarray:
    """Draws of h(t), errors and all, draws × n × n."""
    n, wide, sd = len(here.A), model.widening, model.deviations
    values, vectors = np.linalg.eigh(model.covariance)
    root = vectors * np.sqrt(values.clip(0))
    b = model.b + wide * rng.standard_normal((count, len(model.b))) @ root.T
    last = len(FEATURES) - 4
    # constant, kinds, the seller's quotient and the size are the same along a row
    by_seller = b[:, [*range(last), last + 1, last + 3]] @ here.sellers.T
    by_seller += wide * sd.region * rng.standard_t(model.freedom, (count, 1))
    by_seller += wide * sd.seller * rng.standard_normal((count, n))
    by_buyer = wide * sd.buyer * rng.standard_normal((count, n))
    spread = wide * sd.cell * np.exp(sd.cell_slope * (here.logs - sd.cell_at))
    found = rng.standard_normal((count, n, n))
    found *= np.where(here.known, spread, 0.0)
    cellwise = np.array([here.start.ravel(), here.logs.ravel()])
    moved = np.column_stack([1 + b[:, last], b[:, last + 2]])
    step = max(1, 2**16 // max(n * n, 1))
    for first in range(0, count, step):
        part = slice(first, first + step)
        found[part] += (moved[part] @ cellwise).reshape(-1, n, n)
        found[part] += by_seller[part, :, np.newaxis]
        found[part] += by_buyer[part, np.newaxis]
    return found


def _within(tables: np.ndarray, here: Cells) -> np.ndarray:
    """Columns and deliveries kept within what an industry and a region have."""
    x = here.data.x[0]
    columns, most = tables.sum(axis=1), 1 - KEPT * (1 - here.data.A.sum(axis=0))
    over = columns > most
    if over.any():
        tables *= np.where(over, most / np.where(over, columns, 1), 1)[:, np.newaxis]
    delivered = tables @ x
    over = delivered > x
    if over.any():
        shrink = np.where(over, x / np.where(over, delivered, 1) * (1 - 1e-12), 1)
        tables *= shrink[:, :, np.newaxis]
    return tables
