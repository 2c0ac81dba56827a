"""CHARM: a region's table with cross-hauling, products both brought in and sold out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from songhua.maths.input_output.arrays import Matrix, Vector, refuse_missing, vector
from songhua.maths.levels import nonzero, sizes
from songhua.maths.regional_tables.inputs import regional_inputs


@dataclass(frozen=True)
class Charm:
    """A region's coefficients of own inputs, and its trade by industry.

    `trade` is industry × (output, use, balance, cross_hauling, outflows, inflows, limited);
    `limited` tells where cross-hauling was cut to what output and use allow.
    """

    A: pd.DataFrame
    trade: pd.DataFrame


def charm(
    national_A: Matrix,
    regional_output: Vector,
    national_output: Vector,
    regional_demand: Vector,
    national_demand: Vector,
    national_exports: Vector,
    national_imports: Vector,
) -> Charm:
    """Kronenberg's method: the nation's share of cross-hauling holds in the region.

    Use u_i = sum_j a_ij x_j + d_i; balance b_i = x_i - u_i; heterogeneity
    h_i = (e_i + m_i - |e_i - m_i|) / (x_i + u_i) of the nation; cross-hauling of the region
    q_i = h_i (x_i + u_i), not above 2 min(x_i, u_i); outflows (q + |b| + b) / 2, inflows
    (q + |b| - b) / 2. Own coefficients are a_ij (1 - inflows_i / u_i): every user buys the
    same share from outside.

    Args:
        national_A: coefficients of *all* inputs, imports among them.
        regional_output: output by industry of one region.
        national_output: the same of the nation.
        regional_demand: the region's own final demand by product, wherever it is made.
        national_demand: the same of the nation, without exports.
        national_exports: e_i.
        national_imports: m_i.

    Raises:
        SonghuaError: as `simple_lq`.

    Source: T. Kronenberg, Construction of Regional Input-Output Tables Using Nonsurvey Methods:
    The Role of Cross-Hauling, International Regional Science Review 32(1), 2009, 40. The limit on
    q: J. Többen and T. Kronenberg, Economic Systems Research 27(4), 2015, 487.

    >>> estimate = charm([[0.5]], [40], [100], [30], [60], [30], [40])
    >>> estimate.trade[["use", "balance", "outflows", "inflows"]].round(3)
        use  balance  outflows  inflows
    0  50.0    -10.0    12.857   22.857
    >>> estimate.A.round(4)
            0
    0  0.2714
    """
    inputs = regional_inputs(national_A, regional_output, national_output)
    labels, x, A = inputs.labels, inputs.x[0], inputs.A
    vectors = (regional_demand, national_demand, national_exports, national_imports)
    demand, total, e, m = (sizes(pd.Series(vector(v, labels), labels)) for v in vectors)
    refuse_missing(~np.isfinite([demand, total, e, m]), range(4), labels)
    whole = inputs.national + A @ inputs.national + total
    heterogeneity = np.nan_to_num((e + m - np.abs(e - m)) / nonzero(whole))
    use = A @ x + demand
    balance, most = x - use, 2 * np.minimum(x, use)
    wanted = heterogeneity * (x + use)
    q = np.minimum(wanted, most)
    outflows, inflows = (q + np.abs(balance) + balance) / 2, (q + np.abs(balance) - balance) / 2
    own_share = np.nan_to_num(1 - inflows / nonzero(use)).clip(0)
    trade = {
        "output": x,
        "use": use,
        "balance": balance,
        "cross_hauling": q,
        "outflows": outflows,
        "inflows": inflows,
        "limited": wanted > most,
    }
    table = inputs.framed((A * own_share[:, np.newaxis])[np.newaxis])
    return Charm(table, pd.DataFrame(trade, labels))
