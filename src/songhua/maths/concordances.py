"""Tables from one classification to another, by weighted concordances (old × new)."""

from __future__ import annotations

from typing import Literal, TypeVar

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.labels import align
from songhua.maths.fault_kinds import ConcordanceRepeats, ConcordanceWeights
from songhua.maths.input_output.arrays import choice, floats

Axis = Literal["both", "rows", "columns"]
Data = TypeVar("Data", pd.Series, pd.DataFrame)


def aggregate(table: Data, concordance: pd.DataFrame, axis: Axis = "both") -> Data:
    """A table in new classes: C' Z C, where c_ik is the share of old class i that is in new k.

    Totals stay what they are. With shares other than one and zero the split is assumed to be the
    same in every cell of the old class.

    Args:
        table: flows (`both`); a frame with the old classes as rows (`rows`), such as final uses,
            or as columns, such as value added; or a series by old class.
        concordance: old × new, shares from 0 to 1, each row adding up to one.
        axis: which labels of a frame are the old classes.

    Raises:
        SonghuaError: `concordance_weights`, one for each old class whose shares do not add up to
            one; `labels_differ`, `labels_repeat`; `io_choice`.

    >>> C = pd.DataFrame({"food": [1, 1, 0], "steel": [0, 0, 1]}, index=["corn", "meat", "iron"])
    >>> aggregate(pd.Series({"corn": 3, "meat": 4, "iron": 5}), C).to_dict()
    {'food': 7.0, 'steel': 5.0}
    """
    choice("axis", axis, ("both", "rows", "columns"))
    weights = _weights(concordance)
    if isinstance(table, pd.Series):
        return pd.Series(weights.T @ floats(_in_order(table, concordance)), concordance.columns)
    aggregated = table
    if axis != "columns":
        ordered = _in_order(aggregated, concordance)
        aggregated = pd.DataFrame(weights.T @ floats(ordered), concordance.columns, ordered.columns)
    if axis != "rows":
        ordered = _in_order(aggregated.T, concordance)
        aggregated = pd.DataFrame(
            weights.T @ floats(ordered), concordance.columns, ordered.columns
        ).T
    return aggregated


def disaggregate(table: Data, weights: pd.DataFrame, axis: Axis = "both") -> Data:
    """A table in finer classes: each old cell is split by the weights of its row and column.

    z_kl = w_ik z_ij w_jl: finer classes buy and sell as the old one does, in proportion to
    their weights. That is an assumption about every one of them, and aggregating the result
    gives the old table again.

    Args:
        table: as `aggregate`.
        weights: old × new, such as shares of output; each row adds up to one, and each new class
            comes from one old class.
        axis: which labels of a frame are the old classes.

    Raises:
        SonghuaError: `concordance_repeats`, one for each new class with more than one old one; and
            as `aggregate`.

    >>> W = pd.DataFrame({"corn": [0.75, 0], "meat": [0.25, 0], "iron": [0, 1]}, ["food", "steel"])
    >>> disaggregate(pd.Series({"food": 8, "steel": 5}), W).to_dict()
    {'corn': 6.0, 'meat': 2.0, 'iron': 5.0}
    """
    odd = weights.columns[(weights != 0).sum() > 1]
    if len(odd):
        raise SonghuaError(*(ConcordanceRepeats(label=str(label)) for label in odd))
    return aggregate(table, weights, axis)


def _weights(concordance: pd.DataFrame) -> np.ndarray:
    """The shares, each from 0 to 1, each row adding up to one."""
    align(concordance.T)
    values = floats(concordance)
    totals = values.sum(axis=1)
    inside = ((values >= 0) & (values <= 1)).all(axis=1)
    odd = ~inside | ~np.isclose(totals, 1, rtol=0, atol=1e-9)
    if odd.any():
        sums = zip(concordance.index[odd], totals[odd], strict=True)
        raise SonghuaError(
            *(ConcordanceWeights(label=str(label), total=float(total)) for label, total in sums)
        )
    return values


def _in_order(table: Data, concordance: pd.DataFrame) -> Data:
    """The table's rows in the order of the old classes."""
    if isinstance(table, pd.Series):
        return align(pd.Series(0, index=concordance.index), table)[1]
    return align(pd.DataFrame(index=concordance.index), table)[1]
