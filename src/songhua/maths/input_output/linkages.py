"""Linkages: backward (an industry on its suppliers) and forward (on its buyers)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from songhua.maths.input_output.arrays import Matrix, Vector, choice, flows, positions, vector
from songhua.maths.input_output.effects import output_multipliers
from songhua.maths.input_output.inverse import (
    allocation_system,
    system,
    technical_coefficients,
)
from songhua.maths.input_output.solver import Solver
from songhua.maths.levels import nonzero

Extent = Literal["whole", "backward", "forward"]


def backward_linkages(A: Matrix, *, direct: bool = False, normalised: bool = False) -> pd.Series:
    """Column sums of L: how much an industry's growth asks of its suppliers.

    Args:
        A: technical coefficients.
        direct: its own purchases only, the column sums of A.
        normalised: over the mean of all industries: above one is more than average (Rasmussen's
            power of dispersion).

    Raises:
        SonghuaError: as `leontief_inverse`.

    Source: P. N. Rasmussen, Studies in Inter-Sectoral Relations, 1956; A. O. Hirschman, The
    Strategy of Economic Development, 1958.

    >>> backward_linkages([[0.15, 0.25], [0.20, 0.05]]).round(4).tolist()
    [1.5182, 1.4521]
    """
    if direct:
        solver, labels = system(A)
        sums = np.full(len(labels), np.nan)
        sums[solver.active] = solver.A.sum(axis=0)
        linkages = pd.Series(sums, index=labels)
    else:
        linkages = output_multipliers(A)
    return _linkage_series(linkages, "backward", normalised)


def forward_linkages(
    Z: Matrix,
    x: Vector,
    *,
    direct: bool = False,
    normalised: bool = False,
    model: Literal["ghosh", "leontief"] = "ghosh",
) -> pd.Series:
    """Row sums of G: how much other industries depend on what an industry supplies.

    Args:
        Z: flows; rows sell, columns buy.
        x: output by industry.
        direct: its own sales to industries only, the row sums of B (or A).
        normalised: over the mean of all industries.
        model: `ghosh`, by shares of output sold; or `leontief`, the row sums of L: output for one
            unit of final demand of every industry (Rasmussen's sensitivity of dispersion), which
            weighs small industries as much as large ones.

    Raises:
        SonghuaError: `io_choice`, for another model; and as `ghosh_inverse`.

    Source: L. P. Jones, The Measurement of Hirschmanian Linkages, Quarterly Journal of
    Economics 90(2), 1976, 323; Miller and Blair, Input-Output Analysis, 2009, section 12.2.

    >>> forward_linkages([[150, 500], [200, 100]], [1000, 2000]).round(4).tolist()
    [1.9142, 1.2541]
    """
    choice("model", model, ("ghosh", "leontief"))
    if model == "ghosh":
        solver, labels = allocation_system(Z, x, "auto")
    else:
        solver, labels = system(technical_coefficients(Z, x), "auto")
    if direct:
        sums = np.full(len(labels), np.nan)
        sums[solver.active] = solver.A.sum(axis=1)
    else:
        sums = solver.right(np.ones((len(labels), 1)))[:, 0]
    return _linkage_series(pd.Series(sums, index=labels), "forward", normalised)


def key_sectors(Z: Matrix, x: Vector) -> pd.DataFrame:
    """Industries by above-average backward and forward linkages.

    Returns:
        Industry × (backward, forward, kind): both linkages normalised, backward by Leontief,
        forward by Ghosh; `kind` is `key` (both above one), `backward`, `forward` or `weak`,
        missing for an industry without output.

    Raises:
        SonghuaError: as `ghosh_inverse`.

    Source: Miller and Blair, Input-Output Analysis, 2009, section 12.2.

    >>> key_sectors([[150, 500], [200, 100]], [1000, 2000]).round(3)
       backward  forward  kind
    0     1.022    1.208   key
    1     0.978    0.792  weak
    """
    backward = backward_linkages(technical_coefficients(Z, x), normalised=True)
    forward = forward_linkages(Z, x, normalised=True)
    high, wide = (backward > 1).to_numpy(), (forward > 1).to_numpy()
    words = np.array([["weak", "forward"], ["backward", "key"]], dtype=object)
    kind = pd.Series(words[high.astype(int), wide.astype(int)], index=backward.index)
    table = pd.DataFrame({"backward": backward, "forward": forward, "kind": kind})
    return table.assign(kind=kind.where(backward.notna(), None))


def hypothetical_extraction(
    Z: Matrix,
    x: Vector,
    extent: Extent = "whole",
    groups: Mapping[Hashable, Sequence[Hashable]] | None = None,
) -> pd.DataFrame:
    """The output that would be lost if an industry, or a group, traded with none of the others.

    `whole`: it is gone with all its purchases, sales and final demand. `backward`: it buys nothing
    more at home, final demand staying what it is (Leontief). `forward`: it sells nothing more to
    industries, primary inputs staying what they are (Ghosh). Its purchases are then taken to come
    from outside, and its sales to go there.

    With K the industries taken out, the loss of the rest is L_rK (L_KK)^-1 x_K and that of K
    itself x_K (whole) or x_K - (L_KK)^-1 x_K (backward); forward the same with G from the left.

    Args:
        Z: flows; rows sell, columns buy.
        x: output by industry.
        extent: `whole`, `backward` or `forward`.
        groups: industries that are taken out together, by name; each by itself, if not given.

    Returns:
        Group × (loss, own, others, share): output lost in all, in the group, in the others, and
        the loss over all output. An industry without output is missing.

    Raises:
        SonghuaError: `io_choice`; `io_unknown`, for an industry that is not in the table; and as
            `ghosh_inverse`.

    Source: E. Dietzenbacher and M. L. Lahr, Expanding Extractions, Economic Systems Research
    25(3), 2013, 341; Miller and Blair, Input-Output Analysis, 2009, section 12.2.6.

    >>> hypothetical_extraction([[150, 500], [200, 100]], [1000, 2000]).round(1)
         loss     own  others  share
    0  1210.5  1000.0   210.5    0.4
    1  2588.2  2000.0   588.2    0.9
    """
    choice("extent", extent, ("whole", "backward", "forward"))
    values, output, labels = flows(Z, x)
    base = output if extent != "forward" else output[:, np.newaxis]
    solver = Solver(values / nonzero(base), output != 0)
    inverse = solver.inverse()
    inverse = inverse.T if extent == "forward" else inverse
    extracted = {label: [label] for label in labels} if groups is None else groups
    rows = [_extracted(inverse, output, positions(k, labels), extent) for k in extracted.values()]
    index = labels if groups is None else pd.Index(list(extracted))
    losses = pd.DataFrame(rows, index=index, columns=["loss", "own", "others"])
    return losses.assign(share=losses["loss"] / nonzero(output.sum()))


def _extracted(
    inverse: np.ndarray, output: np.ndarray, out: np.ndarray, extent: Extent
) -> tuple[float, float, float]:
    """Loss in all, in the extracted and in the others; missing if an extracted has no output."""
    alone = inverse[np.ix_(out, out)]
    if np.isnan(alone).any():
        return (np.nan, np.nan, np.nan)
    isolated = np.linalg.solve(alone, output[out])
    outside = np.delete(inverse[:, out], out, axis=0)
    other_loss = float(np.nansum(outside @ isolated))
    own_loss = float(output[out].sum() - (0.0 if extent == "whole" else isolated.sum()))
    return own_loss + other_loss, own_loss, other_loss


def upstreamness(Z: Matrix, x: Vector, to_stock: Vector | None = None) -> pd.Series:
    """The distance of an industry's output from final use in steps: 1 is next to it.

    U = (I - B)^-1 i with b_ij = z_ij / x_i; the same number as the total forward linkage.
    Where output also goes to exports net of imports and to stocks, these are spread over uses
    like the rest: b_ij = z_ij / (x_i - n_i).

    Args:
        Z: flows; rows sell, columns buy.
        x: output by industry.
        to_stock: n, exports less imports plus additions to stocks, by industry.

    Raises:
        SonghuaError: as `ghosh_inverse`.

    Source: P. Antràs, D. Chor, T. Fally and R. Hillberry, Measuring the Upstreamness of
    Production and Trade Flows, American Economic Review 102(3), 2012, 412.

    >>> upstreamness([[0, 50], [0, 0]], [100, 200]).tolist()  # half to industry, half to use
    [1.5, 1.0]
    """
    values, output, labels = flows(Z, x)
    if to_stock is not None:
        output = output - vector(to_stock, labels)
    solver, _ = allocation_system(values, output, "auto")
    steps = solver.right(np.ones((len(labels), 1)))[:, 0]
    return pd.Series(steps, index=labels, name="upstreamness")


def _linkage_series(linkages: pd.Series, name: str, normalised: bool) -> pd.Series:
    """Linkages with a name, over their mean where normalised."""
    return (linkages / linkages.mean() if normalised else linkages).rename(name)
